//! `suzerain why-not`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::exit::{Failure, Outcome};
use super::map::samples;
use super::page::{self, FAINT, STRONG, plural, styled, wrap};
use super::pipeline::{self, Read, ReadArgs};
use super::select::pick;
use crate::actors::{ActorKind, FigureId};
use crate::language::Upos;
use crate::relations::roles::Stage;
use crate::relations::tree::Tree;
use crate::relations::{Engine, Role, Rule, TriggerKind};

/// Why two actors have no edge: the sentences that name both and gave none, and what came nearest in each.
///
/// Shown are relations found but too uncertain (--min-confidence), else the rules that had one of the two in its place
/// and what they lacked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain why-not Iran Georgia
  suzerain why-not Turkey \"European Union\" --from articles/ --top 2")]
pub(super) struct Args {
    /// One actor
    a: String,
    /// The other
    b: String,
    /// The documents to read [default: the built-in samples]
    #[arg(long, value_name = "PATH", num_args = 1..)]
    from: Vec<PathBuf>,
    /// How many rules to show for a sentence, nearest first
    #[arg(long, default_value_t = 3, value_name = "N")]
    top: usize,
    #[command(flatten)]
    read: ReadArgs,
}

/// A rule that nearly fired.
struct Near {
    rule: String,
    trigger: String,
    has: String,
    lacks: Vec<String>,
    /// How far it is from firing; less is nearer.
    distance: usize,
}

pub(super) fn run(args: Args) -> Outcome {
    let (engine, _) = pipeline::engine(&args.read)?;
    let (documents, skipped) =
        if args.from.is_empty() { (samples(&args.read)?, Vec::new()) } else { pipeline::load(&args.from, args.read.date)? };
    let reads = pipeline::read_all(&engine, documents, &args.read, &|_| ())?;
    let network = pipeline::network(&engine, &reads, false);
    let (a, b) = (pick(&network, &args.a)?, pick(&network, &args.b)?);
    let (a, b) = (network.graph[a].name.to_string(), network.graph[b].name.to_string());
    if a == b {
        return Err(Failure::new(format_args!("`{}` and `{}` are the same actor, {a}", args.a, args.b)));
    }
    let (mut both, mut with_edge) = (0, 0);
    let mut out = String::new();
    for read in &reads {
        let figure = |name: &str| read.reading.cast.figures.iter().position(|f| f.name == name);
        let (Some(fa), Some(fb)) = (figure(&a), figure(&b)) else { continue };
        for number in 0..read.reading.sentences.len() {
            let here: BTreeSet<FigureId> = read.reading.cast.of_sentence(number).iter().map(|m| m.figure).collect();
            if !here.contains(&fa) || !here.contains(&fb) {
                continue;
            }
            both += 1;
            let begin = read.document.char_offset(read.reading.sentences[number].span.begin);
            let between = |s: &crate::relations::Statement| (*s.source == *a && *s.target == *b) || (*s.source == *b && *s.target == *a);
            if read.statements.iter().any(|s| s.begin == begin && between(s)) {
                with_edge += 1;
                continue;
            }
            sentence(&engine, read, number, (fa, fb), &args, &mut out);
        }
    }
    if both == 0 {
        return Err(Failure::nothing(format_args!(
            "no sentence names both {a} and {b}; `suzerain path {:?} {:?}` looks for a way over others",
            args.a, args.b
        )));
    }
    let mut head = wrap(
        "",
        &format!(
            "{} both {a} and {b}; {with_edge} gave an edge between them (`suzerain why`).",
            if both == 1 { "1 sentence names".to_owned() } else { format!("{} name", plural(both, "sentence")) }
        ),
    );
    head.push_str(&out);
    page::print(&head)?;
    Ok(pipeline::ending(&skipped, false))
}

/// One sentence that gave no edge.
fn sentence(engine: &Engine, read: &Read, number: usize, (a, b): (FigureId, FigureId), args: &Args, out: &mut String) {
    let (document, reading) = (&read.document, &read.reading);
    let own = &reading.sentences[number];
    let text: Vec<&str> = document.slice(own.span).split_whitespace().collect();
    let _ = write!(out, "\n{}", wrap("", &format!("“{}”", text.join(" "))));
    let _ = writeln!(out, "{FAINT}{}:{}{FAINT:#}", document.id, document.char_offset(own.span.begin));
    let name = |f: FigureId| reading.cast.figures[f].name.as_str();
    let mut any = false;
    for (c, confidence) in reading.candidates.iter().zip(&reading.confidences).filter(|(c, _)| c.sentence == number) {
        let ends = (c.source.figure, c.target.figure);
        if ends != (a, b) && ends != (b, a) {
            continue;
        }
        any = true;
        let rule = c.rule.map_or_else(|| "no rule, its trigger alone".to_owned(), |r| format!("rule {}", engine.reader.rules.rules[r].id));
        let relation = &engine.reader.rules.relations[c.relation].name;
        let trigger = document.slice(own.tokens[c.trigger].span);
        let found = format!(
            "{} → {relation} → {}: too uncertain, {confidence:.2} of {} ({rule} on “{trigger}”)",
            name(ends.0),
            name(ends.1),
            page::number(args.read.min_confidence)
        );
        out.push_str(&wrap("  ", &found));
    }
    if any {
        return;
    }
    let mut near = nearest(engine, read, number, (a, b));
    near.truncate(args.top);
    if near.is_empty() {
        out.push_str(&wrap("  ", "no word here sets off a rule that has either of them in its place"));
    }
    for n in near {
        out.push_str(&wrap("  ", &format!("{} on “{}”: {}; {}", styled(STRONG, &n.rule), n.trigger, n.has, n.lacks.join("; "))));
    }
}

