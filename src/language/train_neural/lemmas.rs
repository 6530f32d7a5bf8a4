//! Counting out the lemma rules.

use std::collections::BTreeMap;

use super::data::Gold;
use crate::language::neural::{ENDING, Letters, Script, Style, Word, capital, ending_key, numeral};

/// Letters of an ending from which on one word is enough to believe it.
const SURE: usize = 4;

/// Forms of one word with their lemmas, counted.
type Forms = BTreeMap<(String, String), usize>;

/// The script that is right for most of the forms; among equals the first.
fn best(forms: &Forms) -> Option<Script> {
    let scripts: std::collections::BTreeSet<Script> = forms.keys().map(|(form, lemma)| Script::between(form, lemma)).collect();
    let right = |script: &Script| -> usize { forms.iter().filter(|((f, l), _)| script.apply(f) == *l).map(|(_, n)| n).sum() };
    scripts.into_iter().map(|s| (right(&s), s)).rev().max_by_key(|s| s.0).map(|s| s.1)
}

/// The keys of a word's endings, shortest first, and that of the whole word.
fn keys(low: &str, word: Word, letters: &mut Letters) -> (Vec<u64>, u64) {
    letters.set(low);
    let longest = letters.low().len().min(ENDING);
    let shorter = (0..=longest).map(|l| ending_key(letters, Some(l), word)).collect();
    (shorter, ending_key(letters, None, word))
}

/// Entries of the rule table and the scripts they name: the best script of each word, part of speech and features, and
/// the commonest of each ending (words counted once), left out where the next shorter ending says the same.
pub(super) fn learn(all: &[Gold]) -> (Vec<(u64, u32)>, Vec<Script>) {
    let mut words: BTreeMap<(String, Word), Forms> = BTreeMap::new();
    for gold in all {
        let style = Style::of(gold.forms.iter().map(String::as_str));
        for (i, form) in gold.forms.iter().enumerate() {
            if gold.lemmas[i] == "_" || numeral(form).is_some() {
                continue;
            }
            let word = Word { upos: gold.upos[i], feats: gold.feats[i], capital: capital(form, i, style) };
            let forms = words.entry((form.to_lowercase(), word)).or_default();
            *forms.entry((form.clone(), gold.lemmas[i].clone())).or_default() += 1;
        }
    }
    let words: Vec<(String, Word, Script)> =
        words.into_iter().filter_map(|((low, word), forms)| best(&forms).map(|s| (low, word, s))).collect();
    let mut letters = Letters::default();
    let mut endings: BTreeMap<u64, BTreeMap<&Script, usize>> = BTreeMap::new();
    for (low, word, script) in &words {
        for key in keys(low, *word, &mut letters).0 {
            *endings.entry(key).or_default().entry(script).or_default() += 1;
        }
    }
    let mut rules: BTreeMap<u64, &Script> = BTreeMap::new();
    for (low, word, script) in &words {
        let (shorter, own) = keys(low, *word, &mut letters);
        let mut now = None;
        for (length, key) in shorter.into_iter().enumerate() {
            let counts = &endings[&key];
            if (1..SURE).contains(&length) && counts.values().sum::<usize>() < 2 {
                break;
            }
            let top = counts.iter().max_by_key(|(_, n)| **n).map(|(s, _)| *s);
            if top != now {
                rules.extend(top.map(|s| (key, s)));
                now = top;
            }
        }
        // Always there, so that the word with another capital does not stand in for it.
        rules.insert(own, script);
    }
    let mut scripts: Vec<Script> = rules.values().map(|s| (*s).clone()).collect();
    scripts.sort();
    scripts.dedup();
    let number = |s: &Script| scripts.binary_search(s).unwrap_or(0) as u32;
    let entries = rules.iter().map(|(&key, script)| (key, number(script))).collect();
    (entries, scripts)
}
