//! Reads a document's statements: triggers, roles, context, time and quantity, one sentence after the other.

use std::collections::BTreeMap;

use super::context;
use super::quantity::{measuring, quantities};
use super::roles::{Filler, Stage};
use super::rules::{Role, Rules, TriggerKind};
use super::shades::{self, Carried, FROM, Period, Sink, Sums, Surroundings, Talk, probability};
use super::statement::{Modality, Polarity, Status};
use super::time::{Clock, TimeExpression, dating, expressions};
use super::tree::Tree;
use super::words::Words;
use crate::actors::{Cast, FigureId, MentionForm, Weights};
use crate::documents::{Document, PartialDate};
use crate::language::{Sentence, Upos};

/// A relation found, before it becomes a statement: everything that confidence is reckoned from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidate {
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of the relation.
    pub relation: usize,
    /// Index of the rule; none for a loose candidate (see [`super::loose`]).
    pub rule: Option<usize>,
    /// The trigger's token.
    pub trigger: usize,
    /// Source filler.
    pub source: Filler,
    /// Role in which the source was found; empty where in none.
    pub source_role: String,
    /// Tree path from the trigger to the source.
    pub source_path: String,
    /// Its length.
    pub source_steps: usize,
    /// Target filler.
    pub target: Filler,
    /// Role in which the target was found; empty where in none.
    pub target_role: String,
    /// Tree path from the trigger to the target.
    pub target_path: String,
    /// Its length.
    pub target_steps: usize,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// Fact or not.
    pub modality: Modality,
    /// Over or lasting.
    pub status: Status,
    /// Whose word.
    pub speaker: Option<FigureId>,
    /// Since when.
    pub start: Option<PartialDate>,
    /// Until when.
    pub end: Option<PartialDate>,
    /// How much.
    pub quantity: Option<String>,
    /// What decided polarity and modality.
    pub because: Vec<String>,
}

/// What stands around a trigger: context, date, sums of the trained weights, features.
type Around<'t> = (context::Context, Option<&'t TimeExpression>, Sums, Vec<String>);

/// Rules and words together.
#[derive(Debug, Default)]
pub struct Reader {
    /// The rules.
    pub rules: Rules,
    /// The word lists.
    pub words: Words,
    /// Trained weights for what stands around a statement (see [`shades`]).
    pub shades: Weights,
}

