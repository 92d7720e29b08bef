//! The bytes of the files that the page handed over.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// How much of a file is asked of the browser at a time, at most. Larger slices were not read
/// faster.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The first slice is small, so that something can be told of it soon. The last ones get smaller
/// down to this, so that not much is left to be hashed when they have been read.
const LEAST_BYTES: u64 = 1024 * 1024;

/// How much is worked on before the worker looks at its watch: a millisecond's work.
const PIECE_BYTES: u32 = 256 * 1024;

/// A file's slices, each asked for while the one before it is worked on.
pub struct Slices<'f> {
    file: &'f Blob,
    /// What was given out ends there.
    at: u64,
    to: u64,
    /// The next slice's end, and the slice.
    asked: Option<(u64, Result<Promise, JsValue>)>,
}

impl<'f> Slices<'f> {
    /// The slices from one place to another.
    pub fn new(file: &'f Blob, from: u64, to: u64) -> Self {
        let mut slices = Self { file, at: from, to, asked: None };
        slices.ask(from, LEAST_BYTES);
        slices
    }

    /// The next slice; nothing behind the last one. `Err` if it cannot be read.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let Some((end, asked)) = self.asked.take() else { return Ok(None) };
        let bytes = received(asked, end - self.at).await?;
        self.at = end;
        self.ask(end, ((self.to - end) / 2).clamp(LEAST_BYTES, MOST_BYTES));
        Ok(Some(bytes))
    }

    /// Where what was given out ends.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Has the browser begin to read the next slice.
    fn ask(&mut self, from: u64, most: u64) {
        let end = (from + most).min(self.to);
        self.asked = (from < self.to).then(|| (end, ask_for(self.file, from, end)));
    }
}

/// Gives a slice out in pieces; `buffer` is used again for each.
pub fn each_piece_of(slice: &Uint8Array, buffer: &mut Vec<u8>, mut take: impl FnMut(&[u8])) {
    for start in (0..slice.length()).step_by(PIECE_BYTES as usize) {
        let piece = slice.subarray(start, (start + PIECE_BYTES).min(slice.length()));
        buffer.resize(piece.length() as usize, 0);
        piece.copy_to(buffer);
        take(buffer);
    }
}

/// Reads the file from one place to another and gives it out in pieces.
pub async fn each_piece(
    file: &Blob,
    from: u64,
    to: u64,
    mut take: impl FnMut(&[u8]),
) -> Result<(), JsValue> {
    let (mut slices, mut buffer) = (Slices::new(file, from, to), Vec::new());
    while let Some(slice) = slices.next().await? {
        each_piece_of(&slice, &mut buffer, &mut take);
    }
    Ok(())
}

/// The bytes from one place to another, all at once.
pub async fn bytes_of(file: &Blob, from: u64, to: u64) -> Result<Vec<u8>, JsValue> {
    Ok(received(ask_for(file, from, to), to - from).await?.to_vec())
}

fn ask_for(file: &Blob, from: u64, to: u64) -> Result<Promise, JsValue> {
    Ok(file.slice_with_f64_and_f64(from as f64, to as f64)?.array_buffer())
}

/// The bytes asked for, which are so many. Of a file that has become shorter, a browser may give fewer.
async fn received(asked: Result<Promise, JsValue>, length: u64) -> Result<Uint8Array, JsValue> {
    let bytes = Uint8Array::new(&JsFuture::from(asked?).await?);
    if u64::from(bytes.length()) == length { Ok(bytes) } else { Err(JsValue::UNDEFINED) }
}
