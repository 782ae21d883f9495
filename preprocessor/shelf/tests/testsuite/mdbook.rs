//! What our theme takes for granted about mdBook, held against the one that is installed.
//!
//! A new version that changes any of it fails here. Then compare its `index.hbs` with
//! `theme/index.hbs`, and its files with `dress/leftovers.rs`, before the lists below are renewed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use data_encoding::HEXLOWER;
use tempfile::TempDir;

const VERSION: &str = "0.5.4";

/// The SHA-256 of mdBook's own template of a page, which `theme/index.hbs` replaces.
const INDEX_HBS: &str = "bf8b6b7cc5c1e44b03ab0392297705a220b569b601286e0ad538cca6d56717f1";

/// What every page's template is given, beside what `KEYS_OF` adds.
const KEYS: &str = "book_title chapters content default_theme description favicon_png favicon_svg \
    fold_enable fold_level git_repository_icon git_repository_icon_class language path \
    playground_copyable preferred_dark_theme print_enable search_enabled search_js \
    sidebar_header_nav text_direction title";

const KEYS_OF: [(&str, &str); 4] = [
    ("index.html", "chapter_title is_index next path_to_root"),
    (
        "a/one.html",
        "chapter_title next path_to_root previous section",
    ),
    ("two.html", "chapter_title path_to_root previous section"),
    ("404.html", "base_url"),
];

/// What the template of a redirect is given.
const REDIRECT_KEYS: &str = "fragment_map url";

/// The files beside the pages, without their digests. `dress/leftovers.rs` removes those that our
/// theme has no use for; fonts give way to those of the theme, and `book.toml` turns off the rest.
const FILES: &str = ".nojekyll 404.html a/one.html ayu-highlight.css book.js clipboard.min.js css/chrome.css \
    css/general.css css/print.css css/variables.css elasticlunr.min.js favicon.png favicon.svg \
    fonts/OPEN-SANS-LICENSE.txt fonts/SOURCE-CODE-PRO-LICENSE.txt fonts/fonts.css \
    fonts/open-sans-v17-all-charsets-300.woff2 fonts/open-sans-v17-all-charsets-300italic.woff2 \
    fonts/open-sans-v17-all-charsets-600.woff2 fonts/open-sans-v17-all-charsets-600italic.woff2 \
    fonts/open-sans-v17-all-charsets-700.woff2 fonts/open-sans-v17-all-charsets-700italic.woff2 \
    fonts/open-sans-v17-all-charsets-800.woff2 fonts/open-sans-v17-all-charsets-800italic.woff2 \
    fonts/open-sans-v17-all-charsets-italic.woff2 fonts/open-sans-v17-all-charsets-regular.woff2 \
    fonts/source-code-pro-v11-all-charsets-500.woff2 highlight.css highlight.js index.html \
    mark.min.js old.html print.html searcher.js searchindex.js toc.html toc.js \
    tomorrow-night.css two.html";

/// A small book, about to be built by the installed mdBook, or nothing where there is none.
fn probe() -> Option<TempDir> {
    let is_there = Command::new("mdbook").arg("--version").output().is_ok();
    if !is_there {
        assert!(
            std::env::var_os("CI").is_none(),
            "mdbook is not installed; ci/install does it"
        );
        eprintln!("SKIPPED: mdbook is not installed");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        (
            "book.toml",
            "[book]\ntitle = \"Probe\"\n\n[output.html.redirect]\n\"/old.html\" = \"two.html\"\n",
        ),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Start](index.md)\n\n- [One](a/one.md)\n- [Two](two.md)\n",
        ),
        ("src/index.md", "# Start\n"),
        ("src/a/one.md", "# One\n"),
        ("src/two.md", "# Two\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Some(folder)
}

