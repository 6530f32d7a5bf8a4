//! The whole network over a batch: word vectors, recurrent layers, heads, loss and gradients.

use super::gemm::{Left, Packed, gemm};
use super::layout::{Layout, Mat};
use super::lstm;
use super::random::Random;
use crate::language::neural::distance;

/// Sentences with the rows of their words' vectors and the right answers.
#[derive(Default)]
pub(super) struct Batch {
    /// First token and length of each sentence, longest first.
    pub(super) places: Vec<(usize, usize)>,
    /// Where each token's rows begin in `rows`; one more at the end.
    pub(super) first: Vec<usize>,
    /// Rows of the table of word vectors that a token sums up.
    pub(super) rows: Vec<u32>,
    pub(super) upos: Vec<u8>,
    pub(super) class: Vec<u16>,
    /// 0 for the root, else one more than the head's index in the sentence.
    pub(super) head: Vec<u16>,
    pub(super) rel: Vec<u8>,
}

impl Batch {
    pub(super) fn tokens(&self) -> usize {
        self.upos.len()
    }
}

/// Shares of values dropped while training.
#[derive(Debug, Clone, Copy)]
pub struct Dropout {
    /// Of a word's vector.
    pub input: f32,
    /// Of the layers' outputs, the same units along the sentence (Gal and Ghahramani 2016).
    pub between: f32,
    /// Of the recurrent input, the same units along the sentence.
    pub again: f32,
    /// Of the heads' hidden units.
    pub heads: f32,
}

/// Sums of losses, in nats, for the log: part of speech, class, head, relation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Loss(pub(super) [f64; 4]);

/// Cross-entropy of `right` under `scores`; leaves the gradient, times `scale`, in `scores`.
fn softmax(scores: &mut [f32], right: usize, scale: f32) -> f64 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let own = scores[right] - top;
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - top).exp();
        sum += *s;
    }
    for s in scores.iter_mut() {
        *s *= scale / sum;
    }
    scores[right] -= scale;
    f64::from(sum.ln() - own)
}

/// `x · w + b`, rows of `x` being `left.row` apart.
fn affine(all: &[f32], w: &Mat, b: Option<&Mat>, left: Left<'_>, tokens: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(tokens * w.cols);
    match b {
        Some(b) => (0..tokens).for_each(|_| out.extend_from_slice(b.of(all))),
        None => out.resize(tokens * w.cols, 0.0),
    }
    gemm(left, tokens, &Packed::new(w.of(all), w.cols, 1, w.rows, w.cols), &mut out, w.cols);
    out
}

/// Gradients of [`affine`]; adds that of `x` to `d_x`, whose rows are `stride` apart.
#[allow(clippy::too_many_arguments)]
fn affine_back(
    all: &[f32],
    grad: &mut [f32],
    w: &Mat,
    b: Option<&Mat>,
    x: &[f32],
    row: usize,
    d: &[f32],
    tokens: usize,
    d_x: &mut [f32],
    stride: usize,
) {
    if let Some(b) = b {
        for line in d.chunks_exact(w.cols) {
            b.of_mut(grad).iter_mut().zip(line).for_each(|(b, g)| *b += g);
        }
    }
    gemm(Left { data: x, row: 1, column: row }, w.rows, &Packed::new(d, w.cols, 1, tokens, w.cols), w.of_mut(grad), w.cols);
    let back = Packed::new(w.of(all), 1, w.cols, w.cols, w.rows);
    gemm(Left { data: d, row: w.cols, column: 1 }, tokens, &back, d_x, stride);
}

fn times(x: &mut [f32], mask: &[f32]) {
    x.iter_mut().zip(mask).for_each(|(x, m)| *x *= m);
}

/// Masks per sentence spread over its tokens.
fn spread(places: &lstm::Places, tokens: usize, width: usize, share: f32, random: &mut Random) -> Vec<f32> {
    let mut all = vec![0.0; tokens * width];
    for &(first, len) in places {
        let mask = random.mask(width, share);
        for line in all[first * width..(first + len) * width].chunks_exact_mut(width) {
            line.copy_from_slice(&mask);
        }
    }
    all
}

