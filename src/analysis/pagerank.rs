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
/// linear system", Internet Math. 2 (2005)), found here by Gauss–Seidel sweeps until no entry moves by more than 1e-11
/// of itself (which leaves it within 1e-10 of the truth, mostly far nearer). After each sweep the whole is scaled so that what flows in and out balances (aggregation; Koury, McAllister,
/// Stewart, "Iterative methods for computing stationary distributions", SIAM J. Alg. Disc. Meth. 5 (1984)), which leaves
/// about 15 to 40 sweeps, O(n + m) each.
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
    // What flows along each arc in, per unit of standing; one division per node, not one per arc and sweep.
    let mut shares = Vec::with_capacity(graph.inn.arc_count());
    for v in graph.nodes() {
        shares.extend(graph.inn.row(v).map(|(u, w)| w * give[u as usize]));
    }
    let hands_on: Vec<bool> = graph.nodes().map(|v| !graph.out.of(v).is_empty()).collect();
    let mut x = vec![1.0; n];
    for sweep in 0..2000 {
        let mut moved: f64 = 0.0;
        let (mut all, mut handed_on) = (0.0, 0.0);
        for v in graph.nodes() {
            let new = 1.0 + gathered(&x, graph.inn.of(v), &shares[graph.inn.range(v)]);
            let old = std::mem::replace(&mut x[v as usize], new);
            moved = moved.max((new - old).abs() / new);
            all += new;
            handed_on += if hands_on[v as usize] { new } else { 0.0 };
        }
        if moved <= 1e-11 {
            break;
        }
        // Plain sweeps are sure to converge; those scaled are, but for odd cases, faster.
        if sweep < 200 {
            let scale = n as f64 / (all - DAMPING * handed_on);
            for value in &mut x {
                *value *= scale;
            }
        }
    }
    let sum: f64 = x.iter().sum();
    for value in &mut x {
        *value /= sum;
    }
    x
}

/// What flows into a node: four sums side by side, so that one addition need not wait for the other.
#[inline]
fn gathered(x: &[f64], from: &[u32], shares: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (mut ends, mut parts) = (from.chunks_exact(4), shares.chunks_exact(4));
    for (u, share) in ends.by_ref().zip(parts.by_ref()) {
        for i in 0..4 {
            sums[i] += x[u[i] as usize] * share[i];
        }
    }
    for (u, share) in ends.remainder().iter().zip(parts.remainder()) {
        sums[0] += x[*u as usize] * share;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
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
