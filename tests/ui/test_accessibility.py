"""No page of the app, in any of its states, light or dark, breaks a rule of axe-core for WCAG 2.2 AA or good practice.

axe finds what a machine can find: names, roles, contrast, sizes, order of headings; ``benchmarks.barriers`` measures
edges, reflow, spacing and the way of the focus. Neither tells whether the words are plain or the order of the focus
makes sense: docs/accountability/ says what people tried.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.barriers import results
from editor_notes.editing import add_note
from editor_notes.records import Note
from index.models.embedding import PackagedEmbedder
from tests.ui.pages.in_browser import settled

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
measures = pytest.importorskip("benchmarks.barriers.measures", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
Page = Any
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},  # off by themselves
}
DETAILS = {} if os.environ.get(results.INTO) else {"resultTypes": ["violations"]}
"""For a report axe has to describe what passed as well, which takes it half as long again."""
SCHEMES = ("light", "dark")
MINUTES = 90_000
QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
DRAFT = "It takes \u201cThe applicant would suffer mild hardship\u201d, 8 CFR 214.202(d). See 8 CFR 214.11(b)."
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.timeout(600),
]

KNOWN = [  # (rule, selector, state in which it is found, reason, where it was reported)
    (
        "presentation-role-conflict",
        '[data-testid="stFileUploaderDropzone"]',
        "library",
        "Streamlit's drop zone has role=presentation, and tabindex=-1 since it was taken out of the tab order; its "
        "button can be reached and is named.",
        "https://github.com/streamlit/streamlit/pull/15928",
    ),
]


@dataclass(frozen=True, slots=True)
class State:
    """A page in one of its states.

    Attributes:
        name: What it is called in the report.
        link: Page that the app's head leads to.
        reach: Brings the page there, called with the page, the address and the index folder, once the link was clicked.
        ready: Selector of what shows that it is there.
        leave: Undoes what others must not meet.
    """

    name: str
    link: str
    ready: str
    reach: Callable[[Page, str, Path], None] = field(default=lambda *_: None)
    leave: Callable[[Page, str, Path], None] = field(default=lambda *_: None)


def enter(label: str, text: str) -> Callable[[Page, str, Path], None]:
    def reach(page: Page, _: str, __: Path) -> None:
        box = page.get_by_label(label, exact=True)
        box.wait_for()
        settled(page)
        box.fill(text)
        box.press("Enter")

    return reach


def go(page: Page, name: str) -> None:
    """Click a page's link in the head of the app, and wait until the page is there."""
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    page.wait_for_url(re.compile(r":\d+/(ask)?$" if name == "Ask" else rf"/{name.lower()}(\?|$)"))
    settled(page)


def show_evidence(page: Page, *_: object) -> None:
    if not page.locator(".pp-answer").count():
        enter(ASK_BOX, QUESTION)(page, "", Path())
    page.locator('[data-pp="show"][data-pp-value="2"]').first.click()


def show_earlier(page: Page, *_: object) -> None:
    enter(ASK_BOX, "8 CFR 214.202")(page, "", Path())
    page.locator(".pp-question", has_text="8 CFR 214.202").wait_for()
    enter(ASK_BOX, QUESTION)(page, "", Path())
    page.locator(".pp-earlier").wait_for()
    page.evaluate("document.querySelectorAll('.stHtml details').forEach(part => { part.open = true })")


def clear(page: Page, *_: object) -> None:
    page.get_by_role("button", name="Clear").click()


def read_section(page: Page, address: str, _: Path) -> None:
    page.goto(f"{address}/browse?document=rule-now&section=8+CFR+214.202")


def read_checklist(page: Page, address: str, _: Path) -> None:
    read_section(page, address, _)
    page.locator(".pp-reading").first.wait_for()
    page.get_by_role("radio", name="Checklist").or_(page.get_by_role("button", name="Checklist")).first.click()


def write_note(page: Page, address: str, _: Path) -> None:
    read_section(page, address, _)
    page.get_by_text("Write a note on 8 CFR 214.202").click()
    page.get_by_role("button", name="Change the note on 8 CFR 214.202").click()


