#![allow(clippy::unwrap_used)]

use super::*;

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    };
    for path in [
        "secret.html",
        "site/index.html",
        "site/.hidden",
        "site/answers/one two.html",
        "site/answers/index.html",
        "site/empty/deep/a.css",
        "site2/index.html",
    ] {
        write(path);
    }
    folder
}

#[test]
fn an_address_leads_to_its_file() {
    let folder = site();
    let site = folder.path().join("site");
    let file = |path: &str| Found::File(site.canonicalize().unwrap().join(path));
    for (path, wanted) in [
        ("/", file("index.html")),
        ("/index.html", file("index.html")),
        ("/answers/", file("answers/index.html")),
        ("/answers", Found::Folder),
        ("/answers/one%20two.html", file("answers/one two.html")),
        ("/answers/one%20two.html/", file("answers/one two.html")),
        ("/empty/", Found::Nothing),
        ("/nothing.html", Found::Nothing),
    ] {
        assert_eq!(locate(&site, path), wanted, "{path}");
    }
}

#[test]
fn no_address_leads_outside() {
    let folder = site();
    let site = folder.path().join("site");
    for path in [
        "",
        "index.html",
        "/../secret.html",
        "/answers/../../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/%2E%2E%2Fsecret.html",
        "/.%2e/secret.html",
        "/%252e%252e/secret.html",
        "/../site2/index.html",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/..\\secret.html",
        "/%5c..%5csecret.html",
        "/index.html%00.css",
        "/%00",
        "/.hidden",
        "/./index.html",
        "/answers//index.html",
        "/C:/index.html",
        "/%ff",
        "/%",
        "/%4",
        "/%zz",
    ] {
        assert_eq!(locate(&site, path), Found::Nothing, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_further_than_the_site() {
    let folder = site();
    let site = folder.path().join("site");
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(to, site.join(from)).unwrap();
    link("../secret.html", "out.html");
    link("..", "up");
    link("answers", "in");
    assert_eq!(locate(&site, "/out.html"), Found::Nothing);
    assert_eq!(locate(&site, "/up"), Found::Nothing);
    assert_eq!(locate(&site, "/up/secret.html"), Found::Nothing);
    assert_eq!(locate(&site, "/up/site2/"), Found::Nothing);
    assert!(matches!(locate(&site, "/in/"), Found::File(_)));
}

#[test]
fn a_page_is_made_from_a_text_and_a_text_into_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "src/SUMMARY.md",
        "- [One](deep/one.md)\n- [Two](two%20words.md)\n",
    );
    for page in ["deep/one", "two words", "deep/README", "low/readme"] {
        write(&format!("src/{page}.md"), "# Title\n");
    }
    let shelf = Shelf::read(folder.path(), editorial::Day::new(2026, 11, 22)).unwrap();
    for (address, wanted) in [
        ("/", Some("src/deep/one.md")),
        ("/index.html", Some("src/deep/one.md")),
        ("/deep/one.html", Some("src/deep/one.md")),
        ("/deep/", Some("src/deep/README.md")),
        ("/deep/index.html", Some("src/deep/README.md")),
        ("/two%20words.html", Some("src/two words.md")),
        ("/SUMMARY.html", None),
        ("/../x.html", None),
    ] {
        let found = source(&shelf, address).map(|page| page.file.path());
        assert_eq!(found, wanted.map(Path::new), "{address}");
    }
    for (text, wanted) in [
        ("src/deep/one.md", Some("/deep/one.html")),
        ("src/deep/README.md", Some("/deep/index.html")),
        ("src/two words.md", Some("/two%20words.html")),
        ("src/low/readme.md", Some("/low/index.html")),
        ("src/SUMMARY.md", None),
        ("content/terms.toml", None),
    ] {
        let found = page_of(&shelf, Path::new(text));
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
}
