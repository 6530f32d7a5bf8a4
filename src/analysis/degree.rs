//! Degree and strength: how many others an actor is tied to, and how firmly.

use super::csr::{Graph, Rows};

/// Number of distinct neighbours along arcs of one direction. Parallel edges count once, signs and weights do not
/// enter. O(n).
///
/// Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978).
///
/// ```
/// use suzerain::analysis::{Graph, degree};
/// let chain = Graph::new(3, &[(0, 1, 0.5), (1, 2, 0.5)]);
/// assert_eq!(degree::degree(&chain.out), [1.0, 1.0, 0.0]);
/// assert_eq!(degree::degree(&chain.inn), [0.0, 1.0, 1.0]);
/// ```
#[must_use]
pub fn degree(rows: &Rows) -> Vec<f64> {
    (0..rows.len()).map(|v| rows.of(v as u32).len() as f64).collect()
}

/// Sum of the weights of the arcs of one direction (relation weight × confidence; parallel edges added). Signs do not
/// enter: a bitter enemy is a strong tie. O(n + m).
///
/// Barrat, Barthélemy, Pastor-Satorras, Vespignani, "The architecture of complex weighted networks", PNAS 101 (2004).
#[must_use]
pub fn strength(rows: &Rows) -> Vec<f64> {
    (0..rows.len()).map(|v| rows.weights(v as u32).iter().sum()).collect()
}

/// Strength of friendly ties less strength of hostile ones, of −1 (all hostile) to +1 (all friendly): their difference
/// over their sum; not defined (NaN) without either. O(n).
#[must_use]
pub fn temper(friendly: &Graph, hostile: &Graph) -> Vec<f64> {
    strength(&friendly.out).into_iter().zip(strength(&hostile.out)).map(|(f, h)| (f - h) / (f + h)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&degree(&path(4).out), &[1.0, 2.0, 2.0, 1.0]);
        close(&degree(&star(4).out), &[3.0, 1.0, 1.0, 1.0]);
        close(&degree(&complete(4).out), &[3.0; 4]);
        close(&degree(&disconnected().out), &[1.0, 2.0, 1.0, 1.0, 2.0, 1.0]);
        close(&degree(&chain().inn), &[0.0, 1.0, 1.0]);
        close(&degree(&empty().out), &[]);
        close(&degree(&single().out), &[0.0]);
    }

    #[test]
    fn adds_the_weights_of_parallel_edges() {
        let graph = Graph::undirected(3, &[(0, 1, 0.5), (0, 1, 0.25), (1, 2, 1.0)]);
        close(&strength(&graph.out), &[0.75, 1.75, 1.0]);
        close(&degree(&graph.out), &[1.0, 2.0, 1.0]);
    }

    #[test]
    fn tells_friends_from_foes() {
        let friendly = Graph::undirected(3, &[(0, 1, 0.75)]);
        let hostile = Graph::undirected(3, &[(1, 2, 0.25)]);
        close(&temper(&friendly, &hostile), &[1.0, 0.5, -1.0]);
    }
}
