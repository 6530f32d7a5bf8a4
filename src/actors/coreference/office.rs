//! Descriptions of persons: by office (`the Turkish president`), rank (`the general`), bond (`his father`).

use super::lists::Human;
use super::phrase::Phrase;
use super::{Answer, Reader};
use crate::actors::{ActorKind, Cast, EntryId, FigureId, MentionForm};
use crate::documents::PartialDate;

/// How far back a bare office may reach.
const REACH: usize = 6;
/// The best must lead by this.
const MARGIN: f32 = 0.4;

/// Whom a description of a person means.
pub(super) fn resolve(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, human: &Human) -> Option<Answer> {
    if phrase.noun == "counterpart" {
        return counterpart(reader, cast, phrase);
    }
    if let Some(owner) = phrase.owner
        && cast.figures[owner].kind.is_human()
    {
        if let Some(answer) = relative(reader, cast, phrase, owner) {
            return Some(answer);
        }
        if let Some(after) = reader.lists.succession.get(&phrase.noun) {
            return succession(reader, cast, owner, *after);
        }
        // "his prime minister": of his state.
        if human.offices.is_empty() || phrase.homes.is_empty() && phrase.noun == "leader" {
            return None;
        }
    }
    let home =
        phrase.homes.first().copied().or_else(|| {
            phrase.owner.and_then(|o| if cast.figures[o].kind.is_human() { reader.home(cast, o) } else { cast.figures[o].entry })
        });
    match home {
        Some(home) => at_home(reader, cast, phrase, human, home),
        None if phrase.owned || phrase.restricted => None,
        None => {
            bare(reader, cast, phrase, human).or_else(|| at_main(reader, cast, phrase, human)).or_else(|| so_called(reader, cast, phrase))
        }
    }
}

/// `the general`: the only one whom the text calls so, however far back.
fn so_called(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase) -> Option<Answer> {
    if phrase.former || phrase.foreign || !phrase.inside.is_empty() || phrase.tokens.len() > phrase.noun.split(' ').count() + 1 {
        return None;
    }
    let [figure] = reader.so_called.get(&phrase.noun)?.as_slice() else { return None };
    free_of(reader, phrase, *figure)
        .then(|| Answer { figures: vec![*figure], certainty: 0.7, why: "the only one whom the text calls so".to_owned() })
        .filter(|_| cast.figures[*figure].kind.is_human())
}

/// Whether nobody else in the description's own clause is that figure already.
fn free_of(reader: &Reader<'_, '_>, phrase: &Phrase, figure: FigureId) -> bool {
    let s = &reader.scene.sentences[phrase.sentence];
    let clause = super::tree::clause(s, phrase.head);
    !reader.items[phrase.sentence]
        .iter()
        .any(|i| i.figures == [figure] && i.token < phrase.tokens.start && super::tree::clause(s, i.token) == clause)
}

/// `the president` of the state that the document mostly speaks of.
fn at_main(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, human: &Human) -> Option<Answer> {
    if human.offices.is_empty() || phrase.former || phrase.foreign || !phrase.inside.is_empty() {
        return None;
    }
    if phrase.modifiers.iter().any(|m| reader.lists.opposition.contains(m)) || phrase.tokens.len() > phrase.noun.split(' ').count() + 1 {
        return None;
    }
    let home = cast.figures[reader.main?].entry?;
    let figure = in_document(reader, cast, home, &human.offices)?;
    free_of(reader, phrase, figure).then(|| Answer {
        figures: vec![figure],
        certainty: 0.65,
        why: "in that office of the state mostly spoken of".to_owned(),
    })
}

/// `his successor`, `her predecessor`: of those whom the document names the next or last in the same office.
fn succession(reader: &Reader<'_, '_>, cast: &Cast, owner: FigureId, after: bool) -> Option<Answer> {
    let catalogue = &reader.scene.know.catalogue;
    let entry = cast.figures[owner].entry?;
    let mut best: Option<(i16, FigureId)> = None;
    for (figure, other) in cast.figures.iter().enumerate().filter_map(|(i, f)| f.entry.map(|e| (i, e))) {
        if other == entry || !cast.figures[figure].kind.is_human() {
            continue;
        }
        for (a, b) in catalogue.offices(entry).flat_map(|a| catalogue.offices(other).map(move |b| (a, b))) {
            if a.of != b.of || a.office != b.office {
                continue;
            }
            let (first, second) = if after { (a, b) } else { (b, a) };
            let (Some(end), Some(begin)) = (first.to, second.from) else { continue };
            let gap = begin.year() - end.year();
            if (0..=1).contains(&gap) && best.is_none_or(|x| gap < x.0) {
                best = Some((gap, figure));
            }
        }
    }
    best.map(|(_, f)| Answer { figures: vec![f], certainty: 0.8, why: "next in the same office".to_owned() })
}

