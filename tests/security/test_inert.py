"""Text of documents does nothing in the app: mark-up, script, links and formulas are shown as they are, everywhere."""

import html
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult
from pinpoint.text import contained, escape
from tests.ui.pages.in_browser import settled

PAYLOADS = (  # each is text that some part of the way from a file to a page could take for more than text
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=2>",
    "<svg onload=window.hit=3>",
    "[click](javascript:window.hit=4)",
    "javascript:window.hit=5",
    "$\\frac{a}{b}$",
    "$$x^2$$",
    ":material/delete:",
    ":red[danger]",
    ":streamlit:",
    "</div></p><iframe src=https://evil.example/></iframe>",
    '" data-pp="collect" data-pp-value="hostile:0-9" x="',
    "' onmouseover='window.hit=6",
    "{{7*7}} {% x %} ${7*7}",
    "<style>*{display:none}</style>",
    "url(https://evil.example/x.png)",
    "![i](https://evil.example/i.png)",
    "=cmd|' /C calc'!A0",
    "**bold** ~~struck~~ `code`",
    "<a href=https://evil.example>x</a>",
    "&lt;b&gt;&amp;",
    "</title><script>window.hit=7</script>",
    "]]><!--",
    "%s %(x)s {0} \\n",
)
ALL = " \u00b6 ".join(PAYLOADS)
TITLE = "Heron rule <img src=x onerror=window.hit=8> $a$ :red[b] {{c}} [d](javascript:window.hit=9) \u202eelttit"
PUBLISHER = "Office of <script>window.hit=10</script> $b$ :material/delete: \u2067x"
TITLE_BEGINS, PUBLISHER_BEGINS = TITLE.partition(" \u202e")[0], PUBLISHER.partition(" \u2067")[0]
COLLECTION = "Birds <b onclick=window.hit=11> :blue[c] **d** </option>"
FILE = "a <img src=x onerror=window.hit=12> $c$ :red[d].md"
SENTENCE = "Every heron is counted twice before the ledger is signed"
MANIFEST = """
[[document]]
id = '{id}'
file = '''{file}'''
title = '''{title}'''
publisher = '''{publisher}'''
collection = '''{collection}'''
kind = 'directive'
url = '''{url}'''
"""
URLS = (
    "javascript:window.hit=13",
    "data:text/html,<script>window.hit=14</script>",
    "file:///etc/passwd",
    'https://example.gov/"onclick="window.hit=15',
)
PATIENCE = 60_000
CREATED = (
    "iframe[src*=evil], img[src='x'], a[href^='javascript:' i], a[href^='data:' i], a[href^='file:' i], "
    "[onerror], [onload], [onclick], [onmouseover], .katex, a[href^='http'][href*='evil.example'], svg[onload]"
)
Page = Any


def paragraphs(name: str) -> str:
    """A document in HTML with each payload in a heading, a cell, an item and a footnote of its own."""
    shown = [html.escape(payload) for payload in PAYLOADS]
    parts = [f"<h1>{html.escape(TITLE)}</h1>", f"<p>{SENTENCE} in the {name}: {html.escape(ALL)}.</p>"]
    for number, payload in enumerate(shown, 1):
        parts.append(f"<h2>{name.capitalize()} heading {number} {payload}</h2>")
        parts.append(f"<p>The officer must keep {payload} for {number} years.<sup>{number}</sup></p>")
        parts.append(f"<ul><li>The item {number} of {payload}; and</li><li>the rest.</li></ul>")
    cells = "".join(f"<tr><td>{number}</td><td>{payload}</td></tr>" for number, payload in enumerate(shown, 1))
    parts.append(f"<table><tr><th>Number {shown[0]}</th><th>Text {shown[5]}</th></tr>{cells}</table>")
    notes = "".join(f'<li id="fn{number}">Note {number} on {payload}.</li>' for number, payload in enumerate(shown, 1))
    return "\n".join([*parts, f'<ol class="footnotes">{notes}</ol>'])


