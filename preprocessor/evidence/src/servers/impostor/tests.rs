#![allow(clippy::unwrap_used)]
use dicom_ul::pdu::PresentationContextProposed;
use tokio::io::AsyncReadExt;

use super::*;
use crate::loopback::Loopback;

/// What an impostor answers to a request for an association.
async fn said(says: Impostor) -> Vec<u8> {
    let (address, listener) = Loopback::listen().await.unwrap();
    let server = tokio::spawn(serve(listener, says));
    let mut stream = address.connect().await.unwrap();
    let request = AssociationRQ {
        protocol_version: 1,
        calling_ae_title: "STRANGER".to_owned(),
        called_ae_title: "ARCHIVE".to_owned(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: vec![PresentationContextProposed {
            id: 7,
            abstract_syntax: uids::VERIFICATION.to_owned(),
            transfer_syntaxes: vec![uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned()],
        }],
        user_variables: vec![UserVariableItem::MaxLength(MAX_PDU_OFFERED)],
    };
    let mut bytes = Vec::new();
    write_pdu(&mut bytes, &request.into()).unwrap();
    stream.write_all(&bytes).await.unwrap();
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    // One that waits for more is not waited for.
    let _ = timeout(Duration::from_secs(2), reading).await;
    server.abort();
    answer
}

#[tokio::test]
async fn the_busy_one_rejects() {
    // PS3.8 table 9-21: transient, presentation, local limit exceeded.
    assert_eq!(
        said(Impostor::Busy).await,
        b"\x03\0\0\0\0\x04\0\x02\x03\x02"
    );
}

#[tokio::test]
async fn the_one_without_service_accepts_nothing() {
    let bytes = said(Impostor::NoService).await;
    let pdu = dicom_ul::pdu::read_pdu(bytes.as_slice(), 65_536, true);
    let Ok(Some(Pdu::AssociationAC(answer))) = pdu else {
        panic!("{pdu:?}");
    };
    let [context] = answer.presentation_contexts.as_slice() else {
        panic!("{answer:?}");
    };
    assert_eq!(context.id, 7);
    assert_ne!(context.reason, PresentationContextResultReason::Acceptance);
}

#[tokio::test]
async fn half_an_acceptance_is_none() {
    let bytes = said(Impostor::CutOff).await;
    assert_eq!(bytes[0], 2);
    let pdu = dicom_ul::pdu::read_pdu(bytes.as_slice(), 65_536, true);
    assert!(matches!(pdu, Ok(None)), "{pdu:?}");
}

#[tokio::test]
async fn garbage_begins_like_an_acceptance() {
    assert_eq!(said(Impostor::Garbage).await, GARBAGE);
    let length = u32::from_be_bytes(GARBAGE[2..6].try_into().unwrap());
    assert_eq!(usize::try_from(length).unwrap(), GARBAGE.len() - 6);
}

#[tokio::test]
async fn what_has_no_end_ends() {
    let bytes = said(Impostor::Endless).await;
    assert_eq!(bytes.len(), ENDLESS_HEAD.len() + ENDLESS);
}

#[tokio::test(start_paused = true)]
async fn the_silent_one_is_silent() {
    assert_eq!(said(Impostor::Silence).await, b"");
}
