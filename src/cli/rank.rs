//! `suzerain rank`.

use std::fmt::Write as _;

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, cut, number, styled};
use super::select::Ask;
use crate::actors::ActorKind;
use crate::analysis::balance::{Signed, camps};
use crate::analysis::brokerage::{self, Roles};
use crate::analysis::communities::communities;
use crate::analysis::robust::{bootstrap, single_sourced, without_each_document};
use crate::analysis::{MEASURES, Measure, Views, measure, ranks};
use crate::network::Network;

/// Who matters most, by one measure or several (`suzerain list measures` explains them).
///
/// A network drawn from texts shows whom the texts speak of: coverage is not influence. Mentions and documents stand
/// beside the values for that reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain rank --by betweenness,sway --kind state --top 10
  suzerain rank --by pagerank --robust --as-of 2020-11
  suzerain rank --roles camps --json")]
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
    /// How far ranks hang on single documents and statements: leave-one-document-out and bootstrap ranges
    #[arg(long)]
    robust: bool,
    /// Brokerage instead of measures (Gould & Fernandez): who stands between whom, by these groups
    #[arg(long, value_name = "GROUPS", value_parser = ["kinds", "camps", "communities"], conflicts_with_all = ["by", "robust", "lowest"])]
    roles: Option<String>,
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
    let shown = |v: usize| kinds.is_empty() || kinds.contains(&network.graph[petgraph::graph::NodeIndex::new(v)].kind);
    if let Some(groups) = &args.roles {
        return roles(&network, &views, groups, args.top, args.json, shown);
    }
    let values: Vec<Vec<f64>> = measures.iter().map(|m| m.compute(&views)).collect();
    let places = ranks(&values[0]);
    let mut order: Vec<usize> =
        (0..network.graph.node_count()).filter(|&v| !views.ties().out.of(v as u32).is_empty()).filter(|&v| shown(v)).collect();
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
    let robust = args
        .robust
        .then(|| (without_each_document(&network, measures[0]), bootstrap(&network, measures[0], ROUNDS), single_sourced(&network)));
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
                if let Some((documents, statements, sources)) = &robust {
                    row["rank_without_each_document"] = serde_json::json!([documents[v].0, documents[v].1]);
                    row["rank_in_bootstrap"] = serde_json::json!([statements[v].0, statements[v].1]);
                    row["edges"] = sources[v].0.into();
                    row["edges_of_one_document"] = sources[v].1.into();
                }
                row
            })
            .collect();
        return page::print_json(&rows.into());
    }
    let columns: Vec<usize> = measures.iter().map(|m| m.name.len().clamp(9, 12)).collect();
    // Rank 4, then kind 14, mentions 9, documents 5, or three columns of 10; the name gets what is left of 80 columns.
    let beside = if robust.is_some() { 3 * 10 } else { 14 + 9 + 5 };
    let fixed = 4 + 2 + beside + columns.iter().map(|c| c + 2).sum::<usize>();
    let longest = order.iter().map(|&v| actor(v).name.chars().count()).max().unwrap_or(0);
    let width = longest.min(page::WIDTH.saturating_sub(fixed)).max(12);
    let mut out = String::new();
    let mut head = format!("{:>4}  {:width$}", "rank", "actor");
    if robust.is_none() {
        let _ = write!(head, " {:13}", "kind");
    }
    for (m, column) in measures.iter().zip(&columns) {
        let _ = write!(head, "  {:>column$}", cut(m.name, *column));
    }
    if robust.is_some() {
        let _ = write!(head, " {:>9} {:>9} {:>9}", "no 1 doc", "bootstrap", "1 source");
    } else {
        let _ = write!(head, " {:>8} {:>4}", "mentions", "docs");
    }
    let _ = writeln!(out, "{}", styled(STRONG, head));
    for &v in &order {
        let _ = write!(out, "{:>4}  {:width$}", places[v], cut(&actor(v).name, width));
        if robust.is_none() {
            let _ = write!(out, " {:13}", actor(v).kind);
        }
        for (values, column) in values.iter().zip(&columns) {
            let _ = write!(out, "  {:>column$}", number(values[v]));
        }
        if let Some((documents, statements, sources)) = &robust {
            let range = |r: (usize, usize)| if r.0 == r.1 { r.0.to_string() } else { format!("{}–{}", r.0, r.1) };
            let of = format!("{}/{}", sources[v].1, sources[v].0);
            let _ = writeln!(out, " {:>9} {:>9} {of:>9}", range(documents[v]), range(statements[v]));
        } else {
            let _ = writeln!(out, " {:>8} {:>4}", actor(v).mentions, actor(v).documents.len());
        }
    }
    page::print(&out)?;
    if robust.is_some() {
        page::note(
            "no 1 doc: best and worst rank when any one document is left out. bootstrap: 90 % of ranks in 200 random samples of \
             the statements. 1 source: edges that rest on one document, of all.",
        );
    }
    page::note("Coverage is not influence: these figures tell how the documents speak of the actors.");
    Ok(Exit::Done)
}

/// The brokerage roles, most brokerage first.
fn roles(network: &Network, views: &Views<'_>, groups: &str, top: usize, json: bool, shown: impl Fn(usize) -> bool) -> Outcome {
    let group: Vec<Option<usize>> = match groups {
        "kinds" => network.graph.node_weights().map(|a| Some(a.kind as usize)).collect(),
        "camps" => camps(&Signed::of(network), 2).camp,
        _ => communities(views).into_iter().map(Some).collect(),
    };
    let found = brokerage::roles(views.stated(), &group);
    let mut order: Vec<usize> = (0..found.len()).filter(|&v| found[v].total() > 0 && shown(v)).collect();
    order.sort_by_key(|&v| (std::cmp::Reverse(found[v].total()), v));
    if top > 0 {
        order.truncate(top);
    }
    if order.is_empty() {
        return Err(Failure::nothing(format_args!("nobody stands between two others here (groups: {groups})")));
    }
    let actor = |v: usize| &network.graph[petgraph::graph::NodeIndex::new(v)];
    if json {
        let rows: Vec<_> = order
            .iter()
            .map(|&v| {
                let mut row =
                    serde_json::json!({"name": actor(v).name, "kind": actor(v).kind, "group": group[v], "total": found[v].total()});
                for (name, count) in Roles::NAMES.iter().zip(found[v].counts()) {
                    row[*name] = count.into();
                }
                row
            })
            .collect();
        return page::print_json(&rows.into());
    }
    let mut out = String::new();
    let head =
        format!("{:24} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}", "actor", "total", "coordin.", "consult.", "gatekeep", "represen", "liaison");
    let _ = writeln!(out, "{}", styled(STRONG, head));
    for v in order {
        let _ = write!(out, "{:24} {:>7}", cut(&actor(v).name, 24), found[v].total());
        for count in found[v].counts() {
            let _ = write!(out, " {count:>8}");
        }
        out.push('\n');
    }
    page::print(&out)?;
    page::note(
        "Open ways a → broker → c. Coordinator: all of one group. Consultant: a and c of one group, the broker of another. \
         Gatekeeper: into the broker's group. Representative: out of it. Liaison: three groups.",
    );
    Ok(Exit::Done)
}

/// Bootstrap samples.
const ROUNDS: usize = 200;

fn known(name: &str) -> Result<&'static Measure, Failure> {
    measure(name).ok_or_else(|| {
        let names: Vec<&str> = MEASURES.iter().map(|m| m.name).collect();
        Failure::new(format_args!("no measure `{name}`; measures are {}", names.join(", ")))
    })
}
