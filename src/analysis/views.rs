//! The graphs that measures read off a network.

use std::sync::OnceLock;

use petgraph::visit::EdgeRef;

use super::csr::{Graph, narrow};
use super::influence::Flow;
use crate::network::Network;

/// Three graphs over one network's actors (node indices are the network's), each made when first asked for.
///
/// Parallel edges (several relations between the same two actors) are joined, their weights added; an actor's tie to
/// itself is left out. Edges of weight 0 or less join nothing.
#[derive(Debug)]
pub struct Views<'a> {
    network: &'a Network,
    stated: OnceLock<Graph>,
    ties: OnceLock<Graph>,
    flow: OnceLock<Flow>,
}

impl<'a> Views<'a> {
    /// The views of a network. Nothing is computed yet.
    #[must_use]
    pub fn new(network: &'a Network) -> Self {
        Self { network, stated: OnceLock::new(), ties: OnceLock::new(), flow: OnceLock::new() }
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// The graph as the sentences state it: source → target, an edge of a symmetric relation both ways.
    pub fn stated(&self) -> &Graph {
        self.stated.get_or_init(|| {
            let mut arcs = Vec::with_capacity(self.network.graph.edge_count() * 2);
            for edge in self.network.graph.edge_references() {
                let (a, b, w) = (narrow(edge.source().index()), narrow(edge.target().index()), edge.weight().weight);
                if w > 0.0 {
                    arcs.push((a, b, w));
                    if self.network.relation(edge.weight()).symmetric {
                        arcs.push((b, a, w));
                    }
                }
            }
            Graph::new(self.network.graph.node_count(), &arcs)
        })
    }

    /// Who is tied to whom, without direction.
    pub fn ties(&self) -> &Graph {
        self.ties.get_or_init(|| Graph::undirected(self.network.graph.node_count(), &edges(self.network, |_| true)))
    }

    /// The ties of one sign (+1, 0 or −1), without direction.
    #[must_use]
    pub fn ties_of_sign(&self, sign: i8) -> Graph {
        Graph::undirected(self.network.graph.node_count(), &edges(self.network, |s| s == sign))
    }

    /// The way in which sway runs.
    pub fn flow(&self) -> &Flow {
        self.flow.get_or_init(|| Flow::new(self.network))
    }
}

/// The network's edges of some signs, as (source, target, weight).
fn edges(network: &Network, keep: impl Fn(i8) -> bool) -> Vec<(u32, u32, f64)> {
    network
        .graph
        .edge_references()
        .filter(|e| e.weight().weight > 0.0 && keep(e.weight().sign))
        .map(|e| (narrow(e.source().index()), narrow(e.target().index()), e.weight().weight))
        .collect()
}
