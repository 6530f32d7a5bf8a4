//! What the words around a trigger make of it: denied, planned, over, somebody's word.

use super::roles::Stage;
use super::statement::{Modality, Polarity, Status};
use super::tree::Tree;
use crate::actors::FigureId;
use crate::language::{Deprel, Feats, Upos};

/// The reading of a trigger in its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Denied or not.
    pub polarity: Polarity,
    /// Fact or not.
    pub modality: Modality,
    /// Over, lasting, unstated.
    pub status: Status,
    /// Whose word it is.
    pub speaker: Option<FigureId>,
    /// What decided, for `explain`.
    pub because: Vec<String>,
}

/// Reads it: climbs from the trigger to the root and collects what governs it. Linear in the tree's depth times its breadth.
#[must_use]
pub fn read(stage: &Stage<'_>, trigger: usize) -> Context {
    let tree = stage.tree;
    let words = tree.words;
    let mut out = Context::default();
    let mut flips = 0;
    let mut at = trigger;
    let mut first = true;
    // Whether what governs still reaches the trigger: an adjunct clause, a relative clause or a subject is told as fact.
    let (mut denying, mut hedging) = (true, true);
    for _ in 0..tree.len() {
        let own = tree.token(at);
        // Negation, auxiliaries, conjunctions of this word.
        for c in tree.children(at).iter().copied() {
            let form = tree.lower(c);
            let d = tree.token(c).deprel;
            let beside =
                matches!(d, Deprel::Advmod | Deprel::Det | Deprel::Aux | Deprel::CcPreconj | Deprel::Cc | Deprel::Case | Deprel::Mark);
            if beside && words.negators.contains(form) && !(d == Deprel::Mark && form != "without") {
                let only = form == "not"
                    && tree.children(at).iter().chain(tree.children(c)).any(|x| matches!(tree.lower(*x), "only" | "just" | "merely"));
                if denying && !only && (first || tree.is_verb(at) || d == Deprel::Case || tree.has_copula(at) || matches!(d, Deprel::Aux)) {
                    flips += 1;
                    out.because.push(format!("denied by `{form}`"));
                }
            }
            if hedging
                && d == Deprel::Aux
                && words.modals.contains(form)
                && !(matches!(form, "can" | "ca" | "would") && first && out.modality == Modality::Actual && matches!(form, "can"))
            {
                out.modality = Modality::Other;
                out.because.push(format!("`{form}`"));
            }
            if hedging && d == Deprel::Mark && words.conditionals.contains(form) {
                out.modality = Modality::Other;
                out.because.push(format!("`{form}`"));
            }
            if denying && d == Deprel::Advmod && form == "longer" {
                flips += 1;
                out.status = Status::Ended;
            }
            if matches!(d, Deprel::Amod | Deprel::Advmod | Deprel::Compound) && (first || tree.is_verb(at)) {
                if words.former.contains(form)
                    && out.status == Status::Unstated
                    && (first || matches!(form, "formerly" | "once" | "previously"))
                {
                    out.status = Status::Ended;
                    out.because.push(format!("over by `{form}`"));
                } else if words.lasting.contains(form) && out.status == Status::Unstated {
                    out.status = Status::Current;
                    out.because.push(format!("lasts by `{form}`"));
                } else if hedging && words.hedges.contains(form) {
                    out.modality = Modality::Other;
                    out.because.push(format!("`{form}`"));
                }
            }
        }
        // "recognised by no member"
        if denying && first {
            for s in tree.children(at).iter().copied().filter(|c| tree.token(*c).deprel.is_under(Deprel::Obl)) {
                if tree.with(s, Deprel::Det).any(|d| matches!(tree.lower(d), "no" | "neither"))
                    || tree.children(s).iter().any(|c| tree.token(*c).deprel == Deprel::CcPreconj && tree.lower(*c) == "neither")
                {
                    flips += 1;
                    out.because.push("denied by its agent".to_owned());
                }
            }
        }
        // Negated subject: "no country recognised".
        if denying && (first || tree.is_verb(at)) {
            for s in tree.under(at, Deprel::Nsubj) {
                if words.negators.contains(tree.lower(s))
                    || tree.with(s, Deprel::Det).any(|d| matches!(tree.lower(d), "no" | "neither"))
                    || tree.children(s).iter().any(|c| tree.token(*c).deprel == Deprel::CcPreconj && tree.lower(*c) == "neither")
                {
                    flips += 1;
                    out.because.push("denied by its subject".to_owned());
                }
            }
        }
        if out.speaker.is_none() {
            speaker_beside(stage, at, trigger, &mut out);
        }
        let Some(up) = own.head else { break };
        let lemma = tree.lemma(up);
        // What governs it.
        let complement = matches!(
            own.deprel,
            Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Acl
                | Deprel::Obj
                | Deprel::Advcl
                | Deprel::Csubj
                | Deprel::Obl
                | Deprel::Nmod
                | Deprel::NsubjPass
                | Deprel::CsubjPass
                | Deprel::Parataxis
        );
        if complement {
            let infinitive = tree.children(at).iter().any(|c| tree.token(*c).deprel == Deprel::Mark && tree.lower(*c) == "to");
            let clause =
                matches!(own.deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj | Deprel::CsubjPass | Deprel::Parataxis)
                    || (own.deprel == Deprel::Obl && tree.is_verb(at))
                    || (own.deprel == Deprel::Advcl && tree.cases(at).next().is_some());
            let noun_of =
                matches!(own.deprel, Deprel::Nmod) && (tree.has_case(at, "of") || tree.has_case(at, "to") || tree.has_case(at, "for"));
            let object = matches!(own.deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl) && !tree.is_verb(at);
            if denying && words.deniers.contains(lemma) && (clause || noun_of || matches!(own.deprel, Deprel::Obj | Deprel::NsubjPass)) {
                // "condemned for failing to": the denier governs from inside.
                flips += 1;
                out.because.push(format!("denied by `{lemma}`"));
                if matches!(lemma, "deny" | "dismiss" | "disavow" | "denial") && out.speaker.is_none() {
                    out.speaker = speaker_of(stage, up);
                }
            } else if hedging && words.hedges.contains(lemma) && (clause || noun_of || (object && !words.verbal_hedges.contains(lemma))) {
                out.modality = Modality::Other;
                out.because.push(format!("`{lemma}`"));
            }
            if hedging && own.deprel == Deprel::Advcl && infinitive && first {
                out.modality = Modality::Other;
                out.because.push("a purpose".to_owned());
            }
            if matches!(own.deprel, Deprel::Ccomp | Deprel::Parataxis) && words.say.contains(lemma) && out.speaker.is_none() {
                out.speaker = speaker_of(stage, up);
                if out.speaker.is_some() {
                    out.because.push(format!("said by the subject of `{lemma}`"));
                }
            }
            if out.speaker.is_none()
                && let Some(verb) = accuser(tree, at, up)
            {
                out.speaker = tree.subjects(verb).first().and_then(|s| stage.phrase(*s).first().map(|f| f.figure));
                if out.speaker.is_some() {
                    out.because.push(format!("alleged by the subject of `{}`", tree.lemma(verb)));
                }
            }
            if matches!(lemma, "continue" | "remain" | "keep") && own.deprel == Deprel::Xcomp && out.status == Status::Unstated {
                out.status = Status::Current;
            }
            if matches!(lemma, "use") && own.deprel == Deprel::Xcomp {
                out.status = Status::Ended;
            }
            if matches!(lemma, "end" | "stop" | "cease" | "suspend" | "halt" | "terminate" | "abandon")
                && matches!(own.deprel, Deprel::Obj | Deprel::Xcomp | Deprel::NsubjPass)
            {
                out.status = Status::Ended;
            }
        }
        let to = tree.children(at).iter().any(|c| tree.token(*c).deprel == Deprel::Mark && tree.lower(*c) == "to");
        match own.deprel {
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Obj
            | Deprel::NsubjPass
            | Deprel::CsubjPass
            | Deprel::Csubj
            | Deprel::Cop
            | Deprel::Aux => {}
            Deprel::Acl if to => {}
            Deprel::Conj => denying = false,
            Deprel::Obl | Deprel::Nmod if !tree.is_verb(at) => {
                // "refrained from attacks on", "threat of war": only what governs directly.
                let light = first && words.light.contains(lemma);
                denying = denying && (light || words.deniers.contains(lemma));
                hedging = hedging && (light || words.hedges.contains(lemma));
            }
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss if first => {
                denying = false;
                hedging = false;
            }
            _ => {
                denying = false;
                hedging = false;
            }
        }
        first = false;
        at = up;
    }
    // A question without a speaker is no fact.
    let last = tree.len().saturating_sub(1);
    if (0..tree.len()).rev().take(3).any(|i| tree.lower(i) == "?") && tree.is_below(trigger, tree.sentence.root()) && last > 2 {
        out.modality = Modality::Other;
    }
    if tree.token(trigger).feats.has(Feats::IMP) && tree.token(trigger).upos == Upos::Verb && tree.token(trigger).deprel == Deprel::Root {
        out.modality = Modality::Other;
    }
    if flips % 2 == 1 {
        out.polarity = Polarity::Denied;
    }
    out
}

