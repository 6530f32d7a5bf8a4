//! `network.json`: the whole network, with a format version.

use serde::{Deserialize, Serialize};

use super::{Actor, Background, Builder, Network, Source};
use crate::relations::{Relation, Statement};

/// The version of `network.json` that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// Why a `network.json` cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// It is no JSON, or not of the form.
    #[error("line {line}, column {column}: {message}; expected a network.json written by `suzerain map`")]
    Form {
        /// 1-based line.
        line: usize,
        /// 1-based column.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is of a version that this program does not know.
    #[error("format version {found} is not known; this program reads version {FORMAT_VERSION}")]
    Version {
        /// The version found.
        found: u32,
    },
    /// A statement names an actor or a relation that the file does not list.
    #[error("statement {index} ({source_name} {relation} {target_name}) names an actor or relation that the file does not list")]
    Dangling {
        /// 0-based place of the statement.
        index: usize,
        /// Its source.
        source_name: String,
        /// Its relation.
        relation: String,
        /// Its target.
        target_name: String,
    },
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    generator: String,
    documents: Vec<Source>,
    relations: Vec<Relation>,
    actors: Vec<Actor>,
    statements: Vec<Statement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    background: Vec<Background>,
}

impl Network {
    /// The network as JSON text, one line per actor and statement-sized item, ending in a line break.
    ///
    /// # Panics
    /// Never: every part of a network can be written as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut statements: Vec<&Statement> = self.graph.edge_weights().flat_map(|e| &e.statements).collect();
        statements.sort_by(|a, b| a.in_text_order(b));
        let mut out = String::from("{\n");
        let line = |value: &dyn erased::Line| value.json();
        out.push_str(&format!("\"format\": {FORMAT_VERSION},\n\"generator\": \"suzerain\""));
        let mut section = |name: &str, lines: Vec<String>| {
            out.push_str(&format!(",\n\"{name}\": ["));
            for (i, l) in lines.iter().enumerate() {
                out.push_str(if i == 0 { "\n" } else { ",\n" });
                out.push_str(l);
            }
            out.push_str("\n]");
        };
        section("documents", self.documents.iter().map(|d| line(d)).collect());
        section("relations", self.relations.iter().map(|d| line(d)).collect());
        section("actors", self.graph.node_weights().map(|d| line(d)).collect());
        section("statements", statements.iter().map(|d| line(d)).collect());
        if !self.background.is_empty() {
            section("background", self.background.iter().map(|d| line(d)).collect());
        }
        out.push_str("\n}\n");
        out
    }

    /// Reads the text of a `network.json`.
    ///
    /// # Errors
    /// [`NetworkError`], with the place.
    pub fn from_json(text: &str) -> Result<Self, NetworkError> {
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let form = |e: serde_json::Error| NetworkError::Form { line: e.line(), column: e.column(), message: plain(&e) };
        let version: Version = serde_json::from_str(text).map_err(form)?;
        if version.format != FORMAT_VERSION {
            return Err(NetworkError::Version { found: version.format });
        }
        let file: File = serde_json::from_str(text).map_err(form)?;
        let mut builder = Builder::new(file.relations);
        for actor in file.actors {
            builder.actor(actor);
        }
        for document in file.documents {
            builder.document(document);
        }
        for fact in file.background {
            builder.background(fact);
        }
        for (index, statement) in file.statements.into_iter().enumerate() {
            let (source_name, relation, target_name) =
                (statement.source.to_string(), statement.relation.to_string(), statement.target.to_string());
            if !builder.statement(statement) {
                return Err(NetworkError::Dangling { index, source_name, relation, target_name });
            }
        }
        Ok(builder.build())
    }
}

/// serde_json's message without its own "at line … column …".
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

mod erased {
    /// Anything that is written as one line of JSON.
    pub(super) trait Line {
        /// The line.
        fn json(&self) -> String;
    }

    impl<T: serde::Serialize> Line for T {
        fn json(&self) -> String {
            serde_json::to_string(self).expect("plain data is always JSON")
        }
    }
}
