//! The questions a scanner asks in DICOM: may I come in, are you there, whom
//! do you know?

use std::time::Duration;

use dicom_core::Tag;
use dicom_dictionary_std::{tags, uids};
use dicom_ul::pdu::{
    AbortRQSource, AssociationAC, AssociationRQ, Pdu, PresentationContextProposed, UserVariableItem,
};
use tokio::io::{AsyncRead, AsyncWrite};

use super::request::{Depth, Request};
use super::verdict;
use crate::clean::Clean;
use crate::dicom::elements::Elements;
use crate::dicom::message::{CommandField, Conversation, Incoming, Message, abstract_syntax};
use crate::dicom::stream::{Ending, PduStream};
use crate::dicom::{IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, MAX_PDU_OFFERED};
use crate::facts::{
    AbortSource, Acceptance, Association, Context, Count, Peer, Rejection, Reply, Service, Status,
};

/// The most patients that are counted. It is enough to know that there is a
/// list; its length beyond this is nobody's business.
const MOST_PATIENTS: u32 = 1_000;

/// How long a value of the peer may be, in characters.
const LONGEST_VALUE: usize = 64;

/// The services we propose, in the order of their presentation contexts.
const SERVICES: [Service; 2] = [Service::Verification, Service::PatientRootFind];

/// How long a server may take to say goodbye.
const GOODBYE: Duration = Duration::from_millis(500);

/// What was learnt by asking.
pub(crate) struct Findings {
    pub(super) peer: Peer,
    pub(super) association: Association,
    pub(super) echo: Reply<()>,
    pub(super) patients: Reply<Count>,
    /// How the conversation ended, when no PDU came back at all.
    pub(super) ending: Option<Ending>,
}

impl Findings {
    fn of(peer: Peer, association: Association) -> Findings {
        Findings {
            peer,
            association,
            echo: Reply::NotTried,
            patients: Reply::NotTried,
            ending: None,
        }
    }
}

/// Asks as far as the request goes. `key` is the one patient attribute that a
/// query asks for.
pub(crate) async fn inquire<S>(
    mut stream: PduStream<S>,
    request: &Request,
    key: Tag,
    silence: Duration,
) -> Findings
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    // A peer that has closed already may still have said why: read on.
    let _ = stream.write(&proposal(request).into()).await;
    let answer = match stream.read(silence).await {
        Ok(Pdu::AssociationAC(answer)) => answer,
        Ok(Pdu::AssociationRJ(answer)) => {
            return Findings::of(Peer::Dicom, Association::Rejected((&answer).into()));
        }
        Ok(Pdu::AbortRQ { source }) => {
            return Findings::of(Peer::Dicom, Association::Aborted((&source).into()));
        }
        // A PDU, but none that has a place here.
        Ok(_) => return Findings::of(Peer::Other, Association::Unanswered),
        Err(Ending::UndefinedRejection) => {
            return Findings::of(Peer::Dicom, Association::Rejected(Rejection::UNDEFINED));
        }
        Err(Ending::UndefinedAbort) => {
            return Findings::of(Peer::Dicom, Association::Aborted(AbortSource::Undefined));
        }
        Err(ending) => {
            let peer = verdict::by_ending(stream.head(), &ending);
            return Findings {
                ending: Some(ending),
                ..Findings::of(peer, Association::Unanswered)
            };
        }
    };
    let acceptance = acceptance(&answer);
    let offered: Vec<Service> = acceptance.services().collect();
    let mut findings = Findings::of(Peer::Dicom, Association::Accepted(acceptance));
    let mut talk = Talk {
        conversation: Conversation::new(stream),
        silence,
    };
    if request.until >= Depth::Echo {
        findings.echo = if offered.contains(&Service::Verification) {
            talk.echo().await
        } else {
            Reply::NotOffered
        };
    }
    // After an abort or a silence there is nobody left to ask.
    let alive = !matches!(findings.echo, Reply::Aborted(_) | Reply::Unanswered);
    if request.until >= Depth::Find && alive {
        findings.patients = if offered.contains(&Service::PatientRootFind) {
            talk.find(key).await
        } else {
            Reply::NotOffered
        };
    }
    talk.part(&findings.patients).await;
    findings
}

/// The presentation context of a service: odd numbers in order (PS3.8 §9.3.2.2).
fn context_of(service: Service) -> u8 {
    match service {
        Service::Verification => 1,
        Service::PatientRootFind => 3,
    }
}

/// The request for an association (PS3.8 §9.3.2).
fn proposal(request: &Request) -> AssociationRQ {
    AssociationRQ {
        protocol_version: 1,
        calling_ae_title: request.calling.to_string(),
        called_ae_title: request.called.to_string(),
        application_context_name: uids::DICOM_APPLICATION_CONTEXT.to_owned(),
        presentation_contexts: SERVICES
            .iter()
            .map(|service| PresentationContextProposed {
                id: context_of(*service),
                abstract_syntax: abstract_syntax(*service).to_owned(),
                transfer_syntaxes: vec![uids::IMPLICIT_VR_LITTLE_ENDIAN.to_owned()],
            })
            .collect(),
        user_variables: vec![
            UserVariableItem::MaxLength(MAX_PDU_OFFERED),
            UserVariableItem::ImplementationClassUID(IMPLEMENTATION_CLASS_UID.to_owned()),
            UserVariableItem::ImplementationVersionName(IMPLEMENTATION_VERSION_NAME.to_owned()),
        ],
    }
}

