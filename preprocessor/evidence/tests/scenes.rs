//! Every scene of the site, seen by our own scanners.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use evidence::{
    Call, Claim, Experiment, Facts, Limits, ReplyOutcome, RunError, Scanner, Scene, Seen,
    Transcript, Unfit, run,
};
use tokio::task::JoinSet;

fn scene(id: &str) -> Arc<Scene> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/scenes");
    let text = std::fs::read_to_string(folder.join(format!("{id}.toml"))).unwrap();
    Arc::new(Scene::parse(id, &text).unwrap())
}

fn experiment(scene_id: &str, scanner: Scanner, args: &str, claims: &str) -> Experiment {
    #[derive(serde::Deserialize)]
    struct Claims {
        claim: Vec<Claim>,
    }
    let claims: String = claims
        .split(", ")
        .map(|claim| format!("[[claim]]\n{claim}\n"))
        .collect();
    Experiment {
        id: scene_id.to_owned(),
        scene: scene(scene_id),
        calls: vec![Call {
            scanner,
            server: None,
            args: args.split_whitespace().map(str::to_owned).collect(),
            keep: Vec::new(),
        }],
        claims: toml::from_str::<Claims>(&claims)
            .unwrap()
            .claim
            .into_iter()
            .map(Claim::claimed)
            .collect(),
    }
}

/// What the probe saw in the only step.
fn facts(transcript: &Transcript) -> &Facts {
    match &transcript.steps[0].seen {
        Seen::Dicom(facts) => facts,
        other => panic!("{other:?}"),
    }
}

async fn seen(scene: &str, scanner: Scanner, args: &str, claims: &str) -> Transcript {
    let experiment = experiment(scene, scanner, args, claims);
    assert_eq!(experiment.check(), Ok(()));
    let transcript = run(&experiment, &Limits::default(), None).await.unwrap();
    print!("\n$");
    for word in &transcript.steps[0].argv {
        print!(" {}", word.as_plain());
    }
    println!();
    for line in transcript.lines() {
        let text = line.text.as_plain();
        println!("{text}");
        assert!(text.chars().count() <= 78, "{text}");
    }
    let refuted = experiment.refuted(&transcript.steps);
    assert_eq!(refuted, [], "{scene} {args}: {:#?}", facts(&transcript));
    transcript
}

use Scanner::{Eavesdropper, Probe};

#[tokio::test]
async fn an_open_archive_tells_everybody_everything() {
    seen(
        "open-archive",
        Probe,
        "",
        "port = 'open', peer = 'dicom', association = 'accepted', echo = 'answered', patients = 3",
    )
    .await;
    let args = "--until associate";
    let met = seen("open-archive", Probe, args, "association = 'accepted'").await;
    assert_eq!(facts(&met).echo.outcome(), ReplyOutcome::NotTried);
    assert_eq!(facts(&met).patients.outcome(), ReplyOutcome::NotTried);
}

#[tokio::test]
async fn a_default_archive_keeps_its_list_from_strangers() {
    seen(
        "default-archive",
        Probe,
        "",
        "association = 'accepted', echo = 'answered', find = 'refused'",
    )
    .await;
    let args = "--calling MODALITY1";
    seen("default-archive", Probe, args, "patients = 3").await;
}

#[tokio::test]
async fn a_checked_archive_names_what_it_checked() {
    for (args, reason) in [
        ("", "called-ae-title-not-recognized"),
        ("--calling MODALITY1", "called-ae-title-not-recognized"),
        ("--called ARCHIVE", "calling-ae-title-not-recognized"),
    ] {
        let claims = format!("association = 'rejected', reject-reason = '{reason}'");
        seen("checked-archive", Probe, args, &claims).await;
    }
    let args = "--called ARCHIVE --calling MODALITY1";
    seen("checked-archive", Probe, args, "patients = 3").await;
}

#[tokio::test]
async fn tls_hides_but_does_not_ask() {
    seen(
        "tls-archive",
        Probe,
        "--tls",
        "handshake = 'completed', tls = '1.3', client-certificate = 'not-requested', \
         self-signed = false, patients = 3",
    )
    .await;
    seen(
        "tls-archive",
        Probe,
        "",
        "port = 'open', peer = 'tls', association = 'unanswered'",
    )
    .await;
    seen(
        "open-archive",
        Probe,
        "--tls",
        "peer = 'clear-dicom', handshake = 'not-tls', association = 'not-tried'",
    )
    .await;
}

#[tokio::test]
async fn mutual_tls_asks() {
    for (args, claims) in [
        (
            "--tls",
            "handshake = 'refused', client-certificate = 'required', association = 'not-tried'",
        ),
        (
            "--tls --certificate stranger",
            "handshake = 'refused', client-certificate = 'refused', association = 'not-tried'",
        ),
        (
            "--tls --certificate trusted",
            "handshake = 'completed', client-certificate = 'accepted', patients = 3",
        ),
    ] {
        seen("mutual-tls-archive", Probe, args, claims).await;
    }
}

#[tokio::test]
async fn a_closed_port_is_closed() {
    seen(
        "closed-port",
        Probe,
        "",
        "port = 'closed', association = 'not-tried'",
    )
    .await;
    seen("closed-port", Eavesdropper, "", "port = 'closed'").await;
}

#[tokio::test]
async fn names_travel_in_clear_and_not_in_tls() {
    seen(
        "open-archive",
        Eavesdropper,
        "",
        "patients = 3, names-on-the-wire = 3",
    )
    .await;
    seen(
        "tls-archive",
        Eavesdropper,
        "--tls",
        "patients = 3, names-on-the-wire = 0",
    )
    .await;
}

