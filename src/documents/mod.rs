//! Documents: text with offsets, its date and publisher, and the blocks (headings, paragraphs, list items) it is made of.
//!
//! The only layer that reads files.

mod block;
mod blocks;
mod date;
mod document;
pub mod head;
mod load;
pub mod seeds;
mod span;

pub use block::{Block, BlockKind};
pub use date::{DateError, PartialDate};
pub use document::Document;
pub use load::{Loaded, Reason, Skipped, decode, load};
pub use seeds::{Seeds, SeedsError};
pub use span::Span;
