//! The model file: little-endian numbers and arrays, each array led by its length. Weights are copied (about a
//! megabyte); the big tables of word vectors, keys and lemma rules stay where they are and are read in place.

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// They do not begin as a model of this version does.
    #[error("not a language model of this version (expected it to begin with `SUZLANG1`)")]
    Magic,
    /// They end too early.
    #[error("the language model ends early: {needed} bytes expected at offset {at}")]
    Short {
        /// Where reading stood.
        at: usize,
        /// How many bytes were wanted.
        needed: usize,
    },
    /// Parts do not fit each other.
    #[error("the language model's parts do not fit each other")]
    Shape,
}

/// First bytes of a model.
pub(crate) const MAGIC: &[u8; 8] = b"SUZLANG1";

/// Reads a model's parts in order.
pub(crate) struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    pub(crate) fn new(bytes: &'static [u8]) -> Result<Self, ModelError> {
        if bytes.starts_with(MAGIC) { Ok(Self { bytes, at: MAGIC.len() }) } else { Err(ModelError::Magic) }
    }

    fn take(&mut self, needed: usize) -> Result<&'static [u8], ModelError> {
        let part = self.at.checked_add(needed).and_then(|stop| self.bytes.get(self.at..stop));
        let part = part.ok_or(ModelError::Short { at: self.at, needed })?;
        self.at += needed;
        Ok(part)
    }

    pub(crate) fn number(&mut self) -> Result<usize, ModelError> {
        let b = self.take(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    }

    /// An array of `size`-byte elements, in place.
    pub(crate) fn array(&mut self, size: usize) -> Result<&'static [u8], ModelError> {
        let count = self.number()?;
        self.take(count.checked_mul(size).ok_or(ModelError::Shape)?)
    }

    pub(crate) fn shorts(&mut self) -> Result<Vec<i16>, ModelError> {
        Ok(self.array(2)?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
    }

    pub(crate) fn longs(&mut self) -> Result<Vec<u32>, ModelError> {
        Ok(self.array(4)?.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    pub(crate) fn floats(&mut self) -> Result<Vec<f32>, ModelError> {
        Ok(self.array(4)?.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }
}

/// Writes a model's parts in order.
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn new() -> Self {
        Self(MAGIC.to_vec())
    }

    pub(crate) fn number(&mut self, n: usize) {
        self.0.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8], size: usize) {
        self.number(bytes.len() / size);
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn shorts(&mut self, all: &[i16]) {
        self.bytes(&all.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>(), 2);
    }

    pub(crate) fn longs(&mut self, all: &[u32]) {
        self.bytes(&all.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>(), 4);
    }

    pub(crate) fn floats(&mut self, all: &[f32]) {
        self.bytes(&all.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>(), 4);
    }
}

/// A table from 64-bit keys to numbers, in place: open addressing, 12 bytes a slot, key 0 = empty.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    slots: &'static [u8],
    mask: usize,
}

const SLOT: usize = 12;

impl Table {
    pub(crate) fn read(from: &mut Reader) -> Result<Self, ModelError> {
        let slots = from.array(SLOT)?;
        let count = slots.len() / SLOT;
        if count.is_power_of_two() { Ok(Self { slots, mask: count - 1 }) } else { Err(ModelError::Shape) }
    }

    /// Writes the entries (no key twice, none 0) at most two thirds full.
    pub(crate) fn write(entries: &[(u64, u32)], out: &mut Writer) {
        let count = (entries.len() * 3 / 2 + 1).next_power_of_two();
        let mut slots = vec![0u8; count * SLOT];
        for &(key, value) in entries {
            let mut at = key as usize & (count - 1);
            while slots[at * SLOT..at * SLOT + 8] != [0; 8] {
                at = (at + 1) & (count - 1);
            }
            slots[at * SLOT..at * SLOT + 8].copy_from_slice(&key.to_le_bytes());
            slots[at * SLOT + 8..(at + 1) * SLOT].copy_from_slice(&value.to_le_bytes());
        }
        out.bytes(&slots, SLOT);
    }

    /// The number of a key. Constant time on average.
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        let mut at = key as usize & self.mask;
        for _ in 0..=self.mask {
            let slot = &self.slots[at * SLOT..(at + 1) * SLOT];
            let own = u64::from_le_bytes([slot[0], slot[1], slot[2], slot[3], slot[4], slot[5], slot[6], slot[7]]);
            if own == key {
                return Some(u32::from_le_bytes([slot[8], slot[9], slot[10], slot[11]]));
            }
            if own == 0 {
                return None;
            }
            at = (at + 1) & self.mask;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_finds_what_was_put_in_and_nothing_else() {
        let entries: Vec<(u64, u32)> = (1..500u32).map(|i| (u64::from(i) * 64, i)).collect();
        let mut out = Writer::new();
        Table::write(&entries, &mut out);
        let table = Table::read(&mut Reader::new(out.0.leak()).unwrap()).unwrap();
        for (key, value) in entries {
            assert_eq!(table.get(key), Some(value));
            assert_eq!(table.get(key + 1), None);
        }
    }

    #[test]
    fn cut_or_foreign_bytes_are_refused() {
        assert!(matches!(Reader::new(b"nothing"), Err(ModelError::Magic)));
        let mut reader = Reader::new(b"SUZLANG1\xff\xff\xff\x7f..").unwrap();
        assert_eq!(reader.shorts().unwrap_err(), ModelError::Short { at: 12, needed: 0x7fff_ffff * 2 });
    }
}
