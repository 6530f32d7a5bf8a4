//! Finds and types actors that the catalogue does not know, from the form of their names and what stands around them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fold::fold_words;
use super::mention::{Cast, Figure, FigureId, Mention, MentionForm};
use super::names::title_before;
use super::scene::{Scene, head_of};
use super::trie::NameClass;
use super::{ActorKind, EntryId};
use crate::documents::Span;
use crate::language::{Deprel, Setting, Upos};

/// A new name at its place.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    pub sentence: usize,
    pub tokens: Range<usize>,
    pub name: String,
    pub kind: ActorKind,
    /// Numbers of the catalogue's names that lie inside and are part of it.
    pub swallows: Vec<usize>,
    /// The state or body whose adjective it begins with.
    pub within: Option<EntryId>,
    /// Its abbreviation, given in brackets after it.
    pub short: Option<String>,
    pub certainty: f32,
    pub why: String,
}

/// A stretch that may be a name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub sentence: usize,
    pub tokens: Range<usize>,
    /// Numbers of the catalogue's names in it.
    pub overlap: Vec<usize>,
    /// What the rules make of it.
    pub rule: Option<Fresh>,
    /// Whether it is no part of a longer candidate.
    pub whole: bool,
    /// How it was found.
    pub origin: Origin,
}

/// How a candidate was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Capitalised words.
    Run,
    /// A noun of an event or agreement with a date or name.
    Event,
    /// A noun of an agreement or event without either.
    Bare,
    /// A noun of a body that states have.
    Body,
    /// A name of the catalogue.
    Settled,
}

impl Candidate {
    /// Its words.
    pub(super) fn text(&self, scene: &Scene<'_>) -> String {
        text_of(scene, self.sentence, &self.tokens)
    }

    /// Its abbreviation, given in brackets after it.
    pub(super) fn short(&self, scene: &Scene<'_>) -> Option<String> {
        abbreviation(scene, self.sentence, self.tokens.end)
    }

    /// Its words and the common noun after them, where that is one of names (`the Soraz refinery`).
    pub(super) fn longer(&self, scene: &Scene<'_>) -> Option<String> {
        let end = self.tokens.end;
        let token = scene.sentences[self.sentence].tokens.get(end)?;
        let noun = scene.lower(self.sentence, end);
        let heads = &scene.know.lexicon.heads;
        (token.upos == Upos::Noun && (heads.contains_key(&noun) || scene.know.lexicon.nouns.get(&noun).is_some_and(|k| !k.is_human())))
            .then(|| format!("{} {noun}", self.text(scene)))
    }
}

/// A run of capitalised tokens and the catalogue's names in it.
struct Run {
    tokens: Range<usize>,
    inside: Vec<usize>,
}

/// The new names of a document, and the entries whose names in it are no actor's.
pub(super) fn find(scene: &Scene<'_>) -> (Vec<Fresh>, BTreeSet<EntryId>) {
    let list = candidates(scene);
    let (mut out, idle) = if scene.know.sorter.weights.is_empty() {
        (list.into_iter().filter(|c| c.whole).filter_map(|c| c.rule).collect(), BTreeSet::new())
    } else {
        super::sorter::sort(scene, list)
    };
    let mut more = Vec::new();
    for (number, placed) in by_sentence(scene) {
        more.extend(bodies(scene, number, &placed, &out));
    }
    out.extend(more);
    recall(scene, &mut out);
    (out, idle)
}

/// The numbers of the catalogue's names by sentence.
fn by_sentence(scene: &Scene<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, p) in scene.placed.iter().enumerate() {
        by_sentence.entry(p.sentence).or_default().push(i);
    }
    by_sentence
}

/// Every stretch that may be a name: runs of capitalised words that the catalogue does not settle, events and agreements by
/// their common nouns and a date or a name (`the coup of 1973`), bodies of the state spoken of (`the army`).
pub(super) fn candidates(scene: &Scene<'_>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let by_sentence = by_sentence(scene);
    for number in 0..scene.sentences.len() {
        let placed = by_sentence.get(&number).map_or(&[][..], Vec::as_slice);
        let runs = runs(scene, number, placed);
        for run in &runs {
            let from = out.len();
            candidate(scene, number, run, &mut out);
            numbered(scene, number, run, from, &mut out);
        }
        for pair in runs.windows(2) {
            joined(scene, number, &pair[0], &pair[1], &mut out);
        }
        super::events::find(scene, number, placed, &mut out);
        common(scene, number, placed, &mut out);
    }
    out
}

/// Whether the catalogue settles what a stretch means.
fn settled(scene: &Scene<'_>, inside: &[usize], r: &Range<usize>) -> bool {
    inside.iter().any(|p| {
        let own = &scene.placed[*p].tokens;
        own.start <= r.start && own.end >= r.end && scene.chosen[*p].is_some()
    })
}

/// The numbers of some names that overlap a stretch.
fn touching(scene: &Scene<'_>, inside: &[usize], r: &Range<usize>) -> Vec<usize> {
    inside.iter().copied().filter(|p| scene.placed[*p].tokens.start < r.end && scene.placed[*p].tokens.end > r.start).collect()
}

