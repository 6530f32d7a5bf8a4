//! Measures and breaks text with the font that PNG and PDF are drawn in.

use std::sync::LazyLock;

use ttf_parser::Face;

/// The regular weight.
pub static REGULAR: &[u8] = include_bytes!("font/arimo-regular.ttf");
/// The bold weight.
pub static BOLD: &[u8] = include_bytes!("font/arimo-bold.ttf");

/// Font families of the same widths, best first, for SVG and HTML.
pub const FAMILY: &str = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif";

static REGULAR_FACE: LazyLock<Face<'static>> = LazyLock::new(|| Face::parse(REGULAR, 0).expect("the font of this crate is one"));
static BOLD_FACE: LazyLock<Face<'static>> = LazyLock::new(|| Face::parse(BOLD, 0).expect("the font of this crate is one"));

/// The face of a weight.
#[must_use]
pub fn face(bold: bool) -> &'static Face<'static> {
    if bold { &BOLD_FACE } else { &REGULAR_FACE }
}

/// Height of a line in sizes.
pub const LINE: f64 = 1.18;

/// Width of one line of text in units of the picture. What the font lacks is taken for one size wide.
#[must_use]
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let face = face(bold);
    let em = f64::from(face.units_per_em());
    let sum: f64 = text
        .chars()
        .map(|c| match face.glyph_index(c).and_then(|g| face.glyph_hor_advance(g)) {
            Some(advance) => f64::from(advance),
            None if c.is_control() => 0.0,
            None => em,
        })
        .sum();
    sum * size / em
}

/// Cuts a text to a width, with an ellipsis where something is lost.
#[must_use]
pub fn cut(text: &str, most: f64, size: f64, bold: bool) -> String {
    if width(text, size, bold) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if width(&out, size, bold) + width("…", size, bold) > most {
            out.pop();
            break;
        }
    }
    format!("{}…", out.trim_end())
}

/// Breaks a text into at most `lines` lines of at most `most` units, as even as they come; what does not fit ends in
/// an ellipsis. Breaks at spaces and after hyphens and slashes. There is always at least one line.
#[must_use]
pub fn wrap(text: &str, most: f64, lines: usize, size: f64, bold: bool) -> Vec<String> {
    // Nobody reads a label of more than this: what is longer is cut before it is measured.
    let shown = text.chars().filter(|c| !turns(*c));
    let text: String = shown.map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).take(4000).collect();
    let words: Vec<String> = words(&text).into_iter().flat_map(|word| pieces(word, most, size, bold)).collect();
    if words.is_empty() {
        return vec![String::new()];
    }
    let whole: f64 = width(text.trim(), size, bold);
    let need = (whole / most).ceil().clamp(1.0, lines.max(1) as f64);
    // Even lines: the narrowest column that still takes no more lines than the full width does.
    let full = broken(&words, most, size, bold);
    let mut best = full.clone();
    let mut column = whole / need;
    while column < most {
        let tried = broken(&words, column, size, bold);
        if tried.len() <= full.len() && tried.iter().all(|l| width(l, size, bold) <= most) {
            best = tried;
            break;
        }
        column *= 1.06;
    }
    if best.len() > lines {
        let rest = best.split_off(lines.saturating_sub(1)).join(" ");
        best.push(cut(&format!("{rest} "), most, size, bold));
    }
    best.iter().map(|line| cut(line, most, size, bold)).collect()
}

/// Whether a character changes the direction of what follows; in a label it would only mislead.
const fn turns(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A word that is wider than a line, cut into pieces that are not.
fn pieces(word: String, most: f64, size: f64, bold: bool) -> Vec<String> {
    if width(word.trim_end(), size, bold) <= most {
        return vec![word];
    }
    let mut out = vec![String::new()];
    let mut wide = 0.0;
    for c in word.chars() {
        let own = width(c.encode_utf8(&mut [0; 4]), size, bold);
        if wide + own > most && wide > 0.0 && c != ' ' {
            out.push(String::new());
            wide = 0.0;
        }
        wide += own;
        if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out
}

/// Greedy lines of a column.
fn broken(words: &[String], column: f64, size: f64, bold: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(&format!("{line}{}", word.trim_end()), size, bold) <= column + 0.01 => line.push_str(word),
            _ => lines.push(word.clone()),
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Pieces that a line may end after, their spaces kept.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current = String::new();
    for c in text.trim().chars() {
        current.push(c);
        if matches!(c, ' ' | '-' | '–' | '/') {
            out.push(std::mem::take(&mut current));
        }
    }
    if !current.is_empty() {
        out.push(current);
    }
    out
}

/// Whether a character belongs to a script written from right to left.
const fn right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// The characters of a line in the order in which they stand on paper, for PNG and PDF: runs from right to left are turned
/// round. Good for names; no full bidirectional algorithm.
#[must_use]
pub fn visual(text: &str) -> String {
    if !text.chars().any(right_to_left) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        if !right_to_left(chars[i]) {
            out.push(chars[i]);
            i += 1;
            continue;
        }
        let mut stop = i;
        for (j, c) in chars.iter().enumerate().skip(i) {
            if right_to_left(*c) {
                stop = j + 1;
            } else if *c != ' ' {
                break;
            }
        }
        out.extend(chars[i..stop].iter().rev());
        i = stop;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_even_and_fit() {
        let lines = wrap("Baku–Tbilisi–Ceyhan pipeline", 100.0, 3, 12.0, false);
        assert_eq!(lines, ["Baku–Tbilisi–", "Ceyhan pipeline"]);
        assert_eq!(wrap("Iran", 100.0, 3, 12.0, true), ["Iran"]);
        assert_eq!(wrap("", 100.0, 3, 12.0, true), [""]);
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let lines = wrap(&"word ".repeat(2000), 90.0, 3, 12.0, false);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…'));
        assert!(lines.iter().all(|l| width(l, 12.0, false) <= 90.01));
        assert!(wrap(&"x".repeat(10_000), 90.0, 2, 12.0, false)[1].ends_with('…'));
        assert_eq!(wrap("a\u{202E}b", 90.0, 2, 12.0, false), ["ab"]);
    }
}
