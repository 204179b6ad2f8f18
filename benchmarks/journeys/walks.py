"""The five journeys, each from the opening of the app to what its user came for."""

import csv
import re
from collections.abc import Callable, Mapping
from functools import partial
from zipfile import ZipFile

import docx
from playwright.sync_api import Error, Locator

from benchmarks.app import ASK_BOX, SEARCH_BOX
from benchmarks.journeys.hand import Hand, JourneyFailed
from benchmarks.journeys.memo import Memo
from drafts.records import STATES
from pinpoint.text import plural

QUESTION = "Does a minor have to comply with law enforcement requests?"
RULES = ("8 CFR 214.202(c)(1)", "8 CFR 214.208(e)(1)")
"""The paragraphs of the rule in force that answer the question; either is right."""
OLD_CITATION = "8 C.F.R. \u00a7 214.11(b)(2)"
QUERY = '"any credible evidence" AND waiver*'
DOCUMENT, SECTION = "8 CFR Part 214 Subpart C", "\u00a7 214.202"
HEADING = "Eligibility"
COLLECTED = 3
Walk = Callable[[Hand, str], str]
"""A journey in a page of the app at an address; what stood on the screen at its end, in a sentence."""


def asked(hand: Hand, address: str) -> str:
    """Ask a question until the answer and its evidence with the highlight stand in view."""
    _open_ask(hand, address)
    _ask(hand, QUESTION)
    first = hand.page.locator(".pp-answer blockquote").first
    mark = hand.page.locator(".st-key-evidence mark").first
    hand.see(first, "the first quotation")
    hand.see(mark, "the highlight in the evidence")
    hand.done()
    quoted, marked = _plain(first), _plain(mark)
    hand.require("18" in quoted or "minor" in quoted, f"the first quotation is of no minor: {quoted[:80]}")
    hand.require(marked and marked in quoted or quoted in marked, "the highlight has other words than the quotation")
    links = hand.page.locator(".pp-statement .pp-cited a")
    cited = links.all_text_contents()
    number = next((at for at, one in enumerate(cited) if one in RULES), None)
    hand.require(number is not None, f"neither {' nor '.join(RULES)} is cited: {', '.join(cited)}")
    rule = links.nth(number or 0)
    shown = "in view without a further key" if rule.is_visible() else "behind \u201cmore quotations\u201d"
    return (
        f"Quotation 1 is from {cited[0]}, highlighted in the evidence; the rule, {rule.text_content()}, is quotation "
        f"{(number or 0) + 1}, {shown}."
    )


def landed(hand: Hand, address: str) -> str:
    """Type a citation of an old memo until what replaced it, and the new text, stand in view."""
    _open_ask(hand, address)
    _ask(hand, OLD_CITATION)
    quoted = hand.page.locator(".pp-statement")
    old = quoted.filter(has=hand.page.get_by_role("link", name="8 CFR 214.11(b)(2)", exact=True)).first
    told = old.locator(".pp-ended")
    new = quoted.filter(has=hand.page.get_by_role("link", name="8 CFR 214.202(b)", exact=True)).first
    hand.see(old, "the old text")
    hand.see(told, "that it was replaced")
    hand.see(new.locator("blockquote"), "the new text")
    hand.done()
    badge = " ".join(told.inner_text().split())
    hand.require("replaced on August 28, 2024 by 8 CFR 214.202(b)" in badge, f"beside the old text stands: {badge}")
    hand.require("Physical presence" in new.inner_text(), "the new text is of another subject")
    return f"Beside the old text: \u201c{badge}\u201d; the new text is quoted below it."


def searched(hand: Hand, address: str) -> str:
    """Search with operators, limit to the Policy Manual, sort by authority, download the list as CSV."""
    page = hand.page
    hand.begin("open Search")
    page.goto(f"{address}/search")
    hand.rest()
    hand.reach(page.get_by_label(SEARCH_BOX, exact=True), "the box")
    hand.done()
    hand.begin("search")
    hand.write(QUERY)
    hand.press("Enter")
    hand.see(page.locator(".pp-hit"), "the first hit")
    hand.done()
    hand.begin("limit to the Policy Manual")
    hand.rest()
    facets = page.locator(".st-key-facets").get_by_role("button")
    hand.reach(facets.first, "the first limit")
    hand.reach(facets.filter(has_text="Policy Manual"), "Policy Manual", key="ArrowRight")
    hand.press("Enter")
    others = page.locator(".pp-hit h3").filter(has_not_text="USCIS-PM")
    _gone(hand, others, "hits of other documents")
    hand.done()
    hand.begin("sort by authority")
    hand.rest()
    sorts = page.get_by_role("radiogroup", name="Sort by")
    hand.reach(sorts, "the order", key="Shift+Tab")
    hand.press("ArrowRight")
    hand.press("Space")
    hand.see(sorts.get_by_role("radio", name="Authority", checked=True), "the chosen order")
    hand.rest()
    hand.done()
    hand.begin("download as CSV")
    hand.reach(page.locator("summary", has_text="Download this list"), "the downloads")
    hand.press("Enter")
    button = page.locator(".st-key-list-csv button")
    hand.reach(button, "the table")
    file = hand.download(partial(hand.press, "Enter"), "the table")
    hand.done()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    shown = page.locator(".pp-hit").count()
    hand.require(shown and len(rows) > shown, f"{len(rows)} rows in the file for {shown} hits on the page")
    hand.require(all(any("USCIS-PM" in cell for cell in row) for row in rows[1:]), "the file has other documents")
    return f"{plural(len(rows) - 1, 'passage')} of the Policy Manual on the screen and in the file."


