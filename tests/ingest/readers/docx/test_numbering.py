"""Automatic numbers as Word prints them."""

import pytest

from ingest.readers.docx.number_formats import printed
from tests.ingest.readers.docx.word_files import STYLES, lines, p, r, read

FORMATS = [  # (number, format, printed, reason)
    (7, "decimal", "7", "Arabic"),
    (7, "decimalZero", "07", "two digits"),
    (12, "decimalZero", "12", "no more than two"),
    (26, "lowerLetter", "z", "the last letter"),
    (27, "lowerLetter", "aa", "then letters are doubled"),
    (28, "upperLetter", "BB", "as in Word, not AB"),
    (55, "lowerLetter", "ccc", "and tripled"),
    (4, "lowerRoman", "iv", "Roman"),
    (1999, "upperRoman", "MCMXCIX", "Roman capitals"),
    (0, "lowerRoman", "0", "there is no Roman zero"),
    (1, "ordinal", "1st", "ordinals"),
    (12, "ordinal", "12th", "teens"),
    (103, "ordinal", "103rd", "beyond a hundred"),
    (21, "cardinalText", "Twenty-one", "in words"),
    (1, "ordinalText", "First", "ordinals in words"),
    (30, "ordinalText", "Thirtieth", "tens"),
    (42, "ordinalText", "Forty-second", "compounds"),
    (5, "chicago", "**", "marks are doubled after four"),
    (3, "decimalEnclosedCircle", "③", "in a circle"),
    (4, "numberInDash", "- 4 -", "between dashes"),
    (4, "none", "", "no number"),
    (4, "japaneseCounting", "4", "others in Arabic numerals"),
]


@pytest.mark.parametrize(("count", "form", "expected", "reason"), FORMATS)
def test_formats(count, form, expected, reason):
    assert printed(count, form) == expected, reason


def level(depth, form, text, more=""):
    return f'<lvl w:ilvl="{depth}"><start w:val="1"/><numFmt w:val="{form}"/><lvlText w:val="{text}"/>{more}</lvl>'


def numbered(number, *levels, abstract="1", more=""):
    definition = f'<abstractNum w:abstractNumId="{abstract}">{"".join(levels)}</abstractNum>'
    return f'{definition}<num w:numId="{number}"><abstractNumId w:val="{abstract}"/>{more}</num>'


def item(text="x", number=1, depth=0, more=""):
    return p(text, f'<numPr><ilvl w:val="{depth}"/><numId w:val="{number}"/></numPr>{more}')


def items(depths, number=1):
    return "".join(item(str(row), number, depth) for row, depth in enumerate(depths))


