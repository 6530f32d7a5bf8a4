//! Balance: friends, foes and camps.

mod camps;
mod triads;

pub use camps::{Camps, camps};
pub use triads::{Census, Triad, census};

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::csr::{Graph, Rows, narrow};
use crate::network::Network;

/// Who is whose friend and whose foe: one signed tie per pair of actors, the edges between them outweighed against each
/// other. Pairs whose friendly and hostile edges come to the same, and pairs of structural edges only, have none.
#[derive(Debug, Clone, Default)]
pub struct Signed {
    rows: Rows,
}

impl Signed {
    /// The signed ties of a network: friendly weight less hostile weight of each pair. O(n + m).
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let ties: Vec<(u32, u32, f64)> = network
            .graph
            .edge_references()
            .filter(|e| e.weight().sign != 0 && e.weight().weight > 0.0)
            .map(|e| {
                let edge = e.weight();
                (narrow(e.source().index()), narrow(e.target().index()), f64::from(edge.sign) * edge.weight)
            })
            .collect();
        Self::new(network.graph.node_count(), &ties)
    }

    /// Signed ties as `(one, other, weight)`, hostile ones of negative weight; those of one pair are added.
    #[must_use]
    pub fn new(n: usize, ties: &[(u32, u32, f64)]) -> Self {
        let all = Graph::undirected(n, ties).out;
        let left: Vec<(u32, u32, f64)> = all.arcs().filter(|(_, _, w)| w.abs() > 1e-12).collect();
        Self { rows: Rows::new(n, &left) }
    }

    /// Number of actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no actor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The ties, both ways, by actor; hostile ones of negative weight.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// +1, −1, or 0 without a tie.
    #[must_use]
    pub fn sign(&self, a: u32, b: u32) -> i8 {
        let weight = self.rows.between(a, b);
        if weight > 0.0 {
            1
        } else if weight < 0.0 {
            -1
        } else {
            0
        }
    }

    /// Every tie once, as `(lower, higher, weight)`, ascending.
    pub fn ties(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        self.rows.arcs().filter(|(a, b, _)| a < b)
    }
}

/// The edge of a sign that carries most weight between two actors: the one to cite for a signed tie.
#[must_use]
pub fn strongest_edge(network: &Network, a: u32, b: u32, sign: i8) -> Option<EdgeIndex> {
    let (a, b) = (petgraph::graph::NodeIndex::new(a as usize), petgraph::graph::NodeIndex::new(b as usize));
    let both = network.graph.edges_connecting(a, b).chain(network.graph.edges_connecting(b, a));
    both.filter(|e| e.weight().sign == sign)
        .max_by(|x, y| x.weight().weight.total_cmp(&y.weight().weight).then_with(|| y.id().cmp(&x.id())))
        .map(|e| e.id())
}
