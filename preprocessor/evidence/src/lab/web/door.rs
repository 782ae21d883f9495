//! Answering the search for studies of QIDO-RS (PS3.18 §10.6), in the DICOM JSON
//! model (PS3.18 §F.2).

use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;
use serde_json::{Map, Value, json};

use super::super::archive::key_matches;
use crate::http::Request;
use crate::scene::{Patient, WebDoor};
use crate::servers::{STUDY_DAY, STUDY_TIME, study_uid};

/// Where studies are looked for.
pub(crate) const PATH: &str = "studies";

/// The form of a list (PS3.18 §8.7.3).
pub(crate) const MEDIA_TYPE: &str = "application/dicom+json";

/// What can be looked for, by keyword and by tag (PS3.18 §8.3.4.1). The Standard
/// asks a server for more.
const KEYS: [(&str, &str, Key); 4] = [
    ("PatientName", "00100010", Key::Name),
    ("PatientID", "00100020", Key::Id),
    ("AccessionNumber", "00080050", Key::Accession),
    ("StudyInstanceUID", "0020000D", Key::Study),
];

/// Which value of a study is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Id,
    Accession,
    Study,
}

/// An answer, all but its way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
    /// The form of the body; nothing, where there is none.
    media_type: Option<&'static str>,
    /// The body.
    pub(super) body: Vec<u8>,
    /// Whether only the headers are sent, with the length of that body.
    head_only: bool,
}

impl Answer {
    /// An answer in words.
    pub(super) fn words(status: u16, words: &str) -> Answer {
        Answer {
            status,
            media_type: Some("text/plain; charset=utf-8"),
            body: format!("{words}\n").into(),
            head_only: false,
        }
    }

    /// What goes over the line. Nothing in the headers comes from the caller.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        if let Some(media_type) = self.media_type {
            let length = self.body.len();
            head += &format!("Content-Type: {media_type}\r\nContent-Length: {length}\r\n");
        }
        if self.status == 405 {
            head += "Allow: GET, HEAD\r\n";
        }
        // The list may be about somebody: no cache is to keep it.
        head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
        head += "Connection: close\r\n\r\n";
        let mut bytes = head.into_bytes();
        if !self.head_only {
            bytes.extend(self.body);
        }
        bytes
    }
}

/// The usual words for a status (RFC 9110 §15).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        _ => "Error",
    }
}

/// The answer to a request.
pub(super) fn answer(door: &WebDoor, request: &Request) -> Answer {
    if request.path != [PATH] {
        return Answer::words(
            404,
            "There is nothing here. Studies are listed at /studies.",
        );
    }
    let head_only = match request.method.as_str() {
        "GET" => false,
        "HEAD" => true,
        _ => {
            let words = "Studies are looked for with GET. Nothing can be stored here.";
            return Answer::words(405, words);
        }
    };
    if !accepts(request.header("accept")) {
        let words = format!("The list comes as {MEDIA_TYPE} and in no other form.");
        return Answer::words(406, &words);
    }
    let mut answer = match search(door, &request.parameters) {
        Err(words) => Answer::words(400, words),
        // PS3.18 table 10.6.3-1: the search found nothing.
        Ok(found) if found.is_empty() => Answer {
            status: 204,
            media_type: None,
            body: Vec::new(),
            head_only,
        },
        Ok(found) => Answer {
            status: 200,
            media_type: Some(MEDIA_TYPE),
            body: list(&found),
            head_only,
        },
    };
    answer.head_only = head_only;
    answer
}

/// Whether a caller takes the only form that there is (RFC 9110 §12.5.1). Many
/// ask for JSON of no special kind, and are given it too.
fn accepts(wanted: Option<&[u8]>) -> bool {
    let Some(wanted) = wanted.map(String::from_utf8_lossy) else {
        return true;
    };
    let forms = [MEDIA_TYPE, "application/json", "application/*", "*/*"];
    wanted.trim().is_empty()
        || wanted.split(',').any(|range| {
            let range = range.split(';').next().unwrap_or_default().trim();
            forms.iter().any(|form| form.eq_ignore_ascii_case(range))
        })
}

