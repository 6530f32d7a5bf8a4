//! Every format of an ordinary and of a hostile network: written twice alike, whole, and left in a folder where
//! `tests/readers/run` lets other programs read them.

mod output_support;

use output_support::{hostile_network, sample};
use suzerain::network::Network;
use suzerain::output::{ActorTable, Format, MapExtras, write, write_map};

fn written(format: Format, network: &Network) -> Vec<u8> {
    let extras = MapExtras { actors: ActorTable::measured(network), ..MapExtras::default() };
    let mut out = Vec::new();
    write(format, network, &extras, &mut out).unwrap();
    out
}

#[test]
fn every_format_of_both_networks() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers");
    for (name, network) in [("sample", sample()), ("hostile", hostile_network()), ("empty", Network::default())] {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for format in Format::ALL {
            let bytes = written(format, &network);
            assert_eq!(bytes, written(format, &network), "{} of {name} differs between two runs", format.name());
            if !format.is_binary() {
                let text = String::from_utf8(bytes.clone()).unwrap_or_else(|e| panic!("{}: {e}", format.name()));
                assert!(text.is_empty() || text.ends_with('\n'), "{} of {name} ends in the middle of a line", format.name());
            }
            std::fs::write(folder.join(format!("all.{}", format.extension())), bytes).unwrap();
        }
        let extras = MapExtras { actors: ActorTable::measured(&network), ..MapExtras::default() };
        write_map(&network, &extras, &mut |file, bytes| std::fs::write(folder.join(file), bytes)).unwrap();
    }
}

#[test]
fn nothing_hostile_is_markup() {
    let network = hostile_network();
    for format in [Format::Svg, Format::Html, Format::ReportHtml, Format::Timeline, Format::GraphMl, Format::Gexf] {
        let text = String::from_utf8(written(format, &network)).unwrap();
        assert!(!text.contains("<script>alert"), "{}", format.name());
        assert!(!text.contains("</script><script>"), "{}", format.name());
        assert!(!text.contains("<!-- c -->"), "{}", format.name());
    }
    for format in [Format::Svg, Format::GraphMl, Format::Gexf, Format::Timeline] {
        let text = String::from_utf8(written(format, &network)).unwrap();
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{} has a raw control character", format.name());
    }
}

#[test]
fn a_page_loads_nothing() {
    for format in [Format::Html, Format::ReportHtml, Format::Svg] {
        let text = String::from_utf8(written(format, &sample())).unwrap();
        for load in ["src=\"http", "href=\"http", "url(http", "@import", "fetch(", "XMLHttpRequest", "<link", "<iframe", "<img"] {
            assert!(!text.contains(load), "{} holds {load}", format.name());
        }
    }
}

#[test]
fn parallel_edges_survive() {
    let network = sample();
    let edges = network.graph.edge_count();
    let count = |format: Format, mark: &str| String::from_utf8(written(format, &network)).unwrap().matches(mark).count();
    assert_eq!(count(Format::GraphMl, "<edge "), edges);
    assert_eq!(count(Format::Gexf, "<edge "), edges);
    assert_eq!(count(Format::NodeLink, "{\"source\":"), edges);
    assert_eq!(count(Format::Cypher, "MATCH "), edges);
    assert_eq!(count(Format::Dot, " -> "), edges);
    assert_eq!(count(Format::Pajek, " l \""), edges);
}
