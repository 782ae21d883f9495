//! What somebody may have meant.

/// How alike two names must be (Jaro-Winkler, 0 to 1) for one to be offered in place of the other.
const ALIKE: f64 = 0.8;

/// The known name that is most like `written`, if any is much like it.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&written.to_lowercase(), name), name))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// `did you mean "x"?` where a name is near, and `otherwise` where none is.
pub fn did_you_mean<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    match nearest(written, known) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let known = ["closed-port", "open-archive", "ps3.15-b.12", "ps3.15-b.13"];
        assert_eq!(nearest("closed_port", known), Some("closed-port"));
        assert_eq!(nearest("PS3.15-b.12", known), Some("ps3.15-b.12"));
        assert_eq!(nearest("ps3.15-b.31", known), Some("ps3.15-b.13"));
        assert_eq!(nearest("x-ray", known), None);
        assert_eq!(nearest("", known), None);
    }
}
