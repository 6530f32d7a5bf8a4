//! Relations and statements for tests.

use crate::relations::{Influence, Modality, Polarity, Relation, Statement, Status};

/// A relation of weight 1 that sways forward.
pub(crate) fn relation(name: &str, sign: i8) -> Relation {
    Relation { name: name.into(), meaning: format!("{name}, for a test"), symmetric: false, sign, influence: Influence::Fwd, weight: 1.0 }
}

/// An asserted statement of confidence ½ in the document `d`.
pub(crate) fn statement(source: &str, relation: &str, target: &str) -> Statement {
    Statement {
        document: "d".into(),
        begin: 0,
        stop: 1,
        source: source.into(),
        source_begin: 0,
        source_stop: 1,
        relation: relation.into(),
        target: target.into(),
        target_begin: 0,
        target_stop: 1,
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        status: Status::Unstated,
        attribution: None,
        start: None,
        end: None,
        quantity: None,
        rule: "test/rule".into(),
        confidence: 0.5,
        sentence: format!("{source} {relation} {target}.").into(),
    }
}
