//! Rules of the reader's own: the packs on the page, what is wrong with them, what they add.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::preview::DirectiveChoice;
use super::state::{Announcement, Failure, Focus, InputError, ScanState, State};
use super::text;
use crate::bundled::{DATA_CHECKED_ON, DATA_OLD_FROM, DIRECTIVES};
use crate::engine::age;
use crate::engine::report::PackReport;
use crate::engine::rules::update::TrustedKey;
use crate::engine::rules::{Rules, RulesError, RulesFile};

/// The packs of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packs {
    /// In the order they were added.
    pub all: Vec<Pack>,
    /// The one that is being written.
    pub open: Option<PackKey>,
    /// The number of the check that is wanted; a worker's answer to an earlier one is late.
    pub wanted: u32,
    /// The number of the check that came last.
    pub came: u32,
    /// What the worker said last.
    pub checked: Rc<OwnRules>,
    /// The reader wants the list checked as soon as the packs are.
    pub is_check_wanted: bool,
    /// True if the browser is to remember them.
    pub is_kept: bool,
    /// The pack taken off last, and where it stood, until another is added.
    pub removed: Option<(usize, Pack)>,
    /// What went wrong with what the reader did last.
    pub trouble: Option<PackTrouble>,
    /// True if the worker that was asked will not answer.
    pub is_lost: bool,
    /// The ids of their directives that were ever known: those that come anew are ticked.
    pub known: Vec<String>,
}

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Tells it from every other pack since the page was opened.
    pub key: PackKey,
    /// Its file's name; no two are alike.
    pub name: String,
    /// Its text.
    pub text: Rc<str>,
    /// True if it is applied.
    pub is_on: bool,
}

/// Tells packs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackKey(pub u32);

/// Why something could not be done with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackTrouble {
    /// The file of that name is larger than a pack may be.
    TooLarge(String),
    /// The file of that name is no text in UTF-8, or could not be read.
    NotText(String),
    /// The browser does not keep anything for the page, or not so much.
    NotKept,
}

/// A pack as it goes to the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFile {
    /// Its file's name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// False if it is only to be looked at.
    pub is_on: bool,
}

/// What the worker says of the packs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRules {
    /// Everything that is wrong with any of them; each names its file.
    pub mistakes: Vec<Mistake>,
    /// The packs that are applied: none if one of those has a mistake.
    pub packs: Vec<PackReport>,
    /// Their directives.
    pub directives: Vec<OwnDirective>,
    /// What there is to say of those of them that are data updates, by file.
    pub updates: Vec<(String, String)>,
    /// How old the data is with these updates; `None` if none is used.
    pub data: Option<DataAge>,
}

/// How old the data is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataAge {
    /// The last day on which a person checked any of it, `YYYY-MM-DD`.
    pub checked_on: String,
    /// The first day on which that is over a year ago, `YYYY-MM-DD`.
    pub old_from: String,
}

/// Something wrong with a pack: plain data, which the page may show.
pub type Mistake = RulesError;

/// A directive of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDirective {
    /// What people call it.
    pub short_title: String,
    /// What else there is to know of it.
    pub choice: DirectiveChoice,
    /// Where it is from, as a sentence; `None` where it stands for a bundled one in a data update.
    pub from: Option<String>,
}

/// A directive that can be ticked: bundled, or of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveRow {
    /// Stable id.
    pub id: String,
    /// What people call it.
    pub short_title: String,
    /// Where it is from, as a sentence, if it is no bundled one.
    pub from: Option<String>,
}

impl Pack {
    /// What of it is wrong.
    pub fn mistakes<'r>(&self, rules: &'r OwnRules) -> Vec<&'r Mistake> {
        rules.mistakes.iter().filter(|mistake| mistake.file == self.name).collect()
    }

    /// What is known of it once it is applied.
    pub fn report<'r>(&self, rules: &'r OwnRules) -> Option<&'r PackReport> {
        rules.packs.iter().find(|pack| pack.file == self.name)
    }

    /// Where a line and a column, both counted from 1, are in its text, in UTF-16 code units, as a
    /// browser counts; and how many lines there are.
    pub fn place(&self, line: usize, column: usize) -> (usize, usize) {
        // A browser shows and counts every line end as one unit.
        let mut lines = self.text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let (above, count) = (line.saturating_sub(1), lines.clone().count());
        let before: usize = lines.clone().take(above).map(|l| l.encode_utf16().count() + 1).sum();
        let text = lines.nth(above).unwrap_or_default().chars();
        let within: usize = text.take(column.saturating_sub(1)).map(char::len_utf16).sum();
        (before + within, count)
    }
}