/// The candidate of a run, and its parts where it begins with a state's name or is joined by `of` or a dash.
fn candidate(scene: &Scene<'_>, number: usize, run: &Run, out: &mut Vec<Candidate>) {
    // A name of the catalogue that reaches over the border stays what it is.
    if run.inside.iter().any(|p| scene.placed[*p].tokens.start < run.tokens.start || scene.placed[*p].tokens.end > run.tokens.end) {
        return;
    }
    let rule = judge(scene, number, run);
    let (stripped, title) = strip(scene, number, run);
    let of_all = &rule;
    let mut push = |tokens: Range<usize>, whole: bool| {
        if tokens.is_empty() || settled(scene, &run.inside, &tokens) {
            return;
        }
        let inside = touching(scene, &run.inside, &tokens);
        let of_part = Some(&tokens)
            .filter(|t| **t != run.tokens)
            .and_then(|t| judge(scene, number, &Run { tokens: t.clone(), inside: inside.clone() }));
        let rule = of_part.filter(|r| r.tokens == tokens).or_else(|| of_all.clone()).filter(|r| r.tokens == tokens);
        out.push(Candidate { sentence: number, overlap: inside, tokens, rule, whole, origin: Origin::Run });
    };
    let whole = if title.is_some() { stripped.clone() } else { rule.as_ref().map_or_else(|| run.tokens.clone(), |r| r.tokens.clone()) };
    push(whole.clone(), true);
    if stripped != whole && !stripped.is_empty() && stripped.start >= whole.start {
        push(stripped, false);
    }
    // "Security Council Adlai Stevenson": what stands beside a settled name.
    for p in &run.inside {
        let own = &scene.placed[*p].tokens;
        if scene.chosen[*p].is_some() && own.start == whole.start && own.end < whole.end && capital(scene.form(number, own.end)) {
            push(own.end..whole.end, false);
        }
    }
    let mut begin = whole.start;
    let mut parts = Vec::new();
    for t in whole.clone() {
        if matches!(scene.form(number, t), "of" | "for" | "–" | "-" | "the") {
            parts.push(begin..t);
            begin = t + 1;
        }
    }
    if !parts.is_empty() {
        parts.push(begin..whole.end);
        for part in parts {
            if !part.is_empty() && scene.form(number, part.start).chars().count() > 2 && capital(scene.form(number, part.start)) {
                push(part, false);
            }
        }
    }
}

/// A run with a number that belongs to it: "4th Infantry Division", "32 Battalion", "Densus 88", "Group of 184".
fn numbered(scene: &Scene<'_>, number: usize, run: &Run, from: usize, out: &mut Vec<Candidate>) {
    let count = scene.sentences[number].tokens.len();
    let digits = |t: usize| {
        let form = scene.form(number, t);
        form.len() <= 4
            && form.bytes().all(|b| b.is_ascii_digit())
            && !(form.len() == 4 && form.starts_with(['1', '2']) && form < "2100" && form > "1700")
    };
    let mut tokens = run.tokens.clone();
    if month(scene.form(number, tokens.start)) || month(scene.form(number, tokens.end - 1)) {
        return;
    }
    if let Some(before) = tokens.start.checked_sub(1) {
        let form = scene.form(number, before);
        let ordinal = form.len() > 2 && form.as_bytes()[0].is_ascii_digit() && ["st", "nd", "rd", "th"].iter().any(|e| form.ends_with(e));
        if ordinal
            || (digits(before)
                && matches!(head_word(scene, number, tokens.clone()), Some((_, ActorKind::Organization | ActorKind::ArmedGroup))))
        {
            tokens.start -= 1;
        }
    }
    if tokens.end < count && digits(tokens.end) {
        tokens.end += 1;
    } else if tokens.end + 1 < count && scene.form(number, tokens.end) == "of" && digits(tokens.end + 1) {
        tokens.end += 2;
    }
    if tokens != run.tokens && !settled(scene, &run.inside, &tokens) {
        out[from..].iter_mut().for_each(|c| c.whole = false);
        let overlap = touching(scene, &run.inside, &tokens);
        out.push(Candidate { sentence: number, tokens, overlap, rule: None, whole: true, origin: Origin::Run });
    }
}

/// Two runs that one name joins: "Women's Coalition", "Truth and Reconciliation Commission".
fn joined(scene: &Scene<'_>, number: usize, a: &Run, b: &Run, out: &mut Vec<Candidate>) {
    if b.tokens.start != a.tokens.end + 1 {
        return;
    }
    let joint = scene.form(number, a.tokens.end);
    let last = scene.lower(number, a.tokens.end - 1);
    let owner = scene.know.lexicon.owners.contains(&last);
    let fits = match joint {
        "and" | "&" => head_word(scene, number, b.tokens.clone()).is_some() && !settled(scene, &a.inside, &a.tokens),
        "'s" | "’s" | "'" | "’" => owner,
        _ => false,
    };
    let tokens = a.tokens.start..b.tokens.end;
    let mut inside = a.inside.clone();
    inside.extend(&b.inside);
    if !fits || settled(scene, &inside, &tokens) {
        return;
    }
    for c in out.iter_mut().rev().take_while(|c| c.sentence == number) {
        if c.tokens.start < tokens.end && tokens.start < c.tokens.end {
            c.whole = false;
        }
    }
    let overlap = touching(scene, &inside, &tokens);
    out.push(Candidate { sentence: number, tokens, overlap, rule: None, whole: true, origin: Origin::Run });
}

