//! Paths of influence: how A's sway reaches B.

mod constrained;
mod strongest;
mod timed;
mod yen;

pub use constrained::{Conditions, Found, search};
pub use strongest::strongest;
pub use timed::Times;
pub use yen::k_strongest;

use super::influence::Step;
use crate::network::Network;

/// A path of influence: steps of which each starts where the last one ended, no actor twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The steps, from the one who sways to the one who is swayed in the end.
    pub steps: Vec<Step>,
}

impl Path {
    /// Product of the steps' strengths.
    #[must_use]
    pub fn strength(&self) -> f64 {
        self.steps.iter().map(|s| s.strength).product()
    }

    /// Product of the steps' signs: +1 where sway arrives as help, −1 where as harm.
    #[must_use]
    pub fn sign(&self) -> i8 {
        self.steps.iter().map(|s| s.sign).product()
    }

    /// −ln of the strength.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.steps.iter().map(|s| s.length).sum()
    }

    /// The actors on it, first to last.
    #[must_use]
    pub fn nodes(&self) -> Vec<u32> {
        self.steps.first().map(|s| s.from).into_iter().chain(self.steps.iter().map(|s| s.to)).collect()
    }

    /// The place of the step whose edge has the least support: least confidence, then fewest documents, then fewest
    /// statements, then the first. `None` for the empty path.
    #[must_use]
    pub fn weakest(&self, network: &Network) -> Option<usize> {
        let key = |step: &Step| network.graph.edge_weight(step.edge).map(|e| (e.confidence, e.documents, e.count));
        (0..self.steps.len()).min_by(|&a, &b| {
            let (a, b) = (key(&self.steps[a]), key(&self.steps[b]));
            let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
            a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2)))
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use petgraph::graph::EdgeIndex;

    use super::*;
    use crate::analysis::influence::Flow;

    pub(crate) fn flow(n: usize, arcs: &[(u32, u32, f64)]) -> Flow {
        signed(n, &arcs.iter().map(|&(a, b, s)| (a, b, s, 1)).collect::<Vec<_>>())
    }

    pub(crate) fn signed(n: usize, arcs: &[(u32, u32, f64, i8)]) -> Flow {
        let step = |(i, &(from, to, strength, sign)): (usize, &(u32, u32, f64, i8))| Step {
            from,
            to,
            edge: EdgeIndex::new(i),
            forward: true,
            strength,
            length: -strength.ln(),
            sign,
        };
        Flow::of_arcs(n, arcs.iter().enumerate().map(step).collect())
    }
}
