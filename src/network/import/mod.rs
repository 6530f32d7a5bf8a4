//! Somebody else's network: edge lists as CSV, and GraphML.

mod csv;
mod graphml;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Actor, Edge, Mix, Network};
use crate::actors::ActorKind;
use crate::documents::PartialDate;
use crate::relations::{Influence, Modality, Polarity, Relation, Status};

/// Why somebody else's network cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A CSV file without the columns that an edge needs.
    #[error(
        "line 1: no column `{0}`; an edge list has `source` and `target`, and may have relation, sign, weight, confidence, polarity, modality, status, statements, documents, first, last"
    )]
    Column(&'static str),
    /// A cell that cannot be read.
    #[error("line {line}, column `{column}`: `{value}`: {expected}")]
    Cell {
        /// 1-based line.
        line: u64,
        /// The column's name.
        column: &'static str,
        /// What stands there.
        value: String,
        /// The form accepted.
        expected: &'static str,
    },
    /// The text is no CSV.
    #[error("{0}")]
    Csv(#[from] ::csv::Error),
    /// The text is no XML, or no GraphML.
    #[error("byte {place}: {message}")]
    Xml {
        /// 0-based byte.
        place: u64,
        /// What is wrong.
        message: String,
    },
}

/// The relation of an edge that names none.
const TIE: &str = "tie";

/// Collects edges as they are read.
#[derive(Default)]
struct Collector {
    names: Vec<Arc<str>>,
    /// Only ever looked up in, never walked through.
    ids: HashMap<Arc<str>, u32>,
    kinds: Vec<ActorKind>,
    mentions: Vec<usize>,
    relations: Vec<Relation>,
    relation_index: BTreeMap<String, usize>,
    edges: Vec<(u32, u32, Edge)>,
}

/// One edge as read.
struct Row<'a> {
    source: &'a str,
    target: &'a str,
    relation: &'a str,
    directed: bool,
    sign: Option<i8>,
    weight: f64,
    confidence: f64,
    polarity: Mix<Polarity>,
    modality: Mix<Modality>,
    status: Mix<Status>,
    count: usize,
    documents: usize,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
}

impl Default for Row<'_> {
    fn default() -> Self {
        Self {
            source: "",
            target: "",
            relation: TIE,
            directed: true,
            sign: None,
            weight: 1.0,
            confidence: 1.0,
            polarity: Mix::All(Polarity::Asserted),
            modality: Mix::All(Modality::Actual),
            status: Mix::All(Status::Unstated),
            count: 0,
            documents: 0,
            first: None,
            last: None,
        }
    }
}

impl Collector {
    /// A collector that knows some relations already, with their influence and symmetry.
    fn new(known: &[Relation]) -> Self {
        let mut own = Self::default();
        for relation in known {
            own.relation_index.insert(relation.name.clone(), own.relations.len());
            own.relations.push(relation.clone());
        }
        own
    }

    fn actor(&mut self, name: &str, kind: Option<ActorKind>) -> u32 {
        let id = match self.ids.get(name) {
            Some(id) => *id,
            None => {
                let id = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
                let name: Arc<str> = name.into();
                self.ids.insert(Arc::clone(&name), id);
                self.names.push(name);
                self.kinds.push(ActorKind::Organization);
                self.mentions.push(0);
                id
            }
        };
        if let Some(kind) = kind {
            self.kinds[id as usize] = kind;
        }
        id
    }

    /// The index of a relation; one that is not known sways forward, or both ways where it has no direction.
    fn relation(&mut self, name: &str, directed: bool, sign: i8) -> usize {
        // A known relation keeps its own symmetry, unless the file says "undirected" of a directed one.
        if let Some(index) = self.relation_index.get(name)
            && (directed || self.relations[*index].symmetric)
        {
            return *index;
        }
        let key = if directed { name.to_owned() } else { format!("{name} (undirected)") };
        if let Some(index) = self.relation_index.get(&key) {
            return *index;
        }
        let index = self.relations.len();
        self.relations.push(Relation {
            name: key.clone(),
            meaning: "as the imported file names it".into(),
            symmetric: !directed,
            sign,
            influence: if directed { Influence::Fwd } else { Influence::Both },
            weight: 1.0,
        });
        self.relation_index.insert(key, index);
        index
    }

