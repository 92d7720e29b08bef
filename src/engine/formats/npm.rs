//! `npm ls -g`: the packages of a Node.js installation, drawn as a tree.

use super::packages::{Grammar, GrammarReader, PACKAGE, Package, is_version_word};
use super::{Confidence, Format, Lines, Sample, Sniffed};
use crate::engine::clause::clause;
use crate::engine::language::key;

pub(super) static FORMAT: Format = Format {
    id: "npm",
    title: "Node.js package list (npm ls -g)",
    reads: "the tree of packages and versions that npm ls prints, such as “├── typescript@5.4.5”",
    how_to_get: "in a terminal: npm ls -g > packages.txt; this is evidence beside a list of programs, \
                 not instead of one",
    cannot_show: "this lists packages of one Node.js installation, not programs, and no makers: a clean \
                  list does not clear the computer; make a list of programs with the command of step 2",
    platform: None,
    sniff,
    open: |_| Lines::boxed(GrammarReader(&GRAMMAR)),
};

static GRAMMAR: Grammar = Grammar {
    package,
    is_structure: |line| is_folder(line) || line.trim_end().ends_with("(empty)"),
    kinds: PACKAGE,
    expected: key!("a branch with a package and its version, such as “├── typescript@5.4.5”"),
};

fn sniff(sample: &Sample<'_>) -> Option<Sniffed> {
    GRAMMAR.count(sample).are_most(1).then(|| Sniffed {
        confidence: Confidence::Certain,
        reason: clause!(
            "its lines are branches with packages and their versions as npm draws them"
        ),
    })
}

/// The folder that stands above the tree: `/usr/local/lib`, `C:\Users\ana\AppData\Roaming\npm`, or
/// `lib@ /usr/local/lib`.
fn is_folder(line: &str) -> bool {
    let path = line.rsplit_once("@ ").map_or(line, |(_, path)| path);
    super::common::is_drive_path(path) || path.starts_with('/')
}

fn package(line: &str) -> Option<Package<'_>> {
    // Branches: `├── `, `└─┬ `, `│ `, and without such characters `+-- `, `` `-- ``, `| `.
    let is_branch =
        |c: char| matches!(c, '├' | '└' | '─' | '┬' | '│' | '+' | '`' | '-' | '|' | ' ');
    let text = line.trim_start_matches(is_branch);
    let drawn = line.get(..line.len() - text.len())?;
    let is_drawn = ["─ ", "┬ ", "- "].iter().any(|end| drawn.ends_with(end));
    let text = text.strip_prefix("UNMET DEPENDENCY ").unwrap_or(text);
    let text = text.strip_prefix("UNMET OPTIONAL DEPENDENCY ").unwrap_or(text);
    let word = text.split(' ').next()?;
    let (name, version) = word.rsplit_once('@')?;
    (is_drawn && !name.is_empty() && is_version_word(version)).then(|| Package {
        name,
        version,
        ..Package::default()
    })
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
    fn branches_are_taken_off() {
        check(
            "/usr/local/lib\n├── @angular/cli@17.0.1\n├─┬ eslint@9.1.0 extraneous\n│ └── ajv@6.12.6 deduped\n└── mytool@0.1.0 -> ./../../home/ana/mytool\n\n",
            expect![[r#"
                Certain: its lines are branches with packages and their versions as npm draws them
                2: @angular/cli | version 17.0.1 | package @angular/cli
                3: eslint | version 9.1.0 | package eslint
                4: ajv | version 6.12.6 | package ajv
                5: mytool | version 0.1.0 | package mytool
                lines: 4 records + 2 structure + 0 problems
            "#]],
        );
        check(
            "C:\\Users\\ana\\AppData\\Roaming\\npm\n+-- typescript@5.4.5\n`-- yarn@1.22.22\n",
            expect![[r#"
                Certain: its lines are branches with packages and their versions as npm draws them
                2: typescript | version 5.4.5 | package typescript
                3: yarn | version 1.22.22 | package yarn
                lines: 2 records + 1 structure + 0 problems
            "#]],
        );
    }

    #[test]
    fn trees_of_files_are_not_recognised() {
        check(
            ".\n├── a.txt\n└── b@home.txt\n",
            expect![[r#"
            not recognised
            2! expected a branch with a package and its version, such as “├── typescript@5.4.5”; passed over
            3! expected a branch with a package and its version, such as “├── typescript@5.4.5”; passed over
            lines: 0 records + 1 structure + 2 problems
        "#]],
        );
    }
}
