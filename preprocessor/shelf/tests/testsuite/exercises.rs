//! `cargo shelf lab LESSON`: students at work, good ones and others.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::book::Book;
use crate::real::content;

/// Programs of others that looks may want. Without them every lab has to be solvable.
const TOOLS: &str = "nmap,echoscu,findscu,storescu,dcmconv,openssl,sslscan,testssl,tshark,curl,file,nft,\
                     shodan,systemd-analyze";

/// A lab with a question, a change and a file.
const LAB: &str = r#"
title   = "Find the open archive, and close it"
lesson  = "lessons/lesson-9.md"
minutes = 10
scene   = "open-archive"
file    = "archive.toml"
says    = "An archive of invented patients stands on your laptop."

[[lay]]
name     = "scan.dcm"
preamble = "windows-program"

[[task]]
id        = "count-patients"
objective = "tell-open"
says      = "How many patients does it list?"
hints     = ["Type `look`.", "Read the last line."]
answer    = "patients"
done      = "You found {answer} patients."
[[task.look]]
scanner = "probe"
server  = "archive"
args    = ["--calling", "STRANGER"]
[[task.look]]
scanner = "findscu"
server  = "archive"
args    = ["-v", "-P", "-k", "QueryRetrieveLevel=PATIENT", "-k", "PatientName", "{host}", "{port}"]

[[task]]
id        = "close-it"
objective = "tell-open"
says      = "Let only MODALITY1 in."
hints     = ["The line is `calling`."]
done      = "The stranger is turned away."
[[task.look]]
scanner = "probe"
args    = ["--calling", "STRANGER"]
[[task.look.claim]]
association = "rejected"
[[task.look]]
scanner = "probe"
args    = ["--calling", "MODALITY1"]
[[task.look.claim]]
patients = 3
[[task.change]]
from = 'calling   = "any"'
to   = 'calling   = ["MODALITY1"]'

[[task]]
id        = "ask-for-a-card"
objective = "tell-open"
says      = "Ask every caller for a certificate."
hints     = ["The line is `transport`."]
done      = "A caller shows a certificate now."
[[task.look]]
scanner = "probe"
args    = ["--calling", "MODALITY1", "--tls", "--certificate", "trusted"]
[[task.look.claim]]
patients = 3
[[task.change]]
from = 'transport = "clear"'
to   = 'transport = "mutual-tls"'

[[task]]
id        = "clear-it"
objective = "tell-open"
says      = "Empty the preamble of scan.dcm."
hints     = ["Zeros belong there."]
done      = "Nobody takes it for a program now."
[[task.look]]
scanner = "file-start"
args    = ["scan.dcm"]
[[task.look.claim]]
file-type = "dicom"
[[task.look.claim]]
data-unchanged = true
[[task.change]]
file           = "scan.dcm"
clear-preamble = true
"#;

/// How long anything may take here; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

fn book() -> Book {
    let book = Book::new();
    book.write("content/labs/lesson-9.toml", LAB);
    book
}

/// A student at a lab.
struct Student {
    child: Child,
    input: Option<ChildStdin>,
    said: Arc<Mutex<String>>,
    /// How much of it was read.
    read: usize,
    folder: PathBuf,
}

impl Student {
    /// Sits down at lesson 9, and waits for the first prompt.
    fn begin(book: &Book, args: &[&str]) -> Student {
        let mut student = Student::sit(book, "lesson-9", args, "");
        student.wait("lab> ");
        student
    }

