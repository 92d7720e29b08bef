//! Where HTML differs from XML.

/// What begins a page or the part of one.
pub(super) const ROOTS: &[&str] = &["html", "head", "body", "div", "meta", "table", "tr", "style"];

/// True for elements that never have a closing tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// What an opening tag ends, since HTML lets the closing tags of rows, cells and entries away.
pub(super) fn ended_by(name: &str) -> &'static [&'static str] {
    match name.to_ascii_lowercase().as_str() {
        "td" | "th" => &["td", "th"],
        "tr" => &["td", "th", "tr"],
        "thead" | "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"],
        "li" => &["li"],
        "option" => &["option"],
        _ => &[],
    }
}
