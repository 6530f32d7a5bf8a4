//! `suzerain list`.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, styled, wrap};
use crate::actors::{ActorKind, MERGE_COLUMNS};
use crate::analysis::MEASURES;
use crate::documents::{Seeds, decode};
use crate::output::Format;
use crate::relations::{Influence, Relation, Role, Rule, Rules};

/// What there is: relations, rules, kinds of actors, measures, files' columns, formats.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain list relations
  suzerain list rules arms attacks
  suzerain list columns statements.csv --json")]
pub(super) struct Args {
    /// What to list
    #[arg(value_enum)]
    what: What,
    /// Only these: names of relations, kinds, measures, formats or files
    names: Vec<String>,
    /// Relations of one's own, as for `map`
    #[arg(long, value_name = "DIR")]
    relations: Option<PathBuf>,
    /// Seeds of one's own, as for `map`
    #[arg(long, value_name = "DIR")]
    seeds: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The relations: sign, direction, way of influence, weight, meaning
    Relations,
    /// The rules of each relation: what sets them off, where source and target stand
    Rules,
    /// The kinds of actors
    Kinds,
    /// The measures of `rank` and of actors.csv
    Measures,
    /// The columns of the files that are written, of --actors and of --merge
    Columns,
    /// The formats of `export` and `draw`
    Formats,
}

/// One line of a list: the name by which it is chosen, its head, its text, and all of it as JSON.
struct Item {
    name: String,
    head: String,
    text: String,
    json: serde_json::Value,
}

pub(super) fn run(args: Args) -> Outcome {
    let items = match args.what {
        What::Relations => relations(&files(&args)?)?,
        What::Rules => rules(&files(&args)?)?,
        What::Kinds => kinds(),
        What::Measures => measures(),
        What::Columns => columns(),
        What::Formats => formats(),
    };
    for asked in &args.names {
        if !items.iter().any(|i| fits(i, asked)) {
            let mut names: Vec<&str> = items.iter().map(|i| i.name.as_str()).collect();
            names.dedup();
            return Err(Failure::nothing(format_args!("nothing here is called `{asked}`; there are {}", names.join(", "))));
        }
    }
    let chosen: Vec<&Item> = items.iter().filter(|i| args.names.is_empty() || args.names.iter().any(|n| fits(i, n))).collect();
    if args.json {
        return page::print_json(&chosen.iter().map(|i| i.json.clone()).collect::<Vec<_>>().into());
    }
    let width = chosen.iter().map(|i| i.head.chars().count()).max().unwrap_or(0).min(38);
    let mut out = String::new();
    let mut last = "";
    let grouped = matches!(args.what, What::Columns | What::Rules);
    for item in chosen {
        if grouped && item.name != last {
            let _ = writeln!(out, "{}{}", if last.is_empty() { "" } else { "\n" }, styled(STRONG, &item.name));
            last = &item.name;
        }
        out.push_str(&wrap(&format!("{}{:width$}  ", if grouped { "  " } else { "" }, item.head), &item.text));
    }
    page::print(&out)?;
    Ok(Exit::Done)
}

fn fits(item: &Item, asked: &str) -> bool {
    // What an option reads is asked for by the option's bare name.
    let option = item.name.strip_prefix("--").and_then(|name| name.split(' ').next());
    item.name == asked || option == Some(asked) || item.head.split_whitespace().next() == Some(asked)
}

/// The relation files, and the word lists beside them.
struct Files {
    seeds: Seeds,
    texts: Vec<(String, String)>,
}

