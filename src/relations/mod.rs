//! Relations: what the sentences say that actors do to one another, as typed, signed and dated statements.

mod schema;
mod statement;

pub use schema::{Influence, Relation};
pub use statement::{Modality, Polarity, Statement, Status};
