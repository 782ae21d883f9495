//! From TOML to servers of other makers, rules and files.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use toml::Spanned;
use toml::de::DeValue;

use super::fields::{Fields, Misfits};
use super::reading::{ae_title, patients, plain_name, titles, transport};
use super::words::{ShownAs, is_documentation};
use super::{
    CertificateKind, Dcmqrscp, Destination, Firewall, Gateway, Impostor, Kind, LogFormat, Orthanc,
    Otherwise, Profile, Protocol, SceneFile, Storescp, Transport, Unit, Versions, WebProxy,
};

/// Where listed devices are, unless a scene says otherwise.
const KNOWN_AT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 21));

pub(super) fn impostor(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Impostor> {
    let example = "\"busy\", \"no-service\", \"garbage\", \"endless\", \"cut-off\" or \"silence\"";
    fields.word("says", example, misfits, |text| match text {
        "busy" => Some(Impostor::Busy),
        "no-service" => Some(Impostor::NoService),
        "garbage" => Some(Impostor::Garbage),
        "endless" => Some(Impostor::Endless),
        "cut-off" => Some(Impostor::CutOff),
        "silence" => Some(Impostor::Silence),
        _ => None,
    })
}

pub(super) fn orthanc(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Orthanc> {
    let transport = transport(fields, misfits);
    let certificate = certificate(fields, misfits);
    let ae_title = ae_title(fields, misfits);
    let known = fields.optional("known");
    let known = known.map_or_else(Vec::new, |value| titles(value, misfits));
    let known_at = fields.word_or(
        "known-at",
        "a documentation address such as \"192.0.2.21\"",
        misfits,
        KNOWN_AT,
        address,
    );
    let settings = settings(fields, misfits);
    let web = fields.flag("web", misfits);
    let patients = patients(fields, misfits);
    Some(Orthanc {
        transport: transport?,
        certificate: certificate?,
        ae_title: ae_title?,
        known,
        known_at: known_at?,
        settings,
        web,
        patients,
    })
}

/// Orthanc's own settings, as far as a scene may name them.
fn settings(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> BTreeMap<String, bool> {
    let mut settings = BTreeMap::new();
    let Some(mut table) = fields.table("settings", misfits) else {
        return settings;
    };
    for name in Orthanc::SETTINGS {
        if table.optional(name).is_some() {
            settings.insert(name.to_owned(), table.flag(name, misfits));
        }
    }
    table.finish(misfits);
    settings
}

pub(super) fn storescp(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Storescp> {
    let transport = transport(fields, misfits);
    let certificate = certificate(fields, misfits);
    let example = "\"bcp195-nd\", \"bcp195\", \"bcp195-ex\", \"aes\" or \"null\"";
    let profile = fields.word_or("profile", example, misfits, None, |text| {
        Some(Some(match text {
            "bcp195-nd" => Profile::Bcp195Nd,
            "bcp195" => Profile::Bcp195,
            "bcp195-ex" => Profile::Bcp195Ex,
            "aes" => Profile::Aes,
            "null" => Profile::Null,
            _ => return None,
        }))
    });
    Some(Storescp {
        transport: transport?,
        certificate: certificate?,
        profile: profile?,
    })
}

pub(super) fn dcmqrscp(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Dcmqrscp> {
    let ae_title = ae_title(fields, misfits);
    let patients = patients(fields, misfits);
    Some(Dcmqrscp {
        ae_title: ae_title?,
        patients,
    })
}

pub(super) fn gateway(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Gateway> {
    let before = fields.word("before", "\"modality\"", misfits, plain_name);
    let transport = fields.word(
        "transport",
        "\"tls\" or \"mutual-tls\"",
        misfits,
        |text| match text {
            "tls" => Some(Transport::Tls),
            "mutual-tls" => Some(Transport::MutualTls),
            _ => None,
        },
    );
    let certificate = certificate(fields, misfits);
    let admits = admits(fields, transport, misfits);
    let versions = fields.word_or(
        "versions",
        "\"modern\" or \"1.0\"",
        misfits,
        Versions::Modern,
        |text| match text {
            "modern" => Some(Versions::Modern),
            "1.0" => Some(Versions::Tls10),
            _ => None,
        },
    );
    Some(Gateway {
        before: before?,
        transport: transport?,
        certificate: certificate?,
        versions: versions?,
        admits: admits?,
    })
}

/// Whose certificate a gateway admits; anybody's, where nothing is said. A name
/// can be asked for only where a certificate is.
fn admits(
    fields: &mut Fields<'_, '_>,
    transport: Option<Transport>,
    misfits: &mut Misfits,
) -> Option<Option<String>> {
    let example = "\"modality1.example.test\", with transport = \"mutual-tls\"";
    fields.word_or("admits", example, misfits, None, |text| {
        let name = text.strip_suffix(".example.test").and_then(plain_name);
        let named = name.filter(|_| transport == Some(Transport::MutualTls));
        named.map(|_| Some(text.to_owned()))
    })
}

/// What kind of certificate a server shows; a good one where nothing is said.
fn certificate(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<CertificateKind> {
    let example =
        "\"good\", \"ending-soon\", \"ended\", \"other-host\", \"rsa\" or \"self-signed\"";
    let usual = CertificateKind::Good;
    fields.word_or("certificate", example, misfits, usual, |text| match text {
        "good" => Some(CertificateKind::Good),
        "ending-soon" => Some(CertificateKind::EndingSoon),
        "ended" => Some(CertificateKind::Ended),
        "other-host" => Some(CertificateKind::OtherHost),
        "rsa" => Some(CertificateKind::Rsa),
        "self-signed" => Some(CertificateKind::SelfSigned),
        _ => None,
    })
}

pub(super) fn web_proxy(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<WebProxy> {
    let before = fields.word("before", "\"archive\"", misfits, plain_name);
    let transport = fields.word(
        "transport",
        "\"clear\" or \"tls\"",
        misfits,
        |text| match text {
            "clear" => Some(Transport::Clear),
            "tls" => Some(Transport::Tls),
            _ => None,
        },
    );
    let log = log(fields, misfits);
    let upstream =
        fields.word_or(
            "upstream",
            "\"up\" or \"down\"",
            misfits,
            false,
            |text| match text {
                "up" => Some(false),
                "down" => Some(true),
                _ => None,
            },
        );
    Some(WebProxy {
        before: before?,
        transport: transport?,
        log: log?,
        upstream_is_down: upstream?,
    })
}

/// Reads what a web server writes into its access log.
pub(super) fn log(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<LogFormat> {
    let example = "\"combined\" or \"path-only\"";
    fields.word("log", example, misfits, |text| match text {
        "combined" => Some(LogFormat::Combined),
        "path-only" => Some(LogFormat::PathOnly),
        _ => None,
    })
}

pub(super) fn shodan(fields: &mut Fields<'_, '_>, misfits: &mut Misfits) -> Option<Kind> {
    let value = fields.required("watches", "[\"archive\"]", misfits)?;
    let watches = list(
        value,
        "a server's name such as \"archive\"",
        misfits,
        plain_name,
    );
    Some(Kind::Shodan { watches })
}

/// Reads `[firewall]`.
pub(super) fn firewall(
    mut fields: Fields<'_, '_>,
    servers: &BTreeSet<String>,
    misfits: &mut Misfits,
) -> Option<Firewall> {
    let protects = fields.word("protects", "\"archive\"", misfits, |text| {
        servers.contains(text).then(|| text.to_owned())
    });
    let allow = fields.required("allow", "[\"192.0.2.21\"]", misfits);
    let allow = allow.map(|value| list(value, "a documentation address", misfits, address));
    let otherwise = fields.word(
        "otherwise",
        "\"drop\" or \"reject\"",
        misfits,
        |text| match text {
            "drop" => Some(Otherwise::Drop),
            "reject" => Some(Otherwise::Reject),
            _ => None,
        },
    );
    let may_call = fields.optional("may-call").map(|value| {
        let example = "who may be called, such as \"tcp 192.0.2.21:104\"";
        list(value, example, misfits, destination)
    });
    fields.finish(misfits);
    Some(Firewall {
        protects: protects?,
        allow: allow?,
        otherwise: otherwise?,
        may_call,
    })
}

/// `tcp 192.0.2.21:104`. The address is of the fourth version: so are the rules
/// about calls out.
fn destination(text: &str) -> Option<Destination> {
    let (protocol, at) = text.split_once(' ')?;
    let protocol = match protocol {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        _ => return None,
    };
    let at = at.parse::<ShownAs>().ok()?;
    at.ip().is_ipv4().then_some(Destination { protocol, at })
}

/// Reads one `[[file]]`.
pub(super) fn file(mut fields: Fields<'_, '_>, misfits: &mut Misfits) -> Option<SceneFile> {
    let name = fields.word("name", "\"image.dcm\"", misfits, |text| {
        let stem = text.strip_suffix(".dcm").and_then(plain_name);
        stem.map(|_| text.to_owned())
    });
    let example = "\"empty\", \"windows-program\" or \"linux-program\"";
    let preamble = fields.word("preamble", example, misfits, |text| text.parse().ok());
    fields.finish(misfits);
    Some(SceneFile {
        name: name?,
        preamble: preamble?,
    })
}

/// Reads one `[[unit]]`.
pub(super) fn unit(mut fields: Fields<'_, '_>, misfits: &mut Misfits) -> Option<Unit> {
    let name = fields.word("name", "\"gateway\"", misfits, plain_name);
    let confined = fields.flag("confined", misfits);
    fields.finish(misfits);
    Some(Unit {
        name: name?,
        confined,
    })
}

/// Reads a list of texts that mean something; what does not is reported.
fn list<T>(
    value: &Spanned<DeValue<'_>>,
    example: &str,
    misfits: &mut Misfits,
    meaning: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let Some(array) = value.get_ref().as_array() else {
        misfits.add(
            value.span(),
            "this is not a list",
            format!("write it in brackets: {example}"),
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in array.iter() {
        match item.get_ref().as_str().and_then(&meaning) {
            Some(meant) => found.push(meant),
            None => misfits.add(
                item.span(),
                "this does not belong in the list",
                format!("write {example}"),
            ),
        }
    }
    found
}

/// An address of the ranges for documentation.
fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok().filter(|ip| is_documentation(*ip))
}
