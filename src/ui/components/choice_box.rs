//! A choice among many, as a native select.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::ui::browser;

/// A native select that shows what the state says, whatever was chosen before.
///
/// MUST have a label: an element's with `for`, or one that only some hear.
#[component]
pub fn ChoiceBox(props: &ChoiceBoxProps) -> Html {
    let node = use_node_ref();
    // A browser no longer heeds `selected` once the reader has chosen by hand.
    use_effect_with((node.clone(), props.value.clone()), |(node, value)| {
        if let Some(select) = node.cast::<HtmlSelectElement>() {
            browser::choose(&select, value);
        }
    });
    let onchange = props.on_choose.reform(|event: Event| {
        event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value()).unwrap_or_default()
    });
    html! {
        <select
            ref={node}
            id={props.id.clone()}
            class="choice-box"
            aria-label={props.label.clone()}
            {onchange}
        >
            for (value, words) in props.options.iter() {
                <option
                    key={value.to_string()}
                    value={value.clone()}
                    selected={*value == props.value}
                >
                    { words }
                </option>
            }
        </select>
    }
}

/// What a [`ChoiceBox`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceBoxProps {
    /// The element's id.
    pub id: AttrValue,
    /// The label for those who hear it, where none is seen.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What can be chosen: a value, and its words.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Hears of the value chosen.
    pub on_choose: Callback<String>,
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ChoiceBoxProps)> {
    let options = [("", "Find it out"), ("utf-8", "<b>UTF-8</b>")];
    let props = ChoiceBoxProps {
        id: "encoding".into(),
        label: Some("Text encoding".into()),
        options: options.map(|(value, words)| (value.into(), words.into())).to_vec(),
        value: "utf-8".into(),
        on_choose: Callback::noop(),
    };
    vec![("second chosen", props)]
}
