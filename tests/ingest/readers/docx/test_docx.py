"""Word documents in document order: what wraps text, tables, text boxes, tracked changes, headings, titles."""

import pytest

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.readers.registry import read_document
from pinpoint.records import LeftOut
from tests.ingest.readers.docx.word_files import lines, p, r, read, strict, table

BOX = (
    '<r><mc:AlternateContent><mc:Choice Requires="wps"><drawing><wp:anchor><wp:docPr w:id="1"{0}/><wps:wsp><wps:txbx>'
    "<txbxContent>{1}</txbxContent></wps:txbx></wps:wsp></wp:anchor></drawing></mc:Choice><mc:Fallback><pict><v:shape>"
    "<v:textbox><txbxContent>{1}</txbxContent></v:textbox></v:shape></pict></mc:Fallback></mc:AlternateContent></r>"
)
INNER = table(("Day", "7 feet"), ("Night", "6 feet"))
BLOCKS = [  # (body, lines, reason)
    (
        f"{p('One')}<sdt><sdtPr/><sdtContent>{p('Two')}</sdtContent></sdt>{p('Three')}",
        ["One", "Two", "Three"],
        "a content control around a paragraph",
    ),
    (
        f"<sdt><sdtContent><sdt><sdtContent>{p('A')}{table(('a', 'b'))}</sdtContent></sdt></sdtContent></sdt>",
        ["A", "table_header: a | b"],
        "controls in controls, with a table",
    ),
    (
        f"<customXml>{p('<smartTag>' + r('Ann') + '</smartTag>' + r(' Lee'))}</customXml>",
        ["Ann Lee"],
        "custom XML around a paragraph, a smart tag within",
    ),
    (
        p(f"{r('see ')}<hyperlink><r><t>the act</t></r></hyperlink><fldSimple w:instr='REF x'>{r(' § 5')}</fldSimple>"),
        ["see the act § 5"],
        "links and simple fields",
    ),
    (p(f"<bdo w:val='ltr'>{r('12')}</bdo><dir w:val='ltr'>{r('34')}</dir>"), ["1234"], "overrides of direction"),
    (
        p(f"{r('A ')}<sdt><sdtPr><showingPlcHdr/></sdtPr><sdtContent>{r('Click here')}</sdtContent></sdt>{r('B')}"),
        ["A B"],
        "what is to be filled in is no text",
    ),
    (
        p(
            "<sdt><sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></sdtPr><sdtContent>"
            f"{r('x')}</sdtContent></sdt>{r(' yes ')}<sdt><sdtPr><w14:checkbox><w14:checked w14:val='0'/>"
            f"</w14:checkbox></sdtPr><sdtContent>{r('y')}</sdtContent></sdt>{r(' no')}"
        ),
        ["☒ yes ☐ no"],
        "check boxes as they are ticked",
    ),
    (
        f"<tbl><tr><tc>{p('Form')}</tc><tc>{p('Fee')}</tc></tr><sdt><sdtContent><tr><tc>{p('I-914')}</tc><sdt>"
        f"<sdtContent><tc>{p('none')}</tc></sdtContent></sdt></tr></sdtContent></sdt></tbl>",
        ["table_header: Form | Fee", "table_row: I-914 | none"],
        "controls around a row and around a cell",
    ),
    (
        table(("Season", "Limit"), ("Summer", f"{p()}{INNER}{p()}")) + p("After"),
        ["table_header: Season | Limit", "table_row: Summer |", "table_header: Day | 7 feet",
         "table_row: Night | 6 feet", "After"],
        "a table in a cell stands behind its row",
    ),
    (
        table((p("1. Scope", '<pStyle w:val="Heading2"/>') + p("It covers all.") + INNER,)),
        ["heading 2: 1. Scope", "It covers all.", "table_header: Day | 7 feet", "table_row: Night | 6 feet"],
        "a frame of one cell is no table",
    ),
    (
        table((p("Scope") + p("All."),), (p("Fees"),)),
        ["Scope", "All.", "Fees"],
        "nor is one column of boxes with paragraphs",
    ),
    (table(("Documents",), ("Passport",)), ["table_header: Documents", "table_row: Passport"], "one of words is"),
    (
        table((p("Left", '<pStyle w:val="Heading1"/>') + p("Text of it."), p("Right", '<pStyle w:val="Heading1"/>'))),
        ["heading 1: Left", "Text of it.", "heading 1: Right"],
        "columns with headings over text only set it out",
    ),
    (
        "<tbl><tr><tc><tcPr><gridSpan w:val='3'/></tcPr><p><r><t>Part A</t></r></p></tc></tr><tr><tc><p><r><t>x</t></r>"
        "</p></tc><tc><tcPr><gridSpan w:val='2'/></tcPr><p><r><t>Fees</t></r></p></tc></tr><tr><trPr>"
        "<gridBefore w:val='1'/></trPr><tc><p><r><t>1</t></r></p></tc><tc><p><r><t>2</t></r></p></tc></tr></tbl>",
        ["table_header: Part A", "table_row: x | Fees | Fees", "table_row:  | 1 | 2"],
        "a cell over two columns stands in both, one over all once; columns left free count",
    ),
    (
        "<tbl><tr><tc><p><r><t>A</t></r></p></tc><tc><p><r><t>B</t></r></p></tc></tr><tr><tc><tcPr>"
        "<vMerge w:val='restart'/></tcPr><p><r><t>Winter</t></r></p></tc><tc><p><r><t>1</t></r></p></tc></tr><tr><tc>"
        "<tcPr><vMerge/></tcPr><p/></tc><tc><p><r><t>2</t></r></p></tc></tr></tbl>",
        ["table_header: A | B", "table_row: Winter | 1", "table_row: Winter | 2"],
        "a cell over two rows stands in both",
    ),
    (
        p(r("Ships raise the flag.") + BOX.format("", p("No crew may land.")) + r(" It stays up.")),
        ["Ships raise the flag. It stays up.", "No crew may land."],
        "a text box once, behind its paragraph",
    ),
    (
        table(("A", p(r("b") + BOX.format("", p("Boxed")))), ("c", "d")),
        ["table_header: A | b", "Boxed", "table_row: c | d"],
        "a text box in a cell",
    ),
    (
        p("<r><pict><v:shape><v:textbox><txbxContent><p><r><t>Old</t></r></p></txbxContent></v:textbox></v:shape></pict>"
          "</r>"),
        ["Old"],
        "a text box of older versions",
    ),
    (
        p("T", '<framePr w:dropCap="drop" w:lines="3"/>') + p("he applicant files."),
        ["The applicant files."],
        "a dropped capital, which is a paragraph of its own",
    ),
    (
        p("<r><t>a</t></r><mc:AlternateContent><mc:Choice Requires='w14'><r><t>b</t></r></mc:Choice><mc:Fallback><r>"
          "<t>c</t></r></mc:Fallback></mc:AlternateContent>"),
        ["ab"],
        "one branch of alternate content",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "reason"), BLOCKS)
