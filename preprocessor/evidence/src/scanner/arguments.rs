//! What a sample may say to a program that is not ours.
//!
//! Programs can write files, read files and start others, if they are told to.
//! So each has a list of options that samples may use, and each value a form
//! it must have. Where a program runs it could do no harm; this is so that
//! nothing comes as a surprise.

use std::net::{IpAddr, Ipv6Addr};

use super::{ArgumentError, Kind, Opt, Scanner, Tool};
use crate::scene::{Scene, Server};

/// What stands for what in arguments: `{host}` and `{port}` for the server that
/// is looked at, `{NAME.host}` and `{NAME.port}` for any server of the scene.
pub(crate) struct Names<'a> {
    /// The scene.
    pub(crate) scene: &'a Scene,
    /// The server that is looked at, if one is.
    pub(crate) server: Option<&'a Server>,
}

impl Names<'_> {
    /// The argument with every name replaced.
    fn fill(&self, argument: &str) -> String {
        let mut text = argument.to_owned();
        let mut put = |name: &str, value: String| text = text.replace(name, &value);
        if let Some(server) = self.server {
            put("{host}", server.shown_as.ip().to_string());
            put("{port}", server.shown_as.port().to_string());
        }
        for server in &self.scene.servers {
            let name = &server.name;
            put(
                &format!("{{{name}.host}}"),
                server.shown_as.ip().to_string(),
            );
            put(
                &format!("{{{name}.port}}"),
                server.shown_as.port().to_string(),
            );
        }
        text
    }

    /// Whether a host is one of the scene: an address of it, or the name of a
    /// server under `example.test`. A network of it counts too.
    fn knows(&self, host: &str) -> bool {
        let address = |text: &str| text.parse::<IpAddr>().ok();
        let known = |ip: IpAddr| self.scene.addresses().contains(&ip);
        if let Some(name) = host.strip_suffix(".example.test") {
            return self.scene.servers.iter().any(|server| server.name == name) || name == "other";
        }
        address(host).is_some_and(known)
    }
}

/// What a program is called with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Every argument as the program gets it.
    pub(crate) all: Vec<String>,
    /// Those among them that name a file it writes.
    pub(crate) written: Vec<String>,
}

/// The arguments as the program gets them.
///
/// # Errors
/// The first that a sample may not use.
pub(crate) fn substitute(
    tool: &Tool,
    args: &[String],
    names: &Names<'_>,
) -> Result<Arguments, ArgumentError> {
    let all: Vec<String> = args.iter().map(|argument| names.fill(argument)).collect();
    let mut written = Vec::new();
    let mut operands = 0;
    let mut rest = all.iter();
    while let Some(argument) = rest.next() {
        let forbidden = |argument: String| ArgumentError::Forbidden {
            program: tool.program,
            argument,
        };
        let option = tool.options.iter().find_map(|option| match option {
            Opt::Flag(name) if name == argument => Some(None),
            Opt::Value(name, kind) if name == argument => Some(Some(*kind)),
            _ => None,
        });
        let (kind, value) = match option {
            Some(None) => continue,
            Some(Some(kind)) => {
                let value = rest.next().map_or("", String::as_str);
                if !fits(kind, value, names) {
                    return Err(forbidden(format!("{argument} {value}")));
                }
                (kind, value)
            }
            None => {
                operands += 1;
                let mut kinds = operand_kinds(tool, operands);
                let kind = kinds.find(|kind| fits(*kind, argument, names));
                let kind = kind.ok_or_else(|| forbidden(argument.clone()))?;
                (kind, argument.as_str())
            }
        };
        if kind == Kind::NewFile {
            written.push(value.to_owned());
        }
    }
    Ok(Arguments { all, written })
}

/// What an operand may be, counted from 1.
fn operand_kinds(tool: &Tool, number: usize) -> impl Iterator<Item = Kind> {
    let differ = |option: &Opt| matches!(option, Opt::Later(_));
    let later = number > 1 && tool.options.iter().any(differ);
    tool.options.iter().filter_map(move |option| match option {
        Opt::Operand(kind) if !later => Some(*kind),
        Opt::Later(kind) if later => Some(*kind),
        _ => None,
    })
}

/// The endings of files that lie in a scene's folder or are written there. A name
/// of a host, which a program could call, has none of them.
const ENDINGS: [&str; 13] = [
    "conf", "crt", "csr", "dcm", "html", "json", "key", "log", "pcapng", "raw", "service", "txt",
    "xml",
];

