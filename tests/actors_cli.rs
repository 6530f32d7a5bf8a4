//! `suzerain actors` and `--merge` in the real binary: what is doubtful is listed, edited and read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const A: &str = "The Kura Energy Council (KEC) accused Georgia of theft. Minister Zara Kalantar met President Aliyev of Azerbaijan in 2021. \
                 Kalantar criticised Iran. The KEC supports Armenia.\n";
const B: &str = "The Council for Kura Energy condemned Georgia. Minister Zarah Kalantar met Nikol Pashinyan. Ms Kalantar criticised Iran.\n\n\
                 Baku condemned Armenia.\n";

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let output =
        Command::new(env!("CARGO_BIN_EXE_suzerain")).args(args).current_dir(folder).env_clear().stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 on stdout and stderr");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Ran {
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

type Row = BTreeMap<String, String>;

fn rows(csv: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    reader.records().map(|r| header.iter().map(str::to_owned).zip(r.unwrap().iter().map(str::to_owned)).collect()).collect()
}

/// Writes rows as a person's spreadsheet program would, columns in the order of the alphabet.
fn put_rows(path: &Path, rows: &[Row]) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(rows[0].keys()).unwrap();
    for row in rows {
        writer.write_record(row.values()).unwrap();
    }
    writer.flush().unwrap();
}

fn folder(more: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", A), ("b.txt", B)].iter().chain(more) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The actors of `a.txt` and `b.txt` with a merge file, by name.
#[track_caller]
fn actors(folder: &Path, merge: &[&str]) -> BTreeMap<String, Row> {
    let mut args = vec!["actors", "a.txt", "b.txt", "--csv"];
    args.extend(merge.iter().flat_map(|m| ["--merge", m]));
    rows(&run(folder, &args).ends(0).out).into_iter().map(|r| (r["name"].clone(), r)).collect()
}

#[track_caller]
fn unsure(folder: &Path) -> Vec<Row> {
    rows(&run(folder, &["actors", "a.txt", "b.txt", "--unsure"]).ends(0).out)
}

fn of<'a>(rows: &'a mut [Row], actor: &str) -> &'a mut Row {
    rows.iter_mut().find(|r| r["read_as"] == actor).unwrap_or_else(|| panic!("{actor} is not among the doubtful"))
}

#[test]
fn actors_are_listed_as_table_csv_and_json() {
    let folder = folder(&[]);
    let found = actors(folder.path(), &[]);
    let council = &found["Kura Energy Council"];
    assert_eq!((council["kind"].as_str(), council["catalogue"].as_str(), council["aliases"].as_str()), ("organization", "new", "KEC"));
    assert_eq!((council["mentions"].as_str(), council["documents"].as_str()), ("3", "a.txt"));
    let azerbaijan = &found["Azerbaijan"];
    assert_eq!((azerbaijan["catalogue"].as_str(), azerbaijan["aliases"].as_str()), ("known", "Baku"), "its own name is no alias");
    let table = run(folder.path(), &["actors", "a.txt", "--top", "1"]).ends(0).out;
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.contains("Kura Energy Council  organization   new          3    1  KEC"), "{table}");
    let json = run(folder.path(), &["actors", "a.txt", "--json", "--kind", "organization", "--new"]).ends(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        json,
        serde_json::json!([{"name": "Kura Energy Council", "kind": "organization", "catalogue": "new", "mentions": 3, "aliases": ["KEC"], "documents": ["a.txt"]}])
    );
    let samples = run(folder.path(), &["actors", "--top", "3"]).ends(0).out;
    assert!(samples.contains("Azerbaijan") && samples.contains("Armenia"), "{samples}");
    assert!(run(folder.path(), &["actors", "a.txt", "--kind", "kingdom"]).ends(2).err.contains("armed_group"));
}

#[test]
fn the_doubtful_are_listed_with_reason_candidates_and_sentence() {
    let folder = folder(&[]);
    let mut rows = unsure(folder.path());
    let council = of(&mut rows, "Kura Energy Council");
    assert_eq!(council["name"], "Kura Energy Council|KEC");
    assert_eq!((council["actor"].as_str(), council["kind"].as_str()), ("Kura Energy Council", "organization"));
    assert!(council["reason"].contains("not in the catalogue") && council["reason"].contains("much like another name"), "{council:?}");
    assert_eq!(council["candidates"], "Council for Kura Energy");
    assert_eq!(
        (council["at"].as_str(), council["sentence"].as_str()),
        ("a.txt:4", "The Kura Energy Council (KEC) accused Georgia of theft.")
    );
    let aliyev = of(&mut rows, "Ilham Aliyev");
    assert_eq!((aliyev["name"].as_str(), aliyev["candidates"].as_str()), ("Aliyev", "Heydar Aliyev"));
    assert!(of(&mut rows, "Zara Kalantar")["candidates"].contains("Zarah Kalantar"));
    assert!(!rows.iter().any(|r| r["read_as"] == "Nikol Pashinyan" || r["read_as"] == "Iran"), "what is clear is not asked");
}

