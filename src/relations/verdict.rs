//! The judge: how far a candidate is to be trusted.
//!
//! A logistic regression over named features (rule, relation, trigger, roles, tree paths, kinds, resolution), trained on
//! annotated documents by `suzerain score --train` with an L2 penalty, so that a confidence is a measured frequency and
//! no invention. The weights are a text file, a feature a line.

use std::collections::{BTreeMap, HashMap};

use super::engine::Engine;
use super::loose;
use super::read::Candidate;
use super::roles::Stage;
use super::tree::Tree;
use crate::actors::{ActorKind, Cast, MentionForm};
use crate::documents::Document;
use crate::language::Sentence;

/// Gives candidates their confidence.
#[derive(Debug, Default, Clone)]
pub struct Judge {
    weights: HashMap<String, f32>,
}

/// The features of one candidate and, in training, whether it is right.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Feature names.
    pub features: Vec<String>,
    /// Whether the annotation has it.
    pub right: bool,
    /// Number of its document.
    pub document: usize,
}

impl Judge {
    /// Reads trained weights: `feature TAB weight` a line. Without any, the rules' own guesses count.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let weights = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.rsplit_once('\t'))
            .filter_map(|(name, w)| Some((name.to_owned(), w.parse().ok()?)))
            .collect();
        Self { weights }
    }

    /// The weights as text, in name order; small ones are left out.
    #[must_use]
    pub fn write(&self) -> String {
        let sorted: BTreeMap<&String, &f32> = self.weights.iter().collect();
        let mut out = String::from("# Weights of the judge of candidates, made by `suzerain score --train`: feature, tab, weight.\n");
        for (name, w) in sorted {
            if w.abs() >= 0.01 {
                out.push_str(&format!("{name}\t{w:.2}\n"));
            }
        }
        out
    }

    /// Whether it has been trained.
    #[must_use]
    pub fn is_trained(&self) -> bool {
        !self.weights.is_empty()
    }

    /// Trains on samples: minimises the logistic loss plus `penalty`/2 · ‖w‖² by L-BFGS (Liu and Nocedal 1989). Features seen in
    /// fewer than two documents are left out. Deterministic; about a hundred passes over the samples.
    #[must_use]
    pub fn train(samples: &[&Sample], penalty: f64) -> Self {
        let mut ids: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        let mut first: Vec<usize> = Vec::new();
        let mut kept: Vec<bool> = Vec::new();
        for s in samples {
            for f in &s.features {
                let id = *ids.entry(f).or_insert_with(|| {
                    names.push(f);
                    first.push(s.document);
                    kept.push(false);
                    names.len() - 1
                });
                kept[id] |= first[id] != s.document;
            }
        }
        let rows: Vec<Vec<u32>> = samples
            .iter()
            .map(|s| s.features.iter().map(|f| ids[f.as_str()]).filter(|i| kept[*i]).map(|i| u32::try_from(i).unwrap_or(0)).collect())
            .collect();
        let labels: Vec<bool> = samples.iter().map(|s| s.right).collect();
        let weights = minimise(&rows, &labels, names.len(), penalty);
        let weights = names.into_iter().zip(weights).filter(|(_, w)| w.abs() >= 0.005).map(|(n, w)| (n.to_owned(), w as f32)).collect();
        Self { weights }
    }

    /// The confidences of a document's candidates.
    #[must_use]
    pub fn confidences(
        &self,
        engine: &Engine,
        document: &Document,
        sentences: &[Sentence],
        cast: &Cast,
        candidates: &[Candidate],
    ) -> Vec<f64> {
        if !self.is_trained() {
            return candidates.iter().map(|c| guess(engine, cast, c)).collect();
        }
        let mut sums = vec![0.0_f32; candidates.len()];
        each_feature(engine, document, sentences, cast, candidates, |candidate, feature| {
            sums[candidate] += self.weights.get(feature).copied().unwrap_or(0.0);
        });
        sums.into_iter().map(probability).collect()
    }
}

/// The probability that a sum of weights stands for, over 0 and under 1.
fn probability(sum: f32) -> f64 {
    (1.0 / (1.0 + f64::from(-sum).exp())).clamp(0.001, 0.999)
}

