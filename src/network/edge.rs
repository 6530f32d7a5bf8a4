//! An edge: all statements with the same source, relation and target.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::documents::PartialDate;
use crate::relations::{Modality, Polarity, Relation, Statement, Status};

/// A property of an edge's statements: all alike, or mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mix<T> {
    /// Each statement says this.
    All(T),
    /// They differ.
    Mixed,
}

impl<T: PartialEq + Copy + Default> Mix<T> {
    /// The mix of some values; of none, the default value.
    pub fn of(values: impl IntoIterator<Item = T>) -> Self {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return Self::All(T::default()) };
        if values.all(|v| v == first) { Self::All(first) } else { Self::Mixed }
    }
}

impl<T: PartialEq> Mix<T> {
    /// Whether each statement says `value`.
    pub fn is(&self, value: &T) -> bool {
        matches!(self, Self::All(own) if own == value)
    }
}

impl Mix<Polarity> {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All(p) => p.as_str(),
            Self::Mixed => "mixed",
        }
    }
}

impl Mix<Modality> {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All(m) => m.as_str(),
            Self::Mixed => "mixed",
        }
    }
}

impl Mix<Status> {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All(s) => s.as_str(),
            Self::Mixed => "mixed",
        }
    }
}

/// An edge of the network. The summary fields are derived from the statements when there are any; an edge list of
/// somebody else's network has the summary only.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Index into [`super::Network::relations`].
    pub relation: usize,
    /// +1, −1 or 0: the relation's sign, turned round where every statement is denied; 0 where denial is mixed.
    pub sign: i8,
    /// Relation weight × confidence, 0 to 1: the strength that measures and paths use.
    pub weight: f64,
    /// 1 − Π(1 − confidence of its statements), copies of one sentence counted once; 0 to 1.
    pub confidence: f64,
    /// Asserted, denied or mixed.
    pub polarity: Mix<Polarity>,
    /// Actual, other or mixed.
    pub modality: Mix<Modality>,
    /// Current, ended, unstated or mixed.
    pub status: Mix<Status>,
    /// Number of statements.
    pub count: usize,
    /// Number of documents.
    pub documents: usize,
    /// Earliest start known, else the documents' earliest date.
    pub first: Option<PartialDate>,
    /// Latest end known, else the documents' latest date.
    pub last: Option<PartialDate>,
    /// The statements, most confident first, then by document and place.
    pub statements: Vec<Statement>,
}

impl Edge {
    /// The edge of some statements (at least one) that share source, relation and target. `date` gives a document's date.
    #[must_use]
    pub fn of(
        relation_index: usize,
        relation: &Relation,
        mut statements: Vec<Statement>,
        date: impl Fn(&str) -> Option<PartialDate>,
    ) -> Self {
        statements.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then_with(|| a.document.cmp(&b.document))
                .then_with(|| (a.begin, a.source_begin, a.target_begin, &a.rule).cmp(&(b.begin, b.source_begin, b.target_begin, &b.rule)))
        });
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut wrong = 1.0;
        for s in &statements {
            if seen.insert(fingerprint(&s.sentence)) {
                wrong *= 1.0 - s.confidence.clamp(0.0, 1.0);
            }
        }
        let confidence = 1.0 - wrong;
        let polarity = Mix::of(statements.iter().map(|s| s.polarity));
        let sign = match polarity {
            Mix::All(Polarity::Asserted) => relation.sign,
            Mix::All(Polarity::Denied) => -relation.sign,
            Mix::Mixed => 0,
        };
        let documents: BTreeSet<&Arc<str>> = statements.iter().map(|s| &s.document).collect();
        let starts = statements.iter().filter_map(|s| s.start.or(s.end)).min();
        let ends = statements.iter().filter_map(|s| s.end.or(s.start)).max_by_key(|d| (d.last_day(), *d));
        let dates: Vec<PartialDate> = documents.iter().filter_map(|d| date(d)).collect();
        Self {
            relation: relation_index,
            sign,
            weight: relation.weight * confidence,
            confidence,
            polarity,
            modality: Mix::of(statements.iter().map(|s| s.modality)),
            status: Mix::of(statements.iter().map(|s| s.status)),
            count: statements.len(),
            documents: documents.len(),
            first: starts.or_else(|| dates.iter().copied().min()),
            last: ends.or_else(|| dates.iter().copied().max()),
            statements,
        }
    }

    /// The statement to show: the most confident one.
    #[must_use]
    pub fn example(&self) -> Option<&Statement> {
        self.statements.first()
    }
}

/// What two copies of a sentence share: its letters and digits, lower case.
fn fingerprint(sentence: &str) -> String {
    sentence.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
