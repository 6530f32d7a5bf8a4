//! `suzerain map`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::exit::{Failure, Outcome};
use super::pipeline::{self, ReadArgs, note};
use crate::documents::{self, Document};
use crate::network::Network;
use crate::output::{self, ActorTable, MapExtras};

/// Reads documents and writes their map: diagram, page, tables, report, network.json.
///
/// PATH is a file, a folder (read recursively), a glob or - for standard input; .txt, .md and .jsonl are read. Without
/// PATH the built-in samples are mapped into graphs/.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain map articles/ -o map/
  suzerain map 'news/*.txt' --date 2023 --actors mine.csv")]
pub(super) struct Args {
    /// What to read
    paths: Vec<PathBuf>,
    /// Where to write [default: suzerain-map, or graphs without PATH]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Draw only the strongest N actors in the pictures; 0 for all
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Write tables for spreadsheets: with a byte order mark, cells that look like formulas made harmless
    #[arg(long)]
    spreadsheet: bool,
    #[command(flatten)]
    read: ReadArgs,
}

pub(super) fn run(args: Args) -> Outcome {
    let start = Instant::now();
    let (engine, faults) = pipeline::engine(&args.read)?;
    let sample = args.paths.is_empty();
    let (documents, skipped) = if sample { (samples(&args.read)?, Vec::new()) } else { pipeline::load(&args.paths, args.read.date)? };
    let target = args.output.clone().unwrap_or_else(|| PathBuf::from(if sample { "graphs" } else { "suzerain-map" }));
    std::fs::create_dir_all(&target).map_err(|e| Failure::writing(target.display(), &e))?;
    let total: usize = documents.iter().map(|d| d.text.len()).sum();
    let bar = super::progress::Bar::new("reading", total);
    let reads = pipeline::read_all(&engine, documents, &args.read, &|bytes| bar.add(bytes))?;
    bar.finish();
    let network = pipeline::network(&engine, &reads, args.read.background);
    let extras = extras(&network, &skipped, &args);
    let mut written = 0;
    output::write_map(&network, &extras, &mut |name, bytes| {
        written += 1;
        replace(&target.join(name), bytes)
    })
    .map_err(|e| Failure::writing(target.display(), &e))?;
    let statements: usize = network.graph.edge_weights().map(|e| e.count).sum();
    note(format_args!(
        "{} documents, {} actors, {} edges from {statements} statements; {written} files in {} ({:.1} s)",
        network.documents.len(),
        network.graph.node_count(),
        network.graph.edge_count(),
        target.display(),
        start.elapsed().as_secs_f64()
    ));
    Ok(pipeline::ending(&skipped, faults))
}

/// The built-in sample documents.
pub(super) fn samples(args: &ReadArgs) -> Result<Vec<Document>, Failure> {
    let seeds = match &args.seeds {
        Some(dir) => crate::documents::Seeds::from_dir(dir).map_err(Failure::new)?,
        None => crate::documents::Seeds::embedded(),
    };
    let mut out: Vec<Document> = seeds
        .under("documents/")
        .filter(|(path, _)| path.ends_with(".txt") || path.ends_with(".md"))
        .map(|(path, text)| {
            let mut document = Document::new(path.trim_start_matches("documents/"), text.to_owned());
            document.date = document.date.or(args.date);
            document
        })
        .collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(out)
}

/// What analysis adds to the tables and the report.
fn extras(network: &Network, skipped: &[documents::Skipped], args: &Args) -> MapExtras {
    let mut extras = MapExtras {
        actors: ActorTable::measured(network),
        skipped: skipped.iter().map(|s| output::Skipped { path: s.path.clone(), reason: s.reason.to_string() }).collect(),
        ..MapExtras::default()
    };
    if args.spreadsheet {
        extras.cells = output::Cells::Spreadsheet;
    }
    extras.picture.choice.top = args.top;
    extras
}

/// Writes beside, then renames, so that a failed write leaves the old file whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let result = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.flush()
    });
    match result.and_then(|()| std::fs::rename(&beside, path)) {
        Ok(()) => Ok(()),
        Err(e) => {
            let _ = std::fs::remove_file(&beside);
            Err(e)
        }
    }
}
