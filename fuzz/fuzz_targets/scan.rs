//! What [`clearlist_fuzz::scan`] asserts, of inputs that libFuzzer chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clearlist_fuzz::scan(bytes));
