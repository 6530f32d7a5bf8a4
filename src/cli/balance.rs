//! `suzerain balance`.

use std::fmt::Write as _;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::exit::{Exit, Failure, Outcome};
use super::page::{self, STRONG, number, plural, sign_text, styled, wrap};
use super::select::Ask;
use crate::analysis::alliances::{Alliances, Bond, Cited, alliances};
use crate::analysis::balance::{Camps, Census, Signed, camps, census, strongest_edge};
use crate::network::Network;

/// Friends and foes: the camps that fit best, what does not fit, and triads out of balance, each with its sentences.
///
/// Each pair of actors is friend or foe by its friendly less its hostile edges' weight; structural edges (owns, leads,
/// borders …) do not count. The frustration index is the weight of the ties that no division can satisfy.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain balance --camps 2 --top 5
  suzerain balance --alliances --between 2016 2024")]
pub(super) struct Args {
    /// Into how many camps at most
    #[arg(long, default_value_t = 2, value_name = "K", value_parser = clap::value_parser!(u8).range(2..=9))]
    camps: u8,
    /// Compare treaties with deeds instead
    #[arg(long)]
    alliances: bool,
    /// How many ties, triads or pairs to cite; 0 for all
    #[arg(long, default_value_t = 5, value_name = "N")]
    top: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let top = if args.top == 0 { usize::MAX } else { args.top };
    if args.alliances {
        let network = args.ask.load_everything()?;
        return treaties(&network, &alliances(&network), top, args.json);
    }
    let network = args.ask.load()?;
    let signed = Signed::of(&network);
    if signed.ties().next().is_none() {
        return Err(Failure::nothing("no friends and no foes here: no pair has friendly or hostile edges that count"));
    }
    let (camps, census) = (camps(&signed, usize::from(args.camps)), census(&signed));
    if args.json {
        return page::print_json(&json(&network, &signed, &camps, &census));
    }
    let mut out = String::new();
    write_camps(&mut out, &network, &signed, &camps, usize::from(args.camps), top);
    write_triads(&mut out, &network, &census, top);
    page::print(&out)?;
    Ok(Exit::Done)
}

fn name(network: &Network, v: u32) -> &str {
    &network.graph[NodeIndex::new(v as usize)].name
}

fn write_camps(out: &mut String, network: &Network, signed: &Signed, camps: &Camps, k: usize, top: usize) {
    for camp in 0..k {
        let mut members: Vec<u32> = (0..signed.len() as u32).filter(|&v| camps.camp[v as usize] == Some(camp)).collect();
        if members.is_empty() {
            continue;
        }
        let weight = |v: u32| signed.rows().weights(v).iter().map(|w| w.abs()).sum::<f64>();
        members.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        let names: Vec<&str> = members.iter().map(|&v| name(network, v)).collect();
        let _ = writeln!(out, "{}", styled(STRONG, format_args!("Camp {} ({})", camp + 1, plural(names.len(), "actor"))));
        out.push_str(&wrap("  ", &names.join(", ")));
    }
    let proof =
        if camps.is_proven() { "proven least".to_owned() } else { format!("not proven least: at least {}", number(camps.at_least)) };
    let share = number(camps.share() * 100.0);
    out.push_str(&wrap(
        "\n",
        &format!("Frustration {} of {} ({share} % of the ties' weight; {proof}).", number(camps.frustration), number(camps.weight)),
    ));
    if !camps.misfits.is_empty() {
        let shown = camps.misfits.len().min(top);
        let _ = writeln!(out, "\n{} ({shown} of {})", styled(STRONG, "Ties that do not fit"), camps.misfits.len());
    }
    for &(a, b, weight) in camps.misfits.iter().take(top) {
        let what = if weight > 0.0 { "friends across camps" } else { "foes within one camp" };
        out.push_str(&wrap("", &format!("{} and {}: {what} ({})", name(network, a), name(network, b), number(weight.abs()))));
        let sign = if weight > 0.0 { 1 } else { -1 };
        cite_edge(out, network, strongest_edge(network, a, b, sign));
    }
}

fn write_triads(out: &mut String, network: &Network, census: &Census, top: usize) {
    if census.all() == 0 {
        out.push_str("\nNo triads: no three actors have signed ties each with each.\n");
        return;
    }
    let [friends, strained, common, all] = census.types;
    let _ = writeln!(out, "\n{}", styled(STRONG, plural(census.all(), "triad")));
    let _ = writeln!(out, "  + + +  {friends:>6}  balanced: a friend's friend is a friend");
    let _ = writeln!(out, "  + − −  {common:>6}  balanced: two friends with a common foe");
    let _ = writeln!(out, "  + + −  {strained:>6}  unbalanced: one is friends with two foes");
    let _ = writeln!(out, "  − − −  {all:>6}  unbalanced: each against each");
    let _ = writeln!(out, "  balanced: {} %", number(census.balanced() * 100.0));
    if !census.unbalanced.is_empty() {
        let shown = census.unbalanced.len().min(top);
        let _ = writeln!(out, "\n{} (the firmest {shown} of {})", styled(STRONG, "Unbalanced"), census.unbalanced.len());
    }
    for triad in census.unbalanced.iter().take(top) {
        let [a, b, c] = triad.nodes;
        out.push_str(&wrap("", &format!("{} – {} – {}", name(network, a), name(network, b), name(network, c))));
        for (x, y, sign) in [(a, b, triad.signs[0]), (a, c, triad.signs[1]), (b, c, triad.signs[2])] {
            out.push_str(&wrap("  ", &format!("{} {} {}", name(network, x), sign_text(sign), name(network, y))));
            cite_edge(out, network, strongest_edge(network, x, y, sign));
        }
    }
}