/// Bodies that every state has, by their common noun with `the`: "the army", "the constitutional court".
fn common(scene: &Scene<'_>, number: usize, placed: &[usize], out: &mut Vec<Candidate>) {
    let sentence = &scene.sentences[number];
    let bodies = &scene.know.lexicon.bodies;
    for t in 1..sentence.tokens.len() {
        if sentence.tokens[t].upos != Upos::Noun || capital(scene.form(number, t)) {
            continue;
        }
        let word = scene.lower(number, t);
        let two = format!("{} {word}", scene.lower(number, t - 1));
        let start = if bodies.contains(&two) {
            t - 1
        } else if bodies.contains(&word) {
            t
        } else {
            continue;
        };
        let Some(before) = start.checked_sub(1) else { continue };
        let the = scene.lower(number, before);
        let of = scene.sentences[number].tokens.get(t + 1).is_some() && matches!(scene.form(number, t + 1), "of");
        let next = scene.sentences[number].tokens.get(t + 1).is_some_and(|n| n.upos == Upos::Noun || n.upos == Upos::Propn);
        if !(the == "the" || the == "a" || the == "and" || the == "," || matches!(the.as_str(), "its" | "his" | "their")) || of || next {
            continue;
        }
        let tokens = start..t + 1;
        if touching(scene, placed, &tokens).is_empty() {
            out.push(Candidate { sentence: number, tokens, overlap: Vec::new(), rule: None, whole: true, origin: Origin::Body });
        }
    }
}

/// The capitalised names of a document of which nothing is known, not even a kind: sentence and tokens.
pub(super) fn unknown(scene: &Scene<'_>) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    for (number, sentence) in scene.sentences.iter().enumerate() {
        for run in runs(scene, number, &[]) {
            let words: Vec<&str> = run.tokens.clone().map(|t| scene.form(number, t)).collect();
            let name = sentence.tokens[run.tokens.clone()].iter().all(|t| t.upos == Upos::Propn);
            let common = words.iter().all(|w| month(w) || w.chars().count() < 2 || scene.know.lexicon.titles.contains_key(&fold_words(w)));
            if name && !common && words.iter().any(|w| w.chars().any(char::is_alphabetic)) {
                out.push((number, run.tokens));
            }
        }
    }
    out
}

pub(super) fn capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Whether most words of a heading are capitalised, so that capitals say nothing there.
fn title_case(scene: &Scene<'_>, number: usize) -> bool {
    let sentence = &scene.sentences[number];
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(&scene.document.prose)).filter(|w| w.chars().count() > 3).collect();
    sentence.setting == Setting::Heading && words.iter().filter(|w| capital(w)).count() * 10 > words.len() * 6 && words.len() > 2
}

