//! The figure for the website.
//!
//! It is one line of HTML at the start of a line, so that Markdown cannot end it early, and every
//! character that a scanner printed stands in it as an entity or a plain letter.

use evidence::{Clean, Line};

use super::super::escape::{html, prose};
use super::Figure;
use crate::evidence_run::command;

/// One figure, or two side by side.
pub(super) fn figures(before: Option<&Figure<'_>>, after: &Figure<'_>) -> String {
    match before {
        None => format!("{}\n", figure(after, None)),
        Some(before) => format!(
            "<div class=\"before-after\">{}{}</div>\n",
            figure(before, Some("Before")),
            figure(after, Some("After"))
        ),
    }
}

fn figure(figure: &Figure<'_>, when: Option<&str>) -> String {
    let id = html(figure.id);
    let title = prose(&figure.sample.title.value);
    let when = when.map_or(String::new(), |when| {
        format!("<span class=\"when\">{when}</span> ")
    });
    let mut out = format!(
        "<figure class=\"sample\" id=\"sample-{id}\"><figcaption><p class=\"sample-title\">{when}{title}</p><p class=\"sample-plain\">{}</p></figcaption>",
        prose(&figure.sample.plain.value)
    );
    out.push_str("<div class=\"transcript\"><pre>");
    for (step, lines) in figure.steps() {
        out.push_str(&format!(
            "<span class=\"line command{}\"><span class=\"prompt\">$&#32;</span><kbd>{}</kbd>&#10;</span>",
            if step.scanner.is_ours() { " own" } else { "" },
            encoded(&command(step))
        ));
        for (line, notice) in lines {
            out.push_str(&printed(line, notice, &id));
        }
        if let Some(ending) = Figure::ending(step) {
            out.push_str(&format!(
                "<span class=\"line ending\">{}&#10;</span>",
                html(&ending)
            ));
        }
    }
    out.push_str("</pre></div>");
    out.push_str(&notices(figure, &id));
    out.push_str(&format!(
        "<p class=\"provenance\">{} Repeat it: <code>{}</code></p></figure>",
        prose(&figure.provenance()),
        html(&figure.repeat())
    ));
    out
}

/// A line that was printed, with the number of its notice.
fn printed(line: &Line, notice: Option<usize>, id: &str) -> String {
    let text = with_gaps(&line.text.as_html());
    match notice {
        None => format!("<span class=\"line\"><samp>{text}</samp>&#10;</span>"),
        Some(number) => format!(
            "<span class=\"line\"><a class=\"callout\" id=\"sample-{id}-line-{number}\" href=\"#sample-{id}-note-{number}\" aria-label=\"Note {number}\">{number}</a><samp class=\"noticed\">{text}</samp>&#10;</span>"
        ),
    }
}

/// A text that may hold a stranger's words, as entities.
fn encoded(text: &str) -> String {
    Clean::line(text, 1_000).as_html()
}

/// Marks the gaps between columns, so that a narrow screen can set the columns in a row.
fn with_gaps(encoded: &str) -> String {
    const SPACE: &str = "&#32;";
    /// A gap longer than this would push what follows out of sight.
    const WIDE: usize = 16;
    let mut out = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(at) = rest.find("&#32;&#32;") {
        let (before, gap) = rest.split_at(at);
        let after = gap.trim_start_matches(SPACE);
        let gap = &gap[..gap.len() - after.len()];
        let class = if out.is_empty() && before.is_empty() {
            "gap lead"
        } else if gap.len() > WIDE * SPACE.len() {
            "gap wide"
        } else {
            "gap"
        };
        out.push_str(&format!("{before}<span class=\"{class}\">{gap}</span>"));
        rest = after;
    }
    out + rest
}

fn notices(figure: &Figure<'_>, id: &str) -> String {
    if figure.sample.notices.is_empty() {
        return String::new();
    }
    let mut out = String::from("<ol class=\"notices\">");
    for (index, notice) in figure.sample.notices.iter().enumerate() {
        let number = index + 1;
        out.push_str(&format!(
            "<li id=\"sample-{id}-note-{number}\">{} <a class=\"back\" href=\"#sample-{id}-line-{number}\" aria-label=\"Back to line {number}\">&#8617;</a></li>",
            prose(&notice.says.value)
        ));
    }
    out.push_str("</ol>");
    out
}

#[cfg(test)]
mod tests {
    use super::with_gaps;

    #[test]
    fn two_spaces_and_more_are_a_gap() {
        assert_eq!(with_gaps("a&#32;b"), "a&#32;b");
        assert_eq!(
            with_gaps("&#32;&#32;a"),
            "<span class=\"gap lead\">&#32;&#32;</span>a"
        );
        assert_eq!(
            with_gaps("a&#32;&#32;&#32;b&#32;c&#32;&#32;d"),
            "a<span class=\"gap\">&#32;&#32;&#32;</span>b&#32;c<span class=\"gap\">&#32;&#32;</span>d"
        );
    }
}
