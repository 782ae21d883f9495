//! The DICOMweb door and the scanner that asks it, on a bare machine.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;

use evidence::{
    Call, Claim, Experiment, Limits, Port, RunError, Scanner, Scene, Seen, Stage, StageError,
    Transcript, Unfit, Web, run, run_on,
};

/// A door of three invented patients.
const DOOR: &str = r#"
title = "An archive that is searched through the web"

[[server]]
name     = "archive"
kind     = "web"
shown-as = "192.0.2.70:8080"
log      = "combined"

[[server.patient]]
name = "SYNTHETIC^ALPHA"
id   = "SYN-0001"

[[server.patient]]
name = "SYNTHETIC^BRAVO"
id   = "SYN-0002"

[[server.patient]]
name = "SYNTHETIC^CHARLIE"
id   = "SYN-0003"
"#;

/// That scene, with one change.
fn scene(from: &str, to: &str) -> Arc<Scene> {
    Arc::new(Scene::parse("web-door", &DOOR.replace(from, to)).unwrap())
}

fn experiment(scene: Arc<Scene>, args: &str, claims: &[Claim]) -> Experiment {
    Experiment {
        id: "web-door".to_owned(),
        scene,
        calls: vec![Call {
            scanner: Scanner::WebProbe,
            server: None,
            args: args.split_whitespace().map(str::to_owned).collect(),
            keep: Vec::new(),
        }],
        claims: claims.iter().cloned().map(Claim::claimed).collect(),
    }
}

fn lines(transcript: &Transcript) -> Vec<String> {
    let text = |line: &evidence::Line| line.text.as_plain().into_owned();
    transcript.lines().map(text).collect()
}

fn web(transcript: &Transcript) -> &Web {
    match &transcript.steps[0].seen {
        Seen::Web(web) => web,
        other => panic!("{other:?}"),
    }
}

async fn seen(scene: Arc<Scene>, args: &str, claims: &[Claim]) -> Transcript {
    let experiment = experiment(scene, args, claims);
    assert!(!experiment.needs_a_cage());
    assert_eq!(experiment.check(), Ok(()));
    let transcript = run(&experiment, &Limits::default(), None).await.unwrap();
    println!("{}", lines(&transcript).join("\n"));
    assert_eq!(experiment.refuted(&transcript.steps), [], "{args}");
    transcript
}

#[tokio::test]
async fn a_name_that_was_asked_for_stands_in_the_log() {
    let claims = [Claim::Status(200), Claim::Matches(1), Claim::NamesInLog(1)];
    let scene = scene("", "");
    let transcript = seen(scene.clone(), "--patient SYNTHETIC^ALPHA", &claims).await;
    let printed = lines(&transcript);
    let length = printed[4].split(' ').nth_back(2).unwrap();
    assert!(length.parse::<u32>().unwrap() > 300, "{length}");
    assert_eq!(
        printed,
        [
            "asked     GET /studies?PatientName=SYNTHETIC%5EALPHA HTTP/1.1",
            "answered  200 OK",
            "study     SYNTHETIC^ALPHA, SYN-0001, ACC-0001",
            "noted     in archive-access.log:",
            &format!(
                "192.0.2.70 - - [<time>] \"GET /studies?PatientName=SYNTHETIC%5EALPHA HTTP/1.1\" \
                 200 {length} \"-\" \"web-probe\""
            ),
        ]
    );
    let argv = transcript.steps[0].argv.iter();
    let argv: Vec<_> = argv.map(|word| word.as_plain()).collect();
    assert_eq!(argv[..2], ["web-probe", "192.0.2.70:8080"]);
    let shown = transcript.redactions.iter().map(|made| made.shown.as_str());
    assert_eq!(shown.collect::<Vec<_>>(), ["192.0.2.70:8080", "<time>"]);
    // The same again gives the same: there is nothing in it of time and chance.
    let again = seen(scene, "--patient SYNTHETIC^ALPHA", &claims).await;
    assert_eq!((lines(&again), web(&again)), (printed, web(&transcript)));
}

