//! Reads documents: files, folders, globs, standard input, JSONL.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::{Document, PartialDate};

/// Largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 1 << 30;

/// Why an input was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No such file.
    Missing,
    /// It cannot be opened or read, and why.
    Unreadable(String),
    /// It holds nothing but white space.
    Empty,
    /// It is no text.
    Binary,
    /// Its ending is none that is read (in a folder: listed, no fault).
    Unsupported,
    /// A folder or pattern without a document.
    NoDocuments,
    /// A line of a JSONL file that is no record, and why.
    BadRecord(String),
    /// A second document of the same id.
    Duplicate,
    /// A file too large.
    TooLarge,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "no such file or folder"),
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::Empty => write!(f, "is empty"),
            Self::Binary => write!(f, "is not text (expected .txt, .md or .jsonl)"),
            Self::Unsupported => write!(f, "is of a type that is not read (expected .txt, .md or .jsonl)"),
            Self::NoDocuments => write!(f, "holds no .txt, .md or .jsonl document"),
            Self::BadRecord(why) => write!(f, "is no record: {why}; expected {{\"id\": …, \"text\": …}} with optional title, date, source"),
            Self::Duplicate => write!(f, "has the id of an earlier document and is left out"),
            Self::TooLarge => write!(f, "is larger than {} MiB", LARGEST >> 20),
        }
    }
}

/// An input that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The path (for a JSONL record with its line, 1-based).
    pub path: String,
    /// Why.
    pub reason: Reason,
}

impl Skipped {
    /// Whether it counts as a fault of the run (unsupported files found in a folder do not).
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.reason != Reason::Unsupported
    }
}

/// What was read and what was not.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The documents, in id order.
    pub documents: Vec<Document>,
    /// The rest, in the order met.
    pub skipped: Vec<Skipped>,
}

/// Reads everything under some paths; `-` is standard input, `*`, `?` and `[` make a glob, a folder is walked
/// recursively in name order (hidden files left out). `date` is given to documents that have none.
#[must_use]
pub fn load(paths: &[PathBuf], date: Option<PartialDate>) -> Loaded {
    let mut loaded = Loaded::default();
    let mut raw: Vec<(String, Found)> = Vec::new();
    for path in paths {
        let shown = path.display().to_string();
        if shown == "-" {
            let mut bytes = Vec::new();
            match std::io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => raw.push(("-".to_owned(), Found::Bytes(bytes))),
                Err(e) => loaded.skipped.push(Skipped { path: shown, reason: Reason::Unreadable(e.to_string()) }),
            }
        } else if path.is_dir() {
            folder(path, &mut raw, &mut loaded.skipped);
        } else if path.exists() {
            let id = path.file_name().map_or_else(|| shown.clone(), |n| n.to_string_lossy().into_owned());
            raw.push((unique(id, &shown, &raw), Found::File(path.clone())));
        } else if shown.contains(['*', '?', '[']) {
            match glob::glob(&shown) {
                Ok(found) => {
                    let before = raw.len() + loaded.skipped.len();
                    for entry in found {
                        match entry {
                            Ok(p) if p.is_dir() => folder(&p, &mut raw, &mut loaded.skipped),
                            Ok(p) => {
                                let id = p.file_name().map_or_else(|| p.display().to_string(), |n| n.to_string_lossy().into_owned());
                                raw.push((unique(id, &p.display().to_string(), &raw), Found::File(p)));
                            }
                            Err(e) => loaded
                                .skipped
                                .push(Skipped { path: e.path().display().to_string(), reason: Reason::Unreadable(e.error().to_string()) }),
                        }
                    }
                    if raw.len() + loaded.skipped.len() == before {
                        loaded.skipped.push(Skipped { path: shown, reason: Reason::NoDocuments });
                    }
                }
                Err(e) => loaded.skipped.push(Skipped { path: shown, reason: Reason::Unreadable(e.to_string()) }),
            }
        } else {
            loaded.skipped.push(Skipped { path: shown, reason: Reason::Missing });
        }
    }
    for (id, found) in raw {
        let (shown, bytes) = match found {
            Found::Bytes(bytes) => (id.clone(), Ok(bytes)),
            Found::File(path) => {
                let size = std::fs::metadata(&path).map(|m| m.len()).unwrap_or(0);
                let shown = path.display().to_string();
                if size > LARGEST {
                    loaded.skipped.push(Skipped { path: shown, reason: Reason::TooLarge });
                    continue;
                }
                (shown, std::fs::read(&path))
            }
        };
        match bytes {
            Ok(bytes) => decode_into(&id, &shown, &bytes, &mut loaded),
            Err(e) => loaded.skipped.push(Skipped { path: shown, reason: Reason::Unreadable(e.to_string()) }),
        }
    }
    loaded.documents.sort_by(|a, b| a.id.cmp(&b.id));
    let mut seen: BTreeSet<Arc<str>> = BTreeSet::new();
    let skipped = &mut loaded.skipped;
    loaded.documents.retain(|d| {
        let new = seen.insert(Arc::clone(&d.id));
        if !new {
            skipped.push(Skipped { path: d.id.to_string(), reason: Reason::Duplicate });
        }
        new
    });
    for document in &mut loaded.documents {
        document.date = document.date.or(date);
    }
    loaded
}

