//! A day of the calendar.

use std::fmt;

/// A day of the Gregorian calendar; days compare in time's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// A day by year, month (1 to 12) and day of the month (1 to 31), as a TOML date or a clock gave it.
    pub fn new(year: u16, month: u8, day: u8) -> Self {
        Day { year, month, day }
    }

    /// Reads `2026-11-22`.
    pub fn parse(text: &str) -> Option<Self> {
        let date: toml::value::Date = text.parse::<toml::value::Datetime>().ok()?.date?;
        Some(Day::new(date.year, date.month, date.day))
    }

    /// The same day of the next year. What follows the 28th of February compares as it should, even
    /// where that year has no 29th.
    pub(crate) fn a_year_later(self) -> Self {
        Day {
            year: self.year.saturating_add(1),
            ..self
        }
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn year_month_day(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// As people read it: `22 November 2026`.
    pub fn in_words(&self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS[usize::from(self.month.clamp(1, 12) - 1)];
        format!("{} {month} {}", self.day, self.year)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_ordered_and_read_as_people_say_them() {
        let earlier = Day::parse("2026-09-30");
        let later = Day::parse("2026-10-01");
        assert!(earlier < later);
        assert_eq!(
            later.map(|day| day.in_words()).as_deref(),
            Some("1 October 2026")
        );
        assert_eq!(Day::parse("2026-02-31"), None);
        assert_eq!(Day::parse("tomorrow"), None);
    }
}
