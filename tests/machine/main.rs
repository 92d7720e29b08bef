//! The reports for other programs, and the bill of materials of the page: they are what others' validators take, and mean
//! what the report means.
//! `cargo xtask test exports` sees to it that every validator is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at the first surprise")]

mod bill;
mod cyclonedx;
mod hdf;
mod openacr;
mod oscal;
mod reports;
mod sarif;
mod validators;
