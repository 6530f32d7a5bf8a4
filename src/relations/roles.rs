//! Fills the roles of a trigger with actors.

use super::rules::{Condition, Role, Rule};
use super::tree::Tree;
use crate::actors::{ActorKind, Cast, FigureId, Mention, MentionForm};
use crate::language::{Deprel, Upos};

/// An actor in a role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filler {
    /// Index of the mention in its cast.
    pub mention: usize,
    /// Whom it names.
    pub figure: FigureId,
    /// How far the mention stands from the phrase's head: 0 it is the head, 1 a proxy's owner (`Azerbaijan's army`), 2 further off.
    pub distance: u8,
    /// The head of the phrase that fills the role.
    pub phrase: usize,
}

/// The actors of a sentence by head token.
#[derive(Debug)]
pub struct Stage<'a> {
    /// The tree.
    pub tree: &'a Tree<'a>,
    /// The document's cast.
    pub cast: &'a Cast,
    /// Index of the sentence.
    pub number: usize,
    at: Vec<Vec<usize>>,
}

const DEPTH: usize = 5;

impl<'a> Stage<'a> {
    /// The stage of one sentence.
    #[must_use]
    pub fn new(tree: &'a Tree<'a>, cast: &'a Cast, number: usize) -> Self {
        let mut at = vec![Vec::new(); tree.len()];
        let first = cast.mentions.partition_point(|m| m.sentence < number);
        for (i, m) in cast.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.sentence == number) {
            at[m.head].push(i);
        }
        Self { tree, cast, number, at }
    }

    /// A mention.
    #[must_use]
    pub fn mention(&self, index: usize) -> &Mention {
        &self.cast.mentions[index]
    }

    /// The mentions headed by a token.
    #[must_use]
    pub fn at(&self, token: usize) -> &[usize] {
        &self.at[token]
    }

    /// The kind of a filler.
    #[must_use]
    pub fn kind(&self, filler: &Filler) -> ActorKind {
        self.cast.figures[filler.figure].kind
    }

    fn push(&self, out: &mut Vec<Filler>, token: usize, distance: u8, phrase: usize) {
        for m in &self.at[token] {
            let figure = self.cast.mentions[*m].figure;
            if !out.iter().any(|f| f.figure == figure) {
                out.push(Filler { mention: *m, figure, distance, phrase });
            }
        }
    }

    /// The actors that a noun phrase stands for, its coordinated ones included.
    #[must_use]
    pub fn phrase(&self, head: usize) -> Vec<Filler> {
        let mut out = Vec::new();
        self.expand(head, 0, DEPTH, &mut out);
        out
    }

    fn expand(&self, head: usize, distance: u8, depth: usize, out: &mut Vec<Filler>) {
        if depth == 0 {
            return;
        }
        let tree = self.tree;
        let head = tree.antecedent(head);
        let before = out.len();
        // An adjective's mention ("Turkish") at the phrase's own head is one too ("the British").
        self.push(out, head, distance, head);
        if out.len() == before {
            self.through(head, distance, depth, out);
        }
        for other in tree.with(head, Deprel::Conj) {
            if !tree.is_verb(other) || !self.at[other].is_empty() {
                self.expand(other, distance, depth - 1, out);
            }
        }
        // "Turkey, along with Qatar, …"
        for other in tree.children(head).iter().copied().filter(|c| tree.token(*c).deprel.is_under(Deprel::Nmod)) {
            if ["along with", "together with", "as well as"].iter().any(|w| tree.has_case(other, w)) {
                self.expand(other, distance.max(1), depth - 1, out);
            }
        }
    }

    /// Looks through a noun that is no actor itself: name in apposition, owner of a proxy, part of a group.
    fn through(&self, head: usize, distance: u8, depth: usize, out: &mut Vec<Filler>) {
        let tree = self.tree;
        let before = out.len();
        for child in tree.children(head).iter().copied() {
            let d = tree.token(child).deprel;
            if (matches!(d, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc) || (d == Deprel::Compound && child > head))
                && !self.at[child].is_empty()
            {
                self.push(out, child, distance, head);
            }
        }
        if out.len() > before {
            return;
        }
        let own = tree.token(head);
        let counts = matches!(own.upos, Upos::Num | Upos::Det | Upos::Pron | Upos::Adj)
            || matches!(
                own.lemma.as_str(),
                "member"
                    | "part"
                    | "most"
                    | "many"
                    | "some"
                    | "number"
                    | "majority"
                    | "dozen"
                    | "hundred"
                    | "thousand"
                    | "group"
                    | "coalition"
                    | "thousands"
                    | "hundreds"
                    | "handful"
                    | "people"
                    | "likes"
                    | "rest"
                    | "half"
                    | "couple"
                    | "pair"
                    | "lot"
                    | "series"
                    | "one"
            );
        let proxy = tree.words.proxies.contains(own.lemma.as_str()) || tree.words.proxies.contains(tree.lower(head));
        let far = if proxy { 1 } else { 2 };
        if counts {
            for child in tree.phrases(head, "of").chain(tree.phrases(head, "among")) {
                self.expand(child, distance.max(1), depth - 1, out);
            }
        }
        if out.len() > before {
            return;
        }
        if matches!(own.upos, Upos::Noun | Upos::Propn) {
            for child in tree.children(head).iter().copied() {
                let d = tree.token(child).deprel;
                if matches!(d, Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked) {
                    let people = self.at[child].iter().any(|m| self.cast.figures[self.cast.mentions[*m].figure].kind.is_human());
                    let distance = distance.max(if people && !proxy { 2 } else { far });
                    self.push(out, child, distance, head);
                    for more in tree.with(child, Deprel::Conj) {
                        self.push(out, more, distance, head);
                    }
                    for more in tree.children(child).iter().copied().filter(|c| matches!(tree.token(*c).deprel, Deprel::Compound)) {
                        self.push(out, more, distance, head);
                    }
                }
            }
            if out.len() == before && proxy {
                for word in ["of", "from", "in"] {
                    for child in tree.phrases(head, word) {
                        self.expand(child, distance.max(far), 1.min(depth - 1), out);
                    }
                    if out.len() > before {
                        break;
                    }
                }
            }
        }
    }

    /// The phrases (head tokens) in a role of a trigger.
    #[must_use]
    pub fn heads(&self, role: &Role, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        let verb = tree.is_verb(trigger);
        let own = tree.token(trigger);
        match role {
            Role::Subject if verb => tree.subjects(trigger),
            Role::Subject => self.noun_subjects(trigger),
            Role::Object if verb => tree.objects(trigger),
            Role::Object => tree.light_verb(trigger).map(|v| tree.objects(v)).unwrap_or_default(),
            Role::Indirect => {
                let mut out: Vec<usize> = tree.with(trigger, Deprel::Iobj).map(|o| tree.antecedent(o)).collect();
                if out.is_empty()
                    && let Some(light) = (!verb).then(|| tree.light_verb(trigger)).flatten()
                {
                    out.extend(tree.with(light, Deprel::Iobj));
                    if out.is_empty() && tree.is_passive(light) && !tree.objects(light).contains(&trigger) {
                        out.extend(tree.objects(light));
                    }
                }
                // "was given weapons": the passive's subject is the receiver.
                if out.is_empty() && verb && tree.is_passive(trigger) && tree.with(trigger, Deprel::Obj).next().is_some() {
                    out.extend(tree.surface_subject(trigger));
                }
                out
            }
            Role::Possessor => {
                let mut out: Vec<usize> = tree.with(trigger, Deprel::NmodPoss).collect();
                if out.is_empty()
                    && own.deprel == Deprel::Conj
                    && let Some(first) = own.head
                {
                    out.extend(tree.with(first, Deprel::NmodPoss));
                }
                out.iter().map(|o| tree.antecedent(*o)).collect()
            }
            Role::Modifier => {
                let mut out = Vec::new();
                let mut queue: Vec<usize> = vec![trigger];
                while let Some(t) = queue.pop() {
                    for c in tree.children(t).iter().copied() {
                        let d = tree.token(c).deprel;
                        if c < trigger
                            && matches!(
                                d,
                                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Nmod | Deprel::Nummod
                            )
                            && tree.cases(c).next().is_none()
                        {
                            out.push(c);
                            if out.len() < 12 {
                                queue.push(c);
                            }
                        }
                    }
                }
                if out.is_empty()
                    && own.deprel == Deprel::Conj
                    && let Some(first) = own.head
                    && !tree.is_verb(first)
                {
                    out.extend(
                        tree.children(first)
                            .iter()
                            .copied()
                            .filter(|c| *c < first && matches!(tree.token(*c).deprel, Deprel::Amod | Deprel::Compound)),
                    );
                }
                out.sort_unstable();
                out
            }
            Role::Hyphen => self.hyphen(trigger),
            Role::Governor => match own.deprel {
                Deprel::Amod | Deprel::Acl | Deprel::Compound | Deprel::AclRelcl => own.head.into_iter().collect(),
                Deprel::Conj => own
                    .head
                    .and_then(|h| matches!(tree.token(h).deprel, Deprel::Amod | Deprel::Acl).then(|| tree.token(h).head).flatten())
                    .into_iter()
                    .collect(),
                Deprel::Advmod | Deprel::Obl => {
                    own.head.filter(|h| tree.token(*h).deprel == Deprel::Amod).and_then(|h| tree.token(h).head).into_iter().collect()
                }
                _ => Vec::new(),
            },
            Role::Verb => {
                let first = if own.deprel == Deprel::Conj { own.head.unwrap_or(trigger) } else { trigger };
                tree.token(first).head.filter(|h| tree.token(*h).upos == Upos::Verb).into_iter().collect()
            }
            Role::Named => self.named(trigger),
            Role::Itself => vec![trigger],
            Role::Clause => {
                let mut out = Vec::new();
                for c in tree.children(trigger).iter().copied() {
                    if matches!(tree.token(c).deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl) {
                        out.extend(tree.surface_subject(c));
                    }
                }
                out.dedup();
                out
            }
            Role::Within => Vec::new(),
            Role::Preposition(word) => self.prepositional(trigger, word),
        }
    }

    fn prepositional(&self, trigger: usize, word: &str) -> Vec<usize> {
        let tree = self.tree;
        let verb = tree.is_verb(trigger);
        let mut out: Vec<usize> = tree.phrases(trigger, word).collect();
        if out.is_empty() && verb {
            // "sold weapons to Iran": the phrase may hang on the object.
            for object in tree.children(trigger).iter().copied().filter(|c| {
                matches!(tree.token(*c).deprel, Deprel::Obj | Deprel::NsubjPass | Deprel::Xcomp | Deprel::Advmod | Deprel::CompoundPrt)
            }) {
                out.extend(tree.phrases(object, word));
            }
            // A relative pronoun in front: "to which it sold weapons".
            if out.is_empty() && tree.token(trigger).deprel == Deprel::AclRelcl {
                // "the country it sold weapons to"
                let stranded = tree.children(trigger).iter().any(|c| {
                    tree.lower(*c) == word && matches!(tree.token(*c).upos, Upos::Adp | Upos::Adv) && tree.children(*c).is_empty()
                });
                if stranded {
                    out.extend(tree.token(trigger).head);
                }
            }
            if out.is_empty()
                && tree.token(trigger).deprel == Deprel::Conj
                && let Some(first) = tree.token(trigger).head
                && tree.is_verb(first)
                && tree.with(trigger, Deprel::Obj).next().is_none()
            {
                out.extend(tree.phrases(first, word).filter(|p| *p > trigger));
            }
        }
        if out.is_empty() && !verb {
            if let Some(light) = tree.light_verb(trigger) {
                out.extend(tree.phrases(light, word));
            } else if let Some(up) = tree.token(trigger).head {
                // A phrase right behind the noun may have been hung on its verb.
                let end = self.last_below(trigger);
                if tree.is_verb(up) || tree.token(up).upos == Upos::Noun {
                    out.extend(tree.phrases(up, word).filter(|p| tree.cases(*p).next() == Some(end + 1)));
                }
            }
            if out.is_empty()
                && tree.token(trigger).deprel == Deprel::Conj
                && let Some(first) = tree.token(trigger).head
            {
                out.extend(tree.phrases(first, word).filter(|p| *p > trigger));
            }
            // "criticism and condemnation of": the phrase hangs on the last of joined nouns.
            if out.is_empty() {
                for other in tree.with(trigger, Deprel::Conj) {
                    out.extend(tree.phrases(other, word));
                }
            }
        }
        out.iter().map(|o| tree.antecedent(*o)).collect()
    }

    fn last_below(&self, token: usize) -> usize {
        let mut last = token;
        for c in self.tree.children(token) {
            if *c > token && matches!(self.tree.token(*c).deprel, Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::CompoundPrt) {
                last = last.max(*c);
            }
        }
        last
    }

    fn noun_subjects(&self, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        let own = tree.token(trigger);
        if tree.has_copula(trigger) || tree.with(trigger, Deprel::Nsubj).next().is_some() {
            return tree.surface_subject(trigger).into_iter().collect();
        }
        match (own.deprel, own.head) {
            (Deprel::Appos, Some(up)) => return vec![up],
            (Deprel::Conj, Some(first)) if own.upos != Upos::Verb => {
                // "is a friend and ally": the subject of the first.
                let subjects = self.noun_subjects(first);
                if !subjects.is_empty() {
                    return subjects;
                }
            }
            (Deprel::Amod | Deprel::Acl | Deprel::AclRelcl, Some(up)) if own.upos == Upos::Adj => return vec![up],
            (Deprel::Xcomp, Some(up)) if tree.is_verb(up) => {
                if let Some(light) = tree.light_verb(trigger)
                    && light != up
                {
                    return tree.subjects(light);
                }
                if let Some(object) = tree.with(up, Deprel::Obj).next() {
                    return vec![tree.antecedent(object)];
                }
                return tree.surface_subject(up).into_iter().collect();
            }
            (Deprel::Compound | Deprel::NmodDesc | Deprel::Flat, Some(up)) if up > trigger => return vec![up],
            (Deprel::Obl, Some(up)) if tree.is_verb(up) && tree.has_case(trigger, "as") => {
                return tree
                    .with(up, Deprel::Obj)
                    .next()
                    .map_or_else(|| tree.surface_subject(up), |o| Some(tree.antecedent(o)))
                    .into_iter()
                    .collect();
            }
            _ => {}
        }
        if let Some(light) = tree.light_verb(trigger) {
            return tree.subjects(light);
        }
        // "A and B in a war of words", "a deal to …": nothing.
        Vec::new()
    }

    fn named(&self, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        let own = tree.token(trigger);
        let mut out = Vec::new();
        for c in tree.children(trigger).iter().copied() {
            let d = tree.token(c).deprel;
            if (matches!(d, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc) || (d == Deprel::Compound && c > trigger))
                && !self.at[c].is_empty()
            {
                out.push(c);
            }
        }
        // The mention's own head may be the title ("President X" hangs flat on the title).
        if !self.at[trigger].is_empty() {
            out.push(trigger);
        }
        if out.is_empty() {
            match (own.deprel, own.head) {
                (Deprel::Compound | Deprel::NmodDesc | Deprel::Flat | Deprel::Amod | Deprel::NmodUnmarked, Some(up)) if up > trigger => {
                    out.push(up)
                }
                (Deprel::Compound | Deprel::NmodDesc, Some(up)) if up == trigger => {}
                _ => out.extend(self.noun_subjects(trigger).into_iter().filter(|_| tree.light_verb(trigger).is_none())),
            }
        }
        out
    }

    /// The names in front of a compound participle: `Turkish-backed`, `Turkish- and Israeli-made`.
    fn hyphen(&self, trigger: usize) -> Vec<usize> {
        let tree = self.tree;
        let dash = |i: usize| matches!(tree.lower(i), "-" | "‑" | "–" | "‐");
        let mut out = Vec::new();
        let mut at = trigger;
        while at >= 2 && dash(at - 1) {
            let end = at - 1;
            let Some((head, begin)) = self.ending_at(end) else { break };
            out.push(head);
            at = begin;
            if at >= 2 && matches!(tree.lower(at - 1), "and" | "or" | ",") && dash(at - 2) {
                at -= 1;
            } else {
                break;
            }
        }
        out
    }

    /// The mention that ends right before a token: its head and first token.
    fn ending_at(&self, end: usize) -> Option<(usize, usize)> {
        for t in (end.saturating_sub(4)..end).rev() {
            for m in &self.at[t] {
                let tokens = &self.cast.mentions[*m].tokens;
                if tokens.end == end {
                    return Some((t, tokens.start));
                }
            }
        }
        None
    }

    /// The actors in a role.
    #[must_use]
    pub fn fill(&self, role: &Role, trigger: usize) -> Vec<Filler> {
        let mut out: Vec<Filler> = Vec::new();
        if *role == Role::Within {
            for (t, list) in self.at.iter().enumerate() {
                if !list.is_empty() && t != trigger && self.tree.is_below(t, trigger) {
                    self.push(&mut out, t, 2, t);
                }
            }
            return out;
        }
        if matches!(role, Role::Itself) {
            self.push(&mut out, trigger, 0, trigger);
            return out;
        }
        for head in self.heads(role, trigger) {
            if matches!(role, Role::Modifier | Role::Hyphen) {
                self.push(&mut out, head, 0, head);
                for more in self.tree.with(head, Deprel::Conj) {
                    self.push(&mut out, more, 0, head);
                }
                continue;
            }
            for f in self.phrase(head) {
                if (f.phrase != trigger || matches!(role, Role::Named)) && !out.iter().any(|o| o.figure == f.figure) {
                    out.push(f);
                }
            }
        }
        out
    }

    /// Whether one of a role's phrases holds one of the words.
    fn holds(&self, condition: &Condition, trigger: usize) -> bool {
        let tree = self.tree;
        let heads = self.heads(&condition.role, trigger);
        if condition.words.is_empty() {
            return !heads.is_empty();
        }
        heads.iter().any(|h| {
            let mut list = vec![*h];
            list.extend(tree.with(*h, Deprel::Conj));
            list.iter().any(|t| {
                condition.words.contains(tree.lemma(*t))
                    || condition.words.contains(tree.lower(*t))
                    || tree.children(*t).iter().any(|c| {
                        matches!(tree.token(*c).deprel, Deprel::Amod | Deprel::Compound)
                            && (condition.words.contains(tree.lemma(*c)) || condition.words.contains(tree.lower(*c)))
                    })
            })
        })
    }

    /// Whether a rule's conditions hold.
    #[must_use]
    pub fn allows(&self, rule: &Rule, trigger: usize) -> bool {
        (rule.having.is_empty() || rule.having.iter().any(|c| self.holds(c, trigger)))
            && !rule.lacking.iter().any(|c| self.holds(c, trigger))
    }

    /// Whether a mention is an adjective or a noun before a noun, rather than a phrase of its own.
    #[must_use]
    pub fn is_modifier(&self, mention: &Mention) -> bool {
        mention.form == MentionForm::Demonym && matches!(self.tree.token(mention.head).deprel, Deprel::Amod | Deprel::Compound)
    }
}
