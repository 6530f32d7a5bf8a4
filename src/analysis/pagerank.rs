//! PageRank: standing that is handed on along the arcs.

use super::csr::Graph;

/// The chance of following an arc rather than starting afresh.
pub const DAMPING: f64 = 0.85;

/// Where a walker is found who follows an arc (with chance in proportion to its weight) 85 times of 100 and else, or
/// where no arc leads on, starts afresh anywhere. Sums to 1.
///
/// Arcs run source → target; signs do not enter, so that being attacked by the mighty raises it too. Equals
/// `networkx.pagerank` carried to full precision; dangling nodes spread evenly, which `petgraph::algo::page_rank` does
/// not do.
///
/// Page, Brin, Motwani, Winograd, "The PageRank citation ranking" (1999). With evenly spread dangling mass the ranking
/// is, up to scale, the solution of (I − αPᵀ)x = 1 (Del Corso, Gullí, Romani, "Fast PageRank computation via a sparse
/// linear system", Internet Math. 2 (2005)), found here by Gauss–Seidel sweeps until no entry moves by more than 1e-14
/// of itself: about 30 to 100 sweeps, O(n + m) each.
///
/// ```
/// use suzerain::analysis::{Graph, pagerank};
/// let ranks = pagerank::pagerank(&Graph::new(2, &[(0, 1, 1.0)]));
/// assert!((ranks[0] - 1.0 / 2.85).abs() < 1e-12);
/// ```
#[must_use]
pub fn pagerank(graph: &Graph) -> Vec<f64> {
    let n = graph.len();
    let give: Vec<f64> = graph.nodes().map(|v| DAMPING / graph.out.weights(v).iter().sum::<f64>()).collect();
    // What flows along each arc in, per unit of standing; one division per arc, not one per sweep.
    let mut shares = Vec::with_capacity(graph.inn.arc_count());
    for v in graph.nodes() {
        shares.extend(graph.inn.row(v).map(|(u, w)| w * give[u as usize]));
    }
    let mut x = vec![1.0; n];
    for _ in 0..2000 {
        let mut moved: f64 = 0.0;
        for v in graph.nodes() {
            let mut new = 1.0;
            for (&u, share) in graph.inn.of(v).iter().zip(&shares[graph.inn.range(v)]) {
                new += x[u as usize] * share;
            }
            let old = std::mem::replace(&mut x[v as usize], new);
            moved = moved.max((new - old).abs() / new);
        }
        if moved <= 1e-14 {
            break;
        }
    }
    let sum: f64 = x.iter().sum();
    for value in &mut x {
        *value /= sum;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&pagerank(&complete(4)), &[0.25; 4]);
        close(&pagerank(&single()), &[1.0]);
        close(&pagerank(&empty()), &[]);
        // Before scaling: ends e = 1 + 0.85 m/2, middle m = 1 + 0.85 · 2e, so m = 2.7 / (1 − 0.7225).
        let m = 2.7 / (1.0 - 0.7225);
        let e = 1.0 + 0.425 * m;
        close(&pagerank(&path(3)), &[e / (m + 2.0 * e), m / (m + 2.0 * e), e / (m + 2.0 * e)]);
        close(&pagerank(&disconnected())[..3], &[e / (m + 2.0 * e) / 2.0, m / (m + 2.0 * e) / 2.0, e / (m + 2.0 * e) / 2.0]);
        // Hub h = 1 + 0.85 · 3l, leaves l = 1 + 0.85 h/3.
        let h = 3.55 / (1.0 - 0.7225);
        let l = 1.0 + 0.85 * h / 3.0;
        close(&pagerank(&star(4))[..2], &[h / (h + 3.0 * l), l / (h + 3.0 * l)]);
        // A chain that ends nowhere: 1, 1.85, 1 + 0.85 · 1.85.
        close(&pagerank(&chain()), &[1.0 / 5.4225, 1.85 / 5.4225, 2.5725 / 5.4225]);
    }

    #[test]
    fn follows_weight() {
        let ranks = pagerank(&Graph::new(3, &[(0, 1, 3.0), (0, 2, 1.0)]));
        assert!((ranks[1] / ranks[2] - (1.0 + 0.85 * 0.75) / (1.0 + 0.85 * 0.25)).abs() < 1e-12);
    }
}
