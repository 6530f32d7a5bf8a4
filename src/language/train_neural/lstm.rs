//! Bidirectional recurrent layer with coupled gates, forwards and backwards through time.
//!
//! The cell is the LSTM with input gate = 1 − forget gate (Greff et al., *LSTM: A Search Space Odyssey*, 2017): three
//! gates instead of four, no loss of accuracy, and states that stay within ±1, which suits fixed-point numbers.
//! Sentences of a batch run side by side, longest first, so that those still running are always the first ones.

use super::gemm::{Left, Packed, gemm};
use super::layout::LayerAt;
use crate::language::neural::{sigmoid, tanh};

/// First row and length of each sentence of a batch, longest first.
pub(super) type Places = [(usize, usize)];

/// What the way back needs of the way there.
pub(super) struct Trace {
    /// Gates after their functions, T × 6h.
    gates: Vec<f32>,
    /// Cell states, T × 2h.
    cells: Vec<f32>,
    /// States of the step before, masked, T × 2h.
    before: Vec<f32>,
    /// Mask of the recurrent input per sentence, S × 2h.
    mask: Vec<f32>,
}

fn row(place: (usize, usize), step: usize, direction: usize) -> usize {
    if direction == 0 { place.0 + step } else { place.0 + place.1 - 1 - step }
}

/// Runs the layer over `x` (T × d); gives the states, T × 2h, and the trace.
pub(super) fn forward(all: &[f32], at: &LayerAt, h: usize, x: &[f32], places: &Places, mask: Vec<f32>) -> (Vec<f32>, Trace) {
    let d = at.input.rows;
    let tokens = x.len() / d;
    let mut gates = Vec::with_capacity(tokens * 6 * h);
    for _ in 0..tokens {
        gates.extend_from_slice(at.bias.of(all));
    }
    let input = Packed::new(at.input.of(all), 6 * h, 1, d, 6 * h);
    gemm(Left { data: x, row: d, column: 1 }, tokens, &input, &mut gates, 6 * h);
    let (mut out, mut cells, mut before) = (vec![0.0; tokens * 2 * h], vec![0.0; tokens * 2 * h], vec![0.0; tokens * 2 * h]);
    for direction in 0..2 {
        let again = Packed::new(at.again[direction].of(all), 3 * h, 1, h, 3 * h);
        let (mut state, mut cell) = (vec![0.0; places.len() * h], vec![0.0; places.len() * h]);
        let mut sums = vec![0.0; places.len() * 3 * h];
        for step in 0..places[0].1 {
            let active = places.iter().take_while(|p| p.1 > step).count();
            for s in 0..active {
                let at = row(places[s], step, direction) * 2 * h + direction * h;
                for j in 0..h {
                    let v = state[s * h + j] * mask[s * 2 * h + direction * h + j];
                    state[s * h + j] = v;
                    before[at + j] = v;
                }
            }
            if step > 0 {
                sums[..active * 3 * h].fill(0.0);
                gemm(Left { data: &state, row: h, column: 1 }, active, &again, &mut sums, 3 * h);
            }
            for s in 0..active {
                let r = row(places[s], step, direction);
                let gate = &mut gates[(r * 2 + direction) * 3 * h..][..3 * h];
                let sum = &sums[s * 3 * h..][..3 * h];
                let (f, rest) = gate.split_at_mut(h);
                let (o, g) = rest.split_at_mut(h);
                let cell = &mut cell[s * h..][..h];
                let state = &mut state[s * h..][..h];
                for j in 0..h {
                    f[j] = sigmoid(f[j] + sum[j]);
                    o[j] = sigmoid(o[j] + sum[h + j]);
                    g[j] = tanh(g[j] + sum[2 * h + j]);
                    cell[j] = f[j] * (cell[j] - g[j]) + g[j];
                    state[j] = o[j] * tanh(cell[j]);
                }
                cells[(r * 2 + direction) * h..][..h].copy_from_slice(cell);
                out[(r * 2 + direction) * h..][..h].copy_from_slice(state);
            }
        }
    }
    (out, Trace { gates, cells, before, mask })
}

/// Adds the layer's gradients to `grad` and gives the gradient of its input, from that of its output (T × 2h).
#[allow(clippy::too_many_arguments)]
pub(super) fn backward(
    all: &[f32],
    grad: &mut [f32],
    at: &LayerAt,
    h: usize,
    x: &[f32],
    places: &Places,
    trace: Trace,
    d_out: &[f32],
) -> Vec<f32> {
    let d = at.input.rows;
    let tokens = x.len() / d;
    let Trace { mut gates, cells, before, mask } = trace;
    for direction in 0..2 {
        let again = Packed::new(at.again[direction].of(all), 1, 3 * h, 3 * h, h);
        let (mut d_state, mut d_cell) = (vec![0.0; places.len() * h], vec![0.0; places.len() * h]);
        let mut sums = vec![0.0; places.len() * 3 * h];
        let none = vec![0.0; h];
        for step in (0..places[0].1).rev() {
            let active = places.iter().take_while(|p| p.1 > step).count();
            for s in 0..active {
                let r = row(places[s], step, direction);
                let earlier = if step == 0 { &none[..] } else { &cells[(row(places[s], step - 1, direction) * 2 + direction) * h..][..h] };
                let cell = &cells[(r * 2 + direction) * h..][..h];
                let gate = &mut gates[(r * 2 + direction) * 3 * h..][..3 * h];
                let (f, rest) = gate.split_at_mut(h);
                let (o, g) = rest.split_at_mut(h);
                let d_o = &d_out[(r * 2 + direction) * h..][..h];
                let d_state = &mut d_state[s * h..][..h];
                let d_cell = &mut d_cell[s * h..][..h];
                for j in 0..h {
                    let t = tanh(cell[j]);
                    let dh = d_o[j] + d_state[j];
                    let dc = d_cell[j] + dh * o[j] * (1.0 - t * t);
                    d_cell[j] = dc * f[j];
                    let df = dc * (earlier[j] - g[j]) * f[j] * (1.0 - f[j]);
                    let dg = dc * (1.0 - f[j]) * (1.0 - g[j] * g[j]);
                    f[j] = df;
                    o[j] = dh * t * o[j] * (1.0 - o[j]);
                    g[j] = dg;
                }
                sums[s * 3 * h..][..3 * h].copy_from_slice(gate);
            }
            if step > 0 {
                d_state[..active * h].fill(0.0);
                gemm(Left { data: &sums, row: 3 * h, column: 1 }, active, &again, &mut d_state, h);
                for s in 0..active {
                    for j in 0..h {
                        d_state[s * h + j] *= mask[s * 2 * h + direction * h + j];
                    }
                }
            }
        }
    }
    for line in gates.chunks_exact(6 * h) {
        for (b, g) in at.bias.of_mut(grad).iter_mut().zip(line) {
            *b += g;
        }
    }
    for direction in 0..2 {
        let right = Packed::new(&gates[direction * 3 * h..], 6 * h, 1, tokens, 3 * h);
        let left = Left { data: &before[direction * h..], row: 1, column: 2 * h };
        gemm(left, h, &right, at.again[direction].of_mut(grad), 3 * h);
    }
    let right = Packed::new(&gates, 6 * h, 1, tokens, 6 * h);
    gemm(Left { data: x, row: 1, column: d }, d, &right, at.input.of_mut(grad), 6 * h);
    let mut d_x = vec![0.0; x.len()];
    let back = Packed::new(at.input.of(all), 1, 6 * h, 6 * h, d);
    gemm(Left { data: &gates, row: 6 * h, column: 1 }, tokens, &back, &mut d_x, d);
    d_x
}
