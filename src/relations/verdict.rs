//! The judge: how far a relation between two actors is to be trusted.
//!
//! For every relation a logistic regression over the features of a pair of actors (see [`super::pairs`]): a weight that all
//! relations share and one for the relation itself, where training has seen the two together. Trained on annotated documents by
//! `suzerain score --train` with an L2 penalty, so that a confidence is a measured frequency and no invention. The weights are
//! a text file, a feature a line.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::engine::Engine;
use super::pairs::{BARE, Choice, Feature, Names, Pair, is_strong, name_of};
use super::read::Candidate;
use super::rules::Rules;
use crate::actors::Cast;
use crate::actors::learn::minimise;

/// The weights of one feature.
#[derive(Debug, Default, Clone)]
struct Row {
    /// For every relation.
    shared: f32,
    /// For one relation each, by number.
    own: Vec<(u16, f32)>,
}

/// Features are hashes already: their map takes them as they are.
#[derive(Debug, Default, Clone, Copy)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        // The lowest bit marks strong features; the map's buckets go by the low bits.
        self.0 = hash.rotate_right(1);
    }
}

type Rows = HashMap<Feature, Row, BuildHasherDefault<AsIs>>;

impl Row {
    /// The weight for one relation.
    fn of(&self, relation: usize) -> f32 {
        self.shared + self.own.iter().find(|(r, _)| usize::from(*r) == relation).map_or(0.0, |(_, w)| *w)
    }
}

/// Gives candidates their confidence.
#[derive(Debug, Default, Clone)]
pub struct Judge {
    rows: Rows,
}

/// A pair of an annotated document and what the annotation says of it.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Number of its document.
    pub document: usize,
    /// Features of the pair.
    pub features: Vec<Feature>,
    /// Relations that are possible, by number, with their own features and whether the annotation has them.
    pub options: Vec<Possible>,
}

/// One relation of a sample.
#[derive(Debug, Clone, Default)]
pub struct Possible {
    /// Number of the relation.
    pub relation: usize,
    /// What speaks for this relation only.
    pub features: Vec<Feature>,
    /// Whether the annotation has it.
    pub right: bool,
}

/// The relations that a pair may have, by number, with what speaks for each: those of its kinds, symmetric ones in one order
/// only, and all that rules found. A relation for which several words speak comes as often.
#[must_use]
pub fn options<'p>(rules: &Rules, cast: &Cast, pair: &'p Pair) -> Vec<(usize, Option<&'p Choice>)> {
    let kind = |m: usize| cast.figures[cast.mentions[m].figure].kind;
    let (source, target) = (kind(pair.source), kind(pair.target));
    let mut out = Vec::with_capacity(rules.relations.len());
    // The choices come in order of their relation.
    let mut choices = pair.choices.as_slice();
    for (r, relation) in rules.relations.iter().enumerate() {
        let count = choices.iter().take_while(|c| c.candidate.relation == r).count();
        let (own, rest) = choices.split_at(count);
        choices = rest;
        if relation.symmetric && !pair.forward {
            continue;
        }
        out.extend(own.iter().map(|c| (r, Some(c))));
        let (sources, targets) = &rules.usual[r];
        let usual = (sources.is_empty() || sources.contains(&source)) && (targets.is_empty() || targets.contains(&target));
        if own.is_empty() && usual {
            out.push((r, None));
        }
    }
    out
}

