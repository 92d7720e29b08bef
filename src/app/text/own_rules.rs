//! The sentences about rules of the reader's own.

use super::{date, list};
use crate::app::packs::{Mistake, OwnRules, Pack, PackTrouble, Packs};
use crate::engine::language::{Phrase, many, phrase, say};
use crate::engine::limits::PACK_BYTES;
use crate::engine::report::PackReport;
use crate::engine::rules::update::{Superseded, superseded};

/// The fold with them.
pub fn own_rules(packs: &Packs) -> String {
    let on = packs.all.iter().filter(|pack| pack.is_on).count();
    match (on, packs.all.len()) {
        (_, 0) => say!("Your own rules: none").into(),
        (on, all) if on == all => say!("Your own rules: {all}", all = files(all)),
        (on, all) => say!("Your own rules: {on} of {all} applied", on, all = files(all)),
    }
}
fn files(count: usize) -> String {
    many!(count as u64, "{n} file", "{n} files")
}
/// What they are for.
pub const OWN_RULES_HINT: Phrase = phrase(
    "Does your organisation have a list of programs that are not allowed, \
    or an order that is not among the directives? Write it down once as a file of rules (a pack). \
    It is applied like the directives, and can switch some of them off.",
);
/// Over the buttons.
pub const START_FROM: Phrase = phrase("Start with an example that explains itself");
/// The file chooser.
pub const CHOOSE_PACKS: Phrase = phrase("Or choose files of rules that you have");
/// What files they are.
pub const CHOOSE_PACKS_HINT: Phrase = phrase(
    "Files that end in .toml, as saved here or made by clearlist pack init. Signed data updates go here too.",
);
/// The check box by which the browser remembers them.
pub const KEEP_PACKS: Phrase = phrase("Remember my rules in this browser");
/// What that means.
pub const KEEP_PACKS_HINT: Phrase = phrase(
    "They are kept on this computer for this page alone, until you \
    untick this. Your lists and results are never kept.",
);
/// Over the files.
pub const PACKS: Phrase = phrase("Your files of rules");
/// The button that shows the text of a pack.
pub const EDIT_PACK: Phrase = phrase("Change");
/// The same while the text is shown.
pub const CLOSE_PACK: Phrase = phrase("Close");
/// The button that saves a pack.
pub const SAVE_PACK: Phrase = phrase("Save as file");
/// When a pack was taken away.
pub const PACK_REMOVED: Phrase = phrase("The file of rules was removed.");

/// What comes behind a button's word for those who hear it alone.
pub fn of_pack(pack: &Pack) -> String {
    format!(" {}", pack.name)
}

/// The label of a pack's text.
pub fn pack_text_label(pack: &Pack) -> String {
    say!("Text of {name}", name = pack.name)
}

/// What became of a pack.
pub fn pack_status(pack: &Pack, packs: &Packs) -> String {
    let own: &OwnRules = &packs.checked;
    let mistakes = pack.mistakes(own).len();
    if mistakes > 0 {
        return if pack.is_on {
            many!(
                mistakes as u64,
                "{n} mistake. Nothing is checked until it is mended.",
                "{n} mistakes. Nothing is checked until they are mended."
            )
        } else {
            many!(mistakes as u64, "{n} mistake. Not applied.", "{n} mistakes. Not applied.")
        };
    }
    if !pack.is_on {
        return say!("Not applied.").into();
    }
    if let Some((_, said)) = own.updates.iter().find(|(file, _)| *file == pack.name) {
        return said.clone();
    }
    let Some(report) = pack.report(own) else {
        // Another pack keeps all of them from being loaded.
        return if packs.is_current() {
            say!("Not applied yet.").into()
        } else {
            say!("Looking at it…").into()
        };
    };
    let mut said = many!(
        report.directives.len() as u64,
        "No mistakes. It adds {n} directive",
        "No mistakes. It adds {n} directives"
    );
    if !report.replaced.is_empty() {
        said += &say!(", {replaced} in place of a bundled one", replaced = ids(&report.replaced));
    }
    if !report.off.is_empty() {
        said += &say!(", and switches off {off}", off = ids(&report.off));
    }
    said + "."
}

