//! `suzerain actors`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use super::exit::{Failure, Outcome};
use super::map::samples;
use super::page::{self, STRONG, cut, styled};
use super::pipeline::{self, Read, ReadArgs};
use super::save::save;
use crate::actors::fold::fold_words;
use crate::actors::{ActorKind, MERGE_COLUMNS, Reason, doubts};
use crate::output::table::{Cell, Cells, Table, joined};
use crate::relations::Engine;

/// Who is named in documents: actors with kind, mentions, aliases and documents, known to the catalogue or new.
///
/// With --unsure the doubtful ones, as CSV: new names with the kind guessed, names that several actors have, surnames without
/// the full name, names much like another one, unknown names; each with a sentence. Change the cell `actor` (and `kind`, for an
/// actor that is new) where the reading is wrong, then give the file back with --merge: names of one `actor` become one node, a
/// name with an `actor` of its own becomes a node of its own. Rows left as they are change nothing. Without PATH the
/// built-in samples are read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain actors articles/ --top 20
  suzerain actors articles/ --unsure -o names.csv
  suzerain map articles/ --merge names.csv")]
pub(super) struct Args {
    /// What to read: files, folders, globs, or - for standard input
    paths: Vec<PathBuf>,
    /// The doubtful names, each with a sentence, as CSV to edit for --merge
    #[arg(long)]
    unsure: bool,
    /// Only actors of this kind
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    kind: Vec<ActorKind>,
    /// Only actors that the catalogue does not know
    #[arg(long, conflicts_with = "unsure")]
    new: bool,
    /// How many, most mentioned first; 0 for all
    #[arg(long, value_name = "N", default_value_t = 0)]
    top: usize,
    /// As CSV
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// CSV for a spreadsheet: with a byte order mark, cells that look like formulas made harmless
    #[arg(long, conflicts_with = "json")]
    spreadsheet: bool,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

fn kind(text: &str) -> Result<ActorKind, String> {
    ActorKind::parse(text).ok_or_else(|| format!("kinds are {}", ActorKind::ALL.map(ActorKind::as_str).join(", ")))
}

pub(super) fn run(args: Args) -> Outcome {
    let (engine, faults) = pipeline::engine(&args.read)?;
    let (documents, skipped) =
        if args.paths.is_empty() { (samples(&args.read)?, Vec::new()) } else { pipeline::load(&args.paths, args.read.date)? };
    let reads = pipeline::read_all(&engine, documents, &args.read, &|_| ())?;
    let (table, count) = if args.unsure { unsure(&engine, &reads, &args) } else { listed(&engine, &reads, &args) };
    let bytes = if args.json {
        json(&table)?
    } else if args.csv || args.unsure || args.spreadsheet {
        let mut bytes = Vec::new();
        let cells = if args.spreadsheet { Cells::Spreadsheet } else { Cells::Exact };
        table.write_csv(cells, &mut bytes).map_err(|e| Failure::writing("the table", &e))?;
        bytes
    } else {
        text(&table).into_bytes()
    };
    let file = args.output.as_deref().filter(|f| f.as_os_str() != "-");
    match file {
        Some(_) => save(file, &bytes, false)?,
        None => page::print(&String::from_utf8_lossy(&bytes))?,
    }
    if args.unsure {
        page::note(&format!("{}; edited, the file is read by --merge.", page::plural(count, "doubtful name")));
    }
    Ok(pipeline::ending(&skipped, faults))
}

/// The actors, most mentioned first.
fn listed(engine: &Engine, reads: &[Read], args: &Args) -> (Table, usize) {
    let network = pipeline::network(engine, reads, false);
    let own = |name: &str| {
        let id = engine.knowledge.catalogue.find(name);
        id.is_some_and(|id| !engine.knowledge.merges.is_own(id))
    };
    let mut rows: Vec<_> = network
        .graph
        .node_weights()
        .filter(|a| (args.kind.is_empty() || args.kind.contains(&a.kind)) && !(args.new && own(&a.name)))
        .collect();
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
    if args.top > 0 {
        rows.truncate(args.top);
    }
    let mut table = Table::new(["name", "kind", "catalogue", "mentions", "aliases", "documents"]);
    for a in rows {
        table.rows.push(vec![
            a.name.as_ref().into(),
            a.kind.as_str().into(),
            if own(&a.name) { "known" } else { "new" }.into(),
            a.mentions.into(),
            joined(a.aliases.iter().map(AsRef::as_ref)).into(),
            joined(a.documents.iter().map(AsRef::as_ref)).into(),
        ]);
    }
    let count = table.rows.len();
    (table, count)
}

/// A doubtful name with all places where it is doubtful.
#[derive(Debug)]
struct Name {
    /// As texts write it; of a new actor, all its names.
    forms: BTreeSet<String>,
    actor: Option<(String, ActorKind)>,
    reasons: BTreeSet<Reason>,
    like: BTreeSet<String>,
    candidates: Vec<String>,
    mentions: usize,
    documents: BTreeSet<String>,
    at: String,
    sentence: String,
}

/// The doubtful names as a merge file that changes nothing yet.
fn unsure(engine: &Engine, reads: &[Read], args: &Args) -> (Table, usize) {
    let mut names: BTreeMap<(String, String), Name> = BTreeMap::new();
    for read in reads {
        let cast = &read.reading.cast;
        for doubt in doubts(&engine.knowledge, &read.document, &read.reading.sentences, cast) {
            let spelled = doubt.span.of(&read.document.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let figure = doubt.figure.map(|f| &cast.figures[f]);
            // A new actor is one question whatever its names; a name of the catalogue is one for each actor it is taken for.
            let key = match figure {
                Some(f) if doubt.reason == Reason::New => (fold_words(&f.name), f.name.clone()),
                _ => (fold_words(&spelled), figure.map_or_else(String::new, |f| f.name.clone())),
            };
            let begin = read.document.char_offset(doubt.span.begin);
            let sentence = read.document.slice(read.reading.sentences[doubt.sentence].span);
            let name = names.entry(key).or_insert_with(|| Name {
                forms: BTreeSet::new(),
                actor: figure.map(|f| (f.name.clone(), f.kind)),
                reasons: BTreeSet::new(),
                like: BTreeSet::new(),
                candidates: Vec::new(),
                mentions: 0,
                documents: BTreeSet::new(),
                at: format!("{}:{begin}", read.document.id),
                sentence: sentence.split_whitespace().collect::<Vec<_>>().join(" "),
            });
            name.forms.insert(spelled);
            name.reasons.insert(doubt.reason);
            for candidate in doubt.candidates {
                if !name.candidates.contains(&candidate) {
                    name.candidates.push(candidate);
                }
            }
            name.mentions += 1;
            name.documents.insert(read.document.id.to_string());
        }
    }
    likenesses(engine, &mut names);
    let mut rows: Vec<Name> = names
        .into_values()
        .filter(|n| args.kind.is_empty() || n.actor.as_ref().is_some_and(|(_, kind)| args.kind.contains(kind)))
        .collect();
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.forms.cmp(&b.forms)).then_with(|| a.actor.cmp(&b.actor)));
    if args.top > 0 {
        rows.truncate(args.top);
    }
    let mut table = Table::new(MERGE_COLUMNS.map(|(column, _)| column));
    for name in rows {
        let actor = name.actor.as_ref().map(|(actor, _)| actor.as_str());
        // The full name first.
        let mut forms: Vec<&str> = name.forms.iter().map(String::as_str).collect();
        forms.sort_by_key(|f| actor != Some(*f));
        let mut reasons: Vec<String> = name.reasons.iter().map(|r| r.as_str().to_owned()).collect();
        reasons.extend((!name.like.is_empty()).then(|| "much like another name".to_owned()));
        let candidates = name.candidates.iter().chain(&name.like).map(String::as_str).filter(|c| Some(*c) != actor);
        table.rows.push(vec![
            joined(forms).into(),
            actor.into(),
            name.actor.as_ref().map(|(_, kind)| kind.as_str()).into(),
            actor.into(),
            Cell::Empty,
            reasons.join("; ").into(),
            joined(candidates).into(),
            name.mentions.into(),
            joined(name.documents.iter().map(String::as_str)).into(),
            name.at.as_str().into(),
            name.sentence.as_str().into(),
        ]);
    }
    let count = table.rows.len();
    (table, count)
}

