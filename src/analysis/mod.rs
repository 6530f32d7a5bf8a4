//! What a network says: who stands where, between whom, in whose camp, and how influence flows.
//!
//! Measures are one file each and stand in one list, [`MEASURES`]; all of them run on compact graphs that [`Views`] reads
//! off the network. Choose the statements that count first, with [`Selection`](crate::network::Selection). Every result
//! is the same, bit for bit, on one thread and on many.

pub mod alliances;
pub mod balance;
pub mod betweenness;
pub mod brokerage;
pub mod closeness;
pub mod clustering;
pub mod communities;
pub mod compare;
pub mod core;
mod csr;
pub mod cuts;
pub mod degree;
pub mod eigenvector;
#[cfg(test)]
mod fixtures;
mod heap;
pub mod hits;
pub mod holes;
mod influence;
pub mod katz;
mod measures;
pub mod pagerank;
mod parallel;
pub mod paths;
mod random;
pub mod robust;
pub mod sway;
mod views;

pub use csr::{Graph, Rows};
pub use influence::{Flow, Step};
pub use measures::{MEASURES, Measure, measure, ranks};
pub use random::Random;
pub use views::Views;
