#![allow(clippy::unwrap_used)]

use editorial::{Day, Shelf};

use super::entry::{Entry, entries};
use super::{FOLDER, PARTS, Search, inert, pages};

const HEAD: &str = "audience = [\"press\"]\ntopics = [\"exposure\"]\n";

/// A book with an answer, a page of questions, a sample, a figure and a glossary.
fn book() -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let summary = "# Summary\n\n[Asked](asked.md)\n\n# It's the topic\n\n- [A](answers/a.md)\n- [Bare](bare.md)\n- [G](glossary.md)\n";
    let answer = format!(
        "+++\nkind = \"answer\"\nquestion = \"Who's </script> there?\"\n{HEAD}also = [\"call\", \"knock\"]\nsays = \"It says so.\"\nmessages = [\"A message.\"]\naction = \"Look.\"\n+++\n\nThe lead.[^key]\n\n## A *heading* {{#head}}\n\nMore\nof it.\n\n```sh\nfindscu -S\n```\n\n{{{{#sample stranger}}}}\n\n## Without an id\n\n{{{{#figure counts}}}}\n"
    );
    let asked = format!(
        "+++\nkind = \"page\"\ntitle = \"Asked\"\n{HEAD}+++\n\nThe top.\n\n## A part {{#part}}\n\n### Is it so? {{#so}}\n\nNo: it is not.\n\nBehind it: [A](answers/a.md)\n\n### And that? {{#that}}\n\nYes.\n"
    );
    let glossary =
        format!("+++\nkind = \"page\"\ntitle = \"Glossary\"\n{HEAD}+++\n\n{{{{#glossary}}}}\n");
    let sample = "title = \"A stranger calls\"\nscene = \"s\"\nplain = \"It let the stranger in.\"\nscanner = \"findscu\"\nargs = [\"-P\", \"{host}\"]\n[[claim]]\nfind = \"aborted\"\n[[notice]]\nline = \"x\"\nsays = \"It did not ask.\"\n";
    let figure = "kind = \"bars\"\ntitle = \"Counts by year\"\nplain = \"They grew.\"\nwhat = \"servers\"\n[[row]]\nwhen = \"2019\"\nwho = \"A counter\"\ncounts = \"all\"\nnumber = 3\nsources = [\"key\"]\n";
    let terms = "[[term]]\nterm = \"PACS\"\nexpansion = \"picture archive\"\nplain = \"It keeps images.\"\nalso = [\"PACSs\"]\n[[term]]\nterm = \"clear text\"\nplain = \"Read by anyone.\"\n";
    for (path, text) in [
        ("book.toml", "[book]\ntitle = \"x\"\n"),
        ("src/SUMMARY.md", summary),
        ("src/answers/a.md", &answer),
        ("src/asked.md", &asked),
        ("src/bare.md", "Without front matter.\n"),
        ("src/glossary.md", &glossary),
        ("content/samples/stranger.toml", sample),
        ("content/figures/counts.toml", figure),
        ("content/terms.toml", terms),
    ] {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let today = Day::new(2026, 11, 22);
    let shelf = Shelf::read(folder.path(), today).unwrap();
    (folder, shelf)
}

fn find<'a>(entries: &'a [Entry], address: &str) -> &'a Entry {
    entries
        .iter()
        .find(|entry| entry.address == address)
        .unwrap()
}

#[test]
fn everything_has_its_entry_in_the_order_of_the_summary() {
    let (_folder, shelf) = book();
    let entries = entries(&shelf);
    let found: Vec<_> = entries
        .iter()
        .map(|entry| (entry.address.as_str(), entry.kind, entry.part.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("asked.html", "", ""),
            ("asked.html#so", "Question", "Asked"),
            ("asked.html#that", "Question", "Asked"),
            ("answers/a.html", "Answer", "It’s the topic"),
            ("glossary.html", "", "It’s the topic"),
            ("glossary.html#term-pacs", "Term", "Glossary"),
            ("glossary.html#term-clear-text", "Term", "Glossary"),
        ]
    );
}

#[test]
fn an_entry_holds_what_a_reader_reads() {
    let (_folder, shelf) = book();
    let entries = entries(&shelf);
    let answer = find(&entries, "answers/a.html");
    assert_eq!(answer.says, "It says so.");
    assert_eq!(answer.also, "call\nknock");
    assert_eq!(answer.about, "exposure\nA message.\nLook.");
    assert_eq!(
        answer.headings,
        [("head".to_owned(), "A heading".to_owned())]
    );
    assert_eq!(
        answer.text.lines().collect::<Vec<_>>(),
        [
            "The lead.",
            "More of it.",
            "findscu -S",
            "A stranger calls",
            "It let the stranger in.",
            "It did not ask.",
            "findscu -P {host}",
            "Counts by year",
            "They grew.",
            "servers",
            "A counter",
            "all",
        ]
    );
    let asked = find(&entries, "asked.html");
    assert_eq!(asked.text, "The top.");
    assert_eq!(asked.headings, [("part".to_owned(), "A part".to_owned())]);
    let question = find(&entries, "asked.html#so");
    assert_eq!(
        [&question.title, &question.says, &question.text],
        ["Is it so?", "No: it is not.", "Behind it: A"]
    );
    let term = find(&entries, "glossary.html#term-pacs");
    assert_eq!(
        [&term.title, &term.says, &term.also],
        ["PACS (picture archive)", "It keeps images.", "PACSs"]
    );
}

#[test]
fn no_text_can_end_the_script() {
    let (_folder, shelf) = book();
    let script = pages(&shelf).unwrap();
    assert!(script.starts_with("window.shelfPages = [{") && script.ends_with("}];\n"));
    assert!(
        script.contains("Who’s \\u003c/script\\u003e there?"),
        "{script}"
    );
    assert_eq!(script.lines().count(), 1);
    for (text, wanted) in [
        ("\"<!-->\"", "\"\\u003c!--\\u003e\""),
        ("\"\u{2028}\u{2029}\"", "\"\\u2028\\u2029\""),
        ("\"a & c\"", "\"a \\u0026 c\""),
    ] {
        assert_eq!(inert(text), wanted);
        let read = |json: &str| serde_json::from_str::<String>(json).unwrap();
        assert_eq!(read(&inert(text)), read(text));
    }
}

#[test]
fn a_theme_without_the_engine_has_no_search() {
    let (folder, shelf) = book();
    let site = tempfile::tempdir().unwrap();
    assert!(Search::prepare(&shelf, site.path()).unwrap().is_none());
    let engine = folder.path().join(FOLDER);
    std::fs::create_dir_all(&engine).unwrap();
    for part in PARTS {
        let text = format!("{part};\n//# sourceMappingURL={part}.map");
        std::fs::write(engine.join(part), text).unwrap();
    }
    let search = Search::prepare(&shelf, site.path()).unwrap().unwrap();
    for (asset, content) in [
        (
            &search.engine,
            "minisearch.js;\nwords.js;\nfind.js;\nresults.js;\n".to_owned(),
        ),
        (&search.pages, pages(&shelf).unwrap()),
    ] {
        let written = std::fs::read_to_string(site.path().join(&asset.address)).unwrap();
        assert_eq!(written, content);
        let form = search.form("../");
        assert!(form.starts_with("<div class=\"search\" role=\"search\" hidden "));
        assert!(!form.contains(" style="));
        assert!(
            form.contains(&format!("=\"../{}\"", asset.address)),
            "{form}"
        );
        assert!(
            form.contains(&format!("=\"{}\"", asset.integrity)),
            "{form}"
        );
    }
}