fn runs(scene: &Scene<'_>, number: usize, placed: &[usize]) -> Vec<Run> {
    let sentence = &scene.sentences[number];
    if title_case(scene, number) {
        return Vec::new();
    }
    let count = sentence.tokens.len();
    let within = |t: usize| placed.iter().copied().find(|p| scene.placed[*p].tokens.contains(&t));
    let starts = |t: usize| {
        let form = scene.form(number, t);
        let token = &sentence.tokens[t];
        if !capital(form) || within(t).is_some() && !capital(form) {
            return false;
        }
        let initial = t == 0 || matches!(scene.form(number, t - 1), "\"" | "“" | "‘" | ":" | "(" | "—");
        // "October Revolution", but no "October Trump".
        if month(form) && within(t).is_none() && !(t + 1 < count && scene.know.lexicon.heads.contains_key(&scene.lower(number, t + 1))) {
            return false;
        }
        // A sentence's first word that is no common one, before a name's further words.
        let named = || {
            t == 0
                && t + 1 < count
                && capital(scene.form(number, t + 1))
                && sentence.tokens[t + 1].upos == Upos::Propn
                && !scene.know.lexicon.common.contains(&scene.lower(number, t))
        };
        match token.upos {
            Upos::Propn => true,
            Upos::Noun | Upos::Adj | Upos::X => !initial || named(),
            Upos::Verb => within(t).is_some() || named(),
            _ => within(t).is_some(),
        }
    };
    // "Ho-jin", "Jong-un": the second half of a given name.
    let half = |t: usize| {
        t + 2 < count
            && matches!(scene.form(number, t + 1), "-" | "‑" | "‐")
            && sentence.tokens[t].span.stop == sentence.tokens[t + 1].span.begin
            && sentence.tokens[t + 1].span.stop == sentence.tokens[t + 2].span.begin
            && within(t).is_none()
            && matches!(sentence.tokens[t + 2].upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj)
            && (2..=5).contains(&scene.form(number, t + 2).chars().count())
            && (2..=6).contains(&scene.form(number, t).chars().count())
            && scene.form(number, t + 2).chars().all(char::is_lowercase)
            && !scene.know.lexicon.common.contains(scene.form(number, t + 2))
    };
    let mut out = Vec::new();
    let mut t = 0;
    while t < count {
        if !starts(t) {
            t += 1;
            continue;
        }
        let mut begin = t;
        // "al-Asad"
        if begin >= 2
            && matches!(scene.form(number, begin - 1), "-" | "‑" | "‐")
            && out.last().is_none_or(|r: &Run| r.tokens.end + 2 <= begin)
            && scene.know.lexicon.particles.contains(scene.form(number, begin - 2))
        {
            begin -= 2;
        }
        let mut end = t + 1;
        loop {
            if half(end - 1) && end > begin + 1 {
                end += 2;
                continue;
            }
            if end < count && starts(end) {
                end += 1;
                continue;
            }
            // Joining words inside a name, followed by another capitalised word.
            let joint = if end < count { scene.form(number, end) } else { Default::default() };
            let particle = scene.know.lexicon.particles.contains(joint);
            let hyphen = matches!(joint, "-" | "–" | "‑" | "‐");
            let of = matches!(joint, "of" | "for");
            if end + 1 < count && (particle || hyphen || of) && starts(end + 1) {
                end += 2;
                continue;
            }
            if end + 2 < count
                && of
                && scene.form(number, end + 1) == "the"
                && starts(end + 2)
                && head_word(scene, number, begin..end).is_some()
            {
                end += 3;
                continue;
            }
            if end + 2 < count && (particle || hyphen) && matches!(scene.form(number, end + 1), "-" | "‑" | "al" | "ul") && starts(end + 2)
            {
                end += 3;
                continue;
            }
            if end < count
                && joint == "."
                && end > begin
                && scene.form(number, end - 1).chars().count() <= 3
                && end + 1 < count
                && starts(end + 1)
            {
                end += 2;
                continue;
            }
            break;
        }
        let inside: Vec<usize> =
            placed.iter().copied().filter(|p| scene.placed[*p].tokens.start < end && scene.placed[*p].tokens.end > begin).collect();
        out.push(Run { tokens: begin..end, inside });
        t = end;
    }
    out
}

/// The kind that the head word of a range makes: its last word, or the word before `of` or `for`.
fn head_word(scene: &Scene<'_>, number: usize, range: Range<usize>) -> Option<(usize, ActorKind)> {
    let heads = &scene.know.lexicon.heads;
    let key = |t: usize| heads.get(&scene.lower(number, t)).copied();
    if let Some(of) = range.clone().find(|t| matches!(scene.form(number, *t), "of" | "for"))
        && of > range.start
    {
        return key(of - 1).map(|k| (of - 1, k));
    }
    key(range.end - 1).map(|k| (range.end - 1, k))
}

/// The tokens of a run without the titles and the adjective of a state before a person's name, and the last title.
fn strip(scene: &Scene<'_>, number: usize, run: &Run) -> (Range<usize>, Option<String>) {
    let lexicon = &scene.know.lexicon;
    let (mut tokens, inside) = (run.tokens.clone(), &run.inside);
    let mut title = None;
    loop {
        let mut found = None;
        for length in (1..=3).rev() {
            if tokens.len() > length {
                let joined = (tokens.start..tokens.start + length).map(|t| fold_words(scene.form(number, t))).collect::<Vec<_>>().join(" ");
                if lexicon.titles.contains_key(joined.trim()) {
                    found = Some((length, joined));
                    break;
                }
            }
        }
        match found {
            Some((length, name)) => {
                tokens.start += length;
                if tokens.len() > 1 && scene.form(number, tokens.start) == "." {
                    tokens.start += 1;
                }
                title = Some(name);
                // "Minister of Defense Hazem Shaalan": what the office is for ends before the name's last two words.
                let of = tokens.len() > 3 && matches!(scene.form(number, tokens.start), "of" | "for");
                let field = |t: &usize| {
                    let word = scene.lower(number, *t);
                    lexicon.common.contains(&word) || lexicon.fields.contains(&word) || word == "and" || word == "the"
                };
                if of {
                    let past = (tokens.start + 1..tokens.end - 2).take_while(field).count();
                    if past > 0 {
                        tokens.start += 1 + past;
                    }
                }
            }
            None => {
                // A demonym or a state's name in front: "Turkish President …".
                let lead = inside
                    .iter()
                    .copied()
                    .find(|p| scene.placed[*p].tokens.start == tokens.start && scene.placed[*p].tokens.end < tokens.end);
                match lead {
                    Some(p)
                        if title.is_none()
                            && scene.placed[p].forms.iter().any(|f| {
                                matches!(f.class, NameClass::Demonym)
                                    || (f.class != NameClass::Short && scene.know.catalogue.entry(f.entry).kind() == ActorKind::State)
                            }) =>
                    {
                        tokens.start = scene.placed[p].tokens.end;
                    }
                    _ => break,
                }
            }
        }
    }
    (tokens, title)
}

