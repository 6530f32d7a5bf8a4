//! Formal against actual: what those joined by treaty do, and what those not joined do for each other.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::actors::ActorKind;
use crate::network::Network;
use crate::relations::{Modality, Polarity, Statement, Status};

/// Relations that are treaties, or stand for one.
pub const TREATY: [&str; 2] = ["allied_with", "protects"];
/// Deeds that allies owe each other.
pub const DEEDS: [&str; 6] = ["arms", "exercises_with", "supports", "funds", "protects", "supplies_energy"];
/// Acts against each other.
pub const BREACHES: [&str; 11] = [
    "attacks",
    "fights",
    "blockades",
    "sanctions",
    "threatens",
    "ousts",
    "cuts_ties_with",
    "withdraws_from",
    "violates",
    "opposes",
    "displaces",
];

/// A statement to cite: its edge, and its place among the edge's statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// The edge.
    pub edge: EdgeIndex,
    /// Which of its statements.
    pub statement: usize,
}

impl Cited {
    /// The statement.
    #[must_use]
    pub fn of(self, network: &Network) -> Option<&Statement> {
        network.graph.edge_weight(self.edge)?.statements.get(self.statement)
    }
}

/// Two actors, what joins them on paper, and what they are said to do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bond {
    /// The one, lower by index.
    pub a: NodeIndex,
    /// The other.
    pub b: NodeIndex,
    /// Statements of a treaty between them.
    pub treaty: Vec<Cited>,
    /// Alliances that both are said to be members of.
    pub alliances: Vec<NodeIndex>,
    /// Deeds for each other.
    pub deeds: Vec<Cited>,
    /// Treaty or deed denied ("did not intervene for its ally").
    pub denied: Vec<Cited>,
    /// Acts against each other.
    pub breaches: Vec<Cited>,
    /// Arms from the one to an enemy of the other, who attacks or fights it.
    pub armed_foe: Vec<Cited>,
}

impl Bond {
    /// Whether a treaty or a common alliance joins them.
    #[must_use]
    pub fn is_formal(&self) -> bool {
        !self.treaty.is_empty() || !self.alliances.is_empty()
    }

    /// How many statements speak against the treaty.
    #[must_use]
    pub fn against(&self) -> usize {
        self.denied.len() + self.breaches.len() + self.armed_foe.len()
    }
}

/// What the statements show of formal and of actual alliances.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alliances {
    /// Joined by treaty, yet with statements against it: most such statements first.
    pub strained: Vec<Bond>,
    /// Joined by treaty and with deeds, nothing against it.
    pub kept: Vec<Bond>,
    /// Joined by a stated treaty (not only by membership), and nothing is said of deeds either way.
    pub silent: Vec<Bond>,
    /// Deeds without any treaty: most deeds first.
    pub informal: Vec<Bond>,
}

/// Compares treaties with deeds. Asserted facts count as treaty, deed and breach, ended treaties as denied; planned and
/// feared ones do not count. Give the network with denied and ended statements in. Members are pairs only through alliances that
/// both are stated to be in. O(n + m + Σ members²) with a look at each pair's foes.
#[must_use]
pub fn alliances(network: &Network) -> Alliances {
    let graph = &network.graph;
    let mut bonds: BTreeMap<(NodeIndex, NodeIndex), Bond> = BTreeMap::new();
    let pair = |a: NodeIndex, b: NodeIndex| (a.min(b), a.max(b));
    for e in graph.edge_references() {
        let name = network.relation(e.weight()).name.as_str();
        let (treaty, deed, breach) = (TREATY.contains(&name), DEEDS.contains(&name), BREACHES.contains(&name));
        if !(treaty || deed || breach) || !can_ally(network, e.source()) || !can_ally(network, e.target()) || e.source() == e.target() {
            continue;
        }
        for (i, s) in e.weight().statements.iter().enumerate().filter(|(_, s)| s.modality == Modality::Actual) {
            let cited = Cited { edge: e.id(), statement: i };
            let (a, b) = pair(e.source(), e.target());
            let bond = bonds.entry((a, b)).or_insert_with(|| Bond { a, b, ..Bond::default() });
            match (s.polarity, breach) {
                (Polarity::Asserted, true) => bond.breaches.push(cited),
                (Polarity::Denied, true) => {}
                (Polarity::Denied, false) => bond.denied.push(cited),
                (Polarity::Asserted, false) if s.status == Status::Ended && treaty => bond.denied.push(cited),
                (Polarity::Asserted, false) => {
                    if treaty {
                        bond.treaty.push(cited);
                    }
                    if deed {
                        bond.deeds.push(cited);
                    }
                }
            }
        }
    }
    for alliance in graph.node_indices().filter(|v| graph[*v].kind == ActorKind::Alliance) {
        let members = members(network, alliance);
        for (i, &a) in members.iter().enumerate() {
            for &b in &members[i + 1..] {
                let (a, b) = pair(a, b);
                bonds.entry((a, b)).or_insert_with(|| Bond { a, b, ..Bond::default() }).alliances.push(alliance);
            }
        }
    }
    let mut found = Alliances::default();
    for mut bond in bonds.into_values() {
        if bond.is_formal() {
            bond.armed_foe = armed_foes(network, bond.a, bond.b);
            bond.armed_foe.extend(armed_foes(network, bond.b, bond.a));
        }
        match (bond.is_formal(), bond.against() > 0, bond.deeds.is_empty()) {
            (true, true, _) => found.strained.push(bond),
            (true, false, false) if bond.deeds.iter().any(|d| !bond.treaty.contains(d)) => found.kept.push(bond),
            (true, false, _) if !bond.treaty.is_empty() => found.silent.push(bond),
            (false, _, false) => found.informal.push(bond),
            _ => {}
        }
    }
    let order = |key: fn(&Bond) -> usize| move |x: &Bond, y: &Bond| key(y).cmp(&key(x)).then((x.a, x.b).cmp(&(y.a, y.b)));
    found.strained.sort_by(order(Bond::against));
    found.kept.sort_by(order(|b| b.deeds.len()));
    found.silent.sort_by(order(|b| b.treaty.len()));
    found.informal.sort_by(order(|b| b.deeds.len()));
    found
}

