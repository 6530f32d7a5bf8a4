//! Closeness and harmonic centrality: how few steps part an actor from the others.

use super::csr::{Graph, Rows, narrow};
use super::heap::Queue;
use super::parallel::{each, runs};

/// How near the others are, walking towards the node: with r nodes that reach it (itself included) over distances that
/// sum to d, (r − 1)/d · (r − 1)/(n − 1); 0 where none does.
///
/// The second factor makes nodes of small components comparable (Wasserman & Faust, "Social Network Analysis", 1994).
/// Every arc is one step whatever its weight and sign. Equals `networkx.closeness_centrality`. High: word of what the
/// others do arrives soon.
///
/// Breadth-first searches from 256 sources at once (Then et al., "The more the merrier: efficient multi-source graph
/// traversal", VLDB 2014); counts are whole numbers, so that the sum has no order. O(n m / 256) to O(n m).
///
/// ```
/// use suzerain::analysis::{Graph, closeness};
/// let star = Graph::undirected(3, &[(0, 1, 1.0), (0, 2, 1.0)]);
/// assert_eq!(closeness::closeness(&star)[0], 1.0);
/// ```
#[must_use]
pub fn closeness(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    let batches = n.div_ceil(LANES);
    let parts = runs(batches, 32, |range| {
        let mut sums = vec![(0_u64, 0_u64); n];
        let mut search = Search::new(n);
        for batch in range {
            search.run(&graph.out, batch, |w, steps, found| {
                let (far, reach) = &mut sums[w];
                *far += steps * found;
                *reach += found;
            });
        }
        sums
    });
    (0..n)
        .map(|v| {
            let (far, reach) = parts.iter().fold((0, 0), |(far, reach), part| (far + part[v].0, reach + part[v].1));
            score(far as f64, reach as f64, n)
        })
        .collect()
}

/// Closeness with lengths: an arc is 1 / weight long. Equals `networkx.closeness_centrality(distance=1/weight)`.
/// O(n (m + n) log n).
#[must_use]
pub fn closeness_weighted(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    each(n, |v| {
        let distances = distances(&graph.inn, narrow(v));
        let (mut far, mut reach) = (0.0, 0.0);
        for (w, d) in distances.into_iter().enumerate() {
            if w != v && d.is_finite() {
                far += d;
                reach += 1.0;
            }
        }
        score(far, reach, n)
    })
}

/// The sum, over all others that reach the node, of one over their distance to it. Components need no correction: what
/// is out of reach adds 0. Equals `networkx.harmonic_centrality`.
///
/// Marchiori & Latora, "Harmony in the small-world", Physica A 285 (2000); Boldi & Vigna, "Axioms for centrality",
/// Internet Math. 10 (2014). Searches as in [`closeness`].
#[must_use]
pub fn harmonic(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    let batches = n.div_ceil(LANES);
    let parts = runs(batches, 32, |range| {
        let mut sums = vec![0.0; n];
        let mut search = Search::new(n);
        for batch in range {
            search.run(&graph.out, batch, |w, steps, found| sums[w] += found as f64 / steps as f64);
        }
        sums
    });
    (0..n).map(|v| parts.iter().map(|part| part[v]).sum()).collect()
}

/// Harmonic centrality with lengths: an arc is 1 / weight long. Equals
/// `networkx.harmonic_centrality(distance=1/weight)`. O(n (m + n) log n).
#[must_use]
pub fn harmonic_weighted(graph: &Graph) -> Vec<f64> {
    each(graph.len(), |v| distances(&graph.inn, narrow(v)).into_iter().filter(|d| *d > 0.0 && d.is_finite()).map(|d| 1.0 / d).sum())
}

fn score(far: f64, reach: f64, n: usize) -> f64 {
    if far > 0.0 && n > 1 { reach / far * (reach / (n as f64 - 1.0)) } else { 0.0 }
}

/// Lengths (1 / weight each) of the shortest ways from a node to all; infinite where there is none.
fn distances(rows: &Rows, from: u32) -> Vec<f64> {
    let mut distance = vec![f64::INFINITY; rows.len()];
    let mut queue = Queue::default();
    distance[from as usize] = 0.0;
    queue.push(0.0, from);
    while let Some((far, v)) = queue.pop() {
        if far > distance[v as usize] {
            continue;
        }
        for (w, weight) in rows.row(v) {
            let reach = far + 1.0 / weight;
            if reach < distance[w as usize] {
                distance[w as usize] = reach;
                queue.push(reach, w);
            }
        }
    }
    distance
}