    fn sit(book: &Book, lesson: &str, args: &[&str], without: &str) -> Student {
        let mut command = book.command(&["lab", lesson]);
        command.args(args).env("SHELF_WITHOUT", without);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (mut out, heard) = (child.stdout.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length) = out.read(&mut piece) {
                if length == 0 {
                    return;
                }
                let text = String::from_utf8_lossy(&piece[..length]);
                heard.lock().unwrap().push_str(&text);
            }
        });
        let named = args.iter().position(|arg| *arg == "--folder");
        let named = named.map_or(format!("lab-{lesson}"), |at| args[at + 1].to_owned());
        Student {
            input: child.stdin.take(),
            child,
            said,
            read: 0,
            folder: book.root().join(named),
        }
    }

    /// What was said and not read yet, to the end of the first of these words.
    fn wait_any(&mut self, words: &[&str]) -> String {
        let began = Instant::now();
        loop {
            let ended = self.child.try_wait().unwrap().is_some();
            let said = self.said.lock().unwrap().clone();
            let rest = &said[self.read..];
            let ends = words
                .iter()
                .filter_map(|word| Some(rest.find(word)? + word.len()));
            if let Some(end) = ends.min() {
                self.read += end;
                return rest[..end].to_owned();
            }
            assert!(!ended, "it ended without {words:?}: {said}");
            assert!(began.elapsed() < PATIENCE, "no {words:?}: {said}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait(&mut self, word: &str) -> String {
        self.wait_any(&[word])
    }

    fn type_bytes(&mut self, bytes: &[u8]) {
        // A lab that ended takes no more.
        let _ = self.input.as_mut().unwrap().write_all(bytes);
    }

    /// Types a line, and gives what is said up to these words.
    fn ask(&mut self, line: &str, word: &str) -> String {
        self.type_bytes(format!("{line}\n").as_bytes());
        self.wait(word)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn save(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {text}");
        fs::write(self.file(name), text.replace(from, to)).unwrap();
    }

    /// The port of the first server that was told.
    fn port(&self) -> u16 {
        let said = self.said.lock().unwrap();
        let (_, rest) = said.split_once("Standing: archive at 127.0.0.1:").unwrap();
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end; nothing is then left: no child, no port.
    fn ended(mut self) -> (Option<i32>, String) {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.code();
            }
            assert!(
                began.elapsed() < PATIENCE,
                "it goes on: {}",
                self.said.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(children(self.child.id()), "", "children are left");
        let said = self.said.lock().unwrap().clone();
        if said.contains("Standing: archive at ") {
            TcpListener::bind(("127.0.0.1", self.port())).unwrap();
        }
        for line in said.lines() {
            assert!(line.chars().count() <= 100, "too long: {line}");
        }
        (status, said)
    }

    fn quit(mut self) {
        self.type_bytes(b"quit\n");
        let (status, said) = self.ended();
        assert_eq!(status, Some(0));
        assert!(said.contains("Nothing is left running"), "{said}");
    }
}

impl Drop for Student {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processes whose parent a process was.
fn children(parent: u32) -> String {
    let listed = Command::new("ps")
        .args(["--ppid", &parent.to_string(), "-o", "pid="])
        .output();
    let listed = listed.map(|listed| listed.stdout).unwrap_or_default();
    String::from_utf8(listed).unwrap().trim().to_owned()
}

/// Solves every task of a lab as a patient student would.
fn play(book: &Book, lesson: &str, without: &str) {
    let text = book.read(&format!("content/labs/{lesson}.toml"));
    let lab: toml::Table = toml::from_str(&text).unwrap();
    let tasks = lab["task"].as_array().unwrap();
    let scene = lab.get("file").map(|file| file.as_str().unwrap());
    let mut student = Student::sit(book, lesson, &[], without);
    for (index, task) in tasks.iter().enumerate() {
        student.wait(&format!("Task {} of {}", index + 1, tasks.len()));
        student.wait("lab> ");
        for number in 1..=task["hints"].as_array().unwrap().len() {
            student.ask("hint", &format!("Hint {number} of"));
        }
        student.ask("hint", "no more hints");
        if task.get("answer").is_some() {
            student.ask("surely-not-this", "That is not what the lab sees");
            student.ask("look", "Look: ");
            let said = student.ask("solution", "Type that.");
            let (_, seen) = said.split_once("What is seen now: ").unwrap();
            let (seen, _) = seen.rsplit_once(". Type").unwrap();
            let seen = seen.replace('\n', " ");
            student.ask(&seen, "Solved.");
        } else {
            let said = student.ask("check", " hold.");
            let open = said.contains("Not yet: ") || said.contains("Nobody could look");
            assert!(open, "{lesson}: it holds already: {said}");
            for change in task["change"].as_array().unwrap() {
                let file = change.get("file").map(|file| file.as_str().unwrap());
                let path = student.file(file.or(scene).unwrap());
                carry_out(change, &path);
            }
            student.wait("Solved.");
        }
    }
    let (status, said) = student.ended();
    assert_eq!(status, Some(0), "{said}");
    let all = format!("You solved {0} of {0} task", tasks.len());
    assert!(said.contains(&all), "{said}");
    assert!(said.contains("Your work is in the folder"), "{said}");
}

fn carry_out(change: &toml::Value, path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    if change.get("clear-preamble").is_some() {
        bytes[..128].fill(0);
    } else if let Some(at) = change.get("flip-byte") {
        bytes[usize::try_from(at.as_integer().unwrap()).unwrap()] ^= 0xff;
    } else {
        let word = |key| change.get(key).unwrap().as_str().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches(word("from")).count(), 1, "{change}: {text}");
        bytes = text.replace(word("from"), word("to")).into_bytes();
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_student_solves_every_task() {
    play(&book(), "lesson-9", "");
}

/// Every lab of the site, with what is installed here and with nothing but our own parts.
#[test]
fn every_lab_of_the_site_can_be_solved() {
    let labs = fs::read_dir(content().join("labs")).into_iter().flatten();
    let labs = labs.map(|entry| {
        entry
            .unwrap()
            .path()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    });
    let mut labs: Vec<String> = labs.collect();
    labs.sort();
    assert!(!labs.is_empty(), "nothing was played");
    for lab in labs {
        for without in ["", TOOLS] {
            // A book of its own each time: the student's folder lies in it.
            play(&Book::real(), &lab, without);
        }
    }
}

#[test]
fn labs_are_listed_before_scenes() {
    let ran = book().run(&["lab"]);
    ran.assert_exit(0);
    let out = ran.stdout();
    assert!(out.starts_with("lesson-9: Find the open archive"), "{out}");
    assert!(out.contains("\nopen-archive: "), "{out}");
}

#[test]
fn whatever_is_typed_gets_a_kind_word() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    student.ask("loook", "Did you mean `look`?");
    student.ask("4 patients", "Asked for is a number");
    student.ask("open the pod bay doors", "That is not what the lab sees");
    student.type_bytes(b"\xff\xfe\x00\x1b[2J\n");
    student.wait("The lab understands plain words.");
    student.type_bytes(&vec![b'x'; 3_000_000]);
    student.ask("", "longer than anything");
    student.ask("check", "This task asks for an answer.");
    student.ask("help", "Ctrl-C ends the lab too.");
    let said = student.ask("skip", "Task 2 of 4");
    assert!(said.contains("Left for later."), "{said}");
    student.ask("tasks", "to come");
    student.ask("frobnicate", "does not know that word");
    let said = student.said.lock().unwrap().clone();
    assert!(!said.contains('\u{1b}'), "nothing steers the terminal");
    student.quit();
}

#[test]
fn tasks_that_were_left_come_back_after_the_last_one() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    student.ask("skip", "Task 2 of 4");
    student.ask("skip", "Task 3 of 4");
    student.ask("skip", "Task 4 of 4");
    let said = student.ask("skip", "Task 1 of 4");
    assert!(said.contains("Here they are again"), "{said}");
    student.ask("3", "Solved. You found 3 patients.");
    student.wait("Task 2 of 4");
    // A slip in a title: why nothing came back is said.
    student.save(
        "archive.toml",
        "calling   = \"any\"",
        "calling   = [\"modality1\"]",
    );
    let said = student.wait("of 2 hold.");
    assert!(said.contains("for the association was rejected"), "{said}");
    student.quit();
}

#[cfg(unix)]
#[test]
fn a_folder_from_a_stranger_is_no_way_out_of_it() {
    let book = book();
    let folder = book.root().join("lab-lesson-9");
    fs::create_dir(&folder).unwrap();
    let mine = book.root().join("mine.txt");
    fs::write(&mine, "mine").unwrap();
    let steers = r#"lab = "\u001b[2J""#;
    fs::write(folder.join(".progress.toml"), steers).unwrap();
    let ran = book.run(&["lab", "lesson-9"]);
    ran.assert_exit(2);
    assert!(!ran.stderr().contains("\u{1b}[2J"), "{}", ran.stderr());
    fs::write(folder.join(".progress.toml"), "lab = \"lesson-9\"").unwrap();
    std::os::unix::fs::symlink(&mine, folder.join(".progress.toml.new")).unwrap();
    std::os::unix::fs::symlink(&mine, folder.join("archive.toml")).unwrap();
    let mut student = Student::begin(&book, &[]);
    let said = student.said.lock().unwrap().clone();
    assert!(said.contains("it is a link"), "{said}");
    student.ask("3", "Solved. You found 3 patients.");
    student.quit();
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
}

#[test]
fn the_lab_goes_on_where_a_student_left_it() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    student.ask("hint", "Hint 1 of 2");
    student.ask("3", "Solved. You found 3 patients.");
    student.save(
        "archive.toml",
        "calling   = \"any\"",
        "calling   = [\"MODALITY1\"]",
    );
    student.wait("Solved. The stranger is turned away.");
    student.signal("-KILL");
    student.ended();
    let mut student = Student::begin(&book, &[]);
    let said = student.said.lock().unwrap().clone();
    assert!(
        said.contains("You have worked in lab-lesson-9 before."),
        "{said}"
    );
    assert!(said.contains("Task 3 of 4"), "{said}");
    student.ask("tasks", " 2. solved: ");
    student.quit();
    let mut student = Student::begin(&book, &["--again"]);
    let said = student.said.lock().unwrap().clone();
    assert!(said.contains("kept in "), "{said}");
    assert!(said.contains("Task 1 of 4"), "{said}");
    let kept = fs::read_to_string(book.root().join("lab-lesson-9-old-1/archive.toml")).unwrap();
    assert!(kept.contains("MODALITY1"), "{kept}");
    student.ask("look", "3 patients");
    student.quit();
}

#[test]
fn two_labs_share_a_machine_but_no_folder() {
    let book = book();
    let first = Student::begin(&book, &[]);
    let ran = book.run(&["lab", "lesson-9"]);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("a lab is at work in lab-lesson-9"),
        "{}",
        ran.stderr()
    );
    let mut second = Student::begin(&book, &["--folder", "other"]);
    assert_ne!(first.port(), second.port());
    second.ask("look", "3 patients");
    second.quit();
    // Once it has ended, the folder is free.
    first.quit();
    Student::begin(&book, &[]).quit();
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let book = book();
    fs::create_dir(book.root().join("mine")).unwrap();
    book.write("mine/diary.txt", "dear diary");
    let ran = book.run(&["lab", "lesson-9", "--folder", "mine"]);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("no folder of this lab"),
        "{}",
        ran.stderr()
    );
    let ran = book.run(&["lab", "lesson-9", "--folder", "mine", "--again"]);
    ran.assert_exit(2);
    let names = fs::read_dir(book.root().join("mine")).unwrap().count();
    assert_eq!(names, 1, "nothing was written there");
    let ran = book.run(&["lab", "lesson-9", "--folder", "mine/diary.txt"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("is no folder"), "{}", ran.stderr());
}

#[test]
fn a_port_in_use_is_told() {
    let book = book();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = book.run(&["lab", "lesson-9", "--port", &port]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("is in use"), "{}", ran.stderr());
    drop(taken);
    let student = Student::begin(&book, &["--port", &port]);
    assert_eq!(student.port().to_string(), port);
    student.quit();
}

#[test]
fn the_lab_ends_cleanly_however_it_is_asked_to() {
    let book = book();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let student = Student::begin(&book, &[]);
        student.signal(signal);
        let (status, said) = student.ended();
        assert_eq!(status, Some(0), "{signal}: {said}");
        assert!(
            said.contains("Nothing is left running."),
            "{signal}: {said}"
        );
    }
    let student = Student::begin(&book, &[]);
    student.signal("-KILL");
    assert_eq!(student.ended().0, None);
    // The end of the input is an end too.
    let mut student = Student::begin(&book, &[]);
    student.input = None;
    let (status, said) = student.ended();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("Nothing more can be typed here"), "{said}");
}

