//! Our own small DICOMweb door.

use serde::Serialize;

use super::fields::{Fields, Misfits};
use super::foreign_reading::log;
use super::reading::patients;
use super::{LogFormat, Patient};

/// `kind = "web"`: our own small DICOMweb server, in clear text. It answers one
/// question, `GET /studies`, the search of QIDO-RS (PS3.18 §10.6), and writes an
/// access log as nginx does.
///
/// It has no search by `POST`, because the Standard has none: a `POST` to the
/// list of studies is an order to store (PS3.18 §10.5). What can be changed is
/// what is written down.
///
/// ```toml
/// [[server]]
/// name     = "archive"
/// kind     = "web"
/// shown-as = "192.0.2.70:8080"
/// log      = "combined"           # combined | path-only: what it writes down
///
/// [[server.patient]]
/// name = "SYNTHETIC^ALPHA"
/// id   = "SYN-0001"
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WebDoor {
    /// `log = "combined" | "path-only"`
    pub log: LogFormat,
    /// `[[server.patient]]`; each has one study.
    pub patients: Vec<Patient>,
}

/// Reads the settings of a door.
pub(super) fn door(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<WebDoor> {
    let log = log(fields, misfits);
    let patients = patients(fields, misfits);
    Some(WebDoor {
        log: log?,
        patients,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::scene::{Kind, LogFormat, Scene};

    const SCENE: &str = "title = 'A door'
        [[server]]
        name = 'archive'
        kind = 'web'
        shown-as = '192.0.2.70:8080'
        log = 'combined'
        [[server.patient]]
        name = 'SYNTHETIC^ALPHA'
        id = 'SYN-0001'
    ";

    #[test]
    fn a_door_stands_on_a_bare_machine() {
        let scene = Scene::parse("door", SCENE).unwrap();
        let Kind::Web(door) = &scene.servers[0].kind else {
            panic!("{scene:?}");
        };
        assert_eq!(door.log, LogFormat::Combined);
        assert_eq!(door.patients.len(), 1);
        assert!(!scene.needs_a_cage());
        assert_eq!(scene.servers[0].program(), None);
        assert_eq!(scene.servers[0].patients(), door.patients);
    }

    #[test]
    fn what_does_not_belong_is_refused() {
        for (from, to, words) in [
            ("log = 'combined'", "log = 'short'", "`log` cannot be"),
            ("log = 'combined'", "", "`log` is missing"),
            (
                "log =",
                "search = 'body'\nlog =",
                "nobody knows the key `search`",
            ),
            ("SYNTHETIC^ALPHA", "SMITH^JOHN", "`name` cannot be"),
        ] {
            let misfits = Scene::parse("door", &SCENE.replace(from, to)).unwrap_err();
            assert!(misfits[0].problem.contains(words), "{misfits:?}");
        }
    }
}
