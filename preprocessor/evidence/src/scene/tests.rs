#![allow(clippy::unwrap_used)]

use super::*;

const GOOD: &str = r#"
title = "Two servers"

[[server]]
name      = "archive"
kind      = "dicom"
shown-as  = "192.0.2.10:11112"
transport = "clear"
ae-title  = "ARCHIVE"
called    = "checked"
calling   = "any"
queries   = ["MODALITY1"]

[[server.patient]]
name = "SYNTHETIC^ALPHA"
id   = "SYN-0001"

[[server]]
name     = "door"
kind     = "nothing"
shown-as = "[2001:db8::7]:104"
"#;

fn archive(scene: &Scene) -> &Archive {
    match &scene.servers[0].kind {
        Kind::Dicom(archive) => archive,
        _ => panic!("the first server is an archive"),
    }
}

#[test]
fn a_scene_is_read() {
    let scene = Scene::parse("two", GOOD).unwrap();
    assert_eq!(
        (scene.id.as_str(), scene.title.as_str()),
        ("two", "Two servers")
    );
    assert_eq!(scene.servers.len(), 2);
    let archive = archive(&scene);
    assert_eq!(archive.transport, Transport::Clear);
    assert_eq!(archive.called, Called::Checked);
    assert_eq!(archive.calling, Callers::Any);
    assert!(archive.queries.admit("MODALITY1") && !archive.queries.admit("STRANGER"));
    assert_eq!(archive.patients[0].name.as_str(), "SYNTHETIC^ALPHA");
    assert_eq!(scene.servers[1].kind, Kind::Nothing);
    assert_eq!(scene.servers[1].shown_as.to_string(), "[2001:db8::7]:104");
    assert_eq!(scene.server(None), None);
    assert_eq!(scene.server(Some("door")).unwrap().name, "door");
}

/// One change to a good scene, the words the problem has to say, and the text
/// it has to point at.
#[test]
fn a_misfit_names_its_place() {
    for (good, bad, problem, place) in [
        (
            "title = \"Two servers\"",
            "",
            "`title` is missing",
            GOOD.trim(),
        ),
        (
            "192.0.2.10:11112",
            "10.0.0.1:104",
            "`shown-as` cannot be",
            "\"10.0.0.1:104\"",
        ),
        (
            "192.0.2.10:11112",
            "192.0.2.10",
            "`shown-as` cannot be",
            "\"192.0.2.10\"",
        ),
        (
            "SYNTHETIC^ALPHA",
            "DOE^JANE",
            "`name` cannot be",
            "\"DOE^JANE\"",
        ),
        ("SYN-0001", "4711", "`id` cannot be", "\"4711\""),
        (
            "\"clear\"",
            "\"ssl\"",
            "`transport` cannot be \"ssl\"",
            "\"ssl\"",
        ),
        (
            "\"ARCHIVE\"",
            "\"A TITLE TOO LONG FOR IT\"",
            "`ae-title` cannot be",
            "\"A TITLE TOO LONG FOR IT\"",
        ),
        ("\"ARCHIVE\"", "7", "`ae-title` is not a string", "7"),
        (
            "[\"MODALITY1\"]",
            "[\"\"]",
            "this is not an AE title",
            "\"\"",
        ),
        (
            "[\"MODALITY1\"]",
            "\"some\"",
            "`queries` says neither",
            "\"some\"",
        ),
        ("\"any\"", "\"off\"", "`calling` says neither", "\"off\""),
        (
            "kind     = \"nothing\"",
            "kind = \"pacs\"",
            "`kind` cannot be",
            "\"pacs\"",
        ),
        (
            "kind     = \"nothing\"",
            "kind = \"nothing\"\nmood = 1",
            "nobody knows the key `mood`",
            "mood",
        ),
        (
            "\"door\"",
            "\"archive\"",
            "two servers have the name",
            "[[server]]",
        ),
        (
            "\"door\"",
            "\"Door <1>\"",
            "`name` cannot be",
            "\"Door <1>\"",
        ),
        (
            "[2001:db8::7]:104",
            "192.0.2.10:11112",
            "two servers are shown as",
            "[[server]]",
        ),
    ] {
        let text = GOOD.replacen(good, bad, 1);
        assert_ne!(text, GOOD, "{bad}");
        let misfits = Scene::parse("x", &text).unwrap_err();
        assert_eq!(misfits.len(), 1, "{bad}: {misfits:?}");
        let misfit = &misfits[0];
        assert!(misfit.problem.starts_with(problem), "{misfit:?}");
        assert!(!misfit.help.is_empty());
        let shown = &text[misfit.span.clone()];
        let expected = if place == GOOD.trim() {
            text.as_str()
        } else {
            place
        };
        assert_eq!(shown, expected, "{misfit:?}");
    }
}

