"""Text that a file states for what is drawn needs no second engine to confirm it."""

import pytest

FIGURES = "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [2 /two.oldstyle /oneoldstyle /f_i] >>"


@pytest.mark.parametrize(
    ("shown", "text", "doubted", "reason"),
    [
        (
            "(Of) Tj /Span << /ActualText (fi) >> BDC (\\001) Tj EMC (cers decide.) Tj",
            "Officers decide.",
            [],
            "declared",
        ),
        ("(Rule \\002\\003\\003.\\002 holds.) Tj", "Rule 211.2 holds.", [], "names of old-style figures"),
        ("(Of\\004cers decide.) Tj", "Officers decide.", [], "name of a ligature"),
        ("/Span << /ActualText (Rule 7) >> BDC (Order 8) Tj EMC ( holds.) Tj", "Rule 7 holds.", [], "other words"),
        (
            "/Span << /ActualText (the sum of all) >> BDC (+++) Tj EMC",
            "the sum of all",
            [],
            "much more",
        ),
        (
            "/Span << /ActualText (Grant all that is asked for) >> BDC (.) Tj EMC (A rule.) Tj",
            ".A rule.",
            [".A"],
            "hidden; pdfium reads it",
        ),
    ],
)
def test_what_the_file_states_is_not_doubted(read_page, shown, text, doubted, reason):
    def prepare(made):
        made.resource("Font", "G", f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {FIGURES} >>")

    reading = read_page(f"BT /G 12 Tf 72 600 Td {shown} ET", prepare)
    block = reading.blocks[-1]
    assert block.text == text, reason
    assert [block.text[start:end] for start, end in block.unconfirmed] == doubted, reason
    assert (reading.agreement == ((1, 1.0),)) == (not doubted), reason


def test_the_value_of_a_field_is_not_doubted(read_page):
    def prepare(made):
        made.root("AcroForm", "<< /NeedAppearances true /Fields [] >>")
        look = made.form("BT /F 10 Tf 2 4 Td (Pedro Paz) Tj ET", "[0 0 200 20]")
        made.annotate("/Subtype /Widget /FT /Tx /T (name) /V (Maria Lopez) /DA (/F 10 Tf) /Rect [72 600 272 620]", look)

    reading = read_page("", prepare)
    assert [block.text for block in reading.blocks][-1] == "Maria Lopez"
    assert reading.agreement == ((1, 1.0),), "viewers draw the value anew; the second engine draws what was there"


@pytest.mark.parametrize(
    ("over", "text", "reason"),
    [
        ("[REDACTED]", "[REDACTED]", "printed on the box that hides what lies below"),
        ("(b)(6)", "(b)(6)", "an exemption"),
    ],
)
def test_what_is_printed_on_a_box_is_not_doubted(read_page, over, text, reason):
    page = f"BT /F 12 Tf 72 600 Td (Maria Lopez) Tj ET 1 g 70 595 90 20 re f 0 g BT /F 12 Tf 74 600 Td ({over}) Tj ET"
    reading = read_page(page)
    assert reading.blocks[-1].text == text, reason
    assert reading.agreement == ((1, 1.0),), reason
