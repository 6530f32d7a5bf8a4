//! The formats that a network can be written in.

/// A format. Matched without a wildcard: a new one does not compile until it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The whole network, as every command reads it back.
    Json,
    /// Graphviz.
    Dot,
    /// Picture.
    Svg,
    /// Actors, one per row.
    Actors,
    /// Edges, one per row.
    Edges,
    /// Statements, one per row.
    Statements,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Json, Self::Dot, Self::Svg, Self::Actors, Self::Edges, Self::Statements];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "network",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Actors => "actors",
            Self::Edges => "edges",
            Self::Statements => "statements",
        }
    }

    /// The end of a file's name that means this format.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "network.json",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Actors => "actors.csv",
            Self::Edges => "edges.csv",
            Self::Statements => "statements.csv",
        }
    }

    /// What it is for, one line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Json => "the whole network; every command reads it back with -g",
            Self::Dot => "Graphviz: one line per edge",
            Self::Svg => "picture for the web and for print",
            Self::Actors => "table of actors, CSV",
            Self::Edges => "table of edges, CSV",
            Self::Statements => "table of statements with their sentences, CSV",
        }
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
        let fits = |f: &Self| file == f.extension() || file.ends_with(&format!(".{}", f.extension())) || file.ends_with(&format!("-{}", f.extension()));
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
    }
}
