//! `cargo shelf samples`.

use std::fs;

use serde_json::Value;

use crate::book::Book;

#[test]
fn the_list_for_programs_says_what_holds() {
    let book = Book::new();
    let ran = book.run(&["samples", "list", "--format", "json"]);
    ran.assert_exit(0);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(rows.len(), 3);
    let stranger = rows.iter().find(|row| row["id"] == "stranger").unwrap();
    assert_eq!(stranger["scene"], "open-archive");
    assert_eq!(stranger["scanner"], "probe");
    assert_eq!(
        stranger["pages"],
        serde_json::json!(["src/answers/exposed.md"])
    );
    assert_eq!(stranger["mode"], "live");
    assert_eq!(stranger["claims"].as_array().unwrap().len(), 2);
    assert_eq!(stranger["hold"], true);
    // Shown as the "before" of another, it stands on that page too.
    let before = rows
        .iter()
        .find(|row| row["id"] == "names-in-clear")
        .unwrap();
    assert_eq!(
        before["pages"],
        serde_json::json!(["src/answers/exposed.md"])
    );
}

#[test]
fn a_claim_that_fails_shows_in_the_list_and_in_the_exit_status() {
    let book = Book::new();
    book.edit(
        "content/samples/stranger.toml",
        "patients = 3",
        "patients = 4",
    );
    let ran = book.run(&["samples", "list", "--format", "json"]);
    ran.assert_exit(1);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout()).unwrap();
    let holds = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap()["hold"].clone();
    assert_eq!(holds("stranger"), false);
    assert_eq!(holds("names-under-tls"), true);
}

#[test]
fn the_list_from_recordings_starts_nothing_and_says_recorded() {
    let book = Book::recorded();
    let ran = book.run(&[
        "samples",
        "list",
        "--format",
        "json",
        "--samples",
        "recorded",
    ]);
    ran.assert_exit(0);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout()).unwrap();
    assert!(rows.iter().all(|row| row["mode"] == "recorded"));
    assert!(!ran.stderr().contains("Ran"), "{}", ran.stderr());
}

#[test]
fn a_run_prints_what_the_scanner_saw_and_whether_the_claims_hold() {
    let ran = Book::new().run(&["samples", "run", "stranger"]);
    ran.assert_exit(0);
    let said = ran.stdout();
    assert!(said.contains("$ probe 192.0.2.10:11112"), "{said}");
    assert!(said.contains("holds: 3 patients listed"), "{said}");
    assert!(!said.contains("names-under-tls"), "{said}");
    assert!(!said.contains("127."), "{said}");
}

#[test]
fn a_sample_that_is_not_there_is_a_usage_error() {
    Book::new()
        .run(&["samples", "run", "nowhere"])
        .assert_exit(2);
}

#[test]
fn a_slip_of_the_pen_in_a_caption_keeps_no_sample_from_running() {
    let book = Book::new();
    book.edit("content/samples/stranger.toml", "stranger", "strangger");
    book.run(&["check"]).assert_exit(1);
    book.run(&["samples", "run", "stranger"]).assert_exit(0);
}

#[test]
fn nothing_is_recorded_that_its_claims_refute() {
    let book = Book::new();
    book.edit(
        "content/samples/stranger.toml",
        "patients = 3",
        "patients = 4",
    );
    book.run(&["samples", "record", "stranger"]).assert_exit(1);
    assert!(
        !book
            .root()
            .join("content/recordings/stranger.json")
            .exists()
    );
}

#[test]
fn verify_compares_a_fresh_run_with_every_recording() {
    let book = Book::new();
    let ran = book.run(&["samples", "verify"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr()
            .contains("the sample \"stranger\" has no recording"),
        "{}",
        ran.stderr()
    );
    book.run(&["samples", "record"]).assert_exit(0);
    book.run(&["samples", "verify"]).assert_exit(0);
    // The claims still hold, but something else that was found has changed.
    book.edit(
        "content/samples/names-under-tls.toml",
        "names-on-the-wire = 0",
        "find = \"answered\"",
    );
    book.edit(
        "content/scenes/tls-archive.toml",
        "transport = \"tls\"",
        "transport = \"clear\"",
    );
    book.edit("content/samples/names-under-tls.toml", ", \"--tls\"", "");
    let ran = book.run(&["samples", "verify"]);
    ran.assert_exit(1);
    assert!(
        ran.stderr().contains("sample/recording"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn a_recording_without_its_sample_is_found() {
    let book = Book::recorded();
    book.write("content/recordings/ghost.json", "{}");
    let ran = book.run(&["samples", "verify"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    assert!(
        said.contains("the recording belongs to no sample"),
        "{said}"
    );
    assert!(said.contains("content/recordings/ghost.json"), "{said}");
}

#[test]
fn recording_goes_on_after_a_sample_that_cannot_be_recorded() {
    let book = Book::new();
    fs::remove_dir_all(book.root().join("content/recordings")).unwrap_or_default();
    book.edit(
        "content/samples/names-in-clear.toml",
        "names-on-the-wire = 3",
        "names-on-the-wire = 4",
    );
    book.run(&["samples", "record"]).assert_exit(1);
    assert!(
        book.root()
            .join("content/recordings/stranger.json")
            .is_file()
    );
    assert!(
        !book
            .root()
            .join("content/recordings/names-in-clear.json")
            .exists()
    );
}
