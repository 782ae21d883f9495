//! Real reports, and reports that nobody would want.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use proptest::prelude::*;
use regex::Regex;

use super::*;

/// The facts of a report.
fn facts(report: &[u8]) -> Scan {
    let output = Output {
        report: report.to_vec(),
        ..Output::default()
    };
    let context = Context {
        names: &[],
        ids: &[],
    };
    match read(&output, &context) {
        Seen::Ports(scan) => scan,
        other => panic!("{other:?}"),
    }
}

/// The facts of a real report.
fn real(name: &str) -> Scan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/nmap");
    facts(&fs::read(path.join(name)).unwrap())
}

/// Number, state and sentence of each port, host by host.
fn pings(scan: &Scan) -> Vec<(&str, u16, Port, Option<Ping>)> {
    scan.hosts
        .iter()
        .flat_map(|host| {
            let address = host.address.as_str();
            host.ports
                .iter()
                .map(move |port| (address, port.number, port.state, port.ping))
        })
        .collect()
}

#[test]
fn ports_are_told_apart() {
    // Nmap's own list leaves out most ports of DICOM.
    let scan = real("default-ports-archive");
    assert_eq!((scan.tried, scan.finished), (1_000, true));
    let found: Vec<u16> = pings(&scan).iter().map(|port| port.1).collect();
    assert!(found.contains(&4242));
    // These three are open as well.
    assert!(!found.iter().any(|port| [104, 2762, 11112].contains(port)));
    let scan = real("named-dicom-ports");
    assert_eq!(scan.tried, 5);
    let services: Vec<_> = scan.hosts[0]
        .ports
        .iter()
        .map(|port| {
            (
                port.number,
                port.state,
                port.service.as_ref().unwrap().as_str(),
            )
        })
        .collect();
    assert_eq!(
        services,
        [
            (104, Port::Open, "acr-nema"),
            (2761, Port::Closed, "dicom-iscl"),
            (2762, Port::Open, "dicom-tls"),
            (4242, Port::Open, "vrml-multi-use"),
            (11112, Port::Open, "dicom"),
        ]
    );
    let states = |name| -> Vec<_> { pings(&real(name)).into_iter().map(|p| (p.1, p.2)).collect() };
    assert_eq!(
        states("firewall-stranger"),
        [
            (104, Port::Closed),
            (2762, Port::Open),
            (11112, Port::Filtered),
            (11113, Port::Closed),
        ]
    );
    assert_eq!(states("firewall-modality")[2], (11112, Port::Open));
}

#[test]
fn sentences_of_dicom_ping_are_told_apart() {
    use Ping::{AnyTitle, Failed, TitleCheck};
    for (name, ping) in [
        ("dicom-ping-open", Some(AnyTitle)),
        ("dicom-ping-title-check", Some(TitleCheck)),
        ("dicom-ping-right-title", Some(AnyTitle)),
        ("dicom-ping-calling-refused", Some(TitleCheck)),
        ("dicom-ping-busy", Some(TitleCheck)),
        ("dicom-ping-no-context", Some(AnyTitle)),
        ("dicom-ping-garbage", Some(AnyTitle)),
        ("dicom-ping-hostile-name", Some(AnyTitle)),
        ("dicom-ping-tls", Some(Failed)),
        ("dicom-ping-silent", None),
    ] {
        let scan = real(name);
        assert!(scan.finished, "{name}");
        assert_eq!(pings(&scan)[0].3, ping, "{name}");
    }
    let zoo: Vec<_> = pings(&real("dicom-ping-zoo"))
        .into_iter()
        .map(|port| port.3)
        .collect();
    assert_eq!(
        zoo,
        [
            Some(AnyTitle),   // an acceptance
            Some(AnyTitle),   // with no presentation context
            Some(TitleCheck), // called title
            Some(TitleCheck), // calling title
            Some(TitleCheck), // busy
            None,             // A-ABORT
            Some(AnyTitle),   // 02H and garbage
            Some(TitleCheck), // 03H and garbage
            Some(AnyTitle),   // a hostile name
            Some(AnyTitle),   // cut off
            Some(Failed),     // one byte
            None,             // text
            Some(AnyTitle),   // endless
            None,             // HTTP
            None,             // SSH
            Some(Failed),     // a byte each second
            Some(Failed),     // hung up
            None,             // a TLS alert
        ]
    );
    let hosts = real("dicom-ping-three-hosts");
    let addresses: Vec<_> = hosts.hosts.iter().map(|h| h.address.as_str()).collect();
    assert_eq!(addresses, ["192.0.2.10", "192.0.2.11", "192.0.2.13"]);
    assert_eq!(
        pings(&hosts)[0],
        ("192.0.2.10", 104, Port::Open, Some(TitleCheck))
    );
}

