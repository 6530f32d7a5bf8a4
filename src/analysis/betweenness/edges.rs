//! Betweenness of edges.

use super::UNSEEN;
use crate::analysis::csr::{Graph, narrow};
use crate::analysis::parallel::sum_in_order;

/// The share of all pairs' shortest paths that run along each arc: Σ σ(s,t|e) / σ(s,t) over ordered pairs, divided by
/// n (n − 1), in the order of [`Rows::arcs`](crate::analysis::Rows::arcs). Of an undirected graph the two directions of
/// an edge add up to its undirected value.
///
/// Equals `networkx.edge_betweenness_centrality`. The tie over which most ways lead.
///
/// Girvan & Newman, "Community structure in social and biological networks", PNAS 99 (2002); Brandes, "On variants of
/// shortest-path betweenness centrality", Social Networks 30 (2008). O(n m).
#[must_use]
pub fn edge_betweenness(graph: &Graph) -> Vec<f64> {
    let (n, m) = (graph.len(), graph.out.arc_count());
    let mut sum = sum_in_order(n, 32, m, |sources| {
        let mut sum = vec![0.0; m];
        let (mut level, mut paths, mut handed, mut order) = (vec![UNSEEN; n], vec![0.0; n], vec![0.0; n], Vec::with_capacity(n));
        for s in sources {
            level.fill(UNSEEN);
            handed.fill(0.0);
            order.clear();
            order.push(narrow(s));
            (level[s], paths[s]) = (0, 1.0);
            let mut next = 0;
            while let Some(&v) = order.get(next) {
                next += 1;
                for &w in graph.out.of(v) {
                    if level[w as usize] == UNSEEN {
                        (level[w as usize], paths[w as usize]) = (level[v as usize] + 1, 0.0);
                        order.push(w);
                    }
                    if level[w as usize] == level[v as usize] + 1 {
                        paths[w as usize] += paths[v as usize];
                    }
                }
            }
            for &v in order.iter().rev() {
                for at in graph.out.range(v) {
                    let w = graph.out.of(v)[at - graph.out.range(v).start] as usize;
                    if level[w] == level[v as usize] + 1 {
                        let flow = paths[v as usize] / paths[w] * (1.0 + handed[w]);
                        sum[at] += flow;
                        handed[v as usize] += flow;
                    }
                }
            }
        }
        sum
    });
    let n = n as f64;
    for value in &mut sum {
        *value /= n * (n - 1.0);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, empty, path};

    #[test]
    fn hand_derived() {
        // A path of 3: each arc lies on 2 of 6 ordered pairs.
        close(&edge_betweenness(&path(3)), &[2.0 / 6.0; 4]);
        close(&edge_betweenness(&complete(3)), &[1.0 / 6.0; 6]);
        close(&edge_betweenness(&chain()), &[2.0 / 6.0; 2]);
        close(&edge_betweenness(&empty()), &[]);
    }
}
