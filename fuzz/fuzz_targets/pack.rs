//! What [`clearlist_fuzz::pack`] asserts, of inputs that libFuzzer chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clearlist_fuzz::pack(bytes));
