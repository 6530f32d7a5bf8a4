//! Paths that must meet conditions: over somebody, of a sign, of a length, in the order of time.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use jiff::civil::Date;

use super::{Path, Times};
use crate::analysis::influence::{Flow, Step};

/// What a path must be like.
#[derive(Debug, Clone, Default)]
pub struct Conditions<'a> {
    /// Actors that it must pass, in any order; eight at most are looked at.
    pub via: Vec<u32>,
    /// Actors that it must not pass.
    pub avoid: Vec<u32>,
    /// The sign with which influence must arrive, +1 or −1.
    pub sign: Option<i8>,
    /// The most steps.
    pub hops: Option<usize>,
    /// Where given, dates must not run backwards along the path: every step can be taken on the day of the step before
    /// or later.
    pub times: Option<&'a Times>,
}

impl Conditions<'_> {
    /// Whether nothing is asked for beyond the two ends.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.via.is_empty() && self.avoid.is_empty() && self.sign.is_none() && self.hops.is_none() && self.times.is_none()
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The paths, strongest first.
    pub paths: Vec<Path>,
    /// Whether the search ran to its end: if not, there may be more.
    pub complete: bool,
}

/// The strongest paths, at most `k`, without repeated actors, that meet the conditions, in order of strength. With a limit
/// of hops and a large `k`: all simple paths up to that length.
///
/// Best-first search over beginnings of paths; the bound is the exact strength of the best walk that ends with the sign
/// and the passed actors asked for (a backward Dijkstra over node × sign × passed), so that most beginnings looked at are
/// those of answers. Exponential at worst; it gives up after `effort` beginnings and says so.
///
/// Hart, Nilsson, Raphael, "A formal basis for the heuristic determination of minimum cost paths", IEEE SSC-4 (1968).
/// Time-respecting paths: Kempe, Kleinberg, Kumar, "Connectivity and inference problems for temporal networks", JCSS 64 (2002).
#[must_use]
pub fn search(flow: &Flow, from: u32, to: u32, conditions: &Conditions<'_>, k: usize, effort: usize) -> Found {
    let mut found = Found { paths: Vec::new(), complete: true };
    if from == to || k == 0 || from as usize >= flow.len() || to as usize >= flow.len() {
        return found;
    }
    let states = States::new(conditions, from, to);
    let bound = states.bounds(flow, to, conditions);
    let steps_left = steps_to(flow, to, conditions);
    let mut arena = vec![Beginning { step: None, before: 0, node: from, state: states.first(from), length: 0.0, steps: 0, day: Date::MIN }];
    let mut heap = BinaryHeap::new();
    let mut given: BTreeSet<(Vec<u32>, Vec<i8>)> = BTreeSet::new();
    heap.push(Reverse((0_u64, 0_usize, 0_usize)));
    let mut looked_at = 0;
    while let Some(Reverse((_, _, id))) = heap.pop() {
        looked_at += 1;
        if looked_at > effort {
            found.complete = false;
            break;
        }
        let own = arena[id].clone();
        if own.node == to {
            let path = trace(&arena, id);
            if given.insert((path.nodes(), path.steps.iter().map(|s| s.sign).collect())) {
                found.paths.push(path);
                if found.paths.len() == k {
                    break;
                }
            }
            continue;
        }
        for step in flow.from(own.node) {
            let steps = own.steps + 1;
            let most = conditions.hops.unwrap_or(usize::MAX);
            if conditions.avoid.contains(&step.to) || steps.saturating_add(steps_left[step.to as usize]) > most || on(&arena, id, step.to) {
                continue;
            }
            let state = states.after(own.state, step);
            let rest = bound[states.place(step.to, state)];
            if rest.is_infinite() {
                continue;
            }
            let day = match conditions.times {
                None => own.day,
                Some(times) => match times.next(step.edge, own.day) {
                    Some(day) => day,
                    None => continue,
                },
            };
            let length = own.length + step.length.max(0.0);
            heap.push(Reverse(((length + rest).to_bits(), steps, arena.len())));
            arena.push(Beginning { step: Some(*step), before: id, node: step.to, state, length, steps, day });
        }
    }
    found
}

#[derive(Clone)]
struct Beginning {
    step: Option<Step>,
    before: usize,
    node: u32,
    state: usize,
    length: f64,
    steps: usize,
    day: Date,
}

fn on(arena: &[Beginning], mut id: usize, node: u32) -> bool {
    loop {
        if arena[id].node == node {
            return true;
        }
        if arena[id].step.is_none() {
            return false;
        }
        id = arena[id].before;
    }
}

fn trace(arena: &[Beginning], mut id: usize) -> Path {
    let mut steps = Vec::new();
    while let Some(step) = arena[id].step {
        steps.push(step);
        id = arena[id].before;
    }
    steps.reverse();
    Path { steps }
}

/// Sign so far and actors passed so far, as one number: bit 0 set for −, the bits above for `via`.
struct States {
    via: Vec<u32>,
    count: usize,
    last: Vec<usize>,
}

impl States {
    fn new(conditions: &Conditions<'_>, from: u32, to: u32) -> Self {
        let mut via = conditions.via.clone();
        via.retain(|v| *v != from && *v != to);
        via.sort_unstable();
        via.dedup();
        via.truncate(8);
        let count = 2 << via.len();
        let all = count - 2;
        let last = match conditions.sign {
            Some(sign) => vec![all | usize::from(sign < 0)],
            None => vec![all, all | 1],
        };
        Self { via, count, last }
    }

    fn bit(&self, node: u32) -> usize {
        self.via.iter().position(|v| *v == node).map_or(0, |i| 2 << i)
    }

    fn first(&self, from: u32) -> usize {
        self.bit(from)
    }

