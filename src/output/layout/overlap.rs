//! Room for boxes: scales a layout to the boxes that stand on its points, then pushes overlapping ones apart.

use super::{Point, Size};

/// Free room around every box.
pub const MARGIN: f64 = 14.0;

/// Pairs of boxes that come closer than `margin`, by index. O(n log n) for boxes of like size.
#[must_use]
pub fn overlaps(points: &[Point], sizes: &[Size], margin: f64) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| (points[*a].x - sizes[*a].w / 2.0).total_cmp(&(points[*b].x - sizes[*b].w / 2.0)).then(a.cmp(b)));
    let mut out = Vec::new();
    for (i, &a) in order.iter().enumerate() {
        let right = points[a].x + sizes[a].w / 2.0 + margin;
        for &b in &order[i + 1..] {
            if points[b].x - sizes[b].w / 2.0 >= right {
                break;
            }
            if (points[a].y - points[b].y).abs() < f64::midpoint(sizes[a].h, sizes[b].h) + margin {
                out.push((a.min(b), a.max(b)));
            }
        }
    }
    out
}

/// Scales points in steps to points in picture units: so far that boxes and the lines between them have room.
pub(super) fn spread(points: &mut [Point], sizes: &[Size], links: &[(usize, usize)]) {
    let n = points.len();
    if n < 2 {
        return;
    }
    let area: f64 = sizes.iter().map(|s| (s.w + MARGIN) * (s.h + MARGIN)).sum();
    let (left, right) = span(points.iter().map(|p| p.x));
    let (top, bottom) = span(points.iter().map(|p| p.y));
    let (width, height) = ((right - left).max(0.5), (bottom - top).max(0.5));
    // A box is wider than high: the layout is too, by as much as makes the page a landscape one.
    let lean = (1.5 * height / width).clamp(0.85, 1.9);
    let share = if n > 400 { 0.32 } else { 0.17 };
    let scale = (area / share / (width * lean * height)).sqrt();
    let links_room = if n > 400 { 0.0 } else { 8.0 * (links.len() as f64 / n as f64) };
    let scale = scale + links_room;
    for p in points.iter_mut() {
        *p = Point::new((p.x - left) * scale * lean, (p.y - top) * scale);
    }
}

fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
}

/// Moves boxes until none comes closer to another than [`MARGIN`], each pair apart along the shorter way. Where pushing
/// does not settle, the whole is stretched a little and pushed again, so that it ends.
pub(super) fn remove(points: &mut [Point], sizes: &[Size]) {
    for round in 0..400 {
        for sweep in 0..30 {
            let pairs = overlaps(points, sizes, MARGIN);
            if pairs.is_empty() {
                return;
            }
            // Later sweeps push harder, so that trains of boxes settle.
            let force = 0.55 + 0.01 * f64::from(sweep);
            for (a, b) in pairs {
                let dx = points[b].x - points[a].x;
                let dy = points[b].y - points[a].y;
                let over_x = f64::midpoint(sizes[a].w, sizes[b].w) + MARGIN - dx.abs();
                let over_y = f64::midpoint(sizes[a].h, sizes[b].h) + MARGIN - dy.abs();
                if over_x <= 0.0 || over_y <= 0.0 {
                    continue;
                }
                if over_x < over_y {
                    let push = (over_x * force + 0.05) * if dx < 0.0 { -1.0 } else { 1.0 };
                    points[a].x -= push;
                    points[b].x += push;
                } else {
                    let push = (over_y * force + 0.05) * if dy < 0.0 { -1.0 } else { 1.0 };
                    points[a].y -= push;
                    points[b].y += push;
                }
            }
        }
        let stretch = if round < 50 { 1.03 } else { 1.25 };
        for (i, p) in points.iter_mut().enumerate() {
            // Points in the same spot part by their index.
            *p = Point::new(p.x * stretch + i as f64 * 1e-3, p.y * stretch + (i % 7) as f64 * 1e-3);
        }
    }
}
