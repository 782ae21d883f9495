//! A page of somebody else's, with the feed in it: what an editor sees who tries it.

use super::{Entry, Feed, Site, piece, plain};
use crate::ArticleKind;

/// The page: how it was made, every question, and two pieces as they were pasted.
pub(super) fn example(site: &Site, feed: &Feed, entries: &[Entry<'_>]) -> String {
    let title = format!("{}: an example of the feed", plain::html(&site.title));
    let pasted: String = shown(entries)
        .iter()
        .map(|entry| piece::piece(site, entry.article))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"example.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p class=\"note\">{note}</p>\n{how}\n\
         <section id=\"every-question\">\n<h2>Every question, from the data</h2>\n<ul>\n{list}</ul>\n</section>\n\
         <div id=\"two-pieces\">\n{pasted}</div>\n</main>\n</body>\n</html>\n",
        language = plain::html(&site.language),
        note = plain::html(&feed.note),
        how = HOW,
        list = questions(feed),
    )
}

const HOW: &str = "<section id=\"how\">\n<h2>For the editor of another website</h2>\n\
    <p>This page stands for one of yours. It holds no script, and its styles are all its own.</p>\n<ol>\n\
    <li><strong>To paste one piece,</strong> open its file in the folder <code>fragments</code>, copy all of it, \
    and paste it into the HTML view of your editor. Its first heading has level 2, and all its ids begin with its \
    name, so that several pieces fit on one page. Two are pasted below.</li>\n\
    <li><strong>To show all of them,</strong> let a program read <a href=\"faq.json\">faq.json</a> once a day. The \
    list below is made from it. <a href=\"faq.schema.json\">A schema</a> says what each field holds.</li>\n\
    <li><strong>To learn what changed,</strong> compare the field <code>digest</code> of each piece with the one you \
    kept. It changes with the words, and with nothing else.</li>\n\
    <li><strong>Keep the state with the piece.</strong> A draft that looks finished misleads your readers.</li>\n\
    </ol>\n<p><a href=\"README.txt\">The README</a> says it all in full.</p>\n</section>";

fn questions(feed: &Feed) -> String {
    let items = feed.items.iter();
    items
        .map(|item| {
            let answer = item.answer.as_ref();
            let answer = answer.map_or(String::new(), |answer| {
                format!("<br>\n{}", plain::html(answer))
            });
            format!(
                "<li><a href=\"{}\">{}</a> <small>{}</small>{answer}</li>\n",
                plain::html(&item.address),
                plain::html(&item.question),
                plain::html(item.state.status),
            )
        })
        .collect()
}

/// An answer and a fact sheet, or what there is.
fn shown<'a>(entries: &'a [Entry<'a>]) -> Vec<&'a Entry<'a>> {
    let first = |kind| entries.iter().find(|entry| entry.article.kind == kind);
    let kinds = [ArticleKind::Answer, ArticleKind::Incident];
    kinds.into_iter().filter_map(first).collect()
}
