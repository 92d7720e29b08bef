//! Text of XML: references resolved, attributes taken apart.

use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::attributes::Attributes;

/// The longest reference, `&CounterClockwiseContourIntegral;` of HTML.
const REFERENCE_BYTES: usize = 34;

/// Appends text with its references (`&amp;`, `&#1050;`, `&nbsp;`) resolved. What is none, or has a
/// name that only the document itself declares, stays as written: nothing is ever expanded.
pub(in crate::engine::formats) fn append_decoded(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let window = reference.get(..reference.floor_char_boundary(REFERENCE_BYTES));
        let end = window.and_then(|window| window.find(';')).map(|end| end + 1);
        let resolved = end
            .and_then(|end| reference.get(..end))
            .and_then(|reference| unescape_with(reference, resolve).ok());
        match (resolved, end) {
            (Some(text), Some(end)) => {
                out.push_str(&text);
                rest = reference.get(end..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
}

/// The names of XML, and those of HTML that web consoles write in names of programs and vendors.
fn resolve(entity: &str) -> Option<&'static str> {
    resolve_xml_entity(entity).or(match entity {
        "nbsp" => Some("\u{A0}"),
        "copy" => Some("\u{A9}"),
        "reg" => Some("\u{AE}"),
        "trade" => Some("\u{2122}"),
        "hellip" => Some("\u{2026}"),
        "ndash" => Some("\u{2013}"),
        "mdash" => Some("\u{2014}"),
        "lsquo" => Some("\u{2018}"),
        "rsquo" => Some("\u{2019}"),
        "ldquo" => Some("\u{201C}"),
        "rdquo" => Some("\u{201D}"),
        "laquo" => Some("\u{AB}"),
        "raquo" => Some("\u{BB}"),
        "auml" => Some("ä"),
        "ouml" => Some("ö"),
        "uuml" => Some("ü"),
        "Auml" => Some("Ä"),
        "Ouml" => Some("Ö"),
        "Uuml" => Some("Ü"),
        "szlig" => Some("ß"),
        "eacute" => Some("é"),
        "egrave" => Some("è"),
        "agrave" => Some("à"),
        "ccedil" => Some("ç"),
        "ntilde" => Some("ñ"),
        "oacute" => Some("ó"),
        "aacute" => Some("á"),
        "iacute" => Some("í"),
        "uacute" => Some("ú"),
        "atilde" => Some("ã"),
        _ => None,
    })
}

/// The attributes of a tag, as written. `tag` is what stands between its angle brackets, and its
/// name is so long. Attributes that are no XML (without quotation marks, twice) are taken too.
pub(super) fn attributes(tag: &str, name_length: usize) -> impl Iterator<Item = (&str, &str)> {
    let mut attributes = Attributes::html(tag, name_length);
    attributes.with_checks(false);
    // After an error the next attribute is tried; a tag has no more than it has bytes.
    attributes.take(tag.len()).filter_map(move |attribute| {
        let attribute = attribute.ok()?;
        let key = std::str::from_utf8(attribute.key.into_inner()).ok()?;
        let value = match attribute.value {
            std::borrow::Cow::Borrowed(value) => std::str::from_utf8(value).ok()?,
            std::borrow::Cow::Owned(_) => return None,
        };
        Some((key, value))
    })
}

/// A name without the prefix of its namespace.
pub(super) fn local_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
