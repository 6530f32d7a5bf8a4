//! When an edge can carry influence.

use jiff::civil::Date;

use crate::network::{Network, span};
use petgraph::graph::EdgeIndex;

/// For every edge of a network, the stretches of time in which a statement says that it holds. A network of statements
/// without dates has stretches open at both ends.
#[derive(Debug, Clone)]
pub struct Times {
    stretches: Vec<Vec<(Date, Date)>>,
}

impl Times {
    /// The times of a network's edges. A statement without dates counts as holding at any time, unless `dated_only`. An
    /// edge without statements (of an imported list) holds from its first date to its last.
    #[must_use]
    pub fn new(network: &Network, dated_only: bool) -> Self {
        let open = (Date::MIN, Date::MAX);
        let stretches = network
            .graph
            .edge_weights()
            .map(|edge| {
                if edge.statements.is_empty() {
                    return match (edge.first, edge.last) {
                        (None, None) if dated_only => Vec::new(),
                        (a, b) => vec![(a.map_or(Date::MIN, |d| d.first_day()), b.map_or(Date::MAX, |d| d.last_day()))],
                    };
                }
                edge.statements
                    .iter()
                    .filter_map(|s| match span(s) {
                        Some(days) => Some(days),
                        None if dated_only => None,
                        None => Some(open),
                    })
                    .collect()
            })
            .collect();
        Self { stretches }
    }

    /// The first day, not before `day`, on which an edge can be walked.
    #[must_use]
    pub fn next(&self, edge: EdgeIndex, day: Date) -> Option<Date> {
        let stretches = self.stretches.get(edge.index())?;
        stretches.iter().filter(|(_, last)| *last >= day).map(|(first, _)| (*first).max(day)).min()
    }
}
