//! Single-precision matrix product for training: the right factor is packed into panels of sixteen columns, the left one
//! is read with any strides (so that transposed products need no copy).
//!
//! The micro-kernel is the register-blocked one of Goto and van de Geijn, *Anatomy of High-Performance Matrix
//! Multiplication* (2008), without the outer cache blocking, which matrices of this size do not need.

const WIDE: usize = 16;
const TALL: usize = 6;

/// A right factor, k × n, laid out for [`gemm`].
#[derive(Default)]
pub(super) struct Packed {
    k: usize,
    n: usize,
    data: Vec<f32>,
}

impl Packed {
    /// Packs the k × n matrix whose element (i, j) is `b[i * row + j * column]`.
    pub(super) fn new(b: &[f32], row: usize, column: usize, k: usize, n: usize) -> Self {
        let panels = n.div_ceil(WIDE);
        let mut data = vec![0.0; panels * k * WIDE];
        for (p, panel) in data.chunks_exact_mut((k * WIDE).max(1)).enumerate() {
            let first = p * WIDE;
            let count = WIDE.min(n - first);
            for (i, line) in panel.chunks_exact_mut(WIDE).enumerate() {
                if column == 1 {
                    line[..count].copy_from_slice(&b[i * row + first..i * row + first + count]);
                } else {
                    for (j, x) in line[..count].iter_mut().enumerate() {
                        *x = b[i * row + (first + j) * column];
                    }
                }
            }
        }
        Self { k, n, data }
    }
}

/// The left factor: element (i, p) is `data[i * row + p * column]`.
#[derive(Clone, Copy)]
pub(super) struct Left<'a> {
    pub(super) data: &'a [f32],
    pub(super) row: usize,
    pub(super) column: usize,
}

/// `c += a · b`, where `a` is m × k and row `i` of `c` starts at `c[i * stride]`.
pub(super) fn gemm(a: Left<'_>, m: usize, b: &Packed, c: &mut [f32], stride: usize) {
    if m == 0 || b.k == 0 || b.n == 0 {
        return;
    }
    assert!((m - 1) * a.row + (b.k - 1) * a.column < a.data.len(), "left factor too short");
    assert!((m - 1) * stride + b.n <= c.len(), "result too short");
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
        // SAFETY: the processor has AVX2 and FMA, and the bounds were checked above.
        unsafe { wide::run(a, m, b, c, stride) };
        return;
    }
    portable(a, m, b, c, stride);
}

fn portable(a: Left<'_>, m: usize, b: &Packed, c: &mut [f32], stride: usize) {
    for (p, panel) in b.data.chunks_exact(b.k * WIDE).enumerate() {
        let count = WIDE.min(b.n - p * WIDE);
        for i in 0..m {
            let mut sum = [0.0f32; WIDE];
            for (q, line) in panel.chunks_exact(WIDE).enumerate() {
                let x = a.data[i * a.row + q * a.column];
                for j in 0..WIDE {
                    sum[j] += x * line[j];
                }
            }
            for (y, s) in c[i * stride + p * WIDE..][..count].iter_mut().zip(sum) {
                *y += s;
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{Left, Packed, TALL, WIDE};
    use std::arch::x86_64::{_mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps};

    /// # Safety
    /// AVX2 and FMA must be there and the factors long enough.
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn run(a: Left<'_>, m: usize, b: &Packed, c: &mut [f32], stride: usize) {
        for (p, panel) in b.data.chunks_exact(b.k * WIDE).enumerate() {
            let first = p * WIDE;
            let count = WIDE.min(b.n - first);
            let mut i = 0;
            while i < m {
                // SAFETY: passes on this function's own promise; `i` is below `m`.
                unsafe {
                    match m - i {
                        1 => block::<1>(a, i, panel, &mut c[i * stride + first..], stride, count),
                        2 => block::<2>(a, i, panel, &mut c[i * stride + first..], stride, count),
                        3 => block::<3>(a, i, panel, &mut c[i * stride + first..], stride, count),
                        4 => block::<4>(a, i, panel, &mut c[i * stride + first..], stride, count),
                        5 => block::<5>(a, i, panel, &mut c[i * stride + first..], stride, count),
                        _ => block::<TALL>(a, i, panel, &mut c[i * stride + first..], stride, count),
                    }
                }
                i += TALL;
            }
        }
    }

    #[target_feature(enable = "avx2,fma")]
    #[inline]
    unsafe fn block<const M: usize>(a: Left<'_>, i: usize, panel: &[f32], c: &mut [f32], stride: usize, count: usize) {
        // SAFETY: the caller promises rows i..i+M of the left factor and of the result.
        unsafe {
            let mut acc = [[_mm256_setzero_ps(); 2]; M];
            let left = a.data.as_ptr().add(i * a.row);
            for (q, line) in panel.chunks_exact(WIDE).enumerate() {
                let b0 = _mm256_loadu_ps(line.as_ptr());
                let b1 = _mm256_loadu_ps(line.as_ptr().add(8));
                for (r, sum) in acc.iter_mut().enumerate() {
                    let x = _mm256_set1_ps(*left.add(r * a.row + q * a.column));
                    sum[0] = _mm256_fmadd_ps(x, b0, sum[0]);
                    sum[1] = _mm256_fmadd_ps(x, b1, sum[1]);
                }
            }
            for (r, sum) in acc.iter().enumerate() {
                if count == WIDE {
                    let y = c.as_mut_ptr().add(r * stride);
                    _mm256_storeu_ps(y, _mm256_add_ps(_mm256_loadu_ps(y), sum[0]));
                    _mm256_storeu_ps(y.add(8), _mm256_add_ps(_mm256_loadu_ps(y.add(8)), sum[1]));
                } else {
                    let mut line = [0.0f32; WIDE];
                    _mm256_storeu_ps(line.as_mut_ptr(), sum[0]);
                    _mm256_storeu_ps(line.as_mut_ptr().add(8), sum[1]);
                    for (y, s) in c[r * stride..][..count].iter_mut().zip(line) {
                        *y += s;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_definition() {
        for (m, k, n) in [(1, 1, 1), (6, 3, 16), (7, 5, 17), (13, 40, 33)] {
            let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
            let b: Vec<f32> = (0..k * n).map(|i| (i % 5) as f32 - 2.0).collect();
            let mut c = vec![1.0; m * n];
            gemm(Left { data: &a, row: k, column: 1 }, m, &Packed::new(&b, n, 1, k, n), &mut c, n);
            let mut d = vec![1.0; m * n];
            portable(Left { data: &a, row: k, column: 1 }, m, &Packed::new(&b, n, 1, k, n), &mut d, n);
            for i in 0..m {
                for j in 0..n {
                    let sum: f32 = (0..k).map(|q| a[i * k + q] * b[q * n + j]).sum();
                    assert_eq!((c[i * n + j], d[i * n + j]), (sum + 1.0, sum + 1.0));
                }
            }
        }
    }
}
