//! `suzerain score`.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::exit::{Exit, Failure, Outcome};
use super::pipeline::{self, Read, ReadArgs, note};
use crate::actors::learn::{Labelled, Weights};
use crate::actors::{CLASSES, Cast, NameSample, Sorter};
use crate::documents::Document;
use crate::language::{Scratch, Sentence};
use crate::relations::gold::{AGREE, Exported, Gold, GoldStatement, ROWS, Resolver, Score, Tally};
use crate::relations::pairs::{BARE, Names, Pair, bare, name_of, pairs};
use crate::relations::shades::{Period, SHADES, Surroundings};
use crate::relations::verdict::{Judge, Possible, Sample, options};
use crate::relations::{Candidate, Engine, Modality, Polarity, Status, annotated, examples};

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
    /// Train the sorter of unknown names on these references and write its weights
    #[arg(long, value_name = "FILE", conflicts_with = "folds")]
    train_names: Option<PathBuf>,
    /// Sort the names of each text by weights trained on the texts of the other folds only
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=50))]
    name_folds: Option<u64>,
    /// Print how well polarity, modality, status, speaker, time and quantity are read where the relation itself is annotated
    #[arg(long, conflicts_with_all = ["train", "misses", "sweep", "gaps"])]
    context: bool,
    /// Train the weights for modality, status, speaker and date on these references and write them
    #[arg(long, value_name = "FILE", conflicts_with = "folds")]
    train_context: Option<PathBuf>,
    /// Learn from these annotated texts too, with --train or --folds
    #[arg(long, value_name = "FILE", num_args = 1..)]
    with: Vec<PathBuf>,
    /// Print the figures for a range of confidences
    #[arg(long)]
    sweep: bool,
    /// List what was missed and what was exported wrongly
    #[arg(long)]
    misses: bool,
    /// List the statements whose actors stand in one sentence without a word there that could set off their relation
    #[arg(long, conflicts_with_all = ["folds", "train", "misses", "sweep"])]
    gaps: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// The judge's L2 penalty, chosen by held-out folds.
const PENALTY: f64 = 60.0;
/// How often each reference text counts beside the further texts of --with.
const REFERENCE: usize = 3;

/// The sorter's L2 penalty, chosen by held-out folds.
const NAME_PENALTY: f64 = 1.0;

