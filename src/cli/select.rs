//! Which part of a network a query is about: the flags that all query commands share.

use std::collections::BTreeSet;
use std::sync::Arc;

use petgraph::graph::NodeIndex;

use super::exit::Failure;
use super::load::NetworkArgs;
use crate::documents::PartialDate;
use crate::network::{Network, Selection, collapse, fold, project, without};

/// The network to ask and what of it counts.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Ask {
    #[command(flatten)]
    pub network: NetworkArgs,
    #[command(flatten)]
    pub select: SelectArgs,
}

impl Ask {
    /// The network of the statements that count; by default those asserted, actual and not ended.
    pub(super) fn load(&self) -> Result<Network, Failure> {
        let network = self.network.load()?;
        self.select.apply(network, false)
    }

    /// The same with denied, planned and ended statements in.
    pub(super) fn load_everything(&self) -> Result<Network, Failure> {
        let network = self.network.load()?;
        self.select.apply(network, true)
    }
}

/// What of a network counts.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "What counts")]
pub(super) struct SelectArgs {
    /// What held, or had happened, on that date (YYYY, YYYY-MM or YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<PartialDate>,
    /// What held or happened between two dates
    #[arg(long, value_names = ["FROM", "TO"], num_args = 2)]
    pub between: Vec<PartialDate>,
    /// With a date given, leave undated statements out
    #[arg(long)]
    pub dated_only: bool,
    /// Only these documents: ids or patterns with * (repeat, or separate by commas)
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub documents: Vec<String>,
    /// Only what this actor or publisher says
    #[arg(long, value_name = "NAME")]
    pub according_to: Vec<String>,
    /// Only these relations (separate by commas)
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Not these relations (separate by commas)
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    pub except: Vec<String>,
    /// Count denied statements too
    #[arg(long)]
    pub denied: bool,
    /// Count what is planned, feared or possible too
    #[arg(long)]
    pub planned: bool,
    /// Count what is over too
    #[arg(long)]
    pub ended: bool,
    /// Only statements of at least this confidence
    #[arg(long, value_name = "0..1", default_value_t = 0.0, hide_default_value = true)]
    pub min_confidence: f64,
    /// Fold leaders, persons and organizations into the state they belong to
    #[arg(long)]
    pub collapse: bool,
    /// Turn treaties and wars into ties between their parties
    #[arg(long)]
    pub project: bool,
    /// Leave this actor's edges out
    #[arg(long, value_name = "ACTOR")]
    pub without: Vec<String>,
}

impl SelectArgs {
    /// The part of the network that counts. `everything`: denied, planned and ended statements in, whatever the flags.
    pub(super) fn apply(&self, network: Network, everything: bool) -> Result<Network, Failure> {
        let selection = self.selection(&network, everything)?;
        let network = if self.collapse { collapse(&network) } else { network };
        let mut left = if selection == Selection::everything() { network } else { selection.apply(&network) };
        if self.project {
            left = project(&left);
        }
        if !self.without.is_empty() {
            let actors = self.without.iter().map(|name| pick(&left, name)).collect::<Result<Vec<_>, _>>()?;
            left = without(&left, &actors);
        }
        Ok(left)
    }

    fn selection(&self, network: &Network, everything: bool) -> Result<Selection, Failure> {
        let between = match self.between.as_slice() {
            [from, to] if from.first_day() > to.last_day() => {
                return Err(Failure::new(format_args!("--between {from} {to}: the first date is after the second")));
            }
            [from, to] => Some((*from, *to)),
            _ => None,
        };
        if !(0.0..=1.0).contains(&self.min_confidence) {
            return Err(Failure::new(format_args!("--min-confidence {}: write a number from 0 to 1", self.min_confidence)));
        }
        Ok(Selection {
            denied: everything || self.denied,
            planned: everything || self.planned,
            ended: everything || self.ended,
            as_of: self.as_of,
            between,
            dated_only: self.dated_only,
            documents: if self.documents.is_empty() { None } else { Some(documents(network, &self.documents)?) },
            voices: if self.according_to.is_empty() { None } else { Some(voices(network, &self.according_to)?) },
            only: if self.only.is_empty() { None } else { Some(relations(network, &self.only)?) },
            except: relations(network, &self.except)?,
            min_confidence: self.min_confidence,
        })
    }
}

/// The actor that a person means, or the nearest names (exit 1).
pub(super) fn pick(network: &Network, text: &str) -> Result<NodeIndex, Failure> {
    network.find(text).map_err(|near| unknown("actor", text, &near))
}

fn unknown(what: &str, text: &str, near: &[String]) -> Failure {
    match near {
        [] => Failure::nothing(format_args!("no {what} `{text}` here, nor one with a name like it")),
        near => Failure::nothing(format_args!("no {what} `{text}` here; nearest: {}", near.join(", "))),
    }
}

fn documents(network: &Network, asked: &[String]) -> Result<BTreeSet<Arc<str>>, Failure> {
    let mut ids = BTreeSet::new();
    for text in asked {
        let pattern = glob::Pattern::new(text).map_err(|e| Failure::new(format_args!("--documents {text}: {e}")))?;
        let matched: Vec<_> =
            network.documents.iter().filter(|d| d.id.as_ref() == text || pattern.matches(&d.id)).map(|d| Arc::clone(&d.id)).collect();
        if matched.is_empty() {
            let near: Vec<String> = network.documents.iter().take(5).map(|d| d.id.to_string()).collect();
            return Err(Failure::nothing(format_args!("no document `{text}` here; there are: {}", near.join(", "))));
        }
        ids.extend(matched);
    }
    Ok(ids)
}

fn voices(network: &Network, asked: &[String]) -> Result<BTreeSet<Arc<str>>, Failure> {
    let known: BTreeSet<&Arc<str>> = network
        .graph
        .edge_weights()
        .flat_map(|e| e.statements.iter().filter_map(|s| s.attribution.as_ref()))
        .chain(network.documents.iter().filter_map(|d| d.publisher.as_ref()))
        .collect();
    let mut voices = BTreeSet::new();
    for text in asked {
        let name = network.find(text).ok().map(|n| Arc::clone(&network.graph[n].name));
        let folded = fold(text);
        let own: Vec<Arc<str>> = known.iter().filter(|k| name.as_ref() == Some(**k) || fold(k) == folded).map(|k| Arc::clone(k)).collect();
        if own.is_empty() {
            let near: Vec<String> = known.iter().take(8).map(ToString::to_string).collect();
            return Err(Failure::nothing(match near.as_slice() {
                [] => format!("nobody is quoted here, `{text}` neither"),
                near => format!("nothing here is said by `{text}`; quoted are: {}", near.join(", ")),
            }));
        }
        voices.extend(own);
    }
    Ok(voices)
}

fn relations(network: &Network, asked: &[String]) -> Result<BTreeSet<String>, Failure> {
    asked
        .iter()
        .map(|name| {
            if network.relations.iter().any(|r| r.name == *name) {
                return Ok(name.clone());
            }
            let mut near: Vec<(f64, String)> =
                network.relations.iter().map(|r| (strsim::jaro_winkler(name, &r.name), r.name.clone())).collect();
            near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let near: Vec<String> = near.into_iter().take(3).map(|n| n.1).collect();
            Err(Failure::new(format_args!("no relation `{name}`; nearest: {}", near.join(", "))))
        })
        .collect()
}