/// `his father`.
fn relative(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, owner: FigureId) -> Option<Answer> {
    let name = reader.lists.family.get(&(cast.figures[owner].name.clone(), phrase.noun.clone()))?;
    let entry = reader.scene.know.catalogue.find(name)?;
    let figure = cast.figure_of(entry, || reader.scene.figure(entry));
    Some(Answer { figures: vec![figure], certainty: 0.85, why: format!("{} of its owner", phrase.noun) })
}

/// The date that decides who was in office: a year in the sentence, else the document's.
pub(super) fn date(reader: &Reader<'_, '_>, number: usize) -> Option<PartialDate> {
    let years: Vec<i16> = (0..reader.scene.sentences[number].tokens.len())
        .filter_map(|t| reader.scene.form(number, t).parse::<i16>().ok().filter(|y| (1900..=2050).contains(y)))
        .collect();
    match years.as_slice() {
        [year] => PartialDate::from_year(*year),
        _ => reader.scene.document.date.or_else(|| reader.scene.year.and_then(PartialDate::from_year)),
    }
}

/// The year of the sentence or the document's own date, not guessed.
fn firm_date(reader: &Reader<'_, '_>, number: usize) -> Option<PartialDate> {
    let s = &reader.scene.sentences[number];
    let mut years =
        (0..s.tokens.len()).filter_map(|t| reader.scene.form(number, t).parse::<i16>().ok().filter(|y| (1900..=2050).contains(y)));
    match (years.next(), years.next()) {
        (Some(year), None) => PartialDate::from_year(year),
        _ => reader.scene.document.date,
    }
}

/// The persons named so far, the last first, each once, with the distance in sentences and the salience of the mention.
fn persons(reader: &Reader<'_, '_>, cast: &Cast, number: usize, before: usize, reach: usize) -> Vec<(FigureId, usize, f32)> {
    let mut out: Vec<(FigureId, usize, f32)> = Vec::new();
    for (d, row) in reader.back(number, reach) {
        for item in row.iter().rev().filter(|i| d > 0 || i.token < before) {
            for f in &item.figures {
                if !cast.figures[*f].kind.is_human() {
                    continue;
                }
                match out.iter_mut().find(|o| o.0 == *f) {
                    Some(known) if known.1 == d => known.2 = known.2.max(item.role.salience()),
                    Some(_) => {}
                    None => out.push((*f, d, item.role.salience())),
                }
            }
        }
    }
    out
}

/// Whether a person holds one of the offices, of an actor or of any, at a date or at any time.
fn holds(
    reader: &Reader<'_, '_>,
    cast: &Cast,
    figure: FigureId,
    offices: &[String],
    of: Option<EntryId>,
    date: Option<PartialDate>,
) -> bool {
    let Some(entry) = cast.figures[figure].entry else { return false };
    reader.scene.know.catalogue.offices(entry).any(|t| offices.contains(&t.office) && of.is_none_or(|o| t.of == o) && t.covers(date))
}

fn is_from(reader: &Reader<'_, '_>, cast: &Cast, figure: FigureId, home: EntryId) -> bool {
    let f = &cast.figures[figure];
    f.entry.is_some_and(|e| {
        let entry = reader.scene.know.catalogue.entry(e);
        entry.home.contains(&home) || reader.scene.know.catalogue.offices(e).any(|t| t.of == home)
    }) || f.within.is_some_and(|w| cast.figures[w].entry == Some(home))
}

/// The person of the document who holds one of the offices of an actor, the last named.
pub(super) fn in_document(reader: &Reader<'_, '_>, cast: &Cast, of: EntryId, offices: &[String]) -> Option<FigureId> {
    let number = reader.items.len() - 1;
    let list = persons(reader, cast, number, usize::MAX, number);
    let date = date(reader, number);
    let held = |d: Option<PartialDate>| list.iter().find(|p| holds(reader, cast, p.0, offices, Some(of), d)).map(|p| p.0);
    held(date).or_else(|| held(None))
}

