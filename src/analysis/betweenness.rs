//! Betweenness: who stands on the shortest ways between others.

use super::csr::{Graph, Rows, narrow};
use super::heap::Queue;
use super::parallel::sum_in_order;

/// The share of all pairs' shortest paths that run through each node: Σ σ(s,t|v) / σ(s,t) over ordered pairs s ≠ v ≠ t,
/// divided by (n − 1)(n − 2).
///
/// Every arc counts as one step, whatever its weight and sign, walked in its direction only; parallel edges are one
/// arc. Of an undirected graph (each edge an arc either way) this equals the undirected betweenness. Equals
/// `networkx.betweenness_centrality`. A node in few pairs' way has little; 1 is the hub of a star.
///
/// Brandes, "A faster algorithm for betweenness centrality", J. Math. Sociol. 25 (2001); the search turns round
/// (Beamer, Asanović, Patterson, "Direction-optimizing breadth-first search", SC 2012) where fewer arcs are looked at
/// from the side of the nodes not yet reached. O(n m) time, O(n + m) space per thread.
///
/// ```
/// use suzerain::analysis::{Graph, betweenness};
/// let path = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
/// assert_eq!(betweenness::betweenness(&path), [0.0, 1.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    let mut sum = sum_in_order(n, 64, n, |sources| {
        let mut search = Search::new(graph);
        let mut sum = vec![0.0; n];
        for s in sources {
            search.run(graph, narrow(s), &mut sum);
        }
        sum
    });
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
        let mut search = WeightedSearch::new(n);
        let mut sum = vec![0.0; n];
        for s in sources {
            search.run(&graph.out, narrow(s), &mut sum);
        }
        sum
    });
    normalize(&mut sum);
    sum
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

const UNSEEN: u32 = u32::MAX;

/// What one thread needs to search from node after node.
struct Search {
    /// Level of each node in the breadth-first search.
    level: Vec<u32>,
    /// Number of shortest paths from the source.
    paths: Vec<f64>,
    /// (1 + dependency) / paths, of nodes whose level is done.
    share: Vec<f64>,
    /// Sum of the shares of a node's successors, while a pulled level is handed back.
    pulled: Vec<f64>,
    /// Nodes in the order found; one place more than nodes, so that a write never needs a test.
    order: Vec<u32>,
    /// Ends of the arcs of the shortest-path graph: successors of a pushed level's nodes, or predecessors of the nodes
    /// that a pulled level found; runs, in the order of `order`.
    ends: Vec<u32>,
    /// Length of each run in `ends`: of successors.
    successors: Vec<u32>,
    /// Of predecessors.
    predecessors: Vec<u32>,
    /// Where each level begins in `order`, and whether it was pulled.
    levels: Vec<(usize, bool)>,
}

impl Search {
    fn new(graph: &Graph) -> Self {
        let n = graph.len();
        Self {
            level: vec![UNSEEN; n],
            paths: vec![0.0; n],
            share: vec![0.0; n],
            pulled: vec![0.0; n],
            order: vec![0; n + 1],
            ends: vec![0; graph.out.arc_count() + 1],
            successors: vec![0; n],
            predecessors: vec![0; n],
            levels: Vec::new(),
        }
    }

    /// Adds the dependencies of source `s` to `sum`.
    fn run(&mut self, graph: &Graph, s: u32, sum: &mut [f64]) {
        let (found, ends) = self.forward(graph, s);
        self.backward(found, ends, sum);
        for &v in &self.order[..found] {
            self.level[v as usize] = UNSEEN;
        }
    }

    /// Finds levels and numbers of paths; returns how many nodes were found and how many `ends` recorded.
    fn forward(&mut self, graph: &Graph, s: u32) -> (usize, usize) {
        let Self { level, paths, order, ends, successors, predecessors, levels, .. } = self;
        levels.clear();
        levels.push((0, false));
        order[0] = s;
        level[s as usize] = 0;
        paths[s as usize] = 1.0;
        let (mut low, mut high, mut end, mut depth) = (0, 1, 0, 0);
        let mut frontier_arcs = graph.out.of(s).len();
        let mut hidden_arcs = graph.inn.arc_count() - graph.inn.of(s).len();
        while low < high {
            let next = depth + 1;
            let mut found = high;
            let pull = hidden_arcs < frontier_arcs;
            if pull {
                for w in graph.nodes() {
                    if level[w as usize] != UNSEEN {
                        continue;
                    }
                    let before = end;
                    let mut count = 0.0;
                    for &v in graph.inn.of(w) {
                        let on = level[v as usize] == depth;
                        count += if on { paths[v as usize] } else { 0.0 };
                        ends[end] = v;
                        end += usize::from(on);
                    }
                    if end > before {
                        paths[w as usize] = count;
                        predecessors[found] = narrow(end - before);
                        order[found] = w;
                        found += 1;
                    }
                }
                for &w in &order[high..found] {
                    level[w as usize] = next;
                }
            } else {
                for at in low..high {
                    let v = order[at];
                    let (before, own) = (end, paths[v as usize]);
                    for &w in graph.out.of(v) {
                        let slot = &mut level[w as usize];
                        let new = *slot == UNSEEN;
                        if new {
                            paths[w as usize] = 0.0;
                            *slot = next;
                            order[found] = w;
                            found += 1;
                        }
                        let on = *slot == next;
                        if on {
                            paths[w as usize] += own;
                            ends[end] = w;
                            end += 1;
                        }
                    }
                    successors[at] = narrow(end - before);
                }
            }
            frontier_arcs = 0;
            for &w in &order[high..found] {
                frontier_arcs += graph.out.of(w).len();
                hidden_arcs -= graph.inn.of(w).len();
            }
            (low, high) = (high, found);
            depth = next;
            levels.push((low, pull));
        }
        (high, end)
    }

