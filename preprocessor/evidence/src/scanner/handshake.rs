//! A TLS handshake that trusts everybody and remembers everything.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{
    AlertDescription, ClientConfig, DigitallySignedStruct, ProtocolVersion, SignatureScheme,
};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use x509_parser::error::X509Error;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;

use super::tap::Tap;
use super::verdict;
use crate::certificates::{CertificateError, Identity, crypto};
use crate::clean::Clean;
use crate::dicom::stream::Ending;
use crate::facts::{Certificate, ClientCertificate, Handshake, KeyKind, Peer, Tls, TlsVersion};
use crate::loopback::Loopback;

/// How long a name in a certificate may be, in characters.
const LONGEST_NAME: usize = 120;

/// RSA signatures with smaller keys are not checked by the libraries we use.
const SMALLEST_RSA: usize = 2048;

/// What a handshake led to.
pub(super) enum Outcome {
    /// A protected connection, as far as the client can tell.
    Secured(Box<TlsStream<Tap>>, Witness),
    /// None, and who answered in its place.
    Failed(Tls, Peer),
}

/// Remembers what the server said about itself and asked of us.
#[derive(Clone, Debug)]
pub(super) struct Witness(Arc<Notes>);

#[derive(Debug)]
struct Notes {
    provider: Arc<CryptoProvider>,
    identity: Option<Arc<CertifiedKey>>,
    certificate: OnceLock<CertificateDer<'static>>,
    asked: AtomicBool,
}

/// Shakes hands, showing `identity` if the server asks for a certificate.
///
/// # Errors
/// Our own key cannot be used; never because of the server.
pub(super) async fn shake(
    address: Loopback,
    stream: TcpStream,
    identity: Option<&Identity>,
    silence: Duration,
) -> Result<Outcome, CertificateError> {
    let witness = Witness::new(identity)?;
    let config = ClientConfig::builder_with_provider(witness.0.provider.clone())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(witness.clone()))
        .with_client_cert_resolver(Arc::new(witness.clone()));
    let connector = TlsConnector::from(Arc::new(config));
    let name = ServerName::IpAddress(address.ip().into());
    let (tap, head) = Tap::new(stream);
    let shaken = timeout(silence, connector.connect(name, tap)).await;
    let head = head.bytes();
    let handshake = match shaken {
        Ok(Ok(stream)) => return Ok(Outcome::Secured(Box::new(stream), witness)),
        Ok(Err(error)) => witness.reason(&error, &head),
        Err(_) => Handshake::Unanswered,
    };
    let peer = match handshake {
        Handshake::HungUp if head.is_empty() => Peer::HungUp,
        _ => verdict::by_answer_to_hello(&head),
    };
    Ok(Outcome::Failed(witness.failure(handshake), peer))
}

impl Witness {
    fn new(identity: Option<&Identity>) -> Result<Witness, rustls::Error> {
        let provider = crypto();
        let identity = match identity {
            None => None,
            Some(identity) => {
                let key = provider
                    .key_provider
                    .load_private_key(identity.private_key())?;
                let chain = vec![identity.certificate()];
                Some(Arc::new(CertifiedKey::new(chain, key)))
            }
        };
        Ok(Witness(Arc::new(Notes {
            provider,
            identity,
            certificate: OnceLock::new(),
            asked: AtomicBool::new(false),
        })))
    }

    fn asked(&self) -> bool {
        self.0.asked.load(Ordering::Relaxed)
    }

    /// The facts of a handshake that led nowhere.
    fn failure(&self, handshake: Handshake) -> Tls {
        let refused = handshake == Handshake::Refused;
        Tls {
            handshake,
            version: None,
            suite: None,
            certificate: self.certificate(),
            client_certificate: match (self.asked(), refused) {
                (true, true) => self.insisted(),
                (true, false) | (false, _) => ClientCertificate::Unknown,
            },
        }
    }

