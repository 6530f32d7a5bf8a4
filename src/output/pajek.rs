//! Pajek's `.net`: actors as vertices, every edge as an arc with its weight (negative where conflictual) and its relation as
//! label. Readers take either arcs or edges, not both, so a symmetric relation is an arc from the name that sorts first.

use std::io::{self, Write};

use super::escape::{number, pajek};
use super::style::{Shape, shape};
use crate::network::Network;

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "*Vertices {}", network.graph.node_count())?;
    for (i, actor) in network.graph.node_weights().enumerate() {
        let form = match shape(actor.kind) {
            Shape::Rounded | Shape::Box | Shape::Octagon | Shape::Note | Shape::Flag => "box",
            Shape::Pill | Shape::Ellipse => "ellipse",
            Shape::Hexagon | Shape::Parallelogram | Shape::Trapezium => "diamond",
        };
        writeln!(sink, "{} {} {form}", i + 1, pajek(&actor.name))?;
    }
    writeln!(sink, "*Arcs")?;
    for raw in network.graph.raw_edges() {
        let edge = &raw.weight;
        let value = if edge.sign < 0 { -edge.weight } else { edge.weight };
        let relation = pajek(&network.relation(edge).name);
        writeln!(sink, "{} {} {} l {relation}", raw.source().index() + 1, raw.target().index() + 1, number(value))?;
    }
    Ok(())
}
