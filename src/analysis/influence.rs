//! How influence flows: the network's edges turned the way in which sway runs.

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::csr::narrow;
use crate::network::Network;
use crate::relations::Influence;

/// One step of influence: an edge of the network, walked the way sway runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Who sways.
    pub from: u32,
    /// Who is swayed.
    pub to: u32,
    /// The edge of the network.
    pub edge: EdgeIndex,
    /// Whether the edge is walked from its source to its target.
    pub forward: bool,
    /// Strength, over 0 and up to 1.
    pub strength: f64,
    /// −ln of the strength: its length.
    pub length: f64,
    /// +1 or −1: whether sway arrives as help or as harm; structural edges count as +.
    pub sign: i8,
}

/// The influence graph: arcs with parallel ones kept, sorted by both ends, strongest first.
///
/// An edge's strength is its weight (relation weight × confidence). A relation whose influence is `fwd` lets the source
/// sway the target, `rev` the target the source, `both` each the other, `none` nobody. A network from elsewhere whose
/// weights exceed 1 is scaled by its largest weight.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    arcs: Vec<Step>,
    out: Vec<u32>,
    inn: Vec<u32>,
    arcs_in: Vec<u32>,
}

impl Flow {
    /// The influence graph of a network, all of its edges counted: choose them first with
    /// [`Selection`](crate::network::Selection). O(n + m log m).
    #[must_use]
    pub fn new(network: &Network) -> Self {
        let n = network.graph.node_count();
        let scale = network.graph.edge_weights().map(|e| e.weight).fold(1.0, f64::max);
        let mut arcs = Vec::with_capacity(network.graph.edge_count());
        for edge in network.graph.edge_references() {
            let (source, target) = (narrow(edge.source().index()), narrow(edge.target().index()));
            let strength = edge.weight().weight / scale;
            if strength <= 0.0 || source == target {
                continue;
            }
            let sign = if edge.weight().sign < 0 { -1 } else { 1 };
            let length = -strength.ln();
            let arc = Step { from: source, to: target, edge: edge.id(), forward: true, strength, length, sign };
            let back = Step { from: target, to: source, forward: false, ..arc };
            match network.relation(edge.weight()).influence {
                Influence::Fwd => arcs.push(arc),
                Influence::Rev => arcs.push(back),
                Influence::Both => arcs.extend([arc, back]),
                Influence::None => {}
            }
        }
        Self::of_arcs(n, arcs)
    }

    /// The influence graph of some arcs.
    #[must_use]
    pub fn of_arcs(n: usize, mut arcs: Vec<Step>) -> Self {
        arcs.sort_by(|a, b| {
            (a.from, a.to).cmp(&(b.from, b.to)).then_with(|| b.strength.total_cmp(&a.strength)).then_with(|| a.edge.cmp(&b.edge))
        });
        let out = starts(n, arcs.iter().map(|a| a.from));
        let mut arcs_in: Vec<u32> = (0..narrow(arcs.len())).collect();
        arcs_in.sort_by_key(|&i| arcs[i as usize].to);
        let inn = starts(n, arcs_in.iter().map(|&i| arcs[i as usize].to));
        Self { arcs, out, inn, arcs_in }
    }

    /// Number of actors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len().saturating_sub(1)
    }

    /// Whether there is no actor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The arcs that leave an actor, by the actor they reach, strongest first.
    #[must_use]
    #[inline]
    pub fn from(&self, v: u32) -> &[Step] {
        &self.arcs[self.out[v as usize] as usize..self.out[v as usize + 1] as usize]
    }

    /// The arcs that reach an actor.
    #[inline]
    pub fn to(&self, v: u32) -> impl Iterator<Item = &Step> + '_ {
        self.arcs_in[self.inn[v as usize] as usize..self.inn[v as usize + 1] as usize].iter().map(|&i| &self.arcs[i as usize])
    }

    /// The same with every arc turned round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let arcs = self.arcs.iter().map(|a| Step { from: a.to, to: a.from, ..*a }).collect();
        Self::of_arcs(self.len(), arcs)
    }

    /// All arcs.
    #[must_use]
    pub fn arcs(&self) -> &[Step] {
        &self.arcs
    }
}

fn starts(n: usize, keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut start = vec![0_u32; n + 1];
    for key in keys {
        start[key as usize + 1] += 1;
    }
    for i in 0..n {
        start[i + 1] += start[i];
    }
    start
}
