//! `suzerain language`: measures the language model.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use super::exit::{Exit, Failure, Outcome};

use crate::language::conllu::Treebank;
use crate::language::evaluate::{annotate_all, bare, compare};
use crate::language::raw::{compare_raw, raw_text};
use crate::language::{Model, sentences};

/// Measures a model on a treebank.
#[derive(Debug, clap::Args)]
pub struct EvaluateArgs {
    /// The treebank, CoNLL-U
    pub treebank: PathBuf,
    /// A model file instead of the one in the binary
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Start from the raw text, cut into sentences and words here
    #[arg(long)]
    pub raw: bool,
}

/// What can go wrong: the file and the reason.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct LanguageError {
    path: String,
    reason: String,
}

fn wrong(path: &std::path::Path, reason: impl ToString) -> LanguageError {
    LanguageError { path: path.display().to_string(), reason: reason.to_string() }
}

fn treebank(path: &std::path::Path) -> Result<Treebank, LanguageError> {
    let text = std::fs::read_to_string(path).map_err(|error| wrong(path, error))?;
    Treebank::parse(&text).map_err(|error| wrong(path, error))
}

/// Runs `suzerain language evaluate`: a line `NAME VALUE` for each figure.
///
/// # Errors
/// When the treebank or the model cannot be read, or writing fails.
pub fn run_evaluate(args: &EvaluateArgs, out: &mut dyn Write) -> Result<(), LanguageError> {
    let bank = treebank(&args.treebank)?;
    let own;
    let model = match &args.model {
        None => Model::embedded(),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| wrong(path, error))?;
            own = Model::from_bytes(bytes.leak()).map_err(|error| wrong(path, error))?;
            &own
        }
    };
    let measured = if args.raw { measure_raw(model, &bank, out) } else { measure(model, &bank, out) };
    measured.map_err(|error| wrong(&args.treebank, error))
}

fn measure(model: &Model, bank: &Treebank, out: &mut dyn Write) -> std::io::Result<()> {
    let mut sentences = bare(bank);
    annotate_all(model, &bank.text, &mut sentences);
    let start = Instant::now();
    annotate_all(model, &bank.text, &mut sentences);
    let speed = bank.words() as f64 / start.elapsed().as_secs_f64();
    let figures = compare(bank, &sentences);
    writeln!(out, "UPOS {:.2}", figures.upos)?;
    writeln!(out, "FEATS {:.2}", figures.feats)?;
    writeln!(out, "LEMMA {:.2}", figures.lemma)?;
    writeln!(out, "UAS {:.2}", figures.uas)?;
    writeln!(out, "LAS {:.2}", figures.las)?;
    writeln!(out, "LAS_SUBTYPES {:.2}", figures.las_subtypes)?;
    writeln!(out, "TOKENS_PER_SECOND {speed:.0}")
}

fn measure_raw(model: &Model, bank: &Treebank, out: &mut dyn Write) -> std::io::Result<()> {
    let (text, blocks) = raw_text(bank);
    let mut read = sentences(&text, &blocks);
    annotate_all(model, &text, &mut read);
    let start = Instant::now();
    let mut read = sentences(&text, &blocks);
    annotate_all(model, &text, &mut read);
    let words: usize = read.iter().map(|sentence| sentence.tokens.len()).sum();
    let speed = words as f64 / start.elapsed().as_secs_f64();
    let figures = compare_raw(bank, &text, &read);
    writeln!(out, "TOKENS {:.2}", figures.tokens)?;
    writeln!(out, "SENTENCES {:.2}", figures.sentences)?;
    writeln!(out, "WORDS {:.2}", figures.words)?;
    writeln!(out, "UPOS {:.2}", figures.upos)?;
    writeln!(out, "LEMMA {:.2}", figures.lemma)?;
    writeln!(out, "UAS {:.2}", figures.uas)?;
    writeln!(out, "LAS {:.2}", figures.las)?;
    writeln!(out, "TOKENS_PER_SECOND {speed:.0}")
}

/// Measures the language model (tags, lemmas, trees) on a treebank; the example `train_neural` trains it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  suzerain language evaluate test.conllu\n  suzerain language evaluate --raw test.conllu")]
pub(super) struct Args {
    #[command(subcommand)]
    command: LanguageCommand,
}

#[derive(Debug, clap::Subcommand)]
enum LanguageCommand {
    Evaluate(EvaluateArgs),
}

pub(super) fn run(args: Args) -> Outcome {
    match args.command {
        LanguageCommand::Evaluate(args) => run_evaluate(&args, &mut std::io::stdout()),
    }
    .map(|()| Exit::Done)
    .map_err(Failure::new)
}