/// The penalised logistic loss of some weights and its gradient.
fn loss(rows: &[Vec<u32>], labels: &[bool], weights: &[f64], penalty: f64, gradient: &mut [f64]) -> f64 {
    let mut total = 0.0;
    for (g, w) in gradient.iter_mut().zip(weights) {
        *g = penalty * w;
        total += 0.5 * penalty * w * w;
    }
    for (row, right) in rows.iter().zip(labels) {
        let sum: f64 = row.iter().map(|i| weights[*i as usize]).sum();
        let signed = if *right { sum } else { -sum };
        total += if signed > 0.0 { (-signed).exp().ln_1p() } else { signed.exp().ln_1p() - signed };
        let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*right));
        for i in row {
            gradient[*i as usize] += error;
        }
    }
    total
}

/// L-BFGS with a memory of eight steps and a backtracking line search.
fn minimise(rows: &[Vec<u32>], labels: &[bool], size: usize, penalty: f64) -> Vec<f64> {
    const MEMORY: usize = 8;
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut weights = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let mut value = loss(rows, labels, &weights, penalty, &mut gradient);
    let mut history: std::collections::VecDeque<(Vec<f64>, Vec<f64>, f64)> = std::collections::VecDeque::new();
    for _ in 0..120 {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut factors = Vec::with_capacity(history.len());
        for (s, y, rho) in history.iter().rev() {
            let a = rho * dot(s, &direction);
            factors.push(a);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= a * y);
        }
        if let Some((s, y, _)) = history.back() {
            let scale = dot(s, y) / dot(y, y);
            direction.iter_mut().for_each(|d| *d *= scale);
        } else {
            let norm = dot(&gradient, &gradient).sqrt().max(1e-12);
            direction.iter_mut().for_each(|d| *d /= norm);
        }
        for ((s, y, rho), a) in history.iter().zip(factors.iter().rev()) {
            let b = rho * dot(y, &direction);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += (a - b) * s);
        }
        let slope = dot(&gradient, &direction);
        if slope >= 0.0 {
            break;
        }
        let mut step = 1.0;
        let (mut next, mut next_gradient, mut next_value);
        loop {
            next = weights.iter().zip(&direction).map(|(w, d)| w + step * d).collect::<Vec<f64>>();
            next_gradient = vec![0.0; size];
            next_value = loss(rows, labels, &next, penalty, &mut next_gradient);
            if next_value <= value + 1e-4 * step * slope || step < 1e-8 {
                break;
            }
            step *= 0.5;
        }
        let s: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        let gain = value - next_value;
        weights = next;
        gradient = next_gradient;
        value = next_value;
        if curvature > 1e-12 {
            history.push_back((s, y, 1.0 / curvature));
            if history.len() > MEMORY {
                history.pop_front();
            }
        }
        if gain < 1e-5 * value.abs() {
            break;
        }
    }
    weights
}

/// The author's guess, where nothing was trained.
fn guess(engine: &Engine, cast: &Cast, c: &Candidate) -> f64 {
    let Some(rule) = c.rule.map(|r| &engine.reader.rules.rules[r]) else { return 0.02 };
    let far = |d: u8| [1.0, 0.85, 0.6][usize::from(d.min(2))];
    let certain = f64::from(cast.mentions[c.source.mention].certainty) * f64::from(cast.mentions[c.target.mention].certainty);
    (rule.confidence * far(c.source.distance) * far(c.target.distance) * certain).clamp(0.01, 0.99)
}

fn bucket(n: usize) -> &'static str {
    match n {
        0..=2 => "2",
        3..=5 => "5",
        6..=9 => "9",
        10..=15 => "15",
        16..=25 => "25",
        _ => "far",
    }
}

/// Kinds lumped as they behave alike.
fn lump(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "state",
        ActorKind::Leader | ActorKind::Person => "human",
        ActorKind::Alliance => "alliance",
        ActorKind::Organization => "organization",
        ActorKind::ArmedGroup => "armed",
        ActorKind::Company => "company",
        ActorKind::Territory => "territory",
        ActorKind::Pipeline | ActorKind::Infrastructure => "work",
        ActorKind::Agreement => "agreement",
        ActorKind::Conflict => "conflict",
        ActorKind::People => "people",
    }
}

