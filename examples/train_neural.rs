//! Trains the tagger and parser: `train_neural TRAIN.conllu DEV.conllu OUT [NAME=VALUE…]`; `train_neural score MODEL
//! FILE.conllu` measures one.

#![allow(clippy::print_stderr)]

use std::time::Instant;

use suzerain::language::train_neural::{Options, Score, read_conllu, score, train};
use suzerain::language::{Model, Scratch};

fn figures(s: &Score) -> String {
    format!("UPOS {:.2} FEATS {:.2} LEMMA {:.2} UAS {:.2} LAS {:.2} full {:.2}", s.upos, s.feats, s.lemma, s.uas, s.las, s.full)
}

fn options(arguments: &[String]) -> Result<Options, Box<dyn std::error::Error>> {
    let mut o = Options::default();
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or_else(|| format!("`{argument}` is not NAME=VALUE"))?;
        let number: f32 = value.parse()?;
        let whole = number as usize;
        match name {
            "emb" => o.dims.emb = whole,
            "hid" => o.dims.hid = whole,
            "layers" => o.dims.layers = whole,
            "arc" => o.dims.arc = whole,
            "rel" => o.dims.rel = whole,
            "tag" => o.dims.tag = whole,
            "input" => o.dropout.input = number,
            "between" => o.dropout.between = number,
            "again" => o.dropout.again = number,
            "heads" => o.dropout.heads = number,
            "epochs" => o.epochs = whole,
            "batch" => o.batch = whole,
            "rate" => o.rate = number,
            "hold" => o.hold = number,
            "vary" => o.vary = number,
            "hints" => o.hints = number,
            "word" => o.rare[0] = whole,
            "affix" => o.rare[1] = whole,
            "piece" => o.rare[2] = whole,
            "seed" => o.seed = whole as u64,
            _ => return Err(format!("`{name}` is no option").into()),
        }
    }
    Ok(o)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, model, file] = &arguments[..]
        && word == "score"
    {
        let model = Model::from_bytes(std::fs::read(model)?.leak())?;
        let all = read_conllu(&std::fs::read_to_string(file)?)?;
        let result = score(&model, &all);
        eprintln!("{}", figures(&result));
        for (name, (count, f1)) in &result.relations {
            eprintln!("{name:16} {count:6} {f1:6.2}");
        }
        let mut ready: Vec<_> = all.iter().map(suzerain::language::train_neural::Gold::plain).collect();
        let mut scratch = Scratch::default();
        // The best time of each hundred sentences, so that other work on the machine disturbs little.
        let mut best = vec![f64::MAX; ready.len().div_ceil(100)];
        for _ in 0..8 {
            for (part, best) in ready.chunks_mut(100).zip(&mut best) {
                let start = Instant::now();
                for (text, sentence) in part {
                    model.annotate(text, sentence, &[], &mut scratch);
                }
                *best = best.min(start.elapsed().as_secs_f64());
            }
        }
        let best: f64 = best.iter().sum();
        eprintln!("TOKENS_PER_SECOND {:.0}", result.tokens as f64 / best);
        return Ok(());
    }
    let [train_file, dev_file, out, rest @ ..] = &arguments[..] else {
        return Err("use: train_neural TRAIN.conllu DEV.conllu OUT [NAME=VALUE…]".into());
    };
    let options = options(rest)?;
    let all = read_conllu(&std::fs::read_to_string(train_file)?)?;
    let dev = read_conllu(&std::fs::read_to_string(dev_file)?)?;
    eprintln!("{options:?}");
    let start = Instant::now();
    let bytes = train(&all, &options, |progress, write| {
        let mut line = format!("{:4.0}s epoch {} loss {:.3?}", start.elapsed().as_secs_f64(), progress.epoch, progress.loss);
        if progress.epoch % 4 == 0 || progress.epoch <= 2 || progress.epoch + 1 >= options.epochs {
            let bytes = write();
            line += &format!(" {} bytes", bytes.len());
            if let Ok(model) = Model::from_bytes(bytes.leak()) {
                line += &format!(" dev {}", figures(&score(&model, &dev)));
            }
        }
        eprintln!("{line}");
    });
    std::fs::write(out, bytes)?;
    Ok(())
}
