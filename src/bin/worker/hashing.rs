//! The SHA-256 of a file, worked out by another worker while this one reads what it says.
//!
//! The browser's own `crypto.subtle` wants a whole file at once: it would be read a second time,
//! and copied.

use std::collections::VecDeque;

use clearlist::app::protocol::{Reply, Request};
use clearlist::engine::words::hex;
use js_sys::{Array, Uint8Array};
use sha2::{Digest, Sha256};
use web_sys::Blob;

use crate::files::{each_piece, each_piece_of};
use crate::helper::{Answer, Helper};

/// Files from this size on are hashed by another worker: to start one takes as long as to hash
/// some megabytes.
const LEAST_BYTES: u64 = 8 * 1024 * 1024;

/// How many slices may wait to be hashed.
const MOST_WAITING: usize = 2;

/// A file that another worker hashes.
pub struct Hashing {
    helper: Helper,
    waiting: VecDeque<Answer>,
}

impl Hashing {
    /// Starts a worker for that file, if it is large.
    pub fn start(file: &Blob) -> Option<Self> {
        let is_large = file.size() as u64 >= LEAST_BYTES;
        let helper = is_large.then(Helper::start)?.ok()?;
        Some(Self { helper, waiting: VecDeque::new() })
    }

    /// Hands over the file's next bytes, which are then gone from here. Waits while too much is
    /// still to be hashed; `None` if it cannot be.
    pub async fn take(&mut self, bytes: &Uint8Array) -> Option<()> {
        let given_away = Array::of1(&bytes.buffer());
        self.waiting.push_back(self.helper.ask(&Request::Hash, bytes, &given_away));
        while self.waiting.len() > MOST_WAITING {
            self.waiting.pop_front()?.get().await?;
        }
        Some(())
    }

    /// The hash in lower-case hex; the bytes from `from` on, which were not handed over, are read
    /// for it from now on. `None` if they cannot be.
    pub fn finish(self, file: &Blob, from: u64) -> impl Future<Output = Option<String>> {
        let answer = self.helper.ask(&Request::HashRest { from }, file, &Array::new());
        async move {
            // It works until it is dropped.
            let _helper = self.helper;
            match answer.get().await? {
                Reply::Hashed(digest) => digest,
                _ => None,
            }
        }
    }
}

/// The file's SHA-256 in lower-case hex, worked out here. `None` if it cannot be read.
pub async fn sha256(file: &Blob) -> Option<String> {
    rest_hashed(Sha256::new(), file, 0).await
}

/// The hash of what `hasher` has had and the file's bytes from `from` on.
pub async fn rest_hashed(mut hasher: Sha256, file: &Blob, from: u64) -> Option<String> {
    let read = each_piece(file, from, file.size() as u64, |piece| hasher.update(piece)).await;
    read.ok().map(|()| hex(&hasher.finalize()))
}

/// Adds bytes that were handed over.
pub fn add(hasher: &mut Sha256, bytes: &Uint8Array) {
    each_piece_of(bytes, &mut Vec::new(), |piece| hasher.update(piece));
}