/// That no name was read where none passed says nothing about protection.
#[tokio::test]
async fn an_eavesdropper_who_hears_no_list_proves_nothing() {
    let heard = seen("default-archive", Eavesdropper, "", "find = 'refused'").await;
    assert_eq!(facts(&heard).wire, None);
    let wire = |line: &evidence::Line| line.text.as_plain().starts_with("on the wire");
    assert!(!heard.lines().any(wire));
    let observed = Claim::NamesOnTheWire(0).judge(&heard.steps[0], None);
    assert_eq!(
        observed.unwrap_err(),
        "no list of patients passed, so no name could be read"
    );
    // An archive without patients answers, and still no name passes.
    let mut empty = experiment("tls-archive", Eavesdropper, "--tls", "patients = 0");
    let mut scene = Scene::clone(&empty.scene);
    let evidence::Kind::Dicom(archive) = &mut scene.servers[0].kind else {
        panic!("{}", scene.title);
    };
    archive.patients.clear();
    empty.scene = Arc::new(scene);
    let transcript = run(&empty, &Limits::default(), None).await.unwrap();
    assert_eq!(empty.refuted(&transcript.steps), []);
    assert_eq!(facts(&transcript).wire, None);
}

/// A claim about a question that is never asked could not fail.
#[test]
fn a_claim_beyond_the_last_question_is_refused() {
    for (scanner, args, claims, number) in [
        (
            Probe,
            "--until associate",
            "echo = 'not-tried', find = 'not-tried'",
            2,
        ),
        (Probe, "--until echo", "echo = 'answered', patients = 3", 1),
        (Eavesdropper, "--until echo", "names-on-the-wire = 0", 1),
        (
            Probe,
            "--until associate",
            "port = 'open', association = 'accepted'",
            0,
        ),
        (Probe, "--until find", "find = 'not-tried'", 0),
    ] {
        let unfit = experiment("open-archive", scanner, args, claims).check();
        let unfit = unfit.err().unwrap_or_default();
        assert_eq!(unfit.len(), number, "{args}: {unfit:?}");
        for unfit in unfit {
            assert!(matches!(unfit, Unfit::NeverAsked { .. }), "{unfit}");
        }
    }
    let unfit = experiment(
        "open-archive",
        Probe,
        "--until associate",
        "echo = 'not-tried'",
    );
    assert_eq!(
        unfit.check().unwrap_err()[0].to_string(),
        "the claim `C-ECHO not tried` is about a question that is never asked: \
         it ends at `--until associate`"
    );
}

/// Nothing is shared: neither a port nor a key nor a folder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn experiments_run_side_by_side() {
    let began = Instant::now();
    let mut running = JoinSet::new();
    for _ in 0..8 {
        for (scene, scanner, args, claims) in [
            ("open-archive", Probe, "", "patients = 3"),
            ("default-archive", Probe, "", "find = 'refused'"),
            ("checked-archive", Probe, "", "association = 'rejected'"),
            (
                "tls-archive",
                Eavesdropper,
                "--tls",
                "names-on-the-wire = 0",
            ),
            (
                "mutual-tls-archive",
                Probe,
                "--tls",
                "client-certificate = 'required'",
            ),
            ("closed-port", Probe, "", "port = 'closed'"),
        ] {
            let experiment = experiment(scene, scanner, args, claims);
            running.spawn(async move {
                let transcript = run(&experiment, &Limits::default(), None).await.unwrap();
                assert_eq!(experiment.refuted(&transcript.steps), []);
                transcript.duration
            });
        }
    }
    let durations = running.join_all().await;
    let slowest = durations.iter().max().unwrap();
    println!(
        "{} runs in {:?}, the slowest scan {slowest:?}",
        durations.len(),
        began.elapsed()
    );
}

#[tokio::test]
async fn what_cannot_be_run_is_an_error_and_no_transcript() {
    let mut unfit = experiment("open-archive", Probe, "--unknown", "patients = 3");
    unfit.calls[0].server = Some("nobody".to_owned());
    let problems: Vec<String> = unfit
        .check()
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].contains("no server \"nobody\"; it has: archive"));
    assert!(problems[1].contains("nobody knows the argument \"--unknown\""));
    let error = run(&unfit, &Limits::default(), None).await.unwrap_err();
    assert!(matches!(error, RunError::Unfit { .. }), "{error}");

    // There is no authority to sign anything in a scene without TLS.
    let args = "--tls --certificate trusted";
    let bare = experiment("open-archive", Probe, args, "port = 'open'");
    let unfit = Unfit::NoCertificate {
        scene: "open-archive".to_owned(),
    };
    assert_eq!(bare.check(), Err(vec![unfit.clone()]));
    let error = run(&bare, &Limits::default(), None).await.unwrap_err();
    assert!(
        matches!(&error, RunError::Unfit { source, .. } if *source == unfit),
        "{error}"
    );
    let tls = experiment("tls-archive", Probe, args, "port = 'open'");
    assert_eq!(tls.check(), Ok(()));

    // Nobody of that name stands, and there is no transcript of somebody else.
    let mut nobody = experiment("open-archive", Probe, "", "port = 'open'");
    nobody.calls[0].server = Some("nobody".to_owned());
    let error = run(&nobody, &Limits::default(), None).await.unwrap_err();
    assert!(
        matches!(
            &error,
            RunError::Unfit {
                source: Unfit::NoSuchServer { .. },
                ..
            }
        ),
        "{error}"
    );
    assert!(!error.is_the_machines_fault());
}
