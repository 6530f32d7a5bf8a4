//! What a relation is: its name, direction, sign and the way influence runs along it.

use serde::{Deserialize, Serialize};

/// The way in which sway runs along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Influence {
    /// The source sways the target.
    Fwd,
    /// The target sways the source.
    Rev,
    /// Each sways the other.
    Both,
    /// Neither.
    None,
}

/// One relation of the vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Its name: lower case, words joined by `_`.
    pub name: String,
    /// What it means, one line.
    pub meaning: String,
    /// Whether either order says the same; such an edge is kept once, its ends in name order.
    #[serde(default)]
    pub symmetric: bool,
    /// +1 cooperative, −1 conflictual, 0 structural.
    pub sign: i8,
    /// The way of influence.
    pub influence: Influence,
    /// How strong a tie of this relation is, over 0 and up to 1.
    pub weight: f64,
}