/// The features of a document's candidates, in their order.
#[must_use]
pub fn features(engine: &Engine, document: &Document, sentences: &[Sentence], cast: &Cast, candidates: &[Candidate]) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = vec![Vec::new(); candidates.len()];
    each_feature(engine, document, sentences, cast, candidates, |candidate, feature| out[candidate].push(feature.to_owned()));
    out
}

/// Hands every feature of every candidate to `sink`, with the candidate's number.
fn each_feature(
    engine: &Engine,
    document: &Document,
    sentences: &[Sentence],
    cast: &Cast,
    candidates: &[Candidate],
    mut sink: impl FnMut(usize, &str),
) {
    let mut buffer = String::new();
    let mut from = 0;
    while from < candidates.len() {
        let number = candidates[from].sentence;
        let to = from + candidates[from..].iter().take_while(|c| c.sentence == number).count();
        let tree = Tree::new(&sentences[number], &document.prose, &engine.reader.words);
        let stage = Stage::new(&tree, cast, number);
        let group = &candidates[from..to];
        let mut direct: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for (i, c) in group.iter().enumerate() {
            let mut put = |feature: std::fmt::Arguments<'_>| {
                buffer.clear();
                let _ = std::fmt::Write::write_fmt(&mut buffer, feature);
                sink(from + i, &buffer);
            };
            features_of(engine, &stage, group, c, &mut direct, &mut put);
        }
        from = to;
    }
}

