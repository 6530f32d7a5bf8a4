//! Circle and layers: arrangements that show groups.

use super::{MARGIN, Point, Size};

/// Boxes in order of group, and within it so that linked ones stand near each other.
fn order(n: usize, links: &[(usize, usize)], groups: &[usize]) -> Vec<usize> {
    let group = |i: usize| groups.get(i).copied().unwrap_or(0);
    let mut near = vec![Vec::new(); n];
    for &(a, b) in links {
        near[a].push(b);
        near[b].push(a);
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|i| (group(*i), *i));
    // Barycentre passes.
    for _ in 0..12 {
        let mut place = vec![0.0; n];
        for (at, &i) in order.iter().enumerate() {
            place[i] = at as f64;
        }
        let mean = |i: usize| {
            if near[i].is_empty() { place[i] } else { near[i].iter().map(|j| place[*j]).sum::<f64>() / near[i].len() as f64 }
        };
        order.sort_by(|a, b| group(*a).cmp(&group(*b)).then_with(|| mean(*a).total_cmp(&mean(*b))).then(a.cmp(b)));
    }
    order
}

/// Around a circle; wide boxes get more of it.
pub(super) fn circle(sizes: &[Size], links: &[(usize, usize)], groups: &[usize]) -> Vec<Point> {
    let order = order(sizes.len(), links, groups);
    let group = |i: usize| groups.get(i).copied().unwrap_or(0);
    let mut at = Vec::with_capacity(order.len());
    let mut length = 0.0;
    let mut before: Option<usize> = None;
    for &i in &order {
        let gap = if before.is_some_and(|b| group(b) != group(i)) { 60.0 } else { 0.0 };
        let room = (sizes[i].w * 0.55 + sizes[i].h * 0.6) + MARGIN + gap;
        at.push(length + gap + (room - gap) / 2.0);
        length += room;
        before = Some(i);
    }
    let radius = (length / std::f64::consts::TAU).max(120.0);
    let mut points = vec![Point::default(); sizes.len()];
    for (&i, along) in order.iter().zip(at) {
        let angle = along / length * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
        points[i] = Point::new(angle.cos() * radius * 1.35, angle.sin() * radius);
    }
    points
}

/// In rows, one or more per group, centred.
pub(super) fn layers(sizes: &[Size], links: &[(usize, usize)], groups: &[usize]) -> Vec<Point> {
    let order = order(sizes.len(), links, groups);
    let group = |i: usize| groups.get(i).copied().unwrap_or(0);
    let total: f64 = sizes.iter().map(|s| s.w + 3.0 * MARGIN).sum();
    let widest = (total * 60.0).sqrt().max(700.0);
    let mut rows: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut width = 0.0;
    for i in order {
        let own = sizes[i].w + 3.0 * MARGIN;
        match rows.last_mut() {
            Some((g, row)) if *g == group(i) && width + own <= widest => {
                row.push(i);
                width += own;
            }
            _ => {
                rows.push((group(i), vec![i]));
                width = own;
            }
        }
    }
    let mut points = vec![Point::default(); sizes.len()];
    let (mut y, mut before) = (0.0, None);
    for (g, row) in rows {
        y += if before == Some(g) { 30.0 } else { 95.0 };
        before = Some(g);
        let high = row.iter().map(|i| sizes[*i].h).fold(0.0, f64::max);
        let wide: f64 = row.iter().map(|i| sizes[*i].w + 3.0 * MARGIN).sum();
        let mut x = -wide / 2.0;
        for i in row {
            let own = sizes[i].w + 3.0 * MARGIN;
            points[i] = Point::new(x + own / 2.0, y + high / 2.0);
            x += own;
        }
        y += high;
    }
    points
}
