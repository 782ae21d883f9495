//! From what a program printed to the lines that readers are shown.

// Here the words of others arrive. Where a place may be missing, the code says what then.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

use regex::Regex;

use crate::clean::{CUT, Clean};
use crate::limits::Limits;
use crate::redaction::Redaction;
use crate::scanner::{Output, Stream, Tool, Variation};
use crate::transcript::Line;

/// What makes lines of a program's output.
pub(crate) struct Shaper {
    shows: Stream,
    /// What varies, each with its expression.
    varies: Vec<(Variation, Regex)>,
}

impl Shaper {
    /// The one for this program.
    pub(crate) fn of(tool: &Tool) -> Shaper {
        let compiled = tool.varies.iter().filter_map(|variation| {
            // That each can be compiled is tested.
            let pattern = Regex::new(variation.pattern).ok()?;
            Some((*variation, pattern))
        });
        Shaper {
            shows: tool.shows,
            varies: compiled.collect(),
        }
    }

    /// The lines that readers are shown, and which replacements were made in
    /// them.
    pub(crate) fn lines(
        &self,
        output: &Output,
        keep: &[String],
        limits: &Limits,
    ) -> (Vec<Line>, Vec<Redaction>) {
        let text = match self.shows {
            Stream::Out => output.out(),
            Stream::Err => output.err(),
            Stream::Both => format!("{}{}", output.out(), output.err()),
        };
        let text = without_tabs(&text);
        let lines: Vec<&str> = text.lines().collect();
        let mut redactions = Vec::new();
        let kept = cut(&lines, keep, limits.lines);
        let lines = kept.into_iter().map(|line| {
            // Tables are filled up with spaces that nobody sees.
            let line = window(line.trim_end(), keep, limits.line_length);
            let line = replace(&line, &self.varies, &mut redactions);
            Line {
                text: Clean::line(&line, limits.line_length),
                volatile: false,
            }
        });
        (lines.collect(), redactions)
    }
}

/// The lines of one of our own scanners that are kept, each cut marked.
pub(crate) fn kept(lines: Vec<Line>, keep: &[String]) -> Vec<Line> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let kept = cut(&texts, keep, texts.len().max(1));
    let line = |text: &str| {
        let same = lines.iter().find(|line| line.text.as_str() == text);
        same.cloned().unwrap_or_else(|| Line {
            text: Clean::from(text.to_owned()),
            volatile: false,
        })
    };
    kept.into_iter().map(line).collect()
}

/// The text with each tab as the spaces that a terminal would show.
fn without_tabs(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let width = 8 - column % 8;
                plain.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            _ => {
                column = if character == '\n' { 0 } else { column + 1 };
                plain.push(character);
            }
        }
    }
    plain
}

/// The part of a line too long to be shown in which the words stand that it is
/// kept for.
fn window(line: &str, keep: &[String], length: usize) -> String {
    let place = keep
        .iter()
        .filter_map(|words| line.find(words.as_str()))
        .min();
    let before = place.and_then(|place| line.get(..place));
    let before = before.map_or(0, |before| before.chars().count());
    if line.chars().count() <= length || before < length / 2 {
        // Patterns are for what people read.
        return line.chars().take(2_000).collect();
    }
    let rest = line.chars().skip(before.saturating_sub(length / 4));
    std::iter::once(CUT)
        .map(str::to_owned)
        .chain([rest.take(2_000).collect()])
        .collect()
}

/// Makes the named replacements in one line.
fn replace(line: &str, patterns: &[(Variation, Regex)], made: &mut Vec<Redaction>) -> String {
    let mut line = line.to_owned();
    for (variation, pattern) in patterns {
        let replaced = pattern.replace_all(&line, |found: &regex::Captures<'_>| {
            let whole = &found[0];
            match (found.get(0), found.get(1)) {
                (Some(all), Some(part)) => {
                    let part = part.start() - all.start()..part.end() - all.start();
                    let mut shown = whole.to_owned();
                    shown.replace_range(part, variation.shown);
                    shown
                }
                _ => variation.shown.to_owned(),
            }
        });
        if replaced != line {
            line = replaced.into_owned();
            let redaction = Redaction {
                what: variation.what.to_owned(),
                shown: variation.shown.to_owned(),
            };
            if !made.contains(&redaction) {
                made.push(redaction);
            }
        }
    }
    line
}

/// Leaves out what is not kept, with a mark in its place; blank lines at either
/// end go without one.
fn cut<'a>(lines: &[&'a str], keep: &[String], most: usize) -> Vec<&'a str> {
    let wanted =
        |line: &str| keep.is_empty() || keep.iter().any(|words| line.contains(words.as_str()));
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let last = lines.iter().rposition(|line| !line.trim().is_empty());
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut shown = None;
    for line in lines.iter().take(last + 1).skip(first) {
        // What is printed over and over is chosen once.
        let again = !keep.is_empty() && shown == Some(line.trim());
        if wanted(line) && !again {
            shown = Some(line.trim());
            kept.push(line);
        } else if kept.last() != Some(&CUT) {
            kept.push(CUT);
        }
    }
    if kept.len() > most {
        kept.truncate(most.saturating_sub(1));
        kept.push(CUT);
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TIME: Variation = Variation {
        what: "the start time",
        shown: "<time>",
        pattern: r" at (\d+:\d+)",
    };

    #[test]
    fn a_replacement_is_made_and_named() {
        let mut made = Vec::new();
        let patterns = [(TIME, Regex::new(TIME.pattern).unwrap())];
        let line = replace("Starting at 10:41 and at 10:42.", &patterns, &mut made);
        assert_eq!(line, "Starting at <time> and at <time>.");
        assert_eq!(made.len(), 1);
        assert_eq!(replace("nothing", &patterns, &mut made), "nothing");
        assert_eq!(made.len(), 1);
    }

    #[test]
    fn a_tab_is_the_space_it_takes() {
        assert_eq!(without_tabs("a\tb\n\tc"), "a       b\n        c");
        assert_eq!(without_tabs("12345678\t9"), "12345678        9");
    }

    #[test]
    fn each_cut_is_marked() {
        let lines = ["", "a 1", "b", "c", "a 2", "d", " "];
        assert_eq!(cut(&lines, &["a".to_owned()], 9), ["a 1", CUT, "a 2", CUT]);
        let again = ["a", "b", " a", "a", "c"];
        assert_eq!(cut(&again, &["a".to_owned()], 9), ["a", CUT]);
        assert_eq!(cut(&lines, &[], 9), ["a 1", "b", "c", "a 2", "d"]);
        assert_eq!(cut(&lines, &[], 3), ["a 1", "b", CUT]);
        assert!(cut(&[""], &[], 3).is_empty());
    }

    #[test]
    fn a_long_line_is_shown_where_it_matters() {
        let line = format!("{}NAME{}", "x".repeat(300), "y".repeat(300));
        let shown = window(&line, &["NAME".to_owned()], 40);
        assert!(
            shown.starts_with(&format!("{CUT}xxxxxxxxxxNAMEyyy")),
            "{shown}"
        );
        assert_eq!(window("short NAME", &["NAME".to_owned()], 40), "short NAME");
        assert!(window(&line, &[], 40).starts_with("xxx"));
    }
}
