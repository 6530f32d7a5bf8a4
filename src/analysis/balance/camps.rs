//! Camps: the division that fits friendships and enmities best.

use super::Signed;
use crate::analysis::random::Random;

/// A division into camps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Camps {
    /// The camp of every actor with a signed tie, 0 for the largest; `None` for the others.
    pub camp: Vec<Option<usize>>,
    /// The frustration index: the weight of the ties that do not fit, friends across camps and foes within.
    pub frustration: f64,
    /// A proven lower limit of the least frustration possible; equal to `frustration` where the division is proven best.
    pub at_least: f64,
    /// Weight of all signed ties.
    pub weight: f64,
    /// The ties that do not fit, as `(lower, higher, weight)`, heaviest first.
    pub misfits: Vec<(u32, u32, f64)>,
}

impl Camps {
    /// Whether the division is proven to be the best there is.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.frustration <= self.at_least + 1e-9 * self.weight.max(1.0)
    }

    /// The share of the weight that does not fit; NaN without ties.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.frustration / self.weight
    }
}

/// Looks at an actor that the exact search of one part may take before it gives up.
const EFFORT: usize = 60_000_000;
/// The most actors of a part that the exact search is tried on.
const EXACT: usize = 400;
/// Looks at a tie that the lower limit of one part may take.
const PACKING: usize = 200_000_000;

/// The best division into at most `k` camps (2 or more): the least weight of ties that do not fit.
///
/// Each connected part is divided on its own. A local search from many starts gives a division, a packing of
/// edge-disjoint unbalanced cycles a lower limit; where they differ, branch and bound over the actors closes the gap, or
/// gives up after a fixed number of steps and leaves it. The division of a part is up to the numbering of its camps: what
/// camp of one part stands beside what camp of another has no meaning, and the heavier camp comes first.
///
/// Cartwright & Harary 1956; Doreian & Mrvar, "A partitioning approach to structural balance", Social Networks 18 (1996);
/// Aref & Wilson, "Balance and frustration in signed networks", J. Complex Netw. 7 (2019). Exponential at worst; exact
/// division of small and of mildly frustrated networks is quick.
///
/// ```
/// use suzerain::analysis::balance::{Signed, camps};
/// let signed = Signed::new(3, &[(0, 1, 1.0), (0, 2, -1.0), (1, 2, -1.0)]);
/// let camps = camps(&signed, 2);
/// assert_eq!(camps.camp, [Some(0), Some(0), Some(1)]);
/// assert!(camps.is_proven() && camps.frustration == 0.0);
/// ```
#[must_use]
pub fn camps(signed: &Signed, k: usize) -> Camps {
    let k = k.max(2);
    let n = signed.len();
    let mut found = Camps { camp: vec![None; n], ..Camps::default() };
    let graph = crate::analysis::csr::Graph { out: signed.rows().clone(), inn: signed.rows().clone() };
    for nodes in crate::analysis::cuts::components(&graph) {
        if nodes.len() < 2 {
            continue;
        }
        let part = Part::new(signed, &nodes);
        let (division, at_least) = part.divide(k);
        found.at_least += at_least;
        for (&v, c) in nodes.iter().zip(by_weight(&part, &division, k)) {
            found.camp[v as usize] = Some(c);
        }
    }
    for (a, b, w) in signed.ties() {
        found.weight += w.abs();
        let same = found.camp[a as usize] == found.camp[b as usize];
        if same == (w < 0.0) {
            found.frustration += w.abs();
            found.misfits.push((a, b, w));
        }
    }
    found.misfits.sort_by(|x, y| y.2.abs().total_cmp(&x.2.abs()).then((x.0, x.1).cmp(&(y.0, y.1))));
    found
}

/// Numbers camps by their members' ties' weight, heaviest first; of equals the one with the first member.
fn by_weight(part: &Part, division: &[usize], k: usize) -> Vec<usize> {
    let mut key: Vec<(f64, usize, usize)> = (0..k).map(|c| (0.0, usize::MAX, c)).collect();
    for (v, &c) in division.iter().enumerate() {
        key[c].0 += part.ties[v].iter().map(|t| t.1.abs()).sum::<f64>();
        key[c].1 = key[c].1.min(v);
    }
    key.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut name = vec![0; k];
    for (place, (_, _, c)) in key.into_iter().enumerate() {
        name[c] = place;
    }
    division.iter().map(|&c| name[c]).collect()
}

/// One connected part, its nodes numbered from 0.
struct Part {
    ties: Vec<Vec<(usize, f64)>>,
}

