//! Files of letters: what stands in them, without what marks it up.

/// The text of a file. Some editors save it in UTF-16, and say so in its first two bytes.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let pairs: Vec<u16> = pairs.iter().map(|pair| of(*pair)).collect();
        String::from_utf16_lossy(&pairs)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The words of a page. An element that begins a paragraph or a cell leaves an empty line; any other may stand
/// in the middle of a word.
pub(super) fn without_tags(page: &str) -> String {
    const WITHIN: [&str; 12] = [
        "a", "b", "code", "em", "font", "i", "o:p", "s", "span", "strong", "sup", "u",
    ];
    let mut words = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let Some((tag, after)) = tag.split_once('>').filter(|_| is_tag) else {
            words.push('<');
            rest = tag;
            continue;
        };
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| c.is_whitespace() || c == '/' && !name.starts_with('/'));
        let name = name.get(..end.unwrap_or(name.len())).unwrap_or(name);
        match name.to_ascii_lowercase().as_str() {
            "br" => words.push('\n'),
            name if WITHIN.contains(&name) => {}
            _ => words.push_str("\n\n"),
        }
        rest = after;
    }
    words.push_str(rest);
    let entities = [
        ("&#91;", "["),
        ("&#93;", "]"),
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(words, |words, (entity, c)| words.replace(entity, c))
}
