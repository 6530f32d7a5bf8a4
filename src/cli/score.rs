//! `suzerain score`.

use std::io::Write;

use super::exit::{Exit, Failure, Outcome};
use super::pipeline::{self, ReadArgs};
use crate::relations::examples;

/// Measures the reading: the relation files' own examples, or annotated reference texts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain score --examples --relations my-relations/")]
pub(super) struct Args {
    /// Check the examples of the relation files
    #[arg(long)]
    examples: bool,
    #[command(flatten)]
    read: ReadArgs,
}

pub(super) fn run(args: Args) -> Outcome {
    let (engine, _) = pipeline::engine(&args.read)?;
    let mut out = std::io::stdout().lock();
    let failed = |e: std::io::Error| Failure::writing("to standard output", &e);
    let checked = examples::check(&engine);
    for b in &checked.broken {
        writeln!(out, "{}: {}\n    {}", b.relation, b.text, b.problem).map_err(failed)?;
    }
    writeln!(out, "{} of {} examples hold", checked.matches + checked.misses - checked.broken.len(), checked.matches + checked.misses).map_err(failed)?;
    Ok(if checked.broken.is_empty() { Exit::Done } else { Exit::Partial })
}
