#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use editorial::{Day, Shelf, SourceText};
use serde_json::Value;

use super::*;

fn edition(findings: Vec<Finding>) -> Edition {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    for (name, text) in [("SUMMARY", "- [A](a.md)\n"), ("a", "# A\n"), ("b", "# B\n")] {
        std::fs::write(folder.path().join(format!("src/{name}.md")), text).unwrap();
    }
    let shelf = Shelf::read(folder.path(), Day::new(2026, 11, 22)).unwrap();
    Edition {
        number: 7,
        shelf: Some(Arc::new(shelf)),
        findings,
        ..Edition::default()
    }
}

fn finding(path: &str, severity: Severity, problem: &str) -> Finding {
    let file = SourceText::new(path, "one\ntwo three\n");
    file.finding("words/length", severity, 8..13, problem, "help")
}

fn told(edition: &Edition, address: &str) -> Value {
    let script = script(edition, address, 0);
    let start = script.find("detail: ").unwrap() + "detail: ".len();
    let end = script.rfind(" }));").unwrap();
    serde_json::from_str(&script[start..end]).unwrap()
}

#[test]
fn the_open_page_comes_first_and_errors_before_warnings() {
    let edition = edition(vec![
        finding("src/a.md", Severity::Warning, "later"),
        finding("src/a.md", Severity::Error, "first"),
        finding("src/b.md", Severity::Error, "x"),
        finding("src/b.md", Severity::Warning, "x"),
        finding("content/terms.toml", Severity::Error, "x"),
    ]);
    let told = told(&edition, "/a.html");
    assert_eq!(told["path"], "src/a.md");
    assert_eq!(told["current"], false);
    assert_eq!(told["here"][0]["problem"], "first");
    assert_eq!(told["here"][0]["line"], 2);
    assert_eq!(told["here"][0]["column"], 5);
    assert_eq!(told["here"][1]["severity"], "warning");
    assert_eq!(told["elsewhere"][0]["path"], "content/terms.toml");
    assert_eq!(told["elsewhere"][0]["page"], Value::Null);
    assert_eq!(told["elsewhere"][1]["page"], "/b.html");
    assert_eq!(told["elsewhere"][1]["errors"], 1);
    assert_eq!(told["elsewhere"][1]["warnings"], 1);
}

#[test]
fn an_address_without_a_text_has_no_findings_of_its_own() {
    let edition = edition(vec![finding("src/a.md", Severity::Error, "x")]);
    for address in ["/css/page.css", "/../a.html", "nonsense", "", "/%"] {
        let told = told(&edition, address);
        assert_eq!(told["path"], Value::Null, "{address}");
        assert_eq!(told["elsewhere"][0]["errors"], 1);
    }
}

#[test]
fn a_hostile_text_stays_a_string() {
    let hostile = "</script><!--\u{2028}\u{2029}\"'`\\${alert(1)}\u{0}\n&amp;";
    let edition = edition(vec![finding("src/a.md", Severity::Error, hostile)]);
    let script = script(&edition, "/a.html", 0);
    for letter in ['<', '>', '&', '\u{2028}', '\u{2029}', '\0'] {
        assert!(!script.contains(letter), "{script}");
    }
    assert_eq!(script.matches('\n').count(), 1);
    assert_eq!(told(&edition, "/a.html")["here"][0]["problem"], hostile);
}

#[test]
fn much_and_long_is_cut_and_counted() {
    let long = "ü".repeat(10_000);
    let mut findings = vec![finding("src/a.md", Severity::Error, &long); 60];
    findings.extend((0..70).map(|n| finding(&format!("content/{n}.toml"), Severity::Error, "x")));
    let told = told(&edition(findings), "/a.html");
    assert_eq!(told["here"].as_array().unwrap().len(), MOST);
    assert_eq!(told["more"], 10);
    assert_eq!(told["elsewhere"].as_array().unwrap().len(), MOST);
    assert_eq!(told["moreElsewhere"], 20);
    assert_eq!(
        told["here"][0]["problem"].as_str().unwrap().chars().count(),
        LONGEST + 1
    );
}
