//! `pkgutil --pkgs` on a Mac: the receipts that installers left.

use super::packages::{Grammar, GrammarReader, Package, is_reverse_domain, no_structure};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;
use crate::engine::record::{IdentifierKind, Platform};

pub(super) static FORMAT: Format = Format {
    id: "pkgutil",
    title: "macOS package receipts (pkgutil --pkgs)",
    reads: "what pkgutil --pkgs prints: one receipt a line, such as com.apple.pkg.Core",
    how_to_get: "in Terminal on the Mac: pkgutil --pkgs > list.txt",
    cannot_show: "a receipt stays when the program is removed by hand, and programs that were \
                  dragged to the Applications folder have none; system_profiler \
                  SPApplicationsDataType lists the applications that are there",
    platform: Some(Platform::Macos),
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: no_structure,
    kinds: &[IdentifierKind::Bundle],
    expected: key!("a receipt such as com.apple.pkg.Core"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    let has_receipt = sample.filled_lines().any(|line| {
        let line = line.trim();
        line.starts_with("com.apple.pkg.") || line.split('.').any(|part| part == "pkg")
    });
    (GRAMMAR.count(sample).are_most(2) && has_receipt).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!("its lines are receipts of installers, such as com.apple.pkg.Core"),
    })
}

fn package(line: &str) -> Option<Package<'_>> {
    let name = line.trim();
    is_reverse_domain(name, 1).then(|| Package { name, ..Package::default() })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::FORMAT;
    use crate::engine::formats::testing::transcript;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&transcript(&FORMAT, text));
    }

    #[test]
    fn receipts_are_bundles() {
        check(
            "com.apple.pkg.Core\ncom.kaspersky.kav.core\norg.python.Python-3.12\nan answer of somebody else\n",
            expect![[r#"
                Certain: its lines are receipts of installers, such as com.apple.pkg.Core
                1: com.apple.pkg.Core | bundle com.apple.pkg.Core
                2: com.kaspersky.kav.core | bundle com.kaspersky.kav.core
                3: org.python.Python-3.12 | bundle org.python.Python-3.12
                4! expected a receipt such as com.apple.pkg.Core; passed over
                lines: 3 records + 0 structure + 1 problems
            "#]],
        );
    }

    #[test]
    fn other_ids_are_not_recognised() {
        check(
            "com.android.settings\ncom.kms.free\n",
            expect![[r#"
            not recognised
            1: com.android.settings | bundle com.android.settings
            2: com.kms.free | bundle com.kms.free
            lines: 2 records + 0 structure + 0 problems
        "#]],
        );
        check(
            "com.apple.pkg.Core\n",
            expect![[r#"
            not recognised
            1: com.apple.pkg.Core | bundle com.apple.pkg.Core
            lines: 1 records + 0 structure + 0 problems
        "#]],
        );
    }
}
