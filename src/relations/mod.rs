//! Relations: what the sentences say that actors do to one another, as typed, signed and dated statements.

pub mod annotated;
pub mod context;
pub mod engine;
pub mod examples;
pub mod gold;
pub mod loose;
pub mod pairs;
pub mod quantity;
pub mod read;
pub mod roles;
pub mod rules;
mod schema;
pub mod shades;
mod statement;
pub mod time;
pub mod tree;
pub mod verdict;
mod words;

pub use engine::{DEFAULT_CONFIDENCE, Engine, Reading};
pub use read::{Candidate, Reader};
pub use rules::{Match, Role, Rule, RuleError, Rules, TriggerKind};
pub use schema::{Influence, Relation};
pub use statement::{Modality, Polarity, Statement, Status};
pub use words::Words;
