//! The percent signs in addresses (RFC 3986, section 2.1).

/// A text with its percent signs resolved, once. None where they say nothing, or no UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A name as part of an address.
pub(crate) fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_and_nonsense_does_not() {
        assert_eq!(encoded("two words/%"), "two%20words%2F%25");
        for name in ["two words", "Größe", "50%", "a-b_c.d~e"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
        }
        for nonsense in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decoded(nonsense), None, "{nonsense}");
        }
    }
}