/// Notes which new and unknown names are much like another such name, or like the catalogue's name of somebody.
fn likenesses(engine: &Engine, names: &mut BTreeMap<(String, String), Name>) {
    let open = |n: &Name| n.reasons.contains(&Reason::New) || n.reasons.contains(&Reason::Unknown);
    let shown = |n: &Name| n.actor.as_ref().map_or_else(|| n.forms.iter().next().cloned().unwrap_or_default(), |(name, _)| name.clone());
    let list: Vec<(String, String)> = names.values().filter(|n| open(n)).map(|n| (fold_words(&shown(n)), shown(n))).collect();
    let known: Vec<(String, &str)> =
        engine.knowledge.catalogue.entries.iter().map(|e| (fold_words(&e.name), e.name.as_str())).filter(|(f, _)| f.len() >= 4).collect();
    for name in names.values_mut().filter(|n| open(n)) {
        let own = fold_words(&shown(name));
        let fresh = list.iter().filter(|(other, _)| *other != own && alike(&own, other, true)).map(|(_, n)| n.clone());
        let catalogued = known.iter().filter(|(other, _)| *other != own && alike(&own, other, false)).map(|(_, n)| (*n).to_owned());
        name.like.extend(fresh.chain(catalogued).take(6));
    }
}

/// Whether two folded names may be one: the same words in another order, a few letters' difference, or (`parts`) all words of
/// one among the other's.
fn alike(a: &str, b: &str, parts: bool) -> bool {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if parts && short.len() >= 4 && words(short).is_subset(&words(long)) {
        return true;
    }
    // Names of very different lengths are not worth the time of a comparison by letters.
    if short.len() < 5 || long.len() - short.len() > 3 {
        return false;
    }
    strsim::normalized_damerau_levenshtein(a, b) >= 0.85 || (long.len() == short.len() && words(a) == words(b))
}

