//! Resolves pronouns and descriptions within a document.
//!
//! A document is read once, from left to right. At each word that may take up an actor, the phrases of the same and the few
//! sentences before are filtered by number, kind, gender and place in the tree, and the rest scored by nearness and role; the best
//! one wins if it leads clearly, else the word stays unresolved. Names come before descriptions before pronouns in trust: what is
//! resolved joins the phrases that later words may take up.
//!
//! The ideas: search by syntax and recency from Hobbs, *Resolving Pronoun References* (1978); salience by grammatical role, halved
//! by distance, and the filter on co-arguments from Lappin & Leass, *An Algorithm for Pronominal Anaphora Resolution* (1994);
//! precise steps before guesses and agreement within a document's entities from Lee et al., *Deterministic Coreference Resolution
//! Based on Entity-Centric, Precision-Ranked Rules* (2013); pleonastic `it` after Lappin & Leass and Paice & Husk (1987).

mod describe;
mod group;
mod implied;
mod items;
mod lists;
mod office;
mod phrase;
mod pronoun;
mod relative;
mod tree;

pub(super) use lists::Lists;

use items::Item;

use super::scene::Scene;
use super::{ActorKind, Cast, EntryId, FigureId, Mention, MentionForm};
use crate::documents::Span;
use crate::language::{Feats, Sentence};

/// How many sentences before its own a pronoun may reach back.
const PRONOUN_REACH: usize = 3;
/// How many sentences before its own a description may reach back.
const DESCRIPTION_REACH: usize = 12;
/// The main state of a document has at least one in so many of its names.
const MAIN_SHARE: usize = 3;

/// A document being read.
pub(super) struct Reader<'a, 'b> {
    scene: &'a Scene<'b>,
    lists: &'a Lists,
    /// The phrases of the sentences read so far, the current one's included.
    items: Vec<Vec<Item>>,
    /// Nouns that the text itself puts beside a figure's name (`General Burhan`, `the rebel leader Machar`).
    called: std::collections::BTreeMap<FigureId, std::collections::BTreeSet<String>>,
    /// For each of those nouns the figures called so; more than two are not told apart.
    so_called: std::collections::BTreeMap<String, Vec<FigureId>>,
    /// The state that the document mostly speaks of, where one stands out.
    main: Option<FigureId>,
    /// The figures named so far, by kind.
    named: std::collections::BTreeMap<ActorKind, Vec<FigureId>>,
    /// Persons and states that an office has already joined.
    implied: std::collections::BTreeSet<(FigureId, FigureId)>,
}

/// Whom an expression means, how sure that is, and why.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub figures: Vec<FigureId>,
    pub certainty: f32,
    pub why: String,
}

/// Adds the mentions by pronoun and description to a cast of names.
pub(super) fn resolve(scene: &Scene<'_>, cast: &mut Cast) {
    let mut reader = Reader {
        scene,
        lists: &scene.know.lexicon.reference,
        items: Vec::new(),
        called: std::collections::BTreeMap::new(),
        so_called: std::collections::BTreeMap::new(),
        main: None,
        named: std::collections::BTreeMap::new(),
        implied: std::collections::BTreeSet::new(),
    };
    cast.index();
    reader.main = reader.main_state(cast);
    let mut added = Vec::new();
    for number in 0..scene.sentences.len() {
        reader.sentence(cast, number, &mut added);
    }
    cast.mentions.append(&mut added);
}

