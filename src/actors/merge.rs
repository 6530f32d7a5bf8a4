//! A user's last word on who is who: rows that join names to one actor or give a name an actor of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Catalogue, CatalogueError, EntryId, fault, split};
use super::fold::fold_words;
use super::mention::{Cast, MentionForm};
use super::scene::Scene;
use super::trie::{Form, NameClass};
use super::{ActorKind, Lexicon, Mention};

/// The columns of a merge file and what they mean: the first two are needed, the last ones are for the reader.
pub const MERGE_COLUMNS: [(&str, &str); 11] = [
    ("name", "the name as texts write it; several of one actor with | between"),
    ("actor", "whose it is: the name of an actor of the catalogue, or a new one; empty: the row decides nothing"),
    ("kind", "one of `suzerain list kinds`, for an actor that the catalogue does not know, unless its name tells it; else ignored"),
    ("read_as", "only where it was taken for this actor; empty: whoever it was taken for"),
    ("document", "only in this document; empty: in all"),
    ("reason", "why it is doubtful (not read back)"),
    ("candidates", "who else it may be, | between (not read back)"),
    ("mentions", "how often the name stands so (not read back)"),
    ("documents", "in which documents, | between (not read back)"),
    ("at", "document and place of the sentence (not read back)"),
    ("sentence", "a sentence with the name (not read back)"),
];

/// What a row makes of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    /// This actor.
    Entry(EntryId),
    /// The new actor that the text itself gives, of this kind.
    Same(Option<ActorKind>),
}

#[derive(Debug, Clone)]
struct Rule {
    read_as: Option<String>,
    document: Option<String>,
    to: To,
    place: String,
}

/// The rows of all merge files, by folded name.
#[derive(Debug, Default)]
pub struct Merges {
    rules: BTreeMap<String, Vec<Rule>>,
    /// Names that only a row gives to an actor, so that they count only where the row holds.
    added: BTreeSet<(String, EntryId)>,
    /// Actors that only rows know, by folded name.
    made: BTreeMap<String, EntryId>,
    own: BTreeSet<EntryId>,
}

/// A row as it stands.
struct Row {
    names: Vec<String>,
    actor: String,
    kind: Option<ActorKind>,
    read_as: String,
    document: String,
    file: String,
    line: u64,
}

impl Merges {
    /// Reads merge files (path for messages, text); actors and names that the catalogue lacks are added to it. Rows that are
    /// wrong are left out and given back. Of two rows for one name, document and `read_as`, the first one stands.
    pub(super) fn read(files: &[(String, String)], catalogue: &mut Catalogue, lexicon: &Lexicon) -> (Self, Vec<CatalogueError>) {
        let mut faults = Vec::new();
        let mut rows = Vec::new();
        for (path, text) in files {
            parse(path, text, &mut rows, &mut faults);
        }
        for row in &mut rows {
            let own = row.names.iter().any(|n| fold_words(n) == fold_words(&row.actor));
            // "Kremlin" to "Kremlin" makes an actor of it; anything else to "Kremlin" means whom the catalogue means.
            if let Some(name) = (!own).then(|| canonical(catalogue, &row.actor)).flatten() {
                row.actor = name;
            }
            if let Some(name) = canonical(catalogue, &row.read_as) {
                row.read_as = name;
            }
        }
        follow(&mut rows, catalogue, &mut faults);
        let mut own = Self::default();
        own.actors(&rows, catalogue, lexicon);
        for row in &rows {
            own.row(row, catalogue, &mut faults);
        }
        catalogue.finish();
        (own, faults)
    }

