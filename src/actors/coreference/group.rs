//! Expressions for several actors: `the two countries`, `both`, `each`, `the former`, `the latter`.

use super::items::Item;
use super::phrase::Phrase;
use super::tree::{self, Role};
use super::{Answer, Reader};
use crate::actors::{ActorKind, Cast, FigureId, MentionForm};
use crate::language::{Deprel, Upos};

/// How far back a group may lie.
const REACH: usize = 4;

/// What the members of a group must be.
#[derive(Debug, Clone)]
pub(super) struct Sort<'a> {
    /// The kinds; none where any actor will do.
    pub kinds: &'a [ActorKind],
    pub gender: &'a str,
    /// A type that each member must have (`gulf`, `kingdom`).
    pub types: Vec<String>,
}

impl Sort<'_> {
    fn admits(&self, reader: &Reader<'_, '_>, cast: &Cast, figure: FigureId) -> bool {
        let f = &cast.figures[figure];
        let kind = if self.kinds.is_empty() {
            !matches!(
                f.kind,
                ActorKind::Agreement | ActorKind::Conflict | ActorKind::Pipeline | ActorKind::Infrastructure | ActorKind::Territory
            )
        } else {
            self.kinds.contains(&f.kind)
        };
        let gender = self.gender.is_empty() || ["", self.gender].contains(&reader.gender(cast, figure));
        kind && gender
            && self.types.iter().all(|t| f.types.contains(t) || reader.lists.state_types.get(&f.name).is_some_and(|own| own.contains(t)))
    }
}

