//! The word lists that naming and resolving share.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::fold::words;
use super::{ActorKind, Catalogue};
use crate::documents::Seeds;

/// A title before or beside a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// What it makes of the person.
    pub kind: ActorKind,
    /// The office, as `terms.csv` writes it; empty where the title is no office.
    pub office: String,
}

/// Word lists, from `seeds/lexicon/`.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Last words of names and the kind they make (`ministry`, `treaty`).
    pub heads: BTreeMap<String, ActorKind>,
    /// Common nouns of a kind (`alliance`, `president`).
    pub nouns: BTreeMap<String, ActorKind>,
    /// Titles, folded, words joined by spaces.
    pub titles: BTreeMap<String, Title>,
    /// Folded given names: the first names of the catalogue's persons.
    pub given: HashSet<String>,
    /// Folded family names of the catalogue's persons.
    pub family: HashSet<String>,
    /// Sex by folded given name, where it is plain: `m` or `f`.
    pub genders: HashMap<String, String>,
    /// Common words, lower case.
    pub common: HashSet<String>,
    /// What ministers are for, lower case.
    pub fields: HashSet<String>,
    /// Nouns of events and agreements, lower case.
    pub events: BTreeMap<String, ActorKind>,
    /// Nouns of bodies that states have (`army`, `constitutional court`).
    pub bodies: BTreeSet<String>,
    /// Plurals and the like that own in names (`Women's Coalition`).
    pub owners: BTreeSet<String>,
    /// Offices whose holder leads.
    pub top: BTreeSet<String>,
    /// Prepositions of place.
    pub locative: BTreeSet<String>,
    /// Verbs of motion.
    pub motion: BTreeSet<String>,
    /// Verbs of saying.
    pub say: BTreeSet<String>,
    /// Words that make an adjective name a population (`ethnic`, `minority`, `civilians`).
    pub population: BTreeSet<String>,
    /// Particles inside names (`al`, `bin`, `de`).
    pub particles: BTreeSet<String>,
    /// Persons in a capital who speak for its government (`officials in Warsaw`).
    pub officials: BTreeSet<String>,
    /// Verbs whose object is a capital as a place (`visit`).
    pub city_verbs: BTreeSet<String>,
    /// Nouns beside a capital's name that make a place of it (`city`).
    pub city_nouns: BTreeSet<String>,
    /// Adjectives that make a population of a demonym (`ethnic`).
    pub ethnic: BTreeSet<String>,
    /// Bodies that are named by their state (`army`).
    pub state_bodies: BTreeSet<String>,
    /// What resolving pronouns and descriptions needs.
    pub(super) reference: super::coreference::Lists,
}

impl Lexicon {
    /// The kind that a name tells by itself: by its head word, or by a given name that it begins with.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> Option<ActorKind> {
        let list: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let of = list.iter().position(|w| w == "of" || w == "for").unwrap_or(list.len());
        let head = of.checked_sub(1).and_then(|i| self.heads.get(&list[i])).copied().filter(|_| list.len() > 1);
        let given = || words(name).next().is_some_and(|w| self.given.contains(&w.key)) && list.len() > 1;
        head.or_else(|| given().then_some(ActorKind::Person))
    }

    /// Reads the lists; given names come from the catalogue.
    #[must_use]
    pub fn read(seeds: &Seeds, catalogue: &Catalogue) -> Self {
        let pairs = |path: &str| -> Vec<Vec<String>> {
            seeds
                .text(path)
                .unwrap_or_default()
                .lines()
                .skip(1)
                .filter(|l| !l.trim().is_empty())
                .map(|l| l.split(',').map(|c| c.trim().to_owned()).collect())
                .collect()
        };
        let kinds = |path: &str| pairs(path).into_iter().filter_map(|c| Some((c[0].clone(), ActorKind::parse(c.get(1)?)?))).collect();
        let set = |path: &str| seeds.words(path).map(str::to_owned).collect::<BTreeSet<_>>();
        let titles = pairs("lexicon/titles.csv")
            .into_iter()
            .filter_map(|c| {
                let title = Title { kind: ActorKind::parse(c.get(1)?)?, office: c.get(2).cloned().unwrap_or_default() };
                Some((super::fold::fold_words(&c[0]), title))
            })
            .collect();
        let mut given = HashSet::new();
        let mut family = HashSet::new();
        let mut genders = HashMap::new();
        for entry in catalogue.entries.iter().filter(|e| e.kind().is_human()) {
            let list: Vec<_> = words(&entry.name).collect();
            if list.len() > 1 && list[0].key.len() > 2 {
                given.insert(list[0].key.clone());
                family.insert(list[list.len() - 1].key.clone());
            }
        }
        for name in pairs("lexicon/given-names.csv") {
            let folded = super::fold::fold_words(&name[0]);
            if let Some(sex) = name.get(1).filter(|s| !s.is_empty()) {
                genders.insert(folded.clone(), sex.clone());
            }
            given.insert(folded);
        }
        Self {
            heads: kinds("lexicon/name-heads.csv"),
            nouns: kinds("lexicon/type-nouns.csv"),
            titles,
            given,
            family,
            genders,
            common: seeds.words("lexicon/common-words.txt").map(str::to_owned).collect(),
            fields: seeds.words("lexicon/office-fields.txt").map(str::to_owned).collect(),
            events: kinds("lexicon/event-nouns.csv"),
            bodies: set("lexicon/bodies.txt"),
            owners: set("lexicon/owners.txt"),
            top: set("lexicon/head-offices.txt"),
            locative: set("lexicon/locative.txt"),
            motion: set("lexicon/motion-verbs.txt"),
            say: set("lexicon/say-verbs.txt"),
            population: set("lexicon/population.txt"),
            particles: set("lexicon/name-particles.txt"),
            officials: set("lexicon/officials.txt"),
            city_verbs: set("lexicon/city-verbs.txt"),
            city_nouns: set("lexicon/city-nouns.txt"),
            ethnic: set("lexicon/population-adjectives.txt"),
            state_bodies: set("lexicon/state-bodies.txt"),
            reference: super::coreference::Lists::read(seeds, catalogue),
        }
    }
}
