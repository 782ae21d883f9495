//! Proof of being in a cage, and the addresses that stand in there.

use std::collections::BTreeSet;
use std::fs;
use std::net::IpAddr;

use super::trouble::Trouble;

/// Proof that this process is in a network of its own with loopback and nothing
/// else. Nothing can be started, bound or called in a cage without it.
#[derive(Debug)]
pub(crate) struct Inside(());

/// This process's network namespace, e.g. `net:[4026531840]`.
pub(super) fn namespace() -> String {
    let link = fs::read_link("/proc/self/ns/net");
    link.map_or_else(|_| String::new(), |link| link.display().to_string())
}

impl Inside {
    /// Proves it: the namespace is another than the one outside, and there is no
    /// way to anywhere but over loopback.
    pub(super) fn prove(outside: &str) -> Result<Inside, Trouble> {
        let here = namespace();
        if here.is_empty() || outside.is_empty() || here == outside {
            return Err(Trouble::NoCage("the network is the one outside"));
        }
        let ipv4 = fs::read_to_string("/proc/self/net/route");
        let ipv4 = ipv4.map_err(|_| Trouble::NoCage("its routes cannot be read"))?;
        // A system without IPv6 has no table of its routes.
        let ipv6 = fs::read_to_string("/proc/self/net/ipv6_route").unwrap_or_default();
        if !leads_nowhere(&ipv4) || !leads_nowhere(&ipv6) {
            return Err(Trouble::NoCage("there is a way out of this network"));
        }
        Ok(Inside(()))
    }
}

/// Whether every route of a table of the kernel goes over loopback. The name of
/// the interface stands in the first column, or in the last.
fn leads_nowhere(table: &str) -> bool {
    let routes = table.lines().filter(|line| !line.starts_with("Iface"));
    routes
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .all(|line| {
            let mut columns = line.split_whitespace();
            let (first, last) = (columns.next(), columns.next_back());
            first == Some("lo") || last == Some("lo")
        })
}

/// What `ip -batch` has to do: loopback up, and the scene's addresses on it.
pub(super) fn batch(addresses: &BTreeSet<IpAddr>) -> String {
    let mut batch = String::from("link set lo up\n");
    for address in addresses {
        let bits = if address.is_ipv4() { 32 } else { 128 };
        // Without `nodad` an IPv6 address would have to wait to be used.
        let nodad = if address.is_ipv4() { "" } else { " nodad" };
        batch.push_str(&format!("addr add {address}/{bits} dev lo{nodad}\n"));
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_is_noticed() {
        let head = "Iface\tDestination\tGateway\n";
        assert!(leads_nowhere(""));
        assert!(leads_nowhere(head));
        assert!(leads_nowhere(&format!("{head}lo\t0000007F\t00000000\n")));
        assert!(!leads_nowhere(&format!("{head}eth0\t00000000\t0102A8C0\n")));
        let ipv6 = "00000000000000000000000000000001 80 00000000 00 0000 80200001       lo\n";
        assert!(leads_nowhere(ipv6));
        assert!(!leads_nowhere(&ipv6.replace("lo", "wlan0")));
    }

    #[test]
    fn this_very_process_is_in_no_cage() {
        assert!(Inside::prove(&namespace()).is_err());
        assert!(Inside::prove("").is_err());
    }
}
