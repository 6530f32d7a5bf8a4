//! From paths to a network: what `map`, `read`, `explain` and every `--from` share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::exit::{Exit, Failure};
use crate::actors::ActorKind;
use crate::documents::{self, Document, Loaded, PartialDate, Seeds, Skipped};
use crate::language::Scratch;
use crate::network::{self, Background, Builder, Network, Source};
use crate::relations::{DEFAULT_CONFIDENCE, Engine, Reading, Statement};

/// What shapes the reading; shared by all commands that read documents.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ReadArgs {
    /// Further actors: a CSV with the catalogue's header (see `suzerain list columns`)
    #[arg(long, value_name = "FILE.csv")]
    pub actors: Vec<PathBuf>,
    /// Who is who: a CSV that joins names to an actor or gives them one of their own (see `suzerain actors --unsure`)
    #[arg(long, value_name = "FILE.csv")]
    pub merge: Vec<PathBuf>,
    /// Further relations: a folder of TOML files; one of a known name replaces it
    #[arg(long, value_name = "DIR")]
    pub relations: Option<PathBuf>,
    /// Read catalogue, rules and word lists from this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub seeds: Option<PathBuf>,
    /// Date of documents that have none (YYYY, YYYY-MM or YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub date: Option<PartialDate>,
    /// Leave out statements less certain than this, 0 to 1
    #[arg(long, value_name = "C", default_value_t = DEFAULT_CONFIDENCE, value_parser = share)]
    pub min_confidence: f64,
    /// Number of threads; 0 for one per core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Add the catalogue's structural facts, marked as background
    #[arg(long)]
    pub background: bool,
}

impl Default for ReadArgs {
    fn default() -> Self {
        Self {
            actors: Vec::new(),
            merge: Vec::new(),
            relations: None,
            seeds: None,
            date: None,
            min_confidence: DEFAULT_CONFIDENCE,
            threads: 0,
            background: false,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    text.parse::<f64>().ok().filter(|c| (0.0..=1.0).contains(c)).ok_or_else(|| format!("`{text}` is no share: write a number from 0 to 1"))
}

/// One document read.
#[derive(Debug)]
pub(super) struct Read {
    pub document: Document,
    pub reading: Reading,
    pub statements: Vec<Statement>,
}

/// The text of a file, with its path for messages.
pub(super) fn text(path: &Path) -> Result<(String, String), Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", path.display())))?;
    let text = documents::decode(&bytes).ok_or_else(|| Failure::new(format_args!("{} is not text", path.display())))?;
    Ok((path.display().to_string(), text))
}

/// Seeds and engine for some arguments; faults of a user's catalogue are said on stderr.
pub(super) fn engine(args: &ReadArgs) -> Result<(Engine, bool), Failure> {
    let seeds = match &args.seeds {
        Some(dir) => Seeds::from_dir(dir).map_err(Failure::new)?,
        None => Seeds::embedded(),
    };
    let actors = args.actors.iter().map(|p| text(p)).collect::<Result<Vec<_>, _>>()?;
    let mut relations = Vec::new();
    if let Some(dir) = &args.relations {
        let entries = std::fs::read_dir(dir).map_err(|e| Failure::new(format_args!("cannot read {}: {e}", dir.display())))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
        paths.sort();
        if paths.is_empty() {
            return Err(Failure::new(format_args!(
                "{} holds no .toml file; expected relation files like those of seeds/relations/",
                dir.display()
            )));
        }
        relations = paths.iter().map(|p| text(p)).collect::<Result<Vec<_>, _>>()?;
    }
    let merges = args.merge.iter().map(|p| text(p)).collect::<Result<Vec<_>, _>>()?;
    let (mut engine, mut faults) = Engine::new(&seeds, &actors, &relations).map_err(Failure::new)?;
    if !merges.is_empty() {
        faults.extend(engine.knowledge.merge(&merges));
    }
    for fault in &faults {
        note(format_args!("{fault}"));
    }
    Ok((engine, !faults.is_empty()))
}

/// A line on stderr.
pub(super) fn note(text: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(anstream::stderr(), "suzerain: {text}");
}

/// Loads the documents under some paths; what was skipped is said on stderr.
pub(super) fn load(paths: &[PathBuf], date: Option<PartialDate>) -> Result<(Vec<Document>, Vec<Skipped>), Failure> {
    let Loaded { documents, skipped } = documents::load(paths, date);
    for s in &skipped {
        note(format_args!("{} {}", s.path, s.reason));
    }
    if documents.is_empty() {
        let shown: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        return Err(Failure::new(format_args!("nothing to read in {}", shown.join(", "))));
    }
    for document in &documents {
        if let Some(found) = crate::language::detect(&document.prose).filter(crate::language::Detected::is_foreign) {
            note(format_args!("{} seems to be in {}; it is read as if it were English", document.id, found.name));
        }
    }
    Ok((documents, skipped))
}

/// Reads documents on all threads; the order of the result is that of the documents.
pub(super) fn read_all(
    engine: &Engine,
    documents: Vec<Document>,
    args: &ReadArgs,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Vec<Read>, Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads)
        .build()
        .map_err(|e| Failure::new(format_args!("cannot start threads: {e}")))?;
    Ok(pool.install(|| {
        documents
            .into_par_iter()
            .map_init(Scratch::default, |scratch, document| {
                let reading = engine.read(&document, scratch);
                let statements = engine.statements(&document, &reading, args.min_confidence);
                done(document.text.len());
                Read { document, reading, statements }
            })
            .collect()
    }))
}

