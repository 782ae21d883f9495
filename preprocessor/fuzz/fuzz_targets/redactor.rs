//! A line in which addresses are replaced.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::fuzzing::redact(bytes));
