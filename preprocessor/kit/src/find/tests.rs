use std::path::Path;

use editorial::{Day, Shelf};
use serde_json::Value;

use super::*;

fn piece(slug: &str, title: &str, also: &[&str], text: &str) -> Findable {
    Findable {
        slug: slug.to_owned(),
        title: title.to_owned(),
        also: also.iter().map(|word| (*word).to_owned()).collect(),
        text: text.to_owned(),
        ..Findable::default()
    }
}

fn small() -> Finder {
    Finder::of(&[
        piece(
            "exposed",
            "Are archives exposed?",
            &["X-ray", "open"],
            "Servers and doctors.",
        ),
        piece(
            "forged",
            "Can scans be forged?",
            &["fake", "café"],
            "Doctors and servers, and STARTTLS.",
        ),
        piece("mail", "Does STARTTLS matter?", &["e-mail"], "Servers."),
        piece(
            "ransom",
            "What does ransomware do?",
            &["hacked hospital"],
            "Doctors and weeks.",
        ),
    ])
}

fn slugs(found: &[Match]) -> Vec<&str> {
    found.iter().map(|found| found.slug.as_str()).collect()
}

#[test]
fn a_question_finds_its_piece_and_says_why() {
    let found = small().find("Is it true that X-rays lie open?");
    assert_eq!(slugs(&found), ["exposed"]);
    assert!(found[0].is_sure);
    assert_eq!(
        found[0].because,
        ["X-rays, open: among words that readers use for it"]
    );
    let found = small().find("forging of a CAFE\u{301}");
    assert_eq!(slugs(&found), ["forged"]);
    assert_eq!(
        found[0].because,
        [
            "CAFE\u{301}: among words that readers use for it",
            "forging: in the question"
        ]
    );
}

#[test]
fn two_words_that_are_one_and_one_that_is_two_are_found() {
    for question in ["start tls", "STARTTLS", "start-tls", "email", "e mail?"] {
        let found = small().find(question);
        assert_eq!(slugs(&found)[..1], ["mail"], "{question}");
    }
}

#[test]
fn one_slip_is_forgiven_where_the_word_is_not_known() {
    let found = small().find("ransomwear");
    assert_eq!(slugs(&found), ["ransom"]);
    assert_eq!(
        found[0].because,
        ["ransomwear (one letter mended): in the question"]
    );
    assert!(small().find("rensomwear").is_empty());
    // A word that is known is not mended.
    assert!(small().find("weeks").is_empty());
}

#[test]
fn pieces_that_fit_alike_leave_it_unsure() {
    let finder = Finder::of(&[
        piece("a", "Can scans be forged?", &[], ""),
        piece("b", "Have scans been forged?", &[], ""),
        piece("c", "Were scans forged?", &[], ""),
        piece("d", "Who forged scans?", &[], ""),
        piece("e", "Anything else?", &[], ""),
    ]);
    let found = finder.find("forged scans");
    assert_eq!(slugs(&found), ["a", "b", "c"]);
    assert!(found.iter().all(|found| !found.is_sure));
}

#[test]
fn what_stands_in_the_text_alone_is_no_answer() {
    assert!(small().find("doctors").is_empty());
    assert!(small().find("doctors and servers in weeks").is_empty());
}

#[test]
fn nothing_is_too_long_or_too_strange() {
    let long = "X-rays open? ".repeat(1_000);
    let all = [
        "\u{0}".to_owned(),
        "\u{202e}\u{feff}".to_owned(),
        "a".repeat(10_000),
        "-".repeat(10_000),
        "\u{301}".repeat(100),
        "İstanbul ß ﬁ ①".to_owned(),
        "constructor __proto__ toString".to_owned(),
    ];
    for question in all {
        assert!(small().find(&question).is_empty(), "{question}");
    }
    assert_eq!(slugs(&small().find(&long)), ["exposed"]);
    assert!(Finder::of(&[]).find("X-rays").is_empty());
}

#[test]
fn a_word_said_twice_counts_once() {
    let once = small().find("open archive");
    let twice = small().find("open open archive, archives");
    assert_eq!(once[0].score, twice[0].score);
}

#[test]
fn the_fields_stand_in_the_order_of_their_marks() {
    for (at, (field, ..)) in Field::ALL.into_iter().enumerate() {
        assert_eq!(field.mark(), 1 << at);
    }
}

/// The questions of `questions.json`, asked of the book. Which piece is right was decided before.
#[test]
fn the_book_answers_what_reporters_have_asked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shelf = Shelf::read(&root, Day::new(2026, 11, 22)).unwrap();
    let pieces = Findable::all(&shelf);
    let finder = Finder::of(&pieces);
    let tables: Value = serde_json::from_str(include_str!("questions.json")).unwrap();
    let mut wrong = Vec::new();
    for (table, may_miss) in [("asked", 1), ("worded", 2), ("kept", 3)] {
        let mut missed = Vec::new();
        for entry in tables[table].as_array().unwrap() {
            let question = entry["question"].as_str().unwrap();
            let right: Vec<&str> = entry["right"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let exists =
                |slug: &&str| slug.is_empty() || pieces.iter().any(|piece| piece.slug == *slug);
            assert!(right.iter().all(exists), "{right:?}");
            let found = finder.find(question);
            let first = found.first().map_or("", |found| found.slug.as_str());
            if !right.contains(&first) {
                missed.push(format!("{question} — {first}, not {}", right.join(" or ")));
            }
        }
        if missed.len() > may_miss {
            wrong.extend(missed);
        }
    }
    for question in tables["nothing"].as_array().unwrap() {
        let found = finder.find(question.as_str().unwrap());
        wrong.extend(
            found
                .first()
                .map(|found| format!("{question} — {}", found.slug)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Words alone cannot tell a question about our field from one beside it; few may look certain.
    let near = tables["near"].as_array().unwrap().iter();
    let is_sure = |found: &Vec<Match>| found.first().is_some_and(|first| first.is_sure);
    let sure = near.map(|question| finder.find(question.as_str().unwrap()));
    assert!(sure.filter(is_sure).count() <= 3);
}

#[test]
fn a_question_of_reporters_leads_to_the_piece_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("src/answers")).unwrap();
    let head = |kind: &str, title: &str| {
        format!(
            "+++\nkind = \"{kind}\"\n{title}\naudience = [\"press\"]\ntopics = [\"t\"]\n+++\n\n"
        )
    };
    for (path, text) in [
        (
            "SUMMARY.md",
            "- [A](answers/a.md)\n- [Asked](asked.md)\n".to_owned(),
        ),
        (
            "answers/a.md",
            head("answer", "question = \"Why?\"") + "Text.\n",
        ),
        (
            "asked.md",
            head("page", "title = \"Asked\"")
                + "## Zebras?\n\nStripes.\n\nBehind it: [Why](answers/a.md#x)\n\n## No question\n\nGiraffes: [Why](answers/a.md)\n",
        ),
    ] {
        std::fs::write(folder.path().join("src").join(path), text).unwrap();
    }
    let shelf = Shelf::read(folder.path(), Day::new(2026, 11, 22)).unwrap();
    let pieces = Findable::all(&shelf);
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].asked, ["Zebras?\nStripes."]);
    let finder = Finder::of(&pieces);
    assert_eq!(slugs(&finder.find("striped zebras")), ["a"]);
    assert!(finder.find("giraffes").is_empty());
}