/// The words of a mention, single spaces between.
pub(super) fn spelled(document: &Document, mention: &crate::actors::Mention) -> String {
    mention.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The network of some documents read.
pub(super) fn network(engine: &Engine, reads: &[Read], background: bool) -> Network {
    let mut builder = Builder::new(engine.reader.rules.relations.clone());
    let catalogue = &engine.knowledge.catalogue;
    let mut kinds: std::collections::BTreeMap<String, ActorKind> = std::collections::BTreeMap::new();
    for read in reads {
        let words = read.reading.sentences.iter().map(|s| s.tokens.iter().filter(|t| t.upos != crate::language::Upos::Punct).count()).sum();
        builder.document(Source {
            id: Arc::clone(&read.document.id),
            title: read.document.title.clone(),
            date: read.document.date,
            publisher: read.document.publisher.clone(),
            words,
            sentences: read.reading.sentences.len(),
        });
        let cast = &read.reading.cast;
        let mut counts = vec![0_usize; cast.figures.len()];
        let mut names: Vec<std::collections::BTreeSet<Arc<str>>> = vec![std::collections::BTreeSet::new(); cast.figures.len()];
        for m in &cast.mentions {
            counts[m.figure] += 1;
            let name = spelled(&read.document, m);
            if m.form.is_name() && name != cast.figures[m.figure].name {
                names[m.figure].insert(name.into());
            }
        }
        for (i, figure) in cast.figures.iter().enumerate() {
            if counts[i] == 0 {
                continue;
            }
            let kind = *kinds.entry(figure.name.clone()).or_insert(figure.kind);
            let mut actor = network::Actor::new(&figure.name, kind);
            actor.mentions = counts[i];
            actor.aliases = std::mem::take(&mut names[i]).into_iter().collect();
            actor.documents = vec![Arc::clone(&read.document.id)];
            if let Some(id) = figure.entry {
                let entry = catalogue.entry(id);
                actor.home = entry.home.first().map(|h| catalogue.entry(*h).name.as_str().into());
                actor.codes.clone_from(&entry.codes);
            } else if let Some(within) = figure.within {
                actor.home = Some(cast.figures[within].name.as_str().into());
            }
            builder.actor(actor);
        }
        for figure in &cast.figures {
            // A speaker or an end may be known only by description; it is an actor all the same.
            let named = read.statements.iter().any(|s| *s.source == *figure.name || *s.target == *figure.name);
            if named {
                let kind = *kinds.entry(figure.name.clone()).or_insert(figure.kind);
                let mut actor = network::Actor::new(&figure.name, kind);
                actor.documents = vec![Arc::clone(&read.document.id)];
                builder.actor(actor);
            }
        }
        for statement in &read.statements {
            builder.statement(statement.clone());
        }
    }
    if background {
        facts(engine, &kinds, &mut builder);
    }
    builder.build()
}

/// The catalogue's facts between the actors of a network.
fn facts(engine: &Engine, present: &std::collections::BTreeMap<String, ActorKind>, builder: &mut Builder) {
    const HEADS: [&str; 14] = [
        "president",
        "prime minister",
        "chancellor",
        "king",
        "queen",
        "emperor",
        "emir",
        "sultan",
        "supreme leader",
        "general secretary",
        "secretary-general",
        "chairman",
        "leader",
        "pope",
    ];
    let catalogue = &engine.knowledge.catalogue;
    let name = |id: u32| -> Option<Arc<str>> {
        let name = &catalogue.entry(id).name;
        present.contains_key(name).then(|| name.as_str().into())
    };
    for term in &catalogue.terms {
        if let (Some(source), Some(target)) = (name(term.leader), name(term.of)) {
            let relation = if HEADS.contains(&term.office.as_str()) { "leads" } else { "serves" };
            builder.background(Background {
                source,
                relation: relation.into(),
                target,
                start: term.from,
                end: term.to,
                office: Some(term.office.as_str().into()),
            });
        }
    }
    for m in &catalogue.memberships {
        if let (Some(source), Some(target)) = (name(m.member), name(m.of)) {
            builder.background(Background { source, relation: "member_of".into(), target, start: m.from, end: m.to, office: None });
        }
    }
    for (id, entry) in catalogue.entries.iter().enumerate() {
        if matches!(entry.kind(), ActorKind::Territory | ActorKind::Organization)
            && let Some(source) = u32::try_from(id).ok().and_then(&name)
        {
            for home in &entry.home {
                if let Some(target) = name(*home) {
                    builder.background(Background {
                        source: Arc::clone(&source),
                        relation: "part_of".into(),
                        target,
                        start: entry.from,
                        end: entry.to,
                        office: None,
                    });
                }
            }
        }
    }
}

/// Reads the documents under `paths` into a network.
pub(super) fn network_of(paths: &[PathBuf], args: &ReadArgs) -> Result<Network, Failure> {
    let (engine, _) = engine(args)?;
    let (documents, _) = load(paths, args.date)?;
    let reads = read_all(&engine, documents, args, &|_| ())?;
    Ok(network(&engine, &reads, false))
}

/// How a run that skipped something ends.
pub(super) fn ending(skipped: &[Skipped], faults: bool) -> Exit {
    if faults || skipped.iter().any(Skipped::is_fault) { Exit::Partial } else { Exit::Done }
}
