//! Actors: the catalogue, the mentions of its actors in a text, and the actors a text introduces itself.

pub mod catalogue;
pub mod fold;
mod kind;
pub mod trie;

pub use catalogue::{Catalogue, CatalogueError, Entry, EntryId, Membership, Term};
pub use kind::ActorKind;
