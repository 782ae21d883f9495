//! What has changed, as the feed tells it too.

use std::path::Path;

use editorial::{Change, Shelf};

use super::Stock;
use super::escape::markdown;
use crate::announce::FEED;
use crate::summary::way;

/// Every change with its pages, under the day of it, the newest first. `from` is the page that shows them.
pub(super) fn changes(from: &str, stock: Stock<'_>) -> String {
    let up = way(Path::new(from));
    let changes = &stock.shelf.changes.entries;
    let mut list = String::new();
    if stock.site.is_some() && !changes.is_empty() {
        list = format!("A program that reads feeds [can watch this list](<{up}{FEED}>).\n\n");
    }
    let is_same_day = |one: &Change, next: &Change| one.date.value == next.date.value;
    for of_a_day in changes.chunk_by(is_same_day) {
        if let Some(first) = of_a_day.first() {
            let day = first.date.value;
            list.push_str(&format!("### {} {{#changed-{day}}}\n\n", day.in_words()));
        }
        for change in of_a_day {
            list.push_str(&entry(change, &up, stock.shelf));
        }
        list.push('\n');
    }
    list
}

fn entry(change: &Change, up: &str, shelf: &Shelf) -> String {
    let pages: Vec<String> = change
        .paths()
        .zip(&change.pages)
        .filter_map(|(path, named)| {
            let piece = shelf.page(&path)?.piece.as_ref()?;
            let title = markdown(&piece.title.value);
            Some(format!("[{title}](<{up}{}>)", named.value))
        })
        .collect();
    let what = markdown(change.what.value.trim());
    format!("- {what} {}\n", pages.join("; "))
}
