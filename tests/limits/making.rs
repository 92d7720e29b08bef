//! Archives and workbooks, made byte by byte.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

/// A ZIP archive as it is put together.
#[derive(Default)]
pub struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: usize,
}

impl Zip {
    /// A member that is stored as it is, or deflated.
    pub fn add(mut self, name: &str, content: &[u8], is_deflated: bool) -> Self {
        let packed = if is_deflated {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        } else {
            content.to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let size = u32::try_from(content.len()).unwrap();
        self.entry(name, &packed, crc.sum(), size, if is_deflated { 8 } else { 0 });
        self
    }

    pub fn stored(self, name: &str, content: &[u8]) -> Self {
        self.add(name, content, false)
    }

    pub fn deflated(self, name: &str, content: &[u8]) -> Self {
        self.add(name, content, true)
    }

    /// A member that has a password, and is not read.
    pub fn locked(mut self, name: &str) -> Self {
        let at = self.directory.len();
        self.entry(name, b"x", 0, 1, 0);
        // The flags of the entry in the directory.
        self.directory[at + 8] = 1;
        self
    }

    fn entry(&mut self, name: &str, packed: &[u8], crc: u32, size: u32, method: u16) {
        let at = u32::try_from(self.bytes.len()).unwrap();
        let mut sums = Vec::new();
        sums.extend(crc.to_le_bytes());
        sums.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        sums.extend(size.to_le_bytes());
        sums.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        let how = [&[20, 0, 0, 0][..], &method.to_le_bytes(), &[0; 4]].concat();
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend([&how[..], &sums, &[0; 2], name.as_bytes(), packed].concat());
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend([&how[..], &sums, &[0; 12]].concat());
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries += 1;
    }

    pub fn finish(self) -> Vec<u8> {
        let count = u16::try_from(self.entries).unwrap_or(u16::MAX).to_le_bytes();
        let size = u32::try_from(self.directory.len()).unwrap().to_le_bytes();
        let at = u32::try_from(self.bytes.len()).unwrap().to_le_bytes();
        let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &at, &[0; 2]].concat();
        [self.bytes, self.directory, end].concat()
    }
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// An Excel workbook with these sheets, each the XML of its rows.
pub fn workbook(sheets: &[String]) -> Zip {
    let names: Vec<String> = (1..=sheets.len()).map(|n| format!("S{n}")).collect();
    workbook_of(names.iter().map(String::as_str).zip(sheets.iter().cloned()))
}

/// The same of sheets with those names.
pub fn workbook_of<'n>(sheets: impl Iterator<Item = (&'n str, String)>) -> Zip {
    let (mut named, mut related, mut members) = (String::new(), String::new(), Vec::new());
    for (n, (name, rows)) in (1..).zip(sheets) {
        named += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>");
        related += &format!(
            "<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"worksheets/{n}.xml\"/>"
        );
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        members.push((format!("xl/worksheets/{n}.xml"), sheet));
    }
    let zip = Zip::default()
        .deflated(
            "xl/workbook.xml",
            format!("<workbook><sheets>{named}</sheets></workbook>").as_bytes(),
        )
        .deflated(
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{related}</Relationships>").as_bytes(),
        );
    members.iter().fold(zip, |zip, (name, sheet)| zip.deflated(name, sheet.as_bytes()))
}

/// A row of texts.
pub fn row(cells: &[&str]) -> String {
    let cells: String =
        cells.iter().map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
    format!("<row>{cells}</row>")
}

/// An OpenDocument spreadsheet with that XML of its sheets.
pub fn spreadsheet(tables: &str) -> Vec<u8> {
    let content = format!(
        "<document-content><body><spreadsheet>{tables}</spreadsheet></body></document-content>"
    );
    Zip::default()
        .stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
        .deflated("content.xml", content.as_bytes())
        .finish()
}

/// A row of texts in one, that stands for so many, each cell of it too.
pub fn repeated_row(cells: &[&str], rows: u32, columns: u32) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| {
            format!("<table-cell number-columns-repeated=\"{columns}\"><p>{cell}</p></table-cell>")
        })
        .collect();
    format!("<table-row number-rows-repeated=\"{rows}\">{cells}</table-row>")
}
