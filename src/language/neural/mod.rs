//! Tagger, lemmatizer and dependency parser in one small neural network, in fixed-point numbers.
//!
//! A word is the sum of the vectors of its features (hashed word, endings, shape, pieces of letters); two bidirectional
//! recurrent layers put it in context; from there one matrix leads to its tag, to the vectors that are compared to find
//! its head (Dozat and Manning, *Deep Biaffine Attention for Neural Dependency Parsing*, 2017; Kiperwasser and Goldberg,
//! *Simple and Accurate Dependency Parsing Using Bidirectional LSTM Feature Representations*, 2016) and to the relation.
//! The tree is the best arborescence over the scores. Lemmas come from edit scripts.
//!
//! Matrix products are made of whole numbers and all else of additions, multiplications and divisions, so that the
//! result is the same on every machine. `train_neural` trains the model; `seeds/language/README.md` has its figures.

mod decode;
mod encoder;
mod features;
mod heads;
mod kernel;
mod layout;
mod lemma;
mod numbers;
mod recurrent;

use std::ops::Range;

use super::{Deprel, Sentence};
pub(crate) use decode::{DISTANCES, distance};
pub(crate) use encoder::{STATE_ONE, WORD_LIMIT, WORD_ONE};
pub(crate) use features::{Kind, Letters, NAME_KEY, Style, features};
pub(crate) use heads::HEAD_ONE;
pub(crate) use kernel::Linear;
pub use layout::ModelError;
pub(crate) use layout::{Table, Writer};
pub(crate) use lemma::{ENDING, Lemmas, Script, Word, capital, ending_key, numeral};
pub(crate) use numbers::{sigmoid, tanh};
pub(crate) use recurrent::Recurrent;

/// The model that ships.
static ENGLISH: &[u8] = include_bytes!("../../../seeds/language/english.model");

/// Longest stretch that is read at once; longer sentences are cut, preferably after punctuation.
const WINDOW: usize = 300;

/// A tagger and parser.
pub struct Model {
    encoder: encoder::Encoder,
    heads: heads::Heads,
    lemmas: Lemmas,
}

/// Buffers that [`Model::annotate`] uses again and again; one per thread.
#[derive(Default)]
pub struct Scratch {
    encoder: encoder::Buffers,
    heads: heads::Buffers,
    letters: Letters,
    states: Vec<i16>,
    names: Vec<bool>,
}

