//! Pairs of actors in one sentence, and everything that the sentence shows of how the two stand to one another: the path
//! between them in the tree, the words on it and beside it, what rules fired. From these features the trained judge
//! ([`super::verdict`]) gives each relation its probability; rules say what is sure, these what is possible.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::engine::Engine;
use super::loose::{self, Route, Seen};
use super::read::Candidate;
use super::roles::{Filler, Stage};
use super::tree::Tree;
use crate::actors::{ActorKind, Cast, FigureId, Mention, MentionForm};
use crate::documents::Document;
use crate::language::{Sentence, Upos};

/// At most so many ordered pairs of one sentence are looked at, nearest first.
const CAP: usize = 400;
/// Of the words that speak for one relation of a pair at most so many are weighed, those of rules and near ones first.
const TRIGGERS: usize = 4;
/// Longest path between two actors whose words are looked at.
const REACH: usize = 9;

/// A feature: the hash of its name (see [`name_of`]).
pub type Feature = u64;

/// The names of features, where someone wants to know them (training).
pub type Names = HashMap<Feature, String>;

/// FNV-1a (Fowler, Noll, Vo), of a feature's name, 63 bits; the lowest bit is set for those that begin with `!`: few, seen
/// everywhere, and hardly penalised in training.
#[must_use]
pub fn name_of(text: &str) -> Feature {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash & !1) | u64::from(text.starts_with('!'))
}

/// Whether training hardly penalises a feature.
#[must_use]
pub const fn is_strong(feature: Feature) -> bool {
    feature & 1 == 1
}

/// Stands in place of a relation's own features where nothing but the pair speaks for it.
pub const BARE: &str = "!bare";

/// One relation between a pair that a rule or a trigger word speaks for.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// What was found.
    pub candidate: Candidate,
    /// What speaks for this relation only.
    pub features: Vec<Feature>,
}

/// An ordered pair of actors in a sentence.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// Index of the sentence.
    pub sentence: usize,
    /// Mention of the source.
    pub source: usize,
    /// Mention of the target.
    pub target: usize,
    /// The token that stands for what joins them.
    pub trigger: usize,
    /// Whether the source is named first (symmetric relations are judged once).
    pub forward: bool,
    /// What the pair shows, whatever the relation.
    pub features: Vec<Feature>,
    /// Relations with a trigger, by number.
    pub choices: Vec<Choice>,
}

/// Collects features, with their names on demand.
struct Sink<'a> {
    buffer: String,
    names: Option<&'a mut Names>,
    out: Vec<Feature>,
}

impl Sink<'_> {
    fn put(&mut self, feature: std::fmt::Arguments<'_>) {
        self.buffer.clear();
        let _ = self.buffer.write_fmt(feature);
        let hash = name_of(&self.buffer);
        if let Some(names) = self.names.as_deref_mut() {
            names.entry(hash).or_insert_with(|| self.buffer.clone());
        }
        self.out.push(hash);
    }

    fn take(&mut self) -> Vec<Feature> {
        let mut out = std::mem::take(&mut self.out);
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The pairs of a document, sentence by sentence, with what the rules find between them. Names of features are added to `names`.
#[must_use]
pub fn pairs(engine: &Engine, document: &Document, sentences: &[Sentence], cast: &Cast, names: Option<&mut Names>) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut sink = Sink { buffer: String::new(), names, out: Vec::new() };
    for (number, sentence) in sentences.iter().enumerate() {
        if cast.of_sentence(number).len() < 2 {
            continue;
        }
        let tree = Tree::new(sentence, &document.prose, &engine.reader.words);
        let stage = Stage::new(&tree, cast, number);
        Scene::new(engine, &stage).pairs(&mut sink, &mut out);
    }
    out
}

/// Steps and tokens between two mentions, the two, and the way from one to the other.
type Nearest = (usize, usize, usize, usize, Route);

