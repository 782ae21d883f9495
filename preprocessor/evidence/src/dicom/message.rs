//! DIMSE messages (PS3.7 §6.3, §9.3) inside an association.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use dicom_dictionary_std::{tags, uids};
use dicom_ul::pdu::{AbortRQSource, PDataValue, PDataValueType, Pdu};
use tokio::io::{AsyncRead, AsyncWrite};

use super::elements::Elements;
use super::stream::{Ending, PduStream};
use crate::facts::{Service, Status};

/// The value of Command Data Set Type (0000,0800) that means "no data set"
/// (PS3.7 §E.1).
const NO_DATA_SET: u16 = 0x0101;

/// A command set is a few hundred bytes; one longer than this is an attack.
const LONGEST_COMMAND: usize = 16 * 1024;

/// A data set here is a query or one patient.
const LONGEST_DATA: usize = 64 * 1024;

/// Command fields (PS3.7 §E.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommandField {
    /// C-FIND-RQ.
    FindRequest,
    /// C-FIND-RSP.
    FindResponse,
    /// C-ECHO-RQ.
    EchoRequest,
    /// C-ECHO-RSP.
    EchoResponse,
    /// C-CANCEL-RQ.
    CancelRequest,
    /// Any other.
    Other(u16),
}

impl From<u16> for CommandField {
    fn from(code: u16) -> CommandField {
        match code {
            0x0020 => CommandField::FindRequest,
            0x8020 => CommandField::FindResponse,
            0x0030 => CommandField::EchoRequest,
            0x8030 => CommandField::EchoResponse,
            0x0FFF => CommandField::CancelRequest,
            other => CommandField::Other(other),
        }
    }
}

impl CommandField {
    /// The code on the wire.
    fn code(self) -> u16 {
        match self {
            CommandField::FindRequest => 0x0020,
            CommandField::FindResponse => 0x8020,
            CommandField::EchoRequest => 0x0030,
            CommandField::EchoResponse => 0x8030,
            CommandField::CancelRequest => 0x0FFF,
            CommandField::Other(code) => code,
        }
    }

    /// The field of the response to this request.
    pub(crate) fn response(self) -> CommandField {
        CommandField::from(self.code() | 0x8000)
    }
}

/// The UID of a service we use.
pub(crate) fn abstract_syntax(service: Service) -> &'static str {
    match service {
        Service::Verification => uids::VERIFICATION,
        Service::PatientRootFind => uids::PATIENT_ROOT_QUERY_RETRIEVE_INFORMATION_MODEL_FIND,
    }
}

/// One DIMSE message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The presentation context it travels in.
    pub(crate) context: u8,
    /// The command set.
    pub(crate) command: Elements,
    /// The data set, if there is one.
    pub(crate) data: Option<Elements>,
}

impl Message {
    /// A request.
    pub(crate) fn request(
        context: u8,
        field: CommandField,
        service: Service,
        id: u16,
        data: Option<Elements>,
    ) -> Message {
        let mut command = Elements::default();
        command.put_uid(tags::AFFECTED_SOP_CLASS_UID, abstract_syntax(service));
        command.put_number(tags::COMMAND_FIELD, field.code());
        command.put_number(tags::MESSAGE_ID, id);
        if field == CommandField::FindRequest {
            // Medium (PS3.7 §9.3.2.1).
            command.put_number(tags::PRIORITY, 0);
        }
        Message {
            context,
            command,
            data,
        }
    }

    /// A response to `request`.
    pub(crate) fn response(request: &Message, status: Status, data: Option<Elements>) -> Message {
        let mut command = Elements::default();
        if let Some(class) = request.command.text(tags::AFFECTED_SOP_CLASS_UID) {
            command.put_uid(tags::AFFECTED_SOP_CLASS_UID, &class);
        }
        command.put_number(tags::COMMAND_FIELD, request.field().response().code());
        let id = request.command.number(tags::MESSAGE_ID).unwrap_or(0);
        command.put_number(tags::MESSAGE_ID_BEING_RESPONDED_TO, id);
        command.put_number(tags::STATUS, status.0);
        Message {
            context: request.context,
            command,
            data,
        }
    }

    /// What the message is.
    pub(crate) fn field(&self) -> CommandField {
        let code = self.command.number(tags::COMMAND_FIELD);
        CommandField::from(code.unwrap_or(0))
    }

    /// The status of a response.
    pub(crate) fn status(&self) -> Option<Status> {
        self.command.number(tags::STATUS).map(Status)
    }

    /// The message in one PDU. Ours have some hundred bytes; a peer that
    /// could not take as much in one PDU could not take an association.
    pub(crate) fn into_pdu(mut self) -> io::Result<Pdu> {
        let kind = if self.data.is_some() { 0 } else { NO_DATA_SET };
        self.command.put_number(tags::COMMAND_DATA_SET_TYPE, kind);
        // The group length counts what follows it (PS3.7 §E.1).
        let length = u32::try_from(self.command.write()?.len()).map_err(io::Error::other)?;
        self.command.put_long(tags::COMMAND_GROUP_LENGTH, length);
        let part = |value_type, data| PDataValue {
            presentation_context_id: self.context,
            value_type,
            is_last: true,
            data,
        };
        let mut parts = vec![part(PDataValueType::Command, self.command.write()?)];
        if let Some(data) = &self.data {
            parts.push(part(PDataValueType::Data, data.write()?));
        }
        Ok(Pdu::PData { data: parts })
    }
}

