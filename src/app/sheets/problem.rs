//! What could not be read.

use crate::app::sheet::{Node, Tag};
use crate::app::text;
use crate::engine::report::Problem;

/// A problem with its place, what stands there and what to do.
///
/// MUST say the place first.
pub fn problem(problem: &Problem) -> Node {
    let place = text::problem_place(&problem.source, problem.line);
    let message = format!(" {}", text::sentence(&problem.told()));
    let line = Node::when(!problem.text.is_empty(), || {
        Tag::Pre.of("problems__line", [Tag::Code.says("", &problem.text)])
    });
    Node::all([Tag::Strong.says("", format!("{place}:")), message.into(), line])
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let report = crate::app::example::report();
    vec![("with its line", Node::all(report.problems.iter().map(problem)))]
}
