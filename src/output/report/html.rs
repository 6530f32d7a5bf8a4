//! The brief as one HTML file with the picture in it.

use std::io::{self, Write};

use super::super::escape::html;
use super::super::scene::Scene;
use super::super::svg;
use super::{Block, Report, Span};

const CSS: &str = include_str!("../page/report.css");

/// Writes it. Nothing is loaded from anywhere.
///
/// # Errors
/// What the sink answers.
pub fn write(report: &Report, picture: Option<&Scene>, sink: &mut dyn Write) -> io::Result<()> {
    let title = html(&report.title);
    writeln!(sink, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(sink, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>")?;
    writeln!(sink, "<style>\n{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>")?;
    let mut drawn = false;
    for block in &report.blocks {
        match block {
            Block::Heading(text) => {
                if let (Some(scene), false) = (picture, drawn) {
                    drawn = true;
                    write_picture(scene, sink)?;
                }
                writeln!(sink, "<h2>{}</h2>", html(text))?;
            }
            Block::Paragraph(spans) => writeln!(sink, "<p>{}</p>", line(spans))?,
            Block::List(items) => {
                writeln!(sink, "<ul>")?;
                for item in items {
                    writeln!(sink, "<li>{}</li>", line(item))?;
                }
                writeln!(sink, "</ul>")?;
            }
            Block::Table { head, rows } => {
                let cells: String = head.iter().map(|h| format!("<th scope=\"col\">{}</th>", html(h))).collect();
                writeln!(sink, "<div class=\"table\"><table>\n<thead><tr>{cells}</tr></thead>\n<tbody>")?;
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{}</td>", line(cell))).collect();
                    writeln!(sink, "<tr>{cells}</tr>")?;
                }
                writeln!(sink, "</tbody></table></div>")?;
            }
        }
    }
    if !report.citations.is_empty() {
        writeln!(sink, "<h2>Citations</h2>\n<ol class=\"citations\">")?;
        for (i, c) in report.citations.iter().enumerate() {
            let date = c.date.map(|d| format!(" ({d})")).unwrap_or_default();
            let voice = c.voice.as_ref().map(|v| format!(", by the word of {}", html(v))).unwrap_or_default();
            writeln!(
                sink,
                "<li id=\"c{}\"><cite>{}</cite>{date}, characters {} to {}{voice}: <q dir=\"auto\">{}</q></li>",
                i + 1,
                html(&c.document),
                c.begin,
                c.stop,
                html(&c.sentence)
            )?;
        }
        writeln!(sink, "</ol>")?;
    }
    writeln!(sink, "</main>\n</body>\n</html>")
}

fn write_picture(scene: &Scene, sink: &mut dyn Write) -> io::Result<()> {
    let mut picture = Vec::new();
    svg::write(scene, &mut picture)?;
    let text = String::from_utf8_lossy(&picture);
    // Inside HTML there is no XML declaration.
    let text = text.split_once("?>\n").map_or(text.as_ref(), |(_, rest)| rest);
    write!(sink, "<figure>\n{text}</figure>\n")
}

fn line(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => html(text),
            Span::Strong(text) => format!("<strong>{}</strong>", html(text)),
            Span::Cite(number) => format!("<sup><a href=\"#c{number}\">{number}</a></sup>"),
        })
        .collect()
}
