//! The parser: arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta, 2011) chosen greedily by an averaged perceptron
//! trained with a dynamic oracle (Goldberg and Nivre, 2013), over features in the manner of Zhang and Nivre (2011).
//!
//! Two transitions for each word: linear time. The tree is always projective and has one root.

use super::hash::{finish, mix};
use super::weights::{Bytes, CLASSES, Weights};
use super::word::Word;
use super::{Deprel, Upos};

/// Number of relations.
pub(crate) const LABELS: usize = Deprel::ALL.len();
/// Class of the transition that moves the next word onto the stack.
pub(crate) const SHIFT: usize = 0;
/// First class of those that hang the top of the stack on the next word.
pub(crate) const LEFT: usize = 1;
/// First class of those that hang the top of the stack on the word under it.
pub(crate) const RIGHT: usize = LEFT + LABELS;
/// Number of classes.
pub(crate) const TRANSITIONS: usize = RIGHT + LABELS;
const _: () = assert!(TRANSITIONS <= CLASSES);

/// Where no word is.
const NONE: u32 = u32::MAX;

/// A word's part of a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) head: u32,
    pub(crate) label: u8,
    left: [u32; 2],
    right: [u32; 2],
    lefts: u8,
    rights: u8,
    left_labels: u64,
    right_labels: u64,
}

const FRESH: Node =
    Node { head: NONE, label: 0, left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0, left_labels: 0, right_labels: 0 };

/// A state of the parser: the stack, the next word and the arcs so far. The root stands behind the last word.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    pub(crate) stack: Vec<u32>,
    pub(crate) next: usize,
    pub(crate) nodes: Vec<Node>,
}

impl State {
    /// The state before the first transition over so many words.
    pub(crate) fn begin(&mut self, words: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(words + 1, FRESH);
    }

    fn words(&self) -> usize {
        self.nodes.len() - 1
    }

    /// Whether the tree is complete.
    pub(crate) fn done(&self) -> bool {
        self.next == self.words() && self.stack.is_empty()
    }

    /// Whether [`SHIFT`] may follow.
    pub(crate) fn may_shift(&self) -> bool {
        self.next < self.words()
    }

    /// Whether a left arc may follow. The root takes one child only, the last.
    pub(crate) fn may_left(&self) -> bool {
        !self.stack.is_empty() && (self.next < self.words() || self.stack.len() == 1)
    }

    /// Whether a right arc may follow.
    pub(crate) fn may_right(&self) -> bool {
        self.stack.len() >= 2
    }

    /// Takes a transition that may follow.
    pub(crate) fn apply(&mut self, transition: usize) {
        if transition == SHIFT {
            self.stack.push(self.next as u32);
            self.next += 1;
            return;
        }
        let Some(child) = self.stack.pop() else { return };
        if transition < RIGHT {
            let label = transition - LEFT;
            let head = &mut self.nodes[self.next];
            head.left = [child, head.left[0]];
            head.lefts = head.lefts.saturating_add(1);
            head.left_labels |= 1 << label;
            self.attach(child, self.next as u32, label);
        } else if let Some(under) = self.stack.last().copied() {
            let label = transition - RIGHT;
            let head = &mut self.nodes[under as usize];
            head.right = [child, head.right[0]];
            head.rights = head.rights.saturating_add(1);
            head.right_labels |= 1 << label;
            self.attach(child, under, label);
        }
    }

    fn attach(&mut self, child: u32, head: u32, label: usize) {
        let node = &mut self.nodes[child as usize];
        node.head = head;
        node.label = label as u8;
    }
}

/// Number of features of a state.
pub(crate) const FEATURES: usize = 104;

/// What the features read beside the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// The words.
    pub(crate) words: &'a [Word],
    /// Their tagger's classes.
    pub(crate) tags: &'a [u8],
    /// Their parts of speech.
    pub(crate) upos: &'a [u8],
}

#[derive(Clone, Copy)]
struct Atom {
    w: u64,
    t: u64,
    p: u64,
    l: u64,
}

impl Input<'_> {
    #[inline]
    fn at(&self, state: &State, index: u32) -> Atom {
        let i = index as usize;
        match self.words.get(i) {
            Some(word) => Atom {
                w: word.lower,
                t: u64::from(self.tags[i]) + 10,
                p: u64::from(self.upos[i]) + 10,
                l: u64::from(state.nodes[i].label) + 10,
            },
            None if i == self.words.len() => Atom { w: 1, t: 1, p: 1, l: 1 },
            None => Atom { w: 2, t: 2, p: 2, l: 2 },
        }
    }
}

