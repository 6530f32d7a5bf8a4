//! Finds the blocks of a text: paragraphs (line-wrapped or page-broken ones made whole), headings, list items and what is
//! no prose.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::head::{first_date, month_number};
use super::seeds::lines;
use super::{Block, BlockKind, Span};

static BOILERPLATE: LazyLock<Vec<String>> =
    LazyLock::new(|| lines(include_str!("../../seeds/lexicon/boilerplate.txt")).map(str::to_lowercase).collect());
static PARTICLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../seeds/lexicon/name-particles.txt")).flat_map(str::split_whitespace).collect());
static CREDITS: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("../../seeds/lexicon/credits.txt")).collect());

/// A heading has at most so many characters.
const HEADING: usize = 110;
/// A text none of whose lines is longer is taken for hard-wrapped.
const WRAP: usize = 120;
/// A sign-up, cookie or navigation line has at most so many characters.
const NOTICE: usize = 220;
/// What stands in a line above the titles of other texts.
const LISTS: &[&str] = &["related", "more on", "most read", "most popular", "read more", "see also", "recommended", "you may also"];
/// An author's name stands among the first so many blocks.
const BYLINE: usize = 10;

/// The blocks of a text and its prose (see [`super::Document::prose`]).
#[derive(Debug)]
pub(super) struct Layout {
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
    pub(super) fn of(text: &str) -> Self {
        let front = front_matter(text);
        let mut prose = mask(text, front);
        let (lines, passed) = collect(text, &prose, front);
        for span in passed {
            blank(&mut prose, span);
        }
        let longest = lines.iter().map(|l| l.span.len()).max().unwrap_or(0);
        let wrapped = longest <= WRAP && lines.iter().filter(|l| l.span.len() > 45).count() * 5 >= lines.len() * 2 && lines.len() > 3;
        let mut blocks: Vec<Block> = Vec::new();
        let mut gaps = Vec::new();
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
            gaps.push(line.gap);
        }
        for (i, block) in blocks.iter_mut().enumerate() {
            if is_boilerplate(block.span.of(text)) || is_byline(block.span.of(&prose), i) {
                block.kind = BlockKind::Boilerplate;
            }
            blank_credit(&mut prose, block.span);
        }
        spread(text, &mut blocks, &gaps);
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
                if let Some(length) = note(&source[i..], i > 0 && !source[i - 1].is_ascii_whitespace()) {
                    blank(&mut bytes, i, i + length);
                    i += length;
                    continue;
                }
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
                if tag
                    && let Some(end) = source[i..stop].iter().position(|b| matches!(b, b'>' | b'\n')).map(|n| i + n)
                    && source[end] == b'>'
                {
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

/// Length of a mark of a note at the beginning: `[^1]`, the same with a colon where the note itself stands, `[12]` behind a word.
fn note(source: &[u8], glued: bool) -> Option<usize> {
    let close = source.iter().take(24).position(|b| *b == b']')?;
    let inner = &source[1..close];
    if let [b'^', name @ ..] = inner {
        let plain = !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_');
        return plain.then_some(close + 1 + usize::from(!glued && source.get(close + 1) == Some(&b':')));
    }
    let number = glued && (1..=3).contains(&inner.len()) && inner.iter().all(u8::is_ascii_digit) && source.get(close + 1) != Some(&b'(');
    number.then_some(close + 1)
}

/// A line that holds anything.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The line with its end.
    line: Span,
    /// What is left without the white space around it.
    span: Span,
    /// Whether a page break stands in or before it.
    page: bool,
    /// Whether a blank line or a page break stands before it.
    gap: bool,
}

/// The lines that hold anything, their markup taken off, and what is passed over between them: rules, page numbers,
/// the header or footer that every page repeats, rows of tables.
fn collect(text: &str, prose: &str, front: usize) -> (Vec<Line>, Vec<Span>) {
    let mut rows: Vec<Row> = Vec::new();
    let (mut at, mut gap, mut page) = (0, true, false);
    for raw in prose.split_inclusive('\n') {
        let line = Span::new(at, at + raw.len());
        at = line.stop;
        if line.begin < front {
            continue;
        }
        page |= raw.contains('\u{c}');
        gap |= page;
        let around = |c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}';
        let begin = line.begin + (raw.len() - raw.trim_start_matches(around).len());
        let trimmed = raw.trim_matches(around);
        if trimmed.is_empty() {
            gap = true;
            continue;
        }
        rows.push(Row { line, span: Span::new(begin, begin + trimmed.len()), page, gap });
        (gap, page) = (false, false);
    }
    let repeated = repeated(prose, &rows);
    let (mut found, mut passed, mut gap) = (Vec::new(), Vec::new(), true);
    for (i, row) in rows.iter().enumerate() {
        let own = row.span.of(prose);
        gap |= row.gap;
        let (skip, kind, marked) = sign(own, row.line.of(text));
        let rest = own[skip..].trim_start();
        let furniture = is_rule(own) || is_page_number(own) || is_table_row(own) || repeated.get(i).is_some_and(|r| *r);
        if furniture || rest.is_empty() {
            passed.push(row.span);
            gap = true;
            continue;
        }
        found.push(Line { span: Span::new(row.span.stop - rest.len(), row.span.stop), kind, marked, gap });
        gap = false;
    }
    (found, passed)
}

