//! nginx with the settings that the build made, in front of the link that `ci/publish` switches; and beside it
//! one that sends a folder of files with no settings at all, to compare with.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to answer for the first time.
const START: Duration = Duration::from_secs(20);
/// Debian puts servers where users do not look.
const PLACES: [&str; 2] = ["/usr/sbin/nginx", "/usr/bin/nginx"];

/// The server at work; it ends with its value.
pub(crate) struct Nginx {
    child: Child,
    /// Where the website is.
    pub(crate) port: u16,
    /// Where the folder of bare files is.
    pub(crate) bare: u16,
}

impl Nginx {
    /// The program, where it is installed.
    pub(crate) fn program() -> Option<PathBuf> {
        PLACES
            .map(PathBuf::from)
            .into_iter()
            .find(|path| path.is_file())
    }

    /// Serves `www/current` and `bare` of the folder.
    pub(crate) fn start(folder: &Path) -> Nginx {
        // A server that is started by root becomes somebody who has to be let in.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        let [port, bare] = free_ports();
        let root = folder.display();
        let settings = format!(
            "daemon off;\nmaster_process off;\npid {root}/pid;\nevents {{ worker_connections 256; }}\nhttp {{\n\
             include /etc/nginx/mime.types;\naccess_log off;\nkeepalive_requests 1000000;\n\
             client_body_temp_path {root}/t1;\nproxy_temp_path {root}/t2;\nfastcgi_temp_path {root}/t3;\n\
             uwsgi_temp_path {root}/t4;\nscgi_temp_path {root}/t5;\n\
             server {{\nlisten 127.0.0.1:{port};\nroot {root}/www/current;\n\
             include {root}/www/current/hosting/nginx.conf;\n}}\n\
             server {{\nlisten 127.0.0.1:{bare};\nroot {root}/bare;\n}}\n}}\n"
        );
        fs::write(folder.join("nginx.conf"), settings).unwrap();
        let child = Command::new(Nginx::program().unwrap())
            .args(["-c", &format!("{root}/nginx.conf")])
            .args(["-e", &format!("{root}/errors"), "-p", &root.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut nginx = Nginx { child, port, bare };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = nginx.child.try_wait().unwrap();
            let log = || fs::read_to_string(folder.join("errors")).unwrap_or_default();
            let is_waiting = ended.is_none() && start.elapsed() < START;
            assert!(is_waiting, "nginx does not answer ({ended:?}): {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
        nginx
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two ports that nobody listens on.
fn free_ports() -> [u16; 2] {
    let listeners = [0, 0].map(|port| TcpListener::bind(("127.0.0.1", port)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
