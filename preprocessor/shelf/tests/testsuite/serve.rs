//! `cargo shelf serve`.

pub(crate) mod client;

use std::fs;
use std::net::TcpListener;
use std::time::Duration;

use crate::book::Book;
use client::Served;

const PAGE: &str = "src/answers/exposed.md";

#[test]
fn a_page_comes_with_the_policy_and_the_way_to_learn_of_the_next() {
    let book = Book::recorded();
    let served = Served::start(&book);
    let page = served.get("/answers/exposed.html");
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    for rule in [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(
        !policy.contains("connect-src") && !policy.contains("unsafe"),
        "{policy}"
    );
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    assert!(page.body.contains("Is it exposed?"), "{}", page.body);
    assert_eq!(
        page.body
            .matches("<script defer src=\"/-/live.js\" data-site=")
            .count(),
        1
    );
    for (path, kind) in [
        ("/-/live.js", "text/javascript; charset=utf-8"),
        ("/-/live.css", "text/css; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/kit/", "text/html; charset=utf-8"),
    ] {
        assert_eq!(
            served.get(path).header("content-type"),
            Some(kind),
            "{path}"
        );
    }
    let lost = served.get("/nothing.html");
    assert_eq!(lost.status, 404);
    assert!(lost.body.contains("/-/live.js"), "{}", lost.body);
    let head = served.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(served.get("/answers").header("location"), Some("/answers/"));
}

#[test]
fn a_change_makes_the_next_edition_and_touches_nothing() {
    let book = Book::recorded();
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let (texts, site) = (book.files("content"), book.files("book"));
    let served = Served::start(&book);
    let before = served.news("/answers/exposed.html", 0);
    assert_eq!(before["current"], true, "{before}");
    book.edit(PAGE, "A stranger calls", "A visitor calls");
    let after = served.news("/answers/exposed.html", before["edition"].as_u64().unwrap());
    assert_eq!(after["current"], true, "{after}");
    assert!(after["site"].as_u64() > before["site"].as_u64(), "{after}");
    assert!(
        served
            .get("/answers/exposed.html")
            .body
            .contains("A visitor calls")
    );
    assert!(book.files("content") == texts && book.files("book") == site);
    let said = served.end();
    assert!(
        said.contains("Made src/answers/exposed.md: no findings, in "),
        "{said}"
    );
}

/// Made one after the other, with what is kept between them.
#[test]
fn an_edition_is_the_website_that_a_build_makes() {
    let book = Book::themed();
    let served = Served::start(&book);
    let before = served.news("/", 0);
    book.edit(PAGE, "A stranger calls", "A visitor calls");
    let after = served.news("/", before["edition"].as_u64().unwrap());
    assert_eq!(after["current"], true, "{after}");
    book.run(&["build", "--samples", "recorded"]).assert_exit(0);
    let built = book.files("book");
    let is_page = |path: &str| path.ends_with(".html");
    let is_shown = |path: &str| {
        is_page(path)
            || ["theme/", "search/", "figures/", "slides/"]
                .iter()
                .any(|folder| path.starts_with(folder))
    };
    let mut compared = 0;
    for (path, bytes) in &built {
        let path = path.to_string_lossy();
        // The lists of the whole kit and the page for lost readers name the address of the website.
        if !is_shown(&path) || path.starts_with("kit/") || path == "404.html" {
            continue;
        }
        let served = served.get(&format!("/{path}"));
        let ours = served
            .body
            .find("<link rel=\"stylesheet\" href=\"/-/live.css\">");
        let body = match ours.filter(|_| is_page(&path)) {
            Some(at) => {
                let rest = served.body[at..].find("</head>").unwrap();
                served.body[..at].to_owned() + &served.body[at + rest..]
            }
            None => served.body,
        };
        assert!(body == String::from_utf8_lossy(bytes), "{path} differs");
        compared += 1;
    }
    assert!(compared > 5, "{compared}");
}

#[test]
fn a_broken_page_is_told_with_its_place_and_the_old_one_stays() {
    let book = Book::recorded();
    let served = Served::start(&book);
    let before = served.news("/answers/exposed.html", 0);
    book.edit(PAGE, "[^b-source]", "[^c-source]");
    let told = served.news("/answers/exposed.html", before["edition"].as_u64().unwrap());
    assert_eq!(told["current"], false, "{told}");
    assert_eq!(told["site"], before["site"]);
    assert_eq!(told["path"], PAGE);
    let here = told["here"].as_array().unwrap();
    let found = here
        .iter()
        .find(|found| found["rule"] == "source/unknown")
        .unwrap();
    assert_eq!(
        (&found["line"], &found["column"]),
        (&18.into(), &48.into()),
        "{found}"
    );
    assert_eq!(found["severity"], "error");
    assert!(!found["help"].as_str().unwrap().is_empty());
    assert!(
        served
            .get("/answers/exposed.html")
            .body
            .contains("with a listener")
    );
    // Another page is told where, and how much.
    let told_elsewhere = served.news("/plain.html", 0);
    assert_eq!(told_elsewhere["here"].as_array().unwrap().len(), 0);
    assert_eq!(
        told_elsewhere["elsewhere"][0]["page"],
        "/answers/exposed.html"
    );
    // And mended again.
    book.edit(PAGE, "[^c-source]", "[^b-source]");
    let mended = served.news("/answers/exposed.html", told["edition"].as_u64().unwrap());
    assert_eq!(mended["current"], true, "{mended}");
    let said = served.end();
    assert!(
        said.contains("the last good website stays in sight"),
        "{said}"
    );
}

#[test]
fn a_book_that_begins_broken_is_served_when_it_is_mended() {
    let book = Book::recorded();
    book.edit("book.toml", "[\"links\"]", "[\"links\"");
    // A book without readable settings is no book; one with findings is.
    let ran = book.run(&["serve", "--port", "0"]);
    ran.assert_exit(2);
    book.edit("book.toml", "[\"links\"", "[\"links\"]");
    book.edit(PAGE, "[^b-source]", "[^c-source]");
    let served = Served::start(&book);
    let page = served.get("/answers/exposed.html");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("data-site=\"0\""), "{}", page.body);
    let told = served.news("/answers/exposed.html", 0);
    assert_eq!(told["site"], 0, "{told}");
    // Settings that break while it is served are told too.
    let settings = book.read("book.toml");
    book.write("book.toml", "nonsense");
    let told = served.news("/", told["edition"].as_u64().unwrap());
    assert!(
        told["trouble"].as_str().unwrap().contains("book.toml"),
        "{told}"
    );
    book.write("book.toml", &settings);
    book.edit(PAGE, "[^c-source]", "[^b-source]");
    served.until("/", &told, |told| told["current"] == true);
    assert_eq!(served.get("/answers/exposed.html").status, 200);
}

