//! From sentences to the cast of a document: who is named where.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::mention::{Cast, Figure, Mention};
use super::names::{self, Placed};
use super::newnames;
use super::trie::{Form, Found};
use super::{Catalogue, CatalogueError, EntryId, Lexicon, Merges};
use crate::documents::{Document, Seeds, Span};
use crate::language::{Deprel, Sentence};

/// Catalogue and word lists together: what resolving needs to know.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// The actors known beforehand.
    pub catalogue: Catalogue,
    /// The word lists.
    pub lexicon: Lexicon,
    /// The trained sorter of unknown names.
    pub sorter: super::Sorter,
    /// The user's rows on who is who.
    pub merges: Merges,
}

impl Knowledge {
    /// Knowledge of a catalogue and the seeds' word lists.
    #[must_use]
    pub fn new(catalogue: Catalogue, seeds: &Seeds) -> Self {
        let lexicon = Lexicon::read(seeds, &catalogue);
        let weights = super::learn::Weights::read(seeds.text("actors/names.tsv").unwrap_or_default(), &super::CLASSES);
        Self { catalogue, lexicon, sorter: super::Sorter { weights }, merges: Merges::default() }
    }

    /// Takes a user's merge files (path for messages, text); rows that are wrong are left out and given back.
    pub fn merge(&mut self, files: &[(String, String)]) -> Vec<CatalogueError> {
        let (merges, faults) = Merges::read(files, &mut self.catalogue, &self.lexicon);
        self.merges = merges;
        faults
    }
}

/// A document on the way to its cast.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub know: &'a Knowledge,
    pub document: &'a Document,
    pub sentences: &'a [Sentence],
    pub placed: Vec<Placed>,
    /// What each of them means, where that is clear: the form, how sure, and why.
    pub chosen: Vec<Option<(Form, f32, String)>>,
    /// How often an entry is named by an unambiguous full name.
    pub anchors: BTreeMap<EntryId, usize>,
    /// How often an entry's home is touched by names of any kind.
    pub homes: BTreeMap<EntryId, usize>,
    /// States that names of theirs alone, or of their leaders and places, touch.
    pub firm: BTreeSet<EntryId>,
    /// The document's year, given or guessed from the years it names.
    pub year: Option<i16>,
}

/// A document that names at most so many years is dated by its leaders' terms too.
const FEW_YEARS: usize = 2;

/// The token ranges of a sentence that hold names of the catalogue, for the tagger.
#[must_use]
pub fn name_hints(sentence: &Sentence, found: &[Found]) -> Vec<Range<usize>> {
    let from = found.partition_point(|f| f.stop <= sentence.span.begin);
    found[from..]
        .iter()
        .take_while(|f| f.begin < sentence.span.stop)
        .filter(|f| f.forms.iter().any(|x| !x.weak && x.class != super::trie::NameClass::Demonym))
        .filter_map(|f| tokens_of(sentence, f.begin, f.stop))
        .collect()
}

/// The tokens that a stretch of text touches.
pub(super) fn tokens_of(sentence: &Sentence, begin: usize, stop: usize) -> Option<Range<usize>> {
    let first = sentence.tokens.iter().position(|t| t.span.stop > begin)?;
    let last = sentence.tokens.iter().rposition(|t| t.span.begin < stop)?;
    (first <= last).then_some(first..last + 1)
}

/// The token of a range that the tree hangs outside it.
fn head_within(sentence: &Sentence, range: &Range<usize>) -> usize {
    range
        .clone()
        .find(|i| sentence.tokens[*i].head.is_none_or(|h| !range.contains(&h)) && sentence.tokens[*i].deprel != Deprel::Punct)
        .unwrap_or(range.start)
}

/// The token that heads a range in the tree; of a name that hangs flat on a title, the title.
pub(super) fn head_of(sentence: &Sentence, range: &Range<usize>) -> usize {
    let mut head = head_within(sentence, range);
    while sentence.tokens[head].deprel == Deprel::Flat {
        match sentence.tokens[head].head {
            Some(up) if up < range.start && range.start - up <= 5 => head = up,
            _ => break,
        }
    }
    head
}

/// The names of a document that the catalogue does not settle, with what training the sorter looks at.
#[must_use]
pub fn name_samples(know: &Knowledge, document: &Document, sentences: &[Sentence], found: &[Found]) -> Vec<super::NameSample> {
    let scene = Scene::of(know, document, sentences, found);
    super::sorter::samples(&scene, newnames::candidates(&scene))
}

/// The cast of a document: every mention of an actor, resolved. `found` are the catalogue's names in the document's prose.
#[must_use]
pub fn cast(know: &Knowledge, document: &Document, sentences: &[Sentence], found: &[Found]) -> Cast {
    let scene = Scene::of(know, document, sentences, found);
    let mut cast = Cast::default();
    let (fresh, idle) = newnames::find(&scene);
    let mut mentions: Vec<Mention> = names::choose(&scene, &fresh, &idle, &mut cast);
    mentions.extend(newnames::mentions(&scene, &fresh, &mut cast));
    know.merges.apply(&scene, &mut mentions, &mut cast);
    // A body's or place's name does not hang on a title; where the tree says so it errs.
    for m in &mut mentions {
        if !m.tokens.contains(&m.head) && m.form != super::MentionForm::Demonym && !cast.figures[m.figure].kind.is_human() {
            m.head = head_within(&sentences[m.sentence], &m.tokens);
        }
    }
    cast.mentions = mentions;
    super::coreference::resolve(&scene, &mut cast);
    cast.index();
    cast
}

