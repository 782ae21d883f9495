#![allow(clippy::unwrap_used)]

use dicom_ul::pdu::write_pdu;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use super::*;
use crate::dicom::elements::Elements;
use crate::scene::{Kind, Scene};

fn archive() -> Archive {
    let text = include_str!("../../../../../content/scenes/open-archive.toml");
    let mut scene = Scene::parse("open-archive", text).unwrap();
    match scene.servers.remove(0).kind {
        Kind::Dicom(archive) => archive,
        _ => panic!("the open archive is no closed port"),
    }
}

/// What the server answers to a caller that sends these bytes and closes.
fn answer_to(bytes: &[u8]) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (ours, mut theirs) = duplex(1 << 20);
        theirs.write_all(bytes).await.unwrap();
        theirs.shutdown().await.unwrap();
        serve(&archive(), ours, false).await;
        let mut answer = Vec::new();
        theirs.read_to_end(&mut answer).await.unwrap();
        answer
    })
}

/// A whole good conversation, as a caller would send it.
fn good() -> Vec<u8> {
    let mut bytes = Vec::new();
    let request = AssociationRQ {
        protocol_version: 1,
        calling_ae_title: "STRANGER".to_owned(),
        called_ae_title: "ANY-SCP".to_owned(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: [(1, Service::Verification), (3, Service::PatientRootFind)]
            .map(|(id, service)| PresentationContextProposed {
                id,
                abstract_syntax: abstract_syntax(service).to_owned(),
                transfer_syntaxes: vec![uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned()],
            })
            .into(),
        user_variables: vec![UserVariableItem::MaxLength(MAX_PDU_OFFERED)],
    };
    write_pdu(&mut bytes, &request.into()).unwrap();
    let mut query = Elements::default();
    query.put_text(dicom_dictionary_std::tags::QUERY_RETRIEVE_LEVEL, "PATIENT");
    query.put_text(dicom_dictionary_std::tags::PATIENT_NAME, "SYN*");
    let find = CommandField::FindRequest;
    for message in [
        Message::request(1, CommandField::EchoRequest, Service::Verification, 1, None),
        Message::request(3, find, Service::PatientRootFind, 2, Some(query)),
    ] {
        write_pdu(&mut bytes, &message.into_pdu().unwrap()).unwrap();
    }
    write_pdu(&mut bytes, &Pdu::ReleaseRQ).unwrap();
    bytes
}

#[test]
fn a_good_conversation_ends_with_a_release() {
    let answer = answer_to(&good());
    let names = |name: &str| {
        answer
            .windows(name.len())
            .filter(|w| w == &name.as_bytes())
            .count()
    };
    assert_eq!(names("SYNTHETIC^"), 3);
    // A-RELEASE-RP (PS3.8 §9.3.7).
    assert!(answer.ends_with(&[6, 0, 0, 0, 0, 4, 0, 0, 0, 0]));
}

#[test]
fn an_unknown_request_is_refused_in_words() {
    let mut bytes = good();
    bytes.truncate(bytes.len() - 10);
    let store = CommandField::from(0x0001);
    let message = Message::request(1, store, Service::Verification, 3, None);
    write_pdu(&mut bytes, &message.into_pdu().unwrap()).unwrap();
    let answer = answer_to(&bytes);
    // Status (0000,0900): unrecognized operation.
    assert!(answer.ends_with(&[0, 0, 0, 9, 2, 0, 0, 0, 0x11, 0x02]));
}

/// PS3.8 §9.3.8: 1 is "unrecognized PDU", 2 is "unexpected PDU".
#[test]
fn an_abort_says_why() {
    let release = good().len() - 10;
    // The PDU of a type that does not exist, and one that has no place here.
    for (kind, reason) in [(9, 1), (6, 2)] {
        let mut bytes = good();
        bytes[release] = kind;
        let abort = [7, 0, 0, 0, 0, 4, 0, 0, 2, reason];
        assert!(answer_to(&bytes).ends_with(&abort), "{kind}");
    }
}

proptest! {
    /// A caller that sends anything at all is answered or left, never a panic.
    #[test]
    fn a_damaged_conversation_is_survived(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = good();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        answer_to(&bytes);
    }
}
