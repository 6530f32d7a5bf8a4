//! What changed between two networks, dates or voices; and what is contested within one.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::alliances::Cited;
use crate::network::{Network, span};
use crate::relations::{Modality, Polarity, Statement};

/// An edge named by its ends and relation.
pub type Key = (Arc<str>, String, Arc<str>);

/// How two networks differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// Actors with edges in the second only.
    pub actors_new: Vec<Arc<str>>,
    /// Actors with edges in the first only.
    pub actors_gone: Vec<Arc<str>>,
    /// Edges of the second only.
    pub new: Vec<(Key, EdgeIndex)>,
    /// Edges of the first only.
    pub gone: Vec<(Key, EdgeIndex)>,
    /// Edges of both whose sign is not the same: in the first, in the second.
    pub flipped: Vec<(Key, EdgeIndex, EdgeIndex)>,
    /// Pairs that dealt on balance as friends in one and as foes in the other: with their balance in each.
    pub turned: Vec<(Arc<str>, Arc<str>, f64, f64)>,
}

impl Difference {
    /// Whether the two are alike.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.flipped.is_empty() && self.turned.is_empty()
    }
}

/// What the second network has that the first has not, and the other way round; heaviest edges first. O((n + m) log m).
#[must_use]
pub fn difference(first: &Network, second: &Network) -> Difference {
    let (one, two) = (keys(first), keys(second));
    let mut found = Difference::default();
    for (key, &e) in &two {
        match one.get(key) {
            None => found.new.push((key.clone(), e)),
            Some(&old) if first.graph[old].sign != second.graph[e].sign => found.flipped.push((key.clone(), old, e)),
            Some(_) => {}
        }
    }
    found.gone = one.iter().filter(|(k, _)| !two.contains_key(*k)).map(|(k, e)| (k.clone(), *e)).collect();
    found.new.sort_by(|a, b| second.graph[b.1].weight.total_cmp(&second.graph[a.1].weight).then_with(|| a.0.cmp(&b.0)));
    found.gone.sort_by(|a, b| first.graph[b.1].weight.total_cmp(&first.graph[a.1].weight).then_with(|| a.0.cmp(&b.0)));
    let (a, b) = (balances(first), balances(second));
    for (pair, &now) in &b {
        if let Some(&before) = a.get(pair)
            && before * now < 0.0
        {
            found.turned.push((Arc::clone(&pair.0), Arc::clone(&pair.1), before, now));
        }
    }
    found.turned.sort_by(|x, y| (y.3 - y.2).abs().total_cmp(&(x.3 - x.2).abs()).then_with(|| (&x.0, &x.1).cmp(&(&y.0, &y.1))));
    let (here, there) = (tied(first), tied(second));
    found.actors_new = there.iter().filter(|n| here.binary_search(n).is_err()).cloned().collect();
    found.actors_gone = here.iter().filter(|n| there.binary_search(n).is_err()).cloned().collect();
    found
}

fn keys(network: &Network) -> BTreeMap<Key, EdgeIndex> {
    let name = |n: petgraph::graph::NodeIndex| Arc::clone(&network.graph[n].name);
    network
        .graph
        .edge_references()
        .map(|e| ((name(e.source()), network.relation(e.weight()).name.clone(), name(e.target())), e.id()))
        .collect()
}

/// Friendly less hostile weight of each pair, names in order.
fn balances(network: &Network) -> BTreeMap<(Arc<str>, Arc<str>), f64> {
    let mut sums = BTreeMap::new();
    for e in network.graph.edge_references() {
        let (a, b) = (&network.graph[e.source()].name, &network.graph[e.target()].name);
        let pair = if a < b { (Arc::clone(a), Arc::clone(b)) } else { (Arc::clone(b), Arc::clone(a)) };
        *sums.entry(pair).or_insert(0.0) += f64::from(e.weight().sign) * e.weight().weight;
    }
    sums
}

/// Names of the actors with edges, in order.
fn tied(network: &Network) -> Vec<Arc<str>> {
    let graph = &network.graph;
    let mut names: Vec<Arc<str>> =
        graph.node_indices().filter(|v| graph.neighbors_undirected(*v).next().is_some()).map(|v| Arc::clone(&graph[v].name)).collect();
    names.sort();
    names
}

/// Why two statements do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// The same relation asserted and denied.
    Denial,
    /// Opposite signs.
    Signs,
}

/// Two statements about one pair, of overlapping time, that do not go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contested {
    /// Why.
    pub clash: Clash,
    /// The asserted or friendly one.
    pub one: Cited,
    /// The denied or hostile one.
    pub other: Cited,
    /// The lesser of the two confidences.
    pub confidence: f64,
    /// Whether different voices say them (attributions or documents differ).
    pub voices_differ: bool,
}

