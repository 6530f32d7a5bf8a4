//! Speed of the language layer, each part apart, on one thread, and cold start of the binary. `cargo bench --bench language`.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use suzerain::documents::Document;
use suzerain::language::{Model, Scratch, Sentence, Sentences, sentences};

/// The best of several runs.
fn best(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..runs).map(|_| time()).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() {
    let mut paths: Vec<_> = std::fs::read_dir("seeds/documents").expect("samples").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).expect("text")).collect();
    let read: Vec<Document> = texts.iter().map(|text| Document::new("", text.clone())).collect();
    let model = Model::embedded();
    let mut all: Vec<(&Document, Vec<Sentence>)> = read.iter().map(|d| (d, sentences(&d.prose, &d.blocks))).collect();
    let words: usize = all.iter().flat_map(|(_, s)| s).map(|s| s.tokens.len()).sum();
    let speed = |time: Duration| words as f64 / time.as_secs_f64();

    let blocks = best(20, || texts.iter().for_each(|text| drop(black_box(Document::new("", text.clone())))));
    let tokens = best(20, || read.iter().for_each(|d| Sentences::new(&d.prose, &d.blocks).for_each(|s| drop(black_box(s)))));
    let mut scratch = Scratch::default();
    let both = best(20, || {
        for (document, sentences) in &mut all {
            sentences.iter_mut().for_each(|s| model.annotate(&document.prose, s, &[], &mut scratch));
        }
    });
    let start = best(10, || {
        let help = Command::new(env!("CARGO_BIN_EXE_suzerain")).arg("--version").stdout(Stdio::null()).status();
        assert!(help.is_ok_and(|status| status.success()));
    });
    let one = std::env::temp_dir().join(format!("suzerain-bench-{}.conllu", std::process::id()));
    std::fs::write(&one, "1\tRussia\tRussia\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tagreed\tagree\tVERB\t_\t_\t0\troot\t_\t_\n\n")
        .expect("temporary file");
    let sentence = best(10, || {
        let run = Command::new(env!("CARGO_BIN_EXE_suzerain")).args(["language", "evaluate"]).arg(&one).stdout(Stdio::null()).status();
        assert!(run.is_ok_and(|status| status.success()));
    });
    let _ = std::fs::remove_file(&one);

    println!("words                    {words}");
    println!("blocks                   {:.0} tokens/s", speed(blocks));
    println!("sentences and words      {:.0} tokens/s", speed(tokens));
    println!("tags, lemmas and trees   {:.0} tokens/s", speed(both));
    println!("start of the binary      {:.1} ms", start.as_secs_f64() * 1000.0);
    println!("start, model, a sentence {:.1} ms", sentence.as_secs_f64() * 1000.0);
}
