"""What the page hides is left out and counted; what only looks hidden in the file stays."""

import pytest
from pypdf import PdfReader

from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.fonts import FontCache
from ingest.readers.pdf.engine.page_runs import read_runs

T = "BT /F 12 Tf 72 700 Td (Secret words here.) Tj ET "
WHOLE = "Secret words here."
BOX = "60 690 300 30 re f "
LONG = (
    "BT /F 12 Tf 72 600 Td (The whole page was scanned and read by a program.) Tj "
    "0 -20 Td (It has many words in its layer.) Tj ET "
)
PAGE_PICTURE = "q 612 0 0 792 0 0 cm /I Do Q "


def state(entries: str):
    return lambda page: page.resource("ExtGState", "G", entries)


def picture(page):
    page.resource("XObject", "I", page.picture())


def stencil(page):
    made = page.picture()
    made.get_object().update(page.of("<< /ImageMask true >>"))
    page.resource("XObject", "I", made)


def profile(page):
    page.resource("ColorSpace", "C", page.of("[/ICCBased 0]"))
    page.resources["/ColorSpace"]["/C"][1] = page.stream("x", "<< /N 3 >>")


def multiplied_and_masked(page):
    page.resource("ExtGState", "G", "<< /BM /Screen >>")
    page.resource("ExtGState", "H", "<< /SMask /None >>")


def rounded(x, y, width, height, radius, corner="c", up=None):
    """A path around a box with rounded corners, counterclockwise."""
    up = radius if up is None else up
    a, b, near, low = x + width, y + height, radius * 0.4477, up * 0.4477

    def turn(x1, y1, x2, y2, x3, y3):
        return f"{x1} {y1} {x2} {y2} {x3} {y3} c " if corner == "c" else f"{x3} {y3} l "

    return (
        f"{x + radius} {y} m {a - radius} {y} l " + turn(a - near, y, a, y + low, a, y + up)
        + f"{a} {b - up} l " + turn(a, b - low, a - near, b, a - radius, b)
        + f"{x + radius} {b} l " + turn(x + near, b, x, b - low, x, b - up)
        + f"{x} {y + up} l " + turn(x, y + low, x + near, y, x + radius, y) + "h f "
    )  # fmt: skip


def counted(reading):
    return [(one.reason, one.words, one.page) for one in reading.left_out]


def spot(page):
    inks = "/DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>"
    page.resource("ColorSpace", "S", f"[/Separation /Black {inks}]")


