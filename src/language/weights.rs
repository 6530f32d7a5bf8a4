//! Weights of a linear model, packed so that they are used as they lie in the file: nothing is parsed at load.
//!
//! A table is two numbers (`u32`, little endian: binary logarithm of the number of buckets, length of the records), then
//! where each bucket begins, then the records of all buckets one after the other. A record is the low 16 bits of the
//! feature's hash, the number of classes that it speaks for (its top bit says that the weights count sixteenfold), and a
//! class and an 8-bit weight for each.

use std::borrow::Cow;

/// A file that is no model of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("language model: {what} at byte {at}")]
pub struct ModelError {
    /// What is wrong.
    pub what: &'static str,
    /// Where.
    pub at: usize,
}

/// The bytes of a model, and small readers over them.
#[derive(Debug, Clone)]
pub(crate) struct Bytes(pub(crate) Cow<'static, [u8]>);

impl Bytes {
    #[inline]
    pub(crate) fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at + 4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}

/// Where a table of weights lies in the model's bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights {
    shift: u32,
    starts: usize,
    records: usize,
    stop: usize,
}

impl Weights {
    /// Finds the table whose head is at `at`.
    pub(crate) fn open(bytes: &Bytes, at: usize) -> Result<Self, ModelError> {
        let word = |n: usize| bytes.u32(at + 4 * n).ok_or(ModelError { what: "table cut short", at });
        let (bits, length) = (word(0)?, word(1)? as usize);
        if bits == 0 || bits > 26 {
            return Err(ModelError { what: "table of an impossible size", at });
        }
        let starts = at + 8;
        let records = starts + 4 * ((1usize << bits) + 1);
        let stop = records + length;
        if stop > bytes.0.len() || bytes.u32(records - 4) != Some(length as u32) {
            return Err(ModelError { what: "table cut short", at });
        }
        Ok(Self { shift: 64 - bits, starts, records, stop })
    }

    /// Adds the weights of features to the scores of the classes. Expected constant time for each.
    ///
    /// Buckets lie anywhere in a table much larger than the caches: all are looked up before the first is read, so that
    /// they are waited for together.
    #[inline]
    pub(crate) fn add<const N: usize>(&self, bytes: &Bytes, features: &[u64; N], scores: &mut [i32; CLASSES]) {
        let table = &bytes.0[..self.stop];
        let mut buckets = [(0usize, 0usize, 0u16); N];
        for (bucket, feature) in buckets.iter_mut().zip(features) {
            let head = self.starts + 4 * (feature >> self.shift) as usize;
            let Some([a, b, c, d, e, f, g, h]) = table.get(head..head + 8).and_then(|heads| <[u8; 8]>::try_from(heads).ok()) else {
                continue;
            };
            *bucket = (self.records + u32::from_le_bytes([a, b, c, d]) as usize, self.records + u32::from_le_bytes([e, f, g, h]) as usize, 0);
        }
        for (from, to, print) in &mut buckets {
            if let (true, Some([low, high])) = (*from < *to, table.get(*from..*from + 2)) {
                *print = u16::from_le_bytes([*low, *high]);
            }
        }
        for ((from, to, first), feature) in buckets.iter().zip(features) {
            let (mut at, mut print) = (*from, *first);
            while at + 3 <= *to {
                let Some([_, _, count]) = table.get(at..at + 3) else { break };
                let stop = at + 3 + 2 * usize::from(*count & 127);
                if print == *feature as u16 {
                    let scale = if *count & 128 == 0 { 1 } else { COARSE };
                    for pair in table.get(at + 3..stop).unwrap_or_default().chunks_exact(2) {
                        scores[usize::from(pair[0] & 127)] += scale * i32::from(pair[1].cast_signed());
                    }
                    break;
                }
                at = stop;
                print = table.get(at..at + 2).map_or(0, |print| u16::from_le_bytes([print[0], print[1]]));
            }
        }
    }
}

/// Classes a table can tell apart.
pub(crate) const CLASSES: usize = 128;

/// What the weights of a feature with large ones count.
pub(crate) const COARSE: i32 = 16;

/// Features with the weights that they give classes.
pub(crate) type Rows = Vec<(u64, Vec<(u8, i16)>)>;

