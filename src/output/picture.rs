//! The picture of a network: what is drawn, where, and how it looks.

use super::layout::{Arrangement, Point, Size, place};
use super::route::{self, Route};
use super::scene::{Anchor, Item, Scene, Stroke, outline, rounded};
use super::style::{Palette, Shape, kind_label, shape};
use super::typeset;
use super::view::{self, Choice, View};
use super::{legend, typeset::LINE};
use crate::actors::ActorKind;
use crate::network::Network;

/// What a picture is to be.
#[derive(Debug, Clone, Default)]
pub struct PictureOptions {
    /// What may be shown.
    pub choice: Choice,
    /// Where things stand.
    pub arrangement: Arrangement,
    /// Group of each node of the network: for circle and layers, and for a rim of one colour per camp. Empty for none.
    pub groups: Vec<Option<usize>>,
    /// What the groups are called, for the legend (`camp`).
    pub group_name: Option<String>,
    /// Size of each node of the network, any scale; the strength of its ties when empty.
    pub sizes: Vec<f64>,
    /// What the sizes are, for the legend.
    pub size_name: Option<String>,
    /// The heading; one is made of the network when not given.
    pub title: Option<String>,
    /// Colours for dark screens.
    pub dark: bool,
    /// No words on the ties.
    pub bare: bool,
}

/// A picture with the boxes that were placed, for tests and for other programs' layouts.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The page.
    pub scene: Scene,
    /// What it shows.
    pub view: View,
    /// Middle and size of each actor's box, in order of [`View::actors`].
    pub actors: Vec<(Point, Size)>,
    /// Middle and size of each label on a tie.
    pub labels: Vec<(Point, Size)>,
}

/// A box with its text.
#[derive(Debug, Clone)]
pub(super) struct Plate {
    pub(super) shape: Shape,
    pub(super) lines: Vec<String>,
    pub(super) font: f64,
    pub(super) bold: bool,
    pub(super) size: Size,
}

impl Plate {
    /// The box for a name of a kind in a letter size.
    fn of(name: &str, kind: ActorKind, font: f64) -> Self {
        let bold = matches!(kind, ActorKind::State) || font >= 13.5;
        let shape = shape(kind);
        let lines = typeset::wrap(name, font * 9.2, 3, font, bold);
        let text_w = lines.iter().map(|l| typeset::width(l, font, bold)).fold(font, f64::max);
        let text_h = lines.len() as f64 * font * LINE;
        let (pad_w, pad_h) = match shape {
            Shape::Rounded | Shape::Box | Shape::Octagon | Shape::Note => (16.0, 10.0),
            Shape::Pill => (12.0 + text_h * 0.45, 8.0),
            Shape::Ellipse => (10.0 + text_w * 0.2 + text_h * 0.25, 8.0 + text_h * 0.35),
            Shape::Hexagon | Shape::Parallelogram | Shape::Trapezium => (12.0 + (text_h + 10.0) * 0.5, 10.0),
            Shape::Flag => (14.0 + (text_h + 10.0) * 0.28, 10.0),
        };
        Self { shape, lines, font, bold, size: Size { w: text_w + pad_w, h: text_h + pad_h } }
    }
}

/// The chosen part of a network, its boxes and where they stand.
pub(super) fn arrange(network: &Network, options: &PictureOptions) -> (View, Vec<Plate>, Vec<Point>) {
    let view = view::view(network, &options.choice);
    let plates = plates(network, &view, options);
    let sizes: Vec<Size> = plates.iter().map(|p| p.size).collect();
    let pairs: Vec<(usize, usize)> = view.links.iter().map(|l| (l.a, l.b)).collect();
    let groups: Vec<usize> = if options.groups.is_empty() {
        view.actors.iter().map(|n| ActorKind::ALL.iter().position(|k| *k == network.graph[*n].kind).unwrap_or(0)).collect()
    } else {
        view.actors.iter().map(|n| options.groups.get(n.index()).copied().flatten().unwrap_or(usize::MAX)).collect()
    };
    let points = place(&sizes, &pairs, options.arrangement, &groups);
    (view, plates, points)
}

/// Draws. The same network and options give the same picture.
#[must_use]
pub fn draw(network: &Network, options: &PictureOptions) -> Picture {
    let palette = if options.dark { Palette::DARK } else { Palette::LIGHT };
    let (view, plates, points) = arrange(network, options);
    let sizes: Vec<Size> = plates.iter().map(|p| p.size).collect();
    let (mut routes, points, field) = page(network, &view, &plates, points, options);
    let heading = legend::heading(network, &view, options);
    let width = field.w.max(820.0) + 2.0 * legend::EDGE;
    let mut scene = Scene {
        width,
        height: 0.0,
        title: heading.title.clone(),
        description: heading.subtitle.clone(),
        paper: palette.paper,
        items: Vec::new(),
    };
    let top = legend::draw_heading(&mut scene, &heading, &palette);
    let shift = Point::new((width - field.w) / 2.0, top);
    let points: Vec<Point> = points.iter().map(|p| Point::new(p.x + shift.x, p.y + shift.y)).collect();
    for route in &mut routes {
        route.move_by(shift);
    }
    for (link, route) in view.links.iter().zip(&routes).rev() {
        route::draw(&mut scene, network, &view, link, route, &palette);
    }
    draw_labels(&mut scene, &view, &routes, &palette);
    for (i, plate) in plates.iter().enumerate() {
        draw_plate(&mut scene, network, &view, i, plate, points[i], options, &palette);
    }
    let y = top + field.h + 18.0;
    scene.height = legend::draw_legend(&mut scene, network, &view, options, &palette, y);
    let labels = routes.iter().filter_map(|r| r.label.as_ref().map(|l| (l.middle, l.size))).collect();
    Picture { scene, actors: points.into_iter().zip(sizes).collect(), view, labels }
}

