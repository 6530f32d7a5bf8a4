//! A statement: one relation as one sentence says it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::documents::PartialDate;

/// Whether the text says that it is so, or denies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    #[default]
    Asserted,
    /// It is not so.
    Denied,
}

impl Polarity {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
        }
    }
}

/// Whether it is told as fact, or as planned, feared, wished, threatened, possible, asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// A fact, present or past.
    #[default]
    Actual,
    /// Anything else.
    Other,
}

impl Modality {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Other => "other",
        }
    }
}

/// Whether it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The text does not say.
    #[default]
    #[serde(rename = "")]
    Unstated,
    /// It holds now.
    Current,
    /// It is over.
    Ended,
}

impl Status {
    /// The name in files; empty where the text does not say.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unstated => "",
            Self::Current => "current",
            Self::Ended => "ended",
        }
    }
}

/// One relation between two actors as one sentence says it. Offsets count **Unicode scalar values** of the document's
/// decoded text, 0-based, `stop` exclusive; `sentence` is exactly the text from `begin` to `stop`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The document's id.
    pub document: Arc<str>,
    /// First character of the sentence.
    pub begin: usize,
    /// One past its last character.
    pub stop: usize,
    /// Name of the actor it starts from.
    pub source: Arc<str>,
    /// First character of the words that name the source (or of the pronoun or description resolved).
    pub source_begin: usize,
    /// One past their last character.
    pub source_stop: usize,
    /// The relation's name.
    pub relation: Arc<str>,
    /// Name of the actor it goes to.
    pub target: Arc<str>,
    /// First character of the words that name the target.
    pub target_begin: usize,
    /// One past their last character.
    pub target_stop: usize,
    /// Asserted or denied.
    #[serde(default)]
    pub polarity: Polarity,
    /// Fact or not.
    #[serde(default)]
    pub modality: Modality,
    /// Current, ended, or unstated.
    #[serde(default)]
    pub status: Status,
    /// Whose word it is, where the text reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Arc<str>>,
    /// When it begins to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// When it ends; the same as `start` for a point in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// Number and unit, such as `825000000 USD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Arc<str>>,
    /// The rule that read it, as `relation/name`.
    pub rule: Arc<str>,
    /// The chance that it is right, over 0 and up to 1.
    pub confidence: f64,
    /// The sentence, verbatim.
    pub sentence: Arc<str>,
}

impl Statement {
    /// The order in which statements are written: by document and place, then by relation, ends and rule.
    #[must_use]
    pub fn in_text_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |s: &Self| (s.begin, s.source_begin, s.target_begin);
        (&self.document, key(self), &self.relation, &self.source, &self.target, &self.rule).cmp(&(
            &other.document,
            key(other),
            &other.relation,
            &other.source,
            &other.target,
            &other.rule,
        ))
    }
}