    /// Hands the dependencies back from the farthest level to the source.
    fn backward(&mut self, found: usize, mut end: usize, sum: &mut [f64]) {
        let Self { paths, share, pulled, order, ends, successors, predecessors, levels, .. } = self;
        // The last entry of `levels` is an empty level.
        let mut upper = found;
        for depth in (0..levels.len() - 1).rev() {
            let low = levels[depth].0;
            let next_high = levels.get(depth + 2).map_or(found, |l| l.0);
            let pull = levels[depth + 1].1;
            if pull {
                for &v in &order[low..upper] {
                    pulled[v as usize] = 0.0;
                }
                for at in (upper..next_high).rev() {
                    let own = share[order[at] as usize];
                    let begin = end - predecessors[at] as usize;
                    for &v in &ends[begin..end] {
                        pulled[v as usize] += own;
                    }
                    end = begin;
                }
            }
            for at in (low..upper).rev() {
                let v = order[at] as usize;
                let handed = if pull {
                    pulled[v]
                } else {
                    let begin = end - successors[at] as usize;
                    let handed: f64 = ends[begin..end].iter().map(|&w| share[w as usize]).sum();
                    end = begin;
                    handed
                };
                let dependency = paths[v] * handed;
                share[v] = (1.0 + dependency) / paths[v];
                if depth > 0 {
                    sum[v] += dependency;
                }
            }
            upper = low;
        }
    }
}

/// What one thread needs for searches with lengths.
struct WeightedSearch {
    distance: Vec<f64>,
    done: Vec<bool>,
    paths: Vec<f64>,
    dependency: Vec<f64>,
    before: Vec<Vec<u32>>,
    order: Vec<u32>,
    queue: Queue,
}

impl WeightedSearch {
    fn new(n: usize) -> Self {
        Self {
            distance: vec![f64::INFINITY; n],
            done: vec![false; n],
            paths: vec![0.0; n],
            dependency: vec![0.0; n],
            before: vec![Vec::new(); n],
            order: Vec::with_capacity(n),
            queue: Queue::default(),
        }
    }

    fn run(&mut self, rows: &Rows, s: u32, sum: &mut [f64]) {
        self.order.clear();
        self.queue.clear();
        self.distance[s as usize] = 0.0;
        self.paths[s as usize] = 1.0;
        self.queue.push(0.0, s);
        while let Some((far, v)) = self.queue.pop() {
            if std::mem::replace(&mut self.done[v as usize], true) {
                continue;
            }
            self.order.push(v);
            for (w, weight) in rows.row(v) {
                let reach = far + 1.0 / weight;
                let known = self.distance[w as usize];
                if reach < known {
                    self.distance[w as usize] = reach;
                    self.paths[w as usize] = self.paths[v as usize];
                    self.before[w as usize].clear();
                    self.before[w as usize].push(v);
                    self.queue.push(reach, w);
                } else if reach == known && !self.done[w as usize] {
                    self.paths[w as usize] += self.paths[v as usize];
                    self.before[w as usize].push(v);
                }
            }
        }
        for &w in self.order.iter().rev() {
            let w = w as usize;
            let share = (1.0 + self.dependency[w]) / self.paths[w];
            for &v in &self.before[w] {
                self.dependency[v as usize] += self.paths[v as usize] * share;
            }
            if w != s as usize {
                sum[w] += self.dependency[w];
            }
        }
        for &v in &self.order {
            let v = v as usize;
            self.distance[v] = f64::INFINITY;
            self.done[v] = false;
            self.dependency[v] = 0.0;
            self.before[v].clear();
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
    fn weight_shortens() {
        // The direct tie 0-2 is weak (length 4), the way over 1 is 2 long.
        let graph = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 0.25)]);
        close(&betweenness(&graph), &[0.0, 0.0, 0.0]);
        close(&betweenness_weighted(&graph), &[0.0, 1.0, 0.0]);
    }
}