/// Whether an actor of this kind can have allies: not a treaty, a war, a pipeline.
fn can_ally(network: &Network, v: NodeIndex) -> bool {
    !matches!(
        network.graph[v].kind,
        ActorKind::Agreement | ActorKind::Conflict | ActorKind::Pipeline | ActorKind::Infrastructure | ActorKind::Alliance
    )
}

/// Those stated to be members, as a fact and not denied or ended.
fn members(network: &Network, alliance: NodeIndex) -> Vec<NodeIndex> {
    let mut members: Vec<NodeIndex> = network
        .graph
        .edges_directed(alliance, Direction::Incoming)
        .filter(|e| network.relation(e.weight()).name == "member_of" && can_ally(network, e.source()))
        .filter(|e| {
            e.weight()
                .statements
                .iter()
                .any(|s| s.polarity == Polarity::Asserted && s.modality == Modality::Actual && s.status != Status::Ended)
        })
        .map(|e| e.source())
        .collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Statements that `giver` arms somebody who attacks or fights `friend`.
fn armed_foes(network: &Network, giver: NodeIndex, friend: NodeIndex) -> Vec<Cited> {
    let fact = |s: &Statement| s.polarity == Polarity::Asserted && s.modality == Modality::Actual;
    let mut found = Vec::new();
    for e in network.graph.edges(giver).filter(|e| network.relation(e.weight()).name == "arms" && e.target() != friend) {
        let fights = |x: NodeIndex, y: NodeIndex| {
            network.graph.edges_connecting(x, y).any(|f| {
                matches!(network.relation(f.weight()).name.as_str(), "attacks" | "fights") && f.weight().statements.iter().any(fact)
            })
        };
        if fights(e.target(), friend) || fights(friend, e.target()) {
            let first = e.weight().statements.iter().position(fact);
            found.extend(first.map(|statement| Cited { edge: e.id(), statement }));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::samples::{relation, statement};
    use crate::network::{Actor, Builder};

    #[test]
    fn tells_paper_from_deeds() {
        let mut builder = Builder::new(vec![
            relation("allied_with", 1),
            relation("member_of", 1),
            relation("protects", 1),
            relation("arms", 1),
            relation("attacks", -1),
        ]);
        for name in ["Armenia", "Azerbaijan", "Belarus", "Russia", "Israel"] {
            builder.actor(Actor::new(name, ActorKind::State));
        }
        builder.actor(Actor::new("CSTO", ActorKind::Alliance));
        let mut denied = statement("Russia", "protects", "Armenia");
        denied.polarity = Polarity::Denied;
        let mut said = vec![denied];
        for (a, r, b) in [
            ("Russia", "member_of", "CSTO"),
            ("Armenia", "member_of", "CSTO"),
            ("Belarus", "member_of", "CSTO"),
            ("Russia", "allied_with", "Belarus"),
            ("Russia", "arms", "Belarus"),
            ("Belarus", "arms", "Azerbaijan"),
            ("Azerbaijan", "attacks", "Armenia"),
            ("Israel", "arms", "Azerbaijan"),
        ] {
            said.push(statement(a, r, b));
        }
        for s in said {
            assert!(builder.statement(s));
        }
        let network = builder.build();
        let found = alliances(&network);
        let names = |bonds: &[Bond]| -> Vec<(String, String)> {
            bonds.iter().map(|b| (network.graph[b.a].name.to_string(), network.graph[b.b].name.to_string())).collect()
        };
        let text =
            |pairs: &[(&str, &str)]| -> Vec<(String, String)> { pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect() };
        assert_eq!(names(&found.strained), text(&[("Armenia", "Belarus"), ("Armenia", "Russia")]));
        assert_eq!(found.strained[0].armed_foe.len(), 1);
        assert_eq!(found.strained[1].denied.len(), 1);
        assert_eq!(names(&found.kept), text(&[("Belarus", "Russia")]));
        assert_eq!(names(&found.informal), text(&[("Azerbaijan", "Belarus"), ("Azerbaijan", "Israel")]));
    }
}
