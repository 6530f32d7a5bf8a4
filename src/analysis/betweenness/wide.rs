//! Betweenness from several sources at once: for networks of few levels, where the sources' searches overlap.

use crate::analysis::csr::{Graph, narrow};

/// Sources worked on side by side.
pub(super) const LANES: usize = 8;

/// One number per source.
type Lanes = [f64; LANES];
const NONE: Lanes = [0.0; LANES];

/// Whether searches have so few levels that the frontiers of several sources coincide: whether a search from the best
/// tied node ends within log₂ n levels or eight.
pub(super) fn is_shallow(graph: &Graph) -> bool {
    let n = graph.len();
    let Some(hub) = graph.nodes().max_by_key(|&v| (graph.out.of(v).len(), std::cmp::Reverse(v))) else { return false };
    let most = (n.ilog2() as usize).max(8);
    let mut seen = vec![false; n];
    let mut frontier = vec![hub];
    seen[hub as usize] = true;
    for _ in 0..=most {
        let mut next = Vec::new();
        for &v in &frontier {
            for &w in graph.out.of(v) {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    next.push(w);
                }
            }
        }
        if next.is_empty() {
            return n >= LANES;
        }
        frontier = next;
    }
    false
}

/// What one thread needs to search from batch after batch of sources.
pub(super) struct Search {
    /// Number of shortest paths from each source; 0 while a node is not reached.
    paths: Vec<Lanes>,
    /// The same of the level at hand only: 0 for sources from which the node lies on another level.
    here: Vec<Lanes>,
    /// Of the next level, while it is being found; all 0 between levels. Backward: sums handed back.
    next: Vec<Lanes>,
    /// Whether `next` of a node has been written to.
    touched: Vec<bool>,
    /// Whether all sources have reached a node.
    full: Vec<bool>,
    /// The nodes of each level (a node once for each level it has from some source), level after level, and their
    /// `here` then.
    order: Vec<u32>,
    kept: Vec<Lanes>,
    /// Where each level begins in `order`.
    levels: Vec<usize>,
    list: Vec<u32>,
}

impl Search {
    pub(super) fn new(n: usize) -> Self {
        Self {
            paths: vec![NONE; n],
            here: vec![NONE; n],
            next: vec![NONE; n],
            touched: vec![false; n],
            full: vec![false; n],
            order: Vec::with_capacity(2 * n),
            kept: Vec::with_capacity(2 * n),
            levels: Vec::new(),
            list: Vec::with_capacity(n),
        }
    }

    /// Adds the dependencies of one batch of sources to `sum`.
    pub(super) fn run(&mut self, graph: &Graph, batch: usize, sum: &mut [f64]) {
        self.forward(graph, batch);
        self.backward(graph, sum);
    }

    fn forward(&mut self, graph: &Graph, batch: usize) {
        self.paths.fill(NONE);
        self.full.fill(false);
        self.order.clear();
        self.kept.clear();
        self.levels.clear();
        for (lane, s) in (batch * LANES..((batch + 1) * LANES).min(graph.len())).enumerate() {
            self.paths[s][lane] = 1.0;
            self.here[s][lane] = 1.0;
            self.order.push(narrow(s));
            self.kept.push(self.here[s]);
        }
        // Sources that do not exist reach everything at once, so that nodes become full.
        let missing = ((batch + 1) * LANES).saturating_sub(graph.len()).min(LANES);
        let mut hidden_arcs = graph.inn.arc_count();
        let mut low = 0;
        loop {
            self.levels.push(low);
            let high = self.order.len();
            if low == high {
                break;
            }
            let frontier_arcs: usize = self.order[low..high].iter().map(|&v| graph.out.of(v).len()).sum();
            if hidden_arcs < 2 * frontier_arcs {
                for w in graph.nodes() {
                    if self.full[w as usize] {
                        continue;
                    }
                    let mut gathered = NONE;
                    for &v in graph.inn.of(w) {
                        add(&mut gathered, &self.here[v as usize]);
                    }
                    hidden_arcs -= self.reach(graph, w, &gathered, missing);
                }
            } else {
                self.list.clear();
                for at in low..high {
                    let v = self.order[at];
                    let own = self.here[v as usize];
                    for &w in graph.out.of(v) {
                        if self.full[w as usize] {
                            continue;
                        }
                        add(&mut self.next[w as usize], &own);
                        if !std::mem::replace(&mut self.touched[w as usize], true) {
                            self.list.push(w);
                        }
                    }
                }
                for i in 0..self.list.len() {
                    let w = self.list[i];
                    self.touched[w as usize] = false;
                    let gathered = std::mem::replace(&mut self.next[w as usize], NONE);
                    hidden_arcs -= self.reach(graph, w, &gathered, missing);
                }
            }
            for &v in &self.order[low..high] {
                self.here[v as usize] = NONE;
            }
            for (&v, kept) in self.order[high..].iter().zip(&self.kept[high..]) {
                self.here[v as usize] = *kept;
            }
            low = high;
        }
    }

