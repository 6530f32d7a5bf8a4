//! The dynamic oracle of arc-hybrid parsing (Goldberg and Nivre, 2013): which transitions lose fewest gold arcs.

use crate::language::Deprel;
use crate::language::parser::{LEFT, RIGHT, SHIFT, State};

/// The gold tree in the form that the oracle asks for.
pub(crate) struct Tree {
    /// Head of each word; the number of words for the root.
    heads: Vec<u32>,
    labels: Vec<u8>,
    children: Vec<Vec<u32>>,
}

impl Tree {
    /// From each word's head and label.
    pub(crate) fn new(words: impl Iterator<Item = (Option<usize>, u8)>) -> Self {
        let (heads, labels): (Vec<Option<usize>>, Vec<u8>) = words.unzip();
        let root = heads.len();
        let heads: Vec<u32> = heads.into_iter().map(|head| head.unwrap_or(root) as u32).collect();
        let mut children = vec![Vec::new(); root + 1];
        for (child, head) in heads.iter().enumerate() {
            children[*head as usize].push(child as u32);
        }
        Self { heads, labels, children }
    }

    fn waiting(&self, word: u32, next: usize) -> u32 {
        self.children[word as usize].iter().rev().take_while(|child| **child as usize >= next).count() as u32
    }

    /// The transitions that cost least, among those that may follow, with their labels.
    pub(crate) fn best(&self, state: &State) -> Vec<usize> {
        let mut costs = [u32::MAX; 3];
        let top = state.stack.last().copied();
        let under = state.stack.len().checked_sub(2).map(|at| state.stack[at]);
        let next = state.next;
        if state.may_shift() {
            let below = &state.stack[..state.stack.len().saturating_sub(1)];
            let head = self.heads[next];
            costs[0] = u32::from(below.contains(&head))
                + state.stack.iter().filter(|word| self.heads[**word as usize] as usize == next).count() as u32;
        }
        if let Some(top) = top {
            let head = self.heads[top as usize];
            let waiting = self.waiting(top, next);
            if state.may_left() {
                costs[1] = u32::from(Some(head) == under || head as usize > next) + waiting;
            }
            if state.may_right() {
                costs[2] = u32::from(head as usize >= next) + waiting;
            }
        }
        let least = costs.into_iter().min().unwrap_or(0);
        // The root's own arc is forced in the end; hung anywhere else, its word gets the loosest relation.
        let label = top.map_or(0, |top| usize::from(self.labels[top as usize]));
        let label = if label == Deprel::Root as usize { Deprel::Parataxis as usize } else { label };
        let all = [SHIFT, LEFT + label, RIGHT + label];
        all.into_iter().zip(costs).filter(|(_, cost)| *cost == least && *cost != u32::MAX).map(|(class, _)| class).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oracle_reaches_every_arc_of_a_projective_tree() {
        let heads = [Some(1), Some(3), Some(1), None, Some(5), Some(3), Some(3)];
        let tree = Tree::new(heads.iter().map(|head| (*head, if head.is_none() { Deprel::Root } else { Deprel::Obj } as u8)));
        for choice in 0..2 {
            let mut state = State::default();
            state.begin(heads.len());
            while !state.done() {
                let best = tree.best(&state);
                state.apply(best[choice % best.len()]);
            }
            for (node, head) in state.nodes.iter().zip(heads) {
                assert_eq!(node.head as usize, head.unwrap_or(heads.len()));
            }
        }
    }
}
