#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};
use serde_json::Value;

use super::*;
use crate::document::{Block, Inline, Line, Sample};
use crate::{ArticleKind, ArticleNote, ArticleReview};

/// Text that would steer whatever shows it, if it could.
const HOSTILE: &str = "</h2><script>alert(1)</script> \"'--> &amp; \u{202e}desrever \u{0} {{#include x}} <p style=\"a\">";

fn site(address: &str) -> Site {
    Site {
        title: "A book".to_owned(),
        address: address.to_owned(),
        language: "en".to_owned(),
        version: Version {
            commit: Some("0123456789".repeat(4)),
            day: Some(Day::new(2026, 11, 22)),
            is_changed: false,
        },
    }
}

fn sample(lines: &str, provenance: &str) -> Block {
    Block::Sample(Sample {
        id: "s".to_owned(),
        when: None,
        title: "A stranger".to_owned(),
        plain: "It was let in.".to_owned(),
        lines: vec![Line {
            text: lines.to_owned(),
            is_command: false,
            notice: None,
        }],
        notices: Vec::new(),
        provenance: provenance.to_owned(),
    })
}

fn article(slug: &str) -> Article {
    Article {
        slug: slug.to_owned(),
        source: format!("src/answers/{slug}.md"),
        page: format!("answers/{slug}.html"),
        address: Some(format!("https://a.org/b/answers/{slug}.html")),
        book: "A book".to_owned(),
        kind: ArticleKind::Answer,
        title: format!("Why {slug}?"),
        says: Some("Because.".to_owned()),
        messages: vec!["One.".to_owned()],
        action: Some("Ask.".to_owned()),
        avoid: Vec::new(),
        audience: vec!["the press".to_owned()],
        topics: vec!["t".to_owned()],
        also: Vec::new(),
        review: ArticleReview {
            status: "draft",
            in_words: "Draft: nobody has reviewed this.".to_owned(),
            is_draft: true,
            is_cleared: false,
            checked: Day::new(2026, 11, 22),
            due: Day::new(2027, 5, 22),
            was_compared: true,
        },
        version: site("https://a.org/b/").version,
        minutes: 3,
        body: vec![
            Block::Heading {
                level: 2,
                id: Some("part".to_owned()),
                words: vec![Inline::text("A part")],
            },
            Block::text(vec![
                Inline::text("See "),
                Inline::Link {
                    to: "https://a.org/b/other.html".to_owned(),
                    words: vec![Inline::text("the other")],
                },
                Inline::text(" page."),
                Inline::Note(1),
            ]),
            sample("$ look", "Looked on a day."),
        ],
        examples: None,
        notes: vec![ArticleNote {
            key: "k".to_owned(),
            title: "A source".to_owned(),
            url: Some("https://b.org/".to_owned()),
            words: vec![Inline::text("A source, read on a day.")],
        }],
    }
}

fn entries(articles: &[Article]) -> Vec<Entry<'_>> {
    let entry = |article| Entry {
        article,
        changed: Some(Day::new(2026, 11, 20)),
    };
    articles.iter().map(entry).collect()
}

fn feed(articles: &[Article]) -> Feed {
    Feed::of(&site("https://a.org/b/"), &entries(articles))
}

fn digest(article: &Article) -> String {
    feed(std::slice::from_ref(article)).items.remove(0).digest
}

/// The keys of an object in the schema, as required and as allowed, and those that are there.
fn assert_keys(schema: &Value, found: &Value) {
    let keys = |value: &Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let required = schema["required"].as_array().unwrap().iter();
    let required: BTreeSet<String> = required
        .map(|key| key.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(keys(&schema["properties"]), required);
    assert_eq!(keys(found), required);
}

#[test]
fn the_schema_has_every_key_of_the_feed_and_no_other() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let found = serde_json::to_value(feed(&[article("a")])).unwrap();
    let item = &found["items"][0];
    assert_keys(&schema, &found);
    assert_keys(&schema["$defs"]["item"], item);
    assert_keys(
        &schema["$defs"]["item"]["properties"]["body"],
        &item["body"],
    );
    assert_keys(
        &schema["$defs"]["item"]["properties"]["state"],
        &item["state"],
    );
    assert_keys(&schema["$defs"]["source"], &item["sources"][0]);
    assert_eq!(schema["properties"]["version"]["const"], VERSION);
}

