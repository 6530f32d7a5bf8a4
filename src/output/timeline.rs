//! A picture of relations over time: a row per relation of a pair, a bar or a point where it is dated.

use std::collections::BTreeSet;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::layout::{Point, Size};
use super::legend::{self, EDGE, Heading};
use super::scene::{Anchor, Item, Scene, Stroke, rounded};
use super::style::{Palette, Tone};
use super::typeset;
use super::view::is_firm;
use crate::documents::PartialDate;
use crate::network::Network;
use crate::relations::{Modality, Polarity};

/// What a timeline shows.
#[derive(Debug, Clone, Default)]
pub struct TimelineOptions {
    /// Only edges of these actors; of one: its edges, of two or more: those between them. Empty for all.
    pub actors: BTreeSet<NodeIndex>,
    /// At most so many rows, the strongest; 0 for all. 40 when not given.
    pub top: Option<usize>,
    /// The heading.
    pub title: Option<String>,
    /// Colours for dark screens.
    pub dark: bool,
}

const ROW: f64 = 19.0;
const FONT: f64 = 10.5;

struct Mark {
    first: PartialDate,
    last: PartialDate,
    firm: bool,
    /// Whether the date is the document's only.
    told: bool,
}

struct Row {
    edge: EdgeIndex,
    label: String,
    marks: Vec<Mark>,
}

/// Days since the year 0, as a number to draw with.
fn day(date: jiff::civil::Date) -> f64 {
    f64::from(date.year()) + (f64::from(date.day_of_year()) - 1.0) / f64::from(date.days_in_year())
}

fn rows(network: &Network, options: &TimelineOptions) -> Vec<Row> {
    let mut rows = Vec::new();
    for index in network.graph.edge_indices() {
        let Some((a, b)) = network.graph.edge_endpoints(index) else { continue };
        let (has_a, has_b) = (options.actors.contains(&a), options.actors.contains(&b));
        let wanted = match options.actors.len() {
            0 => true,
            1 => has_a || has_b,
            _ => has_a && has_b,
        };
        if !wanted {
            continue;
        }
        let edge = &network.graph[index];
        let mut marks: Vec<Mark> = Vec::new();
        for s in &edge.statements {
            let dated = network.documents.iter().find(|d| d.id == s.document).and_then(|d| d.date);
            let told = s.start.is_some() || s.end.is_some();
            let Some(first) = s.start.or(s.end).or(dated) else { continue };
            let last = s.end.or(s.start).unwrap_or(first);
            let firm = s.polarity == Polarity::Asserted && s.modality == Modality::Actual;
            if !marks.iter().any(|m| m.first == first && m.last == last && m.firm == firm) {
                marks.push(Mark { first, last, firm, told });
            }
        }
        if marks.is_empty() {
            continue;
        }
        marks.sort_by_key(|m| (m.first, m.last));
        let relation = network.relation(edge).name.replace('_', " ");
        let label = format!("{} {relation} {}", network.graph[a].name, network.graph[b].name);
        rows.push(Row { edge: index, label, marks });
    }
    let most = match options.top.unwrap_or(40) {
        0 => usize::MAX,
        top => top,
    };
    // What the text itself dates comes before what only its document dates.
    let value = |r: &Row| (r.marks.iter().any(|m| m.told), network.graph[r.edge].weight);
    rows.sort_by(|x, y| value(y).0.cmp(&value(x).0).then_with(|| value(y).1.total_cmp(&value(x).1)).then(x.edge.cmp(&y.edge)));
    rows.truncate(most);
    rows.sort_by_key(|r| (r.marks[0].first, r.marks[0].last, r.edge));
    rows
}

/// Draws it.
#[must_use]
pub fn draw(network: &Network, options: &TimelineOptions) -> Scene {
    let palette = if options.dark { Palette::DARK } else { Palette::LIGHT };
    let rows = rows(network, options);
    let names: Vec<&str> = options.actors.iter().map(|n| network.graph[*n].name.as_ref()).collect();
    let title = options.title.clone().unwrap_or_else(|| match names.as_slice() {
        [] => "What happened when".to_owned(),
        [one] => format!("{one} over time"),
        many => format!("{} over time", many.join(" and ")),
    });
    let dated = legend::count(rows.len(), "dated relation", "dated relations");
    let heading =
        Heading { title, subtitle: format!("{dated}, read from {}", legend::count(network.documents.len(), "document", "documents")) };
    let mut scene = Scene {
        width: 1040.0,
        height: 0.0,
        title: heading.title.clone(),
        description: heading.subtitle.clone(),
        paper: palette.paper,
        items: Vec::new(),
    };
    let top = legend::draw_heading(&mut scene, &heading, &palette) + 14.0;
    let labels: Vec<String> = rows.iter().map(|r| typeset::cut(&r.label, 330.0, FONT, false)).collect();
    let left = EDGE + labels.iter().map(|l| typeset::width(l, FONT, false)).fold(60.0, f64::max) + 14.0;
    let right = scene.width - EDGE - 12.0;
    let bottom = top + rows.len() as f64 * ROW;
    let from = rows.iter().flat_map(|r| &r.marks).map(|m| day(m.first.first_day())).fold(f64::MAX, f64::min);
    let to = rows.iter().flat_map(|r| &r.marks).map(|m| day(m.last.last_day())).fold(f64::MIN, f64::max);
    if !rows.is_empty() {
        let (from, to) = (from.floor(), (to + 0.02).ceil().max(from.floor() + 1.0));
        let place = |at: f64| left + (at - from) / (to - from) * (right - left);
        axis(&mut scene, (from, to), (top, bottom), &place, &palette);
        for (i, (row, label)) in rows.iter().zip(labels).enumerate() {
            draw_row(&mut scene, network, row, label, top + (i as f64 + 0.5) * ROW, left, &place, &palette);
        }
    }
    scene.height = key(&mut scene, bottom + 22.0, &palette);
    scene
}

