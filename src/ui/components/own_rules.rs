//! Rules of the reader's own.

use std::rc::Rc;

use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::app::action::Action;
use crate::app::packs::{Mistake, Pack, PackKey, Packs};
use crate::app::preview::PackChoice;
use crate::app::state::{Announcement, InputError};
use crate::app::{ids, text};
use crate::engine::language::{Phrase, told};
use crate::ui::browser;

/// The packs, each with what is wrong with it, and ways to begin one.
///
/// MUST say of each mistake where it is, and take the reader there. MUST say what remembering means
/// before it is ticked. The text MUST be a plain text area, which Tab leaves.
pub fn own_rules(
    packs: &Packs,
    examples: &[PackChoice],
    is_open: bool,
    on_action: &Callback<Action>,
    on_files: &Callback<Vec<File>>,
) -> Html {
    html! {
        <details class="fold" open={is_open}>
            <summary class="fold__summary" id={ids::OWN_RULES}>{ text::own_rules(packs) }</summary>
            <p class="usa-hint">{ text::OWN_RULES_HINT }</p>
            if packs.has_mistakes() && is_open {
                <p class="usa-error-message">{ text::input_error(InputError::PackMistakes) }</p>
            }
            if let Some(trouble) = &packs.trouble {
                <p class="usa-error-message">{ text::pack_trouble(trouble) }</p>
            }
            if !packs.all.is_empty() {
                <ul class="packs" aria-label={text::PACKS}>
                    for pack in packs.all.iter() {
                        <li key={pack.key.0} class="pack">{ one(pack, packs, on_action) }</li>
                    }
                </ul>
            }
            if packs.removed.is_some() {
                { undo(
                    ids::PACK_UNDO,
                    &text::PACK_REMOVED,
                    on_action.reform(|_| Action::PackRemovalUndone),
                ) }
            }
            { start(examples, on_action) }
            { chooser(
                ids::PACK_FILES,
                text::CHOOSE_PACKS,
                text::CHOOSE_PACKS_HINT,
                ".toml,text/plain",
                true,
                on_files,
            ) }
            { keep(
                ids::KEEP_PACKS,
                text::KEEP_PACKS,
                text::KEEP_PACKS_HINT,
                packs.is_kept,
                on_action.reform(|_| Action::PackKeepingToggled),
            ) }
        </details>
    }
}

/// How many mistakes of a pack are listed: who mends the first ones may have mended them all.
const MISTAKES_TOLD: usize = 20;

fn one(pack: &Pack, packs: &Packs, on_action: &Callback<Action>) -> Html {
    let key = pack.key;
    let is_open = packs.open == Some(key);
    let id = ids::pack_box(key);
    let title = pack.report(&packs.checked).map_or(&pack.name, |report| &report.title);
    let mistakes = pack.mistakes(&packs.checked);
    html! {
        <>
            <div class="usa-checkbox">
                <input
                    class="usa-checkbox__input"
                    type="checkbox"
                    id={id.clone()}
                    checked={pack.is_on}
                    onchange={on_action.reform(move |_| Action::PackToggled(key))}
                />
                <label class="usa-checkbox__label" for={id}>
                    { title.clone() }
                    <span class="usa-checkbox__label-description">
                        if *title != pack.name {
                            <span class="choice__line">{ pack.name.clone() }</span>
                        }
                        <span class="choice__line">{ text::pack_status(pack, packs) }</span>
                    </span>
                </label>
            </div>
            <div class="pack__buttons">
                <button
                    type="button"
                    class="usa-button usa-button--unstyled"
                    id={ids::pack(key)}
                    aria-expanded={if is_open { "true" } else { "false" }}
                    onclick={on_action.reform(move |_| Action::PackOpened(key))}
                >
                    { if is_open { text::CLOSE_PACK } else { text::EDIT_PACK } }
                    <span class="usa-sr-only">{ text::of_pack(pack) }</span>
                </button>
                <button
                    type="button"
                    class="usa-button usa-button--unstyled"
                    id={ids::pack_save(key)}
                    onclick={save(pack, on_action)}
                >
                    { text::SAVE_PACK }
                    <span class="usa-sr-only">{ text::of_pack(pack) }</span>
                </button>
                <button
                    type="button"
                    class="usa-button usa-button--unstyled"
                    onclick={on_action.reform(move |_| Action::PackRemoved(key))}
                >
                    { text::REMOVE }
                    <span class="usa-sr-only">{ text::of_pack(pack) }</span>
                </button>
            </div>
            if !mistakes.is_empty() {
                <ul class="pack__mistakes">
                    for (index, mistake) in mistakes.iter().take(MISTAKES_TOLD).enumerate() {
                        <li key={index}>{ self::mistake(key, mistake, on_action) }</li>
                    }
                    if mistakes.len() > MISTAKES_TOLD {
                        <li>{ text::more_mistakes(mistakes.len() - MISTAKES_TOLD) }</li>
                    }
                </ul>
            }
            if is_open {
                { editor(pack, !mistakes.is_empty(), on_action) }
            }
        </>
    }
}

