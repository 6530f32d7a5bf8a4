//! The layers: each uses only those to its left, and the pure ones touch no file, clock, environment or terminal.

use std::fs;
use std::path::{Path, PathBuf};

const LAYERS: [&str; 8] = ["documents", "language", "actors", "relations", "network", "analysis", "output", "cli"];
const PURE: [&str; 5] = ["language", "actors", "relations", "network", "analysis"];
const IMPURE: [&str; 16] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::time",
    "SystemTime",
    "Instant::",
    "Zoned::now",
    "Timestamp::now",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "print!",
    "println!",
    "dbg!",
    "anstream::",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files of a folder, in name order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            out.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out
}

/// The lines of a file with their numbers, without comments and without the test module that closes it.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let body = text.find("\n#[cfg(test)]\nmod tests {").map_or(text.as_str(), |at| &text[..at]);
    body.lines()
        .enumerate()
        .map(|(i, l)| (i + 1, l.split("//").next().unwrap_or_default().to_owned()))
        .filter(|(_, l)| !l.trim().is_empty())
        .collect()
}

/// The modules that some code names after `crate::`, braces opened: `crate::{a, b::c}` names `a` and `b`.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            out.push(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0_usize, 0);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    out.push(word(&list[start..i]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    out.push(word(&list[start..i]));
                    start = i + 1;
                }
                _ => {}
            }
        }
    }
    out.retain(|m| !m.is_empty());
    out
}

#[test]
fn the_names_after_crate_are_found() {
    assert_eq!(named("use crate::actors::{Kind, Cast};"), ["actors"]);
    assert_eq!(named("use crate::{actors::{Kind, Cast}, network, relations::*};"), ["actors", "network", "relations"]);
    assert_eq!(named("let x: crate::cli::Exit = crate::output::f();"), ["cli", "output"]);
}

#[test]
fn every_folder_is_a_layer() {
    for entry in fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let known = if entry.path().is_dir() { LAYERS.contains(&name.as_str()) } else { matches!(name.as_str(), "lib.rs" | "main.rs") };
        assert!(known, "src/{name} is no layer; layers are {}", LAYERS.join(", "));
    }
}

#[test]
fn no_layer_uses_one_to_its_right() {
    let mut wrong = Vec::new();
    for (place, layer) in LAYERS.iter().enumerate() {
        let folder = root().join(layer);
        let all = files(&folder);
        assert!(!all.is_empty(), "src/{layer} is empty");
        for path in all {
            let lines = code(&path);
            let text: String = lines.iter().map(|(_, l)| format!("{l}\n")).collect();
            for module in named(&text) {
                let right = LAYERS.iter().position(|l| *l == module).is_some_and(|p| p > place);
                if right {
                    wrong.push(format!("{} uses crate::{module}, which lies to the right of {layer}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_layers_touch_no_file_clock_environment_or_terminal() {
    let mut wrong = Vec::new();
    for layer in PURE {
        for path in files(&root().join(layer)) {
            for (number, line) in code(&path) {
                for word in IMPURE {
                    if line.contains(word) {
                        wrong.push(format!("{}:{number}: {word}: {}", path.display(), line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_documents_and_cli_open_files() {
    let mut wrong = Vec::new();
    for layer in LAYERS.iter().filter(|l| !matches!(**l, "documents" | "cli")) {
        for path in files(&root().join(layer)) {
            wrong.extend(
                code(&path)
                    .into_iter()
                    .filter(|(_, l)| l.contains("std::fs") || l.contains("File::"))
                    .map(|(n, l)| format!("{}:{n}: {}", path.display(), l.trim())),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
