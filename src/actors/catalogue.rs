//! The catalogue: who a text may be talking about, from CSV rows (see `seeds/actors/README.md`).

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use rayon::prelude::*;

use super::ActorKind;
use super::fold::fold_words;
use super::trie::{Fnv, Form, Key, NameClass, Trie};
use crate::documents::PartialDate;

/// Index of an entry in its catalogue.
pub type EntryId = u32;

/// One actor of the catalogue.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// State, body or place it belongs to.
    pub home: Vec<EntryId>,
    /// Since when it exists.
    pub from: Option<PartialDate>,
    /// Until when.
    pub to: Option<PartialDate>,
    /// Common nouns a text may use for it (`alliance`, `pipeline`, `dam`), lower case.
    pub types: Vec<String>,
    /// `m`, `f` or empty.
    pub gender: String,
    /// Parties of an agreement or conflict, states on a pipeline's route, owner of a company.
    pub parties: Vec<EntryId>,
    /// Codes: `iso2`, `iso3`, `cow`, `wikidata`.
    pub codes: BTreeMap<String, String>,
    /// The capital's entry (a territory), for a state.
    pub capital: Option<EntryId>,
    /// Family name or other short names, for a person.
    pub short: Vec<String>,
}

impl Entry {
    /// Its kind; a row without one is refused at reading.
    #[must_use]
    pub fn kind(&self) -> ActorKind {
        self.kind.unwrap_or(ActorKind::Organization)
    }

    /// Whether it exists at some time of `year`, as far as the catalogue knows.
    #[must_use]
    pub fn in_year(&self, year: i16) -> bool {
        self.from.is_none_or(|d| d.year() <= year) && self.to.is_none_or(|d| d.year() >= year)
    }
}

/// An office held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Who.
    pub leader: EntryId,
    /// What, lower case.
    pub office: String,
    /// Of which actor.
    pub of: EntryId,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when; open where none.
    pub to: Option<PartialDate>,
}

impl Term {
    /// Whether it runs at some time of `date`; an unknown date fits every term.
    #[must_use]
    pub fn covers(&self, date: Option<PartialDate>) -> bool {
        let Some(date) = date else { return true };
        self.from.is_none_or(|f| f.first_day() <= date.last_day()) && self.to.is_none_or(|t| t.last_day() >= date.first_day())
    }
}

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub member: EntryId,
    /// Of what.
    pub of: EntryId,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when; open where none.
    pub to: Option<PartialDate>,
}

/// A fault of a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: column {column}: {problem}")]
pub struct CatalogueError {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// What is wrong and what is accepted.
    pub problem: String,
}

/// Entries, terms and memberships, and the index of their names.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The entries, in file order.
    pub entries: Vec<Entry>,
    /// Offices held.
    pub terms: Vec<Term>,
    /// Memberships.
    pub memberships: Vec<Membership>,
    by_name: HashMap<String, EntryId, BuildHasherDefault<Fnv>>,
    trie: Trie,
    by_office: BTreeMap<(EntryId, String), Vec<usize>>,
    by_leader: BTreeMap<EntryId, Vec<usize>>,
    by_home: BTreeMap<EntryId, Vec<EntryId>>,
}

const LEAD: [&str; 8] = ["name", "kind", "aliases", "demonyms", "home", "from", "to", "note"];

