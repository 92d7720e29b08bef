//! The reader itself: what is held, what is opened, what is told.

use expect_test::{Expect, expect};

use super::{Element, Elements, Out, Verdict, XmlReader};
use crate::engine::clause::Clause;
use crate::engine::formats::Reader;
use crate::engine::problem::ProblemKind;
use crate::engine::record::{ColumnReading, LineClass, Record, Sink, TitleKey};

/// Each `<p>` is a record with the text of its `<n>`; `<host>` names the computer.
#[derive(Default)]
struct Programs {
    host: String,
}

impl Elements for Programs {
    fn element(&mut self, element: &Element<'_>, out: &mut Out<'_>) -> Verdict {
        if element.is("host") {
            self.host = element.attribute("name").to_owned();
        }
        if !element.is("p") {
            return Verdict::Container;
        }
        out.record(&Record {
            name: element.child_text("n"),
            version: element.attribute("v"),
            host: &self.host,
            line: element.line(),
            text: element.raw(),
            ..Record::default()
        });
        Verdict::Record
    }

    fn opened(&mut self, element: &Element<'_>) {
        if element.is("host") {
            self.host = element.attribute("name").to_owned();
        }
    }
}

#[derive(Default)]
struct Told {
    out: String,
    lines: [u64; 3],
}

impl Sink for Told {
    fn record(&mut self, record: &Record<'_>) -> Option<TitleKey> {
        let text = record.text.replace('\n', "⏎");
        let Record { line, name, version, host, .. } = record;
        self.out.push_str(&format!("{line}: {name} | {version} | {host} | {text}\n"));
        None
    }

    fn lines(&mut self, class: LineClass, count: u64) {
        let at = match class {
            LineClass::Record => 0,
            LineClass::Structure => 1,
            LineClass::Problem => 2,
        };
        self.lines[at] += count;
    }

    fn problem(&mut self, line: u64, kind: ProblemKind, _: &str) {
        self.out.push_str(&format!("{line}! {kind}\n"));
    }

    fn reading(&mut self, _: Clause) {}
    fn columns(&mut self, _: &[ColumnReading]) {}
}

fn read(text: &str, held: (usize, usize), piece: usize) -> String {
    let mut reader = XmlReader::holding(Programs::default(), held.0, held.1);
    let mut told = Told::default();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(piece).map_or(rest.len(), |(at, _)| at);
        reader.push(&rest[..end], &mut told);
        rest = &rest[end..];
    }
    reader.finish(&mut told);
    let [records, structure, problems] = told.lines;
    assert_eq!(records + structure + problems, text.lines().count() as u64, "{}", told.out);
    format!("{}{records} + {structure} + {problems}\n", told.out)
}

#[track_caller]
fn check(text: &str, held: (usize, usize), expected: Expect) {
    let whole = read(text, held, usize::MAX);
    for piece in [1, 2, 3, 7, 50] {
        assert_eq!(whole, read(text, held, piece), "in pieces of {piece}");
    }
    expected.assert_eq(&whole);
}

const ALL: (usize, usize) = (1 << 20, 1 << 20);

const TWO_HOSTS: &str = "<?xml version=\"1.0\"?>\n<r>\n<host name=\"a\">\n<p v=\"1\"><n>One</n></p>\n\
    <p v='2'>\n<n>Two &amp; &#x41;&unknown;</n></p>\n</host>\n<host name=\"b\">\n<!-- <p><n>no</n></p> -->\n\
    <p><n><![CDATA[<Three> &amp;]]></n></p>\n</host>\n</r>\n";

