"""Values of form fields and free text stand where they are printed."""

import pytest
from pypdf.generic import DictionaryObject, NameObject

LABEL = "BT /F 12 Tf 72 700 Td (Holder:) Tj ET "
FIELD = "/Subtype /Widget /Rect [120 695 300 712] /DA (/F 11 Tf 0 g) "
TEXT = FIELD + "/FT /Tx /V (Brig Halcyon) "
DRAWN = "/Tx BMC q BT /F 11 Tf 0 g 2 5 Td (Brig Halcyon) Tj ET Q EMC"
COMB = "BT /F 11 Tf 2 5 Td (1) Tj 40 0 Td (2) Tj 40 0 Td (3) Tj 40 0 Td (4) Tj ET"
OPTIONS = "/Opt [[(a) (Alpha)] [(b) (Beta)]] "
BOTH = "BT /F 11 Tf 2 30 Td (Alpha) Tj 0 -12 Td (Beta) Tj ET"


def field(entries: str, drawn: str = "", box: str = "[0 0 180 17]"):
    return lambda page: page.annotate(entries, page.form(drawn, box) if drawn else None)


def inherited(page):
    note = page.annotate("/Subtype /Widget /Rect [120 695 300 712]")
    note[NameObject("/Parent")] = page.add("<< /FT /Tx /V (Brig Halcyon) /DA (/F 11 Tf) >>")


def anew(page):
    page.root("AcroForm", "<< /NeedAppearances true >>")
    page.annotate(TEXT, page.form("BT /F 11 Tf 2 5 Td (Old value) Tj ET", "[0 0 180 17]"))


@pytest.mark.parametrize(
    ("prepare", "expected", "hidden", "why"),
    [
        (field(TEXT), "Holder: Brig Halcyon", 0, "by its value"),
        (field(TEXT, DRAWN), "Holder: Brig Halcyon", 0, "by its appearance"),
        (field(TEXT, "0.9 g 0 0 180 17 re f"), "Holder: Brig Halcyon", 0, "its appearance shows no text"),
        (inherited, "Holder: Brig Halcyon", 0, "the field above it has the value"),
        (anew, "Holder: Brig Halcyon", 0, "appearances are to be drawn anew"),
        (field(TEXT + "/F 2 ", DRAWN), "Holder:", 2, "hidden"),
        (field(TEXT + "/F 32 ", DRAWN), "Holder:", 2, "not for the screen"),
        (field(TEXT + "/Ff 8192 ", DRAWN), "Holder:", 0, "a password"),
        (field(FIELD + "/FT /Tx /Ff 16777216 /V (1234) ", COMB), "Holder: 1234", 0, "characters in boxes"),
        (field(FIELD + "/FT /Ch /Ff 131072 /V (b) " + OPTIONS), "Holder: Beta", 0, "the name of the choice"),
        (
            field(FIELD + "/FT /Ch /V [(b)] " + OPTIONS, BOTH, "[0 0 180 52]"),
            "Holder: Beta",
            0,
            "not what was not chosen",
        ),
        (field(FIELD + "/FT /Btn /Ff 65536 ", "BT /F 9 Tf 2 2 Td (Print form) Tj ET"), "Holder:", 0, "a button"),
        (
            field("/Subtype /Text /Contents (A remark.) /Rect [120 695 140 712]"),
            "Holder:",
            0,
            "a remark is not printed",
        ),
        (field("/Subtype /Widget /FT /Tx /V (x)"), "Holder:", 0, "it stands nowhere"),
    ],
)
def test_values_of_fields(read_page, body, prepare, expected, hidden, why):
    reading = read_page(LABEL, prepare)
    assert body(reading) == expected, why
    assert [(one.reason, one.words) for one in reading.left_out] == ([("hidden", hidden)] if hidden else []), why


@pytest.mark.parametrize(
    ("entries", "left", "expected"),
    [
        ("/FT /Btn /AS /Yes /Rect [72 698 84 710]", 95, "☒ Night"),
        ("/FT /Btn /AS /Off /Rect [72 698 84 710]", 95, "☐ Night"),
        ("/FT /Btn /V /Day /Rect [72 698 84 710]", 95, "☐ Night"),  # another of its group
        ("/FT /Btn /V /Yes /Rect [72 698 84 710]", 95, "☒ Night"),
        ("/FT /Btn /Ff 32768 /AS /2 /Rect [72 698 84 710]", 95, "☒ Night"),  # one of several
        ("/FT /Btn /AS /Yes /Rect [108 698 120 710]", 72, "Night ☒"),
    ],
)
def test_ticks_stand_beside_their_text(read_page, body, entries, left, expected):
    def prepare(page):
        states = DictionaryObject({NameObject("/Yes"): page.form("BT /F 11 Tf (4) Tj ET")})
        page.annotate(f"/Subtype /Widget {entries}", states)

    assert body(read_page(f"BT /F 12 Tf {left} 700 Td (Night) Tj ET", prepare)) == expected


def test_free_text_is_read_and_hidden_free_text_is_not(read_page, body):
    note = "/Subtype /FreeText /Contents (Amended 3 May.) /DA (/F 10 Tf) /Rect [72 600 300 620] "
    assert body(read_page("", lambda page: page.annotate(note))) == "Amended 3 May."
    reading = read_page("", lambda page: page.annotate(note + "/F 2"))
    assert (body(reading), [(one.reason, one.words) for one in reading.left_out]) == ("", [("hidden", 3)])


def test_stamps_are_left_out_and_named(read_page, body):
    def prepare(page):
        look = page.form("1 g 0 0 200 30 re f 0 g BT /F 20 Tf 2 10 Td (SUPERSEDED in part) Tj ET", "[0 0 200 30]")
        page.annotate("/Subtype /Stamp /Rect [72 600 272 630]", look)

    reading = read_page("BT /F 12 Tf 72 700 Td (Body of the rule.) Tj 0 -90 Td (Below it.) Tj ET", prepare)
    assert body(reading) == "Body of the rule."
    assert [(one.reason, one.words) for one in reading.left_out] == [("covered", 2), ("watermark", 3)]
