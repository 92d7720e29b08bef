//! A script of PowerShell that removes from a Windows computer what the report found to be prohibited.
//!
//! Texts of the inventory stand in it between single quotation marks only.

use std::fmt::Write as _;

use super::Writer;
use super::removal::{
    Entry, Plan, computers, filled, identifiers, is_of_versions, one_line, phase, visible, who,
};
use crate::engine::catalog::{Shell, Step};
use crate::engine::record::{IdentifierKind, Platform};
use crate::engine::report::{Finding, Report};
use crate::engine::words::guid_in;

/// The row of [`WRITERS`](super::WRITERS).
pub const WRITER: Writer = Writer {
    id: "powershell-script",
    title: "a script that removes it from Windows (PowerShell)",
    file_name: "clearlist-remove.ps1",
    media_type: "text/plain",
    is_told: false,
    write: |report| write(report).into_bytes(),
};

/// How many bytes a line of names may have.
const WIDTH: usize = 100;

fn write(report: &Report) -> String {
    let plan = Plan::new(report, &[Platform::Windows], &[Shell::Powershell, Shell::Cmd]);
    let head: String =
        plan.head().iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    let foot = match plan.marking() {
        marking if marking.is_empty() => String::new(),
        marking => format!("\n# {marking}\n"),
    };
    let text = filled(
        include_str!("remove.ps1"),
        &[("{head}\n", &head), ("{data}\n", &data(&plan)), ("{foot}\n", &foot)],
    );
    // Windows PowerShell takes a file without a byte order mark for one in the computer's code page.
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

fn data(plan: &Plan<'_>) -> String {
    let mut out = format!("$about = {}\n\n", lines(&plan.about(), "", 0));
    out += "# What to look for, in the order to remove it.\n$findings = @(\n";
    for entry in &plan.entries {
        // Writing to a string cannot fail.
        let _ = finding(&mut out, plan, entry);
    }
    out += ")\n\n# What a person does, in order.\n$steps = @(\n";
    for (step, number) in plan.steps.iter().zip(1..) {
        let _ = write_step(&mut out, plan, step, number);
    }
    out + ")\n\n"
}

fn finding(out: &mut String, plan: &Plan<'_>, entry: &Entry<'_>) -> std::fmt::Result {
    let Entry { number, finding, role, set_aside, is_by_hand } = entry;
    let of = |kind| identifiers(finding, kind);
    let keys = of(IdentifierKind::ProductCode);
    let codes: Vec<String> = keys.iter().filter_map(|key| guid_in(key)).collect();
    writeln!(out, "    [pscustomobject]@{{")?;
    writeln!(out, "        Number          = {number}")?;
    writeln!(out, "        Role            = {}", literal(role.id()))?;
    writeln!(out, "        Product         = {}", literal(&finding.product.name))?;
    writeln!(out, "        Name            = {}", literal(&finding.name))?;
    writeln!(out, "        Version         = {}", literal(&finding.version))?;
    writeln!(out, "        Publisher       = {}", literal(&finding.publisher))?;
    let claim = |is_so: bool| if is_so { "$true" } else { "$false" };
    writeln!(out, "        OnlyThisVersion = {}", claim(is_of_versions(finding)))?;
    writeln!(out, "        ByHand          = {}", claim(*is_by_hand))?;
    writeln!(out, "        ProductCodes    = {}", array(&codes))?;
    writeln!(out, "        UninstallKeys   = {}", array(&keys))?;
    writeln!(out, "        Packages        = {}", array(&of(IdentifierKind::Package)))?;
    writeln!(out, "        Services        = {}", array(&of(IdentifierKind::Service)))?;
    writeln!(out, "        Drivers         = {}", array(&of(IdentifierKind::Driver)))?;
    let winget = winget(plan, finding).unwrap_or_default();
    writeln!(out, "        Winget          = {}", literal(&winget))?;
    let password = plan.password(finding);
    let (property, user, form) = password.map_or(("", "", ""), |it| {
        (it.property.as_str(), it.user_property.as_deref().unwrap_or_default(), it.form.id())
    });
    writeln!(out, "        Password        = {}", literal(property))?;
    writeln!(out, "        PasswordOf      = {}", literal(user))?;
    writeln!(out, "        PasswordForm    = {}", literal(form))?;
    writeln!(out, "        Steps           = @({})", plan.step_numbers(entry).join(", "))?;
    writeln!(out, "        SetAside        = @(")?;
    for decision in set_aside {
        writeln!(out, "            [pscustomobject]@{{")?;
        writeln!(out, "                Decision  = {}", literal(&decision.decision))?;
        let names = lines(decision.computers, "                ", WIDTH);
        writeln!(out, "                Computers = {names}\n            }}")?;
    }
    writeln!(out, "        )")?;
    writeln!(
        out,
        "        Computers       = {}\n    }}",
        lines(computers(finding), "        ", WIDTH)
    )
}

fn write_step(out: &mut String, plan: &Plan<'_>, step: &Step, number: usize) -> std::fmt::Result {
    writeln!(out, "    [pscustomobject]@{{")?;
    writeln!(out, "        Number   = {number}")?;
    writeln!(out, "        Phase    = {}", literal(phase(step.phase)))?;
    writeln!(out, "        Who      = {}", literal(who(step.who)))?;
    writeln!(out, "        Title    = {}", literal(&one_line(&step.title)))?;
    writeln!(out, "        Text     = {}", literal(&one_line(&step.text)))?;
    writeln!(out, "        Commands = {}\n    }}", array(&plan.commands(step)))
}

/// The one package of winget's that removes the finding, if the rules name just one, or the list names one of
/// them: of several, one may be another program that stays.
fn winget(plan: &Plan<'_>, finding: &Finding) -> Option<String> {
    let mut named: Vec<String> = Vec::new();
    for (_, command) in plan.removing(finding) {
        let package = winget_package(&command.text).map(str::to_owned);
        named.extend(package.filter(|package| !named.contains(package)));
    }
    let listed = identifiers(finding, IdentifierKind::Package);
    let is_listed = |package: &&String| listed.iter().any(|id| id.eq_ignore_ascii_case(package));
    match (named.iter().find(is_listed), named.as_slice()) {
        (Some(package), _) => Some(package.clone()),
        (None, [package]) => Some(package.clone()),
        _ => None,
    }
}

/// The package that a command of winget's removes, if it is just that command.
fn winget_package(command: &str) -> Option<&str> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let is_id = |id: &str| {
        id.starts_with(|c: char| c.is_ascii_alphanumeric())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
    };
    match words.as_slice() {
        ["winget", "uninstall", "--id", id, "--exact"] if is_id(id) => Some(id),
        _ => None,
    }
}

