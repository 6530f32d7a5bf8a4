//! What a text's head says of it: its title and its date.

use std::sync::LazyLock;

use super::seeds::lines;
use super::{Block, BlockKind, PartialDate};

static MONTHS: LazyLock<Vec<Vec<&'static str>>> =
    LazyLock::new(|| lines(include_str!("../../seeds/lexicon/months.txt")).map(|l| l.split_whitespace().collect()).collect());

/// How many blocks from the top are looked at.
const DEPTH: usize = 8;
/// A date stands among the first so many characters of its line, unless a word such as "published" introduces it.
const LEAD: usize = 60;

/// The number of a month's name or abbreviation (full stop left off, any case), 1 to 12.
#[must_use]
pub fn month_number(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.').to_lowercase();
    MONTHS.iter().position(|names| names.contains(&word.as_str())).and_then(|i| u8::try_from(i + 1).ok())
}

/// The title (the first heading, or the first short block) and the date of a text.
#[must_use]
pub fn title_and_date(text: &str, blocks: &[Block]) -> (Option<String>, Option<PartialDate>) {
    let mut title = front_value(text, "title");
    let mut date = front_value(text, "date").and_then(|v| first_date(&v).map(|(d, _)| d));
    for block in blocks.iter().take(DEPTH) {
        let line = block.span.of(text);
        if date.is_none() && line.len() < 260 {
            date = head_date(line);
        }
        if title.is_none() && block.kind == BlockKind::Heading && first_date(line).is_none_or(|(_, at)| at > 0) {
            title = Some(line.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches(['*', '_']).to_owned());
        }
    }
    (title, date)
}

/// A value of the YAML front matter.
fn front_value(text: &str, key: &str) -> Option<String> {
    let rest = text.strip_prefix("---")?;
    let end = rest.find("\n---")?;
    rest[..end].lines().find_map(|l| {
        let (k, v) = l.split_once(':')?;
        (k.trim().eq_ignore_ascii_case(key)).then(|| v.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// The date of a line of a text's head: one that stands by itself, opens a dateline or follows "published" and the like.
fn head_date(line: &str) -> Option<PartialDate> {
    let (date, at) = first_date(line)?;
    let lower = line.to_lowercase();
    let introduced = ["publish", "updated", "filed", "posted", "date"].iter().any(|w| lower.contains(w));
    let lead = &line[..at];
    let opens = lead.chars().count() <= LEAD
        && lead
            .split_whitespace()
            .all(|w| !w.chars().next().is_some_and(char::is_lowercase) || matches!(w, "of" | "the" | "by" | "and" | "de"))
        && !lead
            .split_whitespace()
            .any(|w| matches!(w, "On" | "In" | "Since" | "By" | "From" | "Until" | "After" | "Before" | "When" | "As"));
    (introduced || (opens && (line.len() < 90 || !lead.is_empty()))).then_some(date)
}

/// The first full date in a line (day, month and year; ISO, "2 October 2023", "October 2, 2023", "19/11/2004") and the
/// byte where it begins. Of an all-numeric date that both readings allow, the day comes first.
#[must_use]
pub fn first_date(line: &str) -> Option<(PartialDate, usize)> {
    let words: Vec<(usize, &str)> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']' | '*' | '—' | '|' | ';'))
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - line.as_ptr() as usize, w.trim_end_matches([':', '.'])))
        .collect();
    let number = |w: &str, low: i16, high: i16| -> Option<i16> {
        let digits = w.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let suffix = &w[digits.len()..];
        if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse::<i16>().ok().filter(|n| (low..=high).contains(n))
    };
    let small = |n: i16| u8::try_from(n).ok();
    for (i, (at, word)) in words.iter().enumerate() {
        let next = |k: usize| words.get(i + k).map(|w| w.1);
        if let Ok(date) = word.split('T').next().unwrap_or_default().parse::<PartialDate>()
            && date.day().is_some()
        {
            return Some((date, *at));
        }
        let parts: Vec<&str> = word.split(['/', '.']).collect();
        if let [a, b, y] = parts.as_slice()
            && let (Some(a), Some(b), Some(y)) = (number(a, 1, 31), number(b, 1, 31), number(y, 1900, 2100))
        {
            let (day, month) = if b > 12 { (b, a) } else { (a, b) };
            if let Some(date) = PartialDate::from_parts(y, small(month), small(day)) {
                return Some((date, *at));
            }
        }
        if let Some(day) = number(word, 1, 31)
            && let Some(month) = next(1).and_then(month_number)
            && let Some(year) = next(2).and_then(|w| number(w, 1000, 2100))
            && let Some(date) = PartialDate::from_parts(year, Some(month), small(day))
        {
            return Some((date, *at));
        }
        if let Some(month) = month_number(word)
            && let Some(day) = next(1).and_then(|w| number(w, 1, 31))
            && let Some(year) = next(2).and_then(|w| number(w, 1000, 2100))
            && let Some(date) = PartialDate::from_parts(year, Some(month), small(day))
        {
            return Some((date, *at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_in_heads_only() {
        let day = |s: &str| head_date(s).map(|d| d.to_string());
        assert_eq!(day("Monday 2 October 2023, by Somebody").as_deref(), Some("2023-10-02"));
        assert_eq!(day("By Jane Roe (Filed: 19/11/2004)").as_deref(), Some("2004-11-19"));
        assert_eq!(day("October 2, 2023").as_deref(), Some("2023-10-02"));
        assert_eq!(day("Date: 2020-11-12").as_deref(), Some("2020-11-12"));
        assert_eq!(day("YEREVAN, 12 October 2020 - The ministry said").as_deref(), Some("2020-10-12"));
        assert_eq!(day("On 12 October 2020 the army crossed the river and took the town."), None);
        assert_eq!(day("The town was taken on 12 October 2020 by the army of the north."), None);
    }
}
