"""On a page that only pdfium can read, too, what cannot be seen is left out and counted."""

import pytest
from pypdf.errors import PdfReadError

from ingest.readers.pdf.engine import pages

T = "BT /F 12 Tf 72 700 Td (Secret words here.) Tj ET "
WHOLE = "Secret words here."
BOX = "60 690 300 30 re f "
ROUND = (
    "66 690 m 354 690 l 360 690 360 696 360 696 c 360 714 l 360 720 354 720 354 720 c "
    "66 720 l 60 720 60 714 60 714 c h f "
)
QUADS = "/Rect [60 690 360 720] /QuadPoints [60 720 360 720 60 690 360 690]"
LONG = (
    "BT /F 12 Tf 72 600 Td (The whole page was scanned and read by a program.) Tj "
    "0 -20 Td (It has many words in its layer.) Tj ET "
)
PAGE_PICTURE = "q 612 0 0 792 0 0 cm /I Do Q "
BROKEN = (
    "<< /Type /Font /Subtype /TrueType /BaseFont /Helvetica /FirstChar 32 /LastChar 126 "
    "/Widths 97 0 R /FontDescriptor 98 0 R /Encoding /WinAnsiEncoding >>"
)
EXEMPTION = "BT /F 10 Tf 100 702 Td (\\(b\\)\\(6\\)) Tj ET "


@pytest.fixture(autouse=True)
def no_pypdf(monkeypatch: pytest.MonkeyPatch):
    """Let pypdf fail on each page."""

    def fail(*_: object):
        raise PdfReadError("Invalid Elementary Object")

    monkeypatch.setattr(pages, "read_runs", fail)


def state(entries: str):
    return lambda page: page.resource("ExtGState", "G", entries)


def picture(page):
    page.resource("XObject", "I", page.picture())


def layer(page):
    page.resource("Properties", "L", page.add("<< /Type /OCG /Name (Draft) >>"))
    one = page.resources["/Properties"].raw_get("/L")
    page.root("OCProperties", "<< /OCGs [] /D << /OFF [] >> >>")
    page.writer.root_object["/OCProperties"]["/OCGs"].append(one)
    page.writer.root_object["/OCProperties"]["/D"]["/OFF"].append(one)


@pytest.mark.parametrize(
    ("content", "prepare", "reason"),
    [
        (T + BOX, None, "redacted"),
        (T + "0.2 0 0 rg " + BOX, None, "redacted"),
        (T + ROUND, None, "redacted"),
        (T + "60 690 300 14 re f 60 704 300 16 re f", None, "redacted"),  # two boxes of half the height
        (T + "14 w 60 704 m 120 705 180 703 200 704 c 360 703 l S", None, "redacted"),  # a trembling pen
        ("0 g " + BOX + T, None, "redacted"),  # black on black
        (T + "/X Do", lambda page: page.resource("XObject", "X", page.form("0 g " + BOX)), "redacted"),
        ("/X Do " + BOX, lambda page: page.resource("XObject", "X", page.form(T)), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Redact " + QUADS), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Redact /Rect [60 690 300 715]"), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Highlight /C [0 0 0] " + QUADS), "redacted"),
        (T, lambda page: page.annotate("/Subtype /Square /IC [0] /Rect [60 690 300 715]"), "redacted"),
        (T + "1 g " + BOX, None, "covered"),
        (T + "q 300 0 0 30 60 690 cm /I Do Q", picture, "covered"),
        ("3 Tr " + T, None, "invisible"),
        ("q 10 10 50 50 re W n " + T + "Q", None, "hidden"),
        ("1 g " + T, None, "hidden"),
        ("/G gs " + T, state("<< /ca 0 >>"), "hidden"),
        ("/OC /L BDC " + T + "EMC", layer, "hidden"),
        ("BT /F 1 Tf 72 700 Td (Secret words here.) Tj ET", None, "hidden"),
    ],
)
def test_what_cannot_be_seen_is_left_out(read_page, body, content, prepare, reason):
    reading = read_page(content, prepare)
    assert body(reading) == ""
    assert [(one.reason, one.words, one.page, one.text) for one in reading.left_out] == [(reason, 3, 1, "")]
    ((x0, y0, x1, y1),) = reading.left_out[0].boxes
    assert (round(x0), round(x1)) in ((72, 173), (72, 80)), "where the words stand; the last ones are tiny"
    assert y0 < 700 < y1
    assert any("black them out" in warning for warning in reading.warnings) == (reason == "redacted")


