//! Sorts the capitalised words that the catalogue does not settle: which are names of actors, and of what kind.
//!
//! All places of one name in a document are judged together, by a multinomial logistic regression over the words of the name,
//! what stands around them and what the rules of [`super::newnames`] make of it. The weights are trained on annotated texts
//! (`suzerain score … --train-names`) and read from `seeds/actors/names.tsv`; without them the rules' word counts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fold::fold_words;
use super::learn::Weights;
use super::names;
use super::newnames::{Candidate, Fresh, Origin};
use super::scene::{Scene, head_of};
use super::trie::NameClass;
use super::{ActorKind, EntryId};
use crate::language::{Deprel, Upos};

/// The classes: no actor, then the kinds.
pub const CLASSES: [&str; 14] = [
    "none",
    "state",
    "leader",
    "person",
    "alliance",
    "organization",
    "company",
    "armed_group",
    "territory",
    "pipeline",
    "infrastructure",
    "agreement",
    "conflict",
    "people",
];

/// Trained weights, by the classes above.
#[derive(Debug, Default)]
pub struct Sorter {
    /// The weights.
    pub weights: Weights,
}

/// A name of a document with its features, for training.
#[derive(Debug, Clone)]
pub struct NameSample {
    /// The names under which an annotation may have it: as it stands, with its common noun.
    pub names: Vec<String>,
    /// Its features.
    pub features: Vec<String>,
    /// For a name of the catalogue, what that says it is.
    pub known: Option<ActorKind>,
}

/// Names less likely than this to be an actor's are left.
const LEAST: f32 = 0.5;
/// So for agreements and events that have no name of their own; the text may tell of them once only.
const EVENT: f32 = 0.4;
/// Names of the catalogue likelier than this to be no actor's are left out.
const IDLE: f32 = 0.6;
/// So much is a whole name ahead of its parts.
const WHOLE: f32 = 0.15;

/// The places of one name.
struct Group {
    origin: Origin,
    name: String,
    longer: Option<String>,
    members: Vec<usize>,
    features: BTreeSet<String>,
}

/// Names of the catalogue that a document has at least so often are an actor's.
const OFTEN: usize = 3;

/// The catalogue's names that are rare in the document and no state's: perhaps no more than a place or time.
fn settled(scene: &Scene<'_>) -> Vec<Candidate> {
    let mut times: BTreeMap<EntryId, usize> = BTreeMap::new();
    for (form, ..) in scene.chosen.iter().flatten() {
        *times.entry(form.entry).or_default() += 1;
    }
    let mut out = Vec::new();
    for (i, placed) in scene.placed.iter().enumerate() {
        let Some((form, ..)) = &scene.chosen[i] else { continue };
        if times[&form.entry] < OFTEN && scene.know.catalogue.entry(form.entry).kind() != ActorKind::State {
            out.push(Candidate {
                sentence: placed.sentence,
                tokens: placed.tokens.clone(),
                overlap: vec![i],
                rule: None,
                whole: true,
                origin: Origin::Settled,
            });
        }
    }
    out
}

/// The entry of a settled candidate.
fn entry_of(scene: &Scene<'_>, c: &Candidate) -> Option<EntryId> {
    c.overlap.first().and_then(|p| scene.chosen[*p].as_ref()).map(|(form, ..)| form.entry)
}

