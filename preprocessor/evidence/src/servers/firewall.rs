//! The rules of a machine, for nftables.

use std::net::{IpAddr, SocketAddr};

use crate::scene::{Firewall, Otherwise};

/// The rules as text for `nft -f -`. They concern the protected port at the
/// protected address alone; everything else is let through, unlike on a real
/// machine, so that the rest of a scene stays as it is.
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
    let otherwise = match rules.otherwise {
        Otherwise::Drop => "drop",
        Otherwise::Reject => "reject with tcp reset",
    };
    let (address, port) = (protected.ip(), protected.port());
    let meant = format!("{family} daddr {address} tcp dport {port}");
    format!(
        "table inet dicom {{\n  \
           set modalities {{\n    \
             type {kind}\n\
             {elements}  \
           }}\n  \
           chain input {{\n    \
             type filter hook input priority filter; policy accept;\n    \
             {meant} {family} saddr @modalities counter accept\n    \
             {meant} counter {otherwise}\n  \
           }}\n\
         }}\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rules(allow: &[&str], otherwise: Otherwise) -> String {
        let rules = Firewall {
            protects: "archive".to_owned(),
            allow: allow.iter().map(|ip| ip.parse().unwrap()).collect(),
            otherwise,
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
}
