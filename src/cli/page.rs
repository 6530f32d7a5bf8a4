//! Text for a terminal of 80 columns: wrapping, tables, citations, colours that never carry meaning alone.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::exit::{Exit, Outcome};
use crate::network::{Edge, Network};
use crate::relations::{Modality, Polarity, Statement, Status};

/// Columns of a line.
pub(super) const WIDTH: usize = 80;

/// Bold.
pub(super) const STRONG: Style = Style::new().bold();
/// For what matters less.
pub(super) const FAINT: Style = Style::new().dimmed();

/// The colour of a sign.
pub(super) const fn sign_style(sign: i8) -> Style {
    match sign {
        1.. => AnsiColor::Green.on_default(),
        0 => Style::new(),
        _ => AnsiColor::Red.on_default(),
    }
}

/// A sign as one character.
pub(super) const fn sign_text(sign: i8) -> &'static str {
    match sign {
        1.. => "+",
        0 => "0",
        _ => "−",
    }
}

/// A text with a style round it.
pub(super) fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Breaks a text into lines of at most [`WIDTH`] columns, the first begun by `first`, the others by spaces of its width.
pub(super) fn wrap(first: &str, text: &str) -> String {
    let indent = first.chars().count();
    let mut out = String::from(first);
    let mut column = indent;
    for (i, word) in text.split_whitespace().enumerate() {
        let width = word.chars().count();
        if i > 0 && column + 1 + width > WIDTH {
            let _ = write!(out, "\n{:indent$}", "");
            column = indent;
        } else if i > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
    out
}

/// A name cut to a number of columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    text.chars().take(columns.saturating_sub(1)).chain(['…']).collect()
}

/// A number as people read it: four significant digits, empty where not defined.
pub(super) fn number(value: f64) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.fract() == 0.0 && value.abs() < 1e9 {
        return format!("{value:.0}");
    }
    let digits = usize::try_from((3 - value.abs().log10().floor() as i64).clamp(0, 8)).unwrap_or(0);
    format!("{value:.digits$}")
}

/// `1 statement`, `2 statements`.
pub(super) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}

/// Where and when a statement stands, and whose word it is: `(doc.txt, 2020-11-10, according to Baku)`.
pub(super) fn place(network: &Network, statement: &Statement) -> String {
    let mut text = format!("{}:{}", statement.document, statement.begin);
    let date = network.documents.iter().find(|d| d.id == statement.document).and_then(|d| d.date);
    if let Some(date) = date {
        let _ = write!(text, ", {date}");
    }
    match &statement.attribution {
        Some(voice) => {
            let _ = write!(text, ", according to {voice}");
        }
        None => text.push_str(", in the text's own voice"),
    }
    text
}

/// What is special about a statement: `denied`, `planned or feared`, `ended`, its dates.
pub(super) fn remarks(statement: &Statement) -> Vec<String> {
    let mut remarks = Vec::new();
    if statement.polarity == Polarity::Denied {
        remarks.push("denied".to_owned());
    }
    if statement.modality == Modality::Other {
        remarks.push("not a fact: planned, feared or possible".to_owned());
    }
    if statement.status == Status::Ended {
        remarks.push("ended".to_owned());
    }
    match (statement.start, statement.end) {
        (Some(a), Some(b)) if a == b => remarks.push(format!("in {a}")),
        (Some(a), Some(b)) => remarks.push(format!("from {a} to {b}")),
        (Some(a), None) => remarks.push(format!("since {a}")),
        (None, Some(b)) => remarks.push(format!("until {b}")),
        (None, None) => {}
    }
    if let Some(quantity) = &statement.quantity {
        remarks.push(quantity.to_string());
    }
    remarks
}

/// A statement's sentence and place, indented.
pub(super) fn citation(network: &Network, statement: &Statement) -> String {
    let mut out = wrap("   ", &format!("“{}”", statement.sentence));
    let mut below = place(network, statement);
    for remark in remarks(statement) {
        let _ = write!(below, "; {remark}");
    }
    let text = wrap("   ", &below);
    let _ = write!(out, "{FAINT}{}{FAINT:#}", text.trim_end());
    out.push('\n');
    out
}

/// How an edge is supported: `weight 0.42, confidence 0.84, 3 statements in 2 documents`.
pub(super) fn support(edge: &Edge) -> String {
    let mut text = format!("weight {}, confidence {}", number(edge.weight), number(edge.confidence));
    if edge.count > 0 {
        let _ = write!(text, ", {} in {}", plural(edge.count, "statement"), plural(edge.documents, "document"));
    }
    text
}

/// Writes a page to standard output: coloured on a terminal, plain elsewhere.
pub(super) fn print(page: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()
}

/// Writes a value as JSON to standard output.
pub(super) fn print_json(value: &serde_json::Value) -> Outcome {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    print(&(text + "\n"))?;
    Ok(Exit::Done)
}

/// Says something beside the data, on standard error.
pub(super) fn note(text: &str) {
    let _ = write!(anstream::stderr(), "{}", wrap("", text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_eighty_columns() {
        let text = wrap("1. ", &"word ".repeat(40));
        assert!(text.lines().all(|l| l.chars().count() <= WIDTH));
        assert!(text.lines().skip(1).all(|l| l.starts_with("   word")));
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in
            [(0.0, "0"), (12.0, "12"), (0.123_456, "0.1235"), (1234.56, "1235"), (f64::NAN, "–"), (0.000_123_4, "0.0001234")]
        {
            assert_eq!(number(value), text);
        }
    }
}
