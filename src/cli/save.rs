//! Where a command's result goes: to standard output, or whole into a file.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::exit::Failure;

/// Writes bytes to standard output, or to `file` by a file beside it that is then renamed, so that no half file is left.
pub(super) fn save(file: Option<&Path>, bytes: &[u8], binary: bool) -> Result<(), Failure> {
    let Some(file) = file.filter(|f| f.as_os_str() != "-") else {
        let mut out = std::io::stdout().lock();
        if binary && out.is_terminal() {
            return Err(Failure::new("this format is no text for a terminal; name a file with -o FILE or redirect the output"));
        }
        out.write_all(bytes)?;
        out.flush()?;
        return Ok(());
    };
    super::map::replace(file, bytes).map_err(|e| Failure::writing(file.display(), &e))
}
