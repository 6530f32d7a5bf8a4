//! Words of a stretch of text, as English EWT cuts them: clitics ("n't", "'s") and hyphens stand alone, abbreviations
//! keep their full stop, numbers, times, dates and addresses stay whole.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::documents::Span;

/// What a full stop after a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It ends the sentence.
    Ends,
    /// It belongs to an abbreviation that a sentence goes on after.
    Inner,
    /// It belongs to an abbreviation, and may end the sentence as well.
    Both,
    /// It belongs to an abbreviation where a number follows.
    Number,
}

fn abbreviations() -> &'static HashMap<String, Stop> {
    static LIST: OnceLock<HashMap<String, Stop>> = OnceLock::new();
    LIST.get_or_init(|| {
        let list = include_str!("../../seeds/lexicon/abbreviations.txt");
        let entries = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let entries = entries.map(|line| match (line.strip_suffix('+'), line.strip_suffix('#')) {
            (Some(word), _) => (word.to_owned(), Stop::Both),
            (_, Some(word)) => (word.to_owned(), Stop::Number),
            _ => (line.to_owned(), Stop::Inner),
        });
        entries.collect()
    })
}

/// A word has at most so many bytes; longer runs of letters or signs are cut.
const LONGEST: usize = 256;
/// An address has at most so many bytes.
const LONGEST_ADDRESS: usize = 2048;

/// What the full stop after `word` (without it) is.
pub(crate) fn stop_after(word: &str) -> Stop {
    if let Some(stop) = abbreviations().get(word) {
        return *stop;
    }
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    if first.is_some_and(char::is_uppercase) && second.is_none() && word != "I" {
        return Stop::Both;
    }
    if word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic)) {
        return Stop::Both;
    }
    let mut lower = word.to_lowercase();
    if first.is_some_and(char::is_uppercase) {
        if word.len() > 1 && word.chars().all(char::is_uppercase) && word != "NO" {
            // GEN. JOHN: shouted titles
            let rest = lower.split_off(first.map_or(0, char::len_utf8).min(lower.len()));
            let title = format!("{}{rest}", first.map(String::from).unwrap_or_default());
            return abbreviations().get(&title).copied().unwrap_or(Stop::Ends);
        }
        return abbreviations().get(&lower).copied().unwrap_or(Stop::Ends);
    }
    Stop::Ends
}

/// Measures that are cut off their number ("30bn", "7:30pm"), as the treebank does.
const UNITS: &[&str] = &[
    "am", "pm", "a.m.", "p.m.", "k", "m", "b", "bn", "mn", "tn", "tr", "bcm", "mm", "cm", "km", "kg", "kt", "mt", "ft", "kw", "mw", "gw",
    "kv", "kwh", "mwh", "gwh", "twh", "mph", "kph", "hz", "mhz", "ghz", "lb", "lbs", "ml",
];

/// First parts that stay one word with what follows their hyphen.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "e", "ex", "inter", "intra", "mid", "micro", "multi", "neo", "non", "over", "post", "pre", "pro", "pseudo",
    "quasi", "re", "semi", "sub", "ultra", "un", "under",
];

/// Endings split off a word, longest first, by characters; the first is an apostrophe of any form.
const CLITICS: &[&str] = &["ll", "ve", "re", "s", "m", "d"];

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '′')
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{FE0F}' | '\u{AD}' | '\u{1F3FB}'..='\u{1F3FF}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

/// Appends the words at the beginning of `text[span]`, at least `enough` of them or all there are, and says where the rest
/// begins. Linear time.
pub(crate) fn tokenize(text: &str, span: Span, enough: usize, out: &mut Vec<Span>) -> usize {
    let stretch = span.of(text);
    let full = out.len().saturating_add(enough);
    let mut at = stretch.len() - stretch.trim_start_matches(blank).len();
    while at < stretch.len() && out.len() < full {
        let rest = &stretch[at..];
        // A stretch without any white space is cut where it is too long even for an address.
        let near = &rest[..cut_of(rest, LONGEST_ADDRESS)];
        let length = near.find(blank).unwrap_or(near.len());
        let beyond = rest[length..].trim_start_matches(blank);
        chunk(&rest[..length], span.begin + at, beyond.chars().next(), out);
        at = stretch.len() - beyond.len();
    }
    span.begin + at
}

/// The greatest boundary of a character up to `length`.
fn cut_of(text: &str, length: usize) -> usize {
    (0..=length.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}') || c.is_control()
}

