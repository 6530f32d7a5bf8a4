//! Robustness: how far ranks hang on single documents and statements.

use std::collections::BTreeSet;
use std::sync::Arc;

use petgraph::graph::DiGraph;

use super::measures::{Measure, ranks};
use super::parallel::each;
use super::random::Random;
use super::views::Views;
use crate::network::{Edge, Network};
use crate::relations::Statement;

/// The best and the worst rank of every actor.
pub type Ranges = Vec<(usize, usize)>;

/// Ranks by a measure when each document in turn is left out: the best and worst of each actor, the full network's included. One
/// document: nothing can be left out, and the ranges are the ranks. As many computations as documents.
#[must_use]
pub fn without_each_document(network: &Network, measure: &Measure) -> Ranges {
    let ids: Vec<Arc<str>> = network
        .graph
        .edge_weights()
        .flat_map(|e| e.statements.iter().map(|s| Arc::clone(&s.document)))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let whole = ranks(&measure.compute(&Views::new(network)));
    let mut ranges: Ranges = whole.into_iter().map(|r| (r, r)).collect();
    if ids.len() < 2 {
        return ranges;
    }
    for places in each(ids.len(), |i| ranks(&measure.compute(&Views::new(&thinned(network, |s, _| s.document != ids[i]))))) {
        for (range, place) in ranges.iter_mut().zip(places) {
            *range = (range.0.min(place), range.1.max(place));
        }
    }
    ranges
}

/// Ranks by a measure in `rounds` bootstrap samples of the statements: from the 5th to the 95th of 100 ranks of each actor. A sample
/// draws as many statements as there are, with replacement; those not drawn are left out, those drawn twice count once, as copies
/// do. The samples are the same in every run.
///
/// Efron, "Bootstrap methods: another look at the jackknife", Ann. Stat. 7 (1979).
#[must_use]
pub fn bootstrap(network: &Network, measure: &Measure, rounds: usize) -> Ranges {
    let total: usize = network.graph.edge_weights().map(|e| e.statements.len()).sum();
    let n = network.graph.node_count();
    if total == 0 || rounds == 0 {
        return ranks(&measure.compute(&Views::new(network))).into_iter().map(|r| (r, r)).collect();
    }
    let samples = each(rounds, |round| {
        let mut random = Random::of_task(0xb007, round);
        let mut drawn = vec![false; total];
        for _ in 0..total {
            drawn[random.below(total)] = true;
        }
        ranks(&measure.compute(&Views::new(&thinned(network, |_, place| drawn[place]))))
    });
    (0..n)
        .map(|v| {
            let mut own: Vec<usize> = samples.iter().map(|s| s[v]).collect();
            own.sort_unstable();
            (own[(rounds - 1) / 20], own[(rounds - 1) * 19 / 20])
        })
        .collect()
}

/// For each actor, its number of edges, and of those that rest on one document only.
#[must_use]
pub fn single_sourced(network: &Network) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); network.graph.node_count()];
    for e in network.graph.edge_indices() {
        let Some((a, b)) = network.graph.edge_endpoints(e) else { continue };
        let single = usize::from(network.graph[e].documents == 1);
        for v in [a, b] {
            counts[v.index()].0 += 1;
            counts[v.index()].1 += single;
        }
    }
    counts
}

/// The network of some statements; `keep` hears of each statement and its place among all. Edges without statements stay.
fn thinned(network: &Network, mut keep: impl FnMut(&Statement, usize) -> bool) -> Network {
    let mut graph = DiGraph::with_capacity(network.graph.node_count(), network.graph.edge_count());
    for actor in network.graph.node_weights() {
        graph.add_node(actor.clone());
    }
    let mut place = 0;
    for e in network.graph.edge_indices() {
        let (Some((a, b)), edge) = (network.graph.edge_endpoints(e), &network.graph[e]) else { continue };
        if edge.statements.is_empty() {
            graph.add_edge(a, b, edge.clone());
            continue;
        }
        let kept: Vec<Statement> = edge
            .statements
            .iter()
            .filter(|s| {
                place += 1;
                keep(s, place - 1)
            })
            .cloned()
            .collect();
        if !kept.is_empty() {
            // Dates play no part in measures.
            graph.add_edge(a, b, Edge::of(edge.relation, network.relation(edge), kept, |_| None));
        }
    }
    Network { graph, relations: network.relations.clone(), documents: Vec::new(), background: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::ActorKind;
    use crate::analysis::measure;
    use crate::network::samples::{relation, statement};
    use crate::network::{Actor, Builder};

    fn network() -> Network {
        let mut builder = Builder::new(vec![relation("supports", 1)]);
        for name in ["A", "B", "C", "D"] {
            builder.actor(Actor::new(name, ActorKind::State));
        }
        for (a, b, document) in [("A", "B", "x"), ("A", "C", "x"), ("A", "D", "x"), ("B", "C", "y"), ("B", "D", "y")] {
            let mut s = statement(a, "supports", b);
            s.document = document.into();
            assert!(builder.statement(s));
        }
        builder.build()
    }

    #[test]
    fn a_rank_that_hangs_on_one_document() {
        let network = network();
        let out = measure("out_degree").unwrap();
        assert_eq!(without_each_document(&network, out), [(1, 2), (1, 2), (2, 3), (2, 3)]);
        assert_eq!(single_sourced(&network)[0], (3, 3));
    }

    #[test]
    fn the_bootstrap_is_the_same_in_every_run() {
        let network = network();
        let out = measure("out_degree").unwrap();
        let ranges = bootstrap(&network, out, 50);
        assert_eq!(ranges, bootstrap(&network, out, 50));
        assert!(ranges.iter().all(|(best, worst)| best <= worst));
        assert!(bootstrap(&Network::default(), out, 10).is_empty());
    }
}
