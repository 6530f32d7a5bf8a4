//! Functions of single numbers made of additions, multiplications and divisions only, so that every machine computes
//! the same bits.

/// Hyperbolic tangent within 3e-7, for training: a quotient of two polynomials (those of the Eigen library).
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.9, 7.9);
    let y = x * x;
    let p = -2.760_768_5e-16;
    let p = p * y + 2.000_188e-13;
    let p = p * y + -8.604_672e-11;
    let p = p * y + 5.122_297e-8;
    let p = p * y + 1.485_722_4e-5;
    let p = p * y + 6.372_619e-4;
    let p = p * y + 4.893_525e-3;
    let q = 1.198_258_4e-6;
    let q = q * y + 1.185_347_1e-4;
    let q = q * y + 2.268_434_6e-3;
    let q = q * y + 4.893_525e-3;
    x * p / q
}

/// Numerator and denominator of the hyperbolic tangent within 1e-4 (half a unit of a state), for use: Lambert's continued
/// fraction. The denominator is between 1 and 30.
#[inline(always)]
pub(crate) fn tanh_parts(x: f32) -> (f32, f32) {
    let x = x.clamp(-4.97, 4.97);
    let y = x * x;
    let p = 1.0 + y * (1.282_051_3e-1 + y * (2.797_203e-3 + y * 7.400_007_3e-6));
    let q = 1.0 + y * (4.615_384_6e-1 + y * (2.331_002_3e-2 + y * 2.072_002_1e-4));
    (x * p, q)
}

/// The logistic function.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// Nearest whole number of `x` cut to ±`limit` (below 2^22), ties to even.
#[inline(always)]
pub(crate) fn whole(x: f32, limit: f32) -> i16 {
    const MAGIC: f32 = 12_582_912.0;
    (((x.clamp(-limit, limit) + MAGIC).to_bits() as i32) - MAGIC.to_bits() as i32) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_true_functions() {
        for i in -2000..2000 {
            let x = i as f32 / 150.0;
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "{x}");
            let (p, q) = tanh_parts(x);
            assert!((p / q - x.tanh()).abs() < 1.1e-4, "{x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "{x}");
            assert_eq!(i32::from(whole(x, 4096.0)), x.round_ties_even() as i32);
        }
        assert_eq!(whole(1e9, 4095.0), 4095);
    }
}
