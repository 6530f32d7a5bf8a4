//! Finds the blocks of a text: paragraphs (line-wrapped or page-broken ones made whole), headings, list items and what is
//! no prose.

use std::sync::LazyLock;

use super::seeds::lines;
use super::{Block, BlockKind, Span};

static BOILERPLATE: LazyLock<Vec<String>> =
    LazyLock::new(|| lines(include_str!("../../seeds/lexicon/boilerplate.txt")).map(str::to_lowercase).collect());
static CREDITS: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../../seeds/lexicon/credits.txt")).collect());

/// A heading has at most so many characters.
const HEADING: usize = 110;
/// A text none of whose lines is longer is taken for hard-wrapped.
const WRAP: usize = 120;
/// A sign-up, cookie or navigation line has at most so many characters.
const NOTICE: usize = 220;

/// The blocks of a text and its prose (see [`super::Document::prose`]).
#[derive(Debug)]
pub struct Layout {
    /// In order, without overlap.
    pub blocks: Vec<Block>,
    /// As long as the text, what is no prose blanked out.
    pub prose: String,
}

/// A line with its markup taken off.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// What is left after `#`, bullet or `>`.
    span: Span,
    kind: BlockKind,
    /// Whether a heading or item sign, or a rule, stood there.
    marked: bool,
    /// Whether a blank line, a page break or a rule stands before it.
    gap: bool,
}

impl Layout {
    /// Finds them. Linear in the text's length.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let front = front_matter(text);
        let mut prose = mask(text, front);
        let lines = collect(text, &prose, front);
        let longest = lines.iter().map(|l| l.span.len()).max().unwrap_or(0);
        let wrapped = longest <= WRAP && lines.iter().filter(|l| l.span.len() > 45).count() * 5 >= lines.len() * 2 && lines.len() > 3;
        let mut blocks: Vec<Block> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let own = line.span.of(text);
            let joins = !line.marked
                && line.kind == BlockKind::Paragraph
                && blocks.last().is_some_and(|last| {
                    let before = last.span.of(text);
                    matches!(last.kind, BlockKind::Paragraph | BlockKind::Item)
                        && !ends_sentence(before)
                        && (starts_lower(own) || (wrapped && !line.gap))
                        || (wrapped && !line.gap && matches!(last.kind, BlockKind::Paragraph | BlockKind::Item))
                });
            if joins {
                if let Some(last) = blocks.last_mut() {
                    last.span.stop = line.span.stop;
                }
                continue;
            }
            let next = lines.get(i + 1);
            let alone = next.is_none_or(|n| n.gap || n.marked);
            let mut kind = line.kind;
            if kind == BlockKind::Paragraph && !line.marked && looks_like_heading(own) && (!wrapped || (line.gap || i == 0) && alone) {
                let continued = next.is_some_and(|n| !n.marked && starts_lower(n.span.of(text)));
                if !continued {
                    kind = BlockKind::Heading;
                }
            }
            blocks.push(Block { span: line.span, kind });
        }
        for block in &mut blocks {
            if is_boilerplate(block.span.of(text)) {
                block.kind = BlockKind::Boilerplate;
            }
            blank_credit(&mut prose, block.span);
        }
        blocks.retain(|b| b.span.of(&prose).chars().any(char::is_alphanumeric) || b.kind == BlockKind::Boilerplate);
        Self { blocks, prose }
    }
}

/// The bytes of a YAML front matter (`---` to `---` at the start), which is no prose.
fn front_matter(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else { return 0 };
    let lead = text.len() - rest.len();
    let mut at = lead;
    for line in rest.split_inclusive('\n').take(60) {
        at += line.len();
        if line.trim_end() == "---" {
            return at;
        }
        if !line.contains(':') && !line.starts_with([' ', '-', '#']) && !line.trim().is_empty() {
            return 0;
        }
    }
    0
}

