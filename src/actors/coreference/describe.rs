//! Definite descriptions: `the alliance`, `the kingdom`, `the Assad regime`, `the 2020 war`.

use std::collections::BTreeMap;

use super::items::Item;
use super::lists::{Match, Noun};
use super::phrase::Phrase;
use super::{Answer, DESCRIPTION_REACH, Reader, group, office, tree};
use crate::actors::{ActorKind, Cast, EntryId, FigureId, MentionForm};
use crate::language::Upos;

/// A description's best figure must lead the next by this.
const MARGIN: f32 = 0.4;

/// Whom a description means, where that is clear.
pub(super) fn resolve(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    let human = reader.lists.humans.get(&phrase.noun);
    let thing = reader.lists.nouns.get(&phrase.noun);
    if let Some(figure) = phrase.named {
        let kind = cast.figures[figure].kind;
        let agrees = (human.is_some() && kind.is_human()) || thing.is_some_and(|n| n.kinds.contains(&kind));
        if agrees && !phrase.plural {
            return Some(Answer { figures: vec![figure], certainty: 0.93, why: "apposition".to_owned() });
        }
    }
    // "the state company is SOCAR"
    let s = &reader.scene.sentences[phrase.sentence];
    if let Some(up) = s.tokens[phrase.head].head
        && s.tokens[phrase.head].deprel.is_under(crate::language::Deprel::Nsubj)
        && s.children(up).any(|c| s.tokens[c].deprel == crate::language::Deprel::Cop)
        && let Some(item) = reader.items[phrase.sentence].iter().find(|i| i.token == up && i.figures.len() == 1)
    {
        let kind = cast.figures[item.figures[0]].kind;
        let agrees = (human.is_some() && kind.is_human()) || thing.is_some_and(|n| n.kinds.contains(&kind));
        return agrees.then(|| Answer { figures: item.figures.clone(), certainty: 0.85, why: "its predicate".to_owned() });
    }
    if phrase.count.is_some() {
        return group::describe(reader, cast, phrase);
    }
    if reader.lists.governments.contains(&phrase.noun) {
        return government(reader, cast, phrase);
    }
    if phrase.noun == "capital" {
        return capital(reader, cast, phrase);
    }
    if let Some(human) = human {
        return if phrase.plural && thing.is_none() { None } else { office::resolve(reader, cast, phrase, human) };
    }
    let noun = thing?;
    if phrase.plural && !phrase.noun.ends_with('s') && phrase.noun != "guerrilla" {
        return None;
    }
    if phrase.owned {
        return owned(reader, cast, phrase, noun);
    }
    if noun.need == Match::Pair {
        return None;
    }
    if let Some(year) = phrase.year {
        return dated(reader, cast, phrase, noun, year);
    }
    if phrase.restricted || (phrase.foreign && !phrase.modifiers.iter().any(|m| reader.lists.known_types.contains(m))) {
        return None;
    }
    if let Some(answer) = ruled(reader, cast, phrase) {
        return Some(answer);
    }
    // "the state": not the nearest of all states, but the one that the text is about.
    let public = reader.lists.public_bodies.contains(&phrase.noun);
    if public && noun.kinds.contains(&ActorKind::State) && phrase.tokens.len() == 2 {
        return main(reader, cast, phrase, noun);
    }
    candidates(reader, cast, phrase, noun)
        .or_else(|| by_home(reader, cast, phrase, noun))
        .or_else(|| event(reader, cast, phrase, noun))
        .or_else(|| only(reader, cast, phrase, noun))
        .or_else(|| main(reader, cast, phrase, noun))
}

