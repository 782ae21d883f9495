//! What a DICOM peer sends; the first byte says to whom: our server, our probe, or the reader of data sets.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::fuzzing::dicom(bytes));
