//! Betweenness of networks too large for all pairs, by sampling.

use super::UNSEEN;
use crate::analysis::csr::{Graph, Rows};
use crate::analysis::parallel::runs;
use crate::analysis::random::Random;

/// Betweenness off by more than `error` for no node, with a chance of at least `certainty`.
///
/// Each sample draws an ordered pair of nodes and one of its shortest paths, each as likely; a node's value is the share of
/// samples whose path runs through it. By Hoeffding's inequality and a union bound over the n nodes,
/// ln(2n / (1 − certainty)) / (2 error²) samples suffice, whatever the network. The sample is the same in every run.
///
/// In the manner of Riondato & Kornaropoulos, "Fast approximation of betweenness centrality through sampling", Data Min.
/// Knowl. Discov. 30 (2016), with the search from both ends of Borassi & Natale, "KADABRA is an adaptive algorithm for
/// betweenness", ESA 2016. O(n + m) at worst per sample, mostly far less.
#[must_use]
pub fn betweenness_sampled(graph: &Graph, error: f64, certainty: f64) -> Vec<f64> {
    let n = graph.len();
    if n < 3 {
        return vec![0.0; n];
    }
    let samples = samples(n, error, certainty);
    let parts = runs(samples, 64, |range| {
        let mut hits = vec![0_u64; n];
        let mut search = Search::new(n);
        for sample in range {
            let mut random = Random::of_task(0x5a2e, sample);
            let s = random.below(n);
            let t = (s + 1 + random.below(n - 1)) % n;
            search.path(graph, s as u32, t as u32, &mut random, |v| hits[v as usize] += 1);
        }
        hits
    });
    // Pairs are drawn from n (n − 1); betweenness leaves out those of which the node is an end itself.
    let scale = n as f64 / (n as f64 - 2.0) / samples as f64;
    (0..n).map(|v| parts.iter().map(|p| p[v]).sum::<u64>() as f64 * scale).collect()
}

/// How many samples an error and a certainty take.
#[must_use]
pub fn samples(n: usize, error: f64, certainty: f64) -> usize {
    let error = error * (n as f64 - 2.0) / n as f64;
    ((2.0 * n as f64 / (1.0 - certainty)).ln() / (2.0 * error * error)).ceil() as usize
}

/// A search from both ends.
struct Search {
    ends: [End; 2],
}

struct End {
    level: Vec<u32>,
    paths: Vec<f64>,
    order: Vec<u32>,
    frontier: std::ops::Range<usize>,
}

impl End {
    fn start(&mut self, v: u32) {
        for &w in &self.order {
            self.level[w as usize] = UNSEEN;
        }
        self.order.clear();
        self.order.push(v);
        self.level[v as usize] = 0;
        self.paths[v as usize] = 1.0;
        self.frontier = 0..1;
    }

    /// One more level; returns its number.
    fn grow(&mut self, rows: &Rows) -> u32 {
        let depth = self.level[self.order[self.frontier.start] as usize] + 1;
        for at in self.frontier.clone() {
            let v = self.order[at];
            for &w in rows.of(v) {
                let level = &mut self.level[w as usize];
                if *level == UNSEEN {
                    *level = depth;
                    self.paths[w as usize] = 0.0;
                    self.order.push(w);
                }
                if *level == depth {
                    self.paths[w as usize] += self.paths[v as usize];
                }
            }
        }
        self.frontier = self.frontier.end..self.order.len();
        depth
    }

    fn arcs(&self, rows: &Rows) -> usize {
        self.order[self.frontier.clone()].iter().map(|&v| rows.of(v).len()).sum()
    }

    /// One of the shortest paths from `v` back to this end, each as likely.
    fn back(&self, rows_back: &Rows, mut v: u32, random: &mut Random, mut through: impl FnMut(u32)) {
        while self.level[v as usize] > 1 {
            let before = |u: u32| self.level[u as usize] != UNSEEN && self.level[u as usize] + 1 == self.level[v as usize];
            let mut left = random.unit() * self.paths[v as usize];
            let mut chosen = None;
            for &u in rows_back.of(v).iter().filter(|u| before(**u)) {
                chosen = Some(u);
                left -= self.paths[u as usize];
                if left < 0.0 {
                    break;
                }
            }
            let Some(u) = chosen else { return };
            through(u);
            v = u;
        }
    }
}

impl Search {
    fn new(n: usize) -> Self {
        let end = || End { level: vec![UNSEEN; n], paths: vec![0.0; n], order: Vec::new(), frontier: 0..0 };
        Self { ends: [end(), end()] }
    }

    /// Draws one shortest path from `s` to `t` and names its inner nodes.
    fn path(&mut self, graph: &Graph, s: u32, t: u32, random: &mut Random, mut through: impl FnMut(u32)) {
        let [a, b] = &mut self.ends;
        a.start(s);
        b.start(t);
        let (mut depth_a, mut depth_b) = (0, 0);
        loop {
            if a.frontier.is_empty() || b.frontier.is_empty() {
                return;
            }
            // Grow the end with fewer arcs to look at; the two meet in its new level.
            let from_a = a.arcs(&graph.out) <= b.arcs(&graph.inn);
            let (grown, other) = if from_a {
                depth_a = a.grow(&graph.out);
                (&*a, &*b)
            } else {
                depth_b = b.grow(&graph.inn);
                (&*b, &*a)
            };
            let meeting: Vec<u32> =
                grown.order[grown.frontier.clone()].iter().copied().filter(|&v| other.level[v as usize] != UNSEEN).collect();
            if meeting.is_empty() {
                continue;
            }
            // All meeting nodes are on the other end's outermost level, else the ends had met before.
            let total: f64 = meeting.iter().map(|&v| a.paths[v as usize] * b.paths[v as usize]).sum();
            let mut left = random.unit() * total;
            let mut chosen = meeting[0];
            for &v in &meeting {
                chosen = v;
                left -= a.paths[v as usize] * b.paths[v as usize];
                if left < 0.0 {
                    break;
                }
            }
            if a.level[chosen as usize] > 0 && b.level[chosen as usize] > 0 {
                through(chosen);
            }
            debug_assert_eq!(a.level[chosen as usize] + b.level[chosen as usize], depth_a + depth_b);
            a.back(&graph.inn, chosen, random, &mut through);
            b.back(&graph.out, chosen, random, &mut through);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::betweenness;
    use super::*;
    use crate::analysis::fixtures::{path, star};

    #[test]
    fn within_the_bound() {
        let mut random = Random::new(11);
        let arcs: Vec<(u32, u32, f64)> = (0..400).map(|_| (random.below(120) as u32, random.below(120) as u32, 1.0)).collect();
        for graph in [path(30), star(30), Graph::new(120, &arcs), Graph::undirected(120, &arcs)] {
            let (exact, sampled) = (betweenness(&graph), betweenness_sampled(&graph, 0.03, 0.99));
            assert!(exact.iter().zip(&sampled).all(|(a, b)| (a - b).abs() <= 0.03));
        }
    }
}
