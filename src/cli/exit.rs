//! Exit codes and the failures behind them.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done. Files of unsupported type in a folder are no fault. A reader that closes the pipe early is none either.
    Done,
    /// 1: done, but an input was empty, binary, unreadable or skipped, or a query found nothing.
    Partial,
    /// 2: wrong use, nothing readable, or writing failed.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::from(0),
            Exit::Partial => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// Why a command stopped: a message for the person at the terminal, with what it was about.
#[derive(Debug)]
pub struct Failure {
    message: String,
    exit: Exit,
    quiet: bool,
}

impl Failure {
    /// Wrong use, nothing readable, or writing failed (exit 2). The message repeats the value and names the accepted form.
    #[must_use]
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), exit: Exit::Failed, quiet: false }
    }

    /// A query that found nothing (exit 1).
    #[must_use]
    pub fn nothing(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), exit: Exit::Partial, quiet: false }
    }

    /// A failed write to `target`; a closed pipe ends quietly with 0.
    #[must_use]
    pub fn writing(target: impl fmt::Display, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { message: String::new(), exit: Exit::Done, quiet: true };
        }
        Self::new(format_args!("cannot write {target}: {error}"))
    }

    /// Says it on stderr and gives the exit code.
    #[must_use]
    pub fn report(self) -> ExitCode {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "suzerain: {}", self.message);
        }
        self.exit.into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::writing("to standard output", &error)
    }
}

/// What a command gives back.
pub(super) type Outcome = Result<Exit, Failure>;