fn json(table: &Table) -> Result<Vec<u8>, Failure> {
    let value = |name: &str, cell: &Cell| match cell {
        Cell::Text(text) if matches!(name, "aliases" | "documents" | "candidates") => {
            text.split('|').filter(|t| !t.is_empty()).collect::<Vec<_>>().into()
        }
        Cell::Text(text) => text.as_str().into(),
        Cell::Count(count) => (*count).into(),
        Cell::Number(number) => (*number).into(),
        Cell::Empty => serde_json::Value::Null,
    };
    let row = |row: &Vec<Cell>| -> serde_json::Value {
        table.header.iter().zip(row).map(|(name, cell)| (name.clone(), value(name, cell))).collect::<serde_json::Map<_, _>>().into()
    };
    let rows: Vec<serde_json::Value> = table.rows.iter().map(row).collect();
    let mut text = serde_json::to_string_pretty(&rows).map_err(Failure::new)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// The list for a terminal.
fn text(table: &Table) -> String {
    let cell = |row: &Vec<Cell>, i: usize| match &row[i] {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(_) | Cell::Empty => String::new(),
    };
    let longest = table.rows.iter().map(|r| cell(r, 0).chars().count()).max().unwrap_or(0);
    let width = longest.clamp(12, 32);
    let mut out = String::new();
    let head = format!("{:width$}  {:14} {:5} {:>8} {:>4}  also called", "actor", "kind", "", "mentions", "docs");
    let _ = writeln!(out, "{}", styled(STRONG, head));
    for row in &table.rows {
        let documents = cell(row, 5).split('|').filter(|d| !d.is_empty()).count();
        let new = if cell(row, 2) == "new" { "new" } else { "" };
        let aliases = cell(row, 4).replace('|', ", ");
        let left = page::WIDTH.saturating_sub(width + 2 + 15 + 6 + 9 + 5 + 2);
        let line = format!(
            "{:width$}  {:14} {new:5} {:>8} {documents:>4}  {}",
            cut(&cell(row, 0), width),
            cell(row, 1),
            cell(row, 3),
            cut(&aliases, left)
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
