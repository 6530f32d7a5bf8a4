//! GEXF 1.3 with dates, so that Gephi's timeline works; every edge apart.

use std::io::{self, Write};

use super::escape::{number, xml};
use super::graphml::{edge_keys, edge_values};
use super::style::{Palette, Tone};
use crate::network::Network;

/// Writes it.
///
/// # Errors
/// What the sink answers.
pub fn write(network: &Network, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        sink,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">"
    )?;
    // The documents' last date, never the clock's.
    let date = super::legend::dates(network).map(|(_, last)| format!(" lastmodifieddate=\"{}\"", last.last_day())).unwrap_or_default();
    writeln!(sink, "<meta{date}><creator>suzerain</creator><description>Who sways whom</description></meta>")?;
    writeln!(sink, "<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">")?;
    writeln!(sink, "<attributes class=\"node\" mode=\"static\">")?;
    for (i, (name, kind)) in
        [("kind", "string"), ("mentions", "integer"), ("documents", "integer"), ("aliases", "string")].iter().enumerate()
    {
        writeln!(sink, "<attribute id=\"{i}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(sink, "</attributes>\n<attributes class=\"edge\" mode=\"static\">")?;
    for (i, (name, kind)) in edge_keys().iter().enumerate() {
        let kind = if *kind == "int" { "integer" } else { kind };
        writeln!(sink, "<attribute id=\"{i}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(sink, "</attributes>\n<nodes>")?;
    for (i, actor) in network.graph.node_weights().enumerate() {
        let color = Palette::LIGHT.node(actor.kind).line;
        writeln!(
            sink,
            "<node id=\"n{i}\" label=\"{}\"><attvalues><attvalue for=\"0\" value=\"{}\"/><attvalue for=\"1\" value=\"{}\"/>\
             <attvalue for=\"2\" value=\"{}\"/><attvalue for=\"3\" value=\"{}\"/></attvalues><viz:color r=\"{}\" g=\"{}\" b=\"{}\"/></node>",
            xml(&actor.name),
            actor.kind.as_str(),
            actor.mentions,
            actor.documents.len(),
            xml(&super::table::joined(actor.aliases.iter().map(AsRef::as_ref))),
            color.0,
            color.1,
            color.2
        )?;
    }
    writeln!(sink, "</nodes>\n<edges>")?;
    for (i, raw) in network.graph.raw_edges().iter().enumerate() {
        let edge = &raw.weight;
        let values = edge_values(network, edge);
        let mut dates = String::new();
        if let Some(first) = edge.first {
            dates.push_str(&format!(" start=\"{}\"", first.first_day()));
        }
        if let Some(last) = edge.last {
            dates.push_str(&format!(" end=\"{}\"", last.last_day()));
        }
        let name = xml(&values[0]);
        write!(
            sink,
            "<edge id=\"e{i}\" source=\"n{}\" target=\"n{}\" label=\"{name}\" kind=\"{name}\" weight=\"{}\"{dates}><attvalues>",
            raw.source().index(),
            raw.target().index(),
            number(edge.weight)
        )?;
        for (k, value) in values.iter().enumerate() {
            write!(sink, "<attvalue for=\"{k}\" value=\"{}\"/>", xml(value))?;
        }
        let color = Palette::LIGHT.tone(Tone::of_sign(edge.sign));
        writeln!(sink, "</attvalues><viz:color r=\"{}\" g=\"{}\" b=\"{}\"/></edge>", color.0, color.1, color.2)?;
    }
    writeln!(sink, "</edges>\n</graph>\n</gexf>")
}
