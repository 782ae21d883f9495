//! What we take from others, and what keeps it from changing under us.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::book::Book;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A book with a theme, beside the sources of the program, as a clone has them.
#[cfg(unix)]
fn clone() -> Book {
    let book = Book::themed();
    for name in ["Cargo.toml", "Cargo.lock", "preprocessor"] {
        let source = root().canonicalize().unwrap().join(name);
        std::os::unix::fs::symlink(source, book.root().join(name)).unwrap();
    }
    book.run(&["build", "--samples", "recorded", "--no-kit"])
        .assert_exit(0);
    book
}

/// The things on a list, by name and version.
fn listed(list: &str) -> BTreeMap<(String, String), Value> {
    let list: Value = serde_json::from_str(list).unwrap();
    let text = |part: &Value, key: &str| part[key].as_str().unwrap_or_default().to_owned();
    let parts = list["components"].as_array().unwrap().iter();
    parts
        .map(|part| ((text(part, "name"), text(part, "version")), part.clone()))
        .collect()
}

#[test]
#[cfg(unix)]
fn every_crate_of_which_the_program_shows_a_trace_stands_on_its_list() {
    let book = clone();
    book.run(&["sbom"]).assert_exit(0);
    let listed = listed(&book.read("book/sbom/program.cdx.json"));
    // Where a crate may panic, the program holds the place of its source.
    let program = fs::read(env!("CARGO_BIN_EXE_shelf")).unwrap();
    let program = String::from_utf8_lossy(&program);
    let mut traces = BTreeSet::new();
    for (at, mark) in program.match_indices("/registry/src/") {
        let rest = &program[at + mark.len()..];
        let folder = rest.split('/').nth(1).unwrap_or_default();
        let dash = folder.match_indices('-').map(|(at, _)| at);
        let is_version = |at: &usize| folder[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        if let Some(at) = dash.clone().find(is_version) {
            traces.insert((folder[..at].to_owned(), folder[at + 1..].to_owned()));
        }
    }
    assert!(traces.len() > 100, "{traces:?}");
    for trace in &traces {
        let part = listed.get(trace);
        let part = part.unwrap_or_else(|| panic!("{trace:?} is not on the list"));
        assert_eq!(part["hashes"][0]["alg"], "SHA-256", "{trace:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_font_or_a_script_of_nobody_stops_the_list() {
    let book = clone();
    book.run(&["sbom"]).assert_exit(0);
    let before = book.files("book/sbom");
    book.run(&["sbom"]).assert_exit(0);
    assert!(before == book.files("book/sbom"));
    for stray in ["book/fonts/stray.woff2", "book/stray.js"] {
        book.write(stray, "x");
        let ran = book.run(&["sbom"]);
        ran.assert_exit(2);
        assert!(
            ran.stderr().contains("nobody answers for"),
            "{}",
            ran.stderr()
        );
        fs::remove_file(book.root().join(stray)).unwrap();
    }
    book.edit("theme/of-others.toml", "engine-*.js", "motor-*.js");
    let ran = book.run(&["sbom"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("no such file"), "{}", ran.stderr());
}

#[test]
fn what_was_not_built_has_no_list() {
    let ran = Book::new().run(&["sbom"]);
    ran.assert_exit(2);
    assert!(ran.stderr().contains("build it first"), "{}", ran.stderr());
}

#[test]
fn what_npm_brings_has_one_version_and_a_digest() {
    let wanted: Value = serde_json::from_str(&read("theme/tests/package.json")).unwrap();
    for kind in ["dependencies", "devDependencies"] {
        for (name, version) in wanted[kind].as_object().unwrap() {
            let version = version.as_str().unwrap();
            let is_exact = version.split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(is_exact, "{name} {version}");
        }
    }
    let lock: Value = serde_json::from_str(&read("theme/tests/package-lock.json")).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 5);
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        let digest = package["integrity"].as_str().unwrap_or_default();
        assert!(digest.starts_with("sha512-"), "{name}: {digest:?}");
    }
}

#[test]
fn what_pypi_brings_has_one_version_and_digests() {
    for (program, constant) in [("shodan", "SHODAN="), ("zizmor", "ZIZMOR=")] {
        let list = read(&format!("ci/{program}.txt"));
        let wanted = list.split("\\\n").collect::<String>();
        let lines = wanted.lines().filter(|line| !line.starts_with('#'));
        let mut versions = BTreeMap::new();
        for line in lines {
            let (name, rest) = line.split_once("==").unwrap_or_else(|| panic!("{line}"));
            assert!(rest.contains("--hash=sha256:"), "{line}");
            versions.insert(name, rest.split_whitespace().next().unwrap());
        }
        let said = read("ci/versions");
        let said = said.lines().find_map(|line| line.strip_prefix(constant));
        assert!(said.is_some(), "{constant}");
        assert_eq!(versions.get(program).copied(), said);
    }
    assert!(read("ci/install").contains("--require-hashes --requirement \"ci/$1.txt\""));
}

#[test]
fn whatever_builds_keeps_to_the_lock() {
    let builds = [
        "build", "run", "test", "clippy", "doc", "bench", "install", "fetch",
    ];
    let mut files: Vec<String> = vec![".cargo/config.toml".into(), "book.toml".into()];
    for entry in fs::read_dir(root().join("ci")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            files.push(format!("ci/{}", entry.file_name().to_string_lossy()));
        }
    }
    let mut seen = 0;
    for file in files {
        for line in read(&file)
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with('#'))
        {
            let words: Vec<&str> = line.split([' ', '"', '(']).collect();
            let is_cargo = words
                .windows(2)
                .any(|pair| pair[0] == "cargo" && builds.contains(&pair[1]));
            let builds_nothing =
                line.contains("cargo install --list") || line.contains("cargo clippy --version");
            if (is_cargo && !builds_nothing) || line.starts_with("shelf = \"run") {
                seen += 1;
                assert!(line.contains("--locked"), "{file}: {line}");
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}

#[test]
fn no_crate_of_ours_may_be_unsafe() {
    let workspace: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    let lints = &workspace["workspace"]["lints"];
    assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for member in workspace["workspace"]["members"].as_array().unwrap() {
        let member = member.as_str().unwrap();
        let manifest: toml::Table = toml::from_str(&read(&format!("{member}/Cargo.toml"))).unwrap();
        assert_eq!(
            manifest["lints"]["workspace"].as_bool(),
            Some(true),
            "{member}"
        );
    }
    // The fuzz targets are a workspace of their own, whose macro makes the entry for C: so their words count.
    let mut seen = 0;
    let mut folders = vec![root().join("preprocessor")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with("corpus") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                seen += 1;
                let text = fs::read_to_string(&path).unwrap();
                for begin in [" {", " fn ", " impl ", " extern "] {
                    let word = ["un", "safe", begin].concat();
                    assert!(!text.contains(&word), "{}: {word}", path.display());
                }
            }
        }
    }
    assert!(seen > 300, "{seen}");
}
