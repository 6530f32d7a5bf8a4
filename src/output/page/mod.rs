//! `network.html`: one file to explore a network, without anything loaded from anywhere. Its HTML, style and script stand
//! beside this file; positions are worked out here; what documents say reaches the page as JSON in which `<`, `>` and `&`
//! are escaped, and the script only ever inserts it as text.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::actors_csv::ActorTable;
use super::escape::{html, script_json};
use super::legend;
use super::nodelink::rounded;
use super::picture::{PictureOptions, arrange};
use super::style::{Palette, Shape, Tone, kind_label};
use super::view::Choice;
use crate::actors::ActorKind;
use crate::network::Network;
use crate::relations::Influence;

const HTML: &str = include_str!("network.html");
const CSS: &str = include_str!("network.css");
const JS: [&str; 5] =
    [include_str!("data.js"), include_str!("canvas.js"), include_str!("panel.js"), include_str!("paths.js"), include_str!("main.js")];

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, actors: &ActorTable, options: &PictureOptions, sink: &mut dyn Write) -> io::Result<()> {
    let title = options.title.as_deref().unwrap_or("Who sways whom");
    let data = script_json(&data(network, actors, options, title).to_string());
    let js = JS.join("\n");
    let mut rest = HTML;
    // Filled in one pass, so that nothing inserted is looked at again.
    while let Some(at) = rest.find("{{") {
        let (before, after) = rest.split_at(at);
        sink.write_all(before.as_bytes())?;
        let Some((name, tail)) = after[2..].split_once("}}") else { break };
        let text = match name {
            "title" => html(title),
            "css" => CSS.to_owned(),
            "js" => js.clone(),
            "data" => data.clone(),
            _ => String::new(),
        };
        sink.write_all(text.as_bytes())?;
        rest = tail;
    }
    sink.write_all(rest.as_bytes())
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Rounded => "rounded",
        Shape::Pill => "pill",
        Shape::Box => "box",
        Shape::Hexagon => "hexagon",
        Shape::Octagon => "octagon",
        Shape::Ellipse => "ellipse",
        Shape::Parallelogram => "parallelogram",
        Shape::Trapezium => "trapezium",
        Shape::Note => "note",
        Shape::Flag => "flag",
    }
}

const fn influence_name(influence: Influence) -> &'static str {
    match influence {
        Influence::Fwd => "fwd",
        Influence::Rev => "rev",
        Influence::Both => "both",
        Influence::None => "none",
    }
}

fn styles(palette: &Palette) -> Value {
    let kinds: Vec<Value> = ActorKind::ALL
        .into_iter()
        .map(|k| {
            let s = palette.node(k);
            json!({"fill": s.fill.css(), "line": s.line.css(), "text": s.text.css(), "dashed": s.dashed})
        })
        .collect();
    let tones: Vec<String> = Tone::ALL.into_iter().map(|t| palette.tone(t).css()).collect();
    json!({"paper": palette.paper.css(), "ink": palette.ink.css(), "muted": palette.muted.css(), "hair": palette.hair.css(), "kinds": kinds, "tones": tones})
}

/// Everything the page knows. Lists instead of objects where there are many of a kind; `data.js` names their places.
fn data(network: &Network, table: &ActorTable, options: &PictureOptions, title: &str) -> Value {
    let whole = PictureOptions { choice: Choice { top: Some(0), all_links: true, ..Choice::default() }, ..options.clone() };
    let (view, plates, points) = arrange(network, &whole);
    let place: BTreeMap<usize, usize> = view.actors.iter().enumerate().map(|(i, n)| (n.index(), i)).collect();
    let documents: BTreeMap<&str, usize> = network.documents.iter().enumerate().map(|(i, d)| (d.id.as_ref(), i)).collect();
    let mut sentences: Vec<&str> = Vec::new();
    let mut sentence_at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut statements: Vec<Value> = Vec::new();
    let mut edges: Vec<Value> = Vec::new();
    for raw in network.graph.raw_edges() {
        let edge = &raw.weight;
        let first = statements.len();
        for s in &edge.statements {
            let sentence = *sentence_at.entry(s.sentence.as_ref()).or_insert_with(|| {
                sentences.push(&s.sentence);
                sentences.len() - 1
            });
            let within = |at: usize| at.saturating_sub(s.begin);
            statements.push(json!([
                documents.get(s.document.as_ref()),
                s.begin,
                s.stop,
                s.polarity.as_str(),
                s.modality.as_str(),
                s.status.as_str(),
                s.attribution,
                s.start,
                s.end,
                rounded(s.confidence),
                sentence,
                within(s.source_begin),
                within(s.source_stop),
                within(s.target_begin),
                within(s.target_stop),
                s.source.as_ref() == network.graph[raw.source()].name.as_ref(),
            ]));
        }
        edges.push(json!([
            raw.source().index(),
            raw.target().index(),
            edge.relation,
            edge.sign,
            rounded(edge.weight),
            rounded(edge.confidence),
            first,
            statements.len(),
            edge.first,
            edge.last,
        ]));
    }
    let actors: Vec<Value> = network
        .graph
        .node_weights()
        .enumerate()
        .map(|(i, actor)| {
            let own = place.get(&i).copied();
            let kind = ActorKind::ALL.iter().position(|k| *k == actor.kind);
            let spot = own.map(|p| {
                let (at, plate) = (points[p], &plates[p]);
                json!([at.x.round(), at.y.round(), plate.size.w.round(), plate.size.h.round(), plate.font, plate.lines, plate.bold])
            });
            let values: Vec<f64> = table.columns.iter().map(|(_, v)| v.get(i).copied().map_or(0.0, rounded)).collect();
            let documents: Vec<usize> = actor.documents.iter().filter_map(|d| documents.get(d.as_ref()).copied()).collect();
            let group = |list: &[Option<usize>]| list.get(i).copied().flatten();
            json!([actor.name, kind, actor.mentions, documents, actor.aliases, spot, values, group(&table.community), group(&table.camp)])
        })
        .collect();
    let subtitle = legend::heading(network, &view, &whole).subtitle;
    json!({
        "title": title,
        "subtitle": subtitle,
        "kinds": ActorKind::ALL.map(kind_label),
        "shapes": ActorKind::ALL.map(|k| shape_name(super::style::shape(k))),
        "tones": Tone::ALL.map(Tone::label),
        "light": styles(&Palette::LIGHT),
        "dark": styles(&Palette::DARK),
        "measures": table.columns.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "documents": network.documents.iter().map(|d| json!([d.id, d.title, d.date, d.publisher])).collect::<Vec<_>>(),
        "relations": network.relations.iter().map(|r| json!([r.name, r.sign, r.symmetric, influence_name(r.influence), r.weight, r.meaning])).collect::<Vec<_>>(),
        "actors": actors,
        "edges": edges,
        "statements": statements,
        "sentences": sentences,
    })
}
