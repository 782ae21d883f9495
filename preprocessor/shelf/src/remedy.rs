//! What to do about an error that is the machine's, and whose words tell no way out.

use std::io::{self, ErrorKind};

/// The way to mend what the system or mdBook complains of; nothing where the error says it itself.
pub fn remedy(error: &anyhow::Error) -> Option<&'static str> {
    let system = error.chain().find_map(|cause| {
        let cause = cause.downcast_ref::<io::Error>()?;
        of_the_system(cause)
    });
    let template = || {
        let is_template = |cause: &(dyn std::error::Error + 'static)| {
            let said = cause.to_string();
            said.contains("Template error") || said.contains("invalid utf-8")
        };
        let help =
            "mend the template in theme/ (*.hbs, as UTF-8), or delete it: mdBook has its own";
        error.chain().any(is_template).then_some(help)
    };
    system.or_else(template)
}

fn of_the_system(error: &io::Error) -> Option<&'static str> {
    /// "Too many levels of symbolic links" (errno(3), Linux); its `ErrorKind` is not stable yet.
    const ELOOP: i32 = 40;
    if cfg!(target_os = "linux") && error.raw_os_error() == Some(ELOOP) {
        return Some("delete the link: it leads back to itself");
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("make room there, or name a folder elsewhere with --output")
        }
        ErrorKind::ReadOnlyFilesystem => Some("name a folder elsewhere with --output"),
        ErrorKind::PermissionDenied => Some(
            "ask for the right to that file or folder; a website can go elsewhere with --output",
        ),
        ErrorKind::InvalidData => Some("save that file as UTF-8 text"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn a_cause_deep_in_an_error_has_its_remedy() {
        let full: Result<(), io::Error> = Err(ErrorKind::StorageFull.into());
        let error = full.context("cannot write").context("no website");
        let help = error.as_ref().err().and_then(remedy);
        assert!(help.is_some_and(|help| help.contains("make room")));
        assert_eq!(remedy(&anyhow::anyhow!("another port")), None);
    }
}