impl Reader {
    /// What the rules find in a sentence, in order of place; `fired` has the rules that each token sets off. Linear in triggers.
    pub(super) fn found(&self, stage: &Stage<'_>, fired: &[Vec<usize>]) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for (token, rules) in fired.iter().enumerate() {
            for rule in rules {
                self.apply(stage, *rule, token, &mut found);
            }
        }
        found.sort_by_key(|c| (c.trigger, c.relation, c.source.mention, c.target.mention));
        found
    }

    /// Adds to candidates what the words around them say: polarity, modality, status, speaker, time, quantity.
    /// With `record`, what the trained weights look at is written down, candidate by candidate.
    pub fn complete(
        &self,
        document: &Document,
        sentences: &[Sentence],
        cast: &Cast,
        candidates: &mut [Candidate],
        mut record: Option<&mut Vec<Surroundings>>,
    ) {
        let year = document.date.map(PartialDate::year).or_else(|| latest_year(document, sentences));
        let mut clock = Clock { document: document.date, year, ..Clock::default() };
        let mut from = 0;
        let mut talk = Talk::default();
        for (number, sentence) in sentences.iter().enumerate() {
            let tree = Tree::new(sentence, &document.prose, &self.words);
            let stage = Stage::new(&tree, cast, number);
            talk.enter(&stage);
            clock.now = number;
            let told = clock.last.filter(|_| number <= clock.last_at + 2);
            let last = clock.last.filter(|_| clock.last_at < number).map(|date| (date, number - clock.last_at));
            let carried = Carried { last, document: document.date };
            let times = expressions(&tree, &mut clock);
            let to = from + candidates[from..].iter().take_while(|c| c.sentence == number).count();
            let found = &mut candidates[from..to];
            from = to;
            if found.is_empty() {
                continue;
            }
            let amounts = quantities(&tree);
            let mut contexts: BTreeMap<usize, Around<'_>> = BTreeMap::new();
            let mut sink = Sink::new(&self.shades, record.is_some());
            for c in found {
                let (context, time, sums, features) = contexts.entry(c.trigger).or_insert_with(|| {
                    let context = context::read(&stage, c.trigger);
                    let time = dating(&tree, &times, c.trigger);
                    shades::trigger(&stage, c.trigger, &context, &talk, time, &mut sink);
                    let (sums, features) = sink.take();
                    (context, time, sums, features)
                });
                let rule = c.rule.map(|r| &self.rules.rules[r]);
                let denied = rule.is_some_and(|r| r.denied);
                c.polarity = if (context.polarity == Polarity::Denied) == denied { Polarity::Asserted } else { Polarity::Denied };
                c.modality = if rule.is_some_and(|r| r.other) { Modality::Other } else { context.modality };
                c.status = if rule.is_some_and(|r| r.ended) { Status::Ended } else { context.status };
                // Nobody is reported on one's own deed: "Turkey said it supports Azerbaijan" is Turkey's word all the same.
                c.speaker =
                    shades::speaker(&stage, c, context, &talk).filter(|s| *s != c.target.figure || context.polarity == Polarity::Denied);
                c.because.clone_from(&context.because);
                if let Some(time) = time {
                    c.start = time.start;
                    c.end = time.end;
                } else if self.rules.relations[c.relation].sign != 0
                    && let Some(told) = told
                {
                    // Told on from a sentence that names a date: its year.
                    c.start = PartialDate::from_year(told.year());
                    c.end = c.start;
                }
                c.quantity = measuring(&tree, &amounts, c.trigger).map(|q| q.text.clone());
                if !self.shades.is_empty() || record.is_some() {
                    let mut around = self.shade(&stage, c, context, &talk, (*sums, features), &mut sink);
                    let mut best: Option<(f64, Period)> = None;
                    shades::dates(&stage, &self.rules, c, (&times, *time), (carried, &talk), &mut sink, &mut |period, sums, features| {
                        let p = probability(sums[3]);
                        if p >= FROM[3] && best.is_none_or(|(b, _)| p > b) {
                            best = Some((p, period));
                        }
                        if !features.is_empty() {
                            around.dates.push((period, features));
                        }
                    });
                    if !self.shades.is_empty() {
                        (c.start, c.end) = best.map(|(_, period)| period).unwrap_or_default();
                    }
                    if let Some(record) = record.as_deref_mut() {
                        record.push(around);
                    }
                }
            }
        }
    }

    /// Adds to what the rules have found what trained weights find: no fact, over, somebody's word.
    fn shade(
        &self,
        stage: &Stage<'_>,
        c: &mut Candidate,
        context: &context::Context,
        talk: &Talk,
        (base, features): (Sums, &[String]),
        sink: &mut Sink<'_>,
    ) -> Surroundings {
        shades::statement(stage, &self.rules, c, context, sink);
        let (sums, more) = sink.take();
        let mut around = Surroundings { features: features.iter().cloned().chain(more).collect(), ..Surroundings::default() };
        let mut best: Option<(f64, FigureId)> = None;
        shades::speakers(stage, &self.rules, c, context, talk, sink, &mut |figure, sums, features| {
            let p = probability(sums[2]);
            if p >= FROM[2] && best.is_none_or(|(b, _)| p > b) {
                best = Some((p, figure));
            }
            if !features.is_empty() {
                around.speakers.push((figure, features));
            }
        });
        if !self.shades.is_empty() {
            let yes = |i: usize| probability(base[i] + sums[i]) >= FROM[i];
            if yes(0) {
                c.modality = Modality::Other;
            }
            if yes(1) {
                c.status = Status::Ended;
            }
            c.speaker = best.map(|(_, figure)| figure).or(c.speaker);
        }
        around
    }

    /// The rule behind a candidate of a sentence: `relation/name`, or `relation/~word` where only a trigger and the judge speak for it.
    #[must_use]
    pub fn rule_id(&self, candidate: &Candidate, sentence: &Sentence) -> String {
        match candidate.rule {
            Some(rule) => self.rules.rules[rule].id.clone(),
            None => format!("{}/~{}", self.rules.relations[candidate.relation].name, sentence.tokens[candidate.trigger].lemma),
        }
    }

    /// The rules that a token sets off.
    pub(super) fn rules_at(&self, stage: &Stage<'_>, token: usize) -> Vec<usize> {
        let tree = stage.tree;
        let own = tree.token(token);
        let mut out: Vec<usize> = Vec::new();
        let add = |out: &mut Vec<usize>, kind: TriggerKind, lemma: &str| {
            for (rule, more) in self.rules.of(kind, lemma) {
                if more.as_ref().is_none_or(|m| self.follows(stage, token, kind, m)) && !out.contains(rule) {
                    out.push(*rule);
                }
            }
        };
        match own.upos {
            Upos::Verb | Upos::Aux => add(&mut out, TriggerKind::Verb, &own.lemma),
            Upos::Noun | Upos::Propn => {
                add(&mut out, TriggerKind::Noun, &own.lemma.to_lowercase());
                if out.is_empty() {
                    add(&mut out, TriggerKind::Noun, tree.lower(token));
                }
            }
            Upos::Adj => add(&mut out, TriggerKind::Adjective, &own.lemma),
            Upos::Adv | Upos::Adp | Upos::Sconj => add(&mut out, TriggerKind::Adverb, tree.lower(token)),
            _ => {}
        }
        let compound = token > 1 && matches!(tree.lower(token - 1), "-" | "‑" | "–");
        if (own.upos == Upos::Adj || compound || (own.upos == Upos::Verb && out.is_empty())) && !matches!(own.upos, Upos::Punct) {
            for verb in self.words.verbs_of_participle(tree.lower(token)) {
                add(&mut out, TriggerKind::Verb, &verb);
            }
        }
        if !stage.at(token).is_empty() {
            for rule in self.rules.of_mentions() {
                let kinds = &self.rules.rules[*rule].mentions;
                let fits = stage.at(token).iter().any(|m| {
                    let m = stage.mention(*m);
                    matches!(m.form, MentionForm::Name | MentionForm::Description) && kinds.contains(&stage.cast.figures[m.figure].kind)
                });
                if fits && !out.contains(rule) {
                    out.push(*rule);
                }
            }
        }
        out
    }

    /// Whether a trigger has its particle, or the words of a noun of several words stand before it.
    fn follows(&self, stage: &Stage<'_>, token: usize, kind: TriggerKind, more: &str) -> bool {
        let tree = stage.tree;
        if kind == TriggerKind::Verb {
            let mut at = token;
            return more.split(' ').all(|particle| {
                let hit = tree.children(token).iter().copied().find(|c| {
                    tree.lower(*c) == particle
                        && matches!(tree.token(*c).upos, Upos::Adp | Upos::Adv | Upos::Part | Upos::Sconj | Upos::Adj | Upos::Noun)
                });
                let hit = hit.or_else(|| (at + 1 < tree.len() && tree.lower(at + 1) == particle).then_some(at + 1));
                if let Some(h) = hit {
                    at = h;
                }
                hit.is_some()
            });
        }
        let words: Vec<&str> = more.split(' ').collect();
        words.len() <= token + 1
            && words.iter().rev().enumerate().all(|(k, w)| {
                let t = token - k;
                tree.lower(t) == *w || tree.lemma(t) == *w
            })
    }

    fn apply(&self, stage: &Stage<'_>, number: usize, trigger: usize, out: &mut Vec<Candidate>) {
        let rule = &self.rules.rules[number];
        if !stage.allows(rule, trigger) {
            return;
        }
        let relation = &self.rules.relations[rule.relation];
        let Some((target_role, mut targets)) = first_filled(stage, &rule.target, &rule.target_kinds, trigger, None) else { return };
        let Some((source_role, mut sources)) =
            first_filled(stage, &rule.source, &rule.source_kinds, trigger, Some((&target_role, &targets)))
        else {
            return;
        };
        let shared = source_role == target_role;
        if shared {
            // A and B clashed: within one role each with the others.
            let all = std::mem::take(&mut targets);
            sources.clone_from(&all);
            targets = all;
        }
        for (i, source) in sources.iter().enumerate() {
            for (j, target) in targets.iter().enumerate() {
                if source.figure == target.figure || (shared && relation.symmetric && j <= i) || (shared && j == i) {
                    continue;
                }
                let same = out.iter_mut().find(|c| {
                    c.relation == rule.relation
                        && c.trigger == trigger
                        && c.source.figure == source.figure
                        && c.target.figure == target.figure
                });
                if let Some(old) = same {
                    let nearer = source.distance + target.distance < old.source.distance + old.target.distance;
                    if !nearer {
                        continue;
                    }
                    old.rule = Some(number);
                    old.source = source.clone();
                    old.target = target.clone();
                    old.source_role = source_role.to_string();
                    old.target_role = target_role.to_string();
                    continue;
                }
                out.push(Candidate {
                    sentence: stage.number,
                    relation: rule.relation,
                    rule: Some(number),
                    trigger,
                    source: source.clone(),
                    source_role: source_role.to_string(),
                    target: target.clone(),
                    target_role: target_role.to_string(),
                    ..Candidate::default()
                });
            }
        }
    }
}

