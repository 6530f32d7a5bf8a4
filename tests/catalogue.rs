//! The catalogue: no faults, no two rows with one unambiguous name, no dangling reference, sound codes and terms.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use suzerain::actors::fold::fold_words;
use suzerain::actors::{ActorKind, Catalogue};
use suzerain::documents::Seeds;

/// A row of a catalogue file: its place and its cells by column.
struct Row {
    place: String,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |c| c.trim())
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.cell(column).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    fn name(&self) -> &str {
        self.cell("name").trim_start_matches('?')
    }
}

/// The rows of the files whose name `wanted` accepts.
fn rows(wanted: impl Fn(&str) -> bool) -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/actors");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "csv")).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if !wanted(&file) {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        for record in reader.records() {
            let record = record.unwrap_or_else(|e| panic!("{file}: {e}"));
            let line = record.position().map_or(0, csv::Position::line);
            out.push(Row {
                place: format!("{file}:{line}"),
                cells: header.iter().cloned().zip(record.iter().map(str::to_owned)).collect(),
            });
        }
    }
    out
}

fn is_fact(file: &str) -> bool {
    file.starts_with("terms") || file.starts_with("members")
}

fn actors() -> Vec<Row> {
    rows(|file| !is_fact(file))
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn it_reads_without_faults() {
    let seeds = Seeds::embedded();
    let (catalogue, faults) = Catalogue::read(seeds.under("actors/"));
    none(&faults.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert!(catalogue.entries.len() > 5000 && catalogue.terms.len() > 1000 && catalogue.memberships.len() > 500);
    let states = catalogue.entries.iter().filter(|e| e.kind() == ActorKind::State).count();
    assert!(states >= 195, "{states} states");
}

#[test]
fn no_name_stands_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in actors() {
        if let Some(first) = seen.insert(row.name().to_owned(), row.place.clone()) {
            wrong.push(format!("{}: `{}` stands at {first} already", row.place, row.name()));
        }
    }
    none(&wrong);
}

/// A name or alias without `?` counts wherever it stands, so no two rows may claim it. Namesakes that tell themselves apart
/// by a bracket in their canonical name (`Treaty of Paris (1783)`) are chosen between by date and place; of several, one may
/// go without. Upper case tells abbreviations apart (`GUAM`, `Guam`).
#[test]
fn no_two_rows_claim_one_unambiguous_name() {
    let shout = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let mut claims: BTreeMap<(String, bool), BTreeSet<String>> = BTreeMap::new();
    for row in actors() {
        let bare = row.name().split(" (").next().unwrap_or_default().to_owned();
        let listed = row.list("aliases").any(|a| a.trim_start_matches('?') == bare);
        let own = (!row.cell("name").starts_with('?') && !listed).then_some(bare.as_str());
        for name in own.into_iter().chain(row.list("aliases").filter(|a| !a.starts_with('?'))) {
            claims.entry((fold_words(name), shout(name))).or_default().insert(row.name().to_owned());
        }
    }
    let mut wrong = Vec::new();
    for ((name, _), rows) in claims {
        if rows.iter().filter(|r| !r.ends_with(')')).count() > 1 {
            wrong.push(format!(
                "`{name}` is claimed by {}; mark it with ? in all but one",
                rows.into_iter().collect::<Vec<_>>().join(" and ")
            ));
        }
    }
    none(&wrong);
}

#[test]
fn every_reference_names_a_row() {
    let all = actors();
    let names: BTreeSet<&str> = all.iter().map(Row::name).collect();
    let mut wrong = Vec::new();
    for row in &all {
        for column in ["home", "parties", "route", "owner"] {
            wrong.extend(row.list(column).filter(|n| !names.contains(n)).map(|n| format!("{}: {column} `{n}`", row.place)));
        }
        if row.list("home").any(|h| h == row.name()) {
            wrong.push(format!("{}: {} is at home in itself", row.place, row.name()));
        }
    }
    for row in rows(is_fact) {
        for column in ["leader", "of", "member", "alliance"] {
            let name = row.cell(column);
            if row.cells.contains_key(column) && !names.contains(name) {
                wrong.push(format!("{}: {column} `{name}`", row.place));
            }
        }
    }
    none(&wrong);
}

#[test]
fn kinds_codes_and_genders_are_well_formed() {
    let upper = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_uppercase());
    let mut codes: BTreeMap<(&str, String), String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in actors() {
        let mut say = |what: String| wrong.push(format!("{}: {}: {what}", row.place, row.name()));
        if ActorKind::parse(row.cell("kind")).is_none() {
            say(format!("kind `{}`", row.cell("kind")));
        }
        if !matches!(row.cell("gender"), "" | "m" | "f") {
            say(format!("gender `{}`", row.cell("gender")));
        }
        for code in ["iso2", "iso3", "cow", "wikidata"] {
            let text = row.cell(code);
            let fits = match code {
                "iso2" => upper(text, 2),
                "iso3" => upper(text, 3),
                "cow" => text.parse::<u16>().is_ok_and(|n| (2..1000).contains(&n)),
                _ => text.strip_prefix('Q').is_some_and(|n| n.parse::<u32>().is_ok()),
            };
            if text.is_empty() {
                continue;
            }
            if !fits {
                say(format!("{code} `{text}`"));
            }
            if let Some(other) = codes.insert((code, text.to_owned()), row.name().to_owned()) {
                say(format!("{code} `{text}` is that of {other} already"));
            }
        }
        if row.cell("iso2").is_empty() != row.cell("iso3").is_empty() {
            say("one ISO code without the other".into());
        }
    }
    none(&wrong);
}

