//! What the resolver asks of a tree: roles, clauses, their subjects.

use crate::language::{Deprel, Sentence, Upos};

/// Grammatical role of a noun phrase, most salient first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Subject,
    Object,
    Oblique,
    Possessor,
    /// A noun's prepositional complement.
    Noun,
    /// An adjective or the first part of a compound.
    Modifier,
}

impl Role {
    /// How well a phrase in it is remembered.
    pub(super) const fn salience(self) -> f32 {
        match self {
            Self::Subject => 1.6,
            Self::Object => 0.9,
            Self::Possessor => 0.6,
            Self::Oblique => 0.5,
            Self::Noun => 0.2,
            Self::Modifier => -0.8,
        }
    }
}

/// How far up a tree is climbed; longer chains than this say nothing.
const CLIMB: usize = 24;

/// The first of the joined phrases that a token belongs to.
pub(super) fn first_conjunct(s: &Sentence, mut t: usize) -> usize {
    for _ in 0..CLIMB {
        match (s.tokens[t].deprel, s.tokens[t].head) {
            (Deprel::Conj, Some(up)) => t = up,
            _ => break,
        }
    }
    t
}

/// The role of the phrase that a token heads; of joined phrases the first one's, of an apposition that of what it explains.
pub(super) fn role(s: &Sentence, t: usize) -> Role {
    let mut t = t;
    for _ in 0..CLIMB {
        let token = &s.tokens[t];
        match (token.deprel, token.head) {
            (Deprel::Conj | Deprel::Appos | Deprel::Flat, Some(up)) if up != t => t = up,
            _ => break,
        }
    }
    match s.tokens[t].deprel {
        d if d.is_under(Deprel::Nsubj) || d.is_under(Deprel::Csubj) => Role::Subject,
        Deprel::Obj | Deprel::Iobj => Role::Object,
        Deprel::NmodPoss => Role::Possessor,
        Deprel::OblAgent => Role::Object,
        // A noun without a verb above it: a fragment, or a subject that the parser took for the whole.
        Deprel::Root | Deprel::Vocative => Role::Subject,
        Deprel::Dislocated => Role::Object,
        d if d.is_under(Deprel::Obl) => Role::Oblique,
        Deprel::Amod | Deprel::Compound => Role::Modifier,
        _ => Role::Noun,
    }
}

/// Whether a token heads a clause.
pub(super) fn heads_clause(s: &Sentence, t: usize) -> bool {
    let token = &s.tokens[t];
    match token.deprel {
        Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::AdvclRelcl | Deprel::Acl | Deprel::AclRelcl | Deprel::Parataxis => true,
        d if d.is_under(Deprel::Csubj) => true,
        Deprel::Conj => {
            matches!(token.upos, Upos::Verb | Upos::Aux)
                || s.children(t).any(|c| s.tokens[c].deprel.is_under(Deprel::Nsubj) || s.tokens[c].deprel == Deprel::Cop)
        }
        _ => token.head.is_none(),
    }
}

/// The head of the clause that a token stands in; of a clause's head itself the clause.
pub(super) fn clause(s: &Sentence, t: usize) -> usize {
    let mut t = t;
    for _ in 0..CLIMB {
        if heads_clause(s, t) {
            break;
        }
        match s.tokens[t].head {
            Some(up) => t = up,
            None => break,
        }
    }
    t
}

/// The clause that a clause hangs in.
pub(super) fn clause_above(s: &Sentence, c: usize) -> Option<usize> {
    s.tokens[c].head.map(|up| clause(s, up))
}

/// The subject written in a clause.
pub(super) fn own_subject(s: &Sentence, c: usize) -> Option<usize> {
    s.children(c).find(|t| s.tokens[*t].deprel.is_under(Deprel::Nsubj))
}

/// The subject of a clause, written or understood: joined verbs share it, an open complement takes the object of the verb
/// above it (the subject where there is none, or with verbs like `promise`), a participle its noun.
pub(super) fn subject(s: &Sentence, c: usize, subject_control: impl Fn(&str) -> bool) -> Option<usize> {
    let mut c = c;
    for _ in 0..6 {
        if let Some(found) = own_subject(s, c) {
            return Some(found);
        }
        let up = s.tokens[c].head?;
        match s.tokens[c].deprel {
            Deprel::Xcomp => {
                let object = s.children(up).find(|t| *t < c && matches!(s.tokens[*t].deprel, Deprel::Obj | Deprel::Iobj));
                if let Some(object) = object
                    && !subject_control(&s.tokens[up].lemma)
                {
                    return Some(object);
                }
            }
            Deprel::Acl | Deprel::AclRelcl if s.tokens[up].deprel == Deprel::Appos => return s.tokens[up].head,
            Deprel::Acl | Deprel::AclRelcl => return Some(up),
            _ => {}
        }
        c = clause(s, up);
    }
    None
}

/// The path from a token up to another above it: `None` where it is not above, else whether a clause lies between.
pub(super) fn below(s: &Sentence, t: usize, above: usize) -> Option<bool> {
    let mut t = t;
    let mut crossed = false;
    for _ in 0..CLIMB {
        if t == above {
            return Some(crossed);
        }
        crossed |= matches!(s.tokens[t].deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis);
        t = s.tokens[t].head?;
    }
    None
}

/// The tokens joined to a first one, itself included, in order.
pub(super) fn joined(s: &Sentence, first: usize) -> Vec<usize> {
    let mut out = vec![first];
    out.extend(s.children(first).filter(|t| s.tokens[*t].deprel == Deprel::Conj && !heads_clause(s, *t)));
    out.sort_unstable();
    out
}

/// The preposition of a phrase, lower case.
pub(super) fn preposition(s: &Sentence, t: usize) -> Option<&str> {
    s.children(t).find(|c| s.tokens[*c].deprel == Deprel::Case).map(|c| s.tokens[c].lemma.as_str())
}