/// The verb of accusing whose content hangs on it, or on a noun beside it by mistake ("accused by its leaders of hiding them").
fn accuser(tree: &Tree<'_>, at: usize, up: usize) -> Option<usize> {
    let accuses = |t: usize| tree.is_verb(t) && tree.words.accusers.contains(tree.lemma(t));
    let own = tree.token(at).deprel;
    if accuses(up) {
        return matches!(own, Deprel::Obl | Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp).then_some(up);
    }
    let of = tree.children(at).iter().any(|c| matches!(tree.token(*c).deprel, Deprel::Mark | Deprel::Case) && tree.lower(*c) == "of");
    if !of || !tree.is_verb(at) || tree.is_verb(up) {
        return None;
    }
    let mut above = up;
    for _ in 0..3 {
        above = tree.token(above).head?;
        if tree.is_verb(above) {
            return accuses(above).then_some(above);
        }
    }
    None
}

/// A speaker beside a clause: "according to X", or a verb of saying hung on it ("…, X said").
fn speaker_beside(stage: &Stage<'_>, at: usize, trigger: usize, out: &mut Context) {
    let tree = stage.tree;
    for c in tree.children(at).iter().copied() {
        if tree.is_below(trigger, c) {
            continue;
        }
        let d = tree.token(c).deprel;
        if d.is_under(Deprel::Obl) || d == Deprel::Advcl || d == Deprel::Advmod {
            let according =
                tree.lower(c) == "according" || tree.cases(c).any(|k| tree.lower(k) == "according") || (tree.has_case(c, "according"));
            if according {
                let inner: Vec<usize> = std::iter::once(c).chain(tree.children(c).iter().copied()).collect();
                if let Some(f) = inner.iter().find_map(|t| stage.phrase(*t).first().map(|f| f.figure)) {
                    out.speaker = Some(f);
                    out.because.push("according to somebody".to_owned());
                    return;
                }
            }
        }
        if d == Deprel::Parataxis && tree.is_verb(c) && tree.words.say.contains(tree.lemma(c)) {
            out.speaker = speaker_of(stage, c);
        }
        if d == Deprel::Advcl
            && tree.is_verb(c)
            && tree.words.say.contains(tree.lemma(c))
            && tree.children(c).iter().any(|m| tree.lower(*m) == "as")
        {
            out.speaker = speaker_of(stage, c);
        }
    }
}

/// Who says: the subject of a verb of saying, the owner of a noun of saying.
fn speaker_of(stage: &Stage<'_>, word: usize) -> Option<FigureId> {
    let tree = stage.tree;
    if tree.is_verb(word) {
        let subjects = tree.subjects(word);
        return subjects.first().and_then(|s| stage.phrase(*s).first().map(|f| f.figure));
    }
    tree.with(word, Deprel::NmodPoss).next().and_then(|s| stage.phrase(s).first().map(|f| f.figure))
}
