//! Betweenness: who stands on the shortest ways between others.

mod edges;
mod narrow;
mod sampled;
mod weighted;
mod wide;

pub use edges::edge_betweenness;
pub use sampled::{betweenness_sampled, samples};

use super::csr::{Graph, narrow};
use super::parallel::sum_in_order;

/// The share of all pairs' shortest paths that run through each node: Σ σ(s,t|v) / σ(s,t) over ordered pairs s ≠ v ≠ t,
/// divided by (n − 1)(n − 2).
///
/// Every arc counts as one step, whatever its weight and sign, walked in its direction only; parallel edges are one
/// arc. Of an undirected graph (each edge an arc either way) this equals the undirected betweenness. Equals
/// `networkx.betweenness_centrality`. A node in few pairs' way has little; 1 is the hub of a star.
///
/// Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25 (2001). Where a search has few levels,
/// eight sources are worked on at once, side by side in memory; elsewhere one at a time. Searches turn round (Beamer,
/// Asanović, Patterson, "Direction-optimizing breadth-first search", SC 2012) where fewer arcs are looked at from the
/// side of the nodes not yet reached. O(n m) time, O(n + m) space per thread.
///
/// ```
/// use suzerain::analysis::{Graph, betweenness};
/// let path = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
/// assert_eq!(betweenness::betweenness(&path), [0.0, 1.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let mut sum = if wide::is_shallow(graph) { all_wide(graph) } else { all_narrow(graph) };
    normalize(&mut sum);
    sum
}

/// The same with lengths: an arc is 1 / weight long, so that a strong tie is a short way. Two paths tie where their
/// lengths are equal to the last bit, as in NetworkX. Equals `networkx.betweenness_centrality(weight=1/weight)`.
///
/// Brandes (2001) on Dijkstra's search. O(n (m + n) log n).
#[must_use]
pub fn betweenness_weighted(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    let mut sum = sum_in_order(n, 64, n, |sources| {
        let mut search = weighted::Search::new(n);
        let mut sum = vec![0.0; n];
        for s in sources {
            search.run(&graph.out, narrow(s), &mut sum);
        }
        sum
    });
    normalize(&mut sum);
    sum
}

/// The level of a node that a search has not reached.
const UNSEEN: u32 = u32::MAX;

/// Up to this many nodes [`betweenness_of_any_size`] is exact.
pub const EXACT: usize = 50_000;

/// Exact up to [`EXACT`] nodes, beyond that sampled: off by no more than 0.005 for any node, with a chance of 95 %.
#[must_use]
pub fn betweenness_of_any_size(graph: &Graph) -> Vec<f64> {
    if graph.len() <= EXACT { betweenness(graph) } else { betweenness_sampled(graph, 0.005, 0.95) }
}

fn all_narrow(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    sum_in_order(n, 64, n, |sources| {
        let mut search = narrow::Search::new(graph);
        let mut sum = vec![0.0; n];
        for s in sources {
            search.run(graph, narrow(s), &mut sum);
        }
        sum
    })
}

fn all_wide(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    sum_in_order(n.div_ceil(wide::LANES), 64, n, |batches| {
        let mut search = wide::Search::new(n);
        let mut sum = vec![0.0; n];
        for batch in batches {
            search.run(graph, batch, &mut sum);
        }
        sum
    })
}

fn normalize(sum: &mut [f64]) {
    let n = sum.len() as f64;
    if n > 2.0 {
        let pairs = (n - 1.0) * (n - 2.0);
        for x in sum {
            *x /= pairs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        // A path of 5: the middle node lies on 4 of 6 pairs, its neighbours on 3.
        close(&betweenness(&path(5)), &[0.0, 0.5, 4.0 / 6.0, 0.5, 0.0]);
        close(&betweenness(&star(5)), &[1.0, 0.0, 0.0, 0.0, 0.0]);
        close(&betweenness(&complete(4)), &[0.0; 4]);
        close(&betweenness(&empty()), &[]);
        close(&betweenness(&single()), &[0.0]);
        // Two paths of three in six nodes: each middle lies on 2 of 20 ordered pairs.
        close(&betweenness(&disconnected()), &[0.0, 0.1, 0.0, 0.0, 0.1, 0.0]);
    }

    #[test]
    fn walks_arcs_one_way() {
        // 0 → 1 → 2: one ordered pair of two.
        let graph = Graph::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
        close(&betweenness(&graph), &[0.0, 0.5, 0.0]);
    }

    #[test]
    fn counts_parallel_edges_once() {
        // A square 0-1-3-2-0 with the edge 0-1 doubled: both ways from 0 to 3 stay equal.
        let graph = Graph::undirected(4, &[(0, 1, 1.0), (0, 1, 1.0), (1, 3, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
        close(&betweenness(&graph), &[1.0 / 6.0; 4]);
    }

    #[test]
    fn one_source_at_a_time_or_eight() {
        let mut random = crate::analysis::Random::new(7);
        for (n, m, directed) in [(30, 60, false), (97, 200, true), (200, 900, false), (120, 100, true)] {
            let arcs: Vec<(u32, u32, f64)> = (0..m).map(|_| (random.below(n) as u32, random.below(n) as u32, 1.0)).collect();
            let graph = if directed { Graph::new(n, &arcs) } else { Graph::undirected(n, &arcs) };
            close(&all_wide(&graph), &all_narrow(&graph));
        }
        close(&all_wide(&path(40)), &all_narrow(&path(40)));
    }

    #[test]
    fn weight_shortens() {
        // The direct tie 0-2 is weak (length 4), the way over 1 is 2 long.
        let graph = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 0.25)]);
        close(&betweenness(&graph), &[0.0, 0.0, 0.0]);
        close(&betweenness_weighted(&graph), &[0.0, 1.0, 0.0]);
    }
}
