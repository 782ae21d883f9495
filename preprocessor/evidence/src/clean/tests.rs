#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

#[test]
fn what_could_act_becomes_visible() {
    for (text, shown) in [
        ("\u{1b}[31mred", "\\u{1b}[31mred"),
        ("a\0b", "a\\u{0}b"),
        ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"),
        ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
        ("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}"),
        ("\u{85}\u{2028}\u{2029}", "\\u{85}\\u{2028}\\u{2029}"),
        ("tag\u{e0041}", "tag\\u{e0041}"),
        ("Größe 日本語", "Größe 日本語"),
        ("<script>`~{{#include}}", "<script>`~{{#include}}"),
    ] {
        assert_eq!(Clean::line(text, 80).as_str(), shown);
    }
}

#[test]
fn a_cut_is_marked() {
    assert_eq!(Clean::line("0123456789", 10).as_str(), "0123456789");
    assert_eq!(Clean::line("0123456789a", 10).as_str(), "0123456[…]");
    assert_eq!(Clean::value(&[b'x'; 9_999], 6).as_str(), "xxx[…]");
}

#[test]
fn markup_and_directives_are_inert() {
    let line = Clean::line("</code>{{#include ../x}} ```", 80);
    assert!(!line.as_html().contains(['<', '>', '{', '`', ' ', '/']));
    assert_eq!(line.as_plain(), "</code>\\u{7b}\\u{7b}#include ../x}} ```");
    assert!(!Clean::line("{{{{{", 80).as_plain().contains("{{"));
}

#[test]
fn json_cannot_bring_in_what_the_cleaner_refuses() {
    let line: Clean = serde_json::from_str("\"\\u001b[2J\"").unwrap();
    assert_eq!(line.as_str(), "\\u{1b}[2J");
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>(), longest in 0usize..200) {
        let once = Clean::line(&text, longest);
        prop_assert_eq!(&Clean::line(once.as_str(), longest), &once);
        prop_assert_eq!(&Clean::from(once.as_str().to_owned()), &once);
    }

    #[test]
    fn nothing_that_could_act_is_left(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let value = Clean::value(&bytes, 60);
        prop_assert!(value.as_str().chars().count() <= 60);
        prop_assert!(!value.as_str().chars().any(is_unsafe));
    }

    #[test]
    fn html_has_only_letters_digits_and_references(text in any::<String>()) {
        let html = Clean::line(&text, 300).as_html();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "&#;".contains(c);
        prop_assert!(html.chars().all(allowed));
        let plain = Clean::line(&text, 300);
        prop_assert!(!plain.as_plain().contains("{{"));
    }
}
