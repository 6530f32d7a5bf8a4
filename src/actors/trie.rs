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
    Any = 0,
    Title = 1,
    Upper = 2,
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

/// Prefix hashes are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The hash of a name's words so far (FNV-1a of the folded words, a blank after each).
fn prefix(so_far: u64, word: &str) -> u64 {
    let mut hash = Fnv(so_far);
    hash.write(word.as_bytes());
    hash.write(b" ");
    // The map's buckets go by the low bits and its control bytes by the high ones: both must vary.
    hash.0 ^ hash.0 >> 32
}

/// Hash of no word.
const ROOT: u64 = 0xcbf2_9ce4_8422_2325;

/// A name cut into words: the hash of each beginning of it, and how each word must be written.
#[derive(Debug, Clone)]
pub(super) struct Key {
    prefixes: Vec<u64>,
    cases: u64,
}

impl Key {
    /// Words beyond the thirtieth are no part of a name.
    pub(super) fn new(name: &str) -> Self {
        let mut prefixes = Vec::with_capacity(4);
        let (mut cases, mut hash) = (0, ROOT);
        for (i, word) in words(name).take(30).enumerate() {
            let case = match (word.title, word.upper && (word.stop - word.begin > 1 || name.contains('.'))) {
                (_, true) => Case::Upper,
                (true, false) => Case::Title,
                (false, false) => Case::Any,
            };
            cases |= (case as u64) << (2 * i);
            hash = prefix(hash, &word.key);
            prefixes.push(hash);
        }
        Self { prefixes, cases }
    }
}

/// A pattern: how its words are written (two bits each) and what it means.
#[derive(Debug, Clone)]
struct Pattern {
    cases: u64,
    first: Form,
    more: Vec<Form>,
    /// The next pattern of the same words, from 1.
    next: u32,
}

impl Pattern {
    fn case(&self, word: usize) -> Case {
        match self.cases >> (2 * word) & 3 {
            0 => Case::Any,
            1 => Case::Title,
            _ => Case::Upper,
        }
    }

    fn forms(&self) -> impl Iterator<Item = Form> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }
}

/// The trie. A node is known by the hash of the words that lead to it; it may end several patterns that differ in case
/// (`US`, `us`).
#[derive(Debug, Default)]
pub struct Trie {
    /// The first pattern of each node, from 1; 0 for the beginning of longer names.
    nodes: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    patterns: Vec<Pattern>,
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
    /// Makes room for so many names.
    pub(super) fn reserve(&mut self, names: usize) {
        self.nodes.reserve(names + names / 2);
        self.patterns.reserve(names);
    }

    /// Adds a name.
    pub(super) fn insert(&mut self, name: &str, form: Form) {
        self.add(&Key::new(name), form);
    }

    /// Adds a name that is cut into words already.
    pub(super) fn add(&mut self, name: &Key, form: Form) {
        let Some((last, rest)) = name.prefixes.split_last() else { return };
        for hash in rest {
            self.nodes.entry(*hash).or_insert(0);
        }
        let fresh = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX) + 1;
        let first = self.nodes.entry(*last).or_insert(0);
        let mut at = *first;
        if at == 0 {
            *first = fresh;
        }
        while at != 0 {
            let pattern = &mut self.patterns[at as usize - 1];
            if pattern.cases == name.cases {
                if pattern.first != form && !pattern.more.contains(&form) {
                    pattern.more.push(form);
                }
                return;
            }
            at = pattern.next;
            if at == 0 {
                pattern.next = fresh;
            }
        }
        self.patterns.push(Pattern { cases: name.cases, first: form, more: Vec::new(), next: 0 });
    }

    /// Sorts what was added, so that the order of rows decides nothing but ties.
    pub(super) fn finish(&mut self) {
        for pattern in self.patterns.iter_mut().filter(|p| !p.more.is_empty()) {
            let mut all: Vec<Form> = pattern.forms().collect();
            all.sort_by_key(|f| (f.weak, f.class, f.entry));
            pattern.first = all.remove(0);
            pattern.more = all;
        }
    }

    /// The patterns of a node, in the order in which they were added.
    fn at(&self, node: u32) -> impl Iterator<Item = &Pattern> {
        std::iter::successors((node as usize).checked_sub(1).map(|i| &self.patterns[i]), |p| {
            (p.next as usize).checked_sub(1).map(|i| &self.patterns[i])
        })
    }

    /// What an exact (folded, single-spaced) name means, in any case.
    pub(super) fn get(&self, folded: &str) -> Vec<Form> {
        let hash = folded.split(' ').fold(ROOT, prefix);
        self.at(self.nodes.get(&hash).copied().unwrap_or(0)).flat_map(Pattern::forms).collect()
    }

    /// Every name in a text, leftmost and longest; without overlap, but for names inside one that begins with a common noun. Linear in the text times the longest name's words.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Found> {
        let list: Vec<Word> = words(text).collect();
        let mut found = Vec::new();
        let mut i = 0;
        while i < list.len() {
            let mut hash = ROOT;
            let mut best: Option<(usize, &Pattern)> = None;
            let mut j = i;
            while j < list.len() {
                if j > i && !joins(&text[list[j - 1].stop..list[j].begin]) {
                    break;
                }
                hash = prefix(hash, &list[j].key);
                let Some(node) = self.nodes.get(&hash) else { break };
                j += 1;
                if let Some(pattern) = self.best_case(*node, &list[i..j]) {
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
                    found.push(Found { begin: list[i].begin, stop, forms: pattern.forms().collect() });
                    // "war in Ukraine": a name that begins with a common noun is gone through once more.
                    i = if pattern.case(0) == Case::Any && end - i > 1 { i + 1 } else { end };
                }
                None => i += 1,
            }
        }
        found
    }

    /// The pattern whose case the words have; where words are all in capitals (a headline), a capitalised name of four letters or more fits too.
    fn best_case(&self, node: u32, words: &[Word]) -> Option<&Pattern> {
        let every = |p: &&Pattern, fits: &dyn Fn(Case, &Word) -> bool| words.iter().enumerate().all(|(i, w)| fits(p.case(i), w));
        let exact = |case: Case, word: &Word| match case {
            Case::Any => true,
            Case::Title => word.title && (!word.upper || word.stop - word.begin == 1 || word.key.bytes().all(|b| b.is_ascii_digit())),
            Case::Upper => word.upper,
        };
        let loud = |case: Case, word: &Word| match case {
            Case::Any => true,
            Case::Title => word.upper && words.iter().map(|w| w.stop - w.begin).sum::<usize>() >= 4,
            Case::Upper => word.upper || (word.title && word.stop - word.begin >= 5),
        };
        self.at(node).find(|p| every(p, &exact)).or_else(|| self.at(node).find(|p| every(p, &loud)))
    }
}
