//! `statements.csv`: one row per statement.

use std::io::{self, Write};

use super::table::{Cell, Cells, Table};
use crate::network::Network;
use crate::relations::Statement;

/// Every statement of the network with the index of its edge, in order of document and place.
#[must_use]
pub fn in_order(network: &Network) -> Vec<(usize, &Statement)> {
    let edges = network.graph.raw_edges().iter().enumerate();
    let mut all: Vec<(usize, &Statement)> = edges.flat_map(|(i, e)| e.weight.statements.iter().map(move |s| (i, s))).collect();
    all.sort_by(|(_, a), (_, b)| a.in_text_order(b));
    all
}

/// The table, in order of document and place.
#[must_use]
pub fn table(network: &Network) -> Table {
    let mut table = Table::new([
        "document",
        "begin",
        "stop",
        "source",
        "source_begin",
        "source_stop",
        "relation",
        "target",
        "target_begin",
        "target_stop",
        "polarity",
        "modality",
        "status",
        "attribution",
        "start",
        "end",
        "quantity",
        "rule",
        "confidence",
        "sentence",
    ]);
    for (_, s) in in_order(network) {
        table.rows.push(vec![
            s.document.as_ref().into(),
            s.begin.into(),
            s.stop.into(),
            s.source.as_ref().into(),
            s.source_begin.into(),
            s.source_stop.into(),
            s.relation.as_ref().into(),
            s.target.as_ref().into(),
            s.target_begin.into(),
            s.target_stop.into(),
            s.polarity.as_str().into(),
            s.modality.as_str().into(),
            s.status.as_str().into(),
            s.attribution.as_deref().into(),
            s.start.map(|d| d.to_string()).into(),
            s.end.map(|d| d.to_string()).into(),
            s.quantity.as_deref().into(),
            s.rule.as_ref().into(),
            Cell::Number(s.confidence),
            s.sentence.as_ref().into(),
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
