//! Learning lemmas from a treebank.

use std::collections::BTreeMap;

use super::Lesson;
use crate::language::conllu::Treebank;
use crate::language::lemmatizer::{Edit, ending_key, form_key, loose_key};
use crate::language::tagger::Classes;

type Votes = BTreeMap<u64, BTreeMap<u32, usize>>;

/// The edits, and the map from forms and endings to them.
pub(crate) fn learn(bank: &Treebank, lessons: &[Lesson], classes: &Classes) -> (Vec<Edit>, Vec<(u64, u32)>) {
    let mut numbers: BTreeMap<Edit, u32> = BTreeMap::new();
    let mut edits: Vec<Edit> = Vec::new();
    let (mut forms, mut loose, mut endings) = (Votes::new(), Votes::new(), Votes::new());
    let mut seen = std::collections::BTreeSet::new();
    for (gold, lesson) in bank.sentences.iter().zip(lessons) {
        for (i, token) in gold.sentence.tokens.iter().enumerate() {
            if token.lemma == "_" {
                continue;
            }
            let edit = Edit::between(token.span.of(&bank.text), &token.lemma);
            let number = *numbers.entry(edit.clone()).or_insert_with(|| {
                edits.push(edit);
                (edits.len() - 1) as u32
            });
            let (word, class) = (&lesson.words[i], lesson.classes[i]);
            let upos = classes.0[usize::from(class)].0 as u8;
            *forms.entry(form_key(word.lower, class)).or_default().entry(number).or_insert(0) += 1;
            *loose.entry(loose_key(word.lower, upos)).or_default().entry(number).or_insert(0) += 1;
            if seen.insert((word.cased, class, number)) {
                for length in 0..=6 {
                    if length == 0 || word.suffix[length - 1] != 0 {
                        *endings.entry(ending_key(word, length, class, i == 0)).or_default().entry(number).or_insert(0) += 1;
                    }
                }
            }
        }
    }
    let usual = |votes: &BTreeMap<u32, usize>| votes.iter().max_by_key(|(n, count)| (**count, u32::MAX - **n)).map(|(n, c)| (*n, *c));
    let mut entries = Vec::new();
    for votes in [&forms, &loose] {
        entries.extend(votes.iter().filter_map(|(key, votes)| Some((*key, usual(votes)?.0))));
    }
    for (key, votes) in &endings {
        if let Some((number, count)) = usual(votes).filter(|(n, count)| *count >= 2 && !matches!(edits[*n as usize], Edit::Whole(_))) {
            let total: usize = votes.values().sum();
            if count * 2 > total {
                entries.push((*key, number));
            }
        }
    }
    (edits, entries)
}
