"""The page as it is shown: its picture, rectangles, controls and text."""

import base64
import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from index.search import load_index
from pdfview.highlight import Placement
from pdfview.render import PagePicture, render_page
from pinpoint.errors import UnreadableDocument
from pinpoint.records import LeftOut, Span
from ui.components.page_panel import page_view
from ui.html.documents.page_picture import has_pages, original_link, picture_with_boxes

SENTENCES = (
    "The applicant must file the form with the agency.",
    "Each <b>form</b> needs a signature of its own & a date.",
    "The officer returns a form that is not signed.",
)
NAME = "Form &lt;i&gt;instructions&lt;/i&gt;"
MANIFEST = """\
[[document]]
id = "form"
file = "form.pdf"
title = "Form <i>instructions</i>"
url = "https://example.gov/forms/form.pdf"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, run_ingest):
    """A folder with a PDF of three pages, ingested."""
    location = tmp_path_factory.mktemp("leaf")
    (location / "corpus").mkdir()
    canvas = Canvas(str(location / "corpus" / "form.pdf"), pagesize=(612, 792))
    for number, sentence in enumerate(SENTENCES):
        canvas.setFillColorRGB(0.8 if number == 2 else 0, 0, 0)
        canvas.drawString(100, 500, sentence)
        canvas.showPage()
    canvas.save()
    (location / "corpus" / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    run_ingest(location / "corpus", location / "index")
    return location


@pytest.fixture
def index(folder, fake_embedder, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(folder / "index"))
    st.cache_resource.clear()
    return load_index(folder / "index", fake_embedder)


def span(index, words: str) -> tuple[int, int]:
    text = index.store.text(Span("form", 0, 10_000))
    return text.index(words), text.index(words) + len(words)


def test_the_page_has_a_picture_with_the_quotation_highlighted(index):
    html = page_view(index, "form", *span(index, SENTENCES[1]))
    assert html.count('class="pp-box" aria-hidden="true"') == 1
    assert f'alt="Page 2 of {NAME}, with the quotation highlighted. Its text is below."' in html
    assert "Page 2 of 3" in html and "<b>" not in html
    assert "<mark>Each &lt;b&gt;form&lt;/b&gt; needs a signature of its own &amp; a date.</mark>" in html
    edges = ("left", "top", "width", "height")
    left, top, width, height = (float(re.search(rf"{edge}: ([\d.]+)%", html)[1]) for edge in edges)
    picture = Image.open(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]))).convert("L")
    box = [
        round(value / 100 * side)
        for value, side in (
            (left, picture.width),
            (top, picture.height),
            (left + width, picture.width),
            (top + height, picture.height),
        )
    ]
    ink = picture.point([255 * (value < 128) for value in range(256)]).getbbox()
    assert all(abs(one - other) <= 3 for one, other in zip(box, ink, strict=True)), "the rectangle is that of the ink"


def test_other_pages_lead_back_to_the_quotation(index):
    html = page_view(index, "form", *span(index, SENTENCES[1]), page=1)
    assert "pp-box" not in html and "could not be placed" not in html
    start, end = span(index, SENTENCES[1])
    assert (
        f'The quotation stands on <button type="button" class="pp-act" data-pp="view-page" '
        f'data-pp-value="form:{start}-{end}:2">Page 2</button>' in html
    )


def test_a_page_without_a_quotation(index):
    html = page_view(index, "form", 0, 0, page=3)
    assert "Page 3 of 3" in html and "<img" in html
    assert "pp-box" not in html and "quotation" not in html and "<mark>" not in html


def test_a_quotation_that_cannot_be_placed_says_so(index, monkeypatch):
    monkeypatch.setattr("ui.components.page_panel.page_placement", lambda *_: Placement(reason="nowhere"))
    html = page_view(index, "form", *span(index, SENTENCES[0]))
    assert "could not be placed exactly on this page, so nothing is highlighted" in html
    assert f"Its text is: \u201c{SENTENCES[0]}\u201d" in html and "pp-box" not in html


def test_a_quotation_is_placed_once_for_each_file_page_and_span(index, monkeypatch):
    calls = []

    def locate(_path, page, window):
        calls.append((page, window.text[window.start : window.end]))
        return Placement(reason="nowhere")

    monkeypatch.setattr("ui.components.page_panel.page_placement", locate)
    for _ in range(2):
        page_view(index, "form", *span(index, SENTENCES[0]))
    assert calls == [(1, SENTENCES[0])], "the second run of the script finds it again"
    start, end = span(index, SENTENCES[0])
    page_view(index, "form", start, end - 1)
    page_view(index, "form", *span(index, SENTENCES[1]))
    assert calls[1:] == [(1, SENTENCES[0][:-1]), (2, SENTENCES[1])], "another span, another page"
    monkeypatch.setitem(index.documents, "form", replace(index.documents["form"], sha256="0" * 64))
    monkeypatch.setattr("ui.components.page_panel.open_original", lambda *_: Path("other.pdf"))
    monkeypatch.setattr("ui.components.page_panel._picture", lambda *_: PagePicture(b"", (0, 0, 612, 792)))
    page_view(index, "form", *span(index, SENTENCES[0]))
    assert len(calls) == 4, "another file"


def test_a_page_that_could_not_be_searched_is_not_tried_in_every_run(index, monkeypatch):
    calls = []

    def fail(*_):
        calls.append(1)
        raise UnreadableDocument("form.pdf: page 1 took longer than 30 s.")

    monkeypatch.setattr("ui.components.page_panel.page_placement", fail)
    for _ in range(2):
        html = page_view(index, "form", *span(index, SENTENCES[0]))
        assert "The page cannot be shown. form.pdf: page 1 took longer than 30 s." in html
    assert len(calls) == 1


def test_a_changed_original_is_not_shown_but_its_text_is(index, folder, tmp_path, monkeypatch):
    (tmp_path / "form.pdf").write_bytes((folder / "corpus" / "form.pdf").read_bytes() + b"\n")
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    html = page_view(index, "form", *span(index, SENTENCES[0]))
    assert "has changed since it was indexed" in html and "<img" not in html
    assert '<details class="pp-more" open>' in html and f"<mark>{SENTENCES[0]}</mark>" in html


ENDS = [  # (page, controls that are off)
    (1, {"Previous page"}),
    (2, set()),
    (3, {"Next page"}),
]


@pytest.mark.parametrize(("page", "off"), ENDS)
def test_controls_at_the_ends(index, page, off):
    html = page_view(index, "form", 0, 0, page=page)
    assert set(re.findall(r'aria-label="([^"]+)" title="[^"]+" disabled>', html)) == off
    assert re.findall(r'data-pp-zoom="(\w+)" aria-label="([^"]+)"', html) == [
        ("out", "Zoom out"),
        ("in", "Zoom in"),
        ("fit", "Fit"),
    ]


def test_what_was_left_out_is_hatched_once_said_and_explained(index):
    left_out = (
        LeftOut("line number", 2, 2, ((80.0, 490.0, 90.0, 500.0), (80.0, 470.0, 90.0, 480.0))),
        LeftOut("watermark", 3, 2, ((100.0, 300.0, 300.0, 340.0),)),
        LeftOut("watermark", 3, 3, ((100.0, 300.0, 300.0, 340.0),)),
        LeftOut("struck out", 1, 0, (), "must", 12),
    )
    document = replace(index.documents["form"], left_out=left_out)
    html = picture_with_boxes(document, 2, PagePicture(b"", (0.0, 0.0, 612.0, 792.0)), ())
    assert html.count('<span class="pp-out" ') == 4, "two line numbers, the watermark, and the legend"
    assert html.count('role="img" aria-label="Left out here: 2 line numbers"') == 1
    assert html.count('role="img" aria-label="Left out here: 3 words of watermarks and stamps"') == 1
    assert "left: 16.340%; top: 57.071%; width: 32.680%; height: 5.051%" in html
    assert "left out of the text: 2 line numbers; 3 words of watermarks and stamps." in html
    assert "pp-out" not in picture_with_boxes(document, 1, PagePicture(b"", (0.0, 0.0, 612.0, 792.0)), ())


def test_documents_without_pages_have_none(tiny_index):
    assert not any(has_pages(document) for document in tiny_index.documents.values())


LINKS = [  # (address, whether it leads to a page, reason)
    ("https://example.gov/a.pdf", True, "a PDF file"), ("https://example.gov/a.PDF", True, "capitals"),
    ("https://example.gov/a", False, "another page"), ("javascript:x.pdf", False, "no address"), ("", False, "none"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "leads", "reason"), LINKS, ids=[row[2] for row in LINKS])
def test_the_official_source_opens_at_the_page(index, address, leads, reason):
    document = type("Document", (), {"url": address})
    assert (f'href="{address}#page=7"' in original_link(document, 7)) is leads, reason


def app(folder_name: str, start: int, end: int) -> None:
    import streamlit as st  # noqa: PLC0415 - this function is a script of its own

    from ui.components.page_panel import draw_page_view  # noqa: PLC0415
    from ui.state import resources  # noqa: PLC0415

    st.session_state["_click"] = st.session_state.pop("next_click", ("", ""))
    draw_page_view(resources.open_index(), "form", start, end, "test")


def test_the_page_stays(index, folder, fake_embedder, monkeypatch):
    monkeypatch.setattr("ui.state.resources.new_embedder", lambda _: fake_embedder)
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # AppTest replaces it
    st.cache_resource.clear()
    start, end = span(index, SENTENCES[1])
    test = AppTest.from_function(app, args=(str(folder), start, end), default_timeout=30).run()

    def shown(click: str) -> tuple[str, str]:
        test.session_state["next_click"] = ("view-page", click) if click else ("", "")
        assert not test.run().exception
        bodies = [element.proto.body for element in test.get("html")]
        focused = re.search(r"querySelector\('#([\w-]+)'\)", bodies[-1])
        return re.search(r'data-view="([^"]+)"', bodies[0])[1], focused[1] if focused else ""

    value = f"form:{start}-{end}"
    assert shown("") == ("2", "")
    assert shown(f"{value}:3") == ("3", "page-shown"), "there is no next page to go on to"
    assert shown("") == ("3", ""), "stays when something else is clicked, and so does the focus"
    assert shown("form:0-5:1") == ("3", ""), "the click is for another view"
    assert shown(f"{value}:2") == ("2", "page-previous")
    assert shown(f"{value}:99") == ("3", "page-shown"), "no such page"
    st.cache_resource.clear()


def test_pictures_are_small_and_have_no_empty_border(folder):
    black = render_page(folder / "corpus" / "form.pdf", 1)
    coloured = Image.open(io.BytesIO(render_page(folder / "corpus" / "form.pdf", 3).png))
    assert len(black.png) < 40_000
    left, bottom, right, top = black.part
    assert 70 < left < 100 and 480 > bottom > 460 and top < 545 and right < 400
    assert any(max(colour) - min(colour) > 60 for _, colour in coloured.convert("RGB").getcolors(4096))
