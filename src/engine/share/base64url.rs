//! Bytes as letters that an address may have (RFC 4648, section 5), without padding.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The letters of the bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_usize, |bits, byte| (bits << 8) | usize::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for letter in 0..=group.len() {
            // Six bits are below 64.
            text.push(char::from(LETTERS[(bits >> (18 - 6 * letter)) & 63]));
        }
    }
    text
}

/// The whole bytes of the letters; the character that is none of them, and its place counted from 1, if
/// there is one.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, (char, usize)> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_usize, 0);
    for (at, letter) in text.chars().enumerate() {
        let value = LETTERS.iter().position(|known| char::from(*known) == letter);
        bits = ((bits << 6) | value.ok_or((letter, at + 1))?) & 0xFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            // Eight bits are a byte.
            bytes.push(((bits >> count) & 0xFF) as u8);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_letter_is_told_with_its_place() {
        assert_eq!(decode("AA A"), Err((' ', 3)));
        assert_eq!(decode("é"), Err(('é', 1)));
        assert_eq!(decode("AA=="), Err(('=', 3)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn another_program_reads_and_writes_the_same(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let text = encode(&bytes);
            prop_assert_eq!(&text, &BASE64_URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&text), Ok(bytes));
        }
    }
}
