//! `edges.csv`: one row per edge.

use std::io::{self, Write};

use super::table::{Cell, Cells, Table};
use crate::network::Network;

/// The table, in edge order.
#[must_use]
pub fn table(network: &Network) -> Table {
    let mut table = Table::new([
        "source",
        "relation",
        "target",
        "sign",
        "weight",
        "confidence",
        "polarity",
        "modality",
        "status",
        "statements",
        "documents",
        "first",
        "last",
        "example",
    ]);
    for raw in network.graph.raw_edges() {
        let edge = &raw.weight;
        let name = |node: petgraph::graph::NodeIndex| Cell::from(network.graph[node].name.as_ref());
        table.rows.push(vec![
            name(raw.source()),
            network.relation(edge).name.as_str().into(),
            name(raw.target()),
            f64::from(edge.sign).into(),
            edge.weight.into(),
            edge.confidence.into(),
            edge.polarity.as_str().into(),
            edge.modality.as_str().into(),
            edge.status.as_str().into(),
            edge.count.into(),
            edge.documents.into(),
            edge.first.map(|d| d.to_string()).into(),
            edge.last.map(|d| d.to_string()).into(),
            edge.example().map(|s| s.sentence.as_ref()).into(),
        ]);
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
