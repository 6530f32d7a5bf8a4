//! The Leiden algorithm.

use std::collections::VecDeque;

use super::by_size;
use super::modularity::{Ties, modularity};
use crate::analysis::csr::{Rows, narrow};
use crate::analysis::parallel::each;
use crate::analysis::random::Random;

/// How communities are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// γ of the modularity: higher gives more and smaller groups.
    pub resolution: f64,
    /// At most so many passes over the whole network; it ends sooner when a pass changes nothing.
    pub passes: usize,
    /// In how many orders nodes are tried, the best result of which counts; `None`: as many as small networks can afford, 1 for
    /// large ones.
    pub starts: Option<usize>,
    /// A pass that gains less modularity than this is the last; `None`: 0.005 for large networks, tried in one order only; else 0.
    pub least_gain: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self { resolution: 1.0, passes: 20, starts: None, least_gain: None }
    }
}

/// Groups of high [signed modularity](super::modularity()): the group of every node, numbered by size.
///
/// Deterministic: where the original draws lots, nodes are tried in fixed orders and the best group with the lowest number is
/// chosen. A node joins only groups to which its ties are friendly on balance, and every group holds together by friendly
/// ties: common enemies alone make none.
///
/// Traag, Waltman, van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Sci. Rep. 9 (2019). About
/// O(m) per level and pass.
///
/// ```
/// use suzerain::analysis::{Graph, communities::{Options, Ties, leiden}};
/// let two = Graph::undirected(4, &[(0, 1, 1.0), (2, 3, 1.0)]);
/// assert_eq!(leiden(&Ties::unsigned(&two), &Options::default()), [0, 0, 1, 1]);
/// ```
#[must_use]
pub fn leiden(ties: &Ties, options: &Options) -> Vec<usize> {
    let n = ties.friendly.len();
    let size = n + ties.friendly.arc_count() + ties.hostile.arc_count();
    let starts = options.starts.unwrap_or(100_000 / size.max(1)).clamp(1, 50);
    // The best, of equals the first.
    let mut best: Option<(f64, Vec<usize>)> = None;
    let least_gain = options.least_gain.unwrap_or(if starts == 1 { 0.005 } else { 0.0 });
    for group in each(starts, |start| one_start(ties, options, start, least_gain)) {
        let score = modularity(ties, &group, options.resolution);
        if best.as_ref().is_none_or(|b| score > b.0 + EPSILON) {
            best = Some((score, group));
        }
    }
    best.map(|b| b.1).unwrap_or_default()
}

/// The groups found when nodes are tried in one order: their own for the first start, a shuffled one for the others.
fn one_start(ties: &Ties, options: &Options, start: usize, least_gain: f64) -> Vec<usize> {
    let n = ties.friendly.len();
    let mut order: Vec<usize> = (0..n).collect();
    if start > 0 {
        Random::of_task(0x1e1d, start).shuffle(&mut order);
    }
    let mut group: Vec<usize> = (0..n).collect();
    let mut score = f64::NEG_INFINITY;
    for _ in 0..options.passes {
        let before = by_size(&group);
        group = pass(ties, group, options.resolution, &order);
        let new = modularity(ties, &group, options.resolution);
        if by_size(&group) == before || new - score < least_gain {
            break;
        }
        score = new;
    }
    by_size(&whole(ties, &group))
}

/// Splits what no friendly tie holds together: common enemies alone make no group.
fn whole(ties: &Ties, group: &[usize]) -> Vec<usize> {
    let mut part = vec![usize::MAX; group.len()];
    let mut stack = Vec::new();
    for v in 0..group.len() {
        stack.push(v);
        while let Some(w) = stack.pop() {
            if part[w] != usize::MAX {
                continue;
            }
            part[w] = v;
            let near = ties.friendly.of(narrow(w)).iter().map(|&u| u as usize);
            stack.extend(near.filter(|&u| group[u] == group[v] && part[u] == usize::MAX));
        }
    }
    compact(&part)
}

