//! Graphviz DOT, through graphviz-rust's types and printer.

use std::io::{self, Write};

use graphviz_rust::dot_structures::{Attribute, Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use petgraph::graph::NodeIndex;

use super::escape::{dot_id, dot_label, xml};
use super::layout::Point;
use super::legend;
use super::picture::{Picture, PictureOptions};
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

/// Graphviz reads quoted strings of at most 16,384 bytes.
const LONGEST: usize = 1_000;

fn quoted(name: &str, value: &str) -> Attribute {
    let text = match value.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    };
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(dot_label(&text)))
}

/// An actor's name as identifier; of one that is too long for Graphviz its place in the network.
fn identifier(network: &Network, node: NodeIndex) -> String {
    let name = &network.graph[node].name;
    let id = dot_id(name);
    if id.len() <= 12_000 { id } else { dot_id(&format!("actor {}", node.index())) }
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

/// Writes the chosen part of a network as a directed DOT graph with a legend. With a picture of the same options, every
/// actor is pinned where it stands there, and Graphviz only draws.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, options: &PictureOptions, ties: Ties, pinned: Option<&Picture>, sink: &mut dyn Write) -> io::Result<()> {
    let view = pinned.map_or_else(|| view::view(network, &options.choice), |p| p.view.clone());
    let palette = if options.dark { Palette::DARK } else { Palette::LIGHT };
    let mut stmts = head(network, &view, options, pinned.is_some(), &palette);
    let most = view.strength.iter().copied().fold(0.0, f64::max).max(1e-9);
    for (i, node) in view.actors.iter().enumerate() {
        let actor = &network.graph[*node];
        let font = (10.0 + 7.0 * (view.strength[i] / most).sqrt()).round();
        let label = typeset::wrap(&actor.name, font * 9.2, 3, font, false).join("\n");
        let title = format!("{} ({})", actor.name, kind_label(actor.kind));
        let mut attributes = look(actor.kind, &palette);
        attributes.extend([quoted("label", &label), quoted("tooltip", &title), plain("fontsize", fixed(font))]);
        if let Some((at, size)) = pinned.and_then(|p| p.actors.get(i)) {
            // Graphviz measures boxes in inches.
            attributes.extend([
                pin(*at),
                plain("width", fixed(size.w / 72.0)),
                plain("height", fixed(size.h / 72.0)),
                plain("fixedsize", "true"),
            ]);
        }
        stmts.push(node_stmt(identifier(network, *node), attributes));
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
    stmts.push(legend_stmt(network, &view, pinned, &palette));
    let graph = Graph::DiGraph { id: Id::Plain("suzerain".to_owned()), strict: false, stmts };
    let text = graph.print(PrinterContext::default().with_semi());
    sink.write_all(text.as_bytes())?;
    sink.write_all(b"\n")
}

/// A fixed place; Graphviz's y runs up.
fn pin(at: Point) -> Attribute {
    plain("pos", quoted_plain(&format!("{},{}!", fixed(at.x), fixed(-at.y))))
}

fn head(network: &Network, view: &View, options: &PictureOptions, pinned: bool, palette: &Palette) -> Vec<Stmt> {
    let heading = legend::heading(network, view, options);
    let families = quoted("fontname", "Arimo,Liberation Sans,Arial,Helvetica,sans-serif");
    let engine = if pinned {
        vec![plain("layout", "neato"), plain("inputscale", "72"), plain("overlap", "true")]
    } else {
        vec![plain("rankdir", "LR"), plain("overlap", "false"), plain("nodesep", "0.25"), plain("ranksep", "0.6")]
    };
    let graph = [
        vec![
            quoted("label", &format!("{}\n{}", heading.title, heading.subtitle)),
            plain("labelloc", "t"),
            plain("splines", "true"),
            plain("outputorder", "edgesfirst"),
            plain("fontsize", "16"),
            quoted("charset", "UTF-8"),
            quoted("bgcolor", &palette.paper.css()),
            quoted("fontcolor", &palette.ink.css()),
            families.clone(),
        ],
        engine,
    ]
    .concat();
    vec![
        Stmt::GAttribute(GraphAttributes::Graph(graph)),
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

fn node_stmt(id: String, attributes: Vec<Attribute>) -> Stmt {
    Stmt::Node(Node::new(NodeId(Id::Escaped(id), None), attributes))
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

fn tie(source: String, target: String, attributes: Vec<Attribute>) -> Stmt {
    let end = |id: String| Vertex::N(NodeId(Id::Escaped(id), None));
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
    let name = |i: usize| identifier(network, view.actors[i]);
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
    let name = |i: usize| identifier(network, NodeIndex::new(i));
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

/// One box with a table that shows the kinds' colours and what the lines mean.
fn legend_stmt(network: &Network, view: &View, pinned: Option<&Picture>, palette: &Palette) -> Stmt {
    let cell = |text: &str, fill: Option<(super::style::Color, super::style::Color)>, ink: super::style::Color| {
        let border =
            fill.map_or_else(String::new, |(fill, line)| format!(" bgcolor=\"{}\" color=\"{}\" border=\"1\"", fill.css(), line.css()));
        format!("<td{border}><font color=\"{}\">{}</font></td>", ink.css(), xml(text))
    };
    let kinds: String = ActorKind::ALL
        .into_iter()
        .filter(|k| view.actors.iter().any(|n| network.graph[*n].kind == *k))
        .map(|k| {
            let style = palette.node(k);
            cell(&kind_label(k), Some((style.fill, style.line)), style.text)
        })
        .collect();
    let mut lines: String = Tone::ALL
        .into_iter()
        .filter(|t| view.links.iter().any(|l| l.firm && l.tone == *t))
        .map(|t| {
            let dash = if matches!(t, Tone::Conflictual | Tone::Both) { "– – –" } else { "———" };
            cell(&format!("{dash} {}", t.label()), None, palette.tone(t))
        })
        .collect();
    if view.links.iter().any(|l| !l.firm) {
        lines.push_str(&cell("······ only denied, planned, feared or over", None, palette.muted));
    }
    let table = |rows: &str| format!("<tr><td><table border=\"0\" cellborder=\"0\" cellspacing=\"4\"><tr>{rows}</tr></table></td></tr>");
    let mut label = String::from("<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\">");
    for row in [lines, kinds] {
        if !row.is_empty() {
            label.push_str(&table(&row));
        }
    }
    if view.actors.is_empty() {
        label.push_str("<tr><td>no relations</td></tr>");
    }
    label.push_str("</table>>");
    let mut attributes = vec![plain("shape", "plain"), plain("fontsize", "10"), Attribute(Id::Plain("label".to_owned()), Id::Html(label))];
    if let Some(picture) = pinned {
        let bottom = picture.actors.iter().map(|(p, s)| p.y + s.h).fold(0.0, f64::max);
        attributes.push(pin(Point::new(picture.scene.width / 2.0, bottom + 50.0)));
    }
    node_stmt(dot_id("legend: kinds and lines"), attributes)
}
