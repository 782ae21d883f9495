//! Every claim of the site can fail: a scene is changed so that it is false, and the command says
//! which sample claimed what, and what was seen in its place.

use std::collections::BTreeMap;
use std::fs;

use crate::book::Book;
use crate::real::{can_use, content};

/// For each scene, one change that makes false what every sample of it claims.
const CHANGES: [(&str, &str, &str); 34] = [
    ("archive-in-clear", "\"clear\"", "\"mutual-tls\""),
    // TLS is spoken as before, to a gateway; the port that is listened at is the
    // one behind it.
    (
        "archive-under-tls",
        "name      = \"archive\"\nkind      = \"orthanc\"\nshown-as  = \"192.0.2.57:2762\"\n\
         transport = \"mutual-tls\"",
        "name = \"inner\"\nkind = \"orthanc\"\nshown-as = \"192.0.2.58:2762\"\n\
         transport = \"clear\"\nae-title = \"ARCHIVE\"\nknown = [\"WORKSTATION1\"]\npatient = [\n\
         { name = \"SYNTHETIC^ALPHA\", id = \"SYN-0001\" },\n\
         { name = \"SYNTHETIC^BRAVO\", id = \"SYN-0002\" },\n\
         { name = \"SYNTHETIC^CHARLIE\", id = \"SYN-0003\" },\n]\n\
         [[server]]\nname = \"archive\"\nkind = \"gateway\"\nshown-as = \"192.0.2.57:2763\"\n\
         before = \"inner\"\ntransport = \"mutual-tls\"\n\
         [[server]]\nname = \"spare\"\nkind = \"orthanc\"\nshown-as = \"192.0.2.59:11112\"\n\
         transport = \"clear\"",
    ),
    (
        "calls-out-freely",
        "\"silence\"",
        "\"silence\"\n[firewall]\nprotects = \"archive\"\nallow = []\notherwise = \"drop\"\nmay-call = []",
    ),
    (
        "calls-out-listed",
        "\"tcp 192.0.2.9:6514\"",
        "\"tcp 203.0.113.9:443\"",
    ),
    ("certificate-ending-soon", "\"ending-soon\"", "\"good\""),
    ("certificate-for-another-host", "\"other-host\"", "\"good\""),
    (
        "checked-archive",
        "calling   = [\"MODALITY1\"]",
        "calling = \"any\"",
    ),
    (
        "closed-port",
        "\"nothing\"",
        "\"impostor\"\nsays = \"silence\"",
    ),
    ("confined-service", "confined = true", "confined = false"),
    (
        "decoy",
        "\"storescp\"\nshown-as  = \"192.0.2.70:11112\"\ntransport = \"clear\"",
        "\"impostor\"\nshown-as = \"192.0.2.70:11112\"\nsays = \"cut-off\"",
    ),
    (
        "default-archive",
        "queries   = [\"MODALITY1\"]",
        "queries = \"any\"",
    ),
    (
        "device-that-asks-for-certificates",
        "\"mutual-tls\"",
        "\"tls\"",
    ),
    ("gateway-before-archive", "\"ARCHIVE\"", "\"OTHER\""),
    ("gateway-for-one-caller", "modality1.", "printer."),
    ("host-firewall", "\"drop\"", "\"reject\""),
    (
        "indexed-archive",
        "kind     = \"shodan\"\nshown-as = \"192.0.2.80:80\"\nwatches  = [\"archive\"]",
        "kind = \"nothing\"\nshown-as = \"192.0.2.80:80\"",
    ),
    (
        "misleading-answers",
        "called    = \"any\"\ncalling   = \"any\"",
        "called = \"checked\"\ncalling = \"any\"",
    ),
    ("mutual-tls-archive", "\"mutual-tls\"", "\"tls\""),
    (
        "no-firewall",
        "transport = \"clear\"",
        "transport = \"clear\"\n[firewall]\nprotects = \"device\"\nallow = []\notherwise = \"drop\"",
    ),
    ("new-authority", "\"good\"", "\"self-signed\""),
    ("no-tls-and-old-tls", "\"1.0\"", "\"modern\""),
    ("null-suite", "\"null\"", "\"bcp195-nd\""),
    ("old-versions", "\"rsa\"", "\"good\""),
    (
        "one-caller-at-a-time",
        "\"storescp\"\nshown-as  = \"192.0.2.30:11112\"\ntransport = \"clear\"",
        "\"dicom\"\nshown-as = \"192.0.2.30:11112\"\ntransport = \"clear\"\nae-title = \"OTHER\"\n\
         called = \"checked\"\ncalling = \"any\"\nqueries = \"off\"",
    ),
    ("open-archive", "\"clear\"", "\"tls\""),
    (
        "orthanc-as-it-ships",
        "known     = [\"WORKSTATION1\"]",
        "known = [\"MODALITY1\"]\nsettings = { DicomAlwaysAllowStore = false }",
    ),
    ("program-in-preamble", "\"linux-program\"", "\"empty\""),
    (
        "three-orthancs",
        "DicomAlwaysAllowFind = true",
        "DicomAlwaysAllowFind = false",
    ),
    (
        "three-tls-ports",
        "\"192.0.2.53:2762\"\ntransport = \"tls\"",
        "\"192.0.2.53:2762\"\ntransport = \"clear\"",
    ),
    ("tls-archive", "\"tls\"", "\"clear\""),
    (
        "unconfined-service",
        "\"gateway\"",
        "\"gateway\"\nconfined = true",
    ),
    ("unlisted-ports", ":11112", ":4242"),
    ("web-archive", "\"combined\"", "\"path-only\""),
    ("web-archive-down", "\"down\"", "\"up\""),
];

