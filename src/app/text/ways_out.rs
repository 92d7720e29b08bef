//! What the page says of the ways by which it could send something.

use crate::engine::language::{Phrase, phrase};

/// The heading.
pub const WAYS_OUT_HEADING: Phrase = phrase("Nothing leaves: see for yourself");
/// What the button does.
pub const WAYS_OUT_ABOUT: Phrase = phrase(
    "Your browser blocks every way by which this page could send something. The button tries each of \
    them, with an address that does not exist and with nothing of your list.",
);
/// What no policy of a page can stop.
pub const WAYS_OUT_REST: Phrase = phrase(
    "What a browser does not block is that another address is opened. This page does that only when you \
    follow a link.",
);
/// The button.
pub const TRY_WAYS_OUT: Phrase = phrase("Try every way out");
/// While they are tried.
pub const TRYING_WAYS_OUT: Phrase = phrase("Trying…");
/// That one was blocked.
pub const BLOCKED: Phrase = phrase("blocked");
/// That one was not.
pub const NOT_BLOCKED: Phrase = phrase("NOT blocked");

/// The ways out: as `static/start.js` calls them, and in words.
pub const WAYS_OUT: &[(&str, Phrase)] = &[
    ("fetch", phrase("A request")),
    ("worker", phrase("A request by what reads the list")),
    ("beacon", phrase("A message when the page is left")),
    ("websocket", phrase("A connection that stays open")),
    ("eventsource", phrase("Messages from a server")),
    ("webrtc", phrase("A connection to another browser")),
    ("image", phrase("A picture from elsewhere")),
    ("frame", phrase("Another page inside this one")),
    ("prefetch", phrase("A page that is loaded ahead")),
    ("form", phrase("A form that is sent")),
];

/// What came of it, if all are blocked.
const ALL_BLOCKED: Phrase = phrase("Every way that was tried is blocked.");
/// What came of it, if not.
const SOME_OPEN: Phrase =
    phrase("Not every way is blocked. Give this page no list here, and tell whoever hosts it.");

/// What came of it.
pub fn ways_out(blocked: &[bool]) -> Phrase {
    if blocked.iter().all(|&blocked| blocked) { ALL_BLOCKED } else { SOME_OPEN }
}
