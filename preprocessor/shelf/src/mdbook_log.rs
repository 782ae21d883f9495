//! What mdBook says while it works: its warnings count as findings, the rest is not for readers.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

/// Runs `work` and gives what it gave, with every warning and error that mdBook logged meanwhile.
pub(crate) fn listen<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let subscriber = registry().with(Ear {
        heard: Arc::clone(&heard),
    });
    let result = tracing::subscriber::with_default(subscriber, work);
    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
    (result, std::mem::take(&mut *heard))
}

struct Ear {
    heard: Arc<Mutex<Vec<String>>>,
}

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() > Level::WARN {
            return;
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(message.0);
    }
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_heard_and_chatter_is_not() {
        let (result, heard) = listen(|| {
            tracing::info!("book building has started");
            tracing::warn!("the page {} is odd", 7);
            3
        });
        assert_eq!(result, 3);
        assert_eq!(heard, ["the page 7 is odd"]);
    }
}
