//! The queue of a shortest-path search.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Nodes by distance, nearest first, ties by node. Distances are not negative, so their bits sort as they do.
#[derive(Debug, Default)]
pub(crate) struct Queue(BinaryHeap<Reverse<(u64, u32)>>);

impl Queue {
    /// Adds a node at a distance of 0 or more.
    #[inline]
    pub(crate) fn push(&mut self, distance: f64, node: u32) {
        // −0 would sort last.
        self.0.push(Reverse(((distance + 0.0).to_bits(), node)));
    }

    /// Takes the nearest node out.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(f64, u32)> {
        self.0.pop().map(|Reverse((bits, node))| (f64::from_bits(bits), node))
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
