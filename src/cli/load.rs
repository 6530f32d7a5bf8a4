//! The network a query command answers from.

use std::path::PathBuf;

use super::exit::Failure;
use super::pipeline;
use crate::documents::Seeds;
use crate::network::Network;
use crate::relations::Relation;

/// `-g FILE` or `--from PATH…`, shared by the query commands.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct NetworkArgs {
    /// The network to ask: network.json, or somebody's edge list (.csv) or .graphml [default: suzerain-map/network.json, else graphs/network.json]
    #[arg(short = 'g', long = "network", value_name = "FILE", conflicts_with = "from")]
    pub network: Option<PathBuf>,
    /// Read these documents on the fly instead of a network file
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from: Vec<PathBuf>,
}

impl NetworkArgs {
    /// The network.
    pub(super) fn load(&self) -> Result<Network, Failure> {
        if !self.from.is_empty() {
            return pipeline::network_of(&self.from);
        }
        let path = match &self.network {
            Some(path) => path.clone(),
            None => ["suzerain-map/network.json", "graphs/network.json"].into_iter().map(PathBuf::from).find(|p| p.exists()).ok_or_else(
                || {
                    Failure::new(
                        "no network here: neither suzerain-map/network.json nor graphs/network.json exists; \
                         run `suzerain map PATH` first, or name a network with -g FILE or documents with --from PATH",
                    )
                },
            )?,
        };
        read_network(&path)
    }
}

/// Reads one network file: our own `network.json`, somebody's edge list (`.csv`) or GraphML (`.graphml`, `.xml`).
pub(super) fn read_network(path: &std::path::Path) -> Result<Network, Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
    let text = String::from_utf8(bytes)
        .map_err(|e| Failure::new(format_args!("{}: no UTF-8 at byte {}", path.display(), e.utf8_error().valid_up_to())))?;
    let wrong = |e: &dyn std::fmt::Display| Failure::new(format_args!("{}: {e}", path.display()));
    match path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "csv" => Network::from_csv(&text, &known_relations()).map_err(|e| wrong(&e)),
        "graphml" | "xml" => Network::from_graphml(&text, &known_relations()).map_err(|e| wrong(&e)),
        _ => Network::from_json(&text).map_err(|e| wrong(&e)),
    }
}

/// The vocabulary's relations, whose symmetry and influence an edge list does not tell.
fn known_relations() -> Vec<Relation> {
    Seeds::embedded()
        .under("relations/")
        .filter(|(path, _)| path.ends_with(".toml"))
        .filter_map(|(_, text)| toml::from_str(text).ok())
        .collect()
}
