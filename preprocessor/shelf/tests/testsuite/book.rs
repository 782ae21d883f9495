//! A copy of the book in `tests/book`, and the real binary at work on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day that the fixture is judged by.
const TODAY: &str = "2026-11-22";

/// The day of the newest change of the real book, which a later day on its pages would contradict.
fn newest_day(changes: &Path) -> String {
    let text = fs::read_to_string(changes).unwrap();
    let dates = text.lines().filter_map(|line| line.strip_prefix("date"));
    let dates = dates.filter_map(|rest| rest.split('=').nth(1)?.split_whitespace().next());
    dates.max().unwrap().to_owned()
}

/// A book in a folder of its own.
pub(crate) struct Book {
    folder: TempDir,
    /// The day by which it is judged.
    today: String,
}

impl Book {
    fn in_folder(folder: TempDir) -> Book {
        let today = TODAY.to_owned();
        Book { folder, today }
    }

    /// A fresh copy of the fixture.
    pub(crate) fn new() -> Book {
        let folder = tempfile::tempdir().unwrap();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book"),
            folder.path(),
        );
        Book::in_folder(folder)
    }

    /// A fresh copy of the fixture, with a recording of every sample.
    pub(crate) fn recorded() -> Book {
        let book = Book::new();
        book.run(&["samples", "record"]).assert_exit(0);
        book
    }

    /// A fresh copy of the fixture with recordings and with our theme, as `book.toml` of the real book has it.
    pub(crate) fn themed() -> Book {
        let book = Book::recorded();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for entry in fs::read_dir(real.join("theme")).unwrap() {
            let path = entry.unwrap().path();
            let target = book.root().join("theme").join(path.file_name().unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            if path.is_file() {
                fs::copy(&path, &target).unwrap();
            } else if !path.ends_with("tests") {
                copy(&path, &target);
            }
        }
        let settings = fs::read_to_string(real.join("book.toml")).unwrap();
        let (_, theme) = settings.split_once("[output.html]\n").unwrap();
        let (theme, _) = theme.split_once("[output.html.print]\n").unwrap();
        let from = "[output.html.print]\n";
        book.edit("book.toml", from, &format!("[output.html]\n{theme}{from}"));
        book
    }

    /// A copy of the real book, its texts and recordings, without its theme.
    pub(crate) fn real() -> Book {
        let folder = tempfile::tempdir().unwrap();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for part in ["src", "content"] {
            copy(&real.join(part), &folder.path().join(part));
        }
        copy_named_tests(&real, folder.path());
        let mut book = Book::in_folder(folder);
        book.today = newest_day(&real.join("content/changes.toml"));
        let settings = fs::read_to_string(real.join("book.toml")).unwrap();
        let (settings, _) = settings.split_once("[output.html]\n").unwrap();
        book.write("book.toml", settings);
        book
    }

    /// The day by which it is judged.
    pub(crate) fn today(&self) -> &str {
        &self.today
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Book {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces text that must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) -> &Book {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        self.write(path, &text.replace(from, to))
    }

    /// Runs the binary on the book.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// The binary, about to be run on the book.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shelf"));
        command
            .args(args)
            .current_dir(self.root())
            .env("SHELF_TODAY", &self.today)
            .env("NO_COLOR", "1");
        command
    }

    /// Runs the binary on the book as if these programs were not installed.
    pub(crate) fn run_without(&self, programs: &str, args: &[&str]) -> Ran {
        let mut command = self.command(args);
        let output = command.env("SHELF_WITHOUT", programs).output().unwrap();
        Ran { output }
    }

    /// Runs the binary on the book with a text on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || {
            let _ = std::io::Write::write_all(&mut stdin, input.as_bytes());
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran { output }
    }

    /// Every file below a folder with its bytes.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let root = self.root().join(folder);
        let mut folders = vec![root.clone()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).unwrap();
                    files.insert(path.strip_prefix(&root).unwrap().to_owned(), bytes);
                }
            }
        }
        files
    }
}

/// What the binary printed and how it ended.
pub(crate) struct Ran {
    output: Output,
}

impl Ran {
    pub(crate) fn assert_exit(&self, status: i32) -> &Ran {
        assert_eq!(
            self.output.status.code(),
            Some(status),
            "stdout: {}\nstderr: {}",
            self.stdout(),
            self.stderr()
        );
        self
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }
}

/// The tests that goals of `content/proof.toml` are held by: a rule asks for them.
fn copy_named_tests(real: &Path, to: &Path) {
    let goals = fs::read_to_string(real.join("content/proof.toml")).unwrap();
    let goals: toml::Table = goals.parse().unwrap();
    for goal in goals["goal"].as_array().unwrap() {
        if let Some(test) = goal.get("test") {
            let test = test.as_str().unwrap();
            fs::create_dir_all(to.join(test).parent().unwrap()).unwrap();
            fs::copy(real.join(test), to.join(test)).unwrap();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
