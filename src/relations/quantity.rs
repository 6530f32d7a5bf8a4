//! How much: numbers with their unit near a trigger.

use super::time::{Clock, expressions};
use super::tree::Tree;
use crate::documents::head::month_number;

/// Whether a token is a unit (`troops`, `percent`, `barrels`) that the number before it, if there is one, may count.
#[must_use]
pub(super) fn is_unit(tree: &Tree<'_>, i: usize) -> bool {
    tree.words.units.contains_key(tree.lower(i)) && !i.checked_sub(1).is_some_and(|number| is_year(tree, number))
}

/// Whether a number is a year by what stands before it (`in 2021 soldiers …`, `since May 2021`, `between 1988 and 1994`).
fn is_year(tree: &Tree<'_>, i: usize) -> bool {
    let plain = |k: usize| {
        let form = tree.lower(k);
        form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit()) && ("1400"..="2060").contains(&form)
    };
    let word = |back: usize| i.checked_sub(back).map(|k| tree.lower(k)).unwrap_or_default();
    if !plain(i) {
        return false;
    }
    if month_number(word(1)).is_some() || matches!(word(1), "in" | "since" | "during" | "until" | "till") {
        return true;
    }
    let led = matches!(word(1), "early" | "mid" | "late" | "spring" | "summer" | "autumn" | "fall" | "winter");
    let range = matches!(word(1), "and" | "to" | "-" | "–" | "‑" | "—") && i >= 2 && plain(i - 2);
    led || (range && matches!(word(3), "between" | "from" | "in" | "of" | "during"))
}

/// A number with its unit: where it stands, and `NUMBER UNIT` with the number in digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// First token.
    pub begin: usize,
    /// One past the last token.
    pub stop: usize,
    /// Number and unit.
    pub text: String,
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" | "mln" => 1e6,
        "billion" | "bn" | "b" | "bln" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return u8::try_from(n).ok().map(f64::from);
    }
    Some(match word {
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => return None,
    })
}

/// A number in a token: its value, and the scale that may be written together with it (`30bn`).
fn value(form: &str) -> Option<f64> {
    let form = form.trim_start_matches(['$', '€', '£', '¥', '~']);
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &form[digits.len()..];
    if digits.is_empty() || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return small(form);
    }
    let number: f64 = digits.replace(',', "").parse().ok()?;
    if suffix.is_empty() { Some(number) } else { scale(suffix).map(|s| number * s) }
}

/// The quantities of a sentence, left to right. Linear.
#[must_use]
pub fn quantities(tree: &Tree<'_>) -> Vec<Quantity> {
    let mut out = Vec::new();
    let dates = expressions(tree, &mut Clock::default());
    let mut i = 0;
    while i < tree.len() {
        // What is part of a date counts nothing.
        if let Some(date) = dates.iter().find(|d| d.begin <= i && i < d.stop) {
            i = date.stop;
            continue;
        }
        if is_year(tree, i) {
            i += 1;
            continue;
        }
        let form = tree.lower(i);
        let money = match form {
            "$" | "€" | "£" | "¥" | "us$" => tree.words.units.get(form).cloned(),
            _ => form
                .chars()
                .next()
                .filter(|c| matches!(c, '$' | '€' | '£' | '¥') && form.len() > 1)
                .and_then(|c| tree.words.units.get(&c.to_string()).cloned()),
        };
        let at = if money.is_some() && form.chars().count() == 1 || form == "us$" { i + 1 } else { i };
        let Some(mut number) = (at < tree.len()).then(|| value(tree.lower(at))).flatten() else {
            i += 1;
            continue;
        };
        let mut stop = at + 1;
        if stop < tree.len() && matches!(tree.lower(stop), "-" | "‑") && stop + 1 < tree.len() && scale(tree.lower(stop + 1)).is_some() {
            stop += 1;
        }
        while stop < tree.len()
            && let Some(s) = scale(tree.lower(stop))
        {
            number *= s;
            stop += 1;
        }
        let mut unit = money;
        if unit.is_none() {
            for k in stop..(stop + 3).min(tree.len()) {
                let word = tree.lower(k);
                if word == "per" && k + 1 < tree.len() && tree.lower(k + 1) == "cent" {
                    unit = Some("%".to_owned());
                    stop = k + 2;
                    break;
                }
                if let Some(u) = tree.words.units.get(word) {
                    unit = Some(u.clone());
                    stop = k + 1;
                    break;
                }
                if matches!(word, "," | "." | ";" | "and" | "to" | "in") {
                    break;
                }
            }
        }
        if let Some(unit) = unit {
            out.push(Quantity { begin: i, stop, text: format!("{number} {unit}") });
        }
        i = stop;
    }
    out
}

/// The quantity that belongs to a trigger: below it in the tree, or among its governor's other words beside it.
#[must_use]
pub fn measuring<'q>(tree: &Tree<'_>, list: &'q [Quantity], trigger: usize) -> Option<&'q Quantity> {
    let near = |q: &&Quantity| q.begin.abs_diff(trigger);
    list.iter().filter(|q| tree.is_below(q.begin.min(tree.len() - 1), trigger) && near(q) < 20).min_by_key(near)
}
