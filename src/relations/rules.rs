//! The rules: relation files (see `seeds/relations/README.md`) read, checked and indexed by trigger.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::Deserialize;

use super::schema::{Influence, Relation};
use crate::actors::ActorKind;
use crate::documents::Seeds;

/// Where a rule looks for an actor (see `seeds/relations/README.md`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Deep subject.
    Subject,
    /// Deep object.
    Object,
    /// Indirect object.
    Indirect,
    /// Genitive.
    Possessor,
    /// Adjective or noun before a noun.
    Modifier,
    /// First part of a compound participle.
    Hyphen,
    /// The noun that a participle or adjective modifies.
    Governor,
    /// The verb that a noun is subject, object or circumstance of.
    Verb,
    /// The actor that a title or common noun names.
    Named,
    /// The trigger itself.
    Itself,
    /// The subject of the clause that the trigger takes.
    Clause,
    /// Any actor inside that clause.
    Within,
    /// A phrase with this preposition.
    Preposition(String),
}

impl Role {
    fn parse(text: &str) -> Self {
        match text {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "indirect" => Self::Indirect,
            "possessor" => Self::Possessor,
            "modifier" => Self::Modifier,
            "hyphen" => Self::Hyphen,
            "governor" => Self::Governor,
            "verb" => Self::Verb,
            "named" => Self::Named,
            "self" => Self::Itself,
            "clause" => Self::Clause,
            "within" => Self::Within,
            other => Self::Preposition(other.to_owned()),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Indirect => "indirect",
            Self::Possessor => "possessor",
            Self::Modifier => "modifier",
            Self::Hyphen => "hyphen",
            Self::Governor => "governor",
            Self::Verb => "verb",
            Self::Named => "named",
            Self::Itself => "self",
            Self::Clause => "clause",
            Self::Within => "within",
            Self::Preposition(word) => word,
        })
    }
}

/// What kind of word sets a rule off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerKind {
    /// A verb or participle.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
}

/// A condition on a role: it is filled, and where words are given, by one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The role.
    pub role: Role,
    /// Lemmas; empty asks only for a filler.
    pub words: BTreeSet<String>,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `relation/name`.
    pub id: String,
    /// Index of its relation.
    pub relation: usize,
    /// Kinds of actors that trigger it.
    pub mentions: Vec<ActorKind>,
    /// Of which one must hold (if any is given).
    pub having: Vec<Condition>,
    /// Of which none may hold.
    pub lacking: Vec<Condition>,
    /// Roles of the source, in order.
    pub source: Vec<Role>,
    /// Roles of the target, in order.
    pub target: Vec<Role>,
    /// Kinds the source must have; any where empty.
    pub source_kinds: Vec<ActorKind>,
    /// Kinds the target must have; any where empty.
    pub target_kinds: Vec<ActorKind>,
    /// Its words deny.
    pub denied: bool,
    /// Its words make it a wish, plan or threat.
    pub other: bool,
    /// Its words say that it is over.
    pub ended: bool,
    /// What lies within is the source's word.
    pub attributed: bool,
    /// The author's guess of its precision.
    pub confidence: f64,
}

/// A sentence that must give the relation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The sentence.
    pub text: String,
    /// Source actor's name.
    pub source: String,
    /// Target actor's name.
    pub target: String,
    /// `asserted` or `denied`.
    #[serde(default)]
    pub polarity: Option<String>,
    /// `actual` or `other`.
    #[serde(default)]
    pub modality: Option<String>,
    /// `current`, `ended`.
    #[serde(default)]
    pub status: Option<String>,
    /// Speaker's name.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Date.
    #[serde(default)]
    pub start: Option<String>,
    /// Date.
    #[serde(default)]
    pub end: Option<String>,
    /// Number and unit.
    #[serde(default)]
    pub quantity: Option<String>,
}

