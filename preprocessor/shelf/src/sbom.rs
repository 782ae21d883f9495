//! What the program and the website are made of, as CycloneDX 1.6 in JSON (ECMA-424).
//!
//! The same commit gives the same bytes: the number of a list comes from its content, and its time is the day
//! of the commit.

pub(crate) mod crates;
pub(crate) mod site;

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use kit::Version;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

/// The folder of the lists in the website.
pub(crate) const FOLDER: &str = "sbom";
/// What our own properties begin with.
const OURS: &str = "shelf-ready";

/// A thing on a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Component {
    /// `application`, `library`, `framework` or `file`, as CycloneDX calls it.
    pub(crate) kind: &'static str,
    /// Its name on this list; nothing for a file of another thing.
    pub(crate) reference: Option<String>,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    /// An SPDX expression.
    pub(crate) licence: Option<String>,
    /// Its package URL.
    pub(crate) purl: Option<String>,
    /// SHA-256 in hexadecimal digits: of the file, or of the package that it came in.
    pub(crate) digest: Option<String>,
    /// Whether it is used while the subject is made, and is no part of it.
    pub(crate) is_tool: bool,
    /// What else is known, by name.
    pub(crate) notes: Vec<(&'static str, String)>,
    /// The files it consists of.
    pub(crate) files: Vec<Component>,
}

/// A list of what something is made of.
#[derive(Debug)]
pub(crate) struct Bom {
    /// What the list is about.
    pub(crate) subject: Component,
    /// What that is made of, in the order of names.
    pub(crate) components: Vec<Component>,
    /// What needs what, by the names on the list.
    pub(crate) needs: BTreeMap<String, BTreeSet<String>>,
}

impl Bom {
    /// How many things stand on it, without the files of things.
    pub(crate) fn count(&self) -> usize {
        self.components.len()
    }

    /// The list as a file, at a version of the book.
    pub(crate) fn to_json(&self, version: &Version) -> String {
        let mut subject = self.subject.clone();
        if let Some(commit) = &version.commit {
            subject.notes.push(("commit", commit.clone()));
        }
        if version.is_changed {
            let says = "texts or content differ from this commit".to_owned();
            subject.notes.push(("changed", says));
        }
        let mut metadata = json!({
            "component": subject.to_json(),
            "lifecycles": [{ "phase": "build" }],
            "tools": { "components": [{
                "type": "application",
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
            }] },
        });
        if let (Some(day), Some(fields)) = (version.day, metadata.as_object_mut()) {
            fields.insert("timestamp".to_owned(), json!(format!("{day}T00:00:00Z")));
        }
        let components: Vec<Value> = self.components.iter().map(Component::to_json).collect();
        let needs: Vec<Value> = self
            .needs
            .iter()
            .map(|(of, needs)| json!({ "ref": of, "dependsOn": needs }))
            .collect();
        let mut list = json!({
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": metadata,
            "components": components,
            "dependencies": needs,
        });
        let number = json!(serial_number(&list.to_string()));
        if let Some(fields) = list.as_object_mut() {
            fields.insert("serialNumber".to_owned(), number);
        }
        format!("{list:#}\n")
    }
}

impl Component {
    /// A file with its digest.
    pub(crate) fn file(name: &str, bytes: &[u8]) -> Component {
        Component {
            kind: "file",
            name: name.to_owned(),
            digest: Some(sha256(bytes)),
            ..Component::default()
        }
    }

    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(key.to_owned(), value);
            }
        };
        put("type", Some(json!(self.kind)));
        put("bom-ref", self.reference.as_ref().map(|name| json!(name)));
        put("name", Some(json!(self.name)));
        put("version", self.version.as_ref().map(|text| json!(text)));
        put("purl", self.purl.as_ref().map(|text| json!(text)));
        put("scope", self.is_tool.then(|| json!("excluded")));
        let licence = self.licence.as_ref();
        put(
            "licenses",
            licence.map(|text| json!([{ "expression": text }])),
        );
        let digest = self.digest.as_ref();
        put(
            "hashes",
            digest.map(|hex| json!([{ "alg": "SHA-256", "content": hex }])),
        );
        let note =
            |(name, value): &(_, _)| json!({ "name": format!("{OURS}:{name}"), "value": value });
        let notes: Vec<Value> = self.notes.iter().map(note).collect();
        put("properties", (!notes.is_empty()).then(|| json!(notes)));
        let files: Vec<Value> = self.files.iter().map(Component::to_json).collect();
        put("components", (!files.is_empty()).then(|| json!(files)));
        Value::Object(fields)
    }
}

/// A number from the content, in the form that RFC 9562 leaves to whoever makes it (version 8).
fn serial_number(content: &str) -> String {
    let hex = sha256(content.as_bytes());
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// The SHA-256 of some bytes, in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str) -> Bom {
        let subject = Component {
            kind: "application",
            name: name.to_owned(),
            ..Component::default()
        };
        Bom {
            subject,
            components: vec![Component::file("a.js", b"1")],
            needs: BTreeMap::new(),
        }
    }

    #[test]
    fn a_list_has_the_number_of_its_content() {
        let version = Version::default();
        let one = list("one").to_json(&version);
        assert_eq!(one, list("one").to_json(&version));
        let number = |text: &str| {
            let value: Value = serde_json::from_str(text).unwrap_or_default();
            value["serialNumber"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        assert_ne!(number(&one), number(&list("two").to_json(&version)));
        assert_eq!(number(&one).len(), "urn:uuid:".len() + 36);
        assert!(!one.contains("timestamp"), "{one}");
    }
}