    /// The facts of a connection that stood; refused if the server ended it
    /// before any answer, after asking for a certificate, and in a way that
    /// speaks of one.
    pub(super) fn success(
        &self,
        connection: &rustls::ClientConnection,
        ending: Option<&Ending>,
    ) -> Tls {
        let version = match connection.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => Some(TlsVersion::Tls12),
            Some(ProtocolVersion::TLSv1_3) => Some(TlsVersion::Tls13),
            _ => None,
        };
        let refused = self.asked() && ending.is_some_and(|ending| is_refusal(ending, version));
        Tls {
            handshake: if refused {
                Handshake::Refused
            } else {
                Handshake::Completed
            },
            version,
            suite: connection
                .negotiated_cipher_suite()
                .and_then(|suite| suite.suite().as_str().map(|name| Clean::line(name, 80))),
            certificate: self.certificate(),
            client_certificate: match (self.asked(), refused) {
                (false, _) => ClientCertificate::NotRequested,
                (true, true) => self.insisted(),
                (true, false) if self.0.identity.is_some() => ClientCertificate::Accepted,
                (true, false) => ClientCertificate::Optional,
            },
        }
    }

    /// What a refusal says about client certificates.
    fn insisted(&self) -> ClientCertificate {
        if self.0.identity.is_some() {
            ClientCertificate::Refused
        } else {
            ClientCertificate::Required
        }
    }

    /// Why a handshake failed.
    fn reason(&self, error: &io::Error, head: &[u8]) -> Handshake {
        use rustls::Error as Tls;
        let cause = error.get_ref().and_then(|inner| inner.downcast_ref());
        match cause {
            Some(Tls::AlertReceived(alert)) => match alert {
                AlertDescription::ProtocolVersion | AlertDescription::InsufficientSecurity => {
                    Handshake::NothingInCommon
                }
                AlertDescription::HandshakeFailure if !self.asked() => Handshake::NothingInCommon,
                alert if self.asked() && is_about_certificates(*alert) => Handshake::Refused,
                _ => Handshake::Broken,
            },
            Some(Tls::PeerIncompatible(_)) => Handshake::NothingInCommon,
            Some(Tls::InvalidMessage(_)) if verdict::by_bytes(head) != Peer::Tls => {
                Handshake::NotTls
            }
            Some(_) => Handshake::Broken,
            None if self.asked() => Handshake::Refused,
            None if head.is_empty() || verdict::by_bytes(head) == Peer::Tls => Handshake::HungUp,
            None => Handshake::NotTls,
        }
    }

    /// The server's certificate, read.
    fn certificate(&self) -> Option<Certificate> {
        let der = self.0.certificate.get()?;
        let (_, certificate) = x509_parser::certificate::X509Certificate::from_der(der).ok()?;
        let name = |name: String| Clean::value(name.as_bytes(), LONGEST_NAME);
        let (key, key_bits) = match certificate.public_key().parsed() {
            Ok(PublicKey::RSA(key)) => (KeyKind::Rsa, key.key_size()),
            Ok(PublicKey::EC(point)) => (KeyKind::EllipticCurve, point.key_size()),
            _ => {
                let bytes = certificate.public_key().subject_public_key.data.len();
                (KeyKind::Other, bytes * 8)
            }
        };
        let self_signed = match certificate.verify_signature(None) {
            Ok(()) => Some(true),
            Err(X509Error::SignatureVerificationError)
                if key != KeyKind::Rsa || key_bits >= SMALLEST_RSA =>
            {
                Some(false)
            }
            Err(_) => None,
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        let now = i64::try_from(now.as_secs()).ok()?;
        let left = certificate
            .validity()
            .not_after
            .timestamp()
            .saturating_sub(now);
        Some(Certificate {
            subject: name(certificate.subject().to_string()),
            issuer: name(certificate.issuer().to_string()),
            self_signed,
            expired: left < 0,
            days_left: Some(left.div_euclid(86_400)),
            key,
            key_bits,
        })
    }
}

/// Whether a connection that stood ended because of a certificate.
///
/// - An alert says so by itself.
/// - `close_notify` (RFC 8446 §6.1) is an orderly end and never a refusal.
/// - In TLS 1.2 the server has judged the certificate when the handshake is
///   completed (RFC 5246 §7.4.6): a bare end has another reason.
/// - In TLS 1.3 it judges afterwards, and a bare end counts as a refusal:
///   closing a socket with unread bytes resets the connection, and the reset
///   can overtake the alert. A server that hangs up in the same way for
///   another reason cannot be told apart.
fn is_refusal(ending: &Ending, version: Option<TlsVersion>) -> bool {
    let Ending::Closed {
        begun: false,
        error,
    } = ending
    else {
        return false;
    };
    let cause = error
        .as_ref()
        .and_then(|error| error.get_ref())
        .and_then(|inner| inner.downcast_ref());
    match cause {
        Some(rustls::Error::AlertReceived(alert)) => is_about_certificates(*alert),
        _ => version == Some(TlsVersion::Tls13) && error.is_some(),
    }
}

/// The alerts that speak of certificates (RFC 8446 §6.2). TLS 1.2 has no
/// alert for a missing one and says "handshake failure" (RFC 5246 §7.4.6).
fn is_about_certificates(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::HandshakeFailure
            | AlertDescription::NoCertificate
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::DecryptError
            | AlertDescription::CertificateRequired
    )
}

/// A scanner looks at everybody, also at those it would never trust: rustls's
/// own check would hide the devices of interest.
impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0
            .certificate
            .get_or_init(|| end_entity.clone().into_owned());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let mut schemes = self
            .0
            .provider
            .signature_verification_algorithms
            .supported_schemes();
        schemes.extend([
            SignatureScheme::RSA_PKCS1_SHA1,
            SignatureScheme::ECDSA_SHA1_Legacy,
        ]);
        schemes
    }
}

impl ResolvesClientCert for Witness {
    fn resolve(
        &self,
        _root_hint_subjects: &[&[u8]],
        _schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        self.0.asked.store(true, Ordering::Relaxed);
        self.0.identity.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}
