//! What later words may take up: the mentions of a sentence, and its other nouns as their rivals.
//!
//! Common nouns that name no actor stand beside the mentions, so that a pronoun whose likeliest antecedent is one of them stays
//! unresolved instead of falling to the nearest actor.

use super::Reader;
use super::tree::{Role, heads_clause, role};
use crate::actors::{ActorKind, Cast, FigureId, MentionForm};
use crate::language::{Deprel, Feats, Upos};

/// A phrase that a later expression may take up.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub sentence: usize,
    pub token: usize,
    /// Whom it names; nobody where it is a common noun or an unknown name.
    pub figures: Vec<FigureId>,
    pub role: Role,
    /// How it names.
    pub form: Option<MentionForm>,
    pub plural: bool,
    /// A common noun for human beings.
    pub human: bool,
    /// An unknown proper name, which may be anything.
    pub unknown: bool,
}

impl Item {
    /// Whether it names nobody the document knows.
    pub(super) fn is_rival(&self) -> bool {
        self.figures.is_empty()
    }
}

/// The phrases of a sentence, in order.
pub(super) fn of_sentence(reader: &Reader<'_, '_>, cast: &Cast, number: usize) -> Vec<Item> {
    let s = &reader.scene.sentences[number];
    let mentions = cast.of_sentence(number);
    let mut out: Vec<Item> = Vec::new();
    for (t, token) in s.tokens.iter().enumerate() {
        // "several Western governments" are not the West.
        let partial = |m: &crate::actors::Mention| {
            m.tokens.start > 0
                && matches!(
                    reader.scene.lower(number, m.tokens.start - 1).as_str(),
                    "several" | "some" | "many" | "few" | "most" | "various" | "other"
                )
        };
        let figures: Vec<FigureId> = mentions.iter().filter(|m| m.head == t && !partial(m)).map(|m| m.figure).collect();
        let make = |figures: Vec<FigureId>, form: Option<MentionForm>, human: bool, unknown: bool, plural: bool| Item {
            sentence: number,
            token: t,
            figures,
            role: role(s, t),
            form,
            plural,
            human,
            unknown,
        };
        if !figures.is_empty() {
            let form = mentions.iter().find(|m| m.head == t).map(|m| m.form);
            let plural = reader.plural_name(number, t)
                || figures.iter().all(|f| cast.figures[*f].kind == ActorKind::ArmedGroup) && reader.ends_plural(number, t);
            out.push(make(figures, form, false, false, plural));
            continue;
        }
        if mentions.iter().any(|m| m.tokens.contains(&t) && m.form != MentionForm::Demonym) {
            continue;
        }
        let lemma = token.lemma.to_lowercase();
        let inner = matches!(token.deprel, Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Amod | Deprel::Goeswith);
        match token.upos {
            Upos::Noun if !inner && !reader.lists.no_antecedents.contains(&lemma) => {
                if heads_clause(s, t) && s.children(t).any(|c| s.tokens[c].deprel == Deprel::Cop) {
                    continue;
                }
                let human = reader.lists.humans.contains_key(&lemma);
                out.push(make(Vec::new(), None, human, false, token.feats.has(Feats::PLUR)));
            }
            Upos::Propn if !inner && !reader.lists.no_antecedents.contains(&lemma) && !reader.month(&lemma) => {
                out.push(make(Vec::new(), None, false, true, token.feats.has(Feats::PLUR)));
            }
            _ => {}
        }
    }
    out
}
