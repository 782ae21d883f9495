//! Texts: what a stranger wrote, what a scene and a recording hold.

use crate::clean::Clean;
use crate::recording::Recording;
use crate::redaction::Redactor;
use crate::scene::Scene;

/// Reads bytes as a scene.
pub fn scene(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Scene::parse("fuzz", &text) {
        Ok(scene) => {
            let _ = scene.digest();
        }
        Err(misfits) => {
            assert!(!misfits.is_empty());
            for misfit in misfits {
                assert!(text.get(misfit.span.clone()).is_some(), "{misfit:?}");
            }
        }
    }
}

/// Reads bytes as a recording, which must come out of a second reading as out of
/// the first, and hold no character that acts.
pub fn recording(bytes: &[u8]) {
    let Ok(recording) = serde_json::from_slice::<Recording>(bytes) else {
        return;
    };
    let json = serde_json::to_string(&recording).unwrap();
    let again: Recording = serde_json::from_str(&json).unwrap();
    assert_eq!(again, recording);
    let lines = recording.steps.iter().flat_map(|step| &step.lines);
    for line in lines {
        assert!(!line.text.as_str().contains(char::is_control), "{line:?}");
    }
}

/// Puts bytes around real addresses, none of which may be left; and what betrays
/// them must be found beside any text.
pub fn redact(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut redactor = Redactor::default();
    let pairs = [
        ("127.0.0.1:40213", "192.0.2.10:104"),
        ("127.0.0.1:4021", "192.0.2.11:104"),
        ("[::1]:4021", "[2001:db8::1]:104"),
    ];
    for (real, shown) in pairs {
        redactor.hide(real.parse().unwrap(), shown.parse().unwrap());
    }
    let whole = redactor.apply(&text);
    for (real, shown) in pairs {
        let redacted = redactor.apply(&format!("{text} {real} {text}"));
        assert!(!redacted.contains(real), "{redacted:?}");
        assert_eq!(redacted, format!("{whole} {shown} {whole}"));
        assert_eq!(
            redactor.betrayed(&redacted).is_some(),
            redactor.betrayed(&whole).is_some(),
            "{redacted:?}"
        );
        assert!(redactor.betrayed(&format!("{text} {real}")).is_some());
    }
    assert_eq!(redactor.apply(&whole), whole);
}

/// Makes bytes inert, and takes the entities apart again.
pub fn escape(bytes: &[u8]) {
    for longest in [0, 40, 2_000] {
        let clean = Clean::value(bytes, longest);
        let text = clean.as_str();
        let shown = |c: char| !c.is_control() && !"\u{202e}\u{2066}\u{feff}".contains(c);
        assert!(text.chars().all(shown), "{text:?}");
        assert_eq!(Clean::from(text.to_owned()), clean);
        assert!(!clean.as_plain().contains("{{"), "{text:?}");
        assert_eq!(unescaped(&clean.as_html()), text);
    }
}

/// The text of letters, digits and numeric references, which nothing else may stand among.
fn unescaped(html: &str) -> String {
    let mut parts = html.split("&#");
    let first = parts.next().unwrap_or_default();
    let mut text = first.to_owned();
    let inert = |plain: &str| assert!(plain.chars().all(|c| c.is_ascii_alphanumeric()), "{html}");
    inert(first);
    for part in parts {
        let (number, plain) = part.split_once(';').unwrap();
        inert(plain);
        text.push(char::from_u32(number.parse().unwrap()).unwrap());
        text.push_str(plain);
    }
    text
}
