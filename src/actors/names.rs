//! Chooses whom a name of the catalogue means in its document.

use std::collections::BTreeSet;
use std::ops::Range;

use super::mention::{Cast, Figure, Mention, MentionForm};
use super::newnames::Fresh;
use super::scene::Scene;
use super::trie::{Form, NameClass};
use super::{ActorKind, EntryId};
use crate::documents::Span;
use crate::language::{Deprel, Upos};

/// A name of the catalogue at its place.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub sentence: usize,
    pub tokens: Range<usize>,
    pub head: usize,
    pub span: Span,
    pub forms: Vec<Form>,
}

/// A choice needs at least this score.
pub(super) const THRESHOLD: f32 = 1.5;
/// Two persons of one name closer than this are not told apart.
const MARGIN: f32 = 0.3;

/// The mentions of the catalogue's names, but for those inside a longer new name and those of `idle` entries.
pub(super) fn choose(scene: &Scene<'_>, fresh: &[Fresh], idle: &BTreeSet<EntryId>, cast: &mut Cast) -> Vec<Mention> {
    let mut out = Vec::new();
    let swallowed: BTreeSet<usize> = fresh.iter().flat_map(|f| f.swallows.iter().copied()).collect();
    for (number, placed) in scene.placed.iter().enumerate() {
        if swallowed.contains(&number) {
            continue;
        }
        if let Some((form, certainty, why)) = scene.chosen[number].clone().filter(|(f, ..)| !idle.contains(&f.entry)) {
            let entry = scene.know.catalogue.entry(form.entry);
            let adjective = form.class == NameClass::Demonym;
            if adjective && let Some(people) = population(scene, placed, entry.kind()) {
                let figure = people_figure(scene, cast, form.entry, &people.1);
                out.push(mention(placed, people.0, MentionForm::Demonym, figure, 0.8, format!("{why}; a population")));
                continue;
            }
            let figure = cast.figure_of(form.entry, || scene.figure(form.entry));
            let kind = match form.class {
                NameClass::Demonym => MentionForm::Demonym,
                NameClass::Capital | NameClass::Seat => MentionForm::Metonym,
                NameClass::Name | NameClass::Alias | NameClass::Short => MentionForm::Name,
            };
            out.push(mention(placed, placed.head, kind, figure, certainty, why));
        }
    }
    out
}

fn mention(placed: &Placed, head: usize, form: MentionForm, figure: usize, certainty: f32, why: String) -> Mention {
    Mention { sentence: placed.sentence, tokens: placed.tokens.clone(), head, span: placed.span, form, figure, certainty, why }
}

/// What a name may mean, most points first.
pub(super) fn scored(scene: &Scene<'_>, placed: &Placed) -> Vec<(f32, Form)> {
    let mut scored: Vec<(f32, Form)> = placed.forms.iter().map(|f| (score(scene, placed, *f), *f)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.entry.cmp(&b.1.entry)));
    scored
}

/// The form that fits best, how sure that is, and why.
pub(super) fn best(scene: &Scene<'_>, placed: &Placed) -> Option<(Form, f32, String)> {
    let scored = scored(scene, placed);
    let (top, form) = *scored.first()?;
    if top < THRESHOLD {
        return None;
    }
    let kind = scene.know.catalogue.entry(form.entry).kind();
    let rival = scored.iter().skip(1).find(|(_, f)| f.entry != form.entry).map(|(s, _)| *s);
    if form.class == NameClass::Short && kind.is_human() && rival.is_some_and(|r| top - r < MARGIN) {
        // Of father and son in one office of one state, the later one is the likelier.
        let since = |id: EntryId| scene.know.catalogue.offices(id).filter_map(|t| t.from).max();
        let near: Vec<(f32, Form)> = scored.iter().copied().filter(|(s, _)| top - s < MARGIN).collect();
        let home = &scene.know.catalogue.entry(form.entry).home;
        let alike =
            near.iter().all(|(_, f)| !home.is_empty() && scene.know.catalogue.entry(f.entry).home == *home && since(f.entry).is_some());
        let later = near.iter().max_by_key(|(_, f)| since(f.entry)).filter(|_| alike)?;
        return Some((later.1, 0.6, "the later holder of one family name and home".to_owned()));
    }
    let certainty = match rival {
        None => 0.97,
        Some(r) => (0.6 + 0.2 * (top - r)).clamp(0.6, 0.97),
    };
    let others = scored.len() - 1;
    let why = if others == 0 {
        format!("{:?} of one entry", form.class)
    } else {
        format!("{:?}, {top:.1} points against {:.1} of {others} other(s)", form.class, rival.unwrap_or(0.0))
    };
    Some((form, certainty, why))
}

