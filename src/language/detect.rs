//! The language of a text.

use whatlang::{Lang, Script, detect as guess};

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 20_000;
/// Fewer letters than this say too little.
const LETTERS: usize = 40;

/// What language a text is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detected {
    /// The language's English name.
    pub name: &'static str,
    /// Its ISO 639-3 code.
    pub code: &'static str,
    /// Whether it is English, which the model reads.
    pub english: bool,
    /// Whether it is to be relied on that the text is English, or that it is not.
    pub reliable: bool,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}

impl Detected {
    /// Whether the text is surely not English, so that its reader should be warned.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        !self.english && self.reliable
    }
}

/// The language of a text (give it the prose, without markup), from its beginning, middle and end; `None` where it holds too
/// few letters to tell. The text is English by default: names in plenty may make it look like something else without certainty.
#[must_use]
pub fn detect(text: &str) -> Option<Detected> {
    let sample = sample(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() < LETTERS {
        return None;
    }
    let found = guess(&sample)?;
    Some(Detected {
        name: found.lang().eng_name(),
        code: found.lang().code(),
        english: found.lang() == Lang::Eng,
        // Which of the languages of another script it is may be doubtful; that it is none of this one is not.
        reliable: found.is_reliable() || found.script() != Script::Latin,
        confidence: found.confidence(),
    })
}

/// The text's beginning, middle and end where it is long.
fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= SAMPLE {
        return text.into();
    }
    let third = SAMPLE / 3;
    let part = |from: usize| {
        let at = |place: usize| (0..=place.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        &text[at(from)..at(from + third)]
    };
    [part(0), part(text.len() / 2 - third / 2), part(text.len() - third)].join("\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "Turkey has refused to open its border with Armenia until a treaty with Azerbaijan has been signed.";

    #[test]
    fn languages() {
        for (text, code) in [
            (ENGLISH, "eng"),
            ("Der Bundeskanzler hat gestern in Berlin erklärt, dass die Lieferungen an die Ukraine fortgesetzt werden.", "deu"),
            ("Le président de la République a déclaré que les troupes quitteraient le pays avant la fin de l’année.", "fra"),
            ("Министр обороны заявил, что российские войска покинут город до конца года.", "rus"),
            ("Հայաստանի վարչապետը հայտարարեց, որ բանակցությունները կշարունակվեն հաջորդ շաբաթ։", "hye"),
            ("Türkiye Cumhurbaşkanı, iki ülke arasındaki görüşmelerin gelecek hafta Ankara'da yapılacağını söyledi.", "tur"),
        ] {
            let found = detect(text).unwrap();
            assert_eq!((found.code, found.english), (code, code == "eng"), "{text}");
            assert_eq!(found.is_foreign(), code != "eng", "{text}: {found:?}");
        }
    }

    #[test]
    fn too_little_says_nothing() {
        for text in ["", "  \n", "12 345 678 901 234 567", "NATO, EU", "?!… 🕊️"] {
            assert_eq!(detect(text), None);
        }
    }

    #[test]
    fn names_do_not_make_a_text_foreign() {
        for text in [
            "Erdoğan, Aliyev, Pashinyan and Putin met Macron, Scholz, Meloni, Sánchez and Zelenskyy in Granada.",
            "Abdourahamane Tchiani, Assimi Goïta and Ibrahim Traoré signed the Liptako-Gourma Charter in Bamako.",
        ] {
            assert!(!detect(text).is_some_and(|found| found.is_foreign()), "{text}");
        }
    }

    #[test]
    fn long_texts_are_sampled() {
        let text = format!("{}{}", "Ա".repeat(9), ENGLISH.repeat(5_000));
        assert!(sample(&text).len() <= SAMPLE + 8);
        assert!(detect(&text).unwrap().english);
    }
}
