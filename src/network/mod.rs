//! The network: actors as nodes, relations as edges of a petgraph multigraph, each edge with all its statements.

mod build;
mod edge;
mod find;
mod import;
mod json;
mod project;
mod rollup;
#[cfg(test)]
pub(crate) mod samples;
mod select;

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};

use crate::actors::ActorKind;
use crate::documents::PartialDate;
use crate::relations::Relation;

pub use build::Builder;
pub use edge::{Edge, Mix};
pub use find::fold;
pub use import::ImportError;
pub use json::{FORMAT_VERSION, NetworkError};
pub use project::{SHARES_TREATY, SHARES_WAR, project};
pub use rollup::{collapse, join};
pub use select::{Selection, span, without};

/// A node: an actor as the documents read name it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Canonical name, unique in the network.
    pub name: Arc<str>,
    /// What it is.
    pub kind: ActorKind,
    /// The names found in text, sorted; no pronouns, no descriptions.
    #[serde(default)]
    pub aliases: Vec<Arc<str>>,
    /// How often it is mentioned, pronouns and descriptions included.
    #[serde(default)]
    pub mentions: usize,
    /// Ids of the documents that mention it, sorted.
    #[serde(default)]
    pub documents: Vec<Arc<str>>,
    /// Name of the state (or body) it belongs to, by the catalogue (background, not said by a document).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Arc<str>>,
    /// Codes by the catalogue: `iso2`, `iso3`, `cow`, `wikidata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, String>,
}

impl Actor {
    /// An actor of which nothing but name and kind is known.
    #[must_use]
    pub fn new(name: &str, kind: ActorKind) -> Self {
        Self { name: name.into(), kind, aliases: Vec::new(), mentions: 0, documents: Vec::new(), home: None, codes: BTreeMap::new() }
    }
}

/// What is kept of a document that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id: the path relative to the one given, or the id in JSONL.
    pub id: Arc<str>,
    /// Its title, where found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Arc<str>>,
    /// Its date, where given or found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Who published it, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Arc<str>>,
    /// Number of words.
    #[serde(default)]
    pub words: usize,
    /// Number of sentences.
    #[serde(default)]
    pub sentences: usize,
}

/// A structural fact of the catalogue between two actors of the network; background, never something a document said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Background {
    /// Name of the source actor.
    pub source: Arc<str>,
    /// The relation's name (`leads`, `serves`, `member_of`, `part_of`).
    pub relation: Arc<str>,
    /// Name of the target actor.
    pub target: Arc<str>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<PartialDate>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<PartialDate>,
    /// In what capacity (`foreign minister`), where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Arc<str>>,
}

/// Actors, edges and what they were read from. Nodes are in name order, edges in order of source name, relation and
/// target name, so that equal content has equal indices.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// One node per actor, one edge per (source, relation, target); an edge of a symmetric relation stands once, from
    /// the end whose name sorts first.
    pub graph: DiGraph<Actor, Edge>,
    /// The relations that edges refer to by index.
    pub relations: Vec<Relation>,
    /// The documents read, in id order.
    pub documents: Vec<Source>,
    /// The catalogue's facts between the network's actors.
    pub background: Vec<Background>,
}

impl Network {
    /// The node of that exact name.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<NodeIndex> {
        // Nodes are in name order.
        let (mut low, mut high) = (0, self.graph.node_count());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.graph[NodeIndex::new(middle)].name.as_ref().cmp(name) {
                std::cmp::Ordering::Equal => return Some(NodeIndex::new(middle)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The relation of an edge.
    #[must_use]
    pub fn relation(&self, edge: &Edge) -> &Relation {
        &self.relations[edge.relation]
    }
}
