//! `suzerain why`.

use std::fmt::Write as _;

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, sign_text, styled, wrap};
use super::select::{Ask, pick};

/// Everything that is said between two actors, sentence by sentence, in either direction.
///
/// Denied, planned and ended statements are shown and marked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain why Turkey Azerbaijan
  suzerain why Russia Armenia --only arms,protects --json")]
pub(super) struct Args {
    /// One actor
    a: String,
    /// The other
    b: String,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let network = args.ask.load_everything()?;
    let (a, b) = (pick(&network, &args.a)?, pick(&network, &args.b)?);
    let edges: Vec<EdgeIndex> = {
        let mut edges: Vec<EdgeIndex> =
            network.graph.edges_connecting(a, b).chain(network.graph.edges_connecting(b, a)).map(|e| e.id()).collect();
        edges.dedup();
        edges.sort_by(|x, y| network.graph[*y].weight.total_cmp(&network.graph[*x].weight).then(x.cmp(y)));
        edges
    };
    let name = |n: petgraph::graph::NodeIndex| &network.graph[n].name;
    if edges.is_empty() {
        return Err(Failure::nothing(format_args!(
            "nothing is said directly between {} and {}; `suzerain path {:?} {:?}` looks for a way over others, `suzerain why-not` for the reason",
            name(a),
            name(b),
            args.a,
            args.b
        )));
    }
    let ends = |e: EdgeIndex| network.graph.edge_endpoints(e).unwrap_or((a, b));
    if args.json {
        let rows: Vec<_> = edges
            .iter()
            .map(|&e| {
                let (edge, (source, target)) = (&network.graph[e], ends(e));
                serde_json::json!({
                    "source": name(source), "relation": network.relation(edge).name, "target": name(target), "sign": edge.sign,
                    "weight": edge.weight, "confidence": edge.confidence, "polarity": edge.polarity.as_str(),
                    "modality": edge.modality.as_str(), "status": edge.status.as_str(),
                    "first": edge.first, "last": edge.last, "statements": edge.statements,
                })
            })
            .collect();
        return page::print_json(&rows.into());
    }
    let mut out = String::new();
    for (i, &e) in edges.iter().enumerate() {
        let (edge, (source, target)) = (&network.graph[e], ends(e));
        let relation = network.relation(edge);
        let arrow = if relation.symmetric { format!("↔ {} ↔", relation.name) } else { format!("→ {} →", relation.name) };
        let head = wrap("", &format!("{} {arrow} {}", name(source), name(target)));
        let _ = writeln!(out, "{}{}", if i > 0 { "\n" } else { "" }, styled(STRONG, head.trim_end()));
        let _ = writeln!(out, "sign {}, {}", sign_text(edge.sign), page::support(edge));
        if edge.statements.is_empty() {
            let _ = writeln!(out, "   (an imported edge, without sentences)");
        }
        for statement in &edge.statements {
            out.push_str(&page::citation(&network, statement));
            let _ = writeln!(out, "   rule {}, confidence {}", statement.rule, page::number(statement.confidence));
        }
    }
    page::print(&out)?;
    Ok(Exit::Done)
}
