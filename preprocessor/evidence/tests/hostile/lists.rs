//! Lists of patients that end in every way but the right one.

use super::*;

/// A response to our C-FIND (message 2) in presentation context `context`,
/// with an Identifier, if any.
fn response(context: u8, status: u16, identifier: Option<&[u8]>) -> Vec<u8> {
    let kind = if identifier.is_some() { 0 } else { 0x0101_u16 };
    let mut command = Vec::new();
    for (element, value) in [
        (0x0100_u16, 0x8020_u16),
        (0x0120, 2),
        (0x0800, kind),
        (0x0900, status),
    ] {
        command.extend_from_slice(&[0, 0]);
        command.extend_from_slice(&element.to_le_bytes());
        command.extend_from_slice(&2_u32.to_le_bytes());
        command.extend_from_slice(&value.to_le_bytes());
    }
    let part = |value_type, data| PDataValue {
        presentation_context_id: context,
        value_type,
        is_last: true,
        data,
    };
    let mut data = vec![part(PDataValueType::Command, command)];
    data.extend(identifier.map(|bytes| part(PDataValueType::Data, bytes.to_vec())));
    let mut bytes = Vec::new();
    write_pdu(&mut bytes, &Pdu::PData { data }).unwrap();
    bytes
}

/// Patient ID (0010,0020), of so many characters.
fn identifier(length: u32) -> Vec<u8> {
    let mut bytes = vec![0x10, 0, 0x20, 0];
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend((0..length).map(|_| b'S'));
    bytes
}

/// A pending response that names a patient.
fn pending() -> Vec<u8> {
    response(3, 0xFF00, Some(&identifier(8)))
}

/// What a probe with the usual limits makes of a list.
async fn listed(bytes: Vec<u8>) -> Reply<Count> {
    let mut answer = acceptance(&[3], "X");
    answer.extend(bytes);
    let address = saying(answer).await;
    let limits = Limits {
        silence: limits().silence,
        ..Limits::default()
    };
    let request = request("");
    let looking = probe(address, &request, None, &limits);
    let facts = timeout(WATCHDOG, looking).await.unwrap().unwrap();
    facts.patients
}

fn counted(patients: u32, capped: bool) -> Reply<Count> {
    Reply::Answered(Count { patients, capped })
}

/// A list without an end is counted to the cap, and then left.
#[tokio::test]
async fn an_endless_list_is_capped() {
    let list = pending().repeat(1_100);
    assert_eq!(listed(list).await, counted(1_000, true));
}

/// Long answers to many patients are no reason to count fewer of them.
#[tokio::test]
async fn an_ordinary_list_is_read_to_its_end() {
    for (patients, length) in [(990, 200), (999, 900)] {
        let one = response(3, 0xFF00, Some(&identifier(length)));
        let mut list = one.repeat(patients);
        list.extend(response(3, 0x0000, None));
        let count = counted(patients.try_into().unwrap(), false);
        assert_eq!(listed(list).await, count, "{length}");
    }
}

/// Whoever has named patients has not refused to, however the list ends.
#[tokio::test]
async fn a_list_that_began_is_an_answer() {
    let abort = b"\x07\0\0\0\0\x04\0\0\0\0".to_vec();
    let release = b"\x05\0\0\0\0\x04\0\0\0\0".to_vec();
    let flood = response(3, 0xFF00, Some(&identifier(60_000))).repeat(30);
    let refused = |status| Reply::Refused(Status(status));
    for (what, end, without_patients) in [
        (
            "out of resources",
            response(3, 0xA700, None),
            refused(0xA700),
        ),
        ("cancelled", response(3, 0xFE00, None), refused(0xFE00)),
        ("not authorized", response(3, 0x0124, None), refused(0x0124)),
        ("abort", abort, Reply::Aborted(AbortSource::ServiceUser)),
        (
            "undefined abort",
            b"\x07\0\0\0\0\x04\0\0\x09\x09".to_vec(),
            Reply::Aborted(AbortSource::Undefined),
        ),
        ("release", release, Reply::Unanswered),
        ("silence", Vec::new(), Reply::Unanswered),
        (
            "half a PDU",
            b"\x04\0\0\0\0\x20\0".to_vec(),
            Reply::Unanswered,
        ),
        (
            "too much announced",
            b"\x04\0\xff\xff\xff\xff".to_vec(),
            Reply::Unanswered,
        ),
        (
            "a PDU that does not exist",
            b"\x09\0\0\0\0\0".to_vec(),
            Reply::Unanswered,
        ),
        (
            "another context",
            response(1, 0x0000, None),
            Reply::Unanswered,
        ),
    ] {
        assert_eq!(listed(end.clone()).await, without_patients, "{what}");
        let list = [pending().repeat(3), end].concat();
        assert_eq!(listed(list).await, counted(3, true), "{what}");
    }
    // The allowance of a mebibyte is used up after 17 answers of 60,000 bytes.
    let list = [pending().repeat(3), flood].concat();
    assert_eq!(listed(list).await, counted(20, true));
    // An end without a word.
    let address = peer(|mut stream| async move {
        let mut answer = acceptance(&[3], "X");
        answer.extend(pending().repeat(3));
        let _ = stream.write_all(&answer).await;
        let mut question = [0; 1024];
        let _ = stream.read(&mut question).await;
        let _ = stream.shutdown().await;
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    });
    assert_eq!(facts(address.await, "").await.patients, counted(3, true));
}

/// A response belongs to its question, and a patient has an Identifier
/// (PS3.7 §9.1.2.1.5).
#[tokio::test]
async fn what_names_nobody_is_no_patient() {
    let bare = response(3, 0xFF00, None);
    let empty = response(3, 0xFF00, Some(&[]));
    let stray = response(77, 0xFF00, Some(&identifier(8)));
    for nobody in [bare, empty, stray] {
        assert_eq!(listed(nobody.repeat(3)).await, Reply::Unanswered);
        let list = [pending(), nobody, pending(), response(3, 0, None)].concat();
        assert_eq!(listed(list).await, counted(1, true));
    }
    let strange = response(77, 0x0000, None);
    assert_eq!(listed(strange).await, Reply::Unanswered);
    assert_eq!(listed(response(3, 0x0000, None)).await, counted(0, false));
}