fn cite_edge(out: &mut String, network: &Network, edge: Option<EdgeIndex>) {
    if let Some(statement) = edge.and_then(|e| network.graph[e].example()) {
        out.push_str(&page::citation(network, statement));
    }
}

fn json(network: &Network, signed: &Signed, camps: &Camps, census: &Census) -> serde_json::Value {
    let tie = |a: u32, b: u32, sign: i8| {
        let edge = strongest_edge(network, a, b, sign).map(|e| &network.graph[e]);
        serde_json::json!({
            "a": name(network, a), "b": name(network, b), "sign": sign,
            "relation": edge.map(|e| &network.relation(e).name), "example": edge.and_then(|e| e.example()),
        })
    };
    let members: Vec<_> = (0..signed.len() as u32)
        .filter_map(|v| camps.camp[v as usize].map(|c| serde_json::json!({"actor": name(network, v), "camp": c + 1})))
        .collect();
    let misfits: Vec<_> = camps
        .misfits
        .iter()
        .map(|&(a, b, weight)| {
            let mut row = tie(a, b, if weight > 0.0 { 1 } else { -1 });
            row["weight"] = weight.abs().into();
            row
        })
        .collect();
    let unbalanced: Vec<_> = census
        .unbalanced
        .iter()
        .map(|t| {
            let [a, b, c] = t.nodes;
            serde_json::json!([tie(a, b, t.signs[0]), tie(a, c, t.signs[1]), tie(b, c, t.signs[2])])
        })
        .collect();
    serde_json::json!({
        "camps": members, "frustration": camps.frustration, "at_least": camps.at_least, "proven": camps.is_proven(),
        "weight": camps.weight, "misfits": misfits,
        "triads": {"+++": census.types[0], "++-": census.types[1], "+--": census.types[2], "---": census.types[3]},
        "balanced": census.balanced(), "unbalanced": unbalanced,
    })
}

fn treaties(network: &Network, found: &Alliances, top: usize, json: bool) -> Outcome {
    let sections: [(&str, &str, &Vec<Bond>); 4] = [
        ("strained", "Joined by treaty, with statements against it", &found.strained),
        ("kept", "Joined by treaty, and deeds bear it out", &found.kept),
        ("silent", "Joined by treaty, and nothing is said of deeds", &found.silent),
        ("informal", "Deeds without a treaty", &found.informal),
    ];
    if sections.iter().all(|s| s.2.is_empty()) {
        return Err(Failure::nothing("neither treaties nor deeds between actors are stated here"));
    }
    let called = |v: NodeIndex| network.graph[v].name.as_ref();
    let kinds = |bond: &Bond| {
        [
            ("treaty", bond.treaty.clone()),
            ("for each other", bond.deeds.iter().filter(|d| !bond.treaty.contains(d)).copied().collect()),
            ("denied or ended", bond.denied.clone()),
            ("against each other", bond.breaches.clone()),
            ("armed the other's enemy", bond.armed_foe.clone()),
        ]
    };
    if json {
        let bond = |bond: &Bond| {
            let cited = |list: &[Cited]| list.iter().filter_map(|c| c.of(network)).collect::<Vec<_>>();
            let mut row = serde_json::json!({
                "a": called(bond.a), "b": called(bond.b), "alliances": bond.alliances.iter().map(|v| called(*v)).collect::<Vec<_>>(),
            });
            for (what, list) in kinds(bond) {
                row[what.replace([' ', '\''], "_")] = serde_json::json!(cited(&list));
            }
            row
        };
        let map: serde_json::Map<_, _> =
            sections.iter().map(|(key, _, bonds)| ((*key).to_owned(), bonds.iter().map(bond).collect::<Vec<_>>().into())).collect();
        return page::print_json(&map.into());
    }
    let mut out = String::new();
    for (_, title, bonds) in sections.iter().filter(|s| !s.2.is_empty()) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{} ({} of {})", styled(STRONG, title), bonds.len().min(top), bonds.len());
        for bond in bonds.iter().take(top) {
            let mut head = format!("{} and {}", called(bond.a), called(bond.b));
            if !bond.alliances.is_empty() {
                let names: Vec<&str> = bond.alliances.iter().map(|v| called(*v)).collect();
                let _ = write!(head, ", both in {}", names.join(", "));
            }
            out.push_str(&wrap("", &head));
            for (what, list) in kinds(bond) {
                if let Some(statement) = list.first().and_then(|c| c.of(network)) {
                    out.push_str(&wrap("  ", &format!("{what}, {}: {}", plural(list.len(), "statement"), statement.relation)));
                    out.push_str(&page::citation(network, statement));
                }
            }
        }
    }
    page::print(&out)?;
    Ok(Exit::Done)
}
