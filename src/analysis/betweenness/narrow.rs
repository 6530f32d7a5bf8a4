//! Betweenness from one source at a time: for networks of many levels.

use super::UNSEEN;
use crate::analysis::csr::{Graph, narrow};

/// What one thread needs to search from node after node.
pub(super) struct Search {
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
    pub(super) fn new(graph: &Graph) -> Self {
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
    pub(super) fn run(&mut self, graph: &Graph, s: u32, sum: &mut [f64]) {
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
