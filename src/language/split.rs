//! Sentences of a document's blocks.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tokenize::{Stop, is_hyphen, stop_after, tokenize};
use super::{Sentence, Setting, Token};
use crate::documents::{Block, BlockKind, Span};

/// A sentence has at most so many words; longer ones are cut at a semicolon, colon, dash or comma, or else anywhere.
pub const LONGEST: usize = 300;
/// No piece of a sentence cut for its length is shorter, where it is cut at a sign.
const SHORTEST: usize = 100;
/// How many words behind a full stop are looked at.
const AHEAD: usize = 12;

/// Verbs that follow a question or cry and its speaker.
const REPORTS: &[&str] =
    &["said", "asked", "says", "asks", "wrote", "added", "told", "shouted", "cried", "replied", "tweeted", "demanded", "wondered"];

static OPENERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("../../seeds/lexicon/sentence-openers.txt")).collect());
static PARTICLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words_of(include_str!("../../seeds/lexicon/name-particles.txt")).collect());

fn words_of(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// Splits a document's blocks into sentences and these into words. Headings and items are sentences of their own unless
/// they hold more than one; boilerplate gives nothing. Nothing is tagged. Linear time.
#[must_use]
pub fn sentences(text: &str, blocks: &[Block]) -> Vec<Sentence> {
    Sentences::new(text, blocks).collect()
}

/// The sentences that [`sentences`] gives, one after the other, so that a text of any size takes little memory beside itself.
#[derive(Debug, Clone)]
pub struct Sentences<'a> {
    text: &'a str,
    blocks: std::slice::Iter<'a, Block>,
    /// What is left of the block to be cut into words.
    rest: Span,
    setting: Setting,
    /// Number of the paragraphs begun.
    paragraphs: usize,
    /// The words cut so far, those before `first` used up.
    words: Vec<Span>,
    first: usize,
}

impl<'a> Sentences<'a> {
    /// Over the blocks of a text.
    #[must_use]
    pub fn new(text: &'a str, blocks: &'a [Block]) -> Self {
        Self { text, blocks: blocks.iter(), rest: Span::default(), setting: Setting::Prose, paragraphs: 0, words: Vec::new(), first: 0 }
    }

    /// Cuts words until there are enough for a sentence; false when the block has no more.
    fn fill(&mut self) -> bool {
        if self.words.len() - self.first < LONGEST + AHEAD && !self.rest.is_empty() {
            self.words.drain(..self.first);
            self.first = 0;
            self.rest.begin = tokenize(self.text, self.rest, 4 * LONGEST, &mut self.words);
        }
        self.first < self.words.len()
    }
}

impl Iterator for Sentences<'_> {
    type Item = Sentence;

    fn next(&mut self) -> Option<Sentence> {
        while !self.fill() {
            let block = self.blocks.next()?;
            self.setting = match block.kind {
                BlockKind::Paragraph => Setting::Prose,
                BlockKind::Heading => Setting::Heading,
                BlockKind::Item => Setting::Item,
                BlockKind::Boilerplate => continue,
            };
            self.rest = block.span;
            self.words.clear();
            self.first = 0;
            self.paragraphs += 1;
        }
        let words = &self.words[self.first..];
        let stop = end(self.text, words, self.setting);
        let own = &words[..stop];
        let mut tokens: Vec<Token> = own.iter().map(|span| Token { span: *span, ..Token::default() }).collect();
        part_full_stop(self.text, &mut tokens);
        self.first += stop;
        Some(Sentence {
            span: Span::new(own[0].begin, own[own.len() - 1].stop),
            setting: self.setting,
            paragraph: self.paragraphs - 1,
            tokens,
        })
    }
}

/// Makes the full stop a word of its own where it ends the sentence and a small abbreviation ("etc.", "p.m.") at once.
fn part_full_stop(text: &str, tokens: &mut Vec<Token>) {
    let Some(last) = tokens.last_mut() else { return };
    let word = last.span.of(text);
    if word.len() > 2
        && word.ends_with('.')
        && word.starts_with(char::is_lowercase)
        && matches!(stop_after(&word[..word.len() - 1]), Stop::Both)
    {
        let stop = last.span.stop;
        last.span.stop -= 1;
        tokens.push(Token { span: Span::new(stop - 1, stop), ..Token::default() });
    }
}