def test_blocks_stand_in_document_order(tmp_path, body, expected, reason):
    assert lines(read(tmp_path, body)) == expected, reason


CHANGES = [  # (body, lines, counted in the warning, reason)
    (
        p(f"{r('fee ')}<del w:id='1'><r><delText>20</delText></r></del><ins w:id='2'>{r('35')}</ins>"),
        ["fee 35"],
        "1 insertion, 1 deletion",
        "as if accepted",
    ),
    (
        p(f"<moveFrom w:id='1'>{r('Half.')}</moveFrom>") + p("All.") + p(f"<moveTo w:id='1'>{r('Half.')}</moveTo>"),
        ["All.", "Half."],
        "1 moved text",
        "moved text stands once, where it went",
    ),
    (
        p("The fee", "<rPr><del w:id='1'/></rPr>") + p(" is due.") + p("Next."),
        ["The fee is due.", "Next."],
        "1 deletion",
        "a deleted mark joins two paragraphs",
    ),
    (
        p("<del w:id='1'><r><delText>Gone.</delText></r></del>", "<rPr><del w:id='2'/></rPr>") + p("Stays."),
        ["Stays."],
        "2 deletions",
        "a deleted paragraph leaves nothing",
    ),
    (p("Alone", "<rPr><del w:id='1'/></rPr>") + table(("a", "b")), ["Alone", "table_header: a | b"], "1 deletion",
     "no text is lost before a table"),
    (
        f"<tbl><tr><tc>{p('A')}</tc><tc>{p('B')}</tc></tr><tr><trPr><del w:id='1'/></trPr><tc>{p('c')}</tc><tc>{p('d')}"
        f"</tc></tr><tr><trPr><ins w:id='2'/></trPr><tc>{p('e')}</tc><tc><tcPr><cellDel w:id='3'/></tcPr>{p('f')}</tc>"
        f"<tc><tcPr><cellIns w:id='4'/></tcPr>{p('g')}</tc></tr></tbl>",
        ["table_header: A | B", "table_row: e | g"],
        "2 insertions, 2 deletions",
        "rows and cells that were deleted and inserted",
    ),
    (
        p(f"<ins w:id='1'>{r('held ')}<del w:id='2'><r><delText>not</delText></r></del></ins>{r('x')}"),
        ["held x"],
        "1 insertion, 1 deletion",
        "deleted within what was inserted",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "counted", "reason"), CHANGES)
