//! Phrases in the page: told where they are drawn.

use yew::html::IntoPropValue;
use yew::virtual_dom::{Key, VText};
use yew::{AttrValue, Html};

use crate::engine::language::Phrase;

impl IntoPropValue<Html> for Phrase {
    fn into_prop_value(self) -> Html {
        VText::new(self.told()).into()
    }
}

impl From<Phrase> for AttrValue {
    fn from(phrase: Phrase) -> Self {
        Self::Static(phrase.told())
    }
}

impl IntoPropValue<AttrValue> for Phrase {
    fn into_prop_value(self) -> AttrValue {
        self.into()
    }
}

impl IntoPropValue<Option<AttrValue>> for Phrase {
    fn into_prop_value(self) -> Option<AttrValue> {
        Some(self.into())
    }
}

impl From<Phrase> for Key {
    fn from(phrase: Phrase) -> Self {
        phrase.told().into()
    }
}
