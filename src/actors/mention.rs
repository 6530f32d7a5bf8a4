//! Mentions, and the figures of one document that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{ActorKind, EntryId};
use crate::documents::Span;

/// How a mention names its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// A name, full or short, or an abbreviation.
    Name,
    /// An adjective or the inhabitants' name (`Turkish`, `Turks`).
    Demonym,
    /// Capital or seat of power for the government.
    Metonym,
    /// A definite description (`the alliance`, `the Turkish president`).
    Description,
    /// A pronoun.
    Pronoun,
}

impl MentionForm {
    /// Whether its words are a name that may be listed among the actor's aliases.
    #[must_use]
    pub const fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Demonym | Self::Metonym)
    }

    /// The word `explain` uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Demonym => "demonym",
            Self::Metonym => "metonym",
            Self::Description => "description",
            Self::Pronoun => "pronoun",
        }
    }
}

/// Number of a figure within its document.
pub type FigureId = usize;

/// An actor as one document knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Canonical name: the catalogue's, or the fullest one of the text.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Its entry in the catalogue, where it has one.
    pub entry: Option<EntryId>,
    /// The state or body that the text itself puts before its name (`the Turkish foreign ministry`).
    pub within: Option<FigureId>,
    /// `m`, `f`, or empty where unknown.
    pub gender: String,
    /// Common nouns by which it may be called, lower case.
    pub types: BTreeSet<String>,
}

/// A stretch of text that names a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Index of its sentence.
    pub sentence: usize,
    /// Its tokens within the sentence.
    pub tokens: Range<usize>,
    /// The token that heads it in the tree.
    pub head: usize,
    /// Its bytes in the document.
    pub span: Span,
    /// How it names.
    pub form: MentionForm,
    /// Whom.
    pub figure: FigureId,
    /// How sure the resolution is, over 0 and up to 1.
    pub certainty: f32,
    /// Why this figure, for `explain`.
    pub why: String,
}

/// Figures and mentions of one document. A plural expression (`the two countries`) has one mention per figure.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The figures, in order of first mention.
    pub figures: Vec<Figure>,
    /// The mentions, in order of place.
    pub mentions: Vec<Mention>,
    by_head: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Cast {
    /// Sorts the mentions and indexes them by head token; to be called after a change.
    pub fn index(&mut self) {
        self.mentions.sort_by_key(|a| (a.sentence, a.span, a.figure));
        self.by_head.clear();
        for (i, m) in self.mentions.iter().enumerate() {
            self.by_head.entry((m.sentence, m.head)).or_default().push(i);
        }
    }

    /// The mentions headed by a token.
    pub fn at(&self, sentence: usize, token: usize) -> impl Iterator<Item = &Mention> {
        self.by_head.get(&(sentence, token)).into_iter().flatten().map(|i| &self.mentions[*i])
    }

    /// The mentions of a sentence, in order of place.
    #[must_use]
    pub fn of_sentence(&self, sentence: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        let to = self.mentions.partition_point(|m| m.sentence <= sentence);
        &self.mentions[from..to]
    }

    /// The figure of that catalogue entry, added where the document has none yet.
    pub fn figure_of(&mut self, entry: EntryId, make: impl FnOnce() -> Figure) -> FigureId {
        if let Some(found) = self.figures.iter().position(|f| f.entry == Some(entry)) {
            return found;
        }
        self.figures.push(make());
        self.figures.len() - 1
    }
}
