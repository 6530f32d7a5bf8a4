//! The real binary, in a fresh folder with a clean environment: every command answers, every fault ends with a message and
//! the right exit code, and the same input gives the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

const DRONES: &str = "Turkey sold drones to Azerbaijan in 2020.";

/// Small documents with plain sentences; two of them share a name.
const DOCUMENTS: &[(&str, &str)] = &[
    (
        "articles/war.txt",
        "The Autumn War\n\n3 March 2021\n\nTurkey sold drones to Azerbaijan in 2020. Azerbaijan attacked Armenia in September 2020. \
         Russia supports Armenia. Armenia is a member of the CSTO. Israel sold missiles to Azerbaijan. Iran condemned Azerbaijan.\n",
    ),
    (
        "articles/north/war.txt",
        "The War in the North\n\n5 May 2022\n\nRussia invaded Ukraine in February 2022. The United States sanctioned Russia. Germany delivered \
         tanks to Ukraine. Turkey denied that it sold drones to Ethiopia.\n",
    ),
    ("articles/notes.md", "# Gas\n\nAzerbaijan supplies gas to Italy. “Georgia depends on Azerbaijan,” officials in Tbilisi said.\n"),
];

fn put(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn fresh() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suzerain"));
    command.args(args).current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 on stdout and stderr");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts the exit code.
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// Asserts words on stdout.
    #[track_caller]
    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.out.contains(word), "no `{word}` on stdout:\n{}\nstderr:\n{}", self.out, self.err);
        }
        self
    }

    /// Asserts words on stderr.
    #[track_caller]
    fn warns(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "no `{word}` on stderr:\n{}", self.err);
        }
        self
    }
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    Ran::of(command(folder, args).output().unwrap())
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap()))
        .collect()
}

fn records(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    reader.records().map(|r| header.iter().map(str::to_owned).zip(r.unwrap().iter().map(str::to_owned)).collect()).collect()
}

/// A folder with the documents and their map in `suzerain-map/`, made once.
static MAPPED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = fresh();
    put(folder.path(), DOCUMENTS);
    let ran = run(folder.path(), &["map", "articles"]).ends(0);
    assert!(ran.out.is_empty(), "map writes data to stdout: {}", ran.out);
    ran.warns(&["3 documents", "suzerain-map"]);
    folder
});

fn mapped() -> &'static Path {
    MAPPED.path()
}

// Every command answers.