/// The patients whose studies are looked for.
fn search<'d>(
    door: &'d WebDoor,
    parameters: &[(String, String)],
) -> Result<Vec<&'d Patient>, &'static str> {
    let mut wanted: Vec<(Key, &str)> = Vec::new();
    let (mut limit, mut offset) = (None, None);
    for (name, value) in parameters {
        let slot = match name.as_str() {
            // Whatever is held is answered anyway.
            "includefield" => continue,
            "limit" => &mut limit,
            "offset" => &mut offset,
            _ => {
                let key = KEYS
                    .iter()
                    .find(|(keyword, tag, _)| name == keyword || name.eq_ignore_ascii_case(tag));
                let (.., key) = key.ok_or(
                    "A key is not known here. Known are PatientName, PatientID, \
                     AccessionNumber, StudyInstanceUID, limit, offset and includefield.",
                )?;
                if wanted.iter().any(|(known, _)| known == key) {
                    return Err("A key stands there twice.");
                }
                wanted.push((*key, value));
                continue;
            }
        };
        let number = value.parse::<usize>().ok();
        let number = number.filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()));
        *slot = Some(number.ok_or("`limit` and `offset` are whole numbers.")?);
    }
    let fits = |patient: &&Patient| {
        wanted
            .iter()
            .all(|(key, value)| key_matches(Some(value), &value_of(patient, *key)))
    };
    let found = door.patients.iter().filter(fits);
    let found = found.skip(offset.unwrap_or_default());
    Ok(found.take(limit.unwrap_or(usize::MAX)).collect())
}

/// What a patient's study has for a key.
fn value_of(patient: &Patient, key: Key) -> String {
    match key {
        Key::Name => patient.name.to_string(),
        Key::Id => patient.id.clone(),
        Key::Accession => accession_number(&patient.id),
        Key::Study => study_uid("study", &patient.id),
    }
}

/// The accession number of a patient's study: `ACC-0001` for `SYN-0001`.
pub(crate) fn accession_number(id: &str) -> String {
    format!("ACC-{}", id.strip_prefix("SYN-").unwrap_or(id))
}

/// The list: what PS3.18 §10.6.3.3.1 wants of a study, but for the addresses
/// and the availability of images, for there are none.
fn list(patients: &[&Patient]) -> Vec<u8> {
    let list: Vec<Value> = patients.iter().map(|patient| study(patient)).collect();
    // Values always have a JSON form.
    serde_json::to_vec(&list).unwrap_or_default()
}