/// The latest year that a document names.
fn latest_year(document: &Document, sentences: &[Sentence]) -> Option<i16> {
    let years = sentences.iter().flat_map(|s| &s.tokens).filter_map(|t| {
        let form = t.span.of(&document.prose);
        (form.len() == 4).then(|| form.parse::<i16>().ok()).flatten().filter(|y| (1900..=2035).contains(y))
    });
    years.max()
}

/// The first role of a list that holds actors of the kinds asked for, apart from those that the other end has taken.
fn first_filled(
    stage: &Stage<'_>,
    roles: &[Role],
    kinds: &[crate::actors::ActorKind],
    trigger: usize,
    other: Option<(&Role, &Vec<Filler>)>,
) -> Option<(Role, Vec<Filler>)> {
    for role in roles {
        let mut found = stage.fill(role, trigger);
        if !kinds.is_empty() {
            found.retain(|f| kinds.contains(&stage.kind(f)));
        }
        if let Some((taken_role, taken)) = other {
            if role == taken_role {
                if taken.len() > 1 {
                    return Some((role.clone(), taken.clone()));
                }
                continue;
            }
            if taken.len() == 1 {
                found.retain(|f| f.figure != taken[0].figure);
            }
        }
        if !found.is_empty() {
            return Some((role.clone(), found));
        }
    }
    None
}
