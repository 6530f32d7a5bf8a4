//! Roll-up: leaders, ministries and armies folded into their state.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Builder, Network};
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
    let into: BTreeMap<&Arc<str>, &Arc<str>> = graph.node_indices().map(|v| (&graph[v].name, &graph[root(v)].name)).collect();
    let mut builder = Builder::new(network.relations.clone());
    for v in graph.node_indices() {
        let mut actor = graph[v].clone();
        let to = &graph[root(v)];
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
        let (Some(source), Some(target)) = (into.get(&statement.source), into.get(&statement.target)) else { continue };
        if source != target {
            builder.statement(Statement { source: Arc::clone(source), target: Arc::clone(target), ..statement.clone() });
        }
    }
    for fact in &network.background {
        if into.get(&fact.source) == Some(&&fact.source) && into.get(&fact.target) == Some(&&fact.target) {
            builder.background(fact.clone());
        }
    }
    let mut folded = builder.build();
    for edge in graph.edge_references().filter(|e| e.weight().statements.is_empty()) {
        if root(edge.source()) == edge.source() && root(edge.target()) == edge.target() {
            let ends = (folded.node(&graph[edge.source()].name), folded.node(&graph[edge.target()].name));
            if let (Some(a), Some(b)) = ends {
                folded.graph.add_edge(a, b, edge.weight().clone());
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
    use crate::network::Actor;
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
