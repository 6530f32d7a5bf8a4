//! GraphML.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Collector, ImportError, Row, TIE, parse_sign};
use crate::actors::ActorKind;
use crate::network::Network;
use crate::relations::Relation;

/// What a node or edge says of itself.
#[derive(Default)]
struct Item {
    id: String,
    source: String,
    target: String,
    directed: Option<bool>,
    data: BTreeMap<String, String>,
}

pub(super) fn read(text: &str, relations: &[Relation]) -> Result<Network, ImportError> {
    let mut reader = Reader::from_str(text);
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let (mut nodes, mut edges): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
    let mut directed = true;
    let mut seen_graph = false;
    // What is open: a node or an edge, and the attribute whose text comes next.
    let mut item: Option<(bool, Item)> = None;
    let mut key: Option<String> = None;
    let mut value = String::new();
    loop {
        let place = reader.buffer_position();
        let wrong = |message: String| ImportError::Xml { place, message };
        let event = reader.read_event().map_err(|e| wrong(e.to_string()))?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = attributes(&tag).map_err(wrong)?;
                let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
                match local(tag.name().as_ref()) {
                    "graph" => {
                        seen_graph = true;
                        directed = get("edgedefault") != "undirected";
                    }
                    "key" => {
                        keys.insert(get("id"), get("attr.name"));
                    }
                    kind @ ("node" | "edge") => {
                        let own = Item {
                            id: get("id"),
                            source: get("source"),
                            target: get("target"),
                            directed: attributes.get("directed").map(|d| d == "true"),
                            data: BTreeMap::new(),
                        };
                        let is_edge = kind == "edge";
                        if is_edge && (own.source.is_empty() || own.target.is_empty()) {
                            return Err(wrong("an edge without source or target".into()));
                        }
                        if empty {
                            if is_edge { edges.push(own) } else { nodes.push(own) }
                        } else {
                            item = Some((is_edge, own));
                        }
                    }
                    "data" => {
                        let id = get("key");
                        key = Some(keys.get(&id).cloned().filter(|n| !n.is_empty()).unwrap_or(id));
                        value.clear();
                        if empty {
                            key = None;
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) if key.is_some() => value.push_str(&text),
            Event::CData(text) if key.is_some() => value.push_str(&text),
            Event::GeneralRef(name) if key.is_some() => {
                let escaped = format!("&{};", &*name);
                value.push_str(&quick_xml::escape::unescape(&escaped).map_err(|e| wrong(e.to_string()))?);
            }
            Event::End(tag) => match local(tag.name().as_ref()) {
                "data" => {
                    if let (Some(key), Some((_, own))) = (key.take(), item.as_mut()) {
                        own.data.insert(key, value.trim().to_owned());
                    }
                }
                "node" | "edge" => match item.take() {
                    Some((true, own)) => edges.push(own),
                    Some((false, own)) => nodes.push(own),
                    None => {}
                },
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if !seen_graph {
        return Err(ImportError::Xml { place: 0, message: "no <graph>: this is no GraphML".into() });
    }
    build(&nodes, &edges, directed, relations)
}

fn build(nodes: &[Item], edges: &[Item], directed: bool, relations: &[Relation]) -> Result<Network, ImportError> {
    let mut collector = Collector::new(relations);
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes {
        let given = ["name", "label"].iter().find_map(|k| node.data.get(*k)).filter(|n| !n.is_empty());
        let mut name = given.cloned().unwrap_or_else(|| node.id.clone());
        // Two nodes of one name stay two.
        let times = taken.entry(name.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            name = format!("{name} ({})", node.id);
        }
        collector.actor(&name, node.data.get("kind").and_then(|k| ActorKind::parse(k)));
        names.insert(&node.id, name);
    }
    for edge in edges {
        let bad = |column, value: &str, expected| ImportError::Cell { line: 0, column, value: value.to_owned(), expected };
        let weight = match edge.data.get("weight").map(String::as_str) {
            None | Some("") => 1.0,
            Some(text) => text.parse::<f64>().ok().filter(|w| w.is_finite()).ok_or_else(|| bad("weight", text, "write a number"))?,
        };
        let sign = match edge.data.get("sign") {
            None => (weight < 0.0).then_some(-1),
            Some(text) => Some(parse_sign(text).ok_or_else(|| bad("sign", text, "write +, - or 0"))?),
        };
        let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), String::clone);
        let (source, target) = (name(&edge.source), name(&edge.target));
        let relation = ["relation", "label", "type"].iter().find_map(|k| edge.data.get(*k)).filter(|r| !r.is_empty());
        collector.edge(&Row {
            source: &source,
            target: &target,
            relation: relation.map_or(TIE, String::as_str),
            directed: edge.directed.unwrap_or(directed),
            sign,
            weight: weight.abs(),
            ..Row::default()
        });
    }
    Ok(collector.build())
}

fn attributes(tag: &BytesStart<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| e.to_string())?.into_owned();
        found.insert(local(attribute.key.as_ref()).to_owned(), value);
    }
    Ok(found)
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_networkx_writes() {
        let text = r#"<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d1" for="edge" attr.name="weight" attr.type="double"/>
<key id="d0" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="undirected"><node id="0"><data key="d0">Tom &amp; Jerry</data></node><node id="1"/>
<edge source="0" target="1"><data key="d1">-2.5</data></edge></graph></graphml>"#;
        let network = Network::from_graphml(text, &[]).unwrap();
        let names: Vec<&str> = network.graph.node_weights().map(|a| a.name.as_ref()).collect();
        assert_eq!(names, ["1", "Tom & Jerry"]);
        let edge = network.graph.edge_weights().next().unwrap();
        assert_eq!((edge.sign, edge.weight), (-1, 2.5));
        assert!(network.relation(edge).symmetric);
    }

    #[test]
    fn says_where_it_goes_wrong() {
        assert!(Network::from_graphml("<a/>", &[]).unwrap_err().to_string().contains("no GraphML"));
        assert!(Network::from_graphml("<graphml><graph><edge source='1'/>", &[]).is_err());
        assert!(Network::from_graphml("<graphml><graph></node>", &[]).is_err());
    }
}
