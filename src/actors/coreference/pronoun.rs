//! Personal pronouns.

use std::collections::BTreeMap;

use super::items::Item;
use super::tree::{self, Role};
use super::{Answer, PRONOUN_REACH, Reader};
use crate::actors::{ActorKind, Cast, FigureId, MentionForm};
use crate::language::{Deprel, Feats, Sentence, Upos};

/// A pronoun is resolved where its best antecedent scores at least this …
const THRESHOLD: f32 = 2.2;
/// … and leads the next one by at least this.
const MARGIN: f32 = 0.3;

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    He,
    She,
    It,
    They,
}

/// A pronoun at its place.
struct Anaphor<'s> {
    s: &'s Sentence,
    sentence: usize,
    token: usize,
    class: Class,
    possessive: bool,
    reflexive: bool,
    role: Role,
    /// The head of its clause.
    clause: usize,
    /// Whether its place wants somebody who acts.
    acts: bool,
}

/// Whom a pronoun means, where that is clear.
pub(super) fn resolve(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> Option<Answer> {
    let anaphor = anaphor(reader, number, t)?;
    if anaphor.class == Class::It && idle(reader, &anaphor) {
        return None;
    }
    if anaphor.reflexive {
        // "Armenia itself"
        if let Some(item) = t
            .checked_sub(1)
            .and_then(|b| reader.item_over(cast, number, b))
            .filter(|i| !i.is_rival() && i.form != Some(MentionForm::Pronoun))
            && let Some(figures) = fitting(reader, cast, &anaphor, item)
        {
            return Some(Answer { figures, certainty: 0.9, why: "right after the name".to_owned() });
        }
        let subject = tree::subject(anaphor.s, anaphor.clause, |v| reader.lists.subject_control.contains(v))?;
        let figures = fitting(reader, cast, &anaphor, reader.items[number].iter().find(|i| i.token == subject)?)?;
        return Some(Answer { figures, certainty: 0.85, why: "reflexive: the subject of its clause".to_owned() });
    }
    // Whoever is another argument of its verb is barred, however else the sentence names him.
    let barred: Vec<FigureId> =
        reader.items[number].iter().filter(|i| coargument(reader, &anaphor, i)).flat_map(|i| i.figures.iter().copied()).collect();
    let mut scored: BTreeMap<Vec<FigureId>, (f32, usize, String)> = BTreeMap::new();
    let mut rival: Option<(f32, String)> = None;
    for (d, row) in reader.back(number, PRONOUN_REACH) {
        for item in row {
            if d == 0 && (item.token >= t || !reachable(reader, &anaphor, item)) {
                continue;
            }
            for (figures, plain) in readings(reader, cast, &anaphor, item) {
                if !figures.is_empty() && figures.iter().all(|f| barred.contains(f)) {
                    continue;
                }
                let Some(points) = score(reader, cast, &anaphor, item, d, figures.is_empty(), plain) else { continue };
                if figures.is_empty() {
                    if rival.as_ref().is_none_or(|r| r.0 < points) {
                        rival = Some((points, reader.scene.form(item.sentence, item.token).to_owned()));
                    }
                    continue;
                }
                let why = || {
                    format!("{:?} of {}", item.role, if d == 0 { "its own sentence".to_owned() } else { format!("{d} sentence(s) before") })
                };
                let entry = scored.entry(figures).or_insert((f32::MIN, 0, String::new()));
                entry.1 += 1;
                if points > entry.0 {
                    entry.0 = points;
                    entry.2 = why();
                }
            }
        }
    }
    let mut list: Vec<(f32, Vec<FigureId>, String)> =
        scored.into_iter().map(|(f, (points, count, why))| (points + 0.15 * (count.min(4) as f32 - 1.0), f, why)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (top, figures, why) = list.first()?.clone();
    let next = list
        .iter()
        .skip(1)
        .find(|(_, f, _)| f.iter().any(|x| !figures.contains(x)) || f.len() != figures.len())
        .map(|n| (n.0, cast.figures[n.1[0]].name.clone()));
    let next = match (next, rival) {
        (Some(a), Some(b)) => Some(if a.0 >= b.0 { a } else { b }),
        (a, b) => a.or(b),
    };
    let lead = next.as_ref().map_or(2.0, |n| top - n.0);
    if top < THRESHOLD || lead < MARGIN {
        return None;
    }
    let against = next.map_or(String::new(), |n| format!(", {top:.1} points against {:.1} of `{}`", n.0, n.1));
    Some(Answer { figures, certainty: (0.55 + 0.15 * lead).min(0.92), why: format!("{why}{against}") })
}

fn anaphor<'s>(reader: &'s Reader<'_, '_>, number: usize, t: usize) -> Option<Anaphor<'s>> {
    let s = &reader.scene.sentences[number];
    let token = &s.tokens[t];
    if !matches!(token.upos, Upos::Pron | Upos::Det | Upos::X) {
        return None;
    }
    let word = reader.scene.lower(number, t);
    let (class, reflexive) = match word.as_str() {
        "he" | "him" | "his" => (Class::He, false),
        "she" | "her" | "hers" => (Class::She, false),
        "it" | "its" => (Class::It, false),
        "they" | "them" | "their" | "theirs" => (Class::They, false),
        "himself" => (Class::He, true),
        "herself" => (Class::She, true),
        "itself" => (Class::It, true),
        "themselves" => (Class::They, true),
        _ => return None,
    };
    let possessive = matches!(word.as_str(), "his" | "its" | "their") || (word == "her" && token.deprel == Deprel::NmodPoss);
    let role = if possessive { Role::Possessor } else { tree::role(s, t) };
    let clause = tree::clause(s, t);
    let acts = if possessive {
        (t + 1..s.tokens.len().min(t + 4)).take_while(|n| matches!(s.tokens[*n].upos, Upos::Noun | Upos::Adj)).any(|n| {
            let noun = s.tokens[n].lemma.to_lowercase();
            reader.lists.humans.contains_key(&noun)
                || reader.lists.governments.contains(&noun)
                || reader.scene.know.lexicon.population.contains(&noun)
                || reader.lists.owned.contains(&noun)
        })
    } else {
        let against = tree::preposition(s, t).is_some_and(|p| matches!(p, "against" | "with"));
        (role == Role::Subject || against) && token.head.is_some_and(|h| agentive(reader, s, h))
    };
    Some(Anaphor { s, sentence: number, token: t, class, possessive, reflexive, role, clause, acts })
}

