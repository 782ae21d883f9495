//! The press room: every incident and every piece with what may be sent, and above them a field for the
//! question that was asked.
//!
//! Without a script the page is the list. The field stands in a region that the build fills where it has the
//! words of the pieces (`dress::asking`), and is hidden until the script of the press room shows it; what is
//! found is the entries of the list.

use std::path::Path;

use editorial::{Kind, Page, Shelf, Status, stem};

use super::escape::{html, markdown, prose};
use super::{Form, Stock};
use crate::sending::Item;
use crate::summary::{parts, way};

/// The region of the page for the field.
pub(crate) const ASKING: &str = "asking";

/// All that the press room shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PressRoom {
    /// The fact sheets about incidents.
    pub(crate) incidents: Vec<Entry>,
    /// Every other piece, under the headings of the summary.
    pub(crate) pieces: Vec<(String, Vec<Entry>)>,
}

/// A piece, with what may be sent of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its file name without ending.
    pub(crate) slug: String,
    /// Its page, from the root of the site.
    pub(crate) page: String,
    /// The question or title.
    pub(crate) title: String,
    /// The sentence to quote.
    pub(crate) says: String,
    /// How far its review has come, in a word; nothing where that is not known.
    pub(crate) state: &'static str,
    /// Its files: what each is, and where it lies from the root of the site.
    pub(crate) files: Vec<(String, String)>,
}

impl PressRoom {
    /// Every piece that may be quoted, in the order of the summary.
    pub(crate) fn of(shelf: &Shelf, files: &[Item]) -> PressRoom {
        let mut room = PressRoom {
            incidents: Vec::new(),
            pieces: Vec::new(),
        };
        for part in parts(shelf) {
            let mut under = Vec::new();
            for page in part.pages {
                let Some((kind, entry)) = Entry::of(page, files) else {
                    continue;
                };
                match kind {
                    Kind::Incident => room.incidents.push(entry),
                    _ => under.push(entry),
                }
            }
            if !under.is_empty() {
                let topic = part.title.unwrap_or("Other pieces").to_owned();
                room.pieces.push((topic, under));
            }
        }
        room
    }
}

impl Entry {
    fn of(page: &Page, files: &[Item]) -> Option<(Kind, Entry)> {
        let piece = page.piece.as_ref().filter(|piece| piece.kind.is_quoted())?;
        let slug = stem(page.file.path());
        let files = files.iter().filter(|file| file.slug == slug);
        let says = piece.says.as_ref();
        let state = piece.review.as_ref().map(|review| review.status);
        let entry = Entry {
            page: page.address()?,
            title: piece.title.value.clone(),
            says: says.map_or(String::new(), |says| says.value.clone()),
            state: state.map_or("", in_a_word),
            files: files
                .map(|file| (file.form.label().to_owned(), file.address()))
                .collect(),
            slug,
        };
        Some((piece.kind, entry))
    }
}

fn in_a_word(state: Status) -> &'static str {
    match state {
        Status::Draft => "Draft",
        Status::Reviewed => "Reviewed",
        Status::Cleared => "Cleared",
    }
}

/// The press room, as the page at `path` shows it.
pub(super) fn press_room(path: &str, stock: Stock<'_>, form: Form) -> String {
    let room = PressRoom::of(stock.shelf, stock.files);
    let up = way(Path::new(path));
    let incidents = [(INCIDENTS.to_owned(), room.incidents)];
    let groups = incidents.into_iter().chain(room.pieces);
    let groups = groups.filter(|(_, entries)| !entries.is_empty());
    let mut out = String::new();
    if form == Form::Html {
        out.push_str(&format!(
            "<div class=\"press\"><!-- shelf:{ASKING} --><!-- /shelf:{ASKING} -->"
        ));
    }
    for (at, (title, entries)) in groups.enumerate() {
        match form {
            Form::Html => out.push_str(&html_group(at, &title, &entries, &up)),
            Form::Plain => out.push_str(&plain_group(&title, &entries, &up)),
        }
    }
    if form == Form::Html {
        out.push_str("</div>\n");
    }
    out
}

const INCIDENTS: &str = "In the news";

/// Everything on one line, every word of an editor inert.
fn html_group(at: usize, title: &str, entries: &[Entry], up: &str) -> String {
    let entries: String = entries.iter().map(|entry| html_entry(entry, up)).collect();
    format!(
        "<section class=\"group\" aria-labelledby=\"press-group-{at}\">\
         <h2 id=\"press-group-{at}\">{}</h2><ul role=\"list\">{entries}</ul></section>",
        prose(title)
    )
}

fn html_entry(entry: &Entry, up: &str) -> String {
    let slug = html(&entry.slug);
    let mut out = format!(
        "<li class=\"entry\" id=\"piece-{slug}\" data-piece=\"{slug}\"><h3><a href=\"{up}{}\">{}</a></h3>",
        html(&entry.page),
        prose(&entry.title)
    );
    if !entry.says.is_empty() {
        out.push_str(&format!("<p class=\"quote\">{}</p>", prose(&entry.says)));
    }
    let mut about = Vec::new();
    if !entry.state.is_empty() {
        about.push(format!("<span class=\"mark\">{}</span>", entry.state));
    }
    about.extend(entry.files.iter().map(|(label, address)| {
        format!(
            "<a href=\"{up}{}\" download>{}<span class=\"heard\"> of &#8220;{}&#8221;</span></a>",
            html(address),
            html(label),
            prose(&entry.title)
        )
    }));
    if !about.is_empty() {
        out.push_str(&format!("<p class=\"files\">{}</p>", about.join(" ")));
    }
    out.push_str("</li>");
    out
}

