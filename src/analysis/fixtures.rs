//! Small graphs whose values can be worked out by hand.

use super::csr::Graph;

pub(crate) fn path(n: u32) -> Graph {
    Graph::undirected(n as usize, &(1..n).map(|v| (v - 1, v, 1.0)).collect::<Vec<_>>())
}

pub(crate) fn star(n: u32) -> Graph {
    Graph::undirected(n as usize, &(1..n).map(|v| (0, v, 1.0)).collect::<Vec<_>>())
}

pub(crate) fn complete(n: u32) -> Graph {
    Graph::undirected(n as usize, &(0..n).flat_map(|v| (0..v).map(move |w| (v, w, 1.0))).collect::<Vec<_>>())
}

pub(crate) fn empty() -> Graph {
    Graph::new(0, &[])
}

pub(crate) fn single() -> Graph {
    Graph::new(1, &[])
}

/// Two paths of three.
pub(crate) fn disconnected() -> Graph {
    Graph::undirected(6, &[(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0)])
}

/// 0 → 1 → 2.
pub(crate) fn chain() -> Graph {
    Graph::new(3, &[(0, 1, 1.0), (1, 2, 1.0)])
}

/// Equal within 1e-9 relative.
#[track_caller]
pub(crate) fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (i, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-9 * b.abs().max(1e-3) || (a.is_nan() && b.is_nan()), "at {i}: {a} instead of {b}");
    }
}
