//! The k strongest paths.

use std::collections::BTreeSet;

use super::Path;
use super::strongest::Search;
use crate::analysis::influence::Flow;

/// The k strongest paths without repeated actors, strongest first; of parallel edges the strongest stands for all. Of
/// equals the one with fewer steps, then the one over earlier actors.
///
/// Yen, "Finding the k shortest loopless paths in a network", Management Science 17 (1971). O(k · length ·
/// (m + n) log n).
///
/// ```
/// use suzerain::analysis::{Flow, paths};
/// assert!(paths::k_strongest(&Flow::of_arcs(2, Vec::new()), 0, 1, 3).is_empty());
/// ```
#[must_use]
pub fn k_strongest(flow: &Flow, from: u32, to: u32, k: usize) -> Vec<Path> {
    let mut search = Search::new(flow.len());
    let mut found: Vec<Path> = Vec::new();
    if k == 0 {
        return found;
    }
    found.extend(search.run(flow, from, to, &[]));
    // Candidates by (length, steps, nodes); the path itself goes along.
    let mut candidates: BTreeSet<Candidate> = BTreeSet::new();
    while let Some(last) = found.last()
        && found.len() < k
    {
        let steps = last.steps.clone();
        for spur in 0..steps.len() {
            let root = &steps[..spur];
            let at = steps[spur].from;
            // Next nodes that paths with this root have taken already.
            let taken: Vec<u32> = found.iter().filter(|p| same_root(p, root)).filter_map(|p| p.steps.get(spur).map(|s| s.to)).collect();
            for step in root {
                search.closed[step.from as usize] = true;
            }
            if let Some(rest) = search.run(flow, at, to, &taken) {
                let path = Path { steps: root.iter().copied().chain(rest.steps).collect() };
                candidates.insert(Candidate::new(path));
            }
            for step in root {
                search.closed[step.from as usize] = false;
            }
        }
        match candidates.pop_first() {
            Some(candidate) => found.push(candidate.path),
            None => break,
        }
    }
    found
}

fn same_root(path: &Path, root: &[crate::analysis::influence::Step]) -> bool {
    path.steps.len() >= root.len() && path.steps.iter().zip(root).all(|(a, b)| a.to == b.to)
}

struct Candidate {
    key: (u64, usize, Vec<u32>),
    path: Path,
}

impl Candidate {
    fn new(path: Path) -> Self {
        Self { key: (path.length().max(0.0).to_bits(), path.steps.len(), path.nodes()), path }
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::paths::tests::flow;

    #[test]
    fn in_order_of_strength() {
        let flow = flow(4, &[(0, 1, 0.9), (0, 2, 0.8), (1, 3, 0.9), (2, 3, 0.9), (1, 2, 0.5), (0, 3, 0.1), (0, 3, 0.05)]);
        let paths = k_strongest(&flow, 0, 3, 10);
        let nodes: Vec<Vec<u32>> = paths.iter().map(Path::nodes).collect();
        assert_eq!(nodes, [vec![0, 1, 3], vec![0, 2, 3], vec![0, 1, 2, 3], vec![0, 3]]);
        assert!(paths.windows(2).all(|p| p[0].strength() >= p[1].strength()));
        assert_eq!(k_strongest(&flow, 0, 3, 2), paths[..2]);
    }

    #[test]
    fn nothing_where_influence_does_not_arrive() {
        assert!(k_strongest(&flow(3, &[(1, 0, 1.0)]), 0, 1, 5).is_empty());
        assert!(k_strongest(&flow(2, &[(0, 1, 1.0)]), 0, 1, 0).is_empty());
    }
}
