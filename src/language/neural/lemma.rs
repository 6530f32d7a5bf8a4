//! Lemmas by edit scripts: a word's lemma is its form in some case with its last letters exchanged; which letters, is
//! looked up for the word itself and then for ever shorter endings of it, together with its part of speech and features
//! (the scripts of Chrupała, *Simple Data-Driven Context-Sensitive Lemmatization*, 2006, reduced to endings).

use super::features::{Letters, Style, key};
use super::layout::{ModelError, Reader, Table, Writer};
use crate::language::{Feats, Upos};

/// Which case the lemma takes before its ending is exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Case {
    /// Small letters.
    Low,
    /// As the form has it.
    Own,
    /// A capital, then small letters.
    Title,
}

/// How a lemma comes out of a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Script {
    /// The case it starts with.
    pub(crate) case: Case,
    /// Letters dropped at the end.
    pub(crate) drop: u8,
    /// Letters put there.
    pub(crate) put: String,
}

/// Longest ending looked up.
pub(crate) const ENDING: usize = 6;

fn cased(form: &str, case: Case) -> String {
    match case {
        Case::Low => form.to_lowercase(),
        Case::Own => form.to_owned(),
        Case::Title => {
            let mut chars = form.chars();
            chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
        }
    }
}

impl Script {
    /// The shortest script from `form` to `lemma`; among equals the one in small letters.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let script = |case| {
            let own: Vec<char> = cased(form, case).chars().collect();
            let lemma: Vec<char> = lemma.chars().collect();
            let same = own.iter().zip(&lemma).take_while(|(a, b)| a == b).count();
            let drop = u8::try_from(own.len() - same).unwrap_or(u8::MAX);
            Self { case, drop, put: lemma[same..].iter().collect() }
        };
        let all = [script(Case::Low), script(Case::Own), script(Case::Title)];
        let [low, own, title] = all;
        let cost = |s: &Self| usize::from(s.drop) + s.put.len();
        let best = if cost(&own) < cost(&low) { own } else { low };
        if cost(&title) < cost(&best) { title } else { best }
    }

    /// The lemma of `form`; the form in that case where the script drops more letters than there are.
    pub(crate) fn apply(&self, form: &str) -> String {
        let mut lemma = cased(form, self.case);
        if self.drop == 0 {
            lemma.push_str(&self.put);
        } else if let Some((at, _)) = lemma.char_indices().rev().nth(usize::from(self.drop) - 1) {
            lemma.truncate(at);
            lemma.push_str(&self.put);
        }
        lemma
    }
}

/// What a lemma depends on besides the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// Its part of speech.
    pub(crate) upos: Upos,
    /// Its features.
    pub(crate) feats: Feats,
    /// Whether it has a capital that is not due to its place or the sentence's style ([`capital`]).
    pub(crate) capital: bool,
}

/// Whether the word has a capital of its own: within a sentence of prose, not at its beginning.
pub(crate) fn capital(form: &str, index: usize, style: Style) -> bool {
    index > 0 && style == Style::Prose && form.starts_with(char::is_uppercase)
}

/// The lemma of a word with digits: the same, without the commas of thousands. `None` for a word without digits.
pub(crate) fn numeral(form: &str) -> Option<String> {
    let digits = form.bytes().any(|b| b.is_ascii_digit());
    let plain = form.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    digits.then(|| if plain { form.replace(',', "") } else { form.to_owned() })
}

/// Key of an ending of `length` letters (`None` = the whole word).
pub(crate) fn ending_key(letters: &Letters, length: Option<usize>, word: Word) -> u64 {
    let low = letters.low();
    let kind = 64 + length.map_or(63, |l| l as u64) + ((word.upos as u64) << 8) + (u64::from(word.capital) << 15);
    let ending = &low[low.len() - length.unwrap_or(low.len()).min(low.len())..];
    key(kind + (u64::from(word.feats.0) << 16), ending.iter().copied())
}

/// The lemma rules of a model.
pub(crate) struct Lemmas {
    table: Table,
    scripts: Vec<Script>,
}

impl Lemmas {
    pub(crate) fn read(from: &mut Reader) -> Result<Self, ModelError> {
        let table = Table::read(from)?;
        let mut scripts = Vec::new();
        for _ in 0..from.number()? {
            let case = [Case::Low, Case::Own, Case::Title].get(from.number()?).copied().ok_or(ModelError::Shape)?;
            let drop = u8::try_from(from.number()?).map_err(|_| ModelError::Shape)?;
            let put = std::str::from_utf8(from.array(1)?).map_err(|_| ModelError::Shape)?.to_owned();
            scripts.push(Script { case, drop, put });
        }
        Ok(Self { table, scripts })
    }

    pub(crate) fn write(entries: &[(u64, u32)], scripts: &[Script], out: &mut Writer) {
        Table::write(entries, out);
        out.number(scripts.len());
        for script in scripts {
            out.number(script.case as usize);
            out.number(usize::from(script.drop));
            out.bytes(script.put.as_bytes(), 1);
        }
    }

    /// The lemma of a word; `letters` must hold it (see `features`).
    pub(crate) fn lemma(&self, form: &str, letters: &Letters, word: Word) -> String {
        if let Some(lemma) = numeral(form) {
            return lemma;
        }
        let longest = letters.low().len().min(ENDING);
        let other = Word { capital: !word.capital, ..word };
        let script = [ending_key(letters, None, word), ending_key(letters, None, other)]
            .into_iter()
            .chain((0..=longest).rev().map(|length| ending_key(letters, Some(length), word)))
            .find_map(|key| self.table.get(key))
            .and_then(|i| self.scripts.get(i as usize));
        match script {
            Some(script) => script.apply(form),
            None if word.upos == Upos::Propn => form.to_owned(),
            None => form.to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_lose_their_commas() {
        assert_eq!(numeral("5,000"), Some("5000".into()));
        assert_eq!(numeral("F-16"), Some("F-16".into()));
        assert_eq!(numeral("five"), None);
    }

    #[test]
    fn scripts_lead_from_form_to_lemma() {
        for (form, lemma) in [("Sanctions", "sanction"), ("was", "be"), ("Baku", "Baku"), ("IRAN", "Iran"), ("n't", "not"), ("é", "É")] {
            assert_eq!(Script::between(form, lemma).apply(form), lemma);
        }
        assert_eq!(Script::between("allies", "ally"), Script { case: Case::Low, drop: 3, put: "y".into() });
        assert_eq!(Script { case: Case::Low, drop: 9, put: String::new() }.apply("Ab"), "ab");
    }
}