def test_tracked_changes_are_read_as_accepted_and_said(tmp_path, body, expected, counted, reason):
    reading = read(tmp_path, body)
    assert lines(reading) == expected, reason
    assert f"tracked changes ({counted})" in reading.warnings[0]


def test_a_document_without_changes_has_no_warning(tmp_path):
    assert read(tmp_path, p("Text")).warnings == ()


STYLED = (
    '<style w:type="paragraph" w:styleId="Heading1"><name w:val="heading 1"/></style>'
    '<style w:type="paragraph" w:styleId="Chapter"><name w:val="Port Chapter"/><basedOn w:val="Heading1"/></style>'
    '<style w:type="paragraph" w:styleId="Clause"><name w:val="Clause"/><pPr><outlineLvl w:val="2"/></pPr></style>'
    '<style w:type="paragraph" w:styleId="TOCHeading"><name w:val="TOC Heading"/><basedOn w:val="Heading1"/>'
    '<pPr><outlineLvl w:val="9"/></pPr></style>'
    '<style w:type="paragraph" w:styleId="berschrift2"><name w:val="Überschrift 2"/></style>'
    '<style w:type="paragraph" w:styleId="T"><name w:val="Title"/></style>'
    '<style w:type="paragraph" w:styleId="TOC2"><name w:val="toc 2"/></style>'
    '<style w:type="paragraph" w:styleId="Loop"><name w:val="Loop"/><basedOn w:val="Loop"/></style>'
    '<style w:type="paragraph" w:styleId="N" w:default="1"><name w:val="Normal"/></style>'
)
HEADINGS = [  # (properties of the paragraph, line, reason)
    ('<pStyle w:val="Heading1"/>', "heading 1: X", "a style of Word, by its name"),
    ('<pStyle w:val="Chapter"/>', "heading 1: X", "a style based on one"),
    ('<pStyle w:val="Clause"/>', "heading 3: X", "the outline level of a style"),
    ('<outlineLvl w:val="1"/>', "heading 2: X", "the outline level of a paragraph"),
    ('<pStyle w:val="Clause"/><outlineLvl w:val="9"/>', "X", "level 9 is text"),
    ('<pStyle w:val="Heading1"/><outlineLvl w:val="9"/>', "heading 1: X", "the levels of Word's own headings stay"),
    ('<pStyle w:val="TOCHeading"/>', "X", "the heading of a table of contents is in no outline"),
    ('<pStyle w:val="TOC2"/>', "table_row: X", "an entry of a table of contents"),
    ('<pStyle w:val="berschrift2"/>', "heading 2: X", "a name in the language of the program"),
    ('<pStyle w:val="T"/>', "heading 1: X", "the title"),
    ('<pStyle w:val="Loop"/>', "X", "a style based on itself"),
    ('<pStyle w:val="Nowhere"/>', "X", "a style that is not defined"),
    ("", "X", "plain text"),
]


@pytest.mark.parametrize(("properties", "expected", "reason"), HEADINGS)
def test_headings(tmp_path, properties, expected, reason):
    assert lines(read(tmp_path, p("X", properties), styles=STYLED)) == [expected], reason


