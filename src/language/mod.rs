//! Language: sentences and tokens with exact offsets, universal part-of-speech tags, morphological features, lemmas and
//! dependency trees (Universal Dependencies, v2, as English EWT uses them).

pub mod conllu;
mod detect;
pub mod evaluate;
pub mod neural;
pub mod raw;
mod split;
pub mod token;
mod tokenize;
pub mod train_neural;

pub use detect::{Detected, detect};
pub use neural::{Model, ModelError, Scratch};
pub use split::{LONGEST, Sentences, sentences};
pub use token::{Deprel, Feats, Sentence, Setting, Token, Upos};
