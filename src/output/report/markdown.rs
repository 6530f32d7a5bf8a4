//! The brief as Markdown with footnotes.

use std::io::{self, Write};

use super::super::escape::markdown;
use super::{Block, Report, Span};

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(report: &Report, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "# {}", markdown(&report.title))?;
    for block in &report.blocks {
        writeln!(sink)?;
        match block {
            Block::Heading(text) => writeln!(sink, "## {}", markdown(text))?,
            Block::Paragraph(spans) => writeln!(sink, "{}", line(spans))?,
            Block::List(items) => {
                for item in items {
                    writeln!(sink, "- {}", line(item))?;
                }
            }
            Block::Table { head, rows } => {
                writeln!(sink, "| {} |", head.join(" | "))?;
                writeln!(sink, "|{}", " --- |".repeat(head.len()))?;
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| line(cell)).collect();
                    writeln!(sink, "| {} |", cells.join(" | "))?;
                }
            }
        }
    }
    if !report.citations.is_empty() {
        writeln!(sink)?;
    }
    for (i, c) in report.citations.iter().enumerate() {
        let date = c.date.map(|d| format!(" ({d})")).unwrap_or_default();
        let voice = c.voice.as_ref().map(|v| format!(", by the word of {}", markdown(v))).unwrap_or_default();
        writeln!(
            sink,
            "[^{}]: {}{date}, characters {} to {}{voice}: “{}”",
            i + 1,
            markdown(&c.document),
            c.begin,
            c.stop,
            markdown(&c.sentence)
        )?;
    }
    Ok(())
}

fn line(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => markdown(text),
            Span::Strong(text) if text.trim().is_empty() => markdown(text),
            Span::Strong(text) => format!("**{}**", markdown(text.trim())),
            Span::Cite(number) => format!("[^{number}]"),
        })
        .collect()
}
