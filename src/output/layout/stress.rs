//! Stress layout by stochastic gradient descent over pairs, after Zheng, Pawar and Goodman, "Graph drawing by stochastic
//! gradient descent" (IEEE TVCG 2018), with a fixed seed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Point, Scatter};

/// Up to so many points every pair counts.
const ALL_PAIRS: usize = 2500;
/// Passes over the pairs; of more than [`MANY`] points half of them do.
const PASSES: usize = 32;
/// More points than this are many.
const MANY: usize = 700;

struct Pair {
    a: u32,
    b: u32,
    distance: f32,
    weight: f32,
}

/// Points in units of one step, wider than high. O(n²).
pub(super) fn layout(n: usize, links: &[(usize, usize)]) -> Vec<Point> {
    let mut scatter = Scatter::new(0x5002_EA17);
    let radius = (n as f64).sqrt();
    let mut points: Vec<Point> = (0..n).map(|_| Point::new(scatter.unit() * radius, scatter.unit() * radius)).collect();
    if n < 2 {
        return points;
    }
    let mut pairs = pairs(n, links);
    let (mut least, mut greatest) = (f64::MAX, 0.0_f64);
    for pair in &pairs {
        least = least.min(f64::from(pair.weight));
        greatest = greatest.max(f64::from(pair.weight));
    }
    let (first, last) = (1.0 / least, 0.1 / greatest);
    let passes = if n > MANY { PASSES / 2 } else { PASSES };
    let fall = (last / first).ln() / (passes - 1) as f64;
    for pass in 0..passes {
        let rate = first * (fall * pass as f64).exp();
        for i in (1..pairs.len()).rev() {
            let j = scatter.below(i + 1);
            pairs.swap(i, j);
        }
        for pair in &pairs {
            let (a, b) = (pair.a as usize, pair.b as usize);
            let (p, q) = (points[a], points[b]);
            let (dx, dy) = (p.x - q.x, p.y - q.y);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            let step = (f64::from(pair.weight) * rate).min(1.0) * (length - f64::from(pair.distance)) / (2.0 * length);
            points[a] = Point::new(p.x - dx * step, p.y - dy * step);
            points[b] = Point::new(q.x + dx * step, q.y + dy * step);
        }
    }
    lie_down(&mut points);
    points
}

/// Distances of pairs: steps in the network, a step between two hubs being longer; what is not connected stands apart.
fn pairs(n: usize, links: &[(usize, usize)]) -> Vec<Pair> {
    let mut near: Vec<Vec<(usize, u32)>> = vec![Vec::new(); n];
    for &(a, b) in links {
        near[a].push((b, 0));
        near[b].push((a, 0));
    }
    for list in &mut near {
        list.sort_unstable();
        list.dedup();
    }
    let degree: Vec<usize> = near.iter().map(Vec::len).collect();
    for (a, list) in near.iter_mut().enumerate() {
        for (b, length) in list {
            // In eighths of a step.
            *length = 8 + (4.0 * ((degree[a].min(degree[*b])) as f64).ln()).round() as u32;
        }
    }
    let mut pairs = Vec::new();
    let push = |pairs: &mut Vec<Pair>, a: usize, b: usize, eighths: u32, apart: f32| {
        let joined = eighths != u32::MAX;
        let distance = if joined { eighths as f32 / 8.0 } else { apart };
        let weight = if joined { 1.0 } else { 0.2 } / (distance * distance);
        pairs.push(Pair { a: a as u32, b: b as u32, distance, weight });
    };
    let apart = 1.2 + (n as f32).sqrt() * 0.55;
    if n <= ALL_PAIRS {
        for a in 0..n {
            let far = distances(a, &near);
            for (b, &d) in far.iter().enumerate().skip(a + 1) {
                push(&mut pairs, a, b, d, apart);
            }
        }
        return pairs;
    }
    for (a, list) in near.iter().enumerate() {
        for &(b, length) in list.iter().filter(|(b, _)| *b > a) {
            push(&mut pairs, a, b, length, apart);
        }
    }
    let mut nearest = vec![u32::MAX; n];
    let mut pivot = (0..n).max_by_key(|i| (degree[*i], Reverse(*i))).unwrap_or(0);
    for _ in 0..40 {
        let far = distances(pivot, &near);
        for (b, &d) in far.iter().enumerate().filter(|(b, _)| *b != pivot) {
            push(&mut pairs, pivot, b, d, apart);
            nearest[b] = nearest[b].min(d);
        }
        nearest[pivot] = 0;
        pivot = (0..n).max_by_key(|i| (nearest[*i], Reverse(*i))).unwrap_or(0);
    }
    pairs
}

/// Dijkstra's distances from one node; `u32::MAX` where there is no way.
fn distances(from: usize, near: &[Vec<(usize, u32)>]) -> Vec<u32> {
    let mut far = vec![u32::MAX; near.len()];
    let mut queue = BinaryHeap::from([Reverse((0_u32, from))]);
    far[from] = 0;
    while let Some(Reverse((d, a))) = queue.pop() {
        if d > far[a] {
            continue;
        }
        for &(b, length) in &near[a] {
            if d + length < far[b] {
                far[b] = d + length;
                queue.push(Reverse((d + length, b)));
            }
        }
    }
    far
}

/// Turns the cloud so that its long axis is level, and centres it.
fn lie_down(points: &mut [Point]) {
    let n = points.len() as f64;
    let (mx, my) = (points.iter().map(|p| p.x).sum::<f64>() / n, points.iter().map(|p| p.y).sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for p in points.iter() {
        let (x, y) = (p.x - mx, p.y - my);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    let half = f64::midpoint(xx, yy);
    let root = ((xx - yy) / 2.0).hypot(xy);
    let (mut ax, mut ay) = (xy, half + root - xx);
    if ax.hypot(ay) < 1e-9 {
        (ax, ay) = if xx >= yy { (1.0, 0.0) } else { (0.0, 1.0) };
    }
    let length = ax.hypot(ay);
    let (c, s) = (ax / length, ay / length);
    for p in points.iter_mut() {
        let (x, y) = (p.x - mx, p.y - my);
        *p = Point::new(x * c + y * s, y * c - x * s);
    }
}
