//! `openssl req`, which makes keys, requests for certificates, and certificates.
//!
//! It can sign a request with the key of a small authority, and what stands on
//! the certificate is then said on its command line, not by the one who asks.

use std::time::Duration;

use super::s_client;
use super::tool::{Context, Input, Kind, Opt, Output, Stream, Tool};
use crate::facts::Seen;

/// The names that samples may put on a certificate: invented ones.
const SUBJECTS: &[&str] = &[
    "/O=Synthetic Hospital/CN=Imaging CA",
    "/CN=modality2.example.test",
];

/// What a certificate may say of its use (RFC 5280 §4.2.1), and for which
/// machine it is.
const EXTENSIONS: &[&str] = &[
    "basicConstraints=critical,CA:FALSE",
    "basicConstraints=critical,CA:TRUE,pathlen:0",
    "keyUsage=critical,keyCertSign,cRLSign",
    "extendedKeyUsage=clientAuth,serverAuth",
    "subjectAltName=DNS:modality2.example.test",
];

/// `openssl req`. Keys are made without a password, which nobody could type in a
/// cage.
pub(super) const TOOL: Tool = Tool {
    program: "openssl",
    package: "openssl",
    version_args: &["version"],
    version: s_client::version,
    options: &[
        Opt::Flag("-x509"),
        Opt::Flag("-noenc"),
        Opt::Value("-newkey", Kind::Word(&["ec"])),
        Opt::Value("-pkeyopt", Kind::Word(&["ec_paramgen_curve:P-256"])),
        Opt::Value("-subj", Kind::Word(SUBJECTS)),
        Opt::Value("-addext", Kind::Word(EXTENSIONS)),
        Opt::Value("-days", Kind::Number),
        Opt::Value("-in", Kind::File),
        Opt::Value("-CA", Kind::File),
        Opt::Value("-CAkey", Kind::File),
        Opt::Value("-keyout", Kind::NewFile),
        Opt::Value("-out", Kind::NewFile),
    ],
    always: &["req"],
    report: None,
    shows: Stream::Both,
    input: Input::Nothing,
    varies: &[],
    patience: Duration::from_secs(10),
    read,
};

/// It finds out nothing; what it wrote is for others to look at.
fn read(_: &Output, _: &Context<'_>) -> Seen {
    Seen::Nothing
}
