//! The answer, and what it rests on.

use super::{alert, list};
use crate::app::protocol::HeadlineKind;
use crate::app::sheet::{Attribute, Node, Tag, Tone};
use crate::app::{ids, text, view};
use crate::engine::age;
use crate::engine::language::told;
use crate::engine::report::{Report, SourceReport};

/// The one sentence that comes first, what was read, and what such a list cannot show.
///
/// MUST tell the status by words and shape. A clear answer MUST NOT stand without what was read
/// and what the list cannot show. Where nothing was read, MUST say why for each list.
pub fn answer(report: &Report, kind: HeadlineKind, sentence: &str) -> Node {
    let message = Node::all([
        Tag::P.says("alert__paragraph answer__sentence", sentence),
        stopped(report, kind),
        near_misses(report),
        old_data(report),
        all_checked(report),
    ]);
    Node::all([
        alert(tone(kind), text::headline(kind), ids::ANSWER, "answer", message),
        Node::when(kind != HeadlineKind::NothingRead, || rests_on(report)),
    ])
}

/// Why some lists could not be read at all.
fn stopped(report: &Report, kind: HeadlineKind) -> Node {
    let unread = view::unread(report);
    if unread.is_empty() {
        return Node::nothing();
    }
    let is_nothing_read = kind == HeadlineKind::NothingRead;
    let reasons = unread.into_iter().map(|problem| {
        let source = Tag::Strong.says("", format!("{}:", problem.source));
        Node::all([source, " ".into(), text::sentence(&problem.told()).into()])
    });
    let say = |is_so, words: &str| Node::when(is_so, || Tag::P.says("alert__paragraph", words));
    Node::all([
        say(!is_nothing_read, &text::NOT_READ),
        list("usa-list answer__unread", reasons),
        say(is_nothing_read, &text::NOTHING_READ_HELP),
    ])
}

/// That there are near misses: who reads only the answer would miss them.
fn near_misses(report: &Report) -> Node {
    let count = report.near_misses.len() as u64 + report.unlisted_near_misses();
    Node::when(count > 0, || {
        let link = Tag::A.says("usa-link", text::near_misses_too(count));
        let link = link.with(Attribute::Href, format!("#{}", ids::NEAR_MISSES));
        Tag::P.of("alert__paragraph", [link])
    })
}

/// That the data is old: what was found by it may not be all that there is to find by now.
fn old_data(report: &Report) -> Node {
    let checked_on = &report.tool.data_checked_on;
    Node::when(age::is_old(checked_on, &report.generated_on), || {
        Tag::P.says("alert__paragraph", text::data_old(checked_on))
    })
}

/// The way to all programs that were checked.
fn all_checked(report: &Report) -> Node {
    let titles = report.totals.titles;
    Node::when(titles > 0, || {
        let link = Tag::A.says("usa-link no-print", text::all_checked(titles));
        let link = link.with(Attribute::Href, format!("#{}", ids::BROWSE));
        Tag::P.of("alert__paragraph", [link])
    })
}

fn rests_on(report: &Report) -> Node {
    /// More are in the accounting below.
    const LISTED: usize = 5;
    let sources = &report.sources;
    let more = sources.len().saturating_sub(LISTED);
    let read = sources.iter().take(LISTED).map(|source: &SourceReport| text::what_was_read(source));
    let read = read.chain((more > 0).then(|| text::more_sources(more)));
    let limits = view::blind_spots(report).into_iter().map(|(cannot_show, names)| {
        let of = text::limits_of(&names, names.len() == sources.len());
        let of = Tag::Strong.says("", format!("{of}:"));
        Tag::P.of("", [of, " ".into(), text::sentence(told(cannot_show)).into()])
    });
    let head = [Tag::H3.says("", text::LIMITS_HEADING), list("usa-list", read.map(Node::from))];
    Tag::Div.of("rests-on", head.into_iter().chain(limits))
}

fn tone(kind: HeadlineKind) -> Tone {
    match kind {
        HeadlineKind::Found => Tone::Bad,
        HeadlineKind::Review | HeadlineKind::ClearInPart | HeadlineKind::NothingRead => {
            Tone::Attention
        }
        HeadlineKind::Clear => Tone::Good,
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    use crate::app::example;

    vec![
        ("found", example::results().answer.clone()),
        ("clear", example::clear().answer.clone()),
        ("nothing read", example::nothing_read().answer.clone()),
    ]
}
