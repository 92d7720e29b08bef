//! What `cargo xtask bench` measures, and with what.

pub mod inventory;
