//! Mermaid flowchart of the chosen part of a network, every edge apart.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::escape::mermaid;
use super::style::{Palette, Shape, Tone, shape};
use super::typeset;
use super::view::{self, Choice, is_firm};
use crate::actors::ActorKind;
use crate::network::Network;

/// Brackets of a shape.
const fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Rounded => ("(", ")"),
        Shape::Pill => ("([", "])"),
        Shape::Box | Shape::Octagon | Shape::Note => ("[", "]"),
        Shape::Hexagon => ("{{", "}}"),
        Shape::Ellipse => ("((", "))"),
        Shape::Parallelogram => ("[/", "/]"),
        Shape::Trapezium => ("[/", "\\]"),
        Shape::Flag => (">", "]"),
    }
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, choice: &Choice, sink: &mut dyn Write) -> io::Result<()> {
    let view = view::view(network, choice);
    writeln!(sink, "flowchart LR")?;
    for node in &view.actors {
        let actor = &network.graph[*node];
        let (open, close) = brackets(shape(actor.kind));
        // A label of a whole page would be no label.
        let name = typeset::cut(&actor.name, 700.0, 10.0, false);
        writeln!(sink, "  n{}{open}{}{close}:::{}", node.index(), mermaid(&name), actor.kind.as_str())?;
    }
    let shown: BTreeSet<_> = view.links.iter().flat_map(|l| l.edges.iter().copied()).collect();
    let mut styles = Vec::new();
    for (count, index) in shown.iter().enumerate() {
        let raw = &network.graph.raw_edges()[index.index()];
        let edge = &raw.weight;
        let relation = network.relation(edge);
        let tone = Tone::of_sign(edge.sign);
        let arrow = match (is_firm(edge) && tone != Tone::Conflictual, relation.symmetric) {
            (true, false) => "-->",
            (true, true) => "---",
            (false, false) => "-.->",
            (false, true) => "-.-",
        };
        writeln!(sink, "  n{} {arrow}|{}| n{}", raw.source().index(), mermaid(&relation.name.replace('_', " ")), raw.target().index())?;
        styles.push((count, Palette::LIGHT.tone(tone).css()));
    }
    for kind in ActorKind::ALL.into_iter().filter(|k| view.actors.iter().any(|n| network.graph[*n].kind == *k)) {
        let style = Palette::LIGHT.node(kind);
        writeln!(sink, "  classDef {} fill:{},stroke:{},color:{}", kind.as_str(), style.fill.css(), style.line.css(), style.text.css())?;
    }
    for tone in Tone::ALL {
        let color = Palette::LIGHT.tone(tone).css();
        let own: Vec<String> = styles.iter().filter(|(_, c)| *c == color).map(|(i, _)| i.to_string()).collect();
        if !own.is_empty() {
            writeln!(sink, "  linkStyle {} stroke:{color},color:{color}", own.join(","))?;
        }
    }
    Ok(())
}
