//! How a command that goes on is asked to end.

use std::io;

/// Listens from now on for Ctrl-C, a request to end, or the end of the terminal; what it returns
/// waits for one of them.
#[cfg(unix)]
pub(crate) fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
            _ = hung_up.recv() => {}
        }
    })
}

/// Waits for Ctrl-C: other systems have no such requests.
#[cfg(not(unix))]
pub(crate) fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // That nobody can be waited for ends the lab too.
        let _ = tokio::signal::ctrl_c().await;
    })
}
