//! Reference annotations, and the measuring of statements against them.
//!
//! The figures are those of the project's scoring definition: per document, over distinct items, micro-averaged over the documents.
//! A triple is (source, relation, target), symmetric relations in either order; `signed` replaces the relation by its sign
//! turned by denial, `pair` leaves it out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::schema::Relation;
use super::statement::{Modality, Polarity, Status};

/// An annotated document.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// File name of its text.
    pub document: String,
    /// Its actors.
    pub actors: Vec<GoldActor>,
    /// Its statements.
    pub statements: Vec<GoldStatement>,
}

/// An annotated actor.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldActor {
    /// Canonical name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Names in the text.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// An annotated statement.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoldStatement {
    /// Source actor.
    pub source: String,
    /// Relation.
    pub relation: String,
    /// Target actor.
    pub target: String,
    /// `+` or `-`.
    #[serde(default)]
    pub polarity: String,
    /// `actual` or `other`.
    #[serde(default)]
    pub modality: String,
    /// `current`, `ended` or empty.
    #[serde(default)]
    pub status: String,
    /// Speaker or empty.
    #[serde(default)]
    pub attribution: String,
    /// Date or empty.
    #[serde(default)]
    pub start: String,
    /// Date or empty.
    #[serde(default)]
    pub end: String,
    /// Quantity or empty.
    #[serde(default)]
    pub quantity: String,
    /// The words that say it.
    #[serde(default)]
    pub quote: String,
}

/// A name as the scorer compares it: diacritics, case, dashes, possessive and a leading "the" folded.
#[must_use]
pub fn fold(name: &str) -> String {
    let swapped: String = name
        .chars()
        .map(|c| match c {
            'ı' => 'i',
            'ə' => 'a',
            'ð' | 'đ' => 'd',
            'ø' => 'o',
            'ł' => 'l',
            'Ø' => 'O',
            'Ə' => 'A',
            'Đ' => 'D',
            '’' => '\'',
            c => c,
        })
        .collect();
    let plain: String = swapped.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut out = String::new();
    let chars: Vec<char> = plain.chars().collect();
    let word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c == '\'' && chars.get(i + 1) == Some(&'s') && !word(chars.get(i + 2)) {
            i += 2;
            continue;
        }
        if c == 's' && chars.get(i + 1) == Some(&'\'') && chars.get(i + 2).is_none_or(|n| *n == ' ') {
            out.push('s');
            i += 2;
            continue;
        }
        if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '/' | '-') {
            out.push(' ');
        } else if c.is_alphanumeric() || c == '_' || c == ' ' {
            out.push(c);
        }
        i += 1;
    }
    let joined = out.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.strip_prefix("the ").unwrap_or(&joined).to_owned()
}

/// Finds annotated actors by the names of exported ones.
#[derive(Debug)]
pub struct Resolver<'a> {
    by_name: BTreeMap<String, &'a str>,
    by_alias: BTreeMap<String, &'a str>,
}

impl<'a> Resolver<'a> {
    /// The resolver of a document.
    #[must_use]
    pub fn new(gold: &'a Gold) -> Self {
        let by_name = gold.actors.iter().map(|a| (fold(&a.name), a.name.as_str())).collect();
        let mut by_alias = BTreeMap::new();
        for a in &gold.actors {
            for alias in &a.aliases {
                by_alias.entry(fold(alias)).or_insert(a.name.as_str());
            }
        }
        Self { by_name, by_alias }
    }

    /// The annotated actor's name of an exported actor with these aliases, or `None`. Aliases count where they stand in the text.
    #[must_use]
    pub fn resolve<'n>(&self, name: &str, aliases: impl Iterator<Item = &'n str> + Clone, text: &str) -> Option<&'a str> {
        let folded = fold(name);
        if let Some(found) = self.by_name.get(&folded).or_else(|| self.by_alias.get(&folded)) {
            return Some(found);
        }
        aliases
            .clone()
            .find_map(|a| self.by_name.get(&fold(a)).filter(|_| text.contains(a)))
            .or_else(|| aliases.clone().find_map(|a| self.by_alias.get(&fold(a)).filter(|_| text.contains(a))))
            .copied()
    }
}

