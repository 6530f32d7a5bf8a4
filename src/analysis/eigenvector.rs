//! Eigenvector centrality: tied to those who are well tied.

use super::csr::Rows;

/// Each node's entry in the principal eigenvector of the ties (without direction), of length 1: a node's standing is
/// in proportion to the sum of its neighbours', each times the weight of the tie. Signs do not enter.
///
/// Equals `networkx.eigenvector_centrality` on the undirected graph. In a network of several components the one with the
/// largest eigenvalue takes nearly all: compare within a component only.
///
/// Bonacich, "Power and centrality: a family of measures", Am. J. Sociol. 92 (1987). Power iteration on A + I from the
/// even vector until the change is at rounding, or about 2·10⁸ arcs have been looked at.
///
/// ```
/// use suzerain::analysis::{Graph, eigenvector};
/// let star = Graph::undirected(3, &[(0, 1, 1.0), (0, 2, 1.0)]);
/// assert!((eigenvector::eigenvector(&star.out)[0] - 0.5_f64.sqrt()).abs() < 1e-9);
/// ```
#[must_use]
pub fn eigenvector(ties: &Rows) -> Vec<f64> {
    principal(ties).1
}

/// The largest eigenvalue of symmetric rows, and its eigenvector.
pub(crate) fn principal(ties: &Rows) -> (f64, Vec<f64>) {
    let n = ties.len();
    if n == 0 {
        return (0.0, Vec::new());
    }
    let mut x = vec![1.0 / (n as f64).sqrt(); n];
    let mut next = vec![0.0; n];
    let rounds = (200_000_000 / (n + ties.arc_count())).clamp(200, 200_000);
    let mut value = 0.0;
    for _ in 0..rounds {
        for (v, slot) in next.iter_mut().enumerate() {
            let gathered: f64 = ties.row(v as u32).map(|(w, weight)| x[w as usize] * weight).sum();
            *slot = x[v] + gathered;
        }
        // x has length 1: the Rayleigh quotient, less the shift.
        value = x.iter().zip(&next).map(|(a, b)| a * b).sum::<f64>() - 1.0;
        let length = next.iter().map(|a| a * a).sum::<f64>().sqrt();
        let mut moved = 0.0;
        for (old, new) in x.iter_mut().zip(&next) {
            let new = new / length;
            moved += (new - *old).abs();
            *old = new;
        }
        if moved <= n as f64 * 1e-16 {
            break;
        }
    }
    (value.max(0.0), x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::csr::Graph;
    use crate::analysis::fixtures::{close, complete, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&eigenvector(&path(3).out), &[0.5, 0.5_f64.sqrt(), 0.5]);
        // A star of 5: hub 1/√2, leaves 1/√8.
        close(&eigenvector(&star(5).out)[..2], &[0.5_f64.sqrt(), 0.125_f64.sqrt()]);
        close(&eigenvector(&complete(4).out), &[0.5; 4]);
        close(&eigenvector(&empty().out), &[]);
        close(&eigenvector(&single().out), &[1.0]);
    }

    #[test]
    fn weight_counts() {
        // Weights 3 and 4 at a middle node: (3, 5, 4)/√50.
        let graph = Graph::undirected(3, &[(0, 1, 3.0), (1, 2, 4.0)]);
        let root = 50.0_f64.sqrt();
        close(&eigenvector(&graph.out), &[3.0 / root, 5.0 / root, 4.0 / root]);
        assert!((principal(&graph.out).0 - 5.0).abs() < 1e-9);
    }

    #[test]
    fn larger_component_takes_all() {
        let graph = Graph::undirected(5, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0)]);
        let x = eigenvector(&graph.out);
        assert!(x[3] < 1e-6 && (x[0] - 1.0 / 3.0_f64.sqrt()).abs() < 1e-9);
    }
}
