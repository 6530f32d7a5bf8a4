//! What the models see of a word: hashes of its form, its beginnings and endings, its shape.

use super::hash;

/// How a word is cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(crate) enum Case {
    /// No cased letter.
    #[default]
    None,
    /// All small.
    Lower,
    /// A capital, then small letters.
    Title,
    /// Capitals only, more than one.
    Upper,
    /// Anything else.
    Mixed,
}

/// Hashes of one word, computed once and shared by tagger, lemmatizer and parser.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Word {
    /// Lower-cased form, digits as `0`, quotes and dashes plain.
    pub(crate) lower: u64,
    /// The same with its case kept.
    pub(crate) cased: u64,
    /// Its first 1, 2, 3, 4 characters; 0 where the word is not longer.
    pub(crate) prefix: [u64; 4],
    /// Its last 1 … 6 characters; 0 where the word is not longer.
    pub(crate) suffix: [u64; 6],
    /// Kinds of characters, runs cut short.
    pub(crate) shape: u64,
    /// How it is cased.
    pub(crate) case: Case,
}

/// A character as the models see it: one quote, one dash, one digit.
#[inline]
pub(crate) fn plain(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '‘' | '’' | '‛' | '′' | '`' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '−' => '-',
        _ => c,
    }
}

/// Buffers for [`Word::of`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    pub(crate) lower: String,
    cased: String,
    starts: Vec<usize>,
}

impl Word {
    /// Looks at a form. Linear in its length.
    pub(crate) fn of(form: &str, letters: &mut Letters) -> Self {
        let Letters { lower, cased, starts } = letters;
        lower.clear();
        cased.clear();
        starts.clear();
        let (mut shape, mut last, mut run) = (0u64, 0u64, 0);
        let (mut capitals, mut smalls, mut initial) = (0, 0, false);
        for (index, c) in form.chars().enumerate() {
            let c = plain(c);
            starts.push(lower.len());
            cased.push(c);
            let kind = if c.is_ascii() {
                lower.push(c.to_ascii_lowercase());
                if c.is_ascii_lowercase() {
                    1
                } else if c.is_ascii_uppercase() {
                    2
                } else if c == '0' {
                    3
                } else {
                    8 + u64::from(c as u32)
                }
            } else {
                lower.extend(c.to_lowercase());
                if c.is_lowercase() {
                    1
                } else if c.is_uppercase() {
                    2
                } else if c.is_alphabetic() {
                    4
                } else {
                    5
                }
            };
            capitals += usize::from(kind == 2);
            smalls += usize::from(kind == 1);
            initial |= index == 0 && kind == 2;
            run = if kind == last { run + 1 } else { 0 };
            last = kind;
            if run < 2 && index < 24 {
                shape = hash::mix(shape, kind);
            }
        }
        starts.push(lower.len());
        let bytes = lower.as_bytes();
        let mut word = Self {
            lower: hash::bytes(bytes),
            cased: hash::bytes(cased.as_bytes()),
            shape,
            case: match (capitals, smalls) {
                (0, 0) => Case::None,
                (0, _) => Case::Lower,
                (1, _) if initial => Case::Title,
                (_, 0) => Case::Upper,
                _ => Case::Mixed,
            },
            ..Self::default()
        };
        let length = starts.len() - 1;
        for (n, prefix) in word.prefix.iter_mut().enumerate().take_while(|(n, _)| n + 1 < length) {
            *prefix = hash::bytes(&bytes[..starts[n + 1]]);
        }
        for (n, suffix) in word.suffix.iter_mut().enumerate().take_while(|(n, _)| n + 1 < length) {
            *suffix = hash::bytes(&bytes[starts[length - n - 1]..]);
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str) -> Word {
        Word::of(form, &mut Letters::default())
    }

    #[test]
    fn case_and_quotes_are_levelled() {
        assert_eq!(of("It’s").lower, of("it's").lower);
        assert_ne!(of("It’s").cased, of("it's").cased);
        assert_eq!(of("1991").cased, of("2024").cased);
        assert_eq!(of("x\u{2011}y").lower, of("X-Y").lower);
    }

    #[test]
    fn cases() {
        let cases = ["...", "oil", "Oil", "A", "US", "NATOs", "Փաշինյան", "石油"].map(|form| of(form).case);
        use Case::{Lower, Mixed, None, Title, Upper};
        assert_eq!(cases, [None, Lower, Title, Title, Upper, Mixed, Title, None]);
    }

    #[test]
    fn endings_are_shorter_than_the_word() {
        assert_eq!(of("ed").suffix[1], 0);
        assert_eq!(of("led").suffix[1], of("bled").suffix[1]);
        assert_eq!(of("").lower, of("").lower);
    }
}
