//! Numbers and days as the browser writes them, by `Intl`: for every language but English, which the engine
//! writes itself, as Americans do, whatever the browser's own region is.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::engine::language::{Formats, Language, spoken};

/// How the browser writes them in the language that is spoken.
pub const FORMATS: Formats = Formats { number, tenths, day };

/// The formatters of a language, made once: making one takes longer than using it a hundred times.
struct Formatters {
    language: Language,
    number: Function,
    tenths: Function,
    day: Function,
}

thread_local! {
    static MADE: RefCell<Vec<Formatters>> = const { RefCell::new(Vec::new()) };
}

impl Formatters {
    fn of(language: Language) -> Self {
        let tags = Array::of1(&JsValue::from_str(&tag(language)));
        let tenths = Object::new();
        set(&tenths, "minimumFractionDigits", &JsValue::from(1));
        set(&tenths, "maximumFractionDigits", &JsValue::from(1));
        let day = Object::new();
        set(&day, "dateStyle", &JsValue::from_str("long"));
        // A day has no time: any zone would do that both ends know.
        set(&day, "timeZone", &JsValue::from_str("UTC"));
        Self {
            language,
            number: Intl::NumberFormat::new(&tags, &Object::new()).format(),
            tenths: Intl::NumberFormat::new(&tags, &tenths).format(),
            day: Intl::DateTimeFormat::new(&tags, &day).format(),
        }
    }
}

fn set(options: &Object, name: &str, value: &JsValue) {
    // Refused never: the object was just made.
    let _ = Reflect::set(options, &JsValue::from_str(name), value);
}

/// The reader's own variety of the language, such as `es-MX`, if the browser is set to one.
fn tag(language: Language) -> String {
    let tags = preferred();
    tags.into_iter()
        .find(|tag| Language::of_tag(tag) == Some(language))
        .unwrap_or_else(|| language.code().to_owned())
}

/// The tags of the languages that the browser is set to, the best first.
pub fn preferred() -> Vec<String> {
    let of = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let navigator = of(&js_sys::global(), "navigator");
    let languages = navigator.and_then(|navigator| of(&navigator, "languages"));
    let tags = languages.map(|languages| Array::from(&languages)).unwrap_or_default();
    tags.iter().filter_map(|tag| tag.as_string()).collect()
}

fn written(choose: impl Fn(&Formatters) -> &Function, value: &JsValue) -> Option<String> {
    let language = spoken();
    MADE.with_borrow_mut(|made| {
        if !made.iter().any(|known| known.language == language) {
            made.push(Formatters::of(language));
        }
        let known = made.iter().find(|known| known.language == language)?;
        choose(known).call1(&JsValue::UNDEFINED, value).ok()?.as_string()
    })
}

fn number(n: u64) -> String {
    // What a page counts is far below 2^53.
    written(|it| &it.number, &JsValue::from(n as f64)).unwrap_or_else(|| n.to_string())
}

fn tenths(n: u64) -> String {
    // Rust writes no fraction here: what does that is larger than all the rest of this file.
    written(|it| &it.tenths, &JsValue::from(n as f64 / 10.0))
        .unwrap_or_else(|| format!("{}.{}", n / 10, n % 10))
}

fn day(day: &str) -> String {
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let date = Date::new(&JsValue::from_str(day));
    if !is_day || date.get_time().is_nan() {
        return day.to_owned();
    }
    written(|it| &it.day, &date).unwrap_or_else(|| day.to_owned())
}