fn groups(scene: &Scene<'_>, list: &[Candidate]) -> Vec<Group> {
    let mut by_key: BTreeMap<(u8, String), usize> = BTreeMap::new();
    let mut out: Vec<Group> = Vec::new();
    for (i, c) in list.iter().enumerate() {
        let entry = if c.origin == Origin::Settled { entry_of(scene, c) } else { None };
        let name = entry.map_or_else(|| c.text(scene), |e| scene.know.catalogue.entry(e).name.clone());
        let at = *by_key.entry((c.origin as u8, fold_words(&name))).or_insert_with(|| {
            out.push(Group { origin: c.origin, name, longer: None, members: Vec::new(), features: BTreeSet::new() });
            out.len() - 1
        });
        out[at].members.push(i);
    }
    // Which words end, begin or abbreviate a longer name of the document.
    let mut lasts: BTreeSet<String> = BTreeSet::new();
    let mut firsts: BTreeSet<String> = BTreeSet::new();
    let mut shorts: BTreeSet<String> = BTreeSet::new();
    for group in out.iter().filter(|g| g.origin == Origin::Run) {
        let key = fold_words(&group.name);
        let words: Vec<&str> = key.split(' ').collect();
        if words.len() > 1 {
            lasts.insert(words[words.len() - 1].to_owned());
            firsts.insert(words[0].to_owned());
            let initials: String = group.name.split([' ', '-']).filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
            if initials.chars().count() > 1 {
                shorts.insert(initials);
            }
        }
    }
    let mut lower: BTreeSet<&str> = BTreeSet::new();
    if out.iter().any(|g| g.origin == Origin::Run) {
        for sentence in scene.sentences {
            lower.extend(
                sentence
                    .tokens
                    .iter()
                    .map(|t| t.span.of(&scene.document.prose))
                    .filter(|w| w.chars().next().is_some_and(char::is_lowercase)),
            );
        }
    }
    for group in &mut out {
        let mut features = BTreeSet::new();
        own_words(scene, &group.name, &mut features);
        let key = fold_words(&group.name);
        if group.origin == Origin::Run {
            if !key.contains(' ') {
                if lasts.contains(&key) {
                    features.insert("ends=longer".to_owned());
                }
                if firsts.contains(&key) {
                    features.insert("begins=longer".to_owned());
                }
                if shorts.contains(&group.name) {
                    features.insert("initials=longer".to_owned());
                }
            }
            if lower.contains(group.name.to_lowercase().as_str()) {
                features.insert("lower".to_owned());
            }
            let initial = |i: &usize| {
                list[*i].tokens.start == 0 || scene.sentences[list[*i].sentence].tokens[list[*i].tokens.start - 1].upos == Upos::Punct
            };
            if group.members.iter().all(initial) {
                features.insert("always first".to_owned());
            }
        }
        features.insert(format!("times={}", group.members.len().min(4)));
        for member in group.members.iter().take(6) {
            let c = &list[*member];
            around(scene, c, &mut features);
            if group.longer.is_none() && group.origin == Origin::Run {
                group.longer = c.longer(scene);
            }
        }
        if let Some(entry) = group.members.first().filter(|_| group.origin == Origin::Settled).and_then(|m| entry_of(scene, &list[*m])) {
            let entry = scene.know.catalogue.entry(entry);
            features.insert(format!("kind={}", entry.kind()));
            features.insert(format!("name={}", entry.name));
            features.extend(entry.types.iter().map(|t| format!("type={t}")));
            let touched = entry.home.iter().any(|h| scene.firm.contains(h));
            features.insert(format!("home={touched}/{}", entry.kind()));
            if let Some(year) = scene.year {
                features.insert(format!("in year={}/{}", entry.in_year(year), entry.kind()));
            }
            let with: Vec<String> = features
                .iter()
                .filter(|f| f.starts_with("case=") || f.starts_with("rel=") || f.starts_with("b:"))
                .map(|f| format!("{}/{f}", entry.kind()))
                .collect();
            features.extend(with);
        }
        let prefix = match group.origin {
            Origin::Run => "",
            Origin::Event | Origin::Bare => "e/",
            Origin::Body => "b/",
            Origin::Settled => "s/",
        };
        if group.origin == Origin::Bare {
            let own = ["b=", "bias", "up=", "uplemma=", "a=", "det=", "w=", "parties=", "rel=", "case=", "times=", "words="];
            let with: Vec<String> = features.iter().filter(|f| own.iter().any(|o| f.starts_with(o))).map(|f| format!("bare {f}")).collect();
            features.extend(with);
        }
        group.features = if prefix.is_empty() { features } else { features.into_iter().map(|f| format!("{prefix}{f}")).collect() };
    }
    out
}

