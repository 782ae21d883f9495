//! Answers questions as `cargo shelf kit --for` does: a JSON list of questions comes in, a list of lists of
//! matches goes out. `theme/tests/press.test.mjs` compares them with what the press room finds.
//!
//! ```sh
//! echo '["Can a scan contain a virus?"]' | cargo run --package kit --example find -- .
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use editorial::{Day, Shelf};
use kit::{Findable, Finder};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    // No answer depends on the day.
    let shelf = Shelf::read(&root, Day::new(2026, 1, 1))?;
    let finder = Finder::of(&Findable::all(&shelf));
    let questions: Vec<String> = serde_json::from_reader(std::io::stdin())?;
    let answers = questions.iter().map(|question| {
        let start = Instant::now();
        let found = finder.find(question);
        let micros = start.elapsed().as_micros() as u64;
        let found = found.iter().map(|found| {
            json!({ "slug": found.slug, "score": found.score, "sure": found.is_sure, "because": found.because })
        });
        json!({ "found": found.collect::<Vec<Value>>(), "micros": micros })
    });
    println!("{}", Value::from(answers.collect::<Vec<Value>>()));
    Ok(())
}
