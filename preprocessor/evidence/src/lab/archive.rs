//! Answering C-FIND over the scene's patients (PS3.4 §C.4.1).

use dicom_dictionary_std::tags;

use crate::dicom::elements::Elements;
use crate::facts::Status;
use crate::scene::{Archive, Patient};

/// The level of a query for patients (PS3.4 §C.6.1.1).
const PATIENT_LEVEL: &str = "PATIENT";

/// The answers to a query: one data set a matching patient, or a refusal.
///
/// Patient's Name and Patient ID can be matched and returned. Other keys are
/// optional, and the status of each answer says that they were not supported.
///
/// A query that was not read to its end is refused: the key that narrows it
/// could be the one that was not read (A900H, PS3.4 §C.4.1.1.4).
pub(super) fn find(archive: &Archive, query: &Elements) -> Result<(Status, Vec<Elements>), Status> {
    if !query.is_whole() {
        return Err(Status::IDENTIFIER_MISMATCH);
    }
    if query.text(tags::QUERY_RETRIEVE_LEVEL).as_deref() != Some(PATIENT_LEVEL) {
        return Err(Status::IDENTIFIER_MISMATCH);
    }
    let name = query.text(tags::PATIENT_NAME);
    let id = query.text(tags::PATIENT_ID);
    let known = [
        tags::SPECIFIC_CHARACTER_SET,
        tags::QUERY_RETRIEVE_LEVEL,
        tags::PATIENT_NAME,
        tags::PATIENT_ID,
    ];
    let status = if query.tags().all(|tag| known.contains(&tag)) {
        Status::PENDING
    } else {
        Status::PENDING_PARTLY
    };
    let wanted = |patient: &&Patient| {
        key_matches(name.as_deref(), patient.name.as_str())
            && key_matches(id.as_deref(), &patient.id)
    };
    let answer = |patient: &Patient| {
        let mut answer = Elements::default();
        answer.put_text(tags::QUERY_RETRIEVE_LEVEL, PATIENT_LEVEL);
        if name.is_some() {
            answer.put_text(tags::PATIENT_NAME, patient.name.as_str());
        }
        if id.is_some() {
            answer.put_text(tags::PATIENT_ID, &patient.id);
        }
        answer
    };
    let answers = archive.patients.iter().filter(wanted).map(answer).collect();
    Ok((status, answers))
}

/// Whether a key lets a value through: no key and an empty key match
/// everything (PS3.4 §C.2.2.2.3).
pub(super) fn key_matches(key: Option<&str>, value: &str) -> bool {
    key.is_none_or(|key| key.is_empty() || wildcard(key.as_bytes(), value.as_bytes()))
}

/// Wildcard matching, `*` and `?` (PS3.4 §C.2.2.2.4), in time proportional to
/// the product of the lengths at worst.
fn wildcard(pattern: &[u8], value: &[u8]) -> bool {
    let (mut p, mut v) = (0, 0);
    // Where to resume, should the text after the last star not match here.
    let mut resume: Option<(usize, usize)> = None;
    while v < value.len() {
        match pattern.get(p) {
            Some(b'*') => {
                resume = Some((p + 1, v));
                p += 1;
            }
            Some(&byte) if byte == b'?' || byte == value[v] => {
                p += 1;
                v += 1;
            }
            _ => {
                let Some((after_star, start)) = resume else {
                    return false;
                };
                resume = Some((after_star, start + 1));
                p = after_star;
                v = start + 1;
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scene::{Kind, Scene};

    fn archive() -> Archive {
        let text = include_str!("../../../../content/scenes/open-archive.toml");
        match Scene::parse("open-archive", text)
            .unwrap()
            .servers
            .remove(0)
            .kind
        {
            Kind::Dicom(archive) => archive,
            _ => panic!("the open archive is no closed port"),
        }
    }

    fn query(name: Option<&str>, id: Option<&str>) -> Elements {
        let mut query = Elements::default();
        query.put_text(tags::QUERY_RETRIEVE_LEVEL, "PATIENT");
        if let Some(name) = name {
            query.put_text(tags::PATIENT_NAME, name);
        }
        if let Some(id) = id {
            query.put_text(tags::PATIENT_ID, id);
        }
        query
    }

    #[test]
    fn keys_select_patients() {
        for (name, id, count) in [
            (None, None, 3),
            (None, Some(""), 3),
            (Some("*"), None, 3),
            (Some("SYNTHETIC^?????"), None, 2),
            (Some("*BRAVO"), Some("SYN-*"), 1),
            (Some("SYNTHETIC^ALPHA"), Some("SYN-0002"), 0),
            (Some("*X*"), None, 0),
        ] {
            let (_, answers) = find(&archive(), &query(name, id)).unwrap();
            assert_eq!(answers.len(), count, "{name:?} {id:?}");
        }
    }

    #[test]
    fn only_what_was_asked_is_answered() {
        let (status, answers) = find(&archive(), &query(None, Some(""))).unwrap();
        assert_eq!(status, Status::PENDING);
        assert_eq!(answers[0].text(tags::PATIENT_ID).unwrap(), "SYN-0001");
        assert_eq!(answers[0].bytes(tags::PATIENT_NAME), None);
    }

    #[test]
    fn a_query_that_was_not_read_to_its_end_is_refused() {
        let mut bytes = query(None, None).write().unwrap();
        // A sequence of undefined length, and a name behind it.
        bytes.extend_from_slice(b"\x08\0\x20\x11\xff\xff\xff\xff\xfe\xff\xdd\xe0\0\0\0\0");
        bytes.extend_from_slice(b"\x10\0\x10\0\x06\0\0\0NOBODY");
        let query = Elements::read(&bytes).unwrap();
        assert_eq!(find(&archive(), &query), Err(Status::IDENTIFIER_MISMATCH));
    }

    #[test]
    fn another_level_is_refused() {
        let mut query = query(None, Some(""));
        query.put_text(tags::QUERY_RETRIEVE_LEVEL, "STUDY");
        assert_eq!(find(&archive(), &query), Err(Status::IDENTIFIER_MISMATCH));
    }
}