/// What an accepting server said.
fn acceptance(answer: &AssociationAC) -> Acceptance {
    let contexts = SERVICES
        .iter()
        .filter_map(|service| {
            let result = answer
                .presentation_contexts
                .iter()
                .find(|result| result.id == context_of(*service))?;
            Some(Context {
                service: *service,
                result: (&result.reason).into(),
            })
        })
        .collect();
    let mut acceptance = Acceptance {
        contexts,
        implementation: None,
        implementation_version: None,
    };
    for item in &answer.user_variables {
        let value = |text: &str| Some(Clean::line(text.trim_matches([' ', '\0']), LONGEST_VALUE));
        match item {
            UserVariableItem::ImplementationClassUID(uid) => acceptance.implementation = value(uid),
            UserVariableItem::ImplementationVersionName(name) => {
                acceptance.implementation_version = value(name);
            }
            _ => {}
        }
    }
    acceptance
}

/// One response.
struct Answer {
    status: Status,
    /// Whether it holds an Identifier, i.e. a patient.
    identified: bool,
}

/// An accepted association.
struct Talk<S> {
    conversation: Conversation<S>,
    silence: Duration,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    /// "Are you there?" (PS3.7 §9.1.5).
    async fn echo(&mut self) -> Reply<()> {
        let question = Message::request(
            context_of(Service::Verification),
            CommandField::EchoRequest,
            Service::Verification,
            1,
            None,
        );
        // A peer that has closed already may still have said why: read on.
        let _ = self.conversation.send(question).await;
        let response = self.response(Service::Verification, CommandField::EchoResponse, 1);
        match response.await {
            Ok(answer) if answer.status == Status::SUCCESS => Reply::Answered(()),
            Ok(answer) => Reply::Refused(answer.status),
            Err(reply) => reply,
        }
    }

    /// "Which patients do you have?" (PS3.7 §9.1.2). Answers are counted, and
    /// no value in them is read.
    ///
    /// Whoever has named one patient has answered: however the list ends then,
    /// unless with "success", it is a count that may be too small, and never a
    /// refusal.
    async fn find(&mut self, key: Tag) -> Reply<Count> {
        let mut query = Elements::default();
        query.put_text(tags::QUERY_RETRIEVE_LEVEL, "PATIENT");
        query.put_text(key, "");
        let question = Message::request(
            context_of(Service::PatientRootFind),
            CommandField::FindRequest,
            Service::PatientRootFind,
            2,
            Some(query),
        );
        // A peer that has closed already may still have said why: read on.
        let _ = self.conversation.send(question).await;
        for patients in 0..MOST_PATIENTS {
            let response = self.response(Service::PatientRootFind, CommandField::FindResponse, 2);
            let end = match response.await {
                Ok(answer) if answer.status.is_pending() && answer.identified => continue,
                // A match comes with an Identifier (PS3.7 §9.1.2.1.5); without
                // one it names nobody.
                Ok(answer) if answer.status.is_pending() => Reply::Unanswered,
                Ok(answer) if answer.status == Status::SUCCESS => {
                    return Reply::Answered(Count {
                        patients,
                        capped: false,
                    });
                }
                Ok(answer) => Reply::Refused(answer.status),
                Err(reply) => reply,
            };
            return match patients {
                0 => end,
                _ => Reply::Answered(Count {
                    patients,
                    capped: true,
                }),
            };
        }
        Reply::Answered(Count {
            patients: MOST_PATIENTS,
            capped: true,
        })
    }

    /// The next response, or what came in its place. It belongs to the
    /// question in its kind, its number, and the presentation context it
    /// travels in.
    async fn response<T>(
        &mut self,
        service: Service,
        field: CommandField,
        id: u16,
    ) -> Result<Answer, Reply<T>> {
        match self.conversation.receive(self.silence).await {
            Ok(Incoming::Message(message)) => {
                let about = message.command.number(tags::MESSAGE_ID_BEING_RESPONDED_TO);
                let belongs = message.field() == field
                    && about == Some(id)
                    && message.context == context_of(service);
                match message.status() {
                    Some(status) if belongs => Ok(Answer {
                        status,
                        identified: message.data.is_some_and(|data| !data.is_empty()),
                    }),
                    _ => Err(Reply::Unanswered),
                }
            }
            Ok(Incoming::Abort(source)) => Err(Reply::Aborted((&source).into())),
            Err(Ending::UndefinedAbort) => Err(Reply::Aborted(AbortSource::Undefined)),
            Ok(Incoming::Release | Incoming::Nonsense) | Err(_) => Err(Reply::Unanswered),
        }
    }

    /// Ends the association: politely, or at once if more answers are coming.
    async fn part(self, patients: &Reply<Count>) {
        let mut stream = self.conversation.into_stream();
        // Whatever happens now, nothing is left to be learnt.
        match patients {
            Reply::Answered(Count { capped: true, .. }) => {
                let source = AbortRQSource::ServiceUser;
                let _ = stream.write(&Pdu::AbortRQ { source }).await;
            }
            Reply::Aborted(_) => {}
            _ => {
                let _ = stream.write(&Pdu::ReleaseRQ).await;
                let _ = stream.read(GOODBYE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests;