#[test]
fn the_feed_says_what_the_piece_says_and_stands_in_order() {
    let feed = feed(&[article("b"), article("a")]);
    let ids: Vec<&str> = feed.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    let item = &feed.items[0];
    assert_eq!(item.address, "https://a.org/b/answers/a.html");
    assert_eq!(item.fragment, "https://a.org/b/feed/fragments/a.html");
    assert_eq!(item.changed.as_deref(), Some("2026-11-20"));
    assert_eq!(item.sources[0].entry, "A source, read on a day.");
    assert!(
        item.body.html.contains("<h3 id=\"a-part\">"),
        "{}",
        item.body.html
    );
    assert_eq!(feed.schema, "https://a.org/b/feed/faq.schema.json");
    assert!(
        feed.note.starts_with("Every piece is a draft"),
        "{}",
        feed.note
    );
}

#[test]
fn the_same_pieces_give_the_same_files_in_whatever_order_they_come() {
    let site = site("https://a.org/b/");
    let made = |articles: &[Article]| files(&site, &entries(articles)).unwrap();
    let (one, next) = (
        made(&[article("a"), article("b")]),
        made(&[article("b"), article("a")]),
    );
    assert!(one == next);
    let places: BTreeSet<&str> = one.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places.into_iter().collect::<Vec<_>>(),
        [
            "feed/README.txt",
            "feed/example.css",
            "feed/example.html",
            "feed/faq.json",
            "feed/faq.schema.json",
            "feed/fragments/a.html",
            "feed/fragments/b.html",
        ]
    );
}

