//! The kit: what somebody sends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::book::Book;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn text(files: &Files, path: &str) -> String {
    let bytes = files.get(&PathBuf::from(path));
    let bytes = bytes.unwrap_or_else(|| panic!("no {path} in {:?}", files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}

/// The files that SHA256SUMS lists, after comparing each with its digest; the mark of the folder and the
/// list itself are not on it.
fn summed(files: &Files) -> BTreeSet<String> {
    let sums = text(files, "SHA256SUMS");
    let mut listed = BTreeSet::new();
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").unwrap();
        let bytes = files
            .get(&PathBuf::from(path))
            .unwrap_or_else(|| panic!("{path} is missing"));
        assert_eq!(
            HEXLOWER.encode(digest(&SHA256, bytes).as_ref()),
            sum,
            "{path}"
        );
        listed.insert(path.to_owned());
    }
    let there: BTreeSet<String> = files
        .keys()
        .map(|path| path.to_str().unwrap().replace('\\', "/"))
        .filter(|path| !matches!(path.as_str(), "SHA256SUMS" | ".shelf-kit"))
        .collect();
    assert_eq!(listed, there);
    listed
}

#[test]
fn a_piece_comes_in_every_form_and_says_that_it_is_a_draft() {
    let book = Book::real();
    let ran = book.run(&["kit", "why-no-mandate", "exposed-archives"]);
    ran.assert_exit(0);
    let files = book.files("kit");
    let listed = summed(&files);
    for name in [
        "why-no-mandate/why-no-mandate-DRAFT",
        "exposed-archives/exposed-archives-DRAFT",
    ] {
        for ending in ["docx", "txt", "html"] {
            assert!(
                listed.contains(&format!("{name}.{ending}")),
                "{name}.{ending}: {listed:?}"
            );
        }
        assert_eq!(
            listed.contains(&format!("{name}.pdf")),
            cfg!(feature = "pdf")
        );
    }
    for name in [
        "exposed-archives/exposed-archives-DRAFT.zip",
        "exposed-archives/exposed-archives-message-card-DRAFT.docx",
        "exposed-archives/exposed-archives-holding-statement-DRAFT.docx",
        "exposed-archives/exposed-archives-contacts-DRAFT.docx",
        "README.txt",
        "kit.schema.json",
    ] {
        assert!(listed.contains(name), "{name}: {listed:?}");
    }
    let piece = text(&files, "why-no-mandate/why-no-mandate-DRAFT.txt");
    assert!(
        piece.contains("Draft: nobody but its writers has reviewed this text."),
        "{piece}"
    );
    let manifest: Value = serde_json::from_str(&text(&files, "kit.json")).unwrap();
    let pieces = manifest["pieces"].as_array().unwrap();
    assert_eq!(pieces.len(), 2);
    for piece in pieces {
        assert_eq!(piece["state"]["status"], "draft");
        assert!(!piece["sources"].as_array().unwrap().is_empty());
    }
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let bytes = &files[&PathBuf::from(path)];
        assert_eq!(file["bytes"], bytes.len());
        assert_eq!(
            file["sha256"],
            HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
        );
        assert!(path.contains("DRAFT"), "{path}");
    }
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let book = Book::real();
    let wish = ["kit", "exposed-archives", "checklist"];
    book.run(&wish).assert_exit(0);
    let first = book.files("kit");
    book.run(&wish).assert_exit(0);
    assert_eq!(first, book.files("kit"));
    assert!(!book.root().join("book").exists());
}

#[test]
fn a_slip_of_the_pen_is_answered_with_what_is_near() {
    let book = Book::real();
    for (wish, wanted) in [
        (
            &["kit", "why-no-mandat"][..],
            "did you mean \"why-no-mandate\"?",
        ),
        (
            &["kit", "zebra"],
            "the pieces are: checklist, why-no-mandate, ",
        ),
        (&["kit", "--topic", "exposur"], "did you mean \"exposure\"?"),
        (&["kit", "--topic", "zebra"], "the topics are: "),
    ] {
        let ran = book.run(wish);
        ran.assert_exit(2);
        assert!(ran.stderr().contains(wanted), "{wish:?}: {}", ran.stderr());
    }
    assert!(!book.root().join("kit").exists());
}

