//! Words to vectors in context: sums of feature vectors, then bidirectional recurrent layers in fixed-point numbers.
//!
//! States lie within ±1 and have 12 bits behind the point, word vectors 10 bits; gates are computed in single precision
//! from additions, multiplications and divisions only. So results are the same bits everywhere.

use super::features::{Kind, Letters, NAME_KEY, Style, features, finish};
use super::kernel::{Level, Linear};
use super::layout::{ModelError, Reader, Table};
use super::numbers::{tanh_parts, whole};
use super::recurrent::Recurrent;

/// Units of a word vector's 1.
pub(crate) const WORD_ONE: f32 = 1024.0;
/// Largest component of a word vector, in units.
pub(crate) const WORD_LIMIT: f32 = 8191.0;
/// Units of a state's 1.
pub(crate) const STATE_ONE: f32 = 4096.0;

/// Places in the memory of word vectors.
const REMEMBERED: usize = 4096;

/// A recurrent layer: see `train_neural::lstm`.
pub(crate) struct Layer {
    pub(crate) input: Linear,
    pub(crate) again: [Recurrent; 2],
}

/// The word vectors and layers of a model.
pub(crate) struct Encoder {
    keys: Table,
    scales: &'static [u8],
    rows: &'static [u8],
    pub(crate) emb: usize,
    pub(crate) hid: usize,
    layers: Vec<Layer>,
    level: Level,
}

/// A word vector computed before.
#[derive(Default, Clone)]
struct Remembered {
    form: String,
    name: bool,
    style: Style,
    vector: Vec<i16>,
}

/// Buffers of the encoder, and the word vectors it has lately computed.
#[derive(Default)]
pub(crate) struct Buffers {
    letters: Letters,
    found: Vec<(Kind, u64)>,
    sum: Vec<f32>,
    memory: Vec<Remembered>,
    memory_of: usize,
    x: Vec<i16>,
    sums: Vec<i32>,
    step: Vec<i32>,
    cell: Vec<f32>,
}

impl Encoder {
    pub(crate) fn read(from: &mut Reader, level: Level) -> Result<Self, ModelError> {
        let (emb, hid) = (from.number()?, from.number()?);
        let keys = Table::read(from)?;
        let scales = from.array(4)?;
        let rows = from.array(1)?;
        if emb == 0 || rows.len() != scales.len() / 4 * emb {
            return Err(ModelError::Shape);
        }
        let mut layers = Vec::new();
        for l in 0..from.number()? {
            let layer = Layer { input: Linear::read(from)?, again: [Recurrent::read(from)?, Recurrent::read(from)?] };
            let fits = layer.input.k == if l == 0 { emb } else { 2 * hid };
            if !fits || layer.input.n != 6 * hid || layer.again.iter().any(|a| a.k != hid || a.n != 3 * hid) {
                return Err(ModelError::Shape);
            }
            layers.push(layer);
        }
        Ok(Self { keys, scales, rows, emb, hid, layers, level })
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_wide(&self, scale: f32, line: &[u8], sum: &mut [f32]) {
        add(scale, line, sum);
    }

    fn add(&self, key: u64, sum: &mut [f32]) {
        let Some(row) = self.keys.get(key) else { return };
        let row = row as usize;
        let (Some(s), Some(line)) = (self.scales.get(row * 4..row * 4 + 4), self.rows.get(row * self.emb..(row + 1) * self.emb)) else {
            return;
        };
        let scale = f32::from_le_bytes([s[0], s[1], s[2], s[3]]);
        match self.level {
            Level::Portable => add(scale, line, sum),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: these levels are made only where the processor has AVX2.
            Level::Avx2 | Level::Avx512 => unsafe { self.add_wide(scale, line, sum) },
        }
    }

    /// Writes the vector of a word to `buffers.x[at..]`.
    fn word(&self, form: &str, name: bool, style: Style, buffers: &mut Buffers, at: usize) {
        let hash =
            finish(form.bytes().fold(u64::from(name) + 2 * style as u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)));
        let place = hash as usize % REMEMBERED;
        let old = &mut buffers.memory[place];
        if old.form != form || (old.name, old.style) != (name, style) || old.vector.is_empty() {
            buffers.found.clear();
            features(form, style, &mut buffers.letters, &mut buffers.found);
            buffers.sum.clear();
            buffers.sum.resize(self.emb, 0.0);
            for &(_, key) in &buffers.found {
                self.add(key, &mut buffers.sum);
            }
            if name {
                self.add(NAME_KEY, &mut buffers.sum);
            }
            old.form.clear();
            old.form.push_str(form);
            (old.name, old.style) = (name, style);
            old.vector.clear();
            old.vector.extend(buffers.sum.iter().map(|&x| whole(x * WORD_ONE, WORD_LIMIT)));
        }
        buffers.x[at..at + self.emb].copy_from_slice(&old.vector);
    }

