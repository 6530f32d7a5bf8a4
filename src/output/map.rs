//! All files of a map.

use std::io;

use super::actors_csv::{self, ActorTable};
use super::dot::{self, Ties};
use super::picture::{self, PictureOptions};
use super::table::Cells;
use super::{edges_csv, statements_csv, svg};
use crate::network::Network;

/// What the pipeline knows besides the network.
#[derive(Debug, Clone, Default)]
pub struct MapExtras {
    /// Measures, communities and camps of the actors.
    pub actors: ActorTable,
    /// How cells of tables are written.
    pub cells: Cells,
    /// How the pictures are drawn.
    pub picture: PictureOptions,
}

/// Writes the files of a map, each handed to `sink` whole, with its name: `network.json`, `network.dot`, `network.svg`,
/// `actors.csv`, `edges.csv`, `statements.csv`.
///
/// # Errors
/// What the sink answers; the files after it are not made.
pub fn write_map(network: &Network, extras: &MapExtras, sink: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()> {
    sink("network.json", network.to_json().as_bytes())?;
    let mut buffer = Vec::new();
    dot::write(network, &extras.picture, Ties::Bundled, &mut buffer)?;
    sink("network.dot", &buffer)?;
    buffer.clear();
    svg::write(&picture::draw(network, &extras.picture).scene, &mut buffer)?;
    sink("network.svg", &buffer)?;
    buffer.clear();
    actors_csv::write(network, &extras.actors, extras.cells, &mut buffer)?;
    sink("actors.csv", &buffer)?;
    buffer.clear();
    edges_csv::write(network, extras.cells, &mut buffer)?;
    sink("edges.csv", &buffer)?;
    buffer.clear();
    statements_csv::write(network, extras.cells, &mut buffer)?;
    sink("statements.csv", &buffer)
}
