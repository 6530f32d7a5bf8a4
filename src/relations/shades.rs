//! What stands around a statement, as features for trained weights: whether the text tells it as no fact or as over,
//! whose word it is, and when it was.
//!
//! The rules of [`super::context`] say what is sure; their findings are features among others here. For each question a
//! logistic regression, trained on annotated texts by `suzerain score --train-context`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::context::Context;
use super::loose;
use super::read::Candidate;
use super::roles::Stage;
use super::rules::Rules;
use super::statement::{Modality, Polarity, Status};
use super::time::TimeExpression;
use super::tree::Tree;
use crate::actors::{FigureId, Weights};
use crate::documents::PartialDate;
use crate::language::{Deprel, Feats, Upos};

/// The questions, in the order of the weights.
pub const SHADES: [&str; 4] = ["other", "ended", "speaker", "date"];

/// From which probability each question is answered with yes; chosen by held-out folds.
pub const FROM: [f64; 4] = [0.3, 0.25, 0.2, 0.15];

/// Governors looked at, from the trigger upwards.
const HEIGHT: usize = 6;

/// A sum of weights for each question.
pub type Sums = [f32; SHADES.len()];

/// The features of one statement, where training asks for them.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Features that all questions but the speaker's share.
    pub features: Vec<String>,
    /// Who might be its speaker, each with features.
    pub speakers: Vec<(FigureId, Vec<String>)>,
    /// When it may be: start, end, features.
    pub dates: Vec<(Period, Vec<String>)>,
}

/// Start and end.
pub type Period = (Option<PartialDate>, Option<PartialDate>);

/// Takes features: adds up their weights and keeps them where asked to.
pub(super) struct Sink<'w> {
    weights: &'w Weights,
    buffer: String,
    sums: Sums,
    kept: Option<Vec<String>>,
}

impl<'w> Sink<'w> {
    pub(super) fn new(weights: &'w Weights, keep: bool) -> Self {
        Self { weights, buffer: String::new(), sums: Sums::default(), kept: keep.then(Vec::new) }
    }

    fn put(&mut self, feature: std::fmt::Arguments<'_>) {
        self.buffer.clear();
        let _ = self.buffer.write_fmt(feature);
        self.weights.add(&self.buffer, &mut self.sums);
        if let Some(kept) = &mut self.kept {
            kept.push(self.buffer.clone());
        }
    }

    /// The sums and the features taken so far; starts anew.
    pub(super) fn take(&mut self) -> (Sums, Vec<String>) {
        let kept = self.kept.as_mut().map(std::mem::take).unwrap_or_default();
        (std::mem::take(&mut self.sums), kept)
    }
}

/// The probability of a sum of weights.
#[must_use]
pub fn probability(sum: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(sum)).exp())
}

/// What a text has carried from the sentences before: an open quotation, the last who spoke.
#[derive(Debug, Clone, Default)]
pub(super) struct Talk {
    /// Whether a quotation is open where the sentence begins.
    open: bool,
    /// Who spoke last, and in which sentence.
    last: Option<(FigureId, usize)>,
    /// The paragraph of the sentence before.
    paragraph: usize,
    /// The tokens of the sentence that stand in quotation marks.
    pub(super) quoted: Vec<bool>,
    /// Who speaks in the sentence: verb of saying, figure.
    pub(super) sayers: Vec<(usize, FigureId)>,
    /// Who spoke last before the sentence.
    pub(super) before: Option<(FigureId, usize)>,
    /// Whether the sentence begins inside a quotation.
    running: bool,
    /// Whether it begins a paragraph.
    pub(super) fresh: bool,
}

