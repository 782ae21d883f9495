//! What is answered to a request, in the fields of Shodan's documentation.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::PoisonError;

use serde_json::{Value, json};

use super::query::{Net, Query};
use super::{Index, Record};
use crate::http::Request;

/// Whose machines they all are.
pub(super) const ORGANIZATION: &str = "Synthetic Hospital";

/// What an index takes a server for that accepts associations.
const PRODUCT: &str = "DICOM server";

/// How many alerts are kept.
const MOST_ALERTS: usize = 16;

/// How many characters the name of an alert may have.
const LONGEST_NAME: usize = 100;

/// How many ranges an alert may watch.
const MOST_RANGES: usize = 64;

/// An alert that somebody made.
#[derive(Clone, Debug)]
pub(super) struct Alert {
    id: String,
    name: String,
    ranges: Vec<String>,
    size: u64,
}

/// The status and the body of an answer.
type Answer = (u16, Value);

/// An answer that says what is wrong.
pub(super) fn error(status: u16, words: &str) -> Answer {
    (status, json!({ "error": words }))
}

/// The answer to a request.
pub(super) fn answer(index: &Index, request: &Request) -> Answer {
    if request.parameter("key").is_empty() {
        return error(401, "Invalid API key");
    }
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match (request.method.as_str(), path.as_slice()) {
        ("GET", ["api-info"]) => (200, account()),
        ("GET", ["shodan", "host", "count"]) => search(index, request, false),
        ("GET", ["shodan", "host", "search"]) => search(index, request, true),
        ("GET", ["shodan", "host", address]) => host(index, request, address),
        ("POST", ["shodan", "alert"]) => create(index, &request.body),
        ("GET", ["shodan", "alert", "info"]) => {
            let alerts = alerts(index);
            (200, alerts.iter().map(|alert| alert.json(index)).collect())
        }
        ("GET", ["shodan", "alert", id, "info"]) => {
            let alerts = alerts(index);
            match alerts.iter().find(|alert| alert.id == *id) {
                Some(alert) => (200, alert.json(index)),
                None => error(404, "There is no alert of that ID"),
            }
        }
        ("DELETE", ["shodan", "alert", id]) => {
            alerts(index).retain(|alert| alert.id != *id);
            (200, json!({}))
        }
        _ => error(404, "This index does not offer that"),
    }
}

/// What `shodan info` says: how much may still be asked for. There is no limit
/// here, and nothing can be had for it but a search.
fn account() -> Value {
    json!({
        "plan": "lab",
        "query_credits": 100,
        "scan_credits": 0,
        "monitored_ips": 0,
        "unlocked": true,
        "unlocked_left": 100,
        "https": false,
        "telnet": false,
    })
}

/// How many records a query finds, and which.
fn search(index: &Index, request: &Request, list: bool) -> Answer {
    let query = match Query::parse(request.parameter("query")) {
        Ok(query) => query,
        Err(words) => return error(400, &words),
    };
    let found: Vec<&Record> = index.records.iter().filter(|r| query.holds(r)).collect();
    let matches: Vec<Value> = match list {
        true => found.iter().map(|record| banner(index, record)).collect(),
        false => Vec::new(),
    };
    (200, json!({ "matches": matches, "total": found.len() }))
}

/// All that is known about an address.
fn host(index: &Index, request: &Request, address: &str) -> Answer {
    let Ok(ip) = address.parse::<IpAddr>() else {
        return error(400, "Invalid IP");
    };
    let known = index.records.iter().filter(|record| record.at.ip() == ip);
    let known: Vec<&Record> = known.collect();
    if known.is_empty() {
        return error(404, "No information available for that IP.");
    }
    let ports: BTreeSet<u16> = known.iter().map(|record| record.at.port()).collect();
    let mut host = described(ip);
    host["ports"] = json!(ports);
    host["last_update"] = json!(seen(index));
    host["tags"] = json!([]);
    if !request.parameter("minify").eq_ignore_ascii_case("true") {
        host["data"] = known.iter().map(|record| banner(index, record)).collect();
    }
    (200, host)
}

