//! Which encoding bytes have that are not Unicode.
//!
//! `chardetng` (what Firefox guesses with) tells most encodings of the WHATWG apart, but knows
//! neither the code pages of Western consoles nor how inventories look. So its guess stands beside
//! these pages, each reading is judged by [`plausibility`], and the guess wins where they are equal.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::encoding::TextEncoding;
use super::plausible::plausibility;
use crate::engine::language::key;

/// Bytes of lines looked at: enough for any language to show.
const LOOKED_AT: usize = 64 * 1024;

/// Where a reading is as plausible as another, the earlier one is taken: Windows programs write
/// most files, and Western European is the most common of its consoles.
const CANDIDATES: [TextEncoding; 7] = [
    TextEncoding::WINDOWS_1252,
    TextEncoding::WINDOWS_1251,
    TextEncoding::CP850,
    TextEncoding::CP437,
    TextEncoding::CP852,
    TextEncoding::CP857,
    TextEncoding::CP866,
];

/// How much more plausible, in percent, another reading than the detector's guess must be.
const MARGIN_PERCENT: i64 = 10;

/// The encoding of bytes that are not Unicode. What comes before the first byte beyond ASCII on
/// its line is in `bytes` as far as it is known.
pub(super) fn legacy_encoding(bytes: &[u8]) -> TextEncoding {
    let lines = telling_lines(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&lines, true);
    let guess = TextEncoding::from(detector.guess(None, Utf8Detection::Deny));
    let mut best = (guess, with_margin(plausibility(&guess.text_of(&lines))));
    for candidate in CANDIDATES {
        let score = plausibility(&candidate.text_of(&lines));
        if score > best.1 {
            best = (candidate, score);
        }
    }
    // A lone "ä" is the same in a dozen code pages, and most files are in this one.
    let usual = TextEncoding::WINDOWS_1252;
    if best.0.text_of(&lines) == usual.text_of(&lines) { usual } else { best.0 }
}

fn with_margin(score: i64) -> i64 {
    score + score.abs() * MARGIN_PERCENT / 100
}

/// The lines with bytes beyond ASCII, as many as are looked at: the rest tells nothing.
fn telling_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    // No encoding has a line feed for the second byte of a character.
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if !line.is_ascii() {
            lines.extend_from_slice(line);
        }
        if lines.len() >= LOOKED_AT {
            break;
        }
    }
    lines
}