def write_word(file: Path) -> None:
    document = docx.Document()
    document.core_properties.title = TITLE
    document.add_paragraph(f"{SENTENCE} in the word file: {ALL}.")
    table = document.add_table(rows=0, cols=2)
    for number, payload in enumerate(PAYLOADS, 1):
        document.add_heading(f"Word heading {number} {payload}", level=1)
        document.add_paragraph(f"\u201cHeron {number}\u201d means {payload} as it is counted.")
        table.add_row().cells[1].text = payload
    document.save(str(file))


@pytest.fixture(scope="module")
def address(
    run_ingest: Callable[..., IngestResult], serve_app: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of the app over a corpus of hostile documents."""
    folder = tmp_path_factory.mktemp("inert")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / FILE).write_text(paragraphs("markdown"), encoding="utf-8")
    (corpus / "page.html").write_text(f"<title>{html.escape(TITLE)}</title>{paragraphs('page')}", encoding="utf-8")
    (corpus / "page2.html").write_text(paragraphs("other"), encoding="utf-8")
    write_word(corpus / "file.docx")
    for name in (b"turn\xe2\x80\xaefdp.md", b"escape\x1b[31m.md", b"half\xff.md", b"[red] [bold].md"):
        Path(os.fsdecode(os.fsencode(corpus) + b"/" + name)).write_text(f"# {SENTENCE}\n", encoding="utf-8")
    listed = zip(("hostile", "page", "word", "unlisted"), (FILE, "page.html", "file.docx"), URLS, strict=False)
    (corpus / "manifest.toml").write_text(
        "".join(
            MANIFEST.format(id=name, file=file, title=TITLE, publisher=PUBLISHER, collection=COLLECTION, url=url)
            for name, file, url in listed
        ),
        encoding="utf-8",
    )
    result = run_ingest(corpus, folder / "index", embedder=PackagedEmbedder())
    assert sum(record.status == "read" for record in result.records) == 5
    with serve_app(INDEX_DIR=folder / "index", PINPOINT_UPLOADS=1) as running:
        yield running.address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    """A page that notes whatever a document could have made it do, and fails for it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    happened: list[str] = []
    opened.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    opened.on("pageerror", lambda error: happened.append(f"error {error}"))
    # Below a deep address Streamlit asks itself for files in vain first; requests to others are noted on their own.
    opened.on(
        "console",
        lambda said: (
            happened.append(f"console {said.text}")
            if said.type == "error" and not said.text.startswith("Failed to load resource")
            else None
        ),
    )
    opened.on("popup", lambda other: happened.append(f"window {other.url}"))
    opened.on(
        "request",
        lambda request: (
            happened.append(f"request {request.url}")
            if not request.url.startswith((f"{address}/", "data:", "blob:"))
            else None
        ),
    )
    yield opened
    assert happened == []
    context.close()


def go(page: Page, address: str, path: str, heading: str) -> None:
    page.goto(f"{address}/{path}")
    page.get_by_role("heading", level=1, name=re.compile(heading)).wait_for()
    settled(page)


def shown(page: Page) -> str:
    """The text of the page, unfolded, after a look at what the documents could have made."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert page.evaluate("window.hit") is None
    made = page.evaluate(f"[...document.querySelectorAll(`{CREATED}`)].map(part => part.outerHTML.slice(0, 300))")
    assert made == []
    handouts = page.evaluate("[...document.querySelectorAll('style')].map(part => part.textContent).join()")
    assert "*{display:none}" not in handouts
    return " ".join(str(page.evaluate("document.body.innerText")).split())


def assert_all_in(text: str, payloads: tuple[str, ...] = PAYLOADS) -> None:
    assert [payload for payload in payloads if " ".join(payload.split()) not in text] == []


BROWSER = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(600)]


def in_browser(test: Callable[..., None]) -> Callable[..., None]:
    for mark in BROWSER:
        test = mark(test)
    return test


@in_browser
def test_an_answer_shows_what_stands_there(page: Page, address: str) -> None:
    go(page, address, "", "Ask")
    shown(page)  # examples are made of headings
    box = page.get_by_label("Question, citation or keywords", exact=True)
    box.fill(f'"{SENTENCE}"')
    box.press("Enter")
    page.locator(".pp-answer, .pp-declined").first.wait_for()
    settled(page)
    text = shown(page)
    assert_all_in(text)
    assert TITLE_BEGINS in text
    assert PUBLISHER_BEGINS in text


@in_browser
def test_search_results_and_limits_show_what_stands_there(page: Page, address: str) -> None:
    go(page, address, "search", "Search")
    box = page.get_by_label("Words, citation or \u201cexact phrase\u201d", exact=True)
    box.fill("heron")
    box.press("Enter")
    page.locator(".pp-hit").first.wait_for()
    settled(page)
    text = shown(page)
    assert COLLECTION in text, "in the limits"
    assert TITLE_BEGINS in text


@in_browser
def test_a_document_shows_what_stands_there(page: Page, address: str) -> None:
    go(page, address, "browse", "Browse")
    assert TITLE_BEGINS in shown(page)
    for name in ("hostile", "page", "word"):
        go(page, address, f"browse?document={name}", "Heron rule")
        assert_all_in(shown(page))
        assert page.title().startswith("Heron rule <img src=x onerror=window.hit=8> $a$")
    go(page, address, "browse?document=%3Cscript%3Ewindow.hit%3D1%3C/script%3E&section=%22onload=", "Browse")
    assert "There is no document \u201c<script>window.hit=1</script>\u201d" in shown(page)


@in_browser
def test_a_collection_and_its_exports_show_what_stands_there(page: Page, address: str, tmp_path: Path) -> None:
    go(page, address, "browse?document=page", "Heron rule")
    button = page.locator("[data-pp=collect]").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Collection (1)").click()
    page.get_by_role("heading", level=1, name="Collection").wait_for()
    settled(page)
    field = page.get_by_label("Title of the collection")
    field.fill(TITLE)
    field.press("Tab")
    settled(page)
    assert_all_in(shown(page))
    saved = {}
    for button, suffix in (("Web page", "html"), ("Word file", "docx"), ("Markdown", "md")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        saved[suffix] = tmp_path / f"handout.{suffix}"
        waiting.value.save_as(saved[suffix])
    parts = docx.Document(str(saved["docx"])).part.rels.values()
    targets = [part.target_ref for part in parts if part.is_external]
    assert not [target for target in targets if not target.startswith("https://")]
    assert "<javascript:" not in saved["md"].read_text(encoding="utf-8")
    page.set_content(saved["html"].read_text(encoding="utf-8"))
    assert_all_in(shown(page))
    assert page.title().startswith("Heron rule <img")


@in_browser
def test_a_quiz_and_the_library_show_what_stands_there(page: Page, address: str) -> None:
    go(page, address, "quiz", "Quiz")
    page.get_by_label("Cards from").click()
    page.get_by_role("option", name=re.compile("Heron rule")).last.click()
    settled(page)
    shown(page)
    go(page, address, "library", "Library")
    text = shown(page)
    for part in (FILE, COLLECTION, TITLE_BEGINS, PUBLISHER_BEGINS, *URLS[:3]):
        assert part in text
    for name in ("turn\\u202efdp.md", "escape\\x1b[31m.md", "half\\udcff.md", "[red] [bold].md"):
        assert name in text


DIRECTION = [  # (text, what is added behind it, reason)
    ("plain", "", "nothing to close"),
    ("a \u202eb", "\u202c", "an override that is left open"),
    ("a \u202eb\u202c c", "", "one that is closed"),
    ("\u2067a \u202eb", "\u202c\u2069", "the inner one first"),
    ("\u202ea\u2067b\u2069", "\u202c", "the isolate is closed, the override is not"),
    ("a\u202cb\u2069", "", "what closes nothing"),
    ("\u2067a\u202eb\u2069c", "", "the end of an isolate ends what was opened in it"),
]


@pytest.mark.parametrize(("text", "added", "reason"), DIRECTION, ids=[row[2] for row in DIRECTION])
def test_direction_marks_end_with_their_text(text: str, added: str, reason: str) -> None:
    assert contained(text) == text + added, reason


@given(text=st.text(alphabet="ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=12))
def test_contained_text_begins_as_it_was_and_opens_nothing(text: str) -> None:
    closed = contained(text)
    assert closed.startswith(text) and contained(closed) == closed


@given(text=st.text(max_size=40))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert html.unescape(escape(text)).startswith(text) or "&" in text
    assert not set(escape(text)) & set("<>\"'")
