"""The page Check in Chromium: by keyboard, at every width, and nothing of a draft in what the browser stores."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import pytest

from benchmarks.barriers import results
from index.models.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult
from tests.app_server import CHROMIUM, CHROMIUM_ARGS
from tests.drafts.word_files import paragraph, word_file
from tests.ui.pages.in_browser import settled

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
expect = sync_api.expect
PATIENCE = 90_000
SECRET = "quetzalcoatlus"
MEMO = (
    f"Memo on {SECRET}. It takes \u201cThe applicant would suffer mild hardship\u201d, 8 CFR 214.202(d).\n\n"
    "See 8 CFR 214.11(b)."
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
KNOWN = "presentation-role-conflict"  # of Streamlit's drop zone; see tests/ui/test_accessibility.py
Page = Any

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def address(
    make_printed_corpus: Callable[[Path], Path],
    run_ingest: Callable[..., IngestResult],
    serve_app: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Address of the app; what it writes holds nothing of a draft."""
    folder = tmp_path_factory.mktemp("check")
    run_ingest(make_printed_corpus(folder / "corpus"), folder / "index", embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=folder / "index") as running:
        yield running.address
    assert SECRET not in running.log.read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    opened.goto(f"{address}/check")
    settled(opened)
    yield opened
    context.close()


def paste(page: Page, text: str = MEMO) -> None:
    page.get_by_label("Text of the draft", exact=True).fill(text)
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    page.locator(".pd-list").wait_for()


def test_a_draft_is_checked_by_keyboard_and_its_report_taken_along(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paste(page)
    expect(page.locator("#pp-said")).to_have_text(re.compile("Checked 1 draft: 3 findings, 2 of which need a look"))
    expect(page.locator("#checked-draft")).to_be_focused()
    expect(page.locator("#checked-draft")).to_be_in_viewport()
    badge = page.locator("a.pd-badge", has_text="differs")
    badge.focus()
    page.keyboard.press("Enter")
    card = page.locator(":target")
    expect(card).to_contain_text("Differs from the text")
    expect(card).to_be_in_viewport()
    card.get_by_role("link", name="to its words").press("Enter")
    expect(badge).to_be_in_viewport()
    settled(page)
    for name, suffix in (("Word", "docx"), ("Web page", "html"), ("JSON", "json")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Report: {name}").press("Enter")
        waiting.value.save_as(tmp_path / f"report.{suffix}")
    assert len(list(docx.Document(str(tmp_path / "report.docx")).comments)) == 3
    assert SECRET in (tmp_path / "report.html").read_text(encoding="utf-8")
    page.get_by_role("link", name=re.compile("^Open 8 CFR 214.202")).first.press("Enter")
    expect(page.locator("mark#passage")).to_contain_text("hardship")
    page.locator(".st-key-masthead").get_by_role("link", name="Check").click()
    expect(page.locator("#checked-draft")).to_be_visible()
    assert not any(SECRET in url or "mild" in url for url in (*asked, page.url))
    assert {urlsplit(url).hostname for url in asked if urlsplit(url).scheme not in ("data", "blob")} == {"127.0.0.1"}


def test_files_are_checked_one_beside_the_other(page: Page) -> None:
    files = [
        {"name": "memo.docx", "mimeType": "", "buffer": word_file(paragraph("See 8 CFR 214.11(b)."))},
        {"name": "broken.docx", "mimeType": "", "buffer": b"x"},
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"See 8 CFR 214.202(d)."},
    ]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("note.txt")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("broken.docx")
    expect(page.locator("#checked-draft")).to_have_text("memo.docx")
    page.get_by_label("Draft", exact=True).click()
    page.get_by_role("option", name=re.compile("note.txt")).click()
    expect(page.locator("#checked-draft")).to_have_text("note.txt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1366, 768)])
def test_it_breaks_no_rule_and_fits_its_window(page: Page, scheme: str, width: int, height: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    for reach in (lambda: None, lambda: paste(page)):
        reach()
        settled(page)
        page.wait_for_timeout(300)
        response = axe.Axe().run(page, options=RULES).response
        results.add_line(results.Page(state="check", scheme=scheme, width=width), response)
        found = response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["id"] != KNOWN] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_report_as_a_web_page_breaks_no_rule(page: Page, browser: Any, tmp_path: Path) -> None:
    paste(page)
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Report: Web page").click()
    waiting.value.save_as(tmp_path / "report.html")
    for scheme in ("light", "dark"):
        report = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True)
        report.goto((tmp_path / "report.html").as_uri())
        response = axe.Axe().run(report, options=RULES).response
        results.add_line(results.Page(state="report of a check", scheme=scheme, width=360), response)
        found = response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
        assert report.evaluate("document.documentElement.scrollWidth") <= 360
        report.close()


def test_a_browser_stores_nothing_of_what_is_pasted(address: str, browser: Any, tmp_path: Path) -> None:
    """A browser stores fields of several lines with the pages that it opens again, unless it is told otherwise."""
    started = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=str(CHROMIUM),
        headless=False,
        args=["--headless=new", *(one for one in CHROMIUM_ARGS if one != "--headless")],
    )
    opened = started.new_page()
    opened.goto(f"{address}/check")
    settled(opened)
    box = opened.get_by_label("Text of the draft", exact=True)
    box.fill(MEMO)
    assert box.evaluate("area => [area.autocomplete, area.form?.autocomplete]") == ["off", "off"]
    opened.wait_for_timeout(1000)
    opened.goto(f"{address}/search")
    opened.wait_for_timeout(4000)  # the browser writes its sessions every 2.5 seconds
    started.close()
    stored = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any("Sessions" in file.parts for file in stored), "the browser stores the pages that are open"
    forms = (SECRET.encode(), SECRET.encode("utf-16-le"))
    assert [file.name for file in stored if any(form in file.read_bytes() for form in forms)] == []
