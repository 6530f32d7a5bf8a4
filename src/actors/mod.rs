//! Actors: the catalogue, the mentions of its actors in a text, and the actors a text introduces itself.

pub mod catalogue;
mod coreference;
mod doubt;
mod events;
pub mod fold;
mod kind;
pub mod learn;
mod lexicon;
mod mention;
mod merge;
mod names;
mod newnames;
mod scene;
mod sorter;
pub mod trie;

pub use catalogue::{Catalogue, CatalogueError, Entry, EntryId, Membership, Term};
pub use doubt::{Doubt, Reason, doubts};
pub use kind::ActorKind;
pub use learn::Weights;
pub use lexicon::{Lexicon, Title};
pub use mention::{Cast, Figure, FigureId, Mention, MentionForm};
pub use merge::{Joins, MERGE_COLUMNS, Merges, joins};
pub use scene::{Knowledge, cast, name_hints, name_samples};
pub use sorter::{CLASSES, NameSample, Sorter};
