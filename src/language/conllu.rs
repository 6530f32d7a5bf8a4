//! Reading CoNLL-U, the format of treebanks.

use std::ops::Range;

use super::{Deprel, Feats, Sentence, Token, Upos};
use crate::documents::Span;

/// A treebank held in memory: annotated sentences over one text.
#[derive(Debug, Clone, Default)]
pub struct Treebank {
    /// The forms of all words, each sentence on a line, words apart by a space; spans count bytes of it.
    pub text: String,
    /// The sentences, in the file's order.
    pub sentences: Vec<Gold>,
}

/// A sentence with the annotation people gave it.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Its words with tags, lemmas, heads and relations.
    pub sentence: Sentence,
    /// The text as it was written (`# text = `).
    pub raw: String,
    /// Whether a paragraph or a document begins here.
    pub opens_paragraph: bool,
    /// Surface tokens of more than one word: the words (indices within the sentence) and the token's form.
    pub multiword: Vec<(Range<usize>, String)>,
    /// Whether the next sentence follows without a space.
    pub glued: bool,
}

/// A line that is no CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}: {text:?}")]
pub struct ConlluError {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
    /// The offending value.
    pub text: String,
}

impl Treebank {
    /// Reads a treebank. Empty nodes are passed over; relations unknown here fall back to their universal part.
    ///
    /// # Errors
    /// When a line has too few columns, a number or tag cannot be read, or a head lies outside its sentence.
    pub fn parse(conllu: &str) -> Result<Self, ConlluError> {
        let mut bank = Self::default();
        let mut gold = Gold::default();
        for (number, line) in conllu.lines().enumerate() {
            let error = |what, text: &str| ConlluError { line: number + 1, what, text: text.to_owned() };
            if line.is_empty() {
                bank.close(&mut gold).map_err(|head| error("head outside the sentence", &head.to_string()))?;
            } else if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim_start();
                if let Some(raw) = comment.strip_prefix("text = ") {
                    raw.clone_into(&mut gold.raw);
                } else if comment.starts_with("newpar") || comment.starts_with("newdoc") {
                    gold.opens_paragraph = true;
                }
            } else {
                let columns: Vec<&str> = line.split('\t').collect();
                let glued = columns.get(9).is_some_and(|misc| misc.split('|').any(|m| m == "SpaceAfter=No"));
                let [id, form, lemma, upos, _, feats, head, deprel, ..] = columns[..] else {
                    return Err(error("fewer than 8 columns", line));
                };
                if id.contains('.') {
                    continue;
                }
                if let Some((first, last)) = id.split_once('-') {
                    let first: usize = first.parse().map_err(|_| error("no range of words", id))?;
                    let last: usize = last.parse().map_err(|_| error("no range of words", id))?;
                    gold.multiword.push((first.saturating_sub(1)..last, form.to_owned()));
                    gold.glued = glued;
                    continue;
                }
                if gold.multiword.last().is_none_or(|(words, _)| words.end <= gold.sentence.tokens.len()) {
                    gold.glued = glued;
                }
                let begin = bank.text.len();
                bank.text.push_str(form);
                let span = Span::new(begin, bank.text.len());
                bank.text.push(' ');
                let head: usize = head.parse().map_err(|_| error("no number of a head", head))?;
                gold.sentence.tokens.push(Token {
                    span,
                    lemma: lemma.to_owned(),
                    upos: Upos::parse(upos).ok_or_else(|| error("no universal part of speech", upos))?,
                    feats: Feats::parse(feats),
                    head: head.checked_sub(1),
                    deprel: Deprel::parse(deprel)
                        .or_else(|| Deprel::parse(deprel.split(':').next().unwrap_or(deprel)))
                        .ok_or_else(|| error("no universal relation", deprel))?,
                });
            }
        }
        bank.close(&mut gold).map_err(|head| ConlluError {
            line: conllu.lines().count(),
            what: "head outside the sentence",
            text: head.to_string(),
        })?;
        Ok(bank)
    }

    /// Number of words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.sentences.iter().map(|gold| gold.sentence.tokens.len()).sum()
    }

    fn close(&mut self, gold: &mut Gold) -> Result<(), usize> {
        let mut gold = std::mem::take(gold);
        let tokens = &gold.sentence.tokens;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Ok(()) };
        if let Some(head) = tokens.iter().filter_map(|t| t.head).find(|head| *head >= tokens.len()) {
            return Err(head + 1);
        }
        gold.sentence.span = Span::new(first.span.begin, last.span.stop);
        gold.multiword.retain(|(words, _)| words.end <= tokens.len() && !words.is_empty());
        self.text.pop();
        self.text.push('\n');
        self.sentences.push(gold);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "# newdoc\n# text = We don't.\n1\tWe\twe\tPRON\tPRP\tNumber=Plur\t0\troot\t_\t_\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdo\tdo\tAUX\tVBP\t_\t1\taux\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n\
        3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n";

    #[test]
    fn words_heads_and_multiword_tokens() {
        let bank = Treebank::parse(TWO).unwrap();
        assert_eq!(bank.text, "We do n't\nYes\n");
        assert_eq!(bank.words(), 4);
        let first = &bank.sentences[0];
        assert!(first.opens_paragraph);
        assert_eq!(first.raw, "We don't.");
        assert_eq!(first.multiword, [(1..3, "don't".to_owned())]);
        assert_eq!(first.sentence.tokens[2].head, Some(0));
        assert_eq!(first.sentence.form(2, &bank.text), "n't");
    }

    #[test]
    fn a_bad_value_is_repeated() {
        let error = Treebank::parse("1\tYes\tyes\tWORD\tUH\t_\t0\troot\t_\t_\n").unwrap_err();
        assert_eq!(error.to_string(), "line 1: no universal part of speech: \"WORD\"");
        assert!(Treebank::parse("1\tYes\tyes\tINTJ\tUH\t_\t7\troot\t_\t_\n\n").is_err());
    }
}