impl Packs {
    /// That pack.
    pub fn of(&self, key: PackKey) -> Option<&Pack> {
        self.all.iter().find(|pack| pack.key == key)
    }

    /// True if the worker has said what it makes of them as they are.
    pub fn is_current(&self) -> bool {
        self.wanted == self.came
    }

    /// True if one that is applied has a mistake.
    pub fn has_mistakes(&self) -> bool {
        self.all.iter().any(|pack| pack.is_on && !pack.mistakes(&self.checked).is_empty())
    }

    /// As they go to the worker to be looked at.
    pub fn files(&self) -> Vec<PackFile> {
        let file = |pack: &Pack| PackFile {
            name: pack.name.clone(),
            text: pack.text.to_string(),
            is_on: pack.is_on,
        };
        self.all.iter().map(file).collect()
    }

    /// Those that are applied, by name and text.
    pub fn applied(&self) -> Vec<(String, Rc<str>)> {
        let applied = self.all.iter().filter(|pack| pack.is_on);
        applied.map(|pack| (pack.name.clone(), pack.text.clone())).collect()
    }

    /// The name with a number behind it if another pack has it.
    fn free_name(&self, name: &str) -> String {
        let is_taken = |name: &str| self.all.iter().any(|pack| pack.name == name);
        if !is_taken(name) {
            return name.to_owned();
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "toml"));
        let mut numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
        numbered.find(|name| !is_taken(name)).unwrap_or_default()
    }
}

impl State {
    /// The directives that there are: the bundled ones that no pack switches off, and those of packs.
    pub fn all_directives(&self) -> Vec<DirectiveRow> {
        let own = &self.packs.checked;
        let is_off = |id: &str| own.packs.iter().any(|pack| pack.off.iter().any(|off| off == id));
        let is_replaced =
            |id: &str| own.packs.iter().any(|pack| pack.replaced.iter().any(|off| off == id));
        let bundled = DIRECTIVES.iter().filter(|d| !is_off(d.id) && !is_replaced(d.id));
        let bundled = bundled.map(|directive| DirectiveRow {
            id: directive.id.to_owned(),
            short_title: directive.short_title.to_owned(),
            from: None,
        });
        let own = own.directives.iter().map(|directive| DirectiveRow {
            id: directive.choice.id.clone(),
            short_title: directive.short_title.clone(),
            from: directive.from.clone(),
        });
        bundled.chain(own).collect()
    }

    /// The last day on which a person checked any of the data, `YYYY-MM-DD`.
    pub fn data_checked_on(&self) -> &str {
        self.packs.checked.data.as_ref().map_or(DATA_CHECKED_ON, |data| &data.checked_on)
    }

    /// True if that is over a year ago.
    pub fn is_data_old(&self) -> bool {
        let data = &self.packs.checked.data;
        let old_from = data.as_ref().map_or(DATA_OLD_FROM, |data| &data.old_from);
        // Days of this form have the order of their texts.
        self.today.as_str() >= old_from
    }

    /// The ids of the directives that a check would apply.
    pub fn applied_directives(&self) -> Vec<String> {
        let all = self.all_directives().into_iter().map(|directive| directive.id);
        all.filter(|id| self.directives.contains(id)).collect()
    }
}

