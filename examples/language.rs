//! Trains and measures the language model: `language train TRAIN DEV -o FILE`, `language evaluate FILE`.

use clap::Parser;
use suzerain::cli::language::{EvaluateArgs, TrainArgs, run_evaluate, run_train};

#[derive(Parser)]
enum Command {
    Train(TrainArgs),
    Evaluate(EvaluateArgs),
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match Command::parse() {
        Command::Train(args) => run_train(&args, &mut std::io::stderr())?,
        Command::Evaluate(args) => run_evaluate(&args, &mut std::io::stdout())?,
    }
    Ok(())
}
