//! What a network says: who stands where, between whom, in whose camp, and how influence flows.
//!
//! Measures are one file each and stand in one list, [`MEASURES`]; all of them run on compact graphs that [`Views`] reads
//! off the network. Choose the statements that count first, with [`Selection`](crate::network::Selection). Every result
//! is the same, bit for bit, on one thread and on many.

pub mod betweenness;
pub mod closeness;
mod csr;
pub mod degree;
pub mod eigenvector;
#[cfg(test)]
mod fixtures;
mod heap;
mod influence;
mod measures;
pub mod pagerank;
mod parallel;
pub mod paths;
pub mod sway;
mod views;

pub use csr::{Graph, Rows};
pub use influence::{Flow, Step};
pub use measures::{MEASURES, Measure, measure, ranks};
pub use views::Views;
