//! The part of a network that is drawn: chosen actors, and one link per pair that bundles the pair's relations.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::style::Tone;
use crate::network::{Edge, Network};
use crate::relations::{Modality, Polarity, Status};

/// How many actors a picture shows unless told.
pub const DEFAULT_TOP: usize = 40;

/// What may be shown, and how much of it.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// At most so many actors, the strongest; 0 for all. [`DEFAULT_TOP`] when not given.
    pub top: Option<usize>,
    /// Only these actors.
    pub actors: Option<BTreeSet<NodeIndex>>,
    /// Only these edges.
    pub edges: Option<BTreeSet<EdgeIndex>>,
    /// These actors stay whatever their strength.
    pub keep: BTreeSet<NodeIndex>,
    /// Every tie between the actors shown, not the strongest only.
    pub all_links: bool,
}

/// All edges between two actors, as one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Index into [`View::actors`] of one end.
    pub a: usize,
    /// The other end.
    pub b: usize,
    /// The edges, strongest first.
    pub edges: Vec<EdgeIndex>,
    /// The sum of their weights; what is denied or not fact counts a quarter.
    pub strength: f64,
    /// Their sense.
    pub tone: Tone,
    /// Whether any of them is asserted as fact.
    pub firm: bool,
    /// Whether a directed relation goes from `a` to `b`.
    pub forward: bool,
    /// Whether a directed relation goes from `b` to `a`.
    pub backward: bool,
}

/// What is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// The actors, in node order.
    pub actors: Vec<NodeIndex>,
    /// The links, strongest first.
    pub links: Vec<Link>,
    /// The sum of the strengths of each actor's links in the whole network, in order of [`View::actors`].
    pub strength: Vec<f64>,
    /// Actors with a link, before the choice by strength.
    pub all_actors: usize,
    /// Links before the choice by strength.
    pub all_links: usize,
}

/// Whether an edge is asserted, fact and not over, in at least one of its statements each.
#[must_use]
pub fn is_firm(edge: &Edge) -> bool {
    !edge.polarity.is(&Polarity::Denied) && !edge.modality.is(&Modality::Other) && !edge.status.is(&Status::Ended)
}

