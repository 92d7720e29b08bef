//! The layers point one way: `ui → app → engine`, and the engine knows nothing of the world.
#![allow(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files under a folder of the package.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".rs") && !is_of_tests(&path) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds Rust files");
    found
}

/// True for unit tests that have a file of their own.
fn is_of_tests(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|name| name == "tests" || name.to_string_lossy().ends_with("_tests"))
}

/// The file's code: without comments, and without the unit tests at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn never_names(folder: &str, forbidden: &[&str]) {
    for path in rust_files(folder) {
        let code = code(&path);
        for word in forbidden {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn the_engine_uses_nothing_of_ours_and_nothing_of_a_browser() {
    never_names(
        "src/engine",
        &[
            "crate::app",
            "crate::ui",
            "crate::bundled",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "gloo",
            "yew",
        ],
    );
}

#[test]
fn the_engine_knows_no_clock_file_or_thread() {
    never_names(
        "src/engine",
        &[
            "SystemTime",
            "Instant::now",
            "std::fs",
            "std::net",
            "std::thread",
            "std::process",
            "std::env",
            "Zoned::now",
            "Timestamp::now",
        ],
    );
}

#[test]
fn the_engine_has_no_way_to_panic_on_purpose() {
    never_names(
        "src/engine",
        &[".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("],
    );
}

#[test]
fn the_app_knows_no_browser_and_no_page() {
    never_names("src/app", &["crate::ui", "web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"]);
}

#[test]
fn the_page_never_touches_the_parsers() {
    // `scan::Settings` and `scan::ScanProgress` are plain data of the protocol.
    never_names(
        "src/ui",
        &[
            "Scan::new",
            "engine::formats",
            "engine::decode",
            "engine::identify",
            "engine::rules",
            "bundled::rules",
            "bundled::files",
        ],
    );
}

#[test]
fn what_programs_say_to_each_other_leaves_no_field_out() {
    // Messages do not name their fields: all after one left out would be taken for another.
    never_names("src", &["skip_serializing", "serde(flatten", "serde(untagged"]);
}

#[test]
fn nothing_writes_markup_or_script_from_text() {
    for folder in ["src/ui", "src/app", "src/bin"] {
        never_names(
            folder,
            &[
                "inner_html",
                "from_html_unchecked",
                "eval(",
                "insert_adjacent_html",
                "document.write",
            ],
        );
    }
}

#[test]
fn only_the_browser_module_and_the_worker_client_call_the_browser() {
    for path in rust_files("src/ui") {
        let is_allowed = ["browser.rs", "worker_client.rs"].iter().any(|name| path.ends_with(name));
        let code = code(&path);
        // Event types in handlers are not calls.
        assert!(
            is_allowed || !code.contains("web_sys::window"),
            "{} calls the browser itself",
            path.display()
        );
    }
}