impl Judge {
    /// Reads trained weights: a feature a line, tab, the shared weight, tab, `relation:weight` separated by blanks. Relations that
    /// are not among `rules` are left out. Without any weights, the rules' own guesses count.
    #[must_use]
    pub fn read(text: &str, rules: &Rules) -> Self {
        let numbers: HashMap<&str, u16> =
            rules.relations.iter().enumerate().map(|(i, r)| (r.name.as_str(), u16::try_from(i).unwrap_or(u16::MAX))).collect();
        let mut rows = Rows::with_capacity_and_hasher(text.len() / 60, BuildHasherDefault::default());
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut parts = line.split('\t');
            let (Some(name), Some(shared)) = (parts.next(), parts.next()) else { continue };
            let own = parts
                .next()
                .unwrap_or_default()
                .split(' ')
                .filter_map(|p| p.rsplit_once(':'))
                .filter_map(|(r, w)| Some((*numbers.get(r)?, w.parse().ok()?)))
                .collect();
            rows.insert(name_of(name), Row { shared: shared.parse().unwrap_or(0.0), own });
        }
        Self { rows }
    }

    /// The weights as text, in name order.
    #[must_use]
    pub fn write(&self, names: &Names, rules: &Rules) -> String {
        let sorted: BTreeMap<&str, &Row> = self.rows.iter().filter_map(|(f, row)| Some((names.get(f)?.as_str(), row))).collect();
        let mut out = String::from(
            "# Weights of the judge of relations, made by `suzerain score --train`: feature, weight for all relations, weights for some.\n",
        );
        for (name, row) in sorted {
            let _ = write!(out, "{name}\t{:.2}", row.shared);
            for (i, (r, w)) in row.own.iter().enumerate() {
                let _ = write!(out, "{}{}:{w:.2}", if i == 0 { "\t" } else { " " }, rules.relations[usize::from(*r)].name);
            }
            out.push('\n');
        }
        out
    }

    /// Whether it has been trained.
    #[must_use]
    pub fn is_trained(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Adds the weights of some features.
    fn add(&self, features: &[Feature], shared: &mut f32, own: &mut [f32]) {
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            *shared += row.shared;
            for (r, w) in &row.own {
                own[usize::from(*r)] += w;
            }
        }
    }

    /// The relations of a pair with their confidence, by number of the relation; those below `floor` are left out, if no rule
    /// speaks for them.
    #[must_use]
    pub fn judge(&self, engine: &Engine, cast: &Cast, pair: &Pair, floor: f64) -> Vec<(Candidate, f64)> {
        let rules = &engine.reader.rules;
        if !self.is_trained() {
            return pair
                .choices
                .iter()
                .filter(|c| c.candidate.rule.is_some() && (pair.forward || !rules.relations[c.candidate.relation].symmetric))
                .map(|c| (c.candidate.clone(), guess(engine, cast, &c.candidate)))
                .collect();
        }
        let mut own = vec![0.0_f32; rules.relations.len()];
        let mut shared = 0.0;
        self.add(&pair.features, &mut shared, &mut own);
        let bare = [name_of(BARE)];
        let mut out: Vec<(Candidate, f64)> = Vec::new();
        for (r, choice) in options(rules, cast, pair) {
            let mut sum = shared + own[r];
            for row in choice.map_or(&bare[..], |c| &c.features).iter().filter_map(|f| self.rows.get(f)) {
                sum += row.of(r);
            }
            let confidence = probability(sum);
            let by_rule = choice.is_some_and(|c| c.candidate.rule.is_some());
            if !by_rule && confidence < floor {
                continue;
            }
            let candidate = || choice.map_or_else(|| super::pairs::bare(cast, pair, r), |c| c.candidate.clone());
            match out.last_mut() {
                // Of several words that speak for one relation the surest counts.
                Some((last, p)) if last.relation == r => {
                    if confidence > *p {
                        *last = candidate();
                        *p = confidence;
                    }
                }
                _ => out.push((candidate(), confidence)),
            }
        }
        out
    }

    /// The weights that speak for and against a relation of a pair, heaviest first.
    #[must_use]
    pub fn reasons(&self, pair: &Pair, relation: usize) -> Vec<(Feature, f32)> {
        let bare = [name_of(BARE)];
        let choice = pair.choices.iter().find(|c| c.candidate.relation == relation);
        let more = choice.map_or(&bare[..], |c| &c.features);
        let mut out: Vec<(Feature, f32)> =
            pair.features.iter().chain(more).filter_map(|f| Some((*f, self.rows.get(f)?.of(relation)))).collect();
        out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        out
    }

    /// Trains on samples: minimises the logistic loss plus `penalty`/2 · ‖w‖² by L-BFGS (Liu and Nocedal 1989). Features seen in
    /// fewer than two documents are left out, and weights of a relation with features that it never came with. Deterministic;
    /// about a hundred passes over the samples.
    #[must_use]
    pub fn train(samples: &[&Sample], penalty: f64) -> Self {
        let problem = Problem::new(samples);
        let weights = minimise(problem.size, PATIENCE, |w, g| problem.loss(w, penalty, g));
        let mut rows = Rows::default();
        for (i, f) in problem.features.iter().enumerate() {
            let own: Vec<(u16, f32)> =
                problem.own[i].iter().map(|(r, p)| (*r, weights[*p as usize] as f32)).filter(|(_, w)| w.abs() >= 0.02).collect();
            let shared = weights[i] as f32;
            if shared.abs() >= 0.02 || !own.is_empty() {
                rows.insert(*f, Row { shared, own });
            }
        }
        Self { rows }
    }
}

/// The probability that a sum of weights stands for, over 0 and under 1.
fn probability(sum: f32) -> f64 {
    (1.0 / (1.0 + f64::from(-sum).exp())).clamp(0.001, 0.999)
}

/// A sample with its features numbered.
struct Line {
    features: Vec<u32>,
    options: Vec<(u16, bool, Vec<u32>)>,
}

/// Samples made ready for training. Parameters: one for each feature, then one for each feature and relation seen together.
struct Problem {
    features: Vec<Feature>,
    own: Vec<Vec<(u16, u32)>>,
    size: usize,
    lines: Vec<Line>,
    relations: usize,
    /// Share of the penalty that each parameter bears.
    share: Vec<f64>,
}