/// Chooses and bundles. O((n + m) log (n + m)).
#[must_use]
pub fn view(network: &Network, choice: &Choice) -> View {
    let mut links = bundles(network, choice);
    links.sort_by(|x, y| y.strength.total_cmp(&x.strength).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
    let mut strength: BTreeMap<usize, f64> = BTreeMap::new();
    for link in &links {
        *strength.entry(link.a).or_default() += link.strength;
        *strength.entry(link.b).or_default() += link.strength;
    }
    let (all_actors, all_links) = (strength.len(), links.len());
    let top = match choice.top.unwrap_or(DEFAULT_TOP) {
        0 => usize::MAX,
        top => top,
    };
    let cut = all_actors > top;
    let mut ranked: Vec<(usize, f64)> = strength.iter().map(|(n, s)| (*n, *s)).collect();
    let kept = |n: usize| choice.keep.contains(&NodeIndex::new(n));
    ranked.sort_by(|(n, x), (m, y)| kept(*m).cmp(&kept(*n)).then_with(|| y.total_cmp(x)).then_with(|| n.cmp(m)));
    ranked.truncate(top);
    let mut chosen: BTreeSet<usize> = ranked.iter().map(|(n, _)| *n).collect();
    links.retain(|l| chosen.contains(&l.a) && chosen.contains(&l.b));
    if cut && !choice.all_links {
        links = strongest(&links, chosen.len());
    }
    chosen = links.iter().flat_map(|l| [l.a, l.b]).chain(choice.keep.iter().map(|n| n.index()).filter(|n| chosen.contains(n))).collect();
    let place: BTreeMap<usize, usize> = chosen.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    for link in &mut links {
        (link.a, link.b) = (place[&link.a], place[&link.b]);
    }
    View {
        actors: chosen.iter().map(|n| NodeIndex::new(*n)).collect(),
        strength: chosen.iter().map(|n| strength.get(n).copied().unwrap_or(0.0)).collect(),
        links,
        all_actors,
        all_links,
    }
}

/// The links that make a legible picture: each actor's way to the others by its strongest links (a spanning forest),
/// then the strongest of the rest until there are one and a half per actor.
fn strongest(links: &[Link], actors: usize) -> Vec<Link> {
    let mut root: BTreeMap<usize, usize> = BTreeMap::new();
    fn find(root: &mut BTreeMap<usize, usize>, mut n: usize) -> usize {
        while let Some(&up) = root.get(&n) {
            n = up;
        }
        n
    }
    let mut keep = vec![false; links.len()];
    let mut count = 0;
    for (i, link) in links.iter().enumerate() {
        let (a, b) = (find(&mut root, link.a), find(&mut root, link.b));
        if a != b {
            root.insert(a, b);
            keep[i] = true;
            count += 1;
        }
    }
    let most = actors + actors / 2;
    for k in &mut keep {
        if count >= most {
            break;
        }
        if !*k {
            *k = true;
            count += 1;
        }
    }
    links.iter().zip(keep).filter(|(_, k)| *k).map(|(l, _)| l.clone()).collect()
}

/// One link per pair, ends as node indices of the network, `a` before `b`.
fn bundles(network: &Network, choice: &Choice) -> Vec<Link> {
    let mut pairs: BTreeMap<(usize, usize), Vec<EdgeIndex>> = BTreeMap::new();
    for index in network.graph.edge_indices() {
        let Some((source, target)) = network.graph.edge_endpoints(index) else { continue };
        let shown = choice.actors.as_ref().is_none_or(|own| own.contains(&source) && own.contains(&target))
            && choice.edges.as_ref().is_none_or(|own| own.contains(&index));
        if shown && source != target {
            let (s, t) = (source.index(), target.index());
            pairs.entry((s.min(t), s.max(t))).or_default().push(index);
        }
    }
    pairs.into_iter().map(|((a, b), edges)| bundle(network, a, b, edges)).collect()
}

fn bundle(network: &Network, a: usize, b: usize, mut edges: Vec<EdgeIndex>) -> Link {
    let value = |index: EdgeIndex| {
        let edge = &network.graph[index];
        edge.weight * if is_firm(edge) { 1.0 } else { 0.25 }
    };
    edges.sort_by(|x, y| value(*y).total_cmp(&value(*x)).then_with(|| x.cmp(y)));
    let strength = edges.iter().map(|e| value(*e)).sum();
    let firm = edges.iter().any(|e| is_firm(&network.graph[*e]));
    let (mut plus, mut minus) = (0.0, 0.0);
    let (mut forward, mut backward) = (false, false);
    for index in &edges {
        let edge = &network.graph[*index];
        if firm && !is_firm(edge) {
            continue;
        }
        match edge.sign {
            1.. => plus += value(*index),
            // Asserted by some and denied by others: of both senses, half each.
            0 if network.relation(edge).sign != 0 => {
                plus += value(*index) / 2.0;
                minus += value(*index) / 2.0;
            }
            0 => {}
            ..=-1 => minus += value(*index),
        }
        if !network.relation(edge).symmetric {
            let source = network.graph.edge_endpoints(*index).map_or(a, |(s, _)| s.index());
            if source == a { forward = true } else { backward = true }
        }
    }
    let tone = if plus == 0.0 && minus == 0.0 {
        Tone::Structural
    } else if f64::min(plus, minus) >= 0.3 * f64::max(plus, minus) {
        Tone::Both
    } else if plus > minus {
        Tone::Cooperative
    } else {
        Tone::Conflictual
    };
    Link { a, b, edges, strength, tone, firm, forward, backward }
}

/// The words on a link: its strongest relations, then how many more (`arms, supports +2`). A relation that is only denied
/// stands as `not arms`.
#[must_use]
pub fn label(network: &Network, link: &Link, most: usize) -> String {
    let mut names: Vec<String> = Vec::new();
    for index in &link.edges {
        let edge = &network.graph[*index];
        let name = network.relation(edge).name.replace('_', " ");
        let name = if edge.polarity.is(&Polarity::Denied) { format!("not {name}") } else { name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(most);
    names.truncate(most);
    if more == 0 { names.join(", ") } else { format!("{} +{more}", names.join(", ")) }
}
