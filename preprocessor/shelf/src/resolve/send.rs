//! How a reader takes a piece along: by e-mail, as text, on paper.

use editorial::{Page, Piece};

use super::escape::html;
use crate::sending::{Form, Item};
use crate::summary::way;

/// The id of the section; `editorial` keeps it free.
const ID: &str = "send-this-piece";
/// The longest link that every mail program takes, in characters. Windows cuts at about 2,000.
const LONGEST: usize = 1_900;

/// The section "Send this piece"; nothing for a page without front matter. `address` is where the piece
/// can be read; `files` are those of the kit. What needs a script is made by it.
pub(crate) fn send(page: &Page, address: Option<&str>, files: &[Item]) -> String {
    let Some(piece) = &page.piece else {
        return String::new();
    };
    format!(
        "\n\n<section class=\"take\" aria-labelledby=\"{ID}\"><h2 id=\"{ID}\">Send this piece</h2>{}\
         <div class=\"ways\"><a class=\"button\" href=\"{}\">Write an e-mail</a></div></section>\n\n",
        downloads(page, files),
        html(&mail(piece, address))
    )
}

/// The files of the kit about this page, as links that save them: the policy of the website would take the
/// looks of the one that is made for e-mail. Nothing where there is none.
pub(super) fn downloads(page: &Page, files: &[Item]) -> String {
    let path = page.file.path();
    let slug = path.file_stem().unwrap_or_default().to_string_lossy();
    let up = way(path);
    let own = files.iter().filter(|item| item.slug == slug);
    let is_lesson = page
        .piece
        .as_ref()
        .is_some_and(|piece| piece.lesson.is_some());
    let label = |item: &Item| match item.form {
        // Beside slides and lab guides, it has to be said what is a PDF.
        Form::Pdf | Form::Word if is_lesson => format!("Text ({})", item.form.label()),
        form => form.label().to_owned(),
    };
    let links: String = own
        .map(|item| download(&up, item, &label(item)) + " ")
        .collect();
    if links.is_empty() {
        return links;
    }
    format!("<p class=\"files\">{}</p>", links.trim_end())
}

/// A link that saves a file of the kit. `up` is the way to the root of the site.
pub(super) fn download(up: &str, item: &Item, label: &str) -> String {
    let address = html(&item.address());
    format!("<a download href=\"{up}{address}\">{}</a>", html(label))
}

/// A link that opens the reader's own mail program with the piece in short: the question, the answer,
/// the messages, and how far to trust them (RFC 6068). Where it would be too long, it says less.
fn mail(piece: &Piece, address: Option<&str>) -> String {
    let mut body = Vec::new();
    body.extend(piece.says.as_ref().map(|says| says.value.clone()));
    let messages = piece.messages.iter();
    let messages: Vec<String> = messages.map(|said| format!("- {}", said.value)).collect();
    body.push(messages.join("\n"));
    body.extend(piece.review.as_ref().map(|review| {
        let day = review.checked.value.in_words();
        format!("{} Compared with its sources on {day}.", review.in_words())
    }));
    body.extend(address.map(|address| format!("Read it here: {address}")));
    body.retain(|part| !part.is_empty());
    let title = &piece.title.value;
    loop {
        let link = format!(
            "mailto:?subject={}&body={}",
            encoded(title),
            encoded(&format!("{title}\n\n{}", body.join("\n\n")))
        );
        if link.len() <= LONGEST || body.is_empty() {
            return link;
        }
        // The state and the address stand last, and are the last to go.
        body.remove(0);
    }
}

/// Text as a part of a link: everything but letters, digits and four marks as bytes in hexadecimal, and
/// each line break as the two that mail wants (RFC 3986, RFC 6068).
fn encoded(text: &str) -> String {
    let text = text.trim().replace('\n', "\r\n");
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use editorial::SourceText;

    use super::*;

    fn page(question: &str, says: &str) -> Page {
        let text = format!(
            "+++\nkind = \"answer\"\nquestion = {question:?}\nsays = {says:?}\nmessages = [\"One & two.\", \"Three?\", \"50 % more.\"]\naudience = [\"press\"]\ntopics = [\"t\"]\naction = \"Ask.\"\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\nText.\n"
        );
        Page::read(SourceText::new("src/answers/a.md", text))
    }

    #[test]
    fn a_mail_says_what_the_piece_says_and_how_far_to_trust_it() {
        let page = page("Why? And who?", "Because it’s so.");
        let link = mail(
            page.piece.as_ref().unwrap(),
            Some("https://example.org/a.html#x"),
        );
        assert!(link.starts_with(
            "mailto:?subject=Why%3F%20And%20who%3F&body=Why%3F%20And%20who%3F%0D%0A%0D%0ABecause%20it%E2%80%99s%20so.%0D%0A%0D%0A-%20One%20%26%20two.%0D%0A-%20Three%3F%0D%0A-%2050%20%25%20more.%0D%0A%0D%0ADraft"
        ), "{link}");
        assert!(link.ends_with("Read%20it%20here%3A%20https%3A%2F%2Fexample.org%2Fa.html%23x"));
    }

    #[test]
    fn a_link_that_would_be_too_long_says_less_but_keeps_the_state() {
        for says in ["word ".repeat(400), "ü".repeat(700)] {
            let page = page("Why?", &says);
            let link = mail(page.piece.as_ref().unwrap(), Some("https://example.org/"));
            assert!(link.len() <= LONGEST, "{}", link.len());
            assert!(
                link.contains("Draft") && link.contains("example.org"),
                "{link}"
            );
        }
    }

    #[test]
    fn nothing_in_a_piece_ends_the_link_early() {
        let page = page("A \"quoted\" <question> & more {{#x}}", "Says.");
        let section = send(&page, None, &[]);
        let link = section.split("href=\"").nth(1).unwrap();
        let link = link.split('"').next().unwrap();
        assert!(!link.contains(['<', '>', '{', ' ']), "{link}");
        assert_eq!(section.trim().lines().count(), 1);
    }

    #[test]
    fn a_page_without_front_matter_is_no_piece() {
        let plain = Page::read(SourceText::new("src/a.md", "Text.\n"));
        assert_eq!(send(&plain, None, &[]), "");
    }
}
