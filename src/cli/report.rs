//! `suzerain report`.

use std::path::PathBuf;

use super::exit::{Exit, Failure, Outcome};
use super::page;
use super::save::save;
use super::select::Ask;
use crate::output::{ActorTable, Format, MapExtras, PictureOptions, write};

/// A brief on the network: who matters and why, main relations, brokers, indirect influence, contested claims, timeline, weak
/// spots; every claim with the sentence it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain report > brief.md
  suzerain report -o brief.html --title \"The South Caucasus\"")]
pub(super) struct Args {
    /// The file to write; `.html` gives HTML with the picture [default: Markdown on standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// HTML whatever the file's name
    #[arg(long)]
    html: bool,
    /// The title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let is_html = |f: &PathBuf| f.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"));
    let format = if args.html || args.output.as_ref().is_some_and(is_html) { Format::ReportHtml } else { Format::Report };
    let network = args.ask.load_everything()?;
    let extras = MapExtras {
        actors: ActorTable::measured(&network),
        picture: PictureOptions { title: args.title, ..PictureOptions::default() },
        ..MapExtras::default()
    };
    let mut bytes = Vec::new();
    write(format, &network, &extras, &mut bytes).map_err(|e| Failure::writing("the report", &e))?;
    save(args.output.as_deref(), &bytes, false)?;
    if let Some(file) = &args.output {
        page::note(&format!("Wrote {}.", file.display()));
    }
    Ok(Exit::Done)
}