    /// Adds the actors that rows name and the catalogue does not know.
    fn actors(&mut self, rows: &[Row], catalogue: &mut Catalogue, lexicon: &Lexicon) {
        // The row of the actor's own name tells its kind, else the first one that does.
        let mut kinds: BTreeMap<String, (bool, ActorKind)> = BTreeMap::new();
        for row in rows {
            let Some(kind) = row.kind else { continue };
            let key = fold_words(&row.actor);
            let titular = row.keeps() || row.names.iter().any(|n| fold_words(n) == key);
            let known = kinds.entry(key).or_insert((titular, kind));
            if titular && !known.0 {
                *known = (true, kind);
            }
        }
        for row in rows.iter().filter(|r| !r.keeps()) {
            if catalogue.find(&row.actor).is_some() {
                continue;
            }
            let key = fold_words(&row.actor);
            if let Some(id) = self.made.get(&key) {
                catalogue.know(&row.actor, *id);
                continue;
            }
            let Some(kind) = kinds.get(&key).map(|(_, kind)| *kind).or_else(|| lexicon.kind_of(&row.actor)) else { continue };
            let id = catalogue.adopt(&row.actor, kind);
            self.made.insert(key, id);
            self.own.insert(id);
        }
    }

    fn row(&mut self, row: &Row, catalogue: &mut Catalogue, faults: &mut Vec<CatalogueError>) {
        let known = catalogue.find(&row.actor);
        let to = match known {
            Some(id) => To::Entry(id),
            None if row.keeps() => To::Same(row.kind),
            None => {
                let kinds = ActorKind::ALL.map(ActorKind::as_str).join(", ");
                let problem = format!("the catalogue does not know `{}`: its kind is needed, one of {kinds}", row.actor);
                return faults.push(fault(&row.file, row.line, "kind", &problem));
            }
        };
        for name in &row.names {
            let key = fold_words(name);
            let mut read_as = (!row.read_as.is_empty()).then(|| fold_words(&row.read_as));
            if let To::Entry(id) = to {
                let natural = catalogue.claimed(name).iter().any(|f| !self.added.contains(&(key.clone(), f.entry)));
                // A name that the catalogue does not know has nobody else to be taken for.
                if !natural && catalogue.find(&row.read_as).is_none_or(|e| self.is_own(e)) {
                    read_as = None;
                }
                if read_as.is_none() && !catalogue.claimed(name).iter().any(|f| f.entry == id) {
                    catalogue.call(id, name);
                    self.added.insert((key.clone(), id));
                }
            }
            let rule = Rule {
                read_as,
                document: (!row.document.is_empty()).then(|| row.document.clone()),
                to,
                place: format!("{}:{}", row.file, row.line),
            };
            let list = self.rules.entry(key).or_default();
            match list.iter().find(|r| r.read_as == rule.read_as && r.document == rule.document) {
                Some(first) if first.to != rule.to => {
                    let problem =
                        format!("`{name}` has another actor at {}; expected one row for a name, read_as and document", first.place);
                    faults.push(fault(&row.file, row.line, "actor", &problem));
                }
                Some(_) => {}
                None => list.push(rule),
            }
        }
    }

    /// The rule for a name in a document, the most particular one. `figure`: the folded name of whom it was taken for.
    fn rule(&self, key: &str, document: &str, figure: Option<&str>) -> Option<&Rule> {
        let fits = |r: &&Rule| {
            r.document.as_deref().is_none_or(|d| d == document) && r.read_as.as_deref().is_none_or(|a| figure.is_some_and(|f| f == a))
        };
        self.rules.get(key)?.iter().filter(fits).max_by_key(|r| (r.document.is_some(), r.read_as.is_some()))
    }

    /// What a name of the catalogue may mean in a document; nothing where it is a name only elsewhere.
    pub(super) fn forms(&self, text: &str, document: &str, forms: Vec<Form>) -> Vec<Form> {
        if self.rules.is_empty() {
            return forms;
        }
        let key = fold_words(text);
        let Some(rules) = self.rules.get(&key) else { return forms };
        let particular = rules.iter().any(|r| r.read_as.is_some() && r.document.as_deref().is_none_or(|d| d == document));
        if let Some(Rule { to: To::Entry(entry), .. }) = self.rule(&key, document, None).filter(|_| !particular) {
            return vec![Form { entry: *entry, class: NameClass::Alias, weak: false }];
        }
        forms.into_iter().filter(|f| !self.added.contains(&(key.clone(), f.entry))).collect()
    }

