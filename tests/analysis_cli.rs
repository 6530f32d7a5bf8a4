//! The query commands with the real binary, in a fresh directory, on a small network.

use std::path::Path;
use std::process::{Command, Output};

use suzerain::actors::ActorKind;
use suzerain::network::{Actor, Builder, Network, Source};
use suzerain::relations::{Influence, Modality, Polarity, Relation, Statement, Status};

fn relation(name: &str, sign: i8, influence: Influence, symmetric: bool) -> Relation {
    Relation { name: name.into(), meaning: format!("{name}, for a test"), symmetric, sign, influence, weight: 0.9 }
}

struct Said<'a>(&'a str, &'a str, &'a str);

impl Said<'_> {
    fn by(&self, document: &str, confidence: f64) -> Statement {
        let sentence = format!("{} {} {}, as the report of that day has it.", self.0, self.1, self.2);
        Statement {
            document: document.into(),
            begin: 10,
            stop: 10 + sentence.chars().count(),
            source: self.0.into(),
            source_begin: 10,
            source_stop: 11,
            relation: self.1.into(),
            target: self.2.into(),
            target_begin: 12,
            target_stop: 13,
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            status: Status::Unstated,
            attribution: None,
            start: None,
            end: None,
            quantity: None,
            rule: "test/rule".into(),
            confidence,
            sentence: sentence.into(),
        }
    }
}

fn network() -> Network {
    use Influence::{Both, Fwd, Rev};
    let mut b = Builder::new(vec![
        relation("arms", 1, Fwd, false),
        relation("attacks", -1, Fwd, false),
        relation("allied_with", 1, Both, true),
        relation("depends_on", 0, Rev, false),
        relation("protects", 1, Fwd, false),
        relation("leads", 0, Fwd, false),
    ]);
    for name in ["Armenia", "Azerbaijan", "Israel", "Russia", "Turkey"] {
        let mut actor = Actor::new(name, ActorKind::State);
        actor.mentions = 3;
        b.actor(actor);
    }
    let mut putin = Actor::new("Vladimir Putin", ActorKind::Leader);
    putin.home = Some("Russia".into());
    b.actor(putin);
    for (id, date) in [("one.txt", "2020-11"), ("two.txt", "2023")] {
        b.document(Source { id: id.into(), title: None, date: date.parse().ok(), publisher: None, words: 9, sentences: 3 });
    }
    let mut denied = Said("Russia", "protects", "Armenia").by("two.txt", 0.8);
    denied.polarity = Polarity::Denied;
    denied.attribution = Some("Armenia".into());
    let mut early = Said("Russia", "arms", "Azerbaijan").by("one.txt", 0.5);
    early.start = "2010".parse().ok();
    early.end = "2012".parse().ok();
    for s in [
        Said("Israel", "arms", "Azerbaijan").by("one.txt", 0.9),
        Said("Azerbaijan", "attacks", "Armenia").by("one.txt", 0.9),
        Said("Azerbaijan", "attacks", "Armenia").by("two.txt", 0.6),
        Said("Turkey", "allied_with", "Azerbaijan").by("two.txt", 0.7),
        Said("Armenia", "depends_on", "Russia").by("two.txt", 0.8),
        Said("Russia", "protects", "Armenia").by("one.txt", 0.7),
        Said("Vladimir Putin", "leads", "Russia").by("one.txt", 0.9),
        denied,
        early,
    ] {
        assert!(b.statement(s));
    }
    b.build()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("suzerain-map")).expect("a folder");
    std::fs::write(folder.path().join("suzerain-map/network.json"), network().to_json()).expect("a file");
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_suzerain")).args(args).current_dir(folder).env_clear().output().expect("the binary runs")
}

/// Runs, expects an exit code, and gives standard output, whose lines must fit 80 columns and hold no escape codes.
#[track_caller]
fn says(folder: &Path, args: &[&str], code: i32) -> String {
    let output = run(folder, args);
    let (out, err) = (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned());
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{out}\n{err}");
    if !args.contains(&"--json") {
        for line in out.lines() {
            assert!(line.chars().count() <= 80, "{args:?}: {line}");
        }
    }
    assert!(!out.contains('\u{1b}'), "{args:?}");
    if code != 0 { err } else { out }
}

