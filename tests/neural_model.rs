//! The model that ships: sound trees for any input, the same result whatever was read before.

use suzerain::documents::Span;
use suzerain::language::{Deprel, Feats, Model, Scratch, Sentence, Token, Upos};

fn sentence(text: &str) -> Sentence {
    let mut tokens = Vec::new();
    let mut begin = 0;
    for form in text.split(' ') {
        tokens.push(Token { span: Span::new(begin, begin + form.len()), ..Token::default() });
        begin += form.len() + 1;
    }
    Sentence { span: Span::new(0, text.len()), tokens, ..Sentence::default() }
}

fn read(text: &str, scratch: &mut Scratch) -> Sentence {
    let mut s = sentence(text);
    Model::embedded().annotate(text, &mut s, &[], scratch);
    let n = s.tokens.len();
    assert_eq!(s.tokens.iter().filter(|t| t.head.is_none()).count(), 1, "one root: {text}");
    for (i, token) in s.tokens.iter().enumerate() {
        assert_eq!(token.head.is_none(), token.deprel == Deprel::Root);
        let (mut at, mut steps) = (i, 0);
        while let Some(head) = s.tokens[at].head {
            assert!(head < n && steps <= n, "a cycle: {text}");
            (at, steps) = (head, steps + 1);
        }
    }
    s
}

#[test]
fn reads_a_passive_with_its_agent() {
    let s = read("The rebels were armed by Iran in 2015 .", &mut Scratch::default());
    assert_eq!(s.tokens[3].lemma, "arm");
    assert_eq!(s.tokens[3].head, None);
    assert_eq!(s.tokens[3].upos, Upos::Verb);
    assert!(s.tokens[3].feats.has(Feats::PART));
    assert_eq!((s.tokens[1].head, s.tokens[1].deprel), (Some(3), Deprel::NsubjPass));
    assert_eq!((s.tokens[5].head, s.tokens[5].upos), (Some(3), Upos::Propn));
}

#[test]
fn any_input_gets_a_tree() {
    let mut scratch = Scratch::default();
    for text in ["a", "", ".", "… — , ;", "😀 🇦🇲", "Москва и Ереван подписали договор .", "Հայաստանի վարչապետը", "\u{0} \u{ffff}"]
    {
        read(text, &mut scratch);
    }
    let long = vec!["sanctions and pipelines"; 1667].join(" ");
    read(&long, &mut scratch);
    read(&vec!["x"; 5000].join(" "), &mut scratch);
    read(&"y".repeat(100_000), &mut scratch);
    let mut empty = Sentence::default();
    Model::embedded().annotate("", &mut empty, &[], &mut scratch);
}

#[test]
fn nothing_is_remembered_that_matters() {
    let texts = ["Turkey backed Azerbaijan .", "TURKEY BACKED AZERBAIJAN", "He said Tinubu would meet Pashinyan ."];
    let mut scratch = Scratch::default();
    let once: Vec<Sentence> = texts.iter().map(|t| read(t, &mut scratch)).collect();
    let again: Vec<Sentence> = texts.iter().rev().map(|t| read(t, &mut scratch)).collect();
    let fresh: Vec<Sentence> = texts.iter().map(|t| read(t, &mut Scratch::default())).collect();
    assert_eq!(once, fresh);
    assert_eq!(again.into_iter().rev().collect::<Vec<_>>(), fresh);
}

#[test]
fn a_known_name_is_a_proper_noun() {
    let text = "Greater Idlib front fell .";
    let mut s = sentence(text);
    Model::embedded().annotate(text, &mut s, &[0..2, 7..90], &mut Scratch::default());
    assert_eq!(s.tokens[1].upos, Upos::Propn);
}
