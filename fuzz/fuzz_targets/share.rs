//! What [`clearlist_fuzz::share`] asserts, of inputs that libFuzzer chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clearlist_fuzz::share(bytes));