fn agentive(reader: &Reader<'_, '_>, s: &Sentence, verb: usize) -> bool {
    let lemma = s.tokens[verb].lemma.to_lowercase();
    let passive = s.children(verb).any(|c| s.tokens[c].deprel == Deprel::AuxPass);
    !passive && (reader.lists.actor_verbs.contains(&lemma) || reader.scene.know.lexicon.say.contains(&lemma))
}

/// Whether an `it` takes up nothing or no thing: weather, `it is hard to`, `it seems that`, `call it`, `part of it`.
fn idle(reader: &Reader<'_, '_>, a: &Anaphor<'_>) -> bool {
    let s = a.s;
    let token = &s.tokens[a.token];
    if a.possessive {
        return false;
    }
    if token.deprel == Deprel::Expl {
        return true;
    }
    let Some(head) = token.head else { return true };
    let verb = s.tokens[head].lemma.to_lowercase();
    let clause_after = s.children(head).any(|c| {
        c > head
            && (s.tokens[c].deprel.is_under(Deprel::Csubj)
                || (matches!(s.tokens[c].deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl)
                    && s.children(c).any(|m| {
                        matches!(s.tokens[m].lemma.as_str(), "that" | "to" | "whether" | "for")
                            && matches!(s.tokens[m].deprel, Deprel::Mark)
                    })))
    });
    let copular = s.children(head).any(|c| matches!(s.tokens[c].deprel, Deprel::Cop | Deprel::AuxPass));
    if a.role == Role::Subject && head > a.token {
        if copular && clause_after {
            return true;
        }
        // "It was the first trip": a noun as predicate after `it` at the start of a sentence takes up an event.
        if a.token == 0
            && matches!(s.tokens[head].upos, Upos::Noun | Upos::Num | Upos::Adj)
            && s.children(head).any(|c| s.tokens[c].deprel == Deprel::Cop)
        {
            return true;
        }
        if reader.lists.impersonal.contains(&verb) {
            return true;
        }
        if verb == "take" && clause_after {
            return true;
        }
    }
    if a.role == Role::Object && reader.lists.event_verbs.contains(&verb) {
        return true;
    }
    // "part of it", "all of it"
    token.deprel == Deprel::Nmod && reader.lists.no_antecedents.contains(&verb)
}

/// Whether a phrase of the pronoun's own sentence may be its antecedent by its place.
fn reachable(reader: &Reader<'_, '_>, a: &Anaphor<'_>, item: &Item) -> bool {
    let s = a.s;
    match tree::below(s, a.token, item.token) {
        Some(false) => return false,
        Some(true) => {}
        None => {
            // The head of a phrase that the antecedent only modifies: "Turkey's president and his minister" is fine.
            if tree::below(s, item.token, a.token).is_some() {
                return false;
            }
        }
    }
    !coargument(reader, a, item)
}