/// Years under and behind the rows, as many as there is room for.
fn axis(scene: &mut Scene, (from, to): (f64, f64), (top, bottom): (f64, f64), place: &dyn Fn(f64) -> f64, palette: &Palette) {
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let step = steps.into_iter().find(|s| (place(from + s) - place(from)) >= 42.0).unwrap_or(1000.0);
    let mut year = (from / step).ceil() * step;
    while year <= to {
        let x = place(year);
        scene.line(Point::new(x, top - 4.0), Point::new(x, bottom + 2.0), Stroke::solid(palette.hair, 0.8));
        scene.text(Point::new(x, top - 9.0), format!("{year:.0}"), 9.5, false, palette.muted, Anchor::Middle);
        year += step;
    }
}

#[allow(clippy::too_many_arguments)]
fn draw_row(
    scene: &mut Scene,
    network: &Network,
    row: &Row,
    label: String,
    y: f64,
    left: f64,
    place: &dyn Fn(f64) -> f64,
    palette: &Palette,
) {
    let edge = &network.graph[row.edge];
    let tone = Tone::of_sign(network.relation(edge).sign);
    let color = palette.tone(tone);
    let title = edge.example().map_or_else(|| row.label.clone(), |s| format!("{}: {}", row.label, s.sentence));
    scene.items.push(Item::Open { class: "relation", title });
    let ink = if is_firm(edge) { palette.ink } else { palette.muted };
    scene.text(Point::new(left - 12.0, y + FONT * 0.35), label, FONT, false, ink, Anchor::End);
    for mark in &row.marks {
        let (x0, x1) = (place(day(mark.first.first_day())), place(day(mark.last.last_day())));
        let size = Size { w: (x1 - x0).max(7.0), h: if tone == Tone::Conflictual { 7.0 } else { 9.0 } };
        let radius = if tone == Tone::Conflictual { 0.0 } else { 3.5 };
        let course = rounded(Point::new(f64::midpoint(x0, x1), y), size, radius);
        let hollow = !mark.firm || !mark.told;
        let inside = if hollow { palette.paper } else { color };
        let dashes = if mark.firm { Vec::new() } else { vec![2.0, 1.6] };
        scene.items.push(Item::Path { course, fill: Some(inside), stroke: Some(Stroke { color, width: 1.2, dashes }), opacity: 1.0 });
    }
    scene.items.push(Item::Close);
}

fn key(scene: &mut Scene, y: f64, palette: &Palette) -> f64 {
    let mut x = EDGE;
    let right = scene.width - EDGE;
    scene.line(Point::new(EDGE, y), Point::new(right, y), Stroke::solid(palette.hair, 1.0));
    let y = y + 18.0;
    let grey = palette.muted;
    let keys = [
        (palette.tone(Tone::Cooperative), true, false, "cooperative"),
        (palette.tone(Tone::Conflictual), true, false, "conflictual (square)"),
        (palette.tone(Tone::Structural), true, false, "structural"),
        (grey, false, false, "dated by its document only"),
        (grey, false, true, "denied, planned or feared"),
    ];
    for (color, full, dashed, label) in keys {
        let radius = if label.starts_with("conflictual") { 0.0 } else { 3.5 };
        let course = rounded(Point::new(x + 9.0, y), Size { w: 18.0, h: 9.0 }, radius);
        let dashes = if dashed { vec![2.0, 1.6] } else { Vec::new() };
        let fill = if full { color } else { palette.paper };
        scene.items.push(Item::Path { course, fill: Some(fill), stroke: Some(Stroke { color, width: 1.2, dashes }), opacity: 1.0 });
        scene.text(Point::new(x + 24.0, y + 3.5), label, 10.0, false, palette.ink, Anchor::Start);
        x += 24.0 + typeset::width(label, 10.0, false) + 22.0;
    }
    y + EDGE
}
