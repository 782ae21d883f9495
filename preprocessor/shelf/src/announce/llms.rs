//! `llms.txt`: what the website holds, for programs that read it in one go (llmstxt.org).

use editorial::{Page, Shelf, Status};

use super::Imprint;
use super::text::line;
use crate::summary::parts;

/// The file: a heading, the summary, how far to trust the pages, and every page under its topic with the
/// sentence to quote.
pub(super) fn llms(shelf: &Shelf, imprint: &Imprint) -> String {
    let mut text = format!("# {}\n\n", markdown(&imprint.title));
    if !imprint.summary.is_empty() {
        text.push_str(&format!("> {}\n\n", markdown(&imprint.summary)));
    }
    text.push_str(&trust(shelf));
    for part in parts(shelf) {
        let title = part.title.unwrap_or("Where to begin");
        text.push_str(&format!("\n## {}\n\n", markdown(title)));
        for page in part.pages {
            text.push_str(&entry(page, imprint));
        }
    }
    text
}

/// How far the pages have been reviewed, and what that means for those who quote them.
fn trust(shelf: &Shelf) -> String {
    let pieces = shelf.pages.iter().filter_map(|page| page.piece.as_ref());
    let reviews: Vec<_> = pieces.filter_map(|piece| piece.review.as_ref()).collect();
    let drafts = reviews
        .iter()
        .filter(|review| review.status == Status::Draft);
    let sentence = match drafts.count() {
        0 => return String::new(),
        all if all == reviews.len() => {
            "Every page is a draft: nobody but its writers has reviewed it."
        }
        _ => {
            "Some pages are drafts, which nobody but their writers has reviewed; each page says so."
        }
    };
    format!(
        "{sentence} The pages speak for no standards body, no maker and no hospital. \
         Quote a page with its status and the day on which it was checked.\n"
    )
}

fn entry(page: &Page, imprint: &Imprint) -> String {
    let (Some(piece), Some(place)) = (&page.piece, page.address()) else {
        return String::new();
    };
    let says = piece.says.as_ref();
    let says = says.map_or(String::new(), |says| format!(": {}", markdown(&says.value)));
    format!(
        "- [{}]({}){says}\n",
        markdown(&piece.title.value),
        imprint.address.of(&place)
    )
}

/// Text in which no character opens a link, a heading or an element.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        if "\\`*_[]<>#".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::announce::tests::{imprint, shelf};

    #[test]
    fn every_piece_stands_under_its_topic_with_its_sentence() {
        let text = llms(&shelf(), &imprint("https://a.org/b/"));
        assert_eq!(
            text,
            "# Größe & Maß\n\n> All about \\[sizes\\].\n\n\
             Every page is a draft: nobody but its writers has reviewed it. The pages speak for no standards \
             body, no maker and no hospital. Quote a page with its status and the day on which it was \
             checked.\n\n## Where to begin\n\n- [Start](https://a.org/b/)\n\n## Answers\n\n\
             - [How large?](https://a.org/b/answers/gr%C3%B6%C3%9Fe.html): As \\*large\\* as \"it\" <is>.\n"
                .replace("<is>", "\\<is\\>")
        );
    }
}