fn save(pack: &Pack, on_action: &Callback<Action>) -> Callback<MouseEvent> {
    let (name, text, on_action) = (pack.name.clone(), pack.text.clone(), on_action.clone());
    Callback::from(move |_: MouseEvent| {
        if browser::download(&name, "application/toml", text.as_bytes()).is_some() {
            on_action.emit(Action::Announced(Announcement::Saved));
        }
    })
}

fn mistake(key: PackKey, mistake: &Mistake, on_action: &Callback<Action>) -> Html {
    let (line, column) = (mistake.line, mistake.column);
    html! {
        <>
            <button
                type="button"
                class="usa-button usa-button--unstyled"
                onclick={on_action.reform(move |_| Action::PackPlaceAsked(key, line, column))}
            >
                { text::mistake_place(mistake) }
            </button>
            { ": " }{ mistake.message.clone() }
            if !mistake.example.is_empty() {
                { " " }{ text::FOR_EXAMPLE }{ " " }<code>{ mistake.example.clone() }</code>
            }
        </>
    }
}

fn editor(pack: &Pack, is_wrong: bool, on_action: &Callback<Action>) -> Html {
    let (key, id) = (pack.key, ids::pack_text(pack.key));
    let oninput = on_action.reform(move |event: InputEvent| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        Action::PackTextChanged(key, area.map(|area| Rc::from(area.value())).unwrap_or_default())
    });
    html! {
        <>
            <label class="usa-label" for={id.clone()}>{ text::pack_text_label(pack) }</label>
            <textarea
                {id}
                class="usa-textarea paste pack__text"
                aria-invalid={is_wrong.then_some("true")}
                rows="20"
                wrap="off"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                value={AttrValue::from(pack.text.clone())}
                {oninput}
            />
        </>
    }
}

fn start(examples: &[PackChoice], on_action: &Callback<Action>) -> Html {
    html! {
        <div class="samples" role="group" aria-labelledby="packs-label">
            <p class="samples__label" id="packs-label">{ text::START_FROM }</p>
            <ul class="samples__list">
                for example in examples.iter() {
                    <li key={example.name.clone()}>
                        <button
                            type="button"
                            class="usa-button usa-button--outline samples__button"
                            onclick={from_example(example, on_action)}
                        >
                            { told(&example.title).to_owned() }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}

fn from_example(example: &PackChoice, on_action: &Callback<Action>) -> Callback<MouseEvent> {
    let (name, text) = (example.name.clone(), Rc::<str>::from(example.text.as_str()));
    on_action.reform(move |_| Action::PackAdded { name: name.clone(), text: text.clone() })
}

/// A file chooser with its label.
pub fn chooser(
    id: &'static str,
    label: Phrase,
    hint: Phrase,
    accept: &'static str,
    is_many: bool,
    on_files: &Callback<Vec<File>>,
) -> Html {
    let onchange = on_files.reform(|event: Event| {
        event.target_dyn_into().map(|input| browser::take_files(&input)).unwrap_or_default()
    });
    html! {
        <>
            <label class="usa-label" for={id}>
                { label }<span class="usa-hint choice__line">{ hint }</span>
            </label>
            <input
                {id}
                class="file-chooser__input"
                type="file"
                multiple={is_many}
                {accept}
                {onchange}
            />
        </>
    }
}

/// A check box by which the browser remembers something.
pub fn keep(
    id: &'static str,
    label: Phrase,
    hint: Phrase,
    is_kept: bool,
    onchange: Callback<Event>,
) -> Html {
    html! {
        <div class="usa-checkbox">
            <input class="usa-checkbox__input" type="checkbox" {id} checked={is_kept} {onchange} />
            <label class="usa-checkbox__label" for={id}>
                { label }<span class="usa-checkbox__label-description">{ hint }</span>
            </label>
        </div>
    }
}

/// What was taken away, and a button that brings it back.
pub fn undo(id: &'static str, words: &'static str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <p class="notice no-print">
            { words }{ " " }
            <button type="button" class="usa-button usa-button--unstyled" {id} {onclick}>
                { text::UNDO }
            </button>
        </p>
    }
}

/// Examples for tests.
pub fn examples() -> Vec<(&'static str, Html)> {
    use crate::app::packs::OwnRules;

    let drawn = |packs: &Packs| {
        let example = PackChoice {
            title: "A list of programs".into(),
            name: "block-list.toml".into(),
            text: String::new(),
        };
        own_rules(packs, &[example], true, &Callback::noop(), &Callback::noop())
    };
    let pack = Pack {
        key: PackKey(7),
        name: format!("{}.toml", crate::app::example::HOSTILE),
        text: crate::app::example::HOSTILE.into(),
        is_on: true,
    };
    let mistake = Mistake {
        file: pack.name.clone(),
        line: 3,
        column: 1,
        message: format!("found {}", crate::app::example::HOSTILE),
        example: "relation = \"branded\"".into(),
    };
    let checked = OwnRules { mistakes: vec![mistake], ..OwnRules::default() };
    let open = Some(pack.key);
    let wrong = Packs { all: vec![pack], open, checked: Rc::new(checked), ..Packs::default() };
    vec![("none", drawn(&Packs::default())), ("one with a mistake, open", drawn(&wrong))]
}
