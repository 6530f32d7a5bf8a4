//! The brief: what was read, who matters, camps, brokers, strongest paths, contested claims, timeline, weak spots; every
//! claim cited. Its content is made once ([`report()`]) and written as Markdown or HTML.

mod content;
mod html;
mod markdown;

pub use content::{Block, Citation, Report, Span, report};
pub use html::write as write_html;
pub use markdown::write as write_markdown;

/// A document or file that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its path.
    pub path: String,
    /// Why.
    pub reason: String,
}
