"""An answer in Chromium: evidence in view and readable, zoom, print, the status region, earlier questions, 360 px."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from index.models.embedding import PackagedEmbedder
from ingest.pipeline import IngestResult
from tests.ui.pages.in_browser import settled

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"
HERON = "The heron is counted twice before the officer signs the ledger of the season."
LONG = {"width": 1366, "height": 768}
NARROW = {"width": 360, "height": 740}
PATIENCE = 90_000
Page = Any
Open = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(600)]

SEEN = """(selector) => {
  const part = document.querySelector(selector), frame = part.closest('.pp-context, .pp-page-scroll');
  const box = part.getBoundingClientRect(), around = frame.getBoundingClientRect();
  const top = Math.max(around.top, 0), foot = Math.min(around.bottom, window.innerHeight);
  return { inside: box.top >= top && box.bottom <= foot && box.left >= around.left - 1, high: box.height,
           whole: box.right <= around.right + 1 };
}"""
CUT_OFF = """() => [...document.querySelectorAll('.stMain *')].filter((part) => {
  const box = part.getBoundingClientRect();
  if (!box.width || !box.height || part.closest('.pp-unseen, .pp-page-scroll, .pp-scroll')) return false;
  return box.right > window.innerWidth + 1 || box.left < -1;
}).map((part) => `${part.tagName}.${part.className}: ${part.textContent.slice(0, 40)}`)"""


def _write_manual(file: Path) -> None:
    """Three dense pages of small type, the quotation far down on the second."""
    canvas = Canvas(str(file), pagesize=(612, 792))
    for page in range(3):
        canvas.setFont("Times-Roman", 9)
        for line in range(56):
            words = (
                f"Line {page * 56 + line + 1} of the manual says where a form is filed and who reads it on that day."
            )
            canvas.drawString(90, 730 - 12 * line, HERON if (page, line) == (1, 48) else words)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="module")
def address(
    make_printed_corpus: Callable[[Path], Path],
    run_ingest: Callable[..., IngestResult],
    serve_app: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("asking")
    corpus = make_printed_corpus(folder / "corpus")
    _write_manual(corpus / "manual.pdf")
    with (corpus / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(
            "\n[[document]]\nid = 'birds'\nfile = 'manual.pdf'\ntitle = 'Manual of Birds, Second Edition, as Amended'\n"
            "kind = 'guide'\ncollection = 'Birds'\npublisher = 'Office of Birds'\nurl = 'https://example.gov/birds.pdf'\n"
        )
    run_ingest(corpus, folder / "index", embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=folder / "index") as running:
        yield running.address
    written = running.log.read_text(encoding="utf-8")
    assert "heron" not in written and QUESTION not in written


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """``open_page(path, viewport=…)``: a page of the app in a context of its own."""
    contexts = []

    def run(path: str = "", **settings: Any) -> Page:  # noqa: ANN401 - passed on
        contexts.append(browser.new_context(**{"viewport": LONG, **settings}))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(f"{address}/{path}")
        settled(page)
        return page

    yield run
    for context in contexts:
        context.close()


def enter(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")
    settled(page)


def ask(page: Page, text: str) -> None:
    enter(page, ASK_BOX, text)
    page.locator(".pp-question").wait_for()


def show_the_page(page: Page) -> None:
    page.get_by_text("The page", exact=True).click()
    page.locator(".pp-box").first.wait_for()
    settled(page)


def spaceless(text: str) -> str:
    """A text without white space and without the ligatures of a font."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def percent(page: Page) -> int:
    return int(page.locator("[data-pp-percent]").inner_text().split()[0])