/// The only figure of the document so far that a noun's kinds allow, however far back.
fn only(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    if noun.kinds.iter().any(|k| matches!(k, ActorKind::State | ActorKind::Territory | ActorKind::Company)) {
        return None;
    }
    // Of the many bodies that a text names, those of the noun's own sort count.
    let bodies = noun.kinds.contains(&ActorKind::Organization);
    let all = noun.kinds.iter().flat_map(|k| reader.named.get(k).into_iter().flatten().copied());
    let mut all = all.filter(|f| !bodies || fit(reader, cast, *f, phrase, noun).is_some());
    let figure = all.next().filter(|_| all.next().is_none())?;
    fit(reader, cast, figure, phrase, noun)?;
    // An army of another state than the text's is not `the army`.
    if bodies && reader.main.is_none_or(|m| reader.home(cast, figure) != cast.figures[m].entry) {
        return None;
    }
    let row = &reader.items[phrase.sentence];
    if row.iter().any(|i| i.figures.contains(&figure) && (i.token >= phrase.tokens.start || beside(reader, phrase, i))) {
        return None;
    }
    Some(Answer { figures: vec![figure], certainty: 0.65, why: "the only one of its kind so far".to_owned() })
}

/// `the country`, `the army` of the state that the document mostly speaks of.
fn main(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    if phrase.plural || phrase.tokens.len() != phrase.noun.split(' ').count() + 1 {
        return None;
    }
    if reader.lists.public_bodies.contains(&phrase.noun) {
        return government(reader, cast, phrase);
    }
    let main = reader.main?;
    let open = noun.need == Match::Kind && noun.kinds.contains(&ActorKind::State) && phrase.noun != "power";
    let beside = reader.items[phrase.sentence].iter().any(|i| i.figures.contains(&main) && beside(reader, phrase, i));
    (open && !beside).then(|| Answer { figures: vec![main], certainty: 0.6, why: "the state mostly spoken of".to_owned() })
}

fn state_figure(reader: &Reader<'_, '_>, cast: &mut Cast, entry: EntryId) -> Option<FigureId> {
    (reader.scene.know.catalogue.entry(entry).kind() == ActorKind::State).then(|| cast.figure_of(entry, || reader.scene.figure(entry)))
}

/// `the Syrian government`, `the Assad regime`, `Turkey's leadership`, `his government`, `the government`.
fn government(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    if phrase.plural && phrase.noun != "authorities" {
        return None;
    }
    let answer = |figure: FigureId, certainty: f32, why: &str| Some(Answer { figures: vec![figure], certainty, why: why.to_owned() });
    if let Some(home) = phrase.homes.first() {
        return answer(state_figure(reader, cast, *home)?, 0.92, "government of the state named by its adjective");
    }
    if let Some(owner) = phrase.owner {
        let home = reader.home(cast, owner)?;
        let human = cast.figures[owner].kind.is_human();
        return (human || cast.figures[owner].kind == ActorKind::State)
            .then(|| state_figure(reader, cast, home))
            .flatten()
            .and_then(|f| answer(f, if human { 0.75 } else { 0.92 }, "government of its owner's state"));
    }
    // "the breakaway administration": of the only such territory.
    if phrase.modifiers.iter().any(|m| reader.lists.pretended.contains(m)) {
        let mut all = reader.named.get(&ActorKind::Territory).into_iter().flatten().filter(|f| has_type(reader, cast, **f, "breakaway"));
        let (first, next) = (all.next().copied(), all.next());
        return first
            .filter(|_| next.is_none() && !phrase.owned)
            .and_then(|f| answer(f, 0.75, "administration of the only breakaway territory"));
    }
    let capital = reader.scene.form(phrase.sentence, phrase.head).chars().next().is_some_and(char::is_uppercase);
    if let Some(inside) = phrase.inside.last().filter(|_| !capital) {
        let home = reader.home(cast, *inside)?;
        return answer(state_figure(reader, cast, home)?, 0.8, "government named after its leader or party: the state");
    }
    // "his government", of somebody that the text leaves open.
    let theirs = phrase.owned && reader.scene.sentences[phrase.sentence].tokens[phrase.tokens.start].upos == Upos::Pron;
    if (phrase.owned && !theirs) || phrase.restricted || phrase.foreign || phrase.noun == "administration" {
        return None;
    }
    if let Some(main) = reader.main {
        return answer(main, 0.65, "government of the state mostly spoken of");
    }
    if theirs {
        return None;
    }
    // The one state that this and the sentence before speak of.
    for reach in 0..=1 {
        let mut homes: Vec<EntryId> = Vec::new();
        for (d, row) in reader.back(phrase.sentence, reach) {
            for item in row.iter().filter(|i| (d > 0 || i.token < phrase.head) && i.form != Some(MentionForm::Pronoun)) {
                for f in &item.figures {
                    if let Some(home) = reader.home(cast, *f)
                        && reader.scene.know.catalogue.entry(home).kind() == ActorKind::State
                        && !homes.contains(&home)
                    {
                        homes.push(home);
                    }
                }
            }
        }
        match homes.as_slice() {
            [] => {}
            [one] => return answer(state_figure(reader, cast, *one)?, 0.65, "government of the one state spoken of"),
            _ => return None,
        }
    }
    None
}

