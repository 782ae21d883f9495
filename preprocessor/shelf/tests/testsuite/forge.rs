//! What the forge runs: its workflows, and the scripts that they call, with the forge itself played by a few lines.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const WORKFLOWS: [&str; 3] = ["change.yml", "publish.yml", "schedule.yml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn workflow(name: &str) -> String {
    fs::read_to_string(root().join(".github/workflows").join(name)).unwrap()
}

/// A folder with programs that go before those of the system.
struct Stage {
    folder: TempDir,
}

impl Stage {
    fn new() -> Stage {
        Stage {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    fn write(&self, place: &str, text: &str) -> &Stage {
        let file = self.path(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// A program that is a few lines of shell.
    fn program(&self, place: &str, lines: &str) -> &Stage {
        self.write(place, &format!("#!/bin/bash\n{lines}\n"));
        let everybody = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.path(place), everybody).unwrap();
        self
    }

    fn read(&self, place: &str) -> String {
        fs::read_to_string(self.path(place)).unwrap_or_default()
    }

    /// A copy of a script of `ci/`, in a project that has nothing else.
    fn script(&self, name: &str) -> Command {
        let text = fs::read_to_string(root().join("ci").join(name)).unwrap();
        self.write(&format!("ci/{name}"), &text);
        let mut command = Command::new("bash");
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        command
            .arg(self.path(&format!("ci/{name}")))
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("CARGO_HOME", self.folder.path())
            .env_remove("GITHUB_STEP_SUMMARY");
        command
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn every_action_is_named_by_its_hash_and_its_version() {
    let mut seen = 0;
    for name in WORKFLOWS {
        for line in workflow(name).lines().filter(|line| line.contains("uses:")) {
            if line.contains("uses: $/") {
                continue;
            }
            let (_, hash) = line.split_once('@').unwrap();
            let (hash, version) = hash.split_once(" # v").unwrap();
            let is_hash = hash.len() == 40 && hash.chars().all(|c| c.is_ascii_hexdigit());
            assert!(
                is_hash && version.matches('.').count() == 2,
                "{name}: {line}"
            );
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[test]
fn every_command_of_a_workflow_is_one_line_that_is_there() {
    for name in WORKFLOWS {
        let text = workflow(name);
        assert!(
            !text.contains("run: |") && !text.contains("run: >"),
            "{name}"
        );
        for line in text.lines().filter_map(|line| line.split_once("run: ")) {
            let command = line.1.split(' ').next().unwrap();
            let file = root().join(command);
            let is_ours = command.starts_with("ci/")
                && fs::metadata(&file).is_ok_and(|file| file.permissions().mode() & 0o111 != 0);
            assert!(
                is_ours || ["cargo", "chown"].contains(&command),
                "{name}: {command}"
            );
        }
    }
}

#[test]
fn the_linter_refuses_what_would_let_a_stranger_in() {
    let bin = PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".local/bin");
    if !bin.join("zizmor").is_file() {
        assert!(
            std::env::var_os("CI").is_none(),
            "ci/install installs zizmor"
        );
        eprintln!("SKIPPED: zizmor is not installed; ci/install does it");
        return;
    }
    let lint = |text: &str| {
        let stage = Stage::new();
        stage.write(".github/workflows/change.yml", text);
        let mut command = Command::new(root().join("ci/lint-workflows"));
        command.arg(stage.path(".github")).output().unwrap()
    };
    let good = workflow("change.yml");
    let output = lint(&good);
    assert!(output.status.success(), "{}", said(&output));
    let checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
    let title = "run: echo ${{ github.event.pull_request.title }}";
    for (from, to, audit) in [
        (checkout, "actions/checkout@v7", "unpinned-uses"),
        (
            "persist-credentials: false",
            "fetch-tags: true",
            "artipacked",
        ),
        (
            "  pull_request:\n",
            "  pull_request_target:\n",
            "dangerous-triggers",
        ),
        ("run: ci/findings", title, "template-injection"),
        (
            "permissions: {}",
            "permissions: write-all",
            "excessive-permissions",
        ),
        ("bookworm@sha256:", "bookworm # sha256:", "unpinned-images"),
    ] {
        assert!(good.contains(from), "{from}");
        let output = lint(&good.replace(from, to));
        assert!(!output.status.success(), "{audit}: {}", said(&output));
        assert!(said(&output).contains(audit), "{audit}: {}", said(&output));
    }
}

/// A forge that has an issue already, or none; what it is asked goes into a file.
fn forge(number: &str) -> Stage {
    let stage = Stage::new();
    let log = stage.path("asked");
    let gh = format!(
        "echo \"$@\" >> {log}\ncase \"$1 $2\" in\n'issue list') printf '%s' '{number}' ;;\n\
         'issue edit' | 'issue create') while [ \"$1\" != --body-file ]; do shift; done; cat \"$2\" > {body} ;;\nesac",
        log = log.display(),
        body = stage.path("body").display(),
    );
    stage.program("bin/gh", &gh);
    stage
}

fn tell(stage: &Stage, looked: &str) -> String {
    let mut command = stage.script("upkeep-issue");
    let output = command.arg("upkeep.md").env("LOOKED", looked).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", said(&output));
    stage.read("asked")
}

#[test]
fn upkeep_that_wants_a_person_opens_one_issue_and_brings_it_up_to_date() {
    let stage = forge("");
    stage.write("upkeep.md", "## Addresses: **wants a person**\n");
    let asked = tell(&stage, "failure");
    assert!(asked.contains("issue create --title"), "{asked}");
    assert!(stage.read("body").contains("wants a person**"));
    let stage = forge("7");
    stage.write("upkeep.md", "## Addresses: **wants a person**\n");
    let asked = tell(&stage, "failure");
    assert!(
        asked.contains("issue edit 7") && !asked.contains("create"),
        "{asked}"
    );
}

#[test]
fn upkeep_without_news_closes_the_issue_and_opens_none() {
    let stage = forge("7");
    assert!(tell(&stage, "success").contains("issue close 7"));
    let stage = forge("");
    let asked = tell(&stage, "success");
    assert_eq!(asked.lines().count(), 1, "{asked}");
}

#[test]
fn a_look_that_did_not_end_is_told_too_and_a_long_one_is_cut() {
    let stage = forge("");
    tell(&stage, "cancelled");
    assert!(stage.read("body").contains("did not end (cancelled)"));
    let stage = forge("");
    stage.write("upkeep.md", &"ä".repeat(60_000));
    tell(&stage, "failure");
    let body = stage.read("body");
    assert!(body.len() > 59_000 && body.len() < 65_000);
}

#[test]
fn upkeep_goes_on_after_a_failure_and_what_a_program_printed_stays_inert() {
    let stage = Stage::new();
    for name in ["install", "advisories", "reproduce"] {
        stage.program(&format!("ci/{name}"), "echo done");
    }
    stage.program(
        "ci/external-links",
        "printf '@everybody [click](https://a.example)\\n\\033[31mred\\n'; exit 1",
    );
    stage.program("bin/cargo", "echo \"$@\"");
    let output = stage.script("upkeep").arg("upkeep.md").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let report = stage.read("upkeep.md");
    assert_eq!(report.matches("## ").count(), 7, "{report}");
    assert_eq!(report.matches("**wants a person**").count(), 1, "{report}");
    assert!(report.contains("\n    @everybody [click]"), "{report}");
    assert!(!report.contains('\u{1b}'), "{report}");
    stage.program("ci/external-links", "exit 0");
    let output = stage.script("upkeep").arg("upkeep.md").output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn findings_are_annotations_and_all_of_them_stand_in_the_summary() {
    let stage = Stage::new();
    let cargo = "case \"$*\" in\n*github*) echo '::error file=a::b'; exit 1 ;;\n*--due*) echo 'May 2027' ;;\n*) echo '# no heading'; exit 1 ;;\nesac";
    stage.program("bin/cargo", cargo);
    let mut command = stage.script("findings");
    let output = command.env("GITHUB_STEP_SUMMARY", stage.path("summary"));
    let output = output.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "::error file=a::b\n"
    );
    let summary = stage.read("summary");
    assert!(summary.contains("\n    # no heading\n"), "{summary}");
    assert!(summary.contains("\n    May 2027\n"), "{summary}");
}

/// A project with a website, and an ssh that runs what it is told on this machine.
fn remote() -> (Stage, Command) {
    let stage = Stage::new();
    let publish = fs::read_to_string(root().join("ci/publish")).unwrap();
    stage
        .write("ci/publish", &publish)
        .write("book/index.html", "first")
        .write("book/.shelf-site", "a website")
        .program(
            "bin/ssh",
            "printf '%s\\n' \"$*\" >> \"$0.log\"\nexec bash -c \"${!#}\"",
        );
    let mut command = stage.script("publish-by-ssh");
    let folder = stage.path("www");
    command
        .env(
            "PUBLISH_TO",
            format!("web@host.example:{}", folder.display()),
        )
        .env("PUBLISH_KEY", "a key")
        .env("PUBLISH_HOST_KEY", "host.example ssh-ed25519 AAAA");
    (stage, command)
}

#[test]
fn a_website_is_published_on_another_machine_and_taken_back_there() {
    let (stage, mut command) = remote();
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(stage.read("www/current/index.html"), "first");
    assert!(!stage.path("www/.sent").exists());
    stage.write("book/index.html", "second");
    assert!(command.output().unwrap().status.success());
    assert_eq!(stage.read("www/current/index.html"), "second");
    assert!(
        command
            .env("PUBLISH_COMMAND", "--back")
            .output()
            .unwrap()
            .status
            .success()
    );
    assert_eq!(stage.read("www/current/index.html"), "first");
    let log = stage.read("bin/ssh.log");
    assert!(
        log.contains("StrictHostKeyChecking=yes") && !log.contains("a key"),
        "{log}"
    );
}

#[test]
fn a_place_that_means_something_to_a_shell_is_refused() {
    for place in [
        "",
        "web@host.example",
        "web@host.example:relative",
        "-oProxyCommand=x@h:/a",
        "a@h:/a;b",
        "a@h:/a b",
    ] {
        let (stage, mut command) = remote();
        let output = command.env("PUBLISH_TO", place).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{place}: {}", said(&output));
        assert!(!stage.path("bin/ssh.log").exists(), "{place}");
    }
}
