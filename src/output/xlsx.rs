//! A workbook: actors, edges, statements and matrix; header frozen, filters on, each edge linked to its statements.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use super::actors_csv::{self, ActorTable};
use super::legend::dates;
use super::table::{Cell, Table};
use super::{edges_csv, matrix, statements_csv};
use crate::network::Network;

/// What a cell can hold, by the format's definition.
const LONGEST: usize = 32_767;
/// What a sheet can hold.
const MOST_ROWS: usize = 1_048_575;
/// Links that a sheet can hold.
const MOST_LINKS: usize = 65_000;
/// A matrix of more actors helps nobody.
const MOST_MATRIX: usize = 400;

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// Writes it. Text is text in every cell, never a formula; the workbook carries the documents' last date.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, extra: &ActorTable, sink: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(network, extra).map_err(failed)?;
    sink.write_all(&bytes)
}

fn workbook(network: &Network, extra: &ActorTable) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = match dates(network) {
        Some((_, last)) if last.year() >= 1900 => {
            let day = last.last_day();
            ExcelDateTime::from_ymd(day.year().cast_unsigned(), day.month().cast_unsigned(), day.day().cast_unsigned())?
        }
        _ => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    book.set_properties(&DocProperties::new().set_title("Who sways whom").set_author("suzerain").set_creation_datetime(&date));
    fill(
        book.add_worksheet().set_name("Actors")?,
        &actors_csv::table(network, extra),
        &[("name", 28), ("aliases", 40), ("documents", 40)],
    )?;
    // Statements in order of their edges, so that an edge's statements stand together.
    let mut statements = statements_csv::table(network);
    let order = statements_csv::in_order(network);
    let mut rows: Vec<(usize, Vec<Cell>)> = order.iter().map(|(edge, _)| *edge).zip(std::mem::take(&mut statements.rows)).collect();
    rows.sort_by_key(|(edge, _)| *edge);
    let mut first_row = vec![None; network.graph.edge_count()];
    for (row, (edge, _)) in rows.iter().enumerate() {
        first_row[*edge].get_or_insert(row + 1);
    }
    statements.rows = rows.into_iter().map(|(_, row)| row).collect();
    let edges = edges_csv::table(network);
    let count = edges.header.iter().position(|h| h == "statements").unwrap_or(0);
    {
        let sheet = book.add_worksheet().set_name("Edges")?;
        fill(sheet, &edges, &[("source", 28), ("target", 28), ("relation", 18), ("example", 90)])?;
        for (i, row) in first_row.iter().enumerate().take(MOST_LINKS) {
            if let (Some(row), Some(Cell::Count(n))) = (row, edges.rows.get(i).map(|r| &r[count])) {
                let url = Url::new(format!("internal:'Statements'!A{}", row + 1)).set_text(n.to_string());
                sheet.write_url(i as u32 + 1, count as u16, &url)?;
            }
        }
    }
    let wide = [("document", 26), ("source", 26), ("target", 26), ("relation", 18), ("rule", 20), ("sentence", 100)];
    fill(book.add_worksheet().set_name("Statements")?, &statements, &wide)?;
    if network.graph.node_count() <= MOST_MATRIX {
        fill(book.add_worksheet().set_name("Matrix")?, &matrix::table(network), &[("", 28)])?;
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table, widths: &[(&str, u16)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in table.header.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, clipped(name), &bold)?;
        if let Some((_, width)) = widths.iter().find(|(own, _)| own == name) {
            sheet.set_column_width(column as u16, *width)?;
        }
    }
    for (row, cells) in table.rows.iter().take(MOST_ROWS).enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32 + 1, column as u16);
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, clipped(text))?;
                }
                Cell::Count(count) => {
                    sheet.write_number(row, column, *count as f64)?;
                }
                Cell::Number(number) if number.is_finite() => {
                    sheet.write_number(row, column, super::nodelink::rounded(*number))?;
                }
                Cell::Number(_) | Cell::Empty => {}
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    if !table.rows.is_empty() && !table.header.is_empty() {
        sheet.autofilter(0, 0, table.rows.len().min(MOST_ROWS) as u32, table.header.len() as u16 - 1)?;
    }
    Ok(())
}

/// As much as a cell holds.
fn clipped(text: &str) -> String {
    if text.len() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST / 2).collect() }
}