fn features_of(
    engine: &Engine,
    stage: &Stage<'_>,
    group: &[Candidate],
    c: &Candidate,
    direct: &mut BTreeMap<(usize, usize), String>,
    put: &mut dyn FnMut(std::fmt::Arguments<'_>),
) {
    let rules = &engine.reader.rules;
    let relation = &rules.relations[c.relation];
    let r = relation.name.as_str();
    let tree = stage.tree;
    let (source, target) = (stage.mention(c.source.mention), stage.mention(c.target.mention));
    let (ks, kt) = (stage.kind(&c.source), stage.kind(&c.target));
    let (ls, lt) = (lump(ks), lump(kt));
    let lemma = tree.lemma(c.trigger).to_lowercase();
    let (pa, pb) = (c.source_path.as_str(), c.target_path.as_str());
    let (ra, rb) = (c.source_role.as_str(), c.target_role.as_str());
    let sign = relation.sign;
    let upos = tree.token(c.trigger).upos;
    put(format_args!("bias"));
    put(format_args!("r={r}"));
    put(format_args!("r={r} w={lemma}"));
    put(format_args!("w={lemma} {ra}|{rb}"));
    put(format_args!("r={r} {upos}"));
    put(format_args!("r={r} {ra}|{rb}"));
    put(format_args!("{upos} {ra}|{rb}"));
    put(format_args!("s={sign} {ra}|{rb}"));
    put(format_args!("r={r} a={ra}"));
    put(format_args!("r={r} b={rb}"));
    put(format_args!("p {pa}|{pb}"));
    put(format_args!("r={r} pa={pa}"));
    put(format_args!("r={r} pb={pb}"));
    put(format_args!("pa={pa}"));
    put(format_args!("pb={pb}"));
    put(format_args!("steps {}|{}", c.source_steps.min(6), c.target_steps.min(6)));
    put(format_args!("k {ls}>{lt}"));
    put(format_args!("r={r} k {ls}>{lt}"));
    put(format_args!("r={r} ks={ls}"));
    put(format_args!("r={r} kt={lt}"));
    // What the catalogue knows of the two helps to read the text; it never stands for it.
    let entry = |figure: usize| stage.cast.figures[figure].entry;
    if let (Some(es), Some(et)) = (entry(c.source.figure), entry(c.target.figure)) {
        let catalogue = &engine.knowledge.catalogue;
        let known = match r {
            "leads" | "serves" => catalogue.offices(es).next().map(|_| catalogue.offices(es).any(|t| t.of == et)),
            "member_of" => Some(catalogue.memberships.iter().any(|m| m.member == es && m.of == et)),
            _ => Some(catalogue.entry(es).home.contains(&et)).filter(|_| !catalogue.entry(es).home.is_empty()),
        };
        if let Some(known) = known {
            put(format_args!("r={r} known={known}"));
        }
    }
    let (us, ut) = &rules.usual[c.relation];
    let usual = (us.is_empty() || us.contains(&ks), ut.is_empty() || ut.contains(&kt));
    put(format_args!("usual {}{}", u8::from(usual.0), u8::from(usual.1)));
    let certain = |m: &crate::actors::Mention| {
        if m.certainty >= 0.9 {
            "sure"
        } else if m.certainty >= 0.7 {
            "fair"
        } else {
            "weak"
        }
    };
    let form =
        |m: &crate::actors::Mention| if m.form == MentionForm::Demonym && stage.is_modifier(m) { "adjective" } else { m.form.as_str() };
    put(format_args!("form {}|{}", form(source), form(target)));
    put(format_args!("certain {}|{}", certain(source), certain(target)));
    put(format_args!("r={r} fs={}", form(source)));
    put(format_args!("r={r} ft={}", form(target)));
    let forward = source.tokens.start < target.tokens.start;
    let gap = source.tokens.start.abs_diff(target.tokens.start);
    put(format_args!("gap {}", bucket(gap)));
    put(format_args!("forward {forward} {ra}"));
    let inside = (source.tokens.start.min(target.tokens.start)..=source.tokens.start.max(target.tokens.start)).contains(&c.trigger);
    put(format_args!("inside {inside} gap {}", bucket(gap)));
    let (low, high) = (source.tokens.start.min(target.tokens.start), source.tokens.start.max(target.tokens.start));
    let between = stage
        .cast
        .of_sentence(stage.number)
        .iter()
        .filter(|m| m.tokens.start > low && m.tokens.start < high && m.figure != source.figure && m.figure != target.figure)
        .count();
    put(format_args!("between {}", between.min(4)));
    let pair = direct
        .entry((source.head, target.head))
        .or_insert_with(|| loose::path(tree, source.head, target.head, 5).map_or_else(|| "far".to_owned(), |(p, _)| p))
        .clone();
    put(format_args!("direct {pair}"));
    put(format_args!("r={r} direct {pair}"));
    match c.rule {
        Some(rule) => {
            put(format_args!("rule"));
            put(format_args!("rule={}", rules.rules[rule].id));
            put(format_args!("guess {:.1}", guess(engine, stage.cast, c)));
            put(format_args!("r={r} rule"));
            put(format_args!("rule d{}{}", c.source.distance, c.target.distance));
        }
        None => {
            put(format_args!("loose"));
            put(format_args!("r={r} loose"));
            put(format_args!("loose {}{}", u8::from(!ra.is_empty()), u8::from(!rb.is_empty())));
        }
    }
    // What else was found between the two.
    let mut rivals = 0;
    let mut same = 0;
    let mut reversed = false;
    for o in group {
        let ends = (o.source.figure, o.target.figure) == (c.source.figure, c.target.figure);
        let back = (o.source.figure, o.target.figure) == (c.target.figure, c.source.figure);
        if o.rule.is_some() && (ends || back) {
            if o.relation != c.relation {
                rivals += 1;
            } else if o.trigger != c.trigger && ends {
                same += 1;
            } else if back && !relation.symmetric {
                reversed = true;
            }
        }
    }
    put(format_args!("rivals {} {}", rivals.min(3), u8::from(c.rule.is_some())));
    put(format_args!("same {}", same.min(2)));
    put(format_args!("reversed {reversed} {}", u8::from(c.rule.is_some())));
    let length = tree.len();
    put(format_args!(
        "length {}",
        if length < 15 {
            0
        } else if length < 30 {
            1
        } else if length < 50 {
            2
        } else {
            3
        }
    ));
    put(format_args!("setting {:?}", tree.sentence.setting));
}