/// Which lines are the header or footer of a page: they stand at a page's number or break and come more than once. Empty
/// where there are no pages.
fn repeated(prose: &str, rows: &[Row]) -> Vec<bool> {
    let number: Vec<bool> = rows.iter().map(|row| is_page_number(row.span.of(prose))).collect();
    let edge = |i: usize| rows[i].page || number[i.saturating_sub(1)] || rows.get(i + 1).is_some_and(|row| row.page || number[i + 1]);
    if !(0..rows.len()).any(|i| number[i] || rows[i].page) {
        return Vec::new();
    }
    let key = |row: &Row| {
        let own = row.span.of(prose);
        let inner = own.trim_matches(|c: char| !c.is_alphabetic());
        (looks_like_heading(own) && inner.len() > 2 && inner.starts_with(char::is_uppercase)).then(|| inner.to_lowercase())
    };
    let keys: Vec<Option<String>> = rows.iter().map(key).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for key in keys.iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    let again = |i: usize| keys[i].as_deref().and_then(|key| counts.get(key)).is_some_and(|count| *count > 1);
    (0..rows.len()).map(|i| edge(i) && again(i)).collect()
}

/// Whether a line is a row of a table whose cells are parted by bars or tabs.
fn is_table_row(line: &str) -> bool {
    let bars = line.starts_with('|') && line.ends_with('|') && line.len() > 2;
    let cells = line.split('\t').filter(|cell| !cell.trim().is_empty());
    bars || cells.clone().count() > 2 && cells.clone().all(|cell| cell.len() < 40 && !ends_sentence(cell))
}

/// Blanks a stretch, line breaks apart.
fn blank(prose: &mut String, span: Span) {
    let blanks: String =
        span.of(prose).chars().flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())).collect();
    prose.replace_range(span.begin..span.stop, &blanks);
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

/// Whether a short block says only who wrote the text and when: "By Jane Roe", "Published 3 May 2024 · 4 min read". The first block
/// is none.
fn is_byline(text: &str, place: usize) -> bool {
    if text.chars().count() > HEADING || place == 0 {
        return false;
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·' | '•' | ':' | '/'))
        .filter(|w| !w.is_empty())
        .collect();
    let first = words.first().map(|w| w.to_lowercase()).unwrap_or_default();
    let said = matches!(first.as_str(), "published" | "updated" | "posted" | "filed" | "modified" | "last");
    let by = first == "by" && place <= BYLINE && !text.ends_with(['.', '?', '!']);
    let dated = first_date(text).is_some();
    let small = |word: &str| {
        matches!(
            word,
            "by" | "and"
                | "at"
                | "on"
                | "of"
                | "the"
                | "in"
                | "for"
                | "min"
                | "minute"
                | "minutes"
                | "read"
                | "published"
                | "updated"
                | "posted"
                | "filed"
                | "modified"
                | "first"
                | "last"
                | "date"
                | "am"
                | "pm"
                | "a.m."
                | "p.m."
                | "–"
                | "—"
                | "-"
                | "edt"
                | "est"
        ) || month_number(word).is_some()
            || word.starts_with(|c: char| c.is_ascii_digit())
            || matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "gmt" | "utc")
            || PARTICLES.contains(&word)
    };
    let all_small = words.iter().all(|w| small(&w.to_lowercase()));
    let named = words.iter().all(|w| w.contains(char::is_uppercase) || small(&w.to_lowercase()));
    by && (2..=14).contains(&words.len()) && named || dated && (all_small || said && named)
}