#[test]
fn a_digest_does_not_change_with_dates_versions_homes_and_what_is_printed_again() {
    let before = digest(&article("a"));
    let changes: [fn(&mut Article); 6] = [
        |article| article.review.checked = Day::new(2027, 1, 1),
        |article| article.review.due = Day::new(2028, 1, 1),
        |article| article.version = Version::default(),
        |article| article.body[2] = sample("$ other", "Looked on another day."),
        |article| article.notes[0].words = vec![Inline::text("A source, read on another day.")],
        // The website has no home, so that its links lead nowhere.
        |article| {
            article.address = None;
            article.body[1] =
                Block::text(vec![Inline::text("See the other page."), Inline::Note(1)]);
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut other = article("a");
        change(&mut other);
        assert_ne!(other, article("a"), "{index}");
        assert_eq!(digest(&other), before, "{index}");
    }
}

#[test]
fn a_digest_changes_with_everything_that_a_piece_says() {
    let mut known = BTreeSet::from([digest(&article("a"))]);
    let changes: [fn(&mut Article); 14] = [
        |article| article.kind = ArticleKind::Paper,
        |article| article.title.push('!'),
        |article| article.says = None,
        |article| article.messages.push("Two.".to_owned()),
        |article| article.action = Some("Wait.".to_owned()),
        |article| article.audience.push("editors".to_owned()),
        |article| article.topics.push("u".to_owned()),
        |article| article.body.push(Block::text(vec![Inline::text("More.")])),
        |article| article.body.swap(0, 1),
        |article| article.examples = Some("They are examples.".to_owned()),
        |article| article.notes[0].url = None,
        |article| article.notes[0].title.push('x'),
        |article| article.review.status = "reviewed",
        |article| article.review.in_words = "Reviewed by A.".to_owned(),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut other = article("a");
        change(&mut other);
        assert!(known.insert(digest(&other)), "{index}");
    }
}

#[test]
fn nothing_in_a_piece_changes_what_its_files_are_made_of() {
    let hostile = |text: &str| {
        let mut article = article("a");
        for field in [
            &mut article.title,
            &mut article.book,
            &mut article.review.in_words,
        ] {
            *field = text.to_owned();
        }
        article.says = Some(text.to_owned());
        article.messages = vec![text.to_owned()];
        article.topics = vec![text.to_owned()];
        article.notes[0].title = text.to_owned();
        article.notes[0].words = vec![Inline::text(text)];
        article.body[1] = Block::text(vec![Inline::text(text), Inline::Code(text.to_owned())]);
        article.body[2] = sample(text, text);
        article
    };
    let made = |text: &str| {
        let mut site = site("https://a.org/b/");
        site.title = text.to_owned();
        files(&site, &entries(&[hostile(text)])).unwrap()
    };
    for ((place, evil), (_, tame)) in made(HOSTILE).iter().zip(&made("tame")) {
        let evil = String::from_utf8(evil.clone()).unwrap();
        assert!(!evil.contains(['\u{0}', '\u{202e}']), "{place}");
        if place.ends_with(".html") {
            let tame = String::from_utf8(tame.clone()).unwrap();
            assert_eq!(elements(&evil), elements(&tame), "{place}");
        }
    }
}

/// Every element with the names of its attributes.
fn elements(html: &str) -> Vec<String> {
    let tokens = Tokenizer::new(html).map(|token| token.unwrap());
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let names = tag
                    .attributes
                    .keys()
                    .map(|name| String::from_utf8_lossy(name).into_owned());
                Some(format!(
                    "{} {}",
                    String::from_utf8_lossy(&tag.name),
                    names.collect::<Vec<_>>().join(" ")
                ))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_piece_to_paste_has_no_chrome_no_script_and_no_style_and_ids_of_its_own() {
    let piece = piece::piece(&site("https://a.org/b/"), &article("a"));
    assert!(
        piece.starts_with("<article id=\"a\" lang=\"en\">\n<h2"),
        "{piece}"
    );
    for part in [
        "Why a?",
        "Draft: nobody has reviewed this.",
        "Because.",
        "Ask.",
        "One.",
        "A source",
        "Version 0123456789 of 22 November 2026.",
        "href=\"https://a.org/b/answers/a.html\"",
    ] {
        assert!(piece.contains(part), "{part}: {piece}");
    }
    for token in Tokenizer::new(&piece).map(|token| token.unwrap()) {
        let Token::StartTag(tag) = token else {
            continue;
        };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        assert!(
            !["script", "style", "link", "html", "body", "h1", "img"].contains(&name.as_str()),
            "{name}"
        );
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
            assert!(key != "style" && !key.starts_with("on"), "{key}");
            assert!(
                key != "id" || value == "a" || value.starts_with("a-"),
                "{value}"
            );
        }
    }
}

#[test]
fn what_is_new_changed_and_gone_is_told_by_digests() {
    let old = feed(&[article("a"), article("b"), article("c")])
        .json()
        .unwrap();
    let mut changed = article("b");
    changed.says = Some("Otherwise.".to_owned());
    let mut later = article("a");
    later.review.checked = Day::new(2027, 1, 1);
    let new = feed(&[later, changed, article("d")]);
    let found = since(&Earlier::parse(&old).unwrap(), &new);
    let ids = |named: &[Named]| {
        named
            .iter()
            .map(|named| named.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&found.new), ["d"]);
    assert_eq!(ids(&found.changed), ["b"]);
    assert_eq!(ids(&found.withdrawn), ["c"]);
}

#[test]
fn a_file_that_is_no_feed_of_this_form_is_refused() {
    for (text, wanted) in [
        ("", "this is no feed"),
        ("[]", "this is no feed"),
        ("{\"version\": 1}", "this is no feed"),
        ("{\"version\": 2, \"pieces\": []}", "the form 2"),
    ] {
        let error = Earlier::parse(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
}
