//! Communities: groups whose members deal with one another more than with the rest.

mod leiden;
mod modularity;

pub use leiden::{Options, leiden};
pub use modularity::{Ties, modularity};

use crate::analysis::views::Views;

/// The community of every actor, 0 for the largest (of equals the one with the first actor); an actor without ties is one
/// of its own. Signed modularity: friendly and structural ties draw together, hostile ones push apart.
#[must_use]
pub fn communities(views: &Views<'_>) -> Vec<usize> {
    leiden(&Ties::of(views), &Options::default())
}

/// Numbers groups by size, largest first, of equals the one with the first member first.
pub(crate) fn by_size(group: &[usize]) -> Vec<usize> {
    let count = group.iter().max().map_or(0, |m| m + 1);
    let (mut size, mut first) = (vec![0_usize; count], vec![usize::MAX; count]);
    for (v, &g) in group.iter().enumerate() {
        size[g] += 1;
        first[g] = first[g].min(v);
    }
    let mut order: Vec<usize> = (0..count).filter(|&g| size[g] > 0).collect();
    order.sort_by_key(|&g| (std::cmp::Reverse(size[g]), first[g]));
    let mut name = vec![0; count];
    for (place, g) in order.into_iter().enumerate() {
        name[g] = place;
    }
    group.iter().map(|&g| name[g]).collect()
}
