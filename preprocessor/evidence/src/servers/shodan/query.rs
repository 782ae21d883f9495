//! The part of the search language that is understood.
//!
//! A query has words with spaces between them, and all of them must hold:
//!
//! - `port:104` or `port:104,11112`: the port is one of these,
//! - `net:192.0.2.0/24`, or several with commas: the address is in one of these,
//! - `product:NAME`, `org:NAME`: the product's or the organization's name holds
//!   this text,
//! - `has_ssl:true`: it speaks TLS,
//! - any other text: the banner holds it.
//!
//! Capitals count as small letters. Double quotes keep spaces together:
//! `"DICOM Server Response" port:104`, `product:"DICOM server"`. An unknown
//! filter is an error and never an empty result.

use std::net::IpAddr;

use super::Record;
use super::answer::{ORGANIZATION, data, product};

/// How long a query may be, in bytes.
const LONGEST: usize = 1_000;

/// A word of a query.
#[derive(Debug, PartialEq, Eq)]
enum Word {
    Port(Vec<u16>),
    Net(Vec<Net>),
    Product(String),
    Organization(String),
    Tls(bool),
    Text(String),
}

/// A query that was understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query(Vec<Word>);

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// What was not understood, in a sentence.
    pub(super) fn parse(text: &str) -> Result<Query, String> {
        if text.len() > LONGEST {
            return Err("The query is too long".to_owned());
        }
        let words: Vec<String> = split(text);
        if words.is_empty() {
            return Err("Empty search query".to_owned());
        }
        words.iter().map(|text| word(text)).collect()
    }

    /// Whether everything in it holds for a record.
    pub(super) fn holds(&self, record: &Record) -> bool {
        self.0.iter().all(|word| match word {
            Word::Port(ports) => ports.contains(&record.at.port()),
            Word::Net(nets) => nets.iter().any(|net| net.holds(record.at.ip())),
            Word::Product(text) => product(record).is_some_and(|name| holds(name, text)),
            Word::Organization(text) => holds(ORGANIZATION, text),
            Word::Tls(tls) => record.tls == *tls,
            Word::Text(text) => holds(&data(record), text),
        })
    }
}

impl FromIterator<Word> for Query {
    fn from_iter<I: IntoIterator<Item = Word>>(words: I) -> Query {
        Query(words.into_iter().collect())
    }
}

/// Whether `text` holds `part`, which is in small letters.
fn holds(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(part)
}

/// The words in small letters and without their quotes, but for one at the very
/// beginning of a word, which makes it text.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match (character, words.last_mut()) {
            ('"', Some(word)) => {
                quoted = !quoted;
                if word.is_empty() {
                    word.push('"');
                }
            }
            (' ', _) if !quoted => words.push(String::new()),
            (other, Some(word)) => word.push(other.to_ascii_lowercase()),
            (_, None) => {}
        }
    }
    words.retain(|word| !word.is_empty() && word != "\"");
    words
}

/// One word.
fn word(text: &str) -> Result<Word, String> {
    if let Some(text) = text.strip_prefix('"') {
        return Ok(Word::Text(text.to_owned()));
    }
    let Some((filter, value)) = text.split_once(':') else {
        return Ok(Word::Text(text.to_owned()));
    };
    let wrong = || format!("Invalid value for the filter {filter}: {value}");
    let values = value.split(',');
    match filter {
        "port" => {
            let ports: Option<_> = values.map(|port| port.parse().ok()).collect();
            ports.map(Word::Port).ok_or_else(wrong)
        }
        "net" => {
            let nets: Option<_> = values.map(Net::parse).collect();
            nets.map(Word::Net).ok_or_else(wrong)
        }
        "product" => Ok(Word::Product(value.to_owned())),
        "org" => Ok(Word::Organization(value.to_owned())),
        "has_ssl" => value.parse().map(Word::Tls).map_err(|_| wrong()),
        _ => Err(format!(
            "This index does not know the filter {filter}; it knows port, net, product, org and has_ssl"
        )),
    }
}

/// A range of addresses, such as `192.0.2.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Net {
    address: IpAddr,
    /// How many bits of it count.
    bits: u8,
}

impl Net {
    /// Reads an address or a range.
    pub(super) fn parse(text: &str) -> Option<Net> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Net { address, bits })
    }

    /// How many addresses are in it; for IPv6 at most 2⁶⁴ − 1.
    pub(super) fn size(&self) -> u64 {
        let all = if self.address.is_ipv4() { 32 } else { 128 };
        1_u64
            .checked_shl(all - u32::from(self.bits))
            .unwrap_or(u64::MAX)
    }

    fn holds(&self, address: IpAddr) -> bool {
        // Both as numbers of 128 bits, an IPv4 address in the upper 32.
        let number = |address| match address {
            IpAddr::V4(ip) => u128::from(ip.to_bits()) << 96,
            IpAddr::V6(ip) => ip.to_bits(),
        };
        let differing = number(self.address) ^ number(address);
        self.address.is_ipv4() == address.is_ipv4()
            && differing.leading_zeros() >= u32::from(self.bits)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn record() -> Record {
        Record {
            at: "192.0.2.10:11112".parse().unwrap(),
            implementation: Some("1.2.276.0.7230010.3.0.3.6.7".to_owned()),
            version: Some("OFFIS_DCMTK_367".to_owned()),
            accepted: true,
            tls: false,
        }
    }

    #[test]
    fn words_must_all_hold() {
        for (query, found) in [
            ("port:11112", true),
            ("port:104", false),
            ("port:104,11112", true),
            ("net:192.0.2.0/24", true),
            ("net:192.0.2.8/31", false),
            ("net:198.51.100.0/24,192.0.2.10", true),
            ("net:0.0.0.0/0", true),
            ("net:::/0", false),
            ("product:dicom", true),
            ("product:\"DICOM server\" port:11112", true),
            ("product:nginx", false),
            ("org:synthetic", true),
            ("has_ssl:true", false),
            ("has_ssl:false", true),
            ("offis_dcmtk", true),
            ("\"DICOM Server Response\" port:11112", true),
            ("\"DICOM Server Response\" port:104", false),
            ("\"Server DICOM\"", false),
            ("Orthanc", false),
            ("  port:11112   dicom ", true),
        ] {
            assert_eq!(
                Query::parse(query).unwrap().holds(&record()),
                found,
                "{query}"
            );
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for query in [
            "",
            "   ",
            "\"\"",
            "port:x",
            "port:",
            "net:192.0.2.0/33",
            "net:here",
            "has_ssl:yes",
            "country:DE",
        ] {
            assert!(Query::parse(query).is_err(), "{query}");
        }
        assert!(Query::parse(&"a ".repeat(LONGEST)).is_err());
    }

    #[test]
    fn a_quoted_colon_makes_no_filter() {
        assert!(!Query::parse("\"port:11112\"").unwrap().holds(&record()));
    }

    #[test]
    fn ranges_have_sizes() {
        for (net, size) in [
            ("192.0.2.10", 1),
            ("192.0.2.0/24", 256),
            ("0.0.0.0/0", 1 << 32),
            ("2001:db8::/127", 2),
            ("2001:db8::/32", u64::MAX),
        ] {
            assert_eq!(Net::parse(net).unwrap().size(), size, "{net}");
        }
    }
}
