//! The network a query command answers from.

use std::path::PathBuf;

use super::exit::Failure;
use super::pipeline;
use crate::network::Network;

/// `-g FILE` or `--from PATH…`, shared by the query commands.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct NetworkArgs {
    /// The network to ask [default: suzerain-map/network.json, else graphs/network.json]
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
            None => ["suzerain-map/network.json", "graphs/network.json"]
                .into_iter()
                .map(PathBuf::from)
                .find(|p| p.exists())
                .ok_or_else(|| {
                    Failure::new(
                        "no network here: neither suzerain-map/network.json nor graphs/network.json exists; \
                         run `suzerain map PATH` first, or name a network with -g FILE or documents with --from PATH",
                    )
                })?,
        };
        read_network(&path)
    }
}

/// Reads one network file.
pub(super) fn read_network(path: &std::path::Path) -> Result<Network, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
    Network::from_json(&text).map_err(|e| Failure::new(format_args!("{}: {e}", path.display())))
}
