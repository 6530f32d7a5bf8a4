//! Work shared among threads with one result whatever their number.

use rayon::prelude::*;

/// Splits `0..n` into at most `most` runs of equal length, works on each apart, and adds up the runs' vectors of
/// length `width` in the order of the runs, so that rounding does not depend on the number of threads.
pub(crate) fn sum_in_order(n: usize, most: usize, width: usize, work: impl Fn(std::ops::Range<usize>) -> Vec<f64> + Sync) -> Vec<f64> {
    let mut total = vec![0.0; width];
    for part in runs(n, most, work) {
        for (sum, x) in total.iter_mut().zip(part) {
            *sum += x;
        }
    }
    total
}

/// Splits `0..n` into at most `most` runs of equal length, works on each apart, and gives the results in order.
pub(crate) fn runs<T: Send>(n: usize, most: usize, work: impl Fn(std::ops::Range<usize>) -> T + Sync) -> Vec<T> {
    let length = n.div_ceil(most.max(1)).max(1);
    (0..n.div_ceil(length)).into_par_iter().map(|i| work(i * length..((i + 1) * length).min(n))).collect()
}

/// `work` of each of `0..n`, in order.
pub(crate) fn each<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..n).into_par_iter().map(work).collect()
}
