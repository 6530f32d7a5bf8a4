//! What of a document's actors is doubtful: new names, close choices, names of which nothing is known.

use super::names::{THRESHOLD, scored};
use super::newnames;
use super::scene::{Knowledge, Scene};
use super::trie::NameClass;
use super::{Cast, FigureId};
use crate::documents::{Document, Span};
use crate::language::Sentence;

/// Why a name is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Two or more actors have this name and none leads.
    Undecided,
    /// Another actor was nearly as likely.
    Close,
    /// A common word, or a name shared with something else.
    Weak,
    /// A family name without the full name anywhere in the document.
    Surname,
    /// An abbreviation that several actors have, without the full name of one anywhere in the document.
    Abbreviation,
    /// The catalogue does not know it; its kind is guessed.
    New,
    /// The catalogue does not know it, and nothing tells its kind.
    Unknown,
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undecided => "several actors have this name and none leads",
            Self::Close => "another actor is nearly as likely",
            Self::Weak => "a common word or a shared name",
            Self::Surname => "a surname without the full name in the document",
            Self::Abbreviation => "an abbreviation of several, without the full name in the document",
            Self::New => "not in the catalogue, its kind is guessed",
            Self::Unknown => "not in the catalogue, nothing tells its kind",
        }
    }
}

/// A doubtful name at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Why.
    pub reason: Reason,
    /// Index of its sentence.
    pub sentence: usize,
    /// Where it stands.
    pub span: Span,
    /// Whom it was taken for; nobody where it was left alone.
    pub figure: Option<FigureId>,
    /// The names of the actors that it may mean, likeliest first.
    pub candidates: Vec<String>,
}

/// A choice that leads by less than this is close.
const CLOSE: f32 = 1.0;

/// The doubtful names of a document, in order of place; without those that a merge file settles.
#[must_use]
pub fn doubts(know: &Knowledge, document: &Document, sentences: &[Sentence], cast: &Cast) -> Vec<Doubt> {
    let scene = Scene::of(know, document, sentences, &know.catalogue.trie().find(&document.prose));
    let mut out = Vec::new();
    let named = |sentence: usize, span: Span| cast.of_sentence(sentence).iter().find(|m| m.form.is_name() && m.span == span);
    for placed in &scene.placed {
        let points = scored(&scene, placed);
        let candidates: Vec<String> = points.iter().map(|(_, f)| know.catalogue.entry(f.entry).name.clone()).collect();
        let mention = named(placed.sentence, placed.span).filter(|m| cast.figures[m.figure].entry.is_some());
        let (figure, reason) = match mention {
            Some(m) => {
                let Some((own, form)) = points.iter().find(|(_, f)| Some(f.entry) == cast.figures[m.figure].entry) else { continue };
                let rival = points.iter().filter(|(_, f)| f.entry != form.entry).map(|(p, _)| *p).reduce(f32::max);
                let anchored = scene.anchors.contains_key(&form.entry);
                let upper = placed.tokens.len() == 1 && placed.span.of(&document.prose).chars().all(char::is_uppercase);
                let reason = match rival {
                    Some(r) if r >= THRESHOLD && own - r < CLOSE => Reason::Close,
                    _ if form.class == NameClass::Short && !anchored => Reason::Surname,
                    Some(_) if upper && !anchored => Reason::Abbreviation,
                    _ if form.weak && !anchored && !scene.firm.contains(&form.entry) => Reason::Weak,
                    _ => continue,
                };
                (Some(m.figure), reason)
            }
            // Left alone although somebody of that name would do; not so where a longer name has its words.
            None => {
                let covered = cast.of_sentence(placed.sentence).iter().any(|m| m.form.is_name() && m.tokens.contains(&placed.head));
                let (Some((top, first)), false) = (points.first(), covered) else { continue };
                let rival = points.iter().skip(1).any(|(_, f)| f.entry != first.entry);
                if *top < THRESHOLD || !rival {
                    continue;
                }
                (None, Reason::Undecided)
            }
        };
        out.push(Doubt { reason, sentence: placed.sentence, span: placed.span, figure, candidates });
    }
    for m in cast.mentions.iter().filter(|m| m.form.is_name() && cast.figures[m.figure].entry.is_none()) {
        out.push(Doubt { reason: Reason::New, sentence: m.sentence, span: m.span, figure: Some(m.figure), candidates: Vec::new() });
    }
    for (sentence, tokens) in newnames::unknown(&scene) {
        let free = |t: usize| {
            !scene.placed.iter().any(|p| p.sentence == sentence && p.tokens.contains(&t))
                && !cast.of_sentence(sentence).iter().any(|m| m.form.is_name() && m.tokens.contains(&t))
        };
        if tokens.clone().all(free) {
            let row = &sentences[sentence].tokens;
            let span = Span::new(row[tokens.start].span.begin, row[tokens.end - 1].span.stop);
            out.push(Doubt { reason: Reason::Unknown, sentence, span, figure: None, candidates: Vec::new() });
        }
    }
    out.retain(|d| {
        let name = d.figure.map_or("", |f| cast.figures[f].name.as_str());
        let asked = if d.reason == Reason::New { name } else { d.span.of(&document.prose) };
        !know.merges.settles(asked, &document.id, name) && !know.merges.settles(d.span.of(&document.prose), &document.id, name)
    });
    out.sort_by_key(|d| (d.span, d.reason));
    out
}
