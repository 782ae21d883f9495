//! In place of `cage` where the system has no namespaces: everything that needs
//! one says so, and what is recorded is shown.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::experiment::Experiment;
use crate::limits::Limits;
use crate::run::RunError;
use crate::scene::Scene;
use crate::transcript::Transcript;

/// Proof of being in a cage. There is none.
#[derive(Debug)]
pub(crate) enum Inside {}

/// A cage that cannot be made here.
#[derive(Clone, Debug)]
pub struct Cage(());

/// A scene that stands in a cage. There is none.
#[derive(Debug)]
pub enum Lab {}

/// No private network can be made here.
fn none() -> RunError {
    RunError::NoCage("it needs the namespaces of Linux".to_owned())
}

/// Whether a program is installed, so that a cage could run it: there is none.
pub fn is_installed(_: &str) -> bool {
    false
}

/// What this program does inside a cage, where it cannot be.
pub fn enter() -> ExitCode {
    ExitCode::FAILURE
}

/// A shell inside a cage.
///
/// # Errors
/// Always.
pub fn shell_inside(_: u32, _: &Path) -> Result<(PathBuf, Vec<OsString>), RunError> {
    Err(none())
}

impl Cage {
    /// The cage that cannot be made.
    pub fn entered_by(_: PathBuf, _: Vec<OsString>) -> Cage {
        Cage(())
    }

    /// Runs nothing.
    ///
    /// # Errors
    /// Always.
    pub(crate) async fn run(&self, _: &Experiment, _: &Limits) -> Result<Transcript, RunError> {
        Err(none())
    }

    /// Stands nothing up.
    ///
    /// # Errors
    /// Always.
    pub async fn keep(&self, _: &Scene) -> Result<Lab, RunError> {
        Err(none())
    }
}

impl Lab {
    /// The process whose namespaces others can join.
    pub fn pid(&self) -> Option<u32> {
        match *self {}
    }

    /// Ends everything in there.
    pub async fn end(self) {
        match self {}
    }

    /// Waits until the cage ends.
    pub async fn ended(&mut self) {
        match *self {}
    }
}
