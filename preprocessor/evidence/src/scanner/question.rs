//! What the scanner `web-probe` is to ask, read from a sample's arguments.

use super::request::ArgumentError;
use crate::http::encoded;
use crate::lab::PATH;
use crate::scene::PatientName;

/// The longest value, in bytes: that of a patient's name or number (PS3.5 §6.2).
const LONGEST: usize = 64;

/// The arguments of the scanner `web-probe`, understood: what it asks a server of
/// DICOMweb. It asks by `GET`, the only way there is in the Standard (PS3.18
/// §10.6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// `--all`: for every study.
    All,
    /// `--patient SYNTHETIC^ALPHA`: by the patient's name; `*` and `?` stand for
    /// any characters and for one.
    Patient(String),
    /// `--id SYN-0001`: by the patient's number.
    Id(String),
    /// `--accession ACC-0001`: by the number of the order.
    Accession(String),
}

impl Question {
    /// Reads the arguments: one question, and nothing else.
    ///
    /// # Errors
    /// No question, more than one, one that is not known, or one about somebody
    /// who is not invented.
    pub fn parse(args: &[String]) -> Result<Question, ArgumentError> {
        let mut rest = args.iter().map(String::as_str);
        let question = match rest.next() {
            Some("--all") => Question::All,
            Some("--patient") => {
                let words = "an invented name such as SYNTHETIC^ALPHA";
                let invented = |text: &str| {
                    let plain = |b: u8| b.is_ascii_uppercase() || matches!(b, b'*' | b'?');
                    let word = text.strip_prefix(PatientName::PREFIX);
                    word.is_some_and(|word| !word.is_empty() && word.bytes().all(plain))
                };
                Question::Patient(value("--patient", words, rest.next(), invented)?)
            }
            Some("--id") => {
                let words = "an invented number such as SYN-0001";
                let invented = |text: &str| number("SYN-", text);
                Question::Id(value("--id", words, rest.next(), invented)?)
            }
            Some("--accession") => {
                let words = "an invented number such as ACC-0001";
                let invented = |text: &str| number("ACC-", text);
                Question::Accession(value("--accession", words, rest.next(), invented)?)
            }
            Some(other) => return Err(ArgumentError::NoQuestion(other.to_owned())),
            None => return Err(ArgumentError::NoQuestion(String::new())),
        };
        match rest.next() {
            None => Ok(question),
            Some(more) => Err(ArgumentError::NoQuestion(more.to_owned())),
        }
    }

    /// The address that is asked for: path and query.
    pub(crate) fn target(&self) -> String {
        let (key, value) = match self {
            Question::All => return format!("/{PATH}"),
            Question::Patient(name) => ("PatientName", name),
            Question::Id(id) => ("PatientID", id),
            Question::Accession(number) => ("AccessionNumber", number),
        };
        format!("/{PATH}?{key}={}", encoded(value))
    }
}

/// Whether a number is an invented one.
fn number(prefix: &str, text: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The value of an option, if it is one that can be asked about.
fn value(
    name: &'static str,
    words: &'static str,
    value: Option<&str>,
    invented: impl Fn(&str) -> bool,
) -> Result<String, ArgumentError> {
    let value = value.ok_or(ArgumentError::NoValue(name, words))?;
    if value.len() <= LONGEST && invented(value) {
        Ok(value.to_owned())
    } else {
        Err(ArgumentError::BadValue(name, value.to_owned(), words))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(line: &str) -> Result<Question, ArgumentError> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Question::parse(&args)
    }

    #[test]
    fn a_question_becomes_an_address() {
        for (line, target) in [
            ("--all", "/studies"),
            (
                "--patient SYNTHETIC^ALPHA",
                "/studies?PatientName=SYNTHETIC%5EALPHA",
            ),
            (
                "--patient SYNTHETIC^A*",
                "/studies?PatientName=SYNTHETIC%5EA%2A",
            ),
            ("--id SYN-0001", "/studies?PatientID=SYN-0001"),
            ("--accession ACC-0001", "/studies?AccessionNumber=ACC-0001"),
        ] {
            assert_eq!(parse(line).unwrap().target(), target);
        }
    }

    #[test]
    fn what_is_no_question_is_an_error_with_help() {
        for (line, help) in [
            ("", "write one of --patient NAME"),
            ("--by body", "write one of --patient NAME"),
            ("--all --id SYN-0001", "write one of --patient NAME"),
            ("--patient", "needs a value: an invented name"),
            ("--patient SMITH^JOHN", "an invented name"),
            ("--patient SYNTHETIC^", "an invented name"),
            ("--patient SYNTHETIC^A&limit=1", "an invented name"),
            ("--id 1234567", "an invented number"),
            ("--accession SYN-0001", "such as ACC-0001"),
        ] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains(help), "{line}: {error}");
        }
    }
}
