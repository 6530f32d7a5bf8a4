//! `suzerain path`.

use std::fmt::Write as _;

use petgraph::graph::NodeIndex;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, number, sign_style, sign_text, styled, wrap};
use super::select::{Ask, pick};
use crate::analysis::paths::{Conditions, Path, Times, k_strongest, search};
use crate::analysis::{Flow, Graph, Step, cuts};
use crate::network::Network;

/// How the influence of one actor reaches another: the strongest paths, every hop with the sentence that says it.
///
/// Influence runs the way each relation says (`suzerain list relations`): who arms, funds, leads or threatens sways;
/// whoever depends is swayed. A path is as strong as the product of its hops (relation weight × confidence); its sign is
/// the product of theirs, structural ties counting as +. Denied statements never count unless --denied, planned and
/// ended ones only with --planned, --ended.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain path Russia Azerbaijan -k 3
  suzerain path Turkey Armenia --cut
  suzerain path Israel Armenia --via Azerbaijan --sign - --as-of 2020-11")]
pub(super) struct Args {
    /// Who sways
    #[arg(value_name = "FROM")]
    swaying: String,
    /// Who is swayed
    #[arg(value_name = "TO")]
    swayed: String,
    /// How many paths
    #[arg(short, long, default_value_t = 1, value_name = "N")]
    k: usize,
    /// All paths of at most --hops hops (3 where not given)
    #[arg(long, conflicts_with = "k")]
    all: bool,
    /// At most this many hops
    #[arg(long, value_name = "N")]
    hops: Option<usize>,
    /// Only paths over this actor (repeat for several, in any order)
    #[arg(long, value_name = "ACTOR")]
    via: Vec<String>,
    /// Only paths that avoid this actor
    #[arg(long, value_name = "ACTOR")]
    avoid: Vec<String>,
    /// Only paths on which influence arrives as help (+) or as harm (-)
    #[arg(long, value_name = "SIGN", allow_hyphen_values = true, value_parser = ["+", "-", "help", "harm"])]
    sign: Option<String>,
    /// Only paths along which dates never run backwards
    #[arg(long)]
    in_time: bool,
    /// Who stands between: the fewest actors without whom no influence arrives
    #[arg(long, conflicts_with_all = ["k", "all", "hops", "via", "avoid", "sign", "in_time"])]
    cut: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

/// Beginnings of paths looked at before a search with conditions gives up.
const EFFORT: usize = 2_000_000;

pub(super) fn run(args: Args) -> Outcome {
    let network = args.ask.load()?;
    let (from, to) = (pick(&network, &args.swaying)?, pick(&network, &args.swayed)?);
    if from == to {
        return Err(Failure::new(format_args!(
            "`{}` and `{}` are the same actor, {}",
            args.swaying, args.swayed, network.graph[from].name
        )));
    }
    if args.cut {
        return between(&network, from, to, args.json);
    }
    if args.cut {
        return between(&network, from, to, args.json);
    }
    let nodes = |names: &[String]| -> Result<Vec<u32>, Failure> {
        names.iter().map(|name| pick(&network, name).map(|n| n.index() as u32)).collect()
    };
    if args.via.len() > 8 {
        return Err(Failure::new(format_args!("--via is given {} times; 8 is the most", args.via.len())));
    }
    let times = args.in_time.then(|| Times::new(&network, args.ask.select.dated_only));
    let conditions = Conditions {
        via: nodes(&args.via)?,
        avoid: nodes(&args.avoid)?,
        sign: args.sign.as_deref().map(|s| if matches!(s, "+" | "help") { 1 } else { -1 }),
        hops: if args.all { Some(args.hops.unwrap_or(3)) } else { args.hops },
        times: times.as_ref(),
    };
    let flow = Flow::new(&network);
    let (a, b) = (from.index() as u32, to.index() as u32);
    let k = if args.all { 1000 } else { args.k.max(1) };
    let (paths, complete) = if conditions.is_empty() {
        (k_strongest(&flow, a, b, k), true)
    } else {
        let found = search(&flow, a, b, &conditions, k, EFFORT);
        (found.paths, found.complete)
    };
    if !complete {
        page::note("The search was broken off after many attempts: there may be more paths, none stronger than the last one shown.");
    }
    if paths.is_empty() {
        return Err(Failure::nothing(nothing(&network, &flow, &args, a, b)));
    }
    if args.json {
        let paths: Vec<_> = paths.iter().map(|p| json(&network, p)).collect();
        return page::print_json(&serde_json::json!({
            "from": network.graph[from].name, "to": network.graph[to].name, "complete": complete, "paths": paths,
        }));
    }
    let mut out = String::new();
    for (i, path) in paths.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        write_path(&mut out, &network, path);
    }
    page::print(&out)?;
    Ok(Exit::Done)
}

