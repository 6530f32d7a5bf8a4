//! Betweenness with lengths.

use crate::analysis::csr::Rows;
use crate::analysis::heap::Queue;

/// What one thread needs for searches with lengths.
pub(super) struct Search {
    distance: Vec<f64>,
    done: Vec<bool>,
    paths: Vec<f64>,
    dependency: Vec<f64>,
    before: Vec<Vec<u32>>,
    order: Vec<u32>,
    queue: Queue,
}

impl Search {
    pub(super) fn new(n: usize) -> Self {
        Self {
            distance: vec![f64::INFINITY; n],
            done: vec![false; n],
            paths: vec![0.0; n],
            dependency: vec![0.0; n],
            before: vec![Vec::new(); n],
            order: Vec::with_capacity(n),
            queue: Queue::default(),
        }
    }

    pub(super) fn run(&mut self, rows: &Rows, s: u32, sum: &mut [f64]) {
        self.order.clear();
        self.queue.clear();
        self.distance[s as usize] = 0.0;
        self.paths[s as usize] = 1.0;
        self.queue.push(0.0, s);
        while let Some((far, v)) = self.queue.pop() {
            if std::mem::replace(&mut self.done[v as usize], true) {
                continue;
            }
            self.order.push(v);
            for (w, weight) in rows.row(v) {
                let reach = far + 1.0 / weight;
                let known = self.distance[w as usize];
                if reach < known {
                    self.distance[w as usize] = reach;
                    self.paths[w as usize] = self.paths[v as usize];
                    self.before[w as usize].clear();
                    self.before[w as usize].push(v);
                    self.queue.push(reach, w);
                } else if reach == known && !self.done[w as usize] {
                    self.paths[w as usize] += self.paths[v as usize];
                    self.before[w as usize].push(v);
                }
            }
        }
        for &w in self.order.iter().rev() {
            let w = w as usize;
            let share = (1.0 + self.dependency[w]) / self.paths[w];
            for &v in &self.before[w] {
                self.dependency[v as usize] += self.paths[v as usize] * share;
            }
            if w != s as usize {
                sum[w] += self.dependency[w];
            }
        }
        for &v in &self.order {
            let v = v as usize;
            self.distance[v] = f64::INFINITY;
            self.done[v] = false;
            self.dependency[v] = 0.0;
            self.before[v].clear();
        }
    }
}