fn judge(scene: &Scene<'_>, number: usize, run: &Run) -> Option<Fresh> {
    let Run { tokens, inside } = Run { tokens: run.tokens.clone(), inside: run.inside.clone() };
    let lexicon = &scene.know.lexicon;
    // Titles and a leading demonym are no part of a person's name.
    let catalogued = |r: &Range<usize>| inside.iter().any(|p| scene.placed[*p].tokens == *r);
    if catalogued(&tokens) {
        return None;
    }
    // A name of the catalogue that reaches over the run's border, or a full person's name, stays what it is.
    if inside.iter().any(|p| scene.placed[*p].tokens.start < tokens.start || scene.placed[*p].tokens.end > tokens.end) {
        return None;
    }
    let head = head_word(scene, number, tokens.clone());
    if let Some((at, kind)) = head {
        if tokens.len() >= 2 {
            return body(scene, number, tokens, inside, at, kind);
        }
        return None;
    }
    let (tokens, title) = strip(scene, number, run);
    let overlap: Vec<usize> = inside
        .iter()
        .copied()
        .filter(|p| scene.placed[*p].tokens.start < tokens.end && scene.placed[*p].tokens.end > tokens.start)
        .collect();
    if overlap.iter().any(|p| scene.placed[*p].tokens == tokens) || tokens.is_empty() {
        return None;
    }
    let words: Vec<String> = tokens.clone().map(|t| scene.form(number, t).to_owned()).collect();
    let title = title.or_else(|| title_before(scene, number, tokens.start));
    let given = lexicon.given.contains(&fold_words(&words[0]));
    // A full name of the catalogue at the end or start: "Ilham Aliyev" inside something longer stays.
    let strong =
        overlap.iter().any(|p| scene.placed[*p].forms.iter().any(|f| !f.weak && matches!(f.class, NameClass::Name | NameClass::Alias)));
    if strong {
        return None;
    }
    let surname_only = overlap.iter().all(|p| scene.placed[*p].forms.iter().all(|f| f.class == NameClass::Short || f.weak));
    if !overlap.is_empty() && (!surname_only || similar_given(scene, &overlap, &words[0])) {
        return None;
    }
    let proper = |t: usize| scene.sentences[number].tokens[t].upos == Upos::Propn;
    if let Some(title) = &title
        && tokens.clone().all(|t| {
            proper(t) || !scene.form(number, t).chars().all(char::is_alphanumeric) || lexicon.particles.contains(scene.form(number, t))
        })
    {
        let kind = lexicon.titles[title].kind;
        let certainty = if words.len() > 1 { 0.9 } else { 0.7 };
        return Some(fresh(scene, number, tokens, kind, overlap, certainty, "a title before it"));
    }
    if words.len() >= 2 && words.len() <= 6 && given && tokens.clone().filter(|t| proper(*t)).count() * 2 >= words.len() {
        let kind = office_beside(scene, number, &tokens).unwrap_or(ActorKind::Person);
        return Some(fresh(scene, number, tokens, kind, overlap, 0.85, "a given name first"));
    }
    let tree = &scene.sentences[number];
    let head = head_of(tree, &tokens);
    // "the city of X", "the militant group X"; "X, a Shiite militia".
    let beside = noun_beside(scene, number, &tokens, head);
    if let Some(kind) = beside
        && overlap.is_empty()
    {
        return Some(fresh(scene, number, tokens, kind, overlap, 0.75, "a common noun beside it"));
    }
    if words.len() >= 2 && words.len() <= 4 && overlap.is_empty() && tokens.clone().all(proper) && speaks(scene, number, head) {
        return Some(fresh(scene, number, tokens, ActorKind::Person, overlap, 0.7, "it speaks"));
    }
    if words.len() <= 2
        && overlap.is_empty()
        && tokens.clone().all(proper)
        && words.iter().all(|w| w.chars().count() > 2 && !w.chars().all(char::is_uppercase))
    {
        let place = tree.children(head).any(|c| {
            tree.tokens[c].deprel == Deprel::Case && matches!(scene.lower(number, c).as_str(), "in" | "near" | "around" | "outside" | "at")
        });
        if place && !lexicon.nouns.contains_key(&words[words.len() - 1].to_lowercase()) && !month(&words[0]) {
            return Some(fresh(scene, number, tokens, ActorKind::Territory, overlap, 0.6, "after a preposition of place"));
        }
    }
    None
}

pub(super) fn month(word: &str) -> bool {
    crate::documents::head::month_number(word).is_some()
        || ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].contains(&word)
}

/// Whether a given name begins like that of a person whose short name follows.
fn similar_given(scene: &Scene<'_>, overlap: &[usize], word: &str) -> bool {
    let folded = fold_words(word);
    overlap.iter().any(|p| {
        scene.placed[*p].forms.iter().any(|f| {
            let entry = scene.know.catalogue.entry(f.entry);
            let own = entry.name.split(' ').next().map(fold_words).unwrap_or_default();
            entry.kind().is_human() && own.chars().take(2).eq(folded.chars().take(2))
        })
    })
}