/// The rules that have one of two actors in its place, nearest first.
fn nearest(engine: &Engine, read: &Read, index: usize, (a, b): (FigureId, FigureId)) -> Vec<Near> {
    let (document, reading, rules) = (&read.document, &read.reading, &engine.reader.rules);
    let sentence = &reading.sentences[index];
    let tree = Tree::new(sentence, &document.prose, &engine.reader.words);
    let stage = Stage::new(&tree, &reading.cast, index);
    let mut out: Vec<Near> = Vec::new();
    for token in 0..tree.len() {
        for number in triggered(engine, &tree, token) {
            let rule = &rules.rules[number];
            for (source, target) in [(a, b), (b, a)] {
                if let Some(mut near) = compare(&stage, rule, token, source, target) {
                    near.trigger = document.slice(sentence.tokens[token].span).to_owned();
                    let known = out.iter_mut().find(|n| n.rule == near.rule && n.trigger == near.trigger);
                    match known {
                        Some(old) if old.distance > near.distance => *old = near,
                        Some(_) => {}
                        None => out.push(near),
                    }
                }
            }
        }
    }
    out.sort_by_key(|n| n.distance);
    out
}

/// The rules that a word may set off, as far as the words themselves tell.
fn triggered(engine: &Engine, tree: &Tree<'_>, token: usize) -> Vec<usize> {
    let (rules, own) = (&engine.reader.rules, tree.token(token));
    let lemma = own.lemma.to_lowercase();
    let mut keys: Vec<(TriggerKind, String)> = match own.upos {
        Upos::Verb | Upos::Aux => vec![(TriggerKind::Verb, lemma)],
        Upos::Noun | Upos::Propn => vec![(TriggerKind::Noun, lemma)],
        Upos::Adj => vec![(TriggerKind::Adjective, lemma)],
        Upos::Adv | Upos::Adp | Upos::Sconj => vec![(TriggerKind::Adverb, tree.lower(token).to_owned())],
        _ => return Vec::new(),
    };
    if own.upos == Upos::Adj {
        keys.extend(engine.reader.words.verbs_of_participle(tree.lower(token)).into_iter().map(|v| (TriggerKind::Verb, v)));
    }
    let present = |word: &str| (0..tree.len()).any(|t| tree.lower(t) == word || tree.lemma(t) == word);
    let mut out: Vec<usize> = Vec::new();
    for (kind, key) in keys {
        for (rule, more) in rules.of(kind, &key) {
            if more.as_ref().is_none_or(|m| m.split(' ').all(present)) && !out.contains(rule) {
                out.push(*rule);
            }
        }
    }
    out
}

/// What a rule has and lacks to say `source` → `target` at a trigger; none where it has neither in its place.
fn compare(stage: &Stage<'_>, rule: &Rule, trigger: usize, source: FigureId, target: FigureId) -> Option<Near> {
    let figures = &stage.cast.figures;
    let end = |what: &str, roles: &[Role], kinds: &[ActorKind], figure: FigureId| -> Result<String, String> {
        let names: Vec<String> = roles.iter().map(ToString::to_string).collect();
        let mut first: Option<(String, Vec<String>)> = None;
        for role in roles {
            let found = stage.fill(role, trigger);
            if found.iter().any(|f| f.figure == figure) {
                if !kinds.is_empty() && !kinds.contains(&figures[figure].kind) {
                    let allowed: Vec<&str> = kinds.iter().map(|k| k.as_str()).collect();
                    return Err(format!(
                        "its {what} must be of kind {}, {} is {}",
                        allowed.join(" or "),
                        figures[figure].name,
                        figures[figure].kind
                    ));
                }
                return Ok(format!("{} as {what} ({role})", figures[figure].name));
            }
            if first.is_none() && !found.is_empty() {
                first = Some((role.to_string(), found.iter().map(|f| figures[f.figure].name.clone()).collect()));
            }
        }
        Err(match first {
            Some((role, others)) => format!("its {what} ({role}) is {}, not {}", others.join(", "), figures[figure].name),
            None => format!("no {what} found as {}", names.join(", ")),
        })
    };
    let (s, t) = (end("source", &rule.source, &rule.source_kinds, source), end("target", &rule.target, &rule.target_kinds, target));
    let has = match (&s, &t) {
        (Ok(s), Ok(t)) => format!("{s}, {t}"),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => one.clone(),
        (Err(_), Err(_)) => return None,
    };
    let mut lacks: Vec<String> = [s.err(), t.err()].into_iter().flatten().collect();
    let mut distance = 2 * lacks.len();
    if !stage.allows(rule, trigger) {
        distance += 3;
        let words = |c: &crate::relations::rules::Condition| {
            let few: Vec<&str> = c.words.iter().take(3).map(String::as_str).collect();
            let more = if c.words.len() > 3 { ", …" } else { "" };
            if few.is_empty() { c.role.to_string() } else { format!("{} with {}{more}", c.role, few.join(", ")) }
        };
        let wanted: Vec<String> = rule.having.iter().map(&words).collect();
        let barred: Vec<String> = rule.lacking.iter().map(&words).collect();
        let mut text = Vec::new();
        if !wanted.is_empty() {
            text.push(format!("it asks for {}", wanted.join(" or ")));
        }
        if !barred.is_empty() {
            text.push(format!("it wants no {}", barred.join(" and no ")));
        }
        lacks.push(text.join(" and "));
    }
    if lacks.is_empty() {
        lacks.push("a nearer actor, or another rule on the same word, took its place".to_owned());
    }
    Some(Near { rule: rule.id.clone(), trigger: String::new(), has, lacks, distance })
}
