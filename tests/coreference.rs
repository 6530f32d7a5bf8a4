//! Who pronouns and descriptions mean: passages, each with one expression and its actor.

use suzerain::actors::{Cast, Catalogue, Knowledge, cast, name_hints};
use suzerain::documents::{Document, Seeds};
use suzerain::language::{Model, Scratch, Sentence, sentences};

struct Passage {
    id: String,
    text: String,
    expression: String,
    occurrence: usize,
    actors: Vec<String>,
}

fn passages() -> Vec<Passage> {
    let mut reader = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/coreference/passages.csv")).unwrap();
    reader
        .records()
        .map(|r| {
            let r = r.unwrap();
            let actors = if &r[4] == "-" { Vec::new() } else { r[4].split('|').map(str::to_owned).collect() };
            Passage { id: r[0].to_owned(), text: r[1].to_owned(), expression: r[2].to_owned(), occurrence: r[3].parse().unwrap(), actors }
        })
        .collect()
}

/// The bytes of the `n`th occurrence of an expression as whole words, in exact case.
fn place(text: &str, expression: &str, n: usize) -> Option<(usize, usize)> {
    text.match_indices(expression)
        .filter(|(at, found)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
        .nth(n - 1)
        .map(|(at, found)| (at, at + found.len()))
}

fn read(know: &Knowledge, text: &str) -> (Document, Vec<Sentence>, Cast) {
    let document = Document::new("passage", text.to_owned());
    let mut list = sentences(&document.prose, &document.blocks);
    let found = know.catalogue.trie().find(&document.prose);
    let mut scratch = Scratch::default();
    for s in &mut list {
        let hints = name_hints(s, &found);
        Model::embedded().annotate(&document.prose, s, &hints, &mut scratch);
    }
    let cast = cast(know, &document, &list, &found);
    (document, list, cast)
}

/// The figures named at a place: by the mentions whose span is the place's, else by those that cover it most tightly,
/// else by those inside that hold its last word.
fn at(cast: &Cast, begin: usize, stop: usize) -> Vec<String> {
    let covers = |m: &&suzerain::actors::Mention| m.span.begin <= begin && m.span.stop >= stop;
    let size = cast.mentions.iter().filter(covers).map(|m| m.span.stop - m.span.begin).min();
    let mut names: Vec<String> = match size {
        Some(size) => cast
            .mentions
            .iter()
            .filter(covers)
            .filter(|m| m.span.stop - m.span.begin == size)
            .map(|m| cast.figures[m.figure].name.clone())
            .collect(),
        None => cast
            .mentions
            .iter()
            .filter(|m| m.span.begin >= begin && m.span.stop == stop)
            .map(|m| cast.figures[m.figure].name.clone())
            .collect(),
    };
    names.sort();
    names.dedup();
    names
}

/// `PASSAGE=p001,p002` (or `all`) shows those passages with their trees and mentions, and fails.
#[test]
fn pronouns_and_descriptions() {
    let seeds = Seeds::embedded();
    let (catalogue, _) = Catalogue::read(seeds.under("actors/"));
    let know = Knowledge::new(catalogue, &seeds);
    let (mut right, mut wrong, mut unresolved) = (0, 0, 0);
    let only = std::env::var("PASSAGE").ok();
    let mut table = String::new();
    let list = passages();
    for p in &list {
        if only.as_ref().is_some_and(|o| o != "all" && !o.split(',').any(|o| o == p.id)) {
            continue;
        }
        let (document, sentences, cast) = read(&know, &p.text);
        let (begin, stop) = place(&p.text, &p.expression, p.occurrence).unwrap_or_else(|| panic!("{}: no such expression", p.id));
        let mut expected = p.actors.clone();
        expected.sort();
        let found = at(&cast, begin, stop);
        let verdict = if found == expected {
            right += 1;
            "right"
        } else if found.is_empty() {
            unresolved += 1;
            "unresolved"
        } else {
            wrong += 1;
            "wrong"
        };
        if verdict != "right" || only.is_some() {
            table +=
                &format!("{:5} {verdict:10} {:28} expected {:40} found {}\n", p.id, p.expression, expected.join(", "), found.join(", "));
        }
        if only.is_some() {
            table += &p.text;
            table.push('\n');
            for s in &sentences {
                for (i, t) in s.tokens.iter().enumerate() {
                    let head = t.head.map_or(0, |h| h + 1);
                    table += &format!(
                        "{:3} {:16} {:14} {:6} {:3} {:12} {}\n",
                        i + 1,
                        t.span.of(&document.prose),
                        t.lemma,
                        t.upos,
                        head,
                        t.deprel,
                        t.feats
                    );
                }
            }
            for m in &cast.mentions {
                let f = &cast.figures[m.figure];
                table += &format!(
                    "  {}:{} {:24} {:11} {} ({}) {:.2} {}\n",
                    m.sentence,
                    m.head + 1,
                    document.slice(m.span),
                    m.form.as_str(),
                    f.name,
                    f.kind,
                    m.certainty,
                    m.why
                );
            }
        }
    }
    let report = format!("{table}{right} right, {wrong} wrong, {unresolved} unresolved of {}", list.len());
    if only.is_some() {
        panic!("{report}");
    }
    assert!(right * 100 >= list.len() * 80 && wrong * 100 <= list.len() * 7, "{report}");
}
