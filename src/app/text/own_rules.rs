//! The sentences about rules of the reader's own.

use super::{list, plural};
use crate::app::packs::{Mistake, OwnRules, Pack, PackTrouble, Packs};
use crate::engine::limits::PACK_BYTES;
use crate::engine::report::PackReport;

/// The fold with them.
pub fn own_rules(packs: &Packs) -> String {
    let on = packs.all.iter().filter(|pack| pack.is_on).count();
    match (on, packs.all.len()) {
        (_, 0) => "Your own rules: none".into(),
        (on, all) if on == all => format!("Your own rules: {}", files(all)),
        (on, all) => format!("Your own rules: {on} of {} applied", files(all)),
    }
}
fn files(count: usize) -> String {
    plural(count as u64, "file", "files")
}
/// What they are for.
pub const OWN_RULES_HINT: &str = "If your organisation has a list of programs that are not allowed, \
    or an order that is not among the directives, write it down once as a file of rules (a pack). \
    It is applied like the directives, and can switch some of them off.";
/// Over the buttons.
pub const START_FROM: &str = "Start with an example that explains itself";
/// The file chooser.
pub const CHOOSE_PACKS: &str = "Or choose files of rules that you have";
/// What files they are.
pub const CHOOSE_PACKS_HINT: &str =
    "Files that end in .toml, as saved here or made by clearlist pack init.";
/// The check box by which the browser remembers them.
pub const KEEP_PACKS: &str = "Remember my rules in this browser";
/// What that means.
pub const KEEP_PACKS_HINT: &str = "They are kept on this computer for this page alone, until you \
    untick this. Your lists and results are never kept.";
/// Over the files.
pub const PACKS: &str = "Your files of rules";
/// The button that shows the text of a pack.
pub const EDIT_PACK: &str = "Change";
/// The same while the text is shown.
pub const CLOSE_PACK: &str = "Close";
/// The button that saves a pack.
pub const SAVE_PACK: &str = "Save as file";
/// When a pack was taken away.
pub const PACK_REMOVED: &str = "The file of rules was removed.";

/// What comes behind a button's word for those who hear it alone.
pub fn of_pack(pack: &Pack) -> String {
    format!(" {}", pack.name)
}

/// The label of a pack's text.
pub fn pack_text_label(pack: &Pack) -> String {
    format!("Text of {}", pack.name)
}

/// What became of a pack.
pub fn pack_status(pack: &Pack, packs: &Packs) -> String {
    let own: &OwnRules = &packs.checked;
    let mistakes = pack.mistakes(own).len();
    if mistakes > 0 {
        let them = if mistakes == 1 { "it is" } else { "they are" };
        return if pack.is_on {
            format!("{}. Nothing is checked until {them} mended.", self::mistakes(mistakes))
        } else {
            format!("{}. Not applied.", self::mistakes(mistakes))
        };
    }
    if !pack.is_on {
        return "Not applied.".into();
    }
    let Some(report) = pack.report(own) else {
        // Another pack keeps all of them from being loaded.
        return if packs.is_current() {
            "Not applied yet.".into()
        } else {
            "Looking at it…".into()
        };
    };
    let mut said = format!(
        "No mistakes. It adds {}",
        plural(report.directives.len() as u64, "directive", "directives",)
    );
    if !report.replaced.is_empty() {
        said += &format!(", {} in place of a bundled one", ids(&report.replaced));
    }
    if !report.off.is_empty() {
        said += &format!(", and switches off {}", ids(&report.off));
    }
    said + "."
}

fn mistakes(count: usize) -> String {
    plural(count as u64, "mistake", "mistakes")
}

fn ids(ids: &[String]) -> String {
    list(&ids.iter().map(String::as_str).collect::<Vec<_>>())
}

/// How many mistakes there are now.
pub fn packs_checked(count: usize) -> String {
    if count == 0 {
        "Your rules have no mistakes.".into()
    } else {
        format!("Your rules have {}.", mistakes(count))
    }
}

/// Why a directive is applied that is of a pack.
pub fn of_own_pack(title: &str) -> String {
    format!("From your own rules: {title}")
}

/// Where a mistake is.
pub fn mistake_place(mistake: &Mistake) -> String {
    format!("Line {}, column {}", mistake.line, mistake.column)
}

/// How many mistakes of a pack are not listed.
pub fn more_mistakes(count: usize) -> String {
    format!("And {count} more.")
}

/// How it can be written.
pub const FOR_EXAMPLE: &str = "For example:";

/// Why something could not be done.
pub fn pack_trouble(trouble: &PackTrouble) -> String {
    match trouble {
        PackTrouble::TooLarge(name) => format!(
            "{name} is larger than {} kB and was not taken. Make several files of it.",
            PACK_BYTES / 1024
        ),
        PackTrouble::NotText(name) => format!(
            "{name} could not be read as text in UTF-8 and was not taken. Open it in a text editor and save it as UTF-8."
        ),
        PackTrouble::NotKept => {
            "This browser did not let the page remember them. Save them as files instead.".into()
        }
    }
}

/// A pack that was applied, in a report.
pub fn pack_applied(pack: &PackReport) -> String {
    let mut said = format!("{} ({})", pack.title, pack.file);
    if !pack.replaced.is_empty() {
        said += &format!(", in place of the bundled {}", ids(&pack.replaced));
    }
    if !pack.off.is_empty() {
        said += &format!(", with {} switched off", ids(&pack.off));
    }
    said
}
/// Over the packs of a report.
pub const REPORT_PACKS: &str = "Your own rules";
