//! A small client that stores one image a patient (PS3.4 §B, PS3.7 §9.1.1). It
//! fills the archives of a scene before anybody looks at them.

use std::io;
use std::time::Duration;

use dicom_dictionary_std::{tags, uids};
use dicom_ul::pdu::{
    AssociationRQ, Pdu, PresentationContextProposed, PresentationContextResultReason,
    UserVariableItem,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout};

use crate::certificates::{CertificateError, Identity};
use crate::dicom::elements::Elements;
use crate::dicom::message::{CommandField, Conversation, Incoming, Message};
use crate::dicom::stream::{Ending, PduStream};
use crate::dicom::{IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, MAX_PDU_OFFERED};
use crate::facts::Status;
use crate::loopback::Loopback;
use crate::scene::{AeTitle, Patient};

pub(super) mod instance;
mod tls;

/// How long everything may take.
const TIME: Duration = Duration::from_secs(20);

/// How long one answer may take.
const SILENCE: Duration = Duration::from_secs(10);

/// How many bytes of an archive are read.
const BYTES: usize = 1024 * 1024;

/// The one presentation context.
const CONTEXT: u8 = 1;

/// C-STORE-RQ and C-STORE-RSP (PS3.7 §E.1).
const STORE: u16 = 0x0001;
const STORED: CommandField = CommandField::Other(0x8001);

/// An archive could not be filled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum StoreError {
    /// No connection, or it broke.
    #[error("the connection failed")]
    Connection(#[from] io::Error),
    /// Our own certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// There was no association, or no service to store in it.
    #[error("the archive does not let images be stored: {0}")]
    NotAccepted(&'static str),
    /// An image was answered with something else than a status.
    #[error("the archive did not say whether it has stored an image")]
    Unanswered,
    /// An image was refused.
    #[error("the archive refused an image: status {:04X}", .0.0)]
    Refused(Status),
    /// The time is over.
    #[error("the archive took too long")]
    TooLong,
}

/// Stores one image of each patient. By TLS if there is an identity, which is
/// shown if it is asked for; whatever certificate the archive shows is taken,
/// since a scene can give it a bad one on purpose.
///
/// # Errors
/// The archive cannot be reached, or does not take everything.
pub(crate) async fn store(
    address: Loopback,
    calling: &AeTitle,
    called: &AeTitle,
    identity: Option<&Identity>,
    patients: &[Patient],
) -> Result<(), StoreError> {
    let end = Instant::now() + TIME;
    let storing = async {
        let stream = address.connect().await?;
        let request = proposal(calling, called);
        match identity {
            None => send(PduStream::new(stream, BYTES, end), request, patients).await,
            Some(identity) => {
                let stream = tls::shake(address.ip(), stream, identity).await?;
                send(PduStream::new(stream, BYTES, end), request, patients).await
            }
        }
    };
    timeout(TIME, storing)
        .await
        .map_err(|_| StoreError::TooLong)?
}

/// The request for an association in which images can be stored.
fn proposal(calling: &AeTitle, called: &AeTitle) -> AssociationRQ {
    AssociationRQ {
        protocol_version: 1,
        calling_ae_title: calling.to_string(),
        called_ae_title: called.to_string(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: vec![PresentationContextProposed {
            id: CONTEXT,
            abstract_syntax: instance::CLASS.to_owned(),
            transfer_syntaxes: vec![uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned()],
        }],
        user_variables: vec![
            UserVariableItem::MaxLength(MAX_PDU_OFFERED),
            UserVariableItem::ImplementationClassUID(IMPLEMENTATION_CLASS_UID.to_owned()),
            UserVariableItem::ImplementationVersionName(IMPLEMENTATION_VERSION_NAME.to_owned()),
        ],
    }
}

/// One association from its request to its release.
async fn send<S>(
    mut stream: PduStream<S>,
    request: AssociationRQ,
    patients: &[Patient],
) -> Result<(), StoreError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write(&request.into()).await?;
    match stream.read(SILENCE).await {
        Ok(Pdu::AssociationAC(answer)) => {
            let accepted = answer.presentation_contexts.iter().any(|result| {
                result.id == CONTEXT && result.reason == PresentationContextResultReason::Acceptance
            });
            if !accepted {
                return Err(StoreError::NotAccepted("it does not offer the service"));
            }
        }
        Ok(Pdu::AssociationRJ(_)) => {
            return Err(StoreError::NotAccepted("it rejects the association"));
        }
        Ok(_) => return Err(StoreError::NotAccepted("it breaks off")),
        Err(Ending::Closed {
            error: Some(error), ..
        }) => return Err(error.into()),
        Err(_) => return Err(StoreError::NotAccepted("it does not answer")),
    }
    let mut conversation = Conversation::new(stream);
    for (id, patient) in (1..).zip(patients) {
        conversation.send(message(id, patient)).await?;
        let status = match conversation.receive(SILENCE).await {
            Ok(Incoming::Message(answer)) if answer.field() == STORED => answer.status(),
            _ => None,
        };
        match status.ok_or(StoreError::Unanswered)? {
            Status::SUCCESS => {}
            other => return Err(StoreError::Refused(other)),
        }
    }
    let mut stream = conversation.into_stream();
    stream.write(&Pdu::ReleaseRQ).await?;
    // Everything is stored, however the archive says goodbye.
    let _ = stream.read(SILENCE).await;
    stream.close().await;
    Ok(())
}

/// The request to store a patient's image (PS3.7 §9.3.1.1).
fn message(id: u16, patient: &Patient) -> Message {
    let mut data = Elements::default();
    for (tag, _, value) in instance::elements(patient.name.as_str(), &patient.id) {
        data.put(tag, value);
    }
    let mut command = Elements::default();
    command.put_uid(tags::AFFECTED_SOP_CLASS_UID, instance::CLASS);
    command.put_number(tags::COMMAND_FIELD, STORE);
    command.put_number(tags::MESSAGE_ID, id);
    // Medium.
    command.put_number(tags::PRIORITY, 0);
    let uid = instance::uid("instance", &patient.id);
    command.put_uid(tags::AFFECTED_SOP_INSTANCE_UID, &uid);
    Message {
        context: CONTEXT,
        command,
        data: Some(data),
    }
}

#[cfg(test)]
mod tests;
