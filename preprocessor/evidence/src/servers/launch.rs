//! How a server of another maker is started.

/// A program with its settings. It runs in the scene's folder inside a cage;
/// everything it names is relative to that folder. What it prints goes to
/// `NAME.log` there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Launch {
    /// The program's file name.
    pub(crate) program: &'static str,
    /// Its arguments.
    pub(crate) args: Vec<String>,
    /// Files it needs, with what stands in them. The stage has written already
    /// `ca.crt`, and `NAME.crt` and `NAME.key` where the server speaks TLS.
    pub(crate) files: Vec<(String, String)>,
    /// Folders it needs.
    pub(crate) folders: Vec<String>,
}