#[test]
fn rows_left_as_they_are_change_nothing_and_edited_ones_join() {
    let folder = folder(&[]);
    let (path, before) = (folder.path(), actors(folder.path(), &[]));
    run(path, &["actors", "a.txt", "b.txt", "--unsure", "-o", "names.csv"]).ends(0);
    assert_eq!(actors(path, &["names.csv"]), before);
    let again = run(path, &["actors", "a.txt", "b.txt", "--unsure", "--merge", "names.csv"]).ends(0);
    assert_eq!(rows(&again.out).len(), 0, "answered questions are asked again:\n{}", again.out);

    let mut edited = unsure(path);
    *of(&mut edited, "Council for Kura Energy").get_mut("actor").unwrap() = "Kura Energy Council".into();
    *of(&mut edited, "Zarah Kalantar").get_mut("actor").unwrap() = "Zara Kalantar".into();
    *of(&mut edited, "Zara Kalantar").get_mut("kind").unwrap() = "person".into();
    *of(&mut edited, "Ilham Aliyev").get_mut("actor").unwrap() = "Heydar Aliyev".into();
    put_rows(&path.join("edited.csv"), &edited);
    let after = actors(path, &["edited.csv"]);
    for gone in ["Council for Kura Energy", "Zarah Kalantar", "Kalantar", "Ilham Aliyev"] {
        assert!(!after.contains_key(gone), "{gone} is still there");
    }
    assert_eq!(after["Kura Energy Council"]["documents"], "a.txt|b.txt");
    assert_eq!(after["Kura Energy Council"]["aliases"], "Council for Kura Energy|KEC");
    assert_eq!(after["Zara Kalantar"]["kind"], "person");
    assert_eq!(after["Zara Kalantar"]["mentions"], "4", "short forms and pronouns go along");
    assert!(after.contains_key("Heydar Aliyev"));

    run(path, &["map", "a.txt", "b.txt", "--merge", "edited.csv", "-o", "map"]).ends(0);
    let edges = rows(&fs::read_to_string(path.join("map/edges.csv")).unwrap());
    let edge = |s: &str, r: &str, t: &str| edges.iter().find(|e| e["source"] == s && e["relation"] == r && e["target"] == t);
    let accuses = edge("Kura Energy Council", "accuses", "Georgia").expect("one edge of both names");
    assert_eq!((accuses["statements"].as_str(), accuses["documents"].as_str()), ("2", "2"));
    assert!(!edges.iter().any(|e| [&e["source"], &e["target"]].into_iter().any(|n| n == "Council for Kura Energy")));
    assert!(edge("Zara Kalantar", "accuses", "Iran").is_some_and(|e| e["statements"] == "2"));
}

#[test]
fn a_name_gets_an_actor_of_its_own_everywhere_or_in_one_document() {
    let folder = folder(&[
        ("all.csv", "name,actor,kind\nBaku,Baku Group,organization\n"),
        ("one.csv", "name,actor,kind,document\nKalantar|Zarah Kalantar,Kalantar (b),person,b.txt\n"),
        ("by.csv", "name,actor,kind,read_as\nAliyev,The Other Aliyev,person,Ilham Aliyev\nAliyev,Nobody,person,Heydar Aliyev\n"),
        ("chain.csv", "actor,name,kind\nKEC of Tbilisi,Kura Energy Council|KEC,company\nKura Energy Council,Council for Kura Energy,\n"),
        ("alias.csv", "name,actor\nKura Energy Council,USA\n"),
    ]);
    let path = folder.path();
    let all = actors(path, &["all.csv"]);
    assert_eq!((all["Baku Group"]["mentions"].as_str(), all["Baku Group"]["kind"].as_str()), ("1", "organization"));
    assert_eq!(all["Azerbaijan"]["documents"], "a.txt");
    let statements = run(path, &["read", "b.txt", "--merge", "all.csv"]).ends(0).out;
    assert!(rows(&statements).iter().any(|s| s["source"] == "Baku Group" && s["relation"] == "accuses"), "{statements}");

    let one = actors(path, &["one.csv"]);
    assert_eq!(one["Kalantar (b)"]["documents"], "b.txt");
    assert_eq!((one["Zara Kalantar"]["documents"].as_str(), one["Zara Kalantar"]["mentions"].as_str()), ("a.txt", "2"));

    let by = actors(path, &["by.csv"]);
    assert!(by.contains_key("The Other Aliyev") && !by.contains_key("Ilham Aliyev") && !by.contains_key("Nobody"));

    let chain = actors(path, &["chain.csv"]);
    assert_eq!((chain["KEC of Tbilisi"]["documents"].as_str(), chain["KEC of Tbilisi"]["kind"].as_str()), ("a.txt|b.txt", "company"));
    assert!(actors(path, &["alias.csv"]).contains_key("United States"), "an alias of the catalogue means its actor");
}

