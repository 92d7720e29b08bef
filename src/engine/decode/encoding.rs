//! An encoding: one of the WHATWG's, or a code page of a console that it left out.

use encoding_rs::{
    BIG5, CoderResult, EUC_KR, Encoding, GB18030, GBK, IBM866, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_1251, WINDOWS_1252,
};

use super::console::{CP437, CP850, CP852, CP857, Table};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextEncoding(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Web(&'static Encoding),
    Console(&'static str, &'static Table),
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Web(one), Self::Web(other)) => one == other,
            (Self::Console(one, _), Self::Console(other, _)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Kind {}

/// The encoding of that name: one of a report, a console's code page, or any label of the WHATWG.
pub fn encoding_by_name(name: &str) -> Option<TextEncoding> {
    let name = name.trim();
    let lower = name.to_ascii_lowercase();
    let number = ["cp", "ibm", "oem", "dos-"].iter().find_map(|prefix| lower.strip_prefix(prefix));
    match number.unwrap_or(&lower) {
        "437" => Some(TextEncoding::CP437),
        "850" => Some(TextEncoding::CP850),
        "852" => Some(TextEncoding::CP852),
        "857" => Some(TextEncoding::CP857),
        "932" => encoding_by_name("Shift_JIS"),
        "936" => Some(TextEncoding::GB18030),
        "949" => encoding_by_name("EUC-KR"),
        "950" => encoding_by_name("Big5"),
        _ => Encoding::for_label(name.as_bytes()).map(TextEncoding::from),
    }
}

impl From<&'static Encoding> for TextEncoding {
    fn from(encoding: &'static Encoding) -> Self {
        // GB18030 reads all that GBK does.
        Self(Kind::Web(if encoding == GBK { GB18030 } else { encoding }))
    }
}

impl TextEncoding {
    pub(in crate::engine) const UTF_8: Self = Self(Kind::Web(UTF_8));
    pub(in crate::engine) const UTF_16LE: Self = Self(Kind::Web(UTF_16LE));
    pub(in crate::engine) const UTF_16BE: Self = Self(Kind::Web(UTF_16BE));
    pub(in crate::engine) const WINDOWS_1251: Self = Self(Kind::Web(WINDOWS_1251));
    pub(in crate::engine) const WINDOWS_1252: Self = Self(Kind::Web(WINDOWS_1252));
    pub(in crate::engine) const CP866: Self = Self(Kind::Web(IBM866));
    pub(in crate::engine) const GB18030: Self = Self(Kind::Web(GB18030));
    pub(in crate::engine) const SHIFT_JIS: Self = Self(Kind::Web(SHIFT_JIS));
    pub(in crate::engine) const EUC_KR: Self = Self(Kind::Web(EUC_KR));
    pub(in crate::engine) const BIG5: Self = Self(Kind::Web(BIG5));
    pub(in crate::engine) const CP437: Self = Self(Kind::Console("CP437", &CP437));
    pub(in crate::engine) const CP850: Self = Self(Kind::Console("CP850", &CP850));
    pub(in crate::engine) const CP852: Self = Self(Kind::Console("CP852", &CP852));
    pub(in crate::engine) const CP857: Self = Self(Kind::Console("CP857", &CP857));

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Console(name, _) => name,
            // The WHATWG's own spelling, but for the names that Windows shows.
            Kind::Web(encoding) => match encoding.name() {
                "gb18030" => "GB18030",
                "windows-874" => "Windows-874",
                "windows-1250" => "Windows-1250",
                "windows-1251" => "Windows-1251",
                "windows-1252" => "Windows-1252",
                "windows-1253" => "Windows-1253",
                "windows-1254" => "Windows-1254",
                "windows-1255" => "Windows-1255",
                "windows-1256" => "Windows-1256",
                "windows-1257" => "Windows-1257",
                "windows-1258" => "Windows-1258",
                name => name,
            },
        }
    }

    /// True if every character is two bytes or four.
    pub(super) fn is_two_byte(self) -> bool {
        self == Self::UTF_16LE || self == Self::UTF_16BE
    }

    /// True if it can hold every character, a byte order mark included.
    pub(super) fn is_unicode(self) -> bool {
        self == Self::UTF_8 || self.is_two_byte()
    }

    /// The whole text of these bytes, U+FFFD for what is none.
    pub(in crate::engine) fn text_of(self, bytes: &[u8]) -> String {
        let mut text = String::new();
        StreamDecoder::new(self).decode(bytes, true, &mut text);
        text
    }

    /// The bytes that this text was read from, if it can have been read in this encoding.
    pub(in crate::engine) fn bytes_of(self, text: &str) -> Option<Vec<u8>> {
        match self.0 {
            Kind::Web(encoding) => {
                let (bytes, _, has_unmappable) = encoding.encode(text);
                (!has_unmappable).then(|| bytes.into_owned())
            }
            Kind::Console(_, table) => text
                .chars()
                .map(|c| match u8::try_from(c) {
                    Ok(byte) if byte.is_ascii() => Some(byte),
                    _ => {
                        let at = table.iter().position(|&of_table| of_table == c)?;
                        u8::try_from(at + 0x80).ok()
                    }
                })
                .collect(),
        }
    }
}