fn score(scene: &Scene<'_>, placed: &Placed, form: Form) -> f32 {
    let catalogue = &scene.know.catalogue;
    let entry = catalogue.entry(form.entry);
    let mut points: f32 = match form.class {
        NameClass::Name | NameClass::Alias => 3.0,
        NameClass::Short => 1.3,
        NameClass::Demonym | NameClass::Capital | NameClass::Seat => 2.5,
    };
    let kind = entry.kind();
    let single = placed.tokens.len() == 1;
    let anchored = scene.anchors.get(&form.entry).copied().unwrap_or(0);
    if form.weak {
        let supported = kind == ActorKind::State && scene.firm.contains(&form.entry);
        points -= match kind {
            ActorKind::State if supported => 0.0,
            ActorKind::State => 1.2,
            _ => 2.0,
        };
    } else if kind == ActorKind::State
        && placed.forms.iter().any(|f| f.weak && f.entry != form.entry && scene.firm.contains(&f.entry))
        && !scene.firm.contains(&form.entry)
    {
        // Another state of that name has the document's support, and this one none but the name itself.
        points -= 1.2;
    }
    if anchored > 0 && (form.weak || form.class == NameClass::Short) {
        points += if form.class == NameClass::Short { 3.0 } else { 2.0 };
    }
    let touched = |id: EntryId| scene.homes.get(&id).copied().unwrap_or(0);
    if entry.home.iter().any(|h| touched(*h) > 0) || (kind == ActorKind::State && touched(form.entry) > 0) {
        points += 0.7;
    }
    if kind == ActorKind::State {
        points += 0.2;
    }
    if let Some(year) = scene.year {
        if kind.is_human() {
            let mut terms = catalogue.offices(form.entry).peekable();
            if terms.peek().is_some() {
                let near = catalogue
                    .offices(form.entry)
                    .any(|t| t.from.is_none_or(|f| f.year() <= year) && t.to.is_none_or(|u| u.year() + 1 >= year));
                points += if near { 0.6 } else { -0.2 };
                if form.class == NameClass::Short {
                    // Nobody is known by an office still to come; heads of state and government are known by their last names.
                    if catalogue.offices(form.entry).all(|t| t.from.is_some_and(|f| f.year() > year + 1)) {
                        points -= 1.5;
                    }
                    let top =
                        |t: &super::Term| scene.know.lexicon.top.contains(&t.office) && catalogue.entry(t.of).kind() == ActorKind::State;
                    if catalogue.offices(form.entry).any(top) {
                        points += 0.4;
                        // "Bush", "Castle": a word that is a head of state's name in those years, and is written as a name.
                        if form.weak && near && single && capital_inside(scene, placed) {
                            points += 0.7;
                        }
                    }
                }
            }
        } else if anchored == 0
            && !entry.in_year(year)
            && placed.forms.iter().any(|f| f.entry != form.entry && catalogue.entry(f.entry).in_year(year))
            && form.class != NameClass::Name
            && form.class != NameClass::Alias
        {
            points -= 2.0;
        }
    }
    let tree = &scene.sentences[placed.sentence];
    if single {
        let token = &tree.tokens[placed.tokens.start];
        if !matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj) && form.weak {
            points -= 2.0;
        }
        let first = placed.tokens.start == 0 || matches!(tree.tokens[placed.tokens.start - 1].upos, Upos::Punct);
        if first && form.weak && token.upos != Upos::Propn {
            points -= 1.0;
        }
    }
    if kind.is_human() {
        points += person_context(scene, placed, form);
    } else if placed.tokens.start > 0 && single && form.class != NameClass::Demonym {
        // "Michael Jordan": a given name before a place's name makes a person of it.
        let before = &tree.tokens[placed.tokens.start - 1];
        let word = scene.form(placed.sentence, placed.tokens.start - 1);
        if before.upos == Upos::Propn
            && scene.know.lexicon.given.contains(&super::fold::fold_words(word))
            && !taken(scene, placed.sentence, placed.tokens.start - 1)
        {
            points -= 2.0;
        }
    }
    if form.class == NameClass::Alias
        && !single
        && matches!(kind, ActorKind::Alliance | ActorKind::Organization)
        && foreign(scene, placed, form)
    {
        points -= 2.5;
    }
    match form.class {
        NameClass::Capital if means_city(scene, placed) => {
            points -= 3.0;
        }
        NameClass::Name | NameClass::Alias if kind == ActorKind::Territory && has_capital_form(placed) => {
            points += if means_city(scene, placed) { 0.0 } else { -3.0 };
        }
        _ => {}
    }
    points
}

