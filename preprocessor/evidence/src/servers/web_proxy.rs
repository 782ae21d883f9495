//! nginx, in front of the web side of an Orthanc.

use std::net::SocketAddr;

use super::{Launch, ORTHANC_WEB};
use crate::scene::{LogFormat, Transport, WebProxy};

/// A port at which no server of a scene stands ("discard", RFC 863).
const NOBODY: u16 = 9;

/// How it is started: one process in the foreground that writes nowhere but
/// into the scene's folder. Its logs are `NAME-access.log` and `NAME-error.log`.
pub(super) fn launch(
    name: &str,
    at: SocketAddr,
    behind: SocketAddr,
    settings: &WebProxy,
) -> Launch {
    let file = format!("{name}.conf");
    let folder = format!("{name}-data");
    let tls = match settings.transport {
        Transport::Clear => (String::new(), ""),
        Transport::Tls | Transport::MutualTls => (
            format!("    ssl_certificate {name}.crt;\n    ssl_certificate_key {name}.key;\n"),
            " ssl",
        ),
    };
    let (certificate, ssl) = tls;
    let format = match settings.log {
        LogFormat::Combined => "combined",
        LogFormat::PathOnly => "path-only",
    };
    let port = match settings.upstream_is_down {
        true => NOBODY,
        false => ORTHANC_WEB,
    };
    let upstream = SocketAddr::new(behind.ip(), port);
    // `user root`: in a cage there is no other user. `path-only` is what the page
    // on web addresses prints: no query, and no referrer, which is an address
    // too. The error log has no format to choose.
    let text = format!(
        "daemon off;\n\
         master_process off;\n\
         user root;\n\
         pid {folder}/nginx.pid;\n\
         error_log {name}-error.log error;\n\
         events {{ worker_connections 64; }}\n\
         http {{\n  \
           log_format path-only '$remote_addr [$time_local] '\n    \
             '\"$request_method $uri\" $status';\n  \
           access_log {name}-access.log {format};\n  \
           client_body_temp_path {folder}/body;\n  \
           proxy_temp_path {folder}/proxy;\n  \
           fastcgi_temp_path {folder}/fastcgi;\n  \
           uwsgi_temp_path {folder}/uwsgi;\n  \
           scgi_temp_path {folder}/scgi;\n  \
           server {{\n    \
             listen {at}{ssl};\n\
             {certificate}    \
             location / {{ proxy_pass http://{upstream}; }}\n  \
           }}\n\
         }}\n"
    );
    // `-e`: where errors go before the configuration is read.
    let errors = format!("{name}-error.log");
    Launch {
        program: "nginx",
        args: ["-p", ".", "-c", &file, "-e", &errors]
            .map(str::to_owned)
            .into(),
        files: vec![(file, text)],
        folders: vec![folder],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(transport: Transport, log: LogFormat, upstream_is_down: bool) -> String {
        let settings = WebProxy {
            before: "archive".to_owned(),
            transport,
            log,
            upstream_is_down,
        };
        let at = "192.0.2.12:443".parse().unwrap();
        let behind = "192.0.2.11:4242".parse().unwrap();
        launch("proxy", at, behind, &settings).files[0].1.clone()
    }

    #[test]
    fn it_stands_before_the_web_side() {
        let text = text(Transport::Clear, LogFormat::Combined, false);
        assert!(text.contains("listen 192.0.2.12:443;"), "{text}");
        assert!(text.contains("http://192.0.2.11:8042;"), "{text}");
        assert!(text.contains("proxy-access.log combined;"), "{text}");
        assert!(!text.contains("ssl"), "{text}");
    }

    #[test]
    fn what_is_down_is_not_asked() {
        let text = text(Transport::Clear, LogFormat::Combined, true);
        assert!(text.contains("http://192.0.2.11:9;"), "{text}");
    }

    #[test]
    fn tls_has_a_certificate() {
        let text = text(Transport::Tls, LogFormat::PathOnly, false);
        assert!(text.contains("listen 192.0.2.12:443 ssl;"), "{text}");
        assert!(text.contains("ssl_certificate_key proxy.key;"), "{text}");
        assert!(text.contains("proxy-access.log path-only;"), "{text}");
    }
}
