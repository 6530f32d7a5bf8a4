//! Core numbers: how deep in the thick of it.

use super::csr::Graph;

/// The largest k such that the actor belongs to a group in which everybody is tied to at least k others of the group.
///
/// Ties without direction, every one alike; signs do not enter. Equals `networkx.core_number`. High: at the centre of a
/// thicket of dealings, not just tied to many loners.
///
/// Seidman, "Network structure and minimum degree", Social Networks 5 (1983); Batagelj & Zaveršnik, "An O(m) algorithm for
/// cores decomposition" (2003). O(n + m).
///
/// ```
/// use suzerain::analysis::{Graph, core};
/// let triangle = Graph::undirected(4, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(core::core_number(&triangle), [2.0, 2.0, 2.0, 1.0]);
/// ```
#[must_use]
pub fn core_number(ties: &Graph) -> Vec<f64> {
    let n = ties.len();
    let mut degree: Vec<usize> = ties.nodes().map(|v| ties.out.of(v).len()).collect();
    let most = degree.iter().copied().max().unwrap_or(0);
    // Nodes in order of degree; `start[d]` is where those of degree d begin.
    let mut start = vec![0; most + 2];
    for &d in &degree {
        start[d + 1] += 1;
    }
    for d in 0..=most {
        start[d + 1] += start[d];
    }
    let (mut place, mut order, mut next) = (vec![0; n], vec![0_u32; n], start.clone());
    for v in ties.nodes() {
        let d = degree[v as usize];
        place[v as usize] = next[d];
        order[next[d]] = v;
        next[d] += 1;
    }
    for i in 0..n {
        let v = order[i];
        let own = degree[v as usize];
        for &w in ties.out.of(v) {
            let d = degree[w as usize];
            if d > own {
                // Swap w with the first node of its degree, and let the next degree begin after it.
                let (at, first) = (place[w as usize], start[d].max(i + 1));
                let other = order[first];
                order.swap(at, first);
                place[w as usize] = first;
                place[other as usize] = at;
                start[d] = first + 1;
                degree[w as usize] -= 1;
            }
        }
    }
    degree.into_iter().map(|d| d as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{close, complete, disconnected, empty, path, single, star};

    #[test]
    fn hand_derived() {
        close(&core_number(&path(4)), &[1.0; 4]);
        close(&core_number(&star(4)), &[1.0; 4]);
        close(&core_number(&complete(5)), &[4.0; 5]);
        close(&core_number(&disconnected()), &[1.0; 6]);
        close(&core_number(&empty()), &[]);
        close(&core_number(&single()), &[0.0]);
    }
}