impl<'a> Reader<'a, '_> {
    fn sentence(&mut self, cast: &mut Cast, number: usize, added: &mut Vec<Mention>) {
        let s: &'a Sentence = &self.scene.sentences[number];
        self.note_titles(cast, number);
        for m in cast.of_sentence(number) {
            let list = self.named.entry(cast.figures[m.figure].kind).or_default();
            if !list.contains(&m.figure) {
                list.push(m.figure);
            }
        }
        self.items.push(items::of_sentence(self, cast, number));
        for t in 0..s.tokens.len() {
            if let Some(phrase) = phrase::at(self, cast, number, t) {
                let named = cast.at(number, t).next().is_some();
                if let Some(answer) = describe::resolve(self, cast, &phrase) {
                    let tokens = phrase.tokens.clone();
                    if named {
                        cast.mentions.retain(|m| !(m.sentence == number && m.tokens.contains(&t)));
                        cast.index();
                    }
                    self.add(cast, number, tokens, t, MentionForm::Description, answer, added);
                }
                continue;
            }
            if cast.at(number, t).next().is_some() {
                continue;
            }
            if let Some(answer) = relative::resolve(self, cast, number, t) {
                self.add(cast, number, t..t + 1, t, MentionForm::Pronoun, answer, added);
            } else if let Some(answer) = group::bare(self, cast, number, t) {
                let begin = if t > 0 && self.scene.lower(number, t - 1) == "the" { t - 1 } else { t };
                self.add(cast, number, begin..t + 1, t, MentionForm::Description, answer, added);
            } else if let Some(answer) = pronoun::resolve(self, cast, number, t) {
                self.add(cast, number, t..t + 1, t, MentionForm::Pronoun, answer, added);
            }
        }
        let implied = implied::of_sentence(self, cast, number, added);
        added.extend(implied);
    }

    /// The state that most of the document's names belong to, where it leads the others clearly.
    fn main_state(&self, cast: &Cast) -> Option<FigureId> {
        let mut counts: std::collections::BTreeMap<EntryId, usize> = std::collections::BTreeMap::new();
        for m in &cast.mentions {
            if let Some(home) = self.home(cast, m.figure)
                && self.scene.know.catalogue.entry(home).kind() == ActorKind::State
            {
                *counts.entry(home).or_default() += 1;
            }
        }
        let total: usize = counts.values().sum();
        let mut list: Vec<(usize, EntryId)> = counts.into_iter().map(|(e, n)| (n, e)).collect();
        list.sort_by_key(|(n, e)| (std::cmp::Reverse(*n), *e));
        let (top, entry) = *list.first()?;
        let next = list.get(1).map_or(0, |n| n.0);
        if top < 4 || top * MAIN_SHARE < total || top * 2 < next * 3 {
            return None;
        }
        cast.figures.iter().position(|f| f.entry == Some(entry))
    }

    /// Notes a resolved expression: as mention, and as a phrase that later words may take up.
    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        cast: &Cast,
        number: usize,
        tokens: std::ops::Range<usize>,
        head: usize,
        form: MentionForm,
        answer: Answer,
        added: &mut Vec<Mention>,
    ) {
        let s = &self.scene.sentences[number];
        let span = Span::new(s.tokens[tokens.start].span.begin, s.tokens[tokens.end - 1].span.stop);
        for figure in &answer.figures {
            added.push(Mention {
                sentence: number,
                tokens: tokens.clone(),
                head,
                span,
                form,
                figure: *figure,
                certainty: answer.certainty,
                why: answer.why.clone(),
            });
        }
        let plural = answer.figures.len() > 1
            || self.plural_name(number, head)
            || answer.figures.iter().all(|f| cast.figures[*f].kind == ActorKind::People);
        let role = tree::role(s, head);
        let row = &mut self.items[number];
        match row.iter_mut().find(|i| i.token == head) {
            Some(item) => {
                item.figures = answer.figures;
                item.form = Some(form);
                item.plural = plural;
            }
            None => {
                let at = row.partition_point(|i| i.token < head);
                row.insert(
                    at,
                    Item {
                        sentence: number,
                        token: head,
                        figures: answer.figures,
                        role,
                        form: Some(form),
                        plural,
                        human: false,
                        unknown: false,
                    },
                );
            }
        }
    }

    /// Whether the phrase at a token is plural in form (`the Houthis`, `the rebels`).
    fn plural_name(&self, number: usize, t: usize) -> bool {
        let s = &self.scene.sentences[number];
        let token = &s.tokens[t];
        let form = self.scene.form(number, t);
        if matches!(self.scene.lower(number, t).as_str(), "they" | "their" | "them" | "both") {
            return true;
        }
        if self.lists.plural_names.contains(form) {
            return true;
        }
        token.feats.has(Feats::PLUR) && self.ends_plural(number, t)
    }

    /// Whether the name at a token ends like a plural and has an article.
    fn ends_plural(&self, number: usize, t: usize) -> bool {
        let form = self.scene.form(number, t);
        form.ends_with('s') && t > 0 && self.scene.lower(number, t - 1) == "the" && !self.lists.singular_names.contains(form)
    }

    /// The phrase whose words a token is among.
    fn item_over(&self, cast: &Cast, number: usize, t: usize) -> Option<&Item> {
        let row = &self.items[number];
        row.iter().find(|i| i.token == t).or_else(|| {
            let mention = cast.of_sentence(number).iter().find(|m| m.tokens.contains(&t))?;
            row.iter().find(|i| i.token == mention.head)
        })
    }

    fn month(&self, word: &str) -> bool {
        crate::documents::head::month_number(word).is_some()
    }

    /// Notes the titles and nouns that stand beside names of persons.
    fn note_titles(&mut self, cast: &Cast, number: usize) {
        let s = &self.scene.sentences[number];
        for m in cast.of_sentence(number) {
            let mut words = Vec::new();
            if let Some(title) = super::names::title_before(self.scene, number, m.tokens.start) {
                words.push(title);
            }
            let beside = |t: usize| s.tokens[t].lemma.to_lowercase();
            for c in s.children(m.head) {
                if s.tokens[c].deprel == crate::language::Deprel::Appos
                    || (s.tokens[c].deprel == crate::language::Deprel::Compound && c < m.tokens.start)
                {
                    words.push(beside(c));
                }
            }
            if let (crate::language::Deprel::Appos, Some(up)) = (s.tokens[m.head].deprel, s.tokens[m.head].head) {
                words.push(beside(up));
            }
            if !m.tokens.contains(&m.head) {
                words.push(beside(m.head));
            }
            if cast.figures[m.figure].kind.is_human() {
                for word in &words {
                    let list = self.so_called.entry(word.clone()).or_default();
                    if list.len() < 2 && !list.contains(&m.figure) {
                        list.push(m.figure);
                    }
                }
            }
            self.called.entry(m.figure).or_default().extend(words);
        }
    }

    /// The gender of a figure, as the catalogue, a title or the first name tells it.
    fn gender(&self, cast: &Cast, figure: FigureId) -> &'static str {
        let f = &cast.figures[figure];
        match f.gender.as_str() {
            "m" => return "m",
            "f" => return "f",
            _ => {}
        }
        for word in self.called.get(&figure).into_iter().flatten() {
            match self.lists.gendered.get(word).map(String::as_str) {
                Some("m") => return "m",
                Some("f") => return "f",
                _ => {}
            }
        }
        self.lists.gender_of(&f.name)
    }

    /// The state that a figure is, belongs to or comes from.
    fn home(&self, cast: &Cast, figure: FigureId) -> Option<super::EntryId> {
        let f = &cast.figures[figure];
        if f.kind == ActorKind::State {
            return f.entry;
        }
        if let Some(entry) = f.entry {
            let homes = &self.scene.know.catalogue.entry(entry).home;
            if f.kind.is_human()
                && let Some(term) =
                    self.scene.know.catalogue.offices(entry).find(|t| self.scene.know.catalogue.entry(t.of).kind() == ActorKind::State)
                && homes.is_empty()
            {
                return Some(term.of);
            }
            return homes.first().copied();
        }
        f.within.and_then(|w| cast.figures[w].entry)
    }

    /// The sentences that an expression may reach back to, its own first, as distance and phrases.
    fn back(&self, number: usize, reach: usize) -> impl Iterator<Item = (usize, &Vec<Item>)> {
        (0..=reach.min(number)).map(move |d| (d, &self.items[number - d]))
    }

    /// Nearness of a sentence `d` sentences before.
    fn nearness(&self, number: usize, d: usize) -> f32 {
        let base = match d {
            0 => 3.0,
            1 => 2.4,
            2 => 1.3,
            3 => 0.6,
            d => 0.5 / (d as f32),
        };
        let apart = self.scene.sentences[number].paragraph != self.scene.sentences[number - d].paragraph;
        if apart { base - 0.4 } else { base }
    }
}
