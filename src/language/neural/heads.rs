//! From a word's vector in context to its tag, its head and its relation.

use super::decode::{DISTANCES, distance, tree};
use super::kernel::{Level, Linear, dot};
use super::layout::{ModelError, Reader};
use super::numbers::whole;
use crate::language::{Deprel, Feats, Token, Upos};

/// Units of a hidden unit's 1.
pub(crate) const HEAD_ONE: f32 = 256.0;
/// Largest hidden unit, in units: 4095² × 128 is below 2³¹.
const HEAD_LIMIT: f32 = 4095.0;

/// The matrices behind the encoder.
pub(crate) struct Heads {
    arc_width: usize,
    rel_width: usize,
    tag_width: usize,
    mid: Linear,
    arc: Linear,
    rel: Linear,
    upos: Linear,
    class: Linear,
    arc_root: Vec<i16>,
    arc_bias: Vec<i16>,
    distance: Vec<i32>,
    rel_root: Vec<f32>,
    classes: Vec<(Upos, Feats)>,
    level: Level,
}

/// Buffers of the heads.
#[derive(Default)]
pub(crate) struct Buffers {
    sums: Vec<i32>,
    hidden: Vec<i16>,
    rel_parts: Vec<f32>,
    query: Vec<i16>,
    scores: Vec<i32>,
    upos: Vec<i32>,
    class: Vec<i32>,
}

impl Heads {
    pub(crate) fn read(from: &mut Reader, level: Level, width: usize) -> Result<Self, ModelError> {
        let (arc_width, rel_width, tag_width) = (from.number()?, from.number()?, from.number()?);
        let linears = [Linear::read(from)?, Linear::read(from)?, Linear::read(from)?, Linear::read(from)?, Linear::read(from)?];
        let [mid, arc, rel, upos, class] = linears;
        let (arc_root, arc_bias) = (from.shorts()?, from.shorts()?);
        let distance = from.longs()?.into_iter().map(u32::cast_signed).collect::<Vec<_>>();
        let rel_root = from.floats()?;
        let mut classes = Vec::new();
        for pair in from.longs()?.chunks_exact(2) {
            let upos = Upos::ALL.get(pair[0] as usize).copied().ok_or(ModelError::Shape)?;
            classes.push((upos, Feats(pair[1])));
        }
        let shapes = [
            (mid.k, width),
            (mid.n, 2 * arc_width + 2 * rel_width + tag_width),
            (arc.k, arc_width),
            (arc.n, arc_width),
            (rel.k, rel_width),
            (rel.n, Deprel::ALL.len()),
            (upos.k, tag_width),
            (upos.n, Upos::ALL.len()),
            (class.k, tag_width),
            (class.n, classes.len()),
            (arc_root.len(), arc_width),
            (arc_bias.len(), arc_width),
            (distance.len(), DISTANCES),
            (rel_root.len(), rel_width),
        ];
        if shapes.iter().any(|(a, b)| a != b) || arc_width > 128 {
            return Err(ModelError::Shape);
        }
        Ok(Self { arc_width, rel_width, tag_width, mid, arc, rel, upos, class, arc_root, arc_bias, distance, rel_root, classes, level })
    }

