//! Annotated texts in one plain file: actors, then the text, a sentence a line, each with its statements under it.
//!
//! ```text
//! actors:
//! Canonical name | kind | alias; alias
//! text:
//! Title
//!
//! One sentence.
//! > Source | relation | Target
//! > Source | relation | Target | - ; ? ; ended ; from=1999-03 ; to=2000 ; by=Speaker ; q=300 soldiers
//! The next sentence; an empty line ends a paragraph.
//! ```
//!
//! Flags: `-` denied, `?` not a fact (planned, feared, demanded …), `ended` or `current`, `from` and `to` dates, `by` whose word
//! it is, `q` quantity with unit. Source, target and speaker are names or aliases of the list.

use std::collections::BTreeMap;

use super::gold::{Gold, GoldActor, GoldStatement};
use crate::actors::ActorKind;
use crate::documents::PartialDate;

/// A fault of an annotated text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct AnnotatedError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what is accepted.
    pub problem: String,
}

/// Reads an annotated text: the text itself and its annotation, with quotes.
///
/// # Errors
/// The first line that is wrong.
pub fn read(name: &str, file: &str, relation: impl Fn(&str) -> bool) -> Result<(String, Gold), AnnotatedError> {
    let mut gold = Gold { document: name.to_owned(), actors: Vec::new(), statements: Vec::new() };
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut text = String::new();
    let mut quote = String::new();
    let mut part = "";
    for (i, line) in file.lines().enumerate() {
        let line = line.trim_end();
        let wrong = |problem: String| AnnotatedError { line: i + 1, problem };
        match (part, line) {
            (_, "actors:") => part = "actors",
            (_, "text:") => part = "text",
            ("", "") | ("actors", "") => {}
            ("", _) => return Err(wrong("expected `actors:` or `text:`".to_owned())),
            ("actors", _) => {
                let actor = actor(line).map_err(wrong)?;
                names.insert(actor.name.clone(), actor.name.clone());
                for alias in &actor.aliases {
                    names.entry(alias.clone()).or_insert_with(|| actor.name.clone());
                }
                gold.actors.push(actor);
            }
            (_, "") => {
                if !text.is_empty() && !text.ends_with("\n\n") {
                    text.push_str("\n\n");
                }
            }
            _ => {
                if let Some(rest) = line.strip_prefix('>') {
                    if quote.is_empty() {
                        return Err(wrong("a statement before any sentence".to_owned()));
                    }
                    let mut statement = statement(rest, &names, &relation).map_err(wrong)?;
                    statement.quote.clone_from(&quote);
                    gold.statements.push(statement);
                } else {
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push(' ');
                    }
                    line.clone_into(&mut quote);
                    text.push_str(line);
                }
            }
        }
    }
    Ok((format!("{}\n", text.trim_end()), gold))
}

fn actor(line: &str) -> Result<GoldActor, String> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let (Some(name), Some(kind)) = (parts.first(), parts.get(1)) else {
        return Err("expected `name | kind` or `name | kind | alias; alias`".to_owned());
    };
    if ActorKind::parse(kind).is_none() {
        return Err(format!("`{kind}` is no kind; expected one of {}", ActorKind::ALL.map(ActorKind::as_str).join(", ")));
    }
    let mut aliases = vec![(*name).to_owned()];
    aliases.extend(parts.get(2).into_iter().flat_map(|p| p.split(';')).map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned));
    Ok(GoldActor { name: (*name).to_owned(), kind: (*kind).to_owned(), aliases })
}

fn statement(line: &str, names: &BTreeMap<String, String>, relation: &impl Fn(&str) -> bool) -> Result<GoldStatement, String> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [source, name, target, flags @ ..] = parts.as_slice() else {
        return Err("expected `> source | relation | target` or `> source | relation | target | flags`".to_owned());
    };
    let known = |actor: &str| names.get(actor).cloned().ok_or_else(|| format!("`{actor}` is not among the actors above"));
    if !relation(name) {
        return Err(format!("`{name}` is no relation (see `suzerain list relations`)"));
    }
    let mut out = GoldStatement {
        source: known(source)?,
        relation: (*name).to_owned(),
        target: known(target)?,
        polarity: "+".to_owned(),
        modality: "actual".to_owned(),
        ..GoldStatement::default()
    };
    let date = |d: &str| {
        d.parse::<PartialDate>().map(|_| d.to_owned()).map_err(|_| format!("`{d}` is no date; expected YYYY, YYYY-MM or YYYY-MM-DD"))
    };
    for flag in flags.iter().flat_map(|f| f.split(';')).map(str::trim).filter(|f| !f.is_empty()) {
        match flag.split_once('=').unwrap_or((flag, "")) {
            ("-", "") => out.polarity = "-".to_owned(),
            ("?", "") => out.modality = "other".to_owned(),
            ("ended" | "current", "") => flag.clone_into(&mut out.status),
            ("from", d) => out.start = date(d)?,
            ("to", d) => out.end = date(d)?,
            ("by", who) => out.attribution = known(who)?,
            ("q", amount) => amount.clone_into(&mut out.quantity),
            _ => return Err(format!("`{flag}` is no flag; expected -, ?, ended, current, from=, to=, by= or q=")),
        }
    }
    Ok(out)
}
