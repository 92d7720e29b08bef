//! Step 1: who the reader is, and so which directives apply.

use std::rc::Rc;

use web_sys::File;
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::packs::{DirectiveRow, Packs};
use crate::app::preview::Choices;
use crate::app::state::InputError;
use crate::app::{ids, text};
use crate::bundled::{PROFILES, ProfileSummary};
use crate::engine::language::told;
use crate::ui::components::own_rules::own_rules;
use crate::ui::components::step_section::step_section;

/// The choice of a profile, and of directives.
///
/// MUST be a radio group with a legend, and check boxes with a legend. MUST say of each directive
/// why it is ticked.
#[component]
pub fn Who(props: &WhoProps) -> Html {
    let profile = PROFILES.iter().find(|profile| profile.id == props.profile);
    let has_error = props.errors.contains(&InputError::NoDirective);
    // Opened by an error, it stays open while the reader corrects it.
    let is_open = use_mut_ref(|| false);
    *is_open.borrow_mut() |= has_error;
    let is_own_open = use_mut_ref(|| false);
    *is_own_open.borrow_mut() |= props.errors.contains(&InputError::PackMistakes);
    let chosen = props.rows.iter().filter(|row| props.directives.contains(&row.id)).count();
    let body = html! {
        <>
            <fieldset class="usa-fieldset">
                <legend class="usa-legend step__lead">{ text::WHO_LEGEND }</legend>
                <div class="choices">
                    for profile in PROFILES.iter() {
                        { profile_choice(props, profile) }
                    }
                </div>
            </fieldset>
            <details class="fold" open={*is_open.borrow()}>
                <summary class="fold__summary" id={ids::DIRECTIVES}>
                    { text::directives_chosen(chosen, props.rows.len()) }
                </summary>
                if has_error {
                    <p class="usa-error-message">{ text::input_error(InputError::NoDirective) }</p>
                }
                <fieldset class="usa-fieldset">
                    <legend class="usa-legend">{ text::DIRECTIVES_LEGEND }</legend>
                    <p class="usa-hint">{ text::DIRECTIVES_HINT }</p>
                    for directive in in_order(&props.rows, profile) {
                        { directive_choice(props, profile, directive) }
                    }
                </fieldset>
            </details>
            { own_rules(
                &props.packs,
                &props.choices.packs,
                *is_own_open.borrow(),
                &props.on_action,
                &props.on_pack_files,
            ) }
        </>
    };
    step_section(1, ids::WHO, text::WHO, "", body)
}

/// The directives: the reader's own first, then those of the profile.
fn in_order<'r>(
    rows: &'r [DirectiveRow],
    profile: Option<&'static ProfileSummary>,
) -> Vec<&'r DirectiveRow> {
    let is_of_profile = |row: &&DirectiveRow| {
        row.from.is_some()
            || profile.is_some_and(|profile| profile.directives.iter().any(|(id, _)| *id == row.id))
    };
    let own = rows.iter().filter(|row| row.from.is_some());
    let of_profile = rows.iter().filter(|row| row.from.is_none() && is_of_profile(row));
    let others = rows.iter().filter(|row| !is_of_profile(row));
    own.chain(of_profile).chain(others).collect()
}

fn profile_choice(props: &WhoProps, profile: &'static ProfileSummary) -> Html {
    let id = ids::profile(profile.id);
    html! {
        <div class="usa-radio choice" key={profile.id}>
            <input
                class="usa-radio__input usa-radio__input--tile"
                type="radio"
                name="profile"
                id={id.clone()}
                value={profile.id}
                checked={props.profile == profile.id}
                onchange={props.on_action.reform(|_| Action::ProfileChosen(profile.id.to_owned()))}
            />
            <label class="usa-radio__label" for={id}>
                { told(profile.title) }
                <span class="usa-radio__label-description">{ told(profile.description) }</span>
            </label>
        </div>
    }
}

fn directive_choice(
    props: &WhoProps,
    profile: Option<&'static ProfileSummary>,
    directive: &DirectiveRow,
) -> Html {
    let id = ids::directive(&directive.id);
    let of_profile = profile
        .and_then(|profile| profile.directives.iter().find(|(id, _)| *id == directive.id))
        .map(|(_, why)| text::why_chosen(told(why)));
    let why = directive.from.clone().or(of_profile);
    // The worker tells it as soon as it is loaded.
    let own = props.packs.checked.directives.iter().map(|own| &own.choice);
    let known = own.chain(&props.choices.directives).find(|known| known.id == directive.id);
    let toggled = directive.id.clone();
    html! {
        <div class="usa-checkbox choice" key={directive.id.clone()}>
            <input
                class="usa-checkbox__input usa-checkbox__input--tile"
                type="checkbox"
                id={id.clone()}
                checked={props.directives.contains(&directive.id)}
                onchange={props.on_action.reform(move |_| Action::DirectiveToggled(toggled.clone()))}
            />
            <label class="usa-checkbox__label" for={id}>
                { told(&directive.short_title).to_owned() }
                <span class="usa-checkbox__label-description">
                    if let Some(known) = known {
                        <span class="choice__line">{ known.title.clone() }</span>
                        <span class="choice__line">{ text::issued(&known.issuer, &known.issued_on) }</span>
                        <span class="choice__line">{ told(&known.summary).to_owned() }</span>
                    }
                    if let Some(why) = why {
                        <span class="choice__line choice__why">{ why }</span>
                    }
                </span>
            </label>
        </div>
    }
}

/// What [`Who`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct WhoProps {
    /// The profile's id.
    pub profile: String,
    /// The ids of the directives chosen.
    pub directives: Vec<String>,
    /// The directives that there are.
    pub rows: Vec<DirectiveRow>,
    /// The reader's own rules.
    pub packs: Packs,
    /// What the worker has told of the directives.
    pub choices: Rc<Choices>,
    /// What is wrong.
    pub errors: Vec<InputError>,
    /// Hears of what happens.
    pub on_action: Callback<Action>,
    /// Gets files of rules.
    pub on_pack_files: Callback<Vec<File>>,
}