/// How far the sorter leans to leaving a name out, by the sort of name; chosen by held-out folds.
const LEANINGS: [(&str, f32); 4] = [("bias", -0.3), ("e/bias", -0.3), ("b/bias", -0.3), ("s/bias", -2.1)];

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
    let cases = args.gold.iter().map(|p| case(&engine, p, args.texts.as_deref())).collect::<Result<Vec<_>, _>>()?;
    let further = args.with.iter().map(|p| case(&engine, p, None)).collect::<Result<Vec<_>, _>>()?;
    // Reference texts come first; all that is learned knows them by number.
    let golds = cases.len();
    let all: Vec<&Case> = cases.iter().chain(&further).collect();
    let favoured = if further.is_empty() { 0 } else { golds };
    if let Some(path) = &args.train {
        let (mut samples, mut names) = samples(&engine, &all);
        mark(&mut samples, &mut names, favoured);
        let judge = learn(&samples, favoured, |_| true);
        super::map::replace(path, judge.write(&names, &engine.reader.rules).as_bytes())
            .map_err(|e| Failure::writing(path.display(), &e))?;
        note(format_args!(
            "{} pairs, {} statements between them; weights in {}",
            samples.len(),
            samples.iter().flat_map(|s| &s.options).filter(|o| o.right).count(),
            path.display()
        ));
        engine.judge = judge;
    }
    if let Some(path) = &args.train_names {
        let samples = name_samples(&engine, &all);
        engine.knowledge.sorter = learn_names(&samples, |_| true);
        let comment = "Weights of the sorter of names, made by `suzerain score --train-names`: feature, weights of classes.";
        let text = engine.knowledge.sorter.weights.write(&CLASSES, comment);
        super::map::replace(path, text.as_bytes()).map_err(|e| Failure::writing(path.display(), &e))?;
        let named = samples.iter().filter(|s| s.class > 0).count();
        note(format_args!("{} names, {named} of them actors'; weights in {}", samples.len(), path.display()));
    }
    if let Some(path) = &args.train_context {
        let told = tell(&engine, &all, true);
        engine.reader.shades = learn_context(&told, golds, |_| true);
        let comment =
            "Weights for what stands around a statement, made by `suzerain score --train-context`: feature, weights of questions.";
        let text = engine.reader.shades.write(&SHADES, comment);
        super::map::replace(path, text.as_bytes()).map_err(|e| Failure::writing(path.display(), &e))?;
        let count: usize = told.iter().map(|t| t.statements.len()).sum();
        note(format_args!("{count} statements; weights in {}", path.display()));
    }
    if args.context {
        let mut told = Vec::new();
        match args.folds {
            Some(folds) => {
                let folds = usize::try_from(folds).unwrap_or(2);
                let samples = tell(&engine, &all, true);
                for fold in 0..folds {
                    engine.reader.shades = learn_context(&samples, golds, |d| d >= golds || d % folds != fold);
                    let kept: Vec<&Case> = cases.iter().skip(fold).step_by(folds).collect();
                    told.extend(tell(&engine, &kept, false));
                }
            }
            None => told = tell(&engine, &all[..golds], false),
        }
        context(&told, &mut out).map_err(failed)?;
        out.flush().map_err(failed)?;
        return Ok(Exit::Done);
    }
    if args.gaps {
        gaps(&engine, &cases, &mut out).map_err(failed)?;
        out.flush().map_err(failed)?;
        return Ok(Exit::Done);
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
            let folds = usize::try_from(folds).unwrap_or(2);
            let (mut samples, mut names) = samples(&engine, &all);
            mark(&mut samples, &mut names, favoured);
            let told = tell(&engine, &all, true);
            for fold in 0..folds {
                // Further texts are in no fold: they are learned from by all.
                let keep = |d: usize| d >= golds || d % folds != fold;
                engine.reader.shades = learn_context(&told, golds, keep);
                engine.judge = learn(&samples, favoured, keep);
                read(&engine, &|i| i % folds == fold);
            }
        }
        None => match args.name_folds {
            Some(folds) => {
                let folds = usize::try_from(folds).unwrap_or(2);
                let samples = name_samples(&engine, &all);
                for fold in 0..folds {
                    engine.knowledge.sorter = learn_names(&samples, |d| d >= golds || d % folds != fold);
                    read(&engine, &|i| i % folds == fold);
                }
            }
            None => read(&engine, &|_| true),
        },
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

fn case(engine: &Engine, path: &Path, texts: Option<&Path>) -> Result<Case, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
    if path.extension().is_some_and(|e| e == "annotated") {
        let name = path.display().to_string();
        let relation = |r: &str| engine.reader.rules.relation(r).is_some();
        let (text, gold) = annotated::read(&name, &text, relation).map_err(|e| Failure::new(format_args!("{name}: {e}")))?;
        return Ok(Case { document: Document::new(&name, text), gold });
    }
    let mut gold: Gold = serde_json::from_str(&text)
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
    for g in &mut gold.statements {
        g.quote = g.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Ok(Case { document: Document::new(&name, text), gold })
}

/// An annotated text as read.
struct Found {
    sentences: Vec<Sentence>,
    cast: Cast,
    /// The annotated name of each figure.
    figures: Vec<String>,
    /// Text of the sentences, blanks made one.
    texts: Vec<String>,
    pairs: Vec<Pair>,
}

