//! Servers that are none: each answers a request for an association with what a
//! careless scanner could take for DICOM.

use std::io;
use std::time::Duration;

use dicom_dictionary_std::uids;
use dicom_ul::pdu::{
    AssociationAC, AssociationRJ, AssociationRJResult,
    AssociationRJServiceProviderPresentationReason, AssociationRJSource, AssociationRQ, Pdu,
    PresentationContextResult, PresentationContextResultReason, UserVariableItem, write_pdu,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::dicom::stream::{Ending, PduStream};
use crate::dicom::{IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, MAX_PDU_OFFERED};
use crate::scene::Impostor;

/// How many callers are served at the same time; beyond them they wait.
const CALLERS: usize = 64;

/// How long one caller is served.
const TIME: Duration = Duration::from_secs(30);

/// How many bytes of a caller are read.
const BYTES: usize = 64 * 1024;

/// How many bytes an answer without an end has in truth.
const ENDLESS: usize = 8 * 1024 * 1024;

/// The type of an A-ASSOCIATE-AC and a length of 32 bytes (PS3.8 §9.3.3), and
/// 32 bytes that are none.
const GARBAGE: &[u8] = b"\x02\0\0\0\0\x20garbage garbage garbage garbage\n";

/// The same with a length of 2 GiB.
const ENDLESS_HEAD: &[u8] = b"\x02\0\x7f\xff\xff\xff";

/// Takes callers for as long as it is let run.
pub(crate) async fn serve(listener: TcpListener, says: Impostor) {
    let mut callers = JoinSet::new();
    loop {
        while callers.len() >= CALLERS {
            callers.join_next().await;
        }
        while callers.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The machine is short of something: give it a moment.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        callers.spawn(async move {
            // How a caller parts changes nothing.
            let _ = timeout(TIME, answer(stream, says)).await;
        });
    }
}

/// Waits for a request and answers it.
async fn answer(mut stream: TcpStream, says: Impostor) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let end = Instant::now() + TIME;
    if says == Impostor::Silence {
        // Listens until the caller gives up.
        let mut heard = (&mut stream).take(BYTES as u64);
        tokio::io::copy(&mut heard, &mut tokio::io::sink()).await?;
        return Ok(());
    }
    let mut pdus = PduStream::new(&mut stream, BYTES, end);
    let request = match pdus.read(TIME).await {
        Ok(Pdu::AssociationRQ(request)) => Some(request),
        Err(Ending::Closed { .. } | Ending::Silence) => return Ok(()),
        // Whatever was asked, the answer is no answer to it.
        Ok(_) | Err(_) => None,
    };
    match (says, request) {
        (Impostor::Busy, _) => pdus.write(&busy()).await?,
        (Impostor::NoService, Some(request)) => {
            pdus.write(&nothing_offered(&request).into()).await?;
            if let Ok(Pdu::ReleaseRQ) = pdus.read(TIME).await {
                pdus.write(&Pdu::ReleaseRP).await?;
            }
        }
        (Impostor::CutOff, Some(request)) => {
            let mut bytes = Vec::new();
            write_pdu(&mut bytes, &nothing_offered(&request).into()).map_err(io::Error::other)?;
            bytes.truncate(bytes.len() / 2);
            stream.write_all(&bytes).await?;
        }
        // These answer to a request and to nothing else.
        (Impostor::NoService | Impostor::CutOff, None) | (Impostor::Silence, _) => {}
        (Impostor::Garbage, _) => stream.write_all(GARBAGE).await?,
        (Impostor::Endless, _) => {
            stream.write_all(ENDLESS_HEAD).await?;
            let chunk = b"garbage ".repeat(8 * 1024);
            for _ in 0..ENDLESS / chunk.len() {
                stream.write_all(&chunk).await?;
            }
        }
    }
    PduStream::new(stream, BYTES, end).close().await;
    Ok(())
}

/// The refusal of a server that has as many associations as it takes: transient,
/// local limit exceeded (PS3.8 §9.3.4).
fn busy() -> Pdu {
    let reason = AssociationRJServiceProviderPresentationReason::LocalLimitExceeded;
    Pdu::from(AssociationRJ {
        result: AssociationRJResult::Transient,
        source: AssociationRJSource::ServiceProviderPresentation(reason),
    })
}

/// An acceptance in which every presentation context is refused (PS3.8 §9.3.3.2).
fn nothing_offered(request: &AssociationRQ) -> AssociationAC {
    let refused = |id| PresentationContextResult {
        id,
        reason: PresentationContextResultReason::AbstractSyntaxNotSupported,
        transfer_syntax: uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned(),
    };
    let proposed = request.presentation_contexts.iter();
    AssociationAC {
        protocol_version: 1,
        calling_ae_title: request.calling_ae_title.clone(),
        called_ae_title: request.called_ae_title.clone(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: proposed.map(|context| refused(context.id)).collect(),
        user_variables: vec![
            UserVariableItem::MaxLength(MAX_PDU_OFFERED),
            UserVariableItem::ImplementationClassUID(IMPLEMENTATION_CLASS_UID.to_owned()),
            UserVariableItem::ImplementationVersionName(IMPLEMENTATION_VERSION_NAME.to_owned()),
        ],
    }
}

#[cfg(test)]
mod tests;
