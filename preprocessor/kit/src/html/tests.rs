use html5gum::{Token, Tokenizer};

use super::*;
use crate::document::{Line, Sample};

fn plain(blocks: &[Block], notes: &[Vec<Inline>]) -> String {
    fragment(blocks, notes, &Fragment::new("open"))
}

#[test]
fn headings_begin_where_they_should_and_leave_no_level_out() {
    let blocks = [2, 4, 4, 3, 2].map(|level| Block::heading(level, "x"));
    let fragment = Fragment {
        level: 3,
        prefix: String::new(),
    };
    let html = super::fragment(&blocks, &[], &fragment);
    let levels: Vec<&str> = html.lines().map(|line| &line[..4]).collect();
    assert_eq!(levels, ["<h3>", "<h4>", "<h4>", "<h4>", "<h3>"]);
    let fragment = Fragment {
        level: 6,
        prefix: String::new(),
    };
    let html = super::fragment(&blocks, &[], &fragment);
    assert!(html.lines().all(|line| line.starts_with("<h6>")));
}

#[test]
fn every_id_is_given_once_and_carries_the_prefix() {
    let heading = |id: &str| Block::Heading {
        level: 2,
        id: Some(id.to_owned()),
        words: vec![Inline::text("x"), Inline::Note(1)],
    };
    let blocks = [
        heading("a"),
        heading("a"),
        heading("source-1"),
        heading("b c\""),
    ];
    let html = plain(&blocks, &[vec![Inline::text("A book.")]]);
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .chain(html.strip_prefix("id=\""))
        .collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "{html}");
    assert!(ids.iter().all(|id| id.starts_with("open-")), "{html}");
    for to in html.split("href=\"#").skip(1) {
        let to = to.split('"').next().unwrap_or_default();
        assert!(ids.contains(&to), "{to}");
    }
}

#[test]
fn a_source_leads_back_to_each_place_that_cites_it() {
    let words = vec![
        Inline::text("It is so."),
        Inline::Note(1),
        Inline::Note(1),
        Inline::Note(7),
    ];
    let html = plain(&[Block::text(words)], &[vec![Inline::text("A book.")]]);
    assert_eq!(
        html,
        "<p>It is so.\
         <sup><a id=\"open-cited-1-1\" href=\"#open-source-1\" aria-label=\"Source 1\">[1]</a></sup>\
         <sup><a id=\"open-cited-1-2\" href=\"#open-source-1\" aria-label=\"Source 1\">[1]</a></sup></p>\n\
         <h2 id=\"open-sources\">Sources</h2>\n<ol class=\"dicom-sources\">\n\
         <li id=\"open-source-1\">A book. \
         <a href=\"#open-cited-1-1\" aria-label=\"Back to citation 1 of source 1\">↑</a> \
         <a href=\"#open-cited-1-2\" aria-label=\"Back to citation 2 of source 1\">↑2</a></li>\n</ol>\n"
    );
}

#[test]
fn a_sample_is_a_figure() {
    let sample = Sample {
        id: "open".to_owned(),
        when: Some("Before".to_owned()),
        title: "A stranger".to_owned(),
        plain: "It answers.".to_owned(),
        lines: vec![Line {
            text: "$ echo <a>".to_owned(),
            is_command: true,
            notice: Some(1),
        }],
        notices: vec!["It is so.".to_owned()],
        provenance: "Looked at by us.".to_owned(),
    };
    assert_eq!(
        plain(&[Block::Sample(sample)], &[]),
        "<figure id=\"open-open\" class=\"dicom-sample\">\n<figcaption>\n\
         <p><strong>Before: A stranger</strong></p>\n<p>It answers.</p>\n</figcaption>\n\
         <pre><code>$ echo &lt;a&gt;   &lt;1&gt;</code></pre>\n\
         <ol class=\"dicom-notices\">\n<li>It is so.</li>\n</ol>\n\
         <p class=\"dicom-provenance\"><small>Looked at by us.</small></p>\n</figure>\n"
    );
}

#[test]
fn a_link_holds_no_link() {
    let inside = Inline::Link {
        to: "https://example.org/b".to_owned(),
        words: vec![Inline::text("b")],
    };
    let link = Inline::Link {
        to: "https://example.org/?a=1&b='".to_owned(),
        words: vec![Inline::text("a "), inside, Inline::Note(1)],
    };
    let html = plain(&[Block::text(vec![link])], &[Vec::new()]);
    assert!(
        html.starts_with("<p><a href=\"https://example.org/?a=1&amp;b=&#39;\">a b</a><sup><a id="),
        "{html}"
    );
}

/// The tags with their attributes' names, and everything that is not text.
fn structure(html: &str) -> Vec<String> {
    let tokens = Tokenizer::new(html)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let names = tag.attributes.keys();
                let names = names.map(|name| String::from_utf8_lossy(name).into_owned());
                Some(format!("<{name} {}>", names.collect::<Vec<_>>().join(" ")))
            }
            Token::EndTag(tag) => Some(format!("</{}>", String::from_utf8_lossy(&tag.name))),
            Token::String(_) => None,
            other => Some(format!("{other:?}")),
        });
    tokens.collect()
}

/// A text with `odd` wherever a text may stand.
fn everywhere(odd: &str) -> (Vec<Block>, Vec<Vec<Inline>>) {
    let words = || {
        vec![
            Inline::text(odd),
            Inline::Emphasis(vec![Inline::text(odd)]),
            Inline::Code(odd.to_owned()),
            Inline::Link {
                to: format!("https://example.org/{odd}"),
                words: vec![Inline::text(odd)],
            },
            Inline::Gap(odd.to_owned()),
            Inline::Note(1),
        ]
    };
    let line = Line {
        text: odd.to_owned(),
        is_command: false,
        notice: Some(1),
    };
    let blocks = vec![
        Block::Heading {
            level: 2,
            id: Some(odd.to_owned()),
            words: words(),
        },
        Block::text(words()),
        Block::list([words()]),
        Block::Quotation(vec![Block::text(words())]),
        Block::Code(vec![odd.to_owned()]),
        Block::Table {
            head: vec![words()],
            rows: vec![vec![words()]],
        },
        Block::Sample(Sample {
            id: odd.to_owned(),
            when: Some(odd.to_owned()),
            title: odd.to_owned(),
            plain: odd.to_owned(),
            lines: vec![line],
            notices: vec![odd.to_owned()],
            provenance: odd.to_owned(),
        }),
    ];
    (blocks, vec![words()])
}

#[test]
fn hostile_text_changes_no_element() {
    let (blocks, notes) = everywhere("harmless");
    let harmless = fragment(&blocks, &notes, &Fragment::new("harmless"));
    for odd in [
        "<script>alert(1)</script>",
        "\" onclick=\"x\" ' style='y'",
        "--><!-- ]]> <![CDATA[ </p></pre></figure></code>",
        "&lt;b&gt; &#60;i&#62;",
        "\0\u{1b}[31m\u{202e}\u{2028}\r\n\nx",
    ] {
        let (blocks, notes) = everywhere(odd);
        let html = fragment(&blocks, &notes, &Fragment::new(odd));
        assert_eq!(structure(&html), structure(&harmless), "{odd}");
        assert!(!html.contains(['\0', '\u{1b}', '\u{202e}', '\u{2028}', '\r']));
        assert_eq!(html, fragment(&blocks, &notes, &Fragment::new(odd)));
    }
    assert!(!harmless.contains(" style=") && !harmless.contains("<script"));
}