#[test]
fn what_is_too_long_to_be_held_is_opened_and_gives_the_same_records() {
    let held = read(TWO_HOSTS, ALL, usize::MAX);
    for bytes in [70, 100, 150, 200] {
        let opened = read(TWO_HOSTS, (bytes, 1000), usize::MAX);
        assert_eq!(held, opened, "{bytes} bytes held");
        for piece in [1, 7] {
            assert_eq!(held, read(TWO_HOSTS, (bytes, 1000), piece), "{bytes} bytes, {piece}");
        }
    }
    for nodes in [5, 8, 12] {
        assert_eq!(held, read(TWO_HOSTS, (1 << 20, nodes), 1), "{nodes} nodes held");
    }
    expect![[r#"
        4: One | 1 | a | <p v="1"><n>One</n></p>
        5: Two & A&unknown; | 2 | a | <p v='2'>⏎<n>Two &amp; &#x41;&unknown;</n></p>
        10: <Three> &amp; |  | b | <p><n><![CDATA[<Three> &amp;]]></n></p>
        4 + 8 + 0
    "#]]
    .assert_eq(&held);
}

#[test]
fn an_element_too_long_to_be_held_is_told() {
    let text = format!("<r>\n<p><n>{}</n></p>\n<p><n>B</n></p>\n</r>\n", "x".repeat(300));
    check(
        &text,
        (100, 1000),
        expect![[r#"
        2! this list is not complete: an element of XML has more than 100 bytes and was passed over; what is there was checked; make the list again with a tool that writes each program on its own
        3: B |  |  | <p><n>B</n></p>
        1 + 2 + 1
    "#]],
    );
}

#[test]
fn what_is_not_closed_ends_where_its_parent_does() {
    check(
        "<r>\n<p v=\"1\"><n>A\n<x>y</x></p>\n<p v=\"2\n<p v=\"3\"><n>B</n>\n<p><n>C</n></p>\n</q>\n</r>\nstray\n<p><n>D</n></p>\n",
        ALL,
        expect![[r#"
            2! the XML is damaged here: the element <n> is not closed; read as far as it goes
            4! the XML is damaged here: the tag <p has no end; read as far as it goes
            7! the XML is damaged here: </q> closes an element that is not open; read as far as it goes
            5! the XML is damaged here: the element <p> is not closed; read as far as it goes
            2: A | 1 |  | <p v="1"><n>A⏎<x>y</x></p>
            4:  |  |  | <p v="2⏎
            5: B | 3 |  | <p v="3"><n>B</n>⏎
            6: C |  |  | <p><n>C</n></p>
            9! expected an element of XML; passed over
            10: D |  |  | <p><n>D</n></p>
            6 + 2 + 2
        "#]],
    );
}

#[test]
fn an_end_in_the_middle_is_told_wherever_it_is() {
    let marks = [
        "<r>\n<p><n>A</n></p>\n<p><n>Kasp",
        "<r>\n<p><n>A</n></p>\n<!-- x",
        "<r>\n<p><n>A</n></p>\n<![CDATA[ x",
        "<r>\n<p><n>A</n></p>\n<p v=\"",
        "<r>\n<p><n>A</n></p>\n</",
        "<r>\n<p><n>A</n></p>\n<",
        "<p><n>A</n></p>\n<!-- x",
    ];
    for text in marks {
        let whole = read(text, ALL, usize::MAX);
        assert_eq!(whole, read(text, ALL, 1), "{text}");
        assert!(whole.contains("cut short"), "{text}: {whole}");
        assert!(whole.contains(": A |"), "{text}: {whole}");
    }
}

#[test]
fn references_expand_to_nothing_but_characters() {
    check(
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<r><p><n>&b; AT&T &lt; &#0; &#x110000; &nbsp;&copy;</n></p></r>\n",
        ALL,
        expect![[r#"
            2: &b; AT&T < &#0; &#x110000;  © |  |  | <p><n>&b; AT&T &lt; &#0; &#x110000; &nbsp;&copy;</n></p>
            1 + 1 + 0
        "#]],
    );
}

#[test]
fn deep_nesting_is_bounded() {
    let text =
        format!("{}<p><n>A</n></p>{}\n<p><n>B</n></p>\n", "<r>".repeat(300), "</r>".repeat(300));
    check(
        &text,
        ALL,
        expect![[r#"
        1! this list is not complete: elements of XML are nested more than 100 deep here, and what is deeper was passed over; what is there was checked; make the list again with a tool that writes each program on its own
        2: B |  |  | <p><n>B</n></p>
        1 + 0 + 1
    "#]],
    );
}
