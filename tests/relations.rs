//! The relation files: every relation of the vocabulary has one, with examples, and the examples hold.

use std::collections::BTreeSet;

use suzerain::documents::Seeds;
use suzerain::relations::{Engine, examples};

/// The vocabulary: name, whether symmetric, sign.
const VOCABULARY: [(&str, bool, i8); 45] = [
    ("leads", false, 0),
    ("serves", false, 0),
    ("succeeds", false, 0),
    ("ousts", false, -1),
    ("appoints", false, 1),
    ("family_of", true, 1),
    ("member_of", false, 1),
    ("founds", false, 1),
    ("part_of", false, 0),
    ("controls", false, 0),
    ("claims", false, 0),
    ("borders", true, 0),
    ("recognizes", false, 1),
    ("allied_with", true, 1),
    ("supports", false, 1),
    ("arms", false, 1),
    ("protects", false, 1),
    ("exercises_with", true, 1),
    ("funds", false, 1),
    ("trades_with", true, 1),
    ("supplies_energy", false, 1),
    ("depends_on", false, 0),
    ("owns", false, 0),
    ("runs_through", false, 0),
    ("bypasses", false, -1),
    ("connects_to", false, 1),
    ("talks_with", true, 1),
    ("signs", false, 1),
    ("mediates", false, 1),
    ("participates_in", false, 0),
    ("attacks", false, -1),
    ("fights", true, -1),
    ("blockades", false, -1),
    ("sanctions", false, -1),
    ("threatens", false, -1),
    ("demands", false, -1),
    ("accuses", false, -1),
    ("opposes", false, -1),
    ("displaces", false, -1),
    ("represses", false, -1),
    ("withdraws_from", false, 0),
    ("yields_to", false, 1),
    ("cuts_ties_with", false, -1),
    ("violates", false, -1),
    ("influences", false, 0),
];

/// The share of examples that must hold, of a hundred.
const LEAST: usize = 90;

fn engine() -> Engine {
    Engine::new(&Seeds::embedded(), &[], &[]).unwrap().0
}

#[test]
fn every_relation_of_the_vocabulary_has_its_file() {
    let seeds = Seeds::embedded();
    let engine = engine();
    let rules = &engine.reader.rules;
    let known: BTreeSet<&str> = rules.relations.iter().map(|r| r.name.as_str()).collect();
    let wanted: BTreeSet<&str> = VOCABULARY.iter().map(|(name, ..)| *name).collect();
    assert_eq!(known, wanted);
    for (name, symmetric, sign) in VOCABULARY {
        assert!(seeds.text(&format!("relations/{name}.toml")).is_some(), "no file seeds/relations/{name}.toml");
        let relation = rules.relation(name).unwrap();
        assert_eq!((relation.symmetric, relation.sign), (symmetric, sign), "{name}");
    }
}

#[test]
fn every_relation_has_a_meaning_rules_and_examples() {
    let engine = engine();
    let rules = &engine.reader.rules;
    let mut wrong = Vec::new();
    for (i, relation) in rules.relations.iter().enumerate() {
        let examples = &rules.examples[i];
        let mut say = |what: String| wrong.push(format!("{}: {what}", relation.name));
        if relation.meaning.trim().is_empty() {
            say("no meaning".into());
        }
        if !rules.rules.iter().any(|r| r.relation == i) {
            say("no rule".into());
        }
        if examples.matches.len() < 8 {
            say(format!("{} sentences that must give it, at least 8 are wanted", examples.matches.len()));
        }
        if examples.misses.len() < 4 {
            say(format!("{} sentences that must not, at least 4 are wanted", examples.misses.len()));
        }
        let matches = examples.matches.iter().map(|m| (m.text.as_str(), m.source.as_str(), m.target.as_str()));
        let mut texts: Vec<(&str, &str, &str)> = matches.chain(examples.misses.iter().map(|text| (text.as_str(), "", ""))).collect();
        let all = texts.len();
        texts.sort_unstable();
        texts.dedup();
        if texts.len() < all {
            say("an example stands twice".into());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_actors_of_the_examples_are_in_the_catalogue_or_the_text() {
    let engine = engine();
    let rules = &engine.reader.rules;
    let mut wrong = Vec::new();
    for (i, relation) in rules.relations.iter().enumerate() {
        for example in &rules.examples[i].matches {
            for name in [&example.source, &example.target] {
                if engine.knowledge.catalogue.find(name).is_none() && !example.text.contains(name.split(' ').next_back().unwrap_or(name)) {
                    wrong.push(format!("{}: `{name}` in: {}", relation.name, example.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_examples_hold() {
    let checked = examples::check(&engine());
    let all = checked.matches + checked.misses;
    let held = all - checked.broken.len();
    let broken: Vec<String> = checked.broken.iter().map(|b| format!("{}: {}\n    {}", b.relation, b.text, b.problem)).collect();
    assert!(held * 100 >= all * LEAST, "{held} of {all} examples hold, at least {LEAST} % are wanted:\n{}", broken.join("\n"));
}
