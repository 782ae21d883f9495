//! What a scanner printed, on a page whose structure it must not change.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shelf::fuzzing::transcript(bytes));