/// The examples of a relation's file.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    /// Sentences that must give it.
    pub matches: Vec<Match>,
    /// Sentences that must not.
    pub misses: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    meaning: String,
    #[serde(default)]
    symmetric: bool,
    sign: i8,
    influence: Influence,
    weight: f64,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    targets: Vec<String>,
    #[serde(default)]
    matches: Vec<Match>,
    #[serde(default)]
    misses: Vec<String>,
    #[serde(default)]
    rules: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    adverbs: Vec<String>,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    having: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    lacking: BTreeMap<String, Vec<String>>,
    source: Vec<String>,
    target: Vec<String>,
    #[serde(default)]
    source_kinds: Vec<String>,
    #[serde(default)]
    target_kinds: Vec<String>,
    #[serde(default)]
    polarity: Option<String>,
    #[serde(default)]
    modality: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    attribution: Option<String>,
    #[serde(default)]
    confidence: Option<f64>,
}

/// A fault of a relation file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct RuleError {
    /// The file.
    pub file: String,
    /// What is wrong, where, and what is accepted.
    pub problem: String,
}

/// A rule and the particle or further words that its trigger asks for.
type Entry = (usize, Option<String>);

/// All relations with their rules, indexed by trigger.
#[derive(Debug, Default)]
pub struct Rules {
    /// The relations, in file order.
    pub relations: Vec<Relation>,
    /// Usual kinds of sources and targets, per relation.
    pub usual: Vec<(Vec<ActorKind>, Vec<ActorKind>)>,
    /// Examples per relation.
    pub examples: Vec<Examples>,
    /// The rules, in file order.
    pub rules: Vec<Rule>,
    index: HashMap<(TriggerKind, String), Vec<Entry>>,
    mentions: Vec<usize>,
}

