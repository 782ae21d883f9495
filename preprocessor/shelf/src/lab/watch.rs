//! Word that something in the student's folder may have changed.

use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// An editor writes a file in several steps; this long after the last one, it has done so.
const QUIET: Duration = Duration::from_millis(100);
/// Words can be lost: while a laptop sleeps, or when the folder is moved away and comes back. So we
/// look again now and then.
const AGAIN: Duration = Duration::from_secs(1);

/// Listens to a folder. Its word says only that it is time to look.
#[derive(Debug)]
pub(super) struct Watch {
    changed: Receiver<()>,
    /// Where the system gives no word, we look now and then all the same.
    _watcher: Option<RecommendedWatcher>,
}

impl Watch {
    pub(super) fn start(folder: &Path) -> Watch {
        let (note, noted) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |_| {
            // Nobody listens any more: the lab is about to end.
            let _ = note.send(());
        });
        let mut watcher = watcher.ok();
        if let Some(watcher) = &mut watcher {
            let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
        }
        let (tell, changed) = channel(1);
        std::thread::spawn(move || pass_on(&noted, &tell));
        Watch {
            changed,
            _watcher: watcher,
        }
    }

    /// Waits until it is time to look.
    pub(super) async fn changed(&mut self) {
        // The thread lives as long as we listen to it.
        let _ = self.changed.recv().await;
    }
}

/// Passes on that something happened, once it is quiet, and now and then without that.
fn pass_on(noted: &mpsc::Receiver<()>, tell: &Sender<()>) {
    loop {
        match noted.recv_timeout(AGAIN) {
            // Where something is written all the time, as a log is, it is never quiet.
            Ok(()) => {
                let began = Instant::now();
                while began.elapsed() < AGAIN && noted.recv_timeout(QUIET).is_ok() {}
            }
            Err(RecvTimeoutError::Timeout) => {}
            // There is no watcher: only time tells.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(AGAIN),
        }
        if tell.is_closed() || tell.blocking_send(()).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log in the same folder grows with every question.
    #[test]
    fn a_save_is_seen_while_something_is_written_without_a_pause() {
        let (note, noted) = mpsc::channel();
        let (tell, mut changed) = channel(1);
        let passing = std::thread::spawn(move || pass_on(&noted, &tell));
        let (stop, stopped) = mpsc::channel::<()>();
        let writing = std::thread::spawn(move || {
            let pause = Duration::from_millis(1);
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let _ = note.send(());
            }
        });
        let (word, heard) = mpsc::channel();
        std::thread::spawn(move || word.send(changed.blocking_recv()));
        // It comes after a second; the deadline only catches a hang.
        assert_eq!(heard.recv_timeout(Duration::from_secs(60)), Ok(Some(())));
        drop(stop);
        assert!(writing.join().is_ok() && passing.join().is_ok());
    }
}
