//! The names of files as URIs, which some formats want.

/// A file's name as a relative URI (RFC 3986) that is the name of a file and no way to another place.
pub(super) fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    // An empty one would be the log itself, and these are folders.
    if matches!(uri.as_str(), "" | "." | "..") { format!("list{uri}") } else { uri }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_becomes_one_segment_of_a_uri() {
        for (name, expected) in [
            ("pc-1.csv", "pc-1.csv"),
            ("<a> & \"b\".csv", "%3Ca%3E%20%26%20%22b%22.csv"),
            ("//example.com/x", "%2F%2Fexample.com%2Fx"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            ("C:\\a%20b", "C%3A%5Ca%2520b"),
            ("a.zip › ü", "a.zip%20%E2%80%BA%20%C3%BC"),
            ("..", "list.."),
            ("", "list"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }
}