/// Whether a state's name that is not its home stands before a body's: "Russia's Security Council", "the Turkish General Staff".
fn foreign(scene: &Scene<'_>, placed: &Placed, form: Form) -> bool {
    let Some(mut before) = placed.tokens.start.checked_sub(1) else { return false };
    if matches!(scene.form(placed.sentence, before), "'s" | "’s" | "'" | "’") && before > 0 {
        before -= 1;
    }
    let catalogue = &scene.know.catalogue;
    scene.placed.iter().any(|p| {
        p.sentence == placed.sentence
            && p.tokens.end == before + 1
            && p.forms
                .iter()
                .any(|f| catalogue.entry(f.entry).kind() == ActorKind::State && !catalogue.entry(form.entry).home.contains(&f.entry))
    })
}

/// Whether a single word is a proper noun in the middle of a sentence, where only names have capitals.
fn capital_inside(scene: &Scene<'_>, placed: &Placed) -> bool {
    let tokens = &scene.sentences[placed.sentence].tokens;
    let at = placed.tokens.start;
    tokens[at].upos == Upos::Propn && at > 0 && tokens[at - 1].upos != Upos::Punct && tokens[at - 1].upos != Upos::Propn
}

/// Whether a token lies in another name of the catalogue.
fn taken(scene: &Scene<'_>, sentence: usize, token: usize) -> bool {
    scene.placed.iter().any(|p| p.sentence == sentence && p.tokens.contains(&token))
}

fn has_capital_form(placed: &Placed) -> bool {
    placed.forms.iter().any(|f| f.class == NameClass::Capital)
}

/// Points for what stands before a person's name: a given name, a title with an office.
fn person_context(scene: &Scene<'_>, placed: &Placed, form: Form) -> f32 {
    let catalogue = &scene.know.catalogue;
    let entry = catalogue.entry(form.entry);
    let tree = &scene.sentences[placed.sentence];
    let mut points = 0.0;
    // "Yahya Saree": the short name of somebody else, before a family name of its own.
    let after = placed.tokens.end;
    if form.class == NameClass::Short
        && after < tree.tokens.len()
        && tree.tokens[after].upos == Upos::Propn
        && tree.tokens[after].deprel == Deprel::Flat
        && scene.form(placed.sentence, after).chars().next().is_some_and(char::is_uppercase)
        && !taken(scene, placed.sentence, after)
    {
        points -= 3.0;
    }
    let Some(before) = placed.tokens.start.checked_sub(1) else { return points };
    let word = scene.form(placed.sentence, before);
    let folded = super::fold::fold_words(word);
    if let Some(title) = title_before(scene, placed.sentence, placed.tokens.start) {
        let office = &scene.know.lexicon.titles[&title].office;
        points += if catalogue.offices(form.entry).any(|t| t.office == *office) { 1.2 } else { 0.3 };
    } else if form.class == NameClass::Short
        && tree.tokens[before].upos == Upos::Propn
        && word.chars().next().is_some_and(char::is_uppercase)
        && !taken(scene, placed.sentence, before)
    {
        let own = entry.name.split(' ').next().map(super::fold::fold_words).unwrap_or_default();
        let alike =
            own.chars().next() == folded.chars().next() && (folded.chars().count() <= 2 || own.chars().nth(1) == folded.chars().nth(1));
        points += if alike { 1.5 } else { -4.0 };
    }
    points
}

/// The folded title that ends right before a token, longest first (`crown prince`, `foreign minister`).
pub(super) fn title_before(scene: &Scene<'_>, sentence: usize, token: usize) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut best = None;
    let mut at = token;
    while at > 0 && words.len() < 3 {
        at -= 1;
        let form = scene.form(sentence, at);
        if matches!(form, "." | "-" | "‑") {
            continue;
        }
        words.insert(0, super::fold::fold_words(form));
        let joined = words.join(" ");
        if scene.know.lexicon.titles.contains_key(&joined) {
            best = Some(joined);
        }
    }
    best
}

