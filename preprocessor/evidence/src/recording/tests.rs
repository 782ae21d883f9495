#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::*;
use crate::clean::Clean;
use crate::facts::{Count, Port, Reply, Wire};
use crate::scene::Scene;
use crate::transcript::Line;

const SCENE: &str =
    "title = 'x'\n[[server]]\nname = 'a'\nkind = 'nothing'\nshown-as = '192.0.2.1:1'\n";

fn experiment() -> Experiment {
    Experiment {
        id: "sample".to_owned(),
        scene: Arc::new(Scene::parse("scene", SCENE).unwrap()),
        server: None,
        scanner: Scanner::Probe,
        args: vec!["--tls".to_owned()],
        claims: Vec::new(),
    }
}

fn transcript() -> Transcript {
    Transcript {
        scanner: Scanner::Probe,
        version: "1".to_owned(),
        argv: vec!["probe".to_owned(), "192.0.2.1:1".to_owned()],
        started: OffsetDateTime::from_unix_timestamp(1_795_334_400).unwrap()
            + Duration::from_millis(250),
        duration: Duration::from_millis(120),
        steps: vec![Step {
            what: "port".to_owned(),
            lines: vec![Line {
                text: Clean::line("port  open \u{1b}[2J", 80),
                volatile: false,
            }],
        }],
        facts: Facts {
            patients: Reply::Answered(Count {
                patients: 3,
                capped: false,
            }),
            wire: Some(Wire {
                names: 3,
                bytes: Some(900),
            }),
            ..Facts::of_port(Port::Open)
        },
        redactions: Vec::new(),
    }
}

/// A place in the system's folder for temporary files, removed at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        Place(std::env::temp_dir().join(format!("evidence-{}-{name}.json", std::process::id())))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn what_was_written_is_read() {
    let place = Place::new("read");
    let recording = Recording::of(&experiment(), &transcript());
    recording.write(&place.0).unwrap();
    assert_eq!(Recording::read(&place.0).unwrap(), recording);
    let text = fs::read_to_string(&place.0).unwrap();
    assert!(text.ends_with("}\n") && text.contains("\n  \"format\": 1,\n"));
    assert!(
        text.contains("\"captured\": \"2026-11-22T08:00:00Z\""),
        "{text}"
    );
    assert!(text.contains("\"took\": \"under 1 s\""));
    // Writing again gives the same bytes.
    recording.write(&place.0).unwrap();
    assert_eq!(fs::read_to_string(&place.0).unwrap(), text);
}

#[test]
fn a_recording_edited_by_hand_is_none() {
    let place = Place::new("edited");
    Recording::of(&experiment(), &transcript())
        .write(&place.0)
        .unwrap();
    let text = fs::read_to_string(&place.0).unwrap();
    for (from, to) in [
        ("\"names\": 3", "\"names\": 0"),
        ("port  open", "port  shut"),
    ] {
        fs::write(&place.0, text.replace(from, to)).unwrap();
        let error = Recording::read(&place.0).unwrap_err();
        assert!(matches!(error, RecordingError::Edited { .. }), "{error}");
    }
    fs::write(&place.0, text.replace("\"format\"", "\"shape\"")).unwrap();
    let error = Recording::read(&place.0).unwrap_err();
    assert!(matches!(error, RecordingError::Form { .. }), "{error}");
    fs::remove_file(&place.0).unwrap();
    let error = Recording::read(&place.0).unwrap_err();
    assert!(error.to_string().contains("cannot read"), "{error}");
}

#[test]
fn a_stale_recording_says_what_differs() {
    let recording = Recording::of(&experiment(), &transcript());
    assert_eq!(recording.fits(&experiment()), Ok(()));
    let mut other = experiment();
    other.args.clear();
    other.scene = Arc::new(Scene::parse("scene", &SCENE.replace(":1", ":2")).unwrap());
    let stale = recording.fits(&other).unwrap_err();
    assert_eq!(stale.differs, ["scene", "scanner, arguments or server"]);
    assert_eq!(
        stale.to_string(),
        "the recording was made with another scene, another scanner, arguments or server; \
         record it again"
    );
}

#[test]
fn drift_is_about_findings_alone() {
    let recording = Recording::of(&experiment(), &transcript());
    let mut fresh = transcript();
    fresh.duration = Duration::from_secs(5);
    fresh.steps.clear();
    fresh.facts.wire = Some(Wire {
        names: 3,
        bytes: Some(901),
    });
    assert_eq!(recording.differs(&fresh), None);

    fresh.facts.wire = None;
    fresh.facts.patients = Reply::Answered(Count {
        patients: 2,
        capped: false,
    });
    let drift = recording.differs(&fresh).unwrap();
    assert_eq!(
        drift.to_string(),
        "patients.answered.patients: recorded 3, observed 2; \
         wire: recorded {\"names\":3}, observed null"
    );
}
