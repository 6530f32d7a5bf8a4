//! Views of a network: as of a date, of some documents, of one voice, of some relations.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use petgraph::graph::DiGraph;

use super::{Edge, Mix, Network};
use crate::documents::PartialDate;
use crate::relations::{Modality, Polarity, Statement, Status};

/// Which statements count. The default is what is said to be so: asserted, actual, not ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Denied statements too.
    pub denied: bool,
    /// Planned, feared, possible ones too.
    pub planned: bool,
    /// Those that are over, too.
    pub ended: bool,
    /// What held, or had happened, on that day (the last one of a month or year).
    pub as_of: Option<PartialDate>,
    /// What held or happened at some time from the first date to the second.
    pub between: Option<(PartialDate, PartialDate)>,
    /// With a date given: leave undated statements out.
    pub dated_only: bool,
    /// Only of documents with these ids.
    pub documents: Option<BTreeSet<Arc<str>>>,
    /// Only what these say: statements attributed to them, or unattributed ones of documents that they published.
    pub voices: Option<BTreeSet<Arc<str>>>,
    /// Only these relations.
    pub only: Option<BTreeSet<String>>,
    /// Not these relations.
    pub except: BTreeSet<String>,
    /// Only statements of at least this confidence.
    pub min_confidence: f64,
}

impl Selection {
    /// Every statement counts.
    #[must_use]
    pub fn everything() -> Self {
        Self { denied: true, planned: true, ended: true, ..Self::default() }
    }

    /// Whether a statement counts; `publisher` is its document's.
    #[must_use]
    pub fn admits(&self, statement: &Statement, publisher: Option<&Arc<str>>) -> bool {
        (self.denied || statement.polarity == Polarity::Asserted)
            && (self.planned || statement.modality == Modality::Actual)
            && (self.ended || statement.status != Status::Ended || (self.as_of.is_some() && statement.end.is_some()))
            && statement.confidence >= self.min_confidence
            && self.admits_relation(&statement.relation)
            && self.admits_time(statement)
            && self.documents.as_ref().is_none_or(|ids| ids.contains(&statement.document))
            && self.voices.as_ref().is_none_or(|voices| match &statement.attribution {
                Some(voice) => voices.contains(voice),
                None => publisher.is_some_and(|p| voices.contains(p)),
            })
    }

    fn admits_relation(&self, relation: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(relation)) && !self.except.contains(relation)
    }

    fn admits_time(&self, statement: &Statement) -> bool {
        if self.as_of.is_none() && self.between.is_none() {
            return true;
        }
        let Some((first, last)) = span(statement) else { return !self.dated_only };
        let point = statement.start.is_some() && statement.start == statement.end;
        self.as_of.is_none_or(|day| first <= day.last_day() && (point || day.last_day() <= last))
            && self.between.is_none_or(|(from, to)| first <= to.last_day() && from.first_day() <= last)
    }

    /// An edge without statements (of an imported list) counts by what it says as a whole.
    fn admits_bare(&self, edge: &Edge, relation: &str) -> bool {
        let time = match (edge.first, edge.last) {
            (None, None) => !self.dated_only || (self.as_of.is_none() && self.between.is_none()),
            (first, last) => {
                let (first, last) = (first.map_or(Date::MIN, PartialDate::first_day), last.map_or(Date::MAX, PartialDate::last_day));
                self.as_of.is_none_or(|day| first <= day.last_day() && day.last_day() <= last)
                    && self.between.is_none_or(|(from, to)| first <= to.last_day() && from.first_day() <= last)
            }
        };
        time && (self.denied || edge.polarity != Mix::All(Polarity::Denied))
            && (self.planned || edge.modality != Mix::All(Modality::Other))
            && (self.ended || edge.status != Mix::All(Status::Ended))
            && edge.confidence >= self.min_confidence
            && self.admits_relation(relation)
            && self.documents.is_none()
            && self.voices.is_none()
    }

    /// The network of the statements that count. All actors stay, with their indices, also those whose edges are gone;
    /// confidence, weight, sign and dates of every edge are those of the statements left. O(size of the network).
    #[must_use]
    pub fn apply(&self, network: &Network) -> Network {
        let mut graph = DiGraph::with_capacity(network.graph.node_count(), network.graph.edge_count());
        for actor in network.graph.node_weights() {
            graph.add_node(actor.clone());
        }
        let source = |id: &str| network.documents.binary_search_by(|d| d.id.as_ref().cmp(id)).ok().map(|i| &network.documents[i]);
        for index in network.graph.edge_indices() {
            let (Some((a, b)), edge) = (network.graph.edge_endpoints(index), &network.graph[index]) else { continue };
            let relation = network.relation(edge);
            if edge.statements.is_empty() {
                if self.admits_bare(edge, &relation.name) {
                    graph.add_edge(a, b, edge.clone());
                }
                continue;
            }
            let publisher = |s: &Statement| source(&s.document).and_then(|d| d.publisher.as_ref());
            let kept: Vec<&Statement> = edge.statements.iter().filter(|s| self.admits(s, publisher(s))).collect();
            if kept.len() == edge.statements.len() {
                graph.add_edge(a, b, edge.clone());
            } else if !kept.is_empty() {
                let kept = kept.into_iter().cloned().collect();
                graph.add_edge(a, b, Edge::of(edge.relation, relation, kept, |id| source(id).and_then(|d| d.date)));
            }
        }
        Network {
            graph,
            relations: network.relations.clone(),
            documents: network.documents.clone(),
            background: network.background.clone(),
        }
    }
}

/// The first and the last day on which a statement can hold, by its own dates; open ends reach as far as dates do.
/// `None` without any date.
#[must_use]
pub fn span(statement: &Statement) -> Option<(Date, Date)> {
    if statement.start.is_none() && statement.end.is_none() {
        return None;
    }
    Some((statement.start.map_or(Date::MIN, PartialDate::first_day), statement.end.map_or(Date::MAX, PartialDate::last_day)))
}

/// The network without the edges of some actors; they stay as nodes with nothing tied to them.
#[must_use]
pub fn without(network: &Network, actors: &[petgraph::graph::NodeIndex]) -> Network {
    let mut left = network.clone();
    let graph = &network.graph;
    left.graph = graph.filter_map(
        |_, actor| Some(actor.clone()),
        |index, edge| {
            let (a, b) = graph.edge_endpoints(index)?;
            (!actors.contains(&a) && !actors.contains(&b)).then(|| edge.clone())
        },
    );
    left
}