/// A sentence with what its words can set off.
struct Scene<'a> {
    engine: &'a Engine,
    stage: &'a Stage<'a>,
    /// What the rules find.
    group: Vec<Candidate>,
    /// Relations that each token can set off.
    triggers: Vec<Vec<usize>>,
    /// What each token sees that can set off a relation.
    seen: BTreeMap<usize, Vec<Seen>>,
}

impl<'a> Scene<'a> {
    fn new(engine: &'a Engine, stage: &'a Stage<'a>) -> Self {
        let tree = stage.tree;
        let rules = &engine.reader.rules;
        let fired: Vec<Vec<usize>> = (0..tree.len()).map(|t| engine.reader.rules_at(stage, t)).collect();
        let mut seen = BTreeMap::new();
        let triggers = (0..tree.len())
            .map(|t| {
                if !loose::may_trigger(tree, t) {
                    return Vec::new();
                }
                let own = fired[t].iter().map(|r| &rules.rules[*r]).filter(|r| r.mentions.is_empty());
                let mut out: Vec<usize> = own.map(|r| r.relation).collect();
                out.sort_unstable();
                out.dedup();
                if !out.is_empty() || tree.token(t).upos == Upos::Verb {
                    seen.insert(t, loose::seen(stage, t));
                }
                out
            })
            .collect();
        let mut group = engine.reader.found(stage, &fired);
        // Where the ends stand as their trigger sees them; triggers that actors themselves are see for this alone.
        let mut actors: BTreeMap<usize, Vec<Seen>> = BTreeMap::new();
        for c in &mut group {
            let seen = match seen.get(&c.trigger) {
                Some(seen) => seen,
                None => &*actors.entry(c.trigger).or_insert_with(|| loose::seen(stage, c.trigger)),
            };
            if let Some(s) = seen.iter().find(|s| s.mention == c.source.mention) {
                c.source_path.clone_from(&s.path);
                c.source_steps = s.steps;
                c.source_role.clone_from(&s.role);
            }
            if let Some(s) = seen.iter().find(|s| s.mention == c.target.mention) {
                c.target_path.clone_from(&s.path);
                c.target_steps = s.steps;
                c.target_role.clone_from(&s.role);
            }
        }
        Self { engine, stage, group, triggers, seen }
    }

