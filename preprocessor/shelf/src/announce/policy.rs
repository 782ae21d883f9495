//! What browsers may do with a page: one definition, which pages state themselves, servers send, and
//! the preview server uses.

/// The Content Security Policy (W3C, level 3). A page loads its own styles, scripts, pictures and letters,
/// and nothing else from anywhere; it sends no form, and opens no connection.
///
/// There is no `upgrade-insecure-requests`: nothing here is loaded by `http:`, and a page on a stick
/// would lose its styles.
const CONTENT: [(&str, &str); 7] = [
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("font-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];
/// What a page cannot say of itself, and servers can: that no other page may show it in a frame.
const FRAMES: (&str, &str) = ("frame-ancestors", "'none'");

/// The devices and powers of a browser that no page here needs, as the registry of features names them
/// (W3C, Permissions Policy). Names that browsers do not know would fill their consoles with warnings.
const POWERS: [&str; 20] = [
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
];

/// A year, in seconds.
const YEAR: u32 = 31_536_000;
/// How files may be kept whose name changes with their content.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// How all others may be kept: five minutes, after which browsers ask whether there is a newer one.
pub(crate) const FOR_MINUTES: &str = "public, max-age=300";
/// The places of files that never change, as a regular expression of servers: at least eight digits of a
/// digest before the ending, in the folders where the build makes such names. An editor's picture or page
/// may have a date in its name.
pub(crate) const NEVER_CHANGES: &str =
    r"/(fonts|search|theme)/([^/]+/)?[^/]+-[0-9a-f]{8,}\.(css|js|woff2)$";
const FOLDERS: [&str; 3] = ["fonts", "search", "theme"];
const ENDINGS: [&str; 3] = ["css", "js", "woff2"];

/// The policy as a page states it: `<meta http-equiv="Content-Security-Policy" content="…">`.
pub(crate) fn in_page() -> String {
    in_words(CONTENT.iter())
}

/// Every header that servers send with every answer, but for `Cache-Control`.
pub(crate) fn headers() -> Vec<(&'static str, String)> {
    let powers: Vec<String> = POWERS.iter().map(|power| format!("{power}=()")).collect();
    vec![
        (
            "Content-Security-Policy",
            in_words(CONTENT.iter().chain([&FRAMES])),
        ),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", powers.join(", ")),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        // A card shown beside a link is fetched by a server, to which this header means nothing.
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        // Browsers heed it over https alone. It speaks for this host and not for others below its name,
        // which may not be ours, and asks for no place on the lists that browsers ship.
        ("Strict-Transport-Security", format!("max-age={YEAR}")),
    ]
}

/// Whether a file of the website never changes under its name.
pub(crate) fn never_changes(place: &str) -> bool {
    let Some((stem, ending)) = place.rsplit_once('.') else {
        return false;
    };
    let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    let digest = stem.rsplit_once('-').map_or("", |(_, digest)| digest);
    let folders: Vec<&str> = stem.split('/').rev().skip(1).take(2).collect();
    let is_ours = folders.iter().any(|folder| FOLDERS.contains(folder));
    is_ours && ENDINGS.contains(&ending) && digest.len() >= 8 && digest.chars().all(is_digit)
}

fn in_words<'a>(directives: impl Iterator<Item = &'a (&'a str, &'a str)>) -> String {
    let directives: Vec<String> = directives
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_the_server_state_the_same_policy() {
        assert_eq!(
            in_page(),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
        );
        let headers = headers();
        let sent = headers
            .iter()
            .find(|(name, _)| *name == "Content-Security-Policy");
        let sent = sent.map(|(_, value)| value.strip_prefix(&in_page()));
        assert_eq!(sent, Some(Some("; frame-ancestors 'none'")));
    }

    #[test]
    fn headers_can_stand_in_quotation_marks_of_every_server() {
        for (name, value) in headers() {
            assert!(
                value.chars().all(|c| !"\"\\${}\n".contains(c)),
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn only_a_name_with_a_digest_never_changes() {
        for (place, wanted) in [
            ("theme/css/site-1a2b3c4d.css", true),
            ("fonts/open-sans-00112233445566778899.woff2", true),
            ("theme/css/site-1a2b3c4.css", false),
            ("theme/css/site-1A2B3C4D.css", false),
            ("theme/js/appearance.js", false),
            ("answers/news-20261122.html", false),
            ("theme/news-20261122.html", false),
            ("photo-20261122.png", false),
            ("css/site-1a2b3c4d.css", false),
            ("theme/a/b/site-1a2b3c4d.css", false),
            ("theme/deadbeef.css", false),
            ("cards/answers/decoys.png", false),
        ] {
            assert_eq!(never_changes(place), wanted, "{place}");
        }
        let (folders, endings) = (FOLDERS.join("|"), ENDINGS.join("|"));
        assert!(NEVER_CHANGES.starts_with(&format!("/({folders})/")));
        assert!(NEVER_CHANGES.ends_with(&format!(r"\.({endings})$")));
    }
}
