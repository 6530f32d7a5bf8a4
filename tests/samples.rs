//! `graphs/` is the map of the sample documents as this program draws it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const AGAIN: &str = "make it anew with `cargo run --release -- map`";

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}; {AGAIN}", folder.display()));
    entries.map(|e| e.unwrap().path()).map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap())).collect()
}

/// Where two texts part, for the message.
fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    for (number, pair) in old.lines().zip(new.lines()).enumerate() {
        if pair.0 != pair.1 {
            let cut = |text: &str| text.chars().take(200).collect::<String>();
            return format!("line {}:\n  there {}\n  now   {}", number + 1, cut(pair.0), cut(pair.1));
        }
    }
    format!("{} lines there, {} now", old.lines().count(), new.lines().count())
}

#[test]
fn the_map_of_the_samples_is_not_stale() {
    let away = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_suzerain")).arg("map").current_dir(away.path()).env_clear().output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let new = files(&away.path().join("graphs"));
    let old = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs"));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&old), names(&new), "graphs/ holds other files; {AGAIN}");
    for (name, bytes) in &new {
        assert!(old[name] == *bytes, "graphs/{name} is stale; {AGAIN}\n{}", first_difference(&old[name], bytes));
    }
}
