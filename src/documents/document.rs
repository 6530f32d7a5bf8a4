//! One document.

use std::sync::Arc;

use super::blocks::Layout;
use super::{Block, PartialDate, Span};

/// A text with what is known of it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Unique in a run: the path relative to the one given, with its extension; in JSONL the record's `id`.
    pub id: Arc<str>,
    /// Its title, given or the first heading.
    pub title: Option<Arc<str>>,
    /// Its date, given or found in its head.
    pub date: Option<PartialDate>,
    /// Who published it, where given.
    pub publisher: Option<Arc<str>>,
    /// The decoded text.
    pub text: String,
    /// Headings, paragraphs, items and boilerplate, in order.
    pub blocks: Vec<Block>,
    /// The text with markup, credits and links' targets blanked out; byte for byte as long as `text`.
    pub prose: String,
    /// Every how many bytes a character count is kept (see [`Document::char_offset`]).
    counts: Vec<usize>,
}

const STRIDE: usize = 256;

impl Document {
    /// A document of a decoded text; title and date are looked for in its head.
    #[must_use]
    pub fn new(id: &str, text: String) -> Self {
        let Layout { blocks, prose } = Layout::of(&text);
        let (title, date) = super::head::title_and_date(&text, &blocks);
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (place, byte) in text.bytes().enumerate() {
            if place % STRIDE == 0 {
                counts.push(count);
            }
            count += usize::from(byte & 0xC0 != 0x80);
        }
        Self { id: id.into(), title: title.map(Into::into), date, publisher: None, text, blocks, prose, counts }
    }

    /// The number of Unicode scalar values before byte `offset`. Constant time.
    #[must_use]
    pub fn char_offset(&self, offset: usize) -> usize {
        let mark = offset / STRIDE;
        let Some(&before) = self.counts.get(mark) else {
            return self.counts.last().copied().unwrap_or(0)
                + self.text.as_bytes()[self.counts.len().saturating_sub(1) * STRIDE..].iter().filter(|b| **b & 0xC0 != 0x80).count();
        };
        before + self.text.as_bytes()[mark * STRIDE..offset].iter().filter(|b| **b & 0xC0 != 0x80).count()
    }

    /// The text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}
