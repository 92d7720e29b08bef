//! What the README's commands do.
//!
//! [`setup`] finds or installs the tools, [`page`] builds `dist/` with its bill of materials ([`sbom`]) and its
//! [`manifest`], [`reproduce`] shows that it is built the same again, [`server`] serves it, [`checks`] runs every check and
//! test, [`fuzz`] looks for inputs that nobody thought of, [`bench`] measures, [`single_file`] makes one file of the page. The browser tests use [`server`] too.

pub mod bench;
pub mod checks;
pub mod fuzz;
pub mod manifest;
pub mod page;
pub mod process;
pub mod project;
pub mod reproduce;
pub mod sbom;
pub mod server;
pub mod setup;
pub mod single_file;