/// The smallest set of actors that all influence from one to another must pass.
fn between(network: &Network, from: NodeIndex, to: NodeIndex, json: bool) -> Outcome {
    let arcs: Vec<(u32, u32, f64)> = Flow::new(network).arcs().iter().map(|s| (s.from, s.to, s.strength)).collect();
    let graph = Graph::new(network.graph.node_count(), &arcs);
    let cut = cuts::between(&graph, from.index() as u32, to.index() as u32);
    let names: Option<Vec<&str>> = cut.map(|c| c.into_iter().map(|v| network.graph[NodeIndex::new(v as usize)].name.as_ref()).collect());
    let (a, b) = (&network.graph[from].name, &network.graph[to].name);
    if json {
        return page::print_json(&serde_json::json!({"from": a, "to": b, "direct": names.is_none(), "cut": names}));
    }
    let text = match names.as_deref() {
        None => format!("{a} sways {b} directly: nobody stands between."),
        Some([]) => return Err(Failure::nothing(format_args!("no influence of {a} reaches {b} here: nobody to stand between"))),
        Some([one]) => format!("All influence of {a} on {b} passes {one}."),
        Some(names) => format!("All influence of {a} on {b} passes at least one of these {}: {}.", names.len(), names.join(", ")),
    };
    page::print(&wrap("", &text))?;
    Ok(Exit::Done)
}

/// Why there is no path, as far as it can be told.
fn nothing(network: &Network, flow: &Flow, args: &Args, a: u32, b: u32) -> String {
    let name = |v: u32| &network.graph[NodeIndex::new(v as usize)].name;
    let mut text = format!("no path of influence from {} to {} here", name(a), name(b));
    if k_strongest(flow, a, b, 1).is_empty() {
        if k_strongest(flow, b, a, 1).is_empty() {
            let _ = write!(text, ", nor one back");
        } else {
            let _ = write!(text, "; there is one back: suzerain path {:?} {:?}", args.swayed, args.swaying);
        }
        text.push_str(" (--planned, --ended and --denied count more statements)");
    } else {
        text.push_str(" that meets the conditions; without them there is one");
    }
    text
}

fn write_path(out: &mut String, network: &Network, path: &Path) {
    let name = |v: u32| network.graph[NodeIndex::new(v as usize)].name.as_ref();
    let names: Vec<&str> = path.nodes().into_iter().map(name).collect();
    out.push_str(&styled(STRONG, wrap("", &names.join(" → ")).trim_end()));
    out.push('\n');
    let sign = path.sign();
    let arrives = if sign < 0 { "harm" } else { "help" };
    let hops = page::plural(path.steps.len(), "hop");
    let _ = writeln!(
        out,
        "strength {}, {hops}, arrives as {}",
        number(path.strength()),
        styled(sign_style(sign), format_args!("{arrives} ({})", sign_text(sign)))
    );
    let weakest = path.weakest(network);
    for (i, step) in path.steps.iter().enumerate() {
        let edge = &network.graph[step.edge];
        let label = format!("{}. ", i + 1);
        out.push_str(&wrap(&label, &in_words(network, step)));
        let style = sign_style(edge.sign);
        let _ = writeln!(out, "   {style}sign {}{style:#}, {}", sign_text(edge.sign), page::support(edge));
        if let Some(statement) = edge.example() {
            out.push_str(&page::citation(network, statement));
        }
    }
    if let (Some(at), true) = (weakest, path.steps.len() > 1) {
        let edge = &network.graph[path.steps[at].edge];
        out.push_str(&wrap("", &format!("Weakest support: hop {} ({}).", at + 1, page::support(edge))));
    }
}

/// A step with the direction of its arrow told in words.
fn in_words(network: &Network, step: &Step) -> String {
    let relation = network.relation(&network.graph[step.edge]);
    let name = |v: u32| &network.graph[NodeIndex::new(v as usize)].name;
    let (from, to) = (name(step.from), name(step.to));
    if relation.symmetric {
        format!("{from} sways {to}: the two are tied by {}", relation.name)
    } else if step.forward {
        format!("{from} sways {to}: {from} {} {to}", relation.name)
    } else {
        format!("{from} sways {to}: {to} {} {from}", relation.name)
    }
}

fn json(network: &Network, path: &Path) -> serde_json::Value {
    let name = |v: u32| &network.graph[NodeIndex::new(v as usize)].name;
    let hops: Vec<_> = path
        .steps
        .iter()
        .map(|step| {
            let edge = &network.graph[step.edge];
            let relation = network.relation(edge);
            let date = edge.example().and_then(|s| network.documents.iter().find(|d| d.id == s.document)).and_then(|d| d.date);
            serde_json::json!({
                "from": name(step.from), "to": name(step.to), "relation": relation.name,
                "direction": if relation.symmetric { "both" } else if step.forward { "forward" } else { "backward" },
                "sign": edge.sign, "strength": step.strength, "confidence": edge.confidence,
                "statements": edge.count, "documents": edge.documents,
                "document_date": date, "example": edge.example(),
            })
        })
        .collect();
    serde_json::json!({
        "strength": path.strength(), "sign": path.sign(), "weakest": path.weakest(network).map(|i| i + 1), "hops": hops,
    })
}
