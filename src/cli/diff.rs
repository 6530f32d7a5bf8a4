//! `suzerain diff`.

use std::fmt::Write as _;
use std::path::PathBuf;

use petgraph::graph::EdgeIndex;

use super::exit::{Exit, Failure, Outcome};
use super::load::{NetworkArgs, read_network};
use super::page::{self, STRONG, number, sign_text, styled, wrap};
use super::select::SelectArgs;
use crate::analysis::compare::{Difference, difference};
use crate::documents::PartialDate;
use crate::network::Network;

/// What changed: relations new, gone and of turned sign, between two networks, two dates or two voices.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain diff old/network.json new/network.json
  suzerain diff --dates 2019 2024
  suzerain diff --voices Armenia Azerbaijan --top 5")]
pub(super) struct Args {
    /// Two network files, the older first
    #[arg(value_name = "FILE", num_args = 2, conflicts_with_all = ["dates", "voices"], required_unless_present_any = ["dates", "voices"])]
    files: Vec<PathBuf>,
    /// One network as of two dates
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with = "voices")]
    dates: Vec<PartialDate>,
    /// One network by two voices
    #[arg(long, num_args = 2, value_names = ["ONE", "OTHER"])]
    voices: Vec<String>,
    /// How many of each sort, heaviest first; 0 for all
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    select: SelectArgs,
}

pub(super) fn run(args: Args) -> Outcome {
    let select = |change: &dyn Fn(&mut SelectArgs), network: Network| {
        let mut own = args.select.clone();
        change(&mut own);
        own.apply(network, false)
    };
    let (first, second) = match (args.files.as_slice(), args.dates.as_slice(), args.voices.as_slice()) {
        ([a, b], _, _) => (select(&|_| {}, read_network(a)?)?, select(&|_| {}, read_network(b)?)?),
        (_, [a, b], _) => {
            let network = args.network.load()?;
            (select(&|s| s.as_of = Some(*a), network.clone())?, select(&|s| s.as_of = Some(*b), network)?)
        }
        (_, _, [a, b]) => {
            let network = args.network.load()?;
            (select(&|s| s.according_to = vec![a.clone()], network.clone())?, select(&|s| s.according_to = vec![b.clone()], network)?)
        }
        _ => return Err(Failure::new("diff needs two files, --dates OLD NEW or --voices ONE OTHER")),
    };
    let found = difference(&first, &second);
    if args.json {
        return page::print_json(&json(&first, &second, &found));
    }
    if found.is_empty() {
        return Err(Failure::nothing("no difference: the same actors and relations, of the same signs"));
    }
    let top = if args.top == 0 { usize::MAX } else { args.top };
    let mut out = String::new();
    let head = |out: &mut String, title: &str, count: usize| {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{} ({} of {count})", styled(STRONG, title), count.min(top));
    };
    if !found.turned.is_empty() {
        head(&mut out, "Pairs that turned", found.turned.len());
        for (a, b, before, now) in found.turned.iter().take(top) {
            let word = |x: f64| if x > 0.0 { "friendly" } else { "hostile" };
            let line = format!("{a} and {b}: {} ({}) → {} ({})", word(*before), number(*before), word(*now), number(*now));
            out.push_str(&wrap("± ", &line));
        }
    }
    if !found.flipped.is_empty() {
        head(&mut out, "Relations of turned sign", found.flipped.len());
        for ((source, relation, target), old, new) in found.flipped.iter().take(top) {
            let signs = (sign_text(first.graph[*old].sign), sign_text(second.graph[*new].sign));
            out.push_str(&wrap("± ", &format!("{source} {relation} {target}: {} → {}", signs.0, signs.1)));
            cite(&mut out, &first, *old);
            cite(&mut out, &second, *new);
        }
    }
    for (title, mark, list, network) in [("New", "+ ", &found.new, &second), ("Gone", "− ", &found.gone, &first)] {
        if list.is_empty() {
            continue;
        }
        head(&mut out, title, list.len());
        for ((source, relation, target), edge) in list.iter().take(top) {
            out.push_str(&wrap(mark, &format!("{source} {relation} {target}")));
            cite(&mut out, network, *edge);
        }
    }
    for (title, names) in [("New actors: ", &found.actors_new), ("Actors gone: ", &found.actors_gone)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
            let _ = write!(out, "\n{}", wrap(title, &names.join(", ")));
        }
    }
    page::print(&out)?;
    Ok(Exit::Done)
}

fn cite(out: &mut String, network: &Network, edge: EdgeIndex) {
    if let Some(statement) = network.graph[edge].example() {
        out.push_str(&page::citation(network, statement));
    }
}

fn json(first: &Network, second: &Network, found: &Difference) -> serde_json::Value {
    let edge = |network: &Network, key: &crate::analysis::compare::Key, e: EdgeIndex| {
        let edge = &network.graph[e];
        serde_json::json!({
            "source": key.0, "relation": key.1, "target": key.2, "sign": edge.sign, "weight": edge.weight, "example": edge.example(),
        })
    };
    serde_json::json!({
        "actors_new": found.actors_new, "actors_gone": found.actors_gone,
        "new": found.new.iter().map(|(k, e)| edge(second, k, *e)).collect::<Vec<_>>(),
        "gone": found.gone.iter().map(|(k, e)| edge(first, k, *e)).collect::<Vec<_>>(),
        "flipped": found.flipped.iter().map(|(k, a, b)| serde_json::json!({"before": edge(first, k, *a), "after": edge(second, k, *b)})).collect::<Vec<_>>(),
        "turned": found.turned.iter().map(|(a, b, x, y)| serde_json::json!({"a": a, "b": b, "before": x, "after": y})).collect::<Vec<_>>(),
    })
}
