//! `suzerain read`.

use std::path::PathBuf;

use super::exit::{Failure, Outcome};
use super::pipeline::{self, ReadArgs};
use crate::output;

/// Reads documents and prints their statements to standard output, as CSV or JSON lines.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain read article.txt > statements.csv
  cat article.txt | suzerain read - --jsonl | jq .relation")]
pub(super) struct Args {
    /// What to read: files, folders, globs, or - for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object a line instead of CSV
    #[arg(long)]
    jsonl: bool,
    #[command(flatten)]
    read: ReadArgs,
}

pub(super) fn run(args: Args) -> Outcome {
    let (engine, faults) = pipeline::engine(&args.read)?;
    let (documents, skipped) = pipeline::load(&args.paths, args.read.date)?;
    let reads = pipeline::read_all(&engine, documents, &args.read, &|_| ())?;
    let network = pipeline::network(&engine, &reads, args.read.background);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let failed = |e: std::io::Error| Failure::writing("to standard output", &e);
    if args.jsonl {
        use std::io::Write;
        for statement in reads.iter().flat_map(|r| &r.statements) {
            let line = serde_json::to_string(statement).map_err(Failure::new)?;
            writeln!(out, "{line}").map_err(failed)?;
        }
        out.flush().map_err(failed)?;
    } else {
        output::statements_csv::write(&network, output::Cells::default(), &mut out).map_err(failed)?;
        std::io::Write::flush(&mut out).map_err(failed)?;
    }
    Ok(pipeline::ending(&skipped, faults))
}
