//! Events and agreements that a text names by a common noun with a date or a name: `the coup of 13 March 1979`, `the 1929 treaty`,
//! `the massacre at Pahalgam`. Whether they are taken for actors, the sorter decides.

use std::ops::Range;

use super::ActorKind;
use super::newnames::{Candidate, Origin, capital, month};
use super::scene::Scene;
use crate::language::{Deprel, Upos};

/// Most words before the noun that belong to it.
const REACH: usize = 5;

fn year(form: &str) -> bool {
    form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit()) && (form.starts_with('1') || form.starts_with("20"))
}

/// The candidates of a sentence.
pub(super) fn find(scene: &Scene<'_>, number: usize, placed: &[usize], out: &mut Vec<Candidate>) {
    let sentence = &scene.sentences[number];
    let count = sentence.tokens.len();
    let nouns = &scene.know.lexicon.events;
    for t in 0..count {
        let token = &sentence.tokens[t];
        if token.upos != Upos::Noun || capital(scene.form(number, t)) {
            continue;
        }
        if !nouns.contains_key(&scene.lower(number, t)) && !nouns.contains_key(&token.lemma.to_lowercase()) {
            continue;
        }
        let taken = |x: usize| placed.iter().any(|p| scene.placed[*p].tokens.contains(&x) && scene.chosen[*p].is_some());
        if taken(t) {
            continue;
        }
        let (near, far) = left(scene, number, t);
        let mut ends: Vec<usize> = vec![t + 1];
        ends.extend(date(scene, number, t + 1));
        ends.extend(named(scene, number, t + 1));
        let mut ranges: Vec<Range<usize>> = Vec::new();
        bare(scene, number, t, near, placed, out);
        for start in [far, near, t] {
            for end in &ends {
                let range = start..*end;
                let anchored = range.clone().any(|x| x != t && (year(scene.form(number, x)) || capital(scene.form(number, x))));
                if anchored && !ranges.contains(&range) {
                    ranges.push(range);
                }
            }
        }
        let longest = ranges.iter().map(ExactSizeIterator::len).max();
        for range in ranges {
            let overlap = placed
                .iter()
                .copied()
                .filter(|p| scene.placed[*p].tokens.start < range.end && scene.placed[*p].tokens.end > range.start)
                .collect();
            let whole = Some(range.len()) == longest;
            out.push(Candidate { sentence: number, tokens: range, overlap, rule: None, whole, origin: Origin::Event });
        }
    }
}

/// An agreement or conflict that is told of without a name or date, beside an actor that is named: `signed a defence pact with
/// Niger`, `the maritime memorandum`. A bare noun with `the` is left: it means one told of before.
fn bare(scene: &Scene<'_>, number: usize, noun: usize, near: usize, placed: &[usize], out: &mut Vec<Candidate>) {
    let tokens = &scene.sentences[number].tokens;
    if !placed.iter().any(|p| scene.chosen[*p].is_some()) {
        return;
    }
    // "memorandum of understanding"
    let mut end = noun + 1;
    if end + 1 < tokens.len() && scene.form(number, end) == "of" {
        let more =
            (end + 1..tokens.len()).take_while(|t| matches!(tokens[*t].upos, Upos::Noun | Upos::Adj) && !capital(scene.form(number, *t)));
        end += more.count().min(3);
        end += usize::from(end > noun + 1);
    }
    let definite =
        |start: usize| start > 0 && matches!(scene.lower(number, start - 1).as_str(), "the" | "this" | "that" | "these" | "those" | "such");
    let shorter = (near < noun).then_some(noun..noun + 1);
    let longer = (end > noun + 1).then_some(near..end);
    for range in std::iter::once(near..noun + 1).chain(shorter).chain(longer) {
        if range.len() == 1 && definite(near) {
            continue;
        }
        let whole = range == (near..end);
        out.push(Candidate { sentence: number, tokens: range, overlap: Vec::new(), rule: None, whole, origin: Origin::Bare });
    }
}