/// `both`, `each`, `neither`, `the former`, `the latter`, `the two` standing alone.
pub(super) fn bare(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> Option<Answer> {
    let s = &reader.scene.sentences[number];
    let token = &s.tokens[t];
    let word = reader.scene.lower(number, t);
    let any = Sort { kinds: &[], gender: "", types: Vec::new() };
    // "Both agreed": before a verb it stands alone, whatever the tree says.
    let noun_next = s.tokens.get(t + 1).is_some_and(|n| {
        let lemma = n.lemma.to_lowercase();
        [lemma.as_str(), reader.scene.lower(number, t + 1).trim_end_matches('s')]
            .iter()
            .any(|w| reader.lists.pairs.contains(*w) || reader.lists.nouns.contains_key(*w) || reader.lists.humans.contains_key(*w))
    });
    let verb_next = !noun_next
        && s.tokens.get(t + 1).is_some_and(|n| matches!(n.upos, Upos::Verb | Upos::Aux))
        && (t == 0 || matches!(s.tokens[t - 1].upos, Upos::Punct | Upos::Cconj | Upos::Sconj));
    let alone = verb_next
        || tree::role(s, t) != Role::Modifier
            && !matches!(
                token.deprel,
                Deprel::Det | Deprel::DetPredet | Deprel::Cc | Deprel::CcPreconj | Deprel::Advmod | Deprel::Nummod | Deprel::Case
            );
    let argument = verb_next
        || token.deprel.is_under(Deprel::Nsubj)
        || matches!(token.deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::NmodPoss);
    match word.as_str() {
        "both" | "each"
            if alone
                && argument
                && !s.children(t).any(|c| s.tokens[c].deprel == Deprel::Conj || (s.tokens[c].deprel == Deprel::Nmod && c > t)) =>
        {
            let mut answer = find(reader, cast, number, t, 2, &any)?;
            answer.why = format!("`{word}`: {}", answer.why);
            Some(answer)
        }
        "two"
            if alone
                && argument
                && t > 0
                && reader.scene.lower(number, t - 1) == "the"
                && !s.children(t).any(|c| c > t && s.tokens[c].upos == Upos::Noun) =>
        {
            find(reader, cast, number, t, 2, &any)
        }
        "former" | "latter" if t > 0 && reader.scene.lower(number, t - 1) == "the" => {
            // Before a noun it is an adjective.
            if s.tokens
                .get(t + 1)
                .is_some_and(|n| matches!(n.upos, Upos::Noun | Upos::Propn | Upos::Adj) && n.span.begin <= token.span.stop + 1)
            {
                return None;
            }
            let pair = pair(reader, cast, number, t)?;
            let figure = if word == "former" { pair.0 } else { pair.1 };
            Some(Answer {
                figures: vec![figure],
                certainty: 0.8,
                why: format!("the {} of the last pair named", if word == "former" { "first" } else { "second" }),
            })
        }
        _ => None,
    }
}

/// The last pair of joined actors before a place, in the order of the text.
fn pair(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> Option<(FigureId, FigureId)> {
    let any = Sort { kinds: &[], gender: "", types: Vec::new() };
    for (d, row) in reader.back(number, 1) {
        for item in row.iter().rev().filter(|i| d > 0 || i.token < t) {
            if let Some(group) = group_of(reader, cast, item, &any)
                && let [a, b] = group.as_slice()
            {
                return Some((*a, *b));
            }
        }
    }
    None
}

/// The figures joined to a phrase, in order, where each is of the sort.
fn group_of(reader: &Reader<'_, '_>, cast: &Cast, item: &Item, sort: &Sort<'_>) -> Option<Vec<FigureId>> {
    let s = &reader.scene.sentences[item.sentence];
    if s.tokens[item.token].deprel == Deprel::Conj {
        return None;
    }
    let mut figures = Vec::new();
    let joined = tree::joined(s, item.token);
    // A name between them that is none of them: the tree is wrong.
    let (first, last) = (*joined.first()?, *joined.last()?);
    if reader.items[item.sentence].iter().any(|i| {
        !i.is_rival() && i.token > first && i.token < last && matches!(i.role, Role::Subject | Role::Object) && !joined.contains(&i.token)
    }) {
        return None;
    }
    for t in joined {
        let part = reader.item_over(cast, item.sentence, t)?;
        if part.is_rival() || part.role == Role::Modifier {
            return None;
        }
        for f in &part.figures {
            if !sort.admits(reader, cast, *f) {
                return None;
            }
            if !figures.contains(f) {
                figures.push(*f);
            }
        }
    }
    let human = figures.iter().filter(|f| cast.figures[**f].kind.is_human()).count();
    (figures.len() > 1 && (human == 0 || human == figures.len())).then_some(figures)
}

/// The last `count` actors of a sort that the text takes together: joined names, an expression for the group, or just so many.
pub(super) fn find(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize, count: usize, sort: &Sort<'_>) -> Option<Answer> {
    let mut seen: Vec<FigureId> = Vec::new();
    for (d, row) in reader.back(number, REACH) {
        let near: Vec<&Item> = row.iter().filter(|i| d > 0 || i.token < t).collect();
        let groups: Vec<Vec<FigureId>> = near.iter().filter_map(|i| group_of(reader, cast, i, sort)).filter(|g| g.len() == count).collect();
        if let Some(last) = groups.last() {
            return Some(Answer { figures: last.clone(), certainty: 0.85, why: format!("{count} joined names, {d} sentence(s) before") });
        }
        let group = near.iter().rev().find(|i| i.figures.len() == count && i.figures.iter().all(|f| sort.admits(reader, cast, *f)));
        if let Some(item) = group {
            return Some(Answer { figures: item.figures.clone(), certainty: 0.8, why: "the group last spoken of".to_owned() });
        }
        // "visited A in X and B in Y … both": those whom the subject, one of the same sort, dealt with.
        let mut here: Vec<(FigureId, Role)> = Vec::new();
        for item in near.iter().filter(|i| i.figures.len() == 1 && i.role != Role::Modifier && sort.admits(reader, cast, i.figures[0])) {
            if here.iter().all(|h| h.0 != item.figures[0]) {
                here.push((item.figures[0], item.role));
            }
        }
        if d > 0 && seen.is_empty() && here.len() == count + 1 && here.iter().filter(|h| h.1 == Role::Subject).count() == 1 {
            let figures = here.iter().filter(|h| h.1 != Role::Subject).map(|h| h.0).collect();
            return Some(Answer { figures, certainty: 0.65, why: "those whom the subject before dealt with".to_owned() });
        }
        for item in near.iter().filter(|i| !i.is_rival() && i.role != Role::Modifier) {
            for f in &item.figures {
                if sort.admits(reader, cast, *f) && !seen.contains(f) && item.form != Some(MentionForm::Pronoun) {
                    seen.push(*f);
                }
            }
        }
        let human = seen.iter().filter(|f| cast.figures[**f].kind.is_human()).count();
        if human > 0 && human < seen.len() {
            return None;
        }
        let same = seen.windows(2).all(|w| cast.figures[w[0]].kind == cast.figures[w[1]].kind || human > 0);
        if seen.len() >= count && !same {
            return None;
        }
        if seen.len() == count && count > 1 {
            return Some(Answer { figures: seen, certainty: 0.7, why: format!("the {count} of that sort last named") });
        }
        if seen.len() > count {
            return None;
        }
    }
    None
}

/// A plural description with a number, or `both`.
pub(super) fn describe(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    let count = phrase.count?;
    let (number, t) = (phrase.sentence, phrase.head);
    // "the two foreign ministers, A and B".
    let any = Sort { kinds: &[], gender: "", types: Vec::new() };
    let next = reader.items[number].iter().find(|i| i.token > t && i.token <= t + 4 && !i.is_rival());
    if reader.scene.sentences[number].tokens.get(t + 1).is_some_and(|n| n.span.of(&reader.scene.document.prose) == ",")
        && let Some(figures) = next.and_then(|i| group_of(reader, cast, i, &any))
        && figures.len() == count
    {
        return Some(Answer { figures, certainty: 0.9, why: "apposition".to_owned() });
    }
    let types: Vec<String> = phrase.modifiers.iter().filter(|m| reader.lists.known_types.contains(*m)).cloned().collect();
    let noun = phrase.noun.as_str();
    if let Some(human) = reader.lists.humans.get(noun) {
        let sort = Sort { kinds: &[ActorKind::Leader, ActorKind::Person], gender: &human.gender, types: Vec::new() };
        if let Some(answer) = find(reader, cast, number, t, count, &sort) {
            return Some(answer);
        }
        return leaders(reader, cast, phrase, count, human);
    }
    if reader.lists.sides.contains(noun) {
        const BODIES: [ActorKind; 6] =
            [ActorKind::State, ActorKind::Alliance, ActorKind::Organization, ActorKind::Company, ActorKind::ArmedGroup, ActorKind::People];
        let sort = Sort { kinds: &BODIES, gender: "", types: Vec::new() };
        if let Some(answer) = members(reader, cast, phrase, count) {
            return Some(answer);
        }
        return find(reader, cast, number, t, count, &sort);
    }
    let states = [ActorKind::State];
    if matches!(noun, "capital" | "government") {
        return find(reader, cast, number, t, count, &Sort { kinds: &states, gender: "", types: Vec::new() });
    }
    let known = reader.lists.nouns.get(noun)?;
    if noun == "republic" || known.need == super::lists::Match::Type || !types.is_empty() {
        let mut wanted = types;
        if known.kinds.contains(&ActorKind::State) && known.need == super::lists::Match::Type {
            wanted.push(noun.to_owned());
        }
        return find(reader, cast, number, t, count, &Sort { kinds: &known.kinds, gender: "", types: wanted });
    }
    let kinds: &[ActorKind] = if known.kinds.contains(&ActorKind::State) { &states } else { &known.kinds };
    find(reader, cast, number, t, count, &Sort { kinds, gender: "", types })
}

/// `the two presidents` of the pair of states last named.
fn leaders(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, count: usize, human: &super::lists::Human) -> Option<Answer> {
    if human.offices.is_empty() {
        return None;
    }
    let states =
        find(reader, cast, phrase.sentence, phrase.head, count, &Sort { kinds: &[ActorKind::State], gender: "", types: Vec::new() })
            .filter(|a| a.certainty >= 0.8)?;
    let mut figures = Vec::new();
    for state in &states.figures {
        let entry = cast.figures[*state].entry?;
        figures.push(super::office::in_document(reader, cast, entry, &human.offices)?);
    }
    figures.dedup();
    (figures.len() == count).then(|| Answer { figures, certainty: 0.7, why: format!("those in office, {}", states.why) })
}

/// `the three partners` of a body that has just so many members.
fn members(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, count: usize) -> Option<Answer> {
    let catalogue = &reader.scene.know.catalogue;
    if !reader.lists.members.contains(&phrase.noun) {
        return None;
    }
    let year = reader.scene.year;
    for (_, row) in reader.back(phrase.sentence, 1) {
        for item in row.iter().rev() {
            let body = item.figures.iter().filter(|f| cast.figures[**f].kind == ActorKind::Alliance).find_map(|f| cast.figures[*f].entry);
            let Some(body) = body else { continue };
            let states: Vec<_> = catalogue
                .memberships
                .iter()
                .filter(|m| {
                    m.of == body
                        && year.is_none_or(|y| m.from.is_none_or(|f| f.year() <= y) && m.to.is_none_or(|t| t.year() >= y))
                        && (year.is_some() || m.to.is_none())
                })
                .map(|m| m.member)
                .collect();
            if states.len() == count {
                let figures = states.into_iter().map(|e| cast.figure_of(e, || reader.scene.figure(e))).collect();
                return Some(Answer { figures, certainty: 0.75, why: "a body with just so many members".to_owned() });
            }
        }
    }
    None
}
