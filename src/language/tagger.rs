//! The tagger: part of speech and features as one class, left to right, greedily, by an averaged perceptron (Collins,
//! 2002) whose features see the word's form and ending, its neighbours, what its neighbours may be, and the two tags before.

use std::ops::Range;

use super::hash::{finish, mix};
use super::weights::{Bytes, CLASSES, Map, Weights};
use super::word::{Case, Word};
use super::{Feats, Upos};

/// Features of one position.
pub(crate) const FEATURES: usize = 48;

/// The classes: what each stands for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classes(pub(crate) Vec<(Upos, Feats)>);

impl Classes {
    /// The class of a tag with features, or the first with that tag, or 0.
    pub(crate) fn of(&self, upos: Upos, feats: Feats) -> u8 {
        let exact = self.0.iter().position(|c| *c == (upos, feats));
        exact.or_else(|| self.0.iter().position(|c| c.0 == upos)).unwrap_or(0) as u8
    }
}

/// What is known of a word beside its form: the parts of speech it had in the treebank as a set of bits, 0 where unknown.
pub(crate) trait Lexicon {
    /// The set for a lower-cased form's hash.
    fn tags(&self, lower: u64) -> u32;
}

/// The lexicon as it lies in a model.
pub(crate) struct Stored<'a>(pub(crate) &'a Bytes, pub(crate) Map);

impl Lexicon for Stored<'_> {
    #[inline]
    fn tags(&self, lower: u64) -> u32 {
        self.1.get(self.0, lower).unwrap_or(0)
    }
}

/// What the features of a sentence share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    tags: Vec<u64>,
    shouted: u64,
}

impl Context {
    /// Looks the words up. Linear.
    pub(crate) fn fill(&mut self, words: &[Word], lexicon: &impl Lexicon) {
        self.tags.clear();
        self.tags.extend(words.iter().map(|word| match lexicon.tags(word.lower) {
            0 => mix(word.suffix[1], 77 + word.case as u64),
            tags => u64::from(tags),
        }));
        let small = words.iter().filter(|w| matches!(w.case, Case::Lower)).count();
        let capital = words.iter().filter(|w| matches!(w.case, Case::Upper | Case::Title)).count();
        self.shouted = if small == 0 { 2 } else { u64::from(capital > small) };
    }
}

/// The features of word `i`, given the classes of the words before it.
#[inline]
pub(crate) fn features(words: &[Word], context: &Context, i: usize, before: [u64; 2], out: &mut [u64; FEATURES]) {
    let outside = Word { lower: 3, cased: 3, shape: 3, ..Word::default() };
    let word = |at: isize| usize::try_from(i as isize + at).ok().and_then(|at| words.get(at)).unwrap_or(&outside);
    let known = |at: isize| usize::try_from(i as isize + at).ok().and_then(|at| context.tags.get(at)).copied().unwrap_or(5);
    let (own, previous, next, back, ahead) = (&words[i], word(-1), word(1), word(-2), word(2));
    let [t1, t2] = before;
    let start = if i == 0 { 1 } else { u64::from(i == 1 && previous.case == Case::None) * 2 };
    let cased = own.case as u64 + 8 * start + 32 * context.shouted;
    let mut n = 0;
    let mut put = |a: u64, b: u64, c: u64| {
        out[n] = finish(mix(mix(mix(a, n as u64 + 1), b), c));
        n += 1;
    };
    put(own.lower, 0, 0);
    put(own.cased, start, 0);
    put(own.lower, cased, 0);
    put(own.prefix[0], 0, 0);
    put(own.prefix[1], 0, 0);
    put(own.prefix[2], 0, 0);
    put(own.prefix[3], 0, 0);
    put(own.suffix[0], cased, 0);
    put(own.suffix[1], cased, 0);
    put(own.suffix[2], cased, 0);
    put(own.suffix[3], 0, 0);
    put(own.suffix[4], 0, 0);
    put(own.suffix[5], 0, 0);
    put(own.shape, start, 0);
    put(cased, known(0), 0);
    put(known(0), t1, known(1));
    put(t1, 0, 0);
    put(t1, t2, 0);
    put(t1, own.lower, 0);
    put(t1, own.suffix[2], cased);
    put(t1, t2, own.lower);
    put(t1, next.lower, 0);
    put(t1, known(0), 0);
    put(t1, t2, known(0));
    put(previous.lower, 0, 0);
    put(previous.lower, own.lower, 0);
    put(previous.lower, own.suffix[2], 0);
    put(previous.lower, next.lower, 0);
    put(previous.suffix[2], 0, 0);
    put(previous.shape, own.shape, next.shape);
    put(back.lower, 0, 0);
    put(back.lower, previous.lower, 0);
    put(next.lower, 0, 0);
    put(next.lower, own.lower, 0);
    put(next.lower, own.suffix[2], 0);
    put(next.suffix[2], 0, 0);
    put(next.suffix[1], known(0), 0);
    put(next.shape, cased, 0);
    put(ahead.lower, 0, 0);
    put(next.lower, ahead.lower, 0);
    put(known(1), 0, 0);
    put(known(1), known(0), 0);
    put(known(1), known(2), known(0));
    put(known(1), t1, own.suffix[1]);
    put(known(-1), known(0), known(1));
    put(known(1), own.lower, 0);
    put(known(2), known(1), own.lower);
    put(t2, known(0), own.suffix[1]);
}

/// Tags a sentence; `tags` gets a class for each word. Words within `names` that begin with a capital become proper
/// nouns, unless the treebank knows them only as something else. Linear.
#[expect(clippy::too_many_arguments, reason = "the parts of the model and the sentence")]
pub(crate) fn tag(
    bytes: &Bytes,
    weights: &Weights,
    classes: &Classes,
    lexicon: &Stored<'_>,
    words: &[Word],
    names: &[Range<usize>],
    context: &mut Context,
    tags: &mut Vec<u8>,
) {
    context.fill(words, lexicon);
    tags.clear();
    let mut list = [0u64; FEATURES];
    let mut before = [200, 201];
    for (i, word) in words.iter().enumerate() {
        features(words, context, i, before, &mut list);
        let mut scores = [0i32; CLASSES];
        weights.add(bytes, &list, &mut scores);
        let best = |allowed: &dyn Fn(Upos) -> bool| {
            let all = classes.0.iter().enumerate().filter(|(_, (upos, _))| allowed(*upos));
            all.max_by_key(|(class, _)| (scores[*class], usize::MAX - class)).map_or(0, |(class, _)| class)
        };
        let mut class = (1..classes.0.len()).fold(0, |best, class| if scores[class] > scores[best] { class } else { best });
        if !names.is_empty() && names.iter().any(|range| range.contains(&i)) {
            let named = matches!(word.case, Case::Title | Case::Upper | Case::Mixed);
            let open = matches!(classes.0[class].0, Upos::Noun | Upos::Verb | Upos::X | Upos::Intj | Upos::Adv | Upos::Adj);
            let adjective = classes.0[class].0 == Upos::Adj && lexicon.tags(word.lower) == 1 << Upos::Adj as u32;
            if named && open && !adjective {
                class = best(&|upos| upos == Upos::Propn);
            }
        }
        tags.push(class as u8);
        before = [class as u64, before[0]];
    }
}