fn array<T: AsRef<str>>(texts: &[T]) -> String {
    let literals: Vec<String> = texts.iter().map(|text| literal(text.as_ref())).collect();
    format!("@({})", literals.join(", "))
}

/// The same on lines of their own, as many on each as fit in the width.
fn lines(texts: &[String], indent: &str, width: usize) -> String {
    let (mut out, mut line) = (String::from("@("), String::new());
    for text in texts {
        let text = literal(text);
        if !line.is_empty() && line.len() + text.len() > width {
            let _ = write!(out, "\n{indent}    {line}");
            line.clear();
        } else if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&text);
    }
    if line.is_empty() {
        return out + ")";
    }
    let _ = write!(out, "\n{indent}    {line}\n{indent})");
    out
}

/// Text as a verbatim string literal. PowerShell takes five characters for its single quotation mark, and
/// each of them ends the literal unless it is doubled; nothing else in it means anything.
/// (Windows PowerShell Language Specification 3.0, 2.3.5.2 and the tokenizer's `CharExtensions.IsSingleQuote`:
/// <https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02#2352-string-literals>)
fn literal(text: &str) -> String {
    let mut out = String::from("'");
    for c in visible(text).chars() {
        if is_quote(c) {
            out.push(c);
        }
        out.push(c);
    }
    out + "'"
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201B}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quotation_mark_of_powershell_is_doubled() {
        assert_eq!(
            literal("a'b\u{2019}c\u{201A}d\""),
            "'a''b\u{2019}\u{2019}c\u{201A}\u{201A}d\"'"
        );
        assert_eq!(literal("$(x) `n\n"), "'$(x) `n\u{FFFD}'");
    }

    #[test]
    fn only_a_plain_removal_by_winget_is_understood() {
        assert_eq!(
            winget_package("winget uninstall --id ByteDance.CapCut --exact"),
            Some("ByteDance.CapCut")
        );
        for other in [
            "winget uninstall --id ByteDance.CapCut",
            "winget uninstall --id --all --exact",
            "winget uninstall --id x;y --exact",
            "winget uninstall --id x --exact --purge",
            "choco uninstall x",
        ] {
            assert_eq!(winget_package(other), None, "{other}");
        }
    }
}
