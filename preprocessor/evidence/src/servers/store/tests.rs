#![allow(clippy::unwrap_used)]
use dicom_ul::pdu::{AssociationAC, PresentationContextResult};
use tokio::io::duplex;

use super::*;

/// An archive that takes one association, answers every image with `status`,
/// and returns the patients it was given.
async fn archive(stream: tokio::io::DuplexStream, status: u16) -> Vec<String> {
    let mut stream = PduStream::new(stream, BYTES, Instant::now() + TIME);
    let Ok(Pdu::AssociationRQ(request)) = stream.read(TIME).await else {
        panic!("no request");
    };
    let accepted = PresentationContextResult {
        id: request.presentation_contexts[0].id,
        reason: PresentationContextResultReason::Acceptance,
        transfer_syntax: uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned(),
    };
    let answer = AssociationAC {
        protocol_version: 1,
        calling_ae_title: request.calling_ae_title,
        called_ae_title: request.called_ae_title,
        application_context_name: request.application_context_name,
        presentation_contexts: vec![accepted],
        user_variables: request.user_variables,
    };
    stream.write(&answer.into()).await.unwrap();
    let mut conversation = Conversation::new(stream);
    let mut patients = Vec::new();
    while let Ok(Incoming::Message(image)) = conversation.receive(TIME).await {
        let data = image.data.as_ref().unwrap();
        patients.push(data.text(tags::PATIENT_ID).unwrap());
        let instance = image.command.text(tags::AFFECTED_SOP_INSTANCE_UID);
        assert_eq!(instance, data.text(tags::SOP_INSTANCE_UID));
        let answer = Message::response(&image, Status(status), None);
        conversation.send(answer).await.unwrap();
    }
    patients
}

/// What comes of storing two patients, and which of them arrived.
async fn stored(status: u16) -> (Result<(), StoreError>, Vec<String>) {
    let patients = ["ALPHA", "BRAVO"].map(|word| Patient {
        name: format!("SYNTHETIC^{word}").parse().unwrap(),
        id: format!("SYN-{word}"),
    });
    let title: AeTitle = "ARCHIVE".parse().unwrap();
    let (ours, theirs) = duplex(1 << 16);
    let stream = PduStream::new(ours, BYTES, Instant::now() + TIME);
    let sending = send(stream, proposal(&title, &title), &patients);
    tokio::join!(sending, archive(theirs, status))
}

#[tokio::test]
async fn every_patient_is_stored() {
    let (result, patients) = stored(0).await;
    result.unwrap();
    assert_eq!(patients, ["SYN-ALPHA", "SYN-BRAVO"]);
}

#[tokio::test]
async fn a_refusal_is_told() {
    let (result, patients) = stored(0xA700).await;
    let error = result.unwrap_err();
    assert!(matches!(error, StoreError::Refused(Status(0xA700))));
    assert!(error.to_string().ends_with("A700"), "{error}");
    assert_eq!(patients, ["SYN-ALPHA"]);
}
