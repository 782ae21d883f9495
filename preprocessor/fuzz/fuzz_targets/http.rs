//! What a web peer sends; the first byte says to whom: the DICOMweb door, or the scanner that asks one.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::fuzzing::http(bytes));