/// Words of a stretch without white space that begins at `base` and is followed, after white space, by `next`.
fn chunk(chunk: &str, base: usize, next: Option<char>, out: &mut Vec<Span>) {
    let mut at = 0;
    while at < chunk.len() {
        let rest = &chunk[at..];
        let clitic = || if at == 0 { None } else { clitic(rest) };
        let length = address(rest).or_else(clitic).or_else(|| word(rest, next)).unwrap_or_else(|| symbol(rest));
        let piece = &rest[..length];
        cut(piece, base + at, out);
        at += length;
    }
}

/// Length of a clitic at the beginning that ends in "’s" after an abbreviation, a bracket or the like.
fn clitic(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix(is_apostrophe)?;
    let length = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
    let ends = !tail[length..].starts_with(is_word);
    (ends && CLITICS.contains(&tail[..length].to_ascii_lowercase().as_str())).then_some(rest.len() - tail.len() + length)
}

/// Length of a number of several groups at the beginning: a telephone number, "2020-11-12".
fn groups(rest: &str) -> Option<usize> {
    let length = rest.bytes().take(LONGEST).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let number = rest[..length].trim_end_matches('-');
    let several = number.split('-').count() > 2 && !number.contains("--");
    (several && !rest[number.len()..].starts_with(is_word)).then_some(number.len())
}

/// Length of a web or mail address at the beginning.
fn address(rest: &str) -> Option<usize> {
    if !rest.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    let head = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
    let web = ["http://", "https://", "www.", "ftp://", "mailto:"].iter().any(|start| head.starts_with(start));
    let stop = rest.find(['<', '>', '"', '“', '”', '’', '|', '{', '}']).unwrap_or(rest.len());
    let near = &rest[..cut_of(rest, LONGEST)];
    let mail = || {
        let local = near.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')))?;
        let domain = rest[local..].strip_prefix('@')?;
        let length = domain.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(domain.len());
        (local > 0 && domain[..length].trim_end_matches('.').contains('.')).then_some(local + 1 + length)
    };
    let length = if web { stop } else { mail()? };
    let mut piece = &rest[..length];
    loop {
        let trimmed = piece.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(open) if !open.contains('(') => open,
            _ => trimmed,
        };
        if trimmed.len() == piece.len() {
            break;
        }
        piece = trimmed;
    }
    (!piece.is_empty()).then_some(piece.len())
}

/// Length of a word or number at the beginning.
fn word(rest: &str, following: Option<char>) -> Option<usize> {
    if rest.starts_with(|c: char| c.is_ascii_digit())
        && let Some(length) = groups(rest)
    {
        return Some(length);
    }
    let mut chars = rest.char_indices().peekable();
    let (_, first) = *chars.peek()?;
    let decade = is_apostrophe(first) && rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
    let sign = matches!(first, '+' | '.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if !(is_word(first) || decade || sign) {
        return None;
    }
    chars.next();
    let mut before = first;
    let mut stop = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        if at > LONGEST {
            break;
        }
        if is_word(c) {
            before = c;
            stop = at + c.len_utf8();
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let (digits, letters) = (
            before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()),
            before.is_alphabetic() && next.is_some_and(char::is_alphabetic),
        );
        let inner = match c {
            ',' | ':' => digits,
            '/' => digits,
            '.' => digits || (letters && dotted(&rest[..at])) || (letters && domain(&rest[at..])),
            '&' => letters && before.is_uppercase() && next.is_some_and(char::is_uppercase),
            '+' => before.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()) && first.is_alphabetic(),
            c if is_apostrophe(c) => letters && c != '`' || before.is_ascii_digit() && decade_clitic(rest, at),
            c if is_hyphen(c) => next.is_some_and(char::is_alphanumeric) && is_prefix(&rest[..at], next),
            _ => false,
        };
        if c == '$' && next.is_some_and(|n| n.is_ascii_digit()) && at <= 3 && rest[..at].bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(at + 1);
        }
        if !inner {
            if c == '.' && (next.is_none() || next.is_some_and(|n| !is_word(n))) {
                let word = &rest[..at];
                let ends = match stop_after(word) {
                    Stop::Ends => true,
                    Stop::Number => !(next.is_none() && following.is_some_and(char::is_numeric)),
                    Stop::Inner => next.is_none() && following.is_none(),
                    Stop::Both => false,
                };
                let dots = next == Some('.');
                if !ends && !dots {
                    return Some(at + 1);
                }
            }
            break;
        }
        before = c;
        stop = at + c.len_utf8();
    }
    Some(stop)
}

/// Whether a hyphen after `start` does not cut the word.
fn is_prefix(start: &str, next: Option<char>) -> bool {
    let digit = next.is_some_and(|n| n.is_ascii_digit());
    if digit { start.eq_ignore_ascii_case("mid") } else { start.len() < 8 && PREFIXES.contains(&start.to_lowercase().as_str()) }
}

