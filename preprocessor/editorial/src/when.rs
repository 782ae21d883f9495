//! A date as exactly as a source gives it: a day, a month or a year.

use std::fmt;

use crate::day::Day;

/// A day, a month or a year of the Gregorian calendar.
///
/// Dates compare in time's order; a year comes before its months, and a month before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// Of the Christian era.
    year: u16,
    /// 1 to 12; absent where only the year is known.
    month: Option<u8>,
    /// 1 to 31; absent where only the month is known.
    day: Option<u8>,
}

impl When {
    /// Reads `2026`, `2026-11` or `2026-11-22`.
    pub fn parse(text: &str) -> Option<When> {
        let full = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        Day::parse(&full).filter(|_| full.len() == 10)?;
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut small = || parts.next().and_then(|part| part.parse().ok());
        Some(When {
            year,
            month: small(),
            day: small(),
        })
    }

    /// Months since January of the year 0, for a scale of time. A year counts as its middle, a month
    /// without a day as its middle, too.
    pub fn months(self) -> f64 {
        let Some(month) = self.month else {
            return f64::from(self.year) * 12.0 + 6.0;
        };
        let days = self.day.map_or(15.0, |day| f64::from(day) - 1.0);
        f64::from(self.year) * 12.0 + f64::from(month) - 1.0 + days / 31.0
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// As people read it: `2026`, `November 2026`, `22 November 2026`.
    pub fn in_words(&self) -> String {
        let day = Day::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        let words = day.in_words();
        match (self.month, self.day) {
            (None, _) => self.year.to_string(),
            (Some(_), None) => words.trim_start_matches("1 ").to_owned(),
            (Some(_), Some(_)) => words,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::When;

    #[test]
    fn a_date_is_as_exact_as_it_was_given() {
        for (text, words) in [
            ("2019", Some("2019")),
            ("2019-09", Some("September 2019")),
            ("2019-01", Some("January 2019")),
            ("2019-09-17", Some("17 September 2019")),
            ("2019-01-01", Some("1 January 2019")),
            ("2019-13", None),
            ("2019-02-30", None),
            ("19", None),
            ("2019-9", None),
            ("2019-09-17T10:00:00", None),
            ("+019", None),
            ("today", None),
            ("", None),
        ] {
            let when = When::parse(text);
            assert_eq!(when.map(|when| when.in_words()).as_deref(), words, "{text}");
            assert!(when.is_none_or(|when| when.to_string() == text), "{text}");
        }
    }

    #[test]
    fn a_scale_of_time_is_even_and_runs_on() {
        let months = |text| When::parse(text).unwrap().months();
        assert!((months("2019-01-01") - 2019.0 * 12.0).abs() < 0.01);
        assert!((months("2019") - months("2019-07-01")).abs() < 0.01);
        assert!((months("2020-02-15") - months("2019-02-15") - 12.0).abs() < 0.01);
        assert!(months("2019-02-28") < months("2019-03-01"));
    }

    #[test]
    fn dates_compare_in_times_order() {
        let order = ["2018-12-31", "2019", "2019-01", "2019-01-02", "2019-02"];
        assert!(order.map(When::parse).is_sorted());
    }
}
