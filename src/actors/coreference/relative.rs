//! Relative pronouns: the actor of the noun that their clause modifies.

use super::items::Item;
use super::{Answer, Reader, tree};
use crate::actors::{ActorKind, Cast};
use crate::language::{Deprel, Feats, Upos};

/// Whom a relative pronoun means.
pub(super) fn resolve(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> Option<Answer> {
    let s = &reader.scene.sentences[number];
    let word = reader.scene.lower(number, t);
    if !matches!(word.as_str(), "who" | "whom" | "whose" | "which" | "that") || !matches!(s.tokens[t].upos, Upos::Pron | Upos::Det) {
        return None;
    }
    // The relative clause it opens.
    let mut c = t;
    for _ in 0..8 {
        if s.tokens[c].deprel == Deprel::AclRelcl {
            break;
        }
        match s.tokens[c].head {
            Some(up) => c = up,
            None => break,
        }
    }
    let known = s.tokens[c].deprel == Deprel::AclRelcl && c >= t;
    let fits = |item: &Item| {
        item.figures.iter().all(|f| {
            let kind = cast.figures[*f].kind;
            match word.as_str() {
                "who" | "whom" => {
                    kind.is_human()
                        || kind == ActorKind::People
                        || (item.plural && matches!(kind, ActorKind::ArmedGroup | ActorKind::Organization))
                }
                "which" => !kind.is_human(),
                _ => true,
            }
        })
    };
    let row = &reader.items[number];
    let singular = {
        let finite = |x: usize| {
            s.tokens[x].feats.has(Feats::PRES.with(Feats::SING)) || matches!(reader.scene.lower(number, x).as_str(), "has" | "was" | "is")
        };
        (t + 1..s.tokens.len().min(t + 3)).take_while(|x| matches!(s.tokens[*x].upos, Upos::Verb | Upos::Aux | Upos::Adv)).any(finite)
    };
    let noun = if known { s.tokens[c].head.filter(|n| *n < t) } else { None };
    // What stands right before it, over a comma and a preposition.
    let mut before = t;
    if before > 0 && s.tokens[before - 1].upos == Upos::Adp {
        before -= 1;
    }
    let comma = before > 0 && reader.scene.form(number, before - 1) == ",";
    before -= usize::from(comma);
    if comma && before > 0 && reader.scene.form(number, before - 1) == "." {
        before -= 1;
    }
    let beside = before.checked_sub(1).and_then(|b| reader.item_over(cast, number, b));
    let direct = noun.and_then(|n| reader.item_over(cast, number, n));
    if !known && (beside.is_none() || (word == "that" && s.tokens[t].deprel != Deprel::Nsubj) || (!comma && word == "which")) {
        return None;
    }
    // "France and Germany, which had": all of them, unless the verb is singular.
    if let Some(last) = beside
        && comma
        && !singular
    {
        let first = tree::first_conjunct(s, last.token);
        let joined = tree::joined(s, first);
        if joined.len() > 1 && joined.last() == Some(&last.token) && noun.is_none_or(|n| joined.contains(&n)) {
            let parts: Vec<_> = joined.iter().filter_map(|j| row.iter().find(|i| i.token == *j)).collect();
            if parts.len() == joined.len() && parts.iter().all(|p| !p.is_rival() && fits(p)) {
                let mut figures: Vec<usize> = parts.iter().flat_map(|p| p.figures.iter().copied()).collect();
                figures.sort_unstable();
                figures.dedup();
                return Some(Answer { figures, certainty: 0.8, why: "relative clause of joined names".to_owned() });
            }
        }
    }
    let good = |i: &&Item| !i.is_rival() && fits(i) && i.role != tree::Role::Modifier;
    if let Some(item) = direct.filter(good) {
        // A verb in the singular takes the last of joined names.
        let item = match beside.filter(good) {
            Some(last) if singular && tree::first_conjunct(s, last.token) == item.token => last,
            _ => item,
        };
        return Some(Answer { figures: item.figures.clone(), certainty: 0.9, why: "relative clause of its name".to_owned() });
    }
    let near = beside.filter(good)?;
    // "…, which it denies": what was said.
    let object = s.tokens.get(t + 1).is_some_and(|n| matches!(n.upos, Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det));
    let verb = (t + 1..s.tokens.len().min(t + 6)).find(|x| s.tokens[*x].upos == Upos::Verb).map(|x| s.tokens[x].lemma.to_lowercase());
    if word == "which"
        && object
        && verb.as_ref().is_some_and(|v| reader.lists.event_verbs.contains(v) || reader.scene.know.lexicon.say.contains(v))
    {
        return None;
    }
    let answer =
        |certainty: f32| Some(Answer { figures: near.figures.clone(), certainty, why: "name right before the relative clause".to_owned() });
    let Some(noun) = noun else { return answer(0.75) };
    // "the envoy of the African Union, which": the noun is of the wrong sort, so its complement is meant.
    let lemma = s.tokens[noun].lemma.to_lowercase();
    let human =
        reader.lists.humans.contains_key(&lemma) || direct.is_some_and(|i| i.figures.iter().any(|f| cast.figures[*f].kind.is_human()));
    let wrong = match word.as_str() {
        "who" | "whom" => !human,
        "which" => human,
        _ => false,
    };
    if wrong {
        return answer(0.75);
    }
    // "the memorandum between A and B, which claims": nor does a paper claim.
    let acts = verb.is_some_and(|v| reader.lists.actor_verbs.contains(&v) || reader.scene.know.lexicon.say.contains(&v));
    let body = human
        || reader
            .lists
            .nouns
            .get(&lemma)
            .is_some_and(|n| !n.kinds.contains(&ActorKind::Agreement) && !n.kinds.contains(&ActorKind::Conflict));
    if acts && !body && s.tokens[noun].upos == Upos::Noun { answer(0.7) } else { None }
}