fn far(from: u32, to: u32) -> u64 {
    match to.saturating_sub(from) {
        d @ 0..=4 => u64::from(d),
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// The features of a state. Constant time.
#[inline]
pub(crate) fn features(input: &Input<'_>, state: &State, out: &mut [u64; FEATURES]) {
    let mut n = 0;
    let mut put = |a: u64, b: u64, c: u64| {
        out[n] = finish(mix(mix(mix(a, n as u64 + 1), b), c));
        n += 1;
    };
    let depth = state.stack.len();
    let place = |k: usize| if depth > k { state.stack[depth - 1 - k] } else { NONE };
    let ahead = |k: usize| if state.next + k < state.nodes.len() { (state.next + k) as u32 } else { NONE };
    let before = |i: u32| if i == NONE || i == 0 { NONE } else { i - 1 };
    let after = |i: u32| if i == NONE { NONE } else { i + 1 };
    let node = |i: u32| state.nodes.get(i as usize).unwrap_or(&FRESH);
    let at = |i: u32| input.at(state, i);

    let (i0, i1, i2, j0, j1) = (place(0), place(1), place(2), ahead(0), ahead(1));
    let (n0, n1, m0) = (*node(i0), *node(i1), *node(j0));
    let (s0, s1, s2, s3) = (at(i0), at(i1), at(i2), at(place(3)));
    let (b0, b1, b2, b3) = (at(j0), at(j1), at(ahead(2)), at(ahead(3)));
    let (s0l, s0r, s1l, s1r, b0l) = (at(n0.left[0]), at(n0.right[0]), at(n1.left[0]), at(n1.right[0]), at(m0.left[0]));
    let (s0l2, s0r2, s1l2, s1r2, b0l2) = (at(n0.left[1]), at(n0.right[1]), at(n1.left[1]), at(n1.right[1]), at(m0.left[1]));
    let s0rl = at(node(n0.right[0]).left[0]);
    let s1rl = at(node(n1.right[0]).left[0]);
    let b0ll = at(node(m0.left[0]).left[0]);
    let pair = |a: u64, b: u64| mix(a.wrapping_add(0x51), b);
    let d01 = if i1 == NONE || i0 == NONE { 9 } else { far(i1, i0) };
    let d0b = if i0 == NONE { 9 } else { far(i0, j0) };
    let wide = d01 * 16 + d0b;

    // single words
    put(s0.w, s0.t, 0);
    put(s0.w, 0, 0);
    put(s0.t, 0, 0);
    put(s1.w, s1.t, 0);
    put(s1.w, 0, 0);
    put(s1.t, 0, 0);
    put(s2.w, s2.p, 0);
    put(s2.t, s3.t, 0);
    put(b0.w, b0.t, 0);
    put(b0.w, 0, 0);
    put(b0.t, 0, 0);
    put(b1.w, b1.t, 0);
    put(b1.t, 0, 0);
    put(b2.w, b2.p, 0);
    put(b2.t, b3.p, 0);
    // pairs
    put(s0.w, s0.t, pair(b0.w, b0.t));
    put(s0.w, b0.w, 0);
    put(s0.w, s0.t, b0.t);
    put(s0.t, b0.w, b0.t);
    put(s0.w, b0.p, 0);
    put(s0.p, b0.w, 0);
    put(s0.t, b0.t, 0);
    put(s0.p, b0.p, d0b);
    put(s1.w, s0.w, 0);
    put(s1.w, s1.t, s0.t);
    put(s1.t, s0.w, s0.t);
    put(s1.w, s0.p, 0);
    put(s1.p, s0.w, 0);
    put(s1.t, s0.t, 0);
    put(s1.p, s0.p, d01);
    put(s1.w, b0.w, 0);
    put(s1.t, b0.t, 0);
    put(s1.w, b0.t, 0);
    put(s1.t, b0.w, 0);
    put(b0.t, b1.t, 0);
    put(b0.w, b1.t, 0);
    put(b0.t, b1.w, 0);
    put(s0.w, b1.t, b0.p);
    put(s0.t, b1.w, 0);
    put(s2.t, s0.t, b0.p);
    // threes and fours
    put(s0.t, b0.t, b1.t);
    put(s0.p, b0.p, pair(b1.p, b2.p));
    put(s0.w, b0.t, b1.t);
    put(s0.t, b0.w, b1.t);
    put(s1.t, s0.t, b0.t);
    put(s1.w, s0.t, b0.t);
    put(s1.t, s0.w, b0.t);
    put(s1.t, s0.t, b0.w);
    put(s1.p, s0.p, pair(b0.p, b1.p));
    put(s2.p, s1.p, s0.p);
    put(s2.t, s1.t, pair(s0.t, b0.t));
    put(s1.w, s0.w, b0.p);
    put(s1.p, s0.p, pair(b0.p, wide));
    put(s1.t, s0.t, pair(b0.t, b1.t));
    // children
    put(s0l.w, s0.t, s0l.l);
    put(s0l.t, s0.t, s0l.l);
    put(s0r.w, s0.t, s0r.l);
    put(s0r.t, s0.t, s0r.l);
    put(s1l.w, s1.t, s1l.l);
    put(s1r.w, s1.t, s1r.l);
    put(s1r.t, s1.t, s1r.l);
    put(b0l.w, b0.t, b0l.l);
    put(b0l.t, b0.t, b0l.l);
    put(s0.t, s0l.l, s0r.l);
    put(s0.w, s0l.l, s0r.l);
    put(s1.w, s1l.l, s1r.l);
    put(b0.w, b0l.l, b0l2.l);
    put(s0.t, b0.t, pair(s0l.t, s0l.l));
    put(s0.t, b0.t, pair(s0r.t, s0r.l));
    put(s0.t, b0.t, pair(b0l.t, b0l.l));
    put(s1.t, s0.t, pair(s0l.t, s0l.l));
    put(s1.t, s0.t, pair(s0r.t, s0r.l));
    put(s1.t, s0.t, pair(s1l.t, s1l.l));
    put(s1.t, s0.t, pair(s1r.t, s1r.l));
    put(s0.t, pair(s0l.t, s0l2.t), 1);
    put(s0.t, pair(s0r.t, s0r2.t), s0r2.l);
    put(s1.t, pair(s1r.t, s1r2.t), s1r2.l);
    put(s1l2.w, s1l2.l, s1.p);
    put(s0l2.w, s0l2.l, s0.p);
    // prepositions and conjunctions of the words to be tied
    put(s1.w, s0l.w, 0);
    put(s1.w, s0l.w, s0.w);
    put(s1.t, s0l.w, s0.t);
    put(s1.t, s0l2.w, s0.t);
    put(s0rl.w, s0r.w, s0.t);
    put(s1rl.w, s1r.l, s0.t);
    put(b0ll.w, b0l.w, s0.t);
    put(b0l.w, b0.t, s0.t);
    put(b0l.w, b0.w, s0.w);
    // how many, how far, which labels
    put(s1.w, d01, 0);
    put(s0.w, d01, s1.p);
    put(s0.t, d0b, b0.w);
    put(s0.w, d0b, b0.p);
    put(s0.t, u64::from(n0.lefts.min(5)), u64::from(n0.rights.min(5)));
    put(s1.t, u64::from(n1.rights.min(5)), s0.p);
    put(s0.p, n0.right_labels, n0.left_labels);
    put(s1.p, n1.right_labels, n1.left_labels);
    put(b0.p, m0.left_labels, s0.p);
    put(s0.w, n0.right_labels, 0);
    put(s1.w, n1.right_labels, s0.p);
    // neighbours in the text
    let (near, beyond) = (at(before(j0)), at(after(i0)));
    put(near.w, s0.t, b0.t);
    put(beyond.w, s0.t, b0.t);
    put(at(before(i0)).w, s1.t, s0.t);
    put(at(after(i1)).t, s1.t, pair(s0.t, at(before(i0)).t));
    // how likely each transition is whatever the state
    out[n] = 0;
    debug_assert_eq!(n + 1, FEATURES);
}

/// Parses a sentence: `state` holds the tree in the end. Linear time.
pub(crate) fn parse(bytes: &Bytes, weights: &Weights, input: &Input<'_>, state: &mut State) {
    state.begin(input.words.len());
    let mut list = [0u64; FEATURES];
    while !state.done() {
        let (shift, left, right) = (state.may_shift(), state.may_left(), state.may_right());
        if shift && !left && !right {
            state.apply(SHIFT);
            continue;
        }
        if state.next == state.words() && state.stack.len() == 1 {
            state.apply(LEFT + Deprel::Root as usize);
            continue;
        }
        features(input, state, &mut list);
        let mut scores = [0i32; CLASSES];
        weights.add(bytes, &list, &mut scores);
        let mut best = (i32::MIN, SHIFT);
        if shift {
            best = (scores[SHIFT], SHIFT);
        }
        for (may, first) in [(left, LEFT), (right, RIGHT)] {
            if may {
                for (label, score) in scores[first..first + LABELS].iter().enumerate() {
                    if *score > best.0 && label != Deprel::Root as usize {
                        best = (*score, first + label);
                    }
                }
            }
        }
        state.apply(best.1);
    }
}

/// The part of speech as the parser's input has it.
pub(crate) fn upos_byte(upos: Upos) -> u8 {
    upos as u8
}
