//! What this machine does not have, said once and not for every sample.

use std::collections::BTreeSet;

use evidence::RunError;

use crate::progress::{count, say};

/// The programs that samples missed.
#[derive(Debug, Default)]
pub(super) struct Absent {
    samples: usize,
    programs: BTreeSet<String>,
    no_cage: Option<String>,
}

impl Absent {
    /// Whether an error comes only from what is not installed or not allowed here. An ordinary
    /// machine lacks most scanners, and recordings are there for that.
    pub(super) fn explains(&mut self, error: &RunError) -> bool {
        match error {
            RunError::NotInstalled { program, package } => {
                let package = package.strip_prefix("pypi:").unwrap_or(package);
                self.programs.insert(if package == program {
                    program.clone()
                } else {
                    format!("{program} ({package})")
                });
            }
            RunError::NoCage(_) => self.no_cage = Some(error.to_string()),
            _ => return false,
        }
        self.samples += 1;
        true
    }

    /// Says how many samples are shown from recordings, and what would make them live.
    pub(super) fn report(&self) {
        if self.samples == 0 {
            return;
        }
        let samples = count(self.samples, "sample");
        let programs: Vec<&str> = self.programs.iter().map(String::as_str).collect();
        let missing = match programs.as_slice() {
            [] => None,
            [one] => Some(format!("{one} is not installed")),
            several => Some(format!("not installed: {}", several.join(", "))),
        };
        let reasons: Vec<String> = missing.into_iter().chain(self.no_cage.clone()).collect();
        let help = "on Debian, ci/install brings what is missing";
        say(
            "Recalled",
            &format!("{samples} from recordings; {}; {help}", reasons.join("; ")),
        );
    }
}
