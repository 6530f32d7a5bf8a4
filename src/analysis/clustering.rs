//! Clustering: whether an actor's contacts deal with one another.

use super::csr::Graph;
use super::parallel::each;

/// The share of pairs of an actor's contacts that are tied to each other; 0 with fewer than two contacts.
///
/// Ties without direction, every one alike; signs do not enter. Equals `networkx.clustering` on the undirected graph. Low
/// with many contacts: they meet only through it.
///
/// Watts & Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998). O(Σ min-degree over edges).
///
/// ```
/// use suzerain::analysis::{Graph, clustering};
/// let triangle = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]);
/// assert_eq!(clustering::clustering(&triangle), [1.0; 3]);
/// ```
#[must_use]
pub fn clustering(ties: &Graph) -> Vec<f64> {
    triangles(ties)
        .into_iter()
        .zip(ties.nodes())
        .map(|(t, v)| {
            let d = ties.out.of(v).len() as f64;
            if d < 2.0 { 0.0 } else { 2.0 * t as f64 / (d * (d - 1.0)) }
        })
        .collect()
}

/// The number of triangles that each node is a corner of.
#[must_use]
pub fn triangles(ties: &Graph) -> Vec<usize> {
    each(ties.len(), |v| {
        let own = ties.out.of(v as u32);
        own.iter().map(|&w| common(own, ties.out.of(w))).sum::<usize>() / 2
    })
}

/// The number of entries that two ascending rows share: by halving where one is much the longer, else side by side.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() * 16 < long.len() {
        return short.iter().filter(|x| long.binary_search(x).is_ok()).count();
    }
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (short.get(i), long.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&clustering(&path(4)), &[0.0; 4]);
        close(&clustering(&star(40)), &[0.0; 40]);
        close(&clustering(&complete(5)), &[1.0; 5]);
        close(&clustering(&disconnected()), &[0.0; 6]);
        close(&clustering(&empty()), &[]);
        close(&clustering(&single()), &[0.0]);
        // A triangle with a tail: the corner with the tail has 1 of 3 pairs.
        let graph = Graph::undirected(4, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
        close(&clustering(&graph), &[1.0, 1.0, 1.0 / 3.0, 0.0]);
    }
}
