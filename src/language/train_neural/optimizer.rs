//! Adam (Kingma and Ba 2015); rows of the word-vector table are moved only when a batch touches them.

/// State of the optimizer.
pub(super) struct Adam {
    dense: (Vec<f32>, Vec<f32>),
    table: (Vec<f32>, Vec<f32>),
    step: i32,
}

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;

fn moved(w: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32], rate: f32, shrink: f32, by: f32) {
    for (((w, g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
        let g = g * shrink;
        *m = FIRST * *m + (1.0 - FIRST) * g;
        *v = SECOND * *v + (1.0 - SECOND) * g * g;
        *w -= rate * *m / ((*v * by).sqrt() + 1e-8);
    }
}

impl Adam {
    pub(super) fn new(dense: usize, table: usize) -> Self {
        Self { dense: (vec![0.0; dense], vec![0.0; dense]), table: (vec![0.0; table], vec![0.0; table]), step: 0 }
    }

    /// One step. `rows` are the table's touched rows with their gradients in `row_grad`, `emb` numbers each; gradients
    /// longer than `clip` together are shortened.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn step(
        &mut self,
        all: &mut [f32],
        grad: &[f32],
        table: &mut [f32],
        rows: &[u32],
        row_grad: &[f32],
        emb: usize,
        rate: f32,
        clip: f32,
    ) {
        self.step += 1;
        let length = grad.iter().chain(row_grad).map(|g| f64::from(g * g)).sum::<f64>().sqrt() as f32;
        let shrink = if length > clip { clip / length } else { 1.0 };
        let rate = rate / (1.0 - FIRST.powi(self.step));
        let by = 1.0 / (1.0 - SECOND.powi(self.step));
        moved(all, grad, &mut self.dense.0, &mut self.dense.1, rate, shrink, by);
        for (&row, g) in rows.iter().zip(row_grad.chunks_exact(emb)) {
            let part = row as usize * emb..(row as usize + 1) * emb;
            let (m, v) = (&mut self.table.0[part.clone()], &mut self.table.1[part.clone()]);
            moved(&mut table[part], g, m, v, rate, shrink, by);
        }
    }
}
