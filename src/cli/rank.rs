//! `suzerain rank`.

use std::fmt::Write as _;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, cut, number, styled};
use super::select::Ask;
use crate::actors::ActorKind;
use crate::analysis::{MEASURES, Measure, Views, measure, ranks};

/// Who matters most, by one measure or several (`suzerain list measures` explains them).
///
/// A network drawn from texts shows whom the texts speak of: coverage is not influence. Mentions and documents stand
/// beside the values for that reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain rank --by betweenness,sway --kind state --top 10
  suzerain rank --by pagerank --as-of 2020-11 --json")]
pub(super) struct Args {
    /// Measures; the first one gives the order
    #[arg(long, value_name = "MEASURE", value_delimiter = ',', default_value = "sway")]
    by: Vec<String>,
    /// How many actors; 0 for all
    #[arg(long, default_value_t = 20, value_name = "N")]
    top: usize,
    /// Only actors of this kind (they are ranked in the whole network)
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Lowest first
    #[arg(long)]
    lowest: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let measures: Vec<&Measure> = args.by.iter().map(|name| known(name)).collect::<Result<_, _>>()?;
    let kinds: Vec<ActorKind> = args
        .kind
        .iter()
        .map(|text| {
            let known = || ActorKind::ALL.map(ActorKind::as_str).join(", ");
            ActorKind::parse(text).ok_or_else(|| Failure::new(format_args!("no kind `{text}`; kinds are {}", known())))
        })
        .collect::<Result<_, _>>()?;
    let network = args.ask.load()?;
    let views = Views::new(&network);
    let values: Vec<Vec<f64>> = measures.iter().map(|m| m.compute(&views)).collect();
    let places = ranks(&values[0]);
    let mut order: Vec<usize> = (0..network.graph.node_count())
        .filter(|&v| !views.ties().out.of(v as u32).is_empty())
        .filter(|&v| kinds.is_empty() || kinds.contains(&network.graph[petgraph::graph::NodeIndex::new(v)].kind))
        .collect();
    order.sort_by_key(|&v| (places[v], v));
    if args.lowest {
        order.reverse();
    }
    if args.top > 0 {
        order.truncate(args.top);
    }
    if order.is_empty() {
        return Err(Failure::nothing("no actor has an edge that counts here"));
    }
    let actor = |v: usize| &network.graph[petgraph::graph::NodeIndex::new(v)];
    if args.json {
        let rows: Vec<_> = order
            .iter()
            .map(|&v| {
                let mut row = serde_json::json!({
                    "rank": places[v], "name": actor(v).name, "kind": actor(v).kind,
                    "mentions": actor(v).mentions, "documents": actor(v).documents.len(),
                });
                for (m, column) in measures.iter().zip(&values) {
                    row[m.name] = column[v].into();
                }
                row
            })
            .collect();
        return page::print_json(&rows.into());
    }
    let columns: Vec<usize> = measures.iter().map(|m| m.name.len().max(9)).collect();
    // Rank 4, kind 14, mentions 8, documents 4; the name gets what is left of 80 columns.
    let fixed = 4 + 2 + 14 + 8 + 1 + 4 + columns.iter().map(|c| c + 2).sum::<usize>();
    let longest = order.iter().map(|&v| actor(v).name.chars().count()).max().unwrap_or(0);
    let width = longest.min(page::WIDTH.saturating_sub(fixed)).max(12);
    let mut out = String::new();
    let mut head = format!("{:>4}  {:width$} {:13}", "rank", "actor", "kind");
    for (m, column) in measures.iter().zip(&columns) {
        let _ = write!(head, "  {:>column$}", m.name);
    }
    let _ = write!(head, " {:>8} {:>4}", "mentions", "docs");
    let _ = writeln!(out, "{}", styled(STRONG, head));
    for &v in &order {
        let _ = write!(out, "{:>4}  {:width$} {:13}", places[v], cut(&actor(v).name, width), actor(v).kind);
        for (values, column) in values.iter().zip(&columns) {
            let _ = write!(out, "  {:>column$}", number(values[v]));
        }
        let _ = writeln!(out, " {:>8} {:>4}", actor(v).mentions, actor(v).documents.len());
    }
    page::print(&out)?;
    page::note("Coverage is not influence: these figures tell how the documents speak of the actors.");
    Ok(Exit::Done)
}

fn known(name: &str) -> Result<&'static Measure, Failure> {
    measure(name).ok_or_else(|| {
        let names: Vec<&str> = MEASURES.iter().map(|m| m.name).collect();
        Failure::new(format_args!("no measure `{name}`; measures are {}", names.join(", ")))
    })
}
