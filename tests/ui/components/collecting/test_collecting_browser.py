"""What only a browser shows of collecting: what a button says afterwards, and where the focus is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.models.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult
from tests.ui.pages.in_browser import settled

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
PATIENCE = 30_000
Page = Any

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def address(
    pristine_corpus: Path,
    run_ingest: Callable[..., IngestResult],
    serve_app: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    index_dir = tmp_path_factory.mktemp("collecting") / "index"
    run_ingest(pristine_corpus, index_dir, embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=index_dir) as running:
        yield running.address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    """The section of the rule with its five elements, nothing collected."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    opened.goto(f"{address}/browse?document=rule-now&section=8+CFR+214.202")
    opened.get_by_role("heading", level=1).first.wait_for()
    settled(opened)
    yield opened
    context.close()


def go(page: Page, name: str) -> None:
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    settled(page)


def collect(page: Page, count: int) -> None:
    for number in range(count):
        button = page.locator('[data-pp="collect"]').nth(number)
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_text("Collected")
        settled(page)


def said(page: Page, words: str) -> None:
    expect(page.locator("#pp-said")).to_contain_text(words)


def test_collect_says_collected_everywhere_and_can_be_taken_back(page: Page) -> None:
    """It said Collect before and after."""
    button = page.locator('[data-pp="collect"]').nth(1)
    value = button.get_attribute("data-pp-value")
    collect(page, 2)
    expect(button).to_be_focused()
    expect(button).to_have_accessible_name(re.compile(r"^Collected .+\. Press to take it out$"))
    page.reload()
    settled(page)
    expect(page.locator(f'[data-pp-value="{value}"]').first).to_have_text("Collected")
    button.focus()
    page.keyboard.press("Enter")
    said(page, "Taken out of the collection")
    expect(button).to_have_text("Collect")
    expect(button).to_be_focused()
    expect(page.locator('[data-pp="collect"]').nth(0)).to_have_text("Collected")
    go(page, "Collection")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".pp-excerpt")).to_have_count(2)


def test_a_heading_moves_neither_card_nor_focus(page: Page) -> None:
    """It reordered, renumbered, and put the focus on Remove."""
    collect(page, 3)
    go(page, "Collection")
    before = page.locator(".pp-excerpt h3").all_inner_texts()
    for number in (3, 1):
        field = page.get_by_label(f"Heading of {number}", exact=True)
        field.click()
        page.keyboard.type("Harm")
        page.keyboard.press("Enter")
        said(page, "stands under \u201cHarm\u201d now, at the same place")
        settled(page)
        page.wait_for_timeout(2200)  # as long as a script would look for the focus
        expect(field).to_be_focused()
        assert page.locator(".pp-excerpt h3").all_inner_texts() == before
    page.get_by_role("button", name="Bring headings together").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Bring headings together")).to_be_focused()
    assert page.locator(".pp-excerpt h3").all_inner_texts() == before


def test_a_note_and_a_move_leave_the_focus_with_the_user(page: Page) -> None:
    collect(page, 3)
    go(page, "Collection")
    first = page.locator(".pp-excerpt h3").first.inner_text()
    note = page.get_by_label("Trainer\u2019s note on 1", exact=True)
    note.fill("Ask the class.")
    page.keyboard.press("Tab")
    settled(page)
    expect(page.get_by_role("button", name="Move 1 down")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".pp-excerpt h3").nth(1)).to_have_text(first.replace("1.", "2.", 1))
    expect(page.get_by_role("button", name="Move 2 down")).to_be_focused()
    settled(page)  # before that, what the run before had drawn may be there as well
    expect(page.get_by_label("Trainer\u2019s note on 2", exact=True)).to_have_value("Ask the class.")


def test_clear_is_taken_back_by_keyboard(page: Page) -> None:
    """It destroyed a collection with one click."""
    collect(page, 2)
    clear = page.get_by_role("button", name="Clear", exact=True)
    clear.focus()
    page.keyboard.press("Enter")
    said(page, "Cleared: 2 collected excerpts. To take it back, press Undo")
    expect(page.locator('[data-pp="collect"]').nth(0)).to_have_text(re.compile(r"^Collect\b"))
    expect(clear).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "Everything is back.")
    expect(page.locator('[data-pp="collect"]').nth(0)).to_have_text("Collected")
    expect(clear).to_be_focused()
