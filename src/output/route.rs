//! The lines of a picture: around boxes where they can, with arrowheads, and with a label where there is room.

use super::layout::{Point, Size};
use super::picture::Plate;
use super::scene::{Item, Scene, Segment, Stroke, inside, polygon};
use super::style::{Palette, Tone};
use super::typeset::{self, LINE};
use super::view::{self, Link, View};
use crate::network::Network;

/// Letter size of labels on ties.
pub(super) const LABEL_FONT: f64 = 9.0;
/// So many ties get a label at most.
const MOST_LABELS: usize = 120;
/// Steps along a curve when it is tested.
const STEPS: usize = 24;

/// The words on a tie.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) middle: Point,
    pub(super) size: Size,
    pub(super) lines: Vec<String>,
}

/// The course of a tie: a quadratic curve from rim to rim.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Route {
    from: Point,
    bend: Point,
    to: Point,
    pub(super) label: Option<Label>,
}

impl Route {
    fn at(&self, t: f64) -> Point {
        self.from.toward(self.bend, t).toward(self.bend.toward(self.to, t), t)
    }

    /// Points along it, both ends among them.
    pub(super) fn samples(&self) -> impl Iterator<Item = Point> + '_ {
        (0..=STEPS).map(|i| self.at(i as f64 / STEPS as f64))
    }

    /// Moves it.
    pub(super) fn move_by(&mut self, by: Point) {
        let moved = |p: Point| Point::new(p.x + by.x, p.y + by.y);
        (self.from, self.bend, self.to) = (moved(self.from), moved(self.bend), moved(self.to));
        if let Some(label) = &mut self.label {
            label.middle = moved(label.middle);
        }
    }

    /// The part between two shares of the way.
    fn part(&self, t: f64, u: f64) -> Self {
        let (from, to) = (self.at(t), self.at(u));
        // Blossom of the quadratic at (t, u).
        let bend = self.from.toward(self.bend, t).toward(self.bend.toward(self.to, t), u);
        Self { from, bend, to, label: None }
    }

    fn length(&self) -> f64 {
        let points: Vec<Point> = self.samples().collect();
        points.windows(2).map(|w| w[0].distance(w[1])).sum()
    }

    fn hits(&self, middle: Point, size: Size, margin: f64) -> bool {
        // The curve lies within the triangle of its three points.
        let ends = [self.from, self.bend, self.to];
        let span = |of: fn(&Point) -> f64| ends.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let ((l, r), (t, b)) = (span(|p| p.x), span(|p| p.y));
        let (half_w, half_h) = (size.w / 2.0 + margin, size.h / 2.0 + margin);
        if r <= middle.x - half_w || l >= middle.x + half_w || b <= middle.y - half_h || t >= middle.y + half_h {
            return false;
        }
        let mut before = self.from;
        self.samples().skip(1).any(|at| {
            let hit = super::layout::passes(before, at, middle, size, margin);
            before = at;
            hit
        })
    }
}

/// The course of every link, in their order: straight where that is free, else the bend that hides least.
pub(super) fn routes(view: &View, plates: &[Plate], points: &[Point]) -> Vec<Route> {
    let mut done: Vec<Route> = Vec::with_capacity(view.links.len());
    let careful = view.links.len() * view.actors.len() <= 60_000;
    for link in &view.links {
        let (p, q) = (points[link.a], points[link.b]);
        let length = p.distance(q).max(1.0);
        let (nx, ny) = (-(q.y - p.y) / length, (q.x - p.x) / length);
        let course = |share: f64| {
            let middle = p.toward(q, 0.5);
            let bend = Point::new(middle.x + nx * share * length, middle.y + ny * share * length);
            clipped(&Route { from: p, bend, to: q, label: None }, (plates, points), link)
        };
        let mut best = course(0.0);
        if careful {
            let mut least = f64::MAX;
            for share in [0.0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46] {
                let route = course(share);
                let mut cost = share.abs() * 3.0;
                for (i, plate) in plates.iter().enumerate() {
                    if i != link.a && i != link.b && route.hits(points[i], plate.size, 3.0) {
                        cost += 10.0;
                    }
                }
                if cost < least {
                    (best, least) = (route, cost);
                }
                if least <= share.abs() * 3.0 {
                    break;
                }
            }
        }
        done.push(best);
    }
    done
}

/// Cuts a course off at the rims of its two shapes, with a little air.
fn clipped(route: &Route, (plates, points): (&[Plate], &[Point]), link: &Link) -> Route {
    let within = |i: usize, t: f64| {
        let size = Size { w: plates[i].size.w + 5.0, h: plates[i].size.h + 5.0 };
        inside(plates[i].shape, points[i], size, route.at(t))
    };
    let search = |i: usize, mut low: f64, mut high: f64| {
        for _ in 0..24 {
            let middle = f64::midpoint(low, high);
            if within(i, middle) { low = middle } else { high = middle }
        }
        high
    };
    let start = search(link.a, 0.0, 0.5);
    let end = search(link.b, 1.0, 0.5);
    if start < end { route.part(start, end) } else { route.clone() }
}

