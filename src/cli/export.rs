//! `suzerain export`.

use std::path::PathBuf;

use super::exit::{Exit, Failure, Outcome};
use super::page;
use super::save::save;
use super::select::Ask;
use crate::output::{ActorTable, Cells, Choice, Format, MapExtras, PictureOptions, write};

/// The network in another format, for another program.
///
/// The format is given by name or by the file's extension. Parallel edges stay apart in every format that can hold them.
/// Everything is exported, denied, planned and ended statements too, unless --firm or a choice below leaves it out.
#[derive(Debug, clap::Args)]
#[command(after_help = formats(), after_long_help = formats())]
pub(super) struct Args {
    /// The format, by name; needed unless the file's extension tells
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Tables with a byte-order mark and with cells that a spreadsheet cannot take for formulas
    #[arg(long)]
    spreadsheet: bool,
    /// Only what is asserted as fact and not over
    #[arg(long)]
    firm: bool,
    #[command(flatten)]
    ask: Ask,
}

/// The formats and examples, for the help.
fn formats() -> String {
    let mut text = String::from("Formats (name, extension):\n");
    for format in Format::ALL {
        text.push_str(&format!("  {:12} .{:16} {}\n", format.name(), format.extension(), format.about()));
    }
    text.push_str("\nExample:\n  suzerain export -o power.gexf\n  suzerain export --format events --spreadsheet > events.csv");
    text
}

/// The format asked for, by name or by file.
pub(super) fn format_of(name: Option<&str>, file: Option<&std::path::Path>) -> Result<Format, Failure> {
    let names = || Format::ALL.map(Format::name).join(", ");
    if let Some(name) = name {
        let by_extension = || Format::ALL.into_iter().find(|f| f.extension() == name);
        return Format::by_name(name)
            .or_else(by_extension)
            .ok_or_else(|| Failure::new(format_args!("no format `{name}`; formats are {}", names())));
    }
    match file {
        Some(file) => Format::by_file(&file.to_string_lossy()).ok_or_else(|| {
            Failure::new(format_args!("{}: the extension tells no format; name one with --format: {}", file.display(), names()))
        }),
        None => Err(Failure::new(format_args!("which format? name one with --format or a file with -o; formats are {}", names()))),
    }
}

pub(super) fn run(args: Args) -> Outcome {
    let format = format_of(args.format.as_deref(), args.output.as_deref())?;
    let network = if args.firm { args.ask.load()? } else { args.ask.load_everything()? };
    let extras = MapExtras {
        actors: if format.has_measures() { ActorTable::measured(&network) } else { ActorTable::default() },
        cells: if args.spreadsheet { Cells::Spreadsheet } else { Cells::Exact },
        picture: PictureOptions { choice: Choice::default(), ..PictureOptions::default() },
        ..MapExtras::default()
    };
    let mut bytes = Vec::new();
    write(format, &network, &extras, &mut bytes).map_err(|e| Failure::writing(format.name(), &e))?;
    save(args.output.as_deref(), &bytes, format.is_binary())?;
    if let Some(file) = &args.output {
        page::note(&format!("Wrote {}.", file.display()));
    }
    Ok(Exit::Done)
}
