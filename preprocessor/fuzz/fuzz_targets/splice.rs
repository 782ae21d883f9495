//! A page that is resolved: every byte that is not ours stays.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shelf::fuzzing::splice(bytes));