impl Catalogue {
    /// Reads catalogue files: path (for messages) and text. Files named `terms*.csv` and `members*.csv` hold facts, every
    /// other `.csv` rows of actors. Rows that are wrong are left out and reported.
    #[must_use]
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<CatalogueError>) {
        let mut own = Self::default();
        let mut faults = Vec::new();
        let mut facts = Vec::new();
        let mut actors = Vec::new();
        for (path, text) in files {
            let file = path.rsplit('/').next().unwrap_or(path);
            if !file.to_ascii_lowercase().ends_with(".csv") {
                continue;
            }
            if file.starts_with("terms") || file.starts_with("members") {
                facts.push((path, text, file.starts_with("terms")));
            } else {
                actors.push((path, text));
            }
        }
        let mut pending = Vec::new();
        let tables: Vec<Table> = actors.into_par_iter().map(|(path, text)| Table::read(path, text)).collect();
        let count = tables.iter().map(|t| t.rows.len()).sum();
        own.entries.reserve(count);
        own.by_name.reserve(count);
        pending.reserve(count);
        for table in tables {
            own.rows(table, &mut pending, &mut faults);
        }
        own.link(&pending, &mut faults);
        for (path, text, terms) in facts {
            own.facts(path, text, terms, &mut faults);
        }
        for (i, term) in own.terms.iter().enumerate() {
            own.by_office.entry((term.of, term.office.clone())).or_default().push(i);
            own.by_leader.entry(term.leader).or_default().push(i);
        }
        for (i, entry) in own.entries.iter().enumerate() {
            for home in &entry.home {
                own.by_home.entry(*home).or_default().push(u32::try_from(i).unwrap_or(u32::MAX));
            }
        }
        (own, faults)
    }

    /// The entry of a canonical name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<EntryId> {
        self.by_name.get(name).copied()
    }

    /// The entry of a number.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id as usize]
    }

    /// The index of all names.
    #[must_use]
    pub fn trie(&self) -> &Trie {
        &self.trie
    }

    /// Who held an office of an actor at a date (any time, where none is given), in file order.
    pub fn holders<'a>(&'a self, of: EntryId, office: &str, date: Option<PartialDate>) -> impl Iterator<Item = &'a Term> + 'a {
        self.by_office.get(&(of, office.to_owned())).into_iter().flatten().map(|i| &self.terms[*i]).filter(move |t| t.covers(date))
    }

    /// The entries whose home a state, body or place is, in file order.
    pub fn at_home(&self, home: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        self.by_home.get(&home).into_iter().flatten().copied()
    }

    /// The offices of a person, in file order.
    pub fn offices(&self, leader: EntryId) -> impl Iterator<Item = &Term> {
        self.by_leader.get(&leader).into_iter().flatten().map(|i| &self.terms[*i])
    }

    /// Adds an actor that no file of the catalogue has, under its name.
    pub(super) fn adopt(&mut self, name: &str, kind: ActorKind) -> EntryId {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { name: name.to_owned(), kind: Some(kind), ..Entry::default() });
        self.by_name.insert(name.to_owned(), id);
        // Its own name is its own, unless somebody else has it already.
        if self.claimed(name).is_empty() && !name.contains(" (") {
            self.call(id, name);
        }
        id
    }

    /// Another spelling of an actor's canonical name.
    pub(super) fn know(&mut self, name: &str, id: EntryId) {
        self.by_name.entry(name.to_owned()).or_insert(id);
    }

    /// Adds a name of an actor; of a person, the last word of it too, as its short name.
    pub(super) fn call(&mut self, id: EntryId, name: &str) {
        self.trie.insert(name, Form { entry: id, class: NameClass::Alias, weak: false });
        if self.entry(id).kind().is_human()
            && let Some(last) = name.rsplit(' ').next().filter(|l| *l != name && l.chars().count() > 2)
        {
            self.trie.insert(last, Form { entry: id, class: NameClass::Short, weak: false });
            let short = &mut self.entries[id as usize].short;
            if !short.iter().any(|s| s == last) {
                short.push(last.to_owned());
            }
        }
    }

    /// Orders the index after names were added.
    pub(super) fn finish(&mut self) {
        self.trie.finish();
    }

    fn rows(&mut self, table: Table, pending: &mut Vec<Pending>, faults: &mut Vec<CatalogueError>) {
        let Table { path, columns, rows } = table;
        let file: Arc<str> = path.into();
        for row in rows {
            let Row { entry, weak_name, line, record } = match row {
                Ok(row) => row,
                Err(e) => {
                    faults.push(e);
                    continue;
                }
            };
            let fresh = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            // A later file completes or replaces nothing: the first row of a name stands, its aliases are added.
            let id = *self.by_name.entry(entry.name.clone()).or_insert(fresh);
            let again = id != fresh;
            if !again {
                self.entries.push(entry);
            }
            let weak_name = weak_name && !again;
            pending.push(Pending { id, path: Arc::clone(&file), line, again, weak_name, columns: Arc::clone(&columns), record });
        }
    }

    /// Second pass: references between rows, and the index.
    fn link(&mut self, pending: &[Pending], faults: &mut Vec<CatalogueError>) {
        let links: Vec<Links> = pending.par_iter().map(|row| Links::new(self, row)).collect();
        self.trie.reserve(links.iter().map(|l| l.names.len()).sum());
        for (row, links) in pending.iter().zip(links) {
            faults.extend(links.faults);
            let entry = &mut self.entries[row.id as usize];
            if !row.again {
                entry.home = links.home;
                entry.parties = links.parties;
                entry.capital = links.capital;
            }
            entry.short.extend(links.short);
            for (key, class, weak) in links.names {
                self.trie.add(&key, Form { entry: row.id, class, weak });
            }
        }
        self.trie.finish();
    }

    fn facts(&mut self, path: &str, text: &str, terms: bool, faults: &mut Vec<CatalogueError>) {
        let expected = if terms { "leader,office,of,from,to" } else { "member,alliance,from,to" };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map(|h| h.iter().collect::<Vec<_>>().join(",")).unwrap_or_default();
        if header != expected {
            return faults.push(fault(path, 1, "name", &format_args!("the header is `{header}`; expected `{expected}`")));
        }
        for record in reader.records().flatten() {
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |i: usize| record.get(i).unwrap_or_default().trim();
            let mut entry = |i: usize, column: &str| {
                let found = self.by_name.get(cell(i)).copied();
                if found.is_none() {
                    faults.push(fault(path, line, column, &format_args!("`{}` is no name of the catalogue", cell(i))));
                }
                found
            };
            let (first, second) = if terms { (entry(0, "leader"), entry(2, "of")) } else { (entry(0, "member"), entry(1, "alliance")) };
            let (Some(first), Some(second)) = (first, second) else { continue };
            let base = if terms { 3 } else { 2 };
            let mut date = |i: usize, column: &str| match cell(i) {
                "" => Some(None),
                text => text.parse().map(Some).map_err(|e| faults.push(fault(path, line, column, &e))).ok(),
            };
            let (Some(from), Some(to)) = (date(base, "from"), date(base + 1, "to")) else { continue };
            if terms {
                self.terms.push(Term { leader: first, office: cell(1).to_lowercase(), of: second, from, to });
            } else {
                self.memberships.push(Membership { member: first, of: second, from, to });
            }
        }
    }

    /// Whether two entries belong together: one is home of the other, or they share one.
    #[must_use]
    pub fn related(&self, a: EntryId, b: EntryId) -> bool {
        a == b
            || self.entry(a).home.contains(&b)
            || self.entry(b).home.contains(&a)
            || self.entry(a).home.iter().any(|h| self.entry(b).home.contains(h))
    }

    /// How many entries names one exact text (folded), for tests and `list`.
    #[must_use]
    pub fn claimed(&self, text: &str) -> Vec<Form> {
        self.trie.get(&fold_words(text)).to_vec()
    }
}

