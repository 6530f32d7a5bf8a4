//! Tags and trees of sixty sentences as journalism writes them, in a form that a person can read; what any text becomes.
//!
//! `UPDATE=1 cargo test --test language` writes the snapshot anew: read the difference before keeping it.

use std::fmt::Write as _;
use std::time::Instant;

use suzerain::documents::{Block, BlockKind, Span};
use suzerain::language::{LONGEST, Model, Scratch, Sentence, Sentences, sentences};

const SNAPSHOT: &str = "tests/language/trees.txt";

fn block(text: &str) -> [Block; 1] {
    [Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }]
}

fn read(text: &str) -> Vec<Sentence> {
    let mut found = sentences(text, &block(text));
    let mut scratch = Scratch::default();
    for sentence in &mut found {
        Model::embedded().annotate(text, sentence, &[], &mut scratch);
    }
    found
}

/// A line for each word: number, form, lemma, part of speech, number and form of its head, relation, features.
fn table(text: &str, sentence: &Sentence) -> String {
    let mut out = String::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or_else(|| "0".to_owned(), |head| format!("{} {}", head + 1, sentence.form(head, text)));
        let (form, lemma) = (sentence.form(i, text), &token.lemma);
        let line = format!("{:>3} {form:<18} {lemma:<16} {:<6} {:<14} {head:<20} {}", i + 1, token.upos, token.deprel, token.feats);
        writeln!(out, "{}", line.trim_end_matches([' ', '_'])).unwrap();
    }
    out
}

#[test]
fn trees_are_as_reviewed() {
    let mut found = String::new();
    for line in std::fs::read_to_string("tests/language/sentences.txt").unwrap().lines() {
        writeln!(found, "# {line}").unwrap();
        for sentence in read(line) {
            writeln!(found, "{}", table(line, &sentence)).unwrap();
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SNAPSHOT, &found).unwrap();
    }
    let kept = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    let differs = kept.lines().zip(found.lines()).position(|(kept, found)| kept != found);
    if let Some(line) = differs {
        let show = |text: &str| text.lines().skip(line.saturating_sub(2)).take(5).collect::<Vec<_>>().join("\n");
        panic!("{SNAPSHOT}, line {}:\n{}\nnow:\n{}\n(UPDATE=1 writes it anew)", line + 1, show(&kept), show(&found));
    }
    assert_eq!(kept.lines().count(), found.lines().count(), "{SNAPSHOT}; UPDATE=1 writes it anew");
}

#[test]
fn any_text_becomes_trees() {
    let texts = [
        String::new(),
        "War".to_owned(),
        "?! — … « » ”".to_owned(),
        "🕊️ 🕊️🇺🇦 👩\u{200D}🚀!".to_owned(),
        "Россия ввела войска в Грузию. Турция закрыла границу.".to_owned(),
        "Հայաստանը և Ադրբեջանը պայմանագիր ստորագրեցին։ Թուրքիան չստորագրեց։".to_owned(),
        "two pipelines and ".repeat(1_700),
        "x".repeat(100_000),
        "\u{301}\u{200D}\u{FEFF}\0 \u{1} a".to_owned(),
    ];
    for text in &texts {
        for sentence in read(text) {
            assert!(sentence.tokens.len() <= LONGEST + 1);
            assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1, "{text:.40}");
            for (i, token) in sentence.tokens.iter().enumerate() {
                let mut at = i;
                let steps = (0..sentence.tokens.len()).take_while(|_| sentence.tokens[at].head.map(|head| at = head).is_some()).count();
                assert!(steps < sentence.tokens.len(), "a circle in {text:.40}");
                assert!(!token.lemma.is_empty());
            }
        }
    }
}

#[test]
fn time_is_linear() {
    for unit in ["oil and ", "x", "war. The "] {
        let time = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let once = || {
                let start = Instant::now();
                assert!(Sentences::new(&text, &block(&text)).count() > 1);
                start.elapsed().as_secs_f64()
            };
            (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
        };
        let (short, long) = (time(200_000), time(3_200_000));
        assert!(long < short.max(0.0005) * 16.0 * 6.0, "{unit:?}: 16 times the text took {:.1} times as long", long / short);
    }
}
