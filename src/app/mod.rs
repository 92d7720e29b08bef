//! The page's state and what it shows, as plain Rust: no Yew, no browser.
//!
//! [`State`](state::State) is everything the page knows, an [`Action`](action::Action) is
//! everything that can happen to it, [`reduce`](reduce::reduce) joins the two. The worker and the
//! page talk in [`protocol`].

pub mod action;
pub mod browse;
pub mod checklist;
pub mod decisions;
pub mod example;
pub mod fleet;
pub mod ids;
pub mod packs;
pub mod preview;
pub mod protocol;
pub mod reading;
pub mod reduce;
pub mod samples;
pub mod share;
pub mod sheet;
pub mod sheets;
pub mod state;
pub mod text;
pub mod unread;
pub mod view;
