//! Sentences of a treebank, and how training varies them.

use super::random::Random;
use crate::documents::Span;
use crate::language::{Deprel, Feats, Sentence, Token, Upos};

/// A sentence with its answers.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The words.
    pub forms: Vec<String>,
    /// Their lemmas.
    pub lemmas: Vec<String>,
    /// Their parts of speech.
    pub upos: Vec<Upos>,
    /// The treebank's own tags.
    pub xpos: Vec<String>,
    /// Their features.
    pub feats: Vec<Feats>,
    /// 0 for the root, else one more than the head's index.
    pub heads: Vec<u16>,
    /// Their relations.
    pub rels: Vec<Deprel>,
}

/// Why a CoNLL-U line is no word line.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: `{text}` is no CoNLL-U word line (ten fields, known UPOS and relation, head a number)")]
pub struct LineError {
    /// The line's number, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// Reads the words (no multiword tokens, no empty nodes) of a CoNLL-U text.
///
/// # Errors
/// At the first line that is none of CoNLL-U.
pub fn read_conllu(text: &str) -> Result<Vec<Gold>, LineError> {
    let mut all = Vec::new();
    let mut gold = Gold::default();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !gold.forms.is_empty() {
                all.push(std::mem::take(&mut gold));
            }
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() == 10 && fields[0].contains(['-', '.']) {
            continue;
        }
        let add = || {
            let [_, form, lemma, upos, xpos, feats, head, rel, _, _] = fields[..] else { return None };
            Some((form, lemma, Upos::parse(upos)?, xpos, Feats::parse(feats), head.parse().ok()?, Deprel::parse(rel)?))
        };
        let Some((form, lemma, upos, xpos, feats, head, rel)) = add() else {
            return Err(LineError { line: number + 1, text: line.to_owned() });
        };
        gold.forms.push(form.to_owned());
        gold.lemmas.push(lemma.to_owned());
        gold.upos.push(upos);
        gold.xpos.push(xpos.to_owned());
        gold.feats.push(feats);
        gold.heads.push(head);
        gold.rels.push(rel);
    }
    if !gold.forms.is_empty() {
        all.push(gold);
    }
    Ok(all)
}

impl Gold {
    /// The words with a space between each, as a text and a sentence without annotation.
    #[must_use]
    pub fn plain(&self) -> (String, Sentence) {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for form in &self.forms {
            let begin = text.len();
            text.push_str(form);
            tokens.push(Token { span: Span::new(begin, text.len()), ..Token::default() });
            text.push(' ');
        }
        let sentence = Sentence { span: Span::new(0, text.len()), tokens, ..Sentence::default() };
        (text, sentence)
    }

    /// Whether each word is marked as part of a known name: some of the runs of proper nouns.
    pub(super) fn names(&self, share: f32, random: &mut Random) -> Vec<bool> {
        let mut known = vec![false; self.forms.len()];
        let mut i = 0;
        while i < known.len() {
            let start = i;
            while i < known.len() && self.upos[i] == Upos::Propn {
                i += 1;
            }
            if i > start && random.chance(share) {
                known[start..i].fill(true);
            }
            i = i.max(start + 1);
        }
        known
    }

    /// The sentence as another writer might have set it: all capitals, headline capitals, small letters, no full stop,
    /// other dashes and quotes, other names.
    pub(super) fn varied(&self, share: f32, names: &[String], random: &mut Random) -> Self {
        let mut other = self.clone();
        if !random.chance(share) {
            return other;
        }
        let last = other.forms.len() - 1;
        if random.chance(0.15) && last > 1 && other.forms[last] == "." && !other.heads.iter().any(|&h| usize::from(h) == last + 1) {
            other.forms.pop();
            other.lemmas.pop();
            other.upos.pop();
            other.xpos.pop();
            other.feats.pop();
            other.heads.pop();
            other.rels.pop();
        }
        let style = random.unit();
        for i in 0..other.forms.len() {
            let form = &mut other.forms[i];
            if style < 0.06 {
                *form = form.to_uppercase();
            } else if style < 0.14 {
                if !matches!(other.upos[i], Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part) {
                    *form = title(form);
                }
            } else if style < 0.2 {
                *form = form.to_lowercase();
            } else if other.upos[i] == Upos::Propn && !names.is_empty() && style < 0.7 && random.chance(0.3) && is_name(form) {
                form.clone_from(&names[random.below(names.len())]);
            }
        }
        other
    }
}

/// The word with a capital.
pub(super) fn title(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn is_name(form: &str) -> bool {
    form.chars().count() > 2 && form.chars().skip(1).all(char::is_lowercase)
}

/// Words that stand for names: capital and small letters, tagged as singular proper nouns.
pub(super) fn names(all: &[Gold]) -> Vec<String> {
    let mut names = Vec::new();
    for gold in all {
        for (i, form) in gold.forms.iter().enumerate() {
            if gold.upos[i] == Upos::Propn && form.chars().all(char::is_alphabetic) && is_name(form) {
                names.push(form.clone());
            }
        }
    }
    names.sort();
    names.dedup();
    names
}