#[test]
fn only_what_a_person_cleared_goes_out_where_that_is_wished() {
    let book = Book::real();
    book.run(&["kit", "starttls"]).assert_exit(0);
    let before = book.files("kit");
    for wish in [
        &["kit", "--only-cleared"][..],
        &["kit", "starttls", "--only-cleared"],
    ] {
        let ran = book.run(wish);
        ran.assert_exit(1);
        assert!(
            ran.stderr().contains("Not cleared starttls: Draft"),
            "{}",
            ran.stderr()
        );
        assert_eq!(before, book.files("kit"));
    }
    let cleared = "status    = \"cleared\"\nby        = \"Somebody Invented\"";
    book.edit("src/answers/starttls.md", "status    = \"draft\"", cleared);
    book.run(&["kit", "starttls", "--only-cleared"])
        .assert_exit(0);
    let listed = summed(&book.files("kit"));
    assert!(listed.contains("starttls/starttls.txt"), "{listed:?}");
    assert!(
        !listed.iter().any(|path| path.contains("DRAFT")),
        "{listed:?}"
    );
    // A piece that is not cleared keeps the one that is from going out with it.
    book.run(&["kit", "starttls", "shodan", "--only-cleared"])
        .assert_exit(1);
    assert_eq!(listed, summed(&book.files("kit")));
}

#[test]
fn a_folder_that_is_no_kit_is_not_replaced_and_one_that_cannot_be_made_is_named() {
    let book = Book::real();
    book.write("theirs/letter.txt", "Dear all");
    let ran = book.run(&["kit", "starttls", "-o", "theirs"]);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("neither empty nor a kit"),
        "{}",
        ran.stderr()
    );
    assert_eq!(book.read("theirs/letter.txt"), "Dear all");
    let ran = book.run(&["kit", "starttls", "-o", "book.toml/kit"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("book.toml"), "{}", ran.stderr());
}

