//! Around the picture: title, what is shown, legend, sources.

use std::collections::BTreeSet;

use super::layout::{Point, Size};
use super::picture::PictureOptions;
use super::scene::{Anchor, Scene, Stroke, outline, polygon};
use super::style::{Color, Palette, Tone, kind_label, shape};
use super::typeset;
use super::view::View;
use crate::actors::ActorKind;
use crate::documents::PartialDate;
use crate::network::{Network, Source};

/// White edge of the page.
pub(super) const EDGE: f64 = 28.0;

/// Title and what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) subtitle: String,
}

/// `1 actor`, `2 actors`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// First and last date of the documents.
pub(crate) fn dates(network: &Network) -> Option<(PartialDate, PartialDate)> {
    let dates = || network.documents.iter().filter_map(|d| d.date);
    Some((dates().min()?, dates().max_by_key(|d| (d.last_day(), *d))?))
}

/// What a document is called: its title, else its id.
pub(crate) fn called(source: &Source) -> &str {
    source.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&source.id)
}

pub(super) fn heading(network: &Network, view: &View, options: &PictureOptions) -> Heading {
    let title = options.title.clone().unwrap_or_else(|| "Who sways whom".to_owned());
    let mut parts = Vec::new();
    if view.actors.len() < view.all_actors || view.links.len() < view.all_links {
        parts.push(format!(
            "The strongest {} of {} actors and {} of {} ties",
            view.actors.len(),
            view.all_actors,
            view.links.len(),
            view.all_links
        ));
    } else {
        parts.push(format!("{} and {}", count(view.actors.len(), "actor", "actors"), count(view.links.len(), "tie", "ties")));
    }
    parts.push(format!("read from {}", count(network.documents.len(), "document", "documents")));
    if let Some((first, last)) = dates(network) {
        parts.push(if first == last { format!("dated {first}") } else { format!("dated {first} to {last}") });
    }
    Heading { title, subtitle: parts.join(", ") }
}

/// Draws it; gives the y where the picture begins.
pub(super) fn draw_heading(scene: &mut Scene, heading: &Heading, palette: &Palette) -> f64 {
    let room = scene.width - 2.0 * EDGE;
    let mut y = EDGE + 16.0;
    for line in typeset::wrap(&heading.title, room, 2, 21.0, true) {
        scene.text(Point::new(EDGE, y), line, 21.0, true, palette.ink, Anchor::Start);
        y += 25.0;
    }
    let subtitle = typeset::cut(&heading.subtitle, room, 11.5, false);
    scene.text(Point::new(EDGE, y - 5.0), subtitle, 11.5, false, palette.muted, Anchor::Start);
    y + 18.0
}

/// The colour of a group's rim.
pub(super) fn group_color(group: usize, palette: &Palette) -> Color {
    const COLORS: [u32; 7] = [0xE6_9F_00, 0x00_9E_73, 0xCC_79_A7, 0x56_B4_E9, 0xB2_9B_00, 0x7A_5C_C2, 0x8C_6D_46];
    let color = Color::hex(COLORS[group % COLORS.len()]);
    if palette.dark { color.mix(Color::hex(0xFF_FF_FF), 0.15) } else { color }
}

enum Key {
    Line(Tone, bool),
    Arrow,
    Kind(ActorKind),
    Group(usize),
}

