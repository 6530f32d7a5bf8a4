//! Checks the examples of the relation files: each is a test of its rules.

use super::engine::Engine;
use super::rules::Match;
use crate::documents::Document;
use crate::language::Scratch;

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The relation's name.
    pub relation: String,
    /// The sentence.
    pub text: String,
    /// What was expected and what came.
    pub problem: String,
}

/// The outcome of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Sentences that must give their relation.
    pub matches: usize,
    /// Sentences that must not.
    pub misses: usize,
    /// Those that do not hold.
    pub broken: Vec<Broken>,
}

/// Reads every example of every relation and compares: a match must be found at any confidence, a near miss must not reach
/// the default one.
#[must_use]
pub fn check(engine: &Engine) -> Checked {
    let mut out = Checked::default();
    let mut scratch = Scratch::default();
    for (number, examples) in engine.reader.rules.examples.iter().enumerate() {
        let relation = &engine.reader.rules.relations[number];
        let mut read = |text: &str, least: f64| -> Vec<(String, String, usize, super::Statement)> {
            let document = Document::new("example", text.to_owned());
            let reading = engine.read(&document, &mut scratch);
            let statements = engine.statements(&document, &reading, least);
            statements
                .into_iter()
                .filter(|s| *s.relation == *relation.name)
                .map(|s| (s.source.to_string(), s.target.to_string(), 0, s))
                .collect()
        };
        let mut fail =
            |text: &str, problem: String| out.broken.push(Broken { relation: relation.name.clone(), text: text.to_owned(), problem });
        for example in &examples.matches {
            let found = read(&example.text, 0.0);
            let hit = found.iter().find(|(s, t, ..)| {
                (*s == example.source && *t == example.target) || (relation.symmetric && *s == example.target && *t == example.source)
            });
            match hit {
                None => {
                    let got: Vec<String> = found.iter().map(|(s, t, ..)| format!("{s} → {t}")).collect();
                    fail(
                        &example.text,
                        format!(
                            "expected {} → {}, got {}",
                            example.source,
                            example.target,
                            if got.is_empty() { "nothing".to_owned() } else { got.join("; ") }
                        ),
                    );
                }
                Some((.., statement)) => {
                    if let Some(problem) = differs(example, statement) {
                        fail(&example.text, problem);
                    }
                }
            }
            out.matches += 1;
        }
        for text in &examples.misses {
            let found = read(text, super::DEFAULT_CONFIDENCE);
            if let Some((s, t, ..)) = found.first() {
                fail(text, format!("expected no {}, got {s} → {t} by {}", relation.name, found[0].3.rule));
            }
            out.misses += 1;
        }
    }
    out
}

fn differs(example: &Match, statement: &super::Statement) -> Option<String> {
    let date = |d: Option<crate::documents::PartialDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let pairs = [
        ("polarity", example.polarity.clone(), statement.polarity.as_str().to_owned()),
        ("modality", example.modality.clone(), statement.modality.as_str().to_owned()),
        ("status", example.status.clone(), statement.status.as_str().to_owned()),
        ("attribution", example.attribution.clone(), statement.attribution.as_deref().unwrap_or_default().to_owned()),
        ("start", example.start.clone(), date(statement.start)),
        ("end", example.end.clone(), date(statement.end)),
        ("quantity", example.quantity.clone(), statement.quantity.as_deref().unwrap_or_default().to_owned()),
    ];
    pairs.into_iter().find_map(|(key, wanted, got)| wanted.filter(|w| *w != got).map(|w| format!("expected {key} `{w}`, got `{got}`")))
}
