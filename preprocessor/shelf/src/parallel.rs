//! Work that is done side by side, as many pieces at a time as the machine has processors.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `work` makes of each thing, in their order.
pub(crate) fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(things.len()));
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..workers.min(things.len()) {
            scope.spawn(|| {
                while let Some((index, thing)) = take(things, &next) {
                    let result = work(thing);
                    if let Ok(mut results) = results.lock() {
                        results.push((index, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn take<'t, T>(things: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, things.get(index)?))
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_stand_in_the_order_of_their_things() {
        let things: Vec<usize> = (0..100).collect();
        let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
        assert_eq!(each(&things, |thing| thing * 2), doubled);
        assert!(each(&[] as &[u8], |thing| *thing).is_empty());
    }
}
