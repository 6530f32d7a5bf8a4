//! Graphviz DOT, through graphviz-rust's types and printer.

use std::io::{self, Write};

use graphviz_rust::dot_structures::{Attribute, Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::escape::{dot_id, dot_label};
use super::legend;
use super::picture::PictureOptions;
use super::style::{Palette, Shape, Tone, kind_label};
use super::typeset;
use super::view::{self, Link, View};
use crate::actors::ActorKind;
use crate::network::{Edge, Network};

/// How edges are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// One line per pair, its relations bundled, as in the picture.
    Bundled,
    /// One line per edge.
    Each,
}

fn plain(name: &str, value: impl Into<String>) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Plain(value.into()))
}

fn quoted(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(dot_label(value)))
}

fn fixed(value: f64) -> String {
    super::svg::short(value)
}

/// Graphviz's name of a shape.
const fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Rounded | Shape::Pill | Shape::Box => "box",
        Shape::Hexagon => "hexagon",
        Shape::Octagon => "octagon",
        Shape::Ellipse => "ellipse",
        Shape::Parallelogram => "parallelogram",
        Shape::Trapezium => "trapezium",
        Shape::Note => "note",
        Shape::Flag => "cds",
    }
}

/// Writes the chosen part of a network as a directed DOT graph with a legend.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, options: &PictureOptions, ties: Ties, sink: &mut dyn Write) -> io::Result<()> {
    let view = view::view(network, &options.choice);
    let palette = if options.dark { Palette::DARK } else { Palette::LIGHT };
    let mut stmts = head(network, &view, options, &palette);
    let most = view.strength.iter().copied().fold(0.0, f64::max).max(1e-9);
    for (i, node) in view.actors.iter().enumerate() {
        let actor = &network.graph[*node];
        let font = (10.0 + 7.0 * (view.strength[i] / most).sqrt()).round();
        let label = typeset::wrap(&actor.name, font * 9.2, 3, font, false).join("\n");
        let title = format!("{} ({})", actor.name, kind_label(actor.kind));
        let mut attributes = look(actor.kind, &palette);
        attributes.extend([quoted("label", &label), quoted("tooltip", &title), plain("fontsize", fixed(font))]);
        stmts.push(node_stmt(&actor.name, attributes));
    }
    match ties {
        Ties::Bundled => stmts.extend(view.links.iter().map(|l| bundled(network, &view, l, &palette))),
        Ties::Each => {
            let shown: std::collections::BTreeSet<_> = view.actors.iter().copied().collect();
            for index in network.graph.edge_indices() {
                let Some((a, b)) = network.graph.edge_endpoints(index) else { continue };
                let wanted = options.choice.edges.as_ref().is_none_or(|own| own.contains(&index));
                if wanted && shown.contains(&a) && shown.contains(&b) {
                    stmts.push(single(network, &network.graph[index], (a.index(), b.index()), &palette));
                }
            }
        }
    }
    stmts.push(legend_stmt(network, &view, &palette));
    let graph = Graph::DiGraph { id: Id::Plain("suzerain".to_owned()), strict: false, stmts };
    let text = graph.print(PrinterContext::default().with_semi());
    sink.write_all(text.as_bytes())?;
    sink.write_all(b"\n")
}

fn head(network: &Network, view: &View, options: &PictureOptions, palette: &Palette) -> Vec<Stmt> {
    let heading = legend::heading(network, view, options);
    let families = quoted("fontname", "Arimo,Liberation Sans,Arial,Helvetica,sans-serif");
    vec![
        Stmt::GAttribute(GraphAttributes::Graph(vec![
            quoted("label", &format!("{}\n{}", heading.title, heading.subtitle)),
            plain("labelloc", "t"),
            plain("rankdir", "LR"),
            plain("overlap", "false"),
            plain("splines", "true"),
            plain("nodesep", "0.25"),
            plain("ranksep", "0.6"),
            plain("outputorder", "edgesfirst"),
            plain("fontsize", "16"),
            quoted("charset", "UTF-8"),
            quoted("bgcolor", &palette.paper.css()),
            quoted("fontcolor", &palette.ink.css()),
            families.clone(),
        ])),
        Stmt::GAttribute(GraphAttributes::Node(vec![
            families.clone(),
            plain("margin", quoted_plain("0.12,0.05")),
            plain("height", "0.3"),
            plain("width", "0.3"),
        ])),
        Stmt::GAttribute(GraphAttributes::Edge(vec![families, plain("fontsize", "9"), plain("arrowsize", "0.7")])),
    ]
}

fn quoted_plain(text: &str) -> String {
    format!("\"{text}\"")
}

fn node_stmt(id: &str, attributes: Vec<Attribute>) -> Stmt {
    Stmt::Node(Node::new(NodeId(Id::Escaped(dot_id(id)), None), attributes))
}

