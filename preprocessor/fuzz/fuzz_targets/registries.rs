//! A file of `content/`; the first byte says which.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| editorial::fuzzing::registry(bytes));
