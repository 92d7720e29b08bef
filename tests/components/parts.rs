//! Every component.

use std::rc::Rc;

use clearlist::app::checklist::RemovalProgress;
use clearlist::app::example;
use clearlist::ui::components as c;
use expect_test::expect;
use yew::Callback;

use crate::drawing::{assert_harmless, check, check_drawn, render, values};

#[test]
fn a_sheet_is_drawn_as_what_it_holds_and_leads_nowhere_else() {
    check_drawn(
        c::sheet::examples(),
        expect![[r##"
            -- every kind of part
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
            </path>
            </svg>
            <p class="wide">&lt;script&gt;alert(1)&lt;/script&gt;<a class="usa-link" href="https://example.org/">&lt;script&gt;alert(1)&lt;/script&gt;</a>
            <a class="usa-link" href="#directives">&lt;script&gt;alert(1)&lt;/script&gt;</a>
            </p>
            <a class="usa-link">&lt;script&gt;alert(1)&lt;/script&gt;</a>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: &lt;script&gt;alert(1)&lt;/script&gt;</span>
            </label>
            <strong aria-label="&lt;script&gt;alert(1)&lt;/script&gt;">&lt;script&gt;alert(1)&lt;/script&gt;</strong>
            -- nothing

        "##]],
    );
}

#[test]
fn a_button_says_what_it_does() {
    check_drawn(
        c::outline_button::examples(),
        expect![[r#"
        -- with an id
        <button type="button" id="save" class="usa-button usa-button--outline">Save</button>
        -- without
        <button type="button" class="usa-button usa-button--outline">Save</button>
    "#]],
    );
}

#[test]
fn an_alert_has_words_and_a_shape() {
    check_drawn(
        c::alert::examples(),
        expect![[r#"
        -- with heading
        <div class="alert alert--bad">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <h3 class="alert__heading">Banned software found</h3>
        <p class="alert__paragraph">&lt;script&gt;alert(1)&lt;/script&gt;</p>
        </div>
        </div>
        </div>
        -- without heading
        <div class="alert alert--info">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <p class="alert__paragraph">&lt;script&gt;alert(1)&lt;/script&gt;</p>
        </div>
        </div>
        </div>
    "#]],
    );
}

#[test]
fn a_command_is_shown_whole_and_its_button_names_it() {
    check_drawn(
        c::command_block::examples(),
        expect![[r#"
        -- plain
        <div class="command">
        <div class="command__box">
        <pre class="command__text">
        <code id="command">dpkg -l &gt; ~/programs.txt</code>
        </pre>
        <button type="button" aria-label="Copy the command" class="usa-button usa-button--outline command__copy">Copy</button>
        </div>
        </div>
        -- labelled
        <div class="command">
        <p class="command__label">Terminal</p>
        <div class="command__box">
        <pre class="command__text">
        <code id="command">dpkg -l &gt; ~/programs.txt</code>
        </pre>
        <button type="button" aria-label="Copy the command" class="usa-button usa-button--outline command__copy">Copy</button>
        </div>
        </div>
    "#]],
    );
}

#[test]
fn an_error_links_to_its_field() {
    check_drawn(
        c::error_summary::examples(),
        expect![[r##"
        -- both
        <div id="errors" tabindex="-1" class="alert alert--bad">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <h3 class="alert__heading">The list cannot be checked yet</h3>
        <ul class="usa-list usa-list--unstyled">
        <li>
        <a href="#directives" class="usa-link">No directive is ticked. Tick at least one in step 1.</a>
        </li>
        <li>
        <a href="#paste" class="usa-link">There is no list yet. Paste one, choose a file or take an example.</a>
        </li>
        </ul>
        </div>
        </div>
        </div>
    "##]],
    );
}

#[test]
fn the_file_chooser_is_a_native_input_with_a_label() {
    check::<c::file_chooser::FileChooser>(
        c::file_chooser::examples(),
        expect![[r#"
        -- empty
        <div class="usa-form-group">
        <label for="files" class="usa-label">Or choose files</label>
        <span id="files-hint" class="usa-hint">Text, CSV, JSON, XML, Excel, ZIP. Choose as many as you like. They are checked together with what you pasted.</span>
        <div class="file-chooser">
        <span aria-hidden="true" class="file-chooser__words">Drag files here, or:</span>
        <input id="files" type="file" aria-describedby="files-hint" multiple="multiple" class="file-chooser__input">
        </div>
        </div>
    "#]],
    );
}

#[test]
fn a_remove_button_names_its_file() {
    check_drawn(
        c::file_list::examples(),
        expect![[r#"
            -- two files
            <ul aria-label="Chosen files" class="file-list">
            <li class="file-list__row">
            <span class="file-list__name">programs.csv</span>
            <span class="file-list__size">48 kB</span>
            <button type="button" id="remove-file-0" aria-label="Remove programs.csv" class="usa-button usa-button--unstyled file-list__remove">Remove</button>
            <div class="reading">
            <p class="reading__line">We took this for: Table with columns (likely), UTF-8. The first program is “&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky”.</p>
            <details class="fold">
            <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
            </summary>
            </details>
            </div>
            </li>
            <li class="file-list__row">
            <span class="file-list__name">&lt;img src=x onerror=alert(1)&gt;.csv</span>
            <span class="file-list__size">1 byte</span>
            <button type="button" id="remove-file-1" aria-label="Remove &lt;img src=x onerror=alert(1)&gt;.csv" class="usa-button usa-button--unstyled file-list__remove">Remove</button>
            <button type="button" class="usa-button usa-button--unstyled">Show how it is read<span class="usa-sr-only">: &lt;img src=x onerror=alert(1)&gt;.csv</span>
            </button>
            </li>
            </ul>
        "#]],
    );
}

#[test]
fn a_finding_shows_the_line_as_written_and_what_matched() {
    check::<c::finding_card::FindingCard>(
        c::finding_card::examples(),
        expect![[r#"
            -- hostile name
            <div class="finding">
            <h5 class="finding__name" id="finding-0" tabindex="-1">&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</h5>
            <p class="finding__facts">Publisher: AO Kaspersky Lab. On PC-01, PC-02 and &lt;b&gt;PC-03&lt;/b&gt;.</p>
            <h6 class="finding__heading">How we know</h6>
            <p class="finding__where">The list says, in office.csv, line 2:</p>
            <pre class="finding__line">
            <code>PC-01,&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky,12.6,AO Kaspersky Lab</code>
            </pre>
            <ul class="usa-list finding__evidence">
            <li>The name <q>&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky</q> matches <q>kaspersky</q>: a strong sign (rule kaspersky.endpoint-security/name)</li>
            </ul>
            <p class="finding__sure">Certain.</p>
            <details class="fold no-print">
            <summary class="fold__summary">Why? What was compared, what fitted, what was rejected</summary>
            <p role="status">Looking it up…</p>
            </details>
            <details class="fold">
            <summary class="fold__summary">Where it was found: 3 computers, 4 entries in the list</summary>
            <table class="places">
            <caption class="usa-sr-only">Where it was found: 3 computers, 4 entries in the list</caption>
            <thead>
            <tr>
            <th scope="col">Computer</th>
            <th scope="col">Where in the list</th>
            <th scope="col">Done</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <th scope="row" class="places__host">PC-01</th>
            <td>office.csv, line 2</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-01</span>
            </label>
            </td>
            </tr>
            <tr>
            <th scope="row" class="places__host">PC-02</th>
            <td>office.csv, line 3</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-02</span>
            </label>
            </td>
            </tr>
            </tbody>
            </table>
            <p class="places__more">and 1 computer more <button type="button" class="usa-button usa-button--unstyled">Show more computers</button>
            <span class="print-only">The report saved as JSON has them all.</span>
            </p>
            </details>
            <div class="finding__decide no-print">
            <button type="button" aria-expanded="false" class="usa-button usa-button--unstyled">Set aside…<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</span>
            </button>
            </div>
            </div>
        "#]],
    );
}

#[test]
fn an_icon_is_not_read_out() {
    check_drawn(
        c::icon::examples(),
        expect![[r#"
        -- bad
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>
    "#]],
    );
}

#[test]
fn the_live_region_is_there_before_it_has_anything_to_say() {
    check_drawn(
        c::live_region::examples(),
        expect![[r#"
        -- silent
        <div id="status" role="status" class="usa-sr-only">
        </div>
        -- telling
        <div id="status" role="status" class="usa-sr-only">
        <p>Copied.</p>
        </div>
    "#]],
    );
}

#[test]
fn a_list_of_computers_says_how_many_there_are() {
    check_drawn(
        c::place_list::examples(),
        expect![[r#"
            -- two of three computers
            <details class="fold">
            <summary class="fold__summary">Where it was found: 3 computers, 4 entries in the list</summary>
            <table class="places">
            <caption class="usa-sr-only">Where it was found: 3 computers, 4 entries in the list</caption>
            <thead>
            <tr>
            <th scope="col">Computer</th>
            <th scope="col">Where in the list</th>
            <th scope="col">Done</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <th scope="row" class="places__host">PC-01</th>
            <td>office.csv, line 2</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-01</span>
            </label>
            </td>
            </tr>
            <tr>
            <th scope="row" class="places__host">PC-02</th>
            <td>office.csv, line 3</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-02</span>
            </label>
            </td>
            </tr>
            </tbody>
            </table>
            <p class="places__more">and 1 computer more <button type="button" class="usa-button usa-button--unstyled">Show more computers</button>
            <span class="print-only">The report saved as JSON has them all.</span>
            </p>
            </details>
        "#]],
    );
}

#[test]
fn what_may_stay_has_nothing_to_tick_off() {
    let [(_, mut props)] =
        <[_; 1]>::try_from(c::product_card::examples()).unwrap_or_else(|_| panic!("one"));
    let mut results = props.results.as_ref().clone();
    props.checklist.done = Rc::new(vec!["something".to_owned()]);
    let drawn = |props: &c::product_card::ProductCardProps| {
        render::<c::product_card::ProductCard>(props.clone())
    };
    let progress = RemovalProgress { all_steps: 2, ..RemovalProgress::default() };
    props.checklist.progress = Rc::new(vec![progress]);
    let html = drawn(&props);
    assert!(html.contains("Done so far: 0 of 2 steps."), "{html}");
    assert!(html.contains("<th scope=\"col\">Done</th>"), "{html}");

    results.findings[0].has_to_act = false;
    props.results = Rc::new(results);
    props.checklist.progress = Rc::new(vec![RemovalProgress::default()]);
    let html = drawn(&props);
    assert!(!html.contains("Done so far"), "{html}");
    assert!(!html.contains("<th scope=\"col\">Done</th>"), "{html}");
}

#[test]
fn a_product_says_first_what_follows() {
    check::<c::product_card::ProductCard>(
        c::product_card::examples(),
        expect![[r#"
            -- banned
            <article aria-labelledby="product-0" class="product">
            <div class="product__head">
            <h4 class="product__name" id="product-0">Kaspersky Endpoint Security</h4>
            <span class="tag tag--bad">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
            </path>
            </svg>Banned</span>
            </div>
            <p class="product__facts">A product of Kaspersky. On 3 computers.</p>
            <h5 class="product__heading">What the directives say about it</h5>
            <ul class="outcomes">
            <li class="outcomes__row">
            <div class="outcomes__head">
            <strong class="outcomes__directive">BOD 17-01</strong>
            <span class="tag tag--bad">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
            </path>
            </svg>Must be removed</span>
            </div>
            <p class="outcomes__why">The directive lists Kaspersky Endpoint Security.</p>
            <p class="outcomes__sources">
            <span class="outcomes__basis">Ground: the directive names it. </span>
            <span class="sources">Source: <span>
            <a class="usa-link" href="https://www.govinfo.gov/content/pkg/FR-2017-09-19/html/2017-19838.htm" target="_blank" rel="noopener noreferrer">82 FR 43782<span class="usa-sr-only"> (opens the source’s website)</span>
            </a> [official text].</span>
            </span>
            </p>
            </li>
            </ul>
            <p class="outcomes__silent">Not covered by Example advice.</p>
            <div class="finding">
            <h5 class="finding__name" id="finding-0" tabindex="-1">&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</h5>
            <p class="finding__facts">Publisher: AO Kaspersky Lab. On PC-01, PC-02 and &lt;b&gt;PC-03&lt;/b&gt;.</p>
            <h6 class="finding__heading">How we know</h6>
            <p class="finding__where">The list says, in office.csv, line 2:</p>
            <pre class="finding__line">
            <code>PC-01,&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky,12.6,AO Kaspersky Lab</code>
            </pre>
            <ul class="usa-list finding__evidence">
            <li>The name <q>&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky</q> matches <q>kaspersky</q>: a strong sign (rule kaspersky.endpoint-security/name)</li>
            </ul>
            <p class="finding__sure">Certain.</p>
            <details class="fold no-print">
            <summary class="fold__summary">Why? What was compared, what fitted, what was rejected</summary>
            <p role="status">Looking it up…</p>
            </details>
            <details class="fold">
            <summary class="fold__summary">Where it was found: 3 computers, 4 entries in the list</summary>
            <table class="places">
            <caption class="usa-sr-only">Where it was found: 3 computers, 4 entries in the list</caption>
            <thead>
            <tr>
            <th scope="col">Computer</th>
            <th scope="col">Where in the list</th>
            <th scope="col">Done</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <th scope="row" class="places__host">PC-01</th>
            <td>office.csv, line 2</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-01</span>
            </label>
            </td>
            </tr>
            <tr>
            <th scope="row" class="places__host">PC-02</th>
            <td>office.csv, line 3</td>
            <td>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: PC-02</span>
            </label>
            </td>
            </tr>
            </tbody>
            </table>
            <p class="places__more">and 1 computer more <button type="button" class="usa-button usa-button--unstyled">Show more computers</button>
            <span class="print-only">The report saved as JSON has them all.</span>
            </p>
            </details>
            <div class="finding__decide no-print">
            <button type="button" aria-expanded="false" class="usa-button usa-button--unstyled">Set aside…<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</span>
            </button>
            </div>
            </div>
            <details class="fold removal" open="">
            <summary class="fold__summary" id="remove-0">
            <h5 class="removal__title">How to remove it (2 steps)</h5>
            </summary>
            <p>Do the steps in this order. Where a step offers several commands, one of them is enough.</p>
            <div class="removal__phase">
            <h6 class="removal__heading">Remove it</h6>
            <ol class="steps" start="1">
            <li class="steps__step">
            <p class="steps__title">Uninstall the program.</p>
            <p class="steps__text">Wait until it is done.</p>
            <p class="steps__who">An administrator of the computer has to do this.</p>
            <div class="command">
            <p class="command__label">Command Prompt, for &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</p>
            <div class="command__box">
            <pre class="command__text">
            <code id="remove-0-windows-step-1-1">msiexec /x {7EC66A95-AC2D-4127-940B-0445A526AB2F} /qn</code>
            </pre>
            <button type="button" aria-label="Copy the command of removal step 1" class="usa-button usa-button--outline command__copy">Copy</button>
            </div>
            </div>
            <p class="steps__sources">
            <span class="sources">Source: <span>
            <a class="usa-link" href="https://www.govinfo.gov/content/pkg/FR-2017-09-19/html/2017-19838.htm" target="_blank" rel="noopener noreferrer">82 FR 43782<span class="usa-sr-only"> (opens the source’s website)</span>
            </a> [the maker’s own page].</span>
            </span>
            </p>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: step 1: Uninstall the program.</span>
            </label>
            </li>
            </ol>
            </div>
            <div class="removal__phase">
            <h6 class="removal__heading">Make sure it is gone</h6>
            <ol class="steps" start="2">
            <li class="steps__step">
            <p class="steps__title">Make the list again and check it.</p>
            <p class="steps__text">Wait until it is done.</p>
            <p class="steps__who">An administrator of the computer has to do this.</p>
            <div class="command">
            <p class="command__label">Command Prompt</p>
            <div class="command__box">
            <pre class="command__text">
            <code id="remove-0-windows-step-2-1">sc query AVP</code>
            </pre>
            <button type="button" aria-label="Copy the command of removal step 2" class="usa-button usa-button--outline command__copy">Copy</button>
            </div>
            </div>
            <p class="steps__sources">
            <span class="sources">Source: <span>
            <a class="usa-link" href="https://www.govinfo.gov/content/pkg/FR-2017-09-19/html/2017-19838.htm" target="_blank" rel="noopener noreferrer">82 FR 43782<span class="usa-sr-only"> (opens the source’s website)</span>
            </a> [the maker’s own page].</span>
            </span>
            </p>
            <label class="check">
            <input type="checkbox">Done<span class="usa-sr-only">: step 2: Make the list again and check it.</span>
            </label>
            </li>
            </ol>
            </div>
            </details>
            </article>
        "#]],
    );
}

#[test]
fn the_ways_to_save_the_report_are_a_native_select_with_a_label() {
    check_drawn(
        c::export_menu::examples(),
        expect![[r#"
            -- two ways
            <div class="export no-print">
            <label for="export" class="usa-label export__label">Save the report as</label>
            <select id="export" class="choice-box">
            <option value="html" selected="selected">one HTML file</option>
            <option value="json">JSON</option>
            </select>
            <label for="marking" class="usa-label export__label">Marking, if any</label>
            <input value="" id="marking" maxlength="120" placeholder="CUI" autocomplete="off" class="usa-input export__marking">
            <button type="button" id="save-report" class="usa-button usa-button--outline">Save</button>
            </div>
        "#]],
    );
}

#[test]
fn a_copy_button_names_what_it_copies() {
    check::<c::copy_button::CopyButton>(
        c::copy_button::examples(),
        expect![[r#"
        -- a command
        <button type="button" aria-label="Copy the command" class="usa-button usa-button--outline command__copy">Copy</button>
    "#]],
    );
}

#[test]
fn a_link_has_names_only_where_a_box_is_ticked_and_says_who_can_read_it() {
    check_drawn(
        c::share::examples(),
        expect![[r#"
            -- not made yet
            <details class="fold no-print">
            <summary id="share" class="fold__summary">Share a link</summary>
            <p class="usa-hint">The link carries a short summary of this result behind its # sign. Browsers send nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.</p>
            <div class="usa-checkbox">
            <input type="checkbox" id="share-names" class="usa-checkbox__input">
            <label for="share-names" class="usa-checkbox__label">with the names of computers and files</label>
            </div>
            <div class="actions">
            <button type="button" id="make-summary" class="usa-button usa-button--outline">Make the link</button>
            </div>
            </details>
            -- made
            <details class="fold no-print">
            <summary id="share" class="fold__summary">Share a link</summary>
            <p class="usa-hint">The link carries a short summary of this result behind its # sign. Browsers send nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.</p>
            <div class="usa-checkbox">
            <input type="checkbox" id="share-names" class="usa-checkbox__input">
            <label for="share-names" class="usa-checkbox__label">with the names of computers and files</label>
            </div>
            <div class="actions">
            <button type="button" id="make-summary" class="usa-button usa-button--outline">Make the link</button>
            </div>&lt;script&gt;alert(1)&lt;/script&gt;<div class="actions">
            <button type="button" id="share-with" class="usa-button usa-button--outline">Share…</button>
            </div>
            </details>
            -- too long
            <details class="fold no-print">
            <summary id="share" class="fold__summary">Share a link</summary>
            <p class="usa-hint">The link carries a short summary of this result behind its # sign. Browsers send nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.</p>
            <div class="usa-checkbox">
            <input type="checkbox" id="share-names" class="usa-checkbox__input">
            <label for="share-names" class="usa-checkbox__label">with the names of computers and files</label>
            </div>
            <div class="actions">
            <button type="button" id="make-summary" class="usa-button usa-button--outline">Make the link</button>
            </div>&lt;script&gt;alert(1)&lt;/script&gt;</details>
            -- in a browser that hands nothing over
            <details class="fold no-print">
            <summary id="share" class="fold__summary">Share a link</summary>
            <p class="usa-hint">The link carries a short summary of this result behind its # sign. Browsers send nothing of that part to any server: it is read only on the computer where the link is opened. Whoever gets the link can read it, and so can the mail or chat service that carries it and the history of the browser that opens it.</p>
            <div class="usa-checkbox">
            <input type="checkbox" id="share-names" class="usa-checkbox__input">
            <label for="share-names" class="usa-checkbox__label">with the names of computers and files</label>
            </div>
            <div class="actions">
            <button type="button" id="make-summary" class="usa-button usa-button--outline">Make the link</button>
            </div>&lt;script&gt;alert(1)&lt;/script&gt;</details>
        "#]],
    );
}

#[test]
fn a_query_says_how_it_is_run_and_what_it_cannot_find() {
    check_drawn(
        c::fleet_queries::examples(),
        expect![[r#"
        -- none
        <details class="fold">
        <summary id="fleet" class="fold__summary">Check a whole fleet: ask your own inventory tool</summary>
        <p class="usa-hint">If a tool already knows what is on your computers, let it look. This page writes the query for it from the directives that are ticked in step 1, and from your own rules. Run it there, save the answer, and give that to step 3: there it is judged, with what to do.</p>
        <label for="engine" class="usa-label">Your tool</label>
        <select id="engine" class="choice-box">
        <option value="" selected="selected">Choose a tool</option>
        <option value="sql">SQL</option>
        </select>
        </details>
        -- waiting
        <details class="fold">
        <summary id="fleet" class="fold__summary">Check a whole fleet: ask your own inventory tool</summary>
        <p class="usa-hint">If a tool already knows what is on your computers, let it look. This page writes the query for it from the directives that are ticked in step 1, and from your own rules. Run it there, save the answer, and give that to step 3: there it is judged, with what to do.</p>
        <label for="engine" class="usa-label">Your tool</label>
        <select id="engine" class="choice-box">
        <option value="">Choose a tool</option>
        <option value="sql" selected="selected">SQL</option>
        </select>
        <p>Run it where the table is.</p>
        <p>Writing it…</p>
        </details>
        -- written
        <details class="fold">
        <summary id="fleet" class="fold__summary">Check a whole fleet: ask your own inventory tool</summary>
        <p class="usa-hint">If a tool already knows what is on your computers, let it look. This page writes the query for it from the directives that are ticked in step 1, and from your own rules. Run it there, save the answer, and give that to step 3: there it is judged, with what to do.</p>
        <label for="engine" class="usa-label">Your tool</label>
        <select id="engine" class="choice-box">
        <option value="">Choose a tool</option>
        <option value="sql" selected="selected">SQL</option>
        </select>
        <p>Run it where the table is.</p>
        <div class="query">
        <label for="query-1" class="usa-label">Text of clearlist.sql</label>
        <textarea id="query-1" rows="10" wrap="off" spellcheck="false" readonly="readonly" class="usa-textarea paste pack__text">&lt;script&gt;alert(1)&lt;/script&gt;</textarea>
        <div class="query__buttons">
        <button type="button" aria-label="Copy clearlist.sql" class="usa-button usa-button--outline command__copy">Copy</button>
        <button type="button" id="query-1-save" aria-label="Save as file clearlist.sql" class="usa-button usa-button--outline">Save as file</button>
        </div>
        </div>
        <p>What this cannot find, and Clearlist can in a full list:</p>
        <ul class="usa-list">
        <li>No signers. These are 2 conditions.</li>
        </ul>
        </details>
    "#]],
    );
}

#[test]
fn own_rules_say_where_each_mistake_is_and_take_the_reader_there() {
    check_drawn(
        c::own_rules::examples(),
        expect![[r#"
            -- none
            <details open="open" class="fold">
            <summary id="own-rules" class="fold__summary">Your own rules: none</summary>
            <p class="usa-hint">Does your organisation have a list of programs that are not allowed, or an order that is not among the directives? Write it down once as a file of rules (a pack). It is applied like the directives, and can switch some of them off.</p>
            <div role="group" aria-labelledby="packs-label" class="samples">
            <p id="packs-label" class="samples__label">Start with an example that explains itself</p>
            <ul class="samples__list">
            <li>
            <button type="button" class="usa-button usa-button--outline samples__button">A list of programs</button>
            </li>
            </ul>
            </div>
            <label for="pack-files" class="usa-label">Or choose files of rules that you have<span class="usa-hint choice__line">Files that end in .toml, as saved here or made by clearlist pack init. Signed data updates go here too.</span>
            </label>
            <input id="pack-files" type="file" accept=".toml,text/plain" multiple="multiple" class="file-chooser__input">
            <div class="usa-checkbox">
            <input type="checkbox" id="keep-packs" class="usa-checkbox__input">
            <label for="keep-packs" class="usa-checkbox__label">Remember my rules in this browser<span class="usa-checkbox__label-description">They are kept on this computer for this page alone, until you untick this. Your lists and results are never kept.</span>
            </label>
            </div>
            </details>
            -- one with a mistake, open
            <details open="open" class="fold">
            <summary id="own-rules" class="fold__summary">Your own rules: 1 file</summary>
            <p class="usa-hint">Does your organisation have a list of programs that are not allowed, or an order that is not among the directives? Write it down once as a file of rules (a pack). It is applied like the directives, and can switch some of them off.</p>
            <p class="usa-error-message">Your own rules have mistakes. Mend them in step 1, or untick the file they are in.</p>
            <ul aria-label="Your files of rules" class="packs">
            <li class="pack">
            <div class="usa-checkbox">
            <input checked type="checkbox" id="pack-7-on" class="usa-checkbox__input">
            <label for="pack-7-on" class="usa-checkbox__label">&lt;script&gt;alert(1)&lt;/script&gt;.toml<span class="usa-checkbox__label-description">
            <span class="choice__line">1 mistake. Nothing is checked until it is mended.</span>
            </span>
            </label>
            </div>
            <div class="pack__buttons">
            <button type="button" id="pack-7" aria-expanded="true" class="usa-button usa-button--unstyled">Close<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt;.toml</span>
            </button>
            <button type="button" id="pack-7-save" class="usa-button usa-button--unstyled">Save as file<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt;.toml</span>
            </button>
            <button type="button" class="usa-button usa-button--unstyled">Remove<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt;.toml</span>
            </button>
            </div>
            <ul class="pack__mistakes">
            <li>
            <button type="button" class="usa-button usa-button--unstyled">Line 3, column 1</button>: found &lt;script&gt;alert(1)&lt;/script&gt; For example: <code>relation = "branded"</code>
            </li>
            </ul>
            <label for="pack-7-text" class="usa-label">Text of &lt;script&gt;alert(1)&lt;/script&gt;.toml</label>
            <textarea id="pack-7-text" aria-invalid="true" rows="20" wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off" class="usa-textarea paste pack__text">&lt;script&gt;alert(1)&lt;/script&gt;</textarea>
            </li>
            </ul>
            <div role="group" aria-labelledby="packs-label" class="samples">
            <p id="packs-label" class="samples__label">Start with an example that explains itself</p>
            <ul class="samples__list">
            <li>
            <button type="button" class="usa-button usa-button--outline samples__button">A list of programs</button>
            </li>
            </ul>
            </div>
            <label for="pack-files" class="usa-label">Or choose files of rules that you have<span class="usa-hint choice__line">Files that end in .toml, as saved here or made by clearlist pack init. Signed data updates go here too.</span>
            </label>
            <input id="pack-files" type="file" accept=".toml,text/plain" multiple="multiple" class="file-chooser__input">
            <div class="usa-checkbox">
            <input type="checkbox" id="keep-packs" class="usa-checkbox__input">
            <label for="keep-packs" class="usa-checkbox__label">Remember my rules in this browser<span class="usa-checkbox__label-description">They are kept on this computer for this page alone, until you untick this. Your lists and results are never kept.</span>
            </label>
            </div>
            </details>
        "#]],
    );
}

#[test]
fn progress_is_told_in_words() {
    check_drawn(
        c::scan_progress::examples(),
        expect![[r#"
            -- starting
            <div class="scan-progress">
            <label for="progress" class="scan-progress__label">Checking the list</label>
            <progress id="progress" class="scan-progress__bar">
            </progress>
            <p class="scan-progress__words">Starting…</p>
            </div>
            -- on the way
            <div class="scan-progress">
            <label for="progress" class="scan-progress__label">Checking the list</label>
            <progress id="progress" max="126000000" value="48000000" class="scan-progress__bar">
            </progress>
            <p class="scan-progress__words">48 MB of 126 MB read: 381,000 entries, 3 matches so far</p>
            </div>
            -- silent
            <div class="scan-progress">
            <label for="progress" class="scan-progress__label">Checking the list</label>
            <progress id="progress" max="126000000" value="48000000" class="scan-progress__bar">
            </progress>
            <p class="scan-progress__words">48 MB of 126 MB read: 381,000 entries, 3 matches so far</p>
            <p class="scan-progress__words">
            <strong>Nothing new for 20 seconds. Large packed files and slow computers can take that long. If it goes on, cancel and check again, with fewer or smaller files: your list stays here.</strong>
            </p>
            </div>
        "#]],
    );
}

#[test]
fn the_lines_of_a_source_add_up() {
    check_drawn(
        c::source_card::examples(),
        expect![[r#"
            -- a table
            <div class="source">
            <h4 class="source__name">office.csv</h4>
            <dl class="terms">
            <div class="terms__row">
            <dt>Size</dt>
            <dd>1.2 kB</dd>
            </div>
            <div class="terms__row">
            <dt>Read as</dt>
            <dd>Table with columns (likely: the first line names columns)</dd>
            </div>
            <div class="terms__row">
            <dt>Text encoding</dt>
            <dd>UTF-8 (every byte of it is valid UTF-8)</dd>
            </div>
            <div class="terms__row">
            <dt>Lines</dt>
            <dd>7 lines = 5 with programs + 1 without (headings, blank lines, notes) + 1 that could not be read</dd>
            </div>
            <div class="terms__row">
            <dt>Entries</dt>
            <dd>5, of which 1 are not installed</dd>
            </div>
            <div class="terms__row">
            <dt>Computers</dt>
            <dd>3</dd>
            </div>
            <div class="terms__row">
            <dt>Fingerprint (SHA-256)</dt>
            <dd>
            <code class="hash">9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</code>
            </dd>
            </div>
            </dl>
            <details class="fold">
            <summary class="fold__summary">First entries, as they were read<span class="usa-sr-only">: office.csv</span>
            </summary>
            <div class="wide" role="group" tabindex="0" aria-label="First entries of office.csv, as they were read">
            <table class="places">
            <caption class="places__caption">First entries of office.csv, as they were read</caption>
            <thead>
            <tr>
            <th scope="col">Name</th>
            <th scope="col">Version</th>
            <th scope="col">Publisher</th>
            <th scope="col">Computer</th>
            <th scope="col">Line</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <th scope="row">&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky</th>
            <td>12.6</td>
            <td>–</td>
            <td>PC-01</td>
            <td>2</td>
            </tr>
            </tbody>
            </table>
            </div>
            </details>
            <p class="no-print">
            <button type="button" class="usa-button usa-button--unstyled">Change how it is read<span class="usa-sr-only">: office.csv</span>
            </button>
            </p>
            </div>
        "#]],
    );
}

#[test]
fn a_step_is_a_region_named_by_its_heading() {
    check_drawn(
        c::step_section::examples(),
        expect![[r#"
        -- first
        <section aria-labelledby="who" class="step">
        <h2 id="who" tabindex="-1" class="step__heading">
        <span class="step__number">
        <span class="usa-sr-only">Step </span>1<span class="usa-sr-only">: </span>
        </span>
        <span>Who are you?</span>
        </h2>
        <div class="step__body">
        <p>…</p>
        </div>
        </section>
    "#]],
    );
}

#[test]
fn an_explanation_is_folded_and_asked_for_when_it_is_opened() {
    check_drawn(
        c::why::examples(),
        expect![[r#"
            -- not asked yet
            <details class="fold no-print">
            <summary class="fold__summary">Why? What was compared, what fitted, what was rejected</summary>
            <p role="status">Looking it up…</p>
            </details>
            -- answered
            <details class="fold">
            <summary class="fold__summary">Why? What was compared, what fitted, what was rejected</summary>
            <p>
            <strong>What it is</strong>
            </p>
            <ul class="usa-list">
            <li>It is &lt;script&gt;alert(1)&lt;/script&gt;.</li>
            </ul>
            </details>
        "#]],
    );
}

#[test]
fn findings_are_looked_through_by_native_fields_with_labels() {
    check_drawn(
        c::browse::examples(),
        expect![[r#"
            -- none
            <div class="part no-print">
            <h3 id="browse" tabindex="-1">Look through what was checked and found</h3>
            <div class="browse">
            <div>
            <label for="browse-by" class="usa-label">A row for each</label>
            <select id="browse-by" class="choice-box">
            <option value="program" selected="selected">program</option>
            <option value="product">product</option>
            <option value="computer">computer</option>
            <option value="directive">directive</option>
            <option value="checked">program that was checked</option>
            </select>
            </div>
            <div>
            <label for="browse-outcome" class="usa-label">Outcome</label>
            <select id="browse-outcome" class="choice-box">
            <option value="" selected="selected">any</option>
            <option value="prohibited">Banned</option>
            <option value="review">Needs a decision</option>
            <option value="indicator">A sign to follow up</option>
            <option value="embedded">Left out: part of another product</option>
            <option value="exempt">Expressly left out</option>
            <option value="not-covered">Not covered</option>
            </select>
            </div>
            <div>
            <label for="browse-directive" class="usa-label">Directive</label>
            <select id="browse-directive" class="choice-box">
            <option value="" selected="selected">any</option>
            <option value="us-dhs-bod-17-01">BOD 17-01</option>
            <option value="example-advice">Example advice</option>
            </select>
            </div>
            <div>
            <label for="browse-sort" class="usa-label">First</label>
            <select id="browse-sort" class="choice-box">
            <option value="gravest" selected="selected">what is gravest</option>
            <option value="name">by name</option>
            <option value="most">what is most</option>
            </select>
            </div>
            <div class="browse__search">
            <label for="browse-search" class="usa-label">Find a program, product or computer</label>
            <input value="" id="browse-search" type="search" autocomplete="off" class="usa-input">
            </div>
            </div>
            <p role="status">No row fits. Choose less, or look for something else.</p>
            <p class="actions">
            </p>
            </div>
            -- the second of three pages
            <div class="part no-print">
            <h3 id="browse" tabindex="-1">Look through what was checked and found</h3>
            <div class="browse">
            <div>
            <label for="browse-by" class="usa-label">A row for each</label>
            <select id="browse-by" class="choice-box">
            <option value="program" selected="selected">program</option>
            <option value="product">product</option>
            <option value="computer">computer</option>
            <option value="directive">directive</option>
            <option value="checked">program that was checked</option>
            </select>
            </div>
            <div>
            <label for="browse-outcome" class="usa-label">Outcome</label>
            <select id="browse-outcome" class="choice-box">
            <option value="" selected="selected">any</option>
            <option value="prohibited">Banned</option>
            <option value="review">Needs a decision</option>
            <option value="indicator">A sign to follow up</option>
            <option value="embedded">Left out: part of another product</option>
            <option value="exempt">Expressly left out</option>
            <option value="not-covered">Not covered</option>
            </select>
            </div>
            <div>
            <label for="browse-directive" class="usa-label">Directive</label>
            <select id="browse-directive" class="choice-box">
            <option value="" selected="selected">any</option>
            <option value="us-dhs-bod-17-01">BOD 17-01</option>
            <option value="example-advice">Example advice</option>
            </select>
            </div>
            <div>
            <label for="browse-sort" class="usa-label">First</label>
            <select id="browse-sort" class="choice-box">
            <option value="gravest" selected="selected">what is gravest</option>
            <option value="name">by name</option>
            <option value="most">what is most</option>
            </select>
            </div>
            <div class="browse__search">
            <label for="browse-search" class="usa-label">Find a program, product or computer</label>
            <input value="&lt;script&gt;alert(1)&lt;/script&gt;" id="browse-search" type="search" autocomplete="off" class="usa-input">
            </div>
            </div>
            <p role="status">Rows 51 to 100 of 120.</p>
            <table aria-labelledby="browse" class="places">
            <thead>
            <tr>
            <th scope="col">Program</th>
            <th scope="col">Outcome</th>
            <th scope="col">Computers</th>
            <th scope="col">Which</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <th scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>
            <td>Banned</td>
            <td>1</td>
            <td>&lt;script&gt;alert(1)&lt;/script&gt;</td>
            </tr>
            </tbody>
            </table>
            <p class="actions">
            <button type="button" class="usa-button usa-button--outline">Rows before</button>
            <button type="button" class="usa-button usa-button--outline">Next rows</button>
            </p>
            </div>
        "#]],
    );
}

#[test]
fn a_decision_asks_for_a_reason_a_name_and_a_last_day() {
    check_drawn(
        c::set_aside::examples(),
        expect![[r#"
            -- closed
            <div class="finding__decide no-print">
            <button type="button" aria-expanded="false" class="usa-button usa-button--unstyled">Set aside…<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</span>
            </button>
            </div>
            -- open
            <div class="finding__decide no-print">
            <button type="button" aria-expanded="true" class="usa-button usa-button--unstyled">Set aside…<span class="usa-sr-only"> &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6</span>
            </button>
            <form class="set-aside">
            <p class="usa-hint">Something is not what it was taken for, or may stay for a time? Record the decision. What is set aside no longer counts as found, and is still in every report.</p>
            <label for="aside-0-kind" class="usa-label">Kind of decision</label>
            <select id="aside-0-kind" name="kind" class="choice-box">
            <option value="false-positive" selected="selected">False positive: it is something else</option>
            <option value="approved-exception">Approved exception: it may stay for a time</option>
            <option value="exempt-product">Exempt product: it is not covered for us</option>
            </select>
            <label for="aside-0-scope" class="usa-label">It is for</label>
            <select id="aside-0-scope" name="scope" class="choice-box">
            <option value="finding" selected="selected">this very program (name, version and publisher)</option>
            <option value="">the product, whatever its name and version</option>
            </select>
            <label for="aside-0-hosts" class="usa-label">Only on these computers<span class="usa-hint choice__line">Names with commas between; * stands for any text. Leave it empty for all.</span>
            </label>
            <input id="aside-0-hosts" name="hosts" autocomplete="off" class="usa-input">
            <label for="aside-0-reason" class="usa-label">Reason</label>
            <textarea id="aside-0-reason" name="reason" required="required" class="usa-textarea set-aside__reason">
            </textarea>
            <label for="aside-0-by" class="usa-label">Decided by</label>
            <input id="aside-0-by" name="by" autocomplete="off" required="required" class="usa-input">
            <label for="aside-0-until" class="usa-label">Holds until<span class="usa-hint choice__line">After this day it no longer counts.</span>
            </label>
            <input type="date" id="aside-0-until" name="until" min="2026-11-24" required="required" class="usa-input set-aside__day">
            <label for="aside-0-reference" class="usa-label">Ticket or file number, if there is one</label>
            <input id="aside-0-reference" name="reference" autocomplete="off" class="usa-input">
            <button type="submit" class="usa-button usa-button--outline">Record the decision</button>
            </form>
            </div>
        "#]],
    );
}

#[test]
fn decisions_say_what_they_set_aside_and_can_be_taken_back() {
    check_drawn(
        c::decisions::examples(),
        expect![[r#"
            -- none
            <div class="part no-print">
            <h3 id="decisions" tabindex="-1">Decisions</h3>
            <p class="no-print">No decision is recorded. Choose “Set aside…” below a program to record one, or load a file of decisions.</p>
            <div class="no-print">
            <label for="decision-files" class="usa-label">Load a file of decisions<span class="usa-hint choice__line">A waivers.toml, as it was saved here or written for the command line.</span>
            </label>
            <input id="decision-files" type="file" accept=".toml,text/plain" class="file-chooser__input">
            </div>
            </div>
            -- one, one taken back, mistakes
            <div class="part">
            <h3 id="decisions" tabindex="-1">Decisions</h3>
            <ul class="decisions">
            <li class="decision">
            <p class="decision__words">false positive until 2027-01-01, decided by &lt;script&gt;alert(1)&lt;/script&gt;</p>
            <ul class="usa-list">
            <li>&lt;script&gt;alert(1)&lt;/script&gt; on PC-1</li>
            <li>and 2 more</li>
            <li>Decision 2026-1 ended on 2026-01-01.</li>
            </ul>
            <button type="button" class="usa-button usa-button--unstyled no-print">Take back<span class="usa-sr-only"> 2026-1</span>
            </button>
            </li>
            </ul>
            <p class="notice no-print">The decision was taken back. <button type="button" id="decision-undo" class="usa-button usa-button--unstyled">Undo</button>
            </p>
            <p class="usa-error-message">The file has mistakes and was not loaded:</p>
            <ul class="usa-list">
            <li>line 3: found &lt;script&gt;alert(1)&lt;/script&gt;</li>
            </ul>
            <div class="no-print">
            <button type="button" id="save-decisions" class="usa-button usa-button--outline">Save the decisions as a file</button>
            <div class="usa-checkbox">
            <input type="checkbox" id="keep-decisions" class="usa-checkbox__input">
            <label for="keep-decisions" class="usa-checkbox__label">Remember them in this browser<span class="usa-checkbox__label-description">They are then kept on this computer until you untick this. Your lists never are.</span>
            </label>
            </div>
            <p class="usa-error-message">This browser did not let the page remember them. Save them as files instead.</p>
            <label for="decision-files" class="usa-label">Load a file of decisions<span class="usa-hint choice__line">A waivers.toml, as it was saved here or written for the command line.</span>
            </label>
            <input id="decision-files" type="file" accept=".toml,text/plain" class="file-chooser__input">
            </div>
            </div>
        "#]],
    );
}

#[test]
fn a_comparison_says_why_a_removal_is_not_complete() {
    check_drawn(
        c::comparison::examples(),
        expect![[r#"
            -- none, a wrong file
            <div class="part no-print">
            <h3 id="comparison" tabindex="-1">Compare with an earlier report</h3>
            <p class="usa-error-message">This file cannot be compared with: found &lt;script&gt;alert(1)&lt;/script&gt;.</p>
            <div class="no-print">
            <label for="earlier-report" class="usa-label">A report that was saved earlier, as HTML or JSON<span class="usa-hint choice__line">Shows what is gone, what remains and what is new, and whether the removal is complete.</span>
            </label>
            <input id="earlier-report" type="file" accept=".html,.json" class="file-chooser__input">
            </div>
            </div>
            -- one remaining
            <div class="part">
            <h3 id="comparison" tabindex="-1">Compare with an earlier report</h3>
            <div class="alert alert--attention">
            <div class="alert__body">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
            </path>
            </svg>
            <div class="alert__text">
            <p class="alert__paragraph">Removal is not shown to be complete. Since 2026-11-01: 1 remaining, counted by product and computer.</p>
            <ul class="usa-list">
            <li>1 program that has to go is still there.</li>
            </ul>
            </div>
            </div>
            </div>
            <table class="places">
            <thead>
            <tr>
            <th scope="col">What became of it</th>
            <th scope="col">Program</th>
            <th scope="col">Computers</th>
            </tr>
            </thead>
            <tbody>
            <tr>
            <td>remaining</td>
            <td>&lt;script&gt;alert(1)&lt;/script&gt; (prohibited)</td>
            <td>PC-1</td>
            </tr>
            </tbody>
            </table>
            <p>Computers not read again: &lt;script&gt;alert(1)&lt;/script&gt;</p>
            <div class="no-print">
            <label for="earlier-report" class="usa-label">A report that was saved earlier, as HTML or JSON<span class="usa-hint choice__line">Shows what is gone, what remains and what is new, and whether the removal is complete.</span>
            </label>
            <input id="earlier-report" type="file" accept=".html,.json" class="file-chooser__input">
            </div>
            </div>
        "#]],
    );
}

#[test]
fn a_choice_is_a_native_select_with_a_label() {
    check::<c::choice_box::ChoiceBox>(
        c::choice_box::examples(),
        expect![[r#"
        -- second chosen
        <select id="encoding" aria-label="Text encoding" class="choice-box">
        <option value="">Find it out</option>
        <option value="utf-8" selected="selected">&lt;b&gt;UTF-8&lt;/b&gt;</option>
        </select>
    "#]],
    );
}

#[test]
fn what_a_list_was_taken_for_is_said_before_anything_is_opened() {
    let short = c::reading_fold::examples().into_iter().map(|(name, props)| {
        let html = render::<c::reading_fold::ReadingFold>(props);
        assert_harmless(name, &html);
        // Each choice offers the same.
        let parts = html
            .split("</option>")
            .filter(|part| !part.starts_with("<option") || part.contains("selected"));
        format!("-- {name}\n{}\n", parts.collect::<String>().replace("><", ">\n<"))
    });
    expect![[r#"
        -- a table
        <div class="reading">
        <p class="reading__line">We took this for: Table with columns (likely), UTF-8. The first program is “&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky”.</p>
        <details class="fold">
        <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
        </summary>
        </details>
        </div>
        -- waiting
        <div class="reading">
        <p class="reading__line">Looking at the beginning of it…</p>
        <details class="fold">
        <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
        </summary>
        </details>
        </div>
        -- unread
        <div class="reading">
        <p class="reading__line">The beginning of it could not be looked at. The check will say why.</p>
        <details class="fold">
        <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
        </summary>
        </details>
        </div>
        -- open
        <div class="reading">
        <p class="reading__line">We took this for: Table with columns (likely), UTF-8. The first program is “&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky”.</p>
        <details open="open" class="fold">
        <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
        </summary>
        <fieldset class="usa-fieldset reading__form">
        <legend class="usa-sr-only">How office.csv is read</legend>
        <p class="reading__hint">Why: the first line names columns. Text encoding UTF-8: every byte of it is valid UTF-8.</p>
        <div class="wide" role="group" tabindex="0" aria-label="First entries of office.csv, as they were read">
        <table class="places">
        <caption class="places__caption">First entries of office.csv, as they were read</caption>
        <thead>
        <tr>
        <th scope="col">Name</th>
        <th scope="col">Version</th>
        <th scope="col">Publisher</th>
        <th scope="col">Computer</th>
        <th scope="col">Line</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th scope="row">&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky</th>
        <td>12.6</td>
        <td>–</td>
        <td>PC-01</td>
        <td>2</td>
        </tr>
        </tbody>
        </table>
        </div>
        <div class="reading__fields">
        <div class="reading__field">
        <label for="format-file-0" class="usa-label">What it is</label>
        <select id="format-file-0" class="choice-box">
        <option value="" selected="selected">Find it out</select>
        </div>
        <div class="reading__field">
        <label for="encoding-file-0" class="usa-label">Text encoding</label>
        <select id="encoding-file-0" class="choice-box">
        <option value="" selected="selected">Find it out</select>
        </div>
        <div class="reading__field">
        <label for="host-file-0" class="usa-label">Computer</label>
        <span id="host-file-0-hint" class="usa-hint">For entries that name no computer. If this is empty they are on “pc-0815”, after the file.</span>
        <input value="" id="host-file-0" type="text" aria-describedby="host-file-0-hint" autocomplete="off" autocapitalize="off" spellcheck="false" class="usa-input">
        </div>
        </div>
        <p class="reading__hint">Say what each column holds. It is remembered, while this page is open, for every list with the same headings.</p>
        <div role="group" tabindex="0" aria-label="Columns of office.csv" class="wide">
        <table class="places columns">
        <caption class="places__caption">Columns of office.csv</caption>
        <thead>
        <tr>
        <th scope="col">Column</th>
        <th scope="col">First rows</th>
        <th scope="col">What it holds</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th scope="row">Computer</th>
        <td>PC-01</td>
        <td>
        <select id="column-file-0-1" aria-label="What Computer holds" class="choice-box">
        <option value="">Nothing that is used<option value="3" selected="selected">Computer</select>
        </td>
        </tr>
        <tr>
        <th scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>
        <td>&lt;b&gt;1&lt;/b&gt;</td>
        <td>
        <select id="column-file-0-2" aria-label="What &lt;script&gt;alert(1)&lt;/script&gt; holds" class="choice-box">
        <option value="" selected="selected">Nothing that is used</select>
        </td>
        </tr>
        </tbody>
        </table>
        </div>
        <div class="usa-checkbox">
        <input checked type="checkbox" id="heading-file-0" class="usa-checkbox__input">
        <label for="heading-file-0" class="usa-checkbox__label">The first row holds headings, not a program</label>
        </div>
        </fieldset>
        </details>
        </div>
        -- open, without headings, and mapped
        <div class="reading">
        <p class="reading__line">We took this for: Table with columns (likely, columns as you chose), UTF-8. The first program is “&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky”.</p>
        <details open="open" class="fold">
        <summary id="reading-file-0" class="fold__summary">Not right? See how it is read and change it<span class="usa-sr-only">: office.csv</span>
        </summary>
        <fieldset class="usa-fieldset reading__form">
        <legend class="usa-sr-only">How office.csv is read</legend>
        <p class="reading__hint">Why: the first line names columns. Text encoding UTF-8: every byte of it is valid UTF-8.</p>
        <div class="wide" role="group" tabindex="0" aria-label="First entries of office.csv, as they were read">
        <table class="places">
        <caption class="places__caption">First entries of office.csv, as they were read</caption>
        <thead>
        <tr>
        <th scope="col">Name</th>
        <th scope="col">Version</th>
        <th scope="col">Publisher</th>
        <th scope="col">Computer</th>
        <th scope="col">Line</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th scope="row">&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky</th>
        <td>12.6</td>
        <td>–</td>
        <td>PC-01</td>
        <td>2</td>
        </tr>
        </tbody>
        </table>
        </div>
        <div class="reading__fields">
        <div class="reading__field">
        <label for="format-file-0" class="usa-label">What it is</label>
        <select id="format-file-0" class="choice-box">
        <option value="" selected="selected">Find it out</select>
        </div>
        <div class="reading__field">
        <label for="encoding-file-0" class="usa-label">Text encoding</label>
        <select id="encoding-file-0" class="choice-box">
        <option value="" selected="selected">Find it out</select>
        </div>
        <div class="reading__field">
        <label for="host-file-0" class="usa-label">Computer</label>
        <span id="host-file-0-hint" class="usa-hint">For entries that name no computer. If this is empty they are on “pc-0815”, after the file.</span>
        <input value="" id="host-file-0" type="text" aria-describedby="host-file-0-hint" autocomplete="off" autocapitalize="off" spellcheck="false" class="usa-input">
        </div>
        </div>
        <p class="reading__hint">Say what each column holds. It is remembered, while this page is open, for every list with the same headings.</p>
        <div role="group" tabindex="0" aria-label="Columns of office.csv" class="wide">
        <table class="places columns">
        <caption class="places__caption">Columns of office.csv</caption>
        <thead>
        <tr>
        <th scope="col">Column</th>
        <th scope="col">First rows</th>
        <th scope="col">What it holds</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <th scope="row">Column 1</th>
        <td>PC-01</td>
        <td>
        <select id="column-file-0-1" aria-label="What Column 1 holds" class="choice-box">
        <option value="">Nothing that is used<option value="3" selected="selected">Computer</select>
        </td>
        </tr>
        <tr>
        <th scope="row">Column 2</th>
        <td>&lt;b&gt;1&lt;/b&gt;</td>
        <td>
        <select id="column-file-0-2" aria-label="What Column 2 holds" class="choice-box">
        <option value="" selected="selected">Nothing that is used</select>
        </td>
        </tr>
        </tbody>
        </table>
        </div>
        <div class="usa-checkbox">
        <input type="checkbox" id="heading-file-0" class="usa-checkbox__input">
        <label for="heading-file-0" class="usa-checkbox__label">The first row holds headings, not a program</label>
        </div>
        <p class="reading__hint">The columns are read as you said. <button type="button" class="usa-button usa-button--unstyled">Find it out instead</button>
        </p>
        </fieldset>
        </details>
        </div>
    "#]].assert_eq(&short.collect::<String>());
}

#[test]
fn the_reading_is_changed_in_native_fields_with_labels() {
    let (name, props) = c::reading_fold::examples().swap_remove(3);
    let html = render::<c::reading_fold::ReadingFold>(props);
    assert_harmless(name, &html);
    let ids = values(&html, "id");
    for id in values(&html, "for").into_iter().chain(values(&html, "aria-describedby")) {
        assert!(ids.contains(&id), "{id} is not in\n{html}");
    }
    for expected in [
        "<legend class=\"usa-sr-only\">How office.csv is read</legend>",
        "<label for=\"format-file-0\" class=\"usa-label\">",
        "<label for=\"encoding-file-0\" class=\"usa-label\">",
        "<label for=\"host-file-0\" class=\"usa-label\">",
        "aria-label=\"What Computer holds\"",
        "<label for=\"heading-file-0\" class=\"usa-checkbox__label\">",
    ] {
        assert!(html.contains(expected), "{expected} is not in\n{html}");
    }
}

#[test]
fn a_list_that_cannot_be_read_says_so_in_its_line() {
    let mut reading = example::reading();
    let mut preview = reading.preview.as_deref().cloned().expect("the example has one");
    preview.problems = vec![example::no_list()];
    reading.preview = Some(Rc::new(preview));
    let props =
        c::reading_fold::ReadingFoldProps { reading, is_open: false, on_action: Callback::noop() };
    let html = render::<c::reading_fold::ReadingFold>(props);
    assert!(html.contains("It cannot be read as a list of programs. This is a PNG"), "{html}");
}
