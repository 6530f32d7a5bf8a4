//! GraphML, every edge apart. All edges are written as directed, since readers refuse a mix; `symmetric` tells which are not.

use std::io::{self, Write};

use super::escape::{number, xml};
use super::view::is_firm;
use crate::network::Network;

/// Attributes of edges: name and GraphML type.
const EDGE_KEYS: [(&str, &str); 13] = [
    ("relation", "string"),
    ("sign", "int"),
    ("weight", "double"),
    ("confidence", "double"),
    ("polarity", "string"),
    ("modality", "string"),
    ("status", "string"),
    ("statements", "int"),
    ("documents", "int"),
    ("first", "string"),
    ("last", "string"),
    ("symmetric", "boolean"),
    ("example", "string"),
];
const NODE_KEYS: [(&str, &str); 5] =
    [("name", "string"), ("kind", "string"), ("mentions", "int"), ("documents", "int"), ("aliases", "string")];

/// Values of an edge, in the order of the keys.
pub(super) fn edge_values(network: &Network, edge: &crate::network::Edge) -> [String; 13] {
    let relation = network.relation(edge);
    let date = |d: Option<crate::documents::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    [
        relation.name.clone(),
        edge.sign.to_string(),
        number(edge.weight),
        number(edge.confidence),
        edge.polarity.as_str().to_owned(),
        edge.modality.as_str().to_owned(),
        edge.status.as_str().to_owned(),
        edge.count.to_string(),
        edge.documents.to_string(),
        date(edge.first),
        date(edge.last),
        relation.symmetric.to_string(),
        edge.example().map(|s| s.sentence.to_string()).unwrap_or_default(),
    ]
}

/// Names and types of an edge's attributes.
pub(super) const fn edge_keys() -> &'static [(&'static str, &'static str)] {
    &EDGE_KEYS
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        sink,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    for (name, kind) in NODE_KEYS {
        writeln!(sink, "<key id=\"n_{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    for (name, kind) in EDGE_KEYS {
        writeln!(sink, "<key id=\"e_{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(sink, "<key id=\"e_firm\" for=\"edge\" attr.name=\"firm\" attr.type=\"boolean\"/>")?;
    writeln!(sink, "<graph id=\"suzerain\" edgedefault=\"directed\">")?;
    for (i, actor) in network.graph.node_weights().enumerate() {
        let aliases = super::table::joined(actor.aliases.iter().map(AsRef::as_ref));
        let values = [
            actor.name.to_string(),
            actor.kind.as_str().to_owned(),
            actor.mentions.to_string(),
            actor.documents.len().to_string(),
            aliases,
        ];
        write!(sink, "<node id=\"n{i}\">")?;
        for ((name, _), value) in NODE_KEYS.iter().zip(values) {
            write!(sink, "<data key=\"n_{name}\">{}</data>", xml(&value))?;
        }
        writeln!(sink, "</node>")?;
    }
    for (i, raw) in network.graph.raw_edges().iter().enumerate() {
        write!(sink, "<edge id=\"e{i}\" source=\"n{}\" target=\"n{}\">", raw.source().index(), raw.target().index())?;
        for ((name, _), value) in EDGE_KEYS.iter().zip(edge_values(network, &raw.weight)) {
            write!(sink, "<data key=\"e_{name}\">{}</data>", xml(&value))?;
        }
        writeln!(sink, "<data key=\"e_firm\">{}</data></edge>", is_firm(&raw.weight))?;
    }
    writeln!(sink, "</graph>\n</graphml>")
}
