//! The rules of a machine, for nftables.

use std::net::{IpAddr, SocketAddr};

use crate::scene::{Destination, Firewall, Otherwise, Protocol};

/// The rules as text for `nft -f -`. They concern the protected port at the
/// protected address, and calls from there, alone; everything else is let
/// through, unlike on a real machine, so that the rest of a scene stays as it is.
pub(crate) fn ruleset(rules: &Firewall, protected: SocketAddr) -> String {
    let (family, kind) = match protected.ip() {
        IpAddr::V4(_) => ("ip", "ipv4_addr"),
        IpAddr::V6(_) => ("ip6", "ipv6_addr"),
    };
    // A set holds addresses of one family; others could not come to this one.
    let allowed: Vec<String> = rules
        .allow
        .iter()
        .filter(|address| address.is_ipv4() == protected.is_ipv4())
        .map(IpAddr::to_string)
        .collect();
    let elements = match allowed.as_slice() {
        [] => String::new(),
        allowed => format!("    elements = {{ {} }}\n", allowed.join(", ")),
    };
    // A reset answers TCP alone: a rule that names it lets all else through.
    let (otherwise, otherwise_out) = match rules.otherwise {
        Otherwise::Drop => ("drop", "drop"),
        Otherwise::Reject => ("reject with tcp reset", "reject"),
    };
    let (address, port) = (protected.ip(), protected.port());
    let meant = format!("{family} daddr {address} tcp dport {port}");
    let (destinations, output) = match &rules.may_call {
        None => (String::new(), String::new()),
        Some(destinations) => (
            set_of(destinations),
            calls_out(&format!("{family} saddr {address}"), otherwise_out),
        ),
    };
    format!(
        "table inet dicom {{\n  \
           set modalities {{\n    \
             type {kind}\n\
             {elements}  \
           }}\n\
           {destinations}  \
           chain input {{\n    \
             type filter hook input priority filter; policy accept;\n    \
             {meant} {family} saddr @modalities counter accept\n    \
             {meant} counter {otherwise}\n  \
           }}\n\
           {output}\
         }}\n"
    )
}

/// The set of those whom the machine may call. With intervals it is listed in order,
/// whatever the kernel.
fn set_of(destinations: &[Destination]) -> String {
    let elements: Vec<String> = destinations
        .iter()
        .map(|Destination { protocol, at }| {
            let protocol = match protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
            };
            format!("{} . {protocol} . {}", at.ip(), at.port())
        })
        .collect();
    let elements = match elements.as_slice() {
        [] => String::new(),
        elements => format!("    elements = {{ {} }}\n", elements.join(", ")),
    };
    format!(
        "  set destinations {{\n    \
             type ipv4_addr . inet_proto . inet_service\n    \
             flags interval\n\
             {elements}  \
           }}\n"
    )
}

/// The chain for what leaves the machine: answers, calls to those on the list,
/// and nothing else.
fn calls_out(from: &str, otherwise: &str) -> String {
    format!(
        "  chain output {{\n    \
             type filter hook output priority filter; policy accept;\n    \
             {from} ct state established,related accept\n    \
             {from} ip daddr . meta l4proto . th dport @destinations counter accept\n    \
             {from} counter {otherwise}\n  \
           }}\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rules(allow: &[&str], otherwise: Otherwise) -> String {
        rules_out(allow, otherwise, None)
    }

    fn rules_out(allow: &[&str], otherwise: Otherwise, may_call: Option<&[Destination]>) -> String {
        let rules = Firewall {
            protects: "archive".to_owned(),
            allow: allow.iter().map(|ip| ip.parse().unwrap()).collect(),
            otherwise,
            may_call: may_call.map(<[Destination]>::to_vec),
        };
        ruleset(&rules, "192.0.2.10:11112".parse().unwrap())
    }

    #[test]
    fn the_listed_pass_and_others_are_dropped() {
        let text = rules(&["192.0.2.21", "192.0.2.22"], Otherwise::Drop);
        assert!(text.contains("elements = { 192.0.2.21, 192.0.2.22 }\n"));
        let meant = "ip daddr 192.0.2.10 tcp dport 11112";
        let pass = format!("{meant} ip saddr @modalities counter accept\n");
        let stop = format!("{meant} counter drop\n");
        assert!(text.find(&pass).unwrap() < text.find(&stop).unwrap());
    }

    #[test]
    fn others_are_rejected_where_the_scene_says_so() {
        let text = rules(&["192.0.2.21"], Otherwise::Reject);
        assert!(text.contains("counter reject with tcp reset\n"), "{text}");
    }

    #[test]
    fn a_list_may_be_empty() {
        let text = rules(&["2001:db8::1"], Otherwise::Drop);
        assert!(!text.contains("elements"), "{text}");
    }

    #[test]
    fn whom_it_may_call_is_a_list_too() {
        let at = |text: &str| text.parse().unwrap();
        let destinations = [
            Destination {
                protocol: Protocol::Tcp,
                at: at("192.0.2.21:104"),
            },
            Destination {
                protocol: Protocol::Udp,
                at: at("192.0.2.5:123"),
            },
        ];
        let text = rules_out(&[], Otherwise::Drop, Some(&destinations));
        let set = "elements = { 192.0.2.21 . tcp . 104, 192.0.2.5 . udp . 123 }\n";
        assert!(text.contains(set), "{text}");
        let from = "ip saddr 192.0.2.10 ";
        let answers = text.find(&format!("{from}ct state established,related accept\n"));
        let listed = text.find(&format!(
            "{from}ip daddr . meta l4proto . th dport @destinations counter accept\n"
        ));
        let stop = text.find(&format!("{from}counter drop\n"));
        assert!(
            answers < listed && listed < stop && answers.is_some(),
            "{text}"
        );
    }

    #[test]
    fn a_call_out_is_refused_whatever_its_protocol() {
        let text = rules_out(&[], Otherwise::Reject, Some(&[]));
        assert!(text.contains("dport 11112 counter reject with tcp reset\n"));
        assert!(
            text.contains("ip saddr 192.0.2.10 counter reject\n"),
            "{text}"
        );
    }

    #[test]
    fn calls_out_are_free_where_the_scene_says_nothing() {
        let text = rules(&["192.0.2.21"], Otherwise::Drop);
        assert!(!text.contains("output"), "{text}");
    }
}
