//! Training the tagger.

use std::collections::BTreeMap;

use super::Lesson;
use super::perceptron::{HashedMap, Perceptron, Random};
use crate::language::conllu::Treebank;
use crate::language::tagger::{Classes, Context, FEATURES, Lexicon, features};
use crate::language::weights::{CLASSES, Rows};
use crate::language::word::Word;

/// The classes of a treebank, the most frequent first.
pub(crate) fn classes(bank: &Treebank) -> Classes {
    let mut counts = BTreeMap::new();
    for token in bank.sentences.iter().flat_map(|gold| &gold.sentence.tokens) {
        *counts.entry((token.upos, token.feats)).or_insert(0usize) += 1;
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(class, count)| (std::cmp::Reverse(*count), *class));
    all.truncate(CLASSES);
    Classes(all.into_iter().map(|(class, _)| class).collect())
}

/// A word's tags count as known from this many occurrences on, so that training sees unknown words too.
const KNOWN: usize = 3;

#[derive(Default)]
struct Counted(HashedMap<u32>);

impl Lexicon for Counted {
    fn tags(&self, lower: u64) -> u32 {
        self.0.get(&lower).copied().unwrap_or(0)
    }
}

/// A tagger in training.
pub(crate) struct Tagger {
    perceptron: Perceptron,
    lexicon: Counted,
    classes: Classes,
}

impl Tagger {
    /// Trains a tagger on the lessons.
    pub(crate) fn train(lessons: &[&Lesson], classes: Classes, passes: usize, seed: u64) -> Self {
        let mut counts: HashedMap<BTreeMap<u8, usize>> = HashedMap::default();
        for lesson in lessons {
            for (word, class) in lesson.words.iter().zip(&lesson.classes) {
                let upos = classes.0[usize::from(*class)].0 as u8;
                *counts.entry(word.lower).or_default().entry(upos).or_insert(0) += 1;
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each word gets a set of its own")]
        let lexicon = Counted({
            let mut lexicon = HashedMap::default();
            for (word, tags) in counts {
                let total: usize = tags.values().sum();
                if total >= KNOWN {
                    let usual = tags.iter().filter(|(_, count)| **count * 20 >= total);
                    lexicon.insert(word, usual.fold(0u32, |set, (tag, _)| set | 1 << tag));
                }
            }
            lexicon
        });
        let mut tagger = Self { perceptron: Perceptron::new(1), lexicon, classes };
        let mut random = Random(seed);
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let mut context = Context::default();
        for pass in 0..passes {
            random.shuffle(&mut order);
            for n in &order {
                let lesson = lessons[*n];
                context.fill(&lesson.words, &tagger.lexicon);
                let mut before = [200, 201];
                for (i, gold) in lesson.classes.iter().enumerate() {
                    let (list, guess) = tagger.guess(&lesson.words, &context, i, before);
                    let gold = usize::from(*gold);
                    tagger.perceptron.tick();
                    if pass == 0 {
                        tagger.perceptron.count(&list);
                    }
                    if guess != gold {
                        tagger.perceptron.update(&list, gold, 1.0);
                        tagger.perceptron.update(&list, guess, -1.0);
                    }
                    before = [guess as u64, before[0]];
                }
            }
        }
        tagger.perceptron.average();
        tagger
    }

    fn guess(&self, words: &[Word], context: &Context, i: usize, before: [u64; 2]) -> ([u64; FEATURES], usize) {
        let mut list = [0; FEATURES];
        features(words, context, i, before, &mut list);
        let mut scores = [0.0; CLASSES];
        self.perceptron.score(&list, &mut scores);
        let best = (1..self.classes.0.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best });
        (list, best)
    }

    /// Tags a sentence that was not among the lessons.
    pub(crate) fn tag(&self, words: &[Word]) -> Vec<u8> {
        let mut context = Context::default();
        context.fill(words, &self.lexicon);
        let mut before = [200, 201];
        let guesses = (0..words.len()).map(|i| {
            let guess = self.guess(words, &context, i, before).1;
            before = [guess as u64, before[0]];
            guess as u8
        });
        guesses.collect()
    }

    /// The weights, the lexicon and a line about them.
    pub(crate) fn pack(self, budget: usize) -> (Rows, Vec<(u64, u32)>, String) {
        let mut lexicon: Vec<(u64, u32)> = self.lexicon.0.into_iter().collect();
        lexicon.sort_unstable();
        let (weights, note) = self.perceptron.quantise(budget, 0.04);
        (weights, lexicon, note)
    }
}
