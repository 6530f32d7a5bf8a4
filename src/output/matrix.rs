//! Adjacency matrix: a row per source, a column per target, cells the sum of the weights of what is asserted as fact. A
//! symmetric relation counts in both cells.

use std::io::{self, Write};

use super::table::{Cell, Cells, Table};
use super::view::is_firm;
use crate::network::Network;

/// The matrix; actors in name order.
#[must_use]
pub fn table(network: &Network) -> Table {
    let n = network.graph.node_count();
    let mut values = vec![0.0; n * n];
    for raw in network.graph.raw_edges().iter().filter(|raw| is_firm(&raw.weight)) {
        let (a, b) = (raw.source().index(), raw.target().index());
        values[a * n + b] += raw.weight.weight;
        if network.relation(&raw.weight).symmetric && a != b {
            values[b * n + a] += raw.weight.weight;
        }
    }
    let mut table = Table::new([""]);
    table.header.extend(network.graph.node_weights().map(|a| a.name.to_string()));
    for (a, actor) in network.graph.node_weights().enumerate() {
        let mut row = vec![Cell::from(actor.name.as_ref())];
        row.extend(values[a * n..(a + 1) * n].iter().map(|v| Cell::Number(*v)));
        table.rows.push(row);
    }
    table
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, cells: Cells, sink: &mut dyn Write) -> io::Result<()> {
    table(network).write_csv(cells, sink)
}
