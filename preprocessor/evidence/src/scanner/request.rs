//! What a scanner is asked to do, read from a sample's list of arguments.

use std::fmt;

use crate::scene::{AeTitle, NotATitle};

/// The arguments of the probe and the eavesdropper, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What the caller says its title is. `--calling TITLE`, default `STRANGER`.
    pub calling: AeTitle,
    /// Whom it says it calls. `--called TITLE`, default `ANY-SCP`.
    pub called: AeTitle,
    /// Whether it speaks TLS. `--tls`.
    pub tls: bool,
    /// What it shows, if the server asks for a certificate.
    /// `--certificate trusted|stranger`, default none.
    pub credential: Credential,
    /// How far it goes. `--until associate|echo|find`, default `find`.
    pub until: Depth,
}

/// What a client shows when a server asks for its certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Nothing.
    None,
    /// A certificate signed by the authority the scene trusts.
    Trusted,
    /// A certificate signed by an authority the scene does not know.
    Stranger,
}

/// How far a scanner goes; each step reveals more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// It asks to be let in.
    Associate,
    /// It also asks "are you there?".
    Echo,
    /// It also asks which patients there are.
    Find,
}

impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Depth::Associate => "associate",
            Depth::Echo => "echo",
            Depth::Find => "find",
        })
    }
}

/// An argument that a scanner does not know or cannot use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// No scanner knows it.
    #[error(
        "nobody knows the argument {0:?}; known: --calling TITLE, --called TITLE, --tls, \
         --certificate trusted|stranger, --until associate|echo|find"
    )]
    Unknown(String),
    /// It stands there twice.
    #[error("{0} stands there twice; keep one")]
    Twice(&'static str),
    /// Its value is missing.
    #[error("{0} needs a value: {1}")]
    NoValue(&'static str, &'static str),
    /// Its value is none of those it can have.
    #[error("{0} cannot be {1:?}; write {2}")]
    BadValue(&'static str, String, &'static str),
    /// Its value is not an application entity title.
    #[error("{0} cannot be {1:?}: {2}")]
    BadTitle(&'static str, String, NotATitle),
    /// An option or a value that samples may not use with this program.
    #[error("`{argument}` is not among what a sample may say to {program}")]
    Forbidden {
        /// The program.
        program: &'static str,
        /// The argument.
        argument: String,
    },
    /// `web-probe` asks one question, and not this one.
    #[error(
        "web-probe cannot ask {0:?}; write one of --patient NAME, --id NUMBER, \
         --accession NUMBER and --all"
    )]
    NoQuestion(String),
    /// A certificate without TLS.
    #[error("--certificate is shown in a TLS handshake; add --tls")]
    CertificateWithoutTls,
}

const CALLING: &str = "--calling";
const CALLED: &str = "--called";
const TLS: &str = "--tls";
const CERTIFICATE: &str = "--certificate";
const UNTIL: &str = "--until";

impl Request {
    /// Reads the arguments of the probe or the eavesdropper.
    ///
    /// # Errors
    /// The first argument that is unknown, repeated, or without a good value.
    pub fn parse(args: &[String]) -> Result<Request, ArgumentError> {
        let mut calling = None;
        let mut called = None;
        let mut tls = None;
        let mut credential = None;
        let mut until = None;
        let mut rest = args.iter();
        while let Some(argument) = rest.next() {
            let value = &mut rest;
            match argument.as_str() {
                CALLING => once(&mut calling, CALLING, title(CALLING, value)?)?,
                CALLED => once(&mut called, CALLED, title(CALLED, value)?)?,
                TLS => once(&mut tls, TLS, ())?,
                CERTIFICATE => once(
                    &mut credential,
                    CERTIFICATE,
                    word(
                        CERTIFICATE,
                        "trusted or stranger",
                        value,
                        |word| match word {
                            "trusted" => Some(Credential::Trusted),
                            "stranger" => Some(Credential::Stranger),
                            _ => None,
                        },
                    )?,
                )?,
                UNTIL => once(
                    &mut until,
                    UNTIL,
                    word(UNTIL, "associate, echo or find", value, |word| match word {
                        "associate" => Some(Depth::Associate),
                        "echo" => Some(Depth::Echo),
                        "find" => Some(Depth::Find),
                        _ => None,
                    })?,
                )?,
                _ => return Err(ArgumentError::Unknown(argument.clone())),
            }
        }
        if credential.is_some() && tls.is_none() {
            return Err(ArgumentError::CertificateWithoutTls);
        }
        Ok(Request {
            calling: given_or(calling, CALLING, "STRANGER")?,
            called: given_or(called, CALLED, "ANY-SCP")?,
            tls: tls.is_some(),
            credential: credential.unwrap_or(Credential::None),
            until: until.unwrap_or(Depth::Find),
        })
    }
}

/// Keeps a value, unless there is one already.
fn once<T>(slot: &mut Option<T>, name: &'static str, value: T) -> Result<(), ArgumentError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(ArgumentError::Twice(name)),
    }
}

/// The next argument, as one of a few words.
fn word<'a, T>(
    name: &'static str,
    words: &'static str,
    rest: &mut impl Iterator<Item = &'a String>,
    meaning: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ArgumentError> {
    let value = rest.next().ok_or(ArgumentError::NoValue(name, words))?;
    meaning(value).ok_or_else(|| ArgumentError::BadValue(name, value.clone(), words))
}

/// The next argument, as a title.
fn title<'a>(
    name: &'static str,
    rest: &mut impl Iterator<Item = &'a String>,
) -> Result<AeTitle, ArgumentError> {
    let value = rest
        .next()
        .ok_or(ArgumentError::NoValue(name, "an AE title"))?;
    value
        .parse()
        .map_err(|error| ArgumentError::BadTitle(name, value.clone(), error))
}

/// The title given, or the usual one.
fn given_or(
    given: Option<AeTitle>,
    name: &'static str,
    usual: &str,
) -> Result<AeTitle, ArgumentError> {
    match given {
        Some(title) => Ok(title),
        None => usual
            .parse()
            .map_err(|error| ArgumentError::BadTitle(name, usual.to_owned(), error)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(line: &str) -> Result<Request, ArgumentError> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Request::parse(&args)
    }

    #[test]
    fn nothing_said_means_the_usual() {
        let request = parse("").unwrap();
        assert_eq!(request.calling.as_str(), "STRANGER");
        assert_eq!(request.called.as_str(), "ANY-SCP");
        assert_eq!((request.tls, request.credential), (false, Credential::None));
        assert_eq!(request.until, Depth::Find);
    }

    #[test]
    fn everything_can_be_said() {
        let line = "--called ARCHIVE --until echo --calling MODALITY1 --tls --certificate trusted";
        let request = parse(line).unwrap();
        assert_eq!(request.calling.as_str(), "MODALITY1");
        assert_eq!(request.called.as_str(), "ARCHIVE");
        assert_eq!(
            (request.tls, request.credential),
            (true, Credential::Trusted)
        );
        assert_eq!(request.until, Depth::Echo);
    }

    #[test]
    fn what_is_not_understood_is_an_error_with_help() {
        for (line, help) in [
            ("--output /tmp/x", "known: --calling TITLE"),
            ("192.0.2.1", "known: --calling TITLE"),
            ("--tls --tls", "twice"),
            ("--calling", "needs a value: an AE title"),
            ("--calling SEVENTEEN-LETTERS", "1 to 16 printable ASCII"),
            ("--until delete", "associate, echo or find"),
            ("--certificate trusted", "add --tls"),
        ] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains(help), "{line}: {error}");
        }
    }
}
