//! The command line: one file per command, each with its arguments, its help and a `run`.

mod actors;
mod balance;
mod contested;
mod diff;
mod draw;
mod exit;
mod explain;
mod export;
pub mod language;
mod list;
mod load;
mod map;
mod page;
mod path;
mod pipeline;
mod progress;
mod rank;
mod read;
mod report;
mod save;
mod score;
mod select;
mod show;
mod why;
mod why_not;

use clap::{Parser, Subcommand};

pub use exit::{Exit, Failure};

/// Reads political documents and draws who sways whom: actors, signed and dated relations, cited to the character.
#[derive(Debug, Parser)]
#[command(name = "suzerain", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Map(map::Args),
    Read(read::Args),
    Actors(actors::Args),
    Path(path::Args),
    Rank(rank::Args),
    Show(show::Args),
    Why(why::Args),
    WhyNot(why_not::Args),
    Balance(balance::Args),
    Diff(diff::Args),
    Contested(contested::Args),
    Draw(draw::Args),
    Export(export::Args),
    Report(report::Args),
    List(list::Args),
    Explain(explain::Args),
    Score(score::Args),
    Language(language::Args),
}

/// Runs the command line of the process; the exit code says how it went (see [`Exit`]).
#[must_use]
pub fn main() -> std::process::ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Failed.into() } else { Exit::Done.into() };
        }
    };
    let result = match cli.command {
        Command::Map(args) => map::run(args),
        Command::Read(args) => read::run(args),
        Command::Actors(args) => actors::run(args),
        Command::Path(args) => path::run(args),
        Command::Rank(args) => rank::run(args),
        Command::Show(args) => show::run(args),
        Command::Why(args) => why::run(args),
        Command::WhyNot(args) => why_not::run(args),
        Command::Balance(args) => balance::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Contested(args) => contested::run(args),
        Command::Draw(args) => draw::run(args),
        Command::Export(args) => export::run(args),
        Command::Report(args) => report::run(args),
        Command::List(args) => list::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Score(args) => score::run(args),
        Command::Language(args) => language::run(args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(),
    }
}