/// Decodes one source, piece by piece.
pub(super) struct StreamDecoder {
    encoding: TextEncoding,
    web: Option<Box<encoding_rs::Decoder>>,
}

impl StreamDecoder {
    /// A decoder that takes a byte order mark for a character.
    pub(super) fn new(encoding: TextEncoding) -> Self {
        let web = match encoding.0 {
            Kind::Web(web) => Some(Box::new(web.new_decoder_without_bom_handling())),
            Kind::Console(..) => None,
        };
        Self { encoding, web }
    }

    /// A decoder that drops a byte order mark of its own encoding.
    pub(super) fn without_mark(encoding: TextEncoding) -> Self {
        match encoding.0 {
            Kind::Web(web) => {
                Self { encoding, web: Some(Box::new(web.new_decoder_with_bom_removal())) }
            }
            Kind::Console(..) => Self::new(encoding),
        }
    }

    pub(super) fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// Decodes the next bytes and appends the text to `out`.
    pub(super) fn decode(&mut self, mut bytes: &[u8], is_last: bool, out: &mut String) {
        if let Kind::Console(_, table) = self.encoding.0 {
            out.extend(bytes.iter().map(|&byte| match byte.checked_sub(0x80) {
                Some(at) => table.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
                None => char::from(byte),
            }));
            return;
        }
        let Some(decoder) = &mut self.web else { return };
        loop {
            let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
            out.reserve(room);
            let (result, read, _) = decoder.decode_to_string(bytes, out, is_last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::encodings::ENCODINGS;

    #[test]
    fn every_encoding_that_is_offered_has_the_name_of_reports() {
        for choice in ENCODINGS {
            let named = encoding_by_name(choice.id).map(TextEncoding::name);
            assert_eq!(named, Some(choice.id));
        }
    }

    #[test]
    fn code_pages_have_many_names() {
        for (name, expected) in [
            ("cp866", "IBM866"),
            ("CP850", "CP850"),
            ("ibm437", "CP437"),
            ("windows-1251", "Windows-1251"),
            ("cp1251", "Windows-1251"),
            ("latin1", "Windows-1252"),
            ("gbk", "GB18030"),
            ("cp936", "GB18030"),
            ("sjis", "Shift_JIS"),
            ("cp949", "EUC-KR"),
            (" utf-16 ", "UTF-16LE"),
        ] {
            let named = encoding_by_name(name).map(TextEncoding::name);
            assert_eq!(named, Some(expected), "{name}");
        }
        assert_eq!(encoding_by_name("cp0"), None);
    }

    #[test]
    fn a_code_page_of_a_console_is_read_as_it_is_written() {
        for page in [TextEncoding::CP437, TextEncoding::CP850, TextEncoding::CP852] {
            let all: Vec<u8> = (0..=255).collect();
            assert_eq!(page.bytes_of(&page.text_of(&all)), Some(all));
        }
        assert_eq!(TextEncoding::CP437.bytes_of("Касперский"), None);
    }
}