fn files(args: &Args) -> Result<Files, Failure> {
    let seeds = match &args.seeds {
        Some(dir) => Seeds::from_dir(dir).map_err(Failure::new)?,
        None => Seeds::embedded(),
    };
    let mut texts: Vec<(String, String)> = seeds.under("relations/").map(|(p, t)| (p.to_owned(), t.to_owned())).collect();
    if let Some(dir) = &args.relations {
        let entries = std::fs::read_dir(dir).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", dir.display())))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
        paths.sort();
        for path in paths {
            let bytes = std::fs::read(&path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
            let text = decode(&bytes).ok_or_else(|| Failure::new(format_args!("{} is not text", path.display())))?;
            texts.push((path.display().to_string(), text));
        }
    }
    Ok(Files { seeds, texts })
}

impl Files {
    fn rules(&self) -> Result<Rules, Failure> {
        Rules::read(self.texts.iter().map(|(p, t)| (p.as_str(), t.as_str())), &self.seeds).map_err(Failure::new)
    }

    /// The words that set a rule off, as its file writes them.
    fn triggers(&self, rule: &Rule) -> Vec<String> {
        let (relation, name) = rule.id.split_once('/').unwrap_or((&rule.id, ""));
        let tables = self
            .texts
            .iter()
            .rev()
            .filter(|(path, _)| path.to_ascii_lowercase().ends_with(".toml"))
            .filter_map(|(_, text)| text.parse::<toml::Table>().ok());
        let Some(table) = tables.into_iter().find(|t| t.get("name").and_then(toml::Value::as_str) == Some(relation)) else {
            return Vec::new();
        };
        let raw = table
            .get("rules")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .find(|r| r.get("name").and_then(toml::Value::as_str) == Some(name));
        let list = |key: &str| {
            raw.and_then(|r| r.get(key))
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(toml::Value::as_str)
                .map(str::to_owned)
        };
        let mut out: Vec<String> = ["verbs", "nouns", "adjectives", "adverbs"].into_iter().flat_map(list).collect();
        out.extend(list("mentions").map(|kind| format!("any {kind}")));
        out
    }
}

fn relations(files: &Files) -> Result<Vec<Item>, Failure> {
    let influence = |r: &Relation| match r.influence {
        Influence::Fwd => "fwd",
        Influence::Rev => "rev",
        Influence::Both => "both",
        Influence::None => "none",
    };
    let item = |r: &Relation| Item {
        name: r.name.clone(),
        head: format!(
            "{:16} {} {} {:4} {:4}",
            r.name,
            page::sign_text(r.sign),
            if r.symmetric { "↔" } else { "→" },
            influence(r),
            r.weight
        ),
        text: r.meaning.clone(),
        json: serde_json::json!({"name": r.name, "sign": r.sign, "symmetric": r.symmetric, "influence": influence(r), "weight": r.weight, "meaning": r.meaning}),
    };
    Ok(files.rules()?.relations.iter().map(item).collect())
}

fn rules(files: &Files) -> Result<Vec<Item>, Failure> {
    let read = files.rules()?;
    let roles = |list: &[Role]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let item = |rule: &Rule| {
        let (source, target, triggers) = (roles(&rule.source), roles(&rule.target), files.triggers(rule));
        let shown =
            if triggers.len() > 8 { format!("{} and {} more", triggers[..7].join(", "), triggers.len() - 7) } else { triggers.join(", ") };
        Item {
            name: read.relations[rule.relation].name.clone(),
            head: rule.id.split_once('/').map_or(rule.id.as_str(), |(_, name)| name).to_owned(),
            text: format!("{shown}: from {} to {}", source.join(", "), target.join(", ")),
            json: serde_json::json!({
                "rule": rule.id, "relation": read.relations[rule.relation].name, "triggers": triggers, "source": source, "target": target,
                "denied": rule.denied, "other": rule.other, "ended": rule.ended, "confidence": rule.confidence,
            }),
        }
    };
    Ok(read.rules.iter().map(item).collect())
}

/// What a kind is. Without a wildcard: a new kind does not compile until it is explained.
const fn meaning(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "a sovereign state, today's or a former one; its government or capital used for it",
        ActorKind::Leader => "a named person in political, military or religious office, or leading a movement",
        ActorKind::Person => "any other named person",
        ActorKind::Alliance => "a body or bloc whose members are states",
        ActorKind::Organization => "any other named body: party, ministry, army, parliament, court, church, news medium",
        ActorKind::Company => "a business, state-owned or private",
        ActorKind::ArmedGroup => "a named non-state armed force",
        ActorKind::Territory => "a named place that is no sovereign state: region, city, sea, breakaway entity",
        ActorKind::Pipeline => "a named oil or gas pipeline or its operating project",
        ActorKind::Infrastructure => "any other named work that links or supplies: corridor, dam, canal, railway, port, base",
        ActorKind::Agreement => "a named or dated treaty, cease-fire, declaration, protocol, resolution",
        ActorKind::Conflict => "a named or dated war, battle, uprising, massacre, operation, blockade",
        ActorKind::People => "a national, ethnic or religious population acting or acted on as such",
    }
}

