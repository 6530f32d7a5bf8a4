//! Sentences of whole documents as a reader would cut them.

use std::path::Path;

use suzerain::documents::Document;
use suzerain::language::{Sentence, sentences};

fn read(path: &Path) -> (Document, Vec<Sentence>) {
    let document = Document::new(&path.display().to_string(), std::fs::read_to_string(path).unwrap());
    let sentences = sentences(&document.prose, &document.blocks);
    (document, sentences)
}

/// White space made one space, none before a closing sign, so that blanked markup and line breaks do not count.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for word in text.split_whitespace() {
        if !plain.is_empty() && !word.starts_with([',', '.', ';', ':', ')', '!', '?']) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

fn check(name: &str) {
    let folder = Path::new("tests/prose");
    let (document, found) = read(&folder.join(format!("{name}.txt")));
    let found: Vec<String> = found.iter().map(|s| plain(s.span.of(&document.prose))).collect();
    let expected = std::fs::read_to_string(folder.join(format!("{name}.expected.txt"))).unwrap();
    let expected: Vec<String> = expected.lines().map(plain).collect();
    assert_eq!(found, expected, "{name}");
}

macro_rules! prose {
    ($($name:ident),+) => { $(#[test] fn $name() { check(stringify!($name)); })+ };
}

prose!(abbreviations, markdown, newspage, quotes, wrapped);

#[test]
fn every_text_is_tested() {
    for entry in std::fs::read_dir("tests/prose").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.split('.').next().unwrap();
        assert!(["abbreviations", "markdown", "newspage", "quotes", "wrapped"].contains(&stem), "{name}");
    }
}

#[test]
fn sentences_are_stretches_of_their_document() {
    let mut paths: Vec<_> = ["seeds/documents", "tests/prose"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_string_lossy().contains(".expected."))
        .collect();
    paths.sort();
    for path in paths {
        let (document, found) = read(&path);
        assert!(!found.is_empty(), "{}", path.display());
        let mut before = 0;
        for sentence in &found {
            let place = format!("{} at byte {}", path.display(), sentence.span.begin);
            assert!(sentence.span.begin >= before, "{place}");
            before = sentence.span.stop;
            // as a reader of the statements cuts it, by characters
            let (begin, stop) = (document.char_offset(sentence.span.begin), document.char_offset(sentence.span.stop));
            let cut: String = document.text.chars().skip(begin).take(stop - begin).collect();
            assert_eq!(cut, document.slice(sentence.span), "{place}");
            assert!(!cut.starts_with(char::is_whitespace) && !cut.ends_with(char::is_whitespace), "{place}");
            let mut at = sentence.span.begin;
            for token in &sentence.tokens {
                assert!(token.span.begin >= at && token.span.stop > token.span.begin, "{place}");
                assert!(document.prose[at..token.span.begin].chars().all(|c| c.is_whitespace() || c.is_control()), "{place}");
                at = token.span.stop;
            }
            assert_eq!(at, sentence.span.stop, "{place}");
        }
    }
}

#[test]
fn every_document_here_is_english() {
    for entry in std::fs::read_dir("seeds/documents").unwrap() {
        let (document, _) = read(&entry.unwrap().path());
        let found = suzerain::language::detect(&document.prose).unwrap();
        assert!(found.english && found.reliable, "{}: {found:?}", document.id);
    }
}
