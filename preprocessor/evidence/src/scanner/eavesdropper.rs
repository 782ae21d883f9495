//! Listening on the path while the probe asks.

use std::io;
use std::time::Instant;

use dicom_dictionary_std::tags;

use super::relay::{Heard, Relay};
use super::request::Request;
use super::{ScanError, probe};
use crate::certificates::Identity;
use crate::facts::{Count, Facts, Port, Reply, Wire};
use crate::limits::Limits;
use crate::loopback::Loopback;

/// What an eavesdropper takes home.
pub(super) struct Loot {
    /// What the probe found out, and how many names were readable, if any
    /// passed.
    pub(super) facts: Facts,
    /// Each readable name, in the order they passed.
    pub(super) names: Vec<String>,
    /// The last bytes of the server's answer, as they passed.
    pub(super) extract: Vec<u8>,
}

/// How many of the last bytes are shown.
const EXTRACT: usize = 48;

impl Loot {
    /// Of a port where there is nothing to listen to.
    fn none(port: Port) -> Loot {
        Loot {
            facts: Facts::of_port(port),
            names: Vec::new(),
            extract: Vec::new(),
        }
    }
}

/// Has the probe ask for patients' names through a relay, and looks for
/// `names` in what passed.
///
/// # Errors
/// The machine is short of something, or our own key cannot be used. What the
/// server does is never an error.
pub(super) async fn look(
    address: Loopback,
    request: &Request,
    identity: Option<&Identity>,
    names: &[&str],
    limits: &Limits,
) -> Result<Loot, ScanError> {
    let began = Instant::now();
    let server = match probe::reach(address, limits).await? {
        Ok(server) => server,
        Err(port) => return Ok(Loot::none(port)),
    };
    let relay = Relay::before(server, limits.bytes)
        .await
        .map_err(ScanError::Connection)?;
    let through = relay.address();
    let left = Limits {
        total: limits.total.saturating_sub(began.elapsed()),
        ..limits.clone()
    };
    let mut facts = probe::look(through, request, identity, tags::PATIENT_NAME, &left).await?;
    let heard = relay.end().await.map_err(ScanError::Connection)?;
    reached(facts.port)?;
    let names = readable(&heard, names);
    facts.wire = has_names(&facts.patients).then(|| Wire {
        names: u32::try_from(names.len()).unwrap_or(u32::MAX),
        bytes: Some(heard.asked.len() + heard.answered.len()),
    });
    let from = heard.answered.len().saturating_sub(EXTRACT);
    Ok(Loot {
        facts,
        names,
        extract: heard.answered.get(from..).unwrap_or_default().to_vec(),
    })
}

/// Whether the probe came through. The server was reached before, so the port
/// the probe saw is that of our own relay.
fn reached(relay: Port) -> Result<(), ScanError> {
    match relay {
        Port::Open => Ok(()),
        Port::Closed | Port::Filtered => {
            let error = io::Error::other(format!("the relay's own port is {relay}"));
            Err(ScanError::Connection(error))
        }
    }
}

/// Whether names passed at all, readable or not. Where none did, that none was
/// read says nothing.
fn has_names(patients: &Reply<Count>) -> bool {
    matches!(patients, Reply::Answered(count) if count.patients > 0)
}

/// Every place where one of the names stands as it is, by direction and place.
fn readable(heard: &Heard, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for direction in [&heard.asked, &heard.answered] {
        for place in 0..direction.len() {
            let rest = direction.get(place..).unwrap_or_default();
            // The longest that fits, so that a name is not counted for another
            // it begins with.
            let here = names
                .iter()
                .filter(|name| rest.starts_with(name.as_bytes()))
                .max_by_key(|name| name.len());
            found.extend(here.map(|name| (*name).to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Status;

    #[test]
    fn a_relay_out_of_reach_is_no_finding() {
        assert!(reached(Port::Open).is_ok());
        for port in [Port::Closed, Port::Filtered] {
            assert!(matches!(reached(port), Err(ScanError::Connection(_))));
        }
    }

    #[test]
    fn names_pass_only_with_patients() {
        let count = |patients, capped| Reply::Answered(Count { patients, capped });
        assert!(has_names(&count(3, false)) && has_names(&count(1, true)));
        for none in [
            count(0, false),
            Reply::NotTried,
            Reply::NotOffered,
            Reply::Refused(Status::NOT_AUTHORIZED),
            Reply::Unanswered,
        ] {
            assert!(!has_names(&none), "{none:?}");
        }
    }

    #[test]
    fn every_readable_name_is_found() {
        let heard = Heard {
            asked: b"..SYNTHETIC^B".to_vec(),
            answered: b"SYNTHETIC^ALPHA \x10SYNTHETIC^ALSYNTHETIC^ALPHA".to_vec(),
        };
        let names = ["SYNTHETIC^AL", "SYNTHETIC^ALPHA", "SYNTHETIC^B"];
        let found = readable(&heard, &names);
        let expected = [
            "SYNTHETIC^B",
            "SYNTHETIC^ALPHA",
            "SYNTHETIC^AL",
            "SYNTHETIC^ALPHA",
        ];
        assert_eq!(found, expected);
    }
}