#[test]
fn every_misfit_is_found_at_once() {
    let text = GOOD
        .replace("\"clear\"", "\"ssl\"")
        .replace("SYN-0001", "4711")
        .replace("\"door\"", "3")
        .replace("title =", "titel =");
    let problems: Vec<_> = Scene::parse("x", &text)
        .unwrap_err()
        .into_iter()
        .map(|misfit| misfit.problem)
        .collect();
    assert_eq!(problems.len(), 5, "{problems:?}");
}

#[test]
fn broken_toml_is_a_misfit_too() {
    let misfits = Scene::parse("x", "title = \n[[server").unwrap_err();
    assert!(!misfits.is_empty());
    assert!(Scene::parse("x", "").is_err());
    assert!(Scene::parse("x", "title = 'x'\nserver = 3").is_err());
}

#[test]
fn layout_does_not_change_a_digest() {
    let digest = |text: &str| Scene::parse("two", text).unwrap().digest();
    let spaced = GOOD.replace(" = ", "   =   ").replace("Two", "2") + "# a remark\n";
    assert_eq!(digest(GOOD), digest(&spaced));
    assert_ne!(digest(GOOD), digest(&GOOD.replace("SYN-0001", "SYN-0002")));
    assert_ne!(digest(GOOD), digest(&GOOD.replace("checked", "any")));
}

#[test]
fn titles_have_rules() {
    for good in ["A", "MODALITY 1", "SIXTEEN-LETTERS-"] {
        assert_eq!(good.parse::<AeTitle>().unwrap().as_str(), good);
    }
    for bad in ["", " A", "A ", "A\\B", "Ä", "A\nB", "SEVENTEEN-LETTERS"] {
        assert!(bad.parse::<AeTitle>().is_err(), "{bad:?}");
    }
}

#[test]
fn shown_addresses_are_for_documentation() {
    for good in [
        "192.0.2.1:1",
        "198.51.100.255:104",
        "203.0.113.9:2762",
        "[2001:db8:1::]:1",
    ] {
        assert_eq!(good.parse::<ShownAs>().unwrap().to_string(), good);
    }
    for bad in [
        "192.0.3.1:1",
        "127.0.0.1:104",
        "192.0.2.1:0",
        "192.0.2.1",
        "[2001:db9::]:1",
    ] {
        assert!(bad.parse::<ShownAs>().is_err(), "{bad}");
    }
}

const GUARDED: &str = r#"
title = "A gateway and its machine"

[[server]]
name      = "device"
kind      = "storescp"
shown-as  = "192.0.2.30:11112"
transport = "clear"

[[server]]
name      = "gateway"
kind      = "gateway"
shown-as  = "192.0.2.31:2762"
before    = "device"
transport = "mutual-tls"
admits    = "modality1.example.test"

[firewall]
protects  = "device"
allow     = []
otherwise = "drop"
may-call  = ["tcp 192.0.2.21:104", "udp 192.0.2.5:123"]

[[unit]]
name     = "gateway"
confined = true
"#;

