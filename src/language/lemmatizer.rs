//! The lemmatizer: the lemma a form had in the treebank with this tag; for others, the edit that forms with the same
//! ending and tag got there, longest ending first.

use super::hash::{finish, mix};
use super::weights::{Bytes, Map, ModelError};
use super::word::{Case, Word, plain};

/// How a lemma is made from its form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Edit {
    /// Cut so many characters off the lower-cased form, then append.
    Lower(u8, String),
    /// Cut so many characters off the form as it is, then append.
    Kept(u8, String),
    /// This very lemma.
    Whole(String),
}

impl Edit {
    /// The simplest edit from form to lemma.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let lower = form.to_lowercase();
        for (base, keep) in [(lower.as_str(), false), (form, true)] {
            let common = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
            let cut = base.chars().count() - common;
            let add: String = lemma.chars().skip(common).collect();
            if common > 0 && cut <= 6 && (common >= cut || base == lemma) {
                return if keep { Self::Kept(cut as u8, add) } else { Self::Lower(cut as u8, add) };
            }
        }
        Self::Whole(lemma.to_owned())
    }

    /// Writes the lemma of `form`.
    pub(crate) fn apply(&self, form: &str, lemma: &mut String) {
        lemma.clear();
        let (cut, add) = match self {
            Self::Lower(cut, add) => {
                lemma.extend(form.chars().flat_map(char::to_lowercase));
                (*cut, add)
            }
            Self::Kept(cut, add) => {
                lemma.push_str(form);
                (*cut, add)
            }
            Self::Whole(whole) => return lemma.push_str(whole),
        };
        for _ in 0..cut {
            lemma.pop();
        }
        lemma.push_str(add);
    }

    /// The edit as one line.
    pub(crate) fn line(&self) -> String {
        match self {
            Self::Lower(cut, add) => format!("l{cut}{add}"),
            Self::Kept(cut, add) => format!("k{cut}{add}"),
            Self::Whole(whole) => format!("w{whole}"),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let mut chars = line.chars();
        let kind = chars.next()?;
        if kind == 'w' {
            return Some(Self::Whole(chars.as_str().to_owned()));
        }
        let cut = chars.next()?.to_digit(10)? as u8;
        let add = chars.as_str().to_owned();
        Some(if kind == 'l' { Self::Lower(cut, add) } else { Self::Kept(cut, add) })
    }
}

/// The key of a form with a class.
#[inline]
pub(crate) fn form_key(lower: u64, class: u8) -> u64 {
    finish(mix(lower, 1000 + u64::from(class)))
}

/// The key of a form with a part of speech only.
#[inline]
pub(crate) fn loose_key(lower: u64, upos: u8) -> u64 {
    finish(mix(lower, 2000 + u64::from(upos)))
}

/// The key of an ending (`length` characters, 0 for none) with a class; words that stand first say little by their case.
#[inline]
pub(crate) fn ending_key(word: &Word, length: usize, class: u8, first: bool) -> u64 {
    let ending = if length == 0 { 1 } else { word.suffix[length - 1] };
    let case = if first && word.case == Case::Title { 7 } else { word.case as u64 };
    finish(mix(mix(ending, 3000 + u64::from(class)), case * 8 + length as u64))
}

/// The lemmatizer of a model.
#[derive(Debug, Clone)]
pub(crate) struct Lemmatizer {
    edits: Vec<Edit>,
    map: Map,
}

impl Lemmatizer {
    /// Opens the map at `map` and the edits, a line each, of `lines`.
    pub(crate) fn open(bytes: &Bytes, map: usize, lines: &str) -> Result<Self, ModelError> {
        let edits = lines.lines().map(Edit::parse).collect::<Option<Vec<Edit>>>();
        Ok(Self { edits: edits.ok_or(ModelError { what: "unreadable lemma edit", at: map })?, map: Map::open(bytes, map)? })
    }

    /// Writes the lemma of a word with the given class. Constant time but for the form's length.
    #[expect(clippy::too_many_arguments, reason = "what is known of the word")]
    pub(crate) fn lemma(&self, bytes: &Bytes, form: &str, word: &Word, class: u8, upos: u8, first: bool, lemma: &mut String) {
        let known = self.map.get(bytes, form_key(word.lower, class)).or_else(|| self.map.get(bytes, loose_key(word.lower, upos)));
        let edit = known.or_else(|| {
            (0..=6).rev().filter(|n| *n == 0 || word.suffix[n - 1] != 0).find_map(|n| self.map.get(bytes, ending_key(word, n, class, first)))
        });
        match edit.and_then(|edit| self.edits.get(edit as usize)) {
            Some(edit) => edit.apply(form, lemma),
            None => {
                lemma.clear();
                lemma.push_str(form);
            }
        }
        if !lemma.is_ascii() && lemma.chars().any(|c| plain(c) != c) {
            *lemma = lemma.chars().map(|c| if c.is_ascii() { c } else { plain(c) }).collect();
        }
        if lemma.is_empty() {
            lemma.push_str(form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_make_their_lemma() {
        for (form, lemma) in [("Forces", "force"), ("U.S.", "U.S."), ("is", "be"), ("I", "I"), ("n't", "not"), ("Said", "say"), ("WARS", "war")] {
            let edit = Edit::between(form, lemma);
            let mut made = String::new();
            edit.apply(form, &mut made);
            assert_eq!(made, lemma);
            assert_eq!(Edit::parse(&edit.line()), Some(edit));
        }
    }
}
