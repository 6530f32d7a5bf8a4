//! How far a candidate is to be trusted.

use super::engine::Engine;
use super::read::Candidate;
use crate::actors::Cast;
use crate::documents::Document;
use crate::language::Sentence;

/// Gives candidates their confidence.
#[derive(Debug, Default)]
pub struct Judge {}

impl Judge {
    /// Reads a trained judge; without one, the rules' own guesses count.
    #[must_use]
    pub fn read(_text: &str) -> Self {
        Self {}
    }

    /// The confidences of a document's candidates.
    #[must_use]
    pub fn confidences(&self, engine: &Engine, _document: &Document, _sentences: &[Sentence], cast: &Cast, candidates: &[Candidate]) -> Vec<f64> {
        candidates
            .iter()
            .map(|c| {
                let rule = &engine.reader.rules.rules[c.rule];
                let far = |d: u8| [1.0, 0.85, 0.6][usize::from(d.min(2))];
                let certain = f64::from(cast.mentions[c.source.mention].certainty) * f64::from(cast.mentions[c.target.mention].certainty);
                (rule.confidence * far(c.source.distance) * far(c.target.distance) * certain).clamp(0.01, 0.99)
            })
            .collect()
    }
}
