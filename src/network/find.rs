//! Finding an actor by what a person types.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;
use unicode_normalization::UnicodeNormalization;

use super::Network;

impl Network {
    /// The actor that a person means by `text`: its name, else its name without regard to case, accents, hyphens and
    /// apostrophes, else one of its aliases so (of several actors the one most often mentioned).
    ///
    /// # Errors
    /// The nearest names, best first, at most five.
    pub fn find(&self, text: &str) -> Result<NodeIndex, Vec<String>> {
        if let Some(node) = self.node(text) {
            return Ok(node);
        }
        let asked = fold(text);
        let by_mentions = |a: &NodeIndex, b: &NodeIndex| self.graph[*a].mentions.cmp(&self.graph[*b].mentions).then_with(|| b.cmp(a));
        let named = self.graph.node_indices().filter(|n| fold(&self.graph[*n].name) == asked).max_by(by_mentions);
        let called = || self.graph.node_indices().filter(|n| self.graph[*n].aliases.iter().any(|a| fold(a) == asked)).max_by(by_mentions);
        named.or_else(called).ok_or_else(|| self.nearest(&asked))
    }

    /// The names nearest to a folded text, best first, at most five.
    fn nearest(&self, asked: &str) -> Vec<String> {
        let mut best: BTreeMap<&str, f64> = BTreeMap::new();
        for actor in self.graph.node_weights() {
            let score = std::iter::once(&actor.name).chain(&actor.aliases).map(|name| likeness(asked, &fold(name))).fold(0.0, f64::max);
            best.insert(&actor.name, score);
        }
        let mut names: Vec<(&str, f64)> = best.into_iter().filter(|(_, score)| *score >= 0.6).collect();
        names.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        names.into_iter().take(5).map(|(name, _)| name.to_owned()).collect()
    }
}

/// How alike two folded names are, 0 to 1: by edits, by beginning, and by a word of one being a word of the other.
fn likeness(asked: &str, name: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(asked, name);
    let begin = strsim::jaro_winkler(asked, name) - 0.2;
    let word = name.split(' ').map(|w| strsim::normalized_damerau_levenshtein(asked, w)).fold(0.0, f64::max) - 0.05;
    let part = if asked.chars().count() >= 3 && name.contains(asked) { 0.7 } else { 0.0 };
    edits.max(begin).max(word).max(part)
}

/// A name without case, accents, and with plain hyphens, apostrophes and single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ı' | 'İ' => out.push('i'),
            'ə' | 'Ə' => out.push('e'),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::ActorKind;
    use crate::network::{Actor, Builder};

    fn network() -> Network {
        let mut builder = Builder::new(Vec::new());
        let mut turkey = Actor::new("Turkey", ActorKind::State);
        turkey.aliases = vec!["Ankara".into(), "Türkiye".into()];
        builder.actor(turkey);
        builder.actor(Actor::new("Recep Tayyip Erdoğan", ActorKind::Leader));
        builder.actor(Actor::new("Turkmenistan", ActorKind::State));
        builder.actor(Actor::new("Baku–Tbilisi–Ceyhan pipeline", ActorKind::Pipeline));
        builder.build()
    }

    fn name(text: &str) -> Result<String, Vec<String>> {
        let network = network();
        network.find(text).map(|n| network.graph[n].name.to_string())
    }

    #[test]
    fn finds_names_and_aliases_however_typed() {
        assert_eq!(name("Turkey"), Ok("Turkey".into()));
        assert_eq!(name(" turkiye "), Ok("Turkey".into()));
        assert_eq!(name("ANKARA"), Ok("Turkey".into()));
        assert_eq!(name("recep tayyip erdogan"), Ok("Recep Tayyip Erdoğan".into()));
        assert_eq!(name("baku-tbilisi-ceyhan pipeline"), Ok("Baku–Tbilisi–Ceyhan pipeline".into()));
    }

    #[test]
    fn says_which_names_are_near() {
        assert_eq!(name("Turky").unwrap_err()[0], "Turkey");
        assert_eq!(name("Erdogan").unwrap_err(), ["Recep Tayyip Erdoğan"]);
        assert!(name("Xyzzy").unwrap_err().is_empty());
    }
}
