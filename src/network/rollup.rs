//! Actors taken together: leaders, ministries and armies folded into their state; actors that a user joins.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Actor, Background, Builder, Network};
use crate::actors::ActorKind;
use crate::relations::Statement;

/// The network with people and bodies folded into the state they belong to: Putin and the Russian army into Russia.
///
/// An actor's state is its `home` in the catalogue, followed up to a state; where the catalogue is silent, the state that it
/// `leads`, `serves` or is `part_of` by the heaviest such edge. Only leaders, persons and organizations fold, only into
/// states that the network has, and nobody folds who is not known to belong. What is said between two that fold into one is
/// left out. Statements keep their sentences and offsets; source and target become the state's name. Edges without
/// statements cannot be folded and are left out where one of their ends folds. O(n log n) in actors and statements.
#[must_use]
pub fn collapse(network: &Network) -> Network {
    let graph = &network.graph;
    let homes: Vec<Option<NodeIndex>> = graph.node_indices().map(|v| home(network, v)).collect();
    let root = |v: NodeIndex| -> NodeIndex {
        let mut at = v;
        // A chain of homes is short; one that runs in a circle is not followed for ever.
        for _ in 0..8 {
            match homes[at.index()] {
                Some(next) => at = next,
                None => break,
            }
        }
        if graph[at].kind == ActorKind::State { at } else { v }
    };
    let into: Vec<Actor> = graph.node_indices().map(|v| graph[root(v)].clone()).collect();
    regroup(network, &into, false)
}

/// The network with whole actors joined or renamed: an actor of a key's name becomes the one given. Mentions are added, names and
/// documents united, statements and voices follow; what is said between two that become one is left out. An actor that the
/// network has keeps its kind. O(n log n) in actors and statements.
#[must_use]
pub fn join(network: &Network, joins: &BTreeMap<Arc<str>, (Arc<str>, Option<ActorKind>)>) -> Network {
    let graph = &network.graph;
    let becomes = |v: NodeIndex| -> Actor {
        let own = &graph[v];
        let Some((name, kind)) = joins.get(&own.name) else { return own.clone() };
        match network.node(name) {
            Some(there) => graph[there].clone(),
            None => Actor { name: Arc::clone(name), kind: kind.unwrap_or(own.kind), ..own.clone() },
        }
    };
    let into: Vec<Actor> = graph.node_indices().map(becomes).collect();
    regroup(network, &into, true)
}

/// The network with each actor as part of another one; edges without statements follow their ends, if asked for.
fn regroup(network: &Network, into: &[Actor], bare: bool) -> Network {
    let graph = &network.graph;
    let names: BTreeMap<&Arc<str>, &Arc<str>> = graph.node_indices().map(|v| (&graph[v].name, &into[v.index()].name)).collect();
    let mut builder = Builder::new(network.relations.clone());
    for v in graph.node_indices() {
        let mut actor = graph[v].clone();
        let to = &into[v.index()];
        if to.name != actor.name {
            actor.aliases.push(Arc::clone(&actor.name));
            actor.name = Arc::clone(&to.name);
            actor.kind = to.kind;
            actor.home = to.home.clone();
            actor.codes = to.codes.clone();
        }
        builder.actor(actor);
    }
    for document in &network.documents {
        builder.document(document.clone());
    }
    for statement in graph.edge_weights().flat_map(|e| &e.statements) {
        let (Some(source), Some(target)) = (names.get(&statement.source), names.get(&statement.target)) else { continue };
        if source != target {
            let voice = statement.attribution.as_ref().map(|v| names.get(v).filter(|_| bare).map_or(v, |n| *n));
            let attribution = voice.map(Arc::clone);
            builder.statement(Statement { source: Arc::clone(source), target: Arc::clone(target), attribution, ..statement.clone() });
        }
    }
    for fact in &network.background {
        let (Some(source), Some(target)) = (names.get(&fact.source), names.get(&fact.target)) else { continue };
        if bare && source != target {
            builder.background(Background { source: Arc::clone(source), target: Arc::clone(target), ..fact.clone() });
        } else if *source == &fact.source && *target == &fact.target {
            builder.background(fact.clone());
        }
    }
    let mut folded = builder.build();
    let stays = |v: NodeIndex| bare || into[v.index()].name == graph[v].name;
    for edge in graph.edge_references().filter(|e| e.weight().statements.is_empty() && stays(e.source()) && stays(e.target())) {
        let ends = (folded.node(&into[edge.source().index()].name), folded.node(&into[edge.target().index()].name));
        if let (Some(a), Some(b)) = ends
            && a != b
        {
            let same = folded.graph.edges_connecting(a, b).find(|e| e.weight().relation == edge.weight().relation).map(|e| e.id());
            match same {
                Some(there) if folded.graph[there].weight >= edge.weight().weight => {}
                Some(there) => folded.graph[there] = edge.weight().clone(),
                None => {
                    folded.graph.add_edge(a, b, edge.weight().clone());
                }
            }
        }
    }
    folded
}

/// What an actor folds into, one step up.
fn home(network: &Network, v: NodeIndex) -> Option<NodeIndex> {
    let graph = &network.graph;
    let actor = &graph[v];
    if !matches!(actor.kind, ActorKind::Leader | ActorKind::Person | ActorKind::Organization) {
        return None;
    }
    if let Some(name) = &actor.home {
        return network.node(name).filter(|h| *h != v);
    }
    graph
        .edges(v)
        .filter(|e| matches!(network.relation(e.weight()).name.as_str(), "leads" | "serves" | "part_of") && e.target() != v)
        .filter(|e| graph[e.target()].kind == ActorKind::State)
        .max_by(|a, b| a.weight().weight.total_cmp(&b.weight().weight).then_with(|| b.id().cmp(&a.id())))
        .map(|e| e.target())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::samples::{relation, statement};

    #[test]
    fn folds_people_and_bodies_into_their_state() {
        let mut builder = Builder::new(vec![relation("attacks", -1), relation("leads", 0)]);
        let mut army = Actor::new("Russian army", ActorKind::Organization);
        army.home = Some("Russia".into());
        army.mentions = 3;
        builder.actor(army);
        for (name, kind) in
            [("Russia", ActorKind::State), ("Ukraine", ActorKind::State), ("Putin", ActorKind::Leader), ("Chechens", ActorKind::People)]
        {
            builder.actor(Actor::new(name, kind));
        }
        for (a, r, b) in [("Russian army", "attacks", "Ukraine"), ("Putin", "leads", "Russia"), ("Putin", "attacks", "Chechens")] {
            assert!(builder.statement(statement(a, r, b)));
        }
        let folded = collapse(&builder.build());
        let names: Vec<&str> = folded.graph.node_weights().map(|a| a.name.as_ref()).collect();
        assert_eq!(names, ["Chechens", "Russia", "Ukraine"]);
        let russia = folded.node("Russia").unwrap();
        assert_eq!(folded.graph[russia].mentions, 3);
        assert_eq!(folded.graph[russia].aliases.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["Putin", "Russian army"]);
        assert_eq!(folded.graph.edge_count(), 2);
    }
}
