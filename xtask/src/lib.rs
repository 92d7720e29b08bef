//! What the README's commands do.
//!
//! [`setup`] finds or installs the tools, [`page`] builds `dist/`, [`server`] serves it, [`checks`] runs every check and
//! test, [`fuzz`] looks for inputs that nobody thought of, [`bench`] measures. The browser tests use [`server`] too.

pub mod bench;
pub mod checks;
pub mod fuzz;
pub mod page;
pub mod process;
pub mod project;
pub mod server;
pub mod setup;