#[test]
fn what_a_machine_may_do_is_read() {
    let scene = Scene::parse("guarded", GUARDED).unwrap();
    let Kind::Gateway(gateway) = &scene.servers[1].kind else {
        panic!("the second server is a gateway");
    };
    assert_eq!(gateway.admits.as_deref(), Some("modality1.example.test"));
    let may_call = scene.firewall.as_ref().unwrap().may_call.as_ref().unwrap();
    assert_eq!(may_call[0].protocol, Protocol::Tcp);
    assert_eq!(may_call[1].at.to_string(), "192.0.2.5:123");
    // Whoever may be called has an address to be called at.
    assert!(scene.addresses().contains(&"192.0.2.5".parse().unwrap()));
    assert_eq!((scene.units.len(), scene.units[0].confined), (1, true));
    assert!(scene.needs_a_cage());
}

#[test]
fn what_a_machine_may_do_has_rules() {
    for (good, bad, problem) in [
        ("\"mutual-tls\"", "\"tls\"", "`admits` cannot be"),
        (
            "\"modality1.example.test\"",
            "\"*.example.test\"",
            "`admits` cannot be",
        ),
        (
            "\"modality1.example.test\"",
            "\"modality1.example.org\"",
            "`admits` cannot be",
        ),
        (
            "tcp 192.0.2.21:104",
            "sctp 192.0.2.21:104",
            "this does not belong",
        ),
        (
            "tcp 192.0.2.21:104",
            "tcp 10.0.0.1:104",
            "this does not belong",
        ),
        (
            "tcp 192.0.2.21:104",
            "tcp [2001:db8::1]:104",
            "this does not belong",
        ),
        (
            "192.0.2.30:",
            "[2001:db8::30]:",
            "`may-call` cannot be said",
        ),
        ("confined = true", "confined = 1", "`confined` is neither"),
    ] {
        let text = GUARDED.replacen(good, bad, 1);
        assert_ne!(text, GUARDED, "{bad}");
        let misfits = Scene::parse("x", &text).unwrap_err();
        assert_eq!(misfits.len(), 1, "{bad}: {misfits:?}");
        assert!(misfits[0].problem.starts_with(problem), "{misfits:?}");
    }
}

#[test]
fn a_service_file_changes_a_digest() {
    let digest = |text: &str| Scene::parse("x", text).unwrap().digest();
    let other = GUARDED.replace("confined = true", "confined = false");
    assert_ne!(digest(GUARDED), digest(&other));
    assert_ne!(digest(GUARDED), digest(&GUARDED.replace(":123", ":53")));
}

#[test]
fn files_that_lie_ready_have_names_of_their_own() {
    let unit = |name: &str| format!("[[unit]]\nname = \"{name}\"\n");
    let file = |name: &str| format!("[[file]]\nname = \"{name}.dcm\"\npreamble = \"empty\"\n");
    let title = "title = \"Files\"\n";
    for (text, problem, place) in [
        (
            unit("a") + &unit("b") + &unit("a"),
            "two units have the name \"a\"",
            2,
        ),
        (
            file("a") + &file("a"),
            "two files have the name \"a.dcm\"",
            1,
        ),
        (
            (0..17).map(|number| unit(&format!("u{number}"))).collect(),
            "a scene has at most 16 units",
            16,
        ),
        (
            (0..17).map(|number| file(&format!("f{number}"))).collect(),
            "a scene has at most 16 files",
            16,
        ),
    ] {
        let text = format!("{title}{text}");
        let misfits = Scene::parse("x", &text).unwrap_err();
        assert_eq!(misfits.len(), 1, "{misfits:?}");
        assert_eq!(misfits[0].problem, problem);
        let (start, _) = text.match_indices("[[").nth(place).unwrap();
        assert_eq!(misfits[0].span.start, start, "{problem}");
    }
    let sixteen: String = (0..16).map(|number| unit(&format!("u{number}"))).collect();
    assert!(Scene::parse("x", &(title.to_owned() + &sixteen)).is_ok());
}
