//! Verbs of what somebody can be seen to do.

/// What a learner can be seen to do. Nobody can see that somebody "understands".
pub(crate) const MEASURABLE: [&str; 52] = [
    "apply",
    "arrange",
    "assign",
    "build",
    "calculate",
    "change",
    "check",
    "choose",
    "classify",
    "close",
    "compare",
    "configure",
    "contrast",
    "convert",
    "decide",
    "defend",
    "demonstrate",
    "describe",
    "detect",
    "diagnose",
    "differentiate",
    "distinguish",
    "draft",
    "draw",
    "estimate",
    "evaluate",
    "explain",
    "find",
    "identify",
    "inspect",
    "interpret",
    "justify",
    "label",
    "list",
    "locate",
    "map",
    "measure",
    "name",
    "order",
    "plan",
    "predict",
    "prove",
    "rank",
    "read",
    "record",
    "restrict",
    "select",
    "state",
    "tell",
    "test",
    "trace",
    "write",
];

/// Whether an objective begins with one of them.
pub(crate) fn is_measurable(objective: &str) -> bool {
    let first = objective.split_whitespace().next().unwrap_or_default();
    let first = first
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    MEASURABLE.binary_search(&first.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_stand_in_the_order_of_the_alphabet() {
        assert!(MEASURABLE.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_can_be_seen_is_told_from_what_cannot() {
        assert!(is_measurable(
            "Distinguish an open archive from a guarded one."
        ));
        assert!(is_measurable("write, in 27 words, what is known"));
        for vague in [
            "Understand TLS.",
            "Know the ports.",
            "Be aware of logs.",
            "",
            "The archive",
        ] {
            assert!(!is_measurable(vague), "{vague}");
        }
    }
}
