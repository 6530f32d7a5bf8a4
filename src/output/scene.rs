//! A picture before it is SVG, PNG or PDF: filled and stroked paths and lines of text on a page.

use super::layout::{Point, Size};
use super::style::{Color, Shape};

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts here.
    Move(Point),
    /// Straight on to.
    Line(Point),
    /// Bent by two control points on to.
    Curve(Point, Point, Point),
    /// Back to the start.
    Close,
}

/// A line along a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: f64,
    /// Lengths of dash and gap; empty for a whole line.
    pub dashes: Vec<f64>,
}

impl Stroke {
    /// A whole line.
    #[must_use]
    pub const fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dashes: Vec::new() }
    }
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its begin.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A path.
    Path {
        /// Its course.
        course: Vec<Segment>,
        /// Inside.
        fill: Option<Color>,
        /// Along it.
        stroke: Option<Stroke>,
        /// 0 to 1.
        opacity: f64,
    },
    /// One line of text.
    Text {
        /// Place of its anchor, on the base line.
        at: Point,
        /// The text.
        text: String,
        /// Its size.
        size: f64,
        /// Whether it is bold.
        bold: bool,
        /// Its colour.
        color: Color,
        /// Its anchor.
        anchor: Anchor,
    },
    /// Opens a group with a title that a reader sees on pointing at it.
    Open {
        /// What the group is (`actor`, `link`, `legend`).
        class: &'static str,
        /// The title.
        title: String,
    },
    /// Closes the last group opened.
    Close,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it shows, for readers and screen readers.
    pub title: String,
    /// The same in a sentence or two.
    pub description: String,
    /// The paper.
    pub paper: Color,
    /// What is on it, the later over the earlier.
    pub items: Vec<Item>,
}

impl Scene {
    /// Adds a line of text.
    pub fn text(&mut self, at: Point, text: impl Into<String>, size: f64, bold: bool, color: Color, anchor: Anchor) {
        self.items.push(Item::Text { at, text: text.into(), size, bold, color, anchor });
    }

    /// Adds a path.
    pub fn path(&mut self, course: Vec<Segment>, fill: Option<Color>, stroke: Option<Stroke>) {
        self.items.push(Item::Path { course, fill, stroke, opacity: 1.0 });
    }

    /// Adds a straight line.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.path(vec![Segment::Move(from), Segment::Line(to)], None, Some(stroke));
    }
}

/// A closed path through points.
#[must_use]
pub fn polygon(points: &[Point]) -> Vec<Segment> {
    let mut out: Vec<Segment> =
        points.iter().enumerate().map(|(i, p)| if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) }).collect();
    out.push(Segment::Close);
    out
}

/// A box with round corners around its middle.
#[must_use]
pub fn rounded(middle: Point, size: Size, radius: f64) -> Vec<Segment> {
    let (l, r, t, b) = (middle.x - size.w / 2.0, middle.x + size.w / 2.0, middle.y - size.h / 2.0, middle.y + size.h / 2.0);
    let q = radius.min(size.w / 2.0).min(size.h / 2.0);
    let k = q * 0.447_715;
    let p = Point::new;
    vec![
        Segment::Move(p(l + q, t)),
        Segment::Line(p(r - q, t)),
        Segment::Curve(p(r - k, t), p(r, t + k), p(r, t + q)),
        Segment::Line(p(r, b - q)),
        Segment::Curve(p(r, b - k), p(r - k, b), p(r - q, b)),
        Segment::Line(p(l + q, b)),
        Segment::Curve(p(l + k, b), p(l, b - k), p(l, b - q)),
        Segment::Line(p(l, t + q)),
        Segment::Curve(p(l, t + k), p(l + k, t), p(l + q, t)),
        Segment::Close,
    ]
}

