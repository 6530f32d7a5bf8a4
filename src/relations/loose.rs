//! What a word sees: the mentions near it in the tree, with the path and the role of each. Rules
//! say what is sure; this says what is possible, and the trained judge ([`super::verdict`]) decides.

use std::collections::BTreeSet;

use super::roles::{Filler, Stage};
use super::rules::Role;
use super::tree::Tree;
use crate::language::{Deprel, Upos};

/// At most so many steps from a trigger to a mention.
const REACH: usize = 4;

/// A mention as seen from a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Index of the mention in its cast.
    pub mention: usize,
    /// The path: relations up, then down, with prepositions (`^obj obl:to`).
    pub path: String,
    /// Number of steps.
    pub steps: usize,
    /// The role in which the mention fills the trigger, where it does.
    pub role: String,
}

/// How two tokens hang together.
#[derive(Debug, Clone, Default)]
pub(super) struct Route {
    /// Tokens from the first upwards, itself first, the top left out.
    pub up: Vec<usize>,
    /// Where the two ways meet.
    pub top: usize,
    /// Tokens from the top down to the second, that one last.
    pub down: Vec<usize>,
}

impl Route {
    /// The way from one token to another; none where the tree does not join them.
    pub(super) fn between(tree: &Tree<'_>, from: usize, to: usize) -> Option<Self> {
        let up = |start: usize| -> Vec<usize> {
            let mut list = vec![start];
            let mut at = start;
            while let Some(h) = tree.token(at).head {
                list.push(h);
                at = h;
                if list.len() > tree.len() {
                    break;
                }
            }
            list
        };
        let (a, b) = (up(from), up(to));
        let top = a.iter().position(|x| b.contains(x))?;
        let bottom = b.iter().position(|x| *x == a[top])?;
        Some(Self { up: a[..top].to_vec(), top: a[top], down: b[..bottom].iter().rev().copied().collect() })
    }

    /// The way back.
    pub(super) fn back(&self) -> Self {
        Self { up: self.down.iter().rev().copied().collect(), top: self.top, down: self.up.iter().rev().copied().collect() }
    }

    /// Number of steps.
    pub(super) fn steps(&self) -> usize {
        self.up.len() + self.down.len()
    }

    /// The tokens between the two ends.
    pub(super) fn inner(&self) -> Vec<usize> {
        let mut out: Vec<usize> = self.up.iter().skip(1).copied().collect();
        if !self.up.is_empty() && !self.down.is_empty() {
            out.push(self.top);
        }
        out.extend(self.down.iter().take(self.down.len().saturating_sub(1)));
        out
    }

    /// Its relations up, then down.
    pub(super) fn path(&self, tree: &Tree<'_>) -> String {
        let up = self.up.iter().map(|t| format!("^{}", label(tree, *t)));
        let down = self.down.iter().map(|t| label(tree, *t));
        up.chain(down).collect::<Vec<_>>().join(" ")
    }
}

/// The path from one token to another, or `None` beyond `reach` steps.
#[must_use]
pub fn path(tree: &Tree<'_>, from: usize, to: usize, reach: usize) -> Option<(String, usize)> {
    let route = Route::between(tree, from, to).filter(|r| r.steps() <= reach)?;
    Some((route.path(tree), route.steps()))
}

/// A token's relation to its head, with the preposition of a phrase.
pub(super) fn label(tree: &Tree<'_>, t: usize) -> String {
    let d = tree.token(t).deprel;
    if (d.is_under(Deprel::Obl) || d.is_under(Deprel::Nmod) && d != Deprel::NmodPoss)
        && let Some(case) = tree.cases(t).next()
    {
        return format!("{}:{}", d.as_str().split(':').next().unwrap_or_default(), tree.lower(case));
    }
    d.as_str().to_owned()
}

/// Deep roles that are tried for a trigger, in order.
fn roles(tree: &Tree<'_>, trigger: usize) -> Vec<Role> {
    let mut out = vec![
        Role::Subject,
        Role::Object,
        Role::Indirect,
        Role::Possessor,
        Role::Hyphen,
        Role::Modifier,
        Role::Named,
        Role::Governor,
        Role::Clause,
    ];
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut near: Vec<usize> = vec![trigger];
    near.extend(tree.children(trigger).iter().copied().filter(|c| matches!(tree.token(*c).deprel, Deprel::Obj | Deprel::NsubjPass)));
    near.extend(tree.light_verb(trigger));
    for t in near {
        for c in tree.children(t) {
            for case in tree.cases(*c) {
                words.insert(tree.lower(case).to_owned());
            }
        }
    }
    out.extend(words.into_iter().map(Role::Preposition));
    out
}

/// The mentions within reach of a trigger.
#[must_use]
pub fn seen(stage: &Stage<'_>, trigger: usize) -> Vec<Seen> {
    let tree = stage.tree;
    let mut deep: Vec<(usize, String, u8)> = Vec::new();
    for role in roles(tree, trigger) {
        for f in stage.fill(&role, trigger) {
            if !deep.iter().any(|(m, ..)| *m == f.mention) {
                deep.push((f.mention, role.to_string(), f.distance));
            }
        }
    }
    let mut out = Vec::new();
    for token in 0..tree.len() {
        for m in stage.at(token) {
            let role = deep.iter().find(|(x, ..)| x == m);
            let found = path(tree, trigger, token, if role.is_some() { 12 } else { REACH });
            if let Some((path, steps)) = found
                && (role.is_some() || token != trigger)
            {
                out.push(Seen {
                    mention: *m,
                    path,
                    steps,
                    role: role.map(|(_, r, d)| if *d == 0 { r.clone() } else { format!("{r}+{d}") }).unwrap_or_default(),
                });
            }
        }
    }
    out
}

/// A filler for a mention seen.
#[must_use]
pub(super) fn filler(stage: &Stage<'_>, seen: &Seen) -> Filler {
    let mention = stage.mention(seen.mention);
    Filler { mention: seen.mention, figure: mention.figure, distance: 2, phrase: mention.head }
}

/// Whether a token can set off loose candidates: a word with a meaning of its own.
#[must_use]
pub(super) fn may_trigger(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.token(token).upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn | Upos::Adp)
}
