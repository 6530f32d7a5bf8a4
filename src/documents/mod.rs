//! Documents: text with offsets, its date and publisher, and the blocks (headings, paragraphs, list items) it is made of.

mod span;

pub use span::Span;
