//! PDF of a scene: one page of its size, lines and shapes as vectors, text as text in the crate's own font, so that it can
//! be searched and copied.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::layout::Point;
use super::png::start;
use super::scene::{Item, Scene, Segment};
use super::style::Color;
use super::typeset;

const IDENTITY: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Writes it. There is no date in it, neither the clock's nor another.
///
/// # Errors
/// What the sink answers.
pub fn write(scene: &Scene, sink: &mut dyn Write) -> io::Result<()> {
    let mut next = 0;
    let mut id = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, pages, page, content, info) = (id(), id(), id(), id(), id());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    pdf.document_info(info).title(TextStr(&scene.title)).subject(TextStr(&scene.description)).creator(TextStr("suzerain"));
    let fonts = [(false, id()), (true, id())];
    let mut opacities: BTreeMap<u8, Ref> = BTreeMap::new();
    for item in &scene.items {
        if let Item::Path { opacity, .. } = item {
            opacities.entry(percent(*opacity)).or_insert_with(&mut id);
        }
    }
    {
        let mut page = pdf.page(page);
        page.parent(pages).media_box(Rect::new(0.0, 0.0, scene.width as f32, scene.height as f32)).contents(content);
        let mut resources = page.resources();
        let mut list = resources.fonts();
        for (bold, font) in &fonts {
            list.pair(Name(font_name(*bold)), *font);
        }
        list.finish();
        let mut states = resources.ext_g_states();
        for (percent, state) in &opacities {
            states.pair(Name(format!("O{percent}").as_bytes()), *state);
        }
    }
    for (percent, state) in &opacities {
        let share = f32::from(*percent) / 100.0;
        pdf.ext_graphics(*state).non_stroking_alpha(share).stroking_alpha(share);
    }
    for (bold, font) in fonts {
        write_font(&mut pdf, bold, font, &mut id);
    }
    let data = miniz_oxide::deflate::compress_to_vec_zlib(&drawn(scene), 6);
    pdf.stream(content, &data).filter(Filter::FlateDecode);
    sink.write_all(&pdf.finish())
}

const fn font_name(bold: bool) -> &'static [u8] {
    if bold { b"B" } else { b"R" }
}

fn percent(opacity: f64) -> u8 {
    (opacity.clamp(0.0, 1.0) * 100.0).round() as u8
}

fn write_font(pdf: &mut Pdf, bold: bool, font: Ref, id: &mut impl FnMut() -> Ref) {
    let (cid, descriptor, file, unicode) = (id(), id(), id(), id());
    let face = typeset::face(bold);
    let name = if bold { Name(b"Arimo-Bold") } else { Name(b"Arimo") };
    pdf.type0_font(font).base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(cid).to_unicode(unicode);
    let em = f32::from(face.units_per_em());
    let thousandth = |units: i16| f32::from(units) * 1000.0 / em;
    let widths = (0..face.number_of_glyphs()).map(|g| f32::from(face.glyph_hor_advance(ttf_parser::GlyphId(g)).unwrap_or(0)) * 1000.0 / em);
    let mut own = pdf.cid_font(cid);
    own.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY).font_descriptor(descriptor);
    own.default_width(1000.0).cid_to_gid_map_predefined(Name(b"Identity"));
    own.widths().consecutive(0, widths);
    own.finish();
    let bounds = face.global_bounding_box();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(thousandth(bounds.x_min), thousandth(bounds.y_min), thousandth(bounds.x_max), thousandth(bounds.y_max)))
        .italic_angle(0.0)
        .ascent(thousandth(face.ascender()))
        .descent(thousandth(face.descender()))
        .cap_height(thousandth(face.capital_height().unwrap_or(1409)))
        .stem_v(if bold { 140.0 } else { 90.0 })
        .font_file2(file);
    let bytes = if bold { typeset::BOLD } else { typeset::REGULAR };
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9);
    pdf.stream(file, &packed).filter(Filter::FlateDecode).pair(Name(b"Length1"), bytes.len() as i32);
    let mut map = UnicodeCmap::new(Name(b"Arimo"), IDENTITY);
    let mut seen = BTreeMap::new();
    for c in ('\u{20}'..='\u{FFFD}').filter(|c| !c.is_control()) {
        if let Some(glyph) = face.glyph_index(c) {
            seen.entry(glyph.0).or_insert(c);
        }
    }
    for (glyph, c) in seen {
        map.pair(glyph, c);
    }
    pdf.cmap(unicode, &map.finish());
}

fn drawn(scene: &Scene) -> Vec<u8> {
    let mut out = Content::new();
    let (width, height) = (scene.width as f32, scene.height as f32);
    fill(&mut out, scene.paper);
    out.rect(0.0, 0.0, width, height).fill_nonzero();
    let flip = |p: &Point| (p.x as f32, height - p.y as f32);
    for item in &scene.items {
        match item {
            Item::Path { course, fill: inside, stroke, opacity } => {
                out.set_parameters(Name(format!("O{}", percent(*opacity)).as_bytes()));
                if let Some(color) = inside {
                    fill(&mut out, *color);
                }
                if let Some(stroke) = stroke {
                    let [r, g, b] = parts(stroke.color);
                    out.set_stroke_rgb(r, g, b).set_line_width(stroke.width as f32);
                    out.set_dash_pattern(stroke.dashes.iter().map(|d| *d as f32), 0.0);
                }
                for segment in course {
                    match segment {
                        Segment::Move(p) => out.move_to(flip(p).0, flip(p).1),
                        Segment::Line(p) => out.line_to(flip(p).0, flip(p).1),
                        Segment::Curve(a, b, p) => out.cubic_to(flip(a).0, flip(a).1, flip(b).0, flip(b).1, flip(p).0, flip(p).1),
                        Segment::Close => out.close_path(),
                    };
                }
                match (inside.is_some(), stroke.is_some()) {
                    (true, true) => out.fill_nonzero_and_stroke(),
                    (true, false) => out.fill_nonzero(),
                    (false, true) => out.stroke(),
                    (false, false) => out.end_path(),
                };
            }
            Item::Text { at, text, size, bold, color, anchor } => {
                let face = typeset::face(*bold);
                let mut glyphs = Vec::new();
                for c in typeset::visual(text).chars().filter(|c| !c.is_control()) {
                    glyphs.extend_from_slice(&face.glyph_index(c).map_or(0, |g| g.0).to_be_bytes());
                }
                let x = start(text, *at, *size, *bold, *anchor) as f32;
                fill(&mut out, *color);
                out.begin_text().set_font(Name(font_name(*bold)), *size as f32);
                out.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, height - at.y as f32]).show(Str(&glyphs)).end_text();
            }
            Item::Open { .. } | Item::Close => {}
        }
    }
    out.finish().into_vec()
}

fn parts(color: Color) -> [f32; 3] {
    [color.0, color.1, color.2].map(|part| f32::from(part) / 255.0)
}

fn fill(out: &mut Content, color: Color) {
    let [r, g, b] = parts(color);
    out.set_fill_rgb(r, g, b);
}
