//! PNG of a scene, set in the crate's own font.

use std::io::{self, Write};

use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Stroke as Line, StrokeDash, Transform};
use ttf_parser::OutlineBuilder;

use super::layout::Point;
use super::scene::{Anchor, Item, Scene, Segment};
use super::style::Color;
use super::typeset;

/// Neither side of an image is longer than this.
const LONGEST: f64 = 16_000.0;

/// Writes it, `scale` pixels to a unit (2 is good for screens, 3 to 4 for print).
///
/// # Errors
/// What the sink answers; or that the picture is too large for the memory there is.
pub fn write(scene: &Scene, scale: f64, sink: &mut dyn Write) -> io::Result<()> {
    let scale = scale.min(LONGEST / scene.width.max(scene.height).max(1.0)).max(0.01);
    let size = |length: f64| (length * scale).ceil().max(1.0) as u32;
    let mut image = Pixmap::new(size(scene.width), size(scene.height)).ok_or_else(|| io::Error::other("the image is too large"))?;
    image.fill(tiny_skia::Color::from_rgba8(scene.paper.0, scene.paper.1, scene.paper.2, 255));
    let view = Transform::from_scale(scale as f32, scale as f32);
    for item in &scene.items {
        match item {
            Item::Path { course, fill, stroke, opacity } => {
                let Some(path) = path(course) else { continue };
                if let Some(color) = fill {
                    image.fill_path(&path, &paint(*color, *opacity), FillRule::Winding, view, None);
                }
                if let Some(stroke) = stroke {
                    let dashes: Vec<f32> = stroke.dashes.iter().map(|d| *d as f32).collect();
                    let line = Line { width: stroke.width as f32, dash: StrokeDash::new(dashes, 0.0), ..Line::default() };
                    image.stroke_path(&path, &paint(stroke.color, *opacity), &line, view, None);
                }
            }
            Item::Text { at, text, size, bold, color, anchor } => {
                if let Some(path) = letters(text, *at, *size, *bold, *anchor) {
                    image.fill_path(&path, &paint(*color, 1.0), FillRule::Winding, view, None);
                }
            }
            Item::Open { .. } | Item::Close => {}
        }
    }
    sink.write_all(&image.encode_png().map_err(io::Error::other)?)
}

fn paint(color: Color, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.0, color.1, color.2, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint.anti_alias = true;
    paint
}

fn path(course: &[Segment]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let f = |p: &Point| (p.x as f32, p.y as f32);
    for segment in course {
        match segment {
            Segment::Move(p) => builder.move_to(f(p).0, f(p).1),
            Segment::Line(p) => builder.line_to(f(p).0, f(p).1),
            Segment::Curve(a, b, p) => builder.cubic_to(f(a).0, f(a).1, f(b).0, f(b).1, f(p).0, f(p).1),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

/// Where a text begins, by its anchor.
pub(super) fn start(text: &str, at: Point, size: f64, bold: bool, anchor: Anchor) -> f64 {
    match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - typeset::width(text, size, bold) / 2.0,
        Anchor::End => at.x - typeset::width(text, size, bold),
    }
}

/// The outlines of a line of text.
fn letters(text: &str, at: Point, size: f64, bold: bool, anchor: Anchor) -> Option<Path> {
    let face = typeset::face(bold);
    let scale = size / f64::from(face.units_per_em());
    let mut pen = Pen { builder: PathBuilder::new(), x: start(text, at, size, bold, anchor), y: at.y, scale };
    for c in typeset::visual(text).chars() {
        if let Some(glyph) = face.glyph_index(c) {
            face.outline_glyph(glyph, &mut pen);
            pen.x += f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
        } else if !c.is_control() {
            // An empty box for what the font lacks.
            let (l, r, t) = (size * 0.12, size * 0.88, size * 0.72);
            let (x, y) = (pen.x, pen.y);
            if let Some(frame) = tiny_skia::Rect::from_ltrb((x + l) as f32, (y - t) as f32, (x + r) as f32, y as f32) {
                pen.builder.push_rect(frame);
                // The inside runs the other way round and stays empty.
                let w = size * 0.06;
                pen.builder.move_to((x + l + w) as f32, (y - t + w) as f32);
                pen.builder.line_to((x + l + w) as f32, (y - w) as f32);
                pen.builder.line_to((x + r - w) as f32, (y - w) as f32);
                pen.builder.line_to((x + r - w) as f32, (y - t + w) as f32);
                pen.builder.close();
            }
            pen.x += size;
        }
    }
    pen.builder.finish()
}

struct Pen {
    builder: PathBuilder,
    x: f64,
    y: f64,
    scale: f64,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        ((self.x + f64::from(x) * self.scale) as f32, (self.y - f64::from(y) * self.scale) as f32)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
