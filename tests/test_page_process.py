"""Pages are drawn in a process of their own: what they cannot do to the app."""

import os
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableDocument
from ingest.page_process import PageProcess, page_picture, page_placement
from ingest.page_stretch import PageStretch
from ingest.page_view import render_page


@pytest.fixture
def pages():
    process = PageProcess(seconds=3, megabytes=2048)
    yield process
    process.close()


@pytest.fixture
def form(tmp_path) -> Path:
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(300, 200))
    canvas.drawString(40, 120, "The minor must comply.")
    canvas.save()
    return tmp_path / "form.pdf"


def test_a_page_is_drawn_as_it_is_without_the_process(form):
    assert page_picture(form, 1, scale=2.0) == render_page(form, 1, scale=2.0)
    text = "The minor must comply."
    assert page_placement(form, 1, PageStretch(text, 4, 9)).boxes


ENDS = [  # (work, what it is given, what is said, reason)
    (os.abort, (), "its process ended", "pdfium ends the process in which it works"),
    (os._exit, (0,), "its process ended", "as if nothing had happened"),
    (time.sleep, (60,), "longer than 3 s", "without end"),
    (bytearray, (2**33,), "too much memory", "more than it may take"),
]


@pytest.mark.parametrize(("work", "given", "says", "reason"), ENDS, ids=[row[3] for row in ENDS])
def test_the_next_page_is_drawn_whatever_became_of_one(pages, form, work, given, says, reason):
    with pytest.raises(UnreadableDocument, match=rf"cannot be shown \(.*{says}\). Obtain an undamaged copy"):
        pages.run("bad.pdf", work, *given)
    assert pages.run("form.pdf", render_page, form, 1).png


def test_what_is_wrong_with_a_page_is_said_as_without_the_process(pages, form, tmp_path):
    with pytest.raises(UnreadableDocument, match=r"form\.pdf has no page 2: it has 1"):
        pages.run("form.pdf", render_page, form, 2)
    with pytest.raises(UnreadableDocument, match=r"gone\.pdf: page 1 cannot be shown"):
        pages.run("gone.pdf", render_page, tmp_path / "gone.pdf", 1)


def test_the_process_ends_when_nobody_listens(pages, form):
    pages.run("form.pdf", render_page, form, 1)
    process = pages._process
    process.stdin.close()
    assert process.wait(timeout=10) == 0
    assert pages.run("form.pdf", render_page, form, 1).png, "another one is started"
