//! How an input is read, and how to change it.

use web_sys::{HtmlDetailsElement, HtmlInputElement};
use yew::prelude::*;

use super::choice_box::ChoiceBox;
use super::column_table::column_table;
use super::sheet::sheet;
use crate::app::action::Action;
use crate::app::reading::{InputKey, Reading};
use crate::app::{ids, text};
use crate::engine::language::told;
use crate::engine::record::ColumnReading;

/// One line that says what an input was taken for, and a fold to look closer and change it.
///
/// MUST say it in words before anything is opened. MUST say at once where nothing can be read.
/// The fold MUST be named by its input, and hold nothing until it is opened: there may be many.
#[component]
pub fn ReadingFold(props: &ReadingFoldProps) -> Html {
    let is_open = use_state_eq(|| props.is_open);
    let ontoggle = {
        let is_open = is_open.clone();
        Callback::from(move |event: Event| {
            if let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() {
                is_open.set(details.open());
            }
        })
    };
    let reading = &props.reading;
    let stop = reading.preview.as_ref().and_then(|preview| preview.stop());
    html! {
        <div class={classes!("reading", stop.is_some().then_some("reading--stopped"))}>
            <p class="reading__line">{ text::taken_for(reading) }</p>
            <details class="fold" open={props.is_open} {ontoggle}>
                <summary class="fold__summary" id={ids::reading(reading.key)}>
                    { text::CHANGE_READING }
                    <span class="usa-sr-only">{ text::of_list(&reading.name) }</span>
                </summary>
                if *is_open {
                    { form(props) }
                }
            </details>
        </div>
    }
}

/// What a [`ReadingFold`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ReadingFoldProps {
    /// How the input is read.
    pub reading: Reading,
    /// True if the fold is open at first.
    #[prop_or_default]
    pub is_open: bool,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
}

/// What is in the fold: the first entries as they were read, and everything that can be changed.
///
/// MUST group its fields under the input's name. MUST be native fields with labels.
fn form(props: &ReadingFoldProps) -> Html {
    let reading = &props.reading;
    let preview = reading.preview.as_ref();
    html! {
        <fieldset class="usa-fieldset reading__form">
            <legend class="usa-sr-only">{ text::how_it_is_read(&reading.name) }</legend>
            if let Some(preview) = preview {
                if let Some(why) = text::why_taken(preview) {
                    <p class="reading__hint">{ why }</p>
                }
                // That no column holds names is said above, and mended below.
                if !preview.lacks_names() {
                    for (index, problem) in preview.problems.iter().enumerate() {
                        <p key={index} class="reading__hint">{ text::preview_problem(problem) }</p>
                    }
                }
                { sheet(&preview.first_rows, &props.on_action) }
            }
            <div class="reading__fields">
                { format(props) }
                // What was pasted is text already.
                if reading.key != InputKey::Pasted {
                    { encoding(props) }
                }
                { host(props) }
            </div>
            if !reading.columns.is_empty() {
                { column_table(reading, &props.on_action) }
            }
        </fieldset>
    }
}

fn format(props: &ReadingFoldProps) -> Html {
    let key = props.reading.key;
    let choices = &props.reading.choices;
    let formats = choices.formats.iter().map(|(id, title)| (id.as_str(), title.as_str()));
    let on_choose = props.on_action.reform(move |format| Action::FormatChosen(key, some(format)));
    let value = props.reading.options.format.clone();
    field(ids::format(key), &text::FORMAT_LABEL, with_automatic(formats), value, on_choose)
}

fn encoding(props: &ReadingFoldProps) -> Html {
    let key = props.reading.key;
    let encodings = &props.reading.choices.encodings;
    let encodings = encodings.iter().map(|(name, title)| (name.as_str(), title.as_str()));
    let on_choose =
        props.on_action.reform(move |encoding| Action::EncodingChosen(key, some(encoding)));
    let value = props.reading.options.encoding.clone();
    field(ids::encoding(key), &text::ENCODING, with_automatic(encodings), value, on_choose)
}

fn host(props: &ReadingFoldProps) -> Html {
    let Reading { key, options, .. } = &props.reading;
    let key = *key;
    let id = ids::host(key);
    let hint = format!("{id}-hint");
    let oninput = props.on_action.reform(move |event: InputEvent| {
        let name = event.target_dyn_into::<HtmlInputElement>().map(|it| it.value());
        Action::HostTyped(key, name.unwrap_or_default())
    });
    html! {
        <div class="reading__field">
            <label class="usa-label" for={id.clone()}>{ text::HOST_LABEL }</label>
            <span class="usa-hint" id={hint.clone()}>{ text::host_hint(&props.reading) }</span>
            <input
                {id}
                type="text"
                class="usa-input"
                aria-describedby={hint}
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                value={options.host.clone().unwrap_or_default()}
                {oninput}
            />
        </div>
    }
}

fn field(
    id: String,
    label: &'static str,
    options: Vec<(AttrValue, AttrValue)>,
    value: Option<String>,
    on_choose: Callback<String>,
) -> Html {
    html! {
        <div class="reading__field">
            <label class="usa-label" for={id.clone()}>{ label }</label>
            <ChoiceBox {id} {options} value={AttrValue::from(value.unwrap_or_default())} {on_choose} />
        </div>
    }
}

fn with_automatic<'a>(
    options: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<(AttrValue, AttrValue)> {
    std::iter::once(("", text::AUTOMATIC.told()))
        .chain(options)
        .map(|(value, words)| (value.to_owned().into(), told(words).to_owned().into()))
        .collect()
}

fn some(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, ReadingFoldProps)> {
    let reading = crate::app::example::reading();
    let waiting = Reading { preview: None, is_current: false, ..reading.clone() };
    let unread = Reading { preview: None, ..reading.clone() };
    let mapped = Reading {
        is_mapped: true,
        columns: reading
            .columns
            .iter()
            .map(|column| ColumnReading { header: String::new(), ..column.clone() })
            .collect(),
        ..reading.clone()
    };
    let of = |reading, is_open| ReadingFoldProps { reading, is_open, on_action: Callback::noop() };
    vec![
        ("a table", of(reading.clone(), false)),
        ("waiting", of(waiting, false)),
        ("unread", of(unread, false)),
        ("open", of(reading, true)),
        ("open, without headings, and mapped", of(mapped, true)),
    ]
}
