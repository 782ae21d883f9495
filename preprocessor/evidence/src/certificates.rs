//! Certificates made for one run.
//!
//! Nothing here is secret or lasting: every scene gets keys of its own, and
//! they are forgotten with it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use time::{Duration, OffsetDateTime};

use crate::scene::CertificateKind;

/// How long a certificate of the lab is valid.
const VALID_DAYS: i64 = 397;

/// The organization all certificates of the lab name.
const ORGANIZATION: &str = "Synthetic Hospital";

/// The certificates could not be made, or rustls does not want them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// Making one failed.
    #[error("cannot make a certificate for the lab")]
    Making(#[from] rcgen::Error),
    /// Using one failed.
    #[error("cannot use a certificate of the lab")]
    Using(#[from] rustls::Error),
    /// The verifier of client certificates could not be made.
    #[error("cannot check client certificates in the lab")]
    Checking(#[from] rustls::server::VerifierBuilderError),
}

/// The certificates of one scene: an authority it trusts, two clients'
/// certificates from it, and one from an authority it does not know.
#[derive(Debug)]
pub struct Certificates {
    authority: Authority,
    trusted: Identity,
    colleague: Identity,
    stranger: Identity,
}

/// A certificate and its private key.
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
    pem: String,
}

impl fmt::Debug for Identity {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl fmt::Debug for Authority {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

impl Certificates {
    /// Makes all of them.
    ///
    /// # Errors
    /// The random numbers of the system failed.
    pub fn make() -> Result<Certificates, CertificateError> {
        let authority = Authority::make("Synthetic Hospital Device CA")?;
        let unknown = Authority::make("Unknown CA")?;
        let client = ExtendedKeyUsagePurpose::ClientAuth;
        Ok(Certificates {
            trusted: authority.issue("modality1.example.test", client.clone())?,
            colleague: authority.issue("printer.example.test", client.clone())?,
            stranger: unknown.issue("stranger.example.test", client)?,
            authority,
        })
    }

    /// The certificate of the authority the scene trusts, in PEM.
    pub fn authority_pem(&self) -> &str {
        &self.authority.pem
    }

    /// A client's certificate that the scene trusts.
    pub fn trusted(&self) -> &Identity {
        &self.trusted
    }

    /// The certificate of another client that the scene trusts: a printer.
    pub(crate) fn colleague(&self) -> &Identity {
        &self.colleague
    }

    /// A client's certificate from an authority the scene does not know.
    pub fn stranger(&self) -> &Identity {
        &self.stranger
    }

    /// A certificate for a server with this name, valid for 127.0.0.1 too.
    ///
    /// # Errors
    /// The random numbers of the system failed.
    pub fn server(&self, name: &str) -> Result<Identity, CertificateError> {
        let host = format!("{name}.example.test");
        self.authority
            .issue(&host, ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A certificate of the kind a scene asks for.
    ///
    /// # Errors
    /// The random numbers of the system failed.
    pub(crate) fn server_of_kind(
        &self,
        name: &str,
        kind: CertificateKind,
        at: IpAddr,
    ) -> Result<Identity, CertificateError> {
        let own = format!("{name}.example.test");
        let (host, days) = match kind {
            // A key of another kind is made elsewhere.
            CertificateKind::Good | CertificateKind::Rsa | CertificateKind::SelfSigned => {
                (own.as_str(), VALID_DAYS)
            }
            CertificateKind::EndingSoon => (own.as_str(), 12),
            CertificateKind::Ended => (own.as_str(), -1),
            CertificateKind::OtherHost => ("other.example.test", VALID_DAYS),
        };
        let params = end_entity(host, at, ExtendedKeyUsagePurpose::ServerAuth, days)?;
        match kind {
            CertificateKind::SelfSigned => Identity::self_signed(&params),
            _ => self.authority.sign(params, KeyPair::generate()?),
        }
    }

    /// A certificate for a server that has its key already, in PEM.
    ///
    /// # Errors
    /// It is no key, or none that can be certified.
    pub(crate) fn server_with_key(
        &self,
        name: &str,
        key: &str,
        at: IpAddr,
    ) -> Result<Identity, CertificateError> {
        let host = format!("{name}.example.test");
        let mut params = end_entity(&host, at, ExtendedKeyUsagePurpose::ServerAuth, VALID_DAYS)?;
        params.key_usages.push(KeyUsagePurpose::KeyEncipherment);
        self.authority.sign(params, KeyPair::from_pem(key)?)
    }

    /// The TLS settings of a server: TLS 1.2 and 1.3 with rustls's suites,
    /// which all are on the list of BCP 195.
    pub(crate) fn server_config(
        &self,
        server: &Identity,
        ask_client: bool,
    ) -> Result<Arc<ServerConfig>, CertificateError> {
        let provider = crypto();
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()?;
        let builder = if ask_client {
            let mut roots = RootCertStore::empty();
            roots.add(self.authority.certificate.clone())?;
            builder.with_client_cert_verifier(
                WebPkiClientVerifier::builder_with_provider(roots.into(), provider).build()?,
            )
        } else {
            builder.with_no_client_auth()
        };
        let config =
            builder.with_single_cert(vec![server.certificate.clone()], server.private_key())?;
        Ok(Arc::new(config))
    }
}

impl Identity {
    /// A certificate that nobody else vouches for.
    fn self_signed(params: &CertificateParams) -> Result<Identity, CertificateError> {
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Ok(Identity {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            key,
        })
    }

    /// The certificate, in PEM.
    pub fn certificate_pem(&self) -> &str {
        &self.pem
    }

    /// The private key, in PEM. It is worth nothing outside the lab.
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// The certificate in the form rustls takes.
    pub(crate) fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.clone()
    }

    /// The key in the form rustls takes.
    pub(crate) fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.key.serialize_der()).into()
    }
}

impl Authority {
    fn make(name: &str) -> Result<Authority, CertificateError> {
        let mut params = params(name)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Ok(Authority {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
        })
    }

    fn issue(
        &self,
        host: &str,
        usage: ExtendedKeyUsagePurpose,
    ) -> Result<Identity, CertificateError> {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let params = end_entity(host, here, usage, VALID_DAYS)?;
        self.sign(params, KeyPair::generate()?)
    }

    fn sign(
        &self,
        mut params: CertificateParams,
        key: KeyPair,
    ) -> Result<Identity, CertificateError> {
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Identity {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            key,
        })
    }
}

/// What a machine's certificate says: its name and its address. One that has
/// ended was valid for a month.
fn end_entity(
    host: &str,
    address: IpAddr,
    usage: ExtendedKeyUsagePurpose,
    days: i64,
) -> Result<CertificateParams, CertificateError> {
    let mut params = params(host)?;
    params.subject_alt_names = vec![
        SanType::DnsName(host.try_into()?),
        SanType::IpAddress(address),
    ];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![usage];
    params.not_after = OffsetDateTime::now_utc() + Duration::days(days) + Duration::hours(1);
    if days < 0 {
        params.not_before = params.not_after - Duration::days(30);
    }
    Ok(params)
}

/// What all certificates of the lab have in common.
fn params(name: &str) -> Result<CertificateParams, CertificateError> {
    let mut params = CertificateParams::new(Vec::new())?;
    params
        .distinguished_name
        .push(DnType::OrganizationName, ORGANIZATION);
    params.distinguished_name.push(DnType::CommonName, name);
    // An hour of tolerance at either end, so that "days left" is the same
    // number in every run.
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::hours(1);
    params.not_after = now + Duration::days(VALID_DAYS) + Duration::hours(1);
    Ok(params)
}

/// The cryptography of all our TLS, named explicitly: a process-wide default
/// would be global state.
pub(crate) fn crypto() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
