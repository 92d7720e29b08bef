//! UUIDs that formats for programs want, made of what they name: the same things have the same UUID in
//! every report.

use sha2::{Digest, Sha256};

use crate::engine::report::Report;

/// The UUID of a thing that these parts name, in lower case.
///
/// It has the shape of version 5 (RFC 9562, section 5.5), which is the only one made of a name that OSCAL
/// takes; the hash is SHA-256, of which the beginning is used.
pub(super) fn uuid(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update("clearlist");
    for part in parts {
        // With its length before it, no part can be taken for two.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(hasher.finalize()) {
        *byte = hashed;
    }
    let number = u128::from_be_bytes(bytes);
    const VERSION: u128 = 0xF << 76;
    const VARIANT: u128 = 0b11 << 62;
    let number = number & !(VERSION | VARIANT) | 5 << 76 | 0b10 << 62;
    let hex = format!("{number:032x}");
    let mut text = String::with_capacity(36);
    for (at, digit) in hex.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// The UUID of a document of this kind about this report: another for every other report.
pub(super) fn document(kind: &str, report: &Report) -> String {
    uuid(&[kind, &serde_json::to_string(report).unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_the_shape_of_version_5_and_is_the_same_each_time() {
        let made = uuid(&["finding", "1a"]);
        assert_eq!(made, uuid(&["finding", "1a"]));
        assert_ne!(made, uuid(&["finding1", "a"]));
        let groups: Vec<usize> = made.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert!(made.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c)));
        let digit = |at: usize| made.chars().nth(at);
        assert_eq!(digit(14), Some('5'));
        assert!(matches!(digit(19), Some('8' | '9' | 'a' | 'b')), "{made}");
    }
}