/// What the words of a name show by themselves.
fn own_words(scene: &Scene<'_>, name: &str, out: &mut BTreeSet<String>) {
    let lexicon = &scene.know.lexicon;
    let words: Vec<&str> = name.split([' ', '-', '–']).filter(|w| !w.is_empty()).collect();
    out.insert("bias".to_owned());
    out.insert(format!("words={}", words.len().min(5)));
    let all: Vec<String> = words.iter().map(|w| fold_words(w)).collect();
    let common = all.iter().filter(|w| lexicon.common.contains(*w)).count();
    out.insert(format!(
        "common={}",
        if common == 0 {
            "none"
        } else if common == all.len() {
            "all"
        } else {
            "some"
        }
    ));
    if all.last().is_some_and(|w| lexicon.common.contains(w)) {
        out.insert("common last".to_owned());
    }
    for (i, w) in all.iter().enumerate() {
        out.insert(format!("w={w}"));
        if let Some(kind) = lexicon.heads.get(w) {
            out.insert(format!("whead={kind}"));
        }
        if lexicon.given.contains(w) {
            out.insert(if i == 0 { "given=first".to_owned() } else { "given=later".to_owned() });
        }
        if lexicon.family.contains(w) {
            out.insert(if i == 0 { "family=first".to_owned() } else { "family=later".to_owned() });
        }
        if lexicon.particles.contains(words[i]) {
            out.insert("particle".to_owned());
        }
    }
    let end = |w: &str, n: usize| w.chars().rev().take(n).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    if let (Some(first), Some(last)) = (all.first(), all.last()) {
        let count = if words.len() == 1 { "1" } else { "+" };
        for n in 2..=4 {
            if last.chars().count() > n {
                out.insert(format!("last{count}={}", end(last, n)));
            }
        }
        if words.len() > 1 {
            out.insert(format!("first={first}"));
            out.insert(format!("end={last}"));
            out.insert(format!("first+=…{}", end(first, 2)));
        }
        if let Some(kind) = lexicon.heads.get(last) {
            out.insert(format!("head={kind}"));
        }
    }
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    let caps = letters.iter().filter(|c| c.is_uppercase()).count();
    if caps == letters.len() {
        out.insert(format!("capitals={}", letters.len().min(6)));
    } else if words.len() == 1 && caps > 1 {
        out.insert("capitals=some".to_owned());
    }
    if name.chars().any(|c| c.is_ascii_digit()) {
        out.insert("digit".to_owned());
    }
    if name.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
        out.insert("accents".to_owned());
    }
    for joint in [" of ", " for ", " and ", "-", "."] {
        if name.contains(joint) {
            out.insert(format!("joint={}", joint.trim()));
        }
    }
    if words.len() > 1 && words.iter().all(|w| w.chars().next().is_some_and(char::is_uppercase)) {
        out.insert("titled".to_owned());
    }
    if words.len() == 2 && words[0].chars().count() == 1 {
        out.insert("initial".to_owned());
    }
    let length = name.chars().count();
    out.insert(format!("length={}", (length / 4).min(8)));
}