    fn edge(&mut self, row: &Row<'_>) {
        let (mut a, mut b) = (self.actor(row.source, None), self.actor(row.target, None));
        let relation = self.relation(row.relation, row.directed, row.sign.unwrap_or(0));
        let known = &self.relations[relation];
        if known.symmetric && row.target < row.source {
            std::mem::swap(&mut a, &mut b);
        }
        self.mentions[a as usize] += row.count.max(1);
        self.mentions[b as usize] += row.count.max(1);
        let sign = row.sign.unwrap_or(known.sign);
        self.edges.push((
            a,
            b,
            Edge {
                relation,
                sign,
                weight: row.weight,
                confidence: row.confidence,
                polarity: row.polarity,
                modality: row.modality,
                status: row.status,
                count: row.count,
                documents: row.documents,
                first: row.first,
                last: row.last,
                statements: Vec::new(),
            },
        ));
    }

    /// The network, actors in name order, edges in order of source, relation and target.
    fn build(mut self) -> Network {
        let mut place = vec![0_u32; self.kinds.len()];
        let mut graph = petgraph::graph::DiGraph::with_capacity(self.kinds.len(), self.edges.len());
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by(|a, b| self.names[*a].cmp(&self.names[*b]));
        for (i, id) in order.into_iter().enumerate() {
            place[id] = u32::try_from(i).unwrap_or(u32::MAX);
            let mut actor = Actor::new("", self.kinds[id]);
            actor.name = Arc::clone(&self.names[id]);
            actor.mentions = self.mentions[id];
            graph.add_node(actor);
        }
        let mut order: Vec<usize> = (0..self.relations.len()).collect();
        order.sort_by(|a, b| self.relations[*a].name.cmp(&self.relations[*b].name));
        let mut rank = vec![0; order.len()];
        for (i, r) in order.into_iter().enumerate() {
            rank[r] = i;
        }
        self.edges.sort_by_key(|(a, b, e)| (place[*a as usize], rank[e.relation], place[*b as usize]));
        let node = |id: u32| petgraph::graph::NodeIndex::new(place[id as usize] as usize);
        for (a, b, edge) in self.edges {
            graph.add_edge(node(a), node(b), edge);
        }
        Network { graph, relations: self.relations, documents: Vec::new(), background: Vec::new() }
    }
}

impl Network {
    /// Reads an edge list: a CSV text with a header that names `source` and `target`, such as our own `edges.csv`. All other
    /// columns may be missing: `relation` (then `tie`), `sign` (`+`, `-`, `0`, `1`, `-1`; then that of the relation), `weight`
    /// (a number over 0; then 1), `confidence`, `polarity`, `modality`, `status`, `statements`, `documents`, `first`,
    /// `last`. `relations` are those whose symmetry and influence are known; others sway forward. Actors are of kind
    /// `organization`, as the list does not say.
    ///
    /// # Errors
    /// [`ImportError`], with the place.
    pub fn from_csv(text: &str, relations: &[Relation]) -> Result<Self, ImportError> {
        csv::read(text, relations)
    }

    /// Reads GraphML. An edge's relation is its `relation`, `label` or `type` attribute, its weight `weight`, its sign `sign`; a
    /// node's name is its `name` or `label` attribute, else its id, its kind `kind`.
    ///
    /// # Errors
    /// [`ImportError`], with the place.
    pub fn from_graphml(text: &str, relations: &[Relation]) -> Result<Self, ImportError> {
        graphml::read(text, relations)
    }
}

fn parse_sign(text: &str) -> Option<i8> {
    match text.trim() {
        "+" | "1" | "+1" | "positive" => Some(1),
        "-" | "−" | "-1" | "−1" | "negative" => Some(-1),
        "0" | "" => Some(0),
        _ => None,
    }
}
