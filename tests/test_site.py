"""The documentation site is built strictly, holds the Python reference, and loads nothing from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pinpoint

ROOT = Path(__file__).resolve().parents[1]
LOADED = re.compile(
    r"""<(?:script|iframe|img|source|object|embed)\b[^>]*?\b(?:src|data|srcset)=["']?(https?:|//)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon|modulepreload))[^>]*?\bhref=["']?(https?:|//)""",
)
"""What a browser loads by itself; addresses that a reader follows are none of it."""
REFERENCE = [  # (page, name, reason)
    ("search", "index.search.HybridIndex.search", "a method of a class"),
    ("search", "index.search.load_index", "a function"),
    ("ingest", "ingest.pipeline.ingest_corpus", "the first function of the main flow"),
    ("answer", "answer.assistant.Assistant.ask", "the last function of the main flow"),
    ("answer", "answer.records.Answer", "a record"),
    ("citations", "citations.parse.parse_citations", "a ground package"),
    ("pinpoint", "pinpoint.errors.IndexUnavailable", "an error"),
    *(("pinpoint", f"pinpoint.{name}", "the face") for name in getattr(pinpoint, "__all__", ()) if name[0] != "_"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr[-3000:]
    assert "WARNING" not in built.stderr
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("page", "name", "reason"), REFERENCE, ids=[row[1] for row in REFERENCE])
def test_the_python_reference_has(site, page, name, reason):
    assert f'id="{name}"' in (site / "api" / f"{page}.html").read_text(encoding="utf-8"), reason


@pytest.mark.slow
def test_every_document_is_a_page_of_the_navigation(site):
    front = (site / "index.html").read_text(encoding="utf-8")
    outside = {"CONTRIBUTING.html", "SECURITY.html", "CHANGELOG.html", "corpus/index.html"}
    inside = {file.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for file in ROOT.glob("docs/**/*.md")}
    for page in {*outside, *inside}:
        assert (site / page).is_file(), page
        assert f'href="{page}"' in front, page


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site):
    for file in site.rglob("*.html"):
        assert not (found := LOADED.search(file.read_text(encoding="utf-8"))), f"{file.name}: {found and found.group()}"
    for file in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:|//)|@import", file.read_text(encoding="utf-8")), file.name


FOREIGN = [  # (markup, whether a browser loads it, reason)
    ('<script src="https://unpkg.com/x.js"></script>', True, "a script"),
    ('<link rel="stylesheet" href="https://fonts.googleapis.com/css">', True, "a style"),
    ('<link href="//fonts.gstatic.com" rel="preconnect">', True, "the order of attributes does not matter"),
    ('<img src="pictures/app-ask.png">', False, "our own picture"),
    ('<a href="https://keepachangelog.com">', False, "a link to follow"),
    ('<link rel="stylesheet" href="assets/main.css">', False, "our own style"),
]


@pytest.mark.parametrize(("markup", "loads", "reason"), FOREIGN, ids=[row[2] for row in FOREIGN])
def test_what_counts_as_loaded_from_elsewhere(markup, loads, reason):
    assert bool(LOADED.search(markup)) is loads