/// An exported statement with its ends resolved, as far as scoring looks at it.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Resolved name of the source (`?name` where nothing answers).
    pub source: String,
    /// Relation.
    pub relation: String,
    /// Resolved name of the target.
    pub target: String,
    /// Polarity.
    pub polarity: Polarity,
    /// Modality.
    pub modality: Modality,
    /// Status.
    pub status: Status,
    /// Resolved speaker.
    pub attribution: Option<String>,
    /// First four characters of the start.
    pub start: Option<String>,
    /// Quantity.
    pub quantity: Option<String>,
    /// Confidence.
    pub confidence: f64,
}

/// Exported, annotated and common items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Exported.
    pub exported: usize,
    /// Annotated.
    pub annotated: usize,
    /// Both.
    pub both: usize,
}

impl Tally {
    /// Precision, recall and F1, each 0 to 1 (0 where undefined).
    #[must_use]
    pub fn prf(self) -> (f64, f64, f64) {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (share(self.both, self.exported), share(self.both, self.annotated));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    fn add<T: Ord>(&mut self, have: &BTreeSet<T>, want: &BTreeSet<T>) {
        self.exported += have.len();
        self.annotated += want.len();
        self.both += have.intersection(want).count();
    }
}

/// The figures of some documents.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// `actors`, `triple`, `signed`, `pair`, `denied`, `other`, `ended`, in that order.
    pub rows: [Tally; 7],
    /// `kind`, `start`, `attribution`, `quantity`: how many agree, of how many.
    pub agree: [(usize, usize); 4],
    /// Per relation.
    pub relations: BTreeMap<String, Tally>,
    /// Per tenth of confidence: exported statements and how many of them are right.
    pub reliability: [(usize, usize, f64); 10],
}

/// The rows' names.
pub const ROWS: [&str; 7] = ["actors", "triple", "signed", "pair", "denied", "other", "ended"];
/// The agreements' names.
pub const AGREE: [&str; 4] = ["kind", "start", "attribution", "quantity"];

type Key = (String, String, String);