/// What the surroundings of one place show.
fn around(scene: &Scene<'_>, c: &Candidate, out: &mut BTreeSet<String>) {
    let (number, tokens) = (c.sentence, &c.tokens);
    let tree = &scene.sentences[number];
    let lexicon = &scene.know.lexicon;
    let count = tree.tokens.len();
    let word = |t: usize| scene.lower(number, t);
    match &c.rule {
        Some(rule) => {
            out.insert(format!("rule={}", rule.kind));
            out.insert(format!("why={}/{}", rule.why, rule.kind));
        }
        None => {
            out.insert("rule=none".to_owned());
        }
    }
    if !c.whole {
        out.insert("part".to_owned());
    }
    // "the Front of Mahmoud Sallah": whose name follows `of`.
    if let Some(of) =
        tokens.clone().find(|t| *t > tokens.start && *t + 1 < tokens.end && matches!(scene.form(number, *t), "of" | "for" | "and"))
    {
        let next = if scene.form(number, of + 1) == "the" && of + 2 < tokens.end { of + 2 } else { of + 1 };
        let joint = scene.form(number, of);
        if lexicon.given.contains(&fold_words(scene.form(number, next))) {
            out.insert(format!("{joint}>given"));
        }
        match kind_at(scene, number, next) {
            Some(kind) => out.insert(format!("{joint}>{kind}")),
            None => out.insert(format!("{joint}>unknown")),
        };
    }
    for p in &c.overlap {
        let placed = &scene.placed[*p];
        let exact = if placed.tokens == *tokens { "=" } else { "<" };
        for f in &placed.forms {
            let kind = scene.know.catalogue.entry(f.entry).kind();
            out.insert(format!("known{exact}{:?}/{kind}{}", f.class, if f.weak { "?" } else { "" }));
        }
    }
    if let Some(title) = names::title_before(scene, number, tokens.start) {
        out.insert(format!("title={}", lexicon.titles[&title].kind));
        out.insert(format!("title:{title}"));
    }
    if matches!(c.origin, Origin::Event | Origin::Bare) {
        let parties = scene.placed.iter().zip(&scene.chosen).filter(|(p, chosen)| p.sentence == number && chosen.is_some()).count();
        out.insert(format!("parties={}", parties.min(3)));
    }
    // Words before and after.
    let class = |t: usize, out: &mut BTreeSet<String>, side: &str| {
        let token = &tree.tokens[t];
        let w = word(t);
        out.insert(format!("{side}:{:?}", token.upos));
        if token.upos != Upos::Propn {
            let lemma = if token.upos == Upos::Noun || token.upos == Upos::Verb { token.lemma.to_lowercase() } else { w };
            if let Some(kind) = lexicon.nouns.get(&lemma).or_else(|| lexicon.heads.get(&lemma)) {
                out.insert(format!("{side}kind={kind}"));
            }
            if lexicon.reference.humans.contains_key(&lemma) {
                out.insert(format!("{side}kind=human"));
            }
            if lexicon.say.contains(&lemma) {
                out.insert(format!("{side}say"));
            }
            out.insert(format!("{side}={lemma}"));
        }
    };
    let mut start = tokens.start;
    if start == 0 {
        out.insert("b:start".to_owned());
    } else {
        class(start - 1, out, "b");
        if start > 1 {
            out.insert(format!(
                "bb={} {}",
                word(start - 2),
                if tree.tokens[start - 1].upos == Upos::Propn { "*".to_owned() } else { word(start - 1) }
            ));
        }
        if tree.tokens[start - 1].upos == Upos::Det {
            start -= 1;
        }
        if start > 1 && word(start - 1) == "of" {
            class(start - 2, out, "bof");
        }
        if start > 1 && word(start - 1) == "," {
            class(start - 2, out, "bcomma");
        }
    }
    if tokens.end < count {
        class(tokens.end, out, "a");
        if tokens.end + 1 < count {
            let next = word(tokens.end);
            if matches!(next.as_str(), "'s" | "’s" | "'" | "’") {
                class(tokens.end + 1, out, "aposs");
            } else if next == "," {
                class(tokens.end + 1, out, "acomma");
                // "Santa Teresa, in New Mexico", "Diffa, Niger"
                if let Some(kind) = kind_at(scene, number, tokens.end + 1).or_else(|| kind_at(scene, number, tokens.end + 2)) {
                    out.insert(format!("acomma@{kind}"));
                }
                if let Some(noun) = (tokens.end + 1..count.min(tokens.end + 6)).find(|t| tree.tokens[*t].upos == Upos::Noun) {
                    class(noun, out, "acommanoun");
                }
            } else if next == "of" {
                if let Some(kind) = kind_at(scene, number, tokens.end + 1).or_else(|| kind_at(scene, number, tokens.end + 2)) {
                    out.insert(format!("aof@{kind}"));
                }
            } else if next == "(" {
                class(tokens.end + 1, out, "abracket");
            }
        }
    }
    // The tree.
    let head = head_of(tree, tokens);
    let token = &tree.tokens[head];
    out.insert(format!("head:{:?}", tree.tokens[tokens.end - 1].upos));
    out.insert(format!("rel={:?}", token.deprel));
    if let Some(up) = token.head {
        let above = &tree.tokens[up];
        let lemma = above.lemma.to_lowercase();
        out.insert(format!("up:{:?}/{:?}", token.deprel, above.upos));
        if above.upos != Upos::Propn {
            out.insert(format!("up={:?}/{lemma}", token.deprel));
            out.insert(format!("uplemma={lemma}"));
        }
        if above.upos == Upos::Noun {
            if let Some(kind) = lexicon.nouns.get(&lemma).or_else(|| lexicon.heads.get(&lemma)) {
                out.insert(format!("upkind={:?}/{kind}", token.deprel));
            }
            if lexicon.reference.humans.contains_key(&lemma) {
                out.insert(format!("upkind={:?}/human", token.deprel));
            }
        }
        if token.deprel == Deprel::Conj
            && let Some(kind) = kind_at(scene, number, up)
        {
            out.insert(format!("with@{kind}"));
        }
        if token.deprel == Deprel::Appos
            && let Some(kind) = kind_at(scene, number, up)
        {
            out.insert(format!("apposto@{kind}"));
        }
    }
    for child in tree.children(head) {
        let t = &tree.tokens[child];
        match t.deprel {
            Deprel::Case if child < tokens.start => {
                out.insert(format!("case={}", word(child)));
            }
            Deprel::Appos => {
                let lemma = t.lemma.to_lowercase();
                if let Some(kind) = lexicon.nouns.get(&lemma).or_else(|| lexicon.heads.get(&lemma)) {
                    out.insert(format!("appos@{kind}"));
                }
                if lexicon.reference.humans.contains_key(&lemma) {
                    out.insert("appos@human".to_owned());
                }
                out.insert(format!("appos={lemma}"));
            }
            Deprel::Conj => {
                if let Some(kind) = kind_at(scene, number, child) {
                    out.insert(format!("with@{kind}"));
                }
            }
            Deprel::AclRelcl => {
                for w in tree.children(child).chain(std::iter::once(child)) {
                    let form = word(w);
                    if matches!(form.as_str(), "who" | "whose" | "whom" | "which" | "where") {
                        out.insert(format!("relative={form}"));
                    }
                }
            }
            Deprel::Det => {
                out.insert(format!("det={}", word(child)));
            }
            _ => {}
        }
    }
    if tokens.start > 0 && tokens.end < count {
        let (b, a) = (scene.form(number, tokens.start - 1), scene.form(number, tokens.end));
        if b == "(" && a == ")" {
            out.insert("bracketed".to_owned());
            if tokens.start > 1
                && let Some(kind) = kind_at(scene, number, tokens.start - 2)
            {
                out.insert(format!("bracketed@{kind}"));
            }
        }
        if matches!(b, "\"" | "“" | "'" | "‘") && matches!(a, "\"" | "”" | "'" | "’") {
            out.insert("quoted".to_owned());
        }
    }
}