/// `the Turkish president`, `Turkey's foreign minister`, `its prime minister`.
fn at_home(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase, human: &Human, home: EntryId) -> Option<Answer> {
    let (number, t) = (phrase.sentence, phrase.tokens.start);
    let known: Vec<FigureId> = persons(reader, cast, number, t, number).into_iter().map(|p| p.0).collect();
    let near: Vec<FigureId> = persons(reader, cast, number, t, 3).into_iter().map(|p| p.0).collect();
    let sexed = |f: FigureId| human.gender.is_empty() || ["", human.gender.as_str()].contains(&reader.gender(cast, f));
    let answer = |f: FigureId, certainty: f32, why: &str| Some(Answer { figures: vec![f], certainty, why: why.to_owned() });
    let date = date(reader, number);
    if human.offices.is_empty() {
        if reader.lists.relational.contains(&phrase.noun) {
            return None;
        }
        // A rank or role: the one person of that home lately named.
        let own: Vec<FigureId> = near.into_iter().filter(|f| is_from(reader, cast, *f, home) && sexed(*f)).collect();
        return match own.as_slice() {
            [one] => answer(*one, 0.75, "the one person of that home lately named"),
            _ => None,
        };
    }
    let by_text = |f: &FigureId| {
        reader.called.get(f).is_some_and(|c| c.contains(&phrase.noun))
            && (is_from(reader, cast, *f, home) || cast.figures[*f].entry.is_none())
    };
    if phrase.former {
        let past: Vec<FigureId> = known.into_iter().filter(|f| holds(reader, cast, *f, &human.offices, Some(home), None)).collect();
        return match past.as_slice() {
            [one] => answer(*one, 0.85, "held that office"),
            _ => None,
        };
    }
    let opposition = phrase.modifiers.iter().any(|m| reader.lists.opposition.contains(m));
    if opposition {
        let own: Vec<FigureId> = near
            .into_iter()
            .filter(|f| is_from(reader, cast, *f, home) && !holds(reader, cast, *f, &human.offices, Some(home), date))
            .collect();
        return match own.as_slice() {
            [one] => answer(*one, 0.7, "the one person of that home lately named who is not in power"),
            _ => None,
        };
    }
    let held: Vec<FigureId> = known.iter().copied().filter(|f| holds(reader, cast, *f, &human.offices, Some(home), date)).collect();
    if let Some(first) = held.first() {
        return answer(*first, if held.len() == 1 { 0.93 } else { 0.8 }, "named before, in that office then");
    }
    if let Some(first) = known.iter().copied().find(by_text) {
        return answer(first, 0.88, "the text calls him or her so");
    }
    let ever: Vec<FigureId> = near.iter().copied().filter(|f| holds(reader, cast, *f, &human.offices, Some(home), None)).collect();
    if let [one] = ever.as_slice() {
        return answer(*one, 0.8, "lately named, and held that office");
    }
    // Whoever held it then, though not named; a year guessed from the text is too weak for that.
    let date = firm_date(reader, number);
    let mut holders: Vec<EntryId> = Vec::new();
    let catalogue = &reader.scene.know.catalogue;
    date?;
    for office in &human.offices {
        for term in catalogue.holders(home, office, date) {
            if !holders.contains(&term.leader) {
                holders.push(term.leader);
            }
        }
        // Of a leader's many offices the first that anybody holds is meant.
        if !holders.is_empty() {
            break;
        }
    }
    match holders.as_slice() {
        [one] if human.offices.len() <= 4 || phrase.noun == "leader" => {
            let figure = cast.figure_of(*one, || reader.scene.figure(*one));
            answer(figure, 0.8, "in that office at the time, by the catalogue")
        }
        _ => None,
    }
}

