//! The command line.

pub mod language;

/// Runs the command line of the process; the exit code says how it went.
#[must_use]
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
