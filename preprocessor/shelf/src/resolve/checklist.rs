//! The checklist on its page.

mod html;
mod plain;

use std::path::{Path, PathBuf};

use editorial::Task;

use super::{Form, Stock};
use crate::summary::way;

/// The checklist, as the page at `path` shows it.
pub(super) fn checklist(path: &str, stock: Stock<'_>, form: Form) -> String {
    let up = way(Path::new(path));
    match form {
        Form::Html => html::checklist(stock, &up),
        Form::Plain => plain::checklist(stock.shelf, &up),
    }
}

/// The citations of a task in Markdown, for mdBook to number.
fn citations(task: &Task) -> String {
    let keys = task.sources.iter();
    keys.map(|key| format!("[^{}]", key.value)).collect()
}

/// Where the page of `answer` stands on the website.
fn address(answer: &str) -> String {
    let (file, anchor) = match answer.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (answer, None),
    };
    let mut file = PathBuf::from(file.trim_start_matches("./")).with_extension("html");
    // mdBook serves a folder's README as its index.
    if file
        .file_stem()
        .is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
    {
        file.set_file_name("index.html");
    }
    let file = file.display();
    match anchor {
        Some(anchor) => format!("{file}#{anchor}"),
        None => file.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_answer_has_its_address() {
        assert_eq!(address("answers/a.md"), "answers/a.html");
        assert_eq!(address("./answers/a.md#b"), "answers/a.html#b");
        assert_eq!(address("answers/README.md"), "answers/index.html");
    }
}
