//! The measures against NetworkX's values on the graphs of `tests/reference-values/graphs.jsonl`, read off networks as a user's
//! would be; and the same results on one thread and on many.

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, NodeIndex};
use serde::Deserialize;
use serde_json::Value;
use suzerain::actors::ActorKind;
use suzerain::analysis::betweenness::edge_betweenness;
use suzerain::analysis::communities::{Options, Ties, communities, leiden, modularity};
use suzerain::analysis::{MEASURES, Views, cuts, measure};
use suzerain::network::{Actor, Edge, Mix, Network};
use suzerain::relations::{Influence, Modality, Polarity, Relation, Status};

#[derive(Deserialize)]
struct Graph {
    name: String,
    directed: bool,
    n: usize,
    edges: Vec<(usize, usize, f64)>,
    values: serde_json::Map<String, Value>,
}

fn graphs() -> Vec<Graph> {
    let text = include_str!("reference-values/graphs.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a graph a line")).collect()
}

/// A graph as a network: one edge per edge, parallel ones apart.
fn network(graph: &Graph) -> Network {
    let relation = Relation {
        name: "tie".into(),
        meaning: "is tied to".into(),
        symmetric: !graph.directed,
        sign: 1,
        influence: if graph.directed { Influence::Fwd } else { Influence::Both },
        weight: 1.0,
    };
    let mut net = DiGraph::new();
    for v in 0..graph.n {
        net.add_node(Actor::new(&format!("{v:04}"), ActorKind::State));
    }
    for &(a, b, weight) in &graph.edges {
        let edge = Edge {
            relation: 0,
            sign: 1,
            weight,
            confidence: 1.0,
            polarity: Mix::All(Polarity::Asserted),
            modality: Mix::All(Modality::Actual),
            status: Mix::All(Status::Unstated),
            count: 0,
            documents: 0,
            first: None,
            last: None,
            statements: Vec::new(),
        };
        net.add_edge(NodeIndex::new(a), NodeIndex::new(b), edge);
    }
    Network { graph: net, relations: vec![relation], ..Network::default() }
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs().max(1e-6)
}

#[test]
fn as_networkx_has_it() {
    let graphs = graphs();
    assert!(graphs.len() >= 60, "{} graphs", graphs.len());
    let mut wrong = Vec::new();
    let mut compared = 0;
    for graph in &graphs {
        let network = network(graph);
        let views = Views::new(&network);
        for m in MEASURES {
            let Some(Value::Array(expected)) = graph.values.get(m.name) else { continue };
            let found = m.compute(&views);
            assert_eq!(found.len(), expected.len(), "{}: {}", graph.name, m.name);
            for (v, (found, expected)) in found.into_iter().zip(expected).enumerate() {
                compared += 1;
                let right = match expected.as_f64() {
                    Some(expected) => near(found, expected),
                    None => found.is_nan(),
                };
                if !right {
                    wrong.push(format!("{}: {} of {v} is {found}, not {expected}", graph.name, m.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} wrong:\n{}", wrong.len(), wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n"));
    assert!(compared > 20_000, "{compared} values");
}

#[test]
fn edges_cuts_and_modularity_as_networkx_has_them() {
    for graph in &graphs() {
        let network = network(graph);
        let views = Views::new(&network);
        let found = cuts::cuts(views.ties());
        assert_eq!(serde_json::json!(found.points), graph.values["articulation"], "{}", graph.name);
        let bridges: Vec<[u32; 2]> = found.bridges.iter().map(|(a, b)| [*a, *b]).collect();
        assert_eq!(serde_json::json!(bridges), graph.values["bridges"], "{}", graph.name);

        let stated = views.stated();
        let values = edge_betweenness(stated);
        for row in graph.values["edge_betweenness"].as_array().expect("rows") {
            let (a, b, expected) = (row[0].as_u64().unwrap() as u32, row[1].as_u64().unwrap() as u32, row[2].as_f64().unwrap());
            let mut own = values[stated.out.find(a, b).expect("an arc")];
            if !graph.directed {
                own += values[stated.out.find(b, a).expect("an arc back")];
            }
            assert!(near(own, expected), "{}: {a} {b}: {own}, not {expected}", graph.name);
        }

        let ties = Ties::of(&views);
        let groups: Vec<usize> = (0..graph.n).map(|v| v % 3).collect();
        let expected = graph.values["modularity"].as_f64().unwrap();
        assert!((modularity(&ties, &groups, 1.0) - expected).abs() < 1e-12, "{}", graph.name);
        if let Some(best) = graph.values["igraph_modularity"].as_f64() {
            let own = modularity(&ties, &leiden(&ties, &Options::default()), 1.0);
            assert!(own >= best - 0.02, "{}: modularity {own}, igraph finds {best}", graph.name);
        }
        if let Some(size) = graph.values["cut_size"].as_u64() {
            let cut = cuts::between(stated, 0, graph.n as u32 - 1).expect("not tied directly");
            assert_eq!(cut.len() as u64, size, "{}", graph.name);
        }
    }
}

#[test]
fn the_same_bits_on_one_thread_and_on_many() {
    let all = graphs();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let many = rayon::ThreadPoolBuilder::new().num_threads(5).build().expect("a pool");
    for graph in all.iter().filter(|g| g.n > 15) {
        let network = network(graph);
        for m in MEASURES {
            let bits = || m.compute(&Views::new(&network)).into_iter().map(f64::to_bits).collect::<Vec<_>>();
            assert_eq!(one.install(bits), many.install(bits), "{}: {}", graph.name, m.name);
        }
        let groups = || communities(&Views::new(&network));
        assert_eq!(one.install(groups), many.install(groups), "{}", graph.name);
    }
}

#[test]
fn every_reference_is_one_of_our_measures() {
    let others = BTreeSet::from(["articulation", "bridges", "edge_betweenness", "modularity", "cut_size", "igraph_modularity"]);
    for graph in graphs().iter().take(1) {
        for name in graph.values.keys() {
            assert!(measure(name).is_some() || others.contains(name.as_str()), "{name}");
        }
    }
}
