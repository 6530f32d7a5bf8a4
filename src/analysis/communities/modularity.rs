//! Signed modularity.

use crate::analysis::csr::{Graph, Rows};
use crate::analysis::views::Views;

/// Ties that draw together and ties that push apart, without direction.
#[derive(Debug, Clone)]
pub struct Ties {
    /// Friendly and structural ties.
    pub friendly: Rows,
    /// Hostile ones.
    pub hostile: Rows,
}

impl Ties {
    /// The ties of a network: sign + and 0 draw together, − pushes apart; a pair may have both.
    #[must_use]
    pub fn of(views: &Views<'_>) -> Self {
        let n = views.network().graph.node_count();
        let arcs = |keep: fn(i8) -> bool| -> Vec<(u32, u32, f64)> {
            [-1, 0, 1].into_iter().filter(|s| keep(*s)).flat_map(|s| views.ties_of_sign(s).out.arcs().collect::<Vec<_>>()).collect()
        };
        Self { friendly: Rows::new(n, &arcs(|s| s >= 0)), hostile: Rows::new(n, &arcs(|s| s < 0)) }
    }

    /// Ties that all draw together.
    #[must_use]
    pub fn unsigned(graph: &Graph) -> Self {
        Self { friendly: graph.out.clone(), hostile: Rows::new(graph.len(), &[]) }
    }
}

/// How much more the friendly ties, and how much less the hostile ones, run inside groups than chance would have it:
/// Q = (1 / (2w⁺ + 2w⁻)) Σᵢⱼ [w⁺ᵢⱼ − w⁻ᵢⱼ − (γ w⁺ᵢ w⁺ⱼ / 2w⁺ − γ w⁻ᵢ w⁻ⱼ / 2w⁻)] δ(groups of i and j alike).
///
/// Without hostile ties it is Newman & Girvan's modularity with resolution γ and equals `networkx.community.modularity`.
///
/// Gómez, Jensen, Arenas, "Analysis of community structure in networks of correlated data", Phys. Rev. E 80 (2009).
/// O(n + m).
#[must_use]
pub fn modularity(ties: &Ties, group: &[usize], resolution: f64) -> f64 {
    let count = group.iter().max().map_or(0, |m| m + 1);
    let (mut score, mut total) = (0.0, 0.0);
    for (rows, sign) in [(&ties.friendly, 1.0), (&ties.hostile, -1.0)] {
        let (mut inside, mut degree) = (0.0, vec![0.0; count]);
        for (a, b, w) in rows.arcs() {
            degree[group[a as usize]] += w;
            if group[a as usize] == group[b as usize] {
                inside += w;
            }
        }
        let all: f64 = degree.iter().sum();
        if all > 0.0 {
            score += sign * (inside - resolution * degree.iter().map(|d| d * d).sum::<f64>() / all);
            total += all;
        }
    }
    if total > 0.0 { score / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::disconnected;

    #[test]
    fn hand_derived() {
        // Two equal components apart: 1 − 2 · ¼.
        let ties = Ties::unsigned(&disconnected());
        assert!((modularity(&ties, &[0, 0, 0, 1, 1, 1], 1.0) - 0.5).abs() < 1e-12);
        assert!(modularity(&ties, &[0; 6], 1.0).abs() < 1e-12);
        // Two friends against two friends: all friendly inside, all hostile across: (4 − 2 + 4 ... ) by hand below.
        let signed = Ties {
            friendly: Graph::undirected(4, &[(0, 1, 1.0), (2, 3, 1.0)]).out,
            hostile: Graph::undirected(4, &[(0, 2, 1.0), (1, 3, 1.0)]).out,
        };
        // Friendly: 4 − (4 + 4)/4 = 2; hostile: −(0 − 2) = 2; over 8.
        assert!((modularity(&signed, &[0, 0, 1, 1], 1.0) - 0.5).abs() < 1e-12);
    }
}