#[test]
fn a_closed_lid_changes_nothing() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    student.ask("3", "Solved.");
    student.signal("-STOP");
    student.save(
        "archive.toml",
        "calling   = \"any\"",
        "calling   = [\"MODALITY1\"]",
    );
    std::thread::sleep(Duration::from_millis(300));
    student.signal("-CONT");
    student.wait("Solved. The stranger is turned away.");
    student.quit();
}

#[test]
fn a_file_that_is_anything_else_leaves_the_servers_standing() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    let good = fs::read_to_string(student.file("archive.toml")).unwrap();
    let path = student.file("archive.toml");
    // Half a file, as an editor leaves it that is stopped while it writes.
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    student.wait("The servers stand as before.");
    student.ask("look", "3 patients");
    let slip = good.replace("calling   = \"any\"", "calling   = \"all\"");
    fs::write(&path, slip).unwrap();
    // A file is empty for a moment while it is written, and that may be told before.
    student.wait("archive.toml, line 11, column 13: ");
    student.wait("What to do: ");
    student.wait("The servers stand as before.");
    fs::write(
        &path,
        good.replace("kind      = \"dicom\"", "kind      = \"orthanc\""),
    )
    .unwrap();
    student.wait("The servers stand as before.");
    fs::File::create(&path)
        .unwrap()
        .set_len(100_000_000)
        .unwrap();
    student.wait("100.0 MB");
    student.wait("The servers stand as before.");
    fs::remove_file(&path).unwrap();
    student.wait("it is not there");
    student.wait("The servers stand as before.");
    book.write("elsewhere.toml", &good);
    std::os::unix::fs::symlink(book.root().join("elsewhere.toml"), &path).unwrap();
    student.wait("a link");
    student.wait("The servers stand as before.");
    student.ask("look", "3 patients");
    fs::remove_file(&path).unwrap();
    fs::write(
        &path,
        good.replace("calling   = \"any\"", "calling   = [\"MODALITY1\"]"),
    )
    .unwrap();
    student.wait("archive.toml was saved and read.");
    student.ask("look", "rejected");
    student.quit();
}

