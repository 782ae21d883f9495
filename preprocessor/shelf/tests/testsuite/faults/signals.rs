//! Builds that are ended from outside, at moments spread over their time.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rustix::process::{Pid, Signal, kill_process};

use super::{Standing, assert_nothing_runs_at, leftovers};

/// How many moments of a build are tried.
const MOMENTS: u32 = 10;

/// Numbers that look random and follow from their seed (xorshift64, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    /// A seed of the moment, or that of a run that is to be repeated. It is printed.
    fn new() -> Chance {
        let given = std::env::var("SHELF_SEED").ok();
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let seed = given.map_or_else(|| now().as_millis() as u64, |seed| seed.parse().unwrap());
        eprintln!("to repeat these moments: SHELF_SEED={seed}");
        Chance(seed | 1)
    }

    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        for shift in [13, -7, 17_i32] {
            self.0 ^= match shift {
                left @ 0.. => self.0 << left,
                right => self.0 >> -right,
            };
        }
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Ends live builds at ten moments. After each the website is whole, the old or the new, and nothing runs.
fn end_at_ten_moments(signal: Signal) {
    let standing = Standing::new();
    let book = &standing.book;
    let began = Instant::now();
    book.run(&["build"]).assert_exit(0);
    let whole = began.elapsed();
    let mut chance = Chance::new();
    for moment in 0..MOMENTS {
        let title = format!("# Number {moment}\n\nWords.\n");
        let old = book.read("book/plain.html");
        book.write("src/plain.md", &title);
        let share = (f64::from(moment) + chance.next()) / f64::from(MOMENTS);
        let mut build = book
            .command(&["build"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(whole.mul_f64(share));
        let pid = i32::try_from(build.id()).ok().and_then(Pid::from_raw);
        // It may have come to its end before.
        let _ = kill_process(pid.unwrap(), signal);
        build.wait().unwrap();
        assert_nothing_runs_at(book.root());
        let page = book.read("book/plain.html");
        let is_new = page.contains(&format!("Number {moment}")) && page.contains("</html>");
        assert!(page == old || is_new, "at {share}: {page}");
        let site = book.files("book");
        let paths: Vec<_> = standing.site.keys().collect();
        assert_eq!(site.keys().collect::<Vec<_>>(), paths, "at {share}");
    }
    // What the killed ones left is gone with the next.
    book.run(&["build"]).assert_exit(0);
    assert_eq!(leftovers(book.root()), Vec::<String>::new());
}

#[test]
fn a_build_that_is_killed_at_ten_moments_leaves_the_old_website_or_the_new() {
    end_at_ten_moments(Signal::KILL);
}

#[test]
fn a_build_that_is_asked_to_end_at_ten_moments_leaves_the_old_website_or_the_new() {
    end_at_ten_moments(Signal::TERM);
}