enum Found {
    File(PathBuf),
    Bytes(Vec<u8>),
}

/// The file's name, or its whole path where the name is taken.
fn unique(id: String, path: &str, taken: &[(String, Found)]) -> String {
    if taken.iter().any(|(other, _)| *other == id) { path.to_owned() } else { id }
}

fn folder(root: &Path, raw: &mut Vec<(String, Found)>, skipped: &mut Vec<Skipped>) {
    let before = raw.len();
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = entry.into_path();
                if !matches!(ending(&path).as_str(), "txt" | "md" | "markdown" | "text" | "jsonl" | "ndjson") {
                    skipped.push(Skipped { path: path.display().to_string(), reason: Reason::Unsupported });
                    continue;
                }
                let relative = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<String> = relative.iter().map(|p| p.to_string_lossy().into_owned()).collect();
                let mut id = parts.join("/");
                if raw.iter().any(|(other, _)| *other == id) {
                    id = path.display().to_string();
                }
                raw.push((id, Found::File(path)));
            }
            Err(e) => skipped.push(Skipped {
                path: e.path().map_or_else(|| root.display().to_string(), |p| p.display().to_string()),
                reason: Reason::Unreadable(e.io_error().map_or_else(|| e.to_string(), ToString::to_string)),
            }),
        }
    }
    if raw.len() == before {
        skipped.push(Skipped { path: root.display().to_string(), reason: Reason::NoDocuments });
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

#[derive(Deserialize)]
struct Record {
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    source: Option<String>,
}

fn decode_into(id: &str, shown: &str, bytes: &[u8], loaded: &mut Loaded) {
    let skip = |loaded: &mut Loaded, path: String, reason| loaded.skipped.push(Skipped { path, reason });
    let Some(text) = decode(bytes) else { return skip(loaded, shown.to_owned(), Reason::Binary) };
    if text.trim().is_empty() {
        return skip(loaded, shown.to_owned(), Reason::Empty);
    }
    let jsonl = matches!(ending(Path::new(shown)).as_str(), "jsonl" | "ndjson") || (shown == "-" && is_jsonl(&text));
    if !jsonl {
        loaded.documents.push(Document::new(id, text));
        return;
    }
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = format!("{shown}:{}", number + 1);
        let record: Record = match serde_json::from_str(line) {
            Ok(record) => record,
            Err(e) => {
                let why = e.to_string();
                let why = why.split(" at line ").next().unwrap_or_default();
                skip(loaded, place, Reason::BadRecord(format!("{why} (column {})", e.column())));
                continue;
            }
        };
        let id = match &record.id {
            serde_json::Value::String(s) => s.clone(),
            other => other.to_string(),
        };
        if record.text.trim().is_empty() {
            skip(loaded, place, Reason::Empty);
            continue;
        }
        let mut document = Document::new(&id, record.text);
        if let Some(title) = record.title {
            document.title = Some(title.into());
        }
        if let Some(given) = record.date.filter(|d| !d.is_empty()) {
            match given.split('T').next().unwrap_or_default().parse::<PartialDate>() {
                Ok(date) => document.date = Some(date),
                Err(e) => match super::head::first_date(&given) {
                    Some((date, _)) => document.date = Some(date),
                    None => skip(loaded, place, Reason::BadRecord(e.to_string())),
                },
            }
        }
        document.publisher = record.source.map(Into::into);
        loaded.documents.push(document);
    }
}

/// Whether standard input looks like JSONL: its first line is a JSON object.
fn is_jsonl(text: &str) -> bool {
    text.lines().next().is_some_and(|l| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(l).is_ok())
}

/// The text of some bytes, or `None` where they are no text: by byte order mark, else UTF-8, else UTF-16 by its zero
/// bytes, else what the detector of Firefox (`chardetng`) takes it for (Windows-1252 in most western texts).
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    let text = if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        let head = &bytes[..bytes.len().min(4096)];
        let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 4 > head.len();
        let encoding = if zeros(1) {
            encoding_rs::UTF_16LE
        } else if zeros(0) {
            encoding_rs::UTF_16BE
        } else {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        };
        let (text, _, wrong) = encoding.decode(bytes);
        if wrong && text.matches('\u{fffd}').count() * 50 > text.chars().count() {
            return None;
        }
        text.into_owned()
    };
    let control = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')).count();
    let zero = text.contains('\0');
    (!zero && control * 50 <= text.chars().count()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_each_encoding() {
        let text = "Erdoğan – “Ankara” agreed.";
        assert_eq!(decode(text.as_bytes()).as_deref(), Some(text));
        let with_mark: Vec<u8> = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(decode(&with_mark).as_deref(), Some(text));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&[vec![0xFF, 0xFE], wide.clone()].concat()).as_deref(), Some(text));
        assert_eq!(decode(b"Caf\xE9 society \x96 \x93quoted\x94 in Paris").as_deref(), Some("Café society – “quoted” in Paris"));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\xff\xfe\xfd\x00\x01\x02\x03"), None);
    }
}