/// Whether "'s" after the digits up to `at` makes a word of them ("the 1990's").
fn decade_clitic(rest: &str, at: usize) -> bool {
    let number = rest[..at].bytes().all(|b| b.is_ascii_digit()) && matches!(at, 2 | 4);
    let mut tail = rest[at..].chars().skip(1);
    number && tail.next() == Some('s') && !tail.next().is_some_and(is_word)
}

/// Whether a word so far is single letters with stops between ("U.S").
fn dotted(word: &str) -> bool {
    word.rsplit('.').next().is_some_and(|part| part.chars().nth(1).is_none() && !part.is_empty())
}

/// Whether what follows looks like the rest of a host or file name (".com").
fn domain(rest: &str) -> bool {
    let tail: String = rest[1..].chars().take(6).take_while(|c| is_word(*c)).collect::<String>().to_lowercase();
    matches!(
        tail.as_str(),
        "com"
            | "org"
            | "net"
            | "gov"
            | "edu"
            | "ru"
            | "uk"
            | "az"
            | "am"
            | "tr"
            | "info"
            | "pdf"
            | "doc"
            | "html"
            | "htm"
            | "txt"
            | "xls"
            | "csv"
    )
}

/// Length of a symbol or a run of the same sign at the beginning.
fn symbol(rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    let run = |same: &dyn Fn(char) -> bool| rest.chars().take(LONGEST).take_while(|c| same(*c)).map(char::len_utf8).sum::<usize>();
    let face = [":-)", ":-(", ";-)", ":)", ":(", ";)"].iter().find(|face| rest.starts_with(**face));
    if let Some(face) = face.filter(|face| rest[face.len()..].chars().next().is_none_or(|c| matches!(c, '.' | ',' | '!' | '?'))) {
        return face.len();
    }
    match first {
        '.' => run(&|c| c == '.'),
        '!' | '?' => run(&|c| matches!(c, '!' | '?')),
        '-' | '=' | '*' | '_' | '~' | '#' | '+' | '—' | '–' => run(&|c| c == first),
        '<' | '>' => run(&|c| c == first),
        '\'' if rest.starts_with("''") => 2,
        '’' if rest.starts_with("’’") => 2 * '’'.len_utf8(),
        '`' if rest.starts_with("``") => 2,
        _ => first.len_utf8() + rest[first.len_utf8()..].chars().take(16).take_while(|c| is_mark(*c)).map(char::len_utf8).sum::<usize>(),
    }
}

/// Whether `word`, directly after `before`, is a clitic, so that the two are written as one.
pub(crate) fn is_clitic(before: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    let tail = lower.trim_start_matches(is_apostrophe);
    match before.to_lowercase().as_str() {
        "can" => lower == "not" || lower == "nt",
        "gon" | "wan" | "got" => matches!(lower.as_str(), "na" | "ta"),
        "do" | "did" | "does" | "is" | "was" | "would" | "could" | "should" | "have" | "has" | "are" | "wo" if lower == "nt" => true,
        before if before.ends_with(char::is_alphanumeric) || before.ends_with('.') => {
            lower.len() > tail.len() && (tail.is_empty() && before.ends_with('s') || CLITICS.contains(&tail))
                || lower.starts_with('n') && lower.ends_with('t') && lower[1..lower.len() - 1].chars().all(is_apostrophe) && lower.len() > 2
        }
        _ => false,
    }
}

/// Whether a word is a number with "'s".
fn decade_end(piece: &str) -> bool {
    let number = piece.trim_end_matches(['s', 'S']);
    number.len() + 1 == piece.len() && number.ends_with(is_apostrophe)
}