/// The kind of the catalogue's actor named at a token, where it is clear.
fn kind_at(scene: &Scene<'_>, number: usize, token: usize) -> Option<ActorKind> {
    let from = scene.placed.partition_point(|p| p.sentence < number);
    let placed = scene.placed[from..].iter().take_while(|p| p.sentence == number).find(|p| p.tokens.contains(&token))?;
    placed.forms.iter().find(|f| !f.weak && f.class != NameClass::Demonym).map(|f| scene.know.catalogue.entry(f.entry).kind())
}

/// The names of a document with their features. A name of the catalogue that is rare in the document comes once to learn whether
/// it is an actor's, and every one once as if it were unknown, so that its surroundings teach the kinds.
pub(super) fn samples(scene: &Scene<'_>, mut list: Vec<Candidate>) -> Vec<NameSample> {
    list.extend(settled(scene));
    let mut out: Vec<NameSample> = groups(scene, &list)
        .into_iter()
        .map(|g| {
            let entry = g.members.first().filter(|_| g.origin == Origin::Settled).and_then(|m| entry_of(scene, &list[*m]));
            let texts: Vec<String> = if entry.is_some() { g.members.iter().map(|m| list[*m].text(scene)).collect() } else { Vec::new() };
            NameSample {
                names: std::iter::once(g.name).chain(g.longer).chain(texts).collect(),
                features: g.features.into_iter().collect(),
                known: entry.map(|e| scene.know.catalogue.entry(e).kind()),
            }
        })
        .collect();
    let mut seen: BTreeMap<EntryId, NameSample> = BTreeMap::new();
    for (i, placed) in scene.placed.iter().enumerate() {
        let Some((form, ..)) = &scene.chosen[i] else { continue };
        let kind = scene.know.catalogue.entry(form.entry).kind();
        if kind == ActorKind::State || form.class == NameClass::Demonym {
            continue;
        }
        let c = Candidate {
            sentence: placed.sentence,
            tokens: placed.tokens.clone(),
            overlap: Vec::new(),
            rule: None,
            whole: true,
            origin: Origin::Run,
        };
        let name = scene.know.catalogue.entry(form.entry).name.clone();
        let sample = seen.entry(form.entry).or_insert_with(|| NameSample { names: vec![name], features: Vec::new(), known: Some(kind) });
        let text = c.text(scene);
        let mut features = BTreeSet::new();
        own_words(scene, &text, &mut features);
        around(scene, &c, &mut features);
        features.retain(|f| !f.starts_with("given=") && !f.starts_with("family=") && !f.starts_with("rule="));
        features.insert("catalogue's".to_owned());
        sample.names.push(text);
        if sample.names.len() < 8 {
            sample.features.extend(features);
        }
    }
    for mut sample in seen.into_values() {
        sample.features.sort();
        sample.features.dedup();
        sample.names.dedup();
        out.push(sample);
    }
    out
}