/// `the Ukrainian capital`, `its capital`.
fn capital(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    if phrase.plural {
        return None;
    }
    let owner = phrase.owner.and_then(|o| (!cast.figures[o].kind.is_human()).then_some(cast.figures[o].entry).flatten());
    let state = phrase.homes.first().copied().or(owner).or_else(|| {
        if phrase.owned || phrase.restricted {
            return None;
        }
        // "the capital": of the only state of this and the sentence before.
        let mut states: Vec<EntryId> = reader
            .back(phrase.sentence, 1)
            .flat_map(|(_, row)| row.iter())
            .flat_map(|i| i.figures.iter())
            .filter_map(|f| reader.home(cast, *f))
            .collect();
        states.sort_unstable();
        states.dedup();
        if let [one] = states.as_slice() { Some(*one) } else { None }
    })?;
    let city = reader.scene.know.catalogue.entry(state).capital?;
    let figure = cast.figure_of(city, || reader.scene.figure(city));
    Some(Answer { figures: vec![figure], certainty: 0.85, why: "capital of the state named".to_owned() })
}

/// `his country`, `its parliament`: a thing by its owner.
fn owned(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    let Some(owner) = phrase.owner else {
        // "his country", of somebody that the text leaves open.
        let theirs = reader.scene.sentences[phrase.sentence].tokens[phrase.tokens.start].upos == Upos::Pron;
        let home = matches!(phrase.noun.as_str(), "country" | "nation" | "homeland") && phrase.tokens.len() == 2;
        return reader.main.filter(|_| theirs && home).map(|m| Answer {
            figures: vec![m],
            certainty: 0.6,
            why: "the state mostly spoken of".to_owned(),
        });
    };
    if matches!(phrase.noun.as_str(), "country" | "nation" | "homeland") && cast.figures[owner].kind.is_human() && phrase.tokens.len() <= 3
    {
        let home = reader.home(cast, owner)?;
        let figure = state_figure(reader, cast, home)?;
        return Some(Answer { figures: vec![figure], certainty: 0.8, why: "home of its owner".to_owned() });
    }
    // "his party": of those he leads the one that fits.
    if cast.figures[owner].kind.is_human() && noun.kinds.iter().any(|k| matches!(k, ActorKind::Organization | ActorKind::ArmedGroup)) {
        let entry = cast.figures[owner].entry?;
        let catalogue = &reader.scene.know.catalogue;
        let mut led: Vec<EntryId> = catalogue.offices(entry).map(|t| t.of).chain(catalogue.entry(entry).home.iter().copied()).collect();
        led.sort_unstable();
        led.dedup();
        let fitting: Vec<FigureId> = led
            .into_iter()
            .filter_map(|e| cast.figures.iter().position(|f| f.entry == Some(e)))
            .filter(|f| fit(reader, cast, *f, phrase, noun).is_some())
            .collect();
        let [one] = fitting.as_slice() else { return None };
        return Some(Answer { figures: vec![*one], certainty: 0.75, why: "the one its owner leads".to_owned() });
    }
    None
}

