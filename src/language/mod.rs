//! Language: sentences and tokens with exact offsets, universal part-of-speech tags, morphological features, lemmas and
//! dependency trees (Universal Dependencies, v2, as English EWT uses them).

pub mod neural;
pub mod token;
pub mod train_neural;

pub use neural::{Model, ModelError, Scratch};
pub use token::{Deprel, Feats, Sentence, Token, Upos};
