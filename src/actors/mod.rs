//! Actors: the catalogue, the mentions of its actors in a text, and the actors a text introduces itself.

mod kind;

pub use kind::ActorKind;
