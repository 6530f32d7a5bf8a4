//! The list of measures: the one place that names them all.

use super::views::Views;
use super::{betweenness, closeness, degree, eigenvector, pagerank, sway};

/// A number for every actor.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Its name on the command line and at the head of a column.
    pub name: &'static str,
    /// What it is, one line: definition, how directions, weights and signs enter.
    pub description: &'static str,
    /// What it tells an analyst, one line.
    pub tells: &'static str,
    /// Who defined it.
    pub source: &'static str,
    /// Time it takes with n actors and m edges.
    pub complexity: &'static str,
    /// Whether it is a column of `actors.csv` by default.
    pub column: bool,
    compute: fn(&Views<'_>) -> Vec<f64>,
}

impl Measure {
    /// The value of each actor, in node order; NaN where the measure is not defined.
    #[must_use]
    pub fn compute(&self, views: &Views<'_>) -> Vec<f64> {
        (self.compute)(views)
    }
}

/// Every measure.
pub const MEASURES: &[Measure] = &[
    Measure {
        name: "degree",
        description: "number of distinct actors tied to it; directions, weights and signs do not enter",
        tells: "with how many others it has to do at all",
        source: "Freeman 1978",
        complexity: "O(n)",
        column: true,
        compute: |v| degree::degree(&v.ties().out),
    },
    Measure {
        name: "in_degree",
        description: "number of distinct actors with an edge to it; a symmetric edge counts both ways",
        tells: "how many act on it",
        source: "Freeman 1978",
        complexity: "O(n)",
        column: true,
        compute: |v| degree::degree(&v.stated().inn),
    },
    Measure {
        name: "out_degree",
        description: "number of distinct actors it has an edge to; a symmetric edge counts both ways",
        tells: "on how many it acts",
        source: "Freeman 1978",
        complexity: "O(n)",
        column: true,
        compute: |v| degree::degree(&v.stated().out),
    },
    Measure {
        name: "strength",
        description: "sum of the weights of its edges, either direction, whatever their sign",
        tells: "how much, and how surely, is said of its dealings",
        source: "Barrat et al. 2004",
        complexity: "O(n + m)",
        column: true,
        compute: |v| degree::strength(&v.ties().out),
    },
    Measure {
        name: "temper",
        description: "(friendly − hostile) / (friendly + hostile) strength of its edges, −1 to 1; structural edges left out",
        tells: "whether its dealings are friendly or hostile on balance",
        source: "this project",
        complexity: "O(n + m)",
        column: false,
        compute: |v| degree::temper(&v.ties_of_sign(1), &v.ties_of_sign(-1)),
    },
    Measure {
        name: "sway",
        description: "sum over all others of the strength of the strongest path of influence to them (product of edge weights); signs do not enter",
        tells: "how far its influence reaches, through others too",
        source: "decay centrality, Jackson 2008, with each tie's own strength",
        complexity: "O(n (m + n) log n)",
        column: true,
        compute: |v| sway::sway(v.flow()),
    },
    Measure {
        name: "exposure",
        description: "sum over all others of the strength of the strongest path of influence from them",
        tells: "how much it is open to the influence of others",
        source: "sway, walked backwards",
        complexity: "O(n (m + n) log n)",
        column: true,
        compute: |v| sway::exposure(v.flow()),
    },
    Measure {
        name: "betweenness",
        description: "share of the shortest directed paths between others that run through it; each edge one step; normalized",
        tells: "who stands between: brokers, gatekeepers, go-betweens",
        source: "Freeman 1977; Brandes 2001",
        complexity: "O(n m)",
        column: true,
        compute: |v| betweenness::betweenness(v.stated()),
    },
    Measure {
        name: "weighted_betweenness",
        description: "betweenness with edges 1 / weight long",
        tells: "who stands between, strong ties being short ways",
        source: "Brandes 2001",
        complexity: "O(n (m + n) log n)",
        column: false,
        compute: |v| betweenness::betweenness_weighted(v.stated()),
    },
    Measure {
        name: "closeness",
        description: "one over the mean number of steps from those that reach it, times the share of actors that do",
        tells: "how soon what others do arrives at it",
        source: "Bavelas 1950; Wasserman & Faust 1994",
        complexity: "O(n m / 256) to O(n m)",
        column: true,
        compute: |v| closeness::closeness(v.stated()),
    },
    Measure {
        name: "weighted_closeness",
        description: "closeness with edges 1 / weight long",
        tells: "how soon what others do arrives at it, strong ties being short ways",
        source: "Wasserman & Faust 1994",
        complexity: "O(n (m + n) log n)",
        column: false,
        compute: |v| closeness::closeness_weighted(v.stated()),
    },
    Measure {
        name: "harmonic",
        description: "sum over those that reach it of one over their number of steps",
        tells: "as closeness, and comparable between parts of a torn network",
        source: "Marchiori & Latora 2000",
        complexity: "O(n m / 256) to O(n m)",
        column: false,
        compute: |v| closeness::harmonic(v.stated()),
    },
    Measure {
        name: "weighted_harmonic",
        description: "harmonic with edges 1 / weight long",
        tells: "as harmonic, strong ties being short ways",
        source: "Marchiori & Latora 2000",
        complexity: "O(n (m + n) log n)",
        column: false,
        compute: |v| closeness::harmonic_weighted(v.stated()),
    },
    Measure {
        name: "pagerank",
        description: "standing handed on along edges source → target by weight, damping 0.85; sums to 1; signs do not enter",
        tells: "on whom those act on whom many act",
        source: "Page et al. 1999",
        complexity: "O(n + m) a sweep",
        column: true,
        compute: |v| pagerank::pagerank(v.stated()),
    },
    Measure {
        name: "eigenvector",
        description: "entry in the principal eigenvector of the weighted ties without direction; signs do not enter",
        tells: "who is tied to those who are well tied",
        source: "Bonacich 1987",
        complexity: "O(n + m) a round",
        column: true,
        compute: |v| eigenvector::eigenvector(&v.ties().out),
    },
];

/// The measure of that name.
#[must_use]
pub fn measure(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.name == name)
}

/// The places of values, highest first, 1 for the first; equal values share the best place of theirs. NaN is last.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<usize> {
    let key = |v: f64| if v.is_nan() { f64::NEG_INFINITY } else { v };
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| key(values[b]).total_cmp(&key(values[a])).then(a.cmp(&b)));
    let mut ranks = vec![0; values.len()];
    for (place, &i) in order.iter().enumerate() {
        ranks[i] = match place.checked_sub(1).map(|p| order[p]) {
            Some(before) if key(values[before]) == key(values[i]) => ranks[before],
            _ => place + 1,
        };
    }
    ranks
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_measure_has_a_name_of_its_own_and_says_what_it_is() {
        let names: BTreeSet<&str> = MEASURES.iter().map(|m| m.name).collect();
        assert_eq!(names.len(), MEASURES.len());
        for m in MEASURES {
            assert!(m.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", m.name);
            for text in [m.description, m.tells, m.source, m.complexity] {
                assert!(!text.is_empty() && !text.contains('\n'), "{}", m.name);
            }
            assert!(m.compute(&Views::new(&crate::network::Network::default())).is_empty(), "{}", m.name);
        }
    }

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(ranks(&[1.0, 3.0, 3.0, f64::NAN, 2.0]), [4, 1, 1, 5, 3]);
    }
}
