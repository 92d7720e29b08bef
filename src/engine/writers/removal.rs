//! What both removal scripts are made of: what to remove from a computer and what to leave alone, in the
//! order of the removal, with the steps that are left to a person.

use super::words::{decision, made_by, printable};
use crate::engine::catalog::{Command, Password, Phase, Shell, Step, Who};
use crate::engine::directive::OutcomeKind;
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::remediation;
use crate::engine::report::{Finding, Report};

/// How many of a finding's computers are named in a script. Where there are more, it does not say whether
/// the report names the computer that it runs on.
const COMPUTERS_NAMED: usize = 500;

/// What a script may do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Remove it.
    Remove,
    /// Remove it if that is asked for in so many words: a person has to decide first.
    Review,
    /// Leave it alone: it is set aside on every computer.
    Leave,
}

impl Role {
    /// What the scripts call it.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Review => "review",
            Self::Leave => "leave",
        }
    }
}

/// A recorded decision that sets a finding aside.
pub(super) struct SetAside<'r> {
    /// The decision, in one line.
    pub(super) decision: String,
    /// The computers that it is for; empty for all.
    pub(super) computers: &'r [String],
}

/// A finding as the scripts need it.
pub(super) struct Entry<'r> {
    /// The number by which it is chosen: that of the report's other formats. Those that are set aside
    /// everywhere are counted after them.
    pub(super) number: usize,
    pub(super) finding: &'r Finding,
    pub(super) role: Role,
    pub(super) set_aside: Vec<SetAside<'r>>,
    /// True if the rules leave the removal to whoever runs the fleet's management tool alone: of a
    /// management server, for example, which goes when no computer needs it any more.
    pub(super) is_by_hand: bool,
}

/// What a script is about.
pub(super) struct Plan<'r> {
    report: &'r Report,
    shells: &'static [Shell],
    /// What to remove first comes first.
    pub(super) entries: Vec<Entry<'r>>,
    /// The steps of the entries, in the order to do them.
    pub(super) steps: Vec<&'r Step>,
}

impl<'r> Plan<'r> {
    /// The plan for computers of these systems, whose commands are typed into these shells.
    pub(super) fn new(
        report: &'r Report,
        platforms: &[Platform],
        shells: &'static [Shell],
    ) -> Self {
        let is_here = |finding: &Finding| {
            finding.product.platforms.is_empty()
                || finding.product.platforms.iter().any(|it| platforms.contains(it))
        };
        let standing = report.findings.iter().zip(1..).filter_map(|(finding, number)| {
            let role = match finding.gravest() {
                OutcomeKind::Prohibited => Role::Remove,
                OutcomeKind::Review => Role::Review,
                _ => return None,
            };
            let (set_aside, is_by_hand) = (set_aside(report, finding), is_by_hand(report, finding));
            Some(Entry { number, finding, role, set_aside, is_by_hand })
        });
        let is_set_aside = |finding: &Finding| !report.findings.iter().any(|f| f.id == finding.id);
        let mut left: Vec<&Finding> = Vec::new();
        for waived in report.waived.iter().filter(|waived| is_set_aside(&waived.finding)) {
            if !left.iter().any(|known| known.id == waived.finding.id) {
                left.push(&waived.finding);
            }
        }
        let left = left.into_iter().zip(report.findings.len() + 1..).map(|(finding, number)| {
            let set_aside = set_aside(report, finding);
            Entry { number, finding, role: Role::Leave, set_aside, is_by_hand: true }
        });
        let mut entries: Vec<Entry<'r>> =
            standing.chain(left).filter(|entry| is_here(entry.finding)).collect();
        entries.sort_by_key(|entry| place(report, entry.finding));
        let is_wanted = |step: &&Step| {
            step.platforms.iter().any(|it| platforms.contains(it))
                && entries
                    .iter()
                    .filter(|entry| entry.role != Role::Leave)
                    .any(|entry| entry.finding.remediation.contains(&step.id))
        };
        let steps = report.remediation_steps.iter().filter(is_wanted).collect();
        Self { report, shells, entries, steps }
    }

