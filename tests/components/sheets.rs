//! The pieces of the results that are only read, as the worker makes them and the page draws them.

use clearlist::app::sheets as s;
use expect_test::expect;

use crate::drawing::check_sheets;

#[test]
fn the_answer_comes_first_and_says_what_it_rests_on() {
    check_sheets(
        s::answer::examples(),
        expect![[r##"
            -- found
            <div class="alert alert--bad answer" id="answer" tabindex="-1">
            <div class="alert__body">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
            </path>
            </svg>
            <div class="alert__text">
            <h3 class="alert__heading">Banned software found</h3>
            <p class="alert__paragraph answer__sentence">1 product that BOD 17-01 requires you to remove was found on 3 computers.</p>
            <p class="alert__paragraph">
            <a class="usa-link no-print" href="#browse">2 programs were checked: look through all</a>
            </p>
            </div>
            </div>
            </div>
            <div class="rests-on">
            <h3>What this answer rests on</h3>
            <ul class="usa-list">
            <li>office.csv: Table with columns, 5 entries, 1 of them not installed, on 3 computers.</li>
            </ul>
            <p>
            <strong>Limits of this list:</strong> Programs of single users are missing.</p>
            </div>
            -- clear
            <div class="alert alert--good answer" id="answer" tabindex="-1">
            <div class="alert__body">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-2 15-5-5 1.4-1.4 3.6 3.6 7.6-7.6L19 8Z" fill="currentColor">
            </path>
            </svg>
            <div class="alert__text">
            <h3 class="alert__heading">Nothing found</h3>
            <p class="alert__paragraph answer__sentence">Nothing covered was found among 2 programs on 3 computers.</p>
            <p class="alert__paragraph">
            <a class="usa-link no-print" href="#browse">2 programs were checked: look through all</a>
            </p>
            </div>
            </div>
            </div>
            <div class="rests-on">
            <h3>What this answer rests on</h3>
            <ul class="usa-list">
            <li>office.csv: Table with columns, 5 entries, 1 of them not installed, on 3 computers.</li>
            </ul>
            <p>
            <strong>Limits of this list:</strong> Programs of single users are missing.</p>
            </div>
            -- nothing read
            <div class="alert alert--attention answer" id="answer" tabindex="-1">
            <div class="alert__body">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
            </path>
            </svg>
            <div class="alert__text">
            <h3 class="alert__heading">No list of programs found</h3>
            <p class="alert__paragraph answer__sentence">This does not look like a list of installed programs.</p>
            <ul class="usa-list answer__unread">
            <li>
            <strong>holiday.png:</strong> This is a PNG picture, not a list of programs as text; export the list as text.</li>
            </ul>
            <p class="alert__paragraph">Use one of the commands of step 2, or paste program names, one on each line.</p>
            </div>
            </div>
            </div>
        "##]],
    );
}

#[test]
fn a_directive_gives_a_source_for_each_statement_and_marks_what_is_not_confirmed() {
    check_sheets(
        s::directive::examples(),
        expect![[r##"
            -- removal order
            <details class="fold directive">
            <summary class="fold__summary">
            <h4 class="directive__name">BOD 17-01</h4> <span class="directive__status">In force</span>
            </summary>
            <div class="directive__body">
            <p class="directive__title">Binding Operational Directive 17-01: Removal of Kaspersky-branded Products</p>
            <p class="directive__issued">U.S. Department of Homeland Security, September 13, 2017. It orders the removal of software.</p>
            <h5>What it says</h5>
            <p>Agencies have to find and remove Kaspersky-branded products.</p>
            <h5>Who has to follow it</h5>
            <ul class="usa-list">
            <li>Federal executive-branch agencies.<span class="cited"> <a class="usa-link" href="#directive-0-source-1" aria-label="Source 1: 82 FR 43782">[1]</a>
            </span>
            </li>
            </ul>
            <h5>Who does not</h5>
            <ul class="usa-list">
            <li>National security systems.<span class="cited"> <a class="usa-link" href="#directive-0-source-1" aria-label="Source 1: 82 FR 43782">[1]</a>
            </span>
            </li>
            </ul>
            <h5>What it asks for, and by when</h5>
            <ul class="usa-list">
            <li>
            <strong>By October 13, 2017 (within 30 calendar days): </strong>Find the products and report them.<span class="cited"> <a class="usa-link" href="#directive-0-source-1" aria-label="Source 1: 82 FR 43782">[1]</a>
            </span>
            </li>
            </ul>
            <div class="no-print">
            <h5>Good to know</h5>
            <ul class="usa-list">
            <li>A court challenge was dismissed. <strong class="unconfirmed">not confirmed</strong>
            <span class="cited"> <a class="usa-link" href="#directive-0-source-1" aria-label="Source 1: 82 FR 43782">[1]</a>
            </span>
            </li>
            </ul>
            </div>
            <h5>Does it still hold?</h5>
            <p>
            <strong>In force.</strong> No revocation was found.</p>
            <p>A person last checked this on November 23, 2026.</p>
            <h5>Sources</h5>
            <ol class="usa-list">
            <li id="directive-0-source-1">
            <a class="usa-link" href="https://www.govinfo.gov/content/pkg/FR-2017-09-19/html/2017-19838.htm" target="_blank" rel="noopener noreferrer">82 FR 43782<span class="usa-sr-only"> (opens the source’s website)</span>
            </a> [official text]</li>
            </ol>
            </div>
            </details>
        "##]],
    );
}

#[test]
fn an_outcome_gives_the_directive_the_reason_and_the_source() {
    check_sheets(
        s::outcomes::examples(),
        expect![[r#"
            -- prohibited and left out
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
            -- the lighter one first
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
            <li class="outcomes__row">
            <div class="outcomes__head">
            <strong class="outcomes__directive">Example advice</strong>
            <span class="tag tag--attention">
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
            <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
            </path>
            </svg>Needs a decision</span>
            </div>
            <p class="outcomes__why">The advice says nothing about it.</p>
            </li>
            </ul>
        "#]],
    );
}

#[test]
fn an_outcome_is_told_in_words() {
    check_sheets(
        s::outcomes::tags(),
        expect![[r#"
        -- prohibited
        <span class="tag tag--bad">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>Banned</span>
        -- review
        <span class="tag tag--attention">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
        </path>
        </svg>Needs a decision</span>
        -- indicator
        <span class="tag tag--attention">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
        </path>
        </svg>A sign to follow up</span>
        -- embedded
        <span class="tag tag--info">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>Left out: part of another product</span>
        -- exempt
        <span class="tag tag--info">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>Expressly left out</span>
        -- not-covered
        <span class="tag tag--info">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>Not covered</span>
    "#]],
    );
}

#[test]
fn a_problem_says_its_place_first() {
    check_sheets(
        s::problem::examples(),
        expect![[r#"
            -- with its line
            <strong>office.csv, line 7:</strong> Expected 4 fields, found 1; read as far as it goes.<pre class="problems__line">
            <code>&lt;script&gt;alert(1)&lt;/script&gt;</code>
            </pre>
        "#]],
    );
}

#[test]
fn removal_steps_are_numbered_through_and_say_who_can_do_them() {
    check_sheets(
        s::removal::examples(),
        expect![[r##"
            -- two steps on Windows
            <details class="fold removal">
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
            -- the same as another
            <p class="product__steps">How to remove it: the same steps as for <a class="usa-link" href="#remove-3">Kaspersky Endpoint Security</a>.</p>
        "##]],
    );
}

#[test]
fn what_is_shared_is_told_before_it_can_be_copied() {
    check_sheets(
        s::offer::examples(),
        expect![[r#"
        -- without names
        <p>What is in it:</p>
        <ul class="usa-list">
        <li>The answer, the sums, the day of the report, and by which rules it was made.</li>
        <li>1 program with maker, product, and the name and version that your list has, and what 2 directives say of each.</li>
        <li>The number of computers, not their names; no names of files.</li>
        <li>Not in it: the rest of your lists, where anything stands in them, and why anything counts as found.</li>
        </ul>
        <p>The link has 282 characters. 8,000 are the most that can be relied on to arrive.</p>
        <div class="command">
        <p class="command__label">The link</p>
        <div class="command__box">
        <pre class="command__text">
        <code id="share-link">https://clearlist.example/#share=1.eNo9jL0OgjAUhVvUAQZfwOUmLjqAFA0uxMHIYBwcfIKm1NgItLa3KG8vg7Kd852fKEuzPGYsznazNGFJGv1BysiZgbG68gIBHxzheD0B2w8JWPnyykoHvfaAevCN7iS8uYO79m0FuoUtCN0Yj9K6hJJZMCGUBOH4Qe28_PDG1BJ41SkhKafhhTsz9J_9YlRQtpXRqkW4SeGtwn5ZOGGVwQOvpcUVWxebH4BxNWVZkgcmnhBCvpw4Qz8</code>
        </pre>
        <button type="button" aria-label="Copy link" class="usa-button usa-button--outline command__copy">Copy</button>
        </div>
        </div>
        <div class="command">
        <p class="command__label">The same as text</p>
        <div class="command__box">
        <pre class="command__text">
        <code id="share-text">1 product that BOD 17-01 requires you to remove was found on 3 computers.

        Report of 2026-11-24 by Clearlist 0.1.0, rules checked on 2026-11-01.
        1 list with 5 records: 2 programs on 3 computers. 1 problem with what was given.

        WHAT WAS FOUND
          &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6, on 3 computers
            product: Kaspersky Endpoint Security (Kaspersky)
            prohibited: BOD 17-01

        BY DIRECTIVE
          BOD 17-01: 1 prohibited
          Example advice: nothing found
        </code>
        </pre>
        <button type="button" aria-label="Copy as text" class="usa-button usa-button--outline command__copy">Copy</button>
        </div>
        </div>
        -- too long
        <p>What is in it:</p>
        <ul class="usa-list">
        <li>The answer, the sums, the day of the report, and by which rules it was made.</li>
        <li>1 program with maker, product, and the name and version that your list has, and what 2 directives say of each.</li>
        <li>The names of the computers with these programs (20000) and of the lists (1).</li>
        <li>Not in it: the rest of your lists, where anything stands in them, and why anything counts as found.</li>
        </ul>
        <p>The link would have 62562 characters, and 8000 are the most that can be relied on to arrive; leave out the names of computers, or save the report as one HTML file and pass that on.</p>
        <div class="command">
        <p class="command__label">The same as text</p>
        <div class="command__box">
        <pre class="command__text">
        <code id="share-text">1 product that BOD 17-01 requires you to remove was found on 20000 computers.

        Report of 2026-11-24 by Clearlist 0.1.0, rules checked on 2026-11-01.
        1 list with 5 records: 2 programs on 3 computers. 1 problem with what was given.
        Lists: office.csv

        WHAT WAS FOUND
          &lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6, on 3 computers: PC-0, PC-1, PC-2, PC-3, PC-4, PC-5, PC-6, PC-7, PC-8, PC-9, PC-10, PC-11, PC-12, PC-13, PC-14, PC-15, PC-16, PC-17, PC-18, PC-19 and 19980 more
            product: Kaspersky Endpoint Security (Kaspersky)
            prohibited: BOD 17-01

        BY DIRECTIVE
          BOD 17-01: 1 prohibited
          Example advice: nothing found
        </code>
        </pre>
        <button type="button" aria-label="Copy as text" class="usa-button usa-button--outline command__copy">Copy</button>
        </div>
        </div>
    "#]],
    );
}

#[test]
fn a_shared_summary_says_first_that_it_was_not_checked_here() {
    check_sheets(
        s::shared::examples(),
        expect![[r#"
        -- with names
        <p>
        <strong>CUI</strong>
        </p>
        <div class="alert alert--info">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <h3 class="alert__heading">This was not checked here</h3>
        <p class="alert__paragraph">Made on November 24, 2026 with Clearlist 0.1.0; rules last checked on November 1, 2026.</p>
        <p class="alert__paragraph">It shows what the link says. Anyone who passed the link on could have changed it. For anything that matters, ask for the report itself, or check the list here.</p>
        </div>
        </div>
        </div>
        <div class="alert alert--bad answer" id="answer" tabindex="-1">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <p class="alert__paragraph answer__sentence">1 product that BOD 17-01 requires you to remove was found on 3 computers.</p>
        </div>
        </div>
        </div>
        <div class="part">
        <h3>What was found (1 program)</h3>
        <h4>&lt;script&gt;alert(1)&lt;/script&gt; Kaspersky 12.6 <span class="tag tag--bad">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5 13.6L15.6 17 12 13.4 8.4 17 7 15.6l3.6-3.6L7 8.4 8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12Z" fill="currentColor">
        </path>
        </svg>Banned</span>
        </h4>
        <p>It is Kaspersky Endpoint Security (Kaspersky), on 3 computers: PC-01, PC-02, &lt;b&gt;PC-03&lt;/b&gt;.</p>
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
        </li>
        </ul>
        </div>
        <div class="part">
        <h3>The directives that were applied</h3>
        <ul class="usa-list">
        <li>
        <strong>BOD 17-01.</strong> Must be removed: 1</li>
        <li>
        <strong>Example advice.</strong> Nothing found.</li>
        </ul>
        </div>
        <div class="part">
        <h3>What was read and what was not</h3>
        <p>1 list with 5 records: 2 programs on 3 computers. 1 problem with what was given.</p>
        <p>The lists:</p>
        <ul class="usa-list">
        <li>office.csv</li>
        </ul>
        </div>
        <p>
        <strong>CUI</strong>
        </p>
        -- nothing found
        <div class="alert alert--info">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <h3 class="alert__heading">This was not checked here</h3>
        <p class="alert__paragraph">Made on November 24, 2026 with Clearlist 0.1.0; rules last checked on November 1, 2026.</p>
        <p class="alert__paragraph">It shows what the link says. Anyone who passed the link on could have changed it. For anything that matters, ask for the report itself, or check the list here.</p>
        </div>
        </div>
        </div>
        <div class="alert alert--info answer" id="answer" tabindex="-1">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm1 15h-2v-6h2Zm0-8h-2V7h2Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <p class="alert__paragraph answer__sentence">Nothing covered was found among 2 programs on 3 computers.</p>
        </div>
        </div>
        </div>
        <div class="part">
        <h3>The directives that were applied</h3>
        <ul class="usa-list">
        <li>
        <strong>BOD 17-01.</strong> Nothing found.</li>
        <li>
        <strong>Example advice.</strong> Nothing found.</li>
        </ul>
        </div>
        <div class="part">
        <h3>What was read and what was not</h3>
        <p>1 list with 5 records: 2 programs on 3 computers. 1 problem with what was given.</p>
        </div>
        -- cut short
        <div class="alert alert--attention">
        <div class="alert__body">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
        <path d="M1 21h22L12 2Zm12-3h-2v-2h2Zm0-4h-2v-4h2Z" fill="currentColor">
        </path>
        </svg>
        <div class="alert__text">
        <h3 class="alert__heading">This link shows no summary</h3>
        <p class="alert__paragraph">The link ends in the middle: some mail programs and chats cut long links or break them into lines; copy the whole link, or ask for the summary as text or the report as an HTML file.</p>
        </div>
        </div>
        </div>
    "#]],
    );
}

#[test]
fn the_head_of_the_printed_report_names_the_lists_with_their_fingerprints() {
    check_sheets(
        s::report_head::examples(),
        expect![[r#"
            -- found
            <div class="print-only report-head">
            <p class="report-head__title">Software check against government directives</p>
            <p>Made on November 24, 2026 with Clearlist 0.1.0; rules last checked on November 1, 2026.</p>
            <p>Directives applied: BOD 17-01 and Example advice.</p>
            <p>
            <strong>Lists checked:</strong>
            </p>
            <ul>
            <li>office.csv, SHA-256 <code class="hash">9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</code>
            </li>
            </ul>
            </div>
        "#]],
    );
}

#[test]
fn only_https_addresses_become_links() {
    check_sheets(
        s::sources::examples(),
        expect![[r#"
            -- three
            <span class="sources">Sources: <span>
            <a class="usa-link" href="https://www.govinfo.gov/" target="_blank" rel="noopener noreferrer">Source one<span class="usa-sr-only"> (opens the source’s website)</span>
            </a> [official text]; </span>
            <span>Source two [account by others]; </span>
            <span>Source three [the maker’s own page].</span>
            </span>
            -- none

        "#]],
    );
}

#[test]
fn bars_only_repeat_what_a_table_says() {
    check_sheets(
        s::pictures::examples(),
        expect![[r#"
        -- a fleet
        <div class="part pictures">
        <h3>At a glance</h3>
        <table class="bars">
        <caption class="bars__caption">Computers by product. &lt;script&gt;alert(1)&lt;/script&gt; is on most: 3 of 3 computers.</caption>
        <tbody>
        <tr>
        <th class="bars__name" scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>
        <td class="bars__number">3 of 3</td>
        <td class="bars__bar" aria-hidden="true">
        <svg class="bars__svg" viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect class="bars__all" width="100" height="10">
        </rect>
        <rect class="bars__part" width="100" height="10">
        </rect>
        </svg>
        </td>
        </tr>
        </tbody>
        </table>
        <table class="bars">
        <caption class="bars__caption">Programs by directive. Most come under BOD 17-01: 1 program.</caption>
        <tbody>
        <tr>
        <th class="bars__name" scope="row">BOD 17-01</th>
        <td class="bars__number">1 of 1</td>
        <td class="bars__bar" aria-hidden="true">
        <svg class="bars__svg" viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect class="bars__all" width="100" height="10">
        </rect>
        <rect class="bars__part" width="100" height="10">
        </rect>
        </svg>
        </td>
        </tr>
        </tbody>
        </table>
        </div>
        -- progress
        <div class="part pictures">
        <h3>At a glance</h3>
        <table class="bars">
        <caption class="bars__caption">Progress since the report of November 1, 2026.</caption>
        <tbody>
        <tr>
        <th class="bars__name" scope="row">Removed</th>
        <td class="bars__number">1 of 3</td>
        <td class="bars__bar" aria-hidden="true">
        <svg class="bars__svg" viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect class="bars__all" width="100" height="10">
        </rect>
        <rect class="bars__part" width="33" height="10">
        </rect>
        </svg>
        </td>
        </tr>
        <tr>
        <th class="bars__name" scope="row">Time used until January 30, 2027 (BOD 17-01)</th>
        <td class="bars__number">23 of 90 days</td>
        <td class="bars__bar" aria-hidden="true">
        <svg class="bars__svg" viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect class="bars__all" width="100" height="10">
        </rect>
        <rect class="bars__part" width="25" height="10">
        </rect>
        </svg>
        </td>
        </tr>
        </tbody>
        </table>
        </div>
    "#]],
    );
}

#[test]
fn near_misses_say_that_they_are_no_findings() {
    check_sheets(
        s::near_misses::examples(),
        expect![[r#"
            -- more
            <div class="part">
            <h3 id="near-misses" tabindex="-1">Not found, but worth a look</h3>
            <p>These are none of the programs that Clearlist knows, and close to one. They may be a slip of the pen, another program, or one that nobody has told Clearlist of.</p>
            <ul class="usa-list">
            <li>
            <strong>&lt;script&gt;alert(1)&lt;/script&gt; Kaspersy</strong>: "kaspersy" is one letter away from "kaspersky". (PC-1, office.csv line 7, and 1 more computer)</li>
            </ul>
            <p>1 more program is close to a product, and not listed here.</p>
            </div>
            -- one
            <div class="part">
            <h3 id="near-misses" tabindex="-1">Not found, but worth a look</h3>
            <p>These are none of the programs that Clearlist knows, and close to one. They may be a slip of the pen, another program, or one that nobody has told Clearlist of.</p>
            <ul class="usa-list">
            <li>
            <strong>&lt;script&gt;alert(1)&lt;/script&gt; Kaspersy</strong>: "kaspersy" is one letter away from "kaspersky". (PC-1, office.csv line 7, and 1 more computer)</li>
            </ul>
            </div>
            -- none

        "#]],
    );
}

#[test]
fn a_deadline_says_its_day_what_it_is_of_and_what_it_was_counted_from() {
    check_sheets(
        s::deadlines::examples(),
        expect![[r#"
            -- one over, one to come
            <h3>By when</h3>
            <ol class="timeline">
            <li class="timeline__today">November 24, 2026: today</li>
            <li>
            <strong>December 1, 2026 (in 7 days)</strong>: BOD 17-01. Tell the department. (within 3 business days of finding it, counted from November 24, 2026, the day of this report)</li>
            </ol>
            <h4>Already over</h4>
            <ol class="timeline timeline--over">
            <li>
            <strong>October 13, 2017 (over)</strong>: BOD 17-01. Tell the department. This could not be confirmed.</li>
            </ol>
        "#]],
    );
}