const WORDS: usize = 4;
const LANES: usize = 64 * WORDS;
type Lanes = [u64; WORDS];

/// Breadth-first searches from [`LANES`] sources at once, one bit each.
struct Search {
    seen: Vec<Lanes>,
    here: Vec<Lanes>,
    next: Vec<Lanes>,
    frontier: Vec<u32>,
    touched: Vec<u32>,
}

impl Search {
    fn new(n: usize) -> Self {
        let none = vec![[0; WORDS]; n];
        Self { seen: none.clone(), here: none.clone(), next: none, frontier: Vec::new(), touched: Vec::new() }
    }

    /// Searches from the sources of one batch; `found(node, steps, sources)` hears of every node how many sources
    /// reach it first after how many steps.
    fn run(&mut self, rows: &Rows, batch: usize, mut found: impl FnMut(usize, u64, u64)) {
        self.seen.fill([0; WORDS]);
        self.frontier.clear();
        for (lane, v) in (batch * LANES..((batch + 1) * LANES).min(rows.len())).enumerate() {
            let mut bits = [0; WORDS];
            bits[lane / 64] = 1 << (lane % 64);
            self.seen[v] = bits;
            self.here[v] = bits;
            self.frontier.push(narrow(v));
        }
        let mut steps = 0;
        while !self.frontier.is_empty() {
            steps += 1;
            for v in self.frontier.drain(..) {
                let own = std::mem::take(&mut self.here[v as usize]);
                for &w in rows.of(v) {
                    let slot = &mut self.next[w as usize];
                    if *slot == [0; WORDS] {
                        self.touched.push(w);
                    }
                    for (a, b) in slot.iter_mut().zip(own) {
                        *a |= b;
                    }
                }
            }
            for w in self.touched.drain(..) {
                let mut new = std::mem::take(&mut self.next[w as usize]);
                let seen = &mut self.seen[w as usize];
                let mut count = 0;
                for (a, s) in new.iter_mut().zip(seen.iter_mut()) {
                    *a &= !*s;
                    *s |= *a;
                    count += u64::from(a.count_ones());
                }
                if count > 0 {
                    found(w as usize, steps, count);
                    self.here[w as usize] = new;
                    self.frontier.push(w);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived_closeness() {
        close(&closeness(&path(3)), &[2.0 / 3.0, 1.0, 2.0 / 3.0]);
        close(&closeness(&star(4)), &[1.0, 0.6, 0.6, 0.6]);
        close(&closeness(&complete(4)), &[1.0; 4]);
        // In half of six nodes: (2/2)(2/5) in the middle, (2/3)(2/5) at the ends.
        close(&closeness(&disconnected()), &[4.0 / 15.0, 0.4, 4.0 / 15.0, 4.0 / 15.0, 0.4, 4.0 / 15.0]);
        // Towards the node: nobody reaches 0, 0 reaches 1 in one step, both reach 2.
        close(&closeness(&chain()), &[0.0, 0.5, 2.0 / 3.0]);
        close(&closeness(&empty()), &[]);
        close(&closeness(&single()), &[0.0]);
    }

    #[test]
    fn hand_derived_harmonic() {
        close(&harmonic(&path(3)), &[1.5, 2.0, 1.5]);
        close(&harmonic(&star(4)), &[3.0, 2.0, 2.0, 2.0]);
        close(&harmonic(&chain()), &[0.0, 1.0, 1.5]);
        close(&harmonic(&disconnected()), &[1.5, 2.0, 1.5, 1.5, 2.0, 1.5]);
        close(&harmonic(&single()), &[0.0]);
    }

    #[test]
    fn weight_shortens() {
        let graph = Graph::undirected(3, &[(0, 1, 0.5), (1, 2, 1.0)]);
        close(&closeness_weighted(&graph), &[2.0 / 5.0, 2.0 / 3.0, 2.0 / 4.0]);
        close(&harmonic_weighted(&graph), &[0.5 + 1.0 / 3.0, 1.5, 1.0 + 1.0 / 3.0]);
        close(&closeness_weighted(&path(3)), &closeness(&path(3)));
    }

    #[test]
    fn more_than_one_batch() {
        let n = 700;
        let graph = path(n);
        let expected: f64 = (1..n).map(f64::from).sum();
        assert!((closeness(&graph)[0] - (f64::from(n) - 1.0) / expected).abs() < 1e-12);
    }
}