/// What came in an association.
pub(crate) enum Incoming {
    /// A message.
    Message(Message),
    /// The peer asks for an orderly end.
    Release,
    /// The peer has broken off.
    Abort(AbortRQSource),
    /// Something that has no place here.
    Nonsense,
}

/// An association that carries messages.
pub(crate) struct Conversation<S> {
    stream: PduStream<S>,
    /// Fragments that came in one PDU with those already used.
    waiting: VecDeque<PDataValue>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    /// Begins after an association was accepted.
    pub(crate) fn new(stream: PduStream<S>) -> Conversation<S> {
        Conversation {
            stream,
            waiting: VecDeque::new(),
        }
    }

    /// Ends without further messages.
    pub(crate) fn into_stream(self) -> PduStream<S> {
        self.stream
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: Message) -> io::Result<()> {
        self.stream.write(&message.into_pdu()?).await
    }

    /// Receives a message, waiting at most `silence` for each of its PDUs.
    /// Whether its presentation context was agreed on is the caller's to say.
    pub(crate) async fn receive(&mut self, silence: Duration) -> Result<Incoming, Ending> {
        let mut context = None;
        let mut command = Vec::new();
        let mut whole_command: Option<Elements> = None;
        let mut data = Vec::new();
        loop {
            let Some(part) = self.waiting.pop_front() else {
                match self.stream.read(silence).await? {
                    Pdu::PData { data } => self.waiting.extend(data),
                    Pdu::ReleaseRQ => return Ok(Incoming::Release),
                    Pdu::AbortRQ { source } => return Ok(Incoming::Abort(source)),
                    _ => return Ok(Incoming::Nonsense),
                }
                continue;
            };
            // All fragments of a message travel in one context (PS3.8 §E.1).
            let context = *context.get_or_insert(part.presentation_context_id);
            if part.presentation_context_id != context {
                return Ok(Incoming::Nonsense);
            }
            match (&whole_command, part.value_type) {
                (None, PDataValueType::Command) => {
                    command.extend_from_slice(&part.data);
                    if command.len() > LONGEST_COMMAND {
                        return Ok(Incoming::Nonsense);
                    }
                    if !part.is_last {
                        continue;
                    }
                    // A command has no sequences (PS3.7 §E.1).
                    let Ok(elements) = Elements::read(&command) else {
                        return Ok(Incoming::Nonsense);
                    };
                    if !elements.is_whole() {
                        return Ok(Incoming::Nonsense);
                    }
                    if elements.number(tags::COMMAND_DATA_SET_TYPE) == Some(NO_DATA_SET) {
                        return Ok(Incoming::Message(Message {
                            context,
                            command: elements,
                            data: None,
                        }));
                    }
                    whole_command = Some(elements);
                }
                (Some(elements), PDataValueType::Data) => {
                    data.extend_from_slice(&part.data);
                    if data.len() > LONGEST_DATA {
                        return Ok(Incoming::Nonsense);
                    }
                    if !part.is_last {
                        continue;
                    }
                    let Ok(data) = Elements::read(&data) else {
                        return Ok(Incoming::Nonsense);
                    };
                    return Ok(Incoming::Message(Message {
                        context,
                        command: elements.clone(),
                        data: Some(data),
                    }));
                }
                _ => return Ok(Incoming::Nonsense),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use dicom_ul::pdu::write_pdu;
    use tokio::io::{AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::*;

    /// What comes of the parts of a good query, sent as `change` leaves them.
    async fn incoming(change: impl Fn(&mut Vec<PDataValue>)) -> Incoming {
        let mut query = Elements::default();
        query.put_text(tags::QUERY_RETRIEVE_LEVEL, "PATIENT");
        let find = CommandField::FindRequest;
        let message = Message::request(3, find, Service::PatientRootFind, 2, Some(query));
        let Pdu::PData { data: mut parts } = message.into_pdu().unwrap() else {
            panic!("a message is data");
        };
        // The command in two fragments.
        let mut rest = parts[0].clone();
        rest.data = parts[0].data.split_off(20);
        parts[0].is_last = false;
        parts.insert(1, rest);
        change(&mut parts);
        let mut bytes = Vec::new();
        write_pdu(&mut bytes, &Pdu::PData { data: parts }).unwrap();
        let (ours, mut theirs) = duplex(1 << 16);
        theirs.write_all(&bytes).await.unwrap();
        let second = Duration::from_secs(1);
        let stream = PduStream::new(ours, 1 << 16, Instant::now() + second);
        Conversation::new(stream).receive(second).await.unwrap()
    }

    #[tokio::test]
    async fn fragments_become_a_message() {
        let Incoming::Message(message) = incoming(|_| {}).await else {
            panic!("no message");
        };
        assert_eq!(
            (message.context, message.field()),
            (3, CommandField::FindRequest)
        );
        assert!(message.data.is_some());
    }

    #[tokio::test]
    async fn a_message_keeps_to_its_context() {
        for stray in 0..3 {
            let seen = incoming(|parts| parts[stray].presentation_context_id = 5).await;
            assert!(matches!(seen, Incoming::Nonsense), "fragment {stray}");
        }
    }

    #[tokio::test]
    async fn a_command_has_no_sequences() {
        let sequence = b"\0\0\x00\x10\xff\xff\xff\xff";
        let seen = incoming(|parts| parts[1].data.extend_from_slice(sequence)).await;
        assert!(matches!(seen, Incoming::Nonsense));
    }
}
