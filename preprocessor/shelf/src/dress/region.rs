//! The parts of a page that the template leaves to us.

/// Whether the page `text` has the region `name`.
pub(super) fn has(text: &str, name: &str) -> bool {
    find(text, name).is_some()
}

/// The page `text` with `content` in the place of its region `name`; as it is where it has none.
///
/// Editors and scanners cannot write such a comment: raw HTML is refused in pages, and what a scanner
/// printed is encoded.
pub(super) fn fill(text: &str, name: &str, content: &str) -> String {
    match find(text, name) {
        Some((before, after)) => format!("{before}{content}{after}"),
        None => text.to_owned(),
    }
}

/// What stands before and after the region.
fn find<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = text.split_once(&format!("<!-- shelf:{name} -->"))?;
    let (_, after) = rest.split_once(&format!("<!-- /shelf:{name} -->"))?;
    Some((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_replaced_with_its_comments() {
        let page = "a<!-- shelf:x -->old<!-- /shelf:x -->b<!-- shelf:y -->";
        assert_eq!(fill(page, "x", "new"), "anewb<!-- shelf:y -->");
        for without in ["y", "z"] {
            assert!(!has(page, without));
            assert_eq!(fill(page, without, "new"), page);
        }
    }
}
