//! How good splitting, tokenizing and the model together are on raw text, by the definitions of the CoNLL 2018 shared
//! task: words are aligned by the characters they stand on, within multi-word tokens by their forms.

use std::ops::Range;

use super::conllu::Treebank;
use super::evaluate::universal;
use super::{Sentence, Token};
use crate::documents::{Block, BlockKind, Span};

/// F1 scores, in percent. A word counts as right only where it is aligned; empty nodes do not count.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RawFigures {
    /// Surface tokens ("don't" is one) with the same characters.
    pub tokens: f64,
    /// Sentences with the same characters.
    pub sentences: f64,
    /// Words ("do", "n't") aligned.
    pub words: f64,
    /// Part of speech right.
    pub upos: f64,
    /// Lemma right.
    pub lemma: f64,
    /// Head right.
    pub uas: f64,
    /// Head and relation (without subtype) right.
    pub las: f64,
}

/// The text that the treebank's sentences were taken from, with a block for each of its paragraphs.
#[must_use]
pub fn raw_text(bank: &Treebank) -> (String, Vec<Block>) {
    let (mut text, mut blocks, mut begin) = (String::new(), Vec::new(), 0);
    for gold in &bank.sentences {
        if gold.opens_paragraph && text.len() > begin {
            blocks.push(Block { span: Span::new(begin, text.trim_end().len()), kind: BlockKind::Paragraph });
            text.push_str("\n\n");
            begin = text.len();
        }
        if gold.raw.is_empty() {
            text.push_str(gold.sentence.span.of(&bank.text));
        } else {
            text.push_str(&gold.raw);
        }
        if !gold.glued {
            text.push(' ');
        }
    }
    blocks.push(Block { span: Span::new(begin, text.trim_end().len().max(begin)), kind: BlockKind::Paragraph });
    (text, blocks)
}

/// A word where it stands: characters are counted without white space.
struct Word<'a> {
    token: &'a Token,
    /// The characters of the surface token that it belongs to.
    place: Range<usize>,
    /// Whether that token has several words.
    multiword: bool,
    form: String,
    /// Number of its head among all words.
    head: Option<usize>,
}

/// One side of the comparison.
#[derive(Default)]
struct Side<'a> {
    words: Vec<Word<'a>>,
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
}

impl<'a> Side<'a> {
    fn gold(bank: &'a Treebank) -> Self {
        let (mut side, mut at) = (Self::default(), 0);
        for gold in &bank.sentences {
            let (first, begin) = (side.words.len(), at);
            let mut multiword = gold.multiword.iter().peekable();
            let (mut surface, mut open) = (0..0, 0);
            for (i, token) in gold.sentence.tokens.iter().enumerate() {
                let form = token.span.of(&bank.text);
                if i >= open {
                    let several = multiword.next_if(|(words, _)| words.start == i);
                    open = several.map_or(i + 1, |(words, _)| words.end);
                    surface = at..at + several.map_or(form, |(_, whole)| whole).chars().filter(|c| !c.is_whitespace()).count();
                    at = surface.end;
                    side.tokens.push(surface.clone());
                }
                let multiword = gold.multiword.iter().any(|(words, _)| words.contains(&i));
                side.push(token, surface.clone(), multiword, form, first);
            }
            side.sentences.push(begin..at);
        }
        side
    }

    fn own(text: &str, sentences: &'a [Sentence]) -> Self {
        let (mut side, mut at, mut read) = (Self::default(), 0, 0);
        let mut count = |to: usize| {
            at += text[read..to].chars().filter(|c| !c.is_whitespace()).count();
            read = to;
            at
        };
        for sentence in sentences {
            let first = side.words.len();
            let mut i = 0;
            while i < sentence.tokens.len() {
                let mut stop = i + 1;
                while stop < sentence.tokens.len() && is_one_token(text, &sentence.tokens[i..=stop]) {
                    stop += 1;
                }
                let surface = count(sentence.tokens[i].span.begin)..count(sentence.tokens[stop - 1].span.stop);
                side.tokens.push(surface.clone());
                for token in &sentence.tokens[i..stop] {
                    side.push(token, surface.clone(), stop > i + 1, token.span.of(text), first);
                }
                i = stop;
            }
            let begin = side.words.get(first).map_or(0, |word| word.place.start);
            side.sentences.push(begin..side.words.last().map_or(0, |word| word.place.end));
        }
        side
    }

    fn push(&mut self, token: &'a Token, place: Range<usize>, multiword: bool, form: &str, first: usize) {
        let head = token.head.map(|head| head + first);
        self.words.push(Word { token, place, multiword, form: form.to_lowercase(), head });
    }
}

/// Whether the last of these words belongs to the surface token of those before, as "n't" does.
fn is_one_token(text: &str, words: &[Token]) -> bool {
    let [.., before, word] = words else { return false };
    before.span.stop == word.span.begin && super::tokenize::is_clitic(before.span.of(text), word.span.of(text))
}

