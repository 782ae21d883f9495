//! Text of a stranger, as HTML and as plain text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::fuzzing::escape(bytes));
