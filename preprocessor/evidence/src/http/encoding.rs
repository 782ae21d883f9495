//! Percent signs in web addresses (RFC 3986 §2.1).

/// Text without percent signs; in a query a plus is a space. Bytes that are not
/// UTF-8 are replaced.
pub(crate) fn decoded(text: &str, query: bool) -> String {
    String::from_utf8_lossy(&decoded_bytes(text, query)).into_owned()
}

/// The same, byte by byte.
pub(crate) fn decoded_bytes(text: &str, query: bool) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = match (digit(after.first()), digit(after.get(1))) {
            (Some(high), Some(low)) if *first == b'%' => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        bytes.push(match (escaped, first) {
            (Some(byte), _) => byte,
            (None, b'+') if query => b' ',
            (None, other) => *other,
        });
        rest = match escaped {
            Some(_) => after.get(2..).unwrap_or_default(),
            None => after,
        };
    }
    bytes
}

/// Text as it may stand in a query: letters, digits and `-._~` as they are, all
/// else by its bytes (RFC 3986 §2.3). The caret of a patient's name is `%5E`.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn broken_escapes_stay() {
        assert_eq!(decoded("%", true), "%");
        assert_eq!(decoded("%4", true), "%4");
        assert_eq!(decoded("%zz%41", true), "%zzA");
        assert_eq!(decoded("a+b", false), "a+b");
        assert_eq!(decoded("%ff", true), "\u{fffd}");
        assert_eq!(decoded_bytes("%ff", true), [0xff]);
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded_to_itself(text in any::<String>()) {
            let encoded = encoded(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert!(!encoded.contains(['^', '&', '=', '+', '"', ' ']));
            prop_assert_eq!(decoded(&encoded, true), text);
        }
    }
}
