//! What the editor of another website has to know.

use super::Feed;

const TEXT: &str = include_str!("../../templates/feed/README.txt");

/// The README, with what this feed says of itself on top.
pub(super) fn readme(feed: &Feed) -> String {
    let version = match (&feed.commit, &feed.day) {
        (Some(commit), Some(day)) => format!("version {commit} of {day}"),
        _ => "version not known".to_owned(),
    };
    let pieces = feed.items.len();
    format!(
        "{}\n{}\n{version}, {pieces} pieces\n\n{}\n\n{TEXT}",
        feed.site, feed.address, feed.note
    )
}
