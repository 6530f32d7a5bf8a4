//! When a relation holds, by the words of its sentence.

use jiff::civil::Date;
use jiff::{Span as Length, ToSpan};

use super::tree::Tree;
use crate::documents::PartialDate;
use crate::documents::head::month_number;

/// A date expression: the tokens it takes and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First token.
    pub begin: usize,
    /// One past the last token.
    pub stop: usize,
    /// Start of what it names.
    pub start: Option<PartialDate>,
    /// End of what it names; equal to `start` for a point in time.
    pub end: Option<PartialDate>,
    /// Whether the year was taken from what stands before it in the text rather than named.
    pub inferred: bool,
}

/// The years that a text moves through: the document's date and the last full date named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// The document's date.
    pub document: Option<PartialDate>,
    /// The last date named with its year.
    pub last: Option<PartialDate>,
    /// Number of the sentence that named it.
    pub last_at: usize,
    /// Number of the sentence being read.
    pub now: usize,
    /// The year that the document was probably written in: its date's, else the latest it names.
    pub year: Option<i16>,
}

impl Clock {
    /// The year meant by a month or day without one: the last year named, else the document's, the latest such month not after its date.
    fn year_for(self, month: Option<u8>, past: bool) -> Option<i16> {
        if let Some(last) = self.last
            && (self.now <= self.last_at + 3 || self.year.is_none())
        {
            return Some(last.year());
        }
        let Some(document) = self.document else { return self.year };
        match (month, document.month()) {
            (Some(m), Some(now)) if past && m > now => Some(document.year() - 1),
            _ => Some(document.year()),
        }
    }
}

/// The date expressions of a sentence, left to right; `clock` moves on with each full date. Linear.
pub fn expressions(tree: &Tree<'_>, clock: &mut Clock) -> Vec<TimeExpression> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        if let Some((stop, date, inferred)) = date_at(tree, i, *clock) {
            if !inferred {
                clock.last = Some(date);
                clock.last_at = clock.now;
            }
            let mut found = TimeExpression { begin: i, stop, start: Some(date), end: Some(date), inferred };
            // "1988–1994", "from 1988 to 1994", "between 2017 and 2021".
            let joint =
                stop < tree.len() && matches!(tree.lower(stop), "-" | "–" | "‑" | "—" | "to" | "until" | "through" | "and" | "till");
            if joint && stop + 1 < tree.len() {
                let between = matches!(tree.lower(stop), "and");
                let led = i > 0 && (tree.lower(i - 1) == "between" || (i > 1 && tree.lower(i - 2) == "between"));
                let from = i > 0 && matches!(tree.lower(i - 1), "from");
                if let Some((end, later, _)) =
                    date_at(tree, stop + 1, Clock { last: Some(date), ..*clock }).or_else(|| short_year(tree, stop + 1, date))
                    && later >= date
                    && (!between || led)
                    && (!matches!(tree.lower(stop), "to") || from || led || later.year() > date.year())
                {
                    found.stop = end;
                    found.end = Some(later);
                    clock.last = Some(later);
                }
            }
            let before = i.checked_sub(1).map(|b| tree.lower(b)).unwrap_or_default();
            if found.start == found.end {
                match before {
                    "since" => found.end = None,
                    "until" | "till" => found.start = None,
                    "after" if date.day().is_none() => {}
                    _ => {}
                }
            }
            i = found.stop;
            out.push(found);
            continue;
        }
        if let Some((stop, date)) = relative_at(tree, i, *clock) {
            out.push(TimeExpression { begin: i, stop, start: Some(date), end: Some(date), inferred: true });
            i = stop;
            continue;
        }
        i += 1;
    }
    out
}