@pytest.mark.parametrize(
    ("content", "prepare", "why"),
    [
        (T, None, "plain"),
        ("0 0 .4 rg " + BOX + "1 g " + T, None, "white on a dark box"),
        (".9 g " + T, None, "pale grey is seen"),
        ("1 g 0 G 2 Tr " + T, None, "white with black outlines"),
        ("1 1 0 rg " + BOX + "0 g " + T, None, "marked with a pen before"),
        (T + "/G gs 1 1 0 rg " + BOX, state("<< /BM /Multiply >>"), "marked with a pen after, multiplied"),
        (T, lambda page: page.annotate("/Subtype /Highlight /C [1 1 0] " + QUADS), "marked with a pen"),
        (T, lambda page: page.annotate("/Subtype /Redact /F 2 " + QUADS), "a hidden mark"),
        (T + "/G gs 0 g " + BOX, state("<< /ca .4 >>"), "seen through"),
        (T + "60 690 300 30 re 62 692 296 26 re f*", None, "a frame"),
        (T + "q 0 0 10 10 re W n " + BOX + "Q", None, "the box is clipped away"),
        (T + "q 0 0 10 10 re W n 1 g " + BOX + "Q", None, "so is a white one"),
        (T + "0 g 60 697 300 .6 re f", None, "underlined"),
        ("q 7 Tr " + T + "1 0 0 rg 0 0 612 792 re f Q", None, "the text is the clip of what fills it"),
    ],
)
def test_what_is_seen_stays(read_page, body, content, prepare, why):
    reading = read_page(content, prepare)
    assert (body(reading), reading.left_out) == (WHOLE, ()), why


@pytest.mark.parametrize("size", [4, 5, 6, 7, 9, 12, 24])
def test_thin_and_small_signs_are_seen(read_page, body, size):
    signs = "Il1 ij 7, no. 2; a-b (i)(a)"
    escaped = signs.replace("(", "\\(").replace(")", "\\)")
    reading = read_page(f"BT /F {size} Tf 72 600 Td ({escaped}) Tj ET")
    assert (body(reading), reading.left_out) == (signs, ())


@pytest.mark.parametrize(
    ("content", "left", "reason", "words"),
    [
        (T + "0 g 111 696 34 14 re f", "Secret here.", "redacted", 1),
        ("0 g 111 690 34 30 re f " + T, "Secret here.", "redacted", 1),
        (T + "0 g " + BOX + "1 g " + EXEMPTION, "(b)(6)", "redacted", 3),  # printed over the box
        (T + "1 g " + BOX + "0 g " + EXEMPTION, "(b)(6)", "covered", 3),
    ],
)
def test_a_part_is_hidden(read_page, body, content, left, reason, words):
    reading = read_page(content)
    assert body(reading) == left
    assert [(one.reason, one.words, one.page) for one in reading.left_out] == [(reason, words, 1)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_with_a_cropped_edge(read_page, body, turn):
    """The words that stand upright on the page as shown are hidden there, and only those."""
    upright = {0: "1 0 0 1 100 300", 90: "0 1 -1 0 300 100", 180: "-1 0 0 -1 300 300", 270: "0 -1 1 0 300 500"}[turn]
    lower = {0: "1 0 0 1 100 260", 90: "0 1 -1 0 340 100", 180: "-1 0 0 -1 300 340", 270: "0 -1 1 0 260 500"}[turn]
    boxes = {0: "95 295 150 20", 90: "285 95 20 150", 180: "150 288 155 20", 270: "295 350 20 155"}[turn]

    def prepare(made):
        made.page.rotate(turn)
        made.page.cropbox.lower_left = (20, 30)
        made.page.cropbox.upper_right = (600, 700)

    lines = f"BT /F 12 Tf {upright} Tm (Secret words here.) Tj {lower} Tm (All may read this.) Tj ET {boxes} re f"
    reading = read_page(lines, prepare, opening="")
    assert body(reading) == "All may read this."
    assert [(one.reason, one.words) for one in reading.left_out] == [("redacted", 3)]


@pytest.mark.parametrize("content", [PAGE_PICTURE + "3 Tr " + LONG, LONG + PAGE_PICTURE])
def test_the_text_layer_of_a_scan_stays_and_is_marked(read_page, body, content):
    reading = read_page(content, picture, opening="")
    assert reading.ocr_layer_pages == (1,)
    assert ("scanned and read" in body(reading), reading.left_out) == (True, ())


def test_marked_words_stand_apart(read_page, body):
    quads = "/Rect [72 697 112 712] /QuadPoints [72 712 112 712 72 697 112 697]"
    reading = read_page(T, lambda page: page.annotate("/Subtype /StrikeOut " + quads))
    assert body(reading) == "words here."
    assert [one for block in reading.blocks for one in block.struck] == [(0, "Secret")]


def test_a_page_of_hidden_words_only_has_no_text(read_page):
    reading = read_page(T + BOX, opening="")
    assert reading.blocks == ()
    assert [(one.reason, one.words) for one in reading.left_out] == [("redacted", 3)]


def test_the_reading_is_named_when_pdfium_read_all_pages(read_page):
    reading = read_page(T)
    assert any("nothing confirms its words" in warning for warning in reading.warnings)


def test_words_under_a_box_in_a_font_that_pypdf_cannot_read(read_page, body, monkeypatch):
    """Widths and descriptor are objects that the file does not have."""
    monkeypatch.undo()

    def break_font(made):
        fonts = made.resources["/Font"]
        fonts.update({key: made.of(BROKEN) for key in list(fonts)})

    reading = read_page(T + BOX, break_font)
    assert body(reading) == ""
    assert [(one.reason, one.words, one.page) for one in reading.left_out] == [("redacted", 3, 1)]
    assert any("pdfium read it, and nothing confirms its words" in warning for warning in reading.warnings)