fn mdbook(folder: &Path, args: &[&str]) -> String {
    let ran = Command::new("mdbook")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "mdbook {args:?}: {said}");
    String::from_utf8(ran.stdout).unwrap()
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split_whitespace().collect()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn one_version_everywhere() {
    let versions = fs::read_to_string(repository().join("ci/versions")).unwrap();
    assert!(
        versions.contains(&format!("MDBOOK={VERSION}\n")),
        "ci/versions installs another mdBook than {VERSION}"
    );
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let lock: toml::Table = lock.parse().unwrap();
    let mut crates = 0;
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if name.starts_with("mdbook-") {
            assert_eq!(package["version"].as_str(), Some(VERSION), "{name}");
            crates += 1;
        }
    }
    assert!(crates >= 5, "Cargo.lock has {crates} crates of mdBook");
    if let Some(folder) = probe() {
        let said = mdbook(folder.path(), &["--version"]);
        assert_eq!(said.trim().trim_start_matches("mdbook v"), VERSION);
    }
}

#[test]
fn the_template_that_ours_replaces_has_not_changed() {
    let Some(folder) = probe() else { return };
    mdbook(
        folder.path(),
        &["init", "--theme", "--force", "--title", "x", "fresh"],
    );
    let template = fs::read(folder.path().join("fresh/theme/index.hbs")).unwrap();
    let digest = ring::digest::digest(&ring::digest::SHA256, &template);
    assert_eq!(
        HEXLOWER.encode(digest.as_ref()),
        INDEX_HBS,
        "mdBook's index.hbs has changed: does theme/index.hbs have to follow?"
    );
}

#[test]
fn templates_are_given_what_ours_ask_for() {
    let Some(folder) = probe() else { return };
    let theme = folder.path().join("theme");
    fs::create_dir(&theme).unwrap();
    for name in ["index.hbs", "redirect.hbs"] {
        fs::write(theme.join(name), "{{#each this}}{{@key}} {{/each}}").unwrap();
    }
    mdbook(folder.path(), &["build"]);
    let given = |page: &str| fs::read_to_string(folder.path().join("book").join(page)).unwrap();
    for (page, more) in KEYS_OF {
        let wanted = format!("{KEYS} {more}");
        assert_eq!(words(&given(page)), words(&wanted), "{page}");
    }
    assert_eq!(words(&given("old.html")), words(REDIRECT_KEYS));
}

#[test]
fn every_key_of_our_templates_is_given() {
    // Words of Handlebars, of the list in a loop, and of what stands inside a value.
    let ours = words(
        "additional_css additional_js resource this @root @first eq each if unless else or and link title",
    );
    let mut known = words(KEYS);
    known.extend(words(REDIRECT_KEYS));
    known.extend(KEYS_OF.iter().flat_map(|(_, keys)| words(keys)));
    let mut asked = 0;
    for name in ["index.hbs", "redirect.hbs"] {
        let template = fs::read_to_string(repository().join("theme").join(name)).unwrap();
        for part in template.split("{{").skip(1) {
            let inside = part.split("}}").next().unwrap();
            let without_text: String = inside.split('"').step_by(2).collect();
            for word in without_text.split(|c: char| !(c.is_alphanumeric() || "_@".contains(c))) {
                assert!(
                    word.is_empty() || known.contains(word) || ours.contains(word),
                    "theme/{name} asks for `{word}`, which mdBook does not give"
                );
                asked += usize::from(known.contains(word));
            }
        }
    }
    assert!(asked >= 10, "our templates ask for {asked} keys");
}

#[test]
fn mdbook_writes_the_files_that_we_know() {
    let Some(folder) = probe() else { return };
    mdbook(folder.path(), &["build"]);
    let site = folder.path().join("book");
    let mut found = BTreeSet::new();
    let mut folders = vec![site.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&site).unwrap().to_str().unwrap();
                found.insert(without_digest(name));
            }
        }
    }
    let wanted: BTreeSet<String> = words(FILES).into_iter().map(str::to_owned).collect();
    assert_eq!(found, wanted);
}

/// `css/book-0123abcd.min.css` is `css/book.min.css`.
fn without_digest(name: &str) -> String {
    let Some((stem, rest)) = name.rsplit_once('-') else {
        return name.to_owned();
    };
    match rest.split_once('.') {
        Some((digest, ending))
            if digest.len() == 8 && digest.bytes().all(|b| b.is_ascii_hexdigit()) =>
        {
            format!("{stem}.{ending}")
        }
        _ => name.to_owned(),
    }
}
