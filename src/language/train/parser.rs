//! Training the parser: it explores its own mistakes and learns the best way on from them.

use super::oracle::Tree;
use super::perceptron::{Perceptron, Random};
use super::{Lesson, Settings};
use crate::language::Deprel;
use crate::language::conllu::Treebank;
use crate::language::parser::{FEATURES, Input, LABELS, LEFT, RIGHT, SHIFT, State, features};
use crate::language::tagger::Classes;
use crate::language::weights::{CLASSES, Rows};

/// How often a wrong transition is followed.
const EXPLORE: f32 = 0.9;

/// The weights of a parser trained on the given tags, and a line about them.
pub(crate) fn train(
    bank: &Treebank,
    lessons: &[Lesson],
    tags: &[Vec<u8>],
    classes: &Classes,
    settings: &Settings,
    report: &mut impl FnMut(&str),
) -> (Rows, String) {
    let trees: Vec<Tree> = bank
        .sentences
        .iter()
        .map(|gold| Tree::new(gold.sentence.tokens.iter().map(|token| (token.head, token.deprel as u8))))
        .collect();
    let upos: Vec<Vec<u8>> =
        tags.iter().map(|tags| tags.iter().map(|class| classes.0[usize::from(*class)].0 as u8).collect()).collect();
    let mut perceptron = Perceptron::new(settings.rare);
    let mut random = Random(settings.seed ^ 0x70A5);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut state = State::default();
    let mut list = [0u64; FEATURES];
    for pass in 0..settings.parser_passes {
        random.shuffle(&mut order);
        let (mut wrong, mut all) = (0usize, 0usize);
        for n in &order {
            let input = Input { words: &lessons[*n].words, tags: &tags[*n], upos: &upos[*n] };
            state.begin(input.words.len());
            while !state.done() {
                let best = trees[*n].best(&state);
                let options = [state.may_shift(), state.may_left(), state.may_right()];
                if options == [true, false, false] {
                    state.apply(SHIFT);
                    continue;
                }
                if !state.may_shift() && state.stack.len() == 1 {
                    state.apply(LEFT + Deprel::Root as usize);
                    continue;
                }
                features(&input, &state, &mut list);
                let mut scores = [0.0; CLASSES];
                perceptron.score(&list, &mut scores);
                let mut guess = (f32::NEG_INFINITY, SHIFT);
                if options[0] {
                    guess = (scores[SHIFT], SHIFT);
                }
                for (may, first) in [(options[1], LEFT), (options[2], RIGHT)] {
                    for (label, score) in scores[first..first + LABELS].iter().enumerate() {
                        if may && *score > guess.0 && label != Deprel::Root as usize {
                            guess = (*score, first + label);
                        }
                    }
                }
                let guess = guess.1;
                perceptron.tick();
                if pass == 0 {
                    perceptron.count(&list);
                }
                all += 1;
                let gold = best.iter().copied().fold(None, |top: Option<usize>, class| match top {
                    Some(top) if scores[top] >= scores[class] => Some(top),
                    _ => Some(class),
                });
                let gold = gold.expect("a state that is not done has a transition");
                if best.contains(&guess) {
                    state.apply(guess);
                    continue;
                }
                wrong += 1;
                perceptron.update(&list, gold, 1.0);
                perceptron.update(&list, guess, -1.0);
                let explore = pass > 0 && random.part() < EXPLORE;
                state.apply(if explore { guess } else { gold });
            }
        }
        report(&format!("parser, pass {}: {:.2} % of transitions wrong", pass + 1, 100.0 * wrong as f32 / all as f32));
    }
    perceptron.quantise(settings.parser_budget, 0.04)
}
