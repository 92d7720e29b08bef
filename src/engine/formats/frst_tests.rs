use expect_test::{Expect, expect};

use super::FORMAT;
use crate::engine::formats::testing::transcript;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&transcript(&FORMAT, text));
}

#[test]
fn programs_and_apps_are_read_whatever_parentheses_they_hold() {
    check(
        r"==================== Installed Programs ======================

(Only the adware programs could be added.)

7-Zip 19.00 (x64) (HKLM\...\7-Zip) (Version: 19.00 - Igor Pavlov)
Kaspersky (HKLM-x32\...\InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}) (Version: 21.3.10.391 - Kaspersky) Hidden
Mozilla Firefox (x64 en-US) (HKLM\...\Mozilla Firefox (x64 en-US)) (Version: 120.0 - Mozilla)
Foo (HKU\S-1-5-21-1-2-3-1001\...\Foo) (Version:  - )
Bar (HKLM-x32\...\Bar) (Version: 16.0 R42 - Bar (Software), LLC) [Hidden]
Cut (HKLM-x32\...\{3DE3615C-3799-

Packages:
=========
Chat: Now -> C:\Program Files\WindowsApps\Foo.Chat_1.2.3.0_x64__8wekyb3d8bbwe [2024-01-02] (Foo (Bar) Inc) [MS Ad] [Startup Task]

==================== Custom CLSID (Whitelisted): ==============
",
        expect![[r#"
            Certain: its lines are programs as FRST writes them: name, (registry key), (version - publisher)
            5: 7-Zip 19.00 (x64) | version 19.00 | publisher Igor Pavlov | product-code 7-Zip
            6: Kaspersky | version 21.3.10.391 | publisher Kaspersky | product-code InstallWIX_{3DE3615C-3799-3403-92E4-E0BE11111111}
            7: Mozilla Firefox (x64 en-US) | version 120.0 | publisher Mozilla | product-code Mozilla Firefox (x64 en-US)
            8: Foo | product-code Foo
            9: Bar | version 16.0 R42 | publisher Bar (Software), LLC | product-code Bar
            10: Cut | product-code {3DE3615C-3799-
            14: Chat: Now | version 1.2.3.0 | publisher Foo (Bar) Inc | package Foo.Chat_1.2.3.0_x64__8wekyb3d8bbwe | path C:\Program Files\WindowsApps\Foo.Chat_1.2.3.0_x64__8wekyb3d8bbwe
            lines: 7 records + 9 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_log_in_another_language_is_known_by_its_lines() {
    check(
        r"Zusätzliches Untersuchungsergebnis von Farbar Recovery Scan Tool (x64) Version: 05-01-2024
durchgeführt von ana (05-01-2024 12:00:00)
==================== Sicherheits-Center ========================
AV: Kaspersky (Enabled - Up to date) {4F76F112-43EB-40E8-11D8-F7BD1853EA23}
==================== Installierte Programme ======================
7-Zip (HKLM\...\7-Zip) (Version: 19.00 - Igor Pavlov)
==================== Ende von Addition.txt =======================
",
        expect![[r#"
            Certain: it names Farbar Recovery Scan Tool and has its sections
            4: Kaspersky
            6: 7-Zip | version 19.00 | publisher Igor Pavlov | product-code 7-Zip
            lines: 2 records + 5 structure + 0 problems
        "#]],
    );
}

#[test]
fn what_runs_is_read_and_the_list_is_said_to_be_missing() {
    check(
        r"Scan result of Farbar Recovery Scan Tool (FRST) (x64) Version: 05-01-2024
Ran by ana (administrator) on PC-17 (Dell Inc. XPS) (05-01-2024 12:00:00)
Running from C:\Users\ana\Desktop\FRST64.exe
==================== Processes (Whitelisted) =================
(If an entry is included in the fixlist, the process will be closed.)
(C:\Windows\explorer.exe ->) (Kaspersky Lab JSC -> AO Kaspersky Lab) C:\Program Files (x86)\Kaspersky Lab\avpui.exe <2>
(Intel(R) Groups -> Intel Corporation) C:\Windows\System32\LMS.exe
==================== Registry (Whitelisted) ===================
HKLM\...\Run: [Foo Bar] => C:\Program Files\Foo\foo.exe [953120 2019-12-26] (Foo Inc. -> Foo)
==================== Services (Whitelisted) ===================
R2 AVP21.3; C:\Program Files (x86)\Kaspersky Lab\avp.exe [1234 2021-01-01] (Kaspersky Lab JSC -> AO Kaspersky Lab)
S3 gone; C:\Foo\gone.exe [X]
R1 klif; C:\Windows\System32\DRIVERS\klif.sys [123 2020-01-01] (Kaspersky Lab JSC -> AO Kaspersky Lab)
==================== Internet (Whitelisted) ====================
CHR Extension: (Kaspersky Protection) - C:\Users\ana\AppData\Local\Google\abc [2023-01-01]
==================== One month (created) ====================
2024-01-05 12:00 - 2024-01-05 12:00 - 000012345 _____ (Foo) C:\Users\ana\Downloads\setup.exe
Error: (01/05/2024 12:00:00 PM) (Source: Foo) (EventID: 1000) (User: )
Description: Faulting application path: C:\Foo\foo.exe
",
        expect![[r#"
            Certain: it names Farbar Recovery Scan Tool and has its sections
            6: avpui.exe | publisher AO Kaspersky Lab | host PC-17 | process avpui.exe | path C:\Program Files (x86)\Kaspersky Lab\avpui.exe | signer Kaspersky Lab JSC
            7: LMS.exe | publisher Intel Corporation | host PC-17 | process LMS.exe | path C:\Windows\System32\LMS.exe | signer Intel(R) Groups
            9: Foo Bar | publisher Foo | host PC-17 | process foo.exe | path C:\Program Files\Foo\foo.exe | signer Foo Inc.
            11: AVP21.3 | publisher AO Kaspersky Lab | host PC-17 | service AVP21.3 | process avp.exe | path C:\Program Files (x86)\Kaspersky Lab\avp.exe | signer Kaspersky Lab JSC
            12: gone | host PC-17 | service gone | process gone.exe | path C:\Foo\gone.exe | removed
            13: klif | publisher AO Kaspersky Lab | host PC-17 | service klif | driver klif.sys | path C:\Windows\System32\DRIVERS\klif.sys | signer Kaspersky Lab JSC
            15: Kaspersky Protection | host PC-17
            0! this list is not complete: it is FRST.txt, which shows what runs and starts and has no list of installed programs; what is there was checked; check Addition.txt as well, which FRST writes beside it
            lines: 7 records + 12 structure + 0 problems
        "#]],
    );
}

#[test]
fn the_section_of_old_versions_is_read() {
    check(
        "==================== Installed Programs ======================\n\
         7-Zip 9.20 (x32)\n\
         Foo Reader (x32 Version: 11.0.0)\n\
         Plain name\n\
         ==================== Restore Points =========================\n",
        expect![[r#"
            Certain: it has FRST's section of installed programs
            2: 7-Zip 9.20
            3: Foo Reader | version 11.0.0
            4: Plain name
            lines: 3 records + 2 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_log_that_ends_among_the_programs_is_cut_short() {
    check(
        r"Additional scan result of Farbar Recovery Scan Tool (x64) Version: 05-01-2024
Ran by ana (05-01-2024 12:00:00)
==================== Installed Programs ======================
7-Zip (HKLM\...\7-Zip) (Version: 19.00 - Igor Pavlov)
",
        expect![[r#"
            Certain: it names Farbar Recovery Scan Tool and has its sections
            4: 7-Zip | version 19.00 | publisher Igor Pavlov | product-code 7-Zip
            4! the file ends in the middle; it may have been cut short, make it again
            lines: 1 records + 3 structure + 0 problems
        "#]],
    );
}

#[test]
fn a_fix_and_talk_about_the_tool_are_not_recognised() {
    for text in [
        "Fix result of Farbar Recovery Scan Tool (x64)\n==============================================\nfixlist content:\n",
        "Please run Farbar Recovery Scan Tool and post both logs.\n",
        "Foo (HKLM) (Version: 1)\n",
    ] {
        assert!(transcript(&FORMAT, text).starts_with("not recognised"), "{text}");
    }
}
