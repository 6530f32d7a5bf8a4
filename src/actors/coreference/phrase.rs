//! Reads a definite description: its noun, what stands before it, whose it is.

use std::ops::Range;

use super::{Reader, tree};
use crate::actors::{ActorKind, Cast, EntryId, FigureId, MentionForm};
use crate::language::{Deprel, Feats, Upos};

/// A definite description.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub sentence: usize,
    pub head: usize,
    pub tokens: Range<usize>,
    /// Its noun, with the words that make an office or kind with it (`foreign minister`).
    pub noun: String,
    /// How many it speaks of (`the two`, `both`).
    pub count: Option<usize>,
    pub plural: bool,
    /// The words between determiner and noun, lower case.
    pub modifiers: Vec<String>,
    /// A year before the noun (`the 2020 war`).
    pub year: Option<i16>,
    /// The states whose adjectives stand before it.
    pub homes: Vec<EntryId>,
    /// Other actors named inside it before the noun (`the Assad regime`).
    pub inside: Vec<FigureId>,
    /// Whose: of a genitive, a possessive pronoun or `of`.
    pub owner: Option<FigureId>,
    /// Whether an owner stands there, known or not.
    pub owned: bool,
    /// `former`, `ex-` and the like.
    pub former: bool,
    /// A name in apposition.
    pub named: Option<FigureId>,
    /// Whether an unknown name stands before the noun.
    pub foreign: bool,
    /// Whether a clause or a complement restricts it.
    pub restricted: bool,
}

