//! Signed triads.

use super::Signed;

/// Three actors, each pair of whom has a signed tie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triad {
    /// The three, ascending.
    pub nodes: [u32; 3],
    /// Signs of the ties first–second, first–third, second–third.
    pub signs: [i8; 3],
    /// The least weight among the three ties: how firm the triad is.
    pub weight: f64,
}

impl Triad {
    /// Number of hostile ties.
    #[must_use]
    pub fn hostile(&self) -> usize {
        self.signs.iter().filter(|s| **s < 0).count()
    }

    /// Whether it is balanced: the product of its signs is +.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.hostile().is_multiple_of(2)
    }
}

/// All triads of a network, counted by type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Census {
    /// How many triads have no, one, two, three hostile ties: `+++` (a friend's friend is a friend), `++−` (strained: one
    /// is friends with two foes), `+−−` (a common foe), `−−−` (all against all).
    pub types: [usize; 4],
    /// The unbalanced ones (`++−` and `−−−`), firmest first, then by actors.
    pub unbalanced: Vec<Triad>,
}

impl Census {
    /// Number of triads.
    #[must_use]
    pub fn all(&self) -> usize {
        self.types.iter().sum()
    }

    /// The share of balanced ones, by structural balance (`+++` and `+−−`); NaN without triads. Davis's weaker balance
    /// would let `−−−` pass too.
    #[must_use]
    pub fn balanced(&self) -> f64 {
        (self.types[0] + self.types[2]) as f64 / self.all() as f64
    }
}

/// Counts the signed triads. O(Σ degree² log degree).
///
/// Heider, "Attitudes and cognitive organization", J. Psychol. 21 (1946); Cartwright & Harary, "Structural balance: a
/// generalization of Heider's theory", Psychol. Rev. 63 (1956); Davis, "Clustering and structural balance in graphs", Human
/// Relations 20 (1967). Unbalanced triads are where change, or a misreading, is to be looked for.
///
/// ```
/// use suzerain::analysis::balance::{Signed, census};
/// let strained = Signed::new(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, -1.0)]);
/// assert_eq!(census(&strained).types, [0, 1, 0, 0]);
/// ```
#[must_use]
pub fn census(signed: &Signed) -> Census {
    let mut census = Census::default();
    for (a, b, first) in signed.ties() {
        let rows = signed.rows();
        for (c, second) in rows.row(b).filter(|(c, _)| *c > b) {
            let third = rows.between(a, c);
            if third == 0.0 {
                continue;
            }
            let sign = |w: f64| if w > 0.0 { 1 } else { -1 };
            let triad = Triad {
                nodes: [a, b, c],
                signs: [sign(first), sign(third), sign(second)],
                weight: first.abs().min(second.abs()).min(third.abs()),
            };
            census.types[triad.hostile()] += 1;
            if !triad.is_balanced() {
                census.unbalanced.push(triad);
            }
        }
    }
    census.unbalanced.sort_by(|x, y| y.weight.total_cmp(&x.weight).then_with(|| x.nodes.cmp(&y.nodes)));
    census
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_derived() {
        // Four actors, all tied; {0,1} against {2,3} but 1 and 2 are friends.
        let signed = Signed::new(4, &[(0, 1, 1.0), (2, 3, 1.0), (0, 2, -1.0), (0, 3, -1.0), (1, 3, -1.0), (1, 2, 0.5)]);
        let census = census(&signed);
        assert_eq!(census.types, [0, 2, 2, 0]);
        assert_eq!(census.balanced(), 0.5);
        let unbalanced: Vec<[u32; 3]> = census.unbalanced.iter().map(|t| t.nodes).collect();
        assert_eq!(unbalanced, [[0, 1, 2], [1, 2, 3]]);
        assert_eq!(census.unbalanced[0].signs, [1, -1, 1]);
        assert_eq!(census.unbalanced[0].weight, 0.5);
    }

    #[test]
    fn none_without_ties() {
        assert_eq!(census(&Signed::new(0, &[])).all(), 0);
        assert!(census(&Signed::new(3, &[(0, 1, 1.0)])).balanced().is_nan());
        // Friendly and hostile edges that outweigh each other leave no tie.
        assert_eq!(census(&Signed::new(3, &[(0, 1, 1.0), (0, 1, -1.0), (1, 2, 1.0), (0, 2, 1.0)])).all(), 0);
    }
}