impl Part {
    fn new(signed: &Signed, nodes: &[u32]) -> Self {
        let ties = nodes
            .iter()
            .map(|&v| signed.rows().row(v).filter_map(|(w, weight)| nodes.binary_search(&w).ok().map(|i| (i, weight))).collect())
            .collect();
        Self { ties }
    }

    fn len(&self) -> usize {
        self.ties.len()
    }

    /// A division, and a lower limit of the frustration of any.
    fn divide(&self, k: usize) -> (Vec<usize>, f64) {
        let (mut best, mut cost) = self.spread(k);
        // With many actors fewer starts; each costs a few looks at every tie.
        let starts = (200_000 / (self.len() + self.ties.iter().map(Vec::len).sum::<usize>())).clamp(8, 200);
        for start in 0..starts {
            let mut random = Random::of_task(0xca3b, start);
            let mut division: Vec<usize> = if start % 2 == 0 {
                (0..self.len()).map(|_| random.below(k)).collect()
            } else {
                // Shake the best one.
                best.iter().map(|&c| if random.below(5) == 0 { random.below(k) } else { c }).collect()
            };
            let found = self.improve(&mut division, k);
            if found < cost - 1e-12 {
                (best, cost) = (division, found);
            }
        }
        let limit = self.packing(k);
        if cost <= limit + 1e-12 {
            return (best, cost);
        }
        if self.len() > EXACT {
            return (best, limit);
        }
        let mut search = Search::new(self, k, best, cost);
        let done = search.run();
        if done { (search.best, search.cost) } else { (search.best, limit.min(search.cost)) }
    }

    /// Frustration of a division.
    fn cost(&self, division: &[usize]) -> f64 {
        let mut cost = 0.0;
        for (v, ties) in self.ties.iter().enumerate() {
            for &(w, weight) in ties.iter().filter(|t| t.0 > v) {
                if (division[v] == division[w]) == (weight < 0.0) {
                    cost += weight.abs();
                }
            }
        }
        cost
    }

    /// The division along a tree of the heaviest ties, improved: without frustration where the part is balanced.
    fn spread(&self, k: usize) -> (Vec<usize>, f64) {
        let mut division = vec![usize::MAX; self.len()];
        // Heaviest tie first, then the lowest actor; with the camp that the tie asks for.
        let mut heap = std::collections::BinaryHeap::from([(0_u64, std::cmp::Reverse(0_usize), 0_usize)]);
        while let Some((_, std::cmp::Reverse(v), camp)) = heap.pop() {
            if division[v] != usize::MAX {
                continue;
            }
            division[v] = camp;
            for &(w, weight) in self.ties[v].iter().filter(|t| division[t.0] == usize::MAX) {
                let asked = if weight < 0.0 { (camp + 1) % k } else { camp };
                heap.push((weight.abs().to_bits(), std::cmp::Reverse(w), asked));
            }
        }
        let cost = self.improve(&mut division, k);
        (division, cost)
    }

    /// Moves actors to the camp that fits their ties best until none wants to; returns the frustration left.
    fn improve(&self, division: &mut [usize], k: usize) -> f64 {
        let mut pull = vec![0.0; k];
        loop {
            let mut moved = false;
            for v in 0..self.len() {
                pull.fill(0.0);
                for &(w, weight) in &self.ties[v] {
                    pull[division[w]] += weight;
                }
                let mut best = division[v];
                for c in 0..k {
                    if pull[c] > pull[best] + 1e-12 {
                        best = c;
                    }
                }
                moved |= best != division[v];
                division[v] = best;
            }
            if !moved {
                return self.cost(division);
            }
        }
    }

    /// A lower limit: unbalanced cycles that share no tie's weight each cost their lightest tie. For two camps a cycle with
    /// an odd number of hostile ties, for more one with exactly one.
    fn packing(&self, k: usize) -> f64 {
        let n = self.len();
        let mut left: Vec<Vec<(usize, f64)>> = self.ties.clone();
        let (mut limit, mut effort) = (0.0, PACKING);
        for a in 0..n {
            for at in 0..left[a].len() {
                // Each hostile tie: the shortest ways round that make the cycle unbalanced.
                loop {
                    let (b, weight) = left[a][at];
                    if weight >= -1e-12 || b < a {
                        break;
                    }
                    let Some(way) = self.way_round(&left, a, b, k, &mut effort) else { break };
                    let lightest = way.windows(2).map(|p| weight_of(&left, p[0], p[1]).abs()).fold(-weight, f64::min);
                    if lightest <= 1e-12 {
                        break;
                    }
                    limit += lightest;
                    take(&mut left, a, b, lightest);
                    for pair in way.windows(2) {
                        take(&mut left, pair[0], pair[1], lightest);
                    }
                }
            }
        }
        limit
    }

