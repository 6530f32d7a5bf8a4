//! Makes a layout of moderate size easier to read: moves boxes one at a time where that saves crossings, lines under
//! boxes, sharp angles or length. Hill climbing with a fixed number of tries from a fixed seed.

use super::{MARGIN, Point, Scatter, Size};

/// Above so many boxes the layout stays as it is.
const MOST: usize = 160;
/// Work in all, in segment tests.
const WORK: usize = 18_000_000;

/// So much of a link should be seen, for its arrowheads and label.
const ROOM: f64 = 72.0;

struct State<'a> {
    points: &'a mut [Point],
    sizes: &'a [Size],
    links: &'a [(usize, usize)],
    of: Vec<Vec<usize>>,
    ideal: f64,
    middle: Point,
}

/// Refines in place; boxes that did not overlap do not overlap afterwards.
pub(super) fn refine(points: &mut [Point], sizes: &[Size], links: &[(usize, usize)]) {
    let n = points.len();
    if !(3..=MOST).contains(&n) || links.is_empty() {
        return;
    }
    let mut of = vec![Vec::new(); n];
    for (i, &(a, b)) in links.iter().enumerate() {
        of[a].push(i);
        of[b].push(i);
    }
    let mut lengths: Vec<f64> = links.iter().map(|&(a, b)| points[a].distance(points[b])).collect();
    lengths.sort_by(f64::total_cmp);
    let ideal = (lengths[lengths.len() / 2] * 0.9).clamp(110.0, 260.0);
    let middle = Point::new(points.iter().map(|p| p.x).sum::<f64>() / n as f64, points.iter().map(|p| p.y).sum::<f64>() / n as f64);
    let per_try = (2 * links.len() / n + 1) * (links.len() + n) * 2;
    let tries = (WORK / per_try.max(1)).clamp(500, 30_000);
    let mut state = State { points, sizes, links, of, ideal, middle };
    let mut scatter = Scatter::new(0xA7_1A5);
    for round in 0..tries {
        let i = scatter.below(n);
        let share = 1.0 - round as f64 / tries as f64;
        if scatter.below(6) == 0 {
            state.swap(i, scatter.below(n));
        } else {
            let reach = 30.0 + state.ideal * 2.2 * share;
            let (dx, dy) = (scatter.unit() * 2.0 - 1.0, scatter.unit() * 2.0 - 1.0);
            let from = state.points[i];
            // Half of the moves go near the middle of the neighbours.
            let base = if scatter.below(2) == 0 { from } else { state.neighbours_middle(i).unwrap_or(from) };
            state.shift(i, Point::new(base.x + dx * reach, base.y + dy * reach));
        }
    }
    // What a line still runs under looks further for a place.
    for _ in 0..2 {
        for i in 0..n {
            for _ in 0..250 {
                if !state.is_crossed(i) {
                    break;
                }
                let (reach, from) = (scatter.unit() * 3.0 * state.ideal, state.points[i]);
                let (dx, dy) = (scatter.unit() * 2.0 - 1.0, scatter.unit() * 2.0 - 1.0);
                state.shift(i, Point::new(from.x + dx * reach, from.y + dy * reach));
            }
        }
    }
}

impl State<'_> {
    /// Whether a link of others passes through a box.
    fn is_crossed(&self, i: usize) -> bool {
        self.links.iter().any(|&(a, b)| a != i && b != i && passes(self.points[a], self.points[b], self.points[i], self.sizes[i], 4.0))
    }

    fn neighbours_middle(&self, i: usize) -> Option<Point> {
        let count = self.of[i].len() as f64;
        if count == 0.0 {
            return None;
        }
        let (mut x, mut y) = (0.0, 0.0);
        for &l in &self.of[i] {
            let (a, b) = self.links[l];
            let other = self.points[if a == i { b } else { a }];
            x += other.x / count;
            y += other.y / count;
        }
        Some(Point::new(x, y))
    }

    fn shift(&mut self, i: usize, to: Point) {
        let from = self.points[i];
        let before = self.cost(i);
        self.points[i] = to;
        if self.collides(i) || self.cost(i) >= before {
            self.points[i] = from;
        }
    }

    fn swap(&mut self, i: usize, j: usize) {
        if i == j {
            return;
        }
        let before = self.cost(i) + self.cost(j);
        self.points.swap(i, j);
        if self.collides(i) || self.collides(j) || self.cost(i) + self.cost(j) >= before {
            self.points.swap(i, j);
        }
    }

    fn collides(&self, i: usize) -> bool {
        let (p, s) = (self.points[i], self.sizes[i]);
        self.points.iter().zip(self.sizes).enumerate().any(|(j, (q, t))| {
            j != i && (p.x - q.x).abs() < f64::midpoint(s.w, t.w) + MARGIN && (p.y - q.y).abs() < f64::midpoint(s.h, t.h) + MARGIN
        })
    }

    /// What a reader pays for where box `i` stands.
    fn cost(&self, i: usize) -> f64 {
        let mut cost = 0.0;
        let here = self.points[i];
        for &l in &self.of[i] {
            let (a, b) = self.links[l];
            let (p, q) = (self.points[a], self.points[b]);
            let length = p.distance(q);
            cost += 0.9 * (length / self.ideal - 1.0).powi(2).min(4.0) + 0.25 * length / self.ideal;
            let short = (1.0 - gap(p, self.sizes[a], q, self.sizes[b]) / ROOM).max(0.0);
            cost += 4.0 * short * short;
            for (m, &(c, d)) in self.links.iter().enumerate() {
                if m == l {
                    continue;
                }
                let (r, s) = (self.points[c], self.points[d]);
                if a == c || a == d {
                    cost += 0.8 * sharpness(p, q, if a == c { s } else { r });
                } else if b == c || b == d {
                    cost += 0.8 * sharpness(q, p, if b == c { s } else { r });
                } else if crosses(p, q, r, s) {
                    cost += 2.0;
                }
            }
            for (j, (spot, size)) in self.points.iter().zip(self.sizes).enumerate() {
                if j != a && j != b && passes(p, q, *spot, *size, 9.0) {
                    cost += 14.0;
                }
            }
        }
        for &(a, b) in self.links {
            if a != i && b != i && passes(self.points[a], self.points[b], here, self.sizes[i], 9.0) {
                cost += 14.0;
            }
        }
        cost + 0.12 * ((here.x - self.middle.x) / 1.5).hypot(here.y - self.middle.y) / self.ideal
    }
}