/// The definite description that a token heads.
pub(super) fn at(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> Option<Phrase> {
    let s = &reader.scene.sentences[number];
    let token = &s.tokens[t];
    let form = reader.scene.form(number, t);
    let lower = form.chars().next().is_some_and(char::is_lowercase);
    // "the Union": a common noun in capitals after its article.
    let titled = token.upos == Upos::Propn && t > 0 && reader.scene.lower(number, t - 1) == "the";
    if !(token.upos == Upos::Noun || titled || (lower && matches!(token.upos, Upos::Propn | Upos::Adj))) {
        return None;
    }
    if matches!(token.deprel, Deprel::Compound | Deprel::Flat | Deprel::Amod | Deprel::Fixed) {
        return None;
    }
    let mentions = cast.of_sentence(number);
    // A number makes a name's last word a noun again: "the two Gulf states".
    let counted =
        t > 1 && s.children(t).any(|c| s.tokens[c].deprel == Deprel::Nummod && cardinal(&reader.scene.lower(number, c)).is_some());
    if !counted && mentions.iter().any(|m| m.tokens.contains(&t)) {
        return None;
    }
    let plural = token.feats.has(Feats::PLUR);
    let noun = noun(reader, number, t, plural)?;
    let mut begin = t;
    let mut phrase = Phrase {
        sentence: number,
        head: t,
        tokens: t..t + 1,
        noun,
        count: None,
        plural,
        modifiers: Vec::new(),
        year: None,
        homes: Vec::new(),
        inside: Vec::new(),
        owner: None,
        owned: false,
        former: false,
        named: None,
        foreign: false,
        restricted: false,
    };
    let mut definite = false;
    let figures_at = |c: usize| reader.items[number].iter().find(|i| i.token == c).map(|i| i.figures.clone()).unwrap_or_default();
    let one = |list: &[FigureId]| match list {
        [one] => Some(*one),
        _ => None,
    };
    for c in s.children(t) {
        let child = &s.tokens[c];
        let word = reader.scene.lower(number, c);
        if c < t {
            match child.deprel {
                Deprel::Det | Deprel::DetPredet | Deprel::CcPreconj => match word.as_str() {
                    "the" | "this" | "that" | "these" | "those" => definite = true,
                    "both" => {
                        definite = true;
                        phrase.count = Some(2);
                    }
                    "a" | "an" | "any" | "no" | "some" | "every" | "each" | "another" | "all" | "either" | "neither" => return None,
                    _ => {}
                },
                Deprel::NmodPoss => {
                    definite = true;
                    phrase.owned = true;
                    phrase.owner = one(&figures_at(c));
                }
                Deprel::Nummod => {
                    phrase.count = phrase.count.or_else(|| cardinal(&word));
                    phrase.year = word.parse().ok().filter(|y: &i16| (1800..=2050).contains(y) && word.len() == 4);
                }
                _ => {}
            }
            if !matches!(child.deprel, Deprel::Case | Deprel::Mark | Deprel::Cop | Deprel::Punct | Deprel::Cc | Deprel::Advmod)
                && !child.deprel.is_under(Deprel::Nsubj)
                && !child.deprel.is_under(Deprel::Aux)
            {
                begin = begin.min(leftmost(s, c));
            }
        } else {
            match child.deprel {
                Deprel::Appos => phrase.named = phrase.named.or_else(|| one(&figures_at(c))),
                Deprel::Flat if phrase.named.is_none() => phrase.named = one(&figures_at(c)),
                Deprel::Nmod => match tree::preposition(s, c) {
                    Some("of") => {
                        phrase.owned = true;
                        phrase.owner = phrase.owner.or_else(|| one(&figures_at(c)));
                    }
                    Some("in" | "at" | "on" | "from" | "to" | "with" | "between" | "for" | "against" | "over") => phrase.restricted = true,
                    _ => {}
                },
                Deprel::AclRelcl | Deprel::Acl if token.head.is_some() && reader.scene.form(number, c.min(t + 1)) != "," => {
                    phrase.restricted = true
                }
                _ => {}
            }
        }
    }
    // The determiner may hang elsewhere in a wrong tree: look left over adjectives and nouns.
    let mut left = t;
    while left > 0 && t - left < 6 {
        let before = &s.tokens[left - 1];
        let word = reader.scene.lower(number, left - 1);
        if matches!(word.as_str(), "the" | "this" | "that" | "these" | "those") && before.upos != Upos::Sconj {
            definite = true;
            left -= 1;
            break;
        }
        if matches!(word.as_str(), "a" | "an") {
            return None;
        }
        if !(matches!(before.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || word == "-"
            || (before.upos == Upos::Verb && before.feats.has(Feats::PART)))
        {
            break;
        }
        left -= 1;
    }
    begin = begin.min(left);
    for m in begin..t {
        let word = reader.scene.lower(number, m);
        if let Some(count) = cardinal(&word) {
            phrase.count = phrase.count.or(Some(count));
        }
        if reader.lists.former.contains(&word) {
            phrase.former = true;
        }
        if word.len() == 4
            && let Ok(year) = word.parse::<i16>()
            && (1800..=2050).contains(&year)
        {
            phrase.year = Some(year);
            phrase.count = None;
        }
        phrase.modifiers.push(word);
    }
    // Two words may make one modifier (`South American`).
    let pairs: Vec<String> = phrase.modifiers.windows(2).map(|w| w.join(" ")).collect();
    phrase.modifiers.extend(pairs);
    for m in mentions.iter().filter(|m| m.tokens.start >= begin && m.tokens.end <= t) {
        let figure = &cast.figures[m.figure];
        let genitive = s.tokens[m.head].deprel == Deprel::NmodPoss
            || m.tokens.end < t && matches!(reader.scene.form(number, m.tokens.end), "'s" | "’s" | "'" | "’");
        if m.form == MentionForm::Demonym {
            match (figure.kind, figure.entry, figure.within) {
                (ActorKind::People, _, Some(home)) => phrase.homes.extend(cast.figures[home].entry),
                (_, Some(entry), _) => phrase.homes.push(entry),
                _ => {}
            }
        } else if genitive {
            definite = true;
            phrase.owned = true;
            phrase.owner = phrase.owner.or(Some(m.figure));
        } else if figure.kind == ActorKind::State {
            phrase.homes.extend(figure.entry);
        } else {
            phrase.inside.push(m.figure);
        }
    }
    if let (Deprel::Appos, Some(up)) = (token.deprel, token.head) {
        phrase.named = phrase.named.or_else(|| one(&figures_at(up)));
    }
    // "its president, Serzh Sargsyan, …", "the rebel leader Riek Machar".
    let comma = s.tokens.get(t + 1).is_some_and(|_| reader.scene.form(number, t + 1) == ",");
    let next = t + 1 + usize::from(comma);
    let closes = |end: usize| end >= s.tokens.len() || matches!(s.tokens[end].upos, Upos::Punct);
    if let Some(m) =
        mentions.iter().find(|m| m.tokens.start == next && cast.figures[m.figure].kind.is_human() && m.form == MentionForm::Name)
        && !plural
        && (!comma || closes(m.tokens.end))
    {
        phrase.named = Some(m.figure);
    }
    phrase.foreign = (begin..t).any(|i| {
        s.tokens[i].upos != Upos::Det
            && (i > 0 || s.tokens[i].upos == Upos::Propn)
            && reader.scene.form(number, i).chars().next().is_some_and(char::is_uppercase)
            && !mentions.iter().any(|m| m.tokens.contains(&i))
    });
    phrase.tokens = begin..t + 1;
    (definite || (phrase.named.is_some() && !phrase.homes.is_empty())).then_some(phrase)
}

fn leftmost(s: &crate::language::Sentence, t: usize) -> usize {
    let mut first = t;
    // Children of a left dependent lie left of it or between it and the noun.
    for _ in 0..8 {
        let Some(c) = s.children(first).next().filter(|c| *c < first) else { break };
        first = c;
    }
    first
}

fn cardinal(word: &str) -> Option<usize> {
    const WORDS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.iter().position(|w| *w == word).map(|i| i + 2)
}

/// The longest noun of the lists that ends at a token, singular.
fn noun(reader: &Reader<'_, '_>, number: usize, t: usize, plural: bool) -> Option<String> {
    let s = &reader.scene.sentences[number];
    let lists = reader.lists;
    let own = reader.scene.lower(number, t);
    if plural && lists.nouns.contains_key(&own) {
        return Some(own);
    }
    let lemma = s.tokens[t].lemma.to_lowercase();
    let known = |n: &str| {
        lists.humans.contains_key(n)
            || lists.nouns.contains_key(n)
            || lists.governments.contains(n)
            || n == "capital"
            || (plural && lists.pairs.contains(n))
    };
    for length in (1..=3).rev() {
        if t < length {
            continue;
        }
        let mut words: Vec<String> = (t - length..t).map(|i| reader.scene.lower(number, i)).filter(|w| w != "-").collect();
        words.push(lemma.clone());
        let joined = words.join(" ");
        if known(&joined) {
            return Some(joined);
        }
    }
    [lemma, own].into_iter().find(|n| known(n))
}