/// `the country` in a sentence about one of its leaders, where no other state stands between.
fn ruled(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    if !matches!(phrase.noun.as_str(), "country" | "nation") || phrase.tokens.len() != 2 {
        return None;
    }
    let before: Vec<&Item> = reader.items[phrase.sentence]
        .iter()
        .filter(|i| i.token < phrase.head && !i.is_rival() && i.form != Some(MentionForm::Demonym))
        .collect();
    let state = before.iter().any(|i| i.figures.iter().any(|f| cast.figures[*f].kind == ActorKind::State));
    let last = before
        .iter()
        .rev()
        .find(|i| i.role == tree::Role::Subject && i.figures.len() == 1 && cast.figures[i.figures[0]].kind.is_human())?;
    if state {
        return None;
    }
    let home = reader.home(cast, last.figures[0])?;
    let figure = state_figure(reader, cast, home)?;
    Some(Answer { figures: vec![figure], certainty: 0.7, why: "home of the leader who acts in the sentence".to_owned() })
}

/// Whether a figure has a type, by the catalogue, by its kind of state or by its own name.
fn has_type(reader: &Reader<'_, '_>, cast: &Cast, figure: FigureId, wanted: &str) -> bool {
    let f = &cast.figures[figure];
    f.types.iter().any(|t| t == wanted || t.rsplit(' ').next() == Some(wanted))
        || reader.lists.state_types.get(&f.name).is_some_and(|own| own.iter().any(|t| t == wanted))
        || f.name.rsplit(' ').next().is_some_and(|w| w.to_lowercase() == wanted)
        || reader.called.get(&figure).is_some_and(|c| c.contains(wanted))
}

/// Points for how well a figure fits a noun; `None` where it does not.
fn fit(reader: &Reader<'_, '_>, cast: &Cast, figure: FigureId, phrase: &Phrase, noun: &Noun) -> Option<f32> {
    let f = &cast.figures[figure];
    let mut typed =
        has_type(reader, cast, figure, &phrase.noun) || phrase.noun.strip_suffix('s').is_some_and(|n| has_type(reader, cast, figure, n));
    let mut like = false;
    if !typed && noun.kinds.contains(&f.kind) {
        like = noun.like.iter().any(|l| has_type(reader, cast, figure, l));
    }
    // "the island nation", "the Gulf kingdom": what is said of the state must hold.
    let mut said = 0;
    if noun.kinds.contains(&ActorKind::State) && f.kind == ActorKind::State {
        for m in &phrase.modifiers {
            if reader.lists.known_types.contains(m) {
                if !has_type(reader, cast, figure, m) {
                    return None;
                }
                said += 1;
            }
        }
    }
    // Nearly every state is a republic.
    let pretended = phrase.modifiers.iter().any(|m| reader.lists.pretended.contains(m));
    if f.kind == ActorKind::State && pretended && !has_type(reader, cast, figure, "breakaway") {
        return None;
    }
    if (!typed || pretended) && noun.unlike.iter().any(|u| f.types.contains(u)) {
        return None;
    }
    let body = matches!(f.kind, ActorKind::Organization | ActorKind::ArmedGroup | ActorKind::Alliance);
    if !noun.kinds.contains(&f.kind) && (!body || noun.kinds.contains(&ActorKind::State)) {
        typed = false;
    }
    match noun.need {
        Match::Kind | Match::Pair if !typed && !noun.kinds.contains(&f.kind) => return None,
        Match::Type if !typed && !like => return None,
        _ => {}
    }
    if phrase.modifiers.iter().any(|m| m == "breakaway" || m == "separatist") && f.kind == ActorKind::Territory {
        said += i32::from(has_type(reader, cast, figure, "breakaway"));
    }
    if !phrase.homes.is_empty() && f.kind != ActorKind::State {
        let homes: Vec<EntryId> = f.entry.map(|e| reader.scene.know.catalogue.entry(e).home.clone()).unwrap_or_default();
        let known = !homes.is_empty() || f.within.is_some();
        let own = phrase.homes.iter().any(|h| homes.contains(h) || f.within.is_some_and(|w| cast.figures[w].entry == Some(*h)));
        if known && !own {
            return None;
        }
    }
    Some(
        if typed {
            1.4
        } else if like {
            1.0
        } else {
            0.4
        } + 0.8 * said as f32,
    )
}