fn plain_group(title: &str, entries: &[Entry], up: &str) -> String {
    let mut out = format!("\n## {}\n\n", markdown(title));
    for entry in entries {
        out.push_str(&format!(
            "- [{}](<{up}{}>)",
            markdown(&entry.title),
            entry.page
        ));
        if !entry.says.is_empty() {
            out.push_str(&format!("\\\n{}", markdown(&entry.says)));
        }
        for (label, address) in &entry.files {
            out.push_str(&format!(" [{}](<{up}{address}>)", markdown(label)));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::history::History;
    use crate::sending;

    fn book(hostile: &str) -> (tempfile::TempDir, Shelf) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src")).unwrap();
        let piece = |kind: &str, title: &str| {
            format!(
                "+++\nkind = \"{kind}\"\nquestion = {title:?}\nsays = {hostile:?}\naudience = [\"press\"]\ntopics = [\"t\"]\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\nText.\n"
            )
        };
        for (path, text) in [
            (
                "SUMMARY.md",
                "# Summary\n\n[Room](room.md)\n\n# First & foremost\n\n- [One](one.md)\n\n# News\n\n- [Two](two.md)\n"
                    .to_owned(),
            ),
            (
                "room.md",
                "+++\nkind = \"page\"\ntitle = \"Room\"\n+++\n\n{{#press-room}}\n".to_owned(),
            ),
            ("one.md", piece("answer", "Why?")),
            ("two.md", piece("incident", "What now?")),
        ] {
            std::fs::write(folder.path().join("src").join(path), text).unwrap();
        }
        let shelf = Shelf::read(folder.path(), editorial::Day::new(2026, 11, 22)).unwrap();
        (folder, shelf)
    }

    fn shown(shelf: &Shelf, files: &[Item], form: Form) -> String {
        let stock = Stock {
            shelf,
            shown: &BTreeMap::new(),
            files,
            history: &History::default(),
            site: None,
        };
        press_room("src/room.md", stock, form)
    }

    fn offers() -> Vec<Item> {
        [
            ("two", sending::Form::Bundle, "two.zip"),
            ("one", sending::Form::Text, "one-DRAFT.txt"),
        ]
        .map(|(slug, form, name)| Item {
            slug: slug.to_owned(),
            form,
            name: name.to_owned(),
        })
        .to_vec()
    }

    #[test]
    fn incidents_stand_first_and_pieces_under_the_headings_of_the_summary() {
        let (_folder, shelf) = book("Says.");
        let room = PressRoom::of(&shelf, &offers());
        let slugs = |entries: &[Entry]| -> Vec<String> {
            entries.iter().map(|entry| entry.slug.clone()).collect()
        };
        assert_eq!(slugs(&room.incidents), ["two"]);
        assert_eq!(
            room.incidents[0].files,
            [("Everything (zip)".to_owned(), "kit/two/two.zip".to_owned())]
        );
        assert_eq!(room.incidents[0].state, "Draft");
        assert_eq!(room.pieces.len(), 1);
        assert_eq!(room.pieces[0].0, "First & foremost");
        assert_eq!(slugs(&room.pieces[0].1), ["one"]);
        let page = shown(&shelf, &offers(), Form::Html);
        assert!(
            page.find("two&#47;two&#46;zip") < page.find("one&#47;one&#45;DRAFT&#46;txt"),
            "{page}"
        );
        assert!(page.contains("First&#32;&#38;&#32;foremost"), "{page}");
    }

    #[test]
    fn nothing_in_a_piece_acts_on_the_page() {
        let (_folder, shelf) =
            book("<script>x</script> {{#include a}} <!-- /shelf:asking --> `a` *b*\u{202e}");
        let page = shown(&shelf, &offers(), Form::Html);
        assert_eq!(page.trim().lines().count(), 1);
        for acting in ["<script", "{{", "\u{202e}"] {
            assert!(!page.contains(acting), "{acting}: {page}");
        }
        assert_eq!(page.matches("<!-- /shelf:asking -->").count(), 1);
        let plain = shown(&shelf, &offers(), Form::Plain);
        for acting in ["<script", "<!--", "{{"] {
            let inert = plain.replace(&format!("\\{acting}"), "");
            assert!(!inert.contains(acting), "{acting}: {plain}");
        }
    }

    #[test]
    fn another_renderer_gets_the_list_without_a_field() {
        let (_folder, shelf) = book("Says.");
        let plain = shown(&shelf, &offers(), Form::Plain);
        assert!(
            plain.starts_with("\n## In the news\n\n- [What now?](<two.html>)\\\nSays"),
            "{plain}"
        );
        assert!(
            plain.contains("[Plain text](<kit/one/one-DRAFT.txt>)"),
            "{plain}"
        );
    }
}
