//! From TOML to a scene.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::{Fields, Misfits};
use super::foreign_reading as foreign;
use super::web;
use super::words::{AeTitle, PatientName, ShownAs};
use super::{
    Archive, Called, Callers, Firewall, Kind, Patient, Scene, SceneFile, Server, Transport, Unit,
};
use crate::misfit::Misfit;

/// More servers, patients or files than this make no clearer scene.
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
    let files: Vec<_> = fields.tables("file", &mut misfits);
    let units = fields.tables("unit", &mut misfits);
    let empty = tables.is_empty() && files.is_empty() && units.is_empty();
    if empty || tables.len() > MOST {
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
    let firewall = fields
        .table("firewall", &mut misfits)
        .and_then(|table| foreign::firewall(table, &names, &mut misfits));
    let name = |file: &SceneFile| file.name.clone();
    let files = lying_ready(files, "files", foreign::file, name, &mut misfits);
    let name = |unit: &Unit| unit.name.clone();
    let units = lying_ready(units, "units", foreign::unit, name, &mut misfits);
    fields.finish(&mut misfits);
    unknown_neighbours(&servers, firewall.as_ref(), text, &mut misfits);

    match title {
        Some(title) if misfits.0.is_empty() => Ok(Scene {
            id: id.to_owned(),
            title,
            servers,
            firewall,
            files,
            units,
            text: text.to_owned(),
        }),
        _ => Err(misfits.0),
    }
}

/// Reads the files of one kind that lie ready; each has a name of its own.
fn lying_ready<'t, 'i, T>(
    tables: Vec<Fields<'t, 'i>>,
    what: &str,
    read: impl Fn(Fields<'t, 'i>, &mut Misfits) -> Option<T>,
    name: impl Fn(&T) -> String,
    misfits: &mut Misfits,
) -> Vec<T> {
    if let Some(table) = tables.get(MOST) {
        misfits.add(
            table.span(),
            format!("a scene has at most {MOST} {what}"),
            "keep as many as the page needs",
        );
    }
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    for table in tables {
        let span = table.span();
        let Some(one) = read(table, misfits) else {
            continue;
        };
        let name = name(&one);
        if !names.insert(name.clone()) {
            misfits.add(
                span,
                format!("two {what} have the name {name:?}"),
                "give each a name of its own",
            );
        }
        found.push(one);
    }
    found
}

/// The kinds of servers, as a hint lists them.
const KINDS: &str = "\"dicom\", \"web\", \"nothing\", \"impostor\", \"orthanc\", \"storescp\", \"dcmqrscp\", \"gateway\", \"web-proxy\" or \"shodan\"";

/// Names that files of a scene have already.
const RESERVED: [&str; 6] = ["ca", "modality1", "printer", "stranger", "hosts", "other"];