/// The figure of the document that fits best.
fn candidates(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    let mut best: BTreeMap<FigureId, (f32, String)> = BTreeMap::new();
    let s = &reader.scene.sentences[phrase.sentence];
    let verb = s.tokens[tree::first_conjunct(s, phrase.head)].head;
    let acts =
        verb.is_some_and(|v| tree::role(s, phrase.head) == tree::Role::Subject && reader.lists.actor_verbs.contains(&s.tokens[v].lemma));
    for (d, row) in reader.back(phrase.sentence, DESCRIPTION_REACH) {
        for item in row {
            if d == 0 && (item.token >= phrase.tokens.start || beside(reader, phrase, item)) {
                continue;
            }
            if item.figures.len() != 1 {
                continue;
            }
            let figure = item.figures[0];
            let Some(points) = fit(reader, cast, figure, phrase, noun) else { continue };
            // Without a type of its own, or for a body that every state has, only what is near counts.
            let near = points < 1.0 || (noun.need == Match::Type && cast.figures[figure].kind == ActorKind::Organization);
            if near && d > 3 {
                continue;
            }
            let mut points = points + reader.nearness(phrase.sentence, d) + 0.6 * item.role.salience();
            if item.form == Some(MentionForm::Demonym) {
                points -= 0.8;
            }
            if acts
                && !matches!(
                    cast.figures[figure].kind,
                    ActorKind::State | ActorKind::Alliance | ActorKind::Organization | ActorKind::Company | ActorKind::ArmedGroup
                )
            {
                points -= 0.4;
            }
            let why = format!("`{}` fits, {d} sentence(s) before", phrase.noun);
            let entry = best.entry(figure).or_insert((f32::MIN, String::new()));
            if points > entry.0 {
                *entry = (points, why);
            }
        }
    }
    let mut list: Vec<(f32, FigureId, String)> = best.into_iter().map(|(f, (p, w))| (p, f, w)).collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (top, figure, why) = list.first()?.clone();
    let lead = list.get(1).map_or(1.5, |n| top - n.0);
    if lead < MARGIN {
        return None;
    }
    Some(Answer { figures: vec![figure], certainty: (0.6 + 0.15 * lead).min(0.9), why })
}

/// Whether a phrase is another argument of the description's own verb.
fn beside(reader: &Reader<'_, '_>, phrase: &Phrase, item: &Item) -> bool {
    let s = &reader.scene.sentences[phrase.sentence];
    let up = |t: usize| s.tokens[tree::first_conjunct(s, t)].head;
    let subject = tree::subject(s, tree::clause(s, phrase.head), |v| reader.lists.subject_control.contains(v));
    tree::clause(s, item.token) == tree::clause(s, phrase.head)
        || (up(item.token).is_some() && up(item.token) == up(phrase.head))
        || (subject == Some(item.token) && subject != Some(phrase.head))
        || tree::below(s, phrase.head, item.token) == Some(false)
}

/// `the emirate` after `Qatar Airways`: a kind of state that the home of somebody just named is.
fn by_home(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    if !noun.kinds.contains(&ActorKind::State) || noun.need != Match::Type || phrase.noun == "republic" {
        return None;
    }
    let mut homes: Vec<EntryId> = reader
        .back(phrase.sentence, 2)
        .flat_map(|(_, row)| row.iter())
        .flat_map(|i| i.figures.iter())
        .filter_map(|f| reader.home(cast, *f))
        .filter(|h| reader.lists.state_types.get(&reader.scene.know.catalogue.entry(*h).name).is_some_and(|t| t.contains(&phrase.noun)))
        .collect();
    homes.sort_unstable();
    homes.dedup();
    let [home] = homes.as_slice() else { return None };
    let figure = state_figure(reader, cast, *home)?;
    Some(Answer { figures: vec![figure], certainty: 0.65, why: "home of somebody just named".to_owned() })
}

