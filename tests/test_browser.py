"""The app as a person uses it: in Chromium, with the packaged model, over the small corpus."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from index.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"
MINUTES = 180_000

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def address(pristine_corpus: Path, run_ingest: Callable[..., IngestResult], serve_app: Callable[..., Any],
            tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, started as its users start it."""
    folder = tmp_path_factory.mktemp("browser")
    run_ingest(pristine_corpus, folder / "index", embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=folder / "index") as running:
        yield running.address
    assert QUESTION not in running.log.read_text(encoding="utf-8")


@pytest.fixture
def requests() -> list[str]:
    """Addresses that the page asked for."""
    return []


@pytest.fixture
def page(browser: "sync_api.Browser", address: str, requests: list[str]) -> Iterator["sync_api.Page"]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(MINUTES)
    sync_api.expect.set_options(timeout=MINUTES)
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("websocket", lambda channel: requests.append(channel.url))
    opened.goto(address)
    opened.get_by_role("heading", level=1, name="Ask").wait_for()
    yield opened
    context.close()


def _type(page: "sync_api.Page", label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")


def test_a_question_is_answered_with_its_citation(page: "sync_api.Page", requests: list[str], tmp_path: Path) -> None:
    sync_api.expect(page.get_by_label(ASK_BOX, exact=True)).to_be_focused()
    _type(page, ASK_BOX, QUESTION)
    quotation = page.locator(".pp-answer blockquote", has_text="(d) Hardship. The applicant would suffer")
    sync_api.expect(quotation).to_be_visible()
    page.locator("a.pp-marker").nth(1).click()
    sync_api.expect(page.locator("#source-2")).to_be_in_viewport()
    source = page.locator(".pp-source").first
    sync_api.expect(source.get_by_role("heading", name="8 CFR 214.202")).to_be_visible()
    source.get_by_text("Show in context").click()
    sync_api.expect(source.locator("mark", has_text="(d) Hardship.")).to_be_visible()
    page.screenshot(path=tmp_path / "ask.png")

    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("button", name="Search", exact=True).wait_for()
    page.wait_for_timeout(500)  # a form takes no Enter until it is complete
    _type(page, SEARCH_BOX, "reasonable requests")
    page.locator(".pp-hit mark").first.wait_for()
    page.get_by_role("button", name="Regulation").click()
    sync_api.expect(page.get_by_role("button", name="Regulation")).to_have_attribute("aria-pressed", "true")
    sync_api.expect(page.locator(".pp-hit", has_text="Policy Manual")).to_have_count(0)
    page.screenshot(path=tmp_path / "search.png")

    page.get_by_role("link", name="Ask", exact=True).click()
    sync_api.expect(quotation).to_be_visible()
    assert page.get_by_label(ASK_BOX, exact=True).input_value() == QUESTION
    assert "eligible" not in page.url and page.title() == "Ask \u2013 Pinpoint"
    assert not any("eligible" in url or "reasonable" in url for url in requests)
    assert {urlsplit(url).hostname for url in requests if urlsplit(url).scheme not in ("data", "blob")} == {"127.0.0.1"}


def test_a_refusal_and_clear(page: "sync_api.Page") -> None:
    _type(page, ASK_BOX, "Does this applicant qualify for a T visa?")
    sync_api.expect(page.locator(".pp-declined", has_text="the decision stays with the officer")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    sync_api.expect(page.locator(".pp-declined")).to_have_count(0)
    sync_api.expect(page.get_by_label(ASK_BOX, exact=True)).to_have_value("", timeout=10_000)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(page: "sync_api.Page", address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("Search", "Library", "Ask"):
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
