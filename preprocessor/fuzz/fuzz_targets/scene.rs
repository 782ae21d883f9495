//! A scene in TOML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::fuzzing::scene(bytes));
