//! Cuts: the actors and ties without which the network falls apart, and who stands between two actors.

use std::collections::VecDeque;

use super::csr::Graph;

/// Articulation points and bridges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Nodes whose loss leaves more components among the rest than there were, ascending.
    pub points: Vec<u32>,
    /// For each node, into how many parts its component falls without it: 1 where it holds, 0 where nothing is left.
    pub parts: Vec<usize>,
    /// Ties whose loss leaves more components, as (lower, higher), ascending.
    pub bridges: Vec<(u32, u32)>,
}

/// The articulation points and bridges of ties without direction.
///
/// Equals `networkx.articulation_points` and `networkx.bridges`. An articulation point is the only link of a part of the
/// network to the rest.
///
/// Hopcroft & Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", CACM 16 (1973), without recursion.
/// O(n + m).
///
/// ```
/// use suzerain::analysis::{Graph, cuts};
/// let path = Graph::undirected(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
/// let cuts = cuts::cuts(&path);
/// assert_eq!((cuts.points, cuts.bridges), (vec![1], vec![(0, 1), (1, 2)]));
/// ```
#[must_use]
pub fn cuts(ties: &Graph) -> Cuts {
    const NEW: usize = usize::MAX;
    let n = ties.len();
    let (mut number, mut low, mut parts) = (vec![NEW; n], vec![0; n], vec![0; n]);
    let mut bridges = Vec::new();
    let mut counter = 0;
    for root in ties.nodes() {
        if number[root as usize] != NEW {
            continue;
        }
        // A node, the one before it, and how many of its neighbours have been looked at.
        let mut stack = vec![(root, root, 0)];
        number[root as usize] = counter;
        low[root as usize] = counter;
        counter += 1;
        while let Some((v, parent, at)) = stack.last_mut() {
            let (v, parent) = (*v, *parent);
            if let Some(&w) = ties.out.of(v).get(*at) {
                *at += 1;
                if number[w as usize] == NEW {
                    number[w as usize] = counter;
                    low[w as usize] = counter;
                    counter += 1;
                    stack.push((w, v, 0));
                } else if w != parent {
                    low[v as usize] = low[v as usize].min(number[w as usize]);
                }
                continue;
            }
            stack.pop();
            if v != root {
                // The part that holds the parent.
                parts[v as usize] += 1;
                let p = parent as usize;
                low[p] = low[p].min(low[v as usize]);
                if low[v as usize] >= number[p] {
                    parts[p] += 1;
                }
                if low[v as usize] > number[p] {
                    bridges.push((v.min(parent), v.max(parent)));
                }
            }
        }
    }
    bridges.sort_unstable();
    let points = ties.nodes().filter(|&v| parts[v as usize] > 1).collect();
    Cuts { points, parts, bridges }
}

/// The components of ties without direction, largest first (of equals the one with the lowest node), each ascending.
#[must_use]
pub fn components(ties: &Graph) -> Vec<Vec<u32>> {
    let mut seen = vec![false; ties.len()];
    let mut components = Vec::new();
    for root in ties.nodes() {
        if std::mem::replace(&mut seen[root as usize], true) {
            continue;
        }
        let mut own = vec![root];
        let mut next = 0;
        while let Some(&v) = own.get(next) {
            next += 1;
            own.extend(ties.out.of(v).iter().copied().filter(|&w| !std::mem::replace(&mut seen[w as usize], true)));
        }
        own.sort_unstable();
        components.push(own);
    }
    components.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    components
}

/// The smallest set of actors whose loss cuts every directed way from one actor to another, ascending; of several smallest
/// sets the one nearest to `from`. `None` where the two are tied directly (no loss of others parts them) or are the same.
/// Empty where there is no way at all.
///
/// Menger, "Zur allgemeinen Kurventheorie", Fund. Math. 10 (1927); maximum flow with each node split in two, by
/// shortest augmenting paths (Edmonds & Karp, JACM 19 (1972)): O(k (n + m)) for k actors in the cut. Size equals
/// `networkx.node_connectivity(G, s, t)`.
#[must_use]
pub fn between(graph: &Graph, from: u32, to: u32) -> Option<Vec<u32>> {
    if from == to || graph.out.find(from, to).is_some() {
        return None;
    }
    let n = graph.len();
    // Node v is v (entered) and v + n (left), joined by an arc that one path may use; arcs between nodes may be used by
    // any number. The flow: the node from which a path enters v, and the node to which it goes on.
    let mut enters = vec![None; n];
    let mut leaves = vec![None; n];
    loop {
        let before = residual(graph, from, to, &enters);
        if before[to as usize].is_none() {
            let reached = |x: usize| before[x].is_some();
            return Some(graph.nodes().filter(|&v| v != from && v != to && reached(v as usize) && !reached(v as usize + n)).collect());
        }
        // Walk the augmenting path back, and turn it into flow: first list its arcs, then apply them.
        let mut arcs = Vec::new();
        let mut at = to as usize;
        while at != from as usize + n {
            let Some(previous) = before[at] else { break };
            arcs.push((previous, at));
            at = previous;
        }
        for &(a, b) in &arcs {
            // Left a, entered b: a new arc of the flow. Entered a, left b where b ≠ a + n: an arc taken back.
            if a < n && b >= n && b != a + n {
                let left = (b - n) as u32;
                if leaves[left as usize] == Some(a as u32) {
                    leaves[left as usize] = None;
                }
                if enters[a] == Some(left) {
                    enters[a] = None;
                }
            }
        }
        for &(a, b) in &arcs {
            if a >= n && b < n && a != b + n {
                let left = (a - n) as u32;
                if left != from {
                    leaves[left as usize] = Some(b as u32);
                }
                if b as u32 != to {
                    enters[b] = Some(left);
                }
            }
        }
    }
}

