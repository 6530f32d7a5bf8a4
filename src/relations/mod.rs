//! Relations: what the sentences say that actors do to one another, as typed, signed and dated statements.

pub mod rules;
mod schema;
mod statement;
pub mod tree;
mod words;

pub use rules::{Match, Role, Rule, RuleError, Rules, TriggerKind};
pub use schema::{Influence, Relation};
pub use statement::{Modality, Polarity, Statement, Status};
pub use words::Words;
