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
        c = s.tokens[c].head?;
    }
    if s.tokens[c].deprel != Deprel::AclRelcl || c < t {
        return None;
    }
    let noun = s.tokens[c].head.filter(|n| *n < t)?;
    let fits = |item: &Item| {
        item.figures.iter().all(|f| {
            let kind = cast.figures[*f].kind;
            match word.as_str() {
                "who" | "whom" => kind.is_human() || kind == ActorKind::People || item.plural,
                "which" => !kind.is_human(),
                _ => true,
            }
        })
    };
    let row = &reader.items[number];
    let singular = tree::own_subject(s, c) == Some(t) && {
        let finite = |x: usize| s.tokens[x].feats.has(Feats::PRES.with(Feats::SING));
        finite(c) || s.children(c).any(finite) || s.children(c).any(|x| matches!(reader.scene.lower(number, x).as_str(), "has" | "was" | "is"))
    };
    let joined = tree::joined(s, noun);
    if joined.len() > 1 && joined.last().is_some_and(|l| *l < t) && !singular {
        let parts: Vec<_> = joined.iter().filter_map(|j| row.iter().find(|i| i.token == *j)).collect();
        if parts.len() == joined.len() && parts.iter().all(|p| !p.is_rival() && fits(p)) {
            let figures = parts.iter().flat_map(|p| p.figures.iter().copied()).collect();
            return Some(Answer { figures, certainty: 0.8, why: "relative clause of joined names".to_owned() });
        }
    }
    let direct = row.iter().find(|i| i.token == noun);
    // A verb in the singular takes the last of joined names.
    let item = match direct {
        Some(item) if joined.len() > 1 && singular && joined.last().is_some_and(|l| *l < t && *l != noun) => row.iter().find(|i| Some(&i.token) == joined.last()).or(Some(item)),
        other => other,
    };
    if let Some(item) = item
        && !item.is_rival()
        && fits(item)
    {
        return Some(Answer { figures: item.figures.clone(), certainty: 0.9, why: "relative clause of its name".to_owned() });
    }
    // "the envoy of the African Union, which": the noun's own complement right before the clause, where the noun is of the wrong sort.
    let human = item.is_none_or(|i| i.human || i.figures.iter().any(|f| cast.figures[*f].kind.is_human()));
    if (word == "which") == human && word != "that" && word != "whose" {
        let near = row.iter().rev().find(|i| i.token < t && i.token > noun && !i.is_rival() && fits(i) && t - i.token <= 6 && i.role != tree::Role::Modifier)?;
        return Some(Answer { figures: near.figures.clone(), certainty: 0.7, why: "nearest name of its sort before the relative clause".to_owned() });
    }
    None
}
