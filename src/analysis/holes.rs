//! Structural holes: who draws advantage from others not being tied to one another.

use super::csr::Graph;

/// Burt's constraint: how far an actor's ties lead back to the same contacts. For each contact j, the share of the
/// actor's ties spent on j directly and by way of others, squared: Σⱼ (pᵢⱼ + Σ_q pᵢq p_qj)². Low: a broker between
/// strangers; near 1 and above: locked into one circle. Not defined (NaN) without ties.
///
/// Ties without direction, every one alike. Equals `networkx.constraint` on the undirected graph.
///
/// Burt, "Structural Holes", 1992. O(Σ deg²).
///
/// ```
/// use suzerain::analysis::{Graph, holes};
/// let star = Graph::undirected(3, &[(0, 1, 1.0), (0, 2, 1.0)]);
/// assert_eq!(holes::constraint(&star), [0.5, 1.0, 1.0]);
/// ```
#[must_use]
pub fn constraint(ties: &Graph) -> Vec<f64> {
    let rows = &ties.out;
    let degree = |v: u32| rows.of(v).len() as f64;
    // Share that each contact gets by way of others, while one actor is worked on.
    let mut indirect = vec![0.0; ties.len()];
    ties.nodes()
        .map(|i| {
            let contacts = rows.of(i);
            if contacts.is_empty() {
                return f64::NAN;
            }
            for &q in contacts {
                for &j in rows.of(q) {
                    indirect[j as usize] += 1.0 / degree(q);
                }
            }
            let own = degree(i);
            let sum = contacts.iter().map(|&j| ((1.0 + indirect[j as usize]) / own).powi(2)).sum();
            for &q in contacts {
                for &j in rows.of(q) {
                    indirect[j as usize] = 0.0;
                }
            }
            sum
        })
        .collect()
}

/// Burt's effective size: the number of contacts less their mean number of ties among themselves: how many separate
/// circles an actor reaches. Not defined (NaN) without ties.
///
/// Ties without direction, every one alike. Equals `networkx.effective_size` on the undirected graph.
///
/// Burt 1992, in the form of Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20 (1997).
/// O(Σ deg²).
#[must_use]
pub fn effective_size(ties: &Graph) -> Vec<f64> {
    let doubled = super::clustering::triangles(ties);
    ties.nodes()
        .map(|v| match ties.out.of(v).len() as f64 {
            0.0 => f64::NAN,
            degree => degree - 2.0 * doubled[v as usize] as f64 / degree,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&constraint(&path(3)), &[1.0, 0.5, 1.0]);
        close(&constraint(&star(5)), &[0.25, 1.0, 1.0, 1.0, 1.0]);
        // A triangle: two contacts, (½ + ¼)² each.
        close(&constraint(&complete(3)), &[1.125; 3]);
        close(&constraint(&disconnected())[3..], &[1.0, 0.5, 1.0]);
        close(&constraint(&single()), &[f64::NAN]);
        close(&constraint(&empty()), &[]);
        close(&effective_size(&star(5)), &[4.0, 1.0, 1.0, 1.0, 1.0]);
        close(&effective_size(&complete(4)), &[1.0; 4]);
        close(&effective_size(&path(3)), &[1.0, 2.0, 1.0]);
        close(&effective_size(&single()), &[f64::NAN]);
    }
}