/// Why that encoding, for people.
pub(super) fn reason(encoding: TextEncoding) -> &'static str {
    match encoding.name() {
        "Windows-1251" | "KOI8-U" | "KOI8-R" | "ISO-8859-5" | "x-mac-cyrillic" => {
            key!("its bytes are not valid UTF-8, and so read they are words in Cyrillic letters")
        }
        "IBM866" => {
            key!(
                "its bytes are not valid UTF-8, and so read, as the Windows console writes, they are \
             words in Cyrillic letters"
            )
        }
        "CP437" | "CP850" | "CP852" | "CP857" => {
            key!(
                "its bytes are not valid UTF-8, and so read, as the Windows console writes, its \
             accented letters stand inside words"
            )
        }
        "GB18030" | "Big5" => key!("its bytes are not valid UTF-8, and so read they are Chinese"),
        "Shift_JIS" | "EUC-JP" => {
            key!("its bytes are not valid UTF-8, and so read they are Japanese")
        }
        "EUC-KR" => key!("its bytes are not valid UTF-8, and so read they are Korean"),
        _ => key!(
            "its bytes are not valid UTF-8, and so read its accented letters and signs make sense"
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::decode::{Decoder, encoding_by_name};

    /// Written in that encoding, the text must be read again as it was, however it is cut.
    #[track_caller]
    fn check(encoding: &str, text: &str) {
        let written = encoding_by_name(encoding).and_then(|encoding| encoding.bytes_of(text));
        let bytes = written.expect("the encoding has all the characters");
        for size in [bytes.len(), 1, 3] {
            let (mut decoder, mut out) = (Decoder::default(), String::new());
            bytes.chunks(size).for_each(|chunk| decoder.push(chunk, &mut out));
            decoder.finish(&mut out);
            assert_eq!((decoder.encoding(), out.as_str()), (encoding, text), "in pieces of {size}");
        }
    }

    const RUSSIAN: &str = "Имя;Версия;Издатель\n7-Zip 23.01 (x64);23.01;Igor Pavlov\n\
        Антивирус Касперского;21.3;\"Лаборатория Касперского\"\n\
        Агент администрирования Kaspersky Security Center;13.2;АО \"Лаборатория Касперского\"\n";
    const UKRAINIAN: &str = "Назва,Версія,Видавець\nМедок,11.02,ТОВ Інтелект-сервіс\n\
        Яндекс.Браузер,23.1,ЯНДЕКС\nЄдине вікно,1.0,Міністерство фінансів України\n";
    const CHINESE: &str = "名称,版本,发布者\n微信,3.9.12,腾讯科技(深圳)有限公司\n\
        卡巴斯基安全软件,21.3,卡巴斯基实验室\n搜狗输入法 14.2 正式版,14.2,Sogou.com\n";
    const TAIWANESE: &str = "名稱,版本,發行者\n卡巴斯基安全軟體,21.3,卡巴斯基實驗室\n\
        自然輸入法,12.0,網際智慧股份有限公司\n";
    const JAPANESE: &str = "名前,バージョン,発行元\nカスペルスキー インターネット セキュリティ,21.3,カスペルスキー\n\
        一太郎 2023,33.0,株式会社ジャストシステム\nｳｲﾙｽﾊﾞｽﾀｰ,17.8,トレンドマイクロ\n";
    const KOREAN: &str = "이름,버전,게시자\n카스퍼스키 안티바이러스,21.3,카스퍼스키랩\n\
        한컴오피스 2022,12.0,한글과컴퓨터\n카카오톡,3.4,카카오\n";
    const GERMAN: &str = "Anzeigename;Version;Herausgeber\nGrößere Gerätetreiber für Qualität;1.0;Müller GmbH\n\
        Office 16 – Überprüfung;16;Microsoft\n";
    const FRENCH: &str = "Nom,Version,Éditeur\nSécurité réseau,1.0,Société Générale\n\
        Bibliothèque à distance,2.1,Éditions du Chêne\n";
    const SPANISH: &str = "Nombre,Versión,Editor\nAplicación de Español,1.0,Compañía Telefónica\n\
        Diseño gráfico básico,2.1,España Móvil\n";
    const POLISH: &str = "Nazwa,Wersja,Wydawca\nPłatnik,10.2,Asseco Poland Spółka Akcyjna\n\
        Program do usług księgowych,1.0,Zakład Ubezpieczeń Społecznych\nŹródła wiedzy,2.0,Główny Urząd\n";
    const TURKISH: &str = "Adı,Sürüm,Yayımcı\nGüvenlik Duvarı Yöneticisi,1.0,Türkiye İş Bankası\n\
        Şifre Değiştirme Aracı,2.0,Öğrenci İşleri\n";

    #[test]
    fn russian_is_told_between_windows_its_console_and_unix() {
        check("Windows-1251", RUSSIAN);
        check("IBM866", RUSSIAN);
        check("KOI8-U", RUSSIAN);
        check("Windows-1251", "Kaspersky\n\"Лаборатория Касперского\"\n");
        check("IBM866", "Kaspersky\n\"Лаборатория Касперского\"\n");
        check("IBM866", "Программа ║ Версия\n══════════╬═══════\nКасперский ║ 21.3\n");
        check("Windows-1251", "АО «Лаборатория Касперского» — Kaspersky™ №1\n");
    }

    #[test]
    fn ukrainian_is_told() {
        check("Windows-1251", UKRAINIAN);
    }

    #[test]
    fn chinese_japanese_and_korean_are_told() {
        check("GB18030", CHINESE);
        check("Big5", TAIWANESE);
        check("Shift_JIS", JAPANESE);
        check("EUC-JP", JAPANESE);
        check("EUC-KR", KOREAN);
    }

    #[test]
    fn one_name_in_chinese_japanese_or_korean_is_enough() {
        check("GB18030", "Name,Version\n卡巴斯基安全软件,21.3\nFirefox,1\n");
        check("Shift_JIS", "Name,Version\nカスペルスキー セキュリティ,21.3\nFirefox,1\n");
        check("EUC-KR", "Name,Version\n카스퍼스키 안티바이러스,21.3\nFirefox,1\n");
    }

    #[test]
    fn western_languages_are_told_between_windows_and_its_console() {
        check("Windows-1252", GERMAN);
        check("CP850", &GERMAN.replace('–', "-"));
        check("Windows-1252", FRENCH);
        check("CP850", FRENCH);
        check("Windows-1252", SPANISH);
        check("CP850", SPANISH);
    }

    #[test]
    fn a_single_accented_word_is_read_right() {
        for text in ["Gerät\n", "Für Elise\n", "Größe\n", "Sécurité\n", "Español\n", "Versión\n"]
        {
            check("Windows-1252", text);
            check("CP850", text);
        }
        check("Windows-1252", "Caf\u{E9}\n");
        check("Windows-1252", "\"Publisher\"=\"Käfferlein\"\n");
        check("Windows-1252", "VLC media player\nµTorrent\n");
    }

    #[test]
    fn polish_and_turkish_are_told() {
        check("Windows-1250", POLISH);
        check("CP852", POLISH);
        check("Windows-1254", TURKISH);
        check("CP857", TURKISH);
    }

    #[test]
    fn a_few_signs_stay_those_of_windows() {
        check("Windows-1252", "Name\nDell™\n");
        check("Windows-1252", "Intel® Core™ – Graphics\nCopyright © 2020\n");
        check("Windows-1252", "Foo “quoted” Bar… it’s 5 € • x\n");
        check("Windows-1252", "Intel(R) Wi-Fi 25°\nMicrosoft® Windows® “7”\n");
    }

    #[test]
    fn frames_drawn_on_a_console_are_seen() {
        check("CP437", "┌───────┐\n│ Dell  │\n╞═══════╡\n└───────┘\n");
    }

    #[test]
    fn what_comes_after_thousands_of_english_names_is_seen() {
        let mut text = "Intel Core® Graphics\n".to_owned();
        text.push_str(&"Microsoft Visual C++ 2015 Redistributable\n".repeat(3000));
        text.push_str(RUSSIAN);
        check("Windows-1251", &text);
    }
}
