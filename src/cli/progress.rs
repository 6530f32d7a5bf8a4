//! A progress bar on stderr, only where it is a terminal and the work long.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The bar; nothing is drawn during the first half second.
#[derive(Debug)]
pub(super) struct Bar {
    label: &'static str,
    total: usize,
    done: AtomicUsize,
    start: Instant,
    drawn: Mutex<Option<Instant>>,
    shown: bool,
}

impl Bar {
    /// A bar of `total` units.
    pub(super) fn new(label: &'static str, total: usize) -> Self {
        Self {
            label,
            total,
            done: AtomicUsize::new(0),
            start: Instant::now(),
            drawn: Mutex::new(None),
            shown: std::io::stderr().is_terminal(),
        }
    }

    /// Some units are done; may be called from any thread.
    pub(super) fn add(&self, units: usize) {
        let done = self.done.fetch_add(units, Ordering::Relaxed) + units;
        if !self.shown || self.start.elapsed() < Duration::from_millis(500) {
            return;
        }
        let Ok(mut drawn) = self.drawn.try_lock() else { return };
        if drawn.is_some_and(|t| t.elapsed() < Duration::from_millis(100)) {
            return;
        }
        *drawn = Some(Instant::now());
        let share = done as f64 / self.total.max(1) as f64;
        let full = (share * 30.0) as usize;
        let _ = write!(
            std::io::stderr(),
            "\r{} [{}{}] {:3.0} %",
            self.label,
            "#".repeat(full.min(30)),
            " ".repeat(30 - full.min(30)),
            share * 100.0
        );
    }

    /// Clears the line.
    pub(super) fn finish(&self) {
        if self.shown && self.drawn.lock().is_ok_and(|d| d.is_some()) {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(60));
        }
    }
}
