//! How good a model is on a treebank.

use super::conllu::Treebank;
use super::{Deprel, Model, Scratch, Sentence};

/// Shares of words, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Part of speech right.
    pub upos: f64,
    /// Features right (those of [`Feats`](super::Feats)).
    pub feats: f64,
    /// Lemma right.
    pub lemma: f64,
    /// Head right.
    pub uas: f64,
    /// Head and relation (without subtype) right.
    pub las: f64,
    /// Head and relation with its subtype right.
    pub las_subtypes: f64,
}

/// The treebank's sentences without their annotation, their words given.
#[must_use]
pub fn bare(bank: &Treebank) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = bank.sentences.iter().map(|gold| gold.sentence.clone()).collect();
    for token in sentences.iter_mut().flat_map(|s| &mut s.tokens) {
        *token = super::Token { span: token.span, ..super::Token::default() };
    }
    sentences
}

/// Annotates every sentence.
pub fn annotate_all(model: &Model, text: &str, sentences: &mut [Sentence]) {
    let mut scratch = Scratch::default();
    for sentence in sentences {
        model.annotate(text, sentence, &[], &mut scratch);
    }
}

/// Compares annotated sentences with the gold ones, word by word. Punctuation counts; relations count without subtypes.
#[must_use]
pub fn compare(bank: &Treebank, sentences: &[Sentence]) -> Figures {
    let mut right = [0usize; 6];
    let mut words = 0;
    for (gold, own) in bank.sentences.iter().zip(sentences) {
        for (gold, own) in gold.sentence.tokens.iter().zip(&own.tokens) {
            let head = gold.head == own.head;
            words += 1;
            let all = [
                gold.upos == own.upos,
                gold.feats == own.feats,
                gold.lemma == own.lemma || gold.lemma == "_",
                head,
                head && universal(gold.deprel) == universal(own.deprel),
                head && gold.deprel == own.deprel,
            ];
            for (sum, right) in right.iter_mut().zip(all) {
                *sum += usize::from(right);
            }
        }
    }
    let [upos, feats, lemma, uas, las, las_subtypes] = right.map(|n| 100.0 * n as f64 / words.max(1) as f64);
    Figures { upos, feats, lemma, uas, las, las_subtypes }
}

/// A relation without its subtype.
pub(crate) fn universal(deprel: Deprel) -> &'static str {
    deprel.as_str().split(':').next().unwrap_or("dep")
}
