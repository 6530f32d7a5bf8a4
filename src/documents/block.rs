//! The blocks a document is made of.

use super::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running prose.
    Paragraph,
    /// A heading or title.
    Heading,
    /// An item of a bulleted or numbered list.
    Item,
    /// Navigation, sign-up and cookie lines, captions' credits, page numbers: no prose, never read for statements.
    Boilerplate,
}

/// A stretch of the document of one kind; blocks do not overlap and come in order. Markup (`#`, `*`, `>`), the bullet and
/// surrounding white space lie outside; line breaks inside a paragraph lie inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}
