//! How an open page learns of the next edition: it asks for a script, and the answer waits.
//!
//! The pages' policy allows no connection but that for our own files, so there is no other way, and none is
//! needed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::edition::Edition;
use super::panel;
use crate::percent::decoded;

/// How long an answer waits at most.
const PATIENCE: Duration = Duration::from_secs(25);
/// How many wait at once. A browser opens six connections to one server; two are left for its pages.
const SEATS: usize = 4;
/// Who finds no seat asks again, this many milliseconds later.
const NO_SEAT: u64 = 1000;

/// Where pages wait for the next edition.
#[derive(Debug)]
pub(super) struct WaitingRoom {
    editions: watch::Receiver<Arc<Edition>>,
    seats: Semaphore,
}

impl WaitingRoom {
    /// With the editions to wait for.
    pub(super) fn new(editions: watch::Receiver<Arc<Edition>>) -> WaitingRoom {
        WaitingRoom {
            editions,
            seats: Semaphore::new(SEATS),
        }
    }

    /// The website as it was made last.
    pub(super) fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.editions.borrow())
    }

    /// Waits for an edition that the page has not seen; then, or after a while, the script that tells it
    /// of the last one. The `query` is `page=ADDRESS&seen=NUMBER`.
    pub(super) async fn wait(&self, query: &str) -> String {
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let mut values = pairs.filter(|(key, _)| *key == name);
            values.next().and_then(|(_, value)| decoded(value))
        };
        let page = value("page").unwrap_or_default();
        let seen = value("seen")
            .and_then(|seen| seen.parse().ok())
            .unwrap_or(0);
        let again = match self.seats.try_acquire() {
            Ok(_seat) => {
                let mut editions = self.editions.clone();
                let next = editions.wait_for(|edition| edition.number != seen);
                // In the end there is no next one; what is there is told.
                let _ = tokio::time::timeout(PATIENCE, next).await;
                0
            }
            Err(_) => NO_SEAT,
        };
        panel::script(&self.edition(), &page, again)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn edition(number: u64) -> Arc<Edition> {
        Arc::new(Edition {
            number,
            ..Edition::default()
        })
    }

    #[tokio::test]
    async fn who_knows_the_last_edition_waits_for_the_next() {
        let (next, editions) = watch::channel(edition(1));
        let room = Arc::new(WaitingRoom::new(editions));
        assert!(
            room.wait("page=%2F&seen=0")
                .await
                .contains("\"edition\":1,")
        );
        assert!(
            room.wait("nonsense&seen=%zz&page")
                .await
                .contains("\"edition\":1,")
        );
        let waits = tokio::spawn({
            let room = Arc::clone(&room);
            async move { room.wait("page=%2F&seen=1").await }
        });
        tokio::task::yield_now().await;
        assert!(!waits.is_finished());
        next.send_replace(edition(2));
        assert!(waits.await.unwrap().contains("\"edition\":2,"));
    }

    #[tokio::test]
    async fn who_finds_no_seat_is_told_to_come_again() {
        let (_next, editions) = watch::channel(edition(1));
        let room = Arc::new(WaitingRoom::new(editions));
        for _ in 0..SEATS {
            let room = Arc::clone(&room);
            tokio::spawn(async move { room.wait("page=%2F&seen=1").await });
        }
        tokio::task::yield_now().await;
        let told = room.wait("page=%2F&seen=1").await;
        assert!(told.contains("\"again\":1000"), "{told}");
    }
}