impl Found {
    fn new(engine: &Engine, case: &Case, names: Option<&mut Names>, scratch: &mut Scratch) -> Self {
        let (sentences, cast) = engine.prepare(&case.document, scratch);
        let figures = resolved(&case.gold, &case.document, &cast);
        let texts = sentences.iter().map(|s| case.document.slice(s.span).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let pairs = pairs(engine, &case.document, &sentences, &cast, names);
        Self { sentences, cast, figures, texts, pairs }
    }

    /// The annotated names of a pair.
    fn ends(&self, pair: &Pair) -> (&str, &str) {
        let name = |m: usize| self.figures[self.cast.mentions[m].figure].as_str();
        (name(pair.source), name(pair.target))
    }

    /// Whether an annotated statement is what a pair's sentence says of the pair; symmetric relations hold both ways.
    fn says(&self, pair: &Pair, g: &GoldStatement, symmetric: bool) -> bool {
        let (s, t) = self.ends(pair);
        let text = &self.texts[pair.sentence];
        ((g.source == s && g.target == t) || (symmetric && g.source == t && g.target == s))
            && (text.contains(&g.quote) || g.quote.contains(text))
    }
}

/// The pairs of the annotated texts, each with its features and what the annotation has of it.
fn samples(engine: &Engine, cases: &[&Case]) -> (Vec<Sample>, Names) {
    let parts: Vec<(Vec<Sample>, Names)> = cases
        .par_iter()
        .enumerate()
        .map_init(Scratch::default, |scratch, (number, c)| {
            let mut names = Names::from([(name_of(BARE), BARE.to_owned())]);
            let mut found = Found::new(engine, c, Some(&mut names), scratch);
            let pairs = std::mem::take(&mut found.pairs);
            let out: Vec<Sample> = pairs.into_iter().map(|pair| sample(engine, c, &found, pair, number)).collect();
            (out, names)
        })
        .collect();
    let (mut out, mut names) = (Vec::new(), Names::new());
    for (list, more) in parts {
        out.extend(list);
        names.extend(more);
    }
    (out, names)
}

fn sample(engine: &Engine, case: &Case, found: &Found, pair: Pair, document: usize) -> Sample {
    let rules = &engine.reader.rules;
    let right = |r: usize| {
        let relation = &rules.relations[r];
        case.gold.statements.iter().any(|g| g.relation == relation.name && found.says(&pair, g, relation.symmetric))
    };
    let options = options(rules, &found.cast, &pair)
        .into_iter()
        .map(|(relation, choice)| Possible {
            relation,
            features: choice.map_or_else(|| vec![name_of(BARE)], |c| c.features.clone()),
            right: right(relation),
        })
        .collect();
    Sample { document, features: pair.features, options }
}

/// Lists statements that no word speaks for, by relation, and counts for each relation: the annotated ones whose actors stand
/// in one sentence, those that some word speaks for, those that a rule finds, and all pairs that some word speaks for.
fn gaps(engine: &Engine, cases: &[Case], out: &mut dyn Write) -> std::io::Result<()> {
    let rules = &engine.reader.rules;
    let mut counts = vec![[0_usize; 5]; rules.relations.len()];
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut scratch = Scratch::default();
    for c in cases {
        let found = Found::new(engine, c, None, &mut scratch);
        for pair in &found.pairs {
            let (s, t) = found.ends(pair);
            let sentence = &found.texts[pair.sentence];
            for (r, relation) in rules.relations.iter().enumerate() {
                // Of a symmetric relation, one order is enough.
                let both = relation.symmetric && pair.forward;
                let right = c.gold.statements.iter().any(|g| g.relation == relation.name && found.says(pair, g, both));
                let by_word = pair.choices.iter().any(|c| c.candidate.relation == r);
                let by_rule = pair.choices.iter().any(|c| c.candidate.relation == r && c.candidate.rule.is_some());
                counts[r][3] += usize::from(by_word);
                counts[r][4] += usize::from(by_rule);
                if right {
                    counts[r][0] += 1;
                    counts[r][1] += usize::from(by_word);
                    counts[r][2] += usize::from(by_rule);
                    if !by_word {
                        lines.push((r, format!("{s} | {} | {t} :: {sentence}", relation.name)));
                    }
                }
            }
        }
    }
    lines.sort_by_key(|(r, _)| *r);
    for (_, line) in lines {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\n{:20}{:>10}{:>10}{:>10}{:>12}{:>12}", "relation", "together", "word", "rule", "all words", "all rules")?;
    for (r, [together, word, rule, all, fired]) in counts.iter().enumerate() {
        writeln!(out, "{:20}{together:10}{word:10}{rule:10}{all:12}{fired:12}", rules.relations[r].name)?;
    }
    Ok(())
}

/// An annotated statement whose actors stand in one sentence, as read with the relation given.
struct Annotated {
    gold: GoldStatement,
    /// Who says it, what it is.
    read: Candidate,
    /// Annotated name of the speaker read.
    speaker: String,
    trigger: String,
    around: Surroundings,
    /// Which of the speakers and dates that may be are the annotated ones.
    speakers: Vec<bool>,
    dates: Vec<bool>,
}

/// The annotated statements of a document.
struct Told {
    name: String,
    statements: Vec<Annotated>,
}

/// Reads what stands around the annotated statements; `record` keeps what training looks at.
fn tell(engine: &Engine, cases: &[&Case], record: bool) -> Vec<Told> {
    let rules = &engine.reader.rules;
    cases
        .par_iter()
        .map_init(Scratch::default, |scratch, c| {
            let found = Found::new(engine, c, None, scratch);
            let Found { sentences, cast, figures, .. } = &found;
            let mut list: Vec<(Candidate, usize)> = Vec::new();
            for pair in &found.pairs {
                for (i, g) in c.gold.statements.iter().enumerate() {
                    let Some(relation) = rules.relations.iter().position(|r| r.name == g.relation) else { continue };
                    if !found.says(pair, g, rules.relations[relation].symmetric) || list.iter().any(|(_, j)| *j == i) {
                        continue;
                    }
                    let bare = || bare(cast, pair, relation);
                    let fits = || pair.choices.iter().map(|c| &c.candidate).filter(|c| c.relation == relation);
                    let candidate = fits().find(|c| c.rule.is_some()).or_else(|| fits().next()).cloned().unwrap_or_else(bare);
                    list.push((candidate, i));
                }
            }
            list.sort_by_key(|(c, i)| (c.sentence, *i));
            let (mut candidates, numbers): (Vec<Candidate>, Vec<usize>) = list.into_iter().unzip();
            let mut around = Vec::new();
            engine.reader.complete(&c.document, sentences, cast, &mut candidates, record.then_some(&mut around));
            around.resize_with(candidates.len(), Surroundings::default);
            let statements = candidates
                .into_iter()
                .zip(numbers)
                .zip(around)
                .map(|((read, i), around)| {
                    let gold = c.gold.statements[i].clone();
                    let speakers = around.speakers.iter().map(|(f, _)| figures[*f] == gold.attribution).collect();
                    let stated = |d: &Option<crate::documents::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
                    let exact = |(start, end): &Period| match start {
                        Some(_) => stated(start) == gold.start,
                        None => !gold.end.is_empty() && stated(end) == gold.end,
                    };
                    let any = around.dates.iter().any(|(p, _)| exact(p));
                    let near = |(start, _): &Period| start.is_some_and(|d| gold.start.starts_with(&format!("{:04}", d.year())));
                    let dates = around.dates.iter().map(|(p, _)| if any { exact(p) } else { near(p) }).collect();
                    let speaker = read.speaker.map(|f| figures[f].clone()).unwrap_or_default();
                    let trigger = sentences[read.sentence].tokens[read.trigger].span.of(&c.document.prose).to_owned();
                    Annotated { gold, read, speaker, trigger, around, speakers, dates }
                })
                .collect();
            Told { name: c.gold.document.clone(), statements }
        })
        .collect()
}

/// The L2 penalty of what is learned of surroundings, chosen by held-out folds.
const CONTEXT_PENALTY: f64 = 5.0;

/// How many times a reference text counts as much as a further text.
const GOLD_WEIGHT: usize = 3;

/// Features that are learned for further texts apart too.
const OWN: [&str; 12] =
    ["bias", "h ", "sort", "by bias", "by hand", "by role", "on bias", "on hand", "at bias", "at hand", "then bias", "now bias"];

fn learn_context(told: &[Told], golds: usize, keep: impl Fn(usize) -> bool + Sync) -> Weights {
    let kept = || told.iter().enumerate().filter(|(d, _)| keep(*d));
    let questions: Vec<Weights> = SHADES
        .par_iter()
        .map(|question| {
            let answer = |g: &GoldStatement| if *question == "other" { g.modality == "other" } else { g.status == *question };
            let samples: Vec<Labelled> = kept()
                .flat_map(|(document, t)| t.statements.iter().map(move |s| (document, s)))
                .flat_map(|(document, s)| -> Vec<Labelled> {
                    // Further texts may be annotated otherwise: what is theirs alone is learned apart.
                    let labelled = |features: &[String], yes: bool| {
                        let mut features = features.to_vec();
                        if document >= golds {
                            let general = |f: &&String| OWN.iter().any(|o| f.starts_with(o));
                            let own: Vec<String> = features.iter().filter(general).map(|f| format!("further {f}")).collect();
                            features.extend(own);
                        }
                        Labelled { document, features, class: usize::from(yes) }
                    };
                    match *question {
                        "speaker" => s.around.speakers.iter().zip(&s.speakers).map(|((_, f), yes)| labelled(f, *yes)).collect(),
                        "date" => s.around.dates.iter().zip(&s.dates).map(|((_, f), yes)| labelled(f, *yes)).collect(),
                        _ => vec![labelled(&s.around.features, answer(&s.gold))],
                    }
                })
                .collect();
            let times = |s: &&Labelled| if s.document < golds { GOLD_WEIGHT } else { 1 };
            let list: Vec<&Labelled> = samples.iter().flat_map(|s| std::iter::repeat_n(s, times(&s))).collect();
            Weights::train(&list, 2, CONTEXT_PENALTY)
        })
        .collect();
    Weights::join(&questions)
}

fn digits(quantity: &str) -> String {
    quantity.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

fn denied(g: &GoldStatement) -> bool {
    matches!(g.polarity.as_str(), "-" | "denied")
}

/// Prints how surroundings are read: for each question its faults and its figures.
fn context(told: &[Told], out: &mut dyn Write) -> std::io::Result<()> {
    let mut rows: Vec<(&str, Tally)> =
        ["denied", "other", "ended", "current", "speaker", "start", "end", "year", "quantity"].map(|n| (n, Tally::default())).to_vec();
    let mut count = 0;
    for t in told {
        for s in &t.statements {
            count += 1;
            let (g, c) = (&s.gold, &s.read);
            let text = |d: Option<crate::documents::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
            let year = |d: &str| d.chars().take(4).collect::<String>();
            let yes = |b: bool| if b { "yes".to_owned() } else { String::new() };
            let answers = [
                (yes(c.polarity == Polarity::Denied), yes(denied(g))),
                (yes(c.modality == Modality::Other), yes(g.modality == "other")),
                (yes(c.status == Status::Ended), yes(g.status == "ended")),
                (yes(c.status == Status::Current), yes(g.status == "current")),
                (s.speaker.clone(), g.attribution.clone()),
                (text(c.start), g.start.clone()),
                (text(c.end), g.end.clone()),
                (year(&text(c.start)), year(&g.start)),
                (digits(c.quantity.as_deref().unwrap_or_default()), digits(&g.quantity)),
            ];
            for ((name, tally), (ours, theirs)) in rows.iter_mut().zip(answers) {
                tally.exported += usize::from(!ours.is_empty());
                tally.annotated += usize::from(!theirs.is_empty());
                tally.both += usize::from(!ours.is_empty() && ours == theirs);
                if ours != theirs {
                    let because = c.because.join(", ");
                    writeln!(
                        out,
                        "{name}\tread [{ours}] annotated [{theirs}]\t{} | {} | {}\t`{}` {because}\t{}: {}",
                        g.source, g.relation, g.target, s.trigger, t.name, g.quote
                    )?;
                }
            }
        }
    }
    writeln!(out, "{count} statements whose actors stand in one sentence")?;
    writeln!(out, "{:10}{:>9}{:>10}{:>8}{:>8}{:>8}", "", "read", "annotated", "P", "R", "F1")?;
    for (name, tally) in rows {
        let (p, r, f) = tally.prf();
        writeln!(out, "{name:10}{:9}{:10}{p:8.3}{r:8.3}{f:8.3}", tally.exported, tally.annotated)?;
    }
    Ok(())
}

/// Marks the further texts where there are references too: they may be annotated more or less fully, which is learned apart
/// and does not count in reading.
fn mark(samples: &mut [Sample], names: &mut Names, own: usize) {
    const FURTHER: &str = "!further";
    if own > 0 {
        names.insert(name_of(FURTHER), FURTHER.to_owned());
        for sample in samples.iter_mut().filter(|s| s.document >= own) {
            sample.features.push(name_of(FURTHER));
        }
    }
}

/// Trains the judge on some documents; those before `own`, the references proper, count [`REFERENCE`] times.
fn learn(samples: &[Sample], own: usize, keep: impl Fn(usize) -> bool) -> Judge {
    let mut chosen: Vec<&Sample> = samples.iter().filter(|s| keep(s.document)).collect();
    for _ in 1..REFERENCE {
        chosen.extend(samples.iter().filter(|s| s.document < own && keep(s.document)));
    }
    Judge::train(&chosen, PENALTY)
}

/// The names of the annotated texts that the catalogue does not settle, with the kind that the annotation gives them.
fn name_samples(engine: &Engine, cases: &[&Case]) -> Vec<Labelled> {
    let parts: Vec<Vec<Labelled>> = cases
        .par_iter()
        .enumerate()
        .map_init(Scratch::default, |scratch, (number, c)| {
            let resolver = Resolver::new(&c.gold);
            let kind = |name: &str| -> Option<usize> {
                let found = resolver.resolve(name, std::iter::empty(), &c.document.text)?;
                let actor = c.gold.actors.iter().find(|a| a.name == found)?;
                CLASSES.iter().position(|class| *class == actor.kind)
            };
            // A capital that the annotation has for its state only is no actor of its own.
            let like = |kind: &str| match kind {
                "leader" => "person",
                "alliance" | "company" | "armed_group" => "organization",
                other => CLASSES.iter().find(|c| **c == other).copied().unwrap_or_default(),
            };
            let label = |s: &NameSample| {
                let class = s.names.iter().find_map(|n| kind(n)).unwrap_or(0);
                if s.known.is_some_and(|k| like(k.as_str()) != like(CLASSES[class])) { 0 } else { class }
            };
            let list = engine.name_samples(&c.document, scratch);
            list.into_iter().map(|s| Labelled { document: number, class: label(&s), features: s.features }).collect()
        })
        .collect();
    parts.into_iter().flatten().collect()
}

fn learn_names(samples: &[Labelled], keep: impl Fn(usize) -> bool) -> Sorter {
    let chosen: Vec<&Labelled> = samples.iter().filter(|s| keep(s.document)).collect();
    let mut weights = Weights::train(&chosen, CLASSES.len(), NAME_PENALTY);
    for (feature, by) in LEANINGS {
        weights.shift(feature, 0, by);
    }
    Sorter { weights }
}

/// The annotated name of every figure of a document, `?name` where there is none.
fn resolved(gold: &Gold, document: &Document, cast: &Cast) -> Vec<String> {
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
            list(gold, engine, &actors, &names, &statements, read, out)?;
        }
        total.add(gold, &engine.reader.rules.relations, &actors.into_values().collect::<Vec<_>>(), &statements);
    }
    Ok(total)
}

fn list(
    gold: &Gold,
    engine: &Engine,
    actors: &std::collections::BTreeMap<&str, (String, String)>,
    figures: &[String],
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
        } else if let Some(theirs) = gold.actors.iter().find(|a| a.name == *found && a.kind != *kind) {
            writeln!(out, "actor's kind   {name} ({kind}), annotated {} ({})", theirs.name, theirs.kind)?;
        }
    }
    let symmetric = |r: &str| engine.reader.rules.relation(r).is_some_and(|x| x.symmetric);
    let same = |r: &str, a: (&str, &str), b: (&str, &str)| a == b || (symmetric(r) && a == (b.1, b.0));
    for g in &gold.statements {
        if !statements.iter().any(|s| s.relation == g.relation && same(&g.relation, (&s.source, &s.target), (&g.source, &g.target))) {
            let near = read
                .reading
                .candidates
                .iter()
                .zip(&read.reading.confidences)
                .filter(|(c, _)| {
                    engine.reader.rules.relations[c.relation].name == g.relation
                        && same(&g.relation, (&figures[c.source.figure], &figures[c.target.figure]), (&g.source, &g.target))
                })
                .map(|(_, p)| *p)
                .max_by(f64::total_cmp);
            let places = |name: &str| -> std::collections::BTreeSet<usize> {
                read.reading.cast.mentions.iter().filter(|m| figures[m.figure] == name).map(|m| m.sentence).collect()
            };
            let (a, b) = (places(&g.source), places(&g.target));
            let near = match near {
                Some(p) => format!("{p:.2}"),
                None if a.is_empty() || b.is_empty() => "actor not found".to_owned(),
                None if a.is_disjoint(&b) => "in no sentence together".to_owned(),
                None => "unlikely".to_owned(),
            };
            writeln!(out, "missed   {} | {} | {} :: [{near}] {}", g.source, g.relation, g.target, g.quote)?;
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