#[test]
fn a_text_that_breaks_a_rule_is_not_sent() {
    let book = Book::real();
    book.run(&["kit", "starttls"]).assert_exit(0);
    let before = book.files("kit");
    book.edit("src/answers/starttls.md", "[^", "[^nobody-knows][^");
    let ran = book.run(&["kit", "starttls"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("error[source/unknown]"),
        "{}",
        ran.stderr()
    );
    assert_eq!(before, book.files("kit"));
}

/// However a run ends, there is one whole kit: the old or the new.
#[test]
fn a_kill_in_the_middle_leaves_the_old_kit_or_the_new() {
    let book = Book::real();
    book.run(&["kit", "starttls"]).assert_exit(0);
    let old = book.files("kit");
    let wish = ["kit", "exposed-archives", "forged-scans"];
    let began = std::time::Instant::now();
    book.run(&[&wish[..], &["-o", "whole"]].concat())
        .assert_exit(0);
    let whole = began.elapsed();
    let new = book.files("whole");
    let mut untouched = 0;
    for part in 1..=10_u32 {
        let mut child = book
            .command(&wish)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * part / 10 + Duration::from_millis(u64::from(part)));
        let _ = child.kill();
        child.wait().unwrap();
        let found = book.files("kit");
        summed(&found);
        assert!(found == old || found == new, "a mixture after {part} of 10");
        untouched += u32::from(found == old);
        book.run(&["kit", "starttls"]).assert_exit(0);
    }
    assert!(untouched > 0, "every run was over before it was killed");
    let left: Vec<_> = std::fs::read_dir(book.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_str().unwrap().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A disk of 1 MB has room for a small kit and not for the whole.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_kit() {
    if !crate::real::can_use(&["unshare", "mount"]) {
        return;
    }
    let book = Book::real();
    std::fs::create_dir(book.root().join("disk")).unwrap();
    let script = "mount -t tmpfs -o size=1m tmpfs disk && \"$0\" kit starttls -o disk/kit && \
                  (cd disk/kit && sha256sum --quiet --check SHA256SUMS) && cp -r disk/kit before && \
                  ! \"$0\" kit -o disk/kit && diff -r before disk/kit && ls -A disk";
    let shell = book.command(&[]);
    let output = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(shell.get_program())
        .current_dir(book.root())
        .env("SHELF_TODAY", book.today())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("No space left on device"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "kit\n");
}

#[test]
fn gaps_that_nobody_filled_are_found() {
    let book = Book::real();
    book.run(&["kit", "exposed-archives"]).assert_exit(0);
    let statement = "kit/exposed-archives/exposed-archives-holding-statement-DRAFT.txt";
    let word = statement.replace(".txt", ".docx");
    let ran = book.run(&["kit", "--gaps", statement, &word]);
    ran.assert_exit(1);
    assert_eq!(
        ran.stderr().matches("Open kit/").count(),
        2,
        "{}",
        ran.stderr()
    );
    let filled: String = {
        let mut text = book.read(statement);
        while let Some(start) = text.find("[FILL IN:") {
            let end = start + text[start..].find(']').unwrap();
            text.replace_range(start..=end, "filled");
        }
        text
    };
    book.write("filled.txt", &filled);
    book.run(&["kit", "--gaps", "filled.txt"]).assert_exit(0);
    book.run(&["kit", "--gaps", "nowhere.txt"]).assert_exit(2);
}

#[test]
fn the_website_has_the_whole_kit_and_its_pages_lead_to_it() {
    let book = Book::real();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let files = book.files("book/kit");
    let listed = summed(&files);
    let page = book.read("book/answers/starttls.html");
    for name in [
        "starttls/starttls-DRAFT.docx",
        "starttls/starttls-message-card-DRAFT.docx",
    ] {
        assert!(listed.contains(name), "{listed:?}");
        assert!(page.contains(&format!("href=\"../kit/{name}\"")), "{name}");
    }
}

#[test]
fn a_website_without_a_kit_leads_to_none() {
    let book = Book::real();
    book.run(&["build", "--samples", "recorded", "--no-kit"])
        .assert_exit(0);
    for folder in ["book/kit", "book/feed/fragments"] {
        assert!(!book.root().join(folder).exists(), "{folder}");
    }
    for page in [
        "book/answers/starttls.html",
        "book/press.html",
        "book/checklist.html",
    ] {
        assert!(!book.read(page).contains("kit/"), "{page}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_a_finding_where_it_stands() {
    let book = Book::real();
    book.run(&["kit", "starttls"]).assert_exit(0);
    let before = book.files("kit");
    book.edit(
        "src/answers/starttls.md",
        "Mail programs often work this way.",
        "Mail programs (漢) often work this way.",
    );
    let ran = book.run(&["kit", "starttls"]);
    if cfg!(feature = "pdf") {
        ran.assert_exit(1);
        let said = ran.stderr();
        assert!(said.contains("error[kit/unprintable]"), "{said}");
        assert!(said.contains("\"漢\" (U+6F22)"), "{said}");
        assert!(said.contains("src/answers/starttls.md:"), "{said}");
        assert_eq!(before, book.files("kit"));
    } else {
        ran.assert_exit(0);
    }
}

#[test]
fn a_question_leads_to_its_piece_and_says_why() {
    let book = Book::real();
    let ran = book.run(&["kit", "--for", "Can a scan contain a virus?"]);
    ran.assert_exit(0);
    let said = ran.stderr();
    assert!(said.contains("Found preamble: "), "{said}");
    assert!(said.contains("because of virus: "), "{said}");
    assert!(
        book.root()
            .join("kit/preamble/preamble-DRAFT.docx")
            .is_file()
    );
    let ran = book.run(&[
        "kit",
        "--for",
        "What is the weather tomorrow?",
        "-o",
        "none",
    ]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("Nothing here answers that"),
        "{}",
        ran.stderr()
    );
    assert!(!book.root().join("none").exists());
}

#[test]
fn one_format_alone_is_made_where_it_is_asked_for() {
    let book = Book::real();
    book.run(&[
        "kit",
        "exposed-archives",
        "--format",
        "word",
        "--format",
        "text",
    ])
    .assert_exit(0);
    let listed = summed(&book.files("kit"));
    let of_the_piece: Vec<_> = listed.iter().filter(|path| path.contains('/')).collect();
    assert_eq!(
        of_the_piece,
        [
            "exposed-archives/exposed-archives-DRAFT.docx",
            "exposed-archives/exposed-archives-DRAFT.txt"
        ]
    );
    book.run(&["kit", "starttls", "--format", "zip"])
        .assert_exit(2);
    assert_eq!(listed, summed(&book.files("kit")));
}

#[test]
fn work_that_somebody_did_in_a_kit_is_not_replaced() {
    let book = Book::real();
    let statement = "kit/ransomware/ransomware-holding-statement-DRAFT.txt";
    book.run(&["kit", "ransomware", "ransomware"])
        .assert_exit(0);
    book.write(statement, "By us, at three.");
    book.write("kit/note.txt", "Ring back.");
    let ran = book.run(&["kit", "starttls"]);
    ran.assert_exit(2);
    let said = ran.stderr();
    assert!(
        said.contains("note.txt, ransomware/ransomware-holding-statement-DRAFT.txt"),
        "{said}"
    );
    assert_eq!(book.read(statement), "By us, at three.");
    assert_eq!(book.read("kit/note.txt"), "Ring back.");
}

#[test]
fn a_kit_does_not_go_into_a_folder_of_the_book() {
    let book = Book::real();
    for folder in ["src/kit", "content", "book/kit"] {
        let ran = book.run(&["kit", "starttls", "-o", folder]);
        ran.assert_exit(2);
        assert!(
            ran.stderr().contains("lies in a folder of the book"),
            "{}",
            ran.stderr()
        );
    }
}