fn kinds() -> Vec<Item> {
    ActorKind::ALL.into_iter().map(|kind| plain(kind.as_str(), meaning(kind))).collect()
}

fn plain(name: &str, text: &str) -> Item {
    Item { name: name.to_owned(), head: name.to_owned(), text: text.to_owned(), json: serde_json::json!({"name": name, "meaning": text}) }
}

fn measures() -> Vec<Item> {
    let item = |m: &crate::analysis::Measure| Item {
        text: format!("{}. {} ({}; {})", m.tells, m.description, m.source, m.complexity),
        json: serde_json::json!({"name": m.name, "tells": m.tells, "description": m.description, "source": m.source, "complexity": m.complexity}),
        ..plain(m.name, "")
    };
    MEASURES.iter().map(item).collect()
}

fn formats() -> Vec<Item> {
    let item = |f: Format| Item {
        head: format!("{:12} .{}", f.name(), f.extension()),
        json: serde_json::json!({"name": f.name(), "extension": f.extension(), "meaning": f.about()}),
        ..plain(f.name(), f.about())
    };
    Format::ALL.into_iter().map(item).collect()
}

/// The columns of the files, in order: file, column, meaning.
const COLUMNS: &[(&str, &[(&str, &str)])] = &[
    (
        "actors.csv",
        &[
            ("name", "canonical name, unique"),
            ("kind", "one of `suzerain list kinds`"),
            ("aliases", "the names found in the texts, | between; no pronouns, no descriptions"),
            ("mentions", "how often it is mentioned, pronouns and descriptions included"),
            ("documents", "the documents that mention it, | between"),
            ("statements", "number of statements that it is source or target of"),
            ("…", "one column per measure (`suzerain list measures`)"),
            ("community", "number of its community"),
            ("camp", "number of its camp"),
        ],
    ),
    (
        "edges.csv",
        &[
            ("source", "name of the source actor"),
            ("relation", "one of `suzerain list relations`"),
            ("target", "name of the target actor"),
            ("sign", "1 cooperative, -1 conflictual, 0 structural"),
            ("weight", "the relation's weight times the confidence"),
            ("confidence", "the chance that at least one of its statements is right: 1 − Π(1 − confidence), copies of a sentence once"),
            ("polarity", "asserted, denied, or mixed where statements differ"),
            ("modality", "actual, other (planned, feared, possible, asked for), or mixed"),
            ("status", "current, ended, empty where the texts do not say, or mixed"),
            ("statements", "number of statements"),
            ("documents", "number of documents"),
            ("first", "earliest start known, else the documents' earliest date"),
            ("last", "latest end known, else the documents' latest date"),
            ("example", "the sentence of the most confident statement"),
        ],
    ),
    (
        "statements.csv",
        &[
            ("document", "path relative to the PATH given, for JSONL the id"),
            ("begin", "where its sentence begins: characters (Unicode scalar values) of the decoded text, from 0"),
            ("stop", "where it stops, exclusive"),
            ("source", "name of the source actor"),
            ("source_begin", "where the words begin that name it, or the pronoun or description resolved"),
            ("source_stop", "where they stop"),
            ("relation", "one of `suzerain list relations`"),
            ("target", "name of the target actor"),
            ("target_begin", "where the words begin that name it"),
            ("target_stop", "where they stop"),
            ("polarity", "asserted or denied"),
            ("modality", "actual, or other: planned, feared, wished, threatened, possible, asked for"),
            ("status", "current or ended, empty where the text does not say"),
            ("attribution", "whose word it is, empty where the text says it in its own voice"),
            ("start", "when it began, by the text: YYYY, YYYY-MM or YYYY-MM-DD"),
            ("end", "when it ended, by the text; the same as start for a point in time"),
            ("quantity", "number and unit, where the text gives one"),
            ("rule", "the rule that found it (`suzerain list rules`)"),
            ("confidence", "how sure, over 0 and up to 1"),
            ("sentence", "the document's text from begin to stop, exactly"),
        ],
    ),
    (
        "--actors FILE.csv",
        &[
            ("name", "canonical name; ? in front of it, of an alias or of a demonym: counts only where the document supports it"),
            ("kind", "one of `suzerain list kinds`"),
            ("aliases", "other names, | between"),
            ("demonyms", "adjectives and inhabitants, | between"),
            ("home", "name of the state, territory or body it belongs to, | between; may be empty"),
            ("from", "since when it exists: YYYY, YYYY-MM or YYYY-MM-DD; may be empty"),
            ("to", "until when; may be empty"),
            ("note", "for human readers; may be empty"),
        ],
    ),
];