/// The columns that are read, by number.
const COLUMNS: [&str; 21] = [
    "name",
    "kind",
    "aliases",
    "demonyms",
    "home",
    "from",
    "to",
    "note",
    "type",
    "gender",
    "short",
    "capital",
    "seats",
    "inhabitants",
    "parties",
    "route",
    "owner",
    "iso2",
    "iso3",
    "cow",
    "wikidata",
];

/// Their numbers.
mod column {
    pub(super) const NAME: usize = 0;
    pub(super) const KIND: usize = 1;
    pub(super) const ALIASES: usize = 2;
    pub(super) const DEMONYMS: usize = 3;
    pub(super) const HOME: usize = 4;
    pub(super) const FROM: usize = 5;
    pub(super) const TO: usize = 6;
    pub(super) const TYPE: usize = 8;
    pub(super) const GENDER: usize = 9;
    pub(super) const SHORT: usize = 10;
    pub(super) const CAPITAL: usize = 11;
    pub(super) const SEATS: usize = 12;
    pub(super) const INHABITANTS: usize = 13;
    pub(super) const PARTIES: usize = 14;
    pub(super) const ROUTE: usize = 15;
    pub(super) const OWNER: usize = 16;
    pub(super) const ISO2: usize = 17;
    pub(super) const ISO3: usize = 18;
    pub(super) const COW: usize = 19;
    pub(super) const WIKIDATA: usize = 20;
}

