//! Two-mode projection: treaties and wars as ties between their parties.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Edge, Mix, Network};
use crate::actors::ActorKind;
use crate::relations::{Influence, Relation, Status};

/// The relation of two parties to one agreement.
pub const SHARES_TREATY: &str = "shares_treaty";
/// The relation of two parties to one war.
pub const SHARES_WAR: &str = "shares_war";

/// The network with a tie for each pair of actors that sign the same agreement (`shares_treaty`, +) or take part in the same
/// conflict (`shares_war`, 0: on which side is not said); agreements and conflicts lose their own edges.
///
/// A tie's confidence is that of the surest agreement or conflict that joins the two: the product of both parties' edges; its
/// weight is half of it. Its statements are the two that say so, each with its own source and target.
///
/// Breiger, "The duality of persons and groups", Social Forces 53 (1974). O(Σ parties²).
#[must_use]
pub fn project(network: &Network) -> Network {
    let mut out = network.clone();
    let first = out.relations.len();
    for (name, sign, meaning) in [(SHARES_TREATY, 1, "is party to the same agreement"), (SHARES_WAR, 0, "takes part in the same conflict")]
    {
        out.relations.push(Relation {
            name: name.into(),
            meaning: meaning.into(),
            symmetric: true,
            sign,
            influence: Influence::Both,
            weight: 0.5,
        });
    }
    let graph = &network.graph;
    let mut ties: BTreeMap<(NodeIndex, NodeIndex, usize), (f64, EdgeIndex, EdgeIndex)> = BTreeMap::new();
    for v in graph.node_indices() {
        let (joins, relation) = match graph[v].kind {
            ActorKind::Agreement => ("signs", first),
            ActorKind::Conflict => ("participates_in", first + 1),
            _ => continue,
        };
        let mut parties: Vec<(NodeIndex, EdgeIndex)> = graph
            .edges_directed(v, Direction::Incoming)
            .filter(|e| network.relation(e.weight()).name == joins && e.weight().weight > 0.0)
            .map(|e| (e.source(), e.id()))
            .collect();
        parties.sort_unstable();
        for (i, &(a, x)) in parties.iter().enumerate() {
            for &(b, y) in &parties[i + 1..] {
                let confidence = graph[x].confidence * graph[y].confidence;
                let tie = ties.entry((a, b, relation)).or_insert((0.0, x, y));
                if confidence > tie.0 {
                    *tie = (confidence, x, y);
                }
            }
        }
    }
    let projected = |v: NodeIndex| matches!(graph[v].kind, ActorKind::Agreement | ActorKind::Conflict);
    out.graph.retain_edges(|g, e| g.edge_endpoints(e).is_some_and(|(a, b)| !projected(a) && !projected(b)));
    for ((a, b, relation), (confidence, x, y)) in ties {
        let (one, other) = (&graph[x], &graph[y]);
        let statements: Vec<_> = one.example().into_iter().chain(other.example()).cloned().collect();
        let documents: std::collections::BTreeSet<_> = statements.iter().map(|s| &s.document).collect();
        let edge = Edge {
            relation,
            sign: out.relations[relation].sign,
            weight: 0.5 * confidence,
            confidence,
            polarity: Mix::of(statements.iter().map(|s| s.polarity)),
            modality: Mix::of(statements.iter().map(|s| s.modality)),
            status: Mix::All(Status::Unstated),
            count: statements.len(),
            documents: documents.len(),
            first: one.first.max(other.first),
            last: one.last.min(other.last),
            statements,
        };
        out.graph.add_edge(a, b, edge);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::samples::{relation, statement};
    use crate::network::{Actor, Builder};

    #[test]
    fn ties_the_parties() {
        let mut builder = Builder::new(vec![relation("signs", 1), relation("participates_in", 0)]);
        for name in ["A", "B", "C"] {
            builder.actor(Actor::new(name, ActorKind::State));
        }
        builder.actor(Actor::new("Treaty", ActorKind::Agreement));
        builder.actor(Actor::new("War", ActorKind::Conflict));
        for (a, r, b) in [
            ("A", "signs", "Treaty"),
            ("B", "signs", "Treaty"),
            ("C", "signs", "Treaty"),
            ("A", "participates_in", "War"),
            ("B", "participates_in", "War"),
        ] {
            assert!(builder.statement(statement(a, r, b)));
        }
        let projected = project(&builder.build());
        assert_eq!(projected.graph.edge_count(), 4);
        let (a, b) = (projected.node("A").unwrap(), projected.node("B").unwrap());
        let between: Vec<(&str, f64)> =
            projected.graph.edges_connecting(a, b).map(|e| (projected.relation(e.weight()).name.as_str(), e.weight().weight)).collect();
        assert!(between.contains(&(SHARES_TREATY, 0.125)) && between.contains(&(SHARES_WAR, 0.125)));
    }
}