def choose_provision(page: Page, *_: object) -> None:
    page.get_by_label("Cards from").click()
    page.get_by_role("option", name=re.compile("Subpart C")).click()
    page.get_by_text("Which provision?", exact=True).click()
    page.get_by_role("radiogroup", name="Your choice").wait_for()


def check_text(page: Page, *_: object) -> None:
    choose_provision(page)
    page.get_by_text("Which text?", exact=True).click()
    page.locator(".pp-choices").wait_for()
    settled(page)
    page.get_by_role("radiogroup", name="Your choice").locator("label").first.click()
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Check").click()


def collect(page: Page, *_: object) -> None:
    go(page, "Ask")
    enter(ASK_BOX, QUESTION)(page, "", Path())
    page.locator('[data-pp="collect"]').first.click()
    page.locator("#pp-said:not(:empty)").wait_for()


def open_collection(page: Page, *_: object) -> None:
    collect(page)
    settled(page)
    go(page, "Collection")


def show_page(page: Page, *_: object) -> None:
    enter(ASK_BOX, '"Officers shall keep a quetzal ledger"')(page, "", Path())
    page.locator(".pp-question", has_text="quetzal").wait_for()
    page.get_by_text("The page", exact=True).click()


def reveal_card(page: Page, *_: object) -> None:
    page.get_by_label("Cards from").click()
    page.get_by_role("option", name=re.compile("Subpart C")).click()
    page.get_by_role("button", name="Show the answer").click()


def compare_editions(page: Page, *_: object) -> None:
    page.get_by_role("button", name="Compare").click()


def unfold(page: Page, *_: object) -> None:
    page.locator("#add-documents").wait_for()
    page.evaluate("document.querySelectorAll('.stHtml details').forEach(part => { part.open = true })")


def clear_collected(page: Page, *given: object) -> None:
    open_collection(page, *given)
    page.locator("textarea").wait_for()
    clear(page, *given)
    page.mouse.move(0, 0)  # away from the button, whose tooltip is Streamlit's


def forget(page: Page, *_: object) -> None:
    page.get_by_role("button", name="Forget it now").click()


def check_draft(page: Page, *_: object) -> None:
    page.get_by_label("Text of the draft", exact=True).fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).press("Enter")


def take_index_away(page: Page, address: str, index_dir: Path) -> None:
    (index_dir / "CURRENT").rename(index_dir / "AWAY")
    page.goto(address)


def put_index_back(_: Page, __: str, index_dir: Path) -> None:
    (index_dir / "AWAY").rename(index_dir / "CURRENT")


STATES = [
    State("ask, empty", "Ask", ".st-key-examples"),
    State("ask, answered", "Ask", ".pp-answer", enter(ASK_BOX, QUESTION)),
    State("ask, other evidence", "Ask", "text=Evidence for quotation 2", show_evidence),
    State("ask, earlier questions and all unfolded", "Ask", ".pp-earlier[open]", show_earlier),
    State("ask, declined", "Ask", ".pp-declined", enter(ASK_BOX, "Does this applicant qualify for a T visa?"), clear),
    State("search, empty", "Search", "text=What you can type"),
    State("search, results", "Search", ".pp-hit", enter(SEARCH_BOX, "reasonable requests")),
    State("search, nothing found", "Search", ".pp-declined", enter(SEARCH_BOX, "requests AND lighthouses"), clear),
    State("browse, documents", "Browse", "text=Quadrennial Homeland Security Review"),
    State("browse, section", "Browse", ".pp-reading", read_section),
    State("browse, a note changed", "Browse", "text=Save the change", write_note),
    State("browse, checklist", "Browse", ".pp-checklist", read_checklist),
    State("collection, empty", "Collection", ".pp-heading"),
    State("ask, the page", "Ask", ".pp-box", show_page, clear),
    State("ask, collected", "Ask", "#pp-said:not(:empty)", collect, clear),
    State("collection, filled", "Collection", "textarea", open_collection, clear),
    State("collection, cleared", "Collection", ".st-key-cleared button", clear_collected, forget),
    State("quiz", "Quiz", ".pp-heading"),
    State("quiz, a card turned", "Quiz", "text=Ask me again", reveal_card),
    State("quiz, a provision to choose", "Quiz", "text=Check", choose_provision),
    State("quiz, a text chosen", "Quiz", ".pp-verdict", check_text),
    State("library", "Library", "#add-documents"),
    State("library, unfolded", "Library", "details[open] table", unfold),
    State("check, empty", "Check", "textarea"),
    State("check, a draft checked", "Check", ".pd-list", check_draft, clear),
    State("changes, compared", "Changes", ".pc-section", compare_editions),
    State("no index", "Ask", "text=No index to search yet", take_index_away, put_index_back),
]


