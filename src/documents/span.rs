//! Stretches of text.

/// A stretch of a document's decoded text: **byte** offsets, 0-based, `stop` exclusive, both on character boundaries.
///
/// Files that leave the program count Unicode scalar values instead; the conversion is made once, when a statement is
/// written (see `Document::char_offset`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub begin: usize,
    /// One past the last byte.
    pub stop: usize,
}

impl Span {
    /// The span from `begin` up to, not including, `stop`.
    #[must_use]
    pub const fn new(begin: usize, stop: usize) -> Self {
        Self { begin, stop }
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.stop - self.begin
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.stop == self.begin
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.begin <= other.begin && other.stop <= self.stop
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.begin < other.stop && other.begin < self.stop
    }

    /// The text it covers.
    ///
    /// # Panics
    /// When the span is not one of this text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.begin..self.stop]
    }
}
