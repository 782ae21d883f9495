//! Style sheets and scripts without what only their authors need. They are read line by line and not as
//! languages, so that a text which looks like more than a text has to be refused.

use super::Sort;

/// A part without comments and indents. What [`torn`] finds would come out broken.
pub(super) fn lean(sort: Sort, text: &str) -> String {
    match sort {
        Sort::Style => lean_style(text),
        Sort::Script => lean_script(text),
    }
}

/// The first line with a text that the lean form would break: one in a style sheet in which a comment
/// seems to begin, or one in a script that goes on in the next line.
pub(super) fn torn(sort: Sort, text: &str) -> Option<&str> {
    let is_odd = |text: &str, mark: char| text.matches(mark).count() % 2 == 1;
    let is_torn = |line: &&str| match sort {
        Sort::Style => line
            .split_once("/*")
            .is_some_and(|(before, _)| is_odd(before, '"') || is_odd(before, '\'')),
        Sort::Script => is_odd(line, '`'),
    };
    text.lines().find(is_torn).map(str::trim)
}

/// A style sheet without its comments and its white space.
fn lean_style(css: &str) -> String {
    let mut rest = css;
    let mut without = String::with_capacity(css.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        without.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    let lines = without.lines().map(str::trim);
    let mut lean = String::with_capacity(without.len());
    for line in lines.filter(|line| !line.is_empty()) {
        match line.strip_suffix(" {") {
            Some(selector) => lean.push_str(&format!("{selector}{{")),
            None => lean.push_str(line),
        }
        // A selector goes on after its comma, and a value where its line ends.
        if !line.ends_with([';', '{', '}', ',']) {
            lean.push(' ');
        }
    }
    lean.push('\n');
    lean
}

/// A script without the lines that are comments, and without its indents.
fn lean_script(js: &str) -> String {
    let lines = js.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}