fn number(tree: &Tree<'_>, i: usize) -> Option<i16> {
    let form = tree.lower(i);
    let digits = form
        .strip_suffix("st")
        .or_else(|| form.strip_suffix("nd"))
        .or_else(|| form.strip_suffix("rd"))
        .or_else(|| form.strip_suffix("th"))
        .unwrap_or(form);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn year(tree: &Tree<'_>, i: usize) -> Option<i16> {
    let form = tree.lower(i);
    (form.len() == 4).then(|| number(tree, i)).flatten().filter(|y| (1000..=2100).contains(y))
}

fn day(tree: &Tree<'_>, i: usize) -> Option<u8> {
    number(tree, i).filter(|d| (1..=31).contains(d)).and_then(|d| u8::try_from(d).ok())
}

/// `1988–94`
fn short_year(tree: &Tree<'_>, i: usize, start: PartialDate) -> Option<(usize, PartialDate, bool)> {
    let n = number(tree, i).filter(|n| tree.lower(i).len() == 2 && *n <= 99)?;
    let full = start.year() / 100 * 100 + n;
    Some((i + 1, PartialDate::from_year(full)?, false))
}

/// A date at a token: where it stops, what it is, whether its year was inferred.
fn date_at(tree: &Tree<'_>, i: usize, clock: Clock) -> Option<(usize, PartialDate, bool)> {
    let len = tree.len();
    let form = tree.lower(i);
    if let Ok(date) = form.parse::<PartialDate>()
        && date.month().is_some()
    {
        return Some((i + 1, date, false));
    }
    if form.contains('/')
        && let Some((date, 0)) = crate::documents::head::first_date(form)
    {
        return Some((i + 1, date, false));
    }
    let comma = |k: usize| k < len && tree.lower(k) == ",";
    // "12 May 1994", "12 May"
    if let Some(d) = day(tree, i)
        && i + 1 < len
    {
        let mut m_at = i + 1;
        if tree.lower(m_at) == "of" && m_at + 1 < len {
            m_at += 1;
        }
        if capital(tree, m_at)
            && let Some(m) = month_number(tree.lower(m_at))
        {
            let mut y_at = m_at + 1;
            if comma(y_at) {
                y_at += 1;
            }
            if y_at < len
                && let Some(y) = year(tree, y_at)
            {
                return PartialDate::from_parts(y, Some(m), Some(d)).map(|date| (y_at + 1, date, false));
            }
            let y = clock.year_for(Some(m), true)?;
            return PartialDate::from_parts(y, Some(m), Some(d)).map(|date| (m_at + 1, date, true));
        }
    }
    // "May 12, 1994", "May 1994", "May 12", "May"
    if capital(tree, i)
        && let Some(m) = month_number(form)
        && (form != "may" && form != "march" || tree.token(i).upos == crate::language::Upos::Propn)
    {
        let mut at = i + 1;
        let d = if at < len { day(tree, at).filter(|_| year(tree, at).is_none()) } else { None };
        if d.is_some() {
            at += 1;
        }
        let mut y_at = at;
        if comma(y_at) || (y_at < len && tree.lower(y_at) == "of") {
            y_at += 1;
        }
        if y_at < len
            && let Some(y) = year(tree, y_at)
        {
            return PartialDate::from_parts(y, Some(m), d).map(|date| (y_at + 1, date, false));
        }
        if d.is_none()
            && i > 0
            && !matches!(
                tree.lower(i - 1),
                "in" | "since"
                    | "until"
                    | "by"
                    | "last"
                    | "this"
                    | "late"
                    | "early"
                    | "mid"
                    | "from"
                    | "of"
                    | "and"
                    | "following"
                    | "next"
                    | "that"
            )
        {
            return None;
        }
        let before = i.checked_sub(1).map(|b| tree.lower(b)).unwrap_or_default();
        let y = match (before, clock.document, clock.year) {
            ("this" | "last", Some(document), _) => document.year() - i16::from(document.month().is_some_and(|now| m > now)),
            ("this" | "last", None, Some(year)) => year,
            _ => clock.year_for(Some(m), true)?,
        };
        let y = if matches!(before, "following" | "next") { y + 1 } else { y };
        return PartialDate::from_parts(y, Some(m), d).map(|date| (at, date, true));
    }
    // "1994", "the 1990s"
    if let Some(y) = year(tree, i)
        && (1400..=2060).contains(&y)
    {
        let unit = i + 1 < len && super::quantity::is_unit(tree, i + 1);
        let money = i > 0 && matches!(tree.lower(i - 1), "$" | "€" | "£" | "¥");
        if !unit && !money {
            return PartialDate::from_year(y).map(|date| (i + 1, date, false));
        }
    }
    if form.len() >= 5 && form.ends_with('s') && form.as_bytes()[..4].iter().all(u8::is_ascii_digit) {
        let y: i16 = form[..4].parse().ok()?;
        return PartialDate::from_year(y).filter(|_| (1400..2060).contains(&y)).map(|date| (i + 1, date, false));
    }
    None
}

fn capital(tree: &Tree<'_>, i: usize) -> bool {
    tree.token(i).span.of(tree.text).chars().next().is_some_and(char::is_uppercase)
}

/// The number of a day of the week, from Monday.
fn weekday(word: &str) -> Option<i64> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().position(|d| *d == word).and_then(|d| i64::try_from(d).ok())
}