    /// Whether a row says that a name is rightly taken for that actor in that document.
    pub(super) fn settles(&self, name: &str, document: &str, figure: &str) -> bool {
        !self.rules.is_empty()
            && (self.rule(&fold_words(name), document, Some(&fold_words(figure))).is_some() || self.made.contains_key(&fold_words(figure)))
    }

    /// Whether rows alone know an actor.
    #[must_use]
    pub fn is_own(&self, entry: EntryId) -> bool {
        self.own.contains(&entry)
    }

    /// Gives the mentions by name to whom the rows say, before pronouns and descriptions follow them.
    pub(super) fn apply(&self, scene: &Scene<'_>, mentions: &mut [Mention], cast: &mut Cast) {
        if self.rules.is_empty() {
            return;
        }
        for m in mentions.iter_mut().filter(|m| m.form.is_name()) {
            let figure = &cast.figures[m.figure];
            let now = figure.entry;
            let taken = fold_words(&figure.name);
            let document = scene.document.id.as_ref();
            let by_text = self.rule(&fold_words(m.span.of(&scene.document.prose)), document, Some(&taken));
            // Short forms of a new name go where the name goes.
            let rule = by_text.or_else(|| self.rule(&taken, document, Some(&taken)).filter(|_| figure.entry.is_none()));
            let entry = match rule {
                Some(Rule { to: To::Same(kind), .. }) => {
                    if let (Some(kind), None) = (kind, figure.entry) {
                        cast.figures[m.figure].kind = *kind;
                    }
                    None
                }
                Some(Rule { to: To::Entry(entry), .. }) => Some(*entry),
                None => self.made.get(&taken).copied().filter(|_| figure.entry.is_none()),
            };
            if let Some(entry) = entry.filter(|e| now != Some(*e)) {
                m.figure = cast.figure_of(entry, || scene.figure(entry));
                if let Some(rule) = rule {
                    m.why = format!("as {} says", rule.place);
                    m.certainty = 1.0;
                }
                if m.form == MentionForm::Metonym && cast.figures[m.figure].kind != ActorKind::State {
                    m.form = MentionForm::Name;
                }
            }
        }
    }
}

/// What merge files say of whole actors, whatever the document.
#[derive(Debug, Default)]
pub struct Joins {
    /// Folded name to name and kind.
    pub names: BTreeMap<String, (String, Option<ActorKind>)>,
    /// How many rows say less: of single names, or of one document.
    pub partial: usize,
    /// What is wrong with the files.
    pub faults: Vec<CatalogueError>,
}

/// What merge files say of whole actors, for networks whose texts are not at hand.
#[must_use]
pub fn joins(files: &[(String, String)]) -> Joins {
    let (mut rows, mut out) = (Vec::new(), Joins::default());
    for (path, text) in files {
        parse(path, text, &mut rows, &mut out.faults);
    }
    follow(&mut rows, &Catalogue::default(), &mut out.faults);
    for row in rows.iter().filter(|r| !r.keeps()) {
        let keys: Vec<String> = row.names.iter().map(|n| fold_words(n)).collect();
        let read_as = fold_words(&row.read_as);
        if !row.document.is_empty() || !(read_as.is_empty() || keys.contains(&read_as)) {
            out.partial += 1;
            continue;
        }
        for key in if read_as.is_empty() { keys } else { vec![read_as] } {
            out.names.entry(key).or_insert_with(|| (row.actor.clone(), row.kind));
        }
    }
    out
}

impl Row {
    /// Whether it leaves the name with whom it was taken for.
    fn keeps(&self) -> bool {
        !self.read_as.is_empty() && fold_words(&self.read_as) == fold_words(&self.actor)
    }
}

/// An apostrophe that a table for spreadsheets puts before what looks like a formula is no part of the cell.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])).unwrap_or(cell)
}

