//! A network in any format, and all files of a map.

use std::io::{self, Write};

use super::actors_csv::{self, ActorTable};
use super::dot::{self, Ties};
use super::format::Format;
use super::picture::{self, PictureOptions};
use super::report::{self, Skipped};
use super::table::Cells;
use super::timeline::{self, TimelineOptions};
use super::view::Choice;
use super::{
    cypher, edges_csv, events, gexf, graphml, jsonld, matrix, mermaid, nodelink, page, pajek, pdf, png, statements_csv, svg, xlsx,
};
use crate::network::Network;

/// What is known besides the network.
#[derive(Debug, Clone)]
pub struct MapExtras {
    /// Measures, communities and camps of the actors ([`ActorTable::measured`] makes the measures).
    pub actors: ActorTable,
    /// How cells of tables are written.
    pub cells: Cells,
    /// How the pictures are drawn; their title is the page's too.
    pub picture: PictureOptions,
    /// How the timeline is drawn.
    pub timeline: TimelineOptions,
    /// What was not read, for the report.
    pub skipped: Vec<Skipped>,
    /// Pixels to a unit of the picture in PNG.
    pub scale: f64,
}

impl Default for MapExtras {
    fn default() -> Self {
        Self {
            actors: ActorTable::default(),
            cells: Cells::default(),
            picture: PictureOptions::default(),
            timeline: TimelineOptions::default(),
            skipped: Vec::new(),
            scale: 2.0,
        }
    }
}

/// Writes a network in a format.
///
/// # Errors
/// What the sink answers.
pub fn write(format: Format, network: &Network, extras: &MapExtras, sink: &mut dyn Write) -> io::Result<()> {
    let title = extras.picture.title.as_deref();
    match format {
        Format::Json => sink.write_all(network.to_json().as_bytes()),
        Format::Dot => {
            let mut options = extras.picture.clone();
            options.choice = Choice { top: options.choice.top.or(Some(0)), all_links: true, ..options.choice };
            dot::write(network, &options, Ties::Each, None, sink)
        }
        Format::Svg => svg::write(&picture::draw(network, &extras.picture).scene, sink),
        Format::Png => png::write(&picture::draw(network, &extras.picture).scene, extras.scale, sink),
        Format::Pdf => pdf::write(&picture::draw(network, &extras.picture).scene, sink),
        Format::Html => page::write(network, &extras.actors, &extras.picture, sink),
        Format::Actors => actors_csv::write(network, &extras.actors, extras.cells, sink),
        Format::Edges => edges_csv::write(network, extras.cells, sink),
        Format::Statements => statements_csv::write(network, extras.cells, sink),
        Format::Report => report::write_markdown(&report::report(network, &extras.actors, &extras.skipped, title), sink),
        Format::ReportHtml => {
            let scene = picture::draw(network, &extras.picture).scene;
            report::write_html(&report::report(network, &extras.actors, &extras.skipped, title), Some(&scene), sink)
        }
        Format::GraphMl => graphml::write(network, sink),
        Format::Gexf => gexf::write(network, sink),
        Format::NodeLink => nodelink::write(network, sink),
        Format::Cypher => cypher::write(network, sink),
        Format::Pajek => pajek::write(network, sink),
        Format::Xlsx => xlsx::write(network, &extras.actors, sink),
        Format::Mermaid => mermaid::write(network, &extras.picture.choice, sink),
        Format::Matrix => matrix::write(network, extras.cells, sink),
        Format::JsonLd => jsonld::write(network, sink),
        Format::Events => events::write_events(network, extras.cells, sink),
        Format::Dyads => events::write_dyads(network, extras.cells, sink),
        Format::Timeline => svg::write(&timeline::draw(network, &extras.timeline), sink),
    }
}

/// Writes the files of a map, each handed to `sink` whole, with its name: `network.json`, `network.dot`, `network.svg`,
/// `network.html`, `actors.csv`, `edges.csv`, `statements.csv`, `report.md`. `network.dot` is the picture, pinned; the
/// whole network as DOT comes from [`write()`].
///
/// # Errors
/// What the sink answers; the files after it are not made.
pub fn write_map(network: &Network, extras: &MapExtras, sink: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = Vec::new();
    let picture = picture::draw(network, &extras.picture);
    dot::write(network, &extras.picture, Ties::Bundled, Some(&picture), &mut buffer)?;
    sink("network.dot", &buffer)?;
    buffer.clear();
    svg::write(&picture.scene, &mut buffer)?;
    sink("network.svg", &buffer)?;
    let files = [
        ("network.html", Format::Html),
        ("actors.csv", Format::Actors),
        ("edges.csv", Format::Edges),
        ("statements.csv", Format::Statements),
        ("report.md", Format::Report),
        // Last: where it is, the map is whole.
        ("network.json", Format::Json),
    ];
    for (name, format) in files {
        buffer.clear();
        write(format, network, extras, &mut buffer)?;
        sink(name, &buffer)?;
    }
    Ok(())
}
