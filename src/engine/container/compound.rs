//! Compound files, in which Office kept its documents before 2007: streams in chains of sectors.

use std::collections::HashSet;

/// A compound file, by its directory.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    entries: Vec<Entry>,
    /// The sectors of short streams stand in one long stream.
    short: Vec<u8>,
    next_short: Vec<u32>,
    longest_short: u64,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

const SHORT_SECTOR: usize = 64;
/// The numbers above are no sectors but marks.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// No document has more streams than that.
const ENTRIES: usize = 65_536;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Reads the directory; `None` if there is none.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            entries: Vec::new(),
            short: Vec::new(),
            next_short: Vec::new(),
            longest_short: u64::from(u32_at(bytes, 56)?),
        };
        file.read_table()?;
        file.read_directory(u32_at(bytes, 48)?);
        file.next_short = numbers(&file.chain(u32_at(bytes, 60)?));
        Some(file)
    }

    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        // The last one may be cut.
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The table of which sector follows which stands in sectors that the header lists, and behind
    /// it a chain of lists.
    fn read_table(&mut self) -> Option<()> {
        let mut of_table = numbers(self.bytes.get(76..512)?);
        let (mut list, mut seen) = (u32_at(self.bytes, 68)?, HashSet::new());
        while list < LAST_SECTOR && seen.insert(list) {
            let Some(sector) = self.sector_at(list) else { break };
            let mut found = numbers(sector);
            list = found.pop().unwrap_or(u32::MAX);
            of_table.extend(found);
        }
        let mut seen = HashSet::new();
        for number in of_table.into_iter().filter(|number| *number < LAST_SECTOR) {
            // A sector listed again and again would make a table larger than the file.
            if !seen.insert(number) {
                break;
            }
            let Some(sector) = self.sector_at(number) else { break };
            self.next.extend(numbers(sector));
        }
        Some(())
    }

    fn read_directory(&mut self, start: u32) {
        let directory = self.chain(start);
        let mut root = None;
        for entry in directory.chunks_exact(128).take(ENTRIES) {
            let units: Vec<u16> = entry
                .chunks_exact(2)
                .take(32)
                .map_while(|pair| u16_at(pair, 0).filter(|unit| *unit != 0))
                .collect();
            let (Some(start), Some(size)) = (u32_at(entry, 116), u32_at(entry, 120)) else {
                continue;
            };
            let found =
                Entry { name: String::from_utf16_lossy(&units), start, size: u64::from(size) };
            match entry.get(66) {
                Some(2) => self.entries.push(found),
                Some(5) => root = Some(found.start),
                _ => {}
            }
        }
        if let Some(start) = root {
            self.short = self.chain(start);
        }
    }

    /// The sectors from that one on. No chain is longer than the file.
    fn chain(&self, start: u32) -> Vec<u8> {
        let (mut out, mut number) = (Vec::new(), start);
        while number < LAST_SECTOR && out.len() < self.bytes.len() {
            let Some(sector) = self.sector_at(number) else { break };
            out.extend_from_slice(sector);
            let next = usize::try_from(number).ok().and_then(|number| self.next.get(number));
            number = next.copied().unwrap_or(u32::MAX);
        }
        out
    }

    fn short_chain(&self, start: u32) -> Vec<u8> {
        let (mut out, mut number) = (Vec::new(), start);
        while number < LAST_SECTOR && out.len() < self.short.len() {
            let Ok(at) = usize::try_from(number) else { break };
            let Some(rest) = at.checked_mul(SHORT_SECTOR).and_then(|from| self.short.get(from..))
            else {
                break;
            };
            out.extend_from_slice(rest.get(..SHORT_SECTOR).unwrap_or(rest));
            number = self.next_short.get(at).copied().unwrap_or(u32::MAX);
        }
        out
    }

    /// The stream of that name, whatever the case, as far as it is there.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut stream = if entry.size < self.longest_short {
            self.short_chain(entry.start)
        } else {
            self.chain(entry.start)
        };
        stream.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Some(stream)
    }

    /// True if there is a stream of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|number| u32_at(number, 0)).collect()
}