#[test]
fn lifetimes_and_terms_do_not_end_before_they_begin() {
    let (catalogue, _) = Catalogue::read(Seeds::embedded().under("actors/"));
    let name = |id: u32| &catalogue.entry(id).name;
    let mut wrong = Vec::new();
    let turned = |from: Option<suzerain::documents::PartialDate>, to: Option<suzerain::documents::PartialDate>| {
        from.zip(to).is_some_and(|(from, to)| from.first_day() > to.last_day())
    };
    wrong.extend(catalogue.entries.iter().filter(|e| turned(e.from, e.to)).map(|e| e.name.clone()));
    wrong
        .extend(catalogue.terms.iter().filter(|t| turned(t.from, t.to)).map(|t| format!("{} {} {}", name(t.leader), t.office, name(t.of))));
    wrong.extend(catalogue.memberships.iter().filter(|m| turned(m.from, m.to)).map(|m| format!("{} in {}", name(m.member), name(m.of))));
    none(&wrong);
}

/// Two terms of one office touch where one holder follows another; for certain they never run side by side.
#[test]
fn terms_of_one_office_do_not_overlap() {
    let (catalogue, _) = Catalogue::read(Seeds::embedded().under("actors/"));
    let mut by_office: BTreeMap<(&str, &str), Vec<&suzerain::actors::Term>> = BTreeMap::new();
    for term in &catalogue.terms {
        by_office.entry((&catalogue.entry(term.of).name, &term.office)).or_default().push(term);
    }
    let mut wrong = Vec::new();
    for ((of, office), mut terms) in by_office {
        terms.sort_by_key(|t| t.from.map(|d| d.first_day()));
        for (i, a) in terms.iter().enumerate() {
            for b in &terms[i + 1..] {
                // The later one begins, at the latest, before the earlier one ends, at the earliest.
                let Some(begin) = b.from.map(|d| d.last_day()) else { continue };
                if a.to.is_none_or(|d| begin < d.first_day()) {
                    wrong.push(format!("{office} of {of}: {} and {}", catalogue.entry(a.leader).name, catalogue.entry(b.leader).name));
                }
            }
        }
    }
    none(&wrong);
}