/// Packs features and their (class, weight) pairs into a table, appended to `out`.
pub(crate) fn pack(mut features: Rows, out: &mut Vec<u8>) {
    features.retain(|(_, pairs)| !pairs.is_empty());
    features.sort_unstable_by_key(|(feature, _)| *feature);
    let bits = features.len().max(4).next_power_of_two().trailing_zeros() - 1;
    let mut starts = vec![0u32; (1 << bits) + 1];
    let mut records = Vec::new();
    let mut bucket = 0;
    for (feature, pairs) in &features {
        let own = (feature >> (64 - bits)) as usize;
        while bucket < own {
            bucket += 1;
            starts[bucket] = records.len() as u32;
        }
        records.extend_from_slice(&(*feature as u16).to_le_bytes());
        let coarse = pairs.iter().any(|(_, weight)| weight.unsigned_abs() > 127);
        records.push(pairs.len().min(127) as u8 | if coarse { 128 } else { 0 });
        for (class, weight) in pairs.iter().take(127) {
            let weight = if coarse { (f32::from(*weight) / COARSE as f32).round() as i16 } else { *weight };
            records.extend_from_slice(&[*class, (weight.clamp(-127, 127) as i8).cast_unsigned()]);
        }
    }
    for start in &mut starts[bucket + 1..] {
        *start = records.len() as u32;
    }
    out.extend_from_slice(&bits.to_le_bytes());
    out.extend_from_slice(&(records.len() as u32).to_le_bytes());
    for start in starts {
        out.extend_from_slice(&start.to_le_bytes());
    }
    out.extend_from_slice(&records);
}

/// Where a map from hashes to numbers lies: `u32` bits of size, then slots of a 32-bit print (0: empty) and a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Map {
    bits: u32,
    slots: usize,
}

impl Map {
    /// Finds the map whose head is at `at`.
    pub(crate) fn open(bytes: &Bytes, at: usize) -> Result<Self, ModelError> {
        let bits = bytes.u32(at).ok_or(ModelError { what: "map cut short", at })?;
        if bits == 0 || bits > 26 || at + 4 + (8 << bits) > bytes.0.len() {
            return Err(ModelError { what: "map cut short", at });
        }
        Ok(Self { bits, slots: at + 4 })
    }

    /// The value stored for a hash. Expected constant time.
    #[inline]
    pub(crate) fn get(&self, bytes: &Bytes, key: u64) -> Option<u32> {
        let mask = (1usize << self.bits) - 1;
        let mut slot = (key >> (64 - self.bits)) as usize;
        for _ in 0..=mask {
            let at = self.slots + 8 * slot;
            match bytes.u32(at)? {
                0 => return None,
                print if print == key as u32 | 1 => return bytes.u32(at + 4),
                _ => slot = (slot + 1) & mask,
            }
        }
        None
    }
}

/// Packs a map, appended to `out`. Of two keys with the same print in a run the first given wins.
pub(crate) fn pack_map(entries: &[(u64, u32)], out: &mut Vec<u8>) {
    let bits = (entries.len().max(2) * 3 / 2).next_power_of_two().trailing_zeros();
    let mask = (1usize << bits) - 1;
    let mut slots = vec![(0u32, 0u32); mask + 1];
    for (key, value) in entries {
        let mut slot = (key >> (64 - bits)) as usize;
        while slots[slot].0 != 0 && slots[slot].0 != *key as u32 | 1 {
            slot = (slot + 1) & mask;
        }
        if slots[slot].0 == 0 {
            slots[slot] = (*key as u32 | 1, *value);
        }
    }
    out.extend_from_slice(&bits.to_le_bytes());
    for (print, value) in slots {
        out.extend_from_slice(&print.to_le_bytes());
        out.extend_from_slice(&value.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::hash;

    #[test]
    fn what_is_packed_is_found() {
        let features: Vec<_> = (0..1000u64).map(|n| (hash::finish(n + 1), vec![(n as u8 % 90, (n % 100) as i16), (100, -3)])).collect();
        let mut out = vec![7; 3];
        pack(features.clone(), &mut out);
        let bytes = Bytes(out.into());
        let weights = Weights::open(&bytes, 3).unwrap();
        for (feature, pairs) in features {
            let mut scores = [0; CLASSES];
            weights.add(&bytes, &[feature], &mut scores);
            assert_eq!((scores[usize::from(pairs[0].0)], scores[100]), (i32::from(pairs[0].1), -3));
        }
        assert!(Weights::open(&bytes, bytes.0.len() - 5).is_err());
    }

    #[test]
    fn maps() {
        let entries: Vec<_> = (0..500u64).map(|n| (hash::finish(n + 9), n as u32)).collect();
        let mut out = Vec::new();
        pack_map(&entries, &mut out);
        let bytes = Bytes(out.into());
        let map = Map::open(&bytes, 0).unwrap();
        assert!(entries.iter().all(|(key, value)| map.get(&bytes, *key) == Some(*value)));
        assert_eq!(map.get(&bytes, hash::finish(100_000)), None);
    }
}