/// The outline of a shape around its middle.
#[must_use]
pub fn outline(shape: Shape, middle: Point, size: Size) -> Vec<Segment> {
    let (l, r, t, b) = (middle.x - size.w / 2.0, middle.x + size.w / 2.0, middle.y - size.h / 2.0, middle.y + size.h / 2.0);
    let p = Point::new;
    let lean = (size.h * 0.32).min(size.w / 4.0);
    match shape {
        Shape::Rounded => rounded(middle, size, 5.0),
        Shape::Pill | Shape::Ellipse => {
            if shape == Shape::Pill {
                return rounded(middle, size, size.h / 2.0);
            }
            let (kx, ky) = (size.w / 2.0 * 0.552_285, size.h / 2.0 * 0.552_285);
            vec![
                Segment::Move(p(l, middle.y)),
                Segment::Curve(p(l, middle.y - ky), p(middle.x - kx, t), p(middle.x, t)),
                Segment::Curve(p(middle.x + kx, t), p(r, middle.y - ky), p(r, middle.y)),
                Segment::Curve(p(r, middle.y + ky), p(middle.x + kx, b), p(middle.x, b)),
                Segment::Curve(p(middle.x - kx, b), p(l, middle.y + ky), p(l, middle.y)),
                Segment::Close,
            ]
        }
        Shape::Box => polygon(&[p(l, t), p(r, t), p(r, b), p(l, b)]),
        Shape::Hexagon => polygon(&[p(l, middle.y), p(l + lean, t), p(r - lean, t), p(r, middle.y), p(r - lean, b), p(l + lean, b)]),
        Shape::Octagon => {
            let c = 5.5;
            polygon(&[p(l, t + c), p(l + c, t), p(r - c, t), p(r, t + c), p(r, b - c), p(r - c, b), p(l + c, b), p(l, b - c)])
        }
        Shape::Parallelogram => polygon(&[p(l + lean, t), p(r, t), p(r - lean, b), p(l, b)]),
        Shape::Trapezium => polygon(&[p(l + lean, t), p(r - lean, t), p(r, b), p(l, b)]),
        Shape::Note => polygon(&[p(l, t), p(r - 8.0, t), p(r, t + 8.0), p(r, b), p(l, b)]),
        Shape::Flag => polygon(&[p(l, t), p(r - lean, t), p(r, middle.y), p(r - lean, b), p(l, b)]),
    }
}

/// Whether a point lies inside a shape (its corners taken as they are, curves by their formula).
#[must_use]
pub fn inside(shape: Shape, middle: Point, size: Size, at: Point) -> bool {
    let (x, y) = ((at.x - middle.x) / (size.w / 2.0), (at.y - middle.y) / (size.h / 2.0));
    match shape {
        Shape::Ellipse => x * x + y * y <= 1.0,
        Shape::Pill => {
            let radius = size.h / 2.0;
            let straight = (size.w / 2.0 - radius).max(0.0);
            let dx = ((at.x - middle.x).abs() - straight).max(0.0);
            dx.hypot(at.y - middle.y) <= radius
        }
        Shape::Rounded | Shape::Box | Shape::Octagon | Shape::Note => x.abs() <= 1.0 && y.abs() <= 1.0,
        Shape::Hexagon | Shape::Parallelogram | Shape::Trapezium | Shape::Flag => {
            let lean = (size.h * 0.32).min(size.w / 4.0) / (size.w / 2.0);
            let (left, right) = match shape {
                Shape::Hexagon => (-1.0 + lean * y.abs(), 1.0 - lean * y.abs()),
                Shape::Parallelogram => (-1.0 + lean * (1.0 - y) / 2.0, 1.0 - lean * (1.0 + y) / 2.0),
                Shape::Trapezium => (-1.0 + lean * (1.0 - y) / 2.0, 1.0 - lean * (1.0 - y) / 2.0),
                _ => (-1.0, 1.0 - lean * y.abs()),
            };
            y.abs() <= 1.0 && x >= left && x <= right
        }
    }
}
