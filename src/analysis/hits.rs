//! Hubs and authorities.

use super::csr::Graph;

/// Hub and authority scores by weight along arcs, each summing to 1: a good hub acts on good authorities, a good authority
/// is acted on by good hubs. Signs do not enter. All 0 in a network without arcs.
///
/// Equals `networkx.hits` where the principal singular vector is unique; else it is the one nearest to evenness. Who
/// deals blows or favours to those that matter, and who is the common object of those who deal them.
///
/// Kleinberg, "Authoritative sources in a hyperlinked environment", JACM 46 (1999). Power iteration until the change is at
/// rounding, or about 2·10⁸ arcs have been looked at.
///
/// ```
/// use suzerain::analysis::{Graph, hits};
/// let (hubs, authorities) = hits::hits(&Graph::new(2, &[(0, 1, 1.0)]));
/// assert_eq!((hubs, authorities), (vec![1.0, 0.0], vec![0.0, 1.0]));
/// ```
#[must_use]
pub fn hits(graph: &Graph) -> (Vec<f64>, Vec<f64>) {
    let n = graph.len();
    let mut hubs = vec![1.0 / n.max(1) as f64; n];
    let mut authorities = vec![0.0; n];
    if graph.out.arc_count() == 0 {
        return (vec![0.0; n], authorities);
    }
    let rounds = (100_000_000 / (n + graph.out.arc_count())).clamp(200, 100_000);
    for _ in 0..rounds {
        for v in graph.nodes() {
            authorities[v as usize] = graph.inn.row(v).map(|(u, w)| hubs[u as usize] * w).sum();
        }
        scale(&mut authorities);
        let mut moved = 0.0;
        let mut next: Vec<f64> = graph.nodes().map(|v| graph.out.row(v).map(|(u, w)| authorities[u as usize] * w).sum()).collect();
        scale(&mut next);
        for (old, new) in hubs.iter_mut().zip(next) {
            moved += (new - *old).abs();
            *old = new;
        }
        if moved <= 1e-16 * n as f64 {
            break;
        }
    }
    (hubs, authorities)
}

fn scale(x: &mut [f64]) {
    let sum: f64 = x.iter().sum();
    if sum > 0.0 {
        for value in x {
            *value /= sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{chain, close, complete, empty, single, star};

    #[test]
    fn hand_derived() {
        close(&hits(&complete(4)).0, &[0.25; 4]);
        close(&hits(&empty()).1, &[]);
        close(&hits(&single()).0, &[0.0]);
        // Two equal hubs over two equal authorities in a chain.
        close(&hits(&chain()).0, &[0.5, 0.5, 0.0]);
        close(&hits(&chain()).1, &[0.0, 0.5, 0.5]);
        // An undirected star has no unique answer: the even hubs give the middle half of the authority.
        close(&hits(&star(5)).0, &[0.2; 5]);
        close(&hits(&star(5)).1, &[0.5, 0.125, 0.125, 0.125, 0.125]);
    }

    #[test]
    fn weight_counts() {
        let (hubs, _) = hits(&Graph::new(3, &[(0, 2, 3.0), (1, 2, 1.0)]));
        close(&hubs, &[0.75, 0.25, 0.0]);
    }
}