    /// Writes the words' vectors in context to `out`, n × 2·hid. `words` gives each word and whether it is in a name.
    pub(crate) fn encode<'a>(
        &self,
        words: impl ExactSizeIterator<Item = (&'a str, bool)>,
        style: Style,
        buffers: &mut Buffers,
        out: &mut Vec<i16>,
    ) {
        let (n, h) = (words.len(), self.hid);
        // Static bytes are never freed, so their address names the model.
        let own = self.rows.as_ptr() as usize;
        if buffers.memory.is_empty() || buffers.memory_of != own {
            buffers.memory = vec![Remembered::default(); REMEMBERED];
            buffers.memory_of = own;
        }
        buffers.x.clear();
        buffers.x.resize(n * self.emb, 0);
        for (i, (form, name)) in words.enumerate() {
            self.word(form, name, style, buffers, i * self.emb);
        }
        for layer in &self.layers {
            buffers.sums.clear();
            buffers.sums.resize(n * 6 * h, 0);
            layer.input.product(self.level, &buffers.x, layer.input.k, n, &mut buffers.sums);
            out.clear();
            out.resize(n * 2 * h, 0);
            for direction in 0..2 {
                self.run(layer, direction, n, buffers, out);
            }
            std::mem::swap(&mut buffers.x, out);
        }
        std::mem::swap(&mut buffers.x, out);
    }

    fn run(&self, layer: &Layer, direction: usize, n: usize, buffers: &mut Buffers, out: &mut [i16]) {
        let h = self.hid;
        let again = &layer.again[direction];
        buffers.cell.clear();
        buffers.cell.resize(h, 0.0);
        buffers.step.clear();
        buffers.step.resize(again.room(), 0);
        let part = direction * 3 * h..(direction + 1) * 3 * h;
        let gates = Gates { scale: &layer.input.scale[part.clone()], bias: &layer.input.bias[part.clone()], again: &again.scale };
        let mut before = None;
        for i in 0..n {
            let r = if direction == 0 { i } else { n - 1 - i };
            if let Some(b) = before {
                again.product(self.level, &out[b..b + h], &mut buffers.step);
            }
            let at = r * 2 * h + direction * h;
            let sums = &buffers.sums[r * 6 * h..][part.clone()];
            gates.step(self.level, sums, &buffers.step, &mut buffers.cell, &mut out[at..at + h]);
            before = Some(at);
        }
    }
}

#[inline(always)]
fn add(scale: f32, line: &[u8], sum: &mut [f32]) {
    for (x, &w) in sum.iter_mut().zip(line) {
        *x += scale * f32::from(w as i8);
    }
}

struct Gates<'a> {
    scale: &'a [f32],
    bias: &'a [f32],
    again: &'a [f32],
}

impl Gates<'_> {
    fn step(&self, level: Level, sums: &[i32], again: &[i32], cell: &mut [f32], state: &mut [i16]) {
        match level {
            Level::Portable => self.any(sums, again, cell, state),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Level::Avx2` is made only where the processor has it.
            Level::Avx2 => unsafe { self.wide(sums, again, cell, state) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Level::Avx512` is made only where the processor has it.
            Level::Avx512 => unsafe { self.wider(sums, again, cell, state) },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn wide(&self, sums: &[i32], again: &[i32], cell: &mut [f32], state: &mut [i16]) {
        self.any(sums, again, cell, state);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
    fn wider(&self, sums: &[i32], again: &[i32], cell: &mut [f32], state: &mut [i16]) {
        self.any(sums, again, cell, state);
    }

    #[inline(always)]
    fn any(&self, sums: &[i32], again: &[i32], cell: &mut [f32], state: &mut [i16]) {
        let h = cell.len();
        let (sf, so, sg) = (&sums[..h], &sums[h..2 * h], &sums[2 * h..3 * h]);
        let (af, ao, ag) = (&again[..h], &again[h..2 * h], &again[2 * h..3 * h]);
        let (xf, xo, xg) = (&self.scale[..h], &self.scale[h..2 * h], &self.scale[2 * h..3 * h]);
        let (bf, bo, bg) = (&self.bias[..h], &self.bias[h..2 * h], &self.bias[2 * h..3 * h]);
        let (yf, yo, yg) = (&self.again[..h], &self.again[h..2 * h], &self.again[2 * h..3 * h]);
        let state = &mut state[..h];
        for j in 0..h {
            // sigmoid(x) = ½ + ½ tanh(½ x); one division serves all three gates.
            let (pf, qf) = tanh_parts(0.5 * (sf[j] as f32 * xf[j] + af[j] as f32 * yf[j] + bf[j]));
            let (po, qo) = tanh_parts(0.5 * (so[j] as f32 * xo[j] + ao[j] as f32 * yo[j] + bo[j]));
            let (pg, qg) = tanh_parts(sg[j] as f32 * xg[j] + ag[j] as f32 * yg[j] + bg[j]);
            let share = 1.0 / (qf * qo * qg);
            let f = 0.5 + 0.5 * pf * (qo * qg * share);
            let o = 0.5 + 0.5 * po * (qf * qg * share);
            let g = pg * (qf * qo * share);
            cell[j] = f * (cell[j] - g) + g;
            let (p, q) = tanh_parts(cell[j]);
            state[j] = whole(o * p * (STATE_ONE / q), STATE_ONE);
        }
    }
}
