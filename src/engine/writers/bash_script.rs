//! A script of bash that removes from a Linux computer what the report found to be prohibited, and tells how
//! it is removed from a Mac.
//!
//! Texts of the inventory stand in it between single quotation marks only. It runs in bash 3.2, which Macs
//! have.

use super::Writer;
use super::removal::{
    Entry, Plan, computers, filled, identifiers, is_of_versions, one_line, phase, visible, who,
};
use crate::engine::catalog::{Field, Shell};
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::report::{Finding, Report};

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "bash-script",
    title: "a script that removes it from Linux (bash)",
    file_name: "clearlist-remove.sh",
    media_type: "text/plain",
    is_told: false,
    write: |report| write(report).into_bytes(),
};

fn write(report: &Report) -> String {
    let plan = Plan::new(report, &[Platform::Linux, Platform::Macos], &[Shell::Sh]);
    let head: String =
        plan.head().iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    let foot = match plan.marking() {
        marking if marking.is_empty() => String::new(),
        marking => format!("\n# {marking}\n"),
    };
    filled(
        include_str!("remove.bash"),
        &[("{head}\n", &head), ("{data}\n", &data(&plan)), ("{foot}\n", &foot)],
    )
}

fn data(plan: &Plan<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for text in plan.about() {
        lines.push(call("about", &[&text]));
    }
    for entry in &plan.entries {
        lines.push(String::new());
        finding(&mut lines, plan, entry);
    }
    lines.push(String::new());
    lines.push("# What to look for, in the order to remove it.".to_owned());
    for (_, number, kind, name) in things(plan) {
        lines.push(call(&format!("thing {number} {kind}"), &[&name]));
    }
    for step in &plan.steps {
        lines.push(String::new());
        let (title, text) = (one_line(&step.title), one_line(&step.text));
        let system = match [Platform::Linux, Platform::Macos].map(|it| step.platforms.contains(&it))
        {
            [true, false] => "linux",
            [false, true] => "macos",
            _ => "both",
        };
        let phase = phase(step.phase).replace(' ', "-");
        let name = format!("step {system} {phase} {}", literal(who(step.who)));
        lines.push(call(&name, &[&title, &text]));
        for command in plan.commands(step) {
            lines.push(call("command_of_step", &[&command]));
        }
    }
    let indented = lines.iter().map(|line| format!("  {line}").trim_end().to_owned() + "\n");
    indented.collect()
}

fn finding(lines: &mut Vec<String>, plan: &Plan<'_>, entry: &Entry<'_>) {
    let Entry { number, finding, role, set_aside, is_by_hand } = entry;
    let versions = if is_of_versions(finding) { " this" } else { " any" };
    let by = if *is_by_hand { " hand" } else { " script" };
    let texts = [&finding.product.name, &finding.name, &finding.version];
    let name = format!("finding {number} {}", role.id());
    lines.push(call(&name, &texts.map(String::as_str)) + versions + by);
    if !computers(finding).is_empty() {
        lines.push(call("on_computers", computers(finding)));
    }
    for decision in set_aside {
        lines.push(call(&call("set_aside", &[&decision.decision]), decision.computers));
    }
    let steps = plan.step_numbers(entry);
    if !steps.is_empty() {
        lines.push(format!("steps {}", steps.join(" ")));
    }
}

/// What to look for: its place in the removal, its finding's number, its kind and its name.
fn things(plan: &Plan<'_>) -> Vec<(usize, usize, &'static str, String)> {
    let own: Vec<Vec<String>> = plan.entries.iter().map(|entry| packages(entry.finding)).collect();
    let mut things = Vec::new();
    for (at, entry) in plan.entries.iter().enumerate() {
        let Entry { number, finding, .. } = entry;
        let removing = plan.removing(finding);
        let named: Vec<(usize, String)> = removing
            .iter()
            .filter_map(|(place, command)| Some((*place, package(&command.text)?.to_owned())))
            .collect();
        let place_of =
            |name: &str| named.iter().find(|(_, known)| known == name).map(|(at, _)| *at);
        for name in own.get(at).into_iter().flatten() {
            let place = place_of(name).unwrap_or_else(|| plan.place(finding));
            things.push((place, *number, "package", name.clone()));
        }
        // What the rules name is the same product; what another finding is about is that one's.
        for (place, name) in &named {
            if !own.iter().flatten().any(|known| known == name) {
                things.push((*place, *number, "package", name.clone()));
            }
        }
        let place = plan.place(finding);
        if is_on(finding, Platform::Macos) {
            let mut apps: Vec<&str> = identifiers(finding, IdentifierKind::Bundle);
            apps.push(&finding.name);
            for name in apps.into_iter().filter(|name| !name.is_empty()) {
                things.push((place, *number, "app", name.to_owned()));
            }
        }
        let services = identifiers(finding, IdentifierKind::Service);
        for name in services.into_iter().filter(|_| is_on(finding, Platform::Linux)) {
            let name = name.strip_suffix(".service").unwrap_or(name);
            things.push((place, *number, "service", name.to_owned()));
        }
    }
    things.sort_by_key(|(place, ..)| *place);
    things.dedup();
    things
}

fn is_on(finding: &Finding, platform: Platform) -> bool {
    let platforms = &finding.product.platforms;
    platforms.is_empty() || platforms.contains(&platform)
}

/// The names that the finding's package may have: as its list gave them, without an architecture.
fn packages(finding: &Finding) -> Vec<String> {
    if !is_on(finding, Platform::Linux) {
        return Vec::new();
    }
    let mut names = identifiers(finding, IdentifierKind::Package);
    // A plain name is a package's where the catalog knows it as one.
    if finding.evidence.iter().any(|it| it.field == Field::Package && it.text == finding.name) {
        names.push(&finding.name);
    }
    let mut packages: Vec<String> = Vec::new();
    for name in names {
        let name = name.split_once(':').map_or(name, |(name, _)| name);
        if !name.is_empty() && !packages.iter().any(|known| known == name) {
            packages.push(name.to_owned());
        }
    }
    packages
}

/// The package that a command removes, if it is just that command.
fn package(command: &str) -> Option<&str> {
    let words: Vec<&str> = command.split_whitespace().filter(|word| *word != "sudo").collect();
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    match words.as_slice() {
        ["dpkg", "-r", name] | ["rpm", "-e", name] | ["apt" | "apt-get", "remove", name]
            if is_name(name) =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// A call of one of the script's functions with these texts.
fn call<T: AsRef<str>>(name: &str, texts: &[T]) -> String {
    let literals = texts.iter().map(|text| format!(" {}", literal(text.as_ref())));
    format!("{name}{}", literals.collect::<String>())
}

/// Text between single quotation marks, in which no character but that mark means anything
/// (POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes).
fn literal(text: &str) -> String {
    format!("'{}'", visible(text).replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_removals_are_understood() {
        assert_eq!(package("sudo dpkg -r kesl-gui"), Some("kesl-gui"));
        assert_eq!(package("sudo apt-get remove linuxqq"), Some("linuxqq"));
        for other in ["dpkg -r", "dpkg -r -a", "rpm -e a; b", "dpkg -l | grep x", "dpkg -r a b"] {
            assert_eq!(package(other), None, "{other}");
        }
    }

    #[test]
    fn a_literal_ends_at_its_end() {
        assert_eq!(literal("it's $(x)"), r"'it'\''s $(x)'");
        assert_eq!(literal("a\nb"), "'a\u{FFFD}b'");
    }
}
