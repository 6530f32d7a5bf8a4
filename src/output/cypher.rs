//! Cypher for Neo4j and Memgraph: one statement per line, one relationship per edge.

use std::io::{self, Write};

use super::escape::{cypher, number};
use crate::network::Network;

/// A label or relationship type: letters, digits and `_` only, so that it needs no quotes.
fn symbol(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// `armed_group` as `ArmedGroup`.
fn label(kind: &str) -> String {
    kind.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect()
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    for actor in network.graph.node_weights() {
        let list = |items: &[std::sync::Arc<str>]| items.iter().map(|i| cypher(i)).collect::<Vec<_>>().join(", ");
        writeln!(
            sink,
            "CREATE (:Actor:{} {{name: {}, kind: {}, mentions: {}, aliases: [{}], documents: [{}]}});",
            label(actor.kind.as_str()),
            cypher(&actor.name),
            cypher(actor.kind.as_str()),
            actor.mentions,
            list(&actor.aliases),
            list(&actor.documents)
        )?;
    }
    for raw in network.graph.raw_edges() {
        let edge = &raw.weight;
        let relation = &network.relation(edge).name;
        let mut properties = vec![
            format!("sign: {}", edge.sign),
            format!("weight: {}", number(edge.weight)),
            format!("confidence: {}", number(edge.confidence)),
            format!("polarity: {}", cypher(edge.polarity.as_str())),
            format!("modality: {}", cypher(edge.modality.as_str())),
            format!("status: {}", cypher(edge.status.as_str())),
            format!("statements: {}", edge.count),
        ];
        for (name, date) in [("first", edge.first), ("last", edge.last)] {
            if let Some(date) = date {
                properties.push(format!("{name}: {}", cypher(&date.to_string())));
            }
        }
        if let Some(example) = edge.example() {
            properties.push(format!("example: {}", cypher(&example.sentence)));
        }
        writeln!(
            sink,
            "MATCH (a:Actor {{name: {}}}), (b:Actor {{name: {}}}) CREATE (a)-[:{} {{{}}}]->(b);",
            cypher(&network.graph[raw.source()].name),
            cypher(&network.graph[raw.target()].name),
            symbol(&relation.to_uppercase()),
            properties.join(", ")
        )?;
    }
    Ok(())
}