fn look(kind: ActorKind, palette: &Palette) -> Vec<Attribute> {
    let style = palette.node(kind);
    let mut styles = vec!["filled"];
    if matches!(style.shape, Shape::Rounded | Shape::Pill) {
        styles.push("rounded");
    }
    if style.dashed {
        styles.push("dashed");
    }
    vec![
        plain("shape", shape_name(style.shape)),
        plain("style", quoted_plain(&styles.join(","))),
        quoted("fillcolor", &style.fill.css()),
        quoted("color", &style.line.css()),
        quoted("fontcolor", &style.text.css()),
    ]
}

fn tie(source: &str, target: &str, attributes: Vec<Attribute>) -> Stmt {
    let end = |name: &str| Vertex::N(NodeId(Id::Escaped(dot_id(name)), None));
    Stmt::Edge(DotEdge { ty: EdgeTy::Pair(end(source), end(target)), attributes })
}

fn line(tone: Tone, firm: bool, palette: &Palette) -> Vec<Attribute> {
    let style = match (tone, firm) {
        (_, false) => "dotted",
        (Tone::Conflictual | Tone::Both, true) => "dashed",
        (Tone::Cooperative | Tone::Structural, true) => "solid",
    };
    vec![quoted("color", &palette.tone(tone).css()), plain("style", style)]
}

fn bundled(network: &Network, view: &View, link: &Link, palette: &Palette) -> Stmt {
    let name = |i: usize| network.graph[view.actors[i]].name.as_ref();
    let most = view.links.first().map_or(1.0, |l| l.strength).max(1e-9);
    let mut attributes = line(link.tone, link.firm, palette);
    let dir = match (link.forward, link.backward) {
        (true, true) => "both",
        (true, false) => "forward",
        (false, true) => "back",
        (false, false) => "none",
    };
    let ink = palette.tone(link.tone).mix(palette.ink, 0.35);
    attributes.extend([
        quoted("label", &view::label(network, link, 2)),
        quoted("tooltip", &view::label(network, link, usize::MAX)),
        quoted("fontcolor", &ink.css()),
        plain("penwidth", fixed(0.9 + 2.3 * (link.strength / most).sqrt())),
        plain("dir", dir),
    ]);
    tie(name(link.a), name(link.b), attributes)
}

fn single(network: &Network, edge: &Edge, (a, b): (usize, usize), palette: &Palette) -> Stmt {
    let name = |i: usize| network.graph[petgraph::graph::NodeIndex::new(i)].name.as_ref();
    let relation = network.relation(edge);
    let mut attributes = line(Tone::of_sign(edge.sign), view::is_firm(edge), palette);
    attributes.extend([
        quoted("label", &relation.name.replace('_', " ")),
        quoted("tooltip", edge.example().map_or("", |s| &s.sentence)),
        plain("penwidth", fixed(0.8 + 2.0 * edge.weight)),
        plain("weight", fixed((edge.weight * 10.0).round().max(1.0))),
        plain("dir", if relation.symmetric { "none" } else { "forward" }),
    ]);
    tie(name(a), name(b), attributes)
}

/// A cluster that shows one box per kind and says what the lines mean.
fn legend_stmt(network: &Network, view: &View, palette: &Palette) -> Stmt {
    let mut stmts = vec![
        Stmt::Attribute(quoted("label", "Legend")),
        Stmt::Attribute(quoted("color", &palette.hair.css())),
        Stmt::Attribute(quoted("fontcolor", &palette.muted.css())),
        Stmt::Attribute(plain("fontsize", "11")),
    ];
    let id = |text: &str| format!("legend: {text}");
    for kind in ActorKind::ALL.into_iter().filter(|k| view.actors.iter().any(|n| network.graph[*n].kind == *k)) {
        let mut attributes = look(kind, palette);
        attributes.extend([quoted("label", &kind_label(kind)), plain("fontsize", "9")]);
        stmts.push(node_stmt(&id(kind.as_str()), attributes));
    }
    let mut keys: Vec<(Tone, bool, &str)> = Vec::new();
    keys.extend(Tone::ALL.into_iter().filter(|t| view.links.iter().any(|l| l.firm && l.tone == *t)).map(|t| (t, true, t.label())));
    if view.links.iter().any(|l| !l.firm) {
        keys.push((Tone::Structural, false, "only denied, planned or feared"));
    }
    for (tone, firm, label) in keys {
        let ends = [id(&format!("{label} a")), id(&format!("{label} b"))];
        for end in &ends {
            stmts.push(node_stmt(end, vec![plain("shape", "point"), plain("width", "0.04"), quoted("label", ""), quoted("color", &palette.hair.css())]));
        }
        let mut attributes = line(tone, firm, palette);
        attributes.extend([quoted("label", label), plain("dir", "none"), plain("penwidth", "2"), quoted("fontcolor", &palette.ink.css())]);
        stmts.push(tie(&ends[0], &ends[1], attributes));
    }
    Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_legend".to_owned()), stmts })
}