def test_evidence_opens_with_the_quotation_in_view_and_readable(open_page: Open) -> None:
    page = open_page()
    ask(page, f'"{HERON}"')
    assert page.evaluate(SEEN, ".st-key-evidence mark")["inside"], "in the text"
    head = page.locator(".pp-evidence-head")
    assert head.bounding_box()["height"] < 40, "citation, title, page and status in one line"
    expect(head).to_contain_text("Manual of Birds, Second Edition, as Amended")
    expect(head).to_contain_text("file page 2")
    publisher = page.locator(".pp-evidence", has_text="Office of Birds").get_by_text("Office of Birds")
    expect(publisher).to_be_hidden()
    show_the_page(page)
    seen = page.evaluate(SEEN, ".pp-box")
    assert seen["inside"] and seen["whole"], "on the page"
    assert seen["high"] >= 12, f"9-point type of a letter page: its line is {seen['high']} px high"
    page.get_by_text("Details of this source").click()
    expect(publisher).to_be_visible()


def test_a_marker_brings_its_quotation_into_view_on_a_narrow_screen(open_page: Open) -> None:
    page = open_page(viewport=NARROW)
    ask(page, f'"{HERON}"')
    page.locator(".pp-answer a.pp-marker").first.click()
    settled(page)
    expect(page.locator("#evidence")).to_be_focused()
    assert page.evaluate(SEEN, ".st-key-evidence mark")["inside"]


def test_the_page_zooms_by_wheel_keys_and_buttons_and_the_window_does_not(open_page: Open) -> None:
    page = open_page()
    ask(page, f'"{HERON}"')
    show_the_page(page)
    first, ratio = percent(page), page.evaluate("devicePixelRatio")
    box = page.locator(".pp-box").first.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"() => parseInt(document.querySelector('[data-pp-percent]').textContent) > {first}")
    assert page.evaluate("devicePixelRatio") == ratio
    after = page.locator(".pp-box").first.bounding_box()
    assert abs(after["y"] + after["height"] / 2 - box["y"] - box["height"] / 2) < 6, (
        "what is under the mouse stays there"
    )
    wide = percent(page)
    assert 1.6 < wide / first < 2, "one turn of the wheel is heard once"
    page.get_by_role("button", name="Zoom out").click()
    assert percent(page) < wide
    page.get_by_role("button", name="Fit").click()
    fit = percent(page)
    assert abs(fit - first) <= 5, "but for the width of a scrollbar"
    assert page.evaluate(SEEN, ".pp-box")["inside"]
    page.locator(".pp-page-scroll").focus()
    page.keyboard.press("+")
    assert percent(page) > fit
    page.keyboard.press("-")
    assert percent(page) == fit
    page.keyboard.press("+")
    wide = percent(page)
    page.get_by_role("button", name="Next page").press("Enter")
    page.locator('[data-view="3"]').wait_for()
    settled(page)
    assert percent(page) == wide, "the next page is as wide"
    expect(page.locator("#page-shown")).to_be_focused()


