//! Where a command's result goes: to standard output, or whole into a file.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

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
    let mut name = file.file_name().ok_or_else(|| Failure::new(format_args!("{} is no file name", file.display())))?.to_owned();
    name.push(".part");
    let beside: PathBuf = file.with_file_name(name);
    let failed = |e: &std::io::Error| Failure::writing(file.display(), e);
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, file)).map_err(|e| {
        let _ = std::fs::remove_file(&beside);
        failed(&e)
    })
}
