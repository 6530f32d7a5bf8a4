//! Language: sentences and tokens with exact offsets, universal part-of-speech tags, morphological features, lemmas and
//! dependency trees (Universal Dependencies, v2, as English EWT uses them).

pub mod conllu;
mod detect;
pub mod evaluate;
mod hash;
mod lemmatizer;
mod model;
mod parser;
pub mod raw;
mod split;
mod tagger;
mod tokenize;
pub mod token;
pub mod train;
mod weights;
mod word;

pub use split::{LONGEST, Sentences, sentences};
pub use detect::{Detected, detect};
pub use model::{Model, Scratch};
pub use token::{Deprel, Feats, Sentence, Setting, Token, Upos};
pub use weights::ModelError;