/// Breadth-first search in the residual graph; the place before each, `None` where not reached.
fn residual(graph: &Graph, from: u32, to: u32, enters: &[Option<u32>]) -> Vec<Option<usize>> {
    let n = graph.len();
    let start = from as usize + n;
    let mut before = vec![None; 2 * n];
    before[start] = Some(start);
    let mut queue = VecDeque::from([start]);
    while let Some(x) = queue.pop_front() {
        let mut visit = |y: usize, queue: &mut VecDeque<usize>| {
            if before[y].is_none() {
                before[y] = Some(x);
                queue.push_back(y);
            }
        };
        if x >= n {
            let v = (x - n) as u32;
            for &w in graph.out.of(v) {
                if w != from {
                    visit(w as usize, &mut queue);
                }
            }
            // Back over the node itself, where a path runs through it.
            if v != from && enters[v as usize].is_some() {
                visit(v as usize, &mut queue);
            }
        } else if x as u32 != to {
            match enters[x] {
                // Free: go through it.
                None => visit(x + n, &mut queue),
                // Taken: only back along the arc by which the path entered.
                Some(u) if u != from => visit(u as usize + n, &mut queue),
                Some(_) => {}
            }
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        assert_eq!(cuts(&path(4)).points, [1, 2]);
        assert_eq!(cuts(&path(4)).parts, [1, 2, 2, 1]);
        assert_eq!(cuts(&star(5)).parts, [4, 1, 1, 1, 1]);
        assert!(cuts(&complete(4)).points.is_empty() && cuts(&complete(4)).bridges.is_empty());
        assert_eq!(cuts(&disconnected()).points, [1, 4]);
        assert_eq!(cuts(&single()).parts, [0]);
        assert_eq!(cuts(&empty()), Cuts::default());
        assert_eq!(components(&disconnected()), [vec![0, 1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn who_stands_between() {
        assert_eq!(between(&chain(), 0, 2), Some(vec![1]));
        assert_eq!(between(&chain(), 2, 0), Some(vec![]));
        assert_eq!(between(&complete(3), 0, 2), None);
        // Two ways from 0 to 5: over 1-3 and 2-4, crossed by 1-4.
        let two = Graph::new(6, &[(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0), (1, 4, 1.0), (2, 4, 1.0), (3, 5, 1.0), (4, 5, 1.0)]);
        assert_eq!(between(&two, 0, 5), Some(vec![1, 2]));
        assert_eq!(between(&disconnected(), 0, 3), Some(vec![]));
    }

    #[test]
    fn the_smallest_cut_by_trying_all() {
        let mut random = crate::analysis::Random::new(3);
        for round in 0..200 {
            let n = 8;
            let arcs: Vec<(u32, u32, f64)> = (0..10 + round % 12).map(|_| (random.below(n) as u32, random.below(n) as u32, 1.0)).collect();
            let graph = Graph::new(n, &arcs);
            let Some(cut) = between(&graph, 0, 7) else { continue };
            assert!(!reaches(&graph, &cut), "{arcs:?} {cut:?}");
            for set in 0_u32..64 {
                let other: Vec<u32> = (1..7).filter(|v| set >> (v - 1) & 1 == 1).collect();
                assert!(other.len() >= cut.len() || reaches(&graph, &other), "{arcs:?} {cut:?} {other:?}");
            }
        }
    }

    fn reaches(graph: &Graph, lost: &[u32]) -> bool {
        let mut seen = vec![false; graph.len()];
        let mut stack = vec![0];
        while let Some(v) = stack.pop() {
            if lost.contains(&v) || std::mem::replace(&mut seen[v as usize], true) {
                continue;
            }
            stack.extend(graph.out.of(v));
        }
        seen[7]
    }
}
