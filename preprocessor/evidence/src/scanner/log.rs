//! What a server wrote into its log: nginx into those for access and errors,
//! DCMTK's `storescp` with `-v` or `-d`, and whatever else has lines.

use crate::clean::Clean;
use crate::facts::Log;

use super::tool::Context;

/// The longest title that is kept, in characters. The standard allows 16.
const LONGEST: usize = 120;

/// How many titles are kept.
const MOST: usize = 64;

/// What a log says.
pub(super) fn read(bytes: &[u8], context: &Context<'_>) -> Log {
    let text = String::from_utf8_lossy(bytes);
    let plain = decode(&text);
    Log {
        any: !text.trim().is_empty(),
        names: sum(&plain, context.names),
        ids: sum(&plain, context.ids),
        visits: sum(&text, &["Association Acknowledged"]),
        strangers: sum(&text, &["Unrecognized PDU type"]),
        callers: callers(&text),
    }
}

/// How many times any of these words stands in a text.
fn sum(text: &str, words: &[&str]) -> u32 {
    let count = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| text.matches(word).count())
        .fold(0, usize::saturating_add);
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The text with what is encoded for web addresses as it was, for as long as
/// it is one visible character of ASCII: `%5E` is `^` (RFC 3986 §2.1).
fn decode(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        plain.push_str(before);
        let byte = after
            .get(..2)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(|byte| (b' '..=b'~').contains(byte));
        match (byte, after.get(2..)) {
            (Some(byte), Some(after)) => {
                plain.push(char::from(byte));
                rest = after;
            }
            _ => {
                plain.push('%');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The titles in lines such as `D: Calling Application Name:    STRANGER`, each
/// once.
fn callers(text: &str) -> Vec<Clean> {
    let mut callers: Vec<Clean> = Vec::new();
    for line in text.lines() {
        let Some(title) = line.strip_prefix("D: Calling Application Name:") else {
            continue;
        };
        let title = Clean::line(title.trim(), LONGEST);
        if callers.len() < MOST && !title.as_str().is_empty() && !callers.contains(&title) {
            callers.push(title);
        }
    }
    callers.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    callers
}

#[cfg(test)]
mod tests;