def collected(hand: Hand, address: str) -> str:
    """Browse to a section from the contents, collect three excerpts, give a heading, download the hand-out."""
    page = hand.page
    hand.begin("browse to the section")
    page.goto(f"{address}/browse")
    hand.rest()
    hand.reach(page.get_by_label("Filter documents", exact=True), "the filter")
    hand.write(DOCUMENT)
    hand.press("Enter")
    hand.reach(page.locator(".st-key-main, main, body").get_by_role("link", name=re.compile(f"^{DOCUMENT}")), DOCUMENT)
    hand.press("Enter")
    hand.see(page.locator(".pp-tree"), "the contents")
    hand.rest()
    hand.reach(page.locator(".pp-tree").get_by_role("link", name=re.compile(re.escape(SECTION))), SECTION)
    hand.press("Enter")
    hand.see(page.locator(".pp-tree [aria-current]", has_text=SECTION), "the section among the contents")
    hand.rest()
    hand.done()
    hand.begin(f"collect {COLLECTED} excerpts")
    buttons = page.locator(".pp-para [data-pp=collect]")
    for number in range(COLLECTED):
        hand.reach(buttons.nth(number), f"Collect of paragraph {number + 1}")
        hand.press("Enter")
        hand.see(page.get_by_role("link", name=f"Collection ({number + 1})"), f"{number + 1} collected", in_view=False)
        hand.rest()
    hand.done()
    hand.begin("give a heading")
    hand.reach(page.get_by_role("link", name=re.compile("^Collection")), "Collection", key="Shift+Tab")
    hand.press("Enter")
    field = page.get_by_label("Heading of 1", exact=True)
    hand.see(field, "the first card", in_view=False)
    hand.rest()
    hand.reach(field, "its heading")
    hand.write(HEADING)
    hand.press("Enter")
    hand.see(page.get_by_role("heading", level=2, name=HEADING), "the heading", in_view=False)
    hand.rest()
    hand.done()
    hand.begin("download the Word hand-out")
    hand.reach(page.locator(".st-key-export-docx button"), "Word file", key="Shift+Tab")
    file = hand.download(partial(hand.press, "Enter"), "the hand-out")
    hand.done()
    written = docx.Document(str(file)).paragraphs
    hand.require(any(one.text == HEADING for one in written), "the hand-out has no heading")
    quotations = sum(one.style is not None and one.style.name == "Quote" for one in written)
    hand.require(quotations == COLLECTED, f"the hand-out has {quotations} quotations")
    with ZipFile(file) as parts:
        cited = parts.read("word/footnotes.xml").decode().count("8 CFR 214.202")
    hand.require(cited >= COLLECTED, f"the footnotes cite the section {cited} times")
    return f"The heading, {COLLECTED} excerpts and their citations in footnotes stand in the Word file."


def checked(hand: Hand, address: str, memo: Memo) -> str:
    """Paste a memo until its findings stand in view, download the report as Word."""
    page = hand.page
    hand.begin("open Check")
    page.goto(f"{address}/check")
    hand.rest()
    hand.reach(page.get_by_label("Text of the draft", exact=True), "the field")
    hand.done()
    hand.begin("paste and check")
    hand.paste(memo.text)
    hand.reach(page.get_by_role("button", name="Check", exact=True), "the button")
    hand.press("Enter")
    hand.see(page.locator(".pd-counts"), "the counts")
    hand.see(page.locator(".pd-list > li"), "the first finding")
    hand.done()
    hand.rest()
    cards = [" ".join(one.split()) for one in page.locator(".pd-list > li").all_inner_texts()]
    for text, state in memo.faults.items():
        words = STATES[state]
        told = [one for one in cards if words in one and text[:60] in one]
        hand.require(told, f"nothing is said to be \u201c{words}\u201d of: {text[:60]}")
    hand.begin("download the Word report")
    hand.reach(page.locator(".st-key-check-report-docx button"), "the report")
    file = hand.download(partial(hand.press, "Enter"), "the report")
    hand.done()
    remarks = len(list(docx.Document(str(file)).comments))
    hand.require(remarks >= len(memo.faults), f"the report has {remarks} comments")
    counts = ", ".join(" ".join(one.split()) for one in page.locator(".pd-counts li").all_inner_texts())
    return f"{counts}; the three faults among them; {remarks} comments in the Word file."


def walks(memo: Memo) -> Mapping[str, Walk]:
    """The journeys by what they are called in the report."""
    return {
        f"Adjudicator asks \u201c{QUESTION}\u201d": asked,
        f"Adjudicator types `{OLD_CITATION}`": landed,
        f"Policy staff search `{QUERY}`": searched,
        "Trainer makes a hand-out": collected,
        "Adjudicator or staff check a memo of two pages": partial(checked, memo=memo),
    }


def _open_ask(hand: Hand, address: str) -> None:
    hand.begin("open Ask")
    hand.page.goto(address)
    hand.rest()
    box = f"document.activeElement?.ariaLabel === '{ASK_BOX}'"
    try:
        hand.page.wait_for_function(f"() => {box}", timeout=10_000)
    except Error:
        hand.reach(hand.page.get_by_label(ASK_BOX, exact=True), "the box")
    hand.done()


def _ask(hand: Hand, question: str) -> None:
    hand.begin("ask, until all stands in view")
    hand.write(question)
    hand.press("Enter")
    hand.see(hand.page.locator(".pp-question", has_text=question), "the question")


def _gone(hand: Hand, what: Locator, name: str) -> None:
    try:
        what.first.wait_for(state="detached")
    except Error as error:
        raise JourneyFailed(hand.step, f"{name} do not go") from error


def _plain(part: Locator) -> str:
    """The words of a part without marks of notes and blanks."""
    return re.sub(r"\[\d+\]|\s+", "", part.inner_text())
