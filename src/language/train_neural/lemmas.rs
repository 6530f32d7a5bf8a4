//! Counting out the lemma rules.

use std::collections::BTreeMap;

use super::data::Gold;
use crate::language::neural::{ENDING, Letters, Script, ending_key};

/// Entries of the rule table and the scripts they name: the commonest script of each word, part of speech and features,
/// and of each ending (words counted once), left out where the next shorter ending says the same.
pub(super) fn learn(all: &[Gold]) -> (Vec<(u64, u32)>, Vec<Script>) {
    let mut words: BTreeMap<(String, u8, u32), BTreeMap<Script, usize>> = BTreeMap::new();
    for gold in all {
        for i in 0..gold.forms.len() {
            if gold.lemmas[i] == "_" {
                continue;
            }
            let script = Script::between(&gold.forms[i], &gold.lemmas[i]);
            let word = (gold.forms[i].to_lowercase(), gold.upos[i] as u8, gold.feats[i].0);
            *words.entry(word).or_default().entry(script).or_default() += 1;
        }
    }
    let best = |counts: &BTreeMap<Script, usize>| counts.iter().max_by_key(|(_, n)| **n).map(|(s, _)| s.clone());
    let mut letters = Letters::default();
    let mut endings: BTreeMap<(usize, u64), BTreeMap<Script, usize>> = BTreeMap::new();
    let keys = |word: &(String, u8, u32), letters: &mut Letters| {
        letters.set(&word.0);
        let (upos, feats) = (crate::language::Upos::from_index(usize::from(word.1)), crate::language::Feats(word.2));
        let longest = letters.low().len().min(ENDING);
        let shorter: Vec<u64> = (0..=longest).map(|l| ending_key(letters, Some(l), upos, feats)).collect();
        (shorter, ending_key(letters, None, upos, feats))
    };
    for (word, counts) in &words {
        let (shorter, _) = keys(word, &mut letters);
        let Some(script) = best(counts) else { continue };
        for (length, key) in shorter.into_iter().enumerate() {
            *endings.entry((length, key)).or_default().entry(script.clone()).or_default() += 1;
        }
    }
    let mut rules: BTreeMap<u64, Script> = BTreeMap::new();
    for (word, counts) in &words {
        let (shorter, own) = keys(word, &mut letters);
        let mut now: Option<Script> = None;
        for (length, key) in shorter.into_iter().enumerate() {
            let counts = &endings[&(length, key)];
            if length > 0 && counts.values().sum::<usize>() < 2 {
                break;
            }
            let script = best(counts);
            if script != now {
                rules.extend(script.clone().map(|s| (key, s)));
                now = script;
            }
        }
        let script = best(counts);
        if script != now {
            rules.extend(script.map(|s| (own, s)));
        }
    }
    let mut scripts: Vec<Script> = rules.values().cloned().collect();
    scripts.sort();
    scripts.dedup();
    let number = |s: &Script| scripts.binary_search(s).unwrap_or(0) as u32;
    let entries = rules.iter().map(|(&key, script)| (key, number(script))).collect();
    (entries, scripts)
}
