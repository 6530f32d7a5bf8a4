//! Quantising the trained network and writing the model file.

use super::layout::Layout;
use crate::language::neural::{HEAD_ONE, Lemmas, Linear, Recurrent, STATE_ONE, Script, Table, WORD_LIMIT, WORD_ONE, Writer};
use crate::language::{Feats, Upos};

/// What a model file is made of.
pub(super) struct Parts<'a> {
    pub(super) layout: &'a Layout,
    pub(super) all: &'a [f32],
    /// Feature keys with their rows.
    pub(super) keys: &'a [(u64, u32)],
    pub(super) table: &'a [f32],
    pub(super) classes: &'a [(Upos, Feats)],
    pub(super) lemmas: &'a (Vec<(u64, u32)>, Vec<Script>),
}

/// The bytes of the model file.
pub(super) fn export(parts: &Parts<'_>) -> Vec<u8> {
    let (layout, all, dims) = (parts.layout, parts.all, parts.layout.dims);
    let mut out = Writer::new();
    out.number(dims.emb);
    out.number(dims.hid);
    Table::write(parts.keys, &mut out);
    let scales: Vec<f32> = parts.table.chunks_exact(dims.emb).map(|row| row.iter().fold(1e-9f32, |m, x| m.max(x.abs())) / 127.0).collect();
    let mut rows = Vec::with_capacity(parts.table.len());
    for (row, scale) in parts.table.chunks_exact(dims.emb).zip(&scales) {
        rows.extend(row.iter().map(|x| (x / scale).round() as i8 as u8));
    }
    out.floats(&scales);
    out.bytes(&rows, 1);
    out.number(layout.layers.len());
    for (l, at) in layout.layers.iter().enumerate() {
        let (one, limit) = if l == 0 { (WORD_ONE, WORD_LIMIT as i32) } else { (STATE_ONE, STATE_ONE as i32) };
        let h = dims.hid;
        Linear::quantise(at.input.of(all), at.bias.of(all), at.input.rows, 6 * h, 1.0 / one, limit).write(&mut out);
        for again in &at.again {
            Recurrent::quantise(again.of(all), h, 3 * h, 1.0 / STATE_ONE).write(&mut out);
        }
    }
    for n in [dims.arc, dims.rel, dims.tag] {
        out.number(n);
    }
    Linear::quantise(layout.mid.of(all), layout.mid_bias.of(all), 2 * dims.hid, dims.mid(), 1.0 / STATE_ONE, STATE_ONE as i32)
        .write(&mut out);
    let heads = [
        (layout.arc, None),
        (layout.rel, Some(layout.rel_bias)),
        (layout.upos, Some(layout.upos_bias)),
        (layout.class, Some(layout.class_bias)),
    ];
    for (w, b) in heads {
        Linear::quantise(w.of(all), b.as_ref().map_or(&[], |b| b.of(all)), w.rows, w.cols, 1.0 / HEAD_ONE, 4096).write(&mut out);
    }
    let short = |x: &f32| (x * HEAD_ONE).round().clamp(-4095.0, 4095.0) as i16;
    out.shorts(&layout.arc_root.of(all).iter().map(short).collect::<Vec<_>>());
    out.shorts(&layout.arc_bias.of(all).iter().map(short).collect::<Vec<_>>());
    out.longs(&layout.distance.of(all).iter().map(|x| ((x * HEAD_ONE * HEAD_ONE).round() as i32).cast_unsigned()).collect::<Vec<_>>());
    out.floats(layout.rel_root.of(all));
    out.longs(&parts.classes.iter().flat_map(|(u, f)| [*u as u32, f.0]).collect::<Vec<_>>());
    Lemmas::write(&parts.lemmas.0, &parts.lemmas.1, &mut out);
    out.0
}
