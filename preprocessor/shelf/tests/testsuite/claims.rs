//! Every claim of the site can fail: scenes and steps are changed so that it is false, and the
//! command says which sample claimed what, and what was seen in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use evidence::{Claim, Claimed};
use serde::Deserialize as _;

use crate::real::{book_with, can_use, content};

/// What the samples of the site are made with.
const PROGRAMS: [&str; 19] = [
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
];

/// A file of `content/`, and each text in it that is replaced by another.
type Change = (&'static str, &'static [(&'static str, &'static str)]);

/// Changes of scenes, and of steps where no scene could make a claim false. Together they make every
/// claim false.
const CHANGES: &[Change] = &[
    (
        "scenes/archive-in-clear",
        &[("\"clear\"", "\"mutual-tls\"")],
    ),
    // TLS is spoken as before, to a gateway; the port that is listened at is the
    // one behind it.
    (
        "scenes/archive-under-tls",
        &[(
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
        )],
    ),
    (
        "scenes/archive-under-tls",
        &[("\"WORKSTATION1\"", "\"MODALITY1\"")],
    ),
    (
        "scenes/calls-out-freely",
        &[(
            "\"silence\"",
            "\"silence\"\n[firewall]\nprotects = \"archive\"\nallow = []\notherwise = \"drop\"\nmay-call = []",
        )],
    ),
    (
        "scenes/calls-out-listed",
        &[
            ("allow     = [\"192.0.2.21\"]", "allow = []"),
            ("\"tcp 192.0.2.21:104\"", "\"tcp 192.0.2.21:4242\""),
            ("\"tcp 192.0.2.9:6514\"", "\"tcp 203.0.113.9:443\""),
        ],
    ),
    (
        "scenes/calls-out-listed",
        &[
            (
                "[firewall]\nprotects  = \"archive\"\nallow     = [\"192.0.2.21\"]\notherwise = \"drop\"\n",
                "",
            ),
            (
                "may-call  = [\"tcp 192.0.2.21:104\", \"udp 192.0.2.5:53\", \"tcp 192.0.2.5:53\", \
                 \"udp 192.0.2.5:123\", \"tcp 192.0.2.9:6514\"]",
                "",
            ),
        ],
    ),
    (
        "scenes/certificate-ending-soon",
        &[("\"ending-soon\"", "\"good\"")],
    ),
    (
        "scenes/certificate-ending-soon",
        &[("\"ending-soon\"", "\"self-signed\"")],
    ),
    (
        "scenes/certificate-for-another-host",
        &[("\"other-host\"", "\"good\"")],
    ),
    (
        "scenes/certificate-for-another-host",
        &[("\"tls\"", "\"mutual-tls\"")],
    ),
    (
        "scenes/caller-list-under-mutual-tls",
        &[("calling   = [\"CT1\"]", "calling = [\"MODALITY1\"]")],
    ),
    (
        "scenes/checked-archive",
        &[("calling   = [\"MODALITY1\"]", "calling = \"any\"")],
    ),
    // The name that is borrowed is on no list.
    (
        "scenes/checked-archive",
        &[("calling   = [\"MODALITY1\"]", "calling = [\"CT1\"]")],
    ),
    (
        "scenes/closed-port",
        &[("\"nothing\"", "\"impostor\"\nsays = \"silence\"")],
    ),
    (
        "scenes/confined-service",
        &[("confined = true", "confined = false")],
    ),
    (
        "scenes/decoy",
        &[(
            "\"storescp\"\nshown-as  = \"192.0.2.70:11112\"\ntransport = \"clear\"",
            "\"impostor\"\nshown-as = \"192.0.2.70:11112\"\nsays = \"busy\"",
        )],
    ),
    (
        "scenes/default-archive",
        &[("queries   = [\"MODALITY1\"]", "queries = \"any\"")],
    ),
    (
        "scenes/default-archive",
        &[("calling   = \"any\"", "calling = [\"MODALITY1\"]")],
    ),
    (
        "scenes/device-that-asks-for-certificates",
        &[("\"mutual-tls\"", "\"tls\"")],
    ),
    (
        "scenes/device-that-asks-for-certificates",
        &[("\"mutual-tls\"", "\"clear\"")],
    ),
    (
        "scenes/gateway-before-archive",
        &[("\"ARCHIVE\"", "\"OTHER\"")],
    ),
    (
        "scenes/gateway-for-one-caller",
        &[("modality1.", "printer.")],
    ),
    (
        "scenes/host-firewall",
        &[
            (
                "allow     = [\"192.0.2.21\"]",
                "allow = []\nmay-call = [\"tcp 192.0.2.21:104\"]",
            ),
            ("\"drop\"", "\"reject\""),
        ],
    ),
    // No firewall; the second caller's address is known as that of an archive's client.
    (
        "scenes/host-firewall",
        &[
            (
                "[firewall]\nprotects  = \"device\"\nallow     = [\"192.0.2.21\"]\notherwise = \"drop\"",
                "",
            ),
            (
                "\"storescp\"",
                "\"orthanc\"\nae-title = \"ARCHIVE\"\nknown = [\"MODALITY1\"]\nknown-at = \"192.0.2.21\"",
            ),
        ],
    ),
    (
        "scenes/indexed-archive",
        &[(
            "kind     = \"shodan\"\nshown-as = \"192.0.2.80:80\"\nwatches  = [\"archive\"]",
            "kind = \"nothing\"\nshown-as = \"192.0.2.80:80\"",
        )],
    ),
    (
        "scenes/misleading-answers",
        &[
            ("called    = \"any\"", "called = \"checked\""),
            ("calling   = [\"MODALITY1\"]", "calling = \"any\""),
            ("says     = \"no-service\"", "says = \"busy\""),
            ("says     = \"busy\"", "says = \"no-service\""),
            ("\"garbage\"", "\"busy\""),
            ("\"tls\"", "\"clear\""),
            ("calling   = [\"MODALITY1\"]", "calling = [\"STRANGER\"]"),
        ],
    ),
    (
        "scenes/mutual-tls-archive",
        &[
            ("\"mutual-tls\"", "\"tls\""),
            ("calling   = \"any\"", "calling = [\"MODALITY1\"]"),
        ],
    ),
    ("scenes/new-authority", &[("\"good\"", "\"self-signed\"")]),
    // An authority whose own certificate says that it is none.
    (
        "samples/small-authority",
        &[("CA:TRUE,pathlen:0", "CA:FALSE")],
    ),
    // The card is asked for the other name.
    (
        "samples/small-authority",
        &[("\"modality1.example.test\"", "\"modality2.example.test\"")],
    ),
    (
        "scenes/no-firewall",
        &[(
            "transport = \"clear\"",
            "transport = \"clear\"\n[firewall]\nprotects = \"device\"\nallow = []\notherwise = \"drop\"",
        )],
    ),
    ("scenes/no-tls-and-old-tls", &[("\"1.0\"", "\"modern\"")]),
    ("scenes/no-tls-and-old-tls", &[("\"clear\"", "\"tls\"")]),
    ("scenes/null-suite", &[("\"null\"", "\"bcp195-nd\"")]),
    (
        "scenes/old-versions",
        &[
            ("\"rsa\"", "\"good\""),
            (
                "before    = \"inner\"",
                "before = \"inner\"\ncertificate = \"rsa\"\nversions = \"1.0\"",
            ),
        ],
    ),
    (
        "scenes/old-versions",
        &[(
            "transport   = \"tls\"\ncertificate = \"rsa\"",
            "transport = \"clear\"",
        )],
    ),
    (
        "scenes/one-caller-at-a-time",
        &[
            (
                "\"storescp\"\nshown-as  = \"192.0.2.30:11112\"\ntransport = \"clear\"",
                "\"dicom\"\nshown-as = \"192.0.2.30:11112\"\ntransport = \"clear\"\nae-title = \"OTHER\"\n\
                 called = \"checked\"\ncalling = \"any\"\nqueries = \"off\"",
            ),
            ("\"mutual-tls\"", "\"tls\""),
        ],
    ),
    // The silent caller is at the device itself.
    (
        "samples/gateway-idle",
        &[("server  = \"gateway\"", "server = \"device\"")],
    ),
    ("scenes/open-archive", &[("\"clear\"", "\"tls\"")]),
    (
        "scenes/lab-web-door",
        &[("\"combined\"", "\"path-only\""), ("^ALPHA", "^DELTA")],
    ),
    ("samples/search-by-number", &[("ACC-0001", "ACC-0009")]),
    (
        "samples/search-by-number",
        &[(
            "\"--accession\", \"ACC-0001\"",
            "\"--patient\", \"SYNTHETIC^ALPHA\"",
        )],
    ),
    (
        "scenes/orthanc-as-it-ships",
        &[(
            "known     = [\"WORKSTATION1\"]",
            "known = [\"MODALITY1\"]\nsettings = { DicomAlwaysAllowStore = false }",
        )],
    ),
    (
        "scenes/orthanc-as-it-ships",
        &[(
            "\"ARCHIVE\"",
            "\"OTHER\"\nsettings = { DicomCheckCalledAet = true }",
        )],
    ),
    (
        "scenes/program-in-preamble",
        &[("\"linux-program\"", "\"empty\"")],
    ),
    // Written anew with its preamble, which is what happens unless one says otherwise.
    (
        "samples/program-in-preamble",
        &[("\"-f\", \"dataset.raw\"", "\"image.dcm\"")],
    ),
    (
        "samples/scan-or-program",
        &[("\"-f\", \"dataset.raw\"", "\"image.dcm\"")],
    ),
    (
        "scenes/three-orthancs",
        &[
            ("DicomAlwaysAllowFind = true", "DicomCheckCalledAet = true"),
            (
                "known     = [\"WORKSTATION1\"]",
                "known = [\"WORKSTATION1\"]\nsettings = { DicomCheckCalledAet = true }",
            ),
            (
                "DicomCheckCalledAet    = true",
                "DicomCheckCalledAet = false",
            ),
        ],
    ),
    (
        "scenes/three-tls-ports",
        &[
            (
                "\"192.0.2.53:2762\"\ntransport = \"tls\"",
                "\"192.0.2.53:2762\"\ntransport = \"clear\"",
            ),
            (
                "\"192.0.2.54:4242\"\ntransport = \"tls\"",
                "\"192.0.2.54:4242\"\ntransport = \"clear\"",
            ),
            (
                "\"gateway\"\nshown-as  = \"192.0.2.55:2761\"\nbefore    = \"inner\"\ntransport = \"tls\"",
                "\"storescp\"\nshown-as = \"192.0.2.55:2761\"\ntransport = \"clear\"",
            ),
        ],
    ),
    ("scenes/tls-archive", &[("\"tls\"", "\"clear\"")]),
    (
        "scenes/unconfined-service",
        &[("\"gateway\"", "\"gateway\"\nconfined = true")],
    ),
    ("scenes/unlisted-ports", &[(":11112", ":4242")]),
    // Told which port to try, Nmap tries no thousand.
    (
        "samples/unlisted-ports",
        &[("\"-n\", \"{host}\"", "\"-n\", \"-p\", \"104\", \"{host}\"")],
    ),
    ("scenes/web-archive", &[("\"combined\"", "\"path-only\"")]),
    (
        "scenes/web-archive-down",
        &[("\"path-only\"", "\"combined\""), ("\"down\"", "\"up\"")],
    ),
];