#[test]
fn a_folder_that_goes_away_ends_nothing() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    fs::remove_dir_all(&student.folder).unwrap();
    student.wait("is gone. Put it back");
    student.wait("The servers stand as before.");
    student.ask("look", "3 patients");
    let said = student.ask("3", "Solved.");
    assert!(said.contains("cannot be kept in lab-lesson-9"), "{said}");
    student.quit();
}

#[test]
fn progress_that_cannot_be_kept_is_told_once() {
    let book = book();
    let mut student = Student::begin(&book, &[]);
    // Nobody can write a file where a folder is, not even root.
    let state = student.file(".progress.toml");
    fs::remove_file(&state).unwrap();
    fs::create_dir(&state).unwrap();
    fs::write(state.join("x"), "x").unwrap();
    student.ask("hint", "cannot be kept in lab-lesson-9");
    student.ask("hint", "Hint 2 of 2");
    student.ask("3", "Solved.");
    let said = student.said.lock().unwrap().clone();
    assert_eq!(said.matches("cannot be kept").count(), 1, "{said}");
    student.quit();
}

#[test]
fn a_lab_that_nobody_could_carry_out_is_found() {
    let book = book();
    for (from, to, told) in [
        (
            "scene   = \"open-archive\"",
            "scene   = \"open-archiv\"",
            "there is no scene",
        ),
        (
            "answer    = \"patients\"",
            "answer    = \"patient\"",
            "did you mean \"patients\"",
        ),
        (
            "answer    = \"patients\"",
            "answer    = \"status\"",
            "never tells what is asked for",
        ),
        (
            "server  = \"archive\"\nargs    = [\"--calling\", \"STRANGER\"]",
            "server  = \"arcive\"",
            "no server",
        ),
        (
            "\"--tls\", \"--certificate\"",
            "\"--tsl\", \"--certificate\"",
            "--tsl",
        ),
        (
            "patients = 3\n[[task.change]]\nfrom = 'calling",
            "patients = 3\n[[task.change]]\nfrom = 'caling",
            "stands 0 times",
        ),
        (
            "'calling   = [\"MODALITY1\"]'",
            "'calling   = 1'",
            "cannot be read any more",
        ),
        (
            "preamble = \"windows-program\"",
            "preamble = \"windws-program\"",
            "no preamble",
        ),
        (
            "data-unchanged = true",
            "data-changed = true",
            "this is no claim",
        ),
        (
            "args    = [\"scan.dcm\"]",
            "args    = [\"scam.dcm\"]",
            "no laid file",
        ),
    ] {
        assert!(LAB.contains(from), "{from}");
        book.write("content/labs/lesson-9.toml", &LAB.replacen(from, to, 1));
        let ran = book.run(&["check"]);
        ran.assert_exit(1);
        let said = ran.stdout() + &ran.stderr();
        assert!(said.contains(told), "{told}: {said}");
        assert!(said.contains("content/labs/lesson-9.toml"), "{said}");
        book.run(&["lab", "lesson-9"]).assert_exit(2);
    }
}
