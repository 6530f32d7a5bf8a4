//! The network a query command answers from.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::exit::Failure;
use super::pipeline::{self, ReadArgs};
use crate::actors::fold::fold_words;
use crate::actors::{Joins, joins};
use crate::documents::Seeds;
use crate::network::{Network, join};
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
    /// Who is who: joins names to an actor or gives them one of their own, with --from as for `map`; in a network file, whole
    /// actors only
    #[arg(long, value_name = "FILE.csv")]
    pub merge: Vec<PathBuf>,
}

impl NetworkArgs {
    /// The network.
    pub(super) fn load(&self) -> Result<Network, Failure> {
        if !self.from.is_empty() {
            return pipeline::network_of(&self.from, &ReadArgs { merge: self.merge.clone(), ..ReadArgs::default() });
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
        let network = read_network(&path)?;
        if self.merge.is_empty() { Ok(network) } else { joined(&network, &self.merge) }
    }
}

/// The network with the actors joined or renamed that merge files name.
fn joined(network: &Network, files: &[PathBuf]) -> Result<Network, Failure> {
    let files = files.iter().map(|p| pipeline::text(p)).collect::<Result<Vec<_>, _>>()?;
    let Joins { names, partial, faults } = joins(&files);
    for fault in &faults {
        pipeline::note(fault);
    }
    if partial > 0 {
        pipeline::note(format_args!(
            "--merge: {} of single names or documents left out; a network file joins whole actors only, --from PATH reads the documents anew",
            super::page::plural(partial, "row")
        ));
    }
    let mut into = BTreeMap::new();
    for actor in network.graph.node_weights() {
        if let Some((name, kind)) = names.get(&fold_words(&actor.name)) {
            let there = network.graph.node_weights().find(|a| *a.name == **name || fold_words(&a.name) == fold_words(name));
            let name: Arc<str> = there.map_or_else(|| name.as_str().into(), |a| Arc::clone(&a.name));
            into.insert(Arc::clone(&actor.name), (name, *kind));
        }
    }
    Ok(join(network, &into))
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
