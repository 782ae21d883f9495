//! `cargo shelf check --due`: which pages are due for review, as a calendar. Today is 22 November 2026.

use snapbox::{IntoData, assert_data_eq, str};

use crate::book::Book;

const PAGE: &str = "src/answers/exposed.md";

/// A book whose only page with a review is due on that day.
fn due(day: &str) -> Book {
    let book = Book::new();
    book.edit(PAGE, "2027-05-22", day);
    if day < "2026-11-22" {
        book.edit(PAGE, "= 2026-11-22", "= 2026-05-22");
    }
    book
}

/// The same, with two more pages.
fn three() -> Book {
    let book = due("2026-11-30");
    let page = book.read(PAGE);
    let (front, _) = page.rsplit_once("+++").unwrap();
    let late = front
        .replace("2026-11-30", "2026-11-21")
        .replace("checked  = 2026-11-22", "checked  = 2026-05-21");
    let by = "status   = \"reviewed\"\nby       = \"A. Reader\"";
    let named = front
        .replace("status   = \"draft\"", by)
        .replace("2026-11-30", "2027-01-21");
    let text = "+++\n\nA page.\n";
    book.write("src/late.md", &format!("{late}{text}"));
    book.write("src/named.md", &format!("{named}{text}"));
    book.edit(
        "src/SUMMARY.md",
        "- [",
        "- [Late](late.md)\n- [Named](named.md)\n- [",
    );
    book
}

#[test]
fn nothing_is_due_before_its_time() {
    let ran = Book::new().run(&["check", "--due", "60"]);
    ran.assert_exit(0);
    assert_eq!(ran.stdout(), "");
    assert_data_eq!(
        ran.stderr(),
        str![[r#"
      Listed 0 pages due by 21 January 2027

"#]]
    );
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    for (day, listed) in [("2027-01-21", true), ("2027-01-22", false)] {
        let ran = due(day).run(&["check", "--due", "60"]);
        ran.assert_exit(0);
        assert_eq!(ran.stdout().contains(PAGE), listed, "{day}");
    }
}

#[test]
fn a_page_is_overdue_from_the_day_after() {
    for (day, status) in [("2026-11-22", 0), ("2026-11-21", 1)] {
        let ran = due(day).run(&["check", "--due", "0"]);
        ran.assert_exit(status);
        assert!(ran.stdout().contains(PAGE), "{day}: {}", ran.stdout());
        assert_eq!(ran.stdout().contains("Overdue"), status == 1, "{day}");
    }
}

#[test]
fn a_calendar_for_people() {
    let ran = three().run(&["check", "--due", "60"]);
    ran.assert_exit(1);
    assert_data_eq!(
        ran.stdout(),
        str![[r#"
Overdue
  2026-11-21  src/late.md             draft                  Is it exposed?
November 2026
  2026-11-30  src/answers/exposed.md  draft                  Is it exposed?
January 2027
  2027-01-21  src/named.md            reviewed by A. Reader  Is it exposed?

"#]]
    );
    assert_data_eq!(
        ran.stderr(),
        str![[r#"
      Listed 3 pages due by 21 January 2027, 1 of them overdue

"#]]
    );
}

#[test]
fn a_calendar_for_programs() {
    let ran = three().run(&["check", "--due", "8", "--format", "json"]);
    ran.assert_exit(1);
    assert_data_eq!(
        ran.stdout(),
        str![[r#"
[
  {
    "due": "2026-11-21",
    "days": -1,
    "path": "src/late.md",
    "line": 9,
    "column": 12,
    "status": "draft",
    "by": null,
    "checked": "2026-05-21",
    "title": "Is it exposed?"
  },
  {
    "due": "2026-11-30",
    "days": 8,
    "path": "src/answers/exposed.md",
    "line": 9,
    "column": 12,
    "status": "draft",
    "by": null,
    "checked": "2026-11-22",
    "title": "Is it exposed?"
  }
]

"#]]
        .raw()
    );
    let none = Book::new().run(&["check", "--due", "8", "--format", "json"]);
    none.assert_exit(0);
    assert_eq!(none.stdout(), "[]\n");
}

#[test]
fn a_calendar_for_pull_requests() {
    let ran = three().run(&["check", "--due", "60", "--format", "github"]);
    ran.assert_exit(1);
    assert_data_eq!(
        ran.stdout(),
        str![[r#"
::error file=src/late.md,line=9,col=12,title=review/expired::this page (draft) was due on 21 November 2026: compare it with its sources, then set `checked` and `due`
::notice file=src/answers/exposed.md,line=9,col=12,title=review/due::this page (draft) is due on 30 November 2026: compare it with its sources, then set `checked` and `due`
::notice file=src/named.md,line=10,col=12,title=review/due::this page (reviewed by A. Reader) is due on 21 January 2027: compare it with its sources, then set `checked` and `due`

"#]]
    );
}

#[test]
fn a_page_that_is_excused_is_listed_and_fails_nothing() {
    let book = due("2026-11-21");
    let waiver = "[[waive]]\nrule   = \"review/expired\"\nreason = \"Its source comes out in December.\"\n[review]";
    book.edit(PAGE, "[review]", waiver);
    let ran = book.run(&["check", "--due", "60"]);
    ran.assert_exit(0);
    assert!(ran.stdout().contains("Overdue"), "{}", ran.stdout());
}

#[test]
fn a_page_whose_day_cannot_be_read_is_not_passed_over_in_silence() {
    let ran = due("tomorrow").run(&["check", "--due", "60"]);
    assert!(
        ran.stderr().contains("the review of 1 page cannot be read"),
        "{}",
        ran.stderr()
    );
}

#[test]
fn a_calendar_of_centuries_and_one_of_no_days_can_be_asked_for() {
    let book = Book::new();
    let ran = book.run(&["check", "--due", "65535"]);
    ran.assert_exit(0);
    assert!(ran.stdout().contains("May 2027"));
    book.run(&["check", "--due", "-1"]).assert_exit(2);
    book.run(&["check", "--due", "soon"]).assert_exit(2);
}
