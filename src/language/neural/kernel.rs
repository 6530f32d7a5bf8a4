//! Matrix products of whole numbers: 16-bit factors, 32-bit sums. Whole numbers have no rounding, so every machine and
//! every width of vector registers gives the same result.

use super::layout::{ModelError, Reader, Writer};

/// Columns of a panel.
const WIDE: usize = 16;

/// Which instructions the processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Whatever the build allows.
    Portable,
    /// 256-bit vectors.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 512-bit vectors with a product-and-sum of 16-bit numbers.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best one here.
    pub(crate) fn here() -> Self {
        Self::all().pop().unwrap_or(Self::Portable)
    }

    /// All there are here, the best one last.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            all.push(Self::Avx2);
            if std::arch::is_x86_feature_detected!("avx512f")
                && std::arch::is_x86_feature_detected!("avx512bw")
                && std::arch::is_x86_feature_detected!("avx512vl")
                && std::arch::is_x86_feature_detected!("avx512dq")
                && std::arch::is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self::Avx512);
            }
        }
        all
    }
}

/// A right factor, k × n, in panels of sixteen columns, two rows side by side (the order `pmaddwd` wants), with the
/// scale and the bias of each column: `y = sum · scale + bias`.
pub(crate) struct Linear {
    pub(crate) k: usize,
    pub(crate) n: usize,
    data: Vec<i16>,
    pub(crate) scale: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    /// Quantises `w` (k rows of n) for left factors whose unit is `quantum` and whose size is at most `limit` units.
    pub(crate) fn quantise(w: &[f32], bias: &[f32], k: usize, n: usize, quantum: f32, limit: i32) -> Self {
        let (mut values, mut scale) = (vec![0i16; k * n], vec![0.0; n]);
        for j in 0..n {
            let column = || (0..k).map(|i| w[i * n + j].abs());
            let top = column().fold(0.0, f32::max).max(1e-9);
            let sum: f32 = column().sum();
            // Neither a weight beyond 14 bits nor a sum beyond 31.
            let unit = (top / 8191.0).max(sum * limit as f32 / 2.0e9);
            scale[j] = unit * quantum;
            for i in 0..k {
                values[i * n + j] = (w[i * n + j] / unit).round() as i16;
            }
        }
        Self { k, n, data: pack(&values, k, n), scale, bias: bias.to_vec() }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.k);
        out.number(self.n);
        out.shorts(&self.data);
        out.floats(&self.scale);
        out.floats(&self.bias);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, ModelError> {
        let (k, n) = (from.number()?, from.number()?);
        let linear = Self { k, n, data: from.shorts()?, scale: from.floats()?, bias: from.floats()? };
        let fits = k % 2 == 0 && linear.data.len() == n.div_ceil(WIDE) * WIDE * k;
        if fits && linear.scale.len() == n && (linear.bias.len() == n || linear.bias.is_empty()) {
            Ok(linear)
        } else {
            Err(ModelError::Shape)
        }
    }

    /// `out = x · w` for `m` rows of `x` that begin `stride` apart; rows of `out` are n apart.
    pub(crate) fn product(&self, level: Level, x: &[i16], stride: usize, m: usize, out: &mut [i32]) {
        assert!(m == 0 || (m - 1) * stride + self.k <= x.len(), "left factor too short");
        assert!(m * self.n <= out.len(), "result too short");
        match level {
            Level::Portable => self.portable(x, stride, m, out),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Level::Avx2` is made only where the processor has it; lengths were checked above.
            Level::Avx2 => unsafe { wide::product(self, x, stride, m, out) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Level::Avx512` is made only where the processor has it; lengths were checked above.
            Level::Avx512 => unsafe { wider::product(self, x, stride, m, out) },
        }
    }

    fn portable(&self, x: &[i16], stride: usize, m: usize, out: &mut [i32]) {
        for (p, panel) in self.data.chunks_exact(self.k * WIDE).enumerate() {
            let count = WIDE.min(self.n - p * WIDE);
            for i in 0..m {
                let mut sums = [0i32; WIDE];
                for (pair, line) in x[i * stride..][..self.k].chunks_exact(2).zip(panel.chunks_exact(2 * WIDE)) {
                    let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                    for (sum, w) in sums.iter_mut().zip(line.chunks_exact(2)) {
                        *sum += a * i32::from(w[0]) + b * i32::from(w[1]);
                    }
                }
                out[i * self.n + p * WIDE..][..count].copy_from_slice(&sums[..count]);
            }
        }
    }
}

