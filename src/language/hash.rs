//! Hashes of features: stable over runs, machines and versions, since models are stored under them.

/// Joins a value to a hash; in this order: `mix(a, b)` is not `mix(b, a)`.
#[inline]
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    let joined = hash.wrapping_mul(0xA076_1D64_78BD_642F).wrapping_add(value).wrapping_add(0xE703_7ED1_A0B4_28DB);
    let product = (joined as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    (product >> 64) as u64 ^ (product as u64).rotate_left(29)
}

/// The hash of a string of bytes.
#[inline]
pub(crate) fn bytes(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(hash, u64::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7]]));
    }
    let mut rest = 0;
    for (shift, byte) in chunks.remainder().iter().enumerate() {
        rest |= u64::from(*byte) << (8 * shift);
    }
    finish(mix(hash, rest))
}

/// Spreads the bits of a hash that is to index a table.
#[inline]
pub(crate) const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    #[test]
    fn hashes_never_change() {
        assert_ne!(super::bytes(b"ab"), super::bytes(b"ba"));
        assert_ne!(super::bytes(b""), super::bytes(b"\0"));
        assert_ne!(super::mix(1, 2), super::mix(2, 1));
    }
}
