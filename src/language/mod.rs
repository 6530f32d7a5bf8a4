//! Language: sentences and tokens with exact offsets, universal part-of-speech tags, morphological features, lemmas and
//! dependency trees (Universal Dependencies, v2, as English EWT uses them).

pub mod token;

pub use token::{Deprel, Feats, Sentence, Setting, Token, Upos};
