//! Node-link JSON: what NetworkX's `node_link_graph` and D3 read; every edge apart, with all its statements.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::network::Network;

/// One edge as an object of plain values, with its statements.
fn edge(network: &Network, index: usize) -> Value {
    let raw = &network.graph.raw_edges()[index];
    let edge = &raw.weight;
    let relation = network.relation(edge);
    json!({
        "source": network.graph[raw.source()].name,
        "target": network.graph[raw.target()].name,
        "key": relation.name,
        "relation": relation.name,
        "symmetric": relation.symmetric,
        "sign": edge.sign,
        "weight": rounded(edge.weight),
        "confidence": rounded(edge.confidence),
        "polarity": edge.polarity.as_str(),
        "modality": edge.modality.as_str(),
        "status": edge.status.as_str(),
        "first": edge.first,
        "last": edge.last,
        "statements": edge.statements,
    })
}

/// Six decimals.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Writes it: `nodes` with `id`, then the edges as `edges` (NetworkX 3.4 and later). D3 takes the same array by
/// `forceLink(data.edges)`; older NetworkX by `node_link_graph(data, edges="edges")`.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "{{\"directed\": true, \"multigraph\": true, \"graph\": {{\"name\": \"suzerain\"}},\n\"nodes\": [")?;
    let count = network.graph.node_count();
    for (i, actor) in network.graph.node_weights().enumerate() {
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(actor.name));
        object.insert("kind".to_owned(), json!(actor.kind.as_str()));
        object.insert("mentions".to_owned(), json!(actor.mentions));
        object.insert("documents".to_owned(), json!(actor.documents));
        object.insert("aliases".to_owned(), json!(actor.aliases));
        object.insert("codes".to_owned(), json!(actor.codes));
        writeln!(sink, "{}{}", Value::Object(object), if i + 1 < count { "," } else { "" })?;
    }
    writeln!(sink, "],\n\"edges\": [")?;
    let count = network.graph.edge_count();
    for i in 0..count {
        writeln!(sink, "{}{}", edge(network, i), if i + 1 < count { "," } else { "" })?;
    }
    writeln!(sink, "]}}")
}