fn ids(ids: &[String]) -> String {
    list(&ids.iter().map(String::as_str).collect::<Vec<_>>())
}

/// How many mistakes there are now.
pub fn packs_checked(count: usize) -> String {
    if count == 0 {
        say!("Your rules have no mistakes.").into()
    } else {
        many!(count as u64, "Your rules have {n} mistake.", "Your rules have {n} mistakes.")
    }
}

/// Why a directive is applied that is of a pack.
pub fn of_own_pack(title: &str) -> String {
    say!("From your own rules: {title}", title)
}

/// The same of one that is of a data update.
pub fn of_update(title: &str) -> String {
    say!("From a data update: {title}", title)
}

/// What became of a data update.
pub fn update_status(update: &PackReport) -> String {
    let mut said = whose_update(update) + &with_entries(update);
    if !update.off.is_empty() {
        said += &say!(", and switches off {off}", off = ids(&update.off));
    }
    said + "."
}

/// Which makers' entries a data update brings; nothing if it brings none.
fn with_entries(pack: &PackReport) -> String {
    let vendors = pack.update.as_ref().map_or(&[][..], |update| &update.vendors);
    if vendors.is_empty() {
        return String::new();
    }
    say!(", with entries for {vendors}", vendors = ids(vendors))
}

/// What became of a data update that is older than the data.
pub fn update_superseded(update: &Superseded) -> String {
    superseded(date(&update.checked_on), date(&update.newer))
}

/// Of when a data update is, and who signed it; nothing of a pack of the reader's own.
fn whose_update(pack: &PackReport) -> String {
    pack.update.as_ref().map_or_else(String::new, |update| {
        say!(
            "Data update of {day}, signed by {name} (key {key})",
            day = date(&update.checked_on),
            name = update.signed_by,
            key = update.key
        )
    })
}

/// Where a mistake is.
pub fn mistake_place(mistake: &Mistake) -> String {
    say!("Line {line}, column {column}", line = mistake.line, column = mistake.column)
}

/// How many mistakes of a pack are not listed.
pub fn more_mistakes(count: usize) -> String {
    say!("And {count} more.", count)
}

/// How it can be written.
pub const FOR_EXAMPLE: Phrase = phrase("For example:");

/// Why something could not be done.
pub fn pack_trouble(trouble: &PackTrouble) -> String {
    match trouble {
        PackTrouble::TooLarge(name) => say!(
            "{name} is larger than {size} kB and was not taken. Make several files of it.",
            name,
            size = PACK_BYTES / 1024
        ),
        PackTrouble::NotText(name) => say!(
            "{name} could not be read as text in UTF-8 and was not taken. Open it in a text editor and save it as UTF-8.",
            name
        ),
        PackTrouble::NotKept => {
            say!("This browser did not let the page remember them. Save them as files instead.")
                .into()
        }
    }
}

/// A pack that was applied, in a report.
pub fn pack_applied(pack: &PackReport) -> String {
    let mut said = format!("{} ({})", pack.title, pack.file);
    if pack.update.is_some() {
        said += &format!(". {}", whose_update(pack));
    }
    if !pack.replaced.is_empty() {
        said += &say!(", in place of the bundled {replaced}", replaced = ids(&pack.replaced));
    }
    said += &with_entries(pack);
    if !pack.off.is_empty() {
        said += &say!(", with {off} switched off", off = ids(&pack.off));
    }
    said
}
/// Over the packs of a report.
pub const REPORT_PACKS: Phrase = phrase("Your own rules");
/// Over the data updates of a report.
pub const REPORT_UPDATES: Phrase = phrase("Data updates");
