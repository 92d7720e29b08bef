//! A tar archive as it is read: each file in it becomes a source.

use super::intake::{AsGiven, Counts, Intake, Unpacked};
use super::inventory::Inventory;
use crate::engine::clause::clause;
use crate::engine::container::tar::{self, Damage, Event, Kind, Member, Untar};
use crate::engine::problem::ProblemKind;

/// A tar archive while it is read.
pub(super) struct Tape {
    /// The number of its source.
    source: usize,
    as_given: AsGiven,
    untar: Untar,
    files: Files,
}

/// What has come out of it.
struct Files {
    archive: usize,
    /// What each file in it is read as.
    inside: Intake,
    counts: Counts,
    /// The file that is being read, with the number of its source.
    current: Option<(usize, Intake)>,
}

impl Tape {
    /// Nothing has come of it; files in it are read as `inside`.
    pub(super) fn new(source: usize, inside: Intake) -> Self {
        let files = Files { archive: source, inside, counts: Counts::default(), current: None };
        Self { source, as_given: AsGiven::default(), untar: Untar::default(), files }
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        self.as_given.push(bytes);
        let files = &mut self.files;
        self.untar.push(bytes, &mut |event| match event {
            Event::Begins(member) => files.begin(&member, inventory, unpacked),
            Event::Bytes(bytes) => {
                if let Some((_, file)) = &mut files.current {
                    file.push(bytes, inventory, unpacked);
                }
            }
            Event::Ends => files.end(true, None, inventory, unpacked),
        });
    }

    /// The archive has ended. Where there was more of it than was read, nothing is said of its end.
    pub(super) fn end(
        mut self,
        is_whole: bool,
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        self.files.end(is_whole, Some(ProblemKind::CutShort), inventory, unpacked);
        let damage = self.untar.finish().map(|damage| match damage {
            Damage::CutShort => ProblemKind::CutShort,
            Damage::Damaged => ProblemKind::Incomplete {
                why: clause!(
                    "the archive is damaged, and what follows the damage could not be read"
                ),
                advice: clause!("copy the archive again from where it came from"),
            },
        });
        if is_whole || self.files.counts.has_read_any() {
            let damage = damage.filter(|_| is_whole && !self.files.counts.is_full);
            self.files.counts.tell(&tar::CONTAINER, damage, self.source, inventory);
        }
        if let Some(source) = inventory.sources.get_mut(self.source) {
            (source.bytes, source.sha256) = self.as_given.finish();
        }
    }
}

impl Files {
    fn begin(&mut self, member: &Member, inventory: &mut Inventory<'_>, unpacked: &Unpacked) {
        let is_folder = member.kind == Kind::Folder;
        if member.kind == Kind::Other {
            self.counts.others += 1;
            return;
        }
        if self.counts.is_full
            || self.counts.passes_over(is_folder, member.is_clutter(), member.size)
        {
            return;
        }
        let archive = inventory.sources.get(self.archive).map(|s| s.name.clone());
        let archive = archive.unwrap_or_default();
        let names = (archive.as_str(), member.name.as_str());
        let begun = self.counts.begin_source(names, self.archive, inventory, unpacked);
        let Some(source) = begun else { return };
        if member.kind == Kind::Sparse {
            let kind = ProblemKind::NotOpened {
                why: clause!("only parts of it are in the archive (it is a sparse file)"),
                advice: clause!("unpack the archive and choose the list itself"),
            };
            inventory.problem_of(source, 0, &kind, "");
            if let Some(report) = inventory.sources.get_mut(source) {
                report.container = tar::CONTAINER.id.to_owned();
            }
            return;
        }
        self.current = Some((source, self.inside.of(source)));
    }

    /// The file that is being read has ended, with `problem` if not all of it was there.
    fn end(
        &mut self,
        is_whole: bool,
        problem: Option<ProblemKind>,
        inventory: &mut Inventory<'_>,
        unpacked: &Unpacked,
    ) {
        let Some((source, file)) = self.current.take() else { return };
        file.end(is_whole, inventory, unpacked);
        if let Some(kind) = problem.filter(|_| is_whole) {
            inventory.problem_of(source, 0, &kind, "");
        }
        // What is in it twice keeps the name of the inner one.
        if let Some(source) = inventory.sources.get_mut(source)
            && source.container.is_empty()
        {
            source.container = tar::CONTAINER.id.to_owned();
        }
    }
}