    fn after(&self, state: usize, step: &Step) -> usize {
        (state ^ usize::from(step.sign < 0)) | self.bit(step.to)
    }

    fn place(&self, node: u32, state: usize) -> usize {
        node as usize * self.count + state
    }

    /// From each node in each state, the length of the shortest walk to `to` in a last state.
    fn bounds(&self, flow: &Flow, to: u32, conditions: &Conditions<'_>) -> Vec<f64> {
        let mut bound = vec![f64::INFINITY; flow.len() * self.count];
        let mut heap = BinaryHeap::new();
        for &state in &self.last {
            bound[self.place(to, state)] = 0.0;
            heap.push(Reverse((0_u64, to, state)));
        }
        while let Some(Reverse((bits, v, state))) = heap.pop() {
            let far = f64::from_bits(bits);
            if far > bound[self.place(v, state)] {
                continue;
            }
            let bit = self.bit(v);
            if state & bit != bit {
                continue;
            }
            for step in flow.to(v) {
                if conditions.avoid.contains(&step.from) || step.from == to {
                    continue;
                }
                let before = state ^ usize::from(step.sign < 0);
                let reach = far + step.length.max(0.0);
                for earlier in [before, before & !bit] {
                    let slot = &mut bound[self.place(step.from, earlier)];
                    if reach < *slot {
                        *slot = reach;
                        heap.push(Reverse((reach.to_bits(), step.from, earlier)));
                    }
                }
            }
        }
        bound
    }
}

/// The least number of steps from each node to `to`; a very large number where there is no way.
fn steps_to(flow: &Flow, to: u32, conditions: &Conditions<'_>) -> Vec<usize> {
    let mut steps = vec![usize::MAX / 2; flow.len()];
    steps[to as usize] = 0;
    let mut queue = std::collections::VecDeque::from([to]);
    while let Some(v) = queue.pop_front() {
        for step in flow.to(v) {
            if steps[step.from as usize] > flow.len() && !conditions.avoid.contains(&step.from) {
                steps[step.from as usize] = steps[v as usize] + 1;
                queue.push_back(step.from);
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::paths::k_strongest;
    use crate::analysis::paths::tests::{flow, signed};

    fn nodes(found: &Found) -> Vec<Vec<u32>> {
        found.paths.iter().map(Path::nodes).collect()
    }

    #[test]
    fn without_conditions_it_is_yen() {
        let flow = flow(4, &[(0, 1, 0.9), (0, 2, 0.8), (1, 3, 0.9), (2, 3, 0.9), (1, 2, 0.5), (0, 3, 0.1)]);
        let found = search(&flow, 0, 3, &Conditions::default(), 10, 1000);
        assert!(found.complete);
        assert_eq!(found.paths, k_strongest(&flow, 0, 3, 10));
    }

    #[test]
    fn over_somebody_and_around_somebody() {
        let flow = flow(4, &[(0, 1, 0.9), (0, 2, 0.8), (1, 3, 0.9), (2, 3, 0.9), (1, 2, 0.5), (0, 3, 0.1)]);
        let via = Conditions { via: vec![2], ..Conditions::default() };
        assert_eq!(nodes(&search(&flow, 0, 3, &via, 10, 1000)), [vec![0, 2, 3], vec![0, 1, 2, 3]]);
        let both = Conditions { via: vec![2, 1], ..Conditions::default() };
        assert_eq!(nodes(&search(&flow, 0, 3, &both, 10, 1000)), [vec![0, 1, 2, 3]]);
        let avoid = Conditions { avoid: vec![1], hops: Some(1), ..Conditions::default() };
        assert_eq!(nodes(&search(&flow, 0, 3, &avoid, 10, 1000)), [vec![0, 3]]);
    }

    #[test]
    fn help_or_harm() {
        // An enemy's enemy: 0 −→ 1 −→ 2 helps, 0 −→ 2 directly harms.
        let flow = signed(3, &[(0, 1, 0.9, -1), (1, 2, 0.9, -1), (0, 2, 0.5, -1)]);
        let ask = |sign| search(&flow, 0, 2, &Conditions { sign: Some(sign), ..Conditions::default() }, 10, 1000);
        assert_eq!(nodes(&ask(1)), [vec![0, 1, 2]]);
        assert_eq!(nodes(&ask(-1)), [vec![0, 2]]);
    }

    #[test]
    fn no_actor_twice_even_if_the_sign_would_ask_for_it() {
        // Only the loop 1 → 2 → 1 turns the sign, so no simple path arrives as −.
        let flow = signed(4, &[(0, 1, 0.9, 1), (1, 2, 0.9, -1), (2, 1, 0.9, 1), (1, 3, 0.9, 1)]);
        let found = search(&flow, 0, 3, &Conditions { sign: Some(-1), ..Conditions::default() }, 10, 1000);
        assert!(found.paths.is_empty() && found.complete);
    }

    #[test]
    fn says_when_it_gives_up() {
        let arcs: Vec<(u32, u32, f64)> = (0..8).flat_map(|a| (0..8).filter(move |b| *b != a).map(move |b| (a, b, 0.5))).collect();
        let found = search(&flow(8, &arcs), 0, 7, &Conditions::default(), usize::MAX, 50);
        assert!(!found.complete && !found.paths.is_empty());
    }

    #[test]
    fn all_up_to_a_length() {
        let arcs: Vec<(u32, u32, f64)> = (0..5).flat_map(|a| (0..5).filter(move |b| *b != a).map(move |b| (a, b, 0.5))).collect();
        let hops = Conditions { hops: Some(3), ..Conditions::default() };
        // 1 direct, 3 over one, 3 · 2 over two.
        assert_eq!(search(&flow(5, &arcs), 0, 4, &hops, usize::MAX, 100_000).paths.len(), 10);
    }
}