/// What an action that is about packs makes of the state.
pub(super) fn reduce(state: &mut State, action: Action) {
    match action {
        Action::PackAdded { name, text } => {
            let key = add(state, &name, text, true);
            state.packs.removed = None;
            state.packs.open = Some(key);
            state.announce(Announcement::PackAdded);
            state.focus_on(Focus::Pack(key));
        }
        Action::PacksRestored(packs) => {
            for pack in packs {
                add(state, &pack.name, pack.text.into(), pack.is_on);
            }
            state.packs.is_kept = true;
        }
        Action::PackToggled(key) => {
            if let Some(pack) = state.packs.all.iter_mut().find(|pack| pack.key == key) {
                pack.is_on = !pack.is_on;
                want(state);
            }
        }
        Action::PackOpened(key) => {
            if state.packs.open == Some(key) {
                state.packs.open = None;
            } else {
                state.packs.open = Some(key);
                state.focus_on(Focus::Pack(key));
            }
        }
        Action::PackTextChanged(key, text) => {
            if let Some(pack) = state.packs.all.iter_mut().find(|pack| pack.key == key)
                && pack.text != text
            {
                pack.text = text;
                want(state);
            }
        }
        Action::PackPlaceAsked(key, line, column) => {
            state.packs.open = Some(key);
            state.focus_on(Focus::PackPlace(key, line, column));
        }
        Action::PackRemoved(key) => {
            if let Some(at) = state.packs.all.iter().position(|pack| pack.key == key) {
                state.packs.removed = Some((at, state.packs.all.remove(at)));
                want(state);
                state.announce(Announcement::PackRemoved);
                state.focus_on(Focus::PackUndo);
            }
        }
        Action::PackRemovalUndone => {
            if let Some((at, pack)) = state.packs.removed.take() {
                let key = pack.key;
                state.packs.all.insert(at.min(state.packs.all.len()), pack);
                want(state);
                state.announce(Announcement::Restored);
                state.focus_on(Focus::Pack(key));
            }
        }
        Action::PackFailed(trouble) => {
            state.packs.is_kept &= trouble != PackTrouble::NotKept;
            state.packs.trouble = Some(trouble);
            state.announce(Announcement::PackTrouble);
        }
        Action::PackKeepingToggled => {
            state.packs.trouble = None;
            state.packs.is_kept = !state.packs.is_kept;
        }
        Action::RulesChecked(number, checked) => arrived(state, number, checked),
        Action::PreviewsLost => {
            // Another worker is asked when something changes or the list is to be checked: one that
            // cannot be loaded must not be asked for again and again.
            state.packs.is_lost = !state.packs.is_current();
            // Who waits for a check that will not come is told so.
            if std::mem::take(&mut state.packs.is_check_wanted) {
                state.scan = ScanState::Failed(Failure::WorkerNotLoaded);
                state.focus_on(Focus::Failure);
            }
        }
        _ => {}
    }
}

fn add(state: &mut State, name: &str, text: Rc<str>, is_on: bool) -> PackKey {
    state.packs.trouble = None;
    let key = PackKey(state.new_number());
    // A line end in a name would end it where it is remembered.
    let name = state.packs.free_name(&name.replace(['\r', '\n'], " "));
    state.packs.all.push(Pack { key, name, text, is_on });
    want(state);
    key
}

/// Has the packs looked at once more.
pub(super) fn want(state: &mut State) {
    state.packs.wanted = state.new_number();
    state.packs.is_lost = false;
}

/// Has the mistakes worded anew, in another language.
pub(super) fn word_again(state: &mut State) {
    if !state.packs.all.is_empty() {
        want(state);
    }
}

/// A worker that was ended takes what it was asked with it.
pub(super) fn ask_again(state: &mut State) {
    if !state.packs.is_current() {
        want(state);
    }
}

/// The packs as the browser remembers them, a text each.
pub fn to_keep(packs: &[Pack]) -> Vec<String> {
    let on = |pack: &Pack| if pack.is_on { "on" } else { "off" };
    packs.iter().map(|pack| format!("{} {}\n{}", on(pack), pack.name, pack.text)).collect()
}

/// What the browser remembered; `None` for what it never was given.
pub fn from_kept(kept: &str) -> Option<PackFile> {
    let (head, text) = kept.split_once('\n')?;
    let (is_on, name) = head.split_once(' ')?;
    Some(PackFile { name: name.to_owned(), text: text.to_owned(), is_on: is_on == "on" })
}

fn arrived(state: &mut State, number: u32, checked: Rc<OwnRules>) {
    if number != state.packs.wanted {
        return;
    }
    state.packs.came = number;
    for directive in &checked.directives {
        let id = &directive.choice.id;
        // Who adds a directive means to apply it; one that was updated is ticked or not as it was.
        if directive.from.is_some() && !state.packs.known.contains(id) {
            state.packs.known.push(id.clone());
            if !state.directives.contains(id) {
                state.directives.push(id.clone());
            }
        }
    }
    let count = |rules: &OwnRules| rules.mistakes.len();
    let is_news = count(&checked) != count(&state.packs.checked);
    state.packs.checked = checked;
    if is_news {
        state.announce(Announcement::PacksChecked(count(&state.packs.checked)));
    }
    if !state.packs.has_mistakes() {
        state.errors.retain(|error| *error != InputError::PackMistakes);
    }
    if std::mem::take(&mut state.packs.is_check_wanted) {
        super::reduce::ask_for_check(state);
    }
}

