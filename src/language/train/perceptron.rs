//! The averaged perceptron (Collins, 2002) over sparse hashed features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::language::weights::{CLASSES, Rows};

/// Takes the low bits of keys that are hashes already.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Same>>;

#[derive(Clone, Copy)]
struct Entry {
    class: u8,
    weight: f32,
    total: f32,
    stamp: u32,
}

/// Weights in training.
#[derive(Default)]
pub(crate) struct Perceptron {
    rows: HashedMap<u32>,
    entries: Vec<Vec<Entry>>,
    step: u32,
    counts: Vec<u8>,
    rare: u8,
}

impl Perceptron {
    /// Weights for features that occur more than `rare` times; the others are never learnt from.
    pub(crate) fn new(rare: u8) -> Self {
        Self { rare, counts: vec![0; 1 << 25], ..Self::default() }
    }

    /// Counts the features of an example, in the first pass.
    pub(crate) fn count(&mut self, features: &[u64]) {
        for feature in features {
            let count = &mut self.counts[(*feature >> 39) as usize];
            *count = count.saturating_add(1);
        }
    }

    /// Adds the weights of the features to the scores.
    pub(crate) fn score(&self, features: &[u64], scores: &mut [f32; CLASSES]) {
        for feature in features {
            if let Some(row) = self.rows.get(feature) {
                for entry in &self.entries[*row as usize] {
                    scores[usize::from(entry.class)] += entry.weight;
                }
            }
        }
    }

    /// Counts one example seen.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Adds `delta` to the weight of `class` for each feature.
    pub(crate) fn update(&mut self, features: &[u64], class: usize, delta: f32) {
        for feature in features {
            if self.counts[(*feature >> 39) as usize] <= self.rare {
                continue;
            }
            let row = *self.rows.entry(*feature).or_insert_with(|| {
                self.entries.push(Vec::new());
                (self.entries.len() - 1) as u32
            });
            let row = &mut self.entries[row as usize];
            let class = class as u8;
            let entry = match row.iter_mut().position(|e| e.class == class) {
                Some(at) => &mut row[at],
                None => {
                    row.push(Entry { class, weight: 0.0, total: 0.0, stamp: self.step });
                    row.last_mut().expect("just pushed")
                }
            };
            entry.total += entry.weight * (self.step - entry.stamp) as f32;
            entry.stamp = self.step;
            entry.weight += delta;
        }
    }

    /// Puts the averages in place of the weights; training is over then.
    pub(crate) fn average(&mut self) {
        let step = self.step;
        for entry in self.entries.iter_mut().flatten() {
            entry.total += entry.weight * (step - entry.stamp) as f32;
            entry.stamp = step;
            entry.weight = entry.total / step as f32;
            entry.total = entry.weight * step as f32;
        }
    }

    /// The averaged weights in steps of `coarse`. Weights that round to nothing fall away, and the smallest ones until no more than `budget` are left.
    pub(crate) fn quantise(self, budget: usize, coarse: f32) -> (Rows, String) {
        let step = self.step;
        let average = |e: &Entry| (e.total + e.weight * (step - e.stamp) as f32) / step as f32;
        let mut sizes: Vec<f32> = self.entries.iter().flatten().map(|e| average(e).abs()).collect();
        let total = sizes.len();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        let scale = 1.0 / coarse;
        let floor = sizes.get(budget).copied().unwrap_or(0.0).max(0.5 / scale);
        let kept = sizes.iter().take_while(|s| **s > floor).count();
        let note = format!(
            "{} features, {total} weights, {kept} kept, largest {:.2}, step {:.4}, floor {floor:.4}",
            self.rows.len(),
            sizes.first().copied().unwrap_or(0.0),
            1.0 / scale
        );
        let mut rows: Vec<(u64, u32)> = self.rows.iter().map(|(feature, row)| (*feature, *row)).collect();
        rows.sort_unstable();
        let features = rows
            .into_iter()
            .map(|(feature, row)| {
                let mut pairs: Vec<(u8, i16)> = self.entries[row as usize]
                    .iter()
                    .filter(|e| average(e).abs() > floor)
                    .map(|e| (e.class, (average(e) * scale).round().clamp(-2032.0, 2032.0) as i16))
                    .collect();
                pairs.sort_unstable();
                (feature, pairs)
            })
            .collect();
        (features, note)
    }
}

/// A small deterministic generator (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below one.
    pub(crate) fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Puts a list in random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