impl Score {
    /// Adds a document: its annotation, exported actors (resolved name or `?name`, kind) and statements.
    pub fn add(&mut self, gold: &Gold, relations: &[Relation], actors: &[(String, String)], statements: &[Exported]) {
        let symmetric = |r: &str| relations.iter().any(|x| x.name == r && x.symmetric);
        let sign = |r: &str| relations.iter().find(|x| x.name == r).map_or(0, |x| x.sign);
        let key = |s: &str, r: &str, t: &str| -> Key {
            if symmetric(r) && t < s { (t.to_owned(), r.to_owned(), s.to_owned()) } else { (s.to_owned(), r.to_owned(), t.to_owned()) }
        };
        let kinds: BTreeMap<&str, &str> = gold.actors.iter().map(|a| (a.name.as_str(), a.kind.as_str())).collect();
        let covered: BTreeSet<&str> = actors.iter().filter(|(n, _)| !n.starts_with('?')).map(|(n, _)| n.as_str()).collect();
        self.rows[0].exported += actors.len();
        self.rows[0].annotated += kinds.len();
        self.rows[0].both += covered.len();
        let lenient = |k: &str| match k {
            "leader" => "person",
            "alliance" | "company" | "armed_group" => "organization",
            "infrastructure" => "pipeline",
            other => match other {
                "state" => "state",
                "person" => "person",
                "organization" => "organization",
                "territory" => "territory",
                "pipeline" => "pipeline",
                "agreement" => "agreement",
                "conflict" => "conflict",
                "people" => "people",
                _ => "?",
            },
        };
        for (name, kind) in actors {
            if let Some(theirs) = kinds.get(name.as_str()) {
                self.agree[0].1 += 1;
                self.agree[0].0 += usize::from(lenient(kind) == lenient(theirs));
            }
        }
        let mut want: BTreeMap<Key, Vec<&GoldStatement>> = BTreeMap::new();
        for s in &gold.statements {
            want.entry(key(&s.source, &s.relation, &s.target)).or_default().push(s);
        }
        let mut have: BTreeMap<Key, Vec<&Exported>> = BTreeMap::new();
        for s in statements {
            if s.source != s.target {
                have.entry(key(&s.source, &s.relation, &s.target)).or_default().push(s);
            }
        }
        let denied = |s: &GoldStatement| matches!(s.polarity.as_str(), "-" | "denied");
        let turned = |r: &str, denied: bool| if denied { -sign(r) } else { sign(r) };
        let set = |x: Vec<Key>| x.into_iter().collect::<BTreeSet<_>>();
        self.rows[1].add(&set(have.keys().cloned().collect()), &set(want.keys().cloned().collect()));
        let have_signed: BTreeSet<_> = have
            .iter()
            .flat_map(|(k, ss)| ss.iter().map(move |s| (k.0.clone(), turned(&k.1, s.polarity == Polarity::Denied), k.2.clone())))
            .collect();
        let want_signed: BTreeSet<_> =
            want.iter().flat_map(|(k, ss)| ss.iter().map(move |s| (k.0.clone(), turned(&k.1, denied(s)), k.2.clone()))).collect();
        self.rows[2].add(&have_signed, &want_signed);
        let pair = |k: &Key| if k.2 < k.0 { (k.2.clone(), k.0.clone()) } else { (k.0.clone(), k.2.clone()) };
        self.rows[3].add(&have.keys().map(pair).collect(), &want.keys().map(pair).collect());
        let hit: Vec<&Key> = want.keys().filter(|k| have.contains_key(*k)).collect();
        let mut among = |row: usize, ours: &dyn Fn(&Exported) -> bool, theirs: &dyn Fn(&GoldStatement) -> bool| {
            let h: BTreeSet<&Key> = hit.iter().copied().filter(|k| have[*k].iter().any(|s| ours(s))).collect();
            let w: BTreeSet<&Key> = hit.iter().copied().filter(|k| want[*k].iter().any(|s| theirs(s))).collect();
            self.rows[row].add(&h, &w);
        };
        among(4, &|s| s.polarity == Polarity::Denied, &denied);
        among(5, &|s| s.modality == Modality::Other, &|s| s.modality == "other");
        among(6, &|s| s.status == Status::Ended, &|s| s.status == "ended");
        let digits = |q: &str| q.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
        let year = |d: &str| d.chars().take(4).collect::<String>();
        for k in &hit {
            let mut compare = |slot: usize, theirs: BTreeSet<String>, ours: BTreeSet<String>| {
                let theirs: BTreeSet<String> = theirs.into_iter().filter(|x| !x.is_empty()).collect();
                if !theirs.is_empty() {
                    self.agree[slot].1 += 1;
                    self.agree[slot].0 += usize::from(theirs.intersection(&ours).next().is_some());
                }
            };
            compare(
                1,
                want[*k].iter().map(|s| year(&s.start)).collect(),
                have[*k].iter().filter_map(|s| s.start.as_deref().map(year)).collect(),
            );
            compare(
                2,
                want[*k].iter().map(|s| fold(&s.attribution)).collect(),
                have[*k].iter().filter_map(|s| s.attribution.as_deref().map(fold)).collect(),
            );
            compare(
                3,
                want[*k].iter().map(|s| digits(&s.quantity)).collect(),
                have[*k].iter().filter_map(|s| s.quantity.as_deref().map(digits)).collect(),
            );
        }
        for k in want.keys() {
            self.relations.entry(k.1.clone()).or_default().annotated += 1;
        }
        for (k, ss) in &have {
            let t = self.relations.entry(k.1.clone()).or_default();
            t.exported += 1;
            t.both += usize::from(want.contains_key(k));
            for s in ss {
                let slot = &mut self.reliability[((s.confidence * 10.0) as usize).min(9)];
                slot.0 += 1;
                slot.1 += usize::from(want.contains_key(k));
                slot.2 += s.confidence;
            }
        }
    }
}
