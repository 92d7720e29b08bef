//! The queries for other tools' inventories: they find what the engine finds, or say why not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

mod hostile;
mod inventory;
mod scripts;
mod sqlite;
#[path = "../accuracy/variants.rs"]
#[allow(dead_code, reason = "not all that is said of a variant is needed here")]
mod variants;
