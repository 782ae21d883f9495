//! `shodan`: the command line of a search engine for machines.

use std::time::Duration;

use crate::clean::Clean;
use crate::facts::{Index, Seen};

use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool, Variation};

/// The longest text that is kept, in characters.
const LONGEST: usize = 120;

/// How many ports and products are kept.
const MOST: usize = 64;

/// How to use it. Its commands stand before their values, so they are options
/// here: with others it could write files.
pub(super) const TOOL: Tool = Tool {
    program: "shodan",
    package: "pypi:shodan",
    version_args: &["version"],
    version,
    options: &[
        Opt::Value("host", Kind::Host),
        Opt::Value("count", Kind::Query),
        Opt::Flag("alert"),
        Opt::Flag("list"),
        Opt::Value("create", Kind::Text),
        Opt::Operand(Kind::Host),
    ],
    always: &[],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[Variation {
        what: "when the index last looked",
        shown: "<time>",
        pattern: r"^Updated: +(\d{4}-\d\d-\d\dT[0-9:.]+)",
    }],
    // It takes a second on an idle machine, and Python more on a busy one.
    patience: Duration::from_secs(40),
    read,
};

/// The version, which stands alone.
fn version(answer: &str) -> Option<String> {
    let number = answer.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    (number.starts_with(|c: char| c.is_ascii_digit())
        && number.len() <= 32
        && number.chars().all(plain))
    .then(|| number.to_owned())
}

/// What its output means. The first line says which answer it is.
fn read(output: &Output, _: &Context<'_>) -> Seen {
    let mut index = Index {
        error: error(&output.err()),
        ..Index::default()
    };
    let text = output.out();
    match text.lines().next() {
        Some("Successfully created network alert!") => index.alert = Some(true),
        Some("You haven't created any alerts yet.") => index.alert = Some(false),
        Some(number) if text.trim_end() == number && is_number(number) => {
            index.total = number.parse().ok();
        }
        _ => list(&text, &mut index),
    }
    Seen::Index(index)
}

/// Whether a line is a number and nothing else.
fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The error in `Error: Invalid API key`, or, where the program itself broke,
/// the last line of what Python says about that.
fn error(text: &str) -> Option<Clean> {
    let mut lines = text.lines();
    let words = match lines.clone().find_map(|line| line.strip_prefix("Error: ")) {
        Some(words) => words,
        None => {
            lines.find(|line| line.starts_with("Traceback "))?;
            lines.rfind(|line| !line.trim().is_empty())?
        }
    };
    Some(Clean::line(words, LONGEST))
}

/// The services of a host, in the lines that follow on `Ports:`. Without that
/// line no host is shown.
fn list(text: &str, index: &mut Index) {
    let mut lines = text.lines();
    if !lines.any(|line| line == "Ports:") {
        return;
    }
    let mut ports = Vec::new();
    for line in lines {
        let Some((port, product)) = service(line) else {
            continue;
        };
        if ports.len() < MOST && !ports.contains(&port) {
            ports.push(port);
        }
        if let Some(product) = product
            && index.products.len() < MOST
            && !index.products.contains(&product)
        {
            index.products.push(product);
        }
    }
    ports.sort_unstable();
    index.ports = Some(ports);
    index.products.sort_by(|a, b| a.as_str().cmp(b.as_str()));
}

/// The port and the product in `  11112/tcp DICOM Server (1.0)`. What follows
/// on a tab is a date.
fn service(line: &str) -> Option<(u16, Option<Clean>)> {
    let line = line.split('\t').next()?;
    let (number, rest) = line.split_at_checked(7)?;
    let port = number.trim_start().parse().ok()?;
    let rest = rest
        .strip_prefix("/tcp ")
        .or_else(|| rest.strip_prefix("/udp "))
        .or_else(|| rest.strip_prefix(' '))?;
    // Product, space, and the version in parentheses or nothing.
    let product = match rest
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("))
    {
        Some((product, _)) => product,
        None => rest,
    };
    let product = product.trim();
    Some((
        port,
        (!product.is_empty()).then(|| Clean::line(product, LONGEST)),
    ))
}

#[cfg(test)]
mod tests;
