//! The bytes of the files that the page handed over.

use clearlist::engine::words::hex;
use js_sys::{Promise, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Blob;

use crate::scope;

/// How much of a file is asked of the browser at a time. Larger slices were not read faster.
pub const SLICE_BYTES: u64 = 16 * 1024 * 1024;

/// Files up to this size are hashed by the browser, which is several times as fast but wants the
/// whole file at once. Larger ones are hashed here, when they have been read.
const HASHED_WHOLE_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// How much is worked on before the worker looks at its watch: a millisecond's work.
const PIECE_BYTES: usize = 256 * 1024;

/// Reads the file from one place to another and gives it out in pieces. `Err` has how many bytes
/// could be read.
pub async fn each_piece(
    file: &Blob,
    from: u64,
    to: u64,
    mut take: impl FnMut(&[u8]),
) -> Result<(), u64> {
    let mut buffer = Vec::new();
    let mut at = from;
    let mut asked = ask_for_slice(file, at, (at + SLICE_BYTES).min(to));
    while at < to {
        let bytes = received(asked).await.map_err(|_| at - from)?;
        at = (at + SLICE_BYTES).min(to);
        // The browser reads the next slice while this one is worked on.
        asked = ask_for_slice(file, at, (at + SLICE_BYTES).min(to));
        for start in (0..bytes.length()).step_by(PIECE_BYTES) {
            let piece = bytes.subarray(start, (start + PIECE_BYTES as u32).min(bytes.length()));
            buffer.resize(piece.length() as usize, 0);
            piece.copy_to(&mut buffer);
            take(&buffer);
        }
    }
    Ok(())
}

/// The bytes from one place to another, all at once.
pub async fn bytes_of(file: &Blob, from: u64, to: u64) -> Result<Vec<u8>, JsValue> {
    Ok(received(ask_for_slice(file, from, to)).await?.to_vec())
}

/// Has the browser begin to read the file's bytes from one place to another.
fn ask_for_slice(file: &Blob, from: u64, to: u64) -> Result<Promise, JsValue> {
    Ok(file.slice_with_f64_and_f64(from as f64, to as f64)?.array_buffer())
}

/// The bytes asked for.
async fn received(asked: Result<Promise, JsValue>) -> Result<Uint8Array, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(asked?).await?))
}

/// A promise of the file's SHA-256, if the browser can have it while the file is read.
pub fn digest_of(file: &Blob) -> Option<Promise> {
    if file.size() > HASHED_WHOLE_BYTES {
        return None;
    }
    let file = file.clone();
    let digest = async move { sha256_by_browser(&file).await.map(JsValue::from) };
    Some(future_to_promise(digest))
}

/// The file's SHA-256 in lower-case hex, worked out here.
pub async fn sha256(file: &Blob) -> Option<String> {
    let mut hasher = Sha256::new();
    let read = each_piece(file, 0, file.size() as u64, |piece| hasher.update(piece)).await;
    read.ok().map(|()| hex(&hasher.finalize()))
}

/// The file's SHA-256 in lower-case hex. The browser has it several times as fast as WebAssembly,
/// but wants the whole file at once, and does not do it for a page that came over an open line.
async fn sha256_by_browser(file: &Blob) -> Result<String, JsValue> {
    let bytes = JsFuture::from(file.array_buffer()).await?;
    let subtle = scope().crypto()?.subtle();
    if subtle.is_undefined() {
        // The page came over a line that is not secure.
        return Err(JsValue::UNDEFINED);
    }
    let digest = subtle.digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref())?;
    Ok(hex(&Uint8Array::new(&JsFuture::from(digest).await?).to_vec()))
}
