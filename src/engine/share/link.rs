//! A link that carries a summary behind the `#` of the page's own address.
//!
//! `#share=1.…`: the number of the form, a full stop, and the summary as bytes that name no fields
//! ([`postcard`]), packed by deflate with a check sum (RFC 1950), in letters that an address may have. What
//! stands behind the `#` is for whoever opens the link, and no part of what a browser asks a server for (RFC
//! 3986, section 3.5; RFC 9110, section 7.1).

use std::fmt;
use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

use super::{Summary, base64url};
use crate::engine::language::say;
use crate::engine::limits::{LINK_CHARS, SHARED_BYTES};

/// What stands between the `#` and the summary.
const KEY: &str = "share=";

/// The number of the form that links are written in.
pub const VERSION: u32 = 1;

/// A summary that is too much for a link.
///
/// `Display` says so without capital and full stop, with what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// How many characters the link would have.
    pub chars: usize,
    /// True if names are in it, which can be left out.
    pub has_names: bool,
}

/// Why a link shows no summary.
///
/// `Display` says what was found, what was expected and what to do, without capital and full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It does not begin with the number of a form.
    NoVersion,
    /// The form is none that is known here.
    UnknownVersion {
        /// Its number.
        found: u32,
    },
    /// It is longer than any that is made.
    TooLong {
        /// Its characters.
        chars: usize,
    },
    /// A character that no link has.
    UnexpectedCharacter {
        /// The character.
        found: char,
        /// Its place behind the number, counted from 1.
        at: usize,
    },
    /// It ends in the middle.
    CutShort,
    /// What is packed in it is no summary, or not what was packed.
    Damaged,
}

/// What stands behind the `#` of an address, if it is a summary; the `#` itself may be there or not.
pub fn shared_in(hash: &str) -> Option<&str> {
    hash.trim_start_matches('#').strip_prefix(KEY)
}

/// The link to a page at that address that shows the summary.
///
/// # Errors
///
/// If it would have more than [`LINK_CHARS`] characters, or unpack to more than is unpacked again.
pub fn link(address: &str, summary: &Summary) -> Result<String, TooLong> {
    // Written to memory, which cannot fail; were a summary lost on the way, its link would be cut short.
    let bytes = postcard::to_allocvec(summary).unwrap_or_default();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(&bytes);
    let packed = base64url::encode(&encoder.finish().unwrap_or_default());
    let address = address.split('#').next().unwrap_or_default();
    let link = format!("{address}#{KEY}{VERSION}.{packed}");
    let chars = link.chars().count();
    if chars > LINK_CHARS || bytes.len() > SHARED_BYTES {
        return Err(TooLong { chars, has_names: summary.has_names });
    }
    Ok(link)
}

/// The summary that a link carries: what [`shared_in`] finds in it.
///
/// # Errors
///
/// If it carries none. A link may hold anything: whatever it unpacks to is bounded, and none makes this panic.
pub fn read(shared: &str) -> Result<Summary, LinkError> {
    // What closes a sentence or a bracket behind a link is often taken for a part of it.
    let shared =
        shared.trim().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
    let chars = shared.chars().count();
    if chars > LINK_CHARS {
        return Err(LinkError::TooLong { chars });
    }
    let (version, packed) = shared.split_once('.').unwrap_or((shared, ""));
    if version.is_empty() || version.len() > 4 || !version.bytes().all(|b| b.is_ascii_digit()) {
        return Err(LinkError::NoVersion);
    }
    // Four digits are a number.
    match version.parse().unwrap_or_default() {
        VERSION => (),
        found => return Err(LinkError::UnknownVersion { found }),
    }
    let packed = base64url::decode(packed)
        .map_err(|(found, at)| LinkError::UnexpectedCharacter { found, at })?;
    let bytes = unpack(&packed)?;
    match postcard::take_from_bytes::<Summary>(&bytes) {
        Ok((summary, [])) if summary.is_sound() => Ok(summary),
        _ => Err(LinkError::Damaged),
    }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut room = vec![0; SHARED_BYTES];
    let mut inflate = Decompress::new(true);
    let status = inflate.decompress(packed, &mut room, FlushDecompress::Finish);
    // Both are at most the lengths of what was given.
    let (taken, unpacked) = (inflate.total_in() as usize, inflate.total_out() as usize);
    match status {
        Ok(Status::StreamEnd) if taken == packed.len() => {
            room.truncate(unpacked);
            Ok(room)
        }
        Ok(Status::Ok | Status::BufError) if unpacked < SHARED_BYTES => Err(LinkError::CutShort),
        _ => Err(LinkError::Damaged),
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chars, has_names } = self;
        f.write_str(&if *has_names {
            say!(
                "the link would have {chars} characters, and {most} are the most that can be relied on to \
                 arrive; leave out the names of computers, or save the report as one HTML file and pass that on",
                chars,
                most = LINK_CHARS,
            )
        } else {
            say!(
                "the link would have {chars} characters, and {most} are the most that can be relied on to \
                 arrive; save the report as one HTML file and pass that on",
                chars,
                most = LINK_CHARS,
            )
        })
    }
}

impl std::error::Error for TooLong {}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoVersion => f.write_str(say!(
                "the link does not begin with the number of a form, as links to a summary do; copy the whole \
                 link, from its first to its last character"
            )),
            Self::UnknownVersion { found } => f.write_str(&say!(
                "the summary is written in form {found}, and this page knows form {known}; reload the page, \
                 or open the link with the version of Clearlist that made it",
                found,
                known = VERSION,
            )),
            Self::TooLong { chars } => f.write_str(&say!(
                "the link has {chars} characters, and the longest that is made has {most}; copy the \
                 link alone",
                chars,
                most = LINK_CHARS,
            )),
            Self::UnexpectedCharacter { found, at } => f.write_str(&say!(
                "character {at} of the summary is {found}, and only letters, digits, - and _ are expected; \
                 copy the link again from where it was made",
                at,
                found = format!("{found:?}"),
            )),
            Self::CutShort => f.write_str(say!(
                "the link ends in the middle: some mail programs and chats cut long links or break them into \
                 lines; copy the whole link, or ask for the summary as text or the report as an HTML file"
            )),
            Self::Damaged => f.write_str(say!(
                "the summary in the link was changed on its way, or was not made by Clearlist; ask for the \
                 link once more, or for the report as an HTML file"
            )),
        }
    }
}

impl std::error::Error for LinkError {}
