//! `cat`, for printing what a server wrote into its log, or what stands in the
//! file of settings that it was started with.

use std::time::Duration;

use super::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation, log};
use crate::facts::Seen;

pub(super) const TOOL: Tool = Tool {
    program: "cat",
    package: "coreutils",
    version_args: &["--version"],
    version: |said| {
        let first = said.lines().next()?;
        first.rsplit(' ').next().map(str::to_owned)
    },
    options: &[Opt::Operand(Kind::File)],
    always: &[],
    report: None,
    shows: Stream::Out,
    input: Input::Nothing,
    varies: &[
        Variation {
            what: "the time",
            shown: "<time>",
            pattern: r"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]",
        },
        Variation {
            what: "the time",
            shown: "<time>",
            pattern: r"^(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) ",
        },
        Variation {
            what: "the time",
            shown: "<time>",
            pattern: r"^(\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d) LOG\d",
        },
        Variation {
            what: "the number of the connection",
            shown: "<number>",
            pattern: r"^<time> LOG\d\[(\d+)\]: ",
        },
        Variation {
            what: "the number of the process",
            shown: "<pid>",
            pattern: r"^<time> \[\w+\] (\d+#\d+): ",
        },
    ],
    patience: Duration::from_secs(5),
    read,
};

fn read(output: &Output, context: &Context<'_>) -> Seen {
    Seen::Log(log::read(&output.stdout, context))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use regex::Regex;

    use super::TOOL;

    #[test]
    fn what_varies_in_the_log_of_a_gateway_is_replaced() {
        let corpus = include_str!("../../../fuzz/corpus/log/stunnel-refuses-a-card");
        let mut line = corpus.lines().nth(2).unwrap().to_owned();
        for varies in TOOL.varies {
            let pattern = Regex::new(varies.pattern).unwrap();
            let part = pattern
                .captures(&line)
                .map(|found| found.get(1).unwrap().range());
            if let Some(part) = part {
                line.replace_range(part, varies.shown);
            }
        }
        assert_eq!(line, "<time> LOG4[<number>]: CERT: Subject checks failed");
    }

    #[test]
    fn the_version_is_the_last_word_of_the_first_line() {
        let said = "cat (GNU coreutils) 9.1\nCopyright (C) 2022\n";
        assert_eq!((TOOL.version)(said).as_deref(), Some("9.1"));
        assert_eq!((TOOL.version)(""), None);
    }
}
