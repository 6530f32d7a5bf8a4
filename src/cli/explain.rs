//! `suzerain explain`.

use std::fmt::Write as _;

use super::exit::{Exit, Failure, Outcome};
use super::pipeline::{self, ReadArgs};
use crate::documents::Document;
use crate::language::{Scratch, Sentence};
use crate::relations::pairs::{Names, Pair, pairs};
use crate::relations::{Engine, Reading};

/// How many of the judge's weights are shown.
const WEIGHTS: usize = 6;

/// Shows how a sentence is read: tokens, tags, tree, mentions, the rules that fired and what became of them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain explain \"Ankara, which backs Baku, denied that it had sent fighters to Karabakh.\"")]
pub(super) struct Args {
    /// A sentence, or several
    #[arg(required = true)]
    text: Vec<String>,
    #[command(flatten)]
    read: ReadArgs,
}

pub(super) fn run(args: Args) -> Outcome {
    let (engine, _) = pipeline::engine(&args.read)?;
    let mut document = Document::new("explain", args.text.join(" "));
    document.date = document.date.or(args.read.date);
    let reading = engine.read(&document, &mut Scratch::default());
    let mut names = Names::new();
    let pairs = pairs(&engine, &document, &reading.sentences, &reading.cast, Some(&mut names));
    let weighed = Weighed { engine: &engine, pairs, names };
    let mut out = String::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        tree(&document, sentence, &mut out);
        mentions(&document, &reading, number, &mut out);
        candidates(&weighed, &document, &reading, number, args.read.min_confidence, &mut out);
    }
    use std::io::Write;
    anstream::stdout().write_all(out.as_bytes()).map_err(|e| Failure::writing("to standard output", &e))?;
    Ok(Exit::Done)
}

/// What the judge went by.
struct Weighed<'a> {
    engine: &'a Engine,
    pairs: Vec<Pair>,
    names: Names,
}

/// The tree, a token a line, indented by depth.
fn tree(document: &Document, sentence: &Sentence, out: &mut String) {
    let _ = writeln!(out, "{}\n", document.slice(sentence.span));
    let width = sentence.tokens.iter().map(|t| document.slice(t.span).chars().count()).max().unwrap_or(4).min(24);
    for (i, token) in sentence.tokens.iter().enumerate() {
        let (mut depth, mut at) = (0, i);
        while let Some(up) = sentence.tokens[at].head {
            depth += 1;
            at = up;
            if depth > sentence.tokens.len() {
                break;
            }
        }
        let head = token.head.map_or_else(|| "-".to_owned(), |h| format!("{} {}", h + 1, document.slice(sentence.tokens[h].span)));
        let _ = writeln!(
            out,
            "{:3}  {:width$}  {:5}  {:14} {}{} → {head}",
            i + 1,
            document.slice(token.span),
            token.upos,
            token.lemma,
            "· ".repeat(depth.min(12)),
            token.deprel,
        );
    }
    out.push('\n');
}

fn mentions(document: &Document, reading: &Reading, number: usize, out: &mut String) {
    let list = reading.cast.of_sentence(number);
    if list.is_empty() {
        let _ = writeln!(out, "no mention of an actor\n");
        return;
    }
    let _ = writeln!(out, "mentions");
    for m in list {
        let figure = &reading.cast.figures[m.figure];
        let _ = writeln!(
            out,
            "  {:24} {} ({}), {}, {:.2}: {}",
            format!("“{}”", document.slice(m.span)),
            figure.name,
            figure.kind,
            m.form.as_str(),
            m.certainty,
            m.why
        );
    }
    out.push('\n');
}

fn candidates(weighed: &Weighed<'_>, document: &Document, reading: &Reading, number: usize, least: f64, out: &mut String) {
    let mut any = false;
    let Weighed { engine, pairs, names } = weighed;
    for (c, confidence) in reading.candidates.iter().zip(&reading.confidences).filter(|(c, _)| c.sentence == number) {
        if !any {
            let _ = writeln!(out, "relations");
            any = true;
        }
        let relation = &engine.reader.rules.relations[c.relation].name;
        let rule = format!("rule {}", engine.reader.rule_id(c, &reading.sentences[number]));
        let name = |f: usize| reading.cast.figures[f].name.as_str();
        let kept = if *confidence >= least { "kept" } else { "too uncertain" };
        let _ = writeln!(out, "  {} —{relation}→ {}   {confidence:.2} {kept}", name(c.source.figure), name(c.target.figure));
        let trigger = &reading.sentences[number].tokens[c.trigger];
        let _ =
            writeln!(out, "      {rule} on “{}”: source as {}, target as {}", document.slice(trigger.span), c.source_role, c.target_role);
        let mut more = vec![c.polarity.as_str().to_owned(), c.modality.as_str().to_owned()];
        if !c.status.as_str().is_empty() {
            more.push(c.status.as_str().to_owned());
        }
        if let Some(s) = c.speaker {
            more.push(format!("word of {}", name(s)));
        }
        if let Some(d) = c.start {
            more.push(format!("from {d}"));
        }
        if let Some(d) = c.end {
            more.push(format!("to {d}"));
        }
        more.extend(c.quantity.clone());
        more.extend(c.because.iter().cloned());
        let _ = writeln!(out, "      {}", more.join(", "));
        let of = |m: usize| reading.cast.mentions[m].figure;
        let ends = [(c.source.figure, c.target.figure), (c.target.figure, c.source.figure)];
        let pair = ends.iter().find_map(|e| pairs.iter().find(|p| p.sentence == number && (of(p.source), of(p.target)) == *e));
        if let Some(pair) = pair.filter(|_| engine.judge.is_trained()) {
            let reasons: Vec<String> = engine
                .judge
                .reasons(pair, c.relation)
                .into_iter()
                .take(WEIGHTS)
                .filter_map(|(f, w)| Some(format!("{w:+.1} {}", names.get(&f)?)))
                .collect();
            let _ = writeln!(out, "      weighed: {}", reasons.join(", "));
        }
    }
    if !any {
        let _ = writeln!(out, "no rule fired");
    }
    out.push('\n');
}