def test_the_page_zooms_by_two_fingers(open_page: Open) -> None:
    page = open_page(viewport={"width": 820, "height": 1100}, has_touch=True)
    ask(page, f'"{HERON}"')
    show_the_page(page)
    frame = page.locator(".pp-page-scroll")
    frame.scroll_into_view_if_needed()
    box, first = frame.bounding_box(), percent(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 60), ("touchMove", 70), ("touchMove", 90), ("touchMove", 120)):
        fingers = [{"x": x - apart / 2, "y": y, "id": 0}, {"x": x + apart / 2, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert percent(page) > first * 1.5
    assert page.evaluate("visualViewport.scale") == 1


def test_the_keyboard_goes_through_the_evidence_in_its_order(open_page: Open) -> None:
    page = open_page()
    ask(page, f'"{HERON}"')
    show_the_page(page)
    page.locator("#evidence").focus()
    named = "document.activeElement.ariaLabel || document.activeElement.innerText.trim().split('\\n')[0]"
    met = []
    for _ in range(12):
        page.keyboard.press("Tab")
        met.append(page.evaluate(named))
    order = ["Details of this source", "The page", "Previous page", "Next page", "Zoom out", "Zoom in", "Fit"]
    steps = [met.index(name) for name in order if name in met]
    assert steps == sorted(steps) and {"Details of this source", "Zoom in"} <= set(met), met
    assert any(name.startswith("Page 2 of Manual of Birds") for name in met), "the page itself, to be scrolled"


def test_an_answer_prints_whole(open_page: Open, tmp_path: Path) -> None:
    page = open_page(color_scheme="dark")
    ask(page, QUESTION)
    folded = page.locator(".st-key-asked .pp-found:not([open])")
    assert folded.count() >= 3
    quoted = page.evaluate("[...document.querySelectorAll('.pp-answer blockquote')].map((part) => part.textContent)")
    hits = page.evaluate("[...document.querySelectorAll('.pp-hit h3')].map((part) => part.textContent)")
    page.pdf(path=tmp_path / "answer.pdf", print_background=True)
    drawn = [one.extract_text() for one in PdfReader(tmp_path / "answer.pdf").pages]
    words = spaceless("".join(drawn))
    assert len(quoted) > 5 and hits
    for text in (*quoted, *hits):
        assert spaceless(text) in words, text
    assert "Lawasof" not in words.partition(spaceless(QUESTION))[0], "no form"
    for control in ("Openinthedocument", "Collect,print", "Citationinfull", "Searchin", "Clear", "Whythisishere"):
        assert control not in words, control
    assert folded.count() >= 3, "what was folded is folded again"
    dark = page.evaluate(
        "() => matchMedia('print').matches || getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    )
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    assert dark != "rgb(255, 255, 255)", "paper is white, whatever the screen was"


def test_the_status_region_is_there_first_and_says_when_an_answer_has_come(open_page: Open) -> None:
    page = open_page()
    region = page.locator("#pp-status")
    expect(region).to_have_attribute("role", "status")
    expect(region).to_have_attribute("aria-live", "polite")
    expect(region).to_have_text("")
    page.evaluate("window.first = document.getElementById('pp-status')")
    ask(page, QUESTION)
    expect(region).to_have_text(re.compile(r"^Answer: \d+ quotations from \d documents?\.$"))
    ask(page, "Who is the Secretary of Agriculture?")
    expect(region).to_have_text(re.compile("^Not answered. "))
    assert page.evaluate("window.first === document.getElementById('pp-status')"), (
        "the same region, or nothing is heard"
    )


def test_an_earlier_question_is_gone_back_to_by_keyboard(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, f'"{HERON}"')
    page.locator(".pp-earlier summary").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".pp-question-before")).to_be_focused()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("h2.pp-question")).to_contain_text("eligible for T-1")
    expect(page.locator("h2.pp-question")).to_be_focused()
    expect(page.get_by_label(ASK_BOX, exact=True)).to_have_value(QUESTION)
    assert (
        "eligible" not in page.url and page.evaluate("Object.values(localStorage).join().includes('eligible')") is False
    )


@pytest.mark.parametrize(
    "path", ["", "search", "browse?document=rule-now&section=8+CFR+214.202", "browse?document=birds"]
)
def test_nothing_is_cut_off_on_a_narrow_screen(open_page: Open, path: str) -> None:
    page = open_page(path, viewport=NARROW)
    if not path:
        ask(page, f'"{HERON}"')
        show_the_page(page)
    if path == "search":
        enter(page, SEARCH_BOX, "reasonable requests")
    page.evaluate("document.querySelectorAll('.stHtml details').forEach((part) => { part.open = true })")
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_results_come_before_facets_on_a_narrow_screen(open_page: Open) -> None:
    page = open_page("search", viewport=NARROW)
    enter(page, SEARCH_BOX, "reasonable requests")
    first, facets = page.locator(".pp-hit").first.bounding_box(), page.locator(".st-key-facets").bounding_box()
    assert first["y"] < NARROW["height"], "the first one is seen without scrolling"
    assert facets["y"] > first["y"]
