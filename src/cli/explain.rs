//! `suzerain explain`.

use super::exit::{Exit, Outcome};

/// (to come)
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: Args) -> Outcome {
    Ok(Exit::Done)
}