/// One pass: moving, refining and joining, level upon level, from the groups given.
fn pass(ties: &Ties, group: Vec<usize>, resolution: f64, order: &[usize]) -> Vec<usize> {
    let mut level = Level::new(ties, resolution);
    let mut group = compact(&group);
    // The node of the level at hand that each node of the network has become part of.
    let mut part: Vec<usize> = (0..group.len()).collect();
    let mut order = order.to_vec();
    loop {
        level.move_nodes(&mut group, &order);
        group = compact(&group);
        let count = group.iter().max().map_or(0, |m| m + 1);
        if count == level.len() {
            break;
        }
        let refined = compact(&level.refine(&group));
        let parts = refined.iter().max().map_or(0, |m| m + 1);
        if parts == level.len() {
            break;
        }
        let mut next_group = vec![0; parts];
        for (v, &p) in refined.iter().enumerate() {
            next_group[p] = group[v];
        }
        level = level.join(&refined, parts);
        for p in &mut part {
            *p = refined[*p];
        }
        group = next_group;
        order = (0..parts).collect();
    }
    part.into_iter().map(|p| group[p]).collect()
}

/// Numbers groups by their first member.
fn compact(group: &[usize]) -> Vec<usize> {
    let mut name = vec![usize::MAX; group.iter().max().map_or(0, |m| m + 1)];
    let mut count = 0_usize;
    group
        .iter()
        .map(|&g| {
            if name[g] == usize::MAX {
                name[g] = count;
                count += 1;
            }
            name[g]
        })
        .collect()
}

/// Gains nearer than this are alike.
const EPSILON: f64 = 1e-12;

/// The network at one level of joining.
struct Level {
    /// Friendly less hostile weight: what the two ends gain by being together, before chance is taken off.
    net: Rows,
    /// Friendly and hostile strength of each node.
    strength: Vec<[f64; 2]>,
    /// γ over twice the friendly and hostile weight; 0 where there is none.
    scale: [f64; 2],
}

impl Level {
    fn new(ties: &Ties, resolution: f64) -> Self {
        let n = ties.friendly.len();
        let sums = |rows: &Rows| -> Vec<f64> { (0..n).map(|v| rows.weights(narrow(v)).iter().sum()).collect() };
        let (plus, minus) = (sums(&ties.friendly), sums(&ties.hostile));
        let scale = |s: &[f64]| {
            let all: f64 = s.iter().sum();
            if all > 0.0 { resolution / all } else { 0.0 }
        };
        let scale = [scale(&plus), scale(&minus)];
        let mut arcs: Vec<(u32, u32, f64)> = ties.friendly.arcs().collect();
        arcs.extend(ties.hostile.arcs().map(|(a, b, w)| (a, b, -w)));
        Self { net: Rows::new(n, &arcs), strength: plus.into_iter().zip(minus).map(|(p, m)| [p, m]).collect(), scale }
    }

    fn len(&self) -> usize {
        self.strength.len()
    }

    /// What a node gains by joining a group: net weight to it, less what chance gives.
    #[inline]
    fn gain(&self, net: f64, own: [f64; 2], group: [f64; 2]) -> f64 {
        net - self.scale[0] * own[0] * group[0] + self.scale[1] * own[1] * group[1]
    }