#[test]
fn every_claim_of_the_site_can_fail() {
    if !can_use(&[
        "Orthanc",
        "curl",
        "dcmconv",
        "echoscu",
        "file",
        "ip",
        "mount",
        "nft",
        "nginx",
        "nmap",
        "openssl",
        "shodan",
        "sslscan",
        "storescp",
        "stunnel",
        "systemd-analyze",
        "testssl",
        "tshark",
        "unshare",
    ]) {
        return;
    }
    let book = Book::new();
    let mut samples = BTreeMap::new();
    for folder in ["samples", "scenes", "recordings"] {
        // A fresh clone has no folder where there is no file.
        let _ = fs::remove_dir_all(book.root().join("content").join(folder));
        for entry in fs::read_dir(content().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            if folder == "samples" {
                let sample: toml::Table = toml::from_str(&text).unwrap();
                let scene = sample["scene"].as_str().unwrap().to_owned();
                samples.insert(name.trim_end_matches(".toml").to_owned(), scene);
            }
            book.write(&format!("content/{folder}/{name}"), &text);
        }
    }
    for (scene, from, to) in CHANGES {
        let path = format!("content/scenes/{scene}.toml");
        let text = book.read(&path);
        assert!(text.contains(from), "{scene} does not contain {from:?}");
        book.write(&path, &text.replacen(from, to, 1));
    }
    let ran = book.run(&["samples", "verify"]);
    ran.assert_exit(1);
    let said = ran.stderr();
    for (sample, scene) in &samples {
        assert!(
            CHANGES.iter().any(|(changed, ..)| changed == scene),
            "no change for the scene {scene} of {sample}"
        );
        let failed = format!("the sample \"{sample}\" does not show what it claims; claimed: ");
        let line = said.lines().find(|line| line.contains(&failed));
        let line = line.unwrap_or_else(|| panic!("{sample} still holds, or was not run:\n{said}"));
        let (_, observed) = line.split_once("; observed: ").unwrap();
        assert!(!observed.trim().is_empty(), "{line}");
    }
    // Not because nobody was told anything, but because the names were read.
    let claimed = "claimed: step 4: no patient name readable on the wire";
    let read = format!(
        "the sample \"wire-under-tls\" does not show what it claims; {claimed}; observed: 3 patient \
         names readable on the wire"
    );
    assert!(said.contains(&read), "{said}");
}