#[test]
fn ciphers_are_graded() {
    let offers = |name| real(name).hosts[0].ports[0].offers.clone();
    let good = offers("ciphers-good").unwrap();
    assert_eq!(
        Vec::from_iter(good.versions),
        [Version::Tls12, Version::Tls13]
    );
    assert_eq!(good.suites.len(), 10);
    assert_eq!(good.grade.unwrap().as_str(), "A");
    let weak = offers("ciphers-weak").unwrap();
    assert_eq!(Vec::from_iter(weak.versions), [Version::Tls10]);
    assert_eq!(weak.grade.unwrap().as_str(), "F");
    assert!(weak.suites.contains("TLS_DH_anon_WITH_AES_128_CBC_SHA"));
    assert!(offers("ciphers-mutual").is_some());
    assert!(offers("ciphers-hostile-certificate").is_some());
    assert_eq!(offers("ciphers-hostile-servers"), None);
    assert_eq!(offers("named-dicom-ports"), None);
}

#[test]
fn what_was_not_finished_says_so() {
    for name in ["dicom-ping-killed", "firewall-all-dropped"] {
        let scan = real(name);
        assert_eq!((scan.finished, scan.hosts.len()), (false, 0), "{name}");
    }
    let nobody = real("no-such-host");
    assert_eq!(
        (nobody.tried, nobody.finished, nobody.hosts.len()),
        (1, true, 0)
    );
    // With names, the address is still the address.
    assert_eq!(real("host-names").hosts[0].address.as_str(), "192.0.2.10");
}

#[test]
fn the_worst_documents_are_read_to_their_end() {
    const MIB: usize = 1024 * 1024;
    let fill = |piece: &str| piece.repeat(MIB / piece.len());
    let attributes: String = (0..9_000).map(|i| format!(" a{i}=\"\"")).collect();
    let documents = [
        fill("<a>"),
        format!("<nmaprun>{}", fill("<host>")),
        format!(
            "<nmaprun>{}{}</nmaprun>",
            "<a>".repeat(100_000),
            "</a>".repeat(100_000)
        ),
        format!("<nmaprun{attributes}{attributes}></nmaprun>"),
        format!("<nmaprun {}></nmaprun>", fill("a=\"\" ")),
        format!("<nmaprun>{}</nmaprun>", fill("<a xmlns:b=''>")),
        format!("<nmaprun>{}</nmaprun>", fill("<host/>")),
        format!("<nmaprun>{}</nmaprun>", fill("&lt;")),
        format!(
            "<!DOCTYPE nmaprun><!DOCTYPE x [<!ENTITY e \"{}\">]><nmaprun>&e;&e;</nmaprun>",
            "e".repeat(9_999)
        ),
    ];
    for document in documents {
        let head: String = document.chars().take(40).collect();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || tell.send(facts(document.as_bytes())));
        // Each takes far less than a second. The deadline only catches what never ends.
        let scan = told.recv_timeout(Duration::from_secs(120));
        let scan = scan.unwrap_or_else(|why| panic!("{head}: {why}"));
        assert!(scan.hosts.is_empty() && !scan.finished);
    }
    let port = "<port protocol='tcp' portid='1'><state state='open'/></port>".repeat(2_000);
    let host =
        format!("<host><address addr='192.0.2.1' addrtype='ipv4'/><ports>{port}</ports></host>");
    let scan = facts(format!("<nmaprun>{}</nmaprun>", host.repeat(3)).as_bytes());
    assert_eq!((scan.hosts.len(), scan.hosts[0].ports.len()), (3, MOST));
}