    /// The numbers of the entry's steps, counted from 1.
    pub(super) fn step_numbers(&self, entry: &Entry<'_>) -> Vec<String> {
        let numbered = self.steps.iter().zip(1..);
        numbered
            .filter(|(step, _)| entry.finding.remediation.contains(&step.id))
            .map(|(_, number): (_, usize)| number.to_string())
            .collect()
    }

    /// The step's commands for the entries that it is for, each once.
    pub(super) fn commands(&self, step: &Step) -> Vec<String> {
        let mut commands: Vec<String> = Vec::new();
        for entry in &self.entries {
            if entry.role != Role::Leave && entry.finding.remediation.contains(&step.id) {
                for command in self.of_shells(step, entry.finding) {
                    if !commands.contains(&command.text) {
                        commands.push(command.text);
                    }
                }
            }
        }
        commands
    }

    /// The commands that remove the finding, with the place of their step.
    pub(super) fn removing(&self, finding: &Finding) -> Vec<(usize, Command)> {
        let steps = self.report.remediation_steps.iter().enumerate();
        steps
            .filter(|(_, step)| {
                step.phase == Phase::Remove && finding.remediation.contains(&step.id)
            })
            .flat_map(|(at, step)| {
                self.of_shells(step, finding).into_iter().map(move |command| (at, command))
            })
            .collect()
    }

    /// How msiexec is told the finding's password, if the rules say, whether the list has a product code or not.
    pub(super) fn password(&self, finding: &Finding) -> Option<&'r Password> {
        let steps = self.report.remediation_steps.iter();
        let removing = steps
            .filter(|step| step.phase == Phase::Remove && finding.remediation.contains(&step.id));
        removing.flat_map(|step| &step.commands).find_map(|command| command.password.as_ref())
    }

    fn of_shells(&self, step: &Step, finding: &Finding) -> Vec<Command> {
        let mut commands = remediation::commands(step, finding);
        commands.retain(|command| self.shells.contains(&command.shell));
        commands
    }

    /// Where in the removal the finding comes, as the place of its first step that removes.
    pub(super) fn place(&self, finding: &Finding) -> usize {
        place(self.report, finding)
    }

    /// What the script says of itself first: what it was made from.
    pub(super) fn about(&self) -> Vec<String> {
        let marking = Some(self.report.marking.clone()).filter(|marking| !marking.is_empty());
        let lists = self.report.sources.iter();
        let lists = lists.map(|list| format!("List: {}, SHA-256 {}", list.name, list.sha256));
        marking.into_iter().chain([made_by(self.report)]).chain(lists).collect()
    }

    /// The lines at the head of a script, for comments: what it is made from. Nothing of them is of a list.
    pub(super) fn head(&self) -> Vec<String> {
        let mut head = Vec::new();
        if !self.report.marking.is_empty() {
            head.push(in_comment(&self.report.marking));
            head.push(String::new());
        }
        head.push(in_comment(&format!("Made by {}.", made_by(self.report))));
        for directive in &self.report.directives {
            let (title, checked_on) = (&directive.short_title, &directive.checked_on);
            head.push(in_comment(&format!("Directive: {title}, checked on {checked_on}.")));
        }
        for pack in &self.report.packs {
            let what = if pack.update.is_some() { "Data update" } else { "Own rules" };
            head.push(in_comment(&format!("{what}: SHA-256 {}.", pack.sha256)));
        }
        head
    }

    /// The report's marking for a comment at the end of a script; empty if it has none.
    pub(super) fn marking(&self) -> String {
        in_comment(&self.report.marking)
    }
}

fn place(report: &Report, finding: &Finding) -> usize {
    let is_first =
        |step: &Step| step.phase == Phase::Remove && finding.remediation.contains(&step.id);
    report.remediation_steps.iter().position(is_first).unwrap_or(usize::MAX)
}

fn is_by_hand(report: &Report, finding: &Finding) -> bool {
    let mut removing = report
        .remediation_steps
        .iter()
        .filter(|step| step.phase == Phase::Remove && finding.remediation.contains(&step.id))
        .peekable();
    removing.peek().is_some() && removing.all(|step| step.who == Who::FleetAdministrator)
}