impl Problem {
    fn new(samples: &[&Sample]) -> Self {
        let mut seen: HashMap<Feature, (usize, bool)> = HashMap::new();
        for s in samples {
            for f in s.features.iter().chain(s.options.iter().flat_map(|o| &o.features)) {
                let place = seen.entry(*f).or_insert((s.document, false));
                place.1 |= place.0 != s.document;
            }
        }
        let mut ids: HashMap<Feature, u32> = HashMap::new();
        let mut features = Vec::new();
        let mut relations = 0;
        let mut lines = Vec::with_capacity(samples.len());
        let mut together: Vec<std::collections::BTreeSet<u16>> = Vec::new();
        for s in samples {
            let mut number = |list: &[Feature]| -> Vec<u32> {
                list.iter()
                    .filter(|f| seen[*f].1)
                    .map(|f| {
                        *ids.entry(*f).or_insert_with(|| {
                            features.push(*f);
                            u32::try_from(features.len() - 1).unwrap_or(0)
                        })
                    })
                    .collect()
            };
            let own = number(&s.features);
            let options: Vec<(u16, bool, Vec<u32>)> =
                s.options.iter().map(|o| (u16::try_from(o.relation).unwrap_or(0), o.right, number(&o.features))).collect();
            together.resize(features.len(), std::collections::BTreeSet::new());
            for (r, right, more) in &options {
                relations = relations.max(usize::from(*r) + 1);
                if *right {
                    for f in own.iter().chain(more) {
                        together[*f as usize].insert(*r);
                    }
                }
            }
            lines.push(Line { features: own, options });
        }
        let mut size = features.len();
        let own: Vec<Vec<(u16, u32)>> = together
            .into_iter()
            .map(|set| {
                set.into_iter()
                    .map(|r| {
                        size += 1;
                        (r, u32::try_from(size - 1).unwrap_or(0))
                    })
                    .collect()
            })
            .collect();
        let mut share = vec![1.0; size];
        for (i, f) in features.iter().enumerate() {
            let of_all = if is_strong(*f) { STRONG } else { 1.0 };
            share[i] = SHARED * of_all;
            for (_, p) in &own[i] {
                share[*p as usize] = of_all;
            }
        }
        Self { features, own, size, lines, relations, share }
    }

    /// The penalised logistic loss of some weights and its gradient.
    fn loss(&self, weights: &[f64], penalty: f64, gradient: &mut [f64]) -> f64 {
        let parts: Vec<(f64, Vec<f64>)> = self
            .lines
            .par_chunks(self.lines.len().div_ceil(PARTS).max(1))
            .map(|lines| {
                let mut gradient = vec![0.0; self.size];
                let total = lines.iter().map(|l| self.line(l, weights, &mut gradient)).sum();
                (total, gradient)
            })
            .collect();
        let mut total = 0.0;
        for ((g, w), share) in gradient.iter_mut().zip(weights).zip(&self.share) {
            *g = penalty * share * w;
            total += 0.5 * penalty * share * w * w;
        }
        for (part, list) in parts {
            total += part;
            gradient.iter_mut().zip(list).for_each(|(g, p)| *g += p);
        }
        total
    }

    fn line(&self, line: &Line, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let mut own = vec![0.0; self.relations];
        let mut shared = 0.0;
        for f in &line.features {
            shared += weights[*f as usize];
            for (r, p) in &self.own[*f as usize] {
                own[usize::from(*r)] += weights[*p as usize];
            }
        }
        let mut errors = vec![0.0; self.relations];
        let (mut total, mut all) = (0.0, 0.0);
        for (r, right, features) in &line.options {
            let mut sum = shared + own[usize::from(*r)];
            let place = |f: &u32| self.own[*f as usize].iter().find(|(x, _)| x == r).map(|(_, p)| *p as usize);
            for f in features {
                sum += weights[*f as usize] + place(f).map_or(0.0, |p| weights[p]);
            }
            let signed = if *right { sum } else { -sum };
            total += if signed > 0.0 { (-signed).exp().ln_1p() } else { signed.exp().ln_1p() - signed };
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*right));
            errors[usize::from(*r)] = error;
            all += error;
            for f in features {
                gradient[*f as usize] += error;
                if let Some(p) = place(f) {
                    gradient[p] += error;
                }
            }
        }
        for f in &line.features {
            gradient[*f as usize] += all;
            for (r, p) in &self.own[*f as usize] {
                gradient[*p as usize] += errors[usize::from(*r)];
            }
        }
        total
    }
}

/// Share of the penalty for weights that all relations have in common.
const SHARED: f64 = 0.5;
/// Share of the penalty for features that are few and seen everywhere.
const STRONG: f64 = 0.02;
/// Parts in which the samples are passed over; fixed, so that sums do not depend on the number of cores.
const PARTS: usize = 4;
/// Training ends when this many steps one after the other gained less than this share of the loss.
const PATIENCE: (usize, f64) = (3, 3e-4);

/// The author's guess, where nothing was trained.
pub(super) fn guess(engine: &Engine, cast: &Cast, c: &Candidate) -> f64 {
    let Some(rule) = c.rule.map(|r| &engine.reader.rules.rules[r]) else { return 0.02 };
    let far = |d: u8| [1.0, 0.85, 0.6][usize::from(d.min(2))];
    let certain = f64::from(cast.mentions[c.source.mention].certainty) * f64::from(cast.mentions[c.target.mention].certainty);
    (rule.confidence * far(c.source.distance) * far(c.target.distance) * certain).clamp(0.01, 0.99)
}
