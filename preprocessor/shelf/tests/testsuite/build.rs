//! `cargo shelf build`.

use std::fs;

use crate::book::Book;

#[test]
fn a_build_makes_the_website_with_live_samples() {
    let book = Book::new();
    let ran = book.run(&["build"]);
    ran.assert_exit(0);
    assert!(
        ran.stderr().contains("3 samples live and 0 recorded"),
        "{}",
        ran.stderr()
    );
    let page = book.read("book/answers/exposed.html");
    assert!(page.contains("Run live for this page"), "{page}");
    assert!(page.contains("(picture archiving and communication system)"));
    assert!(page.contains("Draft: nobody but its writers has reviewed this page"));
    assert!(book.root().join("book/index.html").is_file());
}

#[test]
fn nothing_at_all_means_build() {
    let book = Book::new();
    book.run(&[]).assert_exit(0);
    assert!(book.root().join("book/index.html").is_file());
}

#[test]
fn two_recorded_builds_are_the_same_to_the_byte() {
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded", "--output", "one"])
        .assert_exit(0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    book.run(&["build", "--samples", "recorded", "--output", "two"])
        .assert_exit(0);
    let (one, two) = (book.files("one"), book.files("two"));
    assert!(one.len() > 10);
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn a_build_that_fails_leaves_the_old_website_as_it_was() {
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let before = book.files("book");
    book.edit("src/answers/exposed.md", "[^b-source]", "[^c-source]");
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("the website is as it was"),
        "{}",
        ran.stderr()
    );
    assert!(before == book.files("book"));
    let leftovers = fs::read_dir(book.root()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with(".book.")
    });
    assert_eq!(leftovers.count(), 0);
}

#[test]
fn a_scene_that_refutes_a_claim_stops_the_build_at_the_page_and_the_line() {
    let book = Book::new();
    book.edit(
        "content/scenes/open-archive.toml",
        "calling   = \"any\"",
        "calling   = [\"CT1\"]",
    );
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(said.contains("error[sample/claim-failed]"), "{said}");
    assert!(
        said.contains("claimed: association accepted; observed: rejected"),
        "{said}"
    );
    assert!(said.contains("src/answers/exposed.md:14:1"), "{said}");
    assert!(
        !said.contains("sample/notice-lost"),
        "what only follows is not said: {said}"
    );
    assert!(!book.root().join("book").exists());
}

#[test]
fn a_recording_is_not_shown_for_a_scene_that_has_changed() {
    let book = Book::recorded();
    book.edit("content/scenes/open-archive.toml", "SYN-0003", "SYN-0004");
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("error[sample/recording]"),
        "{}",
        ran.stderr()
    );
    // A live build would show today's scene, but the recording beside it is a memory of another.
    book.run(&["build"]).assert_exit(1);
    book.run(&["samples", "record"]).assert_exit(0);
    book.run(&["build"]).assert_exit(0);
}

#[test]
fn a_recording_that_somebody_edited_is_not_shown() {
    let book = Book::recorded();
    book.edit(
        "content/recordings/stranger.json",
        "3 patients",
        "9 patients",
    );
    let ran = book.run(&["build", "--samples", "recorded"]);
    ran.assert_exit(1);
    assert!(ran.stderr().contains("changed by hand"), "{}", ran.stderr());
}