fn parse(path: &str, text: &str, rows: &mut Vec<Row>, faults: &mut Vec<CatalogueError>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
        Err(e) => return faults.push(fault(path, 1, "name", &e)),
    };
    let known = MERGE_COLUMNS.map(|(c, _)| c);
    if !headers.iter().any(|h| h == "name") || !headers.iter().any(|h| h == "actor") {
        let problem = format!(
            "the header is `{}`; expected `name,actor` at least, and of {} what is wanted",
            headers.join(",").chars().take(80).collect::<String>(),
            known[2..].join(", ")
        );
        return faults.push(fault(path, 1, "name", &problem));
    }
    for (i, header) in headers.iter().enumerate() {
        if !known.contains(&header.as_str()) {
            faults.push(fault(path, 1, header, &format_args!("it is no column of a merge file; expected {}", known.join(", "))));
        } else if headers[..i].contains(header) {
            faults.push(fault(path, 1, header, &"it stands twice; the first one counts"));
        }
    }
    for record in reader.records() {
        let record = match record {
            Ok(r) => r,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                faults.push(fault(path, line, "name", &e));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != headers.len() {
            faults.push(fault(path, line, "name", &format_args!("the row has {} cells, the header {}", record.len(), headers.len())));
            continue;
        }
        let cell = |name: &str| headers.iter().position(|h| h == name).and_then(|i| record.get(i)).map_or("", plain);
        let actor = cell("actor").split_whitespace().collect::<Vec<_>>().join(" ");
        if actor.is_empty() {
            continue;
        }
        let names: Vec<String> = split(cell("name")).map(str::to_owned).collect();
        if names.is_empty() || names.iter().any(|n| fold_words(n).is_empty()) {
            let problem = format_args!("`{}` names nobody; expected a name as texts write it, with a letter or a digit", cell("name"));
            faults.push(fault(path, line, "name", &problem));
            continue;
        }
        if fold_words(&actor).is_empty() {
            faults.push(fault(path, line, "actor", &format_args!("`{actor}` is no name; expected one with a letter or a digit")));
            continue;
        }
        let kind = match cell("kind") {
            "" => None,
            text => match ActorKind::parse(text) {
                Some(kind) => Some(kind),
                None => {
                    let kinds = ActorKind::ALL.map(ActorKind::as_str).join(", ");
                    faults.push(fault(path, line, "kind", &format_args!("`{text}` is no kind; expected one of {kinds}")));
                    continue;
                }
            },
        };
        let (read_as, document) = (cell("read_as").to_owned(), cell("document").to_owned());
        rows.push(Row { names, actor, kind, read_as, document, file: path.to_owned(), line });
    }
}

/// The catalogue's name of the actor that another full name of its means beyond doubt.
fn canonical(catalogue: &Catalogue, name: &str) -> Option<String> {
    if name.is_empty() || catalogue.find(name).is_some() {
        return None;
    }
    let forms = catalogue.claimed(name);
    let mut full = forms.iter().filter(|f| !f.weak && matches!(f.class, NameClass::Name | NameClass::Alias)).map(|f| f.entry);
    let first = full.next()?;
    full.all(|e| e == first).then(|| catalogue.entry(first).name.clone())
}

/// Rows may follow one another: A to B and B to C makes both C, where the catalogue does not know B.
fn follow(rows: &mut Vec<Row>, catalogue: &Catalogue, faults: &mut Vec<CatalogueError>) {
    let mut next: BTreeMap<String, (String, Option<ActorKind>)> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.document.is_empty() && !r.keeps()) {
        for name in &row.names {
            let key = fold_words(name);
            let whole = row.read_as.is_empty() || fold_words(&row.read_as) == key;
            if whole && key != fold_words(&row.actor) && catalogue.claimed(name).is_empty() {
                next.entry(key).or_insert_with(|| (row.actor.clone(), row.kind));
            }
        }
    }
    rows.retain_mut(|row| {
        if row.keeps() {
            return true;
        }
        let mut seen = BTreeSet::new();
        while let Some((actor, kind)) = next.get(&fold_words(&row.actor)) {
            if !seen.insert(fold_words(&row.actor)) {
                let problem = format_args!("the rows for `{}` lead in a circle; expected an end", row.actor);
                faults.push(fault(&row.file, row.line, "actor", &problem));
                return false;
            }
            row.actor.clone_from(actor);
            row.kind = *kind;
        }
        true
    });
}