/// What the weights say of a name.
struct Verdict {
    kind: ActorKind,
    sure: f32,
    name: String,
    why: String,
}

/// The state that a document names most.
fn main_state(scene: &Scene<'_>) -> Option<EntryId> {
    let states = scene.homes.iter().filter(|(e, _)| scene.know.catalogue.entry(**e).kind() == ActorKind::State);
    states.max_by_key(|(e, n)| (**n, std::cmp::Reverse(**e))).map(|(e, _)| *e)
}

/// The new names among the candidates, and the entries whose names are no actor's.
pub(super) fn sort(scene: &Scene<'_>, mut list: Vec<Candidate>) -> (Vec<Fresh>, BTreeSet<EntryId>) {
    let weights = &scene.know.sorter.weights;
    list.extend(settled(scene));
    let mut idle = BTreeSet::new();
    let mut verdicts: Vec<Option<std::rc::Rc<Verdict>>> = vec![None; list.len()];
    // A family name alone is that of the one person of the document who bears it.
    let mut bearers: BTreeMap<String, Option<(ActorKind, String)>> = BTreeMap::new();
    let mut judged = Vec::new();
    for group in groups(scene, &list) {
        let chances = weights.classify(group.features.iter().map(String::as_str));
        if group.origin == Origin::Settled {
            if chances[0] > IDLE {
                idle.extend(group.members.first().and_then(|m| entry_of(scene, &list[*m])));
            }
            continue;
        }
        let best = (1..CLASSES.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b])).unwrap_or(1);
        let Some(kind) = ActorKind::parse(CLASSES[best]) else { continue };
        let sure = 1.0 - chances[0];
        if sure >= LEAST && kind.is_human() && group.origin == Origin::Run {
            let key = fold_words(&group.name);
            let words: Vec<&str> = key.split(' ').filter(|w| w.chars().count() > 2).collect();
            if words.len() > 1 {
                for word in [words[0], words[words.len() - 1]] {
                    bearers
                        .entry(word.to_owned())
                        .and_modify(|b| {
                            if b.as_ref().is_some_and(|(_, n)| *n != group.name) {
                                *b = None;
                            }
                        })
                        .or_insert_with(|| Some((kind, group.name.clone())));
                }
            }
        }
        judged.push((group, best, kind, sure));
    }
    let state = main_state(scene);
    for (group, best, kind, sure) in judged {
        let key = fold_words(&group.name);
        let bearer = if key.contains(' ') || group.origin != Origin::Run { None } else { bearers.get(&key).cloned().flatten() };
        // A family name that the catalogue knows means the one person of that name, or of several nobody for sure.
        let mut known: Vec<EntryId> = Vec::new();
        if bearer.is_none() && kind.is_human() && group.origin == Origin::Run {
            for p in group.members.iter().flat_map(|m| list[*m].overlap.iter().filter(|p| scene.placed[**p].tokens == list[*m].tokens)) {
                let human = |e: EntryId| scene.know.catalogue.entry(e).kind().is_human();
                known.extend(scene.placed[*p].forms.iter().map(|f| f.entry).filter(|e| human(*e)));
            }
            known.sort_unstable();
            known.dedup();
        }
        if known.len() > 1 {
            continue;
        }
        let (kind, name, sure) = match bearer {
            _ if known.len() == 1 => {
                let entry = scene.know.catalogue.entry(known[0]);
                (entry.kind(), entry.name.clone(), sure)
            }
            Some((k, name)) if kind.is_human() || sure < LEAST => (k, name, sure.max(0.8)),
            _ if group.origin == Origin::Body => match state {
                Some(state) => (kind, super::newnames::body_name(scene, state, &group.name.to_lowercase()), sure),
                None => continue,
            },
            _ if group.origin == Origin::Bare => {
                let first = group.members.iter().map(|m| &list[*m]).next();
                (kind, first.map_or_else(|| group.name.clone(), |c| super::events::name_of(scene, c.sentence, &c.tokens)), sure)
            }
            _ => {
                let noun = group.longer.as_deref().and_then(|l| l.rsplit(' ').next()).unwrap_or_default();
                let own = scene.know.lexicon.heads.get(noun).or_else(|| scene.know.lexicon.nouns.get(noun)) == Some(&kind)
                    && !matches!(kind, ActorKind::Territory | ActorKind::ArmedGroup);
                (kind, group.longer.clone().filter(|_| own).unwrap_or_else(|| group.name.clone()), sure)
            }
        };
        let least = match group.origin {
            Origin::Event | Origin::Bare => EVENT,
            _ => LEAST,
        };
        if sure < least {
            continue;
        }
        let mut grounds: Vec<(&String, f32)> = group.features.iter().map(|f| (f, weights.weight(f, best) - weights.weight(f, 0))).collect();
        grounds.sort_by(|a, b| b.1.total_cmp(&a.1));
        let grounds: Vec<&str> = grounds.iter().take(3).map(|(f, _)| f.as_str()).collect();
        let verdict = std::rc::Rc::new(Verdict { kind, sure, name, why: format!("learned: {}", grounds.join(", ")) });
        for member in group.members {
            verdicts[member] = Some(std::rc::Rc::clone(&verdict));
        }
    }
    (select(scene, &list, &verdicts), idle)
}

