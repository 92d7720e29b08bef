//! What the README's commands do.
//!
//! [`setup`] finds or installs the tools, [`page`] builds `dist/`, [`server`] serves it, [`checks`] runs every check and
//! test, [`bench`] measures, [`single_file`] makes one file of the page. The browser tests use [`server`] too.

pub mod bench;
pub mod checks;
pub mod page;
pub mod process;
pub mod project;
pub mod server;
pub mod setup;
pub mod single_file;