    /// Fast local moving: nodes go to the best of their neighbours' groups, or to none, until nobody wants to.
    fn move_nodes(&self, group: &mut [usize], order: &[usize]) {
        let n = self.len();
        let mut total = vec![[0.0; 2]; n];
        let mut size = vec![0_usize; n];
        for v in 0..n {
            add(&mut total[group[v]], self.strength[v], 1.0);
            size[group[v]] += 1;
        }
        let mut empty: Vec<usize> = (0..n).rev().filter(|&g| size[g] == 0).collect();
        let mut queue: VecDeque<usize> = order.iter().copied().collect();
        let mut waiting = vec![true; n];
        let mut near = Near::new(n);
        // Rounding could send a node to and fro for ever.
        let mut left = n.saturating_mul(100);
        while let Some(v) = queue.pop_front()
            && left > 0
        {
            left -= 1;
            waiting[v] = false;
            let (own, strength) = (group[v], self.strength[v]);
            add(&mut total[own], strength, -1.0);
            size[own] -= 1;
            if size[own] == 0 {
                total[own] = [0.0; 2];
            }
            near.gather(self.net.row(narrow(v)).map(|(w, weight)| (group[w as usize], weight)));
            let mut best = (self.gain(near.net[own], strength, total[own]), own);
            if best.0 < -EPSILON && size[own] > 0 {
                // Alone: worth 0.
                best = (0.0, empty.last().copied().unwrap_or(own));
            }
            for &g in &near.met {
                let net = near.net[g];
                if net > 0.0 && g != own {
                    let gain = self.gain(net, strength, total[g]);
                    if gain > best.0 + EPSILON || (gain > best.0 - EPSILON && g < best.1 && best.1 != own) {
                        best = (gain, g);
                    }
                }
            }
            near.clear();
            let new = best.1;
            add(&mut total[new], strength, 1.0);
            if new != own {
                if size[new] == 0 {
                    empty.pop();
                }
                if size[own] == 0 {
                    empty.push(own);
                }
                group[v] = new;
                for &w in self.net.of(narrow(v)) {
                    let w = w as usize;
                    if !waiting[w] && group[w] != new {
                        waiting[w] = true;
                        queue.push_back(w);
                    }
                }
            }
            size[new] += 1;
        }
    }

    /// Splits every group into parts that hold together: nodes, each alone at first, join the best part of their group
    /// that they gain by, if both are well tied to the group.
    fn refine(&self, group: &[usize]) -> Vec<usize> {
        let n = self.len();
        let mut whole = vec![[0.0; 2]; n];
        for v in 0..n {
            add(&mut whole[group[v]], self.strength[v], 1.0);
        }
        let mut part: Vec<usize> = (0..n).collect();
        let mut total = self.strength.clone();
        let mut size = vec![1_usize; n];
        // Net weight from each part to the rest of its group.
        let mut outward: Vec<f64> = (0..n)
            .map(|v| self.net.row(narrow(v)).filter(|(w, _)| group[*w as usize] == group[v]).map(|(_, weight)| weight).sum())
            .collect();
        let mut near = Near::new(n);
        let well_tied =
            |outward: f64, own: [f64; 2], whole: [f64; 2]| self.gain(outward, own, [whole[0] - own[0], whole[1] - own[1]]) >= -EPSILON;
        for v in 0..n {
            if size[part[v]] != 1 || part[v] != v || !well_tied(outward[v], self.strength[v], whole[group[v]]) {
                continue;
            }
            let inside = self.net.row(narrow(v)).filter(|(w, _)| group[*w as usize] == group[v]);
            near.gather(inside.map(|(w, weight)| (part[w as usize], weight)));
            let mut best = (EPSILON, v);
            for &p in &near.met {
                let net = near.net[p];
                if net > 0.0 && p != v && well_tied(outward[p], total[p], whole[group[v]]) {
                    let gain = self.gain(net, self.strength[v], total[p]);
                    if gain > best.0 + EPSILON || (gain > best.0 - EPSILON && best.1 != v && p < best.1) {
                        best = (gain, p);
                    }
                }
            }
            let new = best.1;
            if new != v {
                outward[new] += outward[v] - 2.0 * near.net[new];
                add(&mut total[new], self.strength[v], 1.0);
                size[new] += 1;
                size[v] = 0;
                part[v] = new;
            }
            near.clear();
        }
        part
    }

    /// The network of parts.
    fn join(&self, part: &[usize], count: usize) -> Self {
        let arcs: Vec<(u32, u32, f64)> = self.net.arcs().map(|(a, b, w)| (narrow(part[a as usize]), narrow(part[b as usize]), w)).collect();
        let mut strength = vec![[0.0; 2]; count];
        for (v, &p) in part.iter().enumerate() {
            add(&mut strength[p], self.strength[v], 1.0);
        }
        Self { net: Rows::new(count, &arcs), strength, scale: self.scale }
    }
}

/// Net weight from one node to each group near it.
struct Near {
    net: Vec<f64>,
    known: Vec<bool>,
    met: Vec<usize>,
}

