//! Tables: RFC 4180 with exact cells, or made harmless for a spreadsheet.

use std::io::{self, Write};

/// How cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cells {
    /// Exactly what they hold.
    #[default]
    Exact,
    /// A byte-order mark first, and an apostrophe before what a spreadsheet would take for a formula.
    Spreadsheet,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Count(usize),
    /// A number; not a number is an empty cell.
    Number(f64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Rows under a header, to be written as CSV or as a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Column names.
    pub header: Vec<String>,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table of these columns, without rows.
    #[must_use]
    pub fn new<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        Self { header: header.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// Writes it as CSV: UTF-8, commas, quotes where needed, lines ended by CR LF as RFC 4180 has it.
    ///
    /// # Errors
    /// What the sink answers.
    pub fn write_csv(&self, cells: Cells, sink: &mut dyn Write) -> io::Result<()> {
        if cells == Cells::Spreadsheet {
            sink.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(sink);
        writer.write_record(self.header.iter().map(|name| guarded(name, cells)))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text, cells),
                Cell::Count(count) => count.to_string(),
                Cell::Number(number) => super::escape::number(*number),
                Cell::Empty => String::new(),
            }))?;
        }
        writer.flush()
    }
}

/// A text cell: itself, or with an apostrophe where a spreadsheet would calculate.
fn guarded(text: &str, cells: Cells) -> String {
    let danger = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if cells == Cells::Spreadsheet && text.starts_with(danger) { format!("'{text}") } else { text.to_owned() }
}

/// Names joined by `|`, as the list cells of `actors.csv` hold them; a `|` inside a name becomes `¦`.
#[must_use]
pub fn joined<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| name.replace('|', "¦")).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: Cells) -> String {
        let mut table = Table::new(["name", "n"]);
        table.rows.push(vec!["=cmd|' /C calc'!A0".into(), Cell::Number(-1.0)]);
        table.rows.push(vec!["a,\"b\"\nc".into(), 3.into()]);
        let mut out = Vec::new();
        table.write_csv(cells, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_exact() {
        assert_eq!(written(Cells::Exact), "name,n\r\n=cmd|' /C calc'!A0,-1\r\n\"a,\"\"b\"\"\nc\",3\r\n");
    }

    #[test]
    fn a_spreadsheet_calculates_nothing() {
        let text = written(Cells::Spreadsheet);
        assert!(text.starts_with("\u{FEFF}name,n\r\n'=cmd"));
        assert!(text.contains(",-1\r\n"), "numbers stay numbers");
    }
}