    /// The way from `a` to `b` with fewest ties, an even number of them hostile (none, for more than two camps).
    fn way_round(&self, left: &[Vec<(usize, f64)>], a: usize, b: usize, k: usize, effort: &mut usize) -> Option<Vec<usize>> {
        let n = self.len();
        *effort = effort.checked_sub(n)?;
        let mut before = vec![usize::MAX; 2 * n];
        before[a] = a;
        let mut queue = std::collections::VecDeque::from([a]);
        while let Some(x) = queue.pop_front() {
            let (v, odd) = (x % n, x / n);
            if before[b] != usize::MAX {
                break;
            }
            *effort = effort.checked_sub(left[v].len())?;
            for &(w, weight) in &left[v] {
                if weight.abs() <= 1e-12 || (weight < 0.0 && k > 2) || (v == a && w == b && weight < 0.0) || (v == b && w == a) {
                    continue;
                }
                let y = w + n * (odd ^ usize::from(weight < 0.0));
                if before[y] == usize::MAX {
                    before[y] = x;
                    queue.push_back(y);
                }
            }
        }
        if before[b] == usize::MAX {
            return None;
        }
        let (mut way, mut at) = (vec![b], b);
        while at != a {
            at = before[at];
            way.push(at % n);
        }
        // A walk that uses a tie twice is no cycle to count.
        let mut pairs: Vec<(usize, usize)> = way.windows(2).map(|p| (p[0].min(p[1]), p[0].max(p[1]))).collect();
        pairs.sort_unstable();
        let unique = pairs.windows(2).all(|p| p[0] != p[1]) && !pairs.contains(&(a.min(b), a.max(b)));
        unique.then_some(way)
    }
}

fn weight_of(left: &[Vec<(usize, f64)>], a: usize, b: usize) -> f64 {
    left[a].iter().find(|t| t.0 == b).map_or(0.0, |t| t.1)
}

fn take(left: &mut [Vec<(usize, f64)>], a: usize, b: usize, amount: f64) {
    for (x, y) in [(a, b), (b, a)] {
        if let Some(tie) = left[x].iter_mut().find(|t| t.0 == y) {
            tie.1 -= amount * tie.1.signum();
        }
    }
}

