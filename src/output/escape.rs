//! Text into each format: every string reaches an output only through the escaper of that output.

use std::fmt::Write as _;

/// Whether XML 1.0 can hold the character.
const fn xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Text for XML and SVG, as content or in a quoted attribute. Line breaks and tabs become references, so that they
/// survive in attributes; what XML cannot hold becomes U+FFFD.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if xml_char(c) => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    out
}

/// Text for HTML, as content or in a quoted attribute.
#[must_use]
pub fn html(text: &str) -> String {
    xml(text)
}

/// A quoted DOT identifier.
#[must_use]
pub fn dot_id(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A quoted DOT label or tooltip: backslashes, line breaks and Graphviz's HTML references are made harmless.
#[must_use]
pub fn dot_label(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            c if xml_char(c) => out.push(c),
            _ => out.push('\u{FFFD}'),
        }
    }
    out.push('"');
    out
}

/// A quoted Cypher string. A newline stays one statement's line through `\n`.
#[must_use]
pub fn cypher(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// A quoted Pajek label: no quotes, no line breaks are possible in it, so quotes become U+2033 and breaks spaces.
#[must_use]
pub fn pajek(text: &str) -> String {
    let inner: String = text
        .chars()
        .map(|c| {
            if c == '"' {
                '\u{2033}'
            } else if c.is_control() {
                ' '
            } else {
                c
            }
        })
        .collect();
    format!("\"{inner}\"")
}

/// Inline Markdown: every sign that could start markup is escaped, line breaks become spaces.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A Mermaid label between double quotes: Mermaid's own `#…;` entities for everything that could end or mark it up.
#[must_use]
pub fn mermaid(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' | '\\' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A number as files hold it: at most six decimals, no trailing zeros, never `-0`; nothing for what is no number.
#[must_use]
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// JSON text that is safe inside `<script>`: `<`, `>`, `&` and the two JavaScript line separators as `\u` escapes.
#[must_use]
pub fn script_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\"b\\c<d>&e\n'f'\u{1}[g](h)|=cmd";

    #[test]
    fn xml_has_no_raw_sign() {
        assert_eq!(xml(HOSTILE), "a&quot;b\\c&lt;d&gt;&amp;e&#10;&#39;f&#39;\u{FFFD}[g](h)|=cmd");
    }

    #[test]
    fn quoted_forms_stay_closed() {
        assert_eq!(dot_id("a\\"), "\"a\\\\\"");
        assert_eq!(dot_label("R&D\n\"x\""), "\"R&amp;D\\n\\\"x\\\"\"");
        assert_eq!(cypher("it's\\\n"), "'it\\'s\\\\\\n'");
        assert_eq!(pajek("a\"b\nc"), "\"a\u{2033}b c\"");
        assert_eq!(mermaid("a\"<b>"), "\"a#34;#60;b#62;\"");
        assert_eq!(script_json("\"</script>\""), "\"\\u003c/script\\u003e\"");
    }

    #[test]
    fn numbers_have_one_text() {
        for (value, text) in [(0.5, "0.5"), (1.0, "1"), (-0.000_000_1, "0"), (0.123_456_78, "0.123457"), (f64::NAN, "")] {
            assert_eq!(number(value), text);
        }
    }
}