impl Model {
    /// The model that ships in the binary (see `seeds/language/README.md`); read at the first call.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: std::sync::OnceLock<Model> = std::sync::OnceLock::new();
        MODEL.get_or_init(|| Self::from_bytes(ENGLISH).expect("the model that ships is sound"))
    }

    /// Reads a model; its tables stay in `bytes`.
    ///
    /// # Errors
    /// When the bytes are no model of this version.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Self::at_level(bytes, kernel::Level::here())
    }

    fn at_level(bytes: &'static [u8], level: kernel::Level) -> Result<Self, ModelError> {
        let mut from = layout::Reader::new(bytes)?;
        let encoder = encoder::Encoder::read(&mut from, level)?;
        let heads = heads::Heads::read(&mut from, level, 2 * encoder.hid)?;
        Ok(Self { encoder, heads, lemmas: Lemmas::read(&mut from)? })
    }

    /// Fills part of speech, features, lemma, head and relation of each token of a sentence of `text`. `names` are ranges
    /// of tokens known to be proper names. The tree has one root and no cycles.
    ///
    /// Linear in the sentence's length but for the comparison of each word with each other of at most 300, and the
    /// same whatever the scratch was used for before.
    pub fn annotate(&self, text: &str, sentence: &mut Sentence, names: &[Range<usize>], scratch: &mut Scratch) {
        let n = sentence.tokens.len();
        scratch.names.clear();
        scratch.names.resize(n, false);
        for range in names {
            let stop = range.end.min(n);
            scratch.names[range.start.min(stop)..stop].fill(true);
        }
        let mut first = 0;
        let mut root = None;
        while first < n {
            let stop = self.window(sentence, text, first);
            self.part(text, sentence, first..stop, scratch);
            // The first stretch's root heads the roots of all others.
            for i in first..stop {
                if sentence.tokens[i].head.is_none() {
                    match root {
                        None => root = Some(i),
                        Some(_) => (sentence.tokens[i].head, sentence.tokens[i].deprel) = (root, Deprel::Parataxis),
                    }
                }
            }
            first = stop;
        }
    }

    fn window(&self, sentence: &Sentence, text: &str, first: usize) -> usize {
        let n = sentence.tokens.len();
        if n - first <= WINDOW {
            return n;
        }
        let ends = |i: &usize| matches!(sentence.form(*i, text), "." | "!" | "?" | ";" | ":" | "," | "—" | "…");
        (first + WINDOW / 2..first + WINDOW).rev().find(ends).map_or(first + WINDOW, |i| i + 1)
    }

    fn part(&self, text: &str, sentence: &mut Sentence, range: Range<usize>, scratch: &mut Scratch) {
        let names = &scratch.names;
        let tokens = &mut sentence.tokens[range.clone()];
        let words = tokens.iter().zip(&names[range.clone()]).map(|(t, &name)| (t.span.of(text), name));
        let style = Style::of(tokens.iter().map(|t| t.span.of(text)));
        self.encoder.encode(words, style, &mut scratch.encoder, &mut scratch.states);
        let shift = range.start;
        self.heads.read_out(&scratch.states, tokens, shift, &mut scratch.heads);
        for (i, token) in tokens.iter_mut().enumerate() {
            let form = token.span.of(text);
            scratch.letters.set(form);
            let word = Word { upos: token.upos, feats: token.feats, capital: capital(form, shift + i, style) };
            token.lemma = self.lemmas.lemma(form, &scratch.letters, word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Span;
    use crate::language::Token;

    fn sentence(text: &str) -> Sentence {
        let tokens = text.split(' ').map(|form| {
            let begin = form.as_ptr() as usize - text.as_ptr() as usize;
            Token { span: Span::new(begin, begin + form.len()), ..Token::default() }
        });
        Sentence { span: Span::new(0, text.len()), tokens: tokens.collect(), ..Sentence::default() }
    }

    #[test]
    fn every_processor_reads_the_same() {
        let text = "Armenia 's Prime Minister Nikol Pashinyan , whose government was accused by Baku of arming rebels , said \
                    on Tuesday that Yerevan would freeze its membership in the Russia - led alliance , TASS reported .";
        let mut first = None;
        for level in kernel::Level::all() {
            let model = Model::at_level(ENGLISH, level).unwrap();
            let mut s = sentence(text);
            model.annotate(text, &mut s, std::slice::from_ref(&(3..6)), &mut Scratch::default());
            let mut states = Vec::new();
            let words = s.tokens.iter().map(|t| (t.span.of(text), false));
            model.encoder.encode(words, Style::Prose, &mut encoder::Buffers::default(), &mut states);
            assert_eq!(*first.get_or_insert_with(|| (states.clone(), s.clone())), (states, s), "{level:?}");
        }
    }

    #[test]
    fn a_model_cut_anywhere_is_refused() {
        for stop in [0, 8, 12, 100, 5_000_000, ENGLISH.len() - 1] {
            assert!(Model::from_bytes(&ENGLISH[..stop]).is_err(), "{stop}");
        }
        assert!(ENGLISH.len() <= 12 << 20);
    }

    #[test]
    fn long_sentences_are_cut_after_punctuation() {
        let text = format!("{}, {}", "word ".repeat(200).trim_end().to_owned() + " ", "word ".repeat(200).trim_end());
        let s = sentence(&text);
        assert_eq!(Model::embedded().window(&s, &text, 0), 201);
        assert_eq!(Model::embedded().window(&s, &text, 201), s.tokens.len());
    }
}