/// Looks at packs: those that are on together, the others each alone. The page must not call this: it
/// would bring the parsers into it.
pub fn check(bundled: &[RulesFile<'_>], packs: &[PackFile], keys: &[TrustedKey]) -> OwnRules {
    let file = |pack| {
        let PackFile { name, text, .. }: &PackFile = pack;
        RulesFile { name, text }
    };
    let mut own = OwnRules::default();
    for pack in packs.iter().filter(|pack| !pack.is_on) {
        let checked = Rules::load_with_packs(bundled, &[file(pack)], keys);
        own.mistakes.extend(checked.err().into_iter().flatten());
    }
    let on: Vec<RulesFile<'_>> = packs.iter().filter(|pack| pack.is_on).map(file).collect();
    if on.is_empty() {
        return own;
    }
    match Rules::load_with_packs(bundled, &on, keys) {
        Err(mistakes) => own.mistakes.extend(mistakes),
        Ok(rules) => {
            own.directives = own_directives(&rules);
            let updates = rules.packs.iter().filter(|pack| pack.update.is_some());
            own.updates = updates.map(|it| (it.file.clone(), text::update_status(it))).collect();
            let old_from = age::old_from(rules.checked_on()).filter(|_| !own.updates.is_empty());
            let superseded = rules.superseded.iter();
            own.updates.extend(superseded.map(|it| (it.file.clone(), text::update_superseded(it))));
            own.data = old_from.map(|day| DataAge {
                checked_on: rules.checked_on().to_owned(),
                old_from: day.to_string(),
            });
            own.packs = rules.packs;
        }
    }
    own
}

/// The directives of the packs; one that several bring is that of the last of them, as it is applied.
fn own_directives(rules: &Rules) -> Vec<OwnDirective> {
    let packs = &rules.packs;
    let of_pack = |(at, pack): (usize, &PackReport)| {
        let later = packs.get(at + 1..).unwrap_or_default();
        let is_last = |id: &&String| !later.iter().any(|later| later.directives.contains(id));
        // It stands for a bundled one if the first pack that brought it is an update that replaced one by it.
        let is_bundled = |id: &String| {
            let first = packs.iter().find(|pack| pack.directives.contains(id));
            first.is_some_and(|first| first.update.is_some() && first.replaced.contains(id))
        };
        let directives = pack.directives.iter().filter(is_last);
        let directives = directives.filter_map(|id| rules.directive(id));
        let own = directives.map(|directive| OwnDirective {
            short_title: directive.short_title.clone(),
            choice: DirectiveChoice {
                id: directive.id.get_ref().clone(),
                title: directive.title.clone(),
                issuer: directive.issuer.clone(),
                issued_on: directive.issued_on.get_ref().clone(),
                summary: directive.summary.clone(),
            },
            from: match &pack.update {
                None => Some(text::of_own_pack(&pack.title)),
                Some(_) if is_bundled(directive.id.get_ref()) => None,
                Some(_) => Some(text::of_update(&pack.title)),
            },
        });
        own.collect::<Vec<_>>()
    };
    packs.iter().enumerate().flat_map(of_pack).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reduce::reduce;
    use crate::bundled;
    use crate::engine::rules::pack::EXAMPLES;
    use crate::engine::rules::update::{public_key, sign};

    fn file(name: &str, text: &str, is_on: bool) -> PackFile {
        PackFile { name: name.into(), text: text.into(), is_on }
    }

    /// The state after the actions, each followed by what the worker says of the packs.
    fn state(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::new("2026-11-25"), |state, action| {
            let state = reduce(&state, action);
            if state.packs.is_current() { state } else { answered(&state) }
        })
    }

    fn answered(state: &State) -> State {
        let checked = check(bundled::files(), &state.packs.files(), &[]);
        reduce(state, Action::RulesChecked(state.packs.wanted, Rc::new(checked)))
    }

    fn added(text: &str) -> Action {
        Action::PackAdded { name: "own.toml".into(), text: text.into() }
    }

    fn typed(text: &str) -> Action {
        Action::TextChanged(text.into())
    }

    #[test]
    fn the_directives_of_a_pack_are_ticked_and_applied_with_the_others() {
        let state = state([added(EXAMPLES[0].text)]);
        let all = state.all_directives();
        let own = all.last().map(|row| (row.short_title.as_str(), row.from.as_deref()));
        let from = "From your own rules: Programs that we do not allow";
        assert_eq!(own, Some(("Our order 7/2026", Some(from))));
        assert_eq!(state.applied_directives().len(), DIRECTIVES.len() + 1);
    }

    #[test]
    fn what_a_pack_switches_off_is_gone_until_the_pack_is() {
        let on = state([added(EXAMPLES[2].text)]);
        let is_there =
            |state: &State| state.applied_directives().iter().any(|id| id == "uk-ncsc-2017-av");
        assert!(!is_there(&on));
        let off = answered(&reduce(&on, Action::PackToggled(on.packs.all[0].key)));
        assert!(is_there(&off));
        assert_eq!(off.all_directives().len(), DIRECTIVES.len());
    }

    #[test]
    fn a_directive_that_was_unticked_stays_so_through_a_typing_mistake() {
        let with = state([added(EXAMPLES[0].text)]);
        let key = with.packs.all[0].key;
        let unticked = reduce(&with, Action::DirectiveToggled("our-order-7-2026".into()));
        let changed = |state: &State, text: &str| {
            answered(&reduce(state, Action::PackTextChanged(key, text.into())))
        };
        let broken = changed(&unticked, "schema = ");
        assert!(broken.packs.has_mistakes());
        let mended = changed(&broken, EXAMPLES[0].text);
        assert!(!mended.packs.has_mistakes());
        assert!(!mended.applied_directives().iter().any(|id| id == "our-order-7-2026"));
    }

    #[test]
    fn nothing_is_checked_with_a_pack_that_has_mistakes_and_the_page_says_so() {
        let broken = state([added("schema = "), typed("Name\nA\n"), Action::CheckAsked]);
        assert_eq!(broken.errors, [InputError::PackMistakes]);
        assert!(!broken.is_running());
        let off = answered(&reduce(&broken, Action::PackToggled(broken.packs.all[0].key)));
        assert_eq!(off.errors, []);
        assert!(!off.packs.checked.mistakes.is_empty(), "still told of one that is off");
        assert!(reduce(&off, Action::CheckAsked).is_running());
    }

    #[test]
    fn a_check_waits_for_what_the_worker_says_of_the_packs() {
        let before = state([typed("Name\nA\n")]);
        let added = reduce(&before, added(EXAMPLES[0].text));
        let asked = reduce(&added, Action::CheckAsked);
        assert!(!asked.is_running());
        assert!(answered(&asked).is_running());
        let lost = reduce(&asked, Action::PreviewsLost);
        assert_eq!(lost.scan, ScanState::Failed(Failure::WorkerNotLoaded));
        let again = reduce(&lost, Action::CheckAsked);
        assert!(again.packs.wanted > lost.packs.wanted, "another worker is asked");
        assert!(answered(&again).is_running());
    }

    #[test]
    fn an_answer_to_an_earlier_question_is_late() {
        let first = reduce(&State::new("2026-11-25"), added("schema = "));
        let late = Action::RulesChecked(first.packs.wanted, Rc::default());
        let key = first.packs.all[0].key;
        let second = reduce(&first, Action::PackTextChanged(key, "schema".into()));
        assert_eq!(reduce(&second, late), second);
    }

    #[test]
    fn a_pack_that_was_removed_comes_back_where_it_was() {
        let both = state([added(EXAMPLES[0].text), added(EXAMPLES[2].text)]);
        let names: Vec<&str> = both.packs.all.iter().map(|pack| &*pack.name).collect();
        assert_eq!(names, ["own.toml", "own-2.toml"]);
        let removed = answered(&reduce(&both, Action::PackRemoved(both.packs.all[0].key)));
        assert_eq!(removed.packs.all.len(), 1);
        let back = answered(&reduce(&removed, Action::PackRemovalUndone));
        assert_eq!(back.packs.all, both.packs.all);
    }

    #[test]
    fn results_are_stale_once_a_pack_that_is_applied_changes() {
        let asked = state([added(EXAMPLES[0].text), typed("Name\nA\n"), Action::CheckAsked]);
        let ScanState::Running { asked: of, .. } = &asked.scan else { panic!("it runs") };
        assert_eq!(of.packs, asked.packs.applied());
        assert_eq!(of.directives, asked.applied_directives());
    }

    #[test]
    fn packs_come_back_as_they_were_kept() {
        let on = state([added("a = 1\n"), added("b = 2\r\n")]);
        let off = reduce(&on, Action::PackToggled(on.packs.all[1].key));
        let kept = to_keep(&off.packs.all);
        let back: Vec<PackFile> = kept.iter().filter_map(|kept| from_kept(kept)).collect();
        let restored = reduce(&State::new("2026-11-25"), Action::PacksRestored(back));
        assert_eq!(restored.packs.files(), off.packs.files());
        assert!(restored.packs.is_kept);
        assert_eq!(from_kept("nonsense"), None);
    }

    #[test]
    fn a_place_is_counted_as_browsers_count() {
        let pack = Pack {
            key: PackKey(1),
            name: String::new(),
            text: "a\r\n\u{1F600}b\r\nc".into(),
            is_on: true,
        };
        assert_eq!(pack.place(1, 1), (0, 3));
        assert_eq!(pack.place(2, 2), (4, 3), "a smiling face is two units");
        assert_eq!(pack.place(9, 9), (8, 3), "a browser takes it for the end");
    }

    /// A data update of that day with the bundled Lithuanian directive, and a key that it is signed with.
    fn update(day: &str) -> (PackFile, TrustedKey) {
        update_of(day, "update", "lt-2017")
    }

    /// The same by an id of its own and with another id for the directive.
    fn update_of(day: &str, own_id: &str, id: &str) -> (PackFile, TrustedKey) {
        let bundled = bundled::files().iter().find(|file| file.name.ends_with("lt-2017.toml"));
        let text = bundled.map_or("", |file| file.text);
        // Its blocks stand below the directive's own line in a pack.
        let directive = text.replace("schema = \"clearlist-directive/1\"", "[[directive]]");
        let directive = directive
            .replace("\n[[", "\n[[directive.")
            .replace("[[directive.directive]]", "[[directive]]");
        let text = format!(
            "schema = \"clearlist-pack/1\"\nid = \"{own_id}\"\ntitle = \"Data\"\n\
             checked_on = \"{day}\"\n{directive}"
        );
        let text = text.replace("id = \"lt-2017\"", &format!("id = \"{id}\""));
        let secret = [7; 32];
        let key = TrustedKey::new("the tests", "2026-01-01", &public_key(&secret));
        let signed = sign(&text, &secret).unwrap_or_default();
        (file(&format!("{own_id}.toml"), &signed, true), key.unwrap_or_else(|| panic!("a key")))
    }

    #[test]
    fn a_data_update_is_told_with_its_day_and_who_signed_it_and_leaves_the_ticks_alone() {
        let (pack, key) = update("2030-03-01");
        let added = Action::PackAdded { name: pack.name.clone(), text: pack.text.as_str().into() };
        let unticked = Action::DirectiveToggled("lt-2017".into());
        let before = reduce(&reduce(&State::new("2026-11-25"), unticked), added);
        let checked = check(bundled::files(), &[pack], &[key]);
        assert_eq!(checked.mistakes, []);
        let state = reduce(&before, Action::RulesChecked(before.packs.wanted, Rc::new(checked)));
        let said = text::pack_status(&state.packs.all[0], &state.packs);
        assert!(
            said.starts_with("Data update of March 1, 2030, signed by the tests (key "),
            "{said}"
        );
        assert_eq!(state.all_directives().len(), DIRECTIVES.len());
        assert!(state.all_directives().iter().all(|row| row.from.is_none()));
        assert!(!state.applied_directives().iter().any(|id| id == "lt-2017"));
        assert_eq!(state.data_checked_on(), "2030-03-01");
        // Its switch takes it back.
        let off = reduce(&state, Action::PackToggled(state.packs.all[0].key));
        let off = reduce(&off, Action::RulesChecked(off.packs.wanted, Rc::default()));
        assert_eq!(off.data_checked_on(), DATA_CHECKED_ON);
    }

    #[test]
    fn a_data_update_that_a_new_version_has_overtaken_is_told_and_keeps_nothing_from_being_checked()
    {
        let (pack, key) = update("2026-02-01");
        let added = Action::PackAdded { name: pack.name.clone(), text: pack.text.as_str().into() };
        let before = reduce(&state([typed("Name\nA\n")]), added);
        let checked = check(bundled::files(), &[pack], &[key]);
        let state = reduce(&before, Action::RulesChecked(before.packs.wanted, Rc::new(checked)));
        let said = text::pack_status(&state.packs.all[0], &state.packs);
        let newer = text::date(DATA_CHECKED_ON);
        assert_eq!(
            said,
            format!(
                "Data update of February 1, 2026: this copy has newer data, of {newer}, so it is not used."
            )
        );
        assert_eq!(state.data_checked_on(), DATA_CHECKED_ON);
        assert_eq!(state.all_directives().len(), DIRECTIVES.len());
        assert!(reduce(&state, Action::CheckAsked).is_running());
    }

    #[test]
    fn a_directive_that_several_packs_bring_stands_once_as_the_last_has_it() {
        let all = |packs: &[PackFile], key: TrustedKey| {
            let checked = check(bundled::files(), packs, &[key]);
            assert_eq!(checked.mistakes, []);
            let mut state = State::new("2026-11-25");
            state.packs.checked = Rc::new(checked);
            state.all_directives()
        };
        let from = |rows: &[DirectiveRow], id: &str| {
            rows.iter().find(|row| row.id == id).and_then(|row| row.from.clone())
        };
        let (update, key) = update("2030-03-01");
        let own = EXAMPLES[0].text.replace("off = []", "off = [\"lt-2017\"]");
        let own = own.replace("id = \"our-order-7-2026\"", "id = \"lt-2017\"");
        let rows = all(&[update.clone(), file("own.toml", &own, true)], key.clone());
        assert_eq!(rows.len(), DIRECTIVES.len());
        let told = "From your own rules: Programs that we do not allow";
        assert_eq!(from(&rows, "lt-2017").as_deref(), Some(told));

        let (second, _) = update_of("2030-04-01", "second", "lt-2017");
        let rows = all(&[update, second], key.clone());
        assert_eq!((rows.len(), from(&rows, "lt-2017")), (DIRECTIVES.len(), None));

        // What the first of two brings anew is new in the second too.
        let (first, _) = update_of("2030-03-01", "first", "lt-2030");
        let (second, _) = update_of("2030-04-01", "second", "lt-2030");
        let rows = all(&[first, second], key);
        assert_eq!(rows.len(), DIRECTIVES.len() + 1);
        assert_eq!(from(&rows, "lt-2030").as_deref(), Some("From a data update: Data"));
    }

    #[test]
    fn an_update_by_a_key_that_is_not_built_in_is_a_mistake_and_keeps_the_list_from_being_checked()
    {
        let (pack, _) = update("2030-03-01");
        let added = Action::PackAdded { name: pack.name.clone(), text: pack.text.as_str().into() };
        let state = state([typed("Name\nA\n"), added, Action::CheckAsked]);
        assert_eq!(state.errors, [InputError::PackMistakes]);
        let mistakes = &state.packs.checked.mistakes;
        assert!(mistakes[0].message.contains("does not trust"), "{mistakes:#?}");
        assert!(state.input.has_text(), "nothing that was given is lost");
    }

    #[test]
    fn the_data_is_old_from_the_366th_day_on_whatever_it_is_of() {
        let after = |day: &str, days: i32| {
            let day: jiff::civil::Date = day.parse().unwrap_or_default();
            day.saturating_add(jiff::Span::new().days(days)).to_string()
        };
        assert!(!State::new(&after(DATA_CHECKED_ON, 365)).is_data_old());
        assert!(State::new(&after(DATA_CHECKED_ON, 366)).is_data_old());
        let (pack, key) = update("2030-03-01");
        let checked = Rc::new(check(bundled::files(), &[pack], &[key]));
        for (days, is_old) in [(365, false), (366, true)] {
            let mut state = State::new(&after("2030-03-01", days));
            state.packs.checked = checked.clone();
            assert_eq!(state.is_data_old(), is_old, "{days} days");
        }
    }

    #[test]
    fn packs_that_are_off_are_looked_at_each_alone() {
        let own = check(
            bundled::files(),
            &[
                file("a.toml", EXAMPLES[0].text, true),
                // The same ids once more would not do together.
                file("b.toml", EXAMPLES[0].text, false),
                file("c.toml", "id = 1", false),
            ],
            &[],
        );
        assert_eq!(own.packs.len(), 1);
        let files: Vec<&str> = own.mistakes.iter().map(|mistake| &*mistake.file).collect();
        assert!(!files.is_empty() && files.iter().all(|file| *file == "c.toml"), "{files:?}");
    }
}
