//! What the page says of the ways by which it could send something.

use crate::app::state::WayOut;
use crate::engine::language::{Phrase, phrase};

/// The heading.
pub const WAYS_OUT_HEADING: Phrase = phrase("Nothing leaves: see for yourself");
/// What the button does.
pub const WAYS_OUT_ABOUT: Phrase = phrase(
    "Your browser is told to let this page send nothing elsewhere. The button looks at ten ways to do so, with \
    addresses that do not exist and with nothing of your list, and says what your browser did.",
);
/// What no policy of a page can stop.
pub const WAYS_OUT_REST: Phrase = phrase(
    "No page can stop its own host from being asked for files, or another address from being opened. This \
    page asks for its own files only, and opens an address only when you follow a link.",
);
/// The button.
pub const TRY_WAYS_OUT: Phrase = phrase("Try every way out");
/// While they are tried.
pub const TRYING_WAYS_OUT: Phrase = phrase("Trying…");

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
/// What came of it, if nothing was tried.
const NONE_TRIED: Phrase = phrase("Nothing could be tried here. Try it in another browser.");

/// What came of it.
pub fn ways_out(became: &[WayOut]) -> Phrase {
    if became.contains(&WayOut::Open) {
        SOME_OPEN
    } else if became.contains(&WayOut::Blocked) {
        ALL_BLOCKED
    } else {
        NONE_TRIED
    }
}

/// What became of one.
pub fn way_out(became: WayOut) -> Phrase {
    match became {
        WayOut::Blocked => phrase("blocked"),
        WayOut::Open => phrase("NOT blocked"),
        WayOut::Untried => phrase("could not be tried"),
    }
}