@pytest.mark.parametrize(
    ("content", "prepare", "reason"),
    [
        ("3 Tr " + T, None, "invisible"),
        ("q 3 Tr " + T + "Q", None, "invisible"),
        ("7 Tr " + T, None, "invisible"),  # only clips, and nothing is painted through it
        ("/G gs " + T, state("<< /ca 0 >>"), "invisible"),
        ("q 10 10 50 50 re W n " + T + "Q", None, "clipped"),
        ("q 70 600 300 50 re W* n " + T + "Q", None, "clipped"),
        ("1 g " + T, None, "hidden"),
        ("1 1 1 rg " + T, None, "hidden"),
        ("0 0 0 0 k " + T, None, "hidden"),
        ("/DeviceGray cs 1 sc " + T, None, "hidden"),
        ("/C cs 1 1 1 scn " + T, profile, "hidden"),
        ("/S cs 0 scn " + T, spot, "hidden"),  # none of an ink of its own
        ("0 g " + BOX + T, None, "redacted"),  # black on black, as Word blacks out
        ("0 0 1 rg " + BOX + T, None, "redacted"),
        ("0 g " + BOX + "1 g " + BOX + T, None, "hidden"),  # white on a white box over a black one
        ("BT /F 1 Tf 72 700 Td (Secret words here.) Tj ET", None, "hidden"),
        ("q .05 0 0 .05 0 0 cm BT /F 12 Tf 1440 14000 Td (Secret words here.) Tj ET Q", None, "hidden"),
        (T + "1 g " + BOX, None, "covered"),
        (T + "q 300 0 0 30 60 690 cm /I Do Q", picture, "covered"),
        (T + BOX, None, "redacted"),
        (T + "0.2 0 0 rg " + BOX, None, "redacted"),
        (T + rounded(60, 690, 300, 30, 6), None, "redacted"),
        (T + rounded(60, 690, 300, 30, 15), None, "redacted"),  # half a circle at each end
        (T + rounded(60, 690, 300, 30, 6, "l"), None, "redacted"),  # corners cut off
        (T + rounded(60, 690, 300, 30, 150, up=15), None, "redacted"),  # an ellipse
        (T + "q 1 0 0 -1 0 792 cm " + rounded(60, 72, 300, 30, 6) + "Q", None, "redacted"),  # drawn from the top
        (T + "0 g 60 690 300 12.5 re f 60 702.5 300 16 re f", None, "redacted"),  # boxes of half the height
        (T + "0 g 60 703 300 16 re f 70 690 220 13 re f", None, "redacted"),  # the lower one narrower
        (T + "0 g 60 690 300 12 re 60 702 300 2 re 60 704 300 8 re f", None, "redacted"),
        (T + "60 690 m 360 690 l 360 720 l 60 720 l h f", None, "redacted"),
        (T + "/G gs 0 g " + BOX, state("<< /BM /Multiply >>"), "redacted"),  # a black marking pen
        (T + "14 w 60 704 m 120 705 180 703 200 704 c 360 703 l S", None, "redacted"),  # one that trembles
        (T, lambda page: page.annotate("/Subtype /Highlight /C [0 0 0] /Rect [60 690 360 720]"), "redacted"),
        (T + "".join(f"70 {696 + n} 110 1 re f " for n in range(14)), None, "redacted"),  # a bar drawn as bands
        (T + "20 w 60 704 m 360 704 l S", None, "redacted"),  # blacked out with a thick pen
        (T + "/X Do", lambda page: page.resource("XObject", "X", page.form("0 g " + BOX)), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Redact /Rect [60 690 300 715]"), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Square /IC [0] /Rect [60 690 300 715]"), "redacted"),
        (
            T,
            lambda page: page.annotate(
                "/Subtype /Square /Rect [60 690 360 720]", page.form("0 g 0 0 300 30 re f", "[0 0 300 30]")
            ),
            "redacted",
        ),
        ("/X Do", lambda page: page.resource("XObject", "X", page.form(T, "[0 0 100 100]")), "clipped"),
    ],
)
def test_hidden_text_is_left_out_and_counted(read_page, body, content, prepare, reason):
    reading = read_page(content, prepare)
    assert body(reading) == ""
    assert counted(reading) == [(reason, 3, 1)]
    assert not any(one.text for one in reading.left_out), "hidden words are not stored"
    assert any("black them out" in warning for warning in reading.warnings) == (reason == "redacted")


