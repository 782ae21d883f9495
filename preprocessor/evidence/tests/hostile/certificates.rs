//! Certificates that lie, and servers that hang up after the handshake.

use super::*;

#[tokio::test]
async fn a_hostile_certificate_is_inert() {
    use rcgen::{CertificateParams, DnType, KeyPair};
    use rustls::pki_types::PrivatePkcs8KeyDer;

    let mut params = CertificateParams::new(Vec::new()).unwrap();
    let hostile = "\u{202e}</code><script>\u{1b}[2J\n{{#include ../x}}";
    params.distinguished_name.push(DnType::CommonName, hostile);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap().der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let address = peer(|stream| async move {
        let mut stream = acceptor.accept(stream).await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    });
    let facts = facts(address.await, "--tls").await;
    assert_eq!(facts.peer, Some(Peer::Http));
    let tls = facts.tls.unwrap();
    assert_eq!(tls.handshake, Handshake::Completed);
    assert_eq!(tls.version, Some(evidence::TlsVersion::Tls12));
    let certificate = tls.certificate.unwrap();
    assert_eq!(certificate.self_signed, Some(true));
    assert!(
        !certificate
            .subject
            .as_html()
            .contains(['<', '{', '\u{202e}'])
    );
    let plain = certificate.subject.as_plain();
    assert!(!plain.chars().any(char::is_control) && !plain.contains('\u{202e}'));
}

/// A server that asks for a certificate, goes on without one, and then ends
/// the connection before any DICOM: with or without having read our request,
/// with or without `close_notify`.
async fn optional_certificate(
    version: &'static rustls::SupportedProtocolVersion,
    reads: bool,
    notifies: bool,
) -> Facts {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
    use rustls::pki_types::PrivatePkcs8KeyDer;

    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["a.example.test".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).unwrap().der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let verifier =
        rustls::server::WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_client_cert_verifier(verifier.allow_unauthenticated().build().unwrap())
        .with_single_cert(
            vec![certificate],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let address = peer(move |stream| async move {
        let mut stream = acceptor.accept(stream).await.unwrap();
        if reads {
            assert!(stream.read(&mut [0; 2048]).await.unwrap() > 70);
        }
        if notifies {
            let _ = stream.shutdown().await;
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        }
    });
    facts(address.await, "--tls").await
}

#[tokio::test]
async fn hanging_up_is_no_refusal_of_a_certificate() {
    use rustls::version::{TLS12, TLS13};
    for (version, reads, notifies) in [
        (&TLS12, true, true),
        (&TLS12, true, false),
        (&TLS12, false, true),
        (&TLS12, false, false),
        (&TLS13, true, true),
        (&TLS13, true, false),
        (&TLS13, false, true),
        (&TLS13, false, false),
    ] {
        let facts = optional_certificate(version, reads, notifies).await;
        let tls = facts.tls.as_ref().unwrap();
        let seen = (tls.handshake, tls.client_certificate, facts.peer);
        // In TLS 1.3 a bare end after the handshake is what a refusal looks
        // like when its alert is lost.
        let ambiguous = version.version == TLS13.version && !notifies;
        let expected = if ambiguous {
            (
                Handshake::Refused,
                ClientCertificate::Required,
                Some(Peer::Tls),
            )
        } else {
            (
                Handshake::Completed,
                ClientCertificate::Optional,
                Some(Peer::HungUp),
            )
        };
        assert_eq!(
            seen, expected,
            "{:?}, reads: {reads}, notifies: {notifies}",
            version.version
        );
    }
}