/// Whether a phrase is another argument of the pronoun's own verb, so that they are two.
fn coargument(reader: &Reader<'_, '_>, a: &Anaphor<'_>, item: &Item) -> bool {
    if a.possessive || a.reflexive || item.token >= a.token {
        return false;
    }
    let s = a.s;
    // "He had taken it with him": what only goes along may be the subject.
    if a.role == Role::Oblique
        && tree::preposition(s, a.token).is_some_and(|p| {
            matches!(p, "with" | "behind" | "before" | "around" | "near" | "beside" | "above" | "over" | "ahead" | "after")
        })
    {
        return false;
    }
    let top = tree::first_conjunct(s, item.token);
    if let (Some(x), Some(y)) = (s.tokens[top].head, s.tokens[a.token].head)
        && x == y
        && a.role != Role::Modifier
    {
        return true;
    }
    // The understood subject of its own verb.
    if a.role == Role::Subject {
        return false;
    }
    let subject = tree::subject(s, a.clause, |v| reader.lists.subject_control.contains(v));
    subject.is_some_and(|x| {
        // "Eritrea, whose soldiers had fought against it": nor does the owner of the subject fight himself.
        let owner = s.tokens[item.token].deprel == Deprel::NmodPoss
            && s.tokens[item.token].head == Some(x)
            && s.tokens[item.token].feats.has(Feats::REL);
        x == item.token || owner || tree::joined(s, x).contains(&item.token)
    })
}

/// The figures that a phrase may offer: itself, and where plural is asked for, those joined to it. `true` marks the phrase alone.
fn readings(reader: &Reader<'_, '_>, cast: &Cast, a: &Anaphor<'_>, item: &Item) -> Vec<(Vec<FigureId>, bool)> {
    let mut out = Vec::new();
    let s = &reader.scene.sentences[item.sentence];
    if a.class == Class::They && s.tokens[item.token].deprel != Deprel::Conj {
        let joined = tree::joined(s, item.token);
        if joined.len() > 1 {
            let parts: Vec<Option<&Item>> = joined.iter().map(|t| reader.item_over(cast, item.sentence, *t)).collect();
            if parts.iter().all(|p| p.is_some_and(|p| !p.is_rival() && p.role != Role::Modifier)) {
                let mut figures: Vec<FigureId> = parts.iter().flatten().flat_map(|p| p.figures.iter().copied()).collect();
                figures.sort_unstable();
                figures.dedup();
                let human = figures.iter().filter(|f| cast.figures[**f].kind.is_human()).count();
                if figures.len() > 1 && (human == 0 || human == figures.len()) {
                    out.push((figures, false));
                    return out;
                }
            } else if parts.iter().flatten().any(|p| p.is_rival()) {
                out.push((Vec::new(), false));
                return out;
            }
        }
    }
    if item.is_rival() {
        if rivals(reader, a, item) {
            out.push((Vec::new(), true));
        }
    } else if let Some(figures) = fitting(reader, cast, a, item) {
        out.push((figures, true));
    } else if a.class == Class::They && item.form == Some(MentionForm::Demonym) && item.plural {
        out.push((Vec::new(), true));
    }
    out
}

/// Whether a common noun or unknown name agrees with the pronoun.
fn rivals(reader: &Reader<'_, '_>, a: &Anaphor<'_>, item: &Item) -> bool {
    if item.unknown {
        return a.class != Class::They || item.plural;
    }
    match a.class {
        Class::They => item.plural,
        Class::It => !item.human && !item.plural,
        Class::He | Class::She => {
            let lemma = reader.scene.sentences[item.sentence].tokens[item.token].lemma.to_lowercase();
            let other = if a.class == Class::He { "f" } else { "m" };
            item.human && !item.plural && reader.lists.humans.get(&lemma).is_none_or(|h| h.gender != other)
        }
    }
}

/// The figures of a phrase, where they agree with the pronoun.
fn fitting(reader: &Reader<'_, '_>, cast: &Cast, a: &Anaphor<'_>, item: &Item) -> Option<Vec<FigureId>> {
    let mut figures = item.figures.clone();
    figures.sort_unstable();
    figures.dedup();
    let first = &cast.figures[*figures.first()?];
    let kind = first.kind;
    let ok = match a.class {
        Class::He => figures.len() == 1 && kind.is_human() && reader.gender(cast, figures[0]) != "f",
        Class::She => figures.len() == 1 && kind.is_human() && reader.gender(cast, figures[0]) != "m",
        Class::It => figures.len() == 1 && !kind.is_human() && kind != ActorKind::People && !item.plural,
        Class::They => figures.len() > 1 || kind == ActorKind::People || (item.plural && !kind.is_human()),
    };
    (ok && item.form != Some(MentionForm::Demonym) || ok && !item.plural && a.class == Class::It || ok && kind == ActorKind::People)
        .then_some(figures)
}

