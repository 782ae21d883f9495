//! `cargo shelf check` and `explain`.

use snapbox::{IntoData, assert_data_eq, str};

use crate::book::Book;

fn broken() -> Book {
    let book = Book::new();
    book.edit(
        "src/answers/exposed.md",
        "Größe und Maß bleiben.",
        "Größe <b>und</b> Maß[^nowhere] bleiben.",
    );
    book
}

#[test]
fn a_good_book_has_no_findings() {
    let ran = Book::new().run(&["check"]);
    ran.assert_exit(0);
    assert_eq!(ran.stdout(), "");
    assert_data_eq!(
        ran.stderr(),
        str![[r#"
     Checked 2 pages: no findings

"#]]
    );
}

#[test]
fn findings_look_like_the_compilers() {
    let ran = broken().run(&["check"]);
    ran.assert_exit(1);
    assert_data_eq!(
        ran.stdout(),
        str![[r#"
error[html/raw]: this is HTML: <b>
  --> src/answers/exposed.md:12:48
   |
12 | A stranger calls on the PACS.[^a.source] Größe <b>und</b> Maß[^nowhere] bleiben.
   |                                                ^^^
   |
   = help: write Markdown; for the characters themselves, write `<` in back quotes or as \<

error[html/raw]: this is HTML: </b>
  --> src/answers/exposed.md:12:54
   |
12 | A stranger calls on the PACS.[^a.source] Größe <b>und</b> Maß[^nowhere] bleiben.
   |                                                      ^^^^
   |
   = help: write Markdown; for the characters themselves, write `<` in back quotes or as \<

error[source/unknown]: no source has the key "nowhere"
  --> src/answers/exposed.md:12:62
   |
12 | A stranger calls on the PACS.[^a.source] Größe <b>und</b> Maß[^nowhere] bleiben.
   |                                                              ^^^^^^^^^^
   |
   = help: add the publication to content/sources.toml


"#]]
        .raw()
    );
}

#[test]
fn findings_for_programs() {
    let ran = broken().run(&["check", "--format", "json"]);
    ran.assert_exit(1);
    assert_data_eq!(
        ran.stdout(),
        str![[r#"
[
  {
    "rule": "html/raw",
    "severity": "error",
    "path": "src/answers/exposed.md",
    "line": 12,
    "column": 48,
    "problem": "this is HTML: <b>",
    "help": "write Markdown; for the characters themselves, write `<` in back quotes or as \\<"
  },
  {
    "rule": "html/raw",
    "severity": "error",
    "path": "src/answers/exposed.md",
    "line": 12,
    "column": 54,
    "problem": "this is HTML: </b>",
    "help": "write Markdown; for the characters themselves, write `<` in back quotes or as \\<"
  },
  {
    "rule": "source/unknown",
    "severity": "error",
    "path": "src/answers/exposed.md",
    "line": 12,
    "column": 62,
    "problem": "no source has the key \"nowhere\"",
    "help": "add the publication to content/sources.toml"
  }
]

"#]]
        .raw()
    );
}

#[test]
fn findings_for_pull_requests() {
    let ran = broken().run(&["check", "--format", "github"]);
    ran.assert_exit(1);
    assert_data_eq!(ran.stdout(), str![[r#"
::error file=src/answers/exposed.md,line=12,col=48,title=html/raw::this is HTML: <b> — write Markdown; for the characters themselves, write `<` in back quotes or as \<
::error file=src/answers/exposed.md,line=12,col=54,title=html/raw::this is HTML: </b> — write Markdown; for the characters themselves, write `<` in back quotes or as \<
::error file=src/answers/exposed.md,line=12,col=62,title=source/unknown::no source has the key "nowhere" — add the publication to content/sources.toml

"#]].raw());
}

#[test]
fn no_findings_are_an_empty_array() {
    let ran = Book::new().run(&["check", "--format", "json"]);
    ran.assert_exit(0);
    assert_eq!(ran.stdout(), "[]\n");
}

#[test]
fn what_is_wrong_with_samples_and_scenes_is_found_without_running_them() {
    let book = Book::new();
    book.edit(
        "content/samples/stranger.toml",
        "patients = 3",
        "patience = 3",
    );
    book.edit(
        "content/samples/names-in-clear.toml",
        "\"eavesdropper\"",
        "\"crystal-ball\"",
    );
    book.edit(
        "content/samples/names-under-tls.toml",
        "\"--tls\"",
        "\"--magic\"",
    );
    book.edit(
        "content/scenes/open-archive.toml",
        "192.0.2.10:11112",
        "8.8.8.8:104",
    );
    let ran = book.run(&["check", "--format", "github"]);
    ran.assert_exit(1);
    assert_data_eq!(ran.stdout(), str![[r#"
::error file=content/samples/names-in-clear.toml,line=3,col=11,title=sample/invalid::there is no scanner "crystal-ball"; there are: probe, eavesdropper, idle, web-probe, log, nmap, echoscu, findscu, storescu, dcmconv, s-client, x509, sslscan, testssl, tshark, shodan, curl, file, nft, req, verify, systemd-analyze — name a scanner this program knows
::error file=content/samples/names-under-tls.toml,line=4,col=12,title=sample/invalid::nobody knows the argument "--magic"; known: --calling TITLE, --called TITLE, --tls, --certificate trusted|stranger, --until associate|echo|find — correct it in this file or in the scene
::error file=content/samples/stranger.toml,line=11,col=1,title=sample/invalid::this is no claim: unknown variant `patience`, expected one of `port`, `peer`, `connection`, `handshake`, `tls`, `client-certificate`, `self-signed`, `association`, `reject-reason`, `echo`, `find`, `store`, `patients`, `names-on-the-wire`, `ports-tried`, `open-ports`, `dicom-ping`, `offers`, `suites-listed`, `grade`, `verification`, `asks-for-certificate`, `alert`, `ends-soon`, `status`, `matches`, `alert-made`, `names-in-log`, `visits-in-log`, `strangers-in-log`, `caller-in-log`, `file-type`, `drops`, `exposure`, `exit-status`, `seconds-at-least`, `seconds-at-most` — write one key a claim, such as patients = 3 or association = "accepted"
::error file=content/scenes/open-archive.toml,line=7,col=13,title=sample/invalid::`shown-as` cannot be "8.8.8.8:104" — write a documentation address with a port, such as "192.0.2.10:11112"

"#]].raw());
}

#[test]
fn a_rule_is_explained() {
    let ran = Book::new().run(&["explain", "message/length"]);
    ran.assert_exit(0);
    assert_data_eq!(ran.stdout(), str![[r#"
message/length

`says` has at most 27 words; `messages` are three, with at most 27 words together.

Twenty-seven words take nine seconds to say, and that is what fits into a news item. Whatever is longer gets cut by somebody else. An answer, an incident sheet and a paper also name one `action` for the reader. A page can waive it, with a reason.

"#]].raw());
}

#[test]
fn an_unknown_rule_a_missing_book_and_a_wrong_word_are_usage_errors() {
    let book = Book::new();
    book.run(&["explain", "words/magic"]).assert_exit(2);
    book.run(&["check", "--format", "poem"]).assert_exit(2);
    book.run(&["check", "--book", "nowhere"]).assert_exit(2);
    let ran = book
        .edit("book.toml", "after = [\"links\"]", "samples = \"imagined\"")
        .run(&["check"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("imagined"), "{}", ran.stderr());
    let book = Book::new();
    book.edit("book.toml", "after =", "afterr =");
    let ran = book.run(&["check"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("afterr"), "{}", ran.stderr());
}

#[test]
fn every_command_has_help_with_an_example() {
    let book = Book::new();
    for command in [
        &["build"][..],
        &["check"],
        &["explain"],
        &["samples"],
        &["samples", "list"],
        &["samples", "run"],
        &["samples", "record"],
        &["samples", "verify"],
    ] {
        let ran = book.run(&[command, &["--help"]].concat());
        ran.assert_exit(0);
        assert!(ran.stdout().contains("Example: cargo shelf"), "{command:?}");
    }
}
