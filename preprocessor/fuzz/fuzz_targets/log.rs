//! What `log` prints, whatever it is.
#![no_main]

use evidence::{Scanner, fuzzing};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::read(Scanner::Log, bytes));