fn set_aside<'r>(report: &'r Report, finding: &Finding) -> Vec<SetAside<'r>> {
    let waived = report.waived.iter().filter(|waived| waived.finding.id == finding.id);
    waived
        .map(|waived| {
            let hosts = &waived.finding.hosts;
            // A decision about a computer that no list names may be about any.
            let computers: &[String] =
                if hosts.iter().any(|host| is_unnamed(host)) { &[] } else { hosts };
            SetAside { decision: decision(report, waived), computers }
        })
        .collect()
}

/// The finding's computers, if they can be compared with the name of the computer that a script runs on.
pub(super) fn computers(finding: &Finding) -> &[String] {
    let hosts = &finding.hosts;
    let is_comparable =
        hosts.len() <= COMPUTERS_NAMED && !hosts.iter().any(|host| is_unnamed(host));
    if is_comparable { hosts } else { &[] }
}

/// True for what stands for a computer that its list does not name.
fn is_unnamed(host: &str) -> bool {
    host.is_empty() || host.starts_with('(')
}

/// The identifiers of that kind, each once.
pub(super) fn identifiers(finding: &Finding, kind: IdentifierKind) -> Vec<&str> {
    let mut values: Vec<&str> = Vec::new();
    for identifier in finding.identifiers.iter().filter(|identifier| identifier.kind == kind) {
        if !values.contains(&identifier.value.as_str()) {
            values.push(&identifier.value);
        }
    }
    values
}

/// True if the product is only covered in some versions, so that another one of it is not what was found.
pub(super) fn is_of_versions(finding: &Finding) -> bool {
    finding.evidence.iter().any(|evidence| !evidence.versions.is_empty())
}

/// What a phase is called in a script.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "before",
        Phase::Remove => "remove",
        Phase::CleanUp => "clean up",
        Phase::Restart => "restart",
        Phase::Verify => "verify",
        Phase::Replace => "replace",
    }
}

/// Who does a step, in words.
pub(super) fn who(who: Who) -> &'static str {
    match who {
        Who::User => "user",
        Who::Administrator => "administrator",
        Who::FleetAdministrator => "fleet administrator",
    }
}

/// Text for a literal in a script: what is not seen, or changes the order in which text is seen, would have
/// a reader see another script than the shell does.
pub(super) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFC}'
        | '\u{E0000}'..='\u{E0FFF}' => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    printable(text).chars().map(shown).collect()
}

/// Text on one line: rules may have line ends between words.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The template with each mark, in their order, replaced. What was put in is not looked at again.
pub(super) fn filled(template: &str, marks: &[(&str, &str)]) -> String {
    // Git may have made line ends of Windows of it.
    let template = template.replace("\r\n", "\n");
    let (mut out, mut rest) = (String::new(), template.as_str());
    for (mark, text) in marks {
        if let Some((before, after)) = rest.split_once(mark) {
            out += before;
            out += text;
            rest = after;
        }
    }
    out + rest
}

/// Text for a comment: nothing that could end one is in it.
fn in_comment(text: &str) -> String {
    let shown = |c: char| {
        let is_plain =
            c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ':' | '/' | '(' | ')' | '-');
        if is_plain { c } else { '_' }
    };
    one_line(text).chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_comment() {
        assert_eq!(in_comment("CUI//SP a\n#> `x` \u{2028}b"), "CUI//SP a __ _x_ b");
    }

    #[test]
    fn what_was_put_into_a_template_is_no_mark() {
        let marks = [("{a}\n", "{b}\n{a}\n"), ("{b}\n", "x\n")];
        assert_eq!(filled("1\r\n{a}\r\n2\r\n{b}\r\n", &marks), "1\n{b}\n{a}\n2\nx\n");
    }

    #[test]
    fn what_is_not_seen_is_shown() {
        assert_eq!(visible("a\u{202E}b\nc\u{200B}\td"), "a\u{FFFD}b\u{FFFD}c\u{FFFD} d");
    }
}