impl Talk {
    /// Moves on to a sentence.
    pub(super) fn enter(&mut self, stage: &Stage<'_>) {
        let tree = stage.tree;
        self.fresh = tree.sentence.paragraph != self.paragraph;
        if self.fresh {
            self.open = false;
            self.paragraph = tree.sentence.paragraph;
        }
        self.running = self.open;
        self.before = self.last;
        self.quoted.clear();
        for t in 0..tree.len() {
            let form = tree.lower(t);
            match form {
                "“" | "„" | "«" | "``" => self.open = true,
                "”" | "»" | "''" => self.open = false,
                "\"" => self.open = !self.open,
                _ => {}
            }
            self.quoted.push(self.open);
        }
        self.sayers.clear();
        for t in 0..tree.len() {
            let according = tree.lower(t) == "according";
            if according || (tree.is_verb(t) && tree.words.say.contains(tree.lemma(t))) {
                let heads: Vec<usize> = if according {
                    tree.token(t).head.into_iter().chain(tree.children(t).iter().copied()).filter(|h| *h > t).collect()
                } else {
                    tree.subjects(t)
                };
                if let Some(f) = heads.first().and_then(|h| stage.phrase(*h).first().map(|f| f.figure)) {
                    self.sayers.push((t, f));
                }
            }
        }
        if let Some((_, f)) = self.sayers.last() {
            self.last = Some((*f, stage.number));
        }
    }
}

/// Whether a word stands beside its head to colour it.
fn colours(d: Deprel) -> bool {
    matches!(
        d,
        Deprel::Advmod
            | Deprel::Det
            | Deprel::Aux
            | Deprel::AuxPass
            | Deprel::Cop
            | Deprel::Mark
            | Deprel::Case
            | Deprel::Cc
            | Deprel::CcPreconj
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::CompoundPrt
            | Deprel::Expl
    )
}

