//! Event data as political scientists use it: one row per event statement with ISO and Correlates of War codes, PLOVER
//! root, CAMEO code and Goldstein value; and a panel of dyads by month.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::LazyLock;

use super::statements_csv::in_order;
use super::table::{Cell, Cells, Table};
use crate::documents::PartialDate;
use crate::network::{Actor, Network};
use crate::relations::{Modality, Polarity, Statement};

/// The mapping, as `seeds/lexicon/events.csv` has it; `events.md` beside it names the sources.
const MAPPING: &str = include_str!("../../seeds/lexicon/events.csv");

/// Codes of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes {
    /// PLOVER root (`ASSAULT`).
    pub plover: String,
    /// CAMEO code (`190`).
    pub cameo: String,
    /// Goldstein value, −10 to +10.
    pub goldstein: f64,
}

static CODES: LazyLock<BTreeMap<String, Codes>> = LazyLock::new(|| {
    MAPPING
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let (relation, plover, cameo, goldstein) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
            let codes = Codes { plover: plover.to_owned(), cameo: cameo.to_owned(), goldstein: goldstein.parse().ok()? };
            Some((relation.to_owned(), codes))
        })
        .collect()
});

/// The codes of a relation; none for one that is no event.
#[must_use]
pub fn codes(relation: &str) -> Option<&'static Codes> {
    CODES.get(relation)
}

/// An actor's code: its own, else that of the state it belongs to by the catalogue.
fn code(network: &Network, actor: &Actor, system: &str) -> Cell {
    let home = || actor.home.as_deref().and_then(|h| network.node(h)).and_then(|n| network.graph[n].codes.get(system));
    actor.codes.get(system).or_else(home).map(String::as_str).into()
}

fn date_of(network: &Network, statement: &Statement) -> Option<PartialDate> {
    statement.start.or(statement.end).or_else(|| network.documents.iter().find(|d| d.id == statement.document).and_then(|d| d.date))
}

/// One row per statement of an event relation, in order of date, then of document and place. `goldstein` is empty where the
/// event is denied or not told as fact. Undated events come last.
#[must_use]
pub fn events(network: &Network) -> Table {
    let mut table = Table::new([
        "date",
        "source",
        "source_kind",
        "source_iso3",
        "source_cow",
        "target",
        "target_kind",
        "target_iso3",
        "target_cow",
        "relation",
        "plover",
        "cameo",
        "goldstein",
        "polarity",
        "modality",
        "attribution",
        "confidence",
        "document",
        "begin",
        "stop",
        "sentence",
    ]);
    let mut rows: Vec<(Option<PartialDate>, Vec<Cell>)> = Vec::new();
    for (_, s) in in_order(network) {
        let (Some(codes), Some(a), Some(b)) = (codes(&s.relation), network.node(&s.source), network.node(&s.target)) else { continue };
        let (source, target) = (&network.graph[a], &network.graph[b]);
        let date = date_of(network, s);
        let real = s.polarity == Polarity::Asserted && s.modality == Modality::Actual;
        let row = vec![
            date.map(|d| d.to_string()).into(),
            source.name.as_ref().into(),
            source.kind.as_str().into(),
            code(network, source, "iso3"),
            code(network, source, "cow"),
            target.name.as_ref().into(),
            target.kind.as_str().into(),
            code(network, target, "iso3"),
            code(network, target, "cow"),
            s.relation.as_ref().into(),
            codes.plover.as_str().into(),
            codes.cameo.as_str().into(),
            real.then_some(codes.goldstein).into(),
            s.polarity.as_str().into(),
            s.modality.as_str().into(),
            s.attribution.as_deref().into(),
            s.confidence.into(),
            s.document.as_ref().into(),
            s.begin.into(),
            s.stop.into(),
            s.sentence.as_ref().into(),
        ];
        rows.push((date, row));
    }
    rows.sort_by_key(|(date, _)| (date.is_none(), *date));
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table
}

#[derive(Default)]
struct Month {
    events: usize,
    cooperative: usize,
    conflictual: usize,
    goldstein: f64,
    least: f64,
    most: f64,
}

/// Directed dyads by month: counts and Goldstein values of the asserted events that are dated to the month or day (by the
/// text, else by their document). One row per dyad and month with an event.
#[must_use]
pub fn dyads(network: &Network) -> Table {
    let mut cells: BTreeMap<(String, String, String), Month> = BTreeMap::new();
    for (_, s) in in_order(network) {
        let (Some(codes), Some(date)) = (codes(&s.relation), date_of(network, s)) else { continue };
        let Some(month) = date.month() else { continue };
        if s.polarity != Polarity::Asserted || s.modality != Modality::Actual {
            continue;
        }
        let key = (format!("{:04}-{month:02}", date.year()), s.source.to_string(), s.target.to_string());
        let cell = cells.entry(key).or_insert_with(|| Month { least: f64::MAX, most: f64::MIN, ..Month::default() });
        cell.events += 1;
        cell.cooperative += usize::from(codes.goldstein > 0.0);
        cell.conflictual += usize::from(codes.goldstein < 0.0);
        cell.goldstein += codes.goldstein;
        cell.least = cell.least.min(codes.goldstein);
        cell.most = cell.most.max(codes.goldstein);
    }
    let mut table = Table::new([
        "month",
        "source",
        "source_iso3",
        "source_cow",
        "target",
        "target_iso3",
        "target_cow",
        "events",
        "cooperative",
        "conflictual",
        "goldstein_sum",
        "goldstein_mean",
        "goldstein_min",
        "goldstein_max",
    ]);
    for ((month, source, target), cell) in cells {
        let (Some(a), Some(b)) = (network.node(&source), network.node(&target)) else { continue };
        let (from, to) = (&network.graph[a], &network.graph[b]);
        table.rows.push(vec![
            month.into(),
            source.into(),
            code(network, from, "iso3"),
            code(network, from, "cow"),
            target.into(),
            code(network, to, "iso3"),
            code(network, to, "cow"),
            cell.events.into(),
            cell.cooperative.into(),
            cell.conflictual.into(),
            cell.goldstein.into(),
            (cell.goldstein / cell.events as f64).into(),
            cell.least.into(),
            cell.most.into(),
        ]);
    }
    table
}

/// Writes the event table.
///
/// # Errors
/// What the sink answers.
pub fn write_events(network: &Network, cells: Cells, sink: &mut dyn Write) -> io::Result<()> {
    events(network).write_csv(cells, sink)
}

/// Writes the panel.
///
/// # Errors
/// What the sink answers.
pub fn write_dyads(network: &Network, cells: Cells, sink: &mut dyn Write) -> io::Result<()> {
    dyads(network).write_csv(cells, sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_mapping_is_whole() {
        const ROOTS: [&str; 16] = [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ];
        assert_eq!(CODES.len(), MAPPING.lines().count() - 1, "no row twice, none broken");
        for (relation, codes) in CODES.iter() {
            assert!(ROOTS.contains(&codes.plover.as_str()), "{relation}");
            assert!(codes.cameo.len() == 3 && codes.cameo.bytes().all(|b| b.is_ascii_digit()), "{relation}");
            assert!((-10.0..=10.0).contains(&codes.goldstein), "{relation}");
        }
    }
}
