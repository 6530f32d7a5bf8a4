//! SVG 1.1 of a scene.

use std::io::{self, Write};

use super::escape::xml;
use super::layout::Point;
use super::scene::{Anchor, Item, Scene, Segment};
use super::typeset::FAMILY;

/// Writes it, one element per line.
///
/// # Errors
/// What the sink answers.
pub fn write(scene: &Scene, sink: &mut dyn Write) -> io::Result<()> {
    let (w, h) = (short(scene.width), short(scene.height));
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        sink,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         aria-labelledby=\"title description\" font-family=\"{}\">",
        xml(FAMILY)
    )?;
    writeln!(sink, "<title id=\"title\">{}</title>", xml(&scene.title))?;
    writeln!(sink, "<desc id=\"description\">{}</desc>", xml(&scene.description))?;
    writeln!(sink, "<rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>", scene.paper.css())?;
    for item in &scene.items {
        write_item(item, sink)?;
    }
    writeln!(sink, "</svg>")
}

fn write_item(item: &Item, sink: &mut dyn Write) -> io::Result<()> {
    match item {
        Item::Path { course, fill, stroke, opacity } => {
            write!(sink, "<path d=\"{}\" fill=\"{}\"", data(course), fill.map_or_else(|| "none".to_owned(), super::style::Color::css))?;
            if let Some(stroke) = stroke {
                write!(sink, " stroke=\"{}\" stroke-width=\"{}\"", stroke.color.css(), short(stroke.width))?;
                if !stroke.dashes.is_empty() {
                    let dashes: Vec<String> = stroke.dashes.iter().map(|d| short(*d)).collect();
                    write!(sink, " stroke-dasharray=\"{}\"", dashes.join(" "))?;
                }
            }
            if *opacity < 1.0 {
                write!(sink, " opacity=\"{}\"", short(*opacity))?;
            }
            writeln!(sink, "/>")
        }
        Item::Text { at, text, size, bold, color, anchor } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let weight = if *bold { " font-weight=\"bold\"" } else { "" };
            writeln!(
                sink,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>",
                short(at.x),
                short(at.y),
                short(*size),
                color.css(),
                xml(text)
            )
        }
        Item::Open { class, title } => writeln!(sink, "<g class=\"{class}\"><title>{}</title>", xml(title)),
        Item::Close => writeln!(sink, "</g>"),
    }
}

fn data(course: &[Segment]) -> String {
    let point = |p: &Point| format!("{} {}", short(p.x), short(p.y));
    let parts: Vec<String> = course
        .iter()
        .map(|segment| match segment {
            Segment::Move(p) => format!("M{}", point(p)),
            Segment::Line(p) => format!("L{}", point(p)),
            Segment::Curve(a, b, p) => format!("C{} {} {}", point(a), point(b), point(p)),
            Segment::Close => "Z".to_owned(),
        })
        .collect();
    parts.join("")
}

/// A coordinate: at most two decimals.
pub(super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