#[test]
fn only_what_varies_is_replaced() {
    let shown = "Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-22 11:04 UTC\n\
        Nmap scan report for 192.0.2.10\n\
        Host is up, received user-set (0.00016s latency).\n\
        Nmap done: 1 IP address (1 host up) scanned in 0.24 seconds\n";
    let replaced: Vec<&str> = TOOL
        .varies
        .iter()
        .flat_map(|variation| {
            let pattern = Regex::new(variation.pattern).unwrap();
            let found: Vec<_> = shown
                .lines()
                .filter_map(|line| Some(pattern.captures(line)?.get(1)?.as_str()))
                .collect();
            found
        })
        .collect();
    assert_eq!(
        replaced,
        ["2026-11-22 11:04 UTC", "0.00016s", "0.24 seconds"]
    );
}

#[test]
fn the_version_is_found() {
    let text = "Nmap version 7.93 ( https://nmap.org )\nPlatform: x86_64-pc-linux-gnu\n";
    assert_eq!(version(text).as_deref(), Some("7.93"));
    assert_eq!(version("nmap: not found"), None);
}

/// Whether facts are short enough for anybody.
fn is_bounded(scan: &Scan) -> bool {
    scan.hosts.len() <= MOST
        && scan.hosts.iter().all(|host| {
            host.ports.len() <= MOST
                && host.ports.iter().all(|port| {
                    port.offers
                        .as_ref()
                        .is_none_or(|o| o.suites.len() <= MOST_SUITES)
                })
        })
}

proptest! {
    #[test]
    fn any_bytes_give_facts(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(is_bounded(&facts(&bytes)));
    }

    /// A real report with bytes changed, or cut off, is still read.
    #[test]
    fn a_damaged_report_gives_facts(
        name in prop::sample::select(vec!["dicom-ping-zoo", "ciphers-weak", "firewall-stranger"]),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/nmap").join(name);
        let mut bytes = fs::read(path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        prop_assert!(is_bounded(&facts(&bytes)));
    }

    /// Whatever a server wrote into the names, the facts beside them stay,
    /// and the names are clean.
    #[test]
    fn hostile_words_change_nothing_else(words in prop_oneof![
        Just("\u{1b}[31mred".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("\u{202e}moor\u{200b}".to_owned()),
        Just("{{#include ../secret.txt}}```".to_owned()),
        Just("\"/></host></nmaprun>".to_owned()),
        Just("A".repeat(200_000)),
        any::<String>(),
    ]) {
        let escaped: String = ["x", &words]
            .concat()
            .chars()
            // Control characters cannot stand in XML at all; Nmap escapes them.
            .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
            .map(|character| format!("&#{};", u32::from(character)))
            .take(20_000)
            .collect();
        let report = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE nmaprun><nmaprun>\
             <scaninfo protocol=\"tcp\" numservices=\"1\"/>\
             <host><address addr=\"{escaped}\" addrtype=\"ipv4\"/><ports>\
             <port protocol=\"tcp\" portid=\"104\"><state state=\"open\"/><service name=\"{escaped}\"/>\
             <script id=\"dicom-ping\" output=\"{escaped}\">\
             <elem key=\"dicom\">DICOM Service Provider discovered!</elem>\
             <elem key=\"config\">{escaped}</elem></script>\
             <script id=\"ssl-enum-ciphers\" output=\"\"><table key=\"TLSv1.2\"><table key=\"ciphers\">\
             <table><elem key=\"name\">{escaped}</elem></table></table></table>\
             <elem key=\"least strength\">{escaped}</elem></script>\
             </port></ports></host><runstats><finished exit=\"success\"/></runstats></nmaprun>"
        );
        let scan = facts(report.as_bytes());
        prop_assert!(scan.finished);
        prop_assert_eq!(scan.tried, 1);
        let port = &scan.hosts[0].ports[0];
        prop_assert_eq!((port.number, port.state, port.ping), (104, Port::Open, Some(Ping::Discovered)));
        let offers = port.offers.as_ref().unwrap();
        prop_assert_eq!(offers.versions.len(), 1);
        prop_assert!(offers.suites.iter().all(|suite| is_suite(suite)));
        for text in [&scan.hosts[0].address, port.service.as_ref().unwrap(), offers.grade.as_ref().unwrap()] {
            // Cleaning once more changes nothing.
            prop_assert_eq!(&Clean::line(text.as_str(), LONGEST), text);
            prop_assert!(text.as_str().chars().count() <= LONGEST);
        }
    }
}
