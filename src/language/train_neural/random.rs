//! Random numbers that depend on the seed alone (xorshift64*, seeded through SplitMix64).

/// A generator.
#[derive(Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The generator of a seed and of what it is used for.
    pub(super) fn new(seed: u64, part: u64) -> Self {
        let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ part.wrapping_add(0x9e37_79b9).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((z ^ (z >> 31)) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Uniform in 0..1.
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Whether something of this probability happens.
    pub(super) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    /// Close to a standard normal: the sum of four uniform numbers.
    pub(super) fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// A dropout mask: 0 with the probability, else 1 / (1 − probability).
    pub(super) fn mask(&mut self, n: usize, probability: f32) -> Vec<f32> {
        let keep = 1.0 / (1.0 - probability);
        (0..n).map(|_| if probability > 0.0 && self.chance(probability) { 0.0 } else { keep }).collect()
    }
}