@pytest.mark.parametrize(
    ("content", "prepare", "why"),
    [
        ("q 70 690 300 30 re W n " + T + "Q", None, "inside of the clip"),
        ("q 7 Tr " + T + "1 0 0 rg 0 0 612 792 re f Q", None, "the text is the clip of what fills it"),
        ("0 0 .4 rg " + BOX + "1 g " + T, None, "white on a dark box"),
        (".2 g 60 690 m 300 690 l 310 700 310 710 300 720 c 60 720 l h f 1 g " + T, None, "white on a round box"),
        ("0 G 30 w 60 704 m 300 704 l S 1 g " + T, None, "white on a thick line"),
        ("q 300 0 0 40 60 690 cm /I Do Q 1 g " + T, picture, "white on a picture"),
        (".9 g " + T, None, "pale grey is seen"),
        ("q 60 705 300 30 re W n " + T + "Q", None, "the upper half of its characters is seen"),
        (T + "/G gs " + BOX, state("<< /SMask << /S /Luminosity >> >>"), "a mask leaves it seen, perhaps"),
        (T + "0 g /G gs /H gs " + BOX, multiplied_and_masked, "a later state without a mask is multiplied still"),
        ("/Pattern cs /P scn " + T, None, "a pattern tells no colour"),
        ("/S cs 0 scn " + T, lambda p: p.resource("ColorSpace", "S", "[/Separation /X /DeviceGray << >>]"), "an ink"),
        ("/S cs 1 scn " + T, spot, "all of an ink"),
        ("/S cs " + T, spot, "all of an ink, unless told otherwise"),
        (T, lambda page: page.annotate("/Subtype /Square /C [1 0 0] /Rect [60 690 300 715]"), "a red frame"),
        ("1 g 0 G 2 Tr " + T, None, "white with black outlines"),
        ("1 1 0 rg " + BOX + "0 g " + T, None, "marked with a pen before"),
        (T + "/G gs 1 1 0 rg " + BOX, state("<< /BM /Multiply >>"), "marked with a pen after, multiplied"),
        (T + "/G gs 0 g " + BOX, state("<< /ca .4 >>"), "seen through"),
        (T + "60 690 300 30 re 62 692 296 26 re f*", None, "a frame"),
        (T + rounded(60, 690, 300, 30, 6)[:-2] + rounded(62, 692, 296, 26, 5)[:-2] + "f*", None, "a rounded frame"),
        (T + "60 690 m 360 690 l 360 720 200 700 60 720 c h f", None, "a hollow above"),
        (T + "60 690 m 360 690 360 720 210 720 c h f", None, "a wedge"),
        (T + "0 g 60 690 300 12 re f 60 706 300 14 re f", None, "the words show between two boxes"),
        (T + "0 g 60 690 90 12.5 re f 200 702.5 90 16 re f", None, "the boxes stand apart"),
        ("0 g 60 690 300 12.5 re f 1 g " + T + "0 g 60 702.5 300 16 re f", None, "the lower one lies below"),
        (T + "q 0 0 10 10 re W n " + BOX + "Q", None, "the box is clipped away"),
        (T + "q 60 690 m 100 720 l 140 690 l h W n " + BOX + "Q", None, "the box shows in a triangle only"),
        (T + "q 300 0 0 30 60 690 cm /I Do Q", stencil, "a stencil leaves parts as they were"),
        (T + "0 g 60 697 300 .6 re f", None, "underlined"),
        (
            T + "/G gs /X Do",
            lambda page: (
                page.resource("ExtGState", "G", "<< /ca .3 >>"),
                page.resource("XObject", "X", page.form("0 g " + BOX, more="/Group << /S /Transparency >>")),
            ),
            "a group is seen through as a whole",
        ),
        (
            T,
            lambda page: page.annotate(
                "/Subtype /Highlight /Rect [60 690 360 720]", page.form("1 1 0 rg 0 0 300 30 re f", "[0 0 300 30]")
            ),
            "a highlight never hides",
        ),
        ("BT /F 1 Tf 12 0 0 12 72 700 Tm (Secret words here.) Tj ET", None, "the matrix gives the size"),
        ("q 20 0 0 20 0 0 cm BT /F .6 Tf 3.6 35 Td (Secret words here.) Tj ET Q", None, "so does the page's"),
    ],
)
def test_text_in_sight_stays(read_page, body, content, prepare, why):
    reading = read_page(content, prepare)
    assert (body(reading), counted(reading)) == (WHOLE, []), why


@pytest.mark.parametrize(
    ("content", "left", "reason", "words"),
    [
        (T + "0 g 111 696 34 14 re f", "Secret here.", "redacted", 1),
        ("q 70 690 40 30 re W n " + T + "Q", "Secret", "clipped", 2),
        ("0 g 111 690 34 30 re f " + T, "Secret here.", "redacted", 1),  # black on black
    ],
)
def test_a_part_of_a_string_is_hidden(read_page, body, content, left, reason, words):
    reading = read_page(content)
    assert body(reading) == left
    assert counted(reading) == [(reason, words, 1)]


def test_what_is_drawn_again_in_sight_is_not_counted(read_page, body):
    reading = read_page("1 g " + T + "0 g " + T)
    assert (body(reading), counted(reading)) == (WHOLE, [])


def test_an_exemption_on_a_white_box_makes_it_a_redaction(read_page):
    reading = read_page(T + "1 g " + BOX + "0 g BT /F 10 Tf 100 702 Td (\\(b\\)\\(6\\)) Tj ET")
    assert counted(reading) == [("redacted", 3, 1)]
    assert "3 words on page 1" in " ".join(reading.warnings)


def test_redactions_of_one_page_are_counted_together(read_page):
    reading = read_page(SIDEWAYS + "288 190 16 200 re f " + T + BOX)
    assert [(one.reason, one.words, one.page) for one in reading.left_out] == [("redacted", 3, 1)] * 2
    assert "6 words on page 1" in " ".join(reading.warnings)