#[test]
fn a_notice_without_its_line_stops_the_build() {
    let book = Book::new();
    book.edit(
        "content/samples/stranger.toml",
        "line = \"3 patients\"",
        "line = \"4 patients\"",
    );
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("error[sample/notice-lost]"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn a_warning_of_mdbook_is_a_finding() {
    let book = Book::new();
    book.edit("book.toml", "[\"links\"]", "[\"links\", \"nobody\"]");
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(
        said.contains("error[mdbook/warning]: mdBook says:"),
        "{said}"
    );
    assert!(said.contains("nobody"), "{said}");
}

#[test]
fn an_include_that_brings_in_an_unknown_sample_stops_the_build() {
    let book = Book::new();
    book.write("src/part.txt", "{{#sample nowhere}}\n");
    book.write("src/plain.md", "# Plain\n\n{{#include part.txt}}\n");
    let ran = book.run(&["build"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(said.contains("error[directive/invalid]"), "{said}");
    assert!(said.contains("there is no sample \"nowhere\""), "{said}");
    assert!(said.contains("src/plain.md:1:1"), "{said}");
}

#[test]
fn what_an_include_brings_in_keeps_the_rules_too() {
    for (text, problem) in [
        ("<script>alert(1)</script>\n", "this is HTML"),
        (
            "[x](javascript:alert)\n",
            "a link may not use `javascript:`",
        ),
        (
            "{\"name\": \"<img src=x onerror=alert(1)>\"}\n",
            "this is HTML",
        ),
        ("A fact.[^nowhere]\n", "no source has the key"),
    ] {
        let book = Book::new();
        book.write("content/part.txt", text);
        book.write(
            "src/plain.md",
            "# Plain\n\n{{#include ../content/part.txt}}\n",
        );
        let ran = book.run(&["build"]);
        ran.assert_exit(1);
        assert!(ran.stderr().contains(problem), "{text}: {}", ran.stderr());
        assert!(!book.root().join("book").exists());
    }
    // All of it at once, each under its own rule.
    let book = Book::new();
    book.write(
        "src/part.txt",
        "A fact.[^nowhere] <b>Bold.</b>\n\n{{#smaple x}}\n",
    );
    book.write("src/plain.md", "# Plain\n\n{{#include part.txt}}\n");
    let said = book.run(&["build"]).stderr();
    for rule in ["source/unknown", "html/raw", "directive/invalid"] {
        assert!(said.contains(&format!("error[{rule}]")), "{rule}: {said}");
    }
    let book = Book::new();
    book.write("src/part.txt", "Harmless *words*.\n");
    book.write("src/plain.md", "# Plain\n\n{{#include part.txt}}\n");
    book.run(&["build"]).assert_exit(0);
    assert!(
        book.read("book/plain.html")
            .contains("Harmless <em>words</em>")
    );
}

#[test]
fn a_before_is_shown_once_on_a_page() {
    let book = Book::new();
    let after = book.read("content/samples/names-under-tls.toml");
    book.write("content/samples/names-again.toml", &after);
    book.edit(
        "src/answers/exposed.md",
        "{{#sample names-under-tls}}",
        "{{#sample names-under-tls}}\n\n{{#sample names-again}}",
    );
    book.run(&["build"]).assert_exit(0);
    let page = book.read("book/answers/exposed.html");
    assert_eq!(page.matches("id=\"sample-names-in-clear\"").count(), 1);
    assert_eq!(page.matches("id=\"sample-names-again\"").count(), 1);
}

#[test]
fn a_machine_without_loopback_shows_recordings_and_says_so() {
    let book = Book::recorded();
    let binary = env!("CARGO_BIN_EXE_shelf");
    let caged = |args: &[&str]| {
        std::process::Command::new("unshare")
            .args(["--map-root-user", "--net", binary])
            .args(args)
            .current_dir(book.root())
            .env("SHELF_TODAY", "2026-11-22")
            .output()
    };
    let Some(ran) = caged(&["explain"]).ok().filter(|ran| ran.status.success()) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "network namespaces are needed; see ci/install"
        );
        eprintln!("SKIPPED: this machine allows no network namespaces");
        return;
    };
    assert!(!ran.stdout.is_empty());

    let ran = caged(&["build"]).unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{said}");
    assert!(said.contains("warning[sample/not-run]"), "{said}");
    assert!(said.contains("0 samples live and 3 recorded"), "{said}");
    assert!(
        book.read("book/answers/exposed.html")
            .contains("Recorded on")
    );

    let ran = caged(&["build", "--samples", "require-live"]).unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("error[sample/not-run]"), "{said}");
}

#[test]
fn a_file_that_is_no_text_is_a_finding_among_the_others() {
    let book = Book::new();
    fs::write(book.root().join("src/plain.md"), b"Gr\xfc\xdfe").unwrap();
    book.edit("src/answers/exposed.md", "[^b-source]", "[^c-source]");
    let ran = book.run(&["check", "--format", "github"]);
    ran.assert_exit(1);
    assert!(
        ran.stdout()
            .contains("file=src/plain.md,line=1,col=1,title=file/unreadable"),
        "{}",
        ran.stdout()
    );
    assert!(
        ran.stdout().contains("title=source/unknown"),
        "{}",
        ran.stdout()
    );
}

#[test]
fn a_folder_of_somebody_else_is_not_replaced() {
    let book = Book::new();
    book.write("thesis/chapter.txt", "years of work");
    book.run(&["build", "--output", "thesis"]).assert_exit(2);
    assert_eq!(book.read("thesis/chapter.txt"), "years of work");
}