/// "last year", "two years ago", "yesterday", "this month", "last September", against the document's date.
fn relative_at(tree: &Tree<'_>, i: usize, clock: Clock) -> Option<(usize, PartialDate)> {
    let len = tree.len();
    let now: PartialDate = clock.document?;
    let today: Date = now.first_day();
    let back = |length: Length| today.checked_sub(length).ok();
    let next = |k: usize| if i + k < len { tree.lower(i + k) } else { "" };
    let cut = |date: Date, precision: &str| match precision {
        "year" => PartialDate::from_year(date.year()),
        "month" => PartialDate::from_parts(date.year(), u8::try_from(date.month()).ok(), None),
        _ => Some(PartialDate::from_day(date)),
    };
    let word = tree.lower(i);
    let dayless = now.day().is_none();
    match word {
        "yesterday" if !dayless => return Some((i + 1, cut(back(1.day())?, "day")?)),
        "today" if !dayless && tree.token(i).upos == crate::language::Upos::Noun => return Some((i + 1, now)),
        _ if !dayless && capital(tree, i) && weekday(word).is_some() => {
            let behind = (i64::from(today.weekday().to_monday_zero_offset()) - weekday(word)?).rem_euclid(7);
            return Some((i + 1, cut(back(behind.days())?, "day")?));
        }
        "last" | "this" | "next" => {
            let step = match word {
                "last" => -1_i16,
                "next" => 1,
                _ => 0,
            };
            match next(1) {
                "year" => return Some((i + 2, PartialDate::from_year(now.year() + step)?)),
                "month" if now.month().is_some() => return Some((i + 2, cut(today.checked_add(i64::from(step).months()).ok()?, "month")?)),
                "week" if !dayless => return Some((i + 2, cut(today.checked_add(i64::from(step).weeks()).ok()?, "month")?)),
                "spring" | "summer" | "autumn" | "winter" | "fall" => {
                    return Some((
                        i + 2,
                        PartialDate::from_year(
                            now.year()
                                + if word == "next" {
                                    1
                                } else if word == "last" && now.month().is_some_and(|m| m < 7) {
                                    -1
                                } else {
                                    0
                                },
                        )?,
                    ));
                }
                _ => {}
            }
        }
        _ => {}
    }
    let count = match word {
        "a" | "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "five" => Some(5),
        "six" => Some(6),
        "ten" => Some(10),
        _ => number(tree, i).map(i64::from),
    };
    if let Some(n) = count
        && next(2) == "ago"
    {
        return match next(1) {
            "year" | "years" => Some((i + 3, PartialDate::from_year(i16::try_from(i64::from(now.year()) - n).ok()?)?)),
            "month" | "months" if now.month().is_some() => Some((i + 3, cut(back(n.months())?, "month")?)),
            "week" | "weeks" if !dayless => Some((i + 3, cut(back(n.weeks())?, "month")?)),
            "day" | "days" if !dayless => Some((i + 3, cut(back(n.days())?, "day")?)),
            _ => None,
        };
    }
    None
}

/// The expression that dates a trigger: one that hangs on it or on a word that governs it, nearest first; else the only
/// one of the sentence, else the one nearest before it in the same clause chain.
#[must_use]
pub fn dating<'e>(tree: &Tree<'_>, list: &'e [TimeExpression], trigger: usize) -> Option<&'e TimeExpression> {
    if list.is_empty() {
        return None;
    }
    let anchor = |e: &TimeExpression| -> usize {
        // The token of the expression whose head lies outside.
        (e.begin..e.stop).find(|t| tree.token(*t).head.is_none_or(|h| h < e.begin || h >= e.stop)).unwrap_or(e.begin)
    };
    let mut at = Some(trigger);
    let mut step = 0;
    while let Some(t) = at {
        let mut best: Option<(usize, &TimeExpression)> = None;
        for e in list {
            let mut up = tree.token(anchor(e)).head;
            let mut depth = 0;
            while let Some(u) = up {
                if u == t {
                    let distance = e.begin.abs_diff(trigger);
                    if best.is_none_or(|(d, _)| distance < d) {
                        best = Some((distance, e));
                    }
                    break;
                }
                // Not through another clause.
                if tree.is_verb(u) || depth > 3 {
                    break;
                }
                depth += 1;
                up = tree.token(u).head;
            }
        }
        if let Some((_, e)) = best {
            return Some(e);
        }
        step += 1;
        if step > 6 {
            break;
        }
        at = tree.token(t).head;
    }
    list.iter().min_by_key(|e| e.begin.abs_diff(trigger))
}
