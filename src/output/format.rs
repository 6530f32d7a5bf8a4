//! The formats that a network can be written in.

/// A format. Matched without a wildcard: a new one does not compile until it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The whole network, as every command reads it back.
    Json,
    /// Graphviz.
    Dot,
    /// Picture as SVG.
    Svg,
    /// Picture as PNG.
    Png,
    /// Picture as PDF.
    Pdf,
    /// Page to explore.
    Html,
    /// Actors, one per row.
    Actors,
    /// Edges, one per row.
    Edges,
    /// Statements, one per row.
    Statements,
    /// The brief as Markdown.
    Report,
    /// The brief as HTML.
    ReportHtml,
    /// GraphML.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// Node-link JSON.
    NodeLink,
    /// Cypher.
    Cypher,
    /// Pajek.
    Pajek,
    /// Workbook.
    Xlsx,
    /// Mermaid flowchart.
    Mermaid,
    /// Adjacency matrix.
    Matrix,
    /// JSON-LD.
    JsonLd,
    /// Event table.
    Events,
    /// Panel of dyads by month.
    Dyads,
    /// Relations over time.
    Timeline,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 23] = [
        Self::Json,
        Self::Dot,
        Self::Svg,
        Self::Png,
        Self::Pdf,
        Self::Html,
        Self::Actors,
        Self::Edges,
        Self::Statements,
        Self::Report,
        Self::ReportHtml,
        Self::GraphMl,
        Self::Gexf,
        Self::NodeLink,
        Self::Cypher,
        Self::Pajek,
        Self::Xlsx,
        Self::Mermaid,
        Self::Matrix,
        Self::JsonLd,
        Self::Events,
        Self::Dyads,
        Self::Timeline,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "network",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Actors => "actors",
            Self::Edges => "edges",
            Self::Statements => "statements",
            Self::Report => "report",
            Self::ReportHtml => "report-html",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::NodeLink => "node-link",
            Self::Cypher => "cypher",
            Self::Pajek => "pajek",
            Self::Xlsx => "xlsx",
            Self::Mermaid => "mermaid",
            Self::Matrix => "matrix",
            Self::JsonLd => "json-ld",
            Self::Events => "events",
            Self::Dyads => "dyads",
            Self::Timeline => "timeline",
        }
    }

    /// The end of a file's name that means this format.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "network.json",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Actors => "actors.csv",
            Self::Edges => "edges.csv",
            Self::Statements => "statements.csv",
            Self::Report => "md",
            Self::ReportHtml => "report.html",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::NodeLink => "json",
            Self::Cypher => "cypher",
            Self::Pajek => "net",
            Self::Xlsx => "xlsx",
            Self::Mermaid => "mmd",
            Self::Matrix => "matrix.csv",
            Self::JsonLd => "jsonld",
            Self::Events => "events.csv",
            Self::Dyads => "dyads.csv",
            Self::Timeline => "timeline.svg",
        }
    }

    /// What it is for, one line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Json => "the whole network; every command reads it back with -g",
            Self::Dot => "Graphviz: one line per edge",
            Self::Svg => "picture for the web and for print",
            Self::Png => "picture in pixels",
            Self::Pdf => "picture on a page, text searchable",
            Self::Html => "page to explore: one file, works offline",
            Self::Actors => "table of actors, CSV",
            Self::Edges => "table of edges, CSV",
            Self::Statements => "table of statements with their sentences, CSV",
            Self::Report => "brief with footnotes, Markdown",
            Self::ReportHtml => "brief with the picture, one HTML file",
            Self::GraphMl => "GraphML: yEd, Gephi, NetworkX, igraph",
            Self::Gexf => "GEXF 1.3 with dates: Gephi's timeline",
            Self::NodeLink => "node-link JSON: NetworkX, D3",
            Self::Cypher => "Cypher statements: Neo4j, Memgraph",
            Self::Pajek => "Pajek, igraph, UCINET",
            Self::Xlsx => "workbook: actors, edges linked to their statements, matrix",
            Self::Mermaid => "Mermaid flowchart of the strongest part",
            Self::Matrix => "adjacency matrix of summed weights, CSV",
            Self::JsonLd => "JSON-LD: statements as linked data",
            Self::Events => "event table: ISO and COW codes, PLOVER, CAMEO, Goldstein, CSV",
            Self::Dyads => "panel of dyads by month, CSV",
            Self::Timeline => "relations over time, SVG",
        }
    }

    /// Whether it holds the actors' measures.
    #[must_use]
    pub const fn has_measures(self) -> bool {
        matches!(self, Self::Html | Self::Actors | Self::Report | Self::ReportHtml | Self::Xlsx)
    }

    /// Whether it is bytes that a terminal cannot show.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Png | Self::Pdf | Self::Xlsx)
    }

    /// The format of a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }

    /// The format of a file name, by the longest extension that fits.
    #[must_use]
    pub fn by_file(file: &str) -> Option<Self> {
        let file = file.to_lowercase();
        let fits = |f: &Self| {
            file == f.extension() || file.ends_with(&format!(".{}", f.extension())) || file.ends_with(&format!("-{}", f.extension()))
        };
        Self::ALL.into_iter().filter(fits).max_by_key(|f| f.extension().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_extensions_lead_back() {
        for format in Format::ALL {
            assert_eq!(Format::by_name(format.name()), Some(format));
            assert_eq!(Format::by_file(&format!("x.{}", format.extension())), Some(format));
            assert!(!format.about().is_empty());
        }
        let names: BTreeSet<_> = Format::ALL.iter().map(|f| f.name()).collect();
        let extensions: BTreeSet<_> = Format::ALL.iter().map(|f| f.extension()).collect();
        assert_eq!((names.len(), extensions.len()), (Format::ALL.len(), Format::ALL.len()));
        assert_eq!(Format::by_file("notes.txt"), None);
        assert_eq!(Format::by_file("out/my-edges.csv"), Some(Format::Edges));
        assert_eq!(Format::by_file("out/brief.HTML"), Some(Format::Html));
    }
}