#[test]
fn map_writes_the_files_of_the_contract() {
    let written = files(&mapped().join("suzerain-map"));
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    let wanted = ["actors.csv", "edges.csv", "network.dot", "network.html", "network.json", "network.svg", "report.md", "statements.csv"];
    assert_eq!(names, wanted);
    for (name, bytes) in &written {
        assert!(!bytes.is_empty(), "{name} is empty");
        std::str::from_utf8(bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn read_prints_statements_as_csv_and_as_json_lines() {
    let csv = run(mapped(), &["read", "articles"]).ends(0).says(&[DRONES, "arms"]);
    let rows = records(&csv.out);
    let arms = rows.iter().find(|r| r["relation"] == "arms" && r["source"] == "Turkey" && r["target"] == "Azerbaijan").expect("the drones");
    assert_eq!((arms["document"].as_str(), arms["polarity"].as_str(), arms["sentence"].as_str()), ("war.txt", "asserted", DRONES));
    let lines = run(mapped(), &["read", "articles", "--jsonl"]).ends(0);
    assert_eq!(lines.out.lines().count(), rows.len());
    for line in lines.out.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["sentence"].is_string(), "{line}");
    }
}

#[test]
fn a_year_counts_nothing() {
    let folder = fresh();
    for (text, quantity) in [
        ("In May 2021 Azerbaijani soldiers attacked Armenia.", ""),
        ("In 2021 soldiers of Azerbaijan attacked Armenia.", ""),
        ("On 12 May, 2021 soldiers of Azerbaijan attacked Armenia.", ""),
        ("Between 1988 and 1994 soldiers of Azerbaijan attacked Armenia.", ""),
        ("Turkey sent 2000 soldiers to Azerbaijan.", "2000 soldiers"),
        ("Turkey sent 1,960 soldiers to Azerbaijan in 2020.", "1960 soldiers"),
        ("China invested $2000 million in Pakistan.", "2000000000 USD"),
    ] {
        put(folder.path(), &[("one.txt", text)]);
        let rows = records(&run(folder.path(), &["read", "one.txt", "--min-confidence", "0.05"]).ends(0).out);
        assert!(!rows.is_empty(), "nothing is read in: {text}");
        let mut found: Vec<&str> = rows.iter().map(|r| r["quantity"].as_str()).filter(|q| !q.is_empty()).collect();
        found.dedup();
        assert_eq!(found, if quantity.is_empty() { vec![] } else { vec![quantity] }, "{text}");
    }
}

#[test]
fn standard_input_is_read() {
    let folder = fresh();
    let mut child =
        command(folder.path(), &["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(DRONES.as_bytes()).unwrap();
    Ran::of(child.wait_with_output().unwrap()).ends(0).says(&["Turkey", "arms", "Azerbaijan"]);
}

#[test]
fn path_cites_every_hop() {
    run(mapped(), &["path", "Turkey", "Armenia"]).ends(0).says(&["Turkey", "Azerbaijan", "Armenia", DRONES, "war.txt", "2021-03-03"]);
    let json = run(mapped(), &["path", "Turkey", "Armenia", "--json"]).ends(0);
    serde_json::from_str::<serde_json::Value>(&json.out).unwrap();
    run(mapped(), &["path", "Italy", "Germany"]).ends(1);
}

#[test]
fn rank_orders_actors() {
    let by_degree = run(mapped(), &["rank", "--by", "degree", "--top", "3"]).ends(0).says(&["Azerbaijan"]);
    assert!(by_degree.out.lines().count() < 12, "{}", by_degree.out);
    run(mapped(), &["rank", "--by", "importance"]).ends(2).warns(&["importance", "betweenness"]);
}

#[test]
fn show_and_why_cite_sentences() {
    run(mapped(), &["show", "Azerbaijan"]).ends(0).says(&["state", DRONES]);
    run(mapped(), &["why", "Turkey", "Azerbaijan"]).ends(0).says(&["arms", DRONES]);
    run(mapped(), &["why", "Ankara", "azerbaijan"]).ends(1).warns(&["Ankara"]);
    run(mapped(), &["why", "Italy", "Germany"]).ends(1).warns(&["Italy", "Germany", "suzerain path"]);
}

#[test]
fn why_not_shows_what_came_near() {
    let text = "Turkey met Azerbaijan, while Iran and Georgia slept.";
    let folder = fresh();
    put(folder.path(), &[("note.txt", text)]);
    run(folder.path(), &["why-not", "Iran", "Georgia", "--from", "note.txt"]).ends(0).says(&[text, "note.txt:0"]);
    run(folder.path(), &["why-not", "Iran", "France", "--from", "note.txt"]).ends(1).warns(&["France"]);
}

#[test]
fn draw_and_export_write_what_is_asked() {
    let out = fresh();
    let path = |name: &str| out.path().join(name).to_string_lossy().into_owned();
    for name in ["a.svg", "a.png", "a.pdf", "a.dot"] {
        run(mapped(), &["draw", "-o", &path(name)]).ends(0);
    }
    for name in ["b.gexf", "b.graphml", "b.edges.csv", "b.xlsx", "b.mmd", "b.cypher"] {
        run(mapped(), &["export", "-o", &path(name)]).ends(0);
    }
    let written = files(out.path());
    assert_eq!(written.len(), 10, "{:?}", written.keys());
    assert!(written["a.svg"].starts_with(b"<svg") || written["a.svg"].starts_with(b"<?xml"));
    assert!(written["a.png"].starts_with(b"\x89PNG"));
    assert!(written["a.pdf"].starts_with(b"%PDF"));
    assert_eq!(written["b.edges.csv"], fs::read(mapped().join("suzerain-map/edges.csv")).unwrap());
    run(mapped(), &["export", "--format", "parquet"]).ends(2).warns(&["parquet", "graphml"]);
}

#[test]
fn lists_name_what_there_is() {
    run(mapped(), &["list", "relations"]).ends(0).says(&["arms", "sells, gives or ships weapons to", "influences"]);
    run(mapped(), &["list", "rules", "arms"]).ends(0).says(&["sell-weapons", "subject"]);
    run(mapped(), &["list", "kinds"]).ends(0).says(&["armed_group", "people"]);
    run(mapped(), &["list", "measures"]).ends(0).says(&["betweenness", "Brandes"]);
    run(mapped(), &["list", "columns", "edges.csv"]).ends(0).says(&["confidence", "example"]);
    run(mapped(), &["list", "columns", "merge"]).ends(0).says(&["--merge FILE.csv", "read_as"]);
    run(mapped(), &["list", "columns", "actors"]).ends(0).says(&["--actors FILE.csv", "demonyms"]);
    run(mapped(), &["list", "formats"]).ends(0).says(&["gexf", "network.json"]);
    let json = run(mapped(), &["list", "relations", "--json"]).ends(0);
    let list: Vec<serde_json::Value> = serde_json::from_str(&json.out).unwrap();
    assert_eq!(list.len(), 45);
    run(mapped(), &["list", "relations", "armz"]).ends(1).warns(&["armz", "arms"]);
    run(mapped(), &["list", "things"]).ends(2).warns(&["things", "relations"]);
}

#[test]
fn explain_shows_every_stage() {
    run(mapped(), &["explain", DRONES]).ends(0).says(&["VERB", "sell", "Azerbaijan (state)", "arms", "kept"]);
}

#[test]
fn every_command_has_help_with_an_example() {
    let help = run(mapped(), &["--help"]).ends(0);
    let commands: Vec<&str> = help
        .out
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .map_while(|l| l.strip_prefix("  "))
        .filter(|l| !l.starts_with(' '))
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert!(commands.len() >= 15, "{commands:?}");
    for name in commands.into_iter().filter(|c| *c != "help") {
        run(mapped(), &[name, "--help"]).ends(0).says(&["Example:", &format!("suzerain {name}")]);
    }
    run(mapped(), &["--version"]).ends(0).says(&[env!("CARGO_PKG_VERSION")]);
    run(mapped(), &["mapp"]).ends(2).warns(&["mapp"]);
}

// Faults end with a message and the right exit code; what can be read is read.

#[test]
fn a_missing_file() {
    let folder = fresh();
    put(folder.path(), &[("good.txt", DRONES)]);
    run(folder.path(), &["read", "nowhere.txt"]).ends(2).warns(&["nowhere.txt", "no such file"]);
    run(folder.path(), &["read", "nowhere.txt", "good.txt"]).ends(1).says(&["arms"]).warns(&["nowhere.txt", "no such file"]);
}

#[test]
fn an_empty_folder_an_empty_file_a_binary_file() {
    let folder = fresh();
    fs::create_dir(folder.path().join("hollow")).unwrap();
    put(folder.path(), &[("good.txt", DRONES), ("empty.txt", ""), ("blank.txt", " \n\n\t")]);
    fs::write(folder.path().join("image.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\xff\xfe\0\x9c").unwrap();
    run(folder.path(), &["map", "hollow"]).ends(2).warns(&["hollow", "holds no .txt"]);
    assert!(!folder.path().join("suzerain-map").exists(), "nothing was read, nothing is written");
    run(folder.path(), &["read", "empty.txt"]).ends(2).warns(&["empty.txt is empty"]);
    run(folder.path(), &["read", "blank.txt", "good.txt"]).ends(1).says(&["arms"]).warns(&["blank.txt is empty"]);
    run(folder.path(), &["read", "image.txt", "good.txt"]).ends(1).says(&["arms"]).warns(&["image.txt is not text"]);
    // A file of another type in a folder is listed and no fault.
    let other = fresh();
    put(other.path(), &[("in/good.txt", DRONES), ("in/page.docx", "x")]);
    run(other.path(), &["read", "in"]).ends(0).says(&["arms"]).warns(&["page.docx"]);
}

#[test]
fn very_long_lines() {
    let folder = fresh();
    // One word of 4 MB, and one line of prose without a full stop.
    let mut word = format!("{DRONES}\n\n");
    word.extend(std::iter::repeat_n('a', 4 << 20));
    fs::write(folder.path().join("word.txt"), word).unwrap();
    run(folder.path(), &["read", "word.txt"]).ends(0).says(&[DRONES]);
    let prose = "and the talks between the two sides about the river went on ".repeat(800);
    fs::write(folder.path().join("prose.txt"), format!("{DRONES} {prose}")).unwrap();
    run(folder.path(), &["read", "prose.txt"]).ends(0).says(&[DRONES]);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = fresh();
    put(folder.path(), &[("in/good.txt", DRONES), ("in/shut/more.txt", DRONES)]);
    let shut = folder.path().join("in/shut");
    let allow = |mode| fs::set_permissions(&shut, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    let readable = fs::read_dir(&shut).is_ok();
    let ran = run(folder.path(), &["read", "in"]);
    allow(0o755);
    // Root reads everything.
    if !readable {
        ran.ends(1).says(&["arms"]).warns(&["shut", "cannot be read"]);
    }
}

#[test]
fn a_target_that_cannot_be_written() {
    let folder = fresh();
    put(folder.path(), &[("good.txt", DRONES), ("file", "x")]);
    run(folder.path(), &["map", "good.txt", "-o", "file/map"]).ends(2).warns(&["cannot write", "file/map"]);
    let network = mapped().join("suzerain-map/network.json");
    let network = network.to_string_lossy();
    run(folder.path(), &["export", "-g", &network, "-o", "file/x.gexf"]).ends(2).warns(&["cannot write", "x.gexf"]);
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "x");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    for args in
        [&["read", "articles"][..], &["show", "Azerbaijan"], &["export", "--format", "edges"], &["list", "relations"], &["explain", DRONES]]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(mapped(), args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        Ran::of(output).ends(2).warns(&["cannot write", "standard output"]);
    }
}

#[test]
fn a_closed_pipe() {
    for args in [
        &["read", "articles"][..],
        &["show", "Azerbaijan"],
        &["export", "--format", "network"],
        &["list", "measures"],
        &["explain", DRONES],
    ] {
        let mut child = command(mapped(), args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap()).ends(0);
        assert!(ran.err.is_empty(), "{args:?}: {}", ran.err);
    }
}

#[test]
fn an_unknown_actor_gets_the_nearest_names() {
    run(mapped(), &["show", "Azerbaijn"]).ends(1).warns(&["Azerbaijn", "nearest", "Azerbaijan"]);
    run(mapped(), &["path", "Turky", "Armenia"]).ends(1).warns(&["Turky", "Turkey"]);
    run(mapped(), &["why", "Turkey", "Xyzzy"]).ends(1).warns(&["Xyzzy"]);
    run(mapped(), &["rank", "--without", "Armenai"]).ends(1).warns(&["Armenai", "Armenia"]);
}

#[test]
fn an_actors_file_of_ones_own() {
    let folder = fresh();
    let head = "name,kind,aliases,demonyms,home,from,to,note\n";
    let text = "Freedonia attacked Sylvania in 1933.";
    put(
        folder.path(),
        &[
            ("good.txt", text),
            ("mine.csv", &format!("{head}Freedonia,state,,Freedonian|Freedonians,,,,\nSylvania,state,,Sylvanian,,,,\n")),
            ("bad.csv", &format!("{head}Freedonia,state,,,,,,\nSylvania,kingdom,,,,,,\nRuritania,state,,,,1894-13,,\n")),
            ("header.csv", "title,kind\nx,state\n"),
        ],
    );
    run(folder.path(), &["read", "good.txt", "--actors", "mine.csv"]).ends(0).says(&["Freedonia", "attacks", "Sylvania"]);
    run(folder.path(), &["read", "good.txt", "--actors", "bad.csv"]).ends(1).warns(&[
        "bad.csv:3: column kind",
        "kingdom",
        "bad.csv:4: column from",
        "1894-13",
    ]);
    run(folder.path(), &["read", "good.txt", "--actors", "header.csv"]).ends(1).warns(&["header.csv:1", "name,kind,aliases"]);
    run(folder.path(), &["read", "good.txt", "--actors", "none.csv"]).ends(2).warns(&["none.csv"]);
}

#[test]
fn a_relation_of_ones_own() {
    let folder = fresh();
    let file = "name = \"mocks\"\nmeaning = \"makes fun of\"\nsign = -1\ninfluence = \"none\"\nweight = 0.2\nmatches = []\nmisses = []\n\n\
                [[rules]]\nname = \"mock\"\nverbs = [\"mock\", \"ridicule\"]\nsource = [\"subject\"]\ntarget = [\"object\"]\n";
    put(
        folder.path(),
        &[
            ("note.txt", "France mocked Germany."),
            ("own/mocks.toml", file),
            ("bad/mocks.toml", &file.replace("weight = 0.2", "weight = 7")),
        ],
    );
    run(folder.path(), &["read", "note.txt", "--relations", "own"]).ends(0).says(&["France", "mocks", "Germany", "mocks/mock"]);
    run(folder.path(), &["list", "rules", "mocks", "--relations", "own"]).ends(0).says(&["mock, ridicule"]);
    run(folder.path(), &["read", "note.txt", "--relations", "bad"]).ends(2).warns(&["mocks.toml", "weight 7"]);
}

#[test]
fn a_broken_network() {
    let folder = fresh();
    put(folder.path(), &[("broken.json", "{\"format\": 1, \"actors\": [{]"), ("other.json", "{\"nodes\": []}")]);
    run(folder.path(), &["rank", "-g", "broken.json"]).ends(2).warns(&["broken.json", "line 1"]);
    run(folder.path(), &["rank", "-g", "other.json"]).ends(2).warns(&["other.json"]);
    run(folder.path(), &["rank", "-g", "none.json"]).ends(2).warns(&["none.json"]);
    run(folder.path(), &["rank"]).ends(2).warns(&["suzerain map", "--from"]);
}

// What is read.

#[test]
fn two_files_of_one_name_stay_two_documents() {
    let ids = |csv: &str| -> Vec<String> {
        let mut ids: Vec<String> = records(csv).into_iter().map(|mut r| r.remove("document").unwrap()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let folder = run(mapped(), &["read", "articles"]).ends(0);
    assert_eq!(ids(&folder.out), ["north/war.txt", "notes.md", "war.txt"]);
    let apart = run(mapped(), &["read", "articles/war.txt", "articles/north/war.txt"]).ends(0);
    assert_eq!(ids(&apart.out).len(), 2, "{}", apart.out);
}

#[test]
fn encodings_are_found_out() {
    let text = "“Russia invaded Ukraine in 2022 – a crime,” the café’s owner said. Erdo\u{11f}an left.";
    let western = "“Russia invaded Ukraine in 2022 – a crime,” the café’s owner said. \u{c9}lys\u{e9}e was silent.";
    let folder = fresh();
    let wide = |units: fn(u16) -> [u8; 2], mark: &[u8]| [mark.to_vec(), text.encode_utf16().flat_map(units).collect()].concat();
    let narrow: Vec<u8> = western
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '’' => 0x92,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let inputs: [(&str, Vec<u8>, &str); 6] = [
        ("utf8.txt", text.as_bytes().to_vec(), text),
        ("utf8-mark.txt", [b"\xEF\xBB\xBF".to_vec(), text.as_bytes().to_vec()].concat(), text),
        ("utf16le-mark.txt", wide(u16::to_le_bytes, b"\xFF\xFE"), text),
        ("utf16be-mark.txt", wide(u16::to_be_bytes, b"\xFE\xFF"), text),
        ("utf16le.txt", wide(u16::to_le_bytes, b""), text),
        ("windows-1252.txt", narrow, western),
    ];
    for (name, bytes, decoded) in inputs {
        fs::write(folder.path().join(name), bytes).unwrap();
        let ran = run(folder.path(), &["read", name]).ends(0);
        let rows = records(&ran.out);
        let row =
            rows.iter().find(|r| r["source"] == "Russia" && r["target"] == "Ukraine").unwrap_or_else(|| panic!("{name}: {}", ran.out));
        let (begin, stop): (usize, usize) = (row["begin"].parse().unwrap(), row["stop"].parse().unwrap());
        let there: String = decoded.chars().skip(begin).take(stop - begin).collect();
        assert_eq!(row["sentence"], there, "{name}");
    }
}

#[test]
fn another_language_is_told() {
    let folder = fresh();
    let french = "Le président a rencontré son homologue à Paris. Les deux pays ont signé un accord sur le gaz, qui doit entrer en vigueur \
                  l’année prochaine, malgré l’opposition de plusieurs partis et des syndicats.";
    put(folder.path(), &[("french.txt", french), ("good.txt", DRONES)]);
    run(folder.path(), &["read", "french.txt", "good.txt"]).ends(0).says(&["arms"]).warns(&["french.txt", "French"]);
    assert!(run(folder.path(), &["read", "good.txt"]).ends(0).err.is_empty());
}

#[test]
fn json_lines_are_documents() {
    let folder = fresh();
    let lines = format!(
        "{{\"id\": 7, \"text\": \"{DRONES}\", \"date\": \"2020-12-01\", \"source\": \"The Courier\", \"tags\": []}}\n{{\"id\": \"b\"}}\n{{\"id\": \"c\", \"text\": \"Russia invaded Ukraine.\"}}\n"
    );
    put(folder.path(), &[("news.jsonl", &lines)]);
    let ran = run(folder.path(), &["read", "news.jsonl"]).ends(1).warns(&["news.jsonl:2", "text"]);
    let mut ids: Vec<String> = records(&ran.out).into_iter().map(|mut r| r.remove("document").unwrap()).collect();
    ids.dedup();
    assert_eq!(ids, ["7", "c"]);
}

// The same input gives the same bytes.

#[test]
fn threads_and_repetition_change_nothing() {
    let folder = fresh();
    put(folder.path(), DOCUMENTS);
    // Enough documents for two threads to race.
    for i in 0..12 {
        let (_, text) = DOCUMENTS[i % DOCUMENTS.len()];
        put(folder.path(), &[(&format!("articles/more/{i}.txt"), text)]);
    }
    for (out, threads) in [("one", "1"), ("two", "2"), ("again", "2")] {
        run(folder.path(), &["map", "articles", "-o", out, "--threads", threads]).ends(0);
    }
    let (one, two, again) = (files(&folder.path().join("one")), files(&folder.path().join("two")), files(&folder.path().join("again")));
    assert_eq!(one.len(), 8);
    for (name, bytes) in &one {
        assert!(two[name] == *bytes, "{name} differs between one thread and two");
        assert!(again[name] == *bytes, "{name} differs between two runs");
    }
    let network = folder.path().join("one/network.json").to_string_lossy().into_owned();
    let formats = run(folder.path(), &["list", "formats", "--json"]).ends(0);
    let formats: Vec<serde_json::Value> = serde_json::from_str(&formats.out).unwrap();
    for format in formats.iter().filter_map(|f| f["name"].as_str()) {
        let write = || command(folder.path(), &["export", "-g", &network, "--format", format]).output().unwrap();
        let (first, second) = (write(), write());
        assert!(first.status.success(), "{format}: {}", String::from_utf8_lossy(&first.stderr));
        assert!(first.stdout == second.stdout, "{format} differs between two runs");
    }
}

#[test]
fn a_network_read_back_is_the_same() {
    let network = fs::read(mapped().join("suzerain-map/network.json")).unwrap();
    let again = command(mapped(), &["export", "--format", "network"]).output().unwrap();
    assert!(again.stdout == network, "network.json does not come back as it was");
}

#[test]
fn nothing_but_data_and_no_colour_off_a_terminal() {
    for args in [&["show", "Azerbaijan"][..], &["rank"], &["path", "Turkey", "Armenia"], &["list", "rules"], &["explain", DRONES]] {
        let ran = run(mapped(), args).ends(0);
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{args:?}");
    }
}