/// The states and others named in this sentence up to the phrase and in `reach` sentences before, nearest first.
fn around(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, reach: usize) -> Vec<EntryId> {
    let mut out = Vec::new();
    for (d, row) in reader.back(phrase.sentence, reach) {
        for item in row.iter().filter(|i| d > 0 || i.token != phrase.head) {
            for f in &item.figures {
                let figure = &cast.figures[*f];
                for e in figure.entry.into_iter().chain(figure.within.and_then(|w| cast.figures[w].entry)) {
                    if !out.contains(&e) {
                        out.push(e);
                    }
                }
            }
        }
    }
    out
}

/// `the 2020 war`, `the 1994 ceasefire`: by year and parties.
fn dated(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, noun: &Noun, year: i16) -> Option<Answer> {
    for reach in [1, DESCRIPTION_REACH] {
        let named = around(reader, cast, phrase, reach);
        if let Some(entry) = of_year(reader, phrase, noun, year, &named, 1) {
            let figure = cast.figure_of(entry, || reader.scene.figure(entry));
            return Some(Answer { figures: vec![figure], certainty: 0.85, why: format!("its year and parties, {year}") });
        }
    }
    None
}

/// The one entry of a year that fits a noun and has the most parties among those named, at least `least`.
fn of_year(reader: &Reader<'_, '_>, phrase: &Phrase, noun: &Noun, year: i16, named: &[EntryId], least: usize) -> Option<EntryId> {
    let catalogue = &reader.scene.know.catalogue;
    let mut found: Vec<(usize, EntryId)> = Vec::new();
    for (id, entry) in (0_u32..).zip(catalogue.entries.iter()) {
        if !noun.kinds.contains(&entry.kind()) || entry.from.is_none_or(|f| f.year() != year) {
            continue;
        }
        let typed = |w: &str| entry.types.iter().any(|t| t == w || t.ends_with(w)) || entry.name.to_lowercase().contains(w);
        if !typed(&phrase.noun) && !noun.like.iter().any(|l| typed(l)) {
            continue;
        }
        let overlap = named.iter().filter(|n| entry.parties.contains(n) || entry.home.contains(n)).count();
        if overlap >= least.min(entry.parties.len().max(1)) {
            // A name with the noun itself before one with a word like it.
            found.push((overlap * 2 + usize::from(typed(&phrase.noun)), id));
        }
    }
    found.sort_by_key(|f| std::cmp::Reverse(f.0));
    match found.as_slice() {
        [one] => Some(one.1),
        [a, b, ..] if a.0 > b.0 => Some(a.1),
        _ => None,
    }
}

/// `the war`, `the invasion` after a sentence that dates it and names its sides.
fn event(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, noun: &Noun) -> Option<Answer> {
    if !noun.kinds.contains(&ActorKind::Conflict) || phrase.plural {
        return None;
    }
    for d in 0..=1.min(phrase.sentence) {
        let number = phrase.sentence - d;
        let years: Vec<i16> = (0..reader.scene.sentences[number].tokens.len())
            .filter_map(|t| reader.scene.form(number, t).parse::<i16>().ok())
            .filter(|y| (1800..=2050).contains(y))
            .collect();
        let [year] = years.as_slice() else { continue };
        let mut named = around(reader, cast, phrase, d);
        named.truncate(8);
        // A place stands for its state.
        let homes: Vec<EntryId> = named.iter().flat_map(|n| reader.scene.know.catalogue.entry(*n).home.iter().copied()).collect();
        for h in homes {
            if !named.contains(&h) {
                named.push(h);
            }
        }
        if let Some(entry) = of_year(reader, phrase, noun, *year, &named, 2) {
            let figure = cast.figure_of(entry, || reader.scene.figure(entry));
            return Some(Answer { figures: vec![figure], certainty: 0.7, why: format!("what was fought in {year} between those named") });
        }
    }
    None
}