/// Makes boilerplate of the short lines directly under a boilerplate line, up to a blank one, and of the titles listed under one.
fn spread(text: &str, blocks: &mut [Block], gaps: &[bool]) {
    let boilerplate = |block: &Block| block.kind == BlockKind::Boilerplate;
    let mut from = 0;
    while from < blocks.len() {
        let stop = (from + 1..blocks.len()).find(|i| gaps[*i]).unwrap_or(blocks.len());
        let short = |block: &Block| boilerplate(block) || looks_like_heading(block.span.of(text));
        let heads = boilerplate(&blocks[from]) && blocks[from..stop].iter().all(short);
        let listed = from > 0
            && boilerplate(&blocks[from - 1])
            && LISTS.iter().any(|sign| blocks[from - 1].span.of(text).to_lowercase().contains(sign))
            && blocks[from..stop].iter().all(|block| block.kind == BlockKind::Item && looks_like_heading(block.span.of(text)));
        if (heads || listed) && stop - from < blocks.len() {
            blocks[from..stop].iter_mut().for_each(|block| block.kind = BlockKind::Boilerplate);
        }
        from = stop;
    }
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
        blank(prose, Span::new(range.start, range.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks with the first letter of their kind, markup blanked.
    fn kinds(text: &str) -> Vec<String> {
        let layout = Layout::of(text);
        let words = |span: Span| span.of(&layout.prose).split_whitespace().collect::<Vec<_>>().join(" ");
        layout.blocks.iter().map(|b| format!("{:.1} {}", format!("{:?}", b.kind), words(b.span))).collect()
    }

    #[test]
    fn bylines_and_dates_are_no_prose() {
        let text = "War ends\n\nBy Jane Roe and Sami al-Haddad\n\nPublished 3 May 2024, 10:30 GMT · 4 min read\n\nFriday, June 04, 2004\n\nBy May the war was over.\n";
        assert_eq!(
            kinds(text),
            [
                "H War ends",
                "B By Jane Roe and Sami al-Haddad",
                "B Published 3 May 2024, 10:30 GMT · 4 min read",
                "B Friday, June 04, 2004",
                "P By May the war was over."
            ]
        );
    }

    #[test]
    fn notes_and_tables() {
        let text = "It fell[1] in May[^a].\n\n| Town | Holder |\n|---|---|\n| Derna | Haftar |\n\n[^a]: He was shot.\n";
        assert_eq!(kinds(text), ["P It fell in May .", "P He was shot."]);
    }

    #[test]
    fn headers_of_pages_stand_in_no_sentence() {
        let page = "The army crossed the river near the town and stayed there for the\nwinter, although it\n";
        let text = format!(
            "THE LONG WAR\n\n{page}\u{c}The Long War\n\nhad been told to leave.\n\n{page}\n  17\nThe Long War\n\nhad not been paid.\n"
        );
        let found = kinds(&text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].ends_with("although it had been told to leave."), "{found:?}");
        assert!(found[2].ends_with("although it had not been paid."), "{found:?}");
    }

    #[test]
    fn titles_listed_under_boilerplate() {
        let text = "The war is over, said the king.\n\nRelated articles\nSenegal votes\nFive things to know\n\nThe queen denied it.\n";
        let found = kinds(text);
        assert!(found[2].starts_with('B') && found[3].starts_with('B'), "{found:?}");
        assert_eq!(found[4], "P The queen denied it.");
    }
}
