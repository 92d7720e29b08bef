//! A name without what tools put behind it: `WeChat 3.9.12 (x64 zh-CN)` is `WeChat`.

/// Words for what a program was built for.
pub(in crate::engine) const ARCHITECTURES: [&str; 14] = [
    "x64", "x86", "x86_64", "x86-64", "amd64", "arm64", "arm", "i386", "win32", "win64", "32-bit",
    "64-bit", "32bit", "64bit",
];

/// Words that only lead to a version.
pub(in crate::engine) const BEFORE_VERSIONS: [&str; 4] = ["version", "ver", "build", "v"];

/// Languages that programs are made for, as tools write them (ISO 639).
pub(in crate::engine) const LANGUAGES: [&str; 31] = [
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja",
    "ko", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh",
];

/// The name without version, architecture and language at its end; all of it if nothing else is there.
pub(super) fn bare_name(name: &str) -> &str {
    let mut bare = name.trim();
    while let Some(shorter) = without_last(bare) {
        bare = shorter;
    }
    bare
}

/// The text without the last thing of that kind, if there is one and something before it.
fn without_last(text: &str) -> Option<&str> {
    let at = if text.ends_with(')') {
        let open = text.rfind('(')?;
        let inside = text.get(open + 1..text.len() - 1)?;
        let mut words = inside.split_whitespace().peekable();
        (words.peek().is_some() && words.all(is_tail)).then_some(open)?
    } else {
        let last = text.rfind(char::is_whitespace).and_then(|at| {
            let word = text.get(at..)?;
            is_tail(word.trim()).then_some(at)
        });
        last.or_else(|| version_after_ideograph(text))?
    };
    let separators = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | ',' | ':' | '_');
    let before = text.get(..at)?.trim_end_matches(separators);
    (!before.is_empty()).then_some(before)
}

fn is_tail(word: &str) -> bool {
    let word = word.trim_matches([',', ';', '[', ']']).to_lowercase();
    let version = word.strip_prefix('v').unwrap_or(&word);
    let is_version = version.starts_with(|c: char| c.is_ascii_digit())
        && version.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | ','));
    let is_language = word.split(['-', '_']).next().is_some_and(|language| {
        let region = word.get(language.len() + 1..).unwrap_or_default();
        let is_region = region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic());
        is_region && LANGUAGES.contains(&language)
    });
    is_version
        || is_language
        || word == "bit"
        || ARCHITECTURES.contains(&word.as_str())
        || BEFORE_VERSIONS.contains(&word.as_str())
}

/// Where the version begins that stands behind an ideograph without a space, as in `微信3.9`.
fn version_after_ideograph(text: &str) -> Option<usize> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_ideograph = before.chars().next_back().is_some_and(|c| c >= '\u{1100}');
    (is_ideograph && before.len() < text.len()).then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::bare_name;

    #[test]
    fn version_architecture_and_language_are_taken_off() {
        for name in [
            "WeChat",
            " WeChat 3.9 ",
            "WeChat 3.9.12.51 (x64)",
            "WeChat (64-bit)",
            "WeChat - en-US",
            "WeChat 3.9 (x64 zh-CN)",
            "WeChat (zh-CN) 3.9",
            "WeChat v3.9",
            "WeChat version 3.9",
            "WeChat, x86_64",
        ] {
            assert_eq!(bare_name(name), "WeChat", "{name}");
        }
        assert_eq!(bare_name("微信3.9"), "微信");
        assert_eq!(bare_name("微信 3.9"), "微信");
    }

    #[test]
    fn what_is_the_name_stays() {
        for name in [
            "7-Zip",
            "360",
            "3.9",
            "(x64)",
            "Lemon8",
            "TikTok Studio",
            "WeChat (Beta)",
            "Notepad++",
            "QQ for PC",
            "en-US",
            "",
        ] {
            assert_eq!(bare_name(name), name, "{name}");
        }
    }
}