/// The form of a verb or predicate, in a word.
fn shape(tree: &Tree<'_>, t: usize) -> &'static str {
    let own = tree.token(t);
    if !tree.is_verb(t) {
        return if tree.has_copula(t) { "predicate" } else { "noun" };
    }
    if tree.children(t).iter().any(|c| tree.token(*c).deprel == Deprel::Mark && tree.lower(*c) == "to") {
        return "to";
    }
    let f = own.feats;
    if f.has(Feats::IMP) {
        "imperative"
    } else if tree.lower(t).ends_with("ing") {
        "ing"
    } else if f.has(Feats::INF) {
        "infinitive"
    } else if f.has(Feats::PART) {
        "participle"
    } else if f.has(Feats::PAST) {
        "past"
    } else if f.has(Feats::PRES) {
        "present"
    } else {
        "verb"
    }
}

/// What a trigger's surroundings show for every relation that it may stand for.
pub(super) fn trigger(
    stage: &Stage<'_>,
    trigger: usize,
    context: &Context,
    talk: &Talk,
    time: Option<&TimeExpression>,
    out: &mut Sink<'_>,
) {
    let tree = stage.tree;
    out.put(format_args!("bias"));
    let lemma = tree.lemma(trigger).to_lowercase();
    out.put(format_args!("w {lemma}"));
    out.put(format_args!("w {lemma} {}", shape(tree, trigger)));
    for reason in &context.because {
        out.put(format_args!("r {reason}"));
    }
    if context.polarity == Polarity::Denied {
        out.put(format_args!("h denied"));
    }
    if context.modality == Modality::Other {
        out.put(format_args!("h other"));
    }
    out.put(format_args!("h {}", context.status.as_str()));
    match time {
        None => out.put(format_args!("t none")),
        Some(t) => {
            let sort = match (t.start, t.end) {
                (Some(_), None) => "since",
                (None, Some(_)) => "until",
                (a, b) if a == b => "point",
                _ => "range",
            };
            out.put(format_args!("t {sort}"));
            out.put(format_args!("t {sort} {}", shape(tree, trigger)));
        }
    }
    out.put(format_args!("q {}", talk.quoted.get(trigger).copied().unwrap_or_default()));
    let len = tree.len();
    for i in len.saturating_sub(3)..len {
        if tree.lower(i) == "?" {
            out.put(format_args!("question"));
        }
    }
    out.put(format_args!("setting {:?}", tree.sentence.setting));
    // From the trigger upwards.
    let mut at = trigger;
    let mut chain = String::new();
    let mut open = true;
    for k in 0..HEIGHT {
        let level = k.min(2);
        let form = shape(tree, at);
        if k < 4 {
            out.put(format_args!("v{level} {form}"));
        }
        for c in tree.children(at).iter().copied() {
            let d = tree.token(c).deprel;
            let word = tree.lower(c);
            if colours(d) || d == Deprel::Det {
                out.put(format_args!("c{level} {} {word}", d.as_str()));
                if open {
                    out.put(format_args!("C {word}"));
                }
                if k == 0 && matches!(d, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
                    out.put(format_args!("c0 {d} {word} {lemma}"));
                }
            } else if d.is_under(Deprel::Obl) || d.is_under(Deprel::Advcl) || d.is_under(Deprel::Nsubj) || d.is_under(Deprel::Obj) {
                // A clause or phrase that hangs on it: its conjunction, its determiner.
                for x in tree.children(c).iter().copied() {
                    let dx = tree.token(x).deprel;
                    if matches!(dx, Deprel::Mark | Deprel::Case) && level < 2 {
                        out.put(format_args!("a{level} {} {}", tree.lower(x), if d.is_under(Deprel::Advcl) { "clause" } else { "phrase" }));
                    } else if matches!(dx, Deprel::Det | Deprel::Advmod | Deprel::CcPreconj) && tree.words.negators.contains(tree.lower(x))
                    {
                        out.put(format_args!("n{level} {d} {}", tree.lower(x)));
                    }
                }
                if tree.words.negators.contains(word) {
                    out.put(format_args!("n{level} {d} {word}"));
                }
            }
        }
        let Some(up) = tree.token(at).head else {
            out.put(format_args!("top {form}"));
            break;
        };
        let d = tree.token(at).deprel;
        let governor = tree.lemma(up).to_lowercase();
        let label = loose::label(tree, at);
        out.put(format_args!("g{level} {label} {governor}"));
        out.put(format_args!("G {d} {governor}"));
        if open {
            out.put(format_args!("O {governor}"));
            let words = tree.words;
            for (class, list) in [
                ("deny", &words.deniers),
                ("hedge", &words.hedges),
                ("say", &words.say),
                ("light", &words.light),
                ("former", &words.former),
            ] {
                if list.contains(&governor) {
                    out.put(format_args!("O{level} {class} {label} {form}"));
                    out.put(format_args!("O {class}"));
                }
            }
        }
        if k < 3 {
            let _ = write!(chain, "{d} ");
            out.put(format_args!("chain {chain}{form}"));
        }
        if matches!(d, Deprel::AclRelcl | Deprel::Conj | Deprel::Advcl | Deprel::Parataxis | Deprel::Appos) {
            open = false;
        }
        at = up;
    }
}

/// What a statement adds to its trigger's surroundings: the relation, the rule, the two actors' phrases.
pub(super) fn statement(stage: &Stage<'_>, rules: &Rules, c: &Candidate, context: &Context, out: &mut Sink<'_>) {
    let tree = stage.tree;
    let relation = rules.relations[c.relation].name.as_str();
    let lemma = tree.lemma(c.trigger).to_lowercase();
    // What surrounds a trigger speaks of the statement only where the trigger does.
    let sort = match (c.rule, c.source_path.is_empty()) {
        (Some(_), _) => "rule",
        (None, false) => "word",
        (None, true) => "bare",
    };
    out.put(format_args!("sort {sort}"));
    if context.polarity == Polarity::Denied {
        out.put(format_args!("h denied {sort}"));
    }
    if context.modality == Modality::Other {
        out.put(format_args!("h other {sort}"));
    }
    out.put(format_args!("h {} {sort}", context.status.as_str()));
    for reason in &context.because {
        out.put(format_args!("r {reason} {sort}"));
    }
    for x in tree.children(c.trigger).iter().copied().filter(|x| colours(tree.token(*x).deprel)) {
        out.put(format_args!("c0 {sort} {}", tree.lower(x)));
    }
    out.put(format_args!("role {} {}", c.source_role, c.target_role));
    out.put(format_args!("rel {relation}"));
    out.put(format_args!("rel {relation} {lemma}"));
    out.put(format_args!("rel {relation} {}", shape(tree, c.trigger)));
    if context.polarity == Polarity::Denied {
        out.put(format_args!("h denied {relation}"));
        for reason in &context.because {
            out.put(format_args!("r {reason} {relation}"));
        }
    }
    if context.modality == Modality::Other {
        out.put(format_args!("h other {relation}"));
    }
    if context.status != Status::Unstated {
        out.put(format_args!("h {} {relation}", context.status.as_str()));
    }
    if let Some(up) = tree.token(c.trigger).head {
        out.put(format_args!("rel {relation} up {}", tree.lemma(up)));
    }
    if let Some(rule) = c.rule.map(|r| &rules.rules[r]) {
        out.put(format_args!("rule {}", rule.id));
        if rule.denied {
            out.put(format_args!("rule denied {}", context.polarity == Polarity::Denied));
        }
        if rule.other {
            out.put(format_args!("rule other"));
        }
        if rule.ended {
            out.put(format_args!("rule ended"));
        }
    }
    for (side, filler) in [("s", &c.source), ("t", &c.target)] {
        let head = stage.mention(filler.mention).head;
        if head == c.trigger {
            continue;
        }
        for x in tree.children(head).iter().copied() {
            let d = tree.token(x).deprel;
            if colours(d) {
                out.put(format_args!("{side} {d} {}", tree.lower(x)));
            }
        }
        if let Some(up) = tree.token(head).head.filter(|u| *u != c.trigger) {
            let d = tree.token(head).deprel;
            out.put(format_args!("{side} up {d} {}", tree.lemma(up)));
            for x in tree.children(up).iter().copied().filter(|x| *x != head && colours(tree.token(*x).deprel)) {
                out.put(format_args!("{side} by {}", tree.lower(x)));
            }
        }
    }
}

/// Who speaks, by rule: as the tree has it; where the trigger is itself a verb of saying, whoever says; in a quotation the one
/// who is quoted.
pub(super) fn speaker(stage: &Stage<'_>, c: &Candidate, context: &Context, talk: &Talk) -> Option<FigureId> {
    let tree = stage.tree;
    if context.speaker.is_some() {
        return context.speaker;
    }
    let head = |mention: usize| stage.mention(mention).head;
    let said = |verb: usize| {
        tree.children(verb).iter().copied().find(|x| {
            matches!(tree.token(*x).deprel, Deprel::Ccomp | Deprel::Parataxis)
                && tree.is_below(head(c.source.mention), *x)
                && tree.is_below(head(c.target.mention), *x)
        })
    };
    if let Some((verb, figure)) = talk.sayers.iter().find(|(v, _)| *v == c.trigger)
        && said(*verb).is_some()
    {
        return Some(*figure);
    }
    if !talk.quoted.get(c.trigger).copied().unwrap_or_default() {
        return None;
    }
    let mut outside = talk.sayers.iter().filter(|(v, _)| !talk.quoted[*v]).map(|(_, f)| *f);
    match (outside.next(), outside.next()) {
        (Some(one), None) => Some(one),
        (None, _) if talk.running || !talk.fresh => talk.before.map(|(f, _)| f),
        _ => None,
    }
}

/// Who might be the speaker of what stands at a trigger, with features; in order of the text, the one who spoke before last.
pub(super) fn speakers(
    stage: &Stage<'_>,
    rules: &Rules,
    c: &Candidate,
    context: &Context,
    talk: &Talk,
    out: &mut Sink<'_>,
    visit: &mut dyn FnMut(FigureId, Sums, Vec<String>),
) {
    let tree = stage.tree;
    let trigger = c.trigger;
    let relation = rules.relations[c.relation].name.as_str();
    let first = stage.cast.mentions.partition_point(|m| m.sentence < stage.number);
    // The mention that speaks, else the nearest.
    let mut best: BTreeMap<FigureId, (bool, usize, usize)> = BTreeMap::new();
    for (i, m) in stage.cast.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.sentence == stage.number) {
        let speaks = talk.sayers.iter().any(|(v, f)| *f == m.figure && (tree.is_below(m.head, *v) || tree.token(*v).head == Some(m.head)));
        let key = (!speaks, m.head.abs_diff(trigger), i);
        let place = best.entry(m.figure).or_insert(key);
        *place = (*place).min(key);
    }
    let quoted = talk.quoted.get(trigger).copied().unwrap_or_default();
    let hand = speaker(stage, c, context, talk);
    for (figure, (_, _, mention)) in &best {
        let m = stage.mention(*mention);
        let role = if *figure == c.source.figure {
            "s"
        } else if *figure == c.target.figure {
            "t"
        } else {
            "o"
        };
        let kind = stage.cast.figures[*figure].kind;
        out.put(format_args!("by bias"));
        out.put(format_args!("by role {role}"));
        out.put(format_args!("by kind {kind}"));
        out.put(format_args!("by kind {kind} {role}"));
        out.put(format_args!("by rel {relation} {role}"));
        out.put(format_args!("by form {}", m.form.as_str()));
        let mine = talk.quoted.get(m.head).copied().unwrap_or_default();
        out.put(format_args!("by quoted {quoted} {mine}"));
        if hand == Some(*figure) {
            out.put(format_args!("by hand"));
            out.put(format_args!("by hand {role}"));
            out.put(format_args!("by hand {relation}"));
        }
        let verb = talk.sayers.iter().filter(|(_, f)| f == figure).map(|(v, _)| *v).min_by_key(|v| v.abs_diff(trigger));
        match verb {
            Some(v) => {
                let lemma = tree.lemma(v);
                let place = if v == trigger {
                    "self".to_owned()
                } else if tree.is_below(trigger, v) {
                    // The edge by which the trigger hangs below the verb, and how many clauses lie between.
                    let (mut at, mut clauses) = (trigger, 0);
                    while let Some(up) = tree.token(at).head.filter(|u| *u != v) {
                        clauses += usize::from(tree.is_verb(up));
                        at = up;
                    }
                    format!("under {} {}", tree.token(at).deprel, clauses.min(2))
                } else if tree.is_below(v, trigger) {
                    format!("over {}", tree.token(v).deprel)
                } else {
                    format!("beside {}", tree.token(v).deprel)
                };
                out.put(format_args!("by say {place}"));
                out.put(format_args!("by say {place} {role}"));
                out.put(format_args!("by say {lemma}"));
                out.put(format_args!("by say {lemma} {role}"));
                out.put(format_args!("by say {lemma} {place}"));
                out.put(format_args!("by say quoted {quoted} {mine}"));
            }
            None => out.put(format_args!("by silent {}", talk.sayers.len().min(2))),
        }
        if let Some((path, steps)) = loose::path(tree, trigger, m.head, 7) {
            out.put(format_args!("by path {path}"));
            out.put(format_args!("by path {path} {role}"));
            out.put(format_args!("by steps {steps}"));
        } else {
            out.put(format_args!("by far"));
        }
        let edge = loose::label(tree, m.head);
        out.put(format_args!("by edge {edge}"));
        if let Some(up) = tree.token(m.head).head {
            let lemma = tree.lemma(up);
            let under = tree.is_below(trigger, up);
            out.put(format_args!("by up {edge} {lemma} {under}"));
            out.put(format_args!("by up {lemma} {under}"));
            out.put(format_args!("by up {lemma} {role} {}", up == trigger));
            if under && up != trigger {
                let mut at = trigger;
                while let Some(above) = tree.token(at).head.filter(|u| *u != up) {
                    at = above;
                }
                out.put(format_args!("by up {edge} {lemma} {}", loose::label(tree, at)));
                out.put(format_args!("by up {edge} {}", loose::label(tree, at)));
            }
        }
        let (sums, kept) = out.take();
        visit(*figure, sums, kept);
    }
    // Who spoke before, where the sentence goes on with it.
    if let Some((figure, at)) = talk.before.filter(|(f, at)| !best.contains_key(f) && stage.number <= at + 4) {
        let gap = stage.number - at;
        let kind = stage.cast.figures[figure].kind;
        let speaking = talk.sayers.len().min(1);
        out.put(format_args!("on bias"));
        out.put(format_args!("on hand {}", hand == Some(figure)));
        out.put(format_args!("on kind {kind}"));
        out.put(format_args!("on gap {gap}"));
        out.put(format_args!("on say {speaking}"));
        out.put(format_args!("on quoted {quoted} running {}", talk.running));
        out.put(format_args!("on quoted {quoted} running {} {speaking}", talk.running));
        out.put(format_args!("on fresh {}", talk.fresh));
        out.put(format_args!("on rel {relation}"));
        out.put(format_args!("on first {}", tree.lower(0)));
        let we = (0..tree.len()).any(|t| matches!(tree.lower(t), "we" | "our" | "us" | "i" | "my"));
        out.put(format_args!("on we {we} {quoted}"));
        let root = tree.sentence.root();
        for x in tree.children(root).iter().copied().filter(|x| tree.token(*x).deprel == Deprel::Aux) {
            out.put(format_args!("on aux {} {speaking}", tree.lower(x)));
        }
        if tree.token(root).upos == Upos::Verb && speaking == 0 {
            out.put(format_args!("on shape {}", shape(tree, root)));
        }
        let (sums, kept) = out.take();
        visit(figure, sums, kept);
    }
}