fn score(reader: &Reader<'_, '_>, cast: &Cast, a: &Anaphor<'_>, item: &Item, d: usize, nobody: bool, plain: bool) -> Option<f32> {
    let s = &reader.scene.sentences[item.sentence];
    let mut points = reader.nearness(a.sentence, d) + item.role.salience();
    if item.role == a.role && !nobody {
        points += if a.role == Role::Object { 0.8 } else { 0.4 };
    }
    let verb = s.tokens[tree::first_conjunct(s, item.token)].head;
    if item.role == Role::Subject && verb.is_some_and(|v| s.tokens[v].head.is_none()) {
        points += 0.4;
    }
    // The owner of a subject ("X's resignation surprised …") stands as high as an object.
    if item.role == Role::Possessor && verb.is_some_and(|v| tree::role(s, v) == Role::Subject) {
        points += 0.4;
    }
    if d == 0 {
        let control = |v: &str| reader.lists.subject_control.contains(v);
        let is = |x: usize| x == item.token || tree::joined(s, x).contains(&item.token);
        let own = if a.role == Role::Subject { None } else { tree::subject(s, a.clause, control) };
        let taken = own.is_some_and(|x| {
            a.possessive
                && reader.items[item.sentence].iter().any(|i| i.token == x && !i.is_rival() && fitting(reader, cast, a, i).is_some())
        });
        if own.is_some_and(is) {
            points += 1.8;
        } else if !taken {
            // The subject of a clause above: "X said that it …".
            let mut c = a.clause;
            let mut bonus = if a.role == Role::Object { 0.6 } else { 1.3 };
            for _ in 0..4 {
                let Some(up) = tree::clause_above(s, c) else { break };
                if up == c {
                    break;
                }
                let above = tree::subject(s, up, control);
                if above.is_some_and(is) {
                    points += bonus;
                    break;
                }
                // A nearer subject that would do stands in the way.
                let nearer = above.is_some_and(|x| {
                    reader.items[item.sentence].iter().any(|i| i.token == x && !i.is_rival() && fitting(reader, cast, a, i).is_some())
                });
                bonus *= if nearer { 0.4 } else { 0.8 };
                c = up;
            }
        }
    } else if item.role == Role::Subject || item.role == Role::Object {
        // Where the verb sets two on one level, neither leads.
        let level = verb.is_some_and(|v| reader.lists.reciprocal.contains(&s.tokens[v].lemma.to_lowercase()));
        if level && a.role == Role::Subject && item.role == Role::Object {
            points += 1.4;
        }
    }
    if item.form == Some(MentionForm::Demonym) && a.class == Class::It {
        points -= 0.9;
    }
    if !plain && !nobody {
        points += if d < 2 { 0.5 } else { -0.8 };
    }
    if a.class == Class::It && d > 0 && matches!(a.role, Role::Object | Role::Oblique) && !nobody {
        points -= 0.7;
    }
    if item.form == Some(MentionForm::Pronoun) {
        points += 0.2;
    }
    if nobody {
        points -= match a.class {
            Class::He | Class::She => 0.3,
            Class::They => 0.4,
            Class::It => {
                let lemma = s.tokens[item.token].lemma.to_lowercase();
                let body = reader.lists.nouns.get(&lemma).is_some_and(|n| n.kinds.iter().any(|k| can_act(*k)));
                match (a.acts, body) {
                    (_, true) => 0.2,
                    (true, false) => 2.2,
                    (false, false) => 0.7,
                }
            }
        };
        if item.unknown {
            points -= 0.3;
        }
    } else if a.class == Class::It {
        let kind = cast.figures[item.figures[0]].kind;
        if a.acts {
            points += match kind {
                k if can_act(k) => 0.4,
                ActorKind::Territory => -0.5,
                _ => -1.6,
            };
        } else if kind == ActorKind::Territory && preposition_of_place(reader, s, item.token) {
            points -= 0.3;
        }
    }
    Some(points)
}

fn preposition_of_place(reader: &Reader<'_, '_>, s: &Sentence, t: usize) -> bool {
    tree::preposition(s, t).is_some_and(|p| reader.scene.know.lexicon.locative.contains(p))
}

fn can_act(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::State | ActorKind::Alliance | ActorKind::Organization | ActorKind::Company | ActorKind::ArmedGroup)
}
