//! What a scanner or an editor writes never changes what a page is made of.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;

use std::sync::Arc;

use editorial::{Day, Shelf};
use evidence::{Clean, Exit, Experiment, Facts, Line, Port, Scanner, Scene, Seen, Step};
use time::OffsetDateTime;

use super::*;
use crate::evidence_run::Origin;
use crate::fuzzing::{difference, structure};

const SCENE: &str = "title = \"A scene\"\n[[server]]\nname = \"a\"\nkind = \"nothing\"\nshown-as = \"192.0.2.10:104\"\n";
const PAGE: &str = "+++\nkind = \"page\"\ntitle = TITLE\n[review]\nstatus = \"draft\"\nchecked = 2026-11-22\ndue = 2027-05-22\n+++\n\nThe WORD is cited.[^key]\n\n- an item\n\n{{#sample one}}\n\n{{#checklist}}\n\nMore.\n";

/// Everything that a server ever tried to get onto a page, and then some.
const HOSTILE: [&str; 26] = [
    "<script>alert(1)</script>",
    "</samp></pre></div></figure><h1>Owned</h1>",
    "<img src=x onerror=alert(1)>",
    "```",
    "~~~~~~~~",
    "{{#include ../../secret.txt}}",
    "{{#sample one}} {{#rules}} {{ x }}",
    "\x1b[31mred\x1b[0m \u{9b}31m",
    "nul\0nul",
    "\u{202e}desrever\u{202c} \u{2066}x\u{2069}",
    "zero\u{200b}width\u{feff}",
    "line\u{2028}separator\u{85}next",
    "\r\n\r\n# A heading",
    "\n\n<b>after a blank line</b>\n\n",
    "&lt;script&gt; &#60;b&#62; &amp",
    "[a link](javascript:alert(1)) ![i](x) <https://evil.example>",
    "<!-- a comment",
    "<![CDATA[ x ]]> <?php ?>",
    "| a | b |\n|---|---|\n| c | d |",
    "- item\n    code",
    "[^key]: mine [^key] [ref]: https://evil.example",
    "\\\" ' ` ``` \\\\",
    "<plaintext><textarea><title><style>",
    "*a* _b_ **c** ~~d~~ $e$",
    "\u{fffd}\u{fffe} \u{e0041}tag",
    "{#id .class} {{{{ }}}}",
];

/// A page made with `text` wherever a scanner or an editor may put text, as mdBook renders it.
fn page_with(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("book");
    let write = |path: &str, content: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let quoted = toml::Value::String(text.to_owned()).to_string();
    fs::write(folder.path().join("secret.txt"), "SECRET").unwrap();
    write(
        "book.toml",
        "[book]\ntitle = \"T\"\n[preprocessor.shelf]\nafter = [\"links\"]\n",
    );
    write("src/SUMMARY.md", "[Page](page.md)\n[Words](words.md)\n");
    write("src/words.md", "{{#glossary}}\n");
    // In front matter, the rule `directive/invalid` refuses what mdBook itself would expand.
    let title = toml::Value::String(text.replace("{{", "{ {")).to_string();
    write("src/page.md", &PAGE.replace("TITLE", &title));
    write("content/scenes/scene.toml", SCENE);
    write(
        "content/samples/one.toml",
        &format!(
            "title = {quoted}\nscene = \"scene\"\nscanner = \"probe\"\nplain = {quoted}\n[[claim]]\nport = \"closed\"\n[[notice]]\nline = \"noticed\"\nsays = {quoted}\n"
        ),
    );
    write(
        "content/sources.toml",
        &format!(
            "[[source]]\nkey = \"key\"\ntitle = {quoted}\npublisher = {quoted}\nedition = {quoted}\nread = {quoted}\nverified = \"seen\"\nopened = 2026-11-22\n"
        ),
    );
    write(
        "content/terms.toml",
        &format!("[[term]]\nterm = \"WORD\"\nexpansion = {quoted}\nplain = {quoted}\n"),
    );
    write(
        "content/checklist.toml",
        &format!(
            "[[item]]\nid = \"one\"\ntask = {quoted}\nwhy = {quoted}\ntag = \"DICOM\"\nmilestone = 1\nanswer = \"page.md\"\nsources = [\"key\"]\n"
        ),
    );
    let shelf = Shelf::read(&root, Day::new(2026, 11, 22)).unwrap();
    let scene = Arc::new(Scene::parse("scene", SCENE).unwrap());
    let line = |text: &str| Line {
        text: Clean::line(text, 200),
        volatile: false,
    };
    let shown = Shown {
        experiment: Experiment {
            id: "one".to_owned(),
            scene,
            calls: Vec::new(),
            claims: Vec::new(),
        },
        origin: Origin::Recorded(OffsetDateTime::UNIX_EPOCH),
        steps: vec![Step {
            scanner: Scanner::Nmap,
            version: Clean::line(text, 60),
            package: Some(Clean::line(text, 60)),
            argv: vec![Clean::line("nmap", 80), Clean::line(text, 200)],
            exit: Some(Exit::Status(1)),
            tenths: 12,
            lines: vec![line(text), line(&format!("noticed {text}"))],
            seen: Seen::Dicom(Box::new(Facts::of_port(Port::Closed))),
            raw: None,
        }],
        servers: vec![Clean::line(text, 60)],
        versions: Vec::new(),
        redactions: vec![evidence::Redaction {
            what: text.to_owned(),
            shown: text.to_owned(),
        }],
    };
    let project = Project::find(Some(&root)).unwrap();
    let resolver = Resolver {
        shelf: Arc::new(shelf),
        shown: Arc::new(BTreeMap::from([("one".to_owned(), Arc::new(shown))])),
        files: Arc::new([]),
        history: Arc::default(),
        site: None,
    };
    let site = root.join("out");
    render(&project, resolver, None, &site).unwrap();
    let page = |name| fs::read_to_string(site.join(name)).unwrap();
    page("page.html") + &page("words.html")
}

#[test]
fn hostile_text_changes_no_page() {
    let harmless = page_with("harmless");
    let wanted = structure(&harmless);
    assert!(
        wanted.iter().any(|part| part.starts_with("<figure")),
        "{harmless}"
    );
    for part in ["href=words.html#term-word", "class=tip", "<dt id=term-word"] {
        assert!(wanted.iter().any(|found| found.contains(part)), "{part}");
    }
    for text in HOSTILE {
        let page = page_with(text);
        assert_eq!(difference(&structure(&page), &wanted), None, "{text:?}");
        assert!(!page.contains("SECRET"), "{text:?}");
        let forbidden = |c: char| {
            (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{2028}\u{2066}".contains(c)
        };
        let figure = &page[page.find("<figure").unwrap()..page.find("</figure>").unwrap()];
        assert!(!figure.contains(forbidden), "{text:?}");
    }
    let everything = HOSTILE.join("\n");
    assert_eq!(
        difference(&structure(&page_with(&everything)), &wanted),
        None
    );
}

#[test]
fn the_oracle_notices_a_changed_page() {
    let harmless = structure(&page_with("harmless"));
    let with_link = page_with("harmless").replace("</main>", "<a href=\"x\">x</a></main>");
    assert_ne!(structure(&with_link), harmless);
}
