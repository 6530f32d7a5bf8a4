//! Sentences of a document's blocks.

use super::tokenize::{Stop, stop_after, tokenize};
use super::{Sentence, Setting, Token};
use crate::documents::{Block, BlockKind, Span};

/// Splits a document's blocks into sentences and these into words. Headings and items are sentences of their own unless
/// they hold more than one; boilerplate gives nothing. Nothing is tagged. Linear time.
#[must_use]
pub fn sentences(text: &str, blocks: &[Block]) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut words = Vec::new();
    let mut paragraph = 0;
    for block in blocks {
        let setting = match block.kind {
            BlockKind::Paragraph => Setting::Prose,
            BlockKind::Heading => Setting::Heading,
            BlockKind::Item => Setting::Item,
            BlockKind::Boilerplate => continue,
        };
        words.clear();
        tokenize(text, block.span, &mut words);
        let mut first = 0;
        while first < words.len() {
            let stop = end(text, &words, first);
            let own = &words[first..stop];
            all.push(Sentence {
                span: Span::new(own[0].begin, own[own.len() - 1].stop),
                setting,
                paragraph,
                tokens: own.iter().map(|span| Token { span: *span, ..Token::default() }).collect(),
            });
            first = stop;
        }
        paragraph += 1;
    }
    all
}

/// One past the last word of the sentence that begins at `first`.
fn end(text: &str, words: &[Span], first: usize) -> usize {
    let form = |i: usize| words[i].of(text);
    let mut i = first;
    while i < words.len() {
        let word = form(i);
        let last = word.chars().next_back().unwrap_or(' ');
        let mut after = i + 1;
        if matches!(last, '.' | '!' | '?' | '…' | '։' | '。') && !word.contains("://") {
            let abbreviated = if word.len() > 1 && last == '.' && word.chars().any(char::is_alphanumeric) {
                stop_after(&word[..word.len() - 1])
            } else {
                Stop::Ends
            };
            // A stop directly before a word (no space) is inside something.
            while after < words.len() && closes(form(after), text, words, after) {
                after += 1;
            }
            if after == words.len() {
                return after;
            }
            let glued = words[after].begin == words[after - 1].stop;
            let next = form(after);
            let ends = match abbreviated {
                Stop::Inner => false,
                Stop::Both => starter(next),
                Stop::Ends => begins(text, words, after) && !(glued && next.starts_with(char::is_alphanumeric) && last == '.' && after == i + 1),
            };
            if ends {
                return after;
            }
        }
        if gap(text, words, i) {
            return i + 1;
        }
        i = after.max(i + 1);
    }
    words.len()
}

/// Whether an empty line lies after word `i`.
fn gap(text: &str, words: &[Span], i: usize) -> bool {
    words.get(i + 1).is_some_and(|next| {
        let between = &text[words[i].stop..next.begin];
        between.len() > 1 && between.bytes().filter(|b| *b == b'\n').count() > 1
    })
}

/// Whether a word is a closing quote or bracket that belongs to the sentence before it.
fn closes(word: &str, text: &str, words: &[Span], i: usize) -> bool {
    match word {
        ")" | "]" | "}" | "”" | "’" | "»" | "''" | "’’" => words[i].begin == words[i - 1].stop,
        "\"" | "'" => {
            let glued = words[i].begin == words[i - 1].stop;
            glued && words.get(i + 1).is_none_or(|next| next.begin > words[i].stop || !next.of(text).starts_with(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// Whether a sentence may begin with word `i`.
fn begins(text: &str, words: &[Span], i: usize) -> bool {
    let mut i = i;
    while let Some(span) = words.get(i) {
        let word = span.of(text);
        let first = word.chars().next().unwrap_or(' ');
        if first.is_lowercase() {
            return false;
        }
        if first.is_alphanumeric() || !matches!(first, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '-' | '–' | '—' | '*' | '•' | '.') {
            return !matches!(first, ',' | ';' | ':' | ')' | '%');
        }
        i += 1;
    }
    true
}

/// Words that commonly begin a sentence, so that a stop before them ends one even after an abbreviation.
fn starter(word: &str) -> bool {
    matches!(
        word,
        "The" | "A" | "An" | "This" | "That" | "These" | "Those" | "He" | "She" | "It" | "They" | "We" | "I" | "You" | "His"
            | "Her" | "Its" | "Their" | "Our" | "In" | "On" | "At" | "By" | "For" | "From" | "With" | "As" | "After" | "Before"
            | "But" | "And" | "Or" | "Yet" | "So" | "If" | "When" | "While" | "Although" | "Though" | "However" | "Meanwhile"
            | "There" | "What" | "Who" | "Why" | "How" | "Where" | "Since" | "Despite" | "According" | "Both" | "Some" | "Many"
            | "Most" | "Not" | "No" | "Now" | "Then" | "Thus" | "Instead" | "Moreover" | "Under" | "Among" | "Because" | "To"
            | "Last" | "Earlier" | "Later" | "One" | "Two" | "\"" | "“"
    )
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
        ] {
            assert_eq!(split(text), expected);
        }
    }
}