/// One pass there and back. Adds the gradients of `all` to `grad` and returns those of the tokens' vectors and the loss.
/// `scale` multiplies the loss of each token.
#[allow(clippy::too_many_arguments)]
pub(super) fn pass(
    layout: &Layout,
    all: &[f32],
    table: &[f32],
    batch: &Batch,
    drop: Dropout,
    scale: f32,
    random: &mut Random,
    grad: &mut [f32],
) -> (Vec<f32>, Loss) {
    let dims = layout.dims;
    let (tokens, places, h) = (batch.tokens(), &batch.places[..], dims.hid);
    let mut loss = Loss::default();

    // Words.
    let mut x = vec![0.0; tokens * dims.emb];
    for (t, line) in x.chunks_exact_mut(dims.emb).enumerate() {
        for &r in &batch.rows[batch.first[t]..batch.first[t + 1]] {
            line.iter_mut().zip(&table[r as usize * dims.emb..]).for_each(|(x, w)| *x += w);
        }
    }
    let input_mask = random.mask(x.len(), drop.input);
    times(&mut x, &input_mask);

    // Layers.
    let mut inputs = vec![x];
    let (mut traces, mut masks) = (Vec::new(), Vec::new());
    for at in &layout.layers {
        let again = random.mask(places.len() * 2 * h, drop.again);
        let (mut out, trace) = lstm::forward(all, at, h, &inputs[inputs.len() - 1], places, again);
        let mask = spread(places, tokens, 2 * h, drop.between, random);
        times(&mut out, &mask);
        inputs.push(out);
        traces.push(trace);
        masks.push(mask);
    }
    let top = inputs.pop().unwrap_or_default();

    // Middle.
    let width = dims.mid();
    let (a, r) = (dims.arc, dims.rel);
    let (rel_at, tag_at) = (2 * a, 2 * a + 2 * r);
    let mut mid = affine(all, &layout.mid, Some(&layout.mid_bias), Left { data: &top, row: 2 * h, column: 1 }, tokens);
    let mid_mask = random.mask(mid.len(), drop.heads);
    for (line, mask) in mid.chunks_exact_mut(width).zip(mid_mask.chunks_exact(width)) {
        for j in (0..rel_at).chain(tag_at..width) {
            line[j] = line[j].max(0.0) * mask[j];
        }
    }
    let mut d_mid = vec![0.0; mid.len()];

    // Tags.
    for (w, b, upos) in [(&layout.upos, &layout.upos_bias, true), (&layout.class, &layout.class_bias, false)] {
        let mut scores = affine(all, w, Some(b), Left { data: &mid[tag_at..], row: width, column: 1 }, tokens);
        for (t, line) in scores.chunks_exact_mut(w.cols).enumerate() {
            let right = if upos { usize::from(batch.upos[t]) } else { usize::from(batch.class[t]) };
            loss.0[usize::from(!upos)] += softmax(line, right, scale);
        }
        affine_back(all, grad, w, Some(b), &mid[tag_at..], width, &scores, tokens, &mut d_mid[tag_at..], width);
    }

    // Heads.
    let query = affine(all, &layout.arc, None, Left { data: &mid, row: width, column: 1 }, tokens);
    let mut d_query = vec![0.0; query.len()];
    let (root, bias, far) = (layout.arc_root.of(all), layout.arc_bias.of(all), layout.distance.of(all));
    for &(first, n) in places {
        let heads = &mid[first * width + a..];
        let wide = n + 1;
        let mut scores = vec![0.0; n * wide];
        let own = Left { data: &query[first * a..(first + n) * a], row: a, column: 1 };
        gemm(own, n, &Packed::new(heads, 1, width, a, n), &mut scores[1..], wide);
        for i in 0..n {
            let q = &query[(first + i) * a..][..a];
            scores[i * wide] = q.iter().zip(root).map(|(q, r)| q * r).sum();
        }
        for j in 0..n {
            let b: f32 = heads[j * width..][..a].iter().zip(bias).map(|(h, b)| h * b).sum();
            for i in 0..n {
                scores[i * wide + 1 + j] += b + far[distance(i, j)];
            }
        }
        for i in 0..n {
            let line = &mut scores[i * wide..][..wide];
            line[1 + i] = -1e9;
            loss.0[2] += softmax(line, usize::from(batch.head[first + i]), scale);
            line[1 + i] = 0.0;
        }
        let d = scores;
        for i in 0..n {
            let g = d[i * wide];
            let q = &query[(first + i) * a..][..a];
            layout.arc_root.of_mut(grad).iter_mut().zip(q).for_each(|(r, q)| *r += g * q);
            d_query[(first + i) * a..][..a].iter_mut().zip(root).for_each(|(q, r)| *q += g * r);
            for j in 0..n {
                layout.distance.of_mut(grad)[distance(i, j)] += d[i * wide + 1 + j];
            }
        }
        let by_head = Packed::new(heads, width, 1, n, a);
        gemm(Left { data: &d[1..], row: wide, column: 1 }, n, &by_head, &mut d_query[first * a..], a);
        let by_query = Packed::new(&query[first * a..], a, 1, n, a);
        gemm(Left { data: &d[1..], row: 1, column: wide }, n, &by_query, &mut d_mid[first * width + a..], width);
        for j in 0..n {
            let g: f32 = (0..n).map(|i| d[i * wide + 1 + j]).sum();
            let line = &mid[(first + j) * width + a..][..a];
            layout.arc_bias.of_mut(grad).iter_mut().zip(line).for_each(|(b, h)| *b += g * h);
            d_mid[(first + j) * width + a..][..a].iter_mut().zip(bias).for_each(|(h, b)| *h += g * b);
        }
    }
    affine_back(all, grad, &layout.arc, None, &mid, width, &d_query, tokens, &mut d_mid, width);

    // Relations, at the right heads.
    let mut hidden = vec![0.0; tokens * r];
    let rel_mask = random.mask(hidden.len(), drop.heads);
    let head_of = |first: usize, i: usize| (batch.head[first + i] as usize).checked_sub(1).map(|j| first + j);
    for &(first, n) in places {
        for i in 0..n {
            let other = match head_of(first, i) {
                Some(j) => &mid[j * width + rel_at + r..][..r],
                None => layout.rel_root.of(all),
            };
            let own = &mid[(first + i) * width + rel_at..][..r];
            for (k, z) in hidden[(first + i) * r..][..r].iter_mut().enumerate() {
                *z = (own[k] + other[k]).max(0.0) * rel_mask[(first + i) * r + k];
            }
        }
    }
    let mut scores = affine(all, &layout.rel, Some(&layout.rel_bias), Left { data: &hidden, row: r, column: 1 }, tokens);
    for (t, line) in scores.chunks_exact_mut(dims.labels).enumerate() {
        loss.0[3] += softmax(line, usize::from(batch.rel[t]), scale);
    }
    let mut d_hidden = vec![0.0; hidden.len()];
    affine_back(all, grad, &layout.rel, Some(&layout.rel_bias), &hidden, r, &scores, tokens, &mut d_hidden, r);
    for &(first, n) in places {
        for i in 0..n {
            for k in 0..r {
                let at = (first + i) * r + k;
                let g = if hidden[at] > 0.0 { d_hidden[at] * rel_mask[at] } else { 0.0 };
                d_mid[(first + i) * width + rel_at + k] += g;
                match head_of(first, i) {
                    Some(j) => d_mid[j * width + rel_at + r + k] += g,
                    None => layout.rel_root.of_mut(grad)[k] += g,
                }
            }
        }
    }

    // Back through the middle and the layers.
    for ((d, line), mask) in d_mid.chunks_exact_mut(width).zip(mid.chunks_exact(width)).zip(mid_mask.chunks_exact(width)) {
        for j in (0..rel_at).chain(tag_at..width) {
            d[j] = if line[j] > 0.0 { d[j] * mask[j] } else { 0.0 };
        }
    }
    let mut d_top = vec![0.0; top.len()];
    affine_back(all, grad, &layout.mid, Some(&layout.mid_bias), &top, 2 * h, &d_mid, tokens, &mut d_top, 2 * h);
    for (((at, trace), mask), x) in layout.layers.iter().zip(traces).zip(masks).zip(&inputs).rev() {
        times(&mut d_top, &mask);
        d_top = lstm::backward(all, grad, at, h, x, places, trace, &d_top);
    }
    times(&mut d_top, &input_mask);
    (d_top, loss)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::train_neural::layout::Dims;

    /// Every kind of weight: the gradient agrees with the difference of losses.
    #[test]
    fn gradients_agree_with_differences() {
        let dims = Dims { emb: 5, hid: 4, layers: 2, arc: 3, rel: 4, tag: 3, classes: 4, labels: 5, upos: 3 };
        let layout = Layout::new(dims);
        let mut random = Random::new(1, 2);
        let mut all = layout.start(&mut random);
        for w in &mut all {
            *w += 0.2 * random.normal();
        }
        let table: Vec<f32> = (0..6 * dims.emb).map(|_| random.normal()).collect();
        let batch = Batch {
            places: vec![(0, 4), (4, 2)],
            first: vec![0, 1, 3, 4, 5, 6, 8],
            rows: vec![0, 1, 2, 3, 4, 5, 0, 1],
            upos: vec![0, 1, 2, 0, 1, 2],
            class: vec![3, 1, 2, 0, 1, 2],
            head: vec![2, 0, 2, 3, 0, 1],
            rel: vec![0, 4, 1, 2, 4, 3],
        };
        let drop = Dropout { input: 0.1, between: 0.2, again: 0.2, heads: 0.2 };
        let run = |all: &[f32], table: &[f32]| {
            let mut grad = vec![0.0; layout.total];
            let (d, loss) = pass(&layout, all, table, &batch, drop, 1.0, &mut Random::new(3, 4), &mut grad);
            (grad, d, loss.0.iter().sum::<f64>())
        };
        let (grad, d, _) = run(&all, &table);
        let step = 4e-3f32;
        let (mut wrong, mut seen) = (0, 0);
        for i in 0..layout.total {
            let mut up = all.clone();
            up[i] += step;
            let mut down = all.clone();
            down[i] -= step;
            let slope = (run(&up, &table).2 - run(&down, &table).2) / f64::from(2.0 * step);
            seen += 1;
            wrong += usize::from((slope - f64::from(grad[i])).abs() > 2e-3 + 0.02 * slope.abs());
        }
        // A step may cross the bend of a rectifier; anything systematic would hit whole matrices.
        assert!(wrong * 50 <= seen, "{wrong} of {seen} gradients are wrong");
        for i in 0..dims.emb {
            let mut up = table.clone();
            up[3 * dims.emb + i] += step;
            let mut down = table.clone();
            down[3 * dims.emb + i] -= step;
            let slope = (run(&all, &up).2 - run(&all, &down).2) / f64::from(2.0 * step);
            assert!((slope - f64::from(d[2 * dims.emb + i])).abs() < 2e-3 + 0.02 * slope.abs());
        }
    }
}
