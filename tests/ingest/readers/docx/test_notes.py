"""Footnotes and endnotes with the numbers that they are printed with."""

import pytest

from tests.ingest.readers.docx.word_files import lines, p, r, read, table


def ref(number, kind="footnote", more=""):
    return f'<r><{kind}Reference w:id="{number}"{more}/></r>'


def note(number, *paragraphs, kind="footnote"):
    texts = "".join(p(f"<r><{kind}Ref/></r>" * (row == 0) + r(text)) for row, text in enumerate(paragraphs))
    return f'<{kind} w:id="{number}">{texts}</{kind}>'


SEPARATORS = (
    '<footnote w:type="separator" w:id="-1"><p><r><separator/></r></p></footnote>'
    '<footnote w:type="continuationSeparator" w:id="0"><p><r><t>x</t></r></p></footnote>'
)
TWO = SEPARATORS + note(7, " First.") + note(3, " Second.")
END = note(2, " At the end.", kind="endnote")
SECTION = "<sectPr>{}</sectPr>".format
EACH = '<footnotePr><numRestart w:val="eachSect"/></footnotePr>'
NOTES = [  # (body, parts, lines, reason)
    (
        p(r("a.") + ref(7) + r(" b.") + ref(3)),
        {"footnotes": TWO},
        ["a.[1] b.[2]", "footnote [1]: First.", "footnote [2]: Second."],
        "in the order of their references, whatever their identifiers",
    ),
    (
        p(r("a") + ref(7)) + p("b"),
        {"footnotes": note(7, "One.", "Two.")},
        ["a[1]", "footnote [1]: One.\nTwo.", "b"],
        "a note of two paragraphs",
    ),
    (
        p(r("a") + ref(2, "endnote") + ref(7)),
        {"footnotes": TWO, "endnotes": END},
        ["a[i][1]", "footnote [i]: At the end.", "footnote [1]: First."],
        "endnotes have numbers of their own, Roman as a rule",
    ),
    (
        table(("Class", "Rate"), ("Tug", p(r("90") + ref(7)))) + p(r("b") + ref(3)),
        {"footnotes": TWO},
        ["table_header: Class | Rate", "table_row: Tug | 90[1]", "footnote [1]: First.", "b[2]",
         "footnote [2]: Second."],
        "a note in a table",
    ),
    (
        p(f'<r><footnoteReference w:id="7" w:customMarkFollows="1"/><t>*</t></r>{r(" b")}{ref(3)}'),
        {"footnotes": '<footnote w:id="7"><p><r><t>* Own mark.</t></r></p></footnote>' + note(3, "Second.")},
        ["[*] b[1]", "footnote [*]: Own mark.", "footnote [1]: Second."],
        "a mark of its own is not counted and stands once",
    ),
    (
        p(f'<r><footnoteReference w:id="7" w:customMarkFollows="1"/><sym w:font="Symbol" w:char="F02A"/></r>{r("b")}'),
        {"footnotes": TWO},
        ["[∗]b", "footnote [∗]: First."],
        "a mark that is a symbol",
    ),
    (
        p(r("a") + ref(7)),
        {"footnotes": TWO, "settings": '<footnotePr><numFmt w:val="upperRoman"/><numStart w:val="4"/></footnotePr>'},
        ["a[IV]", "footnote [IV]: First."],
        "format and start of the settings",
    ),
    (
        p(r("a") + ref(7)) + SECTION('<footnotePr><numFmt w:val="lowerLetter"/></footnotePr>'),
        {"footnotes": TWO, "settings": '<footnotePr><numStart w:val="2"/></footnotePr>'},
        ["a[b]", "footnote [b]: First."],
        "a section has the last word, each setting by itself",
    ),
    (
        p(r("a") + ref(7), SECTION("")) + p(r("b") + ref(3)) + SECTION(EACH),
        {"footnotes": TWO},
        ["a[1]", "footnote [1]: First.", "b[1]", "footnote [1]: Second."],
        "numbers begin anew with a section",
    ),
    (
        p(r("a") + ref(7), SECTION("")) + p(r("b") + ref(3)) + SECTION(""),
        {"footnotes": TWO},
        ["a[1]", "footnote [1]: First.", "b[2]", "footnote [2]: Second."],
        "or run through",
    ),
    (
        p(r("a") + ref(7) + "<r><lastRenderedPageBreak/></r>" + r("b") + ref(3)),
        {"footnotes": TWO, "settings": '<footnotePr><numRestart w:val="eachPage"/></footnotePr>'},
        ["a[1]b[1]", "footnote [1]: First.", "footnote [1]: Second."],
        "or begin anew with a page, where the file says where one begins",
    ),
    (
        p(f"{r('a')}<del w:id='1'>{ref(7)}</del>{ref(3)}"),
        {"footnotes": TWO},
        ["a[1]", "footnote [1]: Second."],
        "a deleted reference is not counted, its note is not printed",
    ),
    (
        p(r("a") + f"<ins w:id='1'>{ref(7)}</ins>"),
        {"footnotes": note(7, "x") .replace("<r><t", "<ins w:id='2'><r><t").replace("</t></r>", "</t></r></ins>")},
        ["a[1]", "footnote [1]: x"],
        "an inserted note",
    ),
    (p(r("a") + ref(99)), {"footnotes": TWO}, ["a[1]"], "a reference to no note"),
    (p("a"), {"footnotes": TWO}, ["a"], "a note that nothing refers to is not printed"),
    (
        p(r("a") + ref(7)),
        {"footnotes": f'<footnote w:id="7">{p("See:")}{table(("x", "y"))}</footnote>'},
        ["a[1]", "footnote [1]: See:\nx | y"],
        "a table in a note",
    ),
    (
        p(r("a") + ref(7)),
        {"footnotes": f'<footnote w:id="7">{p(r("loop") + ref(7))}</footnote>'},
        ["a[1]", "footnote [1]: loop[2]"],
        "a note that refers to itself",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "parts", "expected", "reason"), NOTES)
def test_notes(tmp_path, body, parts, expected, reason):
    assert lines(read(tmp_path, body, **parts)) == expected, reason


def test_notes_that_bear_the_same_numbers_are_named(tmp_path):
    settings = '<endnotePr><numFmt w:val="decimal"/></endnotePr>'
    reading = read(tmp_path, p(ref(7) + ref(2, "endnote")), footnotes=TWO, endnotes=END, settings=settings)
    assert "bear the same numbers" in reading.warnings[0]


def test_pages_that_nobody_knows_are_named(tmp_path):
    settings = '<footnotePr><numRestart w:val="eachPage"/></footnotePr>'
    reading = read(tmp_path, p(r("a") + ref(7)), footnotes=TWO, settings=settings)
    assert "begin anew on each page" in reading.warnings[0]