/// Where each column stands in a file.
type Columns = Arc<[Option<usize>; COLUMNS.len()]>;

/// What is linked in the second pass.
#[derive(Debug)]
struct Pending {
    id: EntryId,
    path: Arc<str>,
    line: u64,
    again: bool,
    weak_name: bool,
    columns: Columns,
    record: csv::StringRecord,
}

impl Pending {
    fn cell(&self, column: usize) -> &str {
        self.columns[column].and_then(|i| self.record.get(i)).unwrap_or_default().trim()
    }
}

/// A file of actors, read row by row.
#[derive(Debug)]
struct Table<'a> {
    path: &'a str,
    columns: Columns,
    rows: Vec<Result<Row, CatalogueError>>,
}

/// A row: its entry without what refers to other rows.
#[derive(Debug)]
struct Row {
    entry: Entry,
    weak_name: bool,
    line: u64,
    record: csv::StringRecord,
}

impl<'a> Table<'a> {
    /// The rows of a file; of one whose header is wrong nothing but that fault.
    fn read(path: &'a str, text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let wrong =
            |problem: &dyn std::fmt::Display| Self { path, columns: Arc::default(), rows: vec![Err(fault(path, 1, "name", problem))] };
        let headers: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
            Err(e) => return wrong(&e),
        };
        if headers.iter().take(8).ne(LEAD.iter()) {
            let found = headers.iter().take(8).cloned().collect::<Vec<_>>().join(",");
            return wrong(&format_args!("the header is `{found}`; expected `{}` first", LEAD.join(",")));
        }
        let columns = Arc::new(COLUMNS.map(|name| headers.iter().position(|h| h == name)));
        let rows = reader
            .into_records()
            .map(|record| {
                let record = record.map_err(|e| fault(path, e.position().map_or(0, csv::Position::line), "name", &e))?;
                Row::new(path, headers.len(), &columns, record)
            })
            .collect();
        Self { path, columns, rows }
    }
}

impl Row {
    fn new(path: &str, width: usize, columns: &Columns, record: csv::StringRecord) -> Result<Self, CatalogueError> {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != width {
            return Err(fault(path, line, "note", &format_args!("the row has {} cells, the header {width}", record.len())));
        }
        let cell = |column: usize| columns[column].and_then(|i| record.get(i)).unwrap_or_default().trim();
        let name = cell(column::NAME).trim_start_matches('?');
        if name.is_empty() {
            return Err(fault(path, line, "name", &"it is empty; expected a canonical name"));
        }
        let Some(kind) = ActorKind::parse(cell(column::KIND)) else {
            let kinds = ActorKind::ALL.map(ActorKind::as_str).join(", ");
            let problem = format_args!("`{}` is no kind; expected one of {kinds}", cell(column::KIND));
            return Err(fault(path, line, "kind", &problem));
        };
        let date = |place: usize| match cell(place) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|e| fault(path, line, COLUMNS[place], &e)),
        };
        let codes = [column::ISO2, column::ISO3, column::COW, column::WIKIDATA]
            .into_iter()
            .filter(|c| !cell(*c).is_empty())
            .map(|c| (COLUMNS[c].to_owned(), cell(c).to_owned()))
            .collect();
        let entry = Entry {
            name: name.to_owned(),
            kind: Some(kind),
            from: date(column::FROM)?,
            to: date(column::TO)?,
            types: split(cell(column::TYPE)).map(str::to_lowercase).collect(),
            gender: cell(column::GENDER).to_owned(),
            codes,
            short: split(cell(column::SHORT)).map(|s| s.trim_start_matches('?').to_owned()).collect(),
            ..Entry::default()
        };
        Ok(Self { entry, weak_name: cell(column::NAME).starts_with('?'), line, record })
    }
}