/// Whether a tool writes its report into a file of that name. What is read there
/// afterwards has to be the tool's own.
fn is_a_report(name: &str) -> bool {
    let mut tools = Scanner::ALL.into_iter().filter_map(Scanner::tool);
    tools.any(|tool| tool.report == Some(name))
}

/// Host and port of `HOST` or `HOST:PORT`, as in a web address (RFC 3986 §3.2);
/// an IPv6 address stands in brackets. What programs read in ways of their own
/// is refused: the user of `USER@HOST`, which hides the host; `\`, which some
/// take for `/`; and `{`, with which curl makes several addresses of one.
fn authority(text: &str) -> Option<(&str, Option<u16>)> {
    if text.contains(['@', '\\', '{']) {
        return None;
    }
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']')?;
            host.parse::<Ipv6Addr>().ok()?;
            let port = rest.strip_prefix(':');
            if port.is_none() && !rest.is_empty() {
                return None;
            }
            (host, port)
        }
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let Some(port) = port else {
        return Some((host, None));
    };
    let digits = port.chars().all(|c| c.is_ascii_digit());
    let port = port.parse().ok().filter(|_| digits)?;
    Some((host, Some(port)))
}

/// Whether a value has the form it must have.
fn fits(kind: Kind, value: &str, names: &Names<'_>) -> bool {
    let all = |good: fn(char) -> bool| !value.is_empty() && value.chars().all(good);
    if value.len() > 200 {
        return false;
    }
    match kind {
        // Some programs read a file where a value begins with `@`.
        Kind::Text => all(|c| c != '/' && !c.is_control()) && !value.starts_with(['-', '@']),
        Kind::Query => all(|c| !c.is_control()) && !value.starts_with(['-', '@', '/']),
        Kind::Number => all(|c| c.is_ascii_digit()),
        Kind::Ports => all(|c| c.is_ascii_digit() || ",-".contains(c)),
        Kind::Host => names.knows(value),
        Kind::HostPort => matches!(authority(value), Some((host, Some(_))) if names.knows(host)),
        Kind::Url => {
            let rest = value.strip_prefix("http://");
            let rest = rest.or_else(|| value.strip_prefix("https://"));
            let server = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
            let server = server.and_then(authority);
            server.is_some_and(|(host, _)| names.knows(host))
        }
        Kind::File | Kind::NewFile => {
            let (name, ending) = value.rsplit_once('.').unwrap_or(("", ""));
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            ENDINGS.contains(&ending)
                && name.starts_with(char::is_alphanumeric)
                && name.chars().all(plain)
                && !is_a_report(value)
        }
        Kind::Word(words) => words.contains(&value),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::scanner::Scanner;

    fn arguments(scanner: Scanner, line: &str) -> Result<Arguments, ArgumentError> {
        let text = include_str!("../../../../content/scenes/open-archive.toml");
        let scene = Scene::parse("open-archive", text).unwrap();
        let names = Names {
            scene: &scene,
            server: scene.server(None),
        };
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        substitute(scanner.tool().unwrap(), &args, &names)
    }

    #[test]
    fn names_stand_for_the_scenes_addresses() {
        let args = arguments(Scanner::Echoscu, "-v {host} {archive.port}").unwrap();
        assert_eq!(args.all, ["-v", "192.0.2.10", "11112"]);
    }

    #[test]
    fn what_a_program_writes_is_known() {
        for (scanner, line, written) in [
            (Scanner::Curl, "-o a.json http://{host}/", &["a.json"][..]),
            (Scanner::Curl, "--cacert ca.crt https://{host}/", &[]),
            (
                Scanner::Req,
                "-in a.csr -CA ca.crt -keyout a.key -out a.crt",
                &["a.key", "a.crt"],
            ),
            (Scanner::Tshark, "-i lo -w a.pcapng", &["a.pcapng"]),
            (Scanner::Tshark, "-r a.pcapng", &[]),
            (Scanner::Dcmconv, "-F a.dcm b.raw", &["b.raw"]),
            (Scanner::Dcmconv, "a.dcm -f b.dcm -v", &["b.dcm"]),
            (Scanner::Dcmconv, "a.dcm", &[]),
            (Scanner::File, "a.dcm b.dcm", &[]),
            (Scanner::Storescu, "{host} {port} a.dcm", &[]),
        ] {
            let found = arguments(scanner, line).unwrap().written;
            assert_eq!(found, written, "{scanner} {line}");
        }
    }

    #[test]
    fn host_and_port_are_split_in_one_way() {
        for (text, parts) in [
            ("192.0.2.10", Some(("192.0.2.10", None))),
            ("192.0.2.10:104", Some(("192.0.2.10", Some(104)))),
            ("a.example.test:443", Some(("a.example.test", Some(443)))),
            ("[2001:db8::1]", Some(("2001:db8::1", None))),
            ("[2001:db8::1]:443", Some(("2001:db8::1", Some(443)))),
            ("2001:db8::1", None),
            ("[192.0.2.10]:104", None),
            ("[2001:db8::1]443", None),
            ("[2001:db8::1", None),
            ("192.0.2.10:", None),
            ("192.0.2.10:+104", None),
            ("192.0.2.10:65536", None),
            ("192.0.2.10:80:80", None),
            ("192.0.2.10:80@198.51.100.7", None),
            ("user@192.0.2.10", None),
            ("192.0.2.10\\.198.51.100.7", None),
            ("{192.0.2.10,198.51.100.7}", None),
        ] {
            assert_eq!(authority(text), parts, "{text}");
        }
    }

    #[test]
    fn what_samples_need_can_be_said() {
        for (scanner, line) in [
            (Scanner::Curl, "http://{host}/"),
            (Scanner::Curl, "https://archive.example.test:8443/a?b=c@d#e"),
            (Scanner::Curl, "-o answer.json http://{host}:{port}"),
            (Scanner::SClient, "-connect {host}:{port}"),
            (Scanner::SClient, "-connect archive.example.test:11112"),
            (Scanner::Sslscan, "{host}:{port}"),
            (Scanner::Log, "gateway.conf"),
            (
                Scanner::Req,
                "-newkey ec -noenc -subj /CN=modality2.example.test -keyout a.key -out a.csr",
            ),
            (Scanner::Verify, "-CAfile ca.crt device.crt"),
            (Scanner::SystemdAnalyze, "./gateway.service"),
        ] {
            assert!(arguments(scanner, line).is_ok(), "{scanner} {line}");
        }
    }

    #[test]
    fn what_could_be_misused_is_refused() {
        for (scanner, line) in [
            (Scanner::Nmap, "-oN /etc/passwd {host}"),
            (Scanner::Nmap, "-iL hosts {host}"),
            (Scanner::Nmap, "--script /tmp/x.nse {host}"),
            (Scanner::Nmap, "198.51.100.7"),
            (Scanner::Nmap, "scanme.example.org"),
            (Scanner::Echoscu, "198.51.100.7 104"),
            (Scanner::Storescu, "scanme.example.org 104"),
            (Scanner::File, "../a.dcm"),
            (Scanner::Echoscu, "-aec @file {host} 104"),
            (Scanner::Curl, "-d @secret http://{host}/"),
            (Scanner::Curl, "file:///etc/passwd"),
            (Scanner::Curl, "http://198.51.100.7/"),
            (Scanner::Curl, "-K config http://{host}/"),
            (Scanner::Curl, "http://{host}:80@198.51.100.7/"),
            (Scanner::Curl, "http://{host}@198.51.100.7/"),
            (Scanner::Curl, r"http://{host}\@198.51.100.7/"),
            (Scanner::Curl, "http://{{host},198.51.100.7}/"),
            (Scanner::Curl, "http://[{host}]/"),
            (Scanner::Curl, "-o scan.xml http://{host}/"),
            (Scanner::Sslscan, "198.51.100.7@{host}:443"),
            (Scanner::Sslscan, "{host}"),
            (Scanner::File, "scan.xml"),
            (Scanner::Tshark, "-X lua_script:x.lua"),
            (Scanner::SClient, "-connect 198.51.100.7:443"),
            (Scanner::File, "../secret"),
            (Scanner::File, "/etc/passwd"),
            (Scanner::Nft, "flush ruleset"),
            (Scanner::Req, "-config a.conf"),
            (Scanner::Req, "-new"),
            (Scanner::Req, "-newkey ec -keyout /etc/a.key"),
            (Scanner::Req, "-subj /CN=www.example.org"),
            (Scanner::Verify, "-CAfile /etc/ssl/certs/ca.crt"),
            (Scanner::SystemdAnalyze, "../ssh.service"),
            (Scanner::SystemdAnalyze, "gateway.service"),
            (Scanner::SystemdAnalyze, "--user ./gateway.service"),
            (Scanner::SystemdAnalyze, "--offline=no ./gateway.service"),
        ] {
            assert!(arguments(scanner, line).is_err(), "{scanner} {line}");
        }
    }
}