fn columns() -> Vec<Item> {
    let item = |file: &str, column: &str, text: &str| Item {
        name: file.to_owned(),
        head: column.to_owned(),
        text: text.to_owned(),
        json: serde_json::json!({"file": file, "column": column, "meaning": text}),
    };
    let merge = MERGE_COLUMNS.iter().map(|(column, text)| item("--merge FILE.csv", column, text));
    COLUMNS.iter().flat_map(|(file, columns)| columns.iter().map(move |(column, text)| item(file, column, text))).chain(merge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;
    use crate::output::{ActorTable, Cells, actors_csv, edges_csv, statements_csv};

    fn listed(file: &str) -> Vec<&'static str> {
        COLUMNS.iter().find(|(f, _)| *f == file).unwrap().1.iter().map(|(c, _)| *c).filter(|c| *c != "…").collect()
    }

    #[test]
    fn the_columns_listed_are_those_written() {
        let network = Network::default();
        let header = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        let (mut actors, mut edges, mut statements) = (Vec::new(), Vec::new(), Vec::new());
        actors_csv::write(&network, &ActorTable::default(), Cells::Exact, &mut actors).unwrap();
        edges_csv::write(&network, Cells::Exact, &mut edges).unwrap();
        statements_csv::write(&network, Cells::Exact, &mut statements).unwrap();
        assert_eq!(header(actors), listed("actors.csv").join(","));
        assert_eq!(header(edges), listed("edges.csv").join(","));
        assert_eq!(header(statements), listed("statements.csv").join(","));
    }

    #[test]
    fn every_list_has_names_of_its_own_and_words_for_each() {
        let files = Files {
            seeds: Seeds::embedded(),
            texts: Seeds::embedded().under("relations/").map(|(p, t)| (p.to_owned(), t.to_owned())).collect(),
        };
        for items in [kinds(), measures(), formats(), relations(&files).unwrap_or_default()] {
            let mut names: Vec<&str> = items.iter().map(|i| i.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), items.len());
            assert!(items.iter().all(|i| !i.text.is_empty()));
        }
        let rules = rules(&files).unwrap_or_default();
        assert!(rules.len() > 100 && rules.iter().all(|r| !r.text.starts_with(':')), "a rule without triggers");
    }
}