@pytest.fixture(scope="module")
def served(make_printed_corpus, run_ingest, serve_app, tmp_path_factory):
    """Address of the app and the folder of its index; documents may be added."""
    folder = tmp_path_factory.mktemp("accessible")
    corpus = make_printed_corpus(folder / "corpus")
    note = Note(id="a", section="8 CFR 214.202", text="Ask first.", by="Jane Doe", written=date(2026, 3, 2), digest="0")
    add_note(corpus, note)
    run_ingest(corpus, folder / "index", embedder=PackagedEmbedder())
    with serve_app(INDEX_DIR=folder / "index", PINPOINT_UPLOADS=1, CORPUS_DIR=corpus) as running:
        yield running.address, folder / "index"


@pytest.fixture(scope="module")
def registered(page):
    """Pages that the head of the app leads to."""
    links = page.locator(".st-key-masthead").get_by_role("link")
    links.first.wait_for()
    return {links.nth(location).inner_text().split()[0] for location in range(links.count())}


@pytest.fixture(scope="module")
def page(browser, served):
    """A page that all states share: what is slow is to load the app."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=SCHEMES[0], reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(MINUTES)
    opened.goto(served[0])
    opened.get_by_role("heading", level=1, name="Ask").wait_for()
    return opened


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_a_page_breaks_no_rule(page, served, registered, state):
    if state.link not in registered:
        pytest.skip(f"the app has no page {state.link}")
    found = []
    go(page, state.link)
    state.reach(page, *served)
    try:
        page.locator(state.ready).first.wait_for()
        for scheme in reversed(SCHEMES):  # the measures under the last one leave the focus on a button with its tooltip
            show_in(page, scheme)
            found += [f"{scheme}: {broken}" for broken in violations(page, state.name, scheme)]
    finally:
        state.leave(page, *served)
    assert not found, "\n".join(found)


def show_in(page: Page, scheme: str) -> None:
    """Wait until the page is drawn in a colour scheme; Streamlit follows that of the system."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme
    )
    settled(page)


def test_a_bare_key_runs_nothing(page):
    go(page, "Collection")
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        "window.runs = 0; new MutationObserver(() => { window.runs += 1 }).observe(document.querySelector('.stApp'), "
        "{ attributeFilter: ['data-test-script-state'] })"
    )
    page.keyboard.press("r")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.runs") == 0, "Streamlit runs the page again at an r"


def test_the_first_link_skips_the_head_of_the_app(page, served):
    page.goto(f"{served[0]}/quiz")
    page.locator(".pp-heading h1").wait_for()
    settled(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.st-key-masthead')")


def violations(page: Page, name: str, scheme: str) -> list[str]:
    """Each broken rule with its element, those that are known left out, and what falls short of a measure.

    One that is known has to be there. What has nothing to do with colours is measured under one scheme.
    """
    known = {(rule, selector) for rule, selector, where, _, _ in KNOWN if where == name}
    met, lines = set(), []
    response = axe.Axe().run(page, options={**RULES, **DETAILS}).response
    short = measures.measure(page, colours_only=scheme != SCHEMES[0])
    results.add_line(results.Page(state=name, scheme=scheme, width=1280), response, short)
    lines += [f"{measure}: {part}" for measure, parts in short.items() for part in parts]
    for violation in response["violations"]:
        for node in violation["nodes"]:
            excuses = [
                (rule, selector)
                for rule, selector, *_ in KNOWN
                if rule == violation["id"]
                and page.evaluate(
                    "([at, selector]) => !!document.querySelector(at)?.matches(selector)", [node["target"][0], selector]
                )
            ]
            met.update(excuses)
            if not excuses:
                lines.append(f"{violation['id']} ({violation['impact']}): {node['html'][:300]} {violation['helpUrl']}")
    return lines + [f"{rule} at {selector} is broken no more: take it out of KNOWN" for rule, selector in known - met]
