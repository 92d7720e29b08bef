//! The page's state and what it shows, as plain Rust: no Yew, no browser.
//!
//! [`State`](state::State) is everything the page knows, an [`Action`](action::Action) is
//! everything that can happen to it, [`reduce`](reduce::reduce) joins the two. The worker and the
//! page talk in [`protocol`].

pub mod action;
pub mod browse;
pub mod decisions;
pub mod fleet;
pub mod packs;
pub mod preview;
pub mod protocol;
pub mod reading;
pub mod reduce;
pub mod samples;
pub mod share;
pub mod state;
pub mod unread;
pub mod view;