/// Of names that overlap, the surest; of a name and its parts rather the whole.
fn select(scene: &Scene<'_>, list: &[Candidate], verdicts: &[Option<std::rc::Rc<Verdict>>]) -> Vec<Fresh> {
    let mut order: Vec<(usize, f32, usize)> = list
        .iter()
        .enumerate()
        .filter_map(|(i, c)| {
            let v = verdicts[i].as_ref()?;
            // A family name is sure because its bearer is: the bearer's whole name, where it stands, is surer.
            let own = fold_words(&v.name) == fold_words(&c.text(scene));
            let lead = if c.whole { WHOLE } else { 0.0 };
            let sure = if own && c.whole && v.kind.is_human() { v.sure.max(0.8) } else { v.sure };
            Some((c.sentence, sure + lead, i))
        })
        .collect();
    order.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let mut out: Vec<Fresh> = Vec::new();
    for (_, _, i) in order {
        let (Some(v), c) = (&verdicts[i], &list[i]) else { continue };
        let clash = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        if out.iter().rev().take_while(|f| f.sentence == c.sentence).any(|f| clash(&f.tokens, &c.tokens)) {
            continue;
        }
        let head = head_of(&scene.sentences[c.sentence], &c.tokens);
        let swallows: Vec<usize> = c
            .overlap
            .iter()
            .copied()
            .filter(|p| {
                let placed = &scene.placed[*p];
                v.kind.is_human() || placed.head == head || placed.tokens == c.tokens || scene.chosen[*p].is_none()
            })
            .collect();
        out.push(Fresh {
            sentence: c.sentence,
            tokens: c.tokens.clone(),
            name: v.name.clone(),
            kind: v.kind,
            swallows,
            within: if c.origin == Origin::Body { main_state(scene) } else { c.rule.as_ref().and_then(|r| r.within) },
            short: c.rule.as_ref().map_or_else(|| c.short(scene), |r| r.short.clone()),
            certainty: v.sure.clamp(0.5, 0.95),
            why: v.why.clone(),
        });
    }
    out.sort_by_key(|f| (f.sentence, f.tokens.start));
    out
}
