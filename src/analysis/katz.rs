//! Katz centrality: all walks that arrive, long ones discounted.

use super::csr::Graph;
use super::eigenvector::principal;

/// The share of the largest eigenvalue's inverse that a step is discounted by.
pub const SHARE: f64 = 0.85;

/// The discount of a step that [`katz`] uses on a network: 0.85 over the largest eigenvalue of its ties without direction
/// and weight (which no eigenvalue of the directed graph exceeds), so that the sum converges; 0.85 without ties.
#[must_use]
pub fn discount(ties: &Graph) -> f64 {
    let (value, _) = principal(&ties.unweighted().out);
    if value > 0.0 { SHARE / value } else { SHARE }
}

/// One plus the walks that arrive at a node, each counted `discount` to the power of its number of steps; scaled to
/// length 1. Walks follow arcs in their direction, every arc alike; signs do not enter.
///
/// Equals `networkx.katz_centrality(alpha=discount)`. Where PageRank divides what an actor hands on among those it acts
/// on, here each gets it whole: acting on many costs nothing.
///
/// Katz, "A new status index derived from sociometric analysis", Psychometrika 18 (1953). Fixed-point sweeps,
/// O(n + m) each, until no entry moves by more than 1e-14 of itself.
///
/// ```
/// use suzerain::analysis::{Graph, katz};
/// let x = katz::katz(&Graph::new(2, &[(0, 1, 1.0)]), 0.5);
/// assert!((x[1] / x[0] - 1.5).abs() < 1e-12);
/// ```
#[must_use]
pub fn katz(graph: &Graph, discount: f64) -> Vec<f64> {
    let mut x = vec![1.0; graph.len()];
    for _ in 0..10_000 {
        let mut moved: f64 = 0.0;
        for v in graph.nodes() {
            let gathered: f64 = graph.inn.of(v).iter().map(|&u| x[u as usize]).sum();
            let new = 1.0 + discount * gathered;
            let old = std::mem::replace(&mut x[v as usize], new);
            moved = moved.max((new - old).abs() / new);
        }
        if moved <= 1e-14 {
            break;
        }
    }
    let length = x.iter().map(|a| a * a).sum::<f64>().sqrt();
    for value in &mut x {
        *value /= length;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        // A path of 3 at ¼: e = 1 + m/4, m = 1 + 2e/4, so m = 12/7, e = 10/7.
        let length = 344.0_f64.sqrt();
        close(&katz(&path(3), 0.25), &[10.0 / length, 12.0 / length, 10.0 / length]);
        // A chain at ½: 1, 1½, 1¾.
        let length = (16.0_f64 + 36.0 + 49.0).sqrt();
        close(&katz(&chain(), 0.5), &[4.0 / length, 6.0 / length, 7.0 / length]);
        close(&katz(&complete(4), 0.1), &[0.5; 4]);
        close(&katz(&single(), 0.1), &[1.0]);
        close(&katz(&empty(), 0.1), &[]);
        close(&katz(&disconnected(), 0.25)[..3], &[10.0 / 688.0_f64.sqrt(), 12.0 / 688.0_f64.sqrt(), 10.0 / 688.0_f64.sqrt()]);
    }

    #[test]
    fn the_discount_follows_the_largest_eigenvalue() {
        assert!((discount(&star(5)) - 0.425).abs() < 1e-9);
        assert!((discount(&single()) - 0.85).abs() < 1e-12);
    }
}
