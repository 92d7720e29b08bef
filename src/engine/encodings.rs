//! The encodings a user can choose, with what to call them. Plain data, without the tables.

/// An encoding to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodingChoice {
    /// The name in reports and settings.
    pub id: &'static str,
    /// What it is for, for people.
    pub title: &'static str,
}

/// Every encoding to offer, the likely ones first.
#[rustfmt::skip]
pub static ENCODINGS: &[EncodingChoice] = &[
    EncodingChoice { id: "UTF-8", title: "UTF-8 (Unicode, most files of today)" },
    EncodingChoice { id: "UTF-16LE", title: "UTF-16LE (Unicode, Windows PowerShell and wmic)" },
    EncodingChoice { id: "UTF-16BE", title: "UTF-16BE (Unicode, big-endian)" },
    EncodingChoice { id: "Windows-1252", title: "Windows-1252 (Western European)" },
    EncodingChoice { id: "Windows-1251", title: "Windows-1251 (Cyrillic)" },
    EncodingChoice { id: "IBM866", title: "CP866 (Cyrillic, Windows console)" },
    EncodingChoice { id: "CP850", title: "CP850 (Western European, Windows console)" },
    EncodingChoice { id: "CP437", title: "CP437 (United States, Windows console)" },
    EncodingChoice { id: "GB18030", title: "GB18030 and GBK (simplified Chinese)" },
    EncodingChoice { id: "Big5", title: "Big5 (traditional Chinese)" },
    EncodingChoice { id: "Shift_JIS", title: "Shift_JIS (Japanese)" },
    EncodingChoice { id: "EUC-JP", title: "EUC-JP (Japanese)" },
    EncodingChoice { id: "ISO-2022-JP", title: "ISO-2022-JP (Japanese, mail)" },
    EncodingChoice { id: "EUC-KR", title: "EUC-KR and Windows-949 (Korean)" },
    EncodingChoice { id: "Windows-1250", title: "Windows-1250 (Central European)" },
    EncodingChoice { id: "CP852", title: "CP852 (Central European, Windows console)" },
    EncodingChoice { id: "ISO-8859-2", title: "ISO-8859-2 (Central European)" },
    EncodingChoice { id: "Windows-1254", title: "Windows-1254 (Turkish)" },
    EncodingChoice { id: "CP857", title: "CP857 (Turkish, Windows console)" },
    EncodingChoice { id: "Windows-1257", title: "Windows-1257 (Baltic)" },
    EncodingChoice { id: "ISO-8859-4", title: "ISO-8859-4 (Baltic)" },
    EncodingChoice { id: "Windows-1253", title: "Windows-1253 (Greek)" },
    EncodingChoice { id: "ISO-8859-7", title: "ISO-8859-7 (Greek)" },
    EncodingChoice { id: "Windows-1255", title: "Windows-1255 (Hebrew)" },
    EncodingChoice { id: "Windows-1256", title: "Windows-1256 (Arabic)" },
    EncodingChoice { id: "Windows-1258", title: "Windows-1258 (Vietnamese)" },
    EncodingChoice { id: "Windows-874", title: "Windows-874 (Thai)" },
    EncodingChoice { id: "KOI8-R", title: "KOI8-R (Russian)" },
    EncodingChoice { id: "KOI8-U", title: "KOI8-U (Ukrainian)" },
    EncodingChoice { id: "ISO-8859-5", title: "ISO-8859-5 (Cyrillic)" },
    EncodingChoice { id: "ISO-8859-15", title: "ISO-8859-15 (Western European)" },
    EncodingChoice { id: "macintosh", title: "Mac Roman (old Macs)" },
    EncodingChoice { id: "x-mac-cyrillic", title: "Mac Cyrillic (old Macs)" },
];
