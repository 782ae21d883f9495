#![allow(clippy::unwrap_used)]

use editorial::Day;

use super::security_txt::{Contact, Security};
use super::*;

/// An imprint of a website at an address.
pub(super) fn imprint(address: &str) -> Imprint {
    Imprint {
        address: address.parse().unwrap(),
        title: "Größe & Maß".to_owned(),
        summary: "All about [sizes].".to_owned(),
        authors: vec!["The editors".to_owned()],
        language: "en".to_owned(),
        security: Some(Security {
            contact: Contact::try_from("mailto:security@a.org".to_owned()).unwrap(),
            expires: Day::new(2027, 5, 22),
        }),
        has_cards: true,
    }
}

/// A book of three pages and two changes.
pub(super) fn shelf() -> Shelf {
    let book = tempfile::tempdir().unwrap();
    let review = "[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n";
    let front = |keys: &str| {
        format!("+++\n{keys}\naudience = [\"press\"]\ntopics = [\"a\"]\n{review}+++\n")
    };
    let redirect = "[output.html.redirect]\n\"/old/a.html\" = \"../answers/größe.html#b\"\n\"/b.html\" = \"https://a.org/x$y\"\n";
    for (path, text) in [
        ("book.toml", redirect.to_owned()),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Start](index.md)\n\n# Answers\n\n- [How large?](answers/größe.md)\n- [Plain](plain.md)\n".to_owned(),
        ),
        (
            "src/index.md",
            front("kind = \"page\"\ntitle = \"Start\"") + "\nWords of the start.\n",
        ),
        (
            "src/answers/größe.md",
            front("kind = \"answer\"\nquestion = \"How large?\"\nsays = 'As *large* as \"it\" <is>.'") + "\nWords.\n",
        ),
        ("src/plain.md", "# Plain\n".to_owned()),
        ("src/404.md", "# There is no page here\n".to_owned()),
        (
            "content/changes.toml",
            "[[change]]\nid = \"second\"\ndate = 2026-11-22\nwhat = \"A new start.\"\npages = [\"index.md\"]\n\
             [[change]]\nid = \"first\"\ndate = 2026-11-20\nwhat = \"The archive <is> here.\"\npages = [\"answers/größe.md\"]\n".to_owned(),
        ),
    ] {
        let path = book.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Shelf::read(book.path(), Day::new(2026, 11, 22)).unwrap()
}

#[test]
fn every_file_is_made_once_and_the_same_every_time() {
    let made = || files(&shelf(), &imprint("https://a.org/"), &[]).unwrap();
    let (one, two) = (made(), made());
    assert!(one == two);
    let places: std::collections::BTreeSet<_> = one.iter().map(|(place, _)| place).collect();
    assert_eq!(places.len(), one.len());
    let feed = feed_file(&shelf(), &imprint("https://a.org/"));
    assert_eq!(feed.len(), 1);
    assert_eq!(feed[0].0, FEED);
    for place in ["sitemap.xml", "robots.txt", "llms.txt", security_txt::PLACE] {
        assert!(places.contains(&place.to_owned()), "{place}");
    }
}

#[test]
fn nothing_of_an_editor_is_written_over() {
    let site = tempfile::tempdir().unwrap();
    let files: Files = vec![("a/b.txt".to_owned(), b"ours".to_vec())];
    lay_beside(&files, site.path()).unwrap();
    let error = lay_beside(&files, site.path()).unwrap_err().to_string();
    assert!(error.contains("is there a file src/a/b.txt?"), "{error}");
}
