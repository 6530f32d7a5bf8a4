//! The seeds: catalogue, rules, word lists and samples, embedded in the binary or read from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/seeds");

/// The files that the product grows from, by path relative to `seeds/`, with `/` between folders.
#[derive(Debug, Clone)]
pub struct Seeds {
    files: BTreeMap<String, Cow<'static, str>>,
}

/// A folder of seeds that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {reason}")]
pub struct SeedsError {
    /// The file or folder.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Seeds {
    /// The seeds built into the program.
    #[must_use]
    pub fn embedded() -> Self {
        fn walk(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, str>>) {
            for file in dir.files() {
                if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                    files.insert(path.replace('\\', "/"), Cow::Borrowed(text));
                }
            }
            for inner in dir.dirs() {
                walk(inner, files);
            }
        }
        let mut files = BTreeMap::new();
        walk(&EMBEDDED, &mut files);
        Self { files }
    }

    /// The seeds of a folder on disk, in place of the embedded ones. Files that are not UTF-8 text (the model) are left out.
    ///
    /// # Errors
    /// When the folder, or a file in it, cannot be read, or it holds no `actors` and `relations`.
    pub fn from_dir(dir: &Path) -> Result<Self, SeedsError> {
        let wrong =
            |path: &Path, reason: &dyn std::fmt::Display| SeedsError { path: path.display().to_string(), reason: reason.to_string() };
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
            let entry = entry.map_err(|e| wrong(dir, &e))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let bytes = std::fs::read(entry.path()).map_err(|e| wrong(entry.path(), &e))?;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let relative = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            let name: Vec<String> = relative.iter().map(|p| p.to_string_lossy().into_owned()).collect();
            files.insert(name.join("/"), Cow::Owned(text));
        }
        let seeds = Self { files };
        for needed in ["actors/", "relations/", "lexicon/"] {
            if seeds.under(needed).next().is_none() {
                return Err(wrong(dir, &format_args!("it holds no {needed}; expected a folder like the project's seeds/")));
            }
        }
        Ok(seeds)
    }

    /// The text of one file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// Path and text of every file under a folder (`actors/`), in path order.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
        self.files.iter().filter(move |(path, _)| path.starts_with(folder)).map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// The entries of a word list: one a line, `#` comments and blank lines left out.
    pub fn words<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        lines(self.text(path).unwrap_or_default())
    }
}

/// The entries of a word list's text.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty())
}