fn fresh(
    scene: &Scene<'_>,
    number: usize,
    tokens: Range<usize>,
    kind: ActorKind,
    swallows: Vec<usize>,
    certainty: f32,
    why: &'static str,
) -> Fresh {
    let name = text_of(scene, number, &tokens);
    let short = abbreviation(scene, number, tokens.end);
    Fresh { sentence: number, tokens, name, kind, swallows, within: None, short, certainty, why: why.to_owned() }
}

pub(super) fn text_of(scene: &Scene<'_>, number: usize, tokens: &Range<usize>) -> String {
    let s = &scene.sentences[number].tokens;
    Span::new(s[tokens.start].span.begin, s[tokens.end - 1].span.stop)
        .of(&scene.document.prose)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An abbreviation in brackets right after a name.
fn abbreviation(scene: &Scene<'_>, number: usize, at: usize) -> Option<String> {
    let s = &scene.sentences[number].tokens;
    if at + 2 >= s.len() || scene.form(number, at) != "(" {
        return None;
    }
    let mut end = at + 1;
    while end < s.len() && end < at + 5 && scene.form(number, end) != ")" {
        end += 1;
    }
    if end >= s.len() || scene.form(number, end) != ")" {
        return None;
    }
    let text = text_of(scene, number, &(at + 1..end)).trim_matches(['“', '”', '"']).to_owned();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    (upper >= 2 && text.chars().count() <= 10 && !text.contains(' ')).then_some(text)
}

/// A name with a head word: an institution, a company, a treaty, a war, a place.
fn body(scene: &Scene<'_>, number: usize, mut tokens: Range<usize>, inside: Vec<usize>, head: usize, kind: ActorKind) -> Option<Fresh> {
    let strong_person = |p: &usize| {
        scene.placed[*p].forms.iter().any(|f| scene.know.catalogue.entry(f.entry).kind().is_human() && f.class != NameClass::Short)
    };
    if inside.iter().any(strong_person) {
        return None;
    }
    // The catalogue's own longer name, with the head word in it, stands.
    if inside.iter().any(|p| scene.placed[*p].tokens.contains(&head) && scene.placed[*p].forms.iter().any(|f| !f.weak)) {
        return None;
    }
    let mut kind = kind;
    let lead = inside.iter().copied().find(|p| scene.placed[*p].tokens.start == tokens.start);
    let mut within = lead
        .and_then(|p| {
            scene.placed[p].forms.iter().find(|f| {
                !f.weak
                    && (f.class == NameClass::Demonym
                        || matches!(
                            scene.know.catalogue.entry(f.entry).kind(),
                            ActorKind::State | ActorKind::Alliance | ActorKind::Territory
                        ))
            })
        })
        .map(|f| f.entry);
    if within.is_none()
        && let Some(of) = inside.iter().copied().find(|p| scene.placed[*p].tokens.end == tokens.end && scene.placed[*p].tokens.start > head)
    {
        within = scene.placed[of].forms.first().map(|f| f.entry);
    }
    // "Turkish Army Chief …": a title ends it.
    if scene.know.lexicon.titles.contains_key(&fold_words(scene.form(number, tokens.end - 1))) && head != tokens.end - 1 {
        return None;
    }
    if kind == ActorKind::Organization && scene.lower(number, head) == "union" && tokens.len() == 2 && within.is_some() {
        kind = ActorKind::Alliance;
    }
    // A lone head word with a demonym is a description; the tail must hold more, unless it is a body of that state.
    if tokens.len() == 2 && within.is_some() && matches!(kind, ActorKind::Territory | ActorKind::Agreement) {
        return None;
    }
    if scene.sentences[number].tokens[tokens.start].upos == Upos::Det {
        tokens.start += 1;
    }
    if !tokens.clone().any(|t| scene.sentences[number].tokens[t].upos == Upos::Propn) {
        return None;
    }
    let mut f = fresh(scene, number, tokens, kind, inside, 0.8, "the head word of its name");
    f.within = within;
    Some(f)
}

/// Lower-case bodies with their state before them: "the Turkish foreign ministry", "Azerbaijan's parliament".
fn bodies(scene: &Scene<'_>, number: usize, placed: &[usize], taken: &[Fresh]) -> Vec<Fresh> {
    let bodies = &scene.know.lexicon.state_bodies;
    let sentence = &scene.sentences[number];
    let mut out = Vec::new();
    for p in placed {
        let own = &scene.placed[*p];
        let Some(form) = own.forms.iter().find(|f| {
            !f.weak
                && (f.class == NameClass::Demonym
                    || matches!(scene.know.catalogue.entry(f.entry).kind(), ActorKind::State | ActorKind::Territory))
        }) else {
            continue;
        };
        if taken.iter().any(|f| f.sentence == number && f.tokens.start < own.tokens.end && own.tokens.start < f.tokens.end) {
            continue;
        }
        // "the army of Bangladesh"
        if form.class != NameClass::Demonym
            && own.tokens.start >= 2
            && scene.form(number, own.tokens.start - 1) == "of"
            && bodies.contains(&scene.lower(number, own.tokens.start - 2))
        {
            let noun = scene.lower(number, own.tokens.start - 2);
            out.push(state_body(scene, number, own.tokens.start - 2..own.tokens.start - 1, form.entry, &noun));
            continue;
        }
        let mut at = own.tokens.end;
        if at < sentence.tokens.len() && matches!(scene.form(number, at), "'s" | "’s" | "'" | "’") {
            at += 1;
        } else if form.class != NameClass::Demonym {
            continue;
        }
        let mut end = at;
        let mut hit = None;
        while end < sentence.tokens.len() && end < at + 3 {
            let words = (at..=end).map(|t| scene.lower(number, t)).collect::<Vec<_>>().join(" ");
            if bodies.contains(&words) || (words.ends_with(" ministry") || words.ends_with(" ministry of")) {
                hit = Some(end + 1);
            }
            end += 1;
        }
        let Some(stop) = hit else { continue };
        let noun = (at..stop).map(|t| scene.lower(number, t)).collect::<Vec<_>>().join(" ");
        out.push(state_body(scene, number, at..stop, form.entry, &noun));
    }
    out
}

/// A body of a state, by its noun.
fn state_body(scene: &Scene<'_>, number: usize, tokens: Range<usize>, state: EntryId, noun: &str) -> Fresh {
    Fresh {
        sentence: number,
        tokens,
        name: body_name(scene, state, noun),
        kind: ActorKind::Organization,
        swallows: Vec::new(),
        within: Some(state),
        short: None,
        certainty: 0.8,
        why: "a body of its state".to_owned(),
    }
}

/// The name of a state's body: the catalogue's, where it knows one of that type, else made of the noun and the state's name.
pub(super) fn body_name(scene: &Scene<'_>, state: EntryId, noun: &str) -> String {
    let catalogue = &scene.know.catalogue;
    let mut known = catalogue.at_home(state).filter(|e| {
        let entry = catalogue.entry(*e);
        entry.kind() == ActorKind::Organization && entry.to.is_none() && entry.types.iter().any(|t| t == noun)
    });
    if let Some(first) = known.next()
        && known.next().is_none()
        && !noun.ends_with("ministry")
    {
        return catalogue.entry(first).name.clone();
    }
    let home = &catalogue.entry(state).name;
    let title = |w: &str| {
        w.split(' ')
            .map(|x| x.chars().next().map(|c| c.to_uppercase().collect::<String>() + &x[c.len_utf8()..]).unwrap_or_default())
            .collect::<Vec<_>>()
            .join(" ")
    };
    match noun.strip_suffix(" ministry") {
        Some("foreign") => format!("Ministry of Foreign Affairs of {home}"),
        Some("defence" | "defense") => format!("Ministry of Defence of {home}"),
        Some(other) => format!("Ministry of {} of {home}", title(other)),
        None => format!("{} of {home}", title(noun)),
    }
}

/// A kind from a common noun beside a name: before it ("the rebel group X", "the town of X"), in apposition, or as its predicate.
fn noun_beside(scene: &Scene<'_>, number: usize, tokens: &Range<usize>, head: usize) -> Option<ActorKind> {
    let tree = &scene.sentences[number];
    let nouns = &scene.know.lexicon.nouns;
    let noun = |t: usize| -> Option<ActorKind> {
        (tree.tokens[t].upos == Upos::Noun).then(|| nouns.get(&tree.tokens[t].lemma.to_lowercase()).copied()).flatten()
    };
    if tokens.start >= 2
        && scene.form(number, tokens.start - 1) == "of"
        && let Some(kind @ (ActorKind::Territory | ActorKind::Infrastructure)) = noun(tokens.start - 2)
    {
        return Some(kind);
    }
    if tokens.start >= 1
        && let Some(kind) = noun(tokens.start - 1)
        && kind != ActorKind::State
    {
        return Some(kind);
    }
    for child in tree.children(head) {
        if tree.tokens[child].deprel == Deprel::Appos
            && child > head
            && let Some(kind) = noun(child)
            && kind != ActorKind::State
        {
            return Some(kind);
        }
    }
    let up = tree.tokens[head].head?;
    match tree.tokens[head].deprel {
        Deprel::Appos => noun(up).filter(|k| *k != ActorKind::State),
        Deprel::Nsubj if tree.children(up).any(|c| tree.tokens[c].deprel == Deprel::Cop) => noun(up).filter(|k| *k != ActorKind::State),
        _ => None,
    }
}

/// `leader` where an office stands in apposition to a person or after the name.
fn office_beside(scene: &Scene<'_>, number: usize, tokens: &Range<usize>) -> Option<ActorKind> {
    let tree = &scene.sentences[number];
    let head = head_of(tree, tokens);
    match noun_beside(scene, number, tokens, head) {
        Some(kind) if kind.is_human() => Some(kind),
        _ => None,
    }
}

/// Whether a token is the subject of a verb of saying.
fn speaks(scene: &Scene<'_>, number: usize, head: usize) -> bool {
    let tree = &scene.sentences[number];
    tree.tokens[head].deprel == Deprel::Nsubj
        && tree.tokens[head]
            .head
            .is_some_and(|v| tree.tokens[v].upos == Upos::Verb && scene.know.lexicon.say.contains(&tree.tokens[v].lemma))
}

/// Later short references to new names: a person's last name, a body's abbreviation.
fn recall(scene: &Scene<'_>, out: &mut Vec<Fresh>) {
    let mut shorts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (i, f) in out.iter().enumerate() {
        if let Some(short) = &f.short {
            shorts.entry(short.clone()).or_insert((i, f.sentence));
        }
        if f.kind.is_human()
            && let Some(last) = f.name.rsplit(' ').next()
            && last != f.name
            && last.chars().count() > 2
        {
            shorts.entry(last.to_owned()).or_insert((i, f.sentence));
        }
    }
    if shorts.is_empty() {
        return;
    }
    // "Ms Kalantar", after "Zara Kalantar"; "the KEC", after "Kura Energy Council (KEC)".
    for i in 0..out.len() {
        if let Some((first, since)) = shorts.get(&out[i].name)
            && *first != i
            && *since <= out[i].sentence
            && (out[*first].short.as_ref() == Some(&out[i].name) || (out[i].kind.is_human() && out[*first].kind.is_human()))
        {
            (out[i].name, out[i].kind) = (out[*first].name.clone(), out[*first].kind);
        }
    }
    let mut more = Vec::new();
    for (number, sentence) in scene.sentences.iter().enumerate() {
        for t in 0..sentence.tokens.len() {
            let form = scene.form(number, t);
            let Some((i, since)) = shorts.get(form) else { continue };
            if number < *since || out.iter().any(|f| f.sentence == number && f.tokens.contains(&t)) {
                continue;
            }
            let swallows: Vec<usize> =
                scene.placed.iter().enumerate().filter(|(_, p)| p.sentence == number && p.tokens.contains(&t)).map(|(k, _)| k).collect();
            if swallows.iter().any(|k| {
                reigning(scene, *k)
                    || scene.placed[*k].tokens.len() > 1
                    || scene.placed[*k].forms.iter().any(|f| !f.weak && f.class != NameClass::Short)
            }) {
                continue;
            }
            let first = &out[*i];
            more.push(Fresh {
                sentence: number,
                tokens: t..t + 1,
                name: first.name.clone(),
                kind: first.kind,
                swallows,
                within: None,
                short: None,
                certainty: 0.85,
                why: "short for a name given before".to_owned(),
            });
        }
    }
    out.extend(more);
}

/// The sex that a full name's given name shows.
fn gender(scene: &Scene<'_>, name: &str) -> String {
    name.split_once(' ').and_then(|(first, _)| scene.know.lexicon.genders.get(&fold_words(first)).cloned()).unwrap_or_default()
}

/// Whether a name of the catalogue is chosen to mean somebody who holds a top office at the document's time.
fn reigning(scene: &Scene<'_>, placed: usize) -> bool {
    let Some((form, ..)) = &scene.chosen[placed] else { return false };
    let heads = &scene.know.lexicon.top;
    scene.know.catalogue.offices(form.entry).any(|t| {
        heads.contains(&t.office)
            && scene.year.is_none_or(|y| t.from.is_none_or(|f| f.year() <= y) && t.to.is_none_or(|u| u.year() + 4 >= y))
    })
}

/// The common nouns in the name of a body or place, by which a text may call it.
pub(super) fn types(scene: &Scene<'_>, name: &str, kind: ActorKind) -> BTreeSet<String> {
    let known = |w: &String| scene.know.lexicon.nouns.contains_key(w) || scene.know.lexicon.heads.contains_key(w);
    if kind.is_human() { BTreeSet::new() } else { name.split(' ').map(str::to_lowercase).filter(known).collect() }
}

/// Their mentions; figures are joined by folded name.
pub(super) fn mentions(scene: &Scene<'_>, list: &[Fresh], cast: &mut Cast) -> Vec<Mention> {
    let mut ids: BTreeMap<String, FigureId> = BTreeMap::new();
    let mut out = Vec::new();
    for f in list {
        let key = fold_words(&f.name);
        let key = key.strip_prefix("the ").unwrap_or(&key).to_owned();
        let within = f.within.map(|e| cast.figure_of(e, || scene.figure(e)));
        let figure = match ids.get(&key) {
            Some(id) => *id,
            None => {
                // The catalogue may know the composed name.
                let known = scene.know.catalogue.find(&f.name).filter(|e| scene.know.catalogue.entry(*e).kind() == f.kind);
                let id = match known {
                    Some(entry) => cast.figure_of(entry, || scene.figure(entry)),
                    None => {
                        let types = types(scene, &f.name, f.kind);
                        let gender = if f.kind.is_human() { gender(scene, &f.name) } else { String::new() };
                        cast.figures.push(Figure { name: f.name.clone(), kind: f.kind, entry: None, within, gender, types });
                        cast.figures.len() - 1
                    }
                };
                ids.insert(key, id);
                id
            }
        };
        let tree = &scene.sentences[f.sentence];
        let span = Span::new(tree.tokens[f.tokens.start].span.begin, tree.tokens[f.tokens.end - 1].span.stop);
        out.push(Mention {
            sentence: f.sentence,
            tokens: f.tokens.clone(),
            head: head_of(tree, &f.tokens),
            span,
            form: MentionForm::Name,
            figure,
            certainty: f.certainty,
            why: f.why.clone(),
        });
    }
    out
}