/// What is known about one port.
fn banner(index: &Index, record: &Record) -> Value {
    let mut banner = described(record.at.ip());
    banner["port"] = json!(record.at.port());
    banner["transport"] = json!("tcp");
    banner["timestamp"] = json!(seen(index));
    banner["data"] = json!(data(record));
    banner["opts"] = json!({});
    banner["location"] = json!({
        "city": null,
        "country_code": null,
        "country_name": null,
        "latitude": null,
        "longitude": null,
    });
    if let Some(product) = product(record) {
        banner["product"] = json!(product);
        banner["version"] = json!(record.version);
    }
    if record.tls {
        banner["ssl"] = json!({});
    }
    banner
}

/// What hosts and banners have in common. The address belongs to documentation
/// and lies in no country.
fn described(ip: IpAddr) -> Value {
    json!({
        "ip": match ip {
            IpAddr::V4(ip) => json!(ip.to_bits()),
            IpAddr::V6(_) => Value::Null,
        },
        "ip_str": ip.to_string(),
        "hostnames": [],
        "domains": [],
        "org": ORGANIZATION,
        "isp": ORGANIZATION,
        "asn": null,
        "os": null,
    })
}

/// The product, if the server spoke DICOM.
pub(super) fn product(record: &Record) -> Option<&'static str> {
    record.accepted.then_some(PRODUCT)
}

/// The banner in words. It begins with those by which published queries look
/// for DICOM servers.
pub(super) fn data(record: &Record) -> String {
    if !record.accepted {
        return String::new();
    }
    let mut text = "DICOM Server Response".to_owned();
    for (name, value) in [
        ("Implementation Class UID", &record.implementation),
        ("Implementation Version Name", &record.version),
    ] {
        if let Some(value) = value {
            text += &format!("\n{name}: {value}");
        }
    }
    text
}

/// When everything was looked at, as Shodan writes it: in UTC, without saying so.
fn seen(index: &Index) -> String {
    let seen = index.seen;
    let (date, (hour, minute, second, micros)) = (seen.date(), seen.time().as_hms_micro());
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{micros:06}")
}

fn alerts(index: &Index) -> std::sync::MutexGuard<'_, Vec<Alert>> {
    // Nobody who held the list can have left it half done.
    index.alerts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes an alert: `{"name": …, "filters": {"ip": [RANGES]}, "expires": 0}`.
fn create(index: &Index, body: &[u8]) -> Answer {
    let Ok(asked) = serde_json::from_slice::<Value>(body) else {
        return error(400, "The body is not JSON");
    };
    let name = asked["name"].as_str().unwrap_or_default();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return error(400, "The alert needs a short name");
    }
    let ranges: Vec<&str> = match &asked["filters"]["ip"] {
        Value::String(range) => vec![range],
        Value::Array(ranges) => ranges.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let nets: Option<Vec<Net>> = ranges.iter().map(|range| Net::parse(range)).collect();
    let Some(nets) = nets.filter(|nets| (1..=MOST_RANGES).contains(&nets.len())) else {
        return error(400, "The alert needs addresses or ranges to watch");
    };
    let mut alerts = alerts(index);
    if alerts.len() >= MOST_ALERTS {
        return error(400, "There are too many alerts already");
    }
    // The first free number; 16 characters are what the command line has room for.
    let id = (1..)
        .map(|number: u32| format!("SYNTHETIC{number:07}"))
        .find(|id| alerts.iter().all(|alert| alert.id != *id))
        .unwrap_or_default();
    let alert = Alert {
        id,
        name: name.to_owned(),
        ranges: ranges.into_iter().map(str::to_owned).collect(),
        size: nets.iter().map(Net::size).fold(0, u64::saturating_add),
    };
    let answer = alert.json(index);
    alerts.push(alert);
    (200, answer)
}

impl Alert {
    fn json(&self, index: &Index) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "created": seen(index),
            "expires": 0,
            "expiration": null,
            "size": self.size,
            "filters": { "ip": self.ranges },
            "triggers": {},
            "has_triggers": false,
        })
    }
}
