//! Training a model from a treebank. Deterministic: the same treebank and settings give the same bytes.

mod lemmatizer;
mod oracle;
mod parser;
mod perceptron;
mod tagger;

use super::conllu::Treebank;
use super::model::MAGIC;
use super::weights::{pack, pack_map};
use super::word::{Letters, Word};

/// How a model is trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Seed of the order in which sentences are seen.
    pub seed: u64,
    /// Passes of the tagger over the treebank.
    pub tagger_passes: usize,
    /// Parts the treebank is cut into, each tagged by a tagger trained on the others.
    pub folds: usize,
    /// Passes of the parser.
    pub parser_passes: usize,
    /// Weights the tagger keeps.
    pub tagger_budget: usize,
    /// Weights the parser keeps.
    pub parser_budget: usize,
    /// How often a feature of the parser must at least have been seen, less one.
    pub rare: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, tagger_passes: 5, folds: 5, parser_passes: 8, tagger_budget: 600_000, parser_budget: 2_600_000, rare: 5 }
    }
}

/// Sentences that stay together in a fold: about some documents, so that a fold's names are new to its tagger.
const BLOCK: usize = 150;

/// A sentence with what training reads again and again.
struct Lesson {
    words: Vec<Word>,
    classes: Vec<u8>,
}

/// Trains a model and returns its bytes. `report` gets a line about each step. Minutes for the English treebank.
pub fn train(bank: &Treebank, settings: Settings, mut report: impl FnMut(&str)) -> Vec<u8> {
    let classes = tagger::classes(bank);
    report(&format!("{} sentences, {} words, {} tag classes", bank.sentences.len(), bank.words(), classes.0.len()));
    let mut letters = Letters::default();
    let lessons: Vec<Lesson> = bank
        .sentences
        .iter()
        .map(|gold| Lesson {
            words: gold.sentence.tokens.iter().map(|token| Word::of(token.span.of(&bank.text), &mut letters)).collect(),
            classes: gold.sentence.tokens.iter().map(|token| classes.of(token.upos, token.feats)).collect(),
        })
        .collect();

    let folds = settings.folds.max(2);
    let mut tags: Vec<Vec<u8>> = vec![Vec::new(); lessons.len()];
    let mut right = 0;
    for fold in 0..folds {
        let part: Vec<&Lesson> = lessons.iter().enumerate().filter(|(n, _)| n / BLOCK % folds != fold).map(|(_, l)| l).collect();
        let trained = tagger::Tagger::train(&part, classes.clone(), settings.tagger_passes, settings.seed + fold as u64);
        for n in (0..lessons.len()).filter(|n| n / BLOCK % folds == fold) {
            tags[n] = trained.tag(&lessons[n].words);
            right += tags[n].iter().zip(&lessons[n].classes).filter(|(a, b)| classes.0[usize::from(**a)].0 == classes.0[usize::from(**b)].0).count();
        }
    }
    report(&format!("jackknifed tags: UPOS {:.2}", 100.0 * right as f32 / bank.words() as f32));

    let all: Vec<&Lesson> = lessons.iter().collect();
    let trained = tagger::Tagger::train(&all, classes.clone(), settings.tagger_passes, settings.seed);
    let (tagger, lexicon, note) = trained.pack(settings.tagger_budget);
    report(&format!("tagger: {note}"));
    let (edits, lemmas) = lemmatizer::learn(bank, &lessons, &classes);
    report(&format!("lemmas: {} edits, {} entries", edits.len(), lemmas.len()));
    let (parser, note) = parser::train(bank, &lessons, &tags, &classes, &settings, &mut report);
    report(&format!("parser: {note}"));

    let mut out = MAGIC.to_vec();
    out.resize(MAGIC.len() + 4 * 7, 0);
    let mut offsets = vec![out.len()];
    pack(tagger, &mut out);
    offsets.push(out.len());
    pack_map(&lexicon, &mut out);
    offsets.push(out.len());
    pack_map(&lemmas, &mut out);
    offsets.push(out.len());
    pack(parser, &mut out);
    offsets.push(out.len());
    for (upos, feats) in &classes.0 {
        out.extend_from_slice(format!("{upos} {}\n", feats.0).as_bytes());
    }
    offsets.push(out.len());
    for edit in &edits {
        out.extend_from_slice(edit.line().as_bytes());
        out.push(b'\n');
    }
    offsets.push(out.len());
    for (n, offset) in offsets.into_iter().enumerate() {
        out[8 + 4 * n..12 + 4 * n].copy_from_slice(&(offset as u32).to_le_bytes());
    }
    out
}
