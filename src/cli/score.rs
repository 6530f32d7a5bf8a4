//! `suzerain score`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure, Outcome};
use super::pipeline::{self, Read, ReadArgs, note};
use crate::documents::Document;
use crate::language::Scratch;
use crate::relations::gold::{AGREE, Exported, Gold, ROWS, Resolver, Score};
use crate::relations::verdict::{Judge, Sample, features};
use crate::relations::{Engine, examples};

/// Measures the reading against annotated reference texts, or checks the relation files' own examples.
///
/// A reference is a JSON file with `document`, `actors` and `statements`; its text lies beside it or in --texts. Figures are
/// precision, recall and F1 over distinct items per document, micro-averaged.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain score tests/reference/*.json
  suzerain score tests/reference/*.json --folds 5
  suzerain score --examples --relations my-relations/")]
pub(super) struct Args {
    /// Annotated references (JSON)
    gold: Vec<PathBuf>,
    /// Folder of the annotated texts [default: beside the annotation]
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Check the examples of the relation files
    #[arg(long, conflicts_with_all = ["folds", "train"])]
    examples: bool,
    /// Judge each text by weights trained on the texts of the other folds only
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=50))]
    folds: Option<u64>,
    /// Train the judge on these references and write its weights
    #[arg(long, value_name = "FILE", conflicts_with = "folds")]
    train: Option<PathBuf>,
    /// Write the candidates with their features and whether the annotation has them, one a line
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// Print the figures for a range of confidences
    #[arg(long)]
    sweep: bool,
    /// List what was missed and what was exported wrongly
    #[arg(long)]
    misses: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// The judge's L2 penalty, chosen by held-out folds.
const PENALTY: f64 = 20.0;

struct Case {
    gold: Gold,
    document: Document,
}

pub(super) fn run(args: Args) -> Outcome {
    let (mut engine, _) = pipeline::engine(&args.read)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let failed = |e: std::io::Error| Failure::writing("to standard output", &e);
    if args.examples {
        let checked = examples::check(&engine);
        for b in &checked.broken {
            writeln!(out, "{}: {}\n    {}", b.relation, b.text, b.problem).map_err(failed)?;
        }
        let all = checked.matches + checked.misses;
        writeln!(out, "{} of {all} examples hold", all - checked.broken.len()).map_err(failed)?;
        out.flush().map_err(failed)?;
        return Ok(if checked.broken.is_empty() { Exit::Done } else { Exit::Partial });
    }
    if args.gold.is_empty() {
        return Err(Failure::new("no reference given; expected annotation files (JSON), or --examples"));
    }
    let cases = args.gold.iter().map(|p| case(p, args.texts.as_deref())).collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = &args.samples {
        let mut text = String::new();
        for s in samples(&engine, &cases) {
            text.push_str(&format!("{}\t{}\t{}\n", s.document, u8::from(s.right), s.features.join("\t")));
        }
        super::map::replace(path, text.as_bytes()).map_err(|e| Failure::writing(path.display(), &e))?;
        return Ok(Exit::Done);
    }
    if let Some(path) = &args.train {
        let samples = samples(&engine, &cases);
        let judge = learn(&samples, |_| true);
        super::map::replace(path, judge.write().as_bytes()).map_err(|e| Failure::writing(path.display(), &e))?;
        note(format_args!(
            "{} candidates, {} of them right; weights in {}",
            samples.len(),
            samples.iter().filter(|s| s.right).count(),
            path.display()
        ));
        engine.judge = judge;
    }
    let mut reads: Vec<(usize, Read)> = Vec::new();
    let least = if args.sweep { 0.0 } else { args.read.min_confidence };
    let mut read = |engine: &Engine, keep: &dyn Fn(usize) -> bool| {
        let mut scratch = Scratch::default();
        for (i, c) in cases.iter().enumerate().filter(|(i, _)| keep(*i)) {
            let reading = engine.read(&c.document, &mut scratch);
            let statements = engine.statements(&c.document, &reading, least);
            reads.push((i, Read { document: c.document.clone(), reading, statements }));
        }
    };
    match args.folds {
        Some(folds) => {
            let folds = folds as usize;
            let samples = samples(&engine, &cases);
            for fold in 0..folds {
                engine.judge = learn(&samples, |d| d % folds != fold);
                read(&engine, &|i| i % folds == fold);
            }
        }
        None => read(&engine, &|_| true),
    }
    reads.sort_by_key(|(i, _)| *i);
    if args.sweep {
        for step in 1..=16 {
            let least = f64::from(step) * 0.05;
            let score = score(&engine, &cases, &reads, least, None).map_err(failed)?;
            let (p, r, f) = score.rows[1].prf();
            let (_, _, signed) = score.rows[2].prf();
            let (_, _, pair) = score.rows[3].prf();
            writeln!(out, "confidence {least:.2}  triple P {p:.3} R {r:.3} F1 {f:.3}  signed {signed:.3}  pair {pair:.3}")
                .map_err(failed)?;
        }
    } else {
        let listing: Option<&mut dyn Write> = if args.misses { Some(&mut out) } else { None };
        let score = score(&engine, &cases, &reads, least, listing).map_err(failed)?;
        print(&score, &mut out).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(Exit::Done)
}

fn case(path: &Path, texts: Option<&Path>) -> Result<Case, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
    let gold: Gold = serde_json::from_str(&text)
        .map_err(|e| Failure::new(format_args!("{}: {e}; expected an annotation with document, actors and statements", path.display())))?;
    let name = gold.document.rsplit('/').next().unwrap_or(&gold.document).to_owned();
    let beside = path.parent().unwrap_or(Path::new(".")).to_path_buf();
    let places: Vec<PathBuf> =
        texts.map(Path::to_path_buf).into_iter().chain([beside.clone(), beside.join("../documents")]).map(|d| d.join(&name)).collect();
    let place = places
        .iter()
        .find(|p| p.exists())
        .ok_or_else(|| Failure::new(format_args!("{}: its text {name} is neither beside it nor in --texts", path.display())))?;
    let bytes = std::fs::read(place).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", place.display())))?;
    let text = crate::documents::decode(&bytes).ok_or_else(|| Failure::new(format_args!("{} is not text", place.display())))?;
    Ok(Case { document: Document::new(&name, text), gold })
}

/// The candidates of the annotated texts, each with its features and whether the annotation has it.
fn samples(engine: &Engine, cases: &[Case]) -> Vec<Sample> {
    let mut out = Vec::new();
    let mut scratch = Scratch::default();
    for (number, c) in cases.iter().enumerate() {
        let bare = Engine::prepare(engine, &c.document, &mut scratch);
        let names = resolved(&c.gold, &c.document, &bare.1);
        let candidates = engine.reader.candidates(&c.document, &bare.0, &bare.1, true);
        let sets = features(engine, &c.document, &bare.0, &bare.1, &candidates);
        for (candidate, features) in candidates.iter().zip(sets) {
            let relation = &engine.reader.rules.relations[candidate.relation];
            let (s, t) = (&names[candidate.source.figure], &names[candidate.target.figure]);
            let right = c.gold.statements.iter().any(|g| {
                g.relation == relation.name
                    && ((g.source == *s && g.target == *t) || (relation.symmetric && g.source == *t && g.target == *s))
            });
            out.push(Sample { features, right, document: number });
        }
    }
    out
}

fn learn(samples: &[Sample], keep: impl Fn(usize) -> bool) -> Judge {
    let chosen: Vec<&Sample> = samples.iter().filter(|s| keep(s.document)).collect();
    Judge::train(&chosen, PENALTY)
}

/// The annotated name of every figure of a document, `?name` where there is none.
fn resolved(gold: &Gold, document: &Document, cast: &crate::actors::Cast) -> Vec<String> {
    let resolver = Resolver::new(gold);
    cast.figures
        .iter()
        .enumerate()
        .map(|(i, f)| {
            let aliases: std::collections::BTreeSet<String> = cast
                .mentions
                .iter()
                .filter(|m| m.figure == i && m.form.is_name())
                .map(|m| m.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            resolver
                .resolve(&f.name, aliases.iter().map(String::as_str), &document.text)
                .map_or_else(|| format!("?{}", f.name), str::to_owned)
        })
        .collect()
}

fn score(
    engine: &Engine,
    cases: &[Case],
    reads: &[(usize, Read)],
    least: f64,
    mut listing: Option<&mut dyn Write>,
) -> std::io::Result<Score> {
    let mut total = Score::default();
    for (number, read) in reads {
        let gold = &cases[*number].gold;
        let cast = &read.reading.cast;
        let names = resolved(gold, &read.document, cast);
        let of = |name: &str| cast.figures.iter().position(|f| f.name == name).map_or_else(|| format!("?{name}"), |i| names[i].clone());
        // Figures that share a name are one exported actor.
        let mut actors: std::collections::BTreeMap<&str, (String, String)> = std::collections::BTreeMap::new();
        for (i, figure) in cast.figures.iter().enumerate() {
            if cast.mentions.iter().any(|m| m.figure == i) {
                actors.entry(&figure.name).or_insert_with(|| (names[i].clone(), figure.kind.as_str().to_owned()));
            }
        }
        let statements: Vec<Exported> = read
            .statements
            .iter()
            .filter(|s| s.confidence >= least)
            .map(|s| Exported {
                source: of(&s.source),
                relation: s.relation.to_string(),
                target: of(&s.target),
                polarity: s.polarity,
                modality: s.modality,
                status: s.status,
                attribution: s.attribution.as_deref().map(&of),
                start: s.start.map(|d| d.to_string()),
                quantity: s.quantity.as_deref().map(str::to_owned),
                confidence: s.confidence,
            })
            .collect();
        if let Some(out) = listing.as_deref_mut() {
            list(gold, engine, &actors, &statements, read, out)?;
        }
        total.add(gold, &engine.reader.rules.relations, &actors.into_values().collect::<Vec<_>>(), &statements);
    }
    Ok(total)
}

fn list(
    gold: &Gold,
    engine: &Engine,
    actors: &std::collections::BTreeMap<&str, (String, String)>,
    statements: &[Exported],
    read: &Read,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out, "== {}", gold.document)?;
    for a in &gold.actors {
        if !actors.values().any(|(n, _)| *n == a.name) {
            writeln!(out, "missed actor   {} ({})", a.name, a.kind)?;
        }
    }
    for (name, (found, kind)) in actors {
        if found.starts_with('?') {
            writeln!(out, "exported actor {name} ({kind})")?;
        }
    }
    let symmetric = |r: &str| engine.reader.rules.relation(r).is_some_and(|x| x.symmetric);
    let same = |r: &str, a: (&str, &str), b: (&str, &str)| a == b || (symmetric(r) && a == (b.1, b.0));
    for g in &gold.statements {
        if !statements.iter().any(|s| s.relation == g.relation && same(&g.relation, (&s.source, &s.target), (&g.source, &g.target))) {
            writeln!(out, "missed   {} | {} | {} :: {}", g.source, g.relation, g.target, g.quote)?;
        }
    }
    for (s, full) in statements.iter().zip(&read.statements) {
        if !gold.statements.iter().any(|g| s.relation == g.relation && same(&g.relation, (&s.source, &s.target), (&g.source, &g.target))) {
            writeln!(
                out,
                "exported {} | {} | {} :: [{} {:.2}] {}",
                s.source, s.relation, s.target, full.rule, full.confidence, full.sentence
            )?;
        }
    }
    Ok(())
}

fn print(score: &Score, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{:10}{:>9}{:>10}{:>8}{:>8}{:>8}", "", "exported", "annotated", "P", "R", "F1")?;
    for (name, tally) in ROWS.iter().zip(&score.rows) {
        let (p, r, f) = tally.prf();
        writeln!(out, "{name:10}{:9}{:10}{p:8.3}{r:8.3}{f:8.3}", tally.exported, tally.annotated)?;
    }
    for (name, (x, n)) in AGREE.iter().zip(&score.agree) {
        let share = if *n > 0 { format!(" ({:.3})", *x as f64 / *n as f64) } else { String::new() };
        writeln!(out, "{name:12} agrees on {x} of {n}{share}")?;
    }
    writeln!(out, "\nconfidence  statements  right   share  mean confidence")?;
    for (i, (n, right, sum)) in score.reliability.iter().enumerate().filter(|(_, (n, ..))| *n > 0) {
        writeln!(
            out,
            "{:.1}–{:.1}   {n:9}{right:9}   {:.3}  {:.3}",
            i as f64 / 10.0,
            (i + 1) as f64 / 10.0,
            *right as f64 / *n as f64,
            sum / *n as f64
        )?;
    }
    writeln!(out, "\n{:20}{:>9}{:>10}{:>6}", "relation", "exported", "annotated", "both")?;
    let mut rows: Vec<_> = score.relations.iter().collect();
    rows.sort_by_key(|(name, t)| (std::cmp::Reverse(t.annotated), (*name).clone()));
    for (name, t) in rows {
        writeln!(out, "{name:20}{:9}{:10}{:6}", t.exported, t.annotated, t.both)?;
    }
    Ok(())
}