/// A server can only stand before one that is written above it.
fn unknown_neighbours(
    servers: &[Server],
    firewall: Option<&Firewall>,
    text: &str,
    misfits: &mut Misfits,
) {
    let place = |name: &str| {
        let quoted = format!("\"{name}\"");
        let start = text.rfind(&quoted).unwrap_or(0);
        start..text.len().min(start + quoted.len())
    };
    for (index, server) in servers.iter().enumerate() {
        for name in server.behind() {
            if !servers[..index].iter().any(|above| above.name == *name) {
                misfits.add(
                    place(name),
                    format!("no server above this one has the name {name:?}"),
                    "write the server that stands behind first, and name it here",
                );
            }
        }
    }
    for (index, server) in servers.iter().enumerate() {
        let port = server.shown_as.port();
        let shares = |above: &&Server| {
            above.shown_as.port() == port
                && (above.listens_everywhere() || server.listens_everywhere())
        };
        if let Some(above) = servers[..index].iter().find(shares) {
            misfits.add(
                place(&server.shown_as.to_string()),
                format!(
                    "the port {port} is taken already, by the server {:?}",
                    above.name
                ),
                "Orthanc and DCMTK listen at every address: give each a port of its own",
            );
        }
        if RESERVED.contains(&server.name.as_str()) {
            misfits.add(
                place(&server.name),
                format!("no server can have the name {:?}", server.name),
                "choose another: callers' files have this name",
            );
        }
    }
    let protects = firewall.map(|firewall| firewall.protects.as_str());
    if let Some(name) = protects.filter(|name| !servers.iter().any(|s| s.name == *name)) {
        misfits.add(
            place(name),
            format!("no server has the name {name:?}"),
            "name the server that the rules protect",
        );
    }
    let listed = firewall.filter(|firewall| firewall.may_call.is_some());
    let listed = servers
        .iter()
        .find(|server| listed.is_some_and(|rules| rules.protects == server.name));
    if let Some(server) = listed.filter(|server| server.shown_as.ip().is_ipv6()) {
        misfits.add(
            place(&server.name),
            format!("`may-call` cannot be said of {:?}", server.name),
            "give the server an IPv4 address: rules about calls out are of that version",
        );
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
    // Two steps: what kind it is decides which other keys may stand here. A
    // kind nobody knows says nothing about them.
    let kind = fields.word("kind", KINDS, misfits, |text| {
        let known = KINDS.split(['"', ',', ' ']).any(|known| known == text);
        (known && text != "or" && !text.is_empty()).then(|| text.to_owned())
    })?;
    let fields_of = &mut fields;
    let kind = match kind.as_str() {
        "dicom" => archive(fields_of, misfits).map(Kind::Dicom),
        "web" => web::door(fields_of, misfits).map(Kind::Web),
        "impostor" => foreign::impostor(fields_of, misfits).map(Kind::Impostor),
        "orthanc" => foreign::orthanc(fields_of, misfits).map(Kind::Orthanc),
        "storescp" => foreign::storescp(fields_of, misfits).map(Kind::Storescp),
        "dcmqrscp" => foreign::dcmqrscp(fields_of, misfits).map(Kind::Dcmqrscp),
        "gateway" => foreign::gateway(fields_of, misfits).map(Kind::Gateway),
        "web-proxy" => foreign::web_proxy(fields_of, misfits).map(Kind::WebProxy),
        "shodan" => foreign::shodan(fields_of, misfits),
        _ => Some(Kind::Nothing),
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
    let transport = transport(fields, misfits);
    let ae_title = ae_title(fields, misfits);
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
    let patients = patients(fields, misfits);
    Some(Archive {
        transport: transport?,
        ae_title: ae_title?,
        called: called?,
        calling: calling?,
        queries: queries?,
        patients,
    })
}

/// Reads how connections are protected.
pub(super) fn transport(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Transport> {
    fields.word(
        "transport",
        "\"clear\", \"tls\" or \"mutual-tls\"",
        misfits,
        |text| match text {
            "clear" => Some(Transport::Clear),
            "tls" => Some(Transport::Tls),
            "mutual-tls" => Some(Transport::MutualTls),
            _ => None,
        },
    )
}

/// Reads a server's own title.
pub(super) fn ae_title(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<AeTitle> {
    fields.word(
        "ae-title",
        "\"ARCHIVE\": 1 to 16 printable ASCII characters",
        misfits,
        |text| text.parse::<AeTitle>().ok(),
    )
}

/// Reads every `[[server.patient]]`.
pub(super) fn patients(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Vec<Patient> {
    let tables = fields.tables("patient", misfits);
    if tables.len() > MOST {
        misfits.add(
            fields.span(),
            format!("a server holds at most {MOST} patients"),
            "keep as many as the page needs",
        );
    }
    let read = |table| patient(table, misfits);
    tables.into_iter().filter_map(read).collect()
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
    if value
        .get_ref()
        .as_array()
        .is_none_or(|list| list.is_empty())
    {
        misfits.add(
            value.span(),
            format!("`{key}` says neither a word nor a list of titles"),
            format!("write {example}"),
        );
        return None;
    }
    Some(Callers::Only(titles(value, misfits)))
}

/// Reads a list of titles; what is none is reported and left out.
pub(super) fn titles(value: &Spanned<DeValue<'_>>, misfits: &mut Misfits) -> Vec<AeTitle> {
    let mut titles = Vec::new();
    for item in value
        .get_ref()
        .as_array()
        .into_iter()
        .flat_map(|list| list.iter())
    {
        match item.get_ref().as_str().map(str::parse::<AeTitle>) {
            Some(Ok(title)) => titles.push(title),
            _ => misfits.add(
                item.span(),
                "this is not an AE title",
                "write 1 to 16 printable ASCII characters in quotes, such as \"MODALITY1\"",
            ),
        }
    }
    titles
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
pub(super) fn plain_name(text: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ((1..=32).contains(&text.len()) && text.bytes().all(plain)).then(|| text.to_owned())
}