/// A sample of the site.
struct Sample {
    /// Its scene.
    scene: String,
    /// What is said when each of its claims fails.
    failures: Vec<String>,
}

/// Every sample of the site.
fn samples() -> BTreeMap<String, Sample> {
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let sample: toml::Table = toml::from_str(&text).unwrap();
        let claims = sample["claim"].as_array().unwrap().iter();
        let claims = claims.map(|claim| claimed(claim.as_table().unwrap().clone()));
        let failures = claims.map(|claim| failure(&id, &claim.to_string()));
        let scene = sample["scene"].as_str().unwrap().to_owned();
        let failures = failures.collect();
        (id, Sample { scene, failures })
    };
    let folder = fs::read_dir(content().join("samples")).unwrap();
    folder.map(read).collect()
}

/// What is said when a claim fails, up to what is seen in its place.
fn failure(id: &str, claim: &str) -> String {
    format!("the sample \"{id}\" does not show what it claims; claimed: {claim}; observed: ")
}

fn claimed(mut table: toml::Table) -> Claimed {
    let step = table.remove("step").map(|step| step.as_integer().unwrap());
    let at = table.remove("at").map(|at| at.as_str().unwrap().to_owned());
    Claimed {
        step: step.map(|step| usize::try_from(step).unwrap()),
        at,
        claim: Claim::deserialize(toml::Value::Table(table)).unwrap(),
    }
}