/// Branch and bound: actors are put into camps one after the other, those with the heaviest ties to the placed ones first.
struct Search<'a> {
    part: &'a Part,
    k: usize,
    order: Vec<usize>,
    division: Vec<usize>,
    /// For each actor not yet placed, what each camp would cost it against the placed ones.
    toll: Vec<Vec<f64>>,
    /// Lower limits from unbalanced cycles among the actors from each place of the order on.
    tail: Vec<f64>,
    best: Vec<usize>,
    cost: f64,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(part: &'a Part, k: usize, best: Vec<usize>, cost: f64) -> Self {
        let n = part.len();
        let weight = |v: usize| part.ties[v].iter().map(|t| t.1.abs()).sum::<f64>();
        let mut order = Vec::with_capacity(n);
        let mut pull = vec![0.0_f64; n];
        let mut placed = vec![false; n];
        for _ in 0..n {
            let next = (0..n)
                .filter(|&v| !placed[v])
                .max_by(|&a, &b| pull[a].total_cmp(&pull[b]).then(weight(a).total_cmp(&weight(b))).then(b.cmp(&a)));
            let Some(v) = next else { break };
            placed[v] = true;
            order.push(v);
            for &(w, t) in &part.ties[v] {
                pull[w] += t.abs();
            }
        }
        // The packing limit of what is left after the first i actors; costly, so only for every part of modest size.
        let tail = (0..=n)
            .map(|i| {
                if n > 60 {
                    return 0.0;
                }
                let mut own: Vec<usize> = order[i..].to_vec();
                own.sort_unstable();
                let ties = own
                    .iter()
                    .map(|&v| part.ties[v].iter().filter_map(|&(w, t)| own.binary_search(&w).ok().map(|j| (j, t))).collect())
                    .collect();
                let rest = Part { ties };
                if rest.len() == 0 { 0.0 } else { rest.packing(k) }
            })
            .collect();
        Self { part, k, order, division: vec![usize::MAX; n], toll: vec![vec![0.0; k]; n], tail, best, cost, steps: 0 }
    }

    /// Whether the search came to its end.
    fn run(&mut self) -> bool {
        self.place(0, 0, 0.0)
    }

    fn place(&mut self, at: usize, used: usize, spent: f64) -> bool {
        self.steps += 1;
        if self.steps > EFFORT / self.order.len() {
            return false;
        }
        if at == self.order.len() {
            if spent < self.cost - 1e-12 {
                self.cost = spent;
                self.best.clone_from(&self.division);
            }
            return true;
        }
        // What the actors left must pay to the placed ones at least, and among themselves.
        let owed: f64 = self.order[at..].iter().map(|&v| self.toll[v].iter().copied().fold(f64::INFINITY, f64::min)).sum();
        if spent + owed + self.tail[at] >= self.cost - 1e-12 {
            return true;
        }
        let v = self.order[at];
        // Camps not yet used are alike: one of them is enough.
        let mut choices: Vec<usize> = (0..self.k.min(used + 1)).collect();
        choices.sort_by(|&a, &b| self.toll[v][a].total_cmp(&self.toll[v][b]).then(a.cmp(&b)));
        for c in choices {
            self.division[v] = c;
            self.charge(v, c, 1.0);
            let done = self.place(at + 1, used.max(c + 1), spent + self.toll[v][c]);
            self.charge(v, c, -1.0);
            if !done {
                return false;
            }
        }
        self.division[v] = usize::MAX;
        true
    }

    /// Tells those not yet placed what actor `v` in camp `c` costs them.
    fn charge(&mut self, v: usize, c: usize, times: f64) {
        for &(w, weight) in &self.part.ties[v] {
            if self.division[w] != usize::MAX && w != v {
                continue;
            }
            for (camp, toll) in self.toll[w].iter_mut().enumerate() {
                if (camp == c) == (weight < 0.0) {
                    *toll += times * weight.abs();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brute_force(signed: &Signed, k: usize) -> f64 {
        let n = signed.len();
        let mut best = f64::INFINITY;
        for code in 0..k.pow(n as u32 - 1) {
            let camp: Vec<usize> = (0..n).map(|v| code / k.pow(v as u32) % k).collect();
            let cost = signed.ties().filter(|(a, b, w)| (camp[*a as usize] == camp[*b as usize]) == (*w < 0.0)).map(|t| t.2.abs()).sum();
            best = f64::min(best, cost);
        }
        best
    }

    fn random(seed: u64, n: usize, m: usize) -> Signed {
        let mut random = Random::new(seed);
        let mut seen = std::collections::BTreeSet::new();
        let mut ties = Vec::new();
        for _ in 0..m {
            let (a, b) = (random.below(n) as u32, random.below(n) as u32);
            if a != b && seen.insert((a.min(b), a.max(b))) {
                let weight = (1 + random.below(8)) as f64 / 8.0;
                ties.push((a, b, if random.below(2) == 0 { weight } else { -weight }));
            }
        }
        Signed::new(n, &ties)
    }

    #[test]
    fn as_good_as_trying_all() {
        for seed in 0..60 {
            let n = 4 + (seed as usize % 11);
            let signed = random(seed, n, 3 * n);
            let camps = camps(&signed, 2);
            assert!(camps.is_proven(), "seed {seed}");
            assert!((camps.frustration - brute_force(&signed, 2)).abs() < 1e-9, "seed {seed}");
        }
    }

    #[test]
    fn three_camps_too() {
        for seed in 100..115 {
            let n = 4 + (seed as usize % 6);
            let signed = random(seed, n, 3 * n);
            let camps = camps(&signed, 3);
            assert!(camps.is_proven() && (camps.frustration - brute_force(&signed, 3)).abs() < 1e-9, "seed {seed}");
        }
        // All against all: three camps fit, two do not.
        let foes = Signed::new(3, &[(0, 1, -1.0), (0, 2, -1.0), (1, 2, -1.0)]);
        assert_eq!((camps(&foes, 2).frustration, camps(&foes, 3).frustration), (1.0, 0.0));
    }

    #[test]
    fn names_the_ties_that_do_not_fit() {
        let signed = Signed::new(5, &[(0, 1, 1.0), (2, 3, 1.0), (0, 2, -1.0), (1, 3, -1.0), (1, 2, 0.25)]);
        let camps = camps(&signed, 2);
        assert_eq!(camps.misfits, [(1, 2, 0.25)]);
        assert_eq!(camps.camp[4], None);
        assert!((camps.share() - 0.25 / 4.25).abs() < 1e-12);
    }

    #[test]
    fn large_networks_take_no_longer_than_they_are_worth() {
        let signed = random(4, 3000, 9000);
        let camps = camps(&signed, 2);
        assert!(camps.at_least > 0.0 && camps.at_least <= camps.frustration && camps.share() < 0.35);
    }

    #[test]
    fn gives_a_limit_where_it_gives_up() {
        let signed = random(9, 90, 1500);
        let camps = camps(&signed, 2);
        assert!(camps.at_least <= camps.frustration && camps.at_least > 0.0);
    }
}