impl<'a> Scene<'a> {
    /// The scene of a document with its names in place.
    pub(super) fn of(know: &'a Knowledge, document: &'a Document, sentences: &'a [Sentence], found: &[Found]) -> Self {
        let mut scene = Scene {
            know,
            document,
            sentences,
            placed: Vec::new(),
            chosen: Vec::new(),
            anchors: BTreeMap::new(),
            homes: BTreeMap::new(),
            firm: BTreeSet::new(),
            year: None,
        };
        scene.place(found);
        scene.survey();
        scene.chosen = scene.placed.iter().map(|p| names::best(&scene, p)).collect();
        scene
    }
}

impl Scene<'_> {
    fn place(&mut self, found: &[Found]) {
        let mut at = 0;
        for (number, sentence) in self.sentences.iter().enumerate() {
            while at < found.len() && found[at].stop <= sentence.span.begin {
                at += 1;
            }
            let mut i = at;
            while i < found.len() && found[i].begin < sentence.span.stop {
                let f = &found[i];
                if f.begin >= sentence.span.begin
                    && f.stop <= sentence.span.stop
                    && let Some(tokens) = tokens_of(sentence, f.begin, f.stop)
                {
                    let head = head_of(sentence, &tokens);
                    let span = Span::new(f.begin, f.stop);
                    let forms = self.know.merges.forms(span.of(&self.document.prose), &self.document.id, f.forms.clone());
                    if !forms.is_empty() {
                        self.placed.push(Placed { sentence: number, tokens, head, span, forms });
                    }
                }
                i += 1;
            }
        }
    }

    /// Counts what the document names beyond doubt, and finds its year.
    fn survey(&mut self) {
        use super::trie::NameClass as C;
        for p in &self.placed {
            let full = |c: C| matches!(c, C::Name | C::Alias);
            let strong: Vec<_> = p.forms.iter().filter(|f| !f.weak).collect();
            if let [form] = strong.as_slice()
                && (full(form.class))
            {
                *self.anchors.entry(form.entry).or_default() += 1;
            }
            // A name that may be two states' supports neither.
            let states =
                p.forms.iter().filter(|f| full(f.class) && self.know.catalogue.entry(f.entry).kind() == super::ActorKind::State).count();
            if states < 2 {
                for form in p.forms.iter().filter(|f| !f.weak && f.class != C::Short) {
                    self.firm.insert(form.entry);
                    self.firm.extend(self.know.catalogue.entry(form.entry).home.iter().copied());
                }
            }
            for form in &p.forms {
                let entry = self.know.catalogue.entry(form.entry);
                if !form.weak && matches!(form.class, C::Demonym | C::Capital | C::Seat | C::Name | C::Alias) {
                    *self.homes.entry(form.entry).or_default() += 1;
                    if full(form.class) {
                        for home in &entry.home {
                            *self.homes.entry(*home).or_default() += 1;
                        }
                    }
                }
            }
        }
        self.year = self.document.date.map(crate::documents::PartialDate::year).or_else(|| self.era());
    }

    /// The year that an undated document speaks of: the last of several that it names, else the one in which most of the leaders
    /// that it names beyond doubt held office, the later one of equals.
    fn era(&self) -> Option<i16> {
        let mut years: Vec<i16> = Vec::new();
        for s in self.sentences {
            for t in &s.tokens {
                let form = t.span.of(&self.document.prose);
                if form.len() == 4
                    && form.bytes().all(|b| b.is_ascii_digit())
                    && let Ok(year) = form.parse::<i16>()
                    && (1800..=2030).contains(&year)
                {
                    years.push(year);
                }
            }
        }
        let last = years.iter().copied().max();
        if years.len() > FEW_YEARS {
            return last;
        }
        let mut votes: BTreeMap<i16, usize> = BTreeMap::new();
        for term in self.anchors.keys().flat_map(|e| self.know.catalogue.offices(*e)) {
            if let (Some(from), Some(to)) = (term.from, term.to) {
                (from.year()..=to.year()).for_each(|y| *votes.entry(y).or_default() += 2);
            }
        }
        years.iter().for_each(|y| *votes.entry(*y).or_default() += 1);
        votes.into_iter().max_by_key(|(y, n)| (*n, *y)).map(|(y, _)| y).or(last)
    }

    /// The text of a token.
    pub(super) fn form(&self, sentence: usize, token: usize) -> &str {
        self.sentences[sentence].tokens[token].span.of(&self.document.prose)
    }

    /// The text of a token in lower case.
    pub(super) fn lower(&self, sentence: usize, token: usize) -> String {
        self.form(sentence, token).to_lowercase()
    }

    /// A figure for an entry of the catalogue.
    pub(super) fn figure(&self, id: EntryId) -> Figure {
        let entry = self.know.catalogue.entry(id);
        Figure {
            name: entry.name.clone(),
            kind: entry.kind(),
            entry: Some(id),
            within: None,
            gender: entry.gender.clone(),
            types: if self.know.merges.is_own(id) {
                newnames::types(self, &entry.name, entry.kind())
            } else {
                entry.types.iter().cloned().collect()
            },
        }
    }
}
