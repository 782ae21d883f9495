//! From TOML to a scene.

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::fields::{Fields, Misfits};
use super::words::{AeTitle, PatientName, ShownAs};
use super::{Archive, Called, Callers, Kind, Patient, Scene, Server, Transport};
use crate::misfit::Misfit;

/// More servers or patients than this make no clearer scene.
const MOST: usize = 16;

/// Reads a scene and reports every problem.
pub(super) fn scene(id: &str, text: &str) -> Result<Scene, Vec<Misfit>> {
    let mut misfits = Misfits::default();
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        misfits.add(
            error.span().unwrap_or(0..text.len()),
            error.message().to_owned(),
            "mend the TOML of this line; the other problems show when it can be read",
        );
    }
    if !misfits.0.is_empty() {
        return Err(misfits.0);
    }

    let mut fields = Fields::new(document.get_ref(), 0..text.len());
    let title = fields.word("title", "\"What the scene shows\"", &mut misfits, filled);
    let mut servers = Vec::new();
    let mut names = BTreeSet::new();
    let mut addresses = BTreeSet::new();
    let tables = fields.tables("server", &mut misfits);
    if tables.is_empty() || tables.len() > MOST {
        misfits.add(
            fields.span(),
            format!(
                "a scene has 1 to {MOST} servers, this one has {}",
                tables.len()
            ),
            "begin each server with the line `[[server]]`",
        );
    }
    for table in tables {
        let span = table.span();
        let Some(server) = server(table, &mut misfits) else {
            continue;
        };
        if !names.insert(server.name.clone()) {
            misfits.add(
                span.clone(),
                format!("two servers have the name {:?}", server.name),
                "give each server a name of its own",
            );
        }
        if !addresses.insert(server.shown_as.to_string()) {
            misfits.add(
                span,
                format!("two servers are shown as {}", server.shown_as),
                "give each server a shown address of its own",
            );
        }
        servers.push(server);
    }
    fields.finish(&mut misfits);

    match title {
        Some(title) if misfits.0.is_empty() => Ok(Scene {
            id: id.to_owned(),
            title,
            servers,
        }),
        _ => Err(misfits.0),
    }
}

/// Reads one `[[server]]`.
fn server(mut fields: Fields<'_, '_>, misfits: &mut Misfits) -> Option<Server> {
    let name = fields.word("name", "\"archive\"", misfits, plain_name);
    let shown_as = fields.word(
        "shown-as",
        "a documentation address with a port, such as \"192.0.2.10:11112\"",
        misfits,
        |text| text.parse::<ShownAs>().ok(),
    );
    // Two steps: what kind it is decides which other keys may stand here.
    let kind = fields.word(
        "kind",
        "\"dicom\" or \"nothing\"",
        misfits,
        |text| match text {
            "dicom" => Some(true),
            "nothing" => Some(false),
            _ => None,
        },
    );
    let kind = match kind {
        Some(true) => archive(&mut fields, misfits).map(Kind::Dicom),
        Some(false) => Some(Kind::Nothing),
        // Which keys belong here is unknown: say nothing about them.
        None => return None,
    };
    fields.finish(misfits);
    Some(Server {
        name: name?,
        shown_as: shown_as?,
        kind: kind?,
    })
}

/// Reads the settings of a DICOM server.
fn archive(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Archive> {
    let transport = fields.word(
        "transport",
        "\"clear\", \"tls\" or \"mutual-tls\"",
        misfits,
        |text| match text {
            "clear" => Some(Transport::Clear),
            "tls" => Some(Transport::Tls),
            "mutual-tls" => Some(Transport::MutualTls),
            _ => None,
        },
    );
    let ae_title = fields.word(
        "ae-title",
        "\"ARCHIVE\": 1 to 16 printable ASCII characters",
        misfits,
        |text| text.parse::<AeTitle>().ok(),
    );
    let called = fields.word(
        "called",
        "\"any\" or \"checked\"",
        misfits,
        |text| match text {
            "any" => Some(Called::Any),
            "checked" => Some(Called::Checked),
            _ => None,
        },
    );
    let calling = callers("calling", false, fields, misfits);
    let queries = callers("queries", true, fields, misfits);
    let mut patients = Vec::new();
    let tables = fields.tables("patient", misfits);
    if tables.len() > MOST {
        misfits.add(
            fields.span(),
            format!("a server holds at most {MOST} patients"),
            "keep as many as the page needs",
        );
    }
    for table in tables {
        patients.extend(patient(table, misfits));
    }
    Some(Archive {
        transport: transport?,
        ae_title: ae_title?,
        called: called?,
        calling: calling?,
        queries: queries?,
        patients,
    })
}

/// Reads `"any"`, `"off"` where that makes sense, or a list of titles.
fn callers(
    key: &'static str,
    off: bool,
    fields: &mut Fields<'_, '_>,
    misfits: &mut Misfits,
) -> Option<Callers> {
    let example = if off {
        "\"any\", \"off\" or a list such as [\"MODALITY1\"]"
    } else {
        "\"any\" or a list such as [\"MODALITY1\"]"
    };
    let value = fields.required(key, example, misfits)?;
    if value.get_ref().as_str() == Some("any") {
        return Some(Callers::Any);
    }
    if off && value.get_ref().as_str() == Some("off") {
        return Some(Callers::Only(Vec::new()));
    }
    let Some(list) = value.get_ref().as_array().filter(|list| !list.is_empty()) else {
        misfits.add(
            value.span(),
            format!("`{key}` says neither a word nor a list of titles"),
            format!("write {example}"),
        );
        return None;
    };
    let mut titles = Vec::new();
    for item in list.iter() {
        match item.get_ref().as_str().map(str::parse::<AeTitle>) {
            Some(Ok(title)) => titles.push(title),
            _ => misfits.add(
                item.span(),
                "this is not an AE title",
                "write 1 to 16 printable ASCII characters in quotes, such as \"MODALITY1\"",
            ),
        }
    }
    Some(Callers::Only(titles))
}

/// Reads one `[[server.patient]]`.
fn patient(mut fields: Fields<'_, '_>, misfits: &mut Misfits) -> Option<Patient> {
    let name = fields.word(
        "name",
        "an invented name such as \"SYNTHETIC^ALPHA\"",
        misfits,
        |text| text.parse::<PatientName>().ok(),
    );
    let id = fields.word(
        "id",
        "an invented number such as \"SYN-0001\"",
        misfits,
        |text| {
            let digits = text.strip_prefix("SYN-")?;
            let number =
                (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            number.then(|| text.to_owned())
        },
    );
    fields.finish(misfits);
    Some(Patient {
        name: name?,
        id: id?,
    })
}

/// A text that is not empty.
fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// Small letters, digits and hyphens: it becomes part of a certificate's name.
fn plain_name(text: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ((1..=32).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}
