//! The recurrent product: one state by one matrix, again and again. Nothing but the matrix's way through the caches costs
//! time here, so its weights have eight bits and lie in the order in which they are read.

use super::kernel::Level;
use super::layout::{ModelError, Reader, Writer};

/// Columns that are read together: for each pair of rows 128 pairs of weights.
const GROUP: usize = 128;

/// A k × n matrix of 8-bit weights with the scale of each column.
pub(crate) struct Recurrent {
    pub(crate) k: usize,
    pub(crate) n: usize,
    data: Vec<i8>,
    pub(crate) scale: Vec<f32>,
}

impl Recurrent {
    /// Quantises `w` (k rows of n, k even) for states whose unit is `quantum`.
    pub(crate) fn quantise(w: &[f32], k: usize, n: usize, quantum: f32) -> Self {
        let mut data = vec![0; n.div_ceil(GROUP) * GROUP * k];
        let mut scale = vec![0.0; n];
        for j in 0..n {
            let unit = (0..k).map(|i| w[i * n + j].abs()).fold(1e-9, f32::max) / 127.0;
            scale[j] = unit * quantum;
            for i in 0..k {
                data[(j / GROUP) * GROUP * k + (i / 2) * 2 * GROUP + (j % GROUP) * 2 + i % 2] = (w[i * n + j] / unit).round() as i8;
            }
        }
        Self { k, n, data, scale }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.k);
        out.number(self.n);
        out.bytes(&self.data.iter().map(|&x| x.cast_unsigned()).collect::<Vec<u8>>(), 1);
        out.floats(&self.scale);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, ModelError> {
        let (k, n) = (from.number()?, from.number()?);
        let data: Vec<i8> = from.array(1)?.iter().map(|x| x.cast_signed()).collect();
        let scale = from.floats()?;
        // Sums of states (±4096) times weights (±128) stay below 2³¹.
        let fits = k % 2 == 0 && k <= 4096 && data.len() == n.div_ceil(GROUP) * GROUP * k && scale.len() == n;
        if fits { Ok(Self { k, n, data, scale }) } else { Err(ModelError::Shape) }
    }

    /// Numbers in a result: n, rounded up.
    pub(crate) fn room(&self) -> usize {
        self.n.div_ceil(GROUP) * GROUP
    }

    /// `out = x · w`; `out` has [`Self::room`] numbers.
    pub(crate) fn product(&self, level: Level, x: &[i16], out: &mut [i32]) {
        assert!(x.len() == self.k && out.len() == self.room(), "sizes differ");
        for (group, out) in self.data.chunks_exact((GROUP * self.k).max(1)).zip(out.chunks_exact_mut(GROUP)) {
            match level {
                Level::Portable => portable(group, x, out),
                #[cfg(target_arch = "x86_64")]
                // SAFETY: `Level::Avx2` is made only where the processor has it; lengths were checked above.
                Level::Avx2 => unsafe { wide(group, x, out) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: `Level::Avx512` is made only where the processor has it; lengths were checked above.
                Level::Avx512 => unsafe { wider(group, x, out) },
            }
        }
    }
}

fn portable(group: &[i8], x: &[i16], out: &mut [i32]) {
    out.fill(0);
    for (pair, line) in x.chunks_exact(2).zip(group.chunks_exact(2 * GROUP)) {
        let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
        for (sum, w) in out.iter_mut().zip(line.chunks_exact(2)) {
            *sum += a * i32::from(w[0]) + b * i32::from(w[1]);
        }
    }
}

/// # Safety
/// AVX2 must be there, `group` hold `x.len()` rows, `out` 128 numbers, and `x.len()` be even.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn wide(group: &[i8], x: &[i16], out: &mut [i32]) {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256,
    };
    const PART: usize = 8;
    for part in 0..GROUP / 8 / PART {
        let mut acc = [_mm256_setzero_si256(); PART];
        // SAFETY: all reads and writes are within the lengths the caller promises.
        unsafe {
            for q in 0..x.len() / 2 {
                let pair = _mm256_set1_epi32(x.as_ptr().add(2 * q).cast::<i32>().read_unaligned());
                let line = group.as_ptr().add(q * 2 * GROUP + part * PART * 16);
                for (c, sum) in acc.iter_mut().enumerate() {
                    let w = _mm256_cvtepi8_epi16(_mm_loadu_si128(line.add(c * 16).cast::<__m128i>()));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pair, w));
                }
            }
            for (c, sum) in acc.iter().enumerate() {
                _mm256_storeu_si256(out.as_mut_ptr().add((part * PART + c) * 8).cast::<__m256i>(), *sum);
            }
        }
    }
}

/// # Safety
/// AVX-512 F, BW and VNNI must be there, `group` hold `x.len()` rows, `out` 128 numbers, and `x.len()` be even.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn wider(group: &[i8], x: &[i16], out: &mut [i32]) {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_loadu_si256, _mm512_cvtepi8_epi16, _mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512,
    };
    let mut acc = [_mm512_setzero_si512(); GROUP / 16];
    // SAFETY: all reads and writes are within the lengths the caller promises.
    unsafe {
        for q in 0..x.len() / 2 {
            let pair = _mm512_set1_epi32(x.as_ptr().add(2 * q).cast::<i32>().read_unaligned());
            let line = group.as_ptr().add(q * 2 * GROUP);
            for (c, sum) in acc.iter_mut().enumerate() {
                let w = _mm512_cvtepi8_epi16(_mm256_loadu_si256(line.add(c * 32).cast::<__m256i>()));
                *sum = _mm512_dpwssd_epi32(*sum, pair, w);
            }
        }
        for (c, sum) in acc.iter().enumerate() {
            _mm512_storeu_si512(out.as_mut_ptr().add(c * 16).cast::<__m512i>(), *sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_same_sums() {
        for (k, n) in [(2, 1), (32, 130), (96, 288)] {
            let w: Vec<f32> = (0..k * n).map(|i| ((i * 37 % 101) as f32 - 50.0) / 170.0).collect();
            let matrix = Recurrent::quantise(&w, k, n, 1.0 / 4096.0);
            let x: Vec<i16> = (0..k).map(|i| (i * 977 % 8192) as i16 - 4096).collect();
            let mut a = vec![0; matrix.room()];
            matrix.product(Level::Portable, &x, &mut a);
            for level in Level::all() {
                let mut b = vec![7; matrix.room()];
                matrix.product(level, &x, &mut b);
                assert_eq!(a, b, "{level:?}");
            }
            for j in 0..n {
                let exact: f32 = (0..k).map(|q| f32::from(x[q]) / 4096.0 * w[q * n + j]).sum();
                assert!((a[j] as f32 * matrix.scale[j] - exact).abs() < 0.06);
            }
        }
    }
}
