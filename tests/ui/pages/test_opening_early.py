"""The app that reads its documents itself, in Chromium: it opens before there is an index, and goes on by itself."""

import re
from typing import Any

import pytest

from index.generations.read import generation_facts, serving_generation
from index.incomplete import incomplete_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
PATIENCE = 120_000
ASK_BOX = "Question, citation or keywords"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]


def test_the_app_opens_by_itself_while_it_reads_its_documents(
    browser: Any, make_printed_corpus: Any, serve_app: Any, tmp_path: Any
) -> None:
    corpus, index_dir = make_printed_corpus(tmp_path / "corpus"), tmp_path / "index"
    with serve_app(INDEX_DIR=index_dir, CORPUS_DIR=corpus, PINPOINT_READ_AT_START=1) as running:
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(running.address)
        page.get_by_role("heading", level=1, name=re.compile("being indexed|Ask")).wait_for()
        box = page.get_by_label(ASK_BOX, exact=True)
        expect(box).to_be_visible()
        for _ in range(120):
            if incomplete_of(generation_facts(serving_generation(index_dir).folder)) is None:
                break
            page.wait_for_timeout(500)
        page.wait_for_timeout(2000)
        box.fill('"quetzal ledger"')
        box.press("Enter")
        expect(page.locator(".pp-answer", has_text="quetzal ledger").first).to_be_visible()
        expect(page.get_by_text("are indexed so far")).to_have_count(0)
        assert "the app shows how far it is" in running.log.read_text(encoding="utf-8")
