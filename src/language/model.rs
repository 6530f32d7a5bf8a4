//! The model: its file, and how a sentence is annotated with it.
//!
//! The file: eight bytes that name format and version, then seven offsets (`u32`): tagger weights, lexicon, lemma map, parser weights,
//! lines of tag classes, lines of lemma edits, end. Everything but the two short lists is used where it lies.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::lemmatizer::Lemmatizer;
use super::parser::{self, Input, State};
use super::tagger::{self, Classes, Context, Stored};
use super::weights::{Bytes, Map, ModelError, Weights};
use super::word::{Letters, Word};
use super::{Deprel, Feats, Sentence, Upos};

/// What a model file begins with.
pub(crate) const MAGIC: &[u8; 8] = b"SUZLANG1";

/// A trained tagger, lemmatizer and parser.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Bytes,
    tagger: Weights,
    lexicon: Map,
    lemmatizer: Lemmatizer,
    parser: Weights,
    classes: Classes,
}

/// Buffers that annotating reuses; one for each thread.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    letters: Letters,
    words: Vec<Word>,
    context: Context,
    tags: Vec<u8>,
    upos: Vec<u8>,
    state: State,
}

impl Model {
    /// The model that ships in the binary.
    ///
    /// # Panics
    /// Never: a test opens it.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        static BYTES: &[u8] = include_bytes!("../../seeds/language/english.bin");
        MODEL.get_or_init(|| Self::from_bytes(BYTES).expect("the embedded model is sound"))
    }

    /// A model from the bytes of its file, which are kept and not copied.
    ///
    /// # Errors
    /// When the bytes are no model of this version.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = Bytes(bytes.into());
        if bytes.0.get(..8) != Some(MAGIC.as_slice()) {
            return Err(ModelError { what: "no model of this version", at: 0 });
        }
        let mut offsets = [0; 7];
        for (n, offset) in offsets.iter_mut().enumerate() {
            *offset = bytes.u32(8 + 4 * n).ok_or(ModelError { what: "head cut short", at: 8 })? as usize;
        }
        let [tagger, lexicon, lemmas, parser, tags, edits, end] = offsets;
        let lines = |from: usize, to: usize| {
            let lines = bytes.0.get(from..to).and_then(|lines| std::str::from_utf8(lines).ok());
            lines.ok_or(ModelError { what: "unreadable list", at: from })
        };
        let classes = lines(tags, edits)?.lines().map(|line| {
            let (upos, feats) = line.split_once(' ')?;
            Some((Upos::parse(upos)?, Feats(feats.parse().ok()?)))
        });
        let classes: Option<Vec<(Upos, Feats)>> = classes.collect();
        let classes = classes.filter(|c| !c.is_empty() && c.len() <= super::weights::CLASSES);
        Ok(Self {
            tagger: Weights::open(&bytes, tagger)?,
            lexicon: Map::open(&bytes, lexicon)?,
            lemmatizer: Lemmatizer::open(&bytes, lemmas, lines(edits, end)?)?,
            parser: Weights::open(&bytes, parser)?,
            classes: Classes(classes.ok_or(ModelError { what: "unreadable tag class", at: tags })?),
            bytes,
        })
    }

    /// Fills in tag, features, lemma, head and relation of every word. `names` are ranges of words known to be proper
    /// names. `text` is the text that the words' spans count in. Time linear in the sentence, memory of the scratch too.
    pub fn annotate(&self, text: &str, sentence: &mut Sentence, names: &[Range<usize>], scratch: &mut Scratch) {
        self.tag(text, sentence, names, scratch);
        self.parse(sentence, scratch);
    }

    /// The first half of [`annotate`](Self::annotate): tags, features and lemmas.
    pub fn tag(&self, text: &str, sentence: &mut Sentence, names: &[Range<usize>], scratch: &mut Scratch) {
        let Scratch { letters, words, context, tags, upos, .. } = scratch;
        words.clear();
        words.extend(sentence.tokens.iter().map(|token| Word::of(token.span.of(text), letters)));
        let lexicon = Stored(&self.bytes, self.lexicon);
        tagger::tag(&self.bytes, &self.tagger, &self.classes, &lexicon, words, names, context, tags);
        upos.clear();
        for (i, (token, class)) in sentence.tokens.iter_mut().zip(&*tags).enumerate() {
            (token.upos, token.feats) = self.classes.0[usize::from(*class)];
            let part = parser::upos_byte(token.upos);
            upos.push(part);
            let form = token.span.of(text);
            self.lemmatizer.lemma(&self.bytes, form, &words[i], *class, part, i == 0, &mut token.lemma);
        }
    }

    /// The second half, for the sentence that the scratch was last used to tag.
    fn parse(&self, sentence: &mut Sentence, scratch: &mut Scratch) {
        let Scratch { words, tags, upos, state, .. } = scratch;
        parser::parse(&self.bytes, &self.parser, &Input { words, tags, upos }, state);
        let count = sentence.tokens.len();
        for (token, node) in sentence.tokens.iter_mut().zip(&state.nodes) {
            token.head = Some(node.head as usize).filter(|head| *head < count);
            token.deprel = if token.head.is_none() { Deprel::Root } else { Deprel::from_index(usize::from(node.label)) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Block, BlockKind, Span};

    fn read(text: &str) -> Vec<Sentence> {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
        let mut sentences = super::super::sentences(text, &[block]);
        let mut scratch = Scratch::default();
        for sentence in &mut sentences {
            Model::embedded().annotate(text, sentence, &[], &mut scratch);
        }
        sentences
    }

    #[test]
    fn a_plain_sentence() {
        let text = "Russia supplied weapons to Armenia.";
        let sentence = &read(text)[0];
        assert_eq!(sentence.root(), 1);
        let tokens = &sentence.tokens;
        assert_eq!((tokens[0].deprel, tokens[2].deprel, tokens[4].deprel), (Deprel::Nsubj, Deprel::Obj, Deprel::Obl));
        assert_eq!((tokens[1].lemma.as_str(), tokens[1].upos, tokens[2].lemma.as_str()), ("supply", Upos::Verb, "weapon"));
    }

    #[test]
    fn anything_becomes_a_tree() {
        let long = "war and ".repeat(3000);
        for text in ["", "War", "?!", "...", "🕊️ 🕊️", "Հայաստանը և Ադրբեջանը", "Россия и Турция.", long.as_str()] {
            for sentence in read(text) {
                let roots = sentence.tokens.iter().filter(|t| t.head.is_none()).count();
                assert_eq!(roots, 1, "{text}");
                assert!(sentence.tokens.iter().all(|t| t.head.is_none_or(|head| head < sentence.tokens.len())));
                assert!(sentence.tokens.iter().all(|t| !t.lemma.is_empty()));
            }
        }
    }

    #[test]
    fn broken_models_are_refused() {
        let whole = include_bytes!("../../seeds/language/english.bin");
        for length in [0, 7, 20, 1000, whole.len() / 2, whole.len() - 1] {
            assert!(Model::from_bytes(&whole[..length]).is_err());
        }
    }
}
