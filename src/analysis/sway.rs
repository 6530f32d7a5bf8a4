//! Sway and exposure: how much influence an actor has over all others, and they over it.

use std::collections::BinaryHeap;

use super::influence::Flow;
use super::parallel::each;

/// The sum, over all others, of the strength of the strongest path of influence to them.
///
/// A path's strength is the product of its edges' (relation weight × confidence); paths run the way influence does, and
/// signs do not enter: to harm is to sway. 1 is what a single certain tie of full weight gives. It is an
/// expected-reach measure in the manner of decay centrality (Jackson, "Social and Economic Networks", 2008, §2.2.4),
/// with the tie's own strength in place of one decay. Dijkstra's search on products, one per node:
/// O(n (m + n) log n).
///
/// ```
/// use suzerain::analysis::{Flow, sway};
/// assert!(sway::sway(&Flow::default()).is_empty());
/// ```
#[must_use]
pub fn sway(flow: &Flow) -> Vec<f64> {
    each(flow.len(), |v| total(flow, v as u32))
}

/// The sum, over all others, of the strength of the strongest path of influence from them: sway, walked backwards. High:
/// many can reach it.
#[must_use]
pub fn exposure(flow: &Flow) -> Vec<f64> {
    let back = flow.reversed();
    each(flow.len(), |v| total(&back, v as u32))
}

fn total(flow: &Flow, from: u32) -> f64 {
    let mut best = reach(flow, from);
    best[from as usize] = 0.0;
    best.iter().sum()
}

/// The strength of the strongest path from a node to each; 1 to itself, 0 where there is none.
pub(crate) fn reach(flow: &Flow, from: u32) -> Vec<f64> {
    let mut best = vec![0.0_f64; flow.len()];
    let mut heap = BinaryHeap::new();
    best[from as usize] = 1.0;
    // Strengths are positive: their bits sort as they do.
    heap.push((1.0_f64.to_bits(), from));
    while let Some((bits, v)) = heap.pop() {
        let strength = f64::from_bits(bits);
        if strength < best[v as usize] {
            continue;
        }
        for arc in flow.from(v) {
            let next = strength * arc.strength;
            if next > best[arc.to as usize] {
                best[arc.to as usize] = next;
                heap.push((next.to_bits(), arc.to));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::close;
    use crate::analysis::paths::tests::flow;

    #[test]
    fn hand_derived() {
        // 0 → 1 (½), 1 → 2 (½), 0 → 2 (0.1): over 1 it is ¼.
        let chain = flow(3, &[(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.1)]);
        close(&sway(&chain), &[0.75, 0.5, 0.0]);
        close(&exposure(&chain), &[0.0, 0.5, 0.75]);
        close(&sway(&flow(0, &[])), &[]);
        close(&sway(&flow(1, &[])), &[0.0]);
        // A star out of the middle, disconnected from a fifth.
        close(&sway(&flow(5, &[(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)])), &[3.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn the_stronger_of_two_parallel_edges_counts() {
        close(&sway(&flow(2, &[(0, 1, 0.5), (0, 1, 0.75)])), &[0.75, 0.0]);
    }
}