impl Rules {
    /// Reads relation files (path for messages, text) and the word lists they take in. A later file replaces an earlier
    /// one of the same relation.
    ///
    /// # Errors
    /// The first file that is wrong.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>, seeds: &Seeds) -> Result<Self, RuleError> {
        let mut parsed: BTreeMap<String, (String, File)> = BTreeMap::new();
        for (path, text) in files {
            if !path.to_ascii_lowercase().ends_with(".toml") {
                continue;
            }
            let file: File = toml::from_str(text).map_err(|e| RuleError { file: path.to_owned(), problem: e.to_string() })?;
            parsed.insert(file.name.clone(), (path.to_owned(), file));
        }
        let mut own = Self::default();
        for (path, file) in parsed.into_values() {
            own.add(&path, file, seeds)?;
        }
        Ok(own)
    }

    fn add(&mut self, path: &str, file: File, seeds: &Seeds) -> Result<(), RuleError> {
        let wrong = |problem: String| RuleError { file: path.to_owned(), problem };
        if !(-1..=1).contains(&file.sign) {
            return Err(wrong(format!("sign {} is none of -1, 0, 1", file.sign)));
        }
        if !(file.weight > 0.0 && file.weight <= 1.0) {
            return Err(wrong(format!("weight {} is not over 0 and at most 1", file.weight)));
        }
        let kinds = |list: &[String]| -> Result<Vec<ActorKind>, RuleError> {
            list.iter()
                .map(|k| {
                    ActorKind::parse(k).ok_or_else(|| {
                        wrong(format!("`{k}` is no kind; expected one of {}", ActorKind::ALL.map(ActorKind::as_str).join(", ")))
                    })
                })
                .collect()
        };
        let expand = |list: &[String]| -> Result<Vec<String>, RuleError> {
            let mut out = Vec::new();
            for word in list {
                match word.strip_prefix('@') {
                    Some(name) => {
                        let place = format!("lexicon/{name}.txt");
                        let before = out.len();
                        out.extend(seeds.words(&place).map(str::to_lowercase));
                        if out.len() == before {
                            return Err(wrong(format!("`{word}` is no word list: {place} is missing or empty")));
                        }
                    }
                    None => out.push(word.to_lowercase()),
                }
            }
            Ok(out)
        };
        let relation = self.relations.len();
        let mut names = BTreeSet::new();
        for raw in &file.rules {
            if !names.insert(raw.name.clone()) {
                return Err(wrong(format!("two rules are called `{}`", raw.name)));
            }
            let conditions = |map: &BTreeMap<String, Vec<String>>| -> Result<Vec<Condition>, RuleError> {
                map.iter()
                    .map(|(role, words)| Ok(Condition { role: Role::parse(role), words: expand(words)?.into_iter().collect() }))
                    .collect()
            };
            let one = |given: &Option<String>, key: &str, allowed: &str| -> Result<bool, RuleError> {
                match given.as_deref() {
                    None => Ok(false),
                    Some(v) if v == allowed => Ok(true),
                    Some("asserted" | "actual" | "current" | "") => Ok(false),
                    Some(v) => Err(wrong(format!("rule `{}`: {key} `{v}` is not `{allowed}`", raw.name))),
                }
            };
            let number = self.rules.len();
            let rule = Rule {
                id: format!("{}/{}", file.name, raw.name),
                relation,
                mentions: kinds(&raw.mentions)?,
                having: conditions(&raw.having)?,
                lacking: conditions(&raw.lacking)?,
                source: raw.source.iter().map(|r| Role::parse(r)).collect(),
                target: raw.target.iter().map(|r| Role::parse(r)).collect(),
                source_kinds: kinds(&raw.source_kinds)?,
                target_kinds: kinds(&raw.target_kinds)?,
                denied: one(&raw.polarity, "polarity", "denied")?,
                other: one(&raw.modality, "modality", "other")?,
                ended: one(&raw.status, "status", "ended")?,
                attributed: one(&raw.attribution, "attribution", "source")?,
                confidence: raw.confidence.unwrap_or(0.6),
            };
            if rule.source.is_empty() || rule.target.is_empty() {
                return Err(wrong(format!("rule `{}` has no source or no target role", raw.name)));
            }
            let triggers = [
                (TriggerKind::Verb, &raw.verbs),
                (TriggerKind::Noun, &raw.nouns),
                (TriggerKind::Adjective, &raw.adjectives),
                (TriggerKind::Adverb, &raw.adverbs),
            ];
            if triggers.iter().all(|(_, l)| l.is_empty()) && rule.mentions.is_empty() {
                return Err(wrong(format!("rule `{}` has no trigger: expected verbs, nouns, adjectives, adverbs or mentions", raw.name)));
            }
            for (kind, list) in triggers {
                for word in expand(list)? {
                    let (lemma, more) = match word.split_once(' ') {
                        Some((lemma, more)) if kind == TriggerKind::Verb => (lemma.to_owned(), Some(more.to_owned())),
                        Some((first, _)) => {
                            // A noun of several words is found by its last one.
                            let last = word.rsplit(' ').next().unwrap_or(first).to_owned();
                            (last, Some(word.clone()))
                        }
                        None => (word, None),
                    };
                    let places = self.index.entry((kind, lemma)).or_default();
                    if !places.contains(&(number, more.clone())) {
                        places.push((number, more));
                    }
                }
            }
            if !rule.mentions.is_empty() {
                self.mentions.push(number);
            }
            self.rules.push(rule);
        }
        self.usual.push((kinds(&file.sources)?, kinds(&file.targets)?));
        self.examples.push(Examples { matches: file.matches, misses: file.misses });
        self.relations.push(Relation {
            name: file.name,
            meaning: file.meaning,
            symmetric: file.symmetric,
            sign: file.sign,
            influence: file.influence,
            weight: file.weight,
        });
        Ok(())
    }

    /// The rules that a word sets off, with the particle or the further words they ask for.
    pub fn of(&self, kind: TriggerKind, lemma: &str) -> &[Entry] {
        self.index.get(&(kind, lemma.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The rules that actors themselves set off.
    #[must_use]
    pub fn of_mentions(&self) -> &[usize] {
        &self.mentions
    }

    /// The relation of that name.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|r| r.name == name)
    }
}
