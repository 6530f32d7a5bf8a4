//! `actors.csv`: one row per actor.

use std::io::{self, Write};

use super::table::{Cell, Cells, Table, joined};
use crate::analysis::balance::{Signed, camps};
use crate::analysis::communities::communities;
use crate::analysis::{MEASURES, Views};
use crate::network::{Network, Selection};

/// Columns about actors that the analysis has worked out, each in node order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActorTable {
    /// Name and values of each measure.
    pub columns: Vec<(String, Vec<f64>)>,
    /// The community of each actor.
    pub community: Vec<Option<usize>>,
    /// The camp of each actor.
    pub camp: Vec<Option<usize>>,
}

impl ActorTable {
    /// The measures that are columns by default, communities and two camps, of what is asserted, actual and not ended.
    /// Communities and camps are counted from 1; an actor without a tie has none.
    #[must_use]
    pub fn measured(network: &Network) -> Self {
        let counted = Selection::default().apply(network);
        let views = Views::new(&counted);
        // What is left out keeps its row: an actor's place in the other network is found by name.
        let places: Vec<Option<usize>> = network.graph.node_weights().map(|a| counted.node(&a.name).map(|n| n.index())).collect();
        let columns = MEASURES.iter().filter(|m| m.column).map(|m| {
            let values = m.compute(&views);
            (m.name.to_owned(), places.iter().map(|p| p.and_then(|p| values.get(p).copied()).unwrap_or(0.0)).collect())
        });
        let columns = columns.collect();
        let groups = communities(&views);
        let tied = |p: usize| !views.ties().out.of(p as u32).is_empty();
        let community = places.iter().map(|p| p.filter(|p| tied(*p)).map(|p| groups[p] + 1)).collect();
        let sides = camps(&Signed::of(&counted), 2).camp;
        let camp = places.iter().map(|p| p.and_then(|p| sides.get(p).copied().flatten()).map(|c| c + 1)).collect();
        Self { columns, community, camp }
    }

    /// The values of a measure.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        self.columns.iter().find(|(own, _)| own == name).map(|(_, values)| values.as_slice())
    }
}

/// The table: `name, kind, aliases, mentions, documents, statements`, the measures, `community`, `camp`.
#[must_use]
pub fn table(network: &Network, extra: &ActorTable) -> Table {
    let mut table = Table::new(["name", "kind", "aliases", "mentions", "documents", "statements"]);
    table.header.extend(extra.columns.iter().map(|(name, _)| name.clone()));
    table.header.extend(["community".to_owned(), "camp".to_owned()]);
    let statements = statement_counts(network);
    for (i, actor) in network.graph.node_weights().enumerate() {
        let mut row: Vec<Cell> = vec![
            actor.name.as_ref().into(),
            actor.kind.as_str().into(),
            joined(actor.aliases.iter().map(AsRef::as_ref)).into(),
            actor.mentions.into(),
            joined(actor.documents.iter().map(AsRef::as_ref)).into(),
            statements[i].into(),
        ];
        row.extend(extra.columns.iter().map(|(_, values)| Cell::from(values.get(i).copied())));
        row.push(extra.community.get(i).copied().flatten().into());
        row.push(extra.camp.get(i).copied().flatten().into());
        table.rows.push(row);
    }
    table
}

/// How many statements each actor is an end of, in node order; one that says something of itself counts once.
#[must_use]
pub fn statement_counts(network: &Network) -> Vec<usize> {
    let mut counts = vec![0; network.graph.node_count()];
    for edge in network.graph.raw_edges() {
        counts[edge.source().index()] += edge.weight.count;
        if edge.source() != edge.target() {
            counts[edge.target().index()] += edge.weight.count;
        }
    }
    counts
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, extra: &ActorTable, cells: Cells, sink: &mut dyn Write) -> io::Result<()> {
    table(network, extra).write_csv(cells, sink)
}