fn pack(values: &[i16], k: usize, n: usize) -> Vec<i16> {
    let mut data = vec![0; n.div_ceil(WIDE) * WIDE * k];
    for i in 0..k {
        for j in 0..n {
            data[(j / WIDE) * k * WIDE + (i / 2) * 2 * WIDE + (j % WIDE) * 2 + i % 2] = values[i * n + j];
        }
    }
    data
}

/// Dot product of two vectors of 16-bit numbers.
#[inline(always)]
pub(crate) fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{Linear, WIDE};
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256,
    };

    const TALL: usize = 6;

    /// # Safety
    /// AVX2 must be there, `x` hold m rows of k and `out` m rows of n.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn product(w: &Linear, x: &[i16], stride: usize, m: usize, out: &mut [i32]) {
        for (p, panel) in w.data.chunks_exact(w.k * WIDE).enumerate() {
            let first = p * WIDE;
            let count = WIDE.min(w.n - first);
            let blocks = m.div_ceil(TALL).max(1);
            let mut i = 0;
            for b in 0..blocks {
                let stop = m * (b + 1) / blocks;
                if i == stop {
                    continue;
                }
                // SAFETY: passes on this function's own promise; rows are below `m`.
                unsafe {
                    let y = &mut out[i * w.n + first..];
                    match stop - i {
                        1 => block::<1>(&x[i * stride..], stride, panel, y, w.n, count),
                        2 => block::<2>(&x[i * stride..], stride, panel, y, w.n, count),
                        3 => block::<3>(&x[i * stride..], stride, panel, y, w.n, count),
                        4 => block::<4>(&x[i * stride..], stride, panel, y, w.n, count),
                        5 => block::<5>(&x[i * stride..], stride, panel, y, w.n, count),
                        _ => block::<TALL>(&x[i * stride..], stride, panel, y, w.n, count),
                    }
                }
                i = stop;
            }
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn block<const M: usize>(x: &[i16], stride: usize, panel: &[i16], out: &mut [i32], row: usize, count: usize) {
        // SAFETY: the caller promises M rows of both.
        unsafe {
            let mut acc = [[_mm256_setzero_si256(); 2]; M];
            let left = x.as_ptr();
            for (q, line) in panel.chunks_exact(2 * WIDE).enumerate() {
                let b0 = _mm256_loadu_si256(line.as_ptr().cast::<__m256i>());
                let b1 = _mm256_loadu_si256(line.as_ptr().add(WIDE).cast::<__m256i>());
                for (r, sum) in acc.iter_mut().enumerate() {
                    let pair = _mm256_set1_epi32(left.add(r * stride + 2 * q).cast::<i32>().read_unaligned());
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(pair, b0));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(pair, b1));
                }
            }
            for (r, sum) in acc.iter().enumerate() {
                if count == WIDE {
                    let y = out.as_mut_ptr().add(r * row);
                    _mm256_storeu_si256(y.cast::<__m256i>(), sum[0]);
                    _mm256_storeu_si256(y.add(8).cast::<__m256i>(), sum[1]);
                } else {
                    let mut line = [0i32; WIDE];
                    _mm256_storeu_si256(line.as_mut_ptr().cast::<__m256i>(), sum[0]);
                    _mm256_storeu_si256(line.as_mut_ptr().add(8).cast::<__m256i>(), sum[1]);
                    out[r * row..][..count].copy_from_slice(&line[..count]);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod wider {
    use super::{Linear, WIDE};
    use std::arch::x86_64::{
        __m512i, _mm512_dpwssd_epi32, _mm512_loadu_si512, _mm512_mask_storeu_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    const TALL: usize = 8;

    /// # Safety
    /// AVX-512 F and VNNI must be there, `x` hold m rows of k and `out` m rows of n.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) unsafe fn product(w: &Linear, x: &[i16], stride: usize, m: usize, out: &mut [i32]) {
        let panels = w.n.div_ceil(WIDE);
        // Blocks of like heights: a low last block would leave the processor waiting.
        let blocks = m.div_ceil(TALL).max(1);
        let mut p = 0;
        while p < panels {
            let pair = p + 1 < panels;
            let mut i = 0;
            for b in 0..blocks {
                let stop = m * (b + 1) / blocks;
                // SAFETY: passes on this function's own promise; panels are below `panels`, rows below `m`.
                unsafe {
                    match (stop - i, pair) {
                        (1, true) => block::<1, 2>(w, p, x, stride, i, out),
                        (2, true) => block::<2, 2>(w, p, x, stride, i, out),
                        (3, true) => block::<3, 2>(w, p, x, stride, i, out),
                        (4, true) => block::<4, 2>(w, p, x, stride, i, out),
                        (5, true) => block::<5, 2>(w, p, x, stride, i, out),
                        (6, true) => block::<6, 2>(w, p, x, stride, i, out),
                        (7, true) => block::<7, 2>(w, p, x, stride, i, out),
                        (8, true) => block::<8, 2>(w, p, x, stride, i, out),
                        (1, false) => block::<1, 1>(w, p, x, stride, i, out),
                        (2, false) => block::<2, 1>(w, p, x, stride, i, out),
                        (3, false) => block::<3, 1>(w, p, x, stride, i, out),
                        (4, false) => block::<4, 1>(w, p, x, stride, i, out),
                        (5, false) => block::<5, 1>(w, p, x, stride, i, out),
                        (6, false) => block::<6, 1>(w, p, x, stride, i, out),
                        (7, false) => block::<7, 1>(w, p, x, stride, i, out),
                        (8, false) => block::<8, 1>(w, p, x, stride, i, out),
                        _ => {}
                    }
                }
                i = stop;
            }
            p += 2;
        }
    }

    /// Rows i..i+M of the result in panels p..p+P.
    #[target_feature(enable = "avx512f,avx512vnni")]
    #[inline]
    unsafe fn block<const M: usize, const P: usize>(w: &Linear, p: usize, x: &[i16], stride: usize, i: usize, out: &mut [i32]) {
        // SAFETY: the caller promises M rows of both and P panels.
        unsafe {
            let mut acc = [[_mm512_setzero_si512(); P]; M];
            let left = x.as_ptr().add(i * stride);
            let panels = w.data.as_ptr().add(p * w.k * WIDE);
            for q in 0..w.k / 2 {
                let mut b = [_mm512_setzero_si512(); P];
                for (c, b) in b.iter_mut().enumerate() {
                    *b = _mm512_loadu_si512(panels.add(c * w.k * WIDE + q * 2 * WIDE).cast::<__m512i>());
                }
                for (r, sums) in acc.iter_mut().enumerate() {
                    let pair = _mm512_set1_epi32(left.add(r * stride + 2 * q).cast::<i32>().read_unaligned());
                    for (sum, b) in sums.iter_mut().zip(b) {
                        *sum = _mm512_dpwssd_epi32(*sum, pair, b);
                    }
                }
            }
            for (r, sums) in acc.iter().enumerate() {
                for (c, sum) in sums.iter().enumerate() {
                    let first = (p + c) * WIDE;
                    let mask = (0xffff_u32 >> (WIDE - WIDE.min(w.n - first))) as u16;
                    _mm512_mask_storeu_epi32(out.as_mut_ptr().add((i + r) * w.n + first), mask, *sum);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_same_sums() {
        for (m, k, n) in [(1, 2, 1), (7, 32, 17), (13, 10, 40)] {
            let w: Vec<f32> = (0..k * n).map(|i| ((i * 37 % 101) as f32 - 50.0) / 17.0).collect();
            let linear = Linear::quantise(&w, &vec![0.0; n], k, n, 1.0 / 4096.0, 4096);
            let x: Vec<i16> = (0..m * k).map(|i| (i * 977 % 8192) as i16 - 4096).collect();
            let mut a = vec![0; m * n];
            linear.product(Level::Portable, &x, k, m, &mut a);
            for level in Level::all() {
                let mut b = vec![0; m * n];
                linear.product(level, &x, k, m, &mut b);
                assert_eq!(a, b, "{level:?}");
            }
            for i in 0..m {
                for j in 0..n {
                    let exact: f32 = (0..k).map(|q| f32::from(x[i * k + q]) / 4096.0 * w[q * n + j]).sum();
                    assert!((a[i * n + j] as f32 * linear.scale[j] - exact).abs() < 0.02);
                }
            }
        }
    }
}