impl Near {
    fn new(n: usize) -> Self {
        Self { net: vec![0.0; n], known: vec![false; n], met: Vec::new() }
    }

    fn gather(&mut self, ties: impl Iterator<Item = (usize, f64)>) {
        for (g, weight) in ties {
            if !std::mem::replace(&mut self.known[g], true) {
                self.met.push(g);
            }
            self.net[g] += weight;
        }
    }

    fn clear(&mut self) {
        for g in self.met.drain(..) {
            self.net[g] = 0.0;
            self.known[g] = false;
        }
    }
}

fn add(sum: &mut [f64; 2], more: [f64; 2], times: f64) {
    sum[0] += times * more[0];
    sum[1] += times * more[1];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::csr::Graph;
    use crate::analysis::fixtures::{complete, disconnected, empty, single};

    fn groups(graph: &Graph) -> Vec<usize> {
        leiden(&Ties::unsigned(graph), &Options::default())
    }

    /// Cliques of five in a ring, each tied to the next by one edge.
    fn ring_of_cliques(count: u32) -> Graph {
        let mut edges = Vec::new();
        for c in 0..count {
            for a in 0..5 {
                edges.extend((0..a).map(|b| (5 * c + a, 5 * c + b, 1.0)));
            }
            edges.push((5 * c, (5 * c + 6) % (5 * count), 1.0));
        }
        Graph::undirected(5 * count as usize, &edges)
    }

    #[test]
    fn finds_what_is_plain_to_see() {
        assert_eq!(groups(&disconnected()), [0, 0, 0, 1, 1, 1]);
        assert_eq!(groups(&complete(6)), [0; 6]);
        assert_eq!(groups(&single()), [0]);
        assert!(groups(&empty()).is_empty());
        let expected: Vec<usize> = (0..40).map(|v| v / 5).collect();
        assert_eq!(groups(&ring_of_cliques(8)), expected);
    }

    #[test]
    fn enemies_part() {
        // Everybody is tied to everybody: friends within {0,1,2} and {3,4,5}, foes across.
        let (mut plus, mut minus) = (Vec::new(), Vec::new());
        for a in 0..6_u32 {
            for b in 0..a {
                if (a < 3) == (b < 3) { plus.push((a, b, 1.0)) } else { minus.push((a, b, 1.0)) }
            }
        }
        let ties = Ties { friendly: Graph::undirected(6, &plus).out, hostile: Graph::undirected(6, &minus).out };
        assert_eq!(leiden(&ties, &Options::default()), [0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn groups_hold_together_and_nobody_wants_to_leave() {
        let mut random = Random::new(5);
        for _ in 0..30 {
            let mut draw = |m: usize| -> Vec<(u32, u32, f64)> {
                (0..m).map(|_| (random.below(40) as u32, random.below(40) as u32, 1.0 + random.below(4) as f64)).collect()
            };
            let ties = Ties { friendly: Graph::undirected(40, &draw(70)).out, hostile: Graph::undirected(40, &draw(30)).out };
            let group = leiden(&ties, &Options::default());
            let score = modularity(&ties, &group, 1.0);
            for v in 0..40 {
                let mut moved = group.clone();
                for &w in ties.friendly.of(v as u32) {
                    moved[v] = group[w as usize];
                    let to =
                        |rows: &Rows| -> f64 { rows.row(v as u32).filter(|(u, _)| group[*u as usize] == moved[v]).map(|(_, w)| w).sum() };
                    assert!(to(&ties.friendly) <= to(&ties.hostile) || modularity(&ties, &moved, 1.0) <= score + 1e-9);
                }
            }
            for g in 0..=*group.iter().max().unwrap() {
                let own: Vec<(u32, u32, f64)> =
                    ties.friendly.arcs().filter(|(a, b, _)| group[*a as usize] == g && group[*b as usize] == g).collect();
                let parts = crate::analysis::cuts::components(&Graph::new(40, &own));
                let size = group.iter().filter(|x| **x == g).count();
                assert!(parts.iter().any(|p| p.len() == size), "group {g} falls apart");
            }
        }
    }
}
