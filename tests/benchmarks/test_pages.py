"""Every passage is on the page that it claims, by pdfium's reading of the same file.

The two longest files take minutes to read; ``python -m benchmarks.pdf.pages FILE.pdf`` checks them by hand.
"""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pdf.pages import check_pages, label_fits, squash, stands_on
from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from pinpoint.records import Span
from pinpoint.stored import Passage

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus-real"
BY_HAND = ("cfr-2024-title8-vol1.pdf", "ina-comps-1376-2025-02.pdf")
DAMAGED = ("usgs-455746-methods-86p.pdf",)  # content of six pages fails its checksum, the readers guess differently
FILES = sorted(path for path in CORPUS.rglob("*.pdf") if path.name not in BY_HAND)
SENTENCES = "The {0} applicant must file the {0} form with the agency. Each {0} form needs a signature of its own."


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason=f"no PDF files in {CORPUS.name}")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_passage_of_a_real_document_is_on_its_page(path, read_real, monkeypatch):
    reading = read_real(path.relative_to(CORPUS).as_posix())
    monkeypatch.setattr("ingest.parsing.read_document", lambda read, **_: {path: reading}[read])
    entry = ManifestEntry(path.stem, path.name, path.stem, listed=False)
    parsed = parse_file(path, entry, sha256="", crosswalk=()).parsed
    found = check_pages(path, parsed)
    assert found.ends + found.recognised >= parsed.document.pages
    assert len(found.misses) <= (0.01 * found.ends if path.name in DAMAGED else 0), found.misses


@pytest.fixture
def made(tmp_path: Path):
    """Three pages with their passages."""
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(612, 792))
    for name in ("first", "second", "third"):
        for row, sentence in enumerate(SENTENCES.format(name).split(". ")):
            canvas.drawString(72, 700 - 14 * row, sentence)
        canvas.showPage()
    canvas.save()
    path = tmp_path / "made.pdf"
    entry = ManifestEntry("made", "made.pdf", "Made", listed=False)
    return path, parse_file(path, entry, sha256="", crosswalk=()).parsed


def test_right_pages_pass(made):
    path, parsed = made
    found = check_pages(path, parsed)
    assert (found.misses, found.labels) == ((), len(parsed.passages))


def test_a_wrong_page_and_a_wrong_label_are_found(made):
    path, parsed = made
    passages = tuple(_moved(passage, page=passage.page % 3 + 1, label="xii") for passage in parsed.passages)
    found = check_pages(path, type(parsed)(parsed.document, parsed.sections, passages))
    assert {miss.what for miss in found.misses} >= {"label 'xii'"}
    assert len(found.misses) >= 2 * len(passages)


def _moved(passage: Passage, page: int, label: str) -> Passage:
    fields = {name: getattr(passage, name) for name in passage.__slots__}
    return Passage(**{**fields, "page": page, "page_label": label})


STANDING = [  # (text, page, stands there, reason)
    ("The applicant must file", "xx the appli-\ncant must file yy", True, "a hyphen at the line end"),
    ("elif tsum tnacilppa eht", "the applicant must file", True, "an end, given backwards"),
    ("Total | 12 | 15", "total 15 12", True, "cells that the file draws in another order"),
    ("The applicant must file", "another page", False, "another page"),
]


@pytest.mark.parametrize(("text", "page", "stands", "reason"), STANDING, ids=[row[3] for row in STANDING])
def test_what_counts_as_standing_on_a_page(text, page, stands, reason):
    words = set(page.replace("-\n", "").split())
    assert stands_on(text, squash(page), words) is stands, reason


LABELS = [  # (label, stated, words, fits, reason)
    ("iv", "iv", set(), True, "the file states it"),
    ("480", "", {"480"}, True, "it is printed"),
    ("7", "", set(), True, "neither stated nor printed: the page's own number"),
    ("481", "", {"480"}, False, "another page's number"),
]


@pytest.mark.parametrize(("label", "stated", "words", "fits", "reason"), LABELS, ids=[row[4] for row in LABELS])
def test_what_counts_as_the_label_of_a_page(label, stated, words, fits, reason):
    passage = Passage(span=Span("a", 0, 1), section=0, text="a", indexed_text="a", page=7, page_label=label)
    assert label_fits(passage, stated, words) is fits, reason
