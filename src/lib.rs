//! Clearlist finds software that government directives ban in lists of installed programs.

pub mod app;
pub mod bundled;
pub mod engine;
#[cfg(feature = "web")]
pub mod intl;
#[cfg(feature = "web")]
pub mod ui;
