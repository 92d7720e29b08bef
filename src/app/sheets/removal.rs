//! How to remove a product.

use super::sources;
use crate::app::checklist::step_key;
use crate::app::sheet::{Attribute, Check, Command, Node, Tag};
use crate::app::view::{self, CommandView, PlatformSteps, ProductGroup, Removal, StepView};
use crate::app::{ids, text};
use crate::engine::language::told;
use crate::engine::record::Platform;
use crate::engine::report::Report;

/// The steps of a removal, folded, by platform and phase, numbered through.
///
/// MUST be an ordered list with the numbers that are shown. MUST say who can do a step. SHOULD be
/// unfolded where the product is the only one.
///
/// `index` is the place of the product among those of the results, `name_of` names another.
pub fn removal(
    report: &Report,
    index: usize,
    group: &ProductGroup,
    removal: &Removal,
    is_open: bool,
    name_of: impl Fn(usize) -> String,
) -> Node {
    match removal {
        Removal::Steps(platforms) => steps(report, index, group, platforms, is_open),
        Removal::SameAs(other) => {
            let link = Tag::A.says("usa-link", name_of(*other));
            let link = link.with(Attribute::Href, format!("#{}", ids::removal(*other)));
            Tag::P.of("product__steps", [text::SAME_STEPS.into(), link, ".".into()])
        }
        Removal::None => Node::nothing(),
    }
}

fn steps(
    report: &Report,
    index: usize,
    group: &ProductGroup,
    platforms: &[PlatformSteps],
    is_open: bool,
) -> Node {
    let is_one = platforms.len() == 1;
    let count = platforms.iter().map(|steps| steps.count).sum();
    let summary = Tag::Summary
        .of("fold__summary", [Tag::H5.says("removal__title", text::removal(count))])
        .with(Attribute::Id, ids::removal(index));
    let hint = [Tag::P.says("", text::REMOVAL_HINT)];
    let phases = platforms.iter().flat_map(|steps| {
        steps.phases.iter().map(move |phase| {
            let platform = steps.platform;
            let heading = text::phase_on((!is_one).then_some(platform), phase.phase);
            let entries = (phase.first..).zip(&phase.steps).map(|(number, view)| {
                let key = step_key(&group.product, &view.step.id);
                let check = Check { key, of: text::step_named(number, told(&view.step.title)) };
                let told = step(report, index, platform, number, view);
                Tag::Li.of("steps__step", [told, Node::Check(Box::new(check))])
            });
            let list = Tag::Ol.of("steps", entries);
            Tag::Div.of(
                "removal__phase",
                [
                    Tag::H6.says("removal__heading", heading),
                    list.with(Attribute::Start, phase.first.to_string()),
                ],
            )
        })
    });
    let body: Vec<Node> = hint.into_iter().chain(phases).collect();
    let body = if is_open { Node::All(body) } else { Node::Later(body) };
    let fold = Tag::Details.of("fold removal", [summary, body]);
    if is_open { fold.with(Attribute::Open, "") } else { fold }
}

fn step(report: &Report, index: usize, platform: Platform, number: usize, view: &StepView) -> Node {
    let step = &view.step;
    let commands = view.commands.iter().enumerate().map(|(at, command)| {
        Node::Command(Box::new(Command {
            id: ids::step_command(index, platform, number, at),
            text: command.command.text.clone(),
            what: text::command_of_step(number),
            label: label(command),
        }))
    });
    let known_from = view::sources(&report.remediation_sources, &step.sources);
    Node::all([
        Tag::P.says("steps__title", told(&step.title)),
        Tag::P.says("steps__text", told(&step.text)),
        Tag::P.says("steps__who", text::who(step.who)),
        Node::all(commands),
        Node::when(!known_from.is_empty(), || {
            Tag::P.of("steps__sources", [sources::sources(&known_from)])
        }),
    ])
}

fn label(view: &CommandView) -> String {
    let shell = text::shell(view.command.shell);
    match &view.only_for {
        Some(program) => text::command_for(shell, program),
        None => shell.to_owned(),
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Node)> {
    let report = crate::app::example::report();
    let (groups, removals) = view::groups_and_removals(&report);
    let name_of = |_: usize| report.findings[0].product.name.clone();
    let drawn = |removal: &Removal, is_open| {
        self::removal(&report, 0, &groups[0], removal, is_open, name_of)
    };
    vec![
        ("two steps on Windows", drawn(&removals[0], false)),
        ("the same as another", drawn(&Removal::SameAs(3), false)),
    ]
}