/// What is contested in a network: for each two edges of a pair of actors the surest two statements of overlapping time that assert
/// and deny the same, or are of opposite sign; a statement without dates overlaps with any. Planned and feared ones do not count.
/// Denials first, then the surest. Give the network with denied statements in. O(Σ statements² per pair).
#[must_use]
pub fn contested(network: &Network) -> Vec<Contested> {
    let graph = &network.graph;
    let mut pairs: BTreeMap<_, Vec<EdgeIndex>> = BTreeMap::new();
    for e in graph.edge_references() {
        pairs.entry((e.source().min(e.target()), e.source().max(e.target()))).or_default().push(e.id());
    }
    let mut found = Vec::new();
    for edges in pairs.values() {
        for (i, &x) in edges.iter().enumerate() {
            found.extend(surest(network, x, x, Clash::Denial));
            for &y in &edges[i + 1..] {
                if network.relation(&graph[x]).sign * network.relation(&graph[y]).sign < 0 {
                    found.extend(surest(network, x, y, Clash::Signs));
                }
            }
        }
    }
    found.sort_by(|a, b| {
        a.clash.cmp(&b.clash).then_with(|| b.confidence.total_cmp(&a.confidence)).then_with(|| (a.one, a.other).cmp(&(b.one, b.other)))
    });
    found
}

/// The surest clash between the statements of two edges.
fn surest(network: &Network, x: EdgeIndex, y: EdgeIndex, clash: Clash) -> Option<Contested> {
    let facts = |e: EdgeIndex, polarity: Polarity| {
        network.graph[e].statements.iter().enumerate().filter(move |(_, s)| s.modality == Modality::Actual && s.polarity == polarity)
    };
    let second = if clash == Clash::Denial { Polarity::Denied } else { Polarity::Asserted };
    let mut best: Option<Contested> = None;
    for (i, a) in facts(x, Polarity::Asserted) {
        for (j, b) in facts(y, second) {
            let confidence = a.confidence.min(b.confidence);
            if !overlap(a, b) || best.as_ref().is_some_and(|k| k.confidence >= confidence) {
                continue;
            }
            let voices_differ = a.attribution != b.attribution || a.document != b.document;
            let (mut one, mut other) = (Cited { edge: x, statement: i }, Cited { edge: y, statement: j });
            if clash == Clash::Signs && network.relation(&network.graph[x]).sign < 0 {
                std::mem::swap(&mut one, &mut other);
            }
            best = Some(Contested { clash, one, other, confidence, voices_differ });
        }
    }
    best
}

fn overlap(a: &Statement, b: &Statement) -> bool {
    match (span(a), span(b)) {
        (Some((a1, a2)), Some((b1, b2))) => a1 <= b2 && b1 <= a2,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::ActorKind;
    use crate::network::samples::{relation, statement};
    use crate::network::{Actor, Builder};

    fn network(said: Vec<Statement>) -> Network {
        let mut builder = Builder::new(vec![relation("supports", 1), relation("attacks", -1)]);
        for name in ["A", "B", "C"] {
            builder.actor(Actor::new(name, ActorKind::State));
        }
        for s in said {
            assert!(builder.statement(s));
        }
        builder.build()
    }

    fn denied(mut s: Statement) -> Statement {
        s.polarity = Polarity::Denied;
        s
    }

    #[test]
    fn tells_what_changed() {
        let first = network(vec![statement("A", "supports", "B"), statement("B", "attacks", "C")]);
        let second = network(vec![denied(statement("A", "supports", "B")), statement("A", "attacks", "B")]);
        let found = difference(&first, &second);
        assert_eq!(found.new.len(), 1);
        assert_eq!(found.gone[0].0.1, "attacks");
        assert_eq!(found.flipped.len(), 1);
        assert_eq!(found.turned.len(), 1);
        assert_eq!(found.actors_gone, ["C".into()]);
        assert!(difference(&first, &first).is_empty());
    }

    #[test]
    fn tells_what_is_contested() {
        let mut early = statement("A", "attacks", "B");
        (early.start, early.end) = ("1992".parse().ok(), "1994".parse().ok());
        let mut late = statement("B", "supports", "A");
        late.start = "2001".parse().ok();
        let found = contested(&network(vec![early.clone(), late.clone(), denied(statement("B", "supports", "A"))]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].clash, Clash::Denial);
        late.start = "1993".parse().ok();
        let found = contested(&network(vec![early, late]));
        assert_eq!(found[0].clash, Clash::Signs);
    }
}
