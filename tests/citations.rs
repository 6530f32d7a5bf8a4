//! Citations: what a statement quotes stands in its document, at the characters it names.

use std::fs;
use std::path::Path;

use suzerain::documents::{Document, Seeds, decode};
use suzerain::language::Scratch;
use suzerain::relations::{Engine, Statement};

/// The project's own texts: the samples and the reference texts.
fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in ["seeds/documents", "tests/reference"] {
        let mut paths: Vec<_> = fs::read_dir(root.join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name != "README.md" && (name.ends_with(".txt") || name.ends_with(".md")) {
                out.push(Document::new(&format!("{folder}/{name}"), decode(&fs::read(&path).unwrap()).unwrap()));
            }
        }
    }
    out
}

fn wrong(statement: &Statement, text: &[char]) -> Option<String> {
    let s = statement;
    let place = format!("{}:{}–{} {} {} {}", s.document, s.begin, s.stop, s.source, s.relation, s.target);
    if s.begin >= s.stop || s.stop > text.len() {
        return Some(format!("{place}: the sentence lies outside the text of {} characters", text.len()));
    }
    let there: String = text[s.begin..s.stop].iter().collect();
    if there != *s.sentence {
        return Some(format!("{place}: quotes “{}”, there stands “{there}”", s.sentence));
    }
    for (what, begin, stop) in [("source", s.source_begin, s.source_stop), ("target", s.target_begin, s.target_stop)] {
        if begin >= stop || begin < s.begin || stop > s.stop {
            return Some(format!("{place}: the {what}'s words {begin}–{stop} lie outside the sentence"));
        }
        let words: String = text[begin..stop].iter().collect();
        if words.trim() != words || words.is_empty() {
            return Some(format!("{place}: the {what}'s words “{words}” begin or end with white space"));
        }
    }
    if !(s.confidence > 0.0 && s.confidence <= 1.0) {
        return Some(format!("{place}: confidence {}", s.confidence));
    }
    None
}

#[test]
fn every_statement_quotes_its_document() {
    let (engine, faults) = Engine::new(&Seeds::embedded(), &[], &[]).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let mut scratch = Scratch::default();
    let (mut count, mut faults) = (0, Vec::new());
    let documents = documents();
    assert!(documents.len() >= 6 + 18, "{} documents", documents.len());
    for document in &documents {
        let text: Vec<char> = document.text.chars().collect();
        let reading = engine.read(document, &mut scratch);
        // Everything found, whatever its confidence.
        for statement in engine.statements(document, &reading, 0.0) {
            count += 1;
            faults.extend(wrong(&statement, &text));
        }
    }
    assert!(count > 500, "only {count} statements in {} documents", documents.len());
    assert!(faults.is_empty(), "{} of {count}:\n{}", faults.len(), faults.join("\n"));
}