/// What a row refers to, and the names that it gives its actor.
#[derive(Debug, Default)]
struct Links {
    home: Vec<EntryId>,
    parties: Vec<EntryId>,
    capital: Option<EntryId>,
    /// A person's last name, where no short name is given.
    short: Option<String>,
    names: Vec<(Key, NameClass, bool)>,
    faults: Vec<CatalogueError>,
}

impl Links {
    fn new(catalogue: &Catalogue, row: &Pending) -> Self {
        let find = |name: &str| catalogue.by_name.get(name).copied();
        let mut out = Self::default();
        for name in split(row.cell(column::HOME)) {
            match find(name) {
                Some(home) => out.home.push(home),
                None => out.faults.push(fault(&row.path, row.line, "home", &format_args!("`{name}` is no name of the catalogue"))),
            }
        }
        let parties = [column::PARTIES, column::ROUTE, column::OWNER].into_iter().flat_map(|c| split(row.cell(c)));
        out.parties = parties.filter_map(find).collect();
        out.capital = split(row.cell(column::CAPITAL)).next().map(|c| c.trim_start_matches('?')).and_then(find);
        let entry = catalogue.entry(row.id);
        let name = entry.name.as_str();
        let bare = name.split(" (").next().unwrap_or(name);
        let mut add = |text: &str, class: NameClass, weak: bool| {
            let (text, weak) = text.strip_prefix('?').map_or((text, weak), |rest| (rest, true));
            out.names.push((Key::new(text), class, weak));
        };
        if !row.again && !row.cell(column::ALIASES).split('|').any(|a| a.trim().trim_start_matches('?') == bare) {
            // What needs a suffix in brackets to be one actor's name is not one's alone without it.
            add(bare, NameClass::Name, row.weak_name || bare != name);
        }
        for alias in split(row.cell(column::ALIASES)) {
            add(alias, if alias.strip_prefix('?') == Some(name) { NameClass::Name } else { NameClass::Alias }, false);
        }
        split(row.cell(column::DEMONYMS)).for_each(|word| add(word, NameClass::Demonym, false));
        for word in split(row.cell(column::INHABITANTS)) {
            if !split(row.cell(column::DEMONYMS)).any(|d| d == word) {
                add(word, NameClass::Demonym, false);
            }
        }
        split(row.cell(column::CAPITAL)).for_each(|c| add(c, NameClass::Capital, false));
        split(row.cell(column::SEATS)).for_each(|c| add(c, NameClass::Seat, false));
        split(row.cell(column::SHORT)).for_each(|c| add(c, NameClass::Short, false));
        if entry.kind().is_human()
            && row.cell(column::SHORT).is_empty()
            && !row.again
            && let Some(last) = bare.rsplit(' ').next().filter(|l| *l != bare && l.chars().count() > 2)
        {
            add(last, NameClass::Short, false);
            out.short = Some(last.to_owned());
        }
        out
    }
}

pub(super) fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|s| !s.is_empty())
}

pub(super) fn fault(file: &str, line: u64, column: &str, problem: &dyn std::fmt::Display) -> CatalogueError {
    CatalogueError { file: file.to_owned(), line, column: column.to_owned(), problem: problem.to_string() }
}
