//! A page of an editor, with its front matter and directives.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| editorial::fuzzing::page(bytes));