/// Cuts clitics off a word and appends the parts.
fn cut(piece: &str, base: usize, out: &mut Vec<Span>) {
    let mut put = |from: usize, to: usize| out.push(Span::new(base + from, base + to));
    if piece.len() < 2 || !piece.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.') || !piece.starts_with(char::is_alphanumeric) {
        return put(0, piece.len());
    }
    let lower = piece.to_ascii_lowercase();
    let fixed = match lower.as_str() {
        "cannot" | "gonna" | "gotta" | "wanna" | "gimme" | "lemme" => 3,
        "cant" | "dont" | "didnt" | "doesnt" | "isnt" | "wasnt" | "wouldnt" | "couldnt" | "shouldnt" | "havent" | "hasnt" | "arent" => {
            piece.len() - 2
        }
        _ => 0,
    };
    if fixed > 0 {
        put(0, fixed);
        return put(fixed, piece.len());
    }
    let digits = piece.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':')).count();
    if digits == piece.len() || digits > 0 && decade_end(piece) {
        return put(0, piece.len());
    }
    if digits > 0 && UNITS.contains(&&lower[digits..]) {
        put(0, digits);
        return put(digits, piece.len());
    }
    if let Some(at) = lower.len().checked_sub(1).and_then(|end| lower[..end].char_indices().rev().take(3).find(|(_, c)| is_apostrophe(*c)))
    {
        let (at, c) = at;
        let tail = &lower[at + c.len_utf8()..];
        if tail == "t" && lower[..at].ends_with('n') && at > 1 {
            let from = at - 1;
            put(0, from);
            return put(from, piece.len());
        }
        if CLITICS.contains(&tail) && at > 0 {
            put(0, at);
            return put(at, piece.len());
        }
    }
    put(0, piece.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut spans = Vec::new();
        tokenize(text, Span::new(0, text.len()), usize::MAX, &mut spans);
        spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cut_as_the_treebank_cuts() {
        for (text, expected) in [
            ("The U.S.-backed side didn't pay.", "The U.S. - backed side did n't pay ."),
            ("Turkey’s and Israel's drones can't", "Turkey ’s and Israel 's drones ca n't"),
            ("They cannot, said Gen. J. R. Smith.", "They can not , said Gen. J. R. Smith ."),
            ("It cost $1,200.5, or 35% (No. 7).", "It cost $ 1,200.5 , or 35 % ( No. 7 ) ."),
            ("On 19/11/2004 at 10:30…", "On 19/11/2004 at 10:30 …"),
            ("See http://a.b/c?d=(e), or x@y.org.", "See http://a.b/c?d=(e) , or x@y.org ."),
            ("Turkish- and Israeli-made", "Turkish - and Israeli - made"),
            ("anti\u{2011}Western, non-aligned", "anti\u{2011}Western , non-aligned"),
            ("two‑thirds—gone...", "two ‑ thirds — gone ..."),
            ("the countries' “peace”", "the countries ' “ peace ”"),
            ("AT&T, e.g. in the '90s", "AT&T , e.g. in the '90s"),
            ("oil and/or gas etc.", "oil and / or gas etc."),
            ("$30bn, US$5m and 7:30pm", "$ 30 bn , US$ 5 m and 7:30 pm"),
            ("in the 1990's and mid-1980s (No. 5)", "in the 1990's and mid-1980s ( No. 5 )"),
            ("He said no. Then", "He said no . Then"),
            ("the U.S.’s and P5+1’s", "the U.S. ’s and P5+1 ’s"),
            ("S-400s since 2020-11-12, 31-40", "S - 400s since 2020-11-12 , 31 - 40"),
            ("don’t they’ve we'll I’m", "do n’t they ’ve we 'll I ’m"),
            ("O’Neill, Côte d’Ivoire, Sana'a’s", "O’Neill , Côte d’Ivoire , Sana'a ’s"),
            ("al-Qaeda, 35%—35 %, £5.2m", "al - Qaeda , 35 % — 35 % , £ 5.2 m"),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn endless_runs_are_cut() {
        for sign in ["x", "a+", "a.", "-", "'", "a@", "ж", "co-", "1,", "1-", "👩\u{200D}", "http://", "U."] {
            let text = sign.repeat(20_000);
            let mut spans = Vec::new();
            assert_eq!(tokenize(&text, Span::new(0, text.len()), usize::MAX, &mut spans), text.len());
            assert!(spans.iter().all(|span| span.len() <= LONGEST_ADDRESS), "{sign}");
            assert_eq!(spans.iter().map(|span| span.len()).sum::<usize>(), text.len());
        }
    }

    #[test]
    fn words_come_a_few_at_a_time() {
        let text = "One two-three four. Five";
        let mut spans = Vec::new();
        let rest = tokenize(text, Span::new(0, text.len()), 2, &mut spans);
        assert_eq!((spans.len(), &text[rest..]), (4, "four. Five"));
    }

    #[test]
    fn strange_text_is_cut_without_loss() {
        for text in ["", "…", "👩‍🚀👍🏽", "Հայաստան", "''''", "a\u{200B}b", "\0\u{1}", "'", "'9", "+", ".", "x'", "n't", "İ't", "1'S"]
        {
            let mut spans = Vec::new();
            tokenize(text, Span::new(0, text.len()), usize::MAX, &mut spans);
            assert!(spans.windows(2).all(|pair| pair[0].stop <= pair[1].begin));
            assert!(spans.iter().all(|span| !span.of(text).is_empty()));
        }
    }
}
