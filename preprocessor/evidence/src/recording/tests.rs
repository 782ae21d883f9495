#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::*;
use crate::experiment::Call;
use crate::facts::{Count, Facts, Port, Reply, Seen, Wire};
use crate::scanner::{Exit, Scanner};
use crate::scene::Scene;
use crate::transcript::Line;

const SCENE: &str =
    "title = 'x'\n[[server]]\nname = 'a'\nkind = 'nothing'\nshown-as = '192.0.2.1:1'\n";

fn experiment() -> Experiment {
    Experiment {
        id: "sample".to_owned(),
        scene: Arc::new(Scene::parse("scene", SCENE).unwrap()),
        calls: vec![Call {
            scanner: Scanner::Probe,
            server: None,
            args: vec!["--tls".to_owned()],
            keep: Vec::new(),
        }],
        claims: Vec::new(),
    }
}

fn transcript() -> Transcript {
    let facts = Facts {
        patients: Reply::Answered(Count {
            patients: 3,
            capped: false,
        }),
        wire: Some(Wire {
            names: 3,
            bytes: Some(900),
        }),
        ..Facts::of_port(Port::Open)
    };
    Transcript {
        started: OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap()
            + Duration::from_millis(250),
        duration: Duration::from_millis(120),
        steps: vec![Step {
            scanner: Scanner::Probe,
            version: Clean::line("1", 8),
            package: Some(Clean::line("package 1-1", 20)),
            argv: experiment().argv(&experiment().calls[0]).unwrap(),
            exit: Some(Exit::Status(0)),
            tenths: 1,
            lines: vec![Line {
                text: Clean::line("port  open \u{1b}[2J", 80),
                volatile: false,
            }],
            seen: Seen::Dicom(Box::new(facts)),
            raw: Some(Digest::of_bytes(b"raw")),
        }],
        redactions: Vec::new(),
        servers: Vec::new(),
        raw: Vec::new(),
    }
}

/// The facts of the only step.
fn facts(transcript: &mut Transcript) -> &mut Facts {
    match &mut transcript.steps[0].seen {
        Seen::Dicom(facts) => facts,
        other => panic!("{other:?}"),
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
    assert!(text.ends_with("}\n") && text.contains("\n  \"format\": 3,\n"));
    assert!(
        text.contains("\"captured\": \"2023-11-14T22:13:20Z\""),
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
        ("\"id\": \"sample\"", "\"id\": \"other\""),
        ("\"scanner\": \"probe\"", "\"scanner\": \"eavesdropper\""),
        ("\"version\": \"1\"", "\"version\": \"2\""),
        ("\"package 1-1\"", "\"package 1-2\""),
        ("\"status\": 0", "\"status\": 1"),
        ("\"tenths\": 1", "\"tenths\": 2"),
        ("\"raw\": \"sha256:", "\"raw\": \"sha256:0"),
        ("\"--tls\"", "\"--until\""),
        ("2023-11-14", "2024-11-14"),
        ("under 1 s", "under 0.1 s"),
        ("\"scene\": \"sha256:", "\"scene\": \"sha256:0"),
        ("\"experiment\": \"sha256:", "\"experiment\": \"sha256:0"),
        (
            "\"redactions\": []",
            "\"redactions\": [{\"what\":\"a\",\"shown\":\"b\"}]",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&place.0, text.replace(from, to)).unwrap();
        let error = Recording::read(&place.0).unwrap_err();
        assert!(matches!(error, RecordingError::Edited { .. }), "{error}");
    }
    fs::write(&place.0, text.replace("\"format\": 3", "\"format\": 1")).unwrap();
    let error = Recording::read(&place.0).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("is of form 1, not 3; record it again"),
        "{error}"
    );
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
    other.calls[0].args.clear();
    other.scene = Arc::new(Scene::parse("scene", &SCENE.replace(":1", ":2")).unwrap());
    let stale = recording.fits(&other).unwrap_err();
    assert_eq!(
        stale.differs,
        ["scene", "scanner, arguments or server", "command line"]
    );
    assert_eq!(
        stale.to_string(),
        "the recording was made with another scene, another scanner, arguments or server, \
         another command line; record it again"
    );
}

/// A digest can be made anew by whoever edits a recording; what it shows has
/// to be what the experiment asks all the same.
#[test]
fn a_recording_that_shows_another_question_is_stale() {
    let good = Recording::of(&experiment(), &transcript());
    let mut scanner = good.clone();
    scanner.steps[0].scanner = Scanner::Eavesdropper;
    let stale = scanner.fits(&experiment()).unwrap_err();
    assert_eq!(stale.differs, ["command line"]);
    let mut argv = good.clone();
    argv.steps[0].argv.pop();
    let stale = argv.fits(&experiment()).unwrap_err();
    assert_eq!(stale.differs, ["command line"]);
    assert!(!stale.from_the_future);
    let mut steps = good;
    steps.steps.clear();
    let stale = steps.fits(&experiment()).unwrap_err();
    assert_eq!(stale.differs, ["command line"]);
}

#[test]
fn a_recording_from_the_future_is_stale() {
    let mut recording = Recording::of(&experiment(), &transcript());
    recording.captured = OffsetDateTime::now_utc() + 2 * CLOCK_TOLERANCE;
    let stale = recording.fits(&experiment()).unwrap_err();
    assert!(stale.differs.is_empty() && stale.from_the_future);
    assert_eq!(
        stale.to_string(),
        "the recording is dated in the future; record it again"
    );
    // Two machines' clocks are never quite the same.
    recording.captured = OffsetDateTime::now_utc() + CLOCK_TOLERANCE / 2;
    assert_eq!(recording.fits(&experiment()), Ok(()));
}

#[test]
fn drift_is_about_findings_alone() {
    let recording = Recording::of(&experiment(), &transcript());
    let mut fresh = transcript();
    fresh.duration = Duration::from_secs(5);
    fresh.steps[0].lines.clear();
    fresh.steps[0].exit = Some(Exit::Status(1));
    fresh.steps[0].version = Clean::line("2", 8);
    facts(&mut fresh).wire = Some(Wire {
        names: 3,
        bytes: Some(901),
    });
    assert_eq!(recording.differs(&fresh), None);

    facts(&mut fresh).wire = None;
    facts(&mut fresh).patients = Reply::Answered(Count {
        patients: 2,
        capped: false,
    });
    let drift = recording.differs(&fresh).unwrap();
    assert_eq!(
        drift.to_string(),
        "step 1.dicom.patients.answered.patients: recorded 3, observed 2; \
         step 1.dicom.wire: recorded {\"names\":3}, observed null"
    );
}