/// How much of the line between the middles of two boxes is seen between them.
fn gap(p: Point, a: Size, q: Point, b: Size) -> f64 {
    let (dx, dy) = ((p.x - q.x).abs().max(1e-9), (p.y - q.y).abs().max(1e-9));
    let length = dx.hypot(dy);
    let hidden = |s: Size| f64::min(s.w / 2.0 / dx, s.h / 2.0 / dy) * length;
    length - hidden(a) - hidden(b)
}

/// How close to one line two links run that share the end `hub`: 0 above some 20 degrees, 1 for the same line.
fn sharpness(hub: Point, one: Point, other: Point) -> f64 {
    let (ax, ay, bx, by) = (one.x - hub.x, one.y - hub.y, other.x - hub.x, other.y - hub.y);
    let dot = ax * bx + ay * by;
    let lengths = (ax * ax + ay * ay) * (bx * bx + by * by);
    // Most angles are wide: no root for those.
    if dot <= 0.0 || dot * dot < 0.88 * lengths {
        return 0.0;
    }
    ((dot / lengths.sqrt().max(1e-9) - 0.94) / 0.06).max(0.0)
}

/// Whether two segments cross.
fn crosses(p: Point, q: Point, r: Point, s: Point) -> bool {
    if p.x.max(q.x) < r.x.min(s.x) || r.x.max(s.x) < p.x.min(q.x) || p.y.max(q.y) < r.y.min(s.y) || r.y.max(s.y) < p.y.min(q.y) {
        return false;
    }
    let side = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    side(p, q, r) * side(p, q, s) < 0.0 && side(r, s, p) * side(r, s, q) < 0.0
}

/// Whether a segment passes through a box widened by `margin` (slab test).
pub(in super::super) fn passes(p: Point, q: Point, spot: Point, size: Size, margin: f64) -> bool {
    let (half_w, half_h) = (size.w / 2.0 + margin, size.h / 2.0 + margin);
    let beside = |a: f64, b: f64, middle: f64, half: f64| a.max(b) <= middle - half || a.min(b) >= middle + half;
    if beside(p.x, q.x, spot.x, half_w) || beside(p.y, q.y, spot.y, half_h) {
        return false;
    }
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (from, to, middle, half) in [(p.x, q.x, spot.x, half_w), (p.y, q.y, spot.y, half_h)] {
        let delta = to - from;
        if delta.abs() < 1e-12 {
            if (from - middle).abs() >= half {
                return false;
            }
            continue;
        }
        let (t, u) = ((middle - half - from) / delta, (middle + half - from) / delta);
        enter = enter.max(t.min(u));
        leave = leave.min(t.max(u));
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments() {
        let p = Point::new;
        assert!(crosses(p(0.0, 0.0), p(2.0, 2.0), p(0.0, 2.0), p(2.0, 0.0)));
        assert!(!crosses(p(0.0, 0.0), p(1.0, 0.0), p(0.0, 1.0), p(1.0, 1.0)));
        let size = Size { w: 2.0, h: 2.0 };
        assert!(passes(p(-5.0, 0.0), p(5.0, 0.0), p(0.0, 0.5), size, 0.0));
        assert!(!passes(p(-5.0, 0.0), p(5.0, 0.0), p(0.0, 1.5), size, 0.0));
        assert!(!passes(p(2.0, 0.0), p(5.0, 0.0), p(0.0, 0.0), size, 0.5));
    }

    #[test]
    fn a_crossing_is_undone() {
        let p = Point::new;
        let mut points = [p(0.0, 0.0), p(300.0, 300.0), p(300.0, 0.0), p(0.0, 300.0)];
        let sizes = [Size { w: 40.0, h: 20.0 }; 4];
        let links = [(0, 1), (2, 3), (0, 2)];
        refine(&mut points, &sizes, &links);
        assert!(!crosses(points[0], points[1], points[2], points[3]));
    }
}
