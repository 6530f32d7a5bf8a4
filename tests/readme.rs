//! The README's examples: every command in a `console` block runs and answers. `SUZERAIN_README=write` puts the answers in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OPEN: &str = "```console\n$ ";

/// Runs a command line of the README beside a copy of `graphs/`.
fn answer(folder: &Path, line: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_suzerain"));
    let path = std::env::join_paths([binary.parent().unwrap().to_path_buf(), PathBuf::from("/usr/bin"), PathBuf::from("/bin")]).unwrap();
    let output = Command::new("sh").args(["-c", line]).current_dir(folder).env_clear().env("PATH", path).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{line}` ends with {}: {err}", output.status);
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(!out.trim().is_empty(), "`{line}` says nothing");
    assert!(!out.contains("```"), "`{line}` breaks out of its block");
    out
}

#[cfg(unix)]
#[test]
fn every_example_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("graphs")).unwrap();
    fs::copy(root.join("graphs/network.json"), folder.path().join("graphs/network.json")).unwrap();
    let text = fs::read_to_string(root.join("README.md")).unwrap();
    let (mut out, mut rest) = (String::new(), text.as_str());
    let mut count = 0;
    while let Some(at) = rest.find(OPEN) {
        let (line, after) = rest[at + OPEN.len()..].split_once('\n').unwrap();
        let close = if after.starts_with("```") { 0 } else { after.find("\n```").expect("a block ends") + 1 };
        let shown = answer(folder.path(), line);
        let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
        out.push_str(&rest[..at + OPEN.len()]);
        out.push_str(&format!("{line}\n{}\n", lines.join("\n").trim_end()));
        rest = &after[close..];
        count += 1;
    }
    out.push_str(rest);
    assert!(count >= 8, "only {count} examples");
    if std::env::var_os("SUZERAIN_README").is_some_and(|v| v == "write") {
        fs::write(root.join("README.md"), out).unwrap();
    }
}
