//! A large file read by several workers at once, each a part of it.
//!
//! The worker that the page started reads the first part itself and starts another for each of the
//! rest. They end when they have answered, or when that worker ends.

use clearlist::app::protocol::{PartAsked, PartProgress, Reply, Request};
use clearlist::engine::rules::Rules;
use clearlist::engine::scan::{HEAD_BYTES, Part, PartScan, SourceOptions};
use js_sys::{Array, Date};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::files::{bytes_of, each_piece};
use crate::helper::{Answer, Helper};
use crate::reading::Asked;
use crate::{memory_bytes, send};

/// A part is at least so large: to start a worker takes as long as to read some megabytes.
const LEAST_BYTES: u64 = 24 * 1024 * 1024;

/// The most workers for one file. More are not faster: the browser reads the file for all of them.
const MOST_WORKERS: u64 = 8;

/// How much is looked at to find where a part can begin.
const LOOK_BYTES: u64 = 128 * 1024;

/// How long the first worker is left without news, in milliseconds.
const SILENCE_MS: f64 = 100.0;

/// The parts that other workers read.
pub struct Parts {
    first_end: u64,
    helpers: Vec<(Helper, Answer)>,
}

impl Parts {
    /// Starts workers for all parts of the file but the first. `None` if the file is too small for
    /// that or cannot be read in parts.
    pub async fn begin(
        rules: &'static Rules,
        wanted: &Asked,
        options: &SourceOptions,
        file: &Blob,
    ) -> Option<Self> {
        let size = file.size() as u64;
        // One core has enough to do with reading the file and hashing it.
        let count =
            u64::from(wanted.cores.saturating_sub(1)).min(MOST_WORKERS).min(size / LEAST_BYTES);
        if count < 2 {
            return None;
        }
        let head = bytes_of(file, 0, HEAD_BYTES as u64).await.ok()?;
        let probe = PartScan::new(rules, &wanted.settings, options, &head)?;
        let mut begins = Vec::new();
        for number in 1..count {
            let from = size * number / count;
            let look = bytes_of(file, from, (from + LOOK_BYTES).min(size)).await.ok()?;
            begins.push(from + probe.beginning_in(&look)? as u64);
        }
        let ends = begins.iter().skip(1).copied().chain([size]);
        let asked = begins.iter().zip(ends).map(|(&from, to)| PartAsked {
            settings: wanted.settings.clone(),
            packs: wanted.packs.clone(),
            options: options.clone(),
            from,
            to,
        });
        let start = |asked: PartAsked| {
            let helper = Helper::start()?;
            let answer = helper.ask(&Request::ReadPart(Box::new(asked)), file, &Array::new());
            Ok((helper, answer))
        };
        let helpers = asked.map(start).collect::<Result<_, JsValue>>().ok()?;
        Some(Self { first_end: *begins.first()?, helpers })
    }

    /// Where the first part ends, in bytes.
    pub fn first_end(&self) -> u64 {
        self.first_end
    }

    /// How far the others are, all together.
    pub fn progress(&self) -> PartProgress {
        self.helpers.iter().map(|(helper, _)| helper.progress()).fold(
            PartProgress::default(),
            |sum, one| PartProgress {
                bytes: sum.bytes + one.bytes,
                records: sum.records + one.records,
                findings: sum.findings.max(one.findings),
            },
        )
    }

    /// All parts in their order, and the most memory a worker needed. `None` if one failed.
    pub async fn all(self) -> Option<(Vec<Part>, u64)> {
        let (mut parts, mut memory) = (Vec::new(), 0);
        for (_helper, answer) in self.helpers {
            let Reply::Part { part, memory_bytes } = answer.get().await? else { return None };
            parts.push(serde_json::from_str(&part).ok()?);
            memory = memory_bytes.max(memory);
        }
        Some((parts, memory))
    }
}

/// Reads a part for the worker that asked for it.
pub async fn read(rules: &'static Rules, asked: &PartAsked, file: &Blob) {
    let part = part_of(rules, asked, file).await;
    match part.and_then(|part| serde_json::to_string(&part).ok()) {
        Some(part) => send(&Reply::Part { part, memory_bytes: memory_bytes() }),
        None => send(&Reply::Stopped { scan: None }),
    }
}

async fn part_of(rules: &'static Rules, asked: &PartAsked, file: &Blob) -> Option<Part> {
    let PartAsked { settings, options, from, to, .. } = asked;
    let head = bytes_of(file, 0, HEAD_BYTES as u64).await.ok()?;
    let mut scan = PartScan::new(rules, settings, options, &head)?;
    let (mut bytes, mut told_at) = (0, Date::now());
    let read = each_piece(file, *from, *to, |piece| {
        scan.push(piece);
        bytes += piece.len() as u64;
        let now = Date::now();
        if now - told_at >= SILENCE_MS {
            told_at = now;
            let (records, findings) = scan.progress();
            send(&Reply::PartProgress(PartProgress { bytes, records, findings }));
        }
    });
    read.await.ok()?;
    Some(scan.finish(*to == file.size() as u64))
}
