//! Numbers as readers read them.

/// `12345` as `12,345`.
pub(super) fn digits(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn thousands_are_set_apart() {
        for (number, wanted) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (3_627, "3,627"),
            (1_600_000, "1,600,000"),
        ] {
            assert_eq!(digits(number), wanted);
        }
    }
}
