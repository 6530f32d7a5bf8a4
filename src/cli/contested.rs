//! `suzerain contested`.

use std::fmt::Write as _;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, styled, wrap};
use super::select::{Ask, pick};
use crate::analysis::compare::{Clash, Contested, contested};
use crate::network::Network;

/// Where the statements disagree: the same asserted and denied, or opposite signs between the same two at the same time.
///
/// Both sentences stand side by side. Statements without dates go with any time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain contested --top 5
  suzerain contested --actor Russia --voices")]
pub(super) struct Args {
    /// Only what concerns this actor
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    /// Only where the two statements come from different voices or documents
    #[arg(long)]
    voices: bool,
    /// Only the same relation asserted and denied
    #[arg(long)]
    denials: bool,
    /// How many, surest first; 0 for all
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let network = args.ask.load_everything()?;
    let actor = args.actor.as_deref().map(|name| pick(&network, name)).transpose()?;
    let concerns = |c: &Contested| actor.is_none_or(|v| network.graph.edge_endpoints(c.one.edge).is_some_and(|(a, b)| a == v || b == v));
    let mut found: Vec<Contested> = contested(&network)
        .into_iter()
        .filter(|c| concerns(c) && (!args.voices || c.voices_differ) && (!args.denials || c.clash == Clash::Denial))
        .collect();
    let all = found.len();
    if all == 0 {
        return Err(Failure::nothing("nothing is contested here"));
    }
    if args.top > 0 {
        found.truncate(args.top);
    }
    if args.json {
        let rows: Vec<_> = found
            .iter()
            .map(|c| {
                serde_json::json!({
                    "clash": match c.clash { Clash::Denial => "denial", Clash::Signs => "signs" },
                    "voices_differ": c.voices_differ, "confidence": c.confidence,
                    "one": c.one.of(&network), "other": c.other.of(&network),
                })
            })
            .collect();
        return page::print_json(&rows.into());
    }
    let mut out = String::new();
    for (i, c) in found.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        write(&mut out, &network, c);
    }
    if all > found.len() {
        let _ = writeln!(out, "\n{} of {all}; --top 0 shows all", found.len());
    }
    page::print(&out)?;
    Ok(Exit::Done)
}

fn write(out: &mut String, network: &Network, c: &Contested) {
    let (Some(one), Some(other)) = (c.one.of(network), c.other.of(network)) else { return };
    let head = match c.clash {
        Clash::Denial => format!("{} {} {}: asserted and denied", one.source, one.relation, one.target),
        Clash::Signs => {
            format!("{} {} {}, yet {} {} {}", one.source, one.relation, one.target, other.source, other.relation, other.target)
        }
    };
    let _ = writeln!(out, "{}", styled(STRONG, wrap("", &head).trim_end()));
    for statement in [one, other] {
        out.push_str(&page::citation(network, statement));
    }
}
