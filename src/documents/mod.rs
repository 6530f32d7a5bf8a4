//! Documents: text with offsets, its date and publisher, and the blocks (headings, paragraphs, list items) it is made of.

mod block;
mod date;
mod span;

pub use block::{Block, BlockKind};
pub use date::{DateError, PartialDate};
pub use span::Span;
