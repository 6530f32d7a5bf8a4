//! What the network sees of a word: the normalised word itself, its beginnings and endings, its shape and the pieces of
//! three to five letters in it, each as a 64-bit key. Words never seen in training still have endings, shape and pieces
//! (Bojanowski et al., *Enriching Word Vectors with Subword Information*, 2017).

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The normalised word.
    Word,
    /// One to three letters at its beginning, or one to four at its end.
    Affix,
    /// Its pattern of capitals, small letters, digits and signs.
    Shape,
    /// Three to five letters in a row, the word's edges counted as letters.
    Piece,
}

/// How a whole sentence is set: its capitals mean less where all of its words have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(crate) enum Style {
    /// As prose is.
    #[default]
    Prose,
    /// ALL CAPITALS.
    Capitals,
    /// A Capital for Each Word.
    Headline,
    /// no capitals at all.
    Small,
}

impl Style {
    /// Every style.
    pub(crate) const ALL: [Self; 4] = [Self::Prose, Self::Capitals, Self::Headline, Self::Small];

    /// The style of a sentence of these words. Linear in its letters.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let (mut all, mut capitals, mut any, mut long, mut initial) = (0, 0, 0, 0, 0);
        for word in words {
            let letters = word.chars().take(LONGEST).filter(|c| c.is_alphabetic()).count();
            if letters < 2 {
                continue;
            }
            let high = word.chars().take(LONGEST).filter(|c| c.is_uppercase()).count();
            all += 1;
            capitals += usize::from(high == letters);
            any += usize::from(high > 0);
            if letters > 3 {
                long += 1;
                initial += usize::from(word.starts_with(char::is_uppercase));
            }
        }
        if all >= 2 && capitals * 10 >= all * 7 {
            Self::Capitals
        } else if all >= 3 && any == 0 {
            Self::Small
        } else if long >= 3 && initial * 10 >= long * 9 {
            Self::Headline
        } else {
            Self::Prose
        }
    }
}

/// Key of the feature that a word belongs to a known proper name.
pub(crate) const NAME_KEY: u64 = 0x6e61_6d65_0000_0001;
/// Letters looked at; what follows in a longer word is passed over.
const LONGEST: usize = 40;

/// Buffers for [`features`].
#[derive(Default)]
pub(crate) struct Letters {
    low: Vec<char>,
    shape: Vec<u8>,
}

impl Letters {
    /// The word in small letters, plain quotes and hyphens, digits as `0`, as [`features`] left it.
    pub(crate) fn low(&self) -> &[char] {
        &self.low[1..self.low.len() - 1]
    }

    /// Holds `form` from now on.
    pub(crate) fn set(&mut self, form: &str) {
        let low = &mut self.low;
        low.clear();
        low.push('\u{2}');
        low.extend(form.chars().take(LONGEST).map(plain));
        if low[1..] == ['-', '-'] || low[1..] == ['-', '-', '-'] {
            low.truncate(1);
            low.push('—');
        }
        low.push('\u{3}');
    }
}

fn plain(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '0'..='9' => '0',
        '\0'..='\u{7f}' => c,
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' | '«' | '»' | '„' => '"',
        '–' | '‐' | '‑' | '−' => '-',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

fn start(kind: u64) -> u64 {
    0xcbf2_9ce4_8422_2325 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn push(hash: u64, c: u64) -> u64 {
    (hash ^ c).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Last mixing of a hash; never 0, which marks an empty slot.
pub(crate) fn finish(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash ^ (hash >> 32)) | 1 << 63
}

/// Key of a string of letters.
pub(crate) fn key(kind: u64, letters: impl Iterator<Item = char>) -> u64 {
    finish(letters.fold(start(kind), |h, c| push(h, c as u64)))
}

/// Appends the keys of `form` in a sentence of this style to `out`, the word's own first. Linear in the word's length.
pub(crate) fn features(form: &str, style: Style, letters: &mut Letters, out: &mut Vec<(Kind, u64)>) {
    letters.set(form);
    let low = &letters.low;
    let n = low.len() - 2;
    let word = &low[1..=n];
    out.push((Kind::Word, key(1, word.iter().copied())));
    let mut hash = start(2);
    for &c in &word[..n.min(3)] {
        hash = push(hash, c as u64);
        out.push((Kind::Affix, finish(hash)));
    }
    let mut hash = start(3);
    for &c in word[n - n.min(4)..].iter().rev() {
        hash = push(hash, c as u64);
        out.push((Kind::Affix, finish(hash)));
    }
    shape(form, &mut letters.shape);
    out.push((Kind::Shape, finish(letters.shape.iter().fold(start(4 + ((style as u64) << 8)), |h, &c| push(h, u64::from(c))))));
    if n < 2 || !word.iter().any(|c| c.is_alphabetic()) {
        return;
    }
    for i in 0..low.len() - 2 {
        let mut hash = push(push(start(5), low[i] as u64), low[i + 1] as u64);
        for &c in &low[i + 2..low.len().min(i + 5)] {
            hash = push(hash, c as u64);
            out.push((Kind::Piece, finish(hash)));
        }
    }
}

/// Pattern of the word: a class for each letter, runs cut to two.
fn shape(form: &str, out: &mut Vec<u8>) {
    out.clear();
    for c in form.chars().take(LONGEST) {
        let class = match c {
            'a'..='z' => b'x',
            'A'..='Z' => b'X',
            '0'..='9' => b'd',
            '.' | ',' | ':' | '/' | '@' | '$' | '%' | '&' => c as u8,
            '-' | '–' | '—' => b'-',
            '\'' | '’' => b'\'',
            _ if c.is_uppercase() => b'X',
            _ if c.is_lowercase() => b'x',
            _ if c.is_alphabetic() => b'l',
            _ if c.is_numeric() => b'd',
            _ => b'#',
        };
        let n = out.len();
        if n >= 12 {
            break;
        }
        if n < 2 || out[n - 1] != class || out[n - 2] != class {
            out.push(class);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_dashes_share_the_word_but_not_the_shape() {
        let keys = |form| {
            let mut out = Vec::new();
            features(form, Style::Prose, &mut Letters::default(), &mut out);
            out
        };
        let (a, b) = (keys("Turkish"), keys("TURKISH"));
        assert_eq!(a[0], b[0]);
        assert_ne!(a, b);
        assert_eq!(keys("–")[0], keys("-")[0]);
        assert_eq!(keys("--")[0], keys("—")[0]);
        assert_eq!(keys("").len(), 2);
    }

    #[test]
    fn styles_of_sentences() {
        let style = |text: &str| Style::of(text.split(' '));
        assert_eq!(style("The EU and NATO backed Kyiv ."), Style::Prose);
        assert_eq!(style("PUTIN SAYS RUSSIA WILL SUSPEND GAS"), Style::Capitals);
        assert_eq!(style("Turkey Threatens to Block Accession of Sweden"), Style::Headline);
        assert_eq!(style("turkey threatens to block it"), Style::Small);
        assert_eq!(style(""), Style::Prose);
    }
}
