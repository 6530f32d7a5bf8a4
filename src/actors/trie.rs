//! The index of names: a trie over folded words, so that one pass over the text finds every name, longest first, whatever
//! the catalogue's size.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::catalogue::EntryId;
use super::fold::{Word, words};

/// In what way a text names an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameClass {
    /// The canonical name.
    Name,
    /// Another full name or an abbreviation.
    Alias,
    /// A family name or other short name of a person.
    Short,
    /// Adjective or inhabitants of a state, territory or people.
    Demonym,
    /// The capital, which may stand for the government.
    Capital,
    /// A seat of power, which stands for the government.
    Seat,
}

/// One actor that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Which.
    pub entry: EntryId,
    /// How.
    pub class: NameClass,
    /// Whether the name counts only with support from the document.
    pub weak: bool,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub begin: usize,
    /// One past the last byte.
    pub stop: usize,
    /// What it may mean.
    pub forms: Vec<Form>,
}

/// How a word of a name must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    Title,
    Upper,
}

/// FNV-1a over bytes: fixed, so that nothing depends on a run's random state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// A pattern: how its words are written and what it means.
#[derive(Debug, Clone)]
struct Pattern {
    cases: Vec<Case>,
    forms: Vec<Form>,
}

/// The trie. Edges are keyed by node and word; a node may end several patterns that differ in case (`US`, `us`).
#[derive(Debug, Default)]
pub struct Trie {
    edges: Map<u64, u32>,
    ends: Vec<Vec<Pattern>>,
    vocabulary: Map<String, u32>,
}

/// What may stand between two words of one name: white space (one line break at most), dashes, apostrophes, full stops,
/// slashes, ampersands, at most four characters.
fn joins(between: &str) -> bool {
    !between.is_empty()
        && between.chars().count() <= 4
        && between.matches('\n').count() <= 1
        && between.chars().all(|c| {
            c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\'' | '’' | '‘' | 'ʼ' | '.' | '/' | '&' | ',' | '\u{ad}')
        })
        && !between.contains(", ")
}

impl Trie {
    fn word(&mut self, key: &str) -> u64 {
        if let Some(id) = self.vocabulary.get(key) {
            return u64::from(*id);
        }
        let next = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX) + 1;
        self.vocabulary.insert(key.to_owned(), next);
        u64::from(next)
    }

    /// Adds a name.
    pub(super) fn insert(&mut self, name: &str, form: Form) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let mut node = 0_u32;
        let mut cases = Vec::new();
        for word in words(name) {
            cases.push(match (word.title, word.upper && (word.stop - word.begin > 1 || name.contains('.'))) {
                (_, true) => Case::Upper,
                (true, false) => Case::Title,
                (false, false) => Case::Any,
            });
            let key = u64::from(node) << 32 | self.word(&word.key);
            let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.edges.entry(key).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        }
        if cases.is_empty() {
            return;
        }
        // A name of lower-case words only would match running prose.
        let end = &mut self.ends[node as usize];
        match end.iter_mut().find(|p| p.cases == cases) {
            Some(pattern) => {
                if !pattern.forms.contains(&form) {
                    pattern.forms.push(form);
                }
            }
            None => end.push(Pattern { cases, forms: vec![form] }),
        }
    }

    /// Sorts what was added, so that the order of rows decides nothing but ties.
    pub(super) fn finish(&mut self) {
        for end in &mut self.ends {
            for pattern in end {
                pattern.forms.sort_by_key(|f| (f.weak, f.class, f.entry));
            }
        }
    }

    /// What an exact (folded, single-spaced) name means, in any case.
    pub(super) fn get(&self, folded: &str) -> Vec<Form> {
        let mut node = 0_u32;
        for word in folded.split(' ') {
            let Some(word) = self.vocabulary.get(word) else { return Vec::new() };
            let Some(next) = self.edges.get(&(u64::from(node) << 32 | u64::from(*word))) else { return Vec::new() };
            node = *next;
        }
        self.ends.get(node as usize).into_iter().flatten().flat_map(|p| p.forms.iter().copied()).collect()
    }

    /// Every name in a text, leftmost and longest; without overlap, but for names inside one that begins with a common noun. Linear in the text times the longest name's words.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Found> {
        let list: Vec<Word> = words(text).collect();
        let ids: Vec<u32> = list.iter().map(|w| self.vocabulary.get(w.key.as_str()).copied().unwrap_or(0)).collect();
        let mut found = Vec::new();
        let mut i = 0;
        while i < list.len() {
            let mut node = 0_u32;
            let mut best: Option<(usize, &Pattern)> = None;
            let mut j = i;
            while j < list.len() && ids[j] != 0 {
                if j > i && !joins(&text[list[j - 1].stop..list[j].begin]) {
                    break;
                }
                let Some(next) = self.edges.get(&(u64::from(node) << 32 | u64::from(ids[j]))) else { break };
                node = *next;
                j += 1;
                if let Some(pattern) = best_case(&self.ends[node as usize], &list[i..j]) {
                    best = Some((j, pattern));
                }
            }
            match best {
                Some((end, pattern)) => {
                    let mut stop = list[end - 1].stop;
                    // The full stop of "U.S." belongs to the name.
                    if list[end - 1].upper && list[end - 1].stop - list[end - 1].begin == 1 && end - i > 1 && text[stop..].starts_with('.')
                    {
                        stop += 1;
                    }
                    found.push(Found { begin: list[i].begin, stop, forms: pattern.forms.clone() });
                    // "war in Ukraine": a name that begins with a common noun is gone through once more.
                    i = if pattern.cases[0] == Case::Any && end - i > 1 { i + 1 } else { end };
                }
                None => i += 1,
            }
        }
        found
    }
}

/// The pattern whose case the words have; where words are all in capitals (a headline), a capitalised name of four letters or more fits too.
fn best_case<'a>(patterns: &'a [Pattern], words: &[Word]) -> Option<&'a Pattern> {
    let exact = patterns.iter().find(|p| {
        p.cases.iter().zip(words).all(|(case, word)| match case {
            Case::Any => true,
            Case::Title => word.title && (!word.upper || word.stop - word.begin == 1 || word.key.bytes().all(|b| b.is_ascii_digit())),
            Case::Upper => word.upper,
        })
    });
    exact.or_else(|| {
        patterns.iter().find(|p| {
            p.cases.iter().zip(words).all(|(case, word)| match case {
                Case::Any => true,
                Case::Title => word.upper && words.iter().map(|w| w.stop - w.begin).sum::<usize>() >= 4,
                Case::Upper => word.upper || (word.title && word.stop - word.begin >= 5),
            })
        })
    })
}
