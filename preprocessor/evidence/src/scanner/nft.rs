//! `nft`: lists the rules of the firewall.

use std::time::Duration;

use crate::facts::{Rules, Seen};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation, version_after};

/// How to use it: only to look.
pub(super) const TOOL: Tool = Tool {
    program: "nft",
    package: "nftables",
    version_args: &["--version"],
    version,
    options: &[
        Opt::Value("list", Kind::Word(&["ruleset"])),
        Opt::Flag("-n"),
    ],
    always: &[],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    // A client asks again when nothing answers; how often is a matter of time.
    varies: &[
        Variation {
            what: "how many packets a rule has met, if any",
            shown: "<some>",
            pattern: r"\bcounter packets ([1-9][0-9]*) bytes ",
        },
        Variation {
            what: "how many bytes a rule has met, if any",
            shown: "<some>",
            pattern: r"\bcounter packets \S+ bytes ([1-9][0-9]*)\b",
        },
    ],
    patience: Duration::from_secs(10),
    read,
};

/// The version in `nftables v1.0.6 (Lester Gooch #5)`.
fn version(answer: &str) -> Option<String> {
    version_after("nftables v", answer)
}

/// What its output means. That nothing is dropped is known only of a list that
/// has a table and came to its end.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let text = output.out();
    let mut drops = false;
    let mut tables = 0;
    let mut counted = false;
    for line in text.lines() {
        let line = without_quoted(line);
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '{' | '}'))
            .filter(|word| !word.is_empty())
            .collect();
        tables += usize::from(words.first() == Some(&"table"));
        // The name of a thing says nothing about what it does.
        if matches!(
            words.first(),
            Some(&("table" | "chain" | "set" | "map" | "counter"))
        ) {
            continue;
        }
        drops |= words.iter().any(|word| matches!(*word, "drop" | "reject"));
        counted |= words
            .iter()
            .zip(words.iter().skip(1))
            .any(|(before, number)| *before == "packets" && is_some(number));
    }
    let whole = tables > 0 && text.trim_end().ends_with("\n}");
    Seen::Rules(Rules {
        drops: (drops || whole).then_some(drops),
        counted,
    })
}

/// Whether a word is a number above zero.
fn is_some(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte != b'0')
}

/// A line without what stands in quotation marks, such as comments.
fn without_quoted(line: &str) -> String {
    line.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