/// Whether a capital's name means the city at its place: after `in` and the like, after `to` or `from` with a verb of
/// motion, as object of such a verb, beside `city` or `capital`, or before a common noun that is no seat of power's.
fn means_city(scene: &Scene<'_>, placed: &Placed) -> bool {
    let tree = &scene.sentences[placed.sentence];
    let lexicon = &scene.know.lexicon;
    let token = &tree.tokens[placed.head];
    // Of joined names the first one's preposition counts.
    let mut top = placed.head;
    while tree.tokens[top].deprel == Deprel::Conj {
        match tree.tokens[top].head {
            Some(up) => top = up,
            None => break,
        }
    }
    let governor = tree.tokens[top].head;
    let lemma = governor.map(|g| tree.tokens[g].lemma.to_lowercase()).unwrap_or_default();
    // "officials in Warsaw", "the generals in Naypyidaw" speak for the government there.
    let official = governor.is_some_and(|g| g < top && scene.know.lexicon.officials.contains(&lemma)) && token.deprel != Deprel::Obl;
    for child in tree.children(top) {
        if tree.tokens[child].deprel == Deprel::Case {
            let case = scene.lower(placed.sentence, child);
            if official && case == "in" {
                return false;
            }
            if lexicon.locative.contains(&case) {
                return true;
            }
            if matches!(case.as_str(), "to" | "from" | "toward" | "towards" | "for" | "through" | "via" | "over" | "on")
                && lexicon.motion.contains(&lemma)
            {
                return true;
            }
        }
    }
    match token.deprel {
        Deprel::Obj | Deprel::NsubjPass => lexicon.city_verbs.contains(&lemma),
        Deprel::Appos => lexicon.city_nouns.contains(&lemma),
        Deprel::Compound | Deprel::Nmod if governor.is_some_and(|g| g < placed.head) => lexicon.city_nouns.contains(&lemma),
        _ => false,
    }
}

/// For a demonym at its place: whether a population is meant, with the token that heads the phrase and its plural name.
fn population(scene: &Scene<'_>, placed: &Placed, kind: ActorKind) -> Option<(usize, String)> {
    if kind == ActorKind::People {
        return None;
    }
    let tree = &scene.sentences[placed.sentence];
    let words = &scene.know.lexicon.population;
    let at = placed.tokens.start;
    let form = scene.form(placed.sentence, at);
    let token = &tree.tokens[placed.head];
    let plural = form.ends_with('s') && token.upos != Upos::Adj || token.feats.has(crate::language::Feats::PLUR);
    let ethnic = at > 0 && scene.know.lexicon.ethnic.contains(&scene.lower(placed.sentence, at - 1));
    if ethnic {
        let name = if plural { form.to_owned() } else { plural_of(form) };
        return Some((placed.head, name));
    }
    if matches!(token.deprel, Deprel::Amod | Deprel::Compound)
        && let Some(noun) = token.head
        && words.contains(&tree.tokens[noun].lemma.to_lowercase())
    {
        return Some((noun, plural_of(form)));
    }
    None
}

/// The plural name of the inhabitants for an adjective.
fn plural_of(form: &str) -> String {
    if form.ends_with('s') || form.ends_with("sh") || form.ends_with("ese") || form.ends_with("ch") {
        form.to_owned()
    } else {
        format!("{form}s")
    }
}

/// The figure of a population of a state.
fn people_figure(scene: &Scene<'_>, cast: &mut Cast, home: EntryId, name: &str) -> usize {
    if let Some(id) = scene.know.catalogue.claimed(name).iter().find(|f| scene.know.catalogue.entry(f.entry).kind() == ActorKind::People) {
        return cast.figure_of(id.entry, || scene.figure(id.entry));
    }
    if let Some(found) = cast.figures.iter().position(|f| f.kind == ActorKind::People && f.name == name) {
        return found;
    }
    let within = cast.figure_of(home, || scene.figure(home));
    cast.figures.push(Figure {
        name: name.to_owned(),
        kind: ActorKind::People,
        entry: None,
        within: Some(within),
        gender: String::new(),
        types: ["people".to_owned(), "population".to_owned()].into(),
    });
    cast.figures.len() - 1
}
