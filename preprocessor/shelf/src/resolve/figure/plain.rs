//! The figure for every renderer but the website: Markdown without HTML.

use evidence::Clean;

use super::super::escape::markdown;
use super::Figure;
use crate::evidence_run::command;

/// One figure, or two in turn.
pub(super) fn figures(before: Option<&Figure<'_>>, after: &Figure<'_>) -> String {
    match before {
        None => figure(after, ""),
        Some(before) => format!(
            "{}\n{}",
            figure(before, "Before: "),
            figure(after, "After: ")
        ),
    }
}

fn figure(figure: &Figure<'_>, when: &str) -> String {
    let mut lines = Vec::new();
    for (step, printed) in figure.steps() {
        let shown = Clean::line(&command(step), 1_000);
        lines.push(format!("$ {}", shown.as_plain()));
        for (line, notice) in printed {
            let text = line.text.as_plain();
            lines.push(match notice {
                None => text.into_owned(),
                Some(number) => format!("{text}  <{number}>"),
            });
        }
        lines.extend(Figure::ending(step));
    }
    let fence = fence_for(&lines);
    let mut out = format!(
        "**{}{}** {}\n\n{fence}text\n{}\n{fence}\n\n",
        when,
        markdown(&figure.sample.title.value),
        markdown(&figure.sample.plain.value),
        lines.join("\n")
    );
    for (index, notice) in figure.sample.notices.iter().enumerate() {
        out.push_str(&format!(
            "{}. {}\n",
            index + 1,
            markdown(&notice.says.value)
        ));
    }
    out.push_str(&format!(
        "\n{} Repeat it: `{}`\n",
        markdown(&figure.provenance()),
        figure.repeat()
    ));
    out
}

/// A fence longer than any run of back quotes inside. The figure starts at the first column, where
/// nothing shorter can close it.
fn fence_for(lines: &[String]) -> String {
    let longest = lines
        .iter()
        .flat_map(|line| line.split(|c| c != '`'))
        .map(str::len)
        .max()
        .unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::fence_for;

    #[test]
    fn no_output_can_close_the_fence() {
        assert_eq!(fence_for(&["plain".into()]), "```");
        assert_eq!(fence_for(&["a ```` b `".into(), "```".into()]), "`````");
    }
}
