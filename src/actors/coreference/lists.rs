//! The word lists that resolving needs, from `seeds/lexicon/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::actors::fold::{fold_words, words};
use crate::actors::{ActorKind, Catalogue};
use crate::documents::Seeds;

/// What a figure must have besides its kind for a noun to describe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::actors) enum Match {
    /// Nothing: every company may be called `the company`.
    Kind,
    /// The noun, or a word like it, among its types.
    Type,
    /// As `Kind`, but only together with another (`the two neighbours`) or as somebody's (`its neighbour`).
    Pair,
}

/// A common noun that may take up an actor.
#[derive(Debug, Clone)]
pub(in crate::actors) struct Noun {
    pub kinds: Vec<ActorKind>,
    pub need: Match,
    /// Words for the same sort of thing.
    pub like: Vec<String>,
    /// Types that rule a figure out although its kind would do.
    pub unlike: Vec<String>,
}

/// A common noun for human beings.
#[derive(Debug, Clone, Default)]
pub(in crate::actors) struct Human {
    pub gender: String,
    /// The offices it may mean, as `terms.csv` writes them; none where it is no office.
    pub offices: Vec<String>,
}

/// The lists.
#[derive(Debug, Default)]
pub(in crate::actors) struct Lists {
    pub nouns: BTreeMap<String, Noun>,
    pub humans: BTreeMap<String, Human>,
    pub governments: BTreeSet<String>,
    pub pairs: BTreeSet<String>,
    pub no_antecedents: BTreeSet<String>,
    pub actor_verbs: BTreeSet<String>,
    pub event_verbs: BTreeSet<String>,
    pub reciprocal: BTreeSet<String>,
    pub subject_control: BTreeSet<String>,
    pub former: BTreeSet<String>,
    pub relational: BTreeSet<String>,
    /// Nouns for actors in a group (`side`), and those for a body's members (`partner`).
    pub sides: BTreeSet<String>,
    pub members: BTreeSet<String>,
    /// Nouns that only an actor has (`army`).
    pub owned: BTreeSet<String>,
    /// Verbs whose `it` takes up nothing (`seem`).
    pub impersonal: BTreeSet<String>,
    /// Titles and nouns that tell a gender: `m` or `f`.
    pub gendered: BTreeMap<String, String>,
    /// Titles of those who serve a state, without an office of their own (`general`).
    pub ranks: BTreeSet<String>,
    /// Nouns for power held (`office`, `presidency`).
    pub power: BTreeSet<String>,
    /// Nouns for bodies that act for their state (`army`, `cabinet`).
    pub public_bodies: BTreeSet<String>,
    /// Nouns for whoever held an office before or after another, and whether it is after.
    pub succession: BTreeMap<String, bool>,
    /// Adjectives of a state that is none to others (`breakaway`).
    pub pretended: BTreeSet<String>,
    /// Adjectives of a leader out of power (`opposition`, `exiled`).
    pub opposition: BTreeSet<String>,
    /// Last words of names that take `they` though they look singular, and the other way round.
    pub plural_names: BTreeSet<String>,
    pub singular_names: BTreeSet<String>,
    /// Kinds of states by canonical name (`kingdom`, `island`, `south american`).
    pub state_types: BTreeMap<String, Vec<String>>,
    /// Every type in `state_types`.
    pub known_types: BTreeSet<String>,
    /// Relatives: person and relation to the relative's name.
    pub family: BTreeMap<(String, String), String>,
    /// How often a folded given name is a man's and a woman's.
    pub given: BTreeMap<String, (u16, u16)>,
}

impl Lists {
    /// Reads the lists.
    pub(in crate::actors) fn read(seeds: &Seeds, catalogue: &Catalogue) -> Self {
        let rows = |path: &str| -> Vec<Vec<String>> {
            let text = seeds.text(path).unwrap_or_default();
            text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(|l| l.split(',').map(|c| c.trim().to_owned()).collect()).collect()
        };
        let set = |path: &str| seeds.words(path).map(str::to_owned).collect::<BTreeSet<_>>();
        let cell = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
        let split = |text: String| -> Vec<String> { text.split('|').filter(|p| !p.is_empty()).map(str::to_owned).collect() };
        let mut own = Self {
            governments: set("lexicon/government-nouns.txt"),
            pairs: set("lexicon/pair-nouns.txt"),
            no_antecedents: set("lexicon/no-antecedents.txt"),
            actor_verbs: set("lexicon/actor-verbs.txt"),
            event_verbs: set("lexicon/event-verbs.txt"),
            reciprocal: set("lexicon/reciprocal-verbs.txt"),
            subject_control: set("lexicon/subject-control.txt"),
            former: set("lexicon/former.txt"),
            pretended: set("lexicon/pretended.txt"),
            opposition: set("lexicon/opposition.txt"),
            plural_names: set("lexicon/plural-names.txt"),
            singular_names: set("lexicon/singular-names.txt"),
            ranks: set("lexicon/rank-titles.txt"),
            power: set("lexicon/power-nouns.txt"),
            public_bodies: set("lexicon/public-bodies.txt"),
            succession: seeds
                .words("lexicon/succession-nouns.txt")
                .filter_map(|l| l.split_once(' '))
                .map(|(side, noun)| (noun.to_owned(), side == "after"))
                .collect(),
            relational: set("lexicon/relational-nouns.txt"),
            sides: set("lexicon/side-nouns.txt"),
            members: set("lexicon/member-nouns.txt"),
            owned: set("lexicon/owned-nouns.txt"),
            impersonal: set("lexicon/impersonal-verbs.txt"),
            gendered: rows("lexicon/gendered-titles.csv").iter().map(|row| (cell(row, 0), cell(row, 1))).collect(),
            ..Self::default()
        };
        for row in rows("lexicon/description-nouns.csv") {
            let kinds = split(cell(&row, 1)).iter().filter_map(|k| ActorKind::parse(k)).collect();
            let need = match cell(&row, 2).as_str() {
                "yes" => Match::Kind,
                "pair" => Match::Pair,
                _ => Match::Type,
            };
            own.nouns.insert(cell(&row, 0), Noun { kinds, need, like: split(cell(&row, 3)), unlike: split(cell(&row, 4)) });
        }
        for row in rows("lexicon/human-nouns.csv") {
            own.humans.insert(cell(&row, 0), Human { gender: cell(&row, 1), offices: split(cell(&row, 2)) });
        }
        for row in rows("lexicon/state-types.csv") {
            let types = split(cell(&row, 1));
            own.known_types.extend(types.iter().cloned());
            own.state_types.insert(cell(&row, 0), types);
        }
        for row in rows("lexicon/family.csv") {
            own.family.insert((cell(&row, 0), cell(&row, 1)), cell(&row, 2));
        }
        for entry in catalogue.entries.iter().filter(|e| e.kind().is_human()) {
            let mut list = words(&entry.name);
            let (Some(first), Some(_)) = (list.next(), list.next()) else { continue };
            let counts = own.given.entry(first.key.clone()).or_default();
            match entry.gender.as_str() {
                "m" => counts.0 += 1,
                "f" => counts.1 += 1,
                _ => {}
            }
        }
        own
    }

    /// The gender that a person's first name tells, or an empty text.
    pub(in crate::actors) fn gender_of(&self, name: &str) -> &'static str {
        let Some(first) = name.split(' ').next() else { return "" };
        match self.given.get(&fold_words(first)) {
            Some((m, 0)) if *m > 1 => "m",
            Some((0, f)) if *f > 0 => "f",
            _ => "",
        }
    }
}
