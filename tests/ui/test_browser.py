"""The app as people use it, in Chromium with the packaged model: what each of its users comes for, start to finish."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import pytest

from index.models.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult
from tests.ui.pages.in_browser import settled

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"
PATIENCE = 90_000
PRINTED = "Officers shall keep a quetzal ledger for each referral."
PAGES = ("Ask", "Search", "Browse", "Check", "Collection", "Quiz", "Library")
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
    """Address of the app, started as its users start it; an administrator lets documents be added."""
    folder = tmp_path_factory.mktemp("browser")
    index_dir = folder / "index"
    run_ingest(make_printed_corpus(folder / "corpus"), index_dir, embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=index_dir, PINPOINT_UPLOADS=1) as running:
        yield running.address
    written = running.log.read_text(encoding="utf-8")
    assert not any(words in written for words in (QUESTION, "quetzal", "hand-out"))


@pytest.fixture
def requests() -> list[str]:
    """Addresses that the page asked for."""
    return []


@pytest.fixture
def page(browser: Any, address: str, requests: list[str]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("websocket", lambda channel: requests.append(channel.url))
    opened.goto(address)
    arrived(opened, "Ask")
    yield opened
    context.close()


def arrived(page: Page, heading: str) -> None:
    page.get_by_role("heading", level=1, name=re.compile(heading)).wait_for()


def enter(page: Page, label: str, text: str) -> None:
    settled(page)
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")


def go(page: Page, name: str) -> None:
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    arrived(page, name)
    settled(page)


def copied(page: Page) -> str:
    expect(page.locator("#pp-said")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def copied_rich(page: Page) -> str:
    """What was copied as HTML; the browser hides from this reading what it does not know, so it is taken by a paste."""
    page.evaluate(
        "() => document.addEventListener('paste', (event) => {"
        "window.pasted = event.clipboardData.getData('text/html') || 'nothing'; event.preventDefault();"
        "}, { once: true })"
    )
    page.keyboard.press("Control+v")
    page.wait_for_function("() => window.pasted")
    return str(page.evaluate("window.pasted"))


def unfold(page: Page) -> None:
    """Show the quotations beyond the 120 words that are shown at once."""
    summary = page.locator(".pp-found > summary", has_text="more quotation")
    expect(summary).to_be_visible()
    settled(page)
    summary.click()


def test_an_adjudicator_reads_the_rule_with_its_evidence(page: Page, requests: list[str]) -> None:
    expect(page.get_by_label(ASK_BOX, exact=True)).to_be_focused()
    enter(page, ASK_BOX, QUESTION)
    quotation = page.locator(".pp-answer blockquote", has_text="(d) Hardship. The applicant would suffer")
    unfold(page)
    expect(quotation).to_be_visible()
    marker = page.locator(".pp-statement", has_text="(d) Hardship.").locator("a.pp-marker")
    marker.click()
    heading = page.locator("#evidence")
    expect(heading).to_contain_text("8 CFR 214.202(d)")
    expect(heading).to_be_focused()
    expect(page.locator(".st-key-evidence .pp-badge", has_text="In force")).to_be_visible()
    expect(page.locator(".st-key-evidence mark")).to_contain_text("(d) Hardship.")
    page.locator(".st-key-evidence").get_by_role("button", name="Copy citation").click()
    assert copied(page).startswith("8 CFR 214.202(d), 8 CFR Part 214 Subpart C")
    page.locator(".st-key-evidence").get_by_role("button", name="Copy with quotation").click()
    assert "mso-footnote-id" in copied_rich(page), "what word processors paste with a footnote"

    page.get_by_role("link", name="Open in the document").click()
    arrived(page, "8 CFR Part 214 Subpart C")
    expect(page.locator("mark#passage")).to_contain_text("(d) Hardship.")
    assert urlsplit(page.url).path == "/browse" and "eligible" not in page.url
    page.reload()
    expect(page.locator("mark#passage")).to_contain_text("(d) Hardship.")
    page.wait_for_timeout(2000)  # until the tab has told its name, on a busy machine
    settled(page)
    page.go_back()
    arrived(page, "Ask")
    unfold(page)
    expect(quotation).to_be_visible()
    expect(page.get_by_label(ASK_BOX, exact=True)).to_have_value(QUESTION)
    expect(page).to_have_title("Ask \u2013 Pinpoint")
    assert not any("eligible" in url for url in requests)
    assert {urlsplit(url).hostname for url in requests if urlsplit(url).scheme not in ("data", "blob")} == {"127.0.0.1"}


def test_an_adjudicator_pastes_an_old_citation(page: Page) -> None:
    enter(page, ASK_BOX, "8 C.F.R. \u00a7 214.11(b)(2)")
    replaced = page.locator(".pp-statement").first.locator(".pp-badge")
    expect(replaced).to_contain_text("replaced on August 28, 2024 by 8 CFR 214.202(b)")
    page.get_by_role("link", name="8 CFR 214.202(b)", exact=True).click()
    arrived(page, "8 CFR Part 214 Subpart C")
    expect(page.locator("mark#passage")).to_contain_text("(b) Physical presence.")
    page.go_back()
    arrived(page, "Ask")
    expect(replaced).to_be_visible()


def test_a_quotation_of_a_pdf_is_framed_on_its_page(page: Page) -> None:
    enter(page, ASK_BOX, f'"{PRINTED}"')
    expect(page.locator(".pp-answer blockquote").first).to_have_text(PRINTED)
    page.get_by_text("The page", exact=True).click()
    picture = page.get_by_role("img", name=re.compile("Page 1 of Ledger Directive"))
    expect(picture).to_be_visible()
    frame, whole = page.locator(".pp-box").bounding_box(), picture.bounding_box()
    height = 792 * whole["width"] / 612
    if whole["height"] > height * 0.9:  # unless empty margins are cut off, the line stands 92 points from the top
        assert abs((frame["y"] + frame["height"] / 2 - whole["y"]) / height - (792 - 703) / 792) < 0.02
    assert page.locator(".pp-box").count() == 1 and frame["width"] < whole["width"]
    enter(page, ASK_BOX, "quetzal ledger referral officers")
    expect(page.get_by_role("img", name=re.compile("Page 1 of"))).to_be_visible()


def test_policy_staff_search_a_phrase_by_keyboard(page: Page) -> None:
    go(page, "Search")
    enter(page, SEARCH_BOX, '"law enforcement agency" contact')
    expect(page.locator(".pp-hit mark", has_text=re.compile("law enforcement agency", re.I)).first).to_be_visible()
    authority = page.get_by_role("toolbar", name="Authority")
    manual = authority.get_by_role("button", name=re.compile("^Policy Manual"))
    manual.focus()
    page.keyboard.press("Enter")
    expect(manual).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".pp-hit .pp-badge", has_text=re.compile("^Regulation$"))).to_have_count(0)
    expect(authority.get_by_role("button", name=re.compile("^Regulation"))).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="Authority").or_(page.get_by_role("button", name="Authority")).first.press("Enter")
    settled(page)
    page.locator(".pp-hit h3 a").first.press("Enter")
    arrived(page, "USCIS Policy Manual")
    page.go_back()
    arrived(page, "Search")
    expect(manual).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label(SEARCH_BOX, exact=True)).to_have_value('"law enforcement agency" contact')


def test_pages_of_results_are_turned_by_keyboard(page: Page) -> None:
    go(page, "Search")
    enter(page, SEARCH_BOX, "trafficking")
    expect(page.locator("ol.pp-hits")).to_have_attribute("start", "1")
    second = page.get_by_role("button", name="Page 2", exact=True)
    second.focus()
    page.keyboard.press("Enter")
    expect(page.locator("ol.pp-hits")).to_have_attribute("start", "11")


def test_a_trainer_makes_a_hand_out(page: Page, address: str, tmp_path: Path) -> None:
    go(page, "Browse")
    page.get_by_role("link", name=re.compile("8 CFR Part 214 Subpart C")).first.click()
    arrived(page, "8 CFR Part 214 Subpart C")
    enter(page, "Find in contents", "214.202")
    page.get_by_role("link", name=re.compile("214.202")).first.click()
    paragraph = page.locator("[data-pp=collect]")
    expect(paragraph.nth(2)).to_be_attached()
    settled(page)
    for number in (1, 2):
        paragraph.nth(number).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=f"Collection ({number})")).to_be_visible()
        settled(page)
    go(page, "Collection")
    page.get_by_label("Title of the collection").fill("Eligibility hand-out")
    page.get_by_label("Title of the collection").press("Tab")
    page.get_by_label("Trainer\u2019s note on 1").fill("Start with this one.")
    page.get_by_label("Trainer\u2019s note on 1").press("Tab")
    settled(page)
    page.reload()
    expect(page.get_by_label("Trainer\u2019s note on 1")).to_have_value("Start with this one.")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word file").click()
    waiting.value.save_as(tmp_path / "hand-out.docx")
    words = "\n".join(paragraph.text for paragraph in docx.Document(tmp_path / "hand-out.docx").paragraphs)
    assert "Eligibility hand-out" in words and "Start with this one." in words
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Collection file").click()
    waiting.value.save_as(tmp_path / "hand-out.json")
    assert len(json.loads((tmp_path / "hand-out.json").read_text(encoding="utf-8"))["excerpts"]) == 2

    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("link", name="Collection", exact=True)).to_be_visible()
    settled(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "hand-out.json")
    page.get_by_role("button", name="Open the file").click()
    expect(page.get_by_role("link", name="Collection (2)")).to_be_visible()


def test_whoever_runs_it_adds_a_document(page: Page) -> None:
    go(page, "Library")
    expect(page.get_by_text("scans/broken.pdf").first).to_be_visible()
    rule = b"# Heron rule\n\nEvery heron is counted twice before the ledger is signed.\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "heron-rule.md", "mimeType": "text/markdown", "buffer": rule}
    )
    expect(page.get_by_text("heron-rule.md").first).to_be_visible()
    page.get_by_role("button", name="Add and read").click()
    settled(page)
    go(page, "Ask")
    for _ in range(60):
        enter(page, ASK_BOX, '"counted twice before the ledger"')
        settled(page)
        if page.locator(".pp-answer", has_text="Every heron").count():
            return
        page.wait_for_timeout(1000)
    pytest.fail("the document that was added is not found")


def test_two_browsers_do_not_see_each_other(page: Page, browser: Any, address: str) -> None:
    other = browser.new_context().new_page()
    other.goto(address)
    arrived(other, "Ask")
    asked = f"{QUESTION} Quote it in full."  # the question alone may be an example
    enter(page, ASK_BOX, asked)
    expect(page.locator(".pp-answer").first).to_be_visible()
    page.locator("[data-pp=collect]").first.click()
    expect(page.get_by_role("link", name="Collection (1)")).to_be_visible()
    other.reload()
    arrived(other, "Ask")
    settled(other)
    assert asked not in other.content() and other.get_by_role("link", name="Collection (1)").count() == 0
    other.context.close()


def test_a_copy_of_a_tab_has_work_of_its_own(page: Page) -> None:
    settled(page)
    page.wait_for_function("sessionStorage.getItem('pinpoint-tab')")
    with page.context.expect_page() as opening:  # opened by this page, it begins with a copy of its session storage
        page.evaluate("window.open(location.href)")
    copy = opening.value
    arrived(copy, "Ask")
    own = "sessionStorage.getItem('pinpoint-tab')"
    first = page.evaluate(own)
    copy.wait_for_function(f"{own} && {own} !== '{first}'")
    copy.reload()
    arrived(copy, "Ask")
    settled(copy)
    assert page.evaluate(own) == first != copy.evaluate(own), "and a page that is loaded again keeps its own"


def test_a_refusal_and_clear(page: Page) -> None:
    enter(page, ASK_BOX, "Does this applicant qualify for a T visa?")
    expect(page.locator(".pp-declined", has_text="the decision stays with the officer")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".pp-declined")).to_have_count(0)
    expect(page.get_by_label(ASK_BOX, exact=True)).to_have_value("", timeout=10_000)


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        go(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