    fn pairs(&self, sink: &mut Sink<'_>, out: &mut Vec<Pair>) {
        let (stage, tree) = (self.stage, self.stage.tree);
        let first = stage.cast.mentions.partition_point(|m| m.sentence < stage.number);
        let here: Vec<usize> =
            stage.cast.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.sentence == stage.number).map(|(i, _)| i).collect();
        // Of the mentions of two figures, the nearest two.
        let mut best: BTreeMap<(FigureId, FigureId), Nearest> = BTreeMap::new();
        for a in &here {
            for b in &here {
                let (ma, mb) = (stage.mention(*a), stage.mention(*b));
                if ma.figure >= mb.figure {
                    continue;
                }
                let Some(route) = Route::between(tree, ma.head, mb.head) else { continue };
                let gap = ma.tokens.start.abs_diff(mb.tokens.start);
                let key = (route.steps(), gap);
                let place = best.entry((ma.figure, mb.figure)).or_insert((usize::MAX, 0, *a, *b, Route::default()));
                if key < (place.0, place.1) {
                    *place = (key.0, key.1, *a, *b, route);
                }
            }
        }
        let mut list: Vec<_> = best.into_values().collect();
        if list.len() * 2 > CAP {
            list.sort_by_key(|(steps, gap, a, b, _)| (*steps, *gap, *a, *b));
            list.truncate(CAP / 2);
            list.sort_by_key(|(_, _, a, b, _)| (*a, *b));
        }
        for (_, _, a, b, route) in list {
            out.push(self.pair(a, b, &route, sink));
            out.push(self.pair(b, a, &route.back(), sink));
        }
    }

    fn kind(&self, mention: usize) -> ActorKind {
        self.stage.cast.figures[self.stage.mention(mention).figure].kind
    }

    fn form(&self, m: &Mention) -> &'static str {
        if m.form == MentionForm::Demonym && self.stage.is_modifier(m) { "adjective" } else { m.form.as_str() }
    }

    fn pair(&self, a: usize, b: usize, route: &Route, sink: &mut Sink<'_>) -> Pair {
        let stage = self.stage;
        let (source, target) = (stage.mention(a), stage.mention(b));
        let trigger = self.centre(route);
        let forward = source.tokens.start < target.tokens.start;
        let choices = self.choices(a, b, sink);
        self.describe(a, b, route, forward, sink);
        self.joint(source, target, route, sink);
        self.fired(source.figure, target.figure, sink);
        Pair { sentence: stage.number, source: a, target: b, trigger, forward, features: sink.take(), choices }
    }

    /// The token that best stands for what joins two actors.
    fn centre(&self, route: &Route) -> usize {
        let inner = route.inner();
        if inner.contains(&route.top) {
            return route.top;
        }
        inner.last().copied().unwrap_or(route.top)
    }

    /// Kinds, forms, distance, the bare path.
    fn describe(&self, a: usize, b: usize, route: &Route, forward: bool, sink: &mut Sink<'_>) {
        let (stage, tree) = (self.stage, self.stage.tree);
        let (source, target) = (stage.mention(a), stage.mention(b));
        let (ks, kt) = (self.kind(a), self.kind(b));
        let (ls, lt) = (lump(ks), lump(kt));
        sink.put(format_args!("!bias"));
        sink.put(format_args!("k {ls}>{lt}"));
        sink.put(format_args!("K {ks}>{kt}"));
        sink.put(format_args!("ks {ks}"));
        sink.put(format_args!("kt {kt}"));
        let (fs, ft) = (self.form(source), self.form(target));
        sink.put(format_args!("form {fs}|{ft}"));
        sink.put(format_args!("form {fs}|{ft} {ls}>{lt}"));
        sink.put(format_args!("certain {}|{}", certain(source), certain(target)));
        let (low, high) = (source.tokens.start.min(target.tokens.start), source.tokens.start.max(target.tokens.start));
        let gap = high - low;
        sink.put(format_args!("gap {} {forward}", bucket(gap)));
        let between = stage
            .cast
            .of_sentence(stage.number)
            .iter()
            .filter(|m| m.tokens.start > low && m.tokens.start < high && m.figure != source.figure && m.figure != target.figure)
            .count();
        sink.put(format_args!("between {}", between.min(4)));
        let steps = route.steps();
        sink.put(format_args!("steps {}", steps.min(8)));
        if steps <= 5 {
            let path = route.path(tree);
            sink.put(format_args!("path {path}"));
            sink.put(format_args!("path {path} {ls}>{lt}"));
            if steps <= 2 {
                sink.put(format_args!("path {path} {fs}|{ft}"));
            }
        }
        let entry = |figure: usize| stage.cast.figures[figure].entry;
        if let (Some(es), Some(et)) = (entry(source.figure), entry(target.figure)) {
            let catalogue = &self.engine.knowledge.catalogue;
            if catalogue.entry(es).home.contains(&et) {
                sink.put(format_args!("home of source"));
            }
            if catalogue.entry(et).home.contains(&es) {
                sink.put(format_args!("home of target"));
            }
        }
        if stage.cast.figures[source.figure].within == Some(target.figure) {
            sink.put(format_args!("within"));
        }
        let length = [15, 30, 50].iter().filter(|n| tree.len() >= **n).count();
        sink.put(format_args!("length {length}"));
        sink.put(format_args!("setting {:?}", tree.sentence.setting));
    }

    /// How the two hang on what joins them, and the relations that the words on the way can set off.
    fn joint(&self, source: &Mention, target: &Mention, route: &Route, sink: &mut Sink<'_>) {
        let tree = self.stage.tree;
        if route.steps() <= REACH {
            let edge = |t: Option<&usize>| t.map_or_else(|| "self".to_owned(), |t| loose::label(tree, *t));
            let (es, et) = (edge(route.up.last()), edge(route.down.first()));
            sink.put(format_args!("edges {es}|{et}"));
            sink.put(format_args!("edges {es}|{et} {}", tree.token(route.top).upos));
            for t in route.inner() {
                for r in &self.triggers[t] {
                    sink.put(format_args!("on ={}", self.engine.reader.rules.relations[*r].name));
                }
            }
        }
        for (m, side) in [(source, 's'), (target, 't')] {
            let nearer = self
                .stage
                .cast
                .of_sentence(self.stage.number)
                .iter()
                .filter(|o| o.figure != source.figure && o.figure != target.figure)
                .filter(|o| Route::between(tree, m.head, o.head).is_some_and(|r| r.steps() <= route.steps().saturating_sub(1)))
                .count();
            sink.put(format_args!("nearer {side} {}", nearer.min(3)));
        }
    }

    /// The rules that fired between the two or nearby.
    fn fired(&self, source: FigureId, target: FigureId, sink: &mut Sink<'_>) {
        let rules = &self.engine.reader.rules;
        for c in &self.group {
            let ends = (c.source.figure, c.target.figure);
            let Some(rule) = c.rule.map(|r| &rules.rules[r]) else { continue };
            let name = &rules.relations[c.relation].name;
            if ends == (source, target) {
                sink.put(format_args!("rule {}", rule.id));
                sink.put(format_args!("!fired {name}"));
            } else if ends == (target, source) {
                sink.put(format_args!("back {name}"));
            } else if ends.0 == source {
                sink.put(format_args!("s does {name}"));
            } else if ends.1 == target {
                sink.put(format_args!("t gets {name}"));
            } else if ends.0 == target {
                sink.put(format_args!("t does {name}"));
            } else if ends.1 == source {
                sink.put(format_args!("s gets {name}"));
            }
        }
    }

    /// The nearest mentions of two figures that a token sees.
    fn both<'s>(&self, seen: &'s [Seen], source: FigureId, target: FigureId) -> Option<(&'s Seen, &'s Seen)> {
        let nearest = |figure: FigureId| {
            seen.iter().filter(|s| self.stage.mention(s.mention).figure == figure).min_by_key(|s| (s.role.is_empty(), s.steps, s.mention))
        };
        Some((nearest(source)?, nearest(target)?))
    }

    /// The relations between a pair that rules or trigger words speak for.
    fn choices(&self, a: usize, b: usize, sink: &mut Sink<'_>) -> Vec<Choice> {
        let (stage, rules) = (self.stage, &self.engine.reader.rules);
        let (source, target) = (stage.mention(a).figure, stage.mention(b).figure);
        let mut found: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for c in &self.group {
            let symmetric = rules.relations[c.relation].symmetric;
            if (c.source.figure, c.target.figure) == (source, target)
                || (symmetric && (c.source.figure, c.target.figure) == (target, source))
            {
                found.entry(c.relation).or_default().push(c.clone());
            }
        }
        let (ka, kb) = (self.kind(a), self.kind(b));
        for (token, seen) in &self.seen {
            let Some((s, t)) = self.both(seen, source, target) else { continue };
            if s.steps + t.steps > 7 {
                continue;
            }
            for relation in &self.triggers[*token] {
                let (sources, targets) = &rules.usual[*relation];
                if (!sources.is_empty() && !sources.contains(&ka)) || (!targets.is_empty() && !targets.contains(&kb)) {
                    continue;
                }
                let list = found.entry(*relation).or_default();
                if list.iter().any(|c| c.trigger == *token) {
                    continue;
                }
                list.push(Candidate {
                    sentence: stage.number,
                    relation: *relation,
                    rule: None,
                    trigger: *token,
                    source: loose::filler(stage, s),
                    source_role: s.role.clone(),
                    source_path: s.path.clone(),
                    source_steps: s.steps,
                    target: loose::filler(stage, t),
                    target_role: t.role.clone(),
                    target_path: t.path.clone(),
                    target_steps: t.steps,
                    ..Candidate::default()
                });
            }
        }
        let fired: Vec<usize> = found.iter().filter(|(_, l)| l.iter().any(|c| c.rule.is_some())).map(|(r, _)| *r).collect();
        let mut out = Vec::new();
        for mut list in found.into_values() {
            list.sort_by_key(|c| (c.rule.is_none(), c.source_steps + c.target_steps, c.trigger));
            list.truncate(TRIGGERS);
            for candidate in list {
                self.speak_for(&candidate, &fired, sink);
                out.push(Choice { candidate, features: sink.take() });
            }
        }
        out
    }

    /// How the two stand to a trigger among all actors that it sees: in what roles others stand, how many are nearer.
    fn rivalry(&self, c: &Candidate, sink: &mut Sink<'_>) {
        let Some(seen) = self.seen.get(&c.trigger) else { return };
        let figure = |s: &Seen| self.stage.mention(s.mention).figure;
        let ends = [c.source.figure, c.target.figure];
        let other = |role: &str| seen.iter().any(|s| plain(&s.role) == role && !ends.contains(&figure(s)));
        let roles = [("subject", 's'), ("object", 'o'), ("possessor", 'p'), ("by", 'b'), ("modifier", 'm'), ("hyphen", 'h')];
        let taken: String = roles.iter().filter(|(r, _)| other(r)).map(|(_, l)| *l).collect();
        let (a, b) = (plain(&c.source_role), plain(&c.target_role));
        sink.put(format_args!("c taken {taken} {a}|{b}"));
        sink.put(format_args!("c taken {taken}"));
        for (end, steps, role, side) in [(ends[0], c.source_steps, a, 'a'), (ends[1], c.target_steps, b, 'b')] {
            let mut nearer: Vec<FigureId> = seen.iter().filter(|s| s.steps < steps && !ends.contains(&figure(s))).map(figure).collect();
            nearer.sort_unstable();
            nearer.dedup();
            let filled = role != "-";
            sink.put(format_args!("c nearer {side} {} {filled}", nearer.len().min(3)));
            let others = seen.iter().filter(|s| !s.role.is_empty() && figure(s) != end).count();
            sink.put(format_args!("c others {side} {} {filled}", others.min(3)));
        }
        // Whether the trigger joins the two: it stands on the way from one to the other.
        let tree = self.stage.tree;
        let heads = (self.stage.mention(c.source.mention).head, self.stage.mention(c.target.mention).head);
        if let Some(route) = Route::between(tree, heads.0, heads.1) {
            let place = if route.top == c.trigger {
                "top"
            } else if route.inner().contains(&c.trigger) {
                "way"
            } else if tree.token(c.trigger).head.is_some_and(|h| route.inner().contains(&h)) {
                "beside"
            } else {
                "off"
            };
            sink.put(format_args!("c place {place}"));
            sink.put(format_args!("c place {place} {a}|{b}"));
        }
    }

    /// What speaks for one relation.
    fn speak_for(&self, c: &Candidate, fired: &[usize], sink: &mut Sink<'_>) {
        let (stage, tree) = (self.stage, self.stage.tree);
        let rules = &self.engine.reader.rules;
        let relation = &rules.relations[c.relation];
        let (source, target) = (stage.mention(c.source.mention), stage.mention(c.target.mention));
        let (ks, kt) = (stage.kind(&c.source), stage.kind(&c.target));
        let lemma = tree.lemma(c.trigger).to_lowercase();
        let (ra, rb) = (c.source_role.as_str(), c.target_role.as_str());
        let (pa, pb) = (c.source_path.as_str(), c.target_path.as_str());
        let upos = tree.token(c.trigger).upos;
        sink.put(format_args!("!c"));
        sink.put(format_args!("c w {lemma}"));
        sink.put(format_args!("c w {lemma} {ra}|{rb}"));
        sink.put(format_args!("c {upos}"));
        sink.put(format_args!("c senses {}", self.triggers[c.trigger].len().min(4)));
        sink.put(format_args!("c {ra}|{rb}"));
        sink.put(format_args!("c {upos} {ra}|{rb}"));
        sink.put(format_args!("c sign {} {ra}|{rb}", relation.sign));
        sink.put(format_args!("c a {ra}"));
        sink.put(format_args!("c b {rb}"));
        sink.put(format_args!("c p {pa}|{pb}"));
        sink.put(format_args!("c pa {pa}"));
        sink.put(format_args!("c pb {pb}"));
        sink.put(format_args!("c steps {}|{}", c.source_steps.min(6), c.target_steps.min(6)));
        self.rivalry(c, sink);
        let entry = |figure: usize| stage.cast.figures[figure].entry;
        if let (Some(es), Some(et)) = (entry(c.source.figure), entry(c.target.figure)) {
            let catalogue = &self.engine.knowledge.catalogue;
            let known = match relation.name.as_str() {
                "leads" | "serves" => catalogue.offices(es).next().map(|_| catalogue.offices(es).any(|t| t.of == et)),
                "member_of" => Some(catalogue.memberships.iter().any(|m| m.member == es && m.of == et)),
                _ => Some(catalogue.entry(es).home.contains(&et)).filter(|_| !catalogue.entry(es).home.is_empty()),
            };
            if let Some(known) = known {
                sink.put(format_args!("c known {known}"));
            }
        }
        let (us, ut) = &rules.usual[c.relation];
        sink.put(format_args!("c usual {}{}", u8::from(us.is_empty() || us.contains(&ks)), u8::from(ut.is_empty() || ut.contains(&kt))));
        let (low, high) = (source.tokens.start.min(target.tokens.start), source.tokens.start.max(target.tokens.start));
        let inside = (low..=high).contains(&c.trigger);
        sink.put(format_args!("c inside {inside} gap {}", bucket(high - low)));
        let others = fired.iter().filter(|r| **r != c.relation).count();
        match c.rule {
            Some(rule) => {
                sink.put(format_args!("!c rule"));
                sink.put(format_args!("c rule {}", rules.rules[rule].id));
                sink.put(format_args!("!c guess {:.1}", super::verdict::guess(self.engine, stage.cast, c)));
                sink.put(format_args!("c rule d{}{}", c.source.distance, c.target.distance));
            }
            None => {
                sink.put(format_args!("!c loose {}{}", u8::from(!ra.is_empty()), u8::from(!rb.is_empty())));
            }
        }
        sink.put(format_args!("c rivals {} {}", others.min(3), u8::from(c.rule.is_some())));
        let same = self
            .group
            .iter()
            .filter(|o| o.relation == c.relation && o.trigger != c.trigger)
            .filter(|o| (o.source.figure, o.target.figure) == (c.source.figure, c.target.figure))
            .count();
        sink.put(format_args!("c same {}", same.min(2)));
        let reversed = !relation.symmetric
            && self
                .group
                .iter()
                .any(|o| o.relation == c.relation && (o.source.figure, o.target.figure) == (c.target.figure, c.source.figure));
        sink.put(format_args!("c reversed {reversed} {}", u8::from(c.rule.is_some())));
    }
}

/// A role without its distance.
fn plain(role: &str) -> &str {
    match role.split('+').next() {
        Some("") | None => "-",
        Some(r) => r,
    }
}

/// A candidate for a relation that nothing but the pair itself speaks for.
#[must_use]
pub fn bare(cast: &Cast, pair: &Pair, relation: usize) -> Candidate {
    let filler = |m: usize| Filler { mention: m, figure: cast.mentions[m].figure, distance: 2, phrase: cast.mentions[m].head };
    Candidate {
        sentence: pair.sentence,
        relation,
        rule: None,
        trigger: pair.trigger,
        source: filler(pair.source),
        target: filler(pair.target),
        ..Candidate::default()
    }
}

fn certain(m: &Mention) -> &'static str {
    if m.certainty >= 0.9 {
        "sure"
    } else if m.certainty >= 0.7 {
        "fair"
    } else {
        "weak"
    }
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
