//! The page and its four steps.

pub mod get;
pub mod give;
pub mod page;
pub mod results;
pub mod who;
