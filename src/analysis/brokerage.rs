//! Brokerage: what go-betweens do between groups.

use super::csr::Graph;

/// How often an actor stands between two others who are not tied directly, by the groups of the three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles {
    /// All three of one group.
    pub coordinator: usize,
    /// The two others of one group, the broker of another.
    pub consultant: usize,
    /// From another group into the broker's own: it decides who gets in.
    pub gatekeeper: usize,
    /// From the broker's own group to another: it speaks for its group.
    pub representative: usize,
    /// Three groups.
    pub liaison: usize,
}

impl Roles {
    /// The roles' names, in the order of [`Roles::counts`].
    pub const NAMES: [&str; 5] = ["coordinator", "consultant", "gatekeeper", "representative", "liaison"];

    /// How often in each role.
    #[must_use]
    pub const fn counts(&self) -> [usize; 5] {
        [self.coordinator, self.consultant, self.gatekeeper, self.representative, self.liaison]
    }

    /// How often at all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts().iter().sum()
    }
}

/// The brokerage roles of every actor: the open two-step ways a → b → c (no arc a → c, a ≠ c) that run through it, by group. Arcs
/// as stated, weights and signs do not enter; those without a group are left out.
///
/// Gould & Fernandez, "Structures of mediation: a formal approach to brokerage in transaction networks", Sociol. Methodol. 19
/// (1989). O(Σ in-degree × out-degree × log degree).
///
/// ```
/// use suzerain::analysis::{Graph, brokerage::roles};
/// let chain = Graph::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
/// assert_eq!(roles(&chain, &[Some(0), Some(1), Some(1)])[1].gatekeeper, 1);
/// ```
#[must_use]
pub fn roles(graph: &Graph, group: &[Option<usize>]) -> Vec<Roles> {
    super::parallel::each(graph.len(), |b| {
        let mut roles = Roles::default();
        let Some(own) = group[b] else { return roles };
        for &a in graph.inn.of(b as u32) {
            let Some(from) = group[a as usize] else { continue };
            for &c in graph.out.of(b as u32) {
                let Some(to) = group[c as usize] else { continue };
                if a == c || graph.out.find(a, c).is_some() {
                    continue;
                }
                match (from == own, to == own, from == to) {
                    (true, true, _) => roles.coordinator += 1,
                    (false, true, _) => roles.gatekeeper += 1,
                    (true, false, _) => roles.representative += 1,
                    (false, false, true) => roles.consultant += 1,
                    (false, false, false) => roles.liaison += 1,
                }
            }
        }
        roles
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, complete, empty, star};

    fn middle(groups: [usize; 3]) -> Roles {
        roles(&chain(), &groups.map(Some))[1]
    }

    #[test]
    fn hand_derived() {
        assert_eq!(middle([0, 0, 0]), Roles { coordinator: 1, ..Roles::default() });
        assert_eq!(middle([1, 0, 1]), Roles { consultant: 1, ..Roles::default() });
        assert_eq!(middle([1, 0, 0]), Roles { gatekeeper: 1, ..Roles::default() });
        assert_eq!(middle([0, 0, 1]), Roles { representative: 1, ..Roles::default() });
        assert_eq!(middle([1, 0, 2]), Roles { liaison: 1, ..Roles::default() });
        // Everybody is tied: nobody is needed.
        assert_eq!(roles(&complete(4), &[Some(0); 4]), [Roles::default(); 4]);
        // A hub among 4 leaves: 12 ordered pairs.
        assert_eq!(roles(&star(5), &[Some(0); 5])[0].coordinator, 12);
        assert!(roles(&empty(), &[]).is_empty());
        assert_eq!(roles(&chain(), &[Some(0), Some(0), None])[1].total(), 0);
    }
}
