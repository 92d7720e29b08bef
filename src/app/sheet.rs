//! A piece of the page as plain data: what is only read, made by the worker.
//!
//! The page's program is downloaded before anything can be done and has to be small; code that draws
//! takes most of it. So the worker makes the pieces of the results that only say something (`sheets`),
//! out of these parts, and the page draws them all by the same few lines.
//!
//! The parts are a closed list: a sheet cannot hold a script, a handler or an address that is not
//! `https:` or on the page itself, whatever is in an inventory. Text is only ever text.

use serde::{Deserialize, Serialize};

use crate::engine::language::Phrase;

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// Text.
    Text(String),
    /// An element.
    Element(Box<Element>),
    /// The drawing of a status; beside words that say the same.
    Icon(Tone),
    /// A command with a button that copies it.
    Command(Box<Command>),
    /// A box to tick, of the [checklist](super::checklist).
    Check(Box<Check>),
    /// What is folded away and MAY be drawn a moment later.
    Later(Vec<Node>),
    /// One after the other; of none, nothing.
    All(Vec<Node>),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// What it is.
    pub tag: Tag,
    /// Its attributes.
    pub attributes: Vec<(Attribute, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// A command to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The id of its text.
    pub id: String,
    /// The command.
    pub text: String,
    /// What the button copies, for example `the command of removal step 1`.
    pub what: String,
    /// The line over it.
    pub label: String,
}

/// A box to tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What the checklist calls it.
    pub key: String,
    /// What it says besides that it is done, for those who hear the box alone.
    pub of: String,
}

/// What a status is, told by shape, word and colour together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Something has to be done.
    Bad,
    /// Somebody has to look.
    Attention,
    /// Nothing has to be done.
    Good,
    /// Good to know.
    Info,
}

impl Tone {
    /// The end of a class name: `tag--bad`, `alert--bad`.
    pub fn class(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Attention => "attention",
            Self::Good => "good",
            Self::Info => "info",
        }
    }
}

/// Names that a browser knows, each with its spelling.
macro_rules! spelled {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "they are HTML's own names")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// As HTML spells it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

spelled! {
    /// What an element of a sheet can be.
    Tag {
        A "a",
        Caption "caption",
        Code "code",
        Dd "dd",
        Details "details",
        Div "div",
        Dl "dl",
        Dt "dt",
        H3 "h3",
        H4 "h4",
        H5 "h5",
        H6 "h6",
        Li "li",
        Ol "ol",
        P "p",
        Pre "pre",
        Q "q",
        Rect "rect",
        Span "span",
        Strong "strong",
        Summary "summary",
        Svg "svg",
        Table "table",
        Tbody "tbody",
        Td "td",
        Th "th",
        Thead "thead",
        Tr "tr",
        Ul "ul",
    }
}

spelled! {
    /// What an element of a sheet can have.
    Attribute {
        AriaHidden "aria-hidden",
        AriaLabel "aria-label",
        Class "class",
        Height "height",
        Href "href",
        Id "id",
        Open "open",
        PreserveAspectRatio "preserveAspectRatio",
        Rel "rel",
        Role "role",
        Scope "scope",
        Start "start",
        Tabindex "tabindex",
        Target "target",
        ViewBox "viewBox",
        Width "width",
    }
}

impl Tag {
    /// An element with that class, or none if it is empty, and these parts in it.
    pub fn of(self, class: &str, children: impl IntoIterator<Item = Node>) -> Node {
        let class = (!class.is_empty()).then(|| (Attribute::Class, class.to_owned()));
        Node::Element(Box::new(Element {
            tag: self,
            attributes: class.into_iter().collect(),
            children: children.into_iter().collect(),
        }))
    }

    /// An element with that class, or none if it is empty, and that text in it.
    pub fn says(self, class: &str, text: impl Into<String>) -> Node {
        self.of(class, [Node::Text(text.into())])
    }
}

impl Node {
    /// The element with one attribute more. Nothing else has any.
    #[must_use]
    pub fn with(mut self, attribute: Attribute, value: impl Into<String>) -> Self {
        if let Self::Element(element) = &mut self {
            element.attributes.push((attribute, value.into()));
        }
        self
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self::All(Vec::new())
    }

    /// True if there is nothing to draw.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::All(parts) if parts.is_empty())
    }

    /// These, one after the other.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::All(parts.into_iter().collect())
    }

    /// That, or nothing.
    pub fn when(is_so: bool, that: impl FnOnce() -> Self) -> Self {
        if is_so { that() } else { Self::nothing() }
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::nothing()
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Phrase> for Node {
    fn from(phrase: Phrase) -> Self {
        Self::Text(phrase.into())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// True for an address that a sheet may lead to: on the page, or on another website by `https`.
pub fn is_address(href: &str) -> bool {
    href.starts_with('#') || href.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_leads_nowhere_but_to_the_page_and_to_https() {
        for good in ["#directive-1", "https://example.org/"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["javascript:alert(1)", "http://example.org/", "data:text/html,x", "//x", ""] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn nothing_is_told_from_something() {
        assert!(Node::nothing().is_nothing() && Node::when(false, || "x".into()).is_nothing());
        assert!(!Tag::P.says("", "").is_nothing());
    }
}