    /// Fills tags, heads (as indices in the sentence: `shift` is that of the first token) and relations.
    pub(crate) fn read_out(&self, states: &[i16], tokens: &mut [Token], shift: usize, b: &mut Buffers) {
        let n = tokens.len();
        let (a, r, g, width) = (self.arc_width, self.rel_width, self.tag_width, self.mid.n);
        let keep = 2 * a + g;
        fresh(&mut b.sums, n * width);
        self.mid.product(self.level, states, self.mid.k, n, &mut b.sums);
        // Hidden units: dependent, head, tag; the relation's halves stay unrounded until they are added up.
        fresh(&mut b.hidden, n * keep);
        fresh(&mut b.rel_parts, n * 2 * r);
        match self.level {
            Level::Portable => self.middle(n, &b.sums, &mut b.hidden, &mut b.rel_parts),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: these levels are made only where the processor has AVX2.
            Level::Avx2 | Level::Avx512 => unsafe { self.middle_wide(n, &b.sums, &mut b.hidden, &mut b.rel_parts) },
        }
        self.tags(tokens, b, keep);
        let heads = self.trees(n, b, keep);
        self.relations(tokens, &heads, shift, b);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn middle_wide(&self, n: usize, sums: &[i32], hidden: &mut [i16], rel_parts: &mut [f32]) {
        self.middle(n, sums, hidden, rel_parts);
    }

    #[inline(always)]
    fn middle(&self, n: usize, sums: &[i32], hidden: &mut [i16], rel_parts: &mut [f32]) {
        let (a, r, g, width) = (self.arc_width, self.rel_width, self.tag_width, self.mid.n);
        let keep = 2 * a + g;
        let unit = |out: &mut [i16], line: &[i32], from: usize| {
            let (scale, bias) = (&self.mid.scale[from..][..out.len()], &self.mid.bias[from..][..out.len()]);
            for (((z, &sum), s), b) in out.iter_mut().zip(&line[from..]).zip(scale).zip(bias) {
                *z = whole((sum as f32 * s + b).max(0.0) * HEAD_ONE, HEAD_LIMIT);
            }
        };
        for i in 0..n {
            let line = &sums[i * width..(i + 1) * width];
            let (arcs, tag) = hidden[i * keep..(i + 1) * keep].split_at_mut(2 * a);
            unit(arcs, line, 0);
            unit(tag, line, 2 * a + 2 * r);
            let part = 2 * a..2 * a + 2 * r;
            let (scale, bias) = (&self.mid.scale[part.clone()], &self.mid.bias[part.clone()]);
            for (((z, &sum), s), b) in rel_parts[i * 2 * r..(i + 1) * 2 * r].iter_mut().zip(&line[part]).zip(scale).zip(bias) {
                *z = sum as f32 * s + b;
            }
        }
    }

    fn tags(&self, tokens: &mut [Token], b: &mut Buffers, keep: usize) {
        let n = tokens.len();
        fresh(&mut b.upos, n * self.upos.n);
        fresh(&mut b.class, n * self.class.n);
        self.upos.product(self.level, &b.hidden[2 * self.arc_width..], keep, n, &mut b.upos);
        self.class.product(self.level, &b.hidden[2 * self.arc_width..], keep, n, &mut b.class);
        for (i, token) in tokens.iter_mut().enumerate() {
            let mut upos = [0.0f32; Upos::ALL.len()];
            let line = &b.upos[i * self.upos.n..];
            for (j, score) in upos.iter_mut().enumerate() {
                *score = line[j] as f32 * self.upos.scale[j] + self.upos.bias[j];
            }
            let line = &b.class[i * self.class.n..][..self.class.n];
            let mut top = f32::NEG_INFINITY;
            for (j, &class) in self.classes.iter().enumerate() {
                let score = line[j] as f32 * self.class.scale[j] + self.class.bias[j] + upos[class.0 as usize];
                if score > top {
                    top = score;
                    (token.upos, token.feats) = class;
                }
            }
        }
    }

    fn trees(&self, n: usize, b: &mut Buffers, keep: usize) -> Vec<usize> {
        let a = self.arc_width;
        fresh(&mut b.sums, n * a);
        self.arc.product(self.level, &b.hidden, keep, n, &mut b.sums);
        fresh(&mut b.query, n * a);
        for i in 0..n {
            for j in 0..a {
                b.query[i * a + j] = whole(b.sums[i * a + j] as f32 * self.arc.scale[j] * HEAD_ONE, HEAD_LIMIT);
            }
        }
        fresh(&mut b.scores, n * (n + 1));
        match self.level {
            Level::Portable => self.compare(n, &b.query, &b.hidden, keep, &mut b.scores),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: these levels are made only where the processor has AVX2.
            Level::Avx2 | Level::Avx512 => unsafe { self.compare_wide(n, &b.query, &b.hidden, keep, &mut b.scores) },
        }
        tree(&b.scores, n)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn compare_wide(&self, n: usize, query: &[i16], hidden: &[i16], keep: usize, scores: &mut [i32]) {
        self.compare(n, query, hidden, keep, scores);
    }

    #[inline(always)]
    fn compare(&self, n: usize, query: &[i16], hidden: &[i16], keep: usize, scores: &mut [i32]) {
        let a = self.arc_width;
        let wide = n + 1;
        for j in 0..n {
            let head = &hidden[j * keep + a..][..a];
            let bias = dot(head, &self.arc_bias);
            for i in 0..n {
                let sum = i64::from(dot(&query[i * a..][..a], head)) + i64::from(bias) + i64::from(self.distance[distance(i, j)]);
                scores[i * wide + 1 + j] = (sum >> 4) as i32;
            }
        }
        for i in 0..n {
            scores[i * wide] = dot(&query[i * a..][..a], &self.arc_root) >> 4;
        }
    }

    fn relations(&self, tokens: &mut [Token], heads: &[usize], shift: usize, b: &mut Buffers) {
        let (n, r) = (tokens.len(), self.rel_width);
        fresh(&mut b.hidden, n * r);
        for (i, &head) in heads.iter().enumerate() {
            let own = &b.rel_parts[i * 2 * r..][..r];
            let other = if head == 0 { &self.rel_root[..] } else { &b.rel_parts[(head - 1) * 2 * r + r..][..r] };
            for ((z, x), y) in b.hidden[i * r..][..r].iter_mut().zip(own).zip(other) {
                *z = whole((x + y).max(0.0) * HEAD_ONE, HEAD_LIMIT);
            }
        }
        fresh(&mut b.class, n * self.rel.n);
        self.rel.product(self.level, &b.hidden, r, n, &mut b.class);
        for (i, (token, &head)) in tokens.iter_mut().zip(heads).enumerate() {
            token.head = head.checked_sub(1).map(|h| h + shift);
            if head == 0 {
                token.deprel = Deprel::Root;
                continue;
            }
            let line = &b.class[i * self.rel.n..][..self.rel.n];
            let mut top = f32::NEG_INFINITY;
            for (j, &deprel) in Deprel::ALL.iter().enumerate() {
                let score = line[j] as f32 * self.rel.scale[j] + self.rel.bias[j];
                if score > top && deprel != Deprel::Root {
                    top = score;
                    token.deprel = deprel;
                }
            }
        }
    }
}

fn fresh<T: Default + Clone>(buffer: &mut Vec<T>, n: usize) {
    buffer.clear();
    buffer.resize(n, T::default());
}
