//! JSON-LD: actors and documents as nodes with schema.org types, every statement a node of its own that names its subject,
//! predicate and object, its sentence and where that stands.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::statements_csv::in_order;
use crate::actors::ActorKind;
use crate::network::Network;

/// The schema.org type of a kind.
const fn class(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::State => "schema:Country",
        ActorKind::Leader | ActorKind::Person => "schema:Person",
        ActorKind::Alliance | ActorKind::Organization | ActorKind::ArmedGroup => "schema:Organization",
        ActorKind::Company => "schema:Corporation",
        ActorKind::Territory => "schema:Place",
        ActorKind::Pipeline | ActorKind::Infrastructure => "schema:CivicStructure",
        ActorKind::Agreement => "schema:Legislation",
        ActorKind::Conflict => "schema:Event",
        ActorKind::People => "schema:Audience",
    }
}

/// A name as part of an IRI.
fn iri(kind: &str, name: &str) -> String {
    let mut out = format!("urn:suzerain:{kind}:");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    let context = json!({
        "schema": "https://schema.org/",
        "suz": "urn:suzerain:vocabulary:",
        "name": "schema:name",
        "alternateName": "schema:alternateName",
        "source": {"@id": "suz:source", "@type": "@id"},
        "target": {"@id": "suz:target", "@type": "@id"},
        "document": {"@id": "suz:document", "@type": "@id"},
        "attribution": "suz:attribution",
        "relation": {"@id": "suz:relation", "@type": "@vocab"},
        "@vocab": "urn:suzerain:vocabulary:"
    });
    write!(sink, "{{\"@context\": {context},\n\"@graph\": [")?;
    let mut first = true;
    let mut line = |value: Value| {
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        write!(sink, "{comma}\n{value}")
    };
    for document in &network.documents {
        let mut node = Map::new();
        node.insert("@id".to_owned(), json!(iri("document", &document.id)));
        node.insert("@type".to_owned(), json!("schema:Article"));
        node.insert("name".to_owned(), json!(document.title.as_ref().unwrap_or(&document.id)));
        if let Some(date) = document.date {
            node.insert("schema:datePublished".to_owned(), json!(date));
        }
        if let Some(publisher) = &document.publisher {
            node.insert("schema:publisher".to_owned(), json!(publisher));
        }
        line(Value::Object(node))?;
    }
    for actor in network.graph.node_weights() {
        let mut node = Map::new();
        node.insert("@id".to_owned(), json!(iri("actor", &actor.name)));
        node.insert("@type".to_owned(), json!([class(actor.kind), format!("suz:{}", actor.kind)]));
        node.insert("name".to_owned(), json!(actor.name));
        node.insert("alternateName".to_owned(), json!(actor.aliases));
        if let Some(id) = actor.codes.get("wikidata") {
            node.insert("schema:sameAs".to_owned(), json!({"@id": format!("http://www.wikidata.org/entity/{id}")}));
        }
        line(Value::Object(node))?;
    }
    for (_, s) in in_order(network) {
        let mut node = json!({
            "@type": "suz:Statement",
            "source": iri("actor", &s.source),
            "relation": format!("suz:{}", s.relation),
            "target": iri("actor", &s.target),
            "polarity": s.polarity.as_str(),
            "modality": s.modality.as_str(),
            "confidence": super::nodelink::rounded(s.confidence),
            "document": iri("document", &s.document),
            "begin": s.begin,
            "stop": s.stop,
            "sentence": s.sentence,
        });
        for (name, value) in [("start", s.start), ("end", s.end)] {
            if let Some(date) = value {
                node[name] = json!(date);
            }
        }
        for (name, value) in [("attribution", &s.attribution), ("quantity", &s.quantity)] {
            if let Some(text) = value {
                node[name] = json!(text);
            }
        }
        line(node)?;
    }
    writeln!(sink, "\n]}}")
}
