//! Measuring a model on gold tokens, by the definitions of the CoNLL 2018 shared task.

use std::collections::BTreeMap;

use super::data::Gold;
use crate::language::Deprel;
use crate::language::neural::{Model, Scratch};

/// What was right, in percent.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// Words.
    pub tokens: usize,
    /// Parts of speech.
    pub upos: f64,
    /// Features (those kept).
    pub feats: f64,
    /// Lemmas.
    pub lemma: f64,
    /// Heads.
    pub uas: f64,
    /// Heads and relations without subtypes.
    pub las: f64,
    /// Heads and relations with subtypes.
    pub full: f64,
    /// F1 of each relation with its subtype, with the gold count; where the right head is demanded.
    pub relations: BTreeMap<Deprel, (usize, f64)>,
}

/// Annotates the sentences and counts.
#[must_use]
pub fn score(model: &Model, all: &[Gold]) -> Score {
    let mut scratch = Scratch::default();
    let mut right = [0usize; 6];
    let mut tokens = 0;
    let mut relations: BTreeMap<Deprel, [usize; 3]> = BTreeMap::new();
    for gold in all {
        let (text, mut sentence) = gold.plain();
        model.annotate(&text, &mut sentence, &[], &mut scratch);
        for (i, token) in sentence.tokens.iter().enumerate() {
            tokens += 1;
            let head = usize::from(gold.heads[i]) == token.head.map_or(0, |h| h + 1);
            let base = |d: Deprel| d.as_str().split(':').next().unwrap_or_default();
            let marks = [
                token.upos == gold.upos[i],
                token.feats == gold.feats[i],
                token.lemma == gold.lemmas[i] || gold.lemmas[i] == "_",
                head,
                head && base(token.deprel) == base(gold.rels[i]),
                head && token.deprel == gold.rels[i],
            ];
            right.iter_mut().zip(marks).for_each(|(r, m)| *r += usize::from(m));
            relations.entry(gold.rels[i]).or_default()[0] += 1;
            relations.entry(token.deprel).or_default()[1] += 1;
            relations.entry(gold.rels[i]).or_default()[2] += usize::from(marks[5]);
        }
    }
    let share = |n: usize| 100.0 * n as f64 / tokens.max(1) as f64;
    let [upos, feats, lemma, uas, las, full] = right.map(share);
    let f1 = |[gold, own, both]: [usize; 3]| (gold, 200.0 * both as f64 / (gold + own).max(1) as f64);
    Score { tokens, upos, feats, lemma, uas, las, full, relations: relations.into_iter().map(|(d, c)| (d, f1(c))).collect() }
}
