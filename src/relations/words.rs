//! The word lists that reading relations shares, from `seeds/lexicon/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::Seeds;

/// Sets of lemmas.
#[derive(Debug, Default)]
pub struct Words {
    /// Verbs that lend a noun its subject (`launch` an attack).
    pub light: BTreeSet<String>,
    /// Verbs whose infinitive shares their subject though they have an object (`promise`).
    pub subject_control: BTreeSet<String>,
    /// Nouns that stand for the actor that owns them (`army`, `officials`).
    pub proxies: BTreeSet<String>,
    /// Verbs of saying.
    pub say: BTreeSet<String>,
    /// Verbs whose subject says of somebody what follows (`accuse` of).
    pub accusers: BTreeSet<String>,
    /// Words that negate a verb (`not`, `never`).
    pub negators: BTreeSet<String>,
    /// Verbs and nouns that deny what they take (`refuse`, `fail`).
    pub deniers: BTreeSet<String>,
    /// Verbs, nouns and adjectives that make what they take a plan, wish, fear or possibility.
    pub hedges: BTreeSet<String>,
    /// Those of them that leave a plain object a fact (`discuss` a treaty).
    pub verbal_hedges: BTreeSet<String>,
    /// Auxiliaries that do so.
    pub modals: BTreeSet<String>,
    /// Conjunctions that do so (`if`, `unless`).
    pub conditionals: BTreeSet<String>,
    /// Words that say that something is over (`former`).
    pub former: BTreeSet<String>,
    /// Words that say that it lasts (`still`).
    pub lasting: BTreeSet<String>,
    /// Past participles with their verb where the form does not tell (`led`, `lead`).
    pub participles: BTreeMap<String, String>,
    /// Units of quantities with their canonical name.
    pub units: BTreeMap<String, String>,
}

impl Words {
    /// Reads them.
    #[must_use]
    pub fn read(seeds: &Seeds) -> Self {
        let set = |name: &str| seeds.words(&format!("lexicon/{name}.txt")).map(str::to_owned).collect();
        let map = |name: &str| {
            seeds
                .words(&format!("lexicon/{name}.txt"))
                .filter_map(|l| l.split_once(char::is_whitespace).map(|(a, b)| (a.to_owned(), b.trim().to_owned())))
                .collect()
        };
        Self {
            light: set("light-verbs"),
            subject_control: set("subject-control"),
            proxies: set("proxies"),
            say: set("say-verbs"),
            accusers: set("accusers"),
            negators: set("negators"),
            deniers: set("deniers"),
            hedges: set("hedges"),
            verbal_hedges: set("verbal-hedges"),
            modals: set("modals"),
            conditionals: set("conditionals"),
            former: set("former"),
            lasting: set("lasting"),
            participles: map("irregular-participles"),
            units: map("units"),
        }
    }

    /// The verb of a past participle that the tagger took for an adjective (`backed` → `back`), where it looks like one.
    #[must_use]
    pub fn verbs_of_participle(&self, form: &str) -> Vec<String> {
        if let Some(verb) = self.participles.get(form) {
            return vec![verb.clone()];
        }
        let mut out = Vec::new();
        if let Some(stem) = form.strip_suffix("ied") {
            out.push(format!("{stem}y"));
        } else if let Some(stem) = form.strip_suffix("ed") {
            out.push(stem.to_owned());
            out.push(format!("{stem}e"));
            let mut letters = stem.chars().rev();
            if let (Some(a), Some(b)) = (letters.next(), letters.next())
                && a == b
            {
                out.push(stem[..stem.len() - a.len_utf8()].to_owned());
            }
        } else if let Some(stem) = form.strip_suffix("ing") {
            out.push(stem.to_owned());
            out.push(format!("{stem}e"));
        }
        out
    }
}
