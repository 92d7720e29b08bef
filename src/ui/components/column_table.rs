//! What the columns of a list's table hold, to be corrected.

use yew::prelude::*;

use super::choice_box::ChoiceBox;
use crate::app::action::Action;
use crate::app::reading::{InputKey, Reading};
use crate::app::{ids, text};
use crate::engine::record::{ColumnField, ColumnReading};

/// How many columns can be corrected: more than any list of programs has that a person looks at.
const MOST_COLUMNS: usize = 60;

/// One row for each column: its heading and first values as written, and what it holds.
///
/// MUST be a table with a caption, and each choice in it named by its column.
/// MUST scroll in a region of its own that the keyboard reaches.
pub fn column_table(reading: &Reading, on_action: &Callback<Action>) -> Html {
    let key = reading.key;
    let caption = text::columns_of(&reading.name);
    html! {
        <>
            <p class="reading__hint">{ text::COLUMNS_HINT }</p>
            <div class="wide" role="group" tabindex="0" aria-label={caption.clone()}>
                <table class="places columns">
                    <caption class="places__caption">{ caption }</caption>
                    <thead>
                        <tr>
                            for heading in text::COLUMN_TABLE {
                                <th key={heading} scope="col">{ heading }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for (at, column) in reading.columns.iter().take(MOST_COLUMNS).enumerate() {
                            <tr key={at}>
                                <th scope="row">{ text::column_name(column, at) }</th>
                                <td>{ text::column_values(column) }</td>
                                <td>{ meaning(key, at, column, on_action) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
            <div class="usa-checkbox">
                <input
                    type="checkbox"
                    id={ids::heading_box(key)}
                    class="usa-checkbox__input"
                    checked={reading.has_heading()}
                    onchange={on_action.reform(move |_| Action::HeadingToggled(key))}
                />
                <label class="usa-checkbox__label" for={ids::heading_box(key)}>
                    { text::FIRST_ROW_IS_HEADING }
                </label>
            </div>
            if reading.is_mapped {
                <p class="reading__hint">
                    { text::MAPPED }{ " " }
                    <button
                        type="button"
                        class="usa-button usa-button--unstyled"
                        onclick={on_action.reform(move |_| Action::MappingForgotten(key))}
                    >
                        { text::FORGET_MAPPING }
                    </button>
                </p>
            }
        </>
    }
}

fn meaning(key: InputKey, at: usize, column: &ColumnReading, on_action: &Callback<Action>) -> Html {
    let number = |field: ColumnField| ColumnField::ALL.iter().position(|known| *known == field);
    let value = column.means.and_then(number).map_or_else(String::new, |number| number.to_string());
    let options = std::iter::once((AttrValue::from(""), AttrValue::from(text::NOTHING_USED)))
        .chain(ColumnField::ALL.into_iter().enumerate().map(|(number, field)| {
            (AttrValue::from(number.to_string()), AttrValue::from(text::column_field(field)))
        }))
        .collect::<Vec<_>>();
    let on_choose = on_action.reform(move |value: String| {
        let chosen = value.parse().ok().and_then(|number: usize| ColumnField::ALL.get(number));
        Action::ColumnChosen(key, at, chosen.copied())
    });
    html! {
        <ChoiceBox
            id={ids::column(key, at)}
            label={text::meaning_of_column(column, at)}
            {options}
            value={AttrValue::from(value)}
            {on_choose}
        />
    }
}
