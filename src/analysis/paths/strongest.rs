//! The strongest path.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Path;
use crate::analysis::influence::{Flow, Step};

/// The strongest path of influence from one actor to another: the shortest on −ln of strength; of equals the one with
/// fewer steps. `None` where influence does not arrive, or both are the same.
///
/// Dijkstra, "A note on two problems in connexion with graphs", Numer. Math. 1 (1959). O((m + n) log n), less where the
/// target is near.
///
/// ```
/// use suzerain::analysis::{Flow, paths};
/// assert!(paths::strongest(&Flow::of_arcs(2, Vec::new()), 0, 1).is_none());
/// ```
#[must_use]
pub fn strongest(flow: &Flow, from: u32, to: u32) -> Option<Path> {
    Search::new(flow.len()).run(flow, from, to, &[])
}

/// A search that can be run again and again without new memory.
pub(super) struct Search {
    /// Length, number of steps and last step of the best way found so far to each node.
    best: Vec<(f64, u32, Option<Step>)>,
    touched: Vec<u32>,
    /// Nodes that must not be entered.
    pub(super) closed: Vec<bool>,
}

impl Search {
    pub(super) fn new(n: usize) -> Self {
        Self { best: vec![(f64::INFINITY, 0, None); n], touched: Vec::new(), closed: vec![false; n] }
    }

    /// The strongest path that enters no closed node and does not begin by going to one of `not_first`.
    pub(super) fn run(&mut self, flow: &Flow, from: u32, to: u32, not_first: &[u32]) -> Option<Path> {
        if from == to {
            return None;
        }
        for v in self.touched.drain(..) {
            self.best[v as usize] = (f64::INFINITY, 0, None);
        }
        let mut heap = BinaryHeap::new();
        self.best[from as usize] = (0.0, 0, None);
        self.touched.push(from);
        heap.push(Reverse((0.0_f64.to_bits(), 0_u32, from)));
        while let Some(Reverse((bits, steps, v))) = heap.pop() {
            let far = f64::from_bits(bits);
            let known = &self.best[v as usize];
            if (far, steps) != (known.0, known.1) {
                continue;
            }
            if v == to {
                return Some(self.trace(from, to));
            }
            let mut last = None;
            for step in flow.from(v) {
                // Parallel arcs stand together, the strongest first.
                if last.replace(step.to) == Some(step.to) {
                    continue;
                }
                let w = step.to as usize;
                if self.closed[w] || (v == from && not_first.contains(&step.to)) {
                    continue;
                }
                // −ln 1 is −0.
                let reach = far + step.length.max(0.0);
                let known = &self.best[w];
                if reach < known.0 || (reach == known.0 && steps + 1 < known.1) {
                    if known.0.is_infinite() {
                        self.touched.push(step.to);
                    }
                    self.best[w] = (reach, steps + 1, Some(*step));
                    heap.push(Reverse((reach.to_bits(), steps + 1, step.to)));
                }
            }
        }
        None
    }

    fn trace(&self, from: u32, to: u32) -> Path {
        let mut steps = Vec::new();
        let mut at = to;
        while at != from {
            let Some(step) = self.best[at as usize].2 else { break };
            steps.push(step);
            at = step.from;
        }
        steps.reverse();
        Path { steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::paths::tests::flow;

    #[test]
    fn prefers_strength_to_shortness() {
        let flow = flow(4, &[(0, 3, 0.2), (0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9)]);
        let path = strongest(&flow, 0, 3).unwrap();
        assert_eq!(path.nodes(), [0, 1, 2, 3]);
        assert!((path.strength() - 0.729).abs() < 1e-12);
        assert!((path.length() + 0.729_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn of_equals_the_shorter() {
        let flow = flow(3, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]);
        assert_eq!(strongest(&flow, 0, 2).unwrap().nodes(), [0, 2]);
    }

    #[test]
    fn runs_one_way_only() {
        let flow = flow(3, &[(0, 1, 1.0), (2, 1, 1.0)]);
        assert!(strongest(&flow, 0, 2).is_none());
        assert!(strongest(&flow, 1, 1).is_none());
    }
}