#[tokio::test]
async fn a_log_of_paths_holds_no_name() {
    let scene = scene("\"combined\"", "\"path-only\"");
    let claims = [Claim::Status(200), Claim::Matches(1), Claim::NamesInLog(0)];
    let transcript = seen(scene.clone(), "--patient SYNTHETIC^ALPHA", &claims).await;
    let last = lines(&transcript).pop().unwrap();
    assert_eq!(last, "192.0.2.70 [<time>] \"GET /studies\" 200");
    assert_eq!(web(&transcript).log.as_ref().unwrap().ids, 0);
}

#[tokio::test]
async fn other_questions_leave_other_traces() {
    for (args, status, matches, names, ids) in [
        ("--all", 200, 3, 0, 0),
        ("--id SYN-0002", 200, 1, 0, 1),
        ("--accession ACC-0002", 200, 1, 0, 0),
        ("--patient SYNTHETIC^*", 200, 3, 0, 0),
        ("--patient SYNTHETIC^NOBODY", 204, 0, 0, 0),
    ] {
        let claims = [
            Claim::Status(status),
            Claim::Matches(matches),
            Claim::NamesInLog(names),
        ];
        let transcript = seen(scene("", ""), args, &claims).await;
        assert_eq!(web(&transcript).log.as_ref().unwrap().ids, ids, "{args}");
    }
}

#[tokio::test]
async fn a_scene_that_stands_is_asked_again_and_its_log_grows() {
    let folder = std::env::temp_dir().join(format!("evidence-web-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let scene = scene("", "");
    let stage = Stage::stand_logging(&scene, Some(&folder)).await.unwrap();
    let claims = [Claim::NamesInLog(1)];
    let experiment = experiment(scene, "--patient SYNTHETIC^BRAVO", &claims);
    for number in 1..=3 {
        let seen = run_on(&stage, &experiment, &Limits::default()).await;
        let transcript = seen.unwrap();
        // One name each time: what earlier questions left is not counted.
        assert_eq!(experiment.refuted(&transcript.steps), []);
        let log = std::fs::read_to_string(folder.join("archive-access.log")).unwrap();
        assert_eq!(log.lines().count(), number, "{log}");
        assert!(log.lines().all(|line| line.starts_with("127.0.0.1 - - [")));
    }
    std::fs::remove_dir_all(&folder).unwrap();
    let missing = Stage::stand_logging(&experiment.scene, Some(&folder)).await;
    assert!(matches!(missing, Err(StageError::Log { .. })));
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_proved() {
    let text = "title = 'A closed port'
        [[server]]
        name = 'archive'
        kind = 'nothing'
        shown-as = '192.0.2.15:8080'";
    let closed = Arc::new(Scene::parse("closed", text).unwrap());
    let experiment = experiment(closed, "--all", &[Claim::Matches(0), Claim::NamesInLog(0)]);
    let transcript = run(&experiment, &Limits::default(), None).await.unwrap();
    assert_eq!(experiment.refuted(&transcript.steps).len(), 2);
    assert_eq!(
        lines(&transcript)[1],
        "answered  nothing: nobody listens there"
    );
}

#[test]
fn what_cannot_be_asked_or_claimed_is_unfit() {
    for (args, claim) in [
        ("--by body", Claim::Status(200)),
        ("--all", Claim::Port(Port::Open)),
        ("--all", Claim::VisitsInLog(0)),
    ] {
        let unfit = experiment(scene("", ""), args, &[claim])
            .check()
            .unwrap_err();
        assert!(
            matches!(unfit[0], Unfit::Arguments(_) | Unfit::NeverSaid { .. }),
            "{unfit:?}"
        );
    }
}

#[tokio::test]
async fn what_needs_a_cage_is_not_run_on_a_stage() {
    let scene = scene("", "");
    let stage = Stage::stand(&scene).await.unwrap();
    let mut experiment = experiment(scene, "--all", &[]);
    experiment.calls[0].scanner = Scanner::Curl;
    let refused = run_on(&stage, &experiment, &Limits::default()).await;
    assert!(matches!(refused, Err(RunError::NoCageGiven { .. })));
}
