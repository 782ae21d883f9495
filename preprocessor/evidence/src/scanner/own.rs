//! Our own scanners at work: what they saw, and the lines that say so.

use dicom_dictionary_std::tags;

use super::report::Report;
use super::{Request, ScanError, eavesdropper, probe};
use crate::certificates::Identity;
use crate::facts::Facts;
use crate::limits::Limits;
use crate::loopback::Loopback;
use crate::redaction::Redactor;
use crate::scene::Server;
use crate::transcript::Line;

/// Looks at one server on loopback and tells what it saw in the words of the
/// probe: for people who try it by hand.
///
/// # Errors
/// The machine is short of something. What the server does is never an error.
pub async fn describe(
    address: Loopback,
    request: &Request,
    limits: &Limits,
) -> Result<Vec<Line>, ScanError> {
    let facts = probe::look(address, request, None, tags::PATIENT_ID, limits).await?;
    let redactor = Redactor::default();
    let mut report = Report::new(request, &redactor, limits);
    report.facts(&facts);
    Ok(report.into_lines())
}

/// Where and how a scanner looks.
pub(crate) struct Target<'a> {
    /// What it looks at.
    pub(crate) address: Loopback,
    /// The server that stands there, as far as the scene knows it.
    pub(crate) server: &'a Server,
    /// What to show if a certificate is asked for.
    pub(crate) identity: Option<&'a Identity>,
    /// What may not be printed.
    pub(crate) redactor: &'a Redactor,
}

/// Looks, and says what it saw; with `listening`, as an eavesdropper.
///
/// # Errors
/// The machine is short of something, or our own key cannot be used. What the
/// server does is never an error.
pub(crate) async fn look(
    listening: bool,
    target: &Target<'_>,
    request: &Request,
    limits: &Limits,
) -> Result<(Facts, Vec<Line>), ScanError> {
    let Target {
        address,
        server,
        identity,
        redactor,
    } = *target;
    let mut report = Report::new(request, redactor, limits);
    if !listening {
        let facts = probe::look(address, request, identity, tags::PATIENT_ID, limits).await?;
        report.facts(&facts);
        return Ok((facts, report.into_lines()));
    }
    let patients = server.patients().iter();
    let names: Vec<&str> = patients.map(|patient| patient.name.as_str()).collect();
    let loot = eavesdropper::look(address, request, identity, &names, limits).await?;
    report.facts(&loot.facts);
    report.loot(&loot);
    Ok((loot.facts, report.into_lines()))
}
