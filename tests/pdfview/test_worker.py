"""Pages are drawn in a process of their own: what they cannot do to the app."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pdfview.page_text import PageText
from pdfview.render import render_page
from pdfview.worker import PageProcess, page_picture, page_placement
from pinpoint.errors import UnreadableDocument

ROOT = Path(__file__).resolve().parents[2]


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
    assert page_placement(form, 1, PageText(text, 4, 9)).boxes


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


def test_a_page_without_end_ends_though_the_app_is_gone(tmp_path):
    """What stalls pdfium must not keep a processor busy after the app was killed."""
    app = (
        "import os, threading, time; from pdfview.worker import PageProcess\n"
        "pages = PageProcess(seconds=1, megabytes=2048)\n"
        "pages._running(); print(pages._process.pid, flush=True)\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), 9)).start()\n"
        "pages.run('bad.pdf', time.sleep, 60)"
    )
    ended = subprocess.run([sys.executable, "-c", app], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.returncode == -9
    deadline = time.monotonic() + 30
    while _lives(int(ended.stdout)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(int(ended.stdout))


def _lives(pid: int) -> bool:
    """Tell whether a process is there and not merely waiting to be looked after."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_process_ends_when_nobody_listens(pages, form):
    pages.run("form.pdf", render_page, form, 1)
    process = pages._process
    process.stdin.close()
    assert process.wait(timeout=10) == 0
    assert pages.run("form.pdf", render_page, form, 1).png, "another one is started"