/// Number of words of the sentence that `words` begin with.
fn end(text: &str, words: &[Span], setting: Setting) -> usize {
    let form = |i: usize| words[i].of(text);
    let glued = |i: usize| words[i].begin == words[i - 1].stop;
    let mut i = 0;
    while i < words.len() && i < LONGEST {
        let word = form(i);
        let mut after = i + 1;
        if is_stop(word) {
            let last = word.chars().next_back().unwrap_or(' ');
            let abbreviated = if word.len() > 1 && last == '.' && word.chars().any(char::is_alphanumeric) {
                stop_after(&word[..word.len() - 1])
            } else {
                Stop::Ends
            };
            let mut quoted = false;
            while after < words.len() && (closes(text, words, after) || (glued(after) && is_stop(form(after)))) {
                quoted |= form(after).starts_with(['”', '"', '’', '\'', '»']);
                after += 1;
            }
            if after >= words.len() {
                return words.len().min(LONGEST);
            }
            // A stop directly before a word (no space) is inside something.
            let inside = glued(after) && form(after).starts_with(char::is_alphanumeric) && last == '.' && after == i + 1;
            let ends = match abbreviated {
                Stop::Inner | Stop::Number => false,
                Stop::Both => setting != Setting::Heading && opens(text, words, after),
                Stop::Ends => {
                    let goes_on = inside || is_number(text, words, i) || quoted && last != '.' && reports(text, words, after);
                    !goes_on && begins(text, words, after)
                }
            };
            if ends {
                return after.min(LONGEST);
            }
        }
        if gap(text, words, i) {
            return i + 1;
        }
        i = after;
    }
    if words.len() > LONGEST { soft(text, words) } else { words.len() }
}

/// Where to cut a sentence that is too long.
fn soft(text: &str, words: &[Span]) -> usize {
    for signs in [&[";"][..], &[":"], &["—", "–", "--", "-"], &[","]] {
        let sign = (SHORTEST..LONGEST).rev().find(|i| signs.contains(&words[*i].of(text)) && words[i + 1].begin > words[*i].stop);
        if let Some(sign) = sign {
            return sign + 1;
        }
    }
    (SHORTEST..LONGEST).rev().find(|i| words[i + 1].begin > words[*i].stop).map_or(LONGEST, |i| i + 1)
}

/// Whether a word ends in a sign that may end a sentence.
fn is_stop(word: &str) -> bool {
    word.ends_with(['.', '!', '?', '…', '։', '。', '؟', '۔']) && !word.contains("://")
}

/// Whether an empty line lies after word `i`, and no small letter goes on behind it.
fn gap(text: &str, words: &[Span], i: usize) -> bool {
    words.get(i + 1).is_some_and(|next| {
        let between = &text[words[i].stop..next.begin];
        between.len() > 1 && between.bytes().filter(|b| *b == b'\n').count() > 1 && !next.of(text).starts_with(char::is_lowercase)
    })
}

/// Whether the stop at `i` is that of a number at the sentence's beginning ("3. The army …").
fn is_number(text: &str, words: &[Span], i: usize) -> bool {
    i == 1
        && words[1].of(text) == "."
        && words[0].stop == words[1].begin
        && words[0].len() <= 2
        && words[0].of(text).bytes().all(|b| b.is_ascii_digit())
}