/// Compares annotated sentences of [`raw_text`] with the treebank. Linear but for long multi-word tokens.
#[must_use]
pub fn compare_raw(bank: &Treebank, text: &str, sentences: &[Sentence]) -> RawFigures {
    let (gold, own) = (Side::gold(bank), Side::own(text, sentences));
    let pairs = align(&gold.words, &own.words);
    let mut partner = vec![None; gold.words.len()];
    for (gold, own) in &pairs {
        partner[*gold] = Some(*own);
    }
    let score = |right: usize, gold: usize, own: usize| 200.0 * right as f64 / (gold + own).max(1) as f64;
    let share = |right: &dyn Fn(&Word<'_>, &Word<'_>) -> bool| {
        let right = pairs.iter().filter(|(a, b)| right(&gold.words[*a], &own.words[*b])).count();
        score(right, gold.words.len(), own.words.len())
    };
    let head = |a: &Word<'_>, b: &Word<'_>| match a.head {
        Some(head) => partner[head].is_some() && partner[head] == b.head,
        None => b.head.is_none(),
    };
    RawFigures {
        tokens: score(common(&gold.tokens, &own.tokens), gold.tokens.len(), own.tokens.len()),
        sentences: score(common(&gold.sentences, &own.sentences), gold.sentences.len(), own.sentences.len()),
        words: share(&|_, _| true),
        upos: share(&|a, b| a.token.upos == b.token.upos),
        lemma: share(&|a, b| a.token.lemma == b.token.lemma || a.token.lemma == "_"),
        uas: share(&head),
        las: share(&|a, b| head(a, b) && universal(a.token.deprel) == universal(b.token.deprel)),
    }
}

/// Number of stretches that both lists, in order, hold.
fn common(gold: &[Range<usize>], own: &[Range<usize>]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(i), own.get(j)) {
        both += usize::from(a == b);
        i += usize::from(a.start <= b.start);
        j += usize::from(b.start <= a.start);
    }
    both
}

/// Pairs of words, gold and own, that stand for each other.
fn align(gold: &[Word<'_>], own: &[Word<'_>]) -> Vec<(usize, usize)> {
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while let (Some(a), Some(b)) = (gold.get(i), own.get(j)) {
        if a.multiword || b.multiword {
            let mut stop = if a.multiword {
                j += usize::from(!b.multiword && b.place.start < a.place.start);
                a.place.end
            } else {
                i += usize::from(!b.multiword || a.place.start < b.place.start);
                b.place.end
            };
            let (from_i, from_j) = (i, j);
            loop {
                let (a, b) = (gold.get(i).filter(|w| w.place.start < stop), own.get(j).filter(|w| w.place.start < stop));
                let (word, side) = match (a, b) {
                    (Some(a), Some(b)) if b.place.start < a.place.start => (b, &mut j),
                    (Some(a), _) => (a, &mut i),
                    (None, Some(b)) => (b, &mut j),
                    (None, None) => break,
                };
                if word.multiword {
                    stop = stop.max(word.place.end);
                }
                *side += 1;
            }
            align_forms(&gold[from_i..i], &own[from_j..j], |a, b| pairs.push((from_i + a, from_j + b)));
        } else if a.place == b.place {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if a.place.start <= b.place.start {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Pairs words in order so that as many as possible have the same form.
fn align_forms(gold: &[Word<'_>], own: &[Word<'_>], mut pair: impl FnMut(usize, usize)) {
    let width = own.len() + 1;
    let mut best = vec![0usize; (gold.len() + 1) * width];
    for i in (0..gold.len()).rev() {
        for j in (0..own.len()).rev() {
            best[i * width + j] = if gold[i].form == own[j].form {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < gold.len() && j < own.len() {
        if gold[i].form == own[j].form {
            pair(i, j);
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newpar\n# text = We don't know.\n1\tWe\twe\tPRON\t_\t_\t4\tnsubj\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tdo\tdo\tAUX\t_\t_\t4\taux\t_\t_\n3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n4\tknow\tknow\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_\n\n# text = Yes\n1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n\n";

    fn copy(bank: &Treebank, text: &str, cut: &[Vec<Span>]) -> Vec<Sentence> {
        let gold: Vec<&Token> = bank.sentences.iter().flat_map(|g| &g.sentence.tokens).collect();
        let make = |spans: &Vec<Span>| Sentence {
            span: Span::new(spans[0].begin, spans[spans.len() - 1].stop),
            tokens: spans
                .iter()
                .map(|span| {
                    let like = gold.iter().find(|t| t.span.of(&bank.text) == span.of(text));
                    Token { span: *span, ..like.map(|t| (*t).clone()).unwrap_or_default() }
                })
                .collect(),
            ..Sentence::default()
        };
        cut.iter().map(make).collect()
    }

    #[test]
    fn a_perfect_reading_has_a_hundred() {
        let bank = Treebank::parse(GOLD).unwrap();
        let (text, blocks) = raw_text(&bank);
        assert_eq!(text, "We don't know. Yes ");
        assert_eq!(blocks[0].span, Span::new(0, 18));
        let spans = [vec![(0, 2), (3, 5), (5, 8), (9, 13), (13, 14)], vec![(15, 18)]];
        let spans = spans.map(|s| s.into_iter().map(|(a, b)| Span::new(a, b)).collect());
        let figures = compare_raw(&bank, &text, &copy(&bank, &text, &spans));
        let all = [figures.tokens, figures.sentences, figures.words, figures.upos, figures.lemma, figures.uas, figures.las];
        assert_eq!(all, [100.0; 7]);
    }

    #[test]
    fn words_cut_otherwise_do_not_count() {
        let bank = Treebank::parse(GOLD).unwrap();
        let (text, _) = raw_text(&bank);
        // one sentence, "don't" whole: 4 of 6 gold and 5 own words, 4 of 5 and 5 tokens, none of the sentences
        let spans = [vec![(0, 2), (3, 8), (9, 13), (13, 14), (15, 18)].into_iter().map(|(a, b)| Span::new(a, b)).collect()];
        let figures = compare_raw(&bank, &text, &copy(&bank, &text, &spans));
        assert!((figures.words - 800.0 / 11.0).abs() < 1e-9);
        assert!((figures.tokens - 100.0).abs() < 1e-9);
        assert_eq!(figures.sentences, 0.0);
    }
}
