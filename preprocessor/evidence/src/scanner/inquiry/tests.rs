#![allow(clippy::unwrap_used)]

use dicom_ul::pdu::{PresentationContextResult, PresentationContextResultReason, write_pdu};
use proptest::prelude::*;
use tokio::io::{AsyncWriteExt, duplex};
use tokio::time::Instant;

use super::*;

/// What we learn from a server that sends these bytes and closes.
fn learn(bytes: &[u8]) -> Findings {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (ours, mut theirs) = duplex(1 << 20);
        theirs.write_all(bytes).await.unwrap();
        theirs.shutdown().await.unwrap();
        let second = Duration::from_secs(1);
        let stream = PduStream::new(ours, 1 << 20, Instant::now() + second);
        let request = Request::parse(&[]).unwrap();
        inquire(stream, &request, tags::PATIENT_ID, second).await
    })
}

/// A whole good conversation, as a server would send it.
fn good() -> Vec<u8> {
    let mut bytes = Vec::new();
    let answer = AssociationAC {
        protocol_version: 1,
        calling_ae_title: "STRANGER".to_owned(),
        called_ae_title: "ANY-SCP".to_owned(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: [1, 3]
            .map(|id| PresentationContextResult {
                id,
                reason: PresentationContextResultReason::Acceptance,
                transfer_syntax: uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned(),
            })
            .into(),
        user_variables: vec![
            UserVariableItem::MaxLength(MAX_PDU_OFFERED),
            UserVariableItem::ImplementationClassUID("1.2.3".to_owned()),
            UserVariableItem::ImplementationVersionName("TOY".to_owned()),
        ],
    };
    write_pdu(&mut bytes, &answer.into()).unwrap();
    let mut found = Elements::default();
    found.put_text(tags::PATIENT_ID, "SYN-0001");
    let echo = CommandField::EchoRequest;
    let find = CommandField::FindRequest;
    let echo = Message::request(1, echo, Service::Verification, 1, None);
    let find = Message::request(3, find, Service::PatientRootFind, 2, None);
    for message in [
        Message::response(&echo, Status::SUCCESS, None),
        Message::response(&find, Status::PENDING, Some(found)),
        Message::response(&find, Status::SUCCESS, None),
    ] {
        write_pdu(&mut bytes, &message.into_pdu().unwrap()).unwrap();
    }
    bytes
}

#[test]
fn a_good_conversation_is_understood() {
    let findings = learn(&good());
    assert_eq!(findings.echo, Reply::Answered(()));
    let count = Count {
        patients: 1,
        capped: false,
    };
    assert_eq!(findings.patients, Reply::Answered(count));
}

proptest! {
    /// A peer that sends anything at all gets a verdict, never a panic.
    #[test]
    fn a_damaged_conversation_is_survived(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = good();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        learn(&bytes);
    }

    #[test]
    fn noise_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        learn(&bytes);
    }
}

#[test]
fn an_answer_to_another_question_is_none() {
    let mut bytes = good();
    // Message ID Being Responded To (0000,0120) of the answer to C-ECHO.
    let tag = [0, 0, 0x20, 0x01, 2, 0, 0, 0, 1, 0];
    let place = bytes.windows(tag.len()).position(|window| window == tag);
    bytes[place.unwrap() + 8] = 9;
    assert_eq!(learn(&bytes).echo, Reply::Unanswered);
}