/// Puts labels where they overlap no box and no other label, and cover few other lines; the strongest ties choose first.
pub(super) fn label(network: &Network, view: &View, plates: &[Plate], points: &[Point], routes: &mut [Route]) {
    let mut placed: Vec<(Point, Size)> = Vec::new();
    for i in 0..view.links.len().min(MOST_LABELS) {
        let mut found = None;
        for (most, wide) in [(2, 96.0), (1, 80.0)] {
            let text = view::label(network, &view.links[i], most);
            let lines = typeset::wrap(&text, wide, 2, LABEL_FONT, false);
            let w = lines.iter().map(|l| typeset::width(l, LABEL_FONT, false)).fold(0.0, f64::max) + 5.0;
            let size = Size { w, h: lines.len() as f64 * LABEL_FONT * LINE + 2.0 };
            if let Some(middle) = spot(i, size, (plates, points), routes, &placed) {
                found = Some(Label { middle, size, lines });
                break;
            }
        }
        if let Some(label) = &found {
            placed.push((label.middle, label.size));
        }
        routes[i].label = found;
    }
}

/// The best place along a route for a label, if there is one.
fn spot(i: usize, size: Size, (plates, points): (&[Plate], &[Point]), routes: &[Route], placed: &[(Point, Size)]) -> Option<Point> {
    let route = &routes[i];
    let length = route.length();
    let (dx, dy) = (route.to.x - route.from.x, route.to.y - route.from.y);
    let chord = dx.hypot(dy).max(1.0);
    // How much of the line it hides.
    let hidden = f64::min(size.w * chord / dx.abs().max(1e-6), size.h * chord / dy.abs().max(1e-6));
    if hidden > length * 0.62 {
        return None;
    }
    let mut best: Option<(f64, Point)> = None;
    for step in 0..15 {
        let t = 0.5 + f64::from((step + 1) / 2) * 0.04 * if step % 2 == 0 { 1.0 } else { -1.0 };
        let at = route.at(t);
        let ends = (hidden / 2.0 + 9.0) / length;
        if t < ends || t > 1.0 - ends {
            continue;
        }
        let clear = |p: Point, s: Size, margin: f64| {
            (p.x - at.x).abs() >= f64::midpoint(s.w, size.w) + margin || (p.y - at.y).abs() >= f64::midpoint(s.h, size.h) + margin
        };
        let free = points.iter().zip(plates).all(|(p, plate)| clear(*p, plate.size, 2.0)) && placed.iter().all(|(p, s)| clear(*p, *s, 2.0));
        if !free {
            continue;
        }
        let covered = routes.iter().enumerate().filter(|(j, r)| *j != i && r.hits(at, size, 0.0)).count();
        let cost = covered as f64 + (t - 0.5).abs();
        if covered <= 1 && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Draws a link's line and arrowheads.
pub(super) fn draw(scene: &mut Scene, network: &Network, view: &View, link: &Link, route: &Route, palette: &Palette) {
    let most = view.links.first().map_or(1.0, |l| l.strength).max(1e-9);
    let full = 0.9 + 2.3 * (link.strength / most).sqrt();
    // What merely belongs together stays behind what is done.
    let width = if link.tone == Tone::Structural { full * 0.7 } else { full };
    let color = palette.tone(link.tone);
    let color = if link.firm { color } else { color.mix(palette.paper, 0.25) };
    let name = |i: usize| &network.graph[view.actors[i]].name;
    let title = format!("{} – {}: {}", name(link.a), name(link.b), view::label(network, link, usize::MAX));
    scene.items.push(Item::Open { class: "link", title });
    let head = 5.5 + 1.9 * width;
    let (mut line, length) = (route.clone(), route.length().max(1e-6));
    // The line ends inside the arrowhead, so that its tip stays sharp.
    let back = (head * 0.7 / length).min(0.3);
    let (start, end) = (if link.backward { back } else { 0.0 }, if link.forward { 1.0 - back } else { 1.0 });
    line = line.part(start, end);
    let control = |end: Point| Point::new(end.x + (line.bend.x - end.x) * 2.0 / 3.0, end.y + (line.bend.y - end.y) * 2.0 / 3.0);
    let dashes = link.tone.dashes(link.firm).iter().map(|d| d * (0.6 + width * 0.35)).collect();
    scene.items.push(Item::Path {
        course: vec![Segment::Move(line.from), Segment::Curve(control(line.from), control(line.to), line.to)],
        fill: None,
        stroke: Some(Stroke { color, width, dashes }),
        opacity: 1.0,
    });
    let mut arrow = |tip: Point, t: f64| {
        let foot = route.at(t);
        let d = tip.distance(foot).max(1e-6);
        let (ux, uy) = ((tip.x - foot.x) / d, (tip.y - foot.y) / d);
        let base = Point::new(tip.x - ux * head, tip.y - uy * head);
        let half = head * 0.42;
        scene.path(
            polygon(&[tip, Point::new(base.x - uy * half, base.y + ux * half), Point::new(base.x + uy * half, base.y - ux * half)]),
            Some(color),
            None,
        );
    };
    let t = (head / length).min(0.4);
    if link.forward {
        arrow(route.to, 1.0 - t);
    }
    if link.backward {
        arrow(route.from, t);
    }
    scene.items.push(Item::Close);
}