#[test]
fn path_cites_every_hop() {
    let folder = folder();
    let out = says(folder.path(), &["path", "israel", "Armenia"], 0);
    assert!(out.contains("Israel → Azerbaijan → Armenia"), "{out}");
    assert!(out.contains("arrives as harm"), "{out}");
    assert!(out.contains("“Israel arms Azerbaijan, as the report of that day has it.”"), "{out}");
    assert!(out.contains("one.txt:10, 2020-11, in the text's own voice"), "{out}");
    assert!(out.contains("Weakest support: hop 1"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&says(folder.path(), &["path", "Israel", "Armenia", "--json"], 0)).expect("JSON");
    assert_eq!(json["paths"][0]["hops"][1]["relation"], "attacks");
    assert_eq!(json["paths"][0]["sign"], -1);
    let out = says(folder.path(), &["path", "Russia", "Armenia", "-k", "3"], 0);
    assert!(
        out.contains("Russia sways Armenia: Armenia depends_on Russia") || out.contains("Russia sways Armenia: Russia protects"),
        "{out}"
    );
    let out = says(folder.path(), &["path", "Russia", "Armenia", "--via", "Azerbaijan", "--sign", "-"], 0);
    assert!(out.contains("Russia → Azerbaijan → Armenia"), "{out}");
    assert!(says(folder.path(), &["path", "Israel", "Armenia", "--cut"], 0).contains("passes Azerbaijan"));
    assert!(
        says(folder.path(), &["path", "Turkey", "Armenia", "--all", "--hops", "4", "--in-time"], 0)
            .contains("Turkey → Azerbaijan → Armenia")
    );
}

#[test]
fn what_counts_can_be_chosen() {
    let folder = folder();
    says(folder.path(), &["path", "Russia", "Armenia", "--as-of", "2015", "--via", "Azerbaijan"], 1);
    says(folder.path(), &["path", "Russia", "Armenia", "--except", "protects,depends_on,arms"], 1);
    let err = says(folder.path(), &["path", "Armenia", "Israel"], 1);
    assert!(err.contains("there is one back"), "{err}");
    let err = says(folder.path(), &["show", "Azerbajan"], 1);
    assert!(err.contains("nearest: Azerbaijan"), "{err}");
    says(folder.path(), &["rank", "--documents", "nowhere.txt"], 1);
    says(folder.path(), &["rank", "--only", "armz"], 2);
    says(folder.path(), &["rank", "--by", "importance"], 2);
    says(folder.path(), &["path", "Israel", "ISRAEL"], 2);
    assert!(says(folder.path(), &["why", "Russia", "Armenia", "--according-to", "Armenia"], 0).contains("denied"));
    let collapsed = says(folder.path(), &["rank", "--collapse", "--json"], 0);
    assert!(!collapsed.contains("Vladimir Putin"), "{collapsed}");
}

#[test]
fn rank_show_why() {
    let folder = folder();
    let out = says(folder.path(), &["rank", "--by", "betweenness,sway", "--robust"], 0);
    assert!(out.lines().nth(1).is_some_and(|l| l.contains("Azerbaijan")), "{out}");
    assert!(says(folder.path(), &["rank", "--roles", "kinds"], 0).contains("Azerbaijan"));
    let out = says(folder.path(), &["show", "Azerbaijan"], 0);
    assert!(out.contains("attacks Armenia") && out.contains("rank 1"), "{out}");
    assert!(says(folder.path(), &["show", "Azerbaijan", "--without-it"], 0).contains("falls into"));
    let out = says(folder.path(), &["why", "Armenia", "Russia"], 0);
    assert!(out.contains("Armenia → depends_on → Russia") && out.contains("denied"), "{out}");
    says(folder.path(), &["why", "Israel", "Turkey"], 1);
}

#[test]
fn balance_contested_diff() {
    let folder = folder();
    let out = says(folder.path(), &["balance"], 0);
    assert!(out.contains("Camp 1") && out.contains("proven least"), "{out}");
    let out = says(folder.path(), &["balance", "--alliances"], 0);
    assert!(out.contains("Armenia and Russia") && out.contains("denied or ended"), "{out}");
    let out = says(folder.path(), &["contested"], 0);
    assert!(out.contains("Russia protects Armenia: asserted and denied"), "{out}");
    says(folder.path(), &["contested", "--actor", "Israel"], 1);
    let out = says(folder.path(), &["diff", "--dates", "2011", "2020"], 0);
    assert!(out.contains("Gone") && out.contains("Russia arms Azerbaijan"), "{out}");
    says(folder.path(), &["diff", "suzerain-map/network.json", "suzerain-map/network.json"], 1);
    says(folder.path(), &["diff"], 2);
}

#[test]
fn somebody_elses_network() {
    let folder = folder();
    std::fs::write(folder.path().join("list.csv"), "source,target,weight\nA,B,3\nB,C,1\n").expect("a file");
    let out = says(folder.path(), &["path", "A", "C", "-g", "list.csv"], 0);
    assert!(out.contains("A → B → C"), "{out}");
    assert!(says(folder.path(), &["rank", "-g", "list.csv", "--by", "pagerank"], 0).contains("C"));
    assert!(says(folder.path(), &["why", "A", "B", "-g", "list.csv"], 0).contains("imported edge"));
    std::fs::write(folder.path().join("bad.csv"), "source,target,weight\nA,B,x\n").expect("a file");
    assert!(says(folder.path(), &["rank", "-g", "bad.csv"], 2).contains("line 2, column `weight`"));
    std::fs::write(
        folder.path().join("net.graphml"),
        "<graphml><graph edgedefault='directed'><node id='A'/><node id='B'/><edge source='A' target='B'/></graph></graphml>",
    )
    .expect("a file");
    assert!(says(folder.path(), &["path", "A", "B", "-g", "net.graphml"], 0).contains("A → B"));
    says(folder.path(), &["rank", "-g", "missing.json"], 2);
}