/// Blanks markup: front matter, emphasis signs, links' targets, bare addresses in angle brackets, HTML tags.
fn mask(text: &str, front: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let blank = |bytes: &mut [u8], from: usize, to: usize| {
        for b in &mut bytes[from..to] {
            if *b != b'\n' {
                *b = b' ';
            }
        }
    };
    blank(&mut bytes, 0, front);
    let source = text.as_bytes();
    let mut i = front;
    while i < source.len() {
        match source[i] {
            b'*' | b'`' => blank(&mut bytes, i, i + 1),
            b'_' => {
                let word = |j: Option<usize>| j.and_then(|j| source.get(j)).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
                if !(word(i.checked_sub(1)) && word(Some(i + 1))) {
                    blank(&mut bytes, i, i + 1);
                }
            }
            b'[' => {
                // [text](target): the brackets and the target go, the text stays.
                let line_end = source[i..].iter().take(600).position(|b| *b == b'\n').map_or((i + 600).min(source.len()), |n| i + n);
                if let Some(close) = source[i..line_end].iter().position(|b| *b == b']').map(|n| i + n)
                    && source.get(close + 1) == Some(&b'(')
                    && let Some(end) = source[close..line_end].iter().position(|b| *b == b')').map(|n| close + n)
                {
                    blank(&mut bytes, i, i + 1);
                    if i > 0 && source[i - 1] == b'!' {
                        blank(&mut bytes, i - 1, end + 1);
                    } else {
                        blank(&mut bytes, close, end + 1);
                    }
                }
            }
            b'<' => {
                let stop = (i + 300).min(source.len());
                let tag = source.get(i + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/' || *b == b'!');
                if tag && let Some(end) = source[i..stop].iter().position(|b| matches!(b, b'>' | b'\n')).map(|n| i + n) && source[end] == b'>' {
                    blank(&mut bytes, i, end + 1);
                    i = end;
                }
            }
            b'\\' if source.get(i + 1).is_some_and(u8::is_ascii_punctuation) => blank(&mut bytes, i, i + 1),
            _ => {}
        }
        i += 1;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The lines that hold anything, their markup taken off.
fn collect(text: &str, prose: &str, front: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut at, mut gap) = (0, true);
    for raw in prose.split_inclusive('\n') {
        let begin = at;
        at += raw.len();
        if begin < front {
            continue;
        }
        if raw.contains('\u{c}') {
            gap = true;
        }
        let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}');
        if trimmed.is_empty() || is_rule(trimmed) || is_page_number(trimmed) {
            gap = true;
            continue;
        }
        let start = begin + (raw.len() - raw.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}').len());
        let (skip, kind, marked) = sign(trimmed, &text[begin..at]);
        let rest = trimmed[skip..].trim_start();
        let offset = start + (trimmed.len() - rest.len());
        if rest.is_empty() {
            gap = true;
            continue;
        }
        found.push(Line { span: Span::new(offset, offset + rest.len()), kind, marked, gap });
        gap = false;
    }
    found
}

/// The length of a leading heading, quote or bullet sign, what it makes of the line, and whether there was one.
fn sign(line: &str, raw: &str) -> (usize, BlockKind, bool) {
    if line.starts_with('#') {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        if hashes <= 6 && line[hashes..].starts_with([' ', '\t']) {
            return (hashes, BlockKind::Heading, true);
        }
    }
    if let Some(rest) = line.strip_prefix('>') {
        let (more, kind, marked) = sign(rest.trim_start(), rest);
        return (line.len() - rest.trim_start().len() + more, kind, marked);
    }
    for bullet in ["- ", "• ", "– ", "— ", "+ ", "▪ ", "◦ ", "● ", "· "] {
        if line.starts_with(bullet) {
            return (bullet.len(), BlockKind::Item, true);
        }
    }
    // The asterisk of a bullet has been blanked as markup.
    if raw.trim_start().starts_with("* ") {
        return (0, BlockKind::Item, true);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") ")) {
        return (digits + 1, BlockKind::Item, true);
    }
    (0, BlockKind::Paragraph, false)
}

fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '—' | ' ')) 
}

fn is_page_number(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ' ' | '[' | ']' | '|'));
    let inner = inner.strip_prefix("Page ").or_else(|| inner.strip_prefix("page ")).unwrap_or(inner);
    let inner = inner.split_once(" of ").or_else(|| inner.split_once('/')).map_or(inner, |(a, _)| a);
    (1..=4).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit()) && line.len() < 16
}

/// Whether a text ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '*' | '»' | '_'))
        .ends_with(['.', '!', '?', '…', ':', ';'])
}

fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) && !text.starts_with(|c: char| c.is_ascii_digit())
}

fn looks_like_heading(text: &str) -> bool {
    text.chars().count() <= HEADING
        && !text.trim_end_matches(['"', '”', '’', ')', ' ']).ends_with(['.', '!', ';', ',', ':'])
        && text.chars().any(char::is_alphabetic)
}

/// Whether a block is navigation, a sign-up or a cookie line.
fn is_boilerplate(text: &str) -> bool {
    let crumbs = [" > ", " » ", " | ", " › "].iter().map(|s| text.matches(s).count()).max().unwrap_or(0);
    if crumbs >= 2 && text.len() < 400 {
        return true;
    }
    if text.chars().count() > NOTICE {
        return false;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    BOILERPLATE.iter().any(|phrase| match phrase.strip_prefix('=') {
        Some(whole) => lower == whole,
        None => lower.contains(phrase.as_str()),
    }) || (text.starts_with("http") && !text.contains(' '))
}

/// Blanks a caption's credit: a closing bracket at the block's end that names an agency or a photographer.
fn blank_credit(prose: &mut String, span: Span) {
    let block = span.of(prose);
    let credit = |part: &str| part.len() < 160 && CREDITS.iter().any(|sign| part.contains(sign));
    let range = if block.ends_with(')') {
        block.rfind('(').filter(|open| credit(&block[*open..])).map(|open| span.begin + open..span.stop)
    } else {
        None
    };
    let range = range.or_else(|| {
        let last = block.rfind(['.', '!', '?', '”', '"']).map_or(0, |i| i + block[i..].chars().next().map_or(1, char::len_utf8));
        let tail = &block[last..];
        let named = ["Photo:", "Photo by", "Photograph:", "Image:", "Credit:", "Picture:", "Photo credit", "Image credit"];
        (named.iter().any(|n| tail.trim_start().starts_with(n)) && tail.len() < 160).then(|| span.begin + last..span.stop)
    });
    if let Some(range) = range {
        let blanks: String = prose[range.clone()].chars().flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())).collect();
        prose.replace_range(range, &blanks);
    }
}
