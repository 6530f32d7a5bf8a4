//! Where each matrix of the network stands in the one array of its weights.

use super::random::Random;

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dims {
    /// Length of a word's vector.
    pub emb: usize,
    /// Units of a recurrent layer, per direction.
    pub hid: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Length of the vectors that are compared to find heads.
    pub arc: usize,
    /// Units between two words' vectors and the relation.
    pub rel: usize,
    /// Units between a word's vector and its tag.
    pub tag: usize,
    /// Classes of part of speech, treebank tag and features.
    pub classes: usize,
    /// Relations.
    pub labels: usize,
    /// Parts of speech.
    pub upos: usize,
}

/// A matrix in the array: its first element, rows and columns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mat {
    pub(super) at: usize,
    pub(super) rows: usize,
    pub(super) cols: usize,
}

impl Mat {
    pub(super) fn of<'a>(&self, all: &'a [f32]) -> &'a [f32] {
        &all[self.at..self.at + self.rows * self.cols]
    }

    pub(super) fn of_mut<'a>(&self, all: &'a mut [f32]) -> &'a mut [f32] {
        &mut all[self.at..self.at + self.rows * self.cols]
    }
}

/// Recurrent layer: input weights of both directions (gates forget, output, value; forward then backward), bias,
/// recurrent weights of each direction.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LayerAt {
    pub(super) input: Mat,
    pub(super) bias: Mat,
    pub(super) again: [Mat; 2],
}

/// All matrices.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) dims: Dims,
    pub(super) layers: Vec<LayerAt>,
    pub(super) mid: Mat,
    pub(super) mid_bias: Mat,
    pub(super) arc: Mat,
    pub(super) arc_root: Mat,
    pub(super) arc_bias: Mat,
    pub(super) distance: Mat,
    pub(super) rel_root: Mat,
    pub(super) rel: Mat,
    pub(super) rel_bias: Mat,
    pub(super) upos: Mat,
    pub(super) upos_bias: Mat,
    pub(super) class: Mat,
    pub(super) class_bias: Mat,
    pub(super) total: usize,
}

impl Layout {
    pub(super) fn new(dims: Dims) -> Self {
        let mut total = 0;
        let mut mat = |rows: usize, cols: usize| {
            let at = total;
            total += rows * cols;
            Mat { at, rows, cols }
        };
        let h = dims.hid;
        let layers = (0..dims.layers)
            .map(|l| LayerAt {
                input: mat(if l == 0 { dims.emb } else { 2 * h }, 6 * h),
                bias: mat(1, 6 * h),
                again: [mat(h, 3 * h), mat(h, 3 * h)],
            })
            .collect();
        let width = dims.mid();
        let mut layout = Self {
            dims,
            layers,
            mid: mat(2 * h, width),
            mid_bias: mat(1, width),
            arc: mat(dims.arc, dims.arc),
            arc_root: mat(1, dims.arc),
            arc_bias: mat(1, dims.arc),
            distance: mat(1, crate::language::neural::DISTANCES),
            rel_root: mat(1, dims.rel),
            rel: mat(dims.rel, dims.labels),
            rel_bias: mat(1, dims.labels),
            upos: mat(dims.tag, dims.upos),
            upos_bias: mat(1, dims.upos),
            class: mat(dims.tag, dims.classes),
            class_bias: mat(1, dims.classes),
            total: 0,
        };
        layout.total = total;
        layout
    }

    /// First weights: normal, scaled by fan-in and fan-out (Glorot and Bengio 2010); forget gates open.
    pub(super) fn start(&self, random: &mut Random) -> Vec<f32> {
        let mut all = vec![0.0; self.total];
        let mut fill = |mat: &Mat, scale: f32| mat.of_mut(&mut all).iter_mut().for_each(|w| *w = scale * random.normal());
        let h = self.dims.hid;
        for layer in &self.layers {
            fill(&layer.input, (2.0 / (layer.input.rows + h) as f32).sqrt());
            fill(&layer.again[0], (1.0 / h as f32).sqrt());
            fill(&layer.again[1], (1.0 / h as f32).sqrt());
        }
        fill(&self.mid, (2.0 / (2 * h + self.dims.arc) as f32).sqrt());
        fill(&self.arc, 0.3 * (1.0 / self.dims.arc as f32).sqrt());
        fill(&self.arc_root, 0.3);
        fill(&self.rel_root, 0.3);
        fill(&self.rel, (2.0 / (self.rel.rows + self.rel.cols) as f32).sqrt());
        fill(&self.upos, (2.0 / (self.upos.rows + self.upos.cols) as f32).sqrt());
        fill(&self.class, (2.0 / (self.class.rows + self.class.cols) as f32).sqrt());
        for layer in &self.layers {
            let bias = layer.bias.of_mut(&mut all);
            bias[..h].fill(1.0);
            bias[3 * h..4 * h].fill(1.0);
        }
        all
    }
}

impl Dims {
    /// Columns of the matrix behind the encoder: dependent and head vectors, both halves of the relation's, the tag's.
    pub(super) fn mid(&self) -> usize {
        2 * self.arc + 2 * self.rel + self.tag
    }
}
