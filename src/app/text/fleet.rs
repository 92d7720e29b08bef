//! The sentences about queries for a whole fleet.

use crate::app::state::State;
use crate::engine::language::{Phrase, phrase, say};
use crate::engine::queries::Limit;

/// The fold with them.
pub const FLEET: Phrase = phrase("Check a whole fleet: ask your own inventory tool");
/// What they are for.
pub const FLEET_HINT: Phrase = phrase(
    "If a tool already knows what is on your computers, let it look. This page \
    writes the query for it from the directives that are ticked in step 1, and from your own rules. \
    Run it there, save the answer, and give that to step 3: there it is judged, with what to do.",
);
/// The choice of the tool.
pub const ENGINE_LABEL: Phrase = phrase("Your tool");
/// Where none is chosen.
pub const NO_ENGINE: Phrase = phrase("Choose a tool");
/// The button that saves a query.
pub const SAVE_QUERY: Phrase = phrase("Save as file");
/// Over what a tool cannot find.
pub const QUERY_CANNOT: Phrase = phrase("What this cannot find, and Clearlist can in a full list:");
/// When the queries are there.
pub const QUERIES_WRITTEN: Phrase = phrase("The query is written.");

/// Why there are no queries, or not yet.
pub fn no_queries(state: &State) -> &'static str {
    if state.packs.has_mistakes() {
        say!("Your own rules have mistakes. Mend them in step 1 first.")
    } else if state.applied_directives().is_empty() {
        say!("No directive is ticked. Tick at least one in step 1.")
    } else {
        say!("Writing it…")
    }
}

/// What is copied, and the label of a query's text.
pub fn query_named(name: &str) -> String {
    say!("Text of {name}", name)
}

/// What a tool cannot find.
pub fn limit(limit: &Limit) -> String {
    limit.to_string()
}