    /// Puts a node on the next level of those sources that had not reached it; returns the arcs that need not be looked
    /// at any more.
    #[inline]
    fn reach(&mut self, graph: &Graph, w: u32, gathered: &Lanes, missing: usize) -> usize {
        let paths = &mut self.paths[w as usize];
        let mut new = NONE;
        let mut any = 0.0;
        for i in 0..LANES {
            new[i] = if paths[i] == 0.0 { gathered[i] } else { 0.0 };
            paths[i] += new[i];
            any += new[i];
        }
        if any == 0.0 {
            return 0;
        }
        self.order.push(w);
        self.kept.push(new);
        if paths[..LANES - missing].iter().all(|p| *p > 0.0) {
            self.full[w as usize] = true;
            return graph.inn.of(w).len();
        }
        0
    }

    /// Hands the dependencies back, level by level. `here` holds (1 + dependency) / paths of the level below.
    fn backward(&mut self, graph: &Graph, sum: &mut [f64]) {
        let mut below = 0..0;
        // The last level is empty, the first one holds the sources, to whom nothing is owed.
        for depth in (1..self.levels.len().saturating_sub(1)).rev() {
            let own = self.levels[depth]..self.levels[depth + 1];
            let arcs = |range: &std::ops::Range<usize>, rows: &crate::analysis::csr::Rows| -> usize {
                self.order[range.clone()].iter().map(|&v| rows.of(v).len()).sum()
            };
            let push = 2 * arcs(&below, &graph.inn) < arcs(&own, &graph.out);
            if push {
                for at in below.clone() {
                    let w = self.order[at];
                    let share = self.here[w as usize];
                    for &v in graph.inn.of(w) {
                        add(&mut self.next[v as usize], &share);
                    }
                }
            }
            for at in own.clone() {
                let v = self.order[at];
                let mut handed = NONE;
                if push {
                    handed = self.next[v as usize];
                } else {
                    for &w in graph.out.of(v) {
                        add(&mut handed, &self.here[w as usize]);
                    }
                }
                let paths = self.kept[at];
                let mut total = 0.0;
                let share = &mut self.kept[at];
                for i in 0..LANES {
                    let dependency = paths[i] * handed[i];
                    total += dependency;
                    share[i] = if paths[i] > 0.0 { (1.0 + dependency) / paths[i] } else { 0.0 };
                }
                sum[v as usize] += total;
            }
            if push {
                for at in below.clone() {
                    for &v in graph.inn.of(self.order[at]) {
                        self.next[v as usize] = NONE;
                    }
                }
            }
            for &w in &self.order[below] {
                self.here[w as usize] = NONE;
            }
            for at in own.clone() {
                self.here[self.order[at] as usize] = self.kept[at];
            }
            below = own;
        }
        for &w in &self.order[below] {
            self.here[w as usize] = NONE;
        }
    }
}

#[inline]
fn add(sum: &mut Lanes, more: &Lanes) {
    for i in 0..LANES {
        sum[i] += more[i];
    }
}
