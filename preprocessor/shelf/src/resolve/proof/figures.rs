//! Measured figures as readers read them.

use editorial::Unit;

use crate::resolve::digits::digits;

/// A figure with its unit: `1.23 s`, `45 ms`, `140 KB`, `3`.
pub(in crate::resolve) fn figure(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds if number == 0.0 || number >= 1.0 => format!("{} s", short(number)),
        Unit::Seconds => format!("{} ms", short(number * 1_000.0)),
        Unit::Kilobytes => format!("{} KB", short(number)),
        Unit::Count => short(number),
    }
}

/// A multiple: `0.8 ×`.
pub(in crate::resolve) fn multiple(number: f64) -> String {
    format!("{} ×", short(number))
}

/// Three digits that count, or all that stand before the point.
pub(in crate::resolve) fn short(number: f64) -> String {
    let decimals = match number.abs() {
        0.0 => 0,
        size if size >= 100.0 => return digits(number.round() as u64),
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    };
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_count() {
        for (number, unit, wanted) in [
            (150.0, Unit::Seconds, "150 s"),
            (41.26, Unit::Seconds, "41.3 s"),
            (0.0012, Unit::Seconds, "1.2 ms"),
            (0.3, Unit::Seconds, "300 ms"),
            (1234.5, Unit::Kilobytes, "1,235 KB"),
            (0.0, Unit::Count, "0"),
            (8.0, Unit::Count, "8"),
        ] {
            assert_eq!(figure(number, unit), wanted);
        }
        assert_eq!(multiple(0.799_6), "0.8 ×");
        assert_eq!(multiple(213.7), "214 ×");
        assert_eq!(multiple(1.053), "1.05 ×");
    }
}