/// One study.
fn study(patient: &Patient) -> Value {
    let text = |key| json!([value_of(patient, key)]);
    let attributes = [
        (tags::STUDY_DATE, VR::DA, json!([STUDY_DAY])),
        (tags::STUDY_TIME, VR::TM, json!([STUDY_TIME])),
        (tags::ACCESSION_NUMBER, VR::SH, text(Key::Accession)),
        (tags::MODALITIES_IN_STUDY, VR::CS, json!(["OT"])),
        (tags::REFERRING_PHYSICIAN_NAME, VR::PN, Value::Null),
        (
            tags::PATIENT_NAME,
            VR::PN,
            json!([{ "Alphabetic": patient.name.as_str() }]),
        ),
        (tags::PATIENT_ID, VR::LO, text(Key::Id)),
        (tags::PATIENT_BIRTH_DATE, VR::DA, Value::Null),
        (tags::PATIENT_SEX, VR::CS, Value::Null),
        (tags::STUDY_INSTANCE_UID, VR::UI, text(Key::Study)),
        (tags::STUDY_ID, VR::SH, json!(["1"])),
        (tags::NUMBER_OF_STUDY_RELATED_SERIES, VR::IS, json!([1])),
        (tags::NUMBER_OF_STUDY_RELATED_INSTANCES, VR::IS, json!([1])),
    ];
    let attributes = attributes.into_iter().map(|(tag, vr, value)| {
        let Tag(group, element) = tag;
        let mut attribute = Map::new();
        attribute.insert("vr".to_owned(), json!(vr.to_string()));
        // One without a value has no key for it (PS3.18 §F.2.5).
        if !value.is_null() {
            attribute.insert("Value".to_owned(), value);
        }
        (format!("{group:04X}{element:04X}"), attribute.into())
    });
    Value::Object(attributes.collect())
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http;
    use crate::scene::LogFormat;

    pub(in crate::lab::web) fn three_patients(log: LogFormat) -> WebDoor {
        let patient = |name: &str, id: &str| Patient {
            name: name.parse().unwrap(),
            id: id.to_owned(),
        };
        WebDoor {
            log,
            patients: vec![
                patient("SYNTHETIC^ALPHA", "SYN-0001"),
                patient("SYNTHETIC^BRAVO", "SYN-0002"),
                patient("SYNTHETIC^CHARLIE", "SYN-0003"),
            ],
        }
    }

    async fn asked(text: &str) -> Answer {
        let text = format!("{text}\r\n\r\n");
        let request = http::read(&mut text.as_bytes(), &mut Vec::new()).await;
        let door = three_patients(LogFormat::Combined);
        answer(&door, &request.unwrap().unwrap())
    }

    #[tokio::test]
    async fn keys_select_studies() {
        for (query, status, matches) in [
            ("", 200, 3),
            ("?", 200, 3),
            ("?PatientName=", 200, 3),
            ("?PatientName=SYNTHETIC^ALPHA", 200, 1),
            ("?PatientName=SYNTHETIC%5EALPHA", 200, 1),
            ("?PatientName=SYNTHETIC%5eALPHA", 200, 1),
            ("?PatientName=SYNTHETIC%5EA*", 200, 1),
            ("?PatientName=SYNTHETIC%5E?????", 200, 2),
            ("?00100010=SYNTHETIC%5EALPHA", 200, 1),
            ("?PatientID=SYN-0002", 200, 1),
            ("?PatientID=SYN-0002&PatientName=SYNTHETIC^BRAVO", 200, 1),
            ("?PatientID=SYN-0002&PatientName=SYNTHETIC^ALPHA", 204, 0),
            ("?PatientName=NOBODY", 204, 0),
            // Encoded twice, it is another name.
            ("?PatientName=SYNTHETIC%255EALPHA", 204, 0),
            ("?AccessionNumber=ACC-0003", 200, 1),
            ("?limit=2", 200, 2),
            ("?limit=2&offset=2&includefield=all", 200, 1),
            ("?limit=0", 204, 0),
            ("?PatienName=SYNTHETIC^ALPHA", 400, 0),
            ("?patientname=SYNTHETIC^ALPHA", 400, 0),
            ("?limit=-1", 400, 0),
            ("?limit=+1", 400, 0),
            ("?PatientID=a&00100020=b", 400, 0),
        ] {
            let answer = asked(&format!("GET /studies{query} HTTP/1.1")).await;
            assert_eq!(answer.status, status, "{query}");
            let list: Option<Vec<Value>> = serde_json::from_slice(&answer.body).ok();
            assert_eq!(list.map_or(0, |list| list.len()), matches, "{query}");
        }
    }

    #[tokio::test]
    async fn a_list_is_in_the_form_of_the_standard() {
        let answer = asked("GET /studies?PatientID=SYN-0001 HTTP/1.1").await;
        let list: Value = serde_json::from_slice(&answer.body).unwrap();
        let study = list[0].as_object().unwrap();
        assert_eq!(
            study["00100010"],
            json!({ "vr": "PN", "Value": [{ "Alphabetic": "SYNTHETIC^ALPHA" }] })
        );
        assert_eq!(
            study["00080050"],
            json!({ "vr": "SH", "Value": ["ACC-0001"] })
        );
        assert_eq!(study["00100040"], json!({ "vr": "CS" }));
        let keys: Vec<&String> = study.keys().collect();
        assert!(keys.is_sorted());
        assert!(keys.iter().all(|key| key.len() == 8));
        let text = String::from_utf8(answer.into_bytes()).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\n"));
    }

    #[tokio::test]
    async fn what_is_not_offered_is_refused() {
        for (line, status) in [
            (
                "POST /studies HTTP/1.1\r\nContent-Length: 27\r\n\r\nPatientName=SYNTHETIC^ALPHA",
                405,
            ),
            ("QUERY /studies HTTP/1.1", 405),
            ("DELETE /studies HTTP/1.1", 405),
            ("GET / HTTP/1.1", 404),
            ("GET /studies/1.2.3 HTTP/1.1", 404),
            ("GET /../../etc/passwd HTTP/1.1", 404),
            ("GET /studies HTTP/1.1\r\nAccept: image/png", 406),
            ("GET /studies HTTP/1.1\r\nAccept: text/html, */*;q=0.8", 200),
            (
                "GET /studies HTTP/1.1\r\nAccept: Application/DICOM+JSON",
                200,
            ),
            ("GET /studies HTTP/1.1\r\nAccept:", 200),
        ] {
            let answer = asked(line).await;
            assert_eq!(answer.status, status, "{line}");
            let text = String::from_utf8(answer.into_bytes()).unwrap();
            assert_eq!(text.contains("Allow: GET, HEAD\r\n"), status == 405);
            if status != 200 {
                assert!(!text.contains("SYNTHETIC"), "{text}");
            }
        }
    }

    #[tokio::test]
    async fn headers_alone_have_the_length_of_the_list() {
        let full = asked("GET /studies HTTP/1.1").await;
        let length = full.body.len();
        let text = asked("HEAD /studies HTTP/1.1").await.into_bytes();
        let text = String::from_utf8(text).unwrap();
        assert!(
            text.contains(&format!("Content-Length: {length}\r\n")),
            "{text}"
        );
        assert!(text.ends_with("\r\n\r\n"));
    }
}
