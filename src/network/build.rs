//! Builds a network from statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};

use super::{Actor, Background, Edge, Network, Source};
use crate::documents::PartialDate;
use crate::relations::{Relation, Statement};

/// Collects actors, documents and statements, in any order, and makes the network of them.
#[derive(Debug, Default)]
pub struct Builder {
    relations: Vec<Relation>,
    actors: BTreeMap<Arc<str>, Actor>,
    documents: BTreeMap<Arc<str>, Source>,
    statements: BTreeMap<(Arc<str>, usize, Arc<str>), Vec<Statement>>,
    background: Vec<Background>,
}

impl Builder {
    /// A builder that knows these relations. Statements of a relation that is not among them are refused.
    #[must_use]
    pub fn new(relations: Vec<Relation>) -> Self {
        Self { relations, ..Self::default() }
    }

    /// Adds an actor; one of the same name is joined with it: mentions are added, names and documents united.
    pub fn actor(&mut self, actor: Actor) -> &mut Self {
        match self.actors.entry(Arc::clone(&actor.name)) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(actor);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                let own = place.get_mut();
                own.mentions += actor.mentions;
                own.aliases.extend(actor.aliases);
                own.aliases.sort();
                own.aliases.dedup();
                own.documents.extend(actor.documents);
                own.documents.sort();
                own.documents.dedup();
            }
        }
        self
    }

    /// Adds a document.
    pub fn document(&mut self, source: Source) -> &mut Self {
        self.documents.insert(Arc::clone(&source.id), source);
        self
    }

    /// Adds a fact of the catalogue.
    pub fn background(&mut self, fact: Background) -> &mut Self {
        self.background.push(fact);
        self
    }

    /// Adds a statement. Its ends must have been added as actors, its relation given to [`Builder::new`]; else it is
    /// refused and `false` returned.
    pub fn statement(&mut self, statement: Statement) -> bool {
        let Some(relation) = self.relations.iter().position(|r| r.name == *statement.relation) else { return false };
        if !self.actors.contains_key(&statement.source) || !self.actors.contains_key(&statement.target) {
            return false;
        }
        let (mut a, mut b) = (Arc::clone(&statement.source), Arc::clone(&statement.target));
        if self.relations[relation].symmetric && b < a {
            std::mem::swap(&mut a, &mut b);
        }
        self.statements.entry((a, relation, b)).or_default().push(statement);
        true
    }

    /// The network. O(n log n) in actors and statements.
    #[must_use]
    pub fn build(self) -> Network {
        let Self { relations, actors, documents, statements, mut background } = self;
        let mut graph = DiGraph::with_capacity(actors.len(), statements.len());
        let mut nodes: BTreeMap<Arc<str>, NodeIndex> = BTreeMap::new();
        for (name, actor) in actors {
            nodes.insert(name, graph.add_node(actor));
        }
        let date = |id: &str| -> Option<PartialDate> { documents.get(id).and_then(|d| d.date) };
        let mut edges: Vec<_> = statements.into_iter().collect();
        edges.sort_by(|((a1, r1, b1), _), ((a2, r2, b2), _)| {
            a1.cmp(a2).then_with(|| relations[*r1].name.cmp(&relations[*r2].name)).then_with(|| b1.cmp(b2))
        });
        for ((a, relation, b), said) in edges {
            graph.add_edge(nodes[&a], nodes[&b], Edge::of(relation, &relations[relation], said, date));
        }
        background.sort();
        background.dedup();
        Network { graph, relations, documents: documents.into_values().collect(), background }
    }
}