/// What may date a statement besides the expressions of its sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Carried {
    /// The last date named before the sentence, and how many sentences ago.
    pub last: Option<(PartialDate, usize)>,
    /// The document's date.
    pub document: Option<PartialDate>,
}

/// When the statement may be, with features: the dates of its sentence, the last one named before, the document's own.
pub(super) fn dates(
    stage: &Stage<'_>,
    rules: &Rules,
    c: &Candidate,
    (times, by_hand): (&[TimeExpression], Option<&TimeExpression>),
    (carried, talk): (Carried, &Talk),
    out: &mut Sink<'_>,
    visit: &mut dyn FnMut(Period, Sums, Vec<String>),
) {
    let tree = stage.tree;
    let trigger = c.trigger;
    let relation = &rules.relations[c.relation];
    let (name, sign) = (relation.name.as_str(), relation.sign);
    let form = shape(tree, trigger);
    let many = times.len().min(3);
    let lemma = tree.lemma(trigger);
    for (i, e) in times.iter().enumerate() {
        let outside = |t: &usize| tree.token(*t).head.is_none_or(|h| h < e.begin || h >= e.stop);
        let anchor = (e.begin..e.stop).find(outside).unwrap_or(e.begin);
        let gap = e.begin.abs_diff(trigger);
        let nearest = times.iter().all(|o| o.begin.abs_diff(trigger) >= gap);
        let sort = match (e.start, e.end) {
            (Some(_), None) => "since",
            (None, Some(_)) => "until",
            (a, b) if a == b => "point",
            _ => "range",
        };
        let hand = by_hand == Some(e);
        out.put(format_args!("at bias"));
        out.put(format_args!("at count {many}"));
        out.put(format_args!("at hand {hand} nearest {nearest} {many}"));
        out.put(format_args!("at hand {hand}"));
        out.put(format_args!("at rel {name}"));
        out.put(format_args!("at rel {name} {hand}"));
        out.put(format_args!("at rel {name} {form}"));
        out.put(format_args!("at rel {name} {sort}"));
        out.put(format_args!("at w {lemma}"));
        out.put(format_args!("at sign {sign} {hand}"));
        out.put(format_args!("at form {form}"));
        out.put(format_args!("at form {form} {hand}"));
        out.put(format_args!("at sort {sort}"));
        out.put(format_args!("at inferred {}", e.inferred));
        out.put(format_args!("at gap {} {}", gap.min(24) / 3, e.begin < trigger));
        out.put(format_args!("at place {} {many}", i.min(2)));
        let before = e.begin.checked_sub(1).map(|b| tree.lower(b)).unwrap_or_default();
        out.put(format_args!("at before {before}"));
        out.put(format_args!("at before {before} {sign}"));
        out.put(format_args!("at label {}", loose::label(tree, anchor)));
        if let Some((path, steps)) = loose::path(tree, trigger, anchor, 7) {
            out.put(format_args!("at path {path}"));
            out.put(format_args!("at steps {steps}"));
        } else {
            out.put(format_args!("at far"));
        }
        if let Some(up) = tree.token(anchor).head {
            out.put(format_args!("at up {} {}", tree.lemma(up), up == trigger));
            out.put(format_args!("at under {}", tree.is_below(trigger, up)));
        }
        // Whether another verb stands between, and whether a clause boundary does.
        let (low, high) = (e.begin.min(trigger), e.begin.max(trigger));
        let verbs = (low + 1..high).filter(|t| tree.token(*t).upos == Upos::Verb).count();
        let breaks = (low + 1..high).filter(|t| matches!(tree.lower(*t), "," | ";" | "–" | "—" | ":")).count();
        out.put(format_args!("at verbs {}", verbs.min(3)));
        out.put(format_args!("at breaks {}", breaks.min(3)));
        let (sums, kept) = out.take();
        visit((e.start, e.end), sums, kept);
    }
    let root = shape(tree, tree.sentence.root());
    let perfect = tree.children(trigger).iter().any(|x| tree.token(*x).deprel == Deprel::Aux && tree.lower(*x) == "had");
    let mut further = |tag: &str, date: PartialDate, gap: usize, out: &mut Sink<'_>| {
        out.put(format_args!("{tag} bias"));
        out.put(format_args!("{tag} gap {gap}"));
        out.put(format_args!("{tag} gap {gap} {}", talk.fresh));
        out.put(format_args!("{tag} rel {name}"));
        out.put(format_args!("{tag} rel {name} {form}"));
        out.put(format_args!("{tag} sign {sign} {many}"));
        out.put(format_args!("{tag} w {lemma}"));
        out.put(format_args!("{tag} form {form} {sign}"));
        out.put(format_args!("{tag} root {root}"));
        out.put(format_args!("{tag} many {many}"));
        out.put(format_args!("{tag} hand {}", by_hand.is_some()));
        out.put(format_args!("{tag} perfect {perfect}"));
        out.put(format_args!("{tag} setting {:?}", tree.sentence.setting));
        out.put(format_args!("{tag} age {}", carried.document.map_or(9, |d| (d.year() - date.year()).clamp(-1, 3))));
        let (sums, kept) = out.take();
        visit((Some(date), Some(date)), sums, kept);
    };
    if let Some((date, gap)) = carried.last.filter(|(_, gap)| *gap <= 6)
        && let Some(year) = PartialDate::from_year(date.year())
    {
        further("then", year, gap, out);
    }
    if let Some(date) = carried.document {
        further("now", date, 0, out);
    }
}