def test_clauses_in_heading_styles_are_text(tmp_path):
    clause = "The applicant files the form with the office and " + "shows what the law asks for " * 6 + "."
    body = p(clause, '<pStyle w:val="Heading1"/>') + p("Fees", '<pStyle w:val="Heading1"/>')
    assert [block.kind for block in read(tmp_path, body, styles=STYLED).blocks] == ["paragraph", "heading"]


def test_the_strict_form(tmp_path):
    before = read(tmp_path, p("Scope", '<pStyle w:val="Heading1"/>') + p("It covers all."), title="Act")
    strict(tmp_path / "x.docx")
    assert read_document(tmp_path / "x.docx") == before


def test_struck_and_hidden_words_are_named_in_the_rows(tmp_path):
    body = p(r("A fee of ") + r("20 crowns ", "<strike/>") + r("35.") + r(" Draft", "<vanish/>"))
    read(tmp_path, body)
    entry = ManifestEntry(id="x", file="x.docx", title="Fees")
    parsed = parse_file(tmp_path / "x.docx", entry, sha256="0", crosswalk=())
    assert parsed.parsed.document.text == "A fee of 35."
    assert parsed.parsed.document.left_out == (
        LeftOut("hidden", 1),
        LeftOut("struck out", 2, text="20 crowns", position=9),
    )


TITLES = [  # (title of the properties, title read, reason)
    ("Guide to requests", "Guide to requests", "as the properties say"),
    ("", "On Fees", "the paragraph of style Title"),
    ("Word Document", "On Fees", "made up by a program"),
    ("Microsoft Word - fees_v3.doc", "On Fees", "made up by a printer"),
    ("Document1", "On Fees", "made up by Word"),
]


@pytest.mark.parametrize(("stated", "expected", "reason"), TITLES)
def test_titles(tmp_path, stated, expected, reason):
    body = p("Chapter", '<pStyle w:val="Heading1"/>') + p("On Fees", '<pStyle w:val="T"/>')
    assert read(tmp_path, body, title=stated, styles=STYLED).title == expected, reason


UNSEEN = (
    '<style w:type="paragraph" w:styleId="Secret"><name w:val="Secret"/><rPr><vanish/></rPr></style>'
    '<style w:type="character" w:styleId="Gone"><name w:val="Gone"/><rPr><vanish/></rPr></style>'
    '<style w:type="character" w:styleId="Out"><name w:val="Out"/><rPr><strike/></rPr></style>'
    '<style w:type="table" w:styleId="Dark"><name w:val="Dark"/><tcPr><shd w:val="clear" w:fill="112233"/></tcPr>'
    "</style>"
)
WHITE = '<color w:val="FFFFFF"/>'
HIDDEN = [  # (body, lines, what was left out, reason)
    (p(r("a ") + r("secret words ", "<vanish/>") + r("b")), ["a b"], [("hidden", 2)], "hidden by the run"),
    (p(r("a ") + r("two words", '<rStyle w:val="Gone"/>')), ["a"], [("hidden", 2)], "by the style of the run"),
    (p("none", '<pStyle w:val="Secret"/>') + p("b"), ["b"], [("hidden", 1)], "by the style of the paragraph"),
    (
        p(r("seen", '<vanish w:val="0"/>') + r(" not"), '<pStyle w:val="Secret"/>'),
        ["seen"],
        [("hidden", 1)],
        "switched off by the run",
    ),
    (
        p(r("seen", '<rStyle w:val="Gone"/>'), '<pStyle w:val="Secret"/>'),
        ["seen"],
        [],
        "two styles that hide undo each other (ECMA-376, 17.7.3)",
    ),
    (p(r("a ") + r("b", "<webHidden/>")), ["a b"], [], "hidden on web pages is printed"),
    (p(r("con", "<vanish/>") + r("fidential", "<b/><vanish/>") + r("a")), ["a"], [("hidden", 1)], "a word in two runs"),
    (p(r("a ") + r("tiny", '<sz w:val="2"/>')), ["a"], [("invisible", 1)], "one point"),
    (p(r("a ") + r("small", '<sz w:val="12"/>')), ["a small"], [], "six points"),
    (p(r("a ") + r("white", WHITE)), ["a"], [("invisible", 1)], "white on white"),
    (p(r("a ") + r("white", WHITE + '<highlight w:val="black"/>')), ["a white"], [], "on a marker"),
    (p(r("on dark", WHITE), '<shd w:val="clear" w:fill="000080"/>'), ["on dark"], [], "on a shaded paragraph"),
    (
        f"<tbl><tblPr><tblStyle w:val='Dark'/></tblPr><tr><tc>{p(r('Form', WHITE))}</tc><tc>{p('Fee')}</tc></tr></tbl>",
        ["table_header: Form | Fee"],
        [],
        "in a table with a shaded style",
    ),
    (p(r("a") + BOX.format("", p(r("label", WHITE)))), ["a", "label"], [], "in a box, whose colour nobody knows"),
    (
        p(r("a") + BOX.format(' hidden="1"', p("not seen"))),
        ["a"],
        [("hidden", 2)],
        "a box that is hidden",
    ),
    (
        f"<tbl><tr><tc>{p('A')}</tc><tc>{p('B')}</tc></tr><tr><trPr><hidden/></trPr><tc>{p('c d')}</tc><tc>"
        f"{p('e')}</tc></tr></tbl>",
        ["table_header: A | B"],
        [("hidden", 3)],
        "a hidden row",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "left_out", "reason"), HIDDEN)