@pytest.mark.parametrize(
    ("content", "is_layer"),
    [
        (PAGE_PICTURE + "3 Tr " + LONG, True),
        ("3 Tr " + LONG + "0 Tr " + PAGE_PICTURE, True),
        (LONG + PAGE_PICTURE, True),  # the picture was laid over the text
        (PAGE_PICTURE + "3 Tr " + LONG + "0 Tr BT /F 12 Tf 72 100 Td (RECEIVED) Tj ET", True),
        (PAGE_PICTURE + LONG + "3 Tr BT /F 12 Tf 72 100 Td (hidden) Tj ET", False),  # a picture as background
        ("q 50 0 0 50 72 690 cm /I Do Q " + LONG + "3 Tr " + T, False),  # a logo
    ],
)
def test_the_text_layer_of_a_scan_stays_and_is_marked(read_page, body, content, is_layer):
    reading = read_page(content, picture, opening="")
    assert reading.ocr_layer_pages == ((1,) if is_layer else ())
    assert "scanned and read" in body(reading)
    assert [one.reason for one in reading.left_out] == ([] if is_layer else ["invisible"])


QUADS = "/Rect [72 697 112 712] /QuadPoints [72 712 112 712 72 697 112 697]"


@pytest.mark.parametrize(
    ("content", "prepare", "left", "struck"),
    [
        (T + "0 G .7 w 72 703.3 m 110 703.3 l S", None, "words here.", ((0, "Secret"),)),
        (T + "0 g 72 703 70 .8 re f", None, "here.", ((0, "Secret words"),)),
        ("1 0 0 RG .7 w 111 703.3 m 145 703.3 l S " + T, None, "Secret here.", ((7, "words"),)),  # drawn first, red
        (T, lambda page: page.annotate("/Subtype /StrikeOut " + QUADS), "words here.", ((0, "Secret"),)),
        (T, lambda page: page.annotate("/Subtype /StrikeOut /F 2 " + QUADS), WHOLE, ()),  # a hidden mark
        (T + "0 G .7 w 72 698 m 175 698 l S", None, WHOLE, ()),  # underlined
        (T + "0 G .7 w 72 709.5 m 175 709.5 l S", None, WHOLE, ()),  # overlined
        (T + "0 G .7 w 20 703.3 m 590 703.3 l S", None, WHOLE, ()),  # a rule across the page meets the words
        (T + "1 G .7 w 72 703.3 m 175 703.3 l S", None, WHOLE, ()),  # white on white
        (T + "0 g 100 703 2 .8 re f", None, WHOLE, ()),  # a dot
    ],
)
def test_struck_words_stand_apart(read_page, body, content, prepare, left, struck):
    reading = read_page(content, prepare)
    assert body(reading) == left
    assert tuple(one for block in reading.blocks for one in block.struck) == struck
    assert reading.left_out == ()


SIDEWAYS = "BT /F 12 Tf 0 1 -1 0 300 200 Tm (Sideways words here.) Tj ET "


@pytest.mark.parametrize(
    ("content", "left", "out"),
    [
        (SIDEWAYS, "Sideways words here.", []),
        (SIDEWAYS + "288 190 16 200 re f", "", [("redacted", 3, 1)]),
        ("q 10 10 50 50 re W n " + SIDEWAYS + "Q", "", [("clipped", 3, 1)]),
        ("1 g " + SIDEWAYS, "", [("hidden", 3, 1)]),
        ("0 g 288 190 16 200 re f 1 g " + SIDEWAYS, "Sideways words here.", []),
        (SIDEWAYS + T + "0 g " + BOX, "Sideways words here.", [("redacted", 3, 1)]),  # the box lies over other text
    ],
)
def test_sideways_text_is_hidden_where_it_stands(read_page, tmp_path, content, left, out):
    read_page(content)
    reader = PdfReader(tmp_path / "one.pdf")
    page = read_runs(reader.pages[0], reader, FontCache(), Layers(reader))
    assert "".join(run.text for run in page.turned) == left
    assert [(one.reason, one.words, 1) for one in page.left_out] == out
    for one in page.left_out:
        ((x0, y0, x1, y1),) = one.boxes
        assert (x0 < 300 < x1 and y1 - y0 > 80) or y0 < 700 < y1, "in points of the page as shown"
