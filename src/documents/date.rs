//! Dates as texts give them: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

/// A year, or a month of a year, or a day of a month; nothing finer and nothing invented.
///
/// Written `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601, proleptic Gregorian calendar; years 1 to 9999). Ordered by first
/// possible day; the less precise of two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: u8,
    day: u8,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date: write YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct DateError(pub String);

impl PartialDate {
    /// A whole year, or `None` outside 1 to 9999.
    #[must_use]
    pub fn from_year(year: i16) -> Option<Self> {
        Self::from_parts(year, None, None)
    }

    /// A year with, where given, month (1 to 12) and day of the month; `None` where the calendar has no such date.
    #[must_use]
    pub fn from_parts(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let m = i8::try_from(month.unwrap_or(1)).ok()?;
        let d = i8::try_from(day.unwrap_or(1)).ok()?;
        jiff::civil::Date::new(year, m, d).ok()?;
        if month.is_none() && day.is_some() {
            return None;
        }
        Some(Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// The day of the month, where known.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }

    /// The first day it can mean.
    #[must_use]
    pub fn first_day(self) -> jiff::civil::Date {
        let (m, d) = (self.month.max(1), self.day.max(1));
        jiff::civil::date(self.year, m.cast_signed(), d.cast_signed())
    }

    /// The last day it can mean.
    #[must_use]
    pub fn last_day(self) -> jiff::civil::Date {
        let first = self.first_day();
        match (self.month, self.day) {
            (0, _) => first.last_of_year(),
            (_, 0) => first.last_of_month(),
            _ => first,
        }
    }

    /// The date of a day.
    #[must_use]
    pub fn from_day(day: jiff::civil::Date) -> Self {
        Self { year: day.year(), month: day.month().cast_unsigned(), day: day.day().cast_unsigned() }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{:04}", self.year);
        if let Some(month) = self.month() {
            text.push_str(&format!("-{month:02}"));
        }
        if let Some(day) = self.day() {
            text.push_str(&format!("-{day:02}"));
        }
        f.pad(&text)
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
        if !matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) || !parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())) {
            return Err(wrong());
        }
        let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u8>().ok());
        let year = parts[0].parse::<i16>().map_err(|_| wrong())?;
        Self::from_parts(year, number(1), number(2)).ok_or_else(wrong)
    }
}

impl serde::Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_each_precision() {
        for text in ["1994", "1994-05", "1994-05-12", "0079-08"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "94", "1994-13", "1994-02-30", "1994-5", "0000", "May 1994", "1994-05-12T00", "-994"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn spans_its_days() {
        let day = |t: &str| t.parse::<PartialDate>().unwrap();
        assert_eq!(day("2024-02").last_day().to_string(), "2024-02-29");
        assert_eq!(day("2023").first_day().to_string(), "2023-01-01");
        assert_eq!(day("2023").last_day().to_string(), "2023-12-31");
        assert!(day("2023") < day("2023-02"));
    }
}