def test_what_is_not_printed_is_left_out_and_counted(tmp_path, body, expected, left_out, reason):
    reading = read(tmp_path, body, styles=UNSEEN)
    assert lines(reading) == expected, reason
    assert [*reading.left_out] == [LeftOut(name, words) for name, words in left_out], reason


STRUCK = [  # (body, text and what was struck out of it, reason)
    (
        p(r("A fee of ") + r("20 ", "<strike/>") + r("35 crowns.")),
        [("A fee of 35 crowns.", ((9, "20"),))],
        "before what stands behind it",
    ),
    (p(r("old ", "<dstrike/>") + r("new")), [("new", ((0, "old"),))], "struck twice"),
    (p(r("old", '<rStyle w:val="Out"/>') + r("new")), [("new", ((0, "old"),))], "by a style"),
    (
        p(r("stays", '<rStyle w:val="Out"/><strike w:val="false"/>')),
        [("stays", ())],
        "a style that the run switches off",
    ),
    (p("First.") + p(r("Struck all.", "<strike/>")) + p("Last."), [("First.", ((6, "Struck all."),)), ("Last.", ())],
     "a paragraph at the end of the one before it"),
    (p(r("Struck.", "<strike/>")) + p("Last."), [("Last.", ((0, "Struck."),))], "or before the first one"),
    (
        table(("a", p(r("b") + r(" c", "<strike/>"))), ("d", "e")),
        [("a | b", ((5, "c"),)), ("d | e", ())],
        "in a table",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "reason"), STRUCK)
def test_words_struck_out_are_no_text(tmp_path, body, expected, reason):
    reading = read(tmp_path, body, styles=UNSEEN)
    assert [(block.text, block.struck) for block in reading.blocks] == expected, reason


WARNINGS = [  # (body, part of the warning, reason)
    (p("a") + '<altChunk w:id="x"/>', "Text of 1 inserted file is not read", "text of another file"),
    (p("<r><t>a</t><object/></r>"), "Text of 1 embedded object is not read", "a table of another program"),
    (
        p("a") + f"<sdt><sdtPr><showingPlcHdr/></sdtPr><sdtContent>{p('Click')}</sdtContent></sdt>",
        "1 field is not filled in",
        "a form that is empty",
    ),
    (p('<r><t>a</t><sym w:font="Wingdings" w:char="F0C8"/></r>'), "1 character of the font Wingdings", "unknown"),
    (
        p('<r><t>a</t></r><r><fldChar w:fldCharType="begin"/></r><r><instrText> LISTNUM </instrText></r>'
          '<r><fldChar w:fldCharType="end"/></r>'),
        "LISTNUM (1)",
        "a number that Word counts when it prints",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "said", "reason"), WARNINGS)
def test_what_is_missing_is_said(tmp_path, body, said, reason):
    assert said in " ".join(read(tmp_path, body).warnings), reason