/// The name of an agreement or conflict that has none of its own: with the states that are parties to it, where the sentence
/// shows two (`Niger–Chad defence pact`), else its own words.
pub(super) fn name_of(scene: &Scene<'_>, number: usize, range: &Range<usize>) -> String {
    let tree = &scene.sentences[number];
    let head = super::scene::head_of(tree, range);
    let words = super::newnames::text_of(scene, number, range);
    // What hangs on the noun and, for what somebody signs or fights, who does.
    let mut places: Vec<usize> = tree.children(head).collect();
    if let (Deprel::Obj | Deprel::Obl | Deprel::NsubjPass, Some(up)) = (tree.tokens[head].deprel, tree.tokens[head].head) {
        places.extend(tree.children(up).filter(|c| *c != head && matches!(tree.tokens[*c].deprel, Deprel::Nsubj | Deprel::Obl)));
    }
    let joined: Vec<usize> = places.iter().flat_map(|p| tree.children(*p)).filter(|c| tree.tokens[*c].deprel == Deprel::Conj).collect();
    places.extend(joined);
    places.sort_unstable();
    let mut parties: Vec<&str> = Vec::new();
    for place in places {
        let named = scene.placed.iter().zip(&scene.chosen).find(|(p, _)| p.sentence == number && p.head == place);
        let Some((_, Some((form, ..)))) = named else { continue };
        let entry = scene.know.catalogue.entry(form.entry);
        let state = if entry.kind().is_human() { entry.home.first().map(|h| scene.know.catalogue.entry(*h)) } else { Some(entry) };
        if let Some(state) = state.filter(|e| matches!(e.kind(), ActorKind::State | ActorKind::Alliance | ActorKind::ArmedGroup))
            && !parties.contains(&state.name.as_str())
        {
            parties.push(&state.name);
        }
    }
    match parties.as_slice() {
        [a, b] => format!("{a}–{b} {words}"),
        _ => words,
    }
}

/// Where the words before a noun begin that make it a name: its own modifiers, and all up to a year or a name.
fn left(scene: &Scene<'_>, number: usize, noun: usize) -> (usize, usize) {
    let tokens = &scene.sentences[number].tokens;
    let mut near = noun;
    while near > 0 && noun - near < 2 && matches!(tokens[near - 1].upos, Upos::Noun | Upos::Adj) && !capital(scene.form(number, near - 1)) {
        near -= 1;
    }
    let (mut at, mut far) = (noun, noun);
    while at > 0 && noun - at < REACH {
        let form = scene.form(number, at - 1);
        let name = capital(form) && matches!(tokens[at - 1].upos, Upos::Propn | Upos::Adj | Upos::Noun) || year(form);
        if !name && !matches!(tokens[at - 1].upos, Upos::Noun | Upos::Adj) && !matches!(form, "-" | "–") {
            break;
        }
        at -= 1;
        if name {
            far = at;
        }
    }
    (near, far)
}

/// Where a date after `of` or `in` ends: "of 13 March 1979", "of July 2009", "of 1952".
fn date(scene: &Scene<'_>, number: usize, at: usize) -> Option<usize> {
    let count = scene.sentences[number].tokens.len();
    if at + 1 >= count || scene.form(number, at) != "of" {
        return None;
    }
    let mut end = at + 1;
    let mut sure = false;
    while end < count && end < at + 5 {
        let form = scene.form(number, end);
        let digits = form.bytes().all(|b| b.is_ascii_digit()) && form.len() <= 2;
        if year(form) || month(form) {
            sure = true;
        } else if !digits && !matches!(form, "," | "early" | "late" | "mid") {
            break;
        }
        end += 1;
        if year(form) {
            break;
        }
    }
    if end > at + 1 && scene.form(number, end - 1) == "," {
        end -= 1;
    }
    sure.then_some(end)
}

/// Where a name after a preposition ends: "at Pahalgam", "in Dhofar", "with the EU", "between Iran and Iraq".
fn named(scene: &Scene<'_>, number: usize, at: usize) -> Option<usize> {
    let tokens = &scene.sentences[number].tokens;
    let count = tokens.len();
    if at + 1 >= count || !matches!(scene.form(number, at), "of" | "at" | "in" | "on" | "with" | "between" | "against" | "over" | "for") {
        return None;
    }
    let mut start = at + 1;
    if scene.form(number, start) == "the" {
        start += 1;
    }
    let mut end = start;
    while end < count && capital(scene.form(number, end)) && tokens[end].upos == Upos::Propn && !month(scene.form(number, end)) {
        end += 1;
        if end + 1 < count && matches!(scene.form(number, end), "-" | "–") && capital(scene.form(number, end + 1)) {
            end += 1;
        }
    }
    if end == start {
        return None;
    }
    if scene.form(number, at) == "between" && end + 1 < count && scene.form(number, end) == "and" {
        let mut more = end + 1;
        while more < count && capital(scene.form(number, more)) {
            more += 1;
        }
        if more > end + 1 {
            end = more;
        }
    }
    Some(end)
}