LEGAL = (level(0, "lowerLetter", "(%1)"), level(1, "decimal", "(%2)"), level(2, "lowerRoman", "(%3)"))
OUTLINE = (level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
LISTS = [  # (numbering, body, numbers with what stands behind them, reason)
    (numbered("1", *LEGAL), items([0, 0, 1, 1, 2, 2, 1, 0]),
     ["(a) 0", "(b) 1", "(1) 2", "(2) 3", "(i) 4", "(ii) 5", "(3) 6", "(c) 7"], "levels below restart"),
    (numbered("1", *OUTLINE), items([0, 1, 1, 2, 0, 1]), ["I. 0", "I.1 1", "I.2 2", "I.2.1 3", "II. 4", "II.1 5"],
     "numbers of outer levels are repeated in their own form"),
    (numbered("1", level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<isLgl/>")), items([0, 0, 1]),
     ["I. 0", "II. 1", "2.1 2"], "legal numbering is in Arabic numerals"),
    (numbered("1", level(0, "decimal", "Section %1."), level(1, "decimal", "%2.", '<lvlRestart w:val="0"/>')),
     items([0, 1, 1, 0, 1]), ["Section 1. 0", "1. 1", "2. 2", "Section 2. 3", "3. 4"], "a level that never restarts"),
    (numbered("1", level(0, "decimal", "%1"), level(1, "decimal", "%2"), level(2, "decimal", "%3",
     '<lvlRestart w:val="1"/>')), items([0, 1, 2, 1, 2, 0, 2]), ["1 0", "1 1", "1 2", "2 3", "2 4", "2 5", "1 6"],
     "a level that restarts after the first only"),
    (numbered("1", *LEGAL) + '<num w:numId="2"><abstractNumId w:val="1"/></num>', items([0, 0]) + items([0], 2),
     ["(a) 0", "(b) 1", "(c) 0"], "two lists of one definition count together"),
    (numbered("1", *LEGAL) + '<num w:numId="2"><abstractNumId w:val="1"/><lvlOverride w:ilvl="0"><startOverride '
     'w:val="1"/></lvlOverride></num>', items([0, 0]) + items([0, 0], 2) + items([0]),
     ["(a) 0", "(b) 1", "(a) 0", "(b) 1", "(c) 0"], "but for one that starts again, once"),
    (numbered("1", *LEGAL, more='<lvlOverride w:ilvl="0"><startOverride w:val="5"/></lvlOverride>'), items([0, 0]),
     ["(e) 0", "(f) 1"], "a list that starts later"),
    (numbered("1", *LEGAL, more='<lvlOverride w:ilvl="0">' + level(0, "upperLetter", "%1)") + "</lvlOverride>"),
     items([0, 1, 0]), ["A) 0", "(1) 1", "B) 2"], "a level that a list has of its own"),
    (numbered("1", *LEGAL), items([0]) + p("Between") + items([0]), ["(a) 0", "Between", "(b) 0"],
     "text between does not end a list"),
    (numbered("1", *LEGAL), items([0]) + item("none", 0) + items([0]), ["(a) 0", "none", "(b) 0"], "list 0 is none"),
    (numbered("1", *LEGAL), items([0]) + item("none", 7), ["(a) 0", "none"], "a list that is not defined"),
    (numbered("1", *LEGAL), items([0]) + item("<del><r><delText>x</delText></r></del>", more="<rPr><del/></rPr>")
     + items([0]), ["(a) 0", "(b) 0"], "a deleted paragraph takes no number"),
    (numbered("1", *LEGAL), items([0]) + item(r("x", "<vanish/>"), more="<rPr><vanish/></rPr>") + items([0]),
     ["(a) 0", "(b) 0"], "nor does a hidden one"),
    (numbered("1", *LEGAL), items([0]) + item("") + items([0]), ["(a) 0", "(c) 0"], "an empty one does"),
    (numbered("1", *OUTLINE), items([1, 0]), ["I.1 0", "II. 1"], "an outer level that nothing used counts as used"),
    (numbered("1", level(0, "bullet", "\uf0b7"), level(1, "decimal", "%2.")), items([0, 1, 0, 1]),
     ["0", "1. 1", "2", "1. 3"], "bullets are not written"),
    (numbered("1", level(0, "none", "")), items([0]), ["0"], "no format and no text: no number"),
    (numbered("1", level(0, "none", "Note")), items([0]), ["Note 0"], "text alone"),
    (numbered("1", level(0, "decimal", "§ %1", '<suff w:val="nothing"/>')), items([0]), ["§ 10"],
     "nothing stands between number and text"),
    (numbered("1", level(0, "decimal", "%1.", "<rPr><vanish/></rPr>")), items([0]), ["0"], "a hidden number"),
    (numbered("1", '<lvl w:ilvl="0"><start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><numFmt '
     'w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><numFmt w:val="decimal"/></mc:Fallback>'
     '</mc:AlternateContent><lvlText w:val="[%1]"/></lvl>'), items([0, 0]), ["[001] 0", "[002] 1"], "its own format"),
    (numbered("1", level(0, "decimal", "%1.")) + numbered("2", level(0, "lowerLetter", "%1)"), abstract="2"),
     items([0]) + items([0], 2) + items([0]), ["1. 0", "a) 0", "2. 0"], "two definitions count apart"),
]  # fmt: skip


@pytest.mark.parametrize(("numbering", "body", "expected", "reason"), LISTS)
def test_lists(tmp_path, numbering, body, expected, reason):
    reading = read(tmp_path, body, numbering=numbering)
    assert [block.text for block in reading.blocks] == expected, reason


def test_levels_of_items(tmp_path):
    reading = read(tmp_path, items([0, 2]) + p("x"), numbering=numbered("1", *LEGAL))
    assert lines(reading) == ["list_item 1: (a) 0", "list_item 3: (i) 1", "x"]


STYLED = STYLES.replace('<outlineLvl w:val="0"/>', '<outlineLvl w:val="0"/><numPr><numId w:val="1"/></numPr>').replace(
    '<outlineLvl w:val="1"/>', '<outlineLvl w:val="1"/><numPr><ilvl w:val="1"/><numId w:val="1"/></numPr>'
)
LINKED = (
    level(0, "decimal", "Part %1", '<pStyle w:val="Heading1"/>'),
    level(1, "decimal", "%1.%2", '<pStyle w:val="Heading2"/>'),
    level(2, "lowerLetter", "(%3)"),
)
H1, H2 = ('<pStyle w:val="Heading1"/>', '<pStyle w:val="Heading2"/>')


def test_headings_are_numbered_by_their_styles(tmp_path):
    body = p("A", H1) + p("B", H2) + p("C", H2) + item("d", depth=2) + p("E", H1) + p("F", H2)
    assert lines(read(tmp_path, body, styles=STYLED, numbering=numbered("1", *LINKED))) == [
        "heading 1: Part 1 A",
        "heading 2: 1.1 B",
        "heading 2: 1.2 C",
        "list_item 3: (a) d",
        "heading 1: Part 2 E",
        "heading 2: 2.1 F",
    ]


STYLE_CASES = [  # (styles, numbering, body, numbers, reason)
    (
        STYLED + '<style w:type="paragraph" w:styleId="Own"><name w:val="Own"/><basedOn w:val="Heading1"/></style>',
        numbered("1", *LINKED),
        p("x", '<pStyle w:val="Own"/>'),
        ["Part 1 x"],
        "a style that is based on a numbered one",
    ),
    (
        STYLED,
        numbered("1", *LINKED),
        p("x", f'{H1}<numPr><numId w:val="0"/></numPr>'),
        ["x"],
        "a paragraph that puts the number of its style away",
    ),
    (
        STYLES + '<style w:type="numbering" w:styleId="Ls"><name w:val="Ls"/><pPr><numPr><numId w:val="1"/></numPr>'
        "</pPr></style>",
        numbered("1", *LEGAL)
        + '<abstractNum w:abstractNumId="2"><numStyleLink w:val="Ls"/></abstractNum><num w:numId="2"><abstractNumId '
        'w:val="2"/></num>',
        items([0, 1], 2),
        ["(a) 0", "(1) 1"],
        "a definition that a style of lists gives",
    ),
    (
        STYLES,
        '<abstractNum w:abstractNumId="2"><numStyleLink w:val="Nowhere"/></abstractNum><num w:numId="2"><abstractNumId '
        'w:val="2"/></num>',
        items([0], 2),
        ["0"],
        "a link to nothing",
    ),
]


@pytest.mark.parametrize(("styles", "numbering", "body", "expected", "reason"), STYLE_CASES)
def test_lists_of_styles(tmp_path, styles, numbering, body, expected, reason):
    assert [block.text for block in read(tmp_path, body, styles=styles, numbering=numbering).blocks] == expected, reason


def test_struck_items(tmp_path):
    body = item(r("Old.", "<strike/>"), more="<rPr><strike/></rPr>") + item(r("Old.", "<strike/>")) + item("New.")
    reading = read(tmp_path, body, numbering=numbered("1", *LEGAL))
    assert [(block.text, block.struck) for block in reading.blocks] == [
        ("(b)", ((0, "(a) Old."), (3, "Old."))),
        ("(c) New.", ()),
    ], "a number is struck out where the mark of its paragraph is"