/// The changes, by the scene that they concern. What concerns the same scene is tried one after the
/// other, each time from the beginning; all else side by side.
fn rounds(samples: &BTreeMap<String, Sample>) -> Vec<BTreeMap<&str, &'static Change>> {
    let mut rounds: Vec<BTreeMap<&str, &Change>> = Vec::new();
    for change in CHANGES {
        let scene = match change.0.split_once('/').unwrap() {
            ("samples", id) => samples[id].scene.as_str(),
            (_, scene) => scene,
        };
        match rounds.iter_mut().find(|round| !round.contains_key(scene)) {
            Some(round) => {
                round.insert(scene, change);
            }
            None => rounds.push(BTreeMap::from([(scene, change)])),
        }
    }
    rounds
}

/// What the command says of the samples whose scenes are concerned.
fn verified(round: &BTreeMap<&str, &Change>, samples: &BTreeMap<String, Sample>) -> String {
    let concerned = samples
        .iter()
        .filter(|(_, sample)| round.contains_key(sample.scene.as_str()));
    let ids: Vec<&str> = concerned.map(|(id, _)| id.as_str()).collect();
    let book = book_with(&ids);
    for (file, replaced) in round.values() {
        let path = format!("content/{file}.toml");
        let mut text = book.read(&path);
        for (from, to) in *replaced {
            assert!(text.contains(from), "{file} does not contain {from:?}");
            text = text.replacen(from, to, 1);
        }
        book.write(&path, &text);
    }
    let ran = book.run(&["samples", "verify"]);
    ran.assert_exit(1);
    ran.stderr()
}

#[test]
fn every_claim_of_the_site_can_fail() {
    if !can_use(&PROGRAMS) {
        return;
    }
    let samples = samples();
    let rounds = rounds(&samples).into_iter();
    let said: String = rounds.map(|round| verified(&round, &samples)).collect();
    let fails = |failure: &&String| {
        let mut observed = said.lines().filter_map(|line| line.split_once(*failure));
        observed.any(|(_, observed)| !observed.trim().is_empty())
    };
    let all: BTreeSet<&String> = samples.values().flat_map(|s| &s.failures).collect();
    let never: Vec<&String> = all.into_iter().filter(|failure| !fails(failure)).collect();
    assert!(never.is_empty(), "never said: {never:#?} but:\n{said}");
    // Not because nobody was told anything, but because the names were read.
    let claimed = "claimed: step 4: no patient name readable on the wire";
    let read = format!(
        "the sample \"wire-under-tls\" does not show what it claims; {claimed}; observed: 3 patient \
         names readable on the wire"
    );
    assert!(said.contains(&read), "{said}");
}
