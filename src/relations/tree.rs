//! A sentence's tree as the rules look at it: deep subjects and objects, prepositional phrases, antecedents.
//!
//! Undone here, once for every rule: passives, relative clauses, participles, control and raising, shared subjects and
//! objects of joined verbs, light verbs.

use crate::language::{Deprel, Feats, Sentence, Token, Upos};

use super::words::Words;

/// A tree with its children listed.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The document's prose.
    pub text: &'a str,
    /// The word lists.
    pub words: &'a Words,
    children: Vec<Vec<usize>>,
    lower: Vec<String>,
}

/// How deep a chain of shared subjects is followed.
const DEPTH: usize = 6;

impl<'a> Tree<'a> {
    /// The tree of a sentence. Linear.
    #[must_use]
    pub fn new(sentence: &'a Sentence, text: &'a str, words: &'a Words) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (i, t) in sentence.tokens.iter().enumerate() {
            if let Some(head) = t.head {
                children[head].push(i);
            }
        }
        let lower = sentence.tokens.iter().map(|t| t.span.of(text).to_lowercase()).collect();
        Self { sentence, text, words, children, lower }
    }

    /// A token.
    #[must_use]
    pub fn token(&self, i: usize) -> &Token {
        &self.sentence.tokens[i]
    }

    /// Its form in lower case.
    #[must_use]
    pub fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// Its lemma.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        &self.sentence.tokens[i].lemma
    }

    /// Its children.
    #[must_use]
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// The children with a relation or one of its subtypes.
    pub fn under(&self, i: usize, base: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |c| self.token(*c).deprel.is_under(base))
    }

    /// The children with exactly a relation.
    pub fn with(&self, i: usize, deprel: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |c| self.token(*c).deprel == deprel)
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// Whether a token is `above` or lies below it.
    #[must_use]
    pub fn is_below(&self, mut token: usize, above: usize) -> bool {
        for _ in 0..self.len() {
            if token == above {
                return true;
            }
            match self.token(token).head {
                Some(up) => token = up,
                None => return false,
            }
        }
        false
    }

    /// Whether a token is a verb with its own clause.
    #[must_use]
    pub fn is_verb(&self, i: usize) -> bool {
        matches!(self.token(i).upos, Upos::Verb | Upos::Aux)
    }

    /// Whether a verb is passive: by auxiliary, by its subject, or as a past participle that modifies a noun.
    #[must_use]
    pub fn is_passive(&self, verb: usize) -> bool {
        let own = self.token(verb);
        if self.children[verb].iter().any(|c| matches!(self.token(*c).deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent)) {
            return true;
        }
        if own.deprel == Deprel::Conj
            && let Some(first) = own.head
            && self.is_verb(first)
            && own.feats.has(Feats::PART)
            && !self.children[verb].iter().any(|c| matches!(self.token(*c).deprel, Deprel::Nsubj | Deprel::Aux))
            && self.with(verb, Deprel::Obj).next().is_none()
        {
            return self.is_passive(first);
        }
        matches!(own.deprel, Deprel::Acl | Deprel::Amod | Deprel::Advcl) && self.is_past_participle(verb)
    }

    fn is_past_participle(&self, verb: usize) -> bool {
        let own = self.token(verb);
        if self.lower(verb).ends_with("ing")
            || self.children[verb].iter().any(|c| matches!(self.token(*c).deprel, Deprel::Mark | Deprel::Aux | Deprel::Nsubj))
        {
            return false;
        }
        (own.feats.has(Feats::PART) && own.feats.has(Feats::PAST))
            || own.feats.has(Feats::PASS)
            || (matches!(own.deprel, Deprel::Acl | Deprel::Amod) && (self.lower(verb).ends_with("ed") || own.feats.has(Feats::PAST)))
    }

    /// The prepositions of a phrase, lower case, first to last (`out`, `of`).
    pub fn cases(&self, phrase: usize) -> impl Iterator<Item = usize> + '_ {
        self.children[phrase].iter().copied().filter(move |c| {
            self.token(*c).deprel == Deprel::Case || (self.token(*c).deprel == Deprel::Mark && self.token(*c).upos == Upos::Adp)
        })
    }

    /// Whether a phrase has the preposition `word`; of several words (`according to`) each must stand.
    #[must_use]
    pub fn has_case(&self, phrase: usize, word: &str) -> bool {
        let mut list: Vec<&str> = Vec::new();
        for case in self.cases(phrase) {
            list.push(self.lower(case));
            for fixed in self.with(case, Deprel::Fixed) {
                list.push(self.lower(fixed));
            }
        }
        if word.contains(' ') { word.split(' ').all(|w| list.contains(&w)) } else { list.contains(&word) }
    }

    /// Phrases with a preposition that hang on a token.
    pub fn phrases<'b>(&'b self, on: usize, preposition: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.children[on].iter().copied().filter(move |c| {
            let d = self.token(*c).deprel;
            (d.is_under(Deprel::Obl)
                || d.is_under(Deprel::Nmod)
                || matches!(d, Deprel::Advcl | Deprel::Acl | Deprel::Advmod | Deprel::Xcomp | Deprel::Dep))
                && d != Deprel::NmodPoss
                && self.has_case(*c, preposition)
        })
    }

    /// The noun that a relative pronoun stands for, else the token itself.
    #[must_use]
    pub fn antecedent(&self, pronoun: usize) -> usize {
        let own = self.token(pronoun);
        let form = self.lower(pronoun);
        let relative = own.feats.has(Feats::REL)
            || (matches!(form, "which" | "who" | "whom" | "whose" | "that") && matches!(own.upos, Upos::Pron | Upos::Det | Upos::Sconj));
        if !relative {
            return pronoun;
        }
        let mut at = pronoun;
        for _ in 0..self.len() {
            let t = self.token(at);
            let Some(up) = t.head else { return pronoun };
            if matches!(t.deprel, Deprel::AclRelcl | Deprel::AdvclRelcl) || (t.deprel == Deprel::Acl && at != pronoun) {
                return up;
            }
            at = up;
        }
        pronoun
    }

    /// What stands as subject in a clause, before passives are turned: own subject, antecedent, controller, shared one.
    #[must_use]
    pub fn surface_subject(&self, verb: usize) -> Option<usize> {
        self.surface(verb, DEPTH)
    }

    fn surface(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth == 0 {
            return None;
        }
        if let Some(own) = self.children[verb]
            .iter()
            .copied()
            .find(|c| matches!(self.token(*c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter))
        {
            return Some(self.antecedent(own));
        }
        let t = self.token(verb);
        let up = t.head?;
        match t.deprel {
            Deprel::Conj | Deprel::Cop | Deprel::Aux => self.surface(up, depth - 1),
            Deprel::Xcomp => {
                if !self.words.subject_control.contains(self.lemma(up))
                    && let Some(object) =
                        self.children[up].iter().copied().find(|c| matches!(self.token(*c).deprel, Deprel::Obj | Deprel::Iobj) && *c < verb)
                {
                    return Some(self.antecedent(object));
                }
                self.surface(up, depth - 1)
            }
            Deprel::Advcl | Deprel::AdvclRelcl => self.surface(up, depth - 1),
            Deprel::Ccomp if !self.children[verb].iter().any(|c| self.token(*c).deprel == Deprel::Mark && self.lower(*c) != "to") => {
                self.surface(up, depth - 1)
            }
            Deprel::Parataxis if self.token(verb).feats.has(Feats::PART) => self.surface(up, depth - 1),
            Deprel::Acl | Deprel::AclRelcl => {
                if self.children[verb].iter().any(|c| self.token(*c).deprel == Deprel::Mark && self.lower(*c) == "to") {
                    // "a plan to attack": whoever has the plan.
                    return self.with(up, Deprel::NmodPoss).next().or_else(|| {
                        self.token(up)
                            .head
                            .filter(|_| matches!(self.token(up).deprel, Deprel::Obj | Deprel::Obl))
                            .and_then(|v| self.surface(v, depth - 1))
                    });
                }
                Some(up)
            }
            Deprel::Amod => Some(up),
            _ => None,
        }
    }

    /// The deep subject of a verb: who does it.
    #[must_use]
    pub fn subjects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            let mut agents: Vec<usize> = self.with(verb, Deprel::OblAgent).collect();
            if agents.is_empty() {
                agents = self.phrases(verb, "by").collect();
            }
            // "seized and occupied by the army": the agent of the last of joined participles.
            if agents.is_empty() {
                for other in self.with(verb, Deprel::Conj) {
                    if self.is_passive(other) {
                        agents.extend(self.with(other, Deprel::OblAgent));
                    }
                }
            }
            if agents.is_empty()
                && self.token(verb).deprel == Deprel::Conj
                && let Some(first) = self.token(verb).head
                && self.is_verb(first)
                && self.is_passive(first)
            {
                agents.extend(self.with(first, Deprel::OblAgent));
            }
            return agents.into_iter().map(|a| self.antecedent(a)).collect();
        }
        self.surface_subject(verb).into_iter().collect()
    }

    /// The deep object of a verb: whom it is done to.
    #[must_use]
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        let t = self.token(verb);
        if self.is_passive(verb) {
            if let Some(s) =
                self.children[verb].iter().copied().find(|c| matches!(self.token(*c).deprel, Deprel::NsubjPass | Deprel::Nsubj))
            {
                return vec![self.antecedent(s)];
            }
            return self.surface_subject(verb).into_iter().collect();
        }
        let own: Vec<usize> = self.with(verb, Deprel::Obj).map(|o| self.antecedent(o)).collect();
        if !own.is_empty() {
            return own;
        }
        // "the town that the army shelled", "the town the army shelled".
        if t.deprel == Deprel::AclRelcl
            && let Some(up) = t.head
            && let Some(subject) = self.children[verb].iter().copied().find(|c| matches!(self.token(*c).deprel, Deprel::Nsubj))
            && self.antecedent(subject) == subject
            && !self.children[verb].iter().any(|c| self.token(*c).deprel.is_under(Deprel::Obl) && self.antecedent(*c) != *c)
        {
            return vec![up];
        }
        // "attacked and occupied the town".
        for other in self.with(verb, Deprel::Conj) {
            if self.is_verb(other)
                && other > verb
                && !self.is_passive(other)
                && self.children[other].iter().all(|c| self.token(*c).deprel != Deprel::Nsubj)
            {
                let shared: Vec<usize> = self.with(other, Deprel::Obj).map(|o| self.antecedent(o)).collect();
                if !shared.is_empty()
                    && !self.children[verb].iter().any(|c| *c > verb && *c < other && self.token(*c).deprel.is_under(Deprel::Obl))
                {
                    return shared;
                }
            }
        }
        Vec::new()
    }

    /// The verb that a noun serves as object (or passive subject), if that verb is light.
    #[must_use]
    pub fn light_verb(&self, noun: usize) -> Option<usize> {
        let t = self.token(noun);
        let up = t.head?;
        let (verb, deprel) = if t.deprel == Deprel::Conj { (self.token(up).head?, self.token(up).deprel) } else { (up, t.deprel) };
        let fits = matches!(deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Acl | Deprel::Xcomp);
        if fits && self.is_verb(verb) && self.words.light.contains(self.lemma(verb)) {
            return Some(verb);
        }
        None
    }

    /// Whether a noun is a predicate: it has a copula.
    #[must_use]
    pub fn has_copula(&self, noun: usize) -> bool {
        self.with(noun, Deprel::Cop).next().is_some()
    }
}
