//! The page about the accuracy, `docs/accuracy.md`.

use std::fmt::Write as _;

use clearlist::engine::rules::Rules;

use super::Tally;
use super::variants::Variant;

/// The page as Markdown.
pub fn page(
    rules: &Rules,
    positives: &[(&Variant, Tally)],
    known: &Tally,
    lists: &[(&str, Tally, usize)],
) -> String {
    let products: usize = rules.catalog.iter().map(|file| file.products.len()).sum();
    let tried: usize = positives.iter().map(|(_, tally)| tally.tried).sum();
    let missed: usize = positives.iter().map(|(_, tally)| tally.wrong.len()).sum();
    let others = known.tried + lists.iter().map(|(_, tally, _)| tally.tried).sum::<usize>();
    let alarms =
        known.wrong.len() + lists.iter().map(|(_, tally, _)| tally.wrong.len()).sum::<usize>();
    let found = tried - missed;
    let recall = share(found, tried);
    let precision = share(found, found + alarms);
    let f1 = 2.0 * recall * precision / (recall + precision);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "# How well programs are recognised\n\n\
         `cargo xtask accuracy` makes this page; nothing in it is typed by hand. The rules were last \
         checked on {}: {products} products of {} makers.\n\n\
         | | |\n|---|--:|\n\
         | titles that must be found | {tried} |\n\
         | of these found (recall) | {found} ({:.2} %) |\n\
         | titles that must not be found | {others} |\n\
         | of these found (false alarms) | {alarms} |\n\
         | precision | {:.2} % |\n\
         | F1 | {f1:.4} |\n",
        rules.checked_on(),
        rules.catalog.len(),
        recall * 100.0,
        precision * 100.0,
    );
    text.push_str(
        "## What must be found\n\n\
         Every example in the catalog of what a list says of a product, and what tools and people do to \
         such a title without making it another one. The very product must be named; of a cut name only \
         its maker's.\n\n\
         | variant | titles | missed |\n|---|--:|--:|\n",
    );
    for (variant, tally) in positives {
        let _ = writeln!(text, "| {} | {} | {} |", variant.title, tally.tried, tally.wrong.len());
    }
    text.push_str(
        "\n## What must not be found\n\n\
         Look-alikes of the catalog, and names of other programs, as many as the machine has that made \
         this page. *Near misses* are names one letter away from a brand; they are listed apart and \
         never count as found.\n\n\
         | names | how many | false alarms | near misses |\n|---|--:|--:|--:|\n",
    );
    let alarms = known.wrong.len();
    let _ = writeln!(text, "| look-alikes in the catalog | {} | {alarms} | |", known.tried);
    for (title, tally, near) in lists {
        let _ = writeln!(text, "| {title} | {} | {} | {near} |", tally.tried, tally.wrong.len());
    }
    let wrong = positives
        .iter()
        .map(|(_, tally)| tally)
        .chain([known])
        .chain(lists.iter().map(|(_, tally, _)| tally))
        .flat_map(|tally| &tally.wrong);
    let wrong: Vec<&String> = wrong.collect();
    text.push_str("\n## Every miss and every false alarm\n\n");
    if wrong.is_empty() {
        text.push_str("None.\n");
    }
    for line in wrong {
        let _ = writeln!(text, "- `{line}`");
    }
    text.push_str(
        "\n## What this does not say\n\n\
         The examples are names that the catalog's authors have seen written. A product that nobody has \
         told the catalog of is not found by its name; the maker's name as its publisher, or in its own \
         name, leads to \"another product\" of that maker.\n",
    );
    text
}

#[allow(clippy::cast_precision_loss, reason = "counts of titles are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
