//! `suzerain show`.

use std::fmt::Write as _;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::exit::{Exit, Outcome};
use super::page::{self, STRONG, number, sign_style, sign_text, styled, wrap};
use super::select::{Ask, pick};
use crate::analysis::cuts::components;
use crate::analysis::{MEASURES, Views, ranks};
use crate::network::{Edge, Network, Selection, without};

/// One actor: its names, its standing, and what is said of its dealings, with one sentence each.
///
/// Denied, planned and ended statements are shown and marked; the measures count what `suzerain rank` counts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain show Azerbaijan --top 5
  suzerain show \"Nagorno-Karabakh\" --between 1988 1994 --json")]
pub(super) struct Args {
    /// The actor: its name or one of its aliases
    actor: String,
    /// How many relations in each direction, strongest first; 0 for all
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// What falls apart without it: the parts that only it holds together
    #[arg(long)]
    without_it: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let network = args.ask.load_everything()?;
    let node = pick(&network, &args.actor)?;
    let counted = Selection::default().apply(&network);
    if args.without_it {
        return loss(&counted, node, args.json);
    }
    let views = Views::new(&counted);
    let mut standing = Vec::new();
    for m in MEASURES.iter().filter(|m| m.column) {
        let values = m.compute(&views);
        standing.push((m.name, values[node.index()], ranks(&values)[node.index()]));
    }
    let (mut out_edges, mut in_edges) = (sorted(&network, node, Direction::Outgoing), sorted(&network, node, Direction::Incoming));
    let (all_out, all_in) = (out_edges.len(), in_edges.len());
    if args.top > 0 {
        out_edges.truncate(args.top);
        in_edges.truncate(args.top);
    }
    let actor = &network.graph[node];
    if args.json {
        let edge = |(other, edge): &(NodeIndex, &Edge)| {
            serde_json::json!({
                "relation": network.relation(edge).name, "other": network.graph[*other].name, "sign": edge.sign,
                "weight": edge.weight, "confidence": edge.confidence, "polarity": edge.polarity.as_str(),
                "modality": edge.modality.as_str(), "status": edge.status.as_str(), "statements": edge.count,
                "documents": edge.documents, "first": edge.first, "last": edge.last, "example": edge.example(),
            })
        };
        let measures: serde_json::Map<String, serde_json::Value> =
            standing.iter().map(|(name, value, rank)| ((*name).to_owned(), serde_json::json!({"value": value, "rank": rank}))).collect();
        return page::print_json(&serde_json::json!({
            "actor": actor, "measures": measures,
            "from_it": out_edges.iter().map(edge).collect::<Vec<_>>(), "to_it": in_edges.iter().map(edge).collect::<Vec<_>>(),
        }));
    }
    let mut out = String::new();
    let _ = writeln!(out, "{}, {}", styled(STRONG, &actor.name), actor.kind);
    if !actor.aliases.is_empty() {
        let names: Vec<&str> = actor.aliases.iter().map(AsRef::as_ref).collect();
        out.push_str(&wrap("also called ", &names.join(", ")));
    }
    if let Some(home) = &actor.home {
        let _ = writeln!(out, "belongs to {home} (by the catalogue)");
    }
    let _ = writeln!(out, "{} in {}", page::plural(actor.mentions, "mention"), page::plural(actor.documents.len(), "document"));
    let total = counted.graph.node_count();
    let _ = writeln!(out, "\n{}", styled(STRONG, format_args!("Standing among {total} actors")));
    for pair in standing.chunks(2) {
        let cells: Vec<String> =
            pair.iter().map(|(name, value, rank)| format!("{:14} {:>9}  rank {rank:<5}", name, number(*value))).collect();
        let _ = writeln!(out, "  {}", cells.join("  ").trim_end());
    }
    section(&mut out, &network, "From it", &out_edges, all_out);
    section(&mut out, &network, "To it", &in_edges, all_in);
    page::print(&out)?;
    Ok(Exit::Done)
}

/// What is left of an actor's part of the network when it is gone.
fn loss(network: &Network, node: NodeIndex, json: bool) -> Outcome {
    let name = |v: u32| network.graph[NodeIndex::new(v as usize)].name.as_ref();
    let whole = Views::new(network);
    let own = node.index() as u32;
    let part = components(whole.ties()).into_iter().find(|c| c.contains(&own)).unwrap_or_default();
    let left = without(network, &[node]);
    let parts: Vec<Vec<&str>> = components(Views::new(&left).ties())
        .into_iter()
        .filter(|c| c[0] != own && part.binary_search(&c[0]).is_ok())
        .map(|c| c.into_iter().map(name).collect())
        .collect();
    let actor = &network.graph[node].name;
    if json {
        return page::print_json(&serde_json::json!({"actor": actor, "tied": part.len().saturating_sub(1), "parts": parts}));
    }
    let mut out = String::new();
    match parts.as_slice() {
        [] => out.push_str(&wrap("", &format!("{actor} is tied to nobody by what counts here: nothing is lost."))),
        [one] => out.push_str(&wrap("", &format!("Without {actor} the other {} still hang together.", page::plural(one.len(), "actor")))),
        parts => {
            out.push_str(&wrap("", &format!("Without {actor} its part of the network falls into {}:", parts.len())));
            for (i, names) in parts.iter().enumerate() {
                let shown: Vec<&str> = names.iter().take(12).copied().collect();
                let more = if names.len() > 12 { format!(" and {} more", names.len() - 12) } else { String::new() };
                out.push_str(&wrap(
                    &format!("{}. ", i + 1),
                    &format!("{}: {}{more}", page::plural(names.len(), "actor"), shown.join(", ")),
                ));
            }
        }
    }
    page::print(&out)?;
    Ok(Exit::Done)
}

/// The actor's edges of one direction, strongest first; symmetric ones are all counted as from it.
fn sorted(network: &Network, node: NodeIndex, direction: Direction) -> Vec<(NodeIndex, &Edge)> {
    let mut edges: Vec<(NodeIndex, &Edge)> = Vec::new();
    for side in [Direction::Outgoing, Direction::Incoming] {
        for e in network.graph.edges_directed(node, side) {
            let symmetric = network.relation(e.weight()).symmetric;
            if (symmetric && direction == Direction::Outgoing) || (!symmetric && side == direction) {
                edges.push((if side == Direction::Outgoing { e.target() } else { e.source() }, e.weight()));
            }
        }
    }
    edges.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| (a.0, a.1.relation).cmp(&(b.0, b.1.relation))));
    edges
}

fn section(out: &mut String, network: &Network, title: &str, edges: &[(NodeIndex, &Edge)], all: usize) {
    if edges.is_empty() {
        return;
    }
    let more = if edges.len() < all { format!(" ({} of {all}; --top 0 shows all)", edges.len()) } else { String::new() };
    let _ = writeln!(out, "\n{}{more}", styled(STRONG, title));
    for (other, edge) in edges {
        let style = sign_style(edge.sign);
        let relation = &network.relation(edge).name;
        let mut line = format!("{relation} {}", network.graph[*other].name);
        for mix in [edge.polarity.as_str(), edge.modality.as_str(), edge.status.as_str()] {
            if !matches!(mix, "" | "asserted" | "actual" | "current") {
                let _ = write!(line, ", {mix}");
            }
        }
        let _ = write!(line, " ({})", page::support(edge));
        let lead = format!("{} ", sign_text(edge.sign));
        let _ = writeln!(out, "{style}{}{style:#}", wrap(&lead, &line).trim_end());
        if let Some(statement) = edge.example() {
            out.push_str(&page::citation(network, statement));
        }
    }
}