#[test]
fn a_sample_is_run_again_only_when_it_has_changed() {
    let book = Book::new();
    let served = Served::start_with(&book, &["--samples", "live"]);
    let first = served.news("/", 0);
    book.edit(PAGE, "A stranger calls", "A visitor calls");
    let second = served.news("/", first["edition"].as_u64().unwrap());
    book.edit(
        "content/samples/names-in-clear.toml",
        "title",
        "# changed in nothing\ntitle",
    );
    let third = served.news("/", second["edition"].as_u64().unwrap());
    book.edit("content/scenes/open-archive.toml", "SYN-0003", "SYN-0004");
    let fourth = served.news("/", third["edition"].as_u64().unwrap());
    assert_eq!(fourth["current"], true, "{fourth}");
    let said = served.end();
    let runs = |id: &str| said.matches(&format!("Ran {id} live")).count();
    let scenes = ["stranger", "names-in-clear", "names-under-tls"];
    assert_eq!(scenes.map(runs), [2, 2, 1], "{said}");
}

#[test]
fn only_this_machine_by_its_own_name_is_answered() {
    let book = Book::recorded();
    let served = Served::start(&book);
    for host in [
        "evil.example",
        "127.0.0.1.evil.example:3000",
        "192.0.2.1",
        "0.0.0.0",
        "",
    ] {
        let refused = served.ask(&format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(refused.status, 421, "{host}");
        assert!(!refused.body.contains("Is it exposed?"));
    }
    let twice =
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(served.ask(twice).status, 421);
    assert_eq!(served.ask("GET / HTTP/1.0\r\n\r\n").status, 421);
    let absolute =
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(served.ask(absolute).status, 421);
    let named = format!(
        "GET / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        served.port
    );
    assert_eq!(served.ask(&named).status, 200);
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let refused = served.ask(&format!(
            "{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(
            (refused.status, refused.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
}

#[test]
fn nothing_but_the_site_is_shown() {
    let book = Book::recorded();
    fs::write(book.root().join("secret.txt"), "SECRET").unwrap();
    let served = Served::start(&book);
    for path in [
        "/../secret.txt",
        "/../../secret.txt",
        "/answers/../../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/secret.txt%00.html",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/book.toml",
        "/.nojekyll",
        "/-/nothing",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.body.contains("SECRET") && !answer.body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn a_port_that_is_taken_is_a_usage_error_and_says_what_to_do() {
    let book = Book::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = book.run(&["serve", "--port", &port.to_string()]);
    ran.assert_exit(2);
    assert!(
        ran.stderr().contains("choose another port"),
        "{}",
        ran.stderr()
    );
}

/// Every other address of this machine, loopback too, is free on the same port.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_one_address_alone() {
    let book = Book::recorded();
    let served = Served::start(&book);
    let listening = fs::read_to_string("/proc/net/tcp").unwrap()
        + &fs::read_to_string("/proc/net/tcp6").unwrap();
    let port = format!(":{:04X}", served.port);
    let addresses: Vec<&str> = listening
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            let (local, _, state) = (words.next()?, words.next()?, words.next()?);
            (state == "0A").then_some(local)
        })
        .filter(|local| local.ends_with(&port))
        .collect();
    // 127.0.0.1, in the order of a small-endian machine's bytes; in the other one 7F000001.
    assert_eq!(addresses.len(), 1, "{addresses:?}");
    assert!(
        ["0100007F", "7F000001"]
            .iter()
            .any(|own| addresses[0].starts_with(own)),
        "{addresses:?}"
    );
}

#[test]
fn it_ends_when_it_is_asked_to_and_leaves_nothing() {
    let book = Book::recorded();
    let mut served = Served::start(&book);
    served.news("/", 0);
    let folder = served.temporary();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert_eq!(served.interrupt(Duration::from_secs(10)), Some(0));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