#[test]
fn a_network_file_joins_whole_actors() {
    let folder = folder(&[(
        "join.csv",
        "name,actor,kind,document\nCouncil for Kura Energy,Kura Energy Council,,\nZara Kalantar,Z. K.,person,\nBaku,Baku,territory,b.txt\n",
    )]);
    let path = folder.path();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    run(path, &["map", "a.txt", "b.txt"]).ends(0);
    let show = run(path, &["show", "Kura Energy Council", "--merge", "join.csv"]).ends(0);
    assert!(show.out.contains("also called Council for Kura Energy, KEC"), "{}", show.out);
    assert!(words(&show.out).contains("2 statements in 2 documents"), "{}", show.out);
    assert!(show.err.contains("1 row of single names or documents left out"), "{}", show.err);
    run(path, &["show", "Z. K.", "--merge", "join.csv"]).ends(0);
    let from = run(path, &["show", "Kura Energy Council", "--merge", "join.csv", "--from", "a.txt", "b.txt"]).ends(0);
    assert!(words(&from.out).contains("2 statements in 2 documents"), "{}", from.out);
}

#[test]
fn faults_are_named_and_the_rest_is_done() {
    let bad = "name,actor,kind,mood\nBaku,Baku Group,organization,good\nKEC,Nobody Known,,\n—,Georgia,,\nKEC,!!,,\nKEC,Club,sort,\nBaku,Georgia,,\n\
               KEC,A Club,organization\nA Thing,B Thing,person,\nB Thing,A Thing,person,\n,,,\n";
    let folder = folder(&[
        ("bad.csv", bad),
        ("header.csv", "from;to\nx;y\n"),
        ("empty.csv", ""),
        ("sheet.csv", "\u{feff}name,actor,kind\r\n'=KEC,\"Club, Kura\",organization\r\n"),
    ]);
    fs::write(folder.path().join("binary.csv"), [0_u8, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    let path = folder.path();
    let ran = run(path, &["actors", "a.txt", "b.txt", "--csv", "--merge", "bad.csv"]).ends(1);
    for words in [
        "bad.csv:1: column mood: it is no column of a merge file; expected name, actor, kind",
        "bad.csv:3: column kind: the catalogue does not know `Nobody Known`: its kind is needed, one of state",
        "bad.csv:4: column name: `—` names nobody",
        "bad.csv:5: column actor: `!!` is no name",
        "bad.csv:6: column kind: `sort` is no kind; expected one of state",
        "bad.csv:7: column actor: `Baku` has another actor at bad.csv:2",
        "bad.csv:8: column name: the row has 3 cells, the header 4",
        "lead in a circle",
    ] {
        assert!(ran.err.contains(words), "no `{words}` in\n{}", ran.err);
    }
    assert!(ran.out.contains("Baku Group"), "the good row holds:\n{}", ran.out);
    for (file, words) in [("header.csv", "expected `name,actor` at least"), ("empty.csv", "expected `name,actor` at least")] {
        let ran = run(path, &["actors", "a.txt", "--csv", "--merge", file]).ends(1);
        assert!(ran.err.contains(words) && ran.out.contains("Georgia"), "{file}: {}\n{}", ran.err, ran.out);
    }
    let sheet = actors(path, &["sheet.csv"]);
    assert_eq!(sheet["Club, Kura"]["aliases"], "KEC", "the apostrophe before a formula is no part of the name");
    let many: String = (0..20_000).map(|i| format!("Thing{i} Works,Group{} Holding,company\n", i % 9_000)).collect();
    fs::write(path.join("many.csv"), format!("name,actor,kind\n{many}\"{}\",Georgia,\n", "x".repeat(1_000_000))).unwrap();
    assert!(actors(path, &["many.csv"]).contains_key("Georgia"));
    assert!(run(path, &["read", "a.txt", "--merge", "none.csv"]).ends(2).err.contains("none.csv"));
    run(path, &["read", "a.txt", "--merge", "binary.csv"]).ends(2);
}

#[test]
fn spreadsheets_get_harmless_cells() {
    let folder = folder(&[("c.txt", "Minister Zara -Kalantar met Iran.\n")]);
    let ran = run(folder.path(), &["actors", "a.txt", "c.txt", "--unsure", "--spreadsheet"]).ends(0);
    assert!(ran.out.starts_with("\u{feff}name,actor,kind,read_as,document,reason,candidates,mentions,documents,at,sentence\r\n"));
}
