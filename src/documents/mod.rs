//! Documents: text with offsets, its date and publisher, and the blocks (headings, paragraphs, list items) it is made of.

mod block;
mod span;

pub use block::{Block, BlockKind};
pub use span::Span;