/// The box of each actor: letters grow with the root of its strength.
fn plates(network: &Network, view: &View, options: &PictureOptions) -> Vec<Plate> {
    let own: Vec<f64> = view
        .actors
        .iter()
        .zip(&view.strength)
        .map(|(n, s)| {
            options
                .sizes
                .get(n.index())
                .copied()
                .filter(|v| v.is_finite())
                .unwrap_or(if options.sizes.is_empty() { *s } else { 0.0 })
                .max(0.0)
        })
        .collect();
    let most = own.iter().copied().fold(0.0, f64::max).max(1e-9);
    view.actors
        .iter()
        .zip(&own)
        .map(|(n, value)| {
            let actor = &network.graph[*n];
            let font = ((10.0 + 7.0 * (value / most).sqrt()) * 2.0).round() / 2.0;
            Plate::of(&actor.name, actor.kind, font)
        })
        .collect()
}

/// Routes the ties and moves everything so that the field begins at 0, 0.
fn page(network: &Network, view: &View, plates: &[Plate], points: Vec<Point>, options: &PictureOptions) -> (Vec<Route>, Vec<Point>, Size) {
    let mut routes = route::routes(view, plates, &points);
    if !options.bare {
        route::label(network, view, plates, &points, &mut routes);
    }
    let (mut l, mut t, mut r, mut b) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut reach = |p: Point, w: f64, h: f64| {
        l = l.min(p.x - w / 2.0);
        r = r.max(p.x + w / 2.0);
        t = t.min(p.y - h / 2.0);
        b = b.max(p.y + h / 2.0);
    };
    for (p, plate) in points.iter().zip(plates) {
        reach(*p, plate.size.w + 4.0, plate.size.h + 4.0);
    }
    for route in &routes {
        for p in route.samples() {
            reach(p, 4.0, 4.0);
        }
        if let Some(label) = &route.label {
            reach(label.middle, label.size.w, label.size.h);
        }
    }
    if points.is_empty() {
        return (routes, points, Size { w: 0.0, h: 40.0 });
    }
    for route in &mut routes {
        route.move_by(Point::new(-l, -t));
    }
    let points = points.iter().map(|p| Point::new(p.x - l, p.y - t)).collect();
    (routes, points, Size { w: r - l, h: b - t })
}

fn draw_labels(scene: &mut Scene, view: &View, routes: &[Route], palette: &Palette) {
    for (link, route) in view.links.iter().zip(routes) {
        let Some(label) = &route.label else { continue };
        scene.items.push(Item::Path {
            course: rounded(label.middle, label.size, 2.5),
            fill: Some(palette.paper),
            stroke: None,
            opacity: 0.9,
        });
        let color = palette.tone(link.tone).mix(palette.ink, 0.35);
        let high = label.lines.len() as f64 * route::LABEL_FONT * LINE;
        for (i, line) in label.lines.iter().enumerate() {
            let y = label.middle.y - high / 2.0 + (i as f64 + 0.8) * route::LABEL_FONT * LINE;
            scene.text(Point::new(label.middle.x, y), line.as_str(), route::LABEL_FONT, false, color, Anchor::Middle);
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn draw_plate(
    scene: &mut Scene,
    network: &Network,
    view: &View,
    i: usize,
    plate: &Plate,
    at: Point,
    options: &PictureOptions,
    palette: &Palette,
) {
    let node = view.actors[i];
    let actor = &network.graph[node];
    let style = palette.node(actor.kind);
    let mut title = format!("{} ({})", actor.name, kind_label(actor.kind));
    if actor.mentions > 0 {
        title.push_str(&format!(": {} mentions in {} documents", actor.mentions, actor.documents.len()));
    }
    scene.items.push(Item::Open { class: "actor", title });
    if let Some(group) = options.groups.get(node.index()).copied().flatten() {
        let size = Size { w: plate.size.w + 9.0, h: plate.size.h + 9.0 };
        let stroke = Stroke::solid(legend::group_color(group, palette), 2.6);
        scene.path(outline(plate.shape, at, size), Some(palette.paper), Some(stroke));
    }
    let dashes = if style.dashed { vec![3.0, 2.0] } else { Vec::new() };
    let stroke = Stroke { color: style.line, width: 1.1, dashes };
    scene.path(outline(plate.shape, at, plate.size), Some(style.fill), Some(stroke));
    let high = plate.lines.len() as f64 * plate.font * LINE;
    for (n, line) in plate.lines.iter().enumerate() {
        let y = at.y - high / 2.0 + (n as f64 + 0.83) * plate.font * LINE;
        scene.text(Point::new(at.x, y), line.as_str(), plate.font, plate.bold, style.text, Anchor::Middle);
    }
    scene.items.push(Item::Close);
}
