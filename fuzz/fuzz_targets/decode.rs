//! What [`clearlist_fuzz::decode`] asserts, of inputs that libFuzzer chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clearlist_fuzz::decode(bytes));