/// Whether word `i` is a closing quote or bracket that belongs to the sentence before it.
fn closes(text: &str, words: &[Span], i: usize) -> bool {
    let glued = words[i].begin == words[i - 1].stop;
    match words[i].of(text) {
        ")" | "]" | "}" | "”" | "’" | "»" | "''" | "’’" => glued,
        "\"" | "'" => {
            glued && words.get(i + 1).is_none_or(|next| next.begin > words[i].stop || !next.of(text).starts_with(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// Whether a sentence may begin with word `i`.
fn begins(text: &str, words: &[Span], i: usize) -> bool {
    for (at, span) in words.iter().enumerate().skip(i).take(AHEAD) {
        let word = span.of(text);
        let first = word.chars().next().unwrap_or(' ');
        if first.is_lowercase() {
            return particle(text, words, at);
        }
        if first.is_alphanumeric() || !is_opening(first) {
            return !matches!(first, ',' | ';' | ':' | ')' | ']' | '%');
        }
    }
    true
}

/// Whether word `i` is small but begins a name ("al-Qaeda", "de Gaulle").
fn particle(text: &str, words: &[Span], i: usize) -> bool {
    let hyphen = words.get(i + 1).is_some_and(|next| next.of(text).starts_with(is_hyphen));
    let name = words.get(i + 1 + usize::from(hyphen));
    PARTICLES.contains(words[i].of(text)) && name.is_some_and(|name| name.of(text).starts_with(char::is_uppercase))
}

fn is_opening(sign: char) -> bool {
    matches!(sign, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '-' | '–' | '—' | '*' | '•' | '.' | '…')
}

/// Whether words that commonly begin a sentence stand at `i`, so that a stop before them ends one even after an abbreviation.
fn opens(text: &str, words: &[Span], i: usize) -> bool {
    let word = words[i].of(text);
    if word.starts_with(['"', '“', '‘', '(']) {
        return words.get(i + 1).is_some_and(|next| next.of(text).starts_with(char::is_uppercase) && next.begin == words[i].stop);
    }
    word.starts_with(char::is_uppercase) && OPENERS.contains(word.to_lowercase().as_str())
}

/// Whether a name and a verb of saying stand at `i`, so that they belong to the question or cry before them.
fn reports(text: &str, words: &[Span], i: usize) -> bool {
    for (named, span) in words.iter().skip(i).take(AHEAD / 2).enumerate() {
        let word = span.of(text);
        if REPORTS.contains(&word) {
            return named > 0;
        }
        if !word.starts_with(char::is_uppercase) && !matches!(word, "." | "-")
            || named == 0 && OPENERS.contains(word.to_lowercase().as_str())
        {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
        sentences(text, &[block]).into_iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn ends_of_sentences() {
        for (text, expected) in [
            ("Gas flows. Oil does not.", vec!["Gas flows.", "Oil does not."]),
            ("Gen. J. R. Smith met the U.S. President. He left.", vec!["Gen. J. R. Smith met the U.S. President.", "He left."]),
            ("They moved to the U.S. The war went on.", vec!["They moved to the U.S.", "The war went on."]),
            ("“We won.” He left.", vec!["“We won.”", "He left."]),
            ("“Did we?” he asked.", vec!["“Did we?” he asked."]),
            ("\"Go.\" \"No.\"", vec!["\"Go.\"", "\"No.\""]),
            ("It grew 3.5 per\ncent. (He lied.) So", vec!["It grew 3.5 per\ncent.", "(He lied.)", "So"]),
            ("One\n\nTwo", vec!["One", "Two"]),
            (
                "The U.S. troops left. No. The first (all agreed!). It",
                vec!["The U.S. troops left.", "No.", "The first (all agreed!).", "It"],
            ),
            ("Is it?\" He left at 5 p.m. Nobody saw No. 10.", vec!["Is it?\"", "He left at 5 p.m.", "Nobody saw No. 10."]),
            ("“Why now?” Vladimir Putin asked. “Why?” The war", vec!["“Why now?” Vladimir Putin asked.", "“Why?”", "The war"]),
            ("He left. al-Qaeda stayed. de Gaulle came.", vec!["He left.", "al-Qaeda stayed.", "de Gaulle came."]),
            ("They came... Then they went… then back. 3.5 is", vec!["They came...", "Then they went… then back.", "3.5 is"]),
            ("1. The army stays. 2. It goes.", vec!["1. The army stays.", "2. It goes."]),
            ("He named Saakashvili, etc. The rest", vec!["He named Saakashvili, etc.", "The rest"]),
            (
                "Apple Inc. sued Sen. John Roe Jr. in Washington, D.C. on Oct. 3. He",
                vec!["Apple Inc. sued Sen. John Roe Jr. in Washington, D.C. on Oct. 3.", "He"],
            ),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn headings_go_on_after_abbreviations() {
        let text = "U.S. To Leave";
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Heading };
        assert_eq!(sentences(text, &[block]).len(), 1);
    }

    #[test]
    fn a_small_abbreviation_gives_up_its_full_stop() {
        let text = "Oil, gas, etc.";
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
        let sentence = &sentences(text, &[block])[0];
        assert_eq!(sentence.tokens.last().unwrap().span.of(text), ".");
        assert_eq!(sentence.tokens[sentence.tokens.len() - 2].span.of(text), "etc");
    }

    #[test]
    fn endless_sentences_are_cut() {
        let lists =
            ["and war ".repeat(2500), "oil, gas; ".repeat(1000), "x.".repeat(3000), "« ".repeat(4000), "—".repeat(9000), ". ".repeat(4000)];
        for text in &lists {
            let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
            let found = sentences(text, &[block]);
            assert!(found.iter().all(|s| s.tokens.len() <= LONGEST), "{:.9}", text);
            let (whole, own) = (found.iter().map(|s| s.span.len()).sum::<usize>(), text.len());
            assert!(whole <= own && whole * 3 >= own, "{:.9} {whole} {own}", text);
            assert!(found.windows(2).all(|pair| pair[0].span.stop <= pair[1].span.begin));
        }
        let cut = sentences(&lists[1], &[Block { span: Span::new(0, lists[1].len()), kind: BlockKind::Paragraph }]);
        assert!(cut[0].span.of(&lists[1]).ends_with(';'));
    }
}
