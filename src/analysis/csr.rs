//! Compact adjacency: what the hot loops of the measures run on instead of the petgraph network.

/// Rows of neighbours, one after the other in memory ("compressed sparse rows"). Each row is in ascending order, holds
/// a neighbour once (parallel arcs are joined, their weights added) and never the node itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    start: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f64>,
}

impl Rows {
    /// Sorts arcs `(from, to, weight)` into rows. O(n + m), by two counting sorts, so that arcs of equal ends are added
    /// in the order given.
    ///
    /// # Panics
    /// When an end is not below `n`, or there are 2³² arcs or more.
    #[must_use]
    pub fn new(n: usize, arcs: &[(u32, u32, f64)]) -> Self {
        let by_to = counting_sort(n, arcs, |a| a.1);
        let by_from = counting_sort(n, &by_to, |a| a.0);
        let mut rows =
            Self { start: Vec::with_capacity(n + 1), to: Vec::with_capacity(arcs.len()), weight: Vec::with_capacity(arcs.len()) };
        let mut next = 0;
        for v in 0..narrow(n) {
            rows.start.push(narrow(rows.to.len()));
            let first = rows.to.len();
            while let Some(&(from, to, weight)) = by_from.get(next)
                && from == v
            {
                next += 1;
                if to == v {
                    continue;
                }
                if rows.to.len() > first && rows.to.last() == Some(&to) {
                    if let Some(sum) = rows.weight.last_mut() {
                        *sum += weight;
                    }
                } else {
                    rows.to.push(to);
                    rows.weight.push(weight);
                }
            }
        }
        rows.start.push(narrow(rows.to.len()));
        rows
    }

    /// The same arcs turned round. O(n + m).
    #[must_use]
    pub fn reversed(&self) -> Self {
        let arcs: Vec<(u32, u32, f64)> = self.arcs().map(|(a, b, w)| (b, a, w)).collect();
        Self::new(self.len(), &arcs)
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of arcs.
    #[must_use]
    pub fn arc_count(&self) -> usize {
        self.to.len()
    }

    /// Where a node's arcs stand among all arcs.
    #[must_use]
    #[inline]
    pub fn range(&self, v: u32) -> std::ops::Range<usize> {
        self.start[v as usize] as usize..self.start[v as usize + 1] as usize
    }

    /// A node's neighbours, ascending.
    #[must_use]
    #[inline]
    pub fn of(&self, v: u32) -> &[u32] {
        &self.to[self.range(v)]
    }

    /// The weights of a node's arcs, in the order of [`Rows::of`].
    #[must_use]
    #[inline]
    pub fn weights(&self, v: u32) -> &[f64] {
        &self.weight[self.range(v)]
    }

    /// A node's neighbours with the weights of the arcs to them.
    pub fn row(&self, v: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.of(v).iter().copied().zip(self.weights(v).iter().copied())
    }

    /// Every arc as `(from, to, weight)`, ascending.
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..narrow(self.len())).flat_map(move |v| self.row(v).map(move |(to, weight)| (v, to, weight)))
    }

    /// The place of the arc `from → to`, by binary search.
    #[must_use]
    pub fn find(&self, from: u32, to: u32) -> Option<usize> {
        let range = self.range(from);
        self.to[range.clone()].binary_search(&to).ok().map(|i| range.start + i)
    }

    /// The weight of `from → to`; 0 where there is no such arc.
    #[must_use]
    pub fn between(&self, from: u32, to: u32) -> f64 {
        self.find(from, to).map_or(0.0, |i| self.weight[i])
    }

    /// The same arcs, each of weight 1.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self { weight: vec![1.0; self.to.len()], ..self.clone() }
    }
}

/// A directed graph without parallel arcs or loops, readable from both ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    /// Arcs by the node they leave.
    pub out: Rows,
    /// Arcs by the node they reach.
    pub inn: Rows,
}

impl Graph {
    /// The graph of some arcs `(from, to, weight)`. O(n + m).
    #[must_use]
    pub fn new(n: usize, arcs: &[(u32, u32, f64)]) -> Self {
        let out = Rows::new(n, arcs);
        let inn = out.reversed();
        Self { out, inn }
    }

    /// The graph of some edges without direction: each gives an arc either way.
    #[must_use]
    pub fn undirected(n: usize, edges: &[(u32, u32, f64)]) -> Self {
        let both: Vec<(u32, u32, f64)> = edges.iter().flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)]).collect();
        let out = Rows::new(n, &both);
        Self { inn: out.clone(), out }
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nodes.
    #[must_use]
    pub fn nodes(&self) -> std::ops::Range<u32> {
        0..narrow(self.len())
    }

    /// The same graph with every arc turned round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { out: self.inn.clone(), inn: self.out.clone() }
    }

    /// The same arcs, each of weight 1.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self { out: self.out.unweighted(), inn: self.inn.unweighted() }
    }
}

/// A count or index as stored in rows.
///
/// # Panics
/// From 2³² on.
#[must_use]
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 nodes and arcs")
}

fn counting_sort(n: usize, arcs: &[(u32, u32, f64)], key: impl Fn(&(u32, u32, f64)) -> u32) -> Vec<(u32, u32, f64)> {
    let mut place = vec![0_usize; n + 1];
    for arc in arcs {
        place[key(arc) as usize + 1] += 1;
    }
    for i in 0..n {
        place[i + 1] += place[i];
    }
    let mut sorted = vec![(0, 0, 0.0); arcs.len()];
    for arc in arcs {
        let slot = &mut place[key(arc) as usize];
        sorted[*slot] = *arc;
        *slot += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_parallel_arcs_and_drops_loops() {
        let rows = Rows::new(3, &[(2, 0, 1.0), (0, 1, 0.5), (1, 1, 9.0), (0, 1, 0.25), (0, 2, 1.0)]);
        assert_eq!(rows.of(0), [1, 2]);
        assert_eq!(rows.weights(0), [0.75, 1.0]);
        assert!(rows.of(1).is_empty());
        assert_eq!(rows.arc_count(), 3);
        assert_eq!(rows.between(2, 0), 1.0);
        assert_eq!(rows.reversed().of(0), [2]);
    }

    #[test]
    fn holds_nothing() {
        assert!(Graph::new(0, &[]).is_empty());
        assert!(Graph::new(1, &[]).out.of(0).is_empty());
    }
}
