//! The server's side of one association.

use std::time::Duration;

use dicom_dictionary_std::uids;
use dicom_ul::pdu::{
    AbortRQServiceProviderReason, AbortRQSource, AssociationAC, AssociationRQ, Pdu,
    PresentationContextProposed, PresentationContextResult, PresentationContextResultReason,
    UserVariableItem,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::{access, archive};
use crate::dicom::message::{CommandField, Conversation, Incoming, Message, abstract_syntax};
use crate::dicom::stream::{Ending, PduStream};
use crate::dicom::{IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, MAX_PDU_OFFERED};
use crate::facts::{Service, Status};
use crate::scene::{Archive, Callers};

/// The longest an association may last, and a caller may say nothing.
pub(super) const TIME: Duration = Duration::from_secs(10);

/// The most bytes a caller may send in one association.
const BYTES: usize = 1024 * 1024;

/// Serves one caller. `busy` if the server has as many as it takes.
pub(crate) async fn serve<S>(archive: &Archive, stream: S, busy: bool)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = PduStream::new(stream, BYTES, Instant::now() + TIME);
    let request = match stream.read(TIME).await {
        Ok(Pdu::AssociationRQ(request)) => request,
        Ok(Pdu::AbortRQ { .. }) | Err(Ending::Closed { .. } | Ending::Silence) => return,
        Ok(_) => return abort(stream, AbortRQServiceProviderReason::UnexpectedPdu).await,
        Err(_) => return abort(stream, AbortRQServiceProviderReason::UnrecognizedPdu).await,
    };
    let judgement = if busy {
        Err(access::busy())
    } else {
        access::judge(archive, &request)
    };
    if let Err(rejection) = judgement {
        // A caller that is gone cannot be told; nothing else is to be done.
        let _ = stream.write(&rejection.into()).await;
        return stream.close().await;
    }
    let (answer, contexts) = accept(archive, &request);
    if stream.write(&answer.into()).await.is_err() {
        return;
    }
    let caller = Caller {
        may_query: archive
            .queries
            .admit(access::text(&request.calling_ae_title)),
        contexts,
    };
    converse(archive, &caller, Conversation::new(stream)).await;
}

/// What was agreed with a caller.
struct Caller {
    may_query: bool,
    /// The accepted presentation contexts.
    contexts: Vec<(u8, Service)>,
}

/// Answers the proposals of an accepted caller one by one.
fn accept(archive: &Archive, request: &AssociationRQ) -> (AssociationAC, Vec<(u8, Service)>) {
    let mut accepted = Vec::new();
    let results = request
        .presentation_contexts
        .iter()
        .map(|proposal| {
            let (reason, service) = judge_proposal(archive, proposal);
            if let Some(service) = service {
                accepted.push((proposal.id, service));
            }
            PresentationContextResult {
                id: proposal.id,
                reason,
                transfer_syntax: uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned(),
            }
        })
        .collect();
    let answer = AssociationAC {
        protocol_version: 1,
        // Returned as received, as the standard wants (PS3.8 table 9-17).
        calling_ae_title: request.calling_ae_title.clone(),
        called_ae_title: request.called_ae_title.clone(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: results,
        user_variables: vec![
            UserVariableItem::MaxLength(MAX_PDU_OFFERED),
            UserVariableItem::ImplementationClassUID(IMPLEMENTATION_CLASS_UID.to_owned()),
            UserVariableItem::ImplementationVersionName(IMPLEMENTATION_VERSION_NAME.to_owned()),
        ],
    };
    (answer, accepted)
}

/// The result for one proposal (PS3.8 table 9-18).
fn judge_proposal(
    archive: &Archive,
    proposal: &PresentationContextProposed,
) -> (PresentationContextResultReason, Option<Service>) {
    let wanted = access::text(&proposal.abstract_syntax);
    let queries_are_off = matches!(&archive.queries, Callers::Only(titles) if titles.is_empty());
    let service = [Service::Verification, Service::PatientRootFind]
        .into_iter()
        .filter(|service| !(queries_are_off && *service == Service::PatientRootFind))
        .find(|service| abstract_syntax(*service) == wanted);
    let Some(service) = service else {
        return (
            PresentationContextResultReason::AbstractSyntaxNotSupported,
            None,
        );
    };
    let readable = proposal
        .transfer_syntaxes
        .iter()
        .any(|syntax| access::text(syntax) == uids::IMPLICIT_VR_LITTLE_ENDIAN);
    if readable {
        (PresentationContextResultReason::Acceptance, Some(service))
    } else {
        (
            PresentationContextResultReason::TransferSyntaxesNotSupported,
            None,
        )
    }
}

/// Answers requests until the caller leaves, errs, or its time is up.
async fn converse<S>(archive: &Archive, caller: &Caller, mut conversation: Conversation<S>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let request = match conversation.receive(TIME).await {
            Ok(Incoming::Message(request)) => request,
            Ok(Incoming::Release) => {
                let mut stream = conversation.into_stream();
                // A caller that is gone needs no answer.
                let _ = stream.write(&Pdu::ReleaseRP).await;
                return stream.close().await;
            }
            Ok(Incoming::Abort(_)) | Err(Ending::Closed { .. } | Ending::Silence) => return,
            Ok(Incoming::Nonsense) => {
                let stream = conversation.into_stream();
                return abort(stream, AbortRQServiceProviderReason::UnexpectedPdu).await;
            }
            Err(_) => {
                let stream = conversation.into_stream();
                return abort(stream, AbortRQServiceProviderReason::UnrecognizedPdu).await;
            }
        };
        for response in answer(archive, caller, &request) {
            if conversation.send(response).await.is_err() {
                return;
            }
        }
    }
}

/// The responses to one request, the final one last.
fn answer(archive: &Archive, caller: &Caller, request: &Message) -> Vec<Message> {
    /// Failure: unrecognized operation (PS3.7 §C.5.23).
    const UNRECOGNIZED_OPERATION: Status = Status(0x0211);

    let agreed = |service| caller.contexts.contains(&(request.context, service));
    let last = |status| vec![Message::response(request, status, None)];
    match request.field() {
        CommandField::EchoRequest if agreed(Service::Verification) => last(Status::SUCCESS),
        CommandField::FindRequest if agreed(Service::PatientRootFind) => {
            if !caller.may_query {
                return last(Status::NOT_AUTHORIZED);
            }
            let Some(query) = &request.data else {
                return last(Status::IDENTIFIER_MISMATCH);
            };
            match archive::find(archive, query) {
                Err(status) => last(status),
                Ok((status, matches)) => matches
                    .into_iter()
                    .map(|found| Message::response(request, status, Some(found)))
                    .chain(last(Status::SUCCESS))
                    .collect(),
            }
        }
        CommandField::EchoRequest | CommandField::FindRequest => {
            last(Status::SOP_CLASS_NOT_SUPPORTED)
        }
        // All answers were sent before a cancellation could be read, and a
        // response is not a question (PS3.7 §9.1.2.1, C-CANCEL is unconfirmed).
        CommandField::CancelRequest | CommandField::FindResponse | CommandField::EchoResponse => {
            Vec::new()
        }
        CommandField::Other(_) => last(UNRECOGNIZED_OPERATION),
    }
}

/// Breaks off (PS3.8 §9.3.8).
async fn abort<S>(mut stream: PduStream<S>, reason: AbortRQServiceProviderReason)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let source = AbortRQSource::ServiceProvider(reason);
    // A caller that is gone needs no answer.
    let _ = stream.write(&Pdu::AbortRQ { source }).await;
    stream.close().await;
}

#[cfg(test)]
mod tests;
