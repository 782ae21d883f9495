//! A web server of the system on loopback, for as long as a test lasts.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::book::Book;

/// How long a server may take to answer for the first time.
const START: Duration = Duration::from_secs(20);
/// Debian puts servers where users do not look.
const FOLDERS: [&str; 5] = [
    "/usr/sbin",
    "/usr/bin",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/sbin",
];

/// A server at work; it ends with its value.
pub(super) struct Server {
    child: Child,
    port: u16,
}

/// What a server answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Answer {
    /// Every value of a header, whose name is in small letters.
    pub(super) fn header(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(found, _)| found == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The media type, in small letters.
    pub(super) fn kind(&self) -> String {
        self.header("content-type").concat().to_lowercase()
    }
}

impl Server {
    /// Whether the program is installed. Where tests are run for everybody, it has to be.
    pub(super) fn is_there(kind: &str) -> bool {
        let found = program(kind).is_some();
        assert!(
            found || std::env::var_os("CI").is_none(),
            "{kind} is not installed; ci/install does it"
        );
        if !found {
            eprintln!("SKIPPED: {kind} is not installed; ci/install does it");
        }
        found
    }

    /// Starts a server for the website that a book has in `www` and the folder there.
    pub(super) fn start(kind: &str, book: &Book, folder: &str) -> Server {
        // A server that is started by root becomes somebody who has to be let in.
        fs::set_permissions(book.root(), fs::Permissions::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let root = book.root().display().to_string();
        let site = format!("{root}/www{folder}");
        let program = program(kind).unwrap();
        let mut command = Command::new(program);
        let settings = match kind {
            "nginx" => {
                command.args([
                    "-c",
                    &format!("{root}/server.conf"),
                    "-e",
                    &format!("{root}/errors"),
                    "-p",
                    &root,
                ]);
                nginx(&root, &site, port)
            }
            "caddy" => {
                command.args([
                    "run",
                    "--adapter",
                    "caddyfile",
                    "--config",
                    &format!("{root}/server.conf"),
                ]);
                command
                    .env("HOME", &root)
                    .env("XDG_DATA_HOME", &root)
                    .env("XDG_CONFIG_HOME", &root);
                caddy(&root, &site, port)
            }
            _ => {
                command.args(["-X", "-f", &format!("{root}/server.conf")]);
                let file = format!("{site}hosting/apache.conf");
                let here = if kind.ends_with(".htaccess") {
                    fs::copy(&file, format!("{site}.htaccess")).unwrap();
                    format!("<Directory \"{site}\">\nAllowOverride FileInfo\n</Directory>\n")
                } else {
                    format!("Include {file}\n")
                };
                apache(&root, port) + &here
            }
        };
        fs::write(book.root().join("server.conf"), settings).unwrap();
        let log = fs::File::create(book.root().join("server.log")).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Server { child, port };
        server.wait(book);
        server
    }

    fn wait(&mut self, book: &Book) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(
                ended.is_none() && start.elapsed() < START,
                "the server does not answer ({ended:?}): {}{}",
                book.read("server.log"),
                fs::read_to_string(book.root().join("errors")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks for an address.
    pub(super) fn ask(&self, place: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(START)).unwrap();
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET {place} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let headers = lines.map(|line| line.split_once(':').unwrap());
        Answer {
            status,
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(kind: &str) -> Option<PathBuf> {
    let name = kind.split(' ').next()?;
    let paths = FOLDERS
        .iter()
        .map(|folder| PathBuf::from(folder).join(name));
    paths.into_iter().find(|path| path.is_file())
}

fn nginx(root: &str, site: &str, port: u16) -> String {
    format!(
        "daemon off;\nmaster_process off;\npid {root}/pid;\nevents {{}}\nhttp {{\n\
         include /etc/nginx/mime.types;\naccess_log off;\n\
         client_body_temp_path {root}/t1;\nproxy_temp_path {root}/t2;\nfastcgi_temp_path {root}/t3;\n\
         uwsgi_temp_path {root}/t4;\nscgi_temp_path {root}/t5;\n\
         server {{\nlisten 127.0.0.1:{port};\nroot {root}/www;\ninclude {site}hosting/nginx.conf;\n}}\n}}\n"
    )
}

fn apache(root: &str, port: u16) -> String {
    let modules = ["mpm_event", "authz_core", "alias", "headers", "mime", "dir"];
    let modules: String = modules
        .iter()
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .collect();
    format!(
        "{modules}ServerRoot {root}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {root}/pid\n\
         ErrorLog {root}/errors\nUser #65534\nGroup #65534\nTypesConfig /etc/mime.types\nDirectoryIndex index.html\n\
         DefaultRuntimeDir {root}\nMutex pthread\nDocumentRoot {root}/www\n"
    )
}

fn caddy(root: &str, site: &str, port: u16) -> String {
    format!(
        "{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\
         bind 127.0.0.1\nroot * {root}/www\nimport {site}hosting/Caddyfile\nfile_server\n}}\n"
    )
}