/// Draws legend and sources under the picture; gives the height of the page.
pub(super) fn draw_legend(scene: &mut Scene, network: &Network, view: &View, options: &PictureOptions, palette: &Palette, top: f64) -> f64 {
    let right = scene.width - EDGE;
    scene.line(Point::new(EDGE, top), Point::new(right, top), Stroke::solid(palette.hair, 1.0));
    let mut lines: Vec<(Key, String)> = Tone::ALL
        .into_iter()
        .filter(|tone| view.links.iter().any(|l| l.tone == *tone && l.firm))
        .map(|tone| (Key::Line(tone, true), tone.label().to_owned()))
        .collect();
    if view.links.iter().any(|l| !l.firm) {
        lines.push((Key::Line(Tone::Structural, false), "only denied, planned, feared or over".to_owned()));
    }
    if view.links.iter().any(|l| l.forward || l.backward) {
        lines.push((Key::Arrow, "from who acts to whom".to_owned()));
    }
    let kinds = ActorKind::ALL.into_iter().filter(|k| view.actors.iter().any(|n| network.graph[*n].kind == *k));
    let kinds: Vec<(Key, String)> = kinds.map(|k| (Key::Kind(k), kind_label(k))).collect();
    let groups: BTreeSet<usize> = view.actors.iter().filter_map(|n| options.groups.get(n.index()).copied().flatten()).collect();
    let name = options.group_name.as_deref().unwrap_or("group");
    let groups: Vec<(Key, String)> = groups.into_iter().take(12).map(|g| (Key::Group(g), format!("{name} {g}"))).collect();
    let mut y = top + 20.0;
    for row in [lines, kinds, groups] {
        if row.is_empty() {
            continue;
        }
        let mut x = EDGE;
        for (key, label) in row {
            let wide = 34.0 + typeset::width(&label, 10.0, false) + 18.0;
            if x + wide > right && x > EDGE {
                x = EDGE;
                y += 18.0;
            }
            draw_key(scene, &key, Point::new(x, y), palette);
            scene.text(Point::new(x + 34.0, y + 3.5), label, 10.0, false, palette.ink, Anchor::Start);
            x += wide;
        }
        y += 20.0;
    }
    let size_name = options.size_name.as_deref().unwrap_or("strength of its ties");
    if !view.actors.is_empty() {
        let note = format!("Size of a name: {size_name}. Width of a line: how strong the relations are and how surely read.");
        for line in typeset::wrap(&note, right - EDGE, 2, 10.0, false) {
            scene.text(Point::new(EDGE, y + 2.0), line, 10.0, false, palette.muted, Anchor::Start);
            y += 14.0;
        }
    }
    y = draw_sources(scene, network, palette, y + 2.0);
    y + EDGE - 10.0
}

fn draw_key(scene: &mut Scene, key: &Key, at: Point, palette: &Palette) {
    let middle = Point::new(at.x + 13.0, at.y);
    let size = Size { w: 24.0, h: 13.0 };
    match key {
        Key::Line(tone, firm) => {
            let dashes = tone.dashes(*firm).to_vec();
            let stroke = Stroke { color: palette.tone(*tone), width: 2.0, dashes };
            scene.line(Point::new(at.x, at.y), Point::new(at.x + 28.0, at.y), stroke);
        }
        Key::Arrow => {
            let color = palette.muted;
            scene.line(Point::new(at.x, at.y), Point::new(at.x + 20.0, at.y), Stroke::solid(color, 1.4));
            let tip = at.x + 28.0;
            scene.path(
                polygon(&[Point::new(tip, at.y), Point::new(tip - 9.0, at.y - 4.0), Point::new(tip - 9.0, at.y + 4.0)]),
                Some(color),
                None,
            );
        }
        Key::Kind(kind) => {
            let style = palette.node(*kind);
            let dashes = if style.dashed { vec![3.0, 2.0] } else { Vec::new() };
            scene.path(outline(shape(*kind), middle, size), Some(style.fill), Some(Stroke { color: style.line, width: 1.1, dashes }));
        }
        Key::Group(group) => {
            let stroke = Stroke::solid(group_color(*group, palette), 2.6);
            scene.path(outline(super::style::Shape::Rounded, middle, size), Some(palette.paper), Some(stroke));
        }
    }
}

fn draw_sources(scene: &mut Scene, network: &Network, palette: &Palette, top: f64) -> f64 {
    if network.documents.is_empty() {
        return top;
    }
    let room = scene.width - 2.0 * EDGE;
    let names: Vec<String> = network
        .documents
        .iter()
        .map(|d| {
            let name = typeset::cut(called(d), 260.0, 9.5, false);
            d.date.map_or_else(|| name.clone(), |date| format!("{name} ({date})"))
        })
        .collect();
    // As many as two lines hold, then how many more.
    let mut shown = names.len();
    let lines = loop {
        let rest = names.len() - shown;
        let more = if rest > 0 { format!(" and {}", count(rest, "more", "more")) } else { String::new() };
        let text = format!("Sources: {}{more}", names[..shown].join("; "));
        if typeset::width(&text, 9.5, false) <= room * 1.85 || shown <= 1 {
            break typeset::wrap(&text, room, 3, 9.5, false);
        }
        shown -= 1;
    };
    let mut y = top;
    for line in lines {
        scene.text(Point::new(EDGE, y), line, 9.5, false, palette.muted, Anchor::Start);
        y += 13.0;
    }
    y
}
