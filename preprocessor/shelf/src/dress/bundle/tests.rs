#![allow(clippy::unwrap_used)]

use super::*;

const PAGE: &str = "<link rel=\"icon\" href=\"i.svg\">\n<link rel=\"stylesheet\" href=\"../theme/css/a.css\">\n<link rel=\"stylesheet\" href=\"../theme/css/list/b.css\">\n<script src=\"../theme/js/first.js\"></script>\n<script src=\"../theme/js/a.js\" defer></script>\n<script src=\"../theme/js/b.js\" defer></script>\n<p>\n";

fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    for (path, text) in [
        (
            "theme/css/a.css",
            "/* A. */\na,\nb {\n  color: red;\n  margin:\n    0\n    1px;\n}\n",
        ),
        ("theme/css/list/b.css", ".list {\n}\n"),
        (
            "theme/js/a.js",
            "// Says a.\n(() => {\n  a(\"// b\");\n})();\n",
        ),
        ("theme/js/b.js", "b();"),
    ] {
        std::fs::create_dir_all(site.path().join(path).parent().unwrap()).unwrap();
        std::fs::write(site.path().join(path), text).unwrap();
    }
    site
}

fn written(site: &Path, bundles: &Bundles<'_>, part: &str) -> Vec<String> {
    let made = bundles.made.lock().unwrap();
    let made = made.iter();
    made.filter(|(parts, _)| parts.contains(&part.to_owned()))
        .map(|(_, asset)| std::fs::read_to_string(site.join(&asset.address)).unwrap())
        .collect()
}

#[test]
fn parts_become_one_file_with_its_integrity() {
    let site = site();
    let bundles = Bundles::of(site.path());
    let page = bundles.refer(PAGE, Path::new("answers/x.html")).unwrap();
    assert_eq!(
        written(site.path(), &bundles, "theme/css/a.css"),
        ["a,b{color: red;margin: 0 1px;}\n"]
    );
    assert_eq!(
        written(site.path(), &bundles, "theme/js/a.js"),
        ["(() => {\na(\"// b\");\n})();\nb();\n"]
    );
    assert_eq!(page.matches("integrity=\"sha384-").count(), 2);
    assert_eq!(page.matches("href=\"../theme/css/site-").count(), 2);
    assert!(page.contains("<script src=\"../theme/js/first.js\"></script>\n"));
    bundles.remove_parts().unwrap();
    for part in ["css/a.css", "css/list", "js/a.js", "js/b.js"] {
        assert!(!page.contains(part) && !site.path().join("theme").join(part).exists());
    }
}

#[test]
fn the_head_of_a_piece_does_not_wait_for_the_styles_of_what_follows() {
    let site = site();
    let piece = site.path().join("theme/css/piece-0a1b.css");
    std::fs::write(piece, ".state {\n}\n").unwrap();
    let above = "<link rel=\"stylesheet\" href=\"theme/css/piece-0a1b.css\">\n";
    let below = "<link rel=\"stylesheet\" href=\"theme/css/a.css\">\n";
    let body = "<h1>Why?</h1><!-- shelf:styles --><!-- /shelf:styles -->\n<p>Text.</p>\n";
    let bundles = Bundles::of(site.path());
    let page = format!("{above}{below}{body}");
    let page = bundles.refer(&page, Path::new("x.html")).unwrap();
    let places = ["theme/css/site-", "<h1>", "theme/css/rest-", "<p>"];
    let places = places.map(|part| page.find(part).unwrap());
    assert!(places.is_sorted(), "{page}");
    assert_eq!(
        written(site.path(), &bundles, "theme/css/piece-0a1b.css"),
        [".state{}\n"]
    );
    assert!(!page.contains("shelf:styles"));
    // A page that is no piece has one file.
    let plain = format!("{above}{below}<p>Text.</p>\n");
    let plain = bundles.refer(&plain, Path::new("y.html")).unwrap();
    assert!(!plain.contains("theme/css/rest-"), "{plain}");
}

#[test]
fn a_part_for_a_class_goes_to_the_pages_that_have_it() {
    let site = site();
    let bundles = Bundles::of(site.path());
    bundles.refer(PAGE, Path::new("x.html")).unwrap();
    assert!(written(site.path(), &bundles, "theme/css/list/b.css").is_empty());
    let with = format!("{PAGE}<ul class=\"list\">");
    bundles.refer(&with, Path::new("y.html")).unwrap();
    assert_eq!(
        written(site.path(), &bundles, "theme/css/list/b.css"),
        ["a,b{color: red;margin: 0 1px;}\n.list{}\n"]
    );
}

#[test]
fn a_text_that_would_be_broken_stops_the_build() {
    for (part, text, is_torn) in [
        ("css/a.css", "a {\n  content: \"/* no comment\";\n}\n", true),
        ("css/a.css", "a {\n  content: '/* no comment';\n}\n", true),
        (
            "css/a.css",
            "a {\n  content: \"x\"; /* a \"comment\" */\n}\n",
            false,
        ),
        ("js/a.js", "a(`\n  // text\n`);\n", true),
        ("js/a.js", "a(`b ${c}`);\n", false),
    ] {
        let site = site();
        std::fs::write(site.path().join("theme").join(part), text).unwrap();
        let made = Bundles::of(site.path()).refer(PAGE, Path::new("x.html"));
        let said = made.map_err(|error| error.to_string());
        assert_eq!(said.is_err(), is_torn, "{text}");
        assert!(said.err().is_none_or(|said| said.contains(part)), "{text}");
    }
}