/// `his Chinese counterpart`.
fn counterpart(reader: &Reader<'_, '_>, cast: &mut Cast, phrase: &Phrase) -> Option<Answer> {
    let owner = phrase.owner?;
    let home = *phrase.homes.first()?;
    let date = date(reader, phrase.sentence);
    let entry = cast.figures[owner].entry;
    let answer = |f: FigureId, certainty: f32, why: &str| Some(Answer { figures: vec![f], certainty, why: why.to_owned() });
    let catalogue = &reader.scene.know.catalogue;
    let at = |d: Option<PartialDate>| -> Vec<String> {
        entry.into_iter().flat_map(|e| catalogue.offices(e)).filter(|t| t.covers(d)).map(|t| t.office.clone()).collect()
    };
    let mut offices = at(date);
    if offices.is_empty() {
        offices = at(None);
    }
    // The same office, or the one that other states have in its place.
    let own = offices.clone();
    for human in
        reader.lists.humans.values().filter(|h| h.offices.len() > 1 && h.offices.len() <= 4 && h.offices.iter().any(|o| own.contains(o)))
    {
        for o in &human.offices {
            if !offices.contains(o) {
                offices.push(o.clone());
            }
        }
    }
    let near: Vec<FigureId> = persons(reader, cast, phrase.sentence, phrase.tokens.start, 4)
        .into_iter()
        .map(|p| p.0)
        .filter(|f| *f != owner && is_from(reader, cast, *f, home))
        .collect();
    let fitting: Vec<FigureId> = near.iter().copied().filter(|f| holds(reader, cast, *f, &offices, Some(home), date)).collect();
    if let [one, ..] = fitting.as_slice() {
        return answer(*one, 0.9, "named before, in the like office");
    }
    if let [one] = near.as_slice() {
        return answer(*one, 0.75, "the one person of that home lately named");
    }
    let date = firm_date(reader, phrase.sentence);
    date?;
    let mut holders: Vec<EntryId> = offices.iter().flat_map(|o| catalogue.holders(home, o, date)).map(|t| t.leader).collect();
    holders.sort_unstable();
    holders.dedup();
    match holders.as_slice() {
        [one] => {
            let figure = cast.figure_of(*one, || reader.scene.figure(*one));
            answer(figure, 0.75, "in the like office at the time, by the catalogue")
        }
        _ => None,
    }
}

/// `the president`, `the general`, `the opposition leader`: somebody lately named whom it fits.
fn bare(reader: &Reader<'_, '_>, cast: &Cast, phrase: &Phrase, human: &Human) -> Option<Answer> {
    if reader.lists.relational.contains(&phrase.noun) {
        return None;
    }
    let (number, start) = (phrase.sentence, phrase.tokens.start);
    let date = date(reader, number);
    let opposition = phrase.modifiers.iter().any(|m| reader.lists.opposition.contains(m));
    let list = persons(reader, cast, number, start, REACH);
    let mut scored: Vec<(f32, FigureId, &str)> = Vec::new();
    let s = &reader.scene.sentences[number];
    for (figure, d, salience) in list {
        let f = &cast.figures[figure];
        if !human.gender.is_empty() && !["", human.gender.as_str()].contains(&reader.gender(cast, figure)) {
            continue;
        }
        // Another argument of its own clause is somebody else.
        if d == 0 {
            let clause = super::tree::clause(s, phrase.head);
            let same = reader.items[number].iter().any(|i| {
                i.figures == [figure]
                    && i.token < start
                    && super::tree::clause(s, i.token) == clause
                    && i.form != Some(MentionForm::Demonym)
            });
            if same {
                continue;
            }
        }
        let called = reader
            .called
            .get(&figure)
            .is_some_and(|c| c.contains(&phrase.noun) || c.iter().any(|w| w.rsplit(' ').next() == Some(&phrase.noun)));
        let terms = f.entry.is_some_and(|e| reader.scene.know.catalogue.offices(e).next().is_some());
        let (tier, why) = if called {
            (2.2, "the text calls him or her so")
        } else if opposition && !human.offices.is_empty() {
            if holds(reader, cast, figure, &human.offices, None, date) && date.is_some() {
                continue;
            }
            (0.6, "lately named, not in power")
        } else if human.offices.is_empty() {
            if d > 2 {
                continue;
            }
            (0.5, "the person lately named")
        } else if phrase.former {
            if holds(reader, cast, figure, &human.offices, None, None) && ended(reader, cast, figure, &human.offices) {
                (1.8, "held that office")
            } else if !terms && d <= 2 {
                (0.3, "the person lately named")
            } else {
                continue;
            }
        } else if holds(reader, cast, figure, &human.offices, None, date) {
            (2.4, "in that office then")
        } else if holds(reader, cast, figure, &human.offices, None, None) {
            (1.0, "held that office")
        } else if !terms && human.offices.len() > 4 && d <= 2 && f.kind == ActorKind::Leader {
            (0.3, "the leader lately named")
        } else {
            continue;
        };
        scored.push((tier + reader.nearness(number, d) + 0.5 * salience, figure, why));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (top, figure, why) = *scored.first()?;
    let lead = scored.get(1).map_or(1.5, |n| top - n.0);
    (lead >= MARGIN).then(|| Answer { figures: vec![figure], certainty: (0.6 + 0.15 * lead).min(0.9), why: why.to_owned() })
}

/// Whether a person's term in one of the offices has an end.
fn ended(reader: &Reader<'_, '_>, cast: &Cast, figure: FigureId, offices: &[String]) -> bool {
    cast.figures[figure]
        .entry
        .is_some_and(|e| reader.scene.know.catalogue.offices(e).any(|t| offices.contains(&t.office) && t.to.is_some()))
}
