//! Readers at work on a website, each with a connection of its own, while it is switched under them.
//!
//! What they get is compared, byte for byte, with the releases that were published: a page has to be that of
//! one release, and what it loads has to be that release's.

mod connection;
mod nginx;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) use connection::Connection;
pub(crate) use nginx::Nginx;

/// The files of a release, by their addresses from its root.
pub(crate) struct Release {
    files: BTreeMap<String, Vec<u8>>,
}

/// How much is asked, at most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Readers at once.
    pub(crate) readers: usize,
    /// Requests of all of them.
    pub(crate) requests: usize,
    /// How often the website is switched meanwhile, evenly.
    pub(crate) switches: usize,
    /// How long a reader rests after each page.
    pub(crate) rest: Duration,
    /// When it ends, whatever was asked.
    pub(crate) most: Duration,
}

/// What the readers met.
#[derive(Default)]
pub(crate) struct Met {
    /// Pages with all that they load.
    pub(crate) visits: usize,
    /// Requests that were answered or failed.
    pub(crate) requests: usize,
    /// How long all of it took.
    pub(crate) took: Duration,
    /// How long each request took.
    pub(crate) latencies: Vec<Duration>,
    /// Answers that were none, or not 200, or of no release.
    pub(crate) errors: Vec<String>,
    /// What a page loaded and was not of its release.
    pub(crate) mixtures: Vec<String>,
    /// The releases whose pages somebody saw, by their number.
    pub(crate) seen: BTreeSet<usize>,
    /// Switches that were made.
    pub(crate) switches: usize,
}

impl Release {
    /// The files of the folder.
    pub(crate) fn read(folder: &Path) -> Release {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let place = path.strip_prefix(folder).unwrap();
                    let place = place.to_str().unwrap().to_owned();
                    files.insert(place, fs::read(&path).unwrap());
                }
            }
        }
        Release { files }
    }

    /// The pages of the website itself, without what lies beside it to be taken along.
    pub(crate) fn pages(&self) -> Vec<&str> {
        const BESIDE: [&str; 5] = ["kit/", "slides/", "feed/", "versions/", "404"];
        let pages = self.files.keys().map(String::as_str);
        pages
            .filter(|place| place.ends_with(".html"))
            .filter(|place| !BESIDE.iter().any(|beside| place.starts_with(beside)))
            .collect()
    }

    fn has(&self, place: &str, content: &[u8]) -> bool {
        self.files.get(place).is_some_and(|file| file == content)
    }
}

/// Lets the readers loose on the server at `port`, which shows one of the releases, and calls `switch` meanwhile.
pub(crate) fn load(
    port: u16,
    releases: &[Release],
    bounds: Bounds,
    mut switch: impl FnMut(usize),
) -> Met {
    let pages: Vec<&str> = releases[0].pages();
    let asked = AtomicUsize::new(0);
    let met = Mutex::new(Met::default());
    let start = Instant::now();
    let end = start + bounds.most;
    let is_over = || asked.load(Ordering::Relaxed) >= bounds.requests || Instant::now() >= end;
    thread::scope(|scope| {
        for reader in 0..bounds.readers {
            let (asked, met, pages, is_over) = (&asked, &met, &pages, &is_over);
            scope.spawn(move || {
                let mut mine = Met::default();
                let mut connection = Connection::new(port);
                // Each begins somewhere else.
                let mut pages = pages.iter().cycle().skip(reader * 7);
                while !is_over() {
                    let before = mine.requests;
                    mine.visit(&mut connection, releases, pages.next().unwrap());
                    asked.fetch_add(mine.requests - before, Ordering::Relaxed);
                    thread::sleep(bounds.rest);
                }
                met.lock().unwrap().add(mine);
            });
        }
        for n in 1..=bounds.switches {
            let after = bounds.requests * n / (bounds.switches + 1);
            while asked.load(Ordering::Relaxed) < after && !is_over() {
                thread::sleep(Duration::from_millis(1));
            }
            if is_over() {
                break;
            }
            switch(n);
            met.lock().unwrap().switches += 1;
        }
    });
    let mut met = met.into_inner().unwrap();
    met.took = start.elapsed();
    met
}

impl Met {
    fn add(&mut self, other: Met) {
        self.visits += other.visits;
        self.requests += other.requests;
        self.latencies.extend(other.latencies);
        self.errors.extend(other.errors);
        self.mixtures.extend(other.mixtures);
        self.seen.extend(other.seen);
    }

    /// A page and everything that it loads, as a browser would ask that kept nothing.
    fn visit(&mut self, connection: &mut Connection, releases: &[Release], page: &str) {
        let Some(content) = self.ask(connection, page) else {
            return;
        };
        // Where releases have the same page, it is of each of them.
        let of: Vec<usize> = (0..releases.len())
            .filter(|n| releases[*n].has(page, &content))
            .collect();
        if of.is_empty() {
            self.errors.push(format!("{page} is of no release"));
            return;
        }
        if let [one] = of[..] {
            self.seen.insert(one);
        }
        self.visits += 1;
        let text = String::from_utf8_lossy(&content).into_owned();
        let mut wanted: BTreeSet<String> = loaded(&text, page).into_iter().collect();
        while let Some(place) = wanted.pop_first() {
            let Some(content) = self.ask(connection, &place) else {
                continue;
            };
            if !of.iter().any(|n| releases[*n].has(&place, &content)) {
                self.mixtures.push(format!("{page} loads {place}"));
            }
            if place.ends_with(".css") {
                let text = String::from_utf8_lossy(&content).into_owned();
                wanted.extend(between(&text, "url(\"", "\"").map(|to| resolved(&place, to)));
            }
        }
    }

    fn ask(&mut self, connection: &mut Connection, place: &str) -> Option<Vec<u8>> {
        let start = Instant::now();
        let answer = connection.get(&format!("/{place}"));
        self.requests += 1;
        self.latencies.push(start.elapsed());
        match answer {
            Ok((200, content)) => return Some(content),
            Ok((status, _)) => self.errors.push(format!("{place}: {status}")),
            Err(error) => self.errors.push(format!("{place}: {error}")),
        }
        None
    }
}

/// What a page loads by itself.
fn loaded(page: &str, place: &str) -> Vec<String> {
    const TAGS: [&str; 3] = [
        "<link rel=\"stylesheet\" href=\"",
        "<script src=\"",
        "<img src=\"",
    ];
    let all = TAGS.iter().flat_map(|tag| between(page, tag, "\""));
    all.map(|to| resolved(place, to)).collect()
}

fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    let rests = text.split(start).skip(1);
    rests.map(move |rest| rest.split(end).next().unwrap())
}

/// A relative address, from the root of the website.
fn resolved(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split(['#', '?']).next().unwrap().split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
