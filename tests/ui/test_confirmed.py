"""What a second reading of the page does not confirm is marked wherever it is shown, and hidden nowhere."""

import io
import json
from dataclasses import replace
from datetime import date

import docx
import pytest

from answer.text import answer_text
from collection.changes import Change, compare_excerpt, confirmed_now
from collection.citation_text import with_quotation
from collection.excerpts import make_excerpt
from collection.export.handout import lay_out
from collection.export.markdown import markdown_of
from collection.export.web_page import web_page_of
from collection.export.word import word_of
from collection.files import read_collection, write_collection
from collection.quiz_export.paper import paper_of
from collection.quiz_export.web_page import web_page_of as quiz_page_of
from collection.quizzes.cards import Card
from collection.records import Collection
from pinpoint.commands import to_json
from pinpoint.errors import CollectionFileError
from pinpoint.records import Filters, PageSpan, Span
from pinpoint.text import NOT_CONFIRMED, WHY_NOT_CONFIRMED, escape
from ui.html.answers.evidence import head
from ui.html.answers.excerpt_card import excerpt_card
from ui.html.answers.hits import results
from ui.html.answers.statements import answered
from ui.html.documents.checklist import checklists, find_checklists
from ui.html.documents.view import View
from ui.html.documents.window import window_of

DAY = date(2025, 1, 1)
QUESTION = "What must a victim show of reasonable requests?"
BADGE, WHY = f">{NOT_CONFIRMED.capitalize()}<", escape(WHY_NOT_CONFIRMED)
WHOLE = (0, 10**9)


@pytest.fixture
def read_twice(tiny_index, monkeypatch):
    """``read_twice(*unconfirmed)``: all documents as if their only page had been read twice."""

    def change(*unconfirmed):
        for name, document in list(tiny_index.store.documents.items()):
            length = len(tiny_index.store.text(Span(name, 0, 10**9)))
            page = PageSpan(0, length, 1)
            changed = replace(
                document, pages=1, page_labels=("1",), page_spans=(page,), read_twice=(1,), unconfirmed=unconfirmed
            )
            monkeypatch.setitem(tiny_index.store.documents, name, changed)

    return change


@pytest.mark.parametrize(("unconfirmed", "confirmed"), [((), True), ((WHOLE,), False), (None, None)])
def test_json(tiny_assistant, read_twice, unconfirmed, confirmed):
    if unconfirmed is not None:
        read_twice(*unconfirmed)
    answer = to_json(tiny_assistant.ask(QUESTION, filters=Filters(DAY)))
    assert answer["statements"] and answer["citations"] and answer["hits"], "nothing is hidden"
    for shown in ("statements", "citations", "hits"):
        assert {entry["confirmed"] for entry in answer[shown]} == {confirmed}, shown


@pytest.mark.parametrize("doubted", [True, False])
def test_the_terminal(tiny_assistant, read_twice, doubted):
    read_twice(*[WHOLE] * doubted)
    text = answer_text(tiny_assistant.ask(QUESTION, filters=Filters(DAY)))
    assert (f"\u201d ({NOT_CONFIRMED}) [1]" in text) == doubted
    assert (WHY_NOT_CONFIRMED in text) == doubted


@pytest.mark.parametrize("doubted", [True, False])
def test_the_app(tiny_index, tiny_assistant, read_twice, doubted):
    read_twice(*[WHOLE] * doubted)
    answer = tiny_assistant.ask(QUESTION, filters=Filters(DAY))
    excerpt = make_excerpt(tiny_index, answer.citations[0].span, DAY)
    card = excerpt_card(excerpt, compare_excerpt(tiny_index, excerpt, DAY), 1, DAY)
    shown = {
        "hits": results(tiny_index, answer.hits[:1], QUESTION, DAY),
        "evidence": head(tiny_index, answer, answer.citations[0]),
        "excerpt": card,
    }
    for name, html in shown.items():
        assert (BADGE in html, f">{WHY}</p>" in html) == (doubted, doubted), name
    assert (BADGE in answered(tiny_index.documents, answer)) == doubted


@pytest.mark.parametrize("doubted", [True, False])
def test_copies_and_exports(tiny_index, tiny_assistant, read_twice, doubted):
    read_twice(*[WHOLE] * doubted)
    answer = tiny_assistant.ask(QUESTION, filters=Filters(DAY))
    assert (f"\u201d ({NOT_CONFIRMED}) " in with_quotation("q", answer.citations[0], "")) == doubted
    excerpt = make_excerpt(tiny_index, answer.citations[0].span, DAY)
    handout = lay_out(
        Collection("T", (excerpt,)), {excerpt.key: compare_excerpt(tiny_index, excerpt, DAY)}, DAY, ("g", "d")
    )
    (entry,) = handout.entries
    assert (f" {NOT_CONFIRMED.capitalize()}." in entry.citation, entry.warning) == (
        doubted,
        WHY_NOT_CONFIRMED * doubted,
    )
    word = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word_of(handout))).paragraphs)
    page, quiz = (
        web_page_of(handout).decode(),
        quiz_page_of(paper_of("Q", [Card("definition", "task", "q", excerpt)], DAY)).decode(),
    )
    for written in (word, markdown_of(handout).decode().replace("\\", ""), page):
        assert (WHY_NOT_CONFIRMED in written) == doubted
    assert (f"({NOT_CONFIRMED})" in quiz) == doubted


def test_a_collection_file_holds_it_and_one_without_it_says_nothing(tiny_index, tiny_assistant, read_twice):
    read_twice(WHOLE)
    span = tiny_assistant.ask(QUESTION, filters=Filters(DAY)).citations[0].span
    written = write_collection(Collection("T", (make_excerpt(tiny_index, span, DAY),)))
    assert read_collection(written).excerpts[0].confirmed is False
    older = json.loads(written)
    del older["excerpts"][0]["confirmed"]
    assert read_collection(json.dumps(older).encode()).excerpts[0].confirmed is None
    older["excerpts"][0]["confirmed"] = "yes"
    with pytest.raises(CollectionFileError, match="confirmed: it has to be true, false or null"):
        read_collection(json.dumps(older).encode())


@pytest.mark.parametrize(
    ("span", "pages", "confirmed", "reason"),
    [
        ((0, 10), (1, 2), True, "its page was read twice, and nothing of it is in doubt"),
        ((15, 25), (1, 2), True, "so were both of its pages"),
        ((15, 25), (1,), None, "its second page was not read again"),
        ((0, 31), (1, 2), False, "one of its words is in doubt"),
        ((30, 40), (), False, "so it is, whichever pages were read again"),
        ((20, 30), (1, 2), True, "the word in doubt begins behind it"),
        ((35, 40), (1, 2), True, "or ends before it"),
    ],
)
def test_a_span_is_confirmed_when_all_of_it_was_read_twice(tiny_index, monkeypatch, span, pages, confirmed, reason):
    document = tiny_index.documents["rule-now"]
    length = len(tiny_index.store.text(Span("rule-now", 0, 10**9)))
    page_spans = (PageSpan(0, 20, 1), PageSpan(20, length, 2))
    read = {"read_twice": pages, "unconfirmed": ((30, 35),)}
    changed = replace(document, pages=2, page_labels=("1", "2"), page_spans=page_spans, **read)
    monkeypatch.setitem(tiny_index.store.documents, "rule-now", changed)
    assert tiny_index.locate(Span("rule-now", *span), DAY).confirmed is confirmed, reason


@pytest.mark.parametrize(
    ("doubted", "entries", "reason"),
    [
        ((), (False, False), "nothing is in doubt"),
        ((0,), (True, False), "a word of the first item"),
        ((0, 1), (True, True), "words of both"),
    ],
)
def test_a_checklist_and_its_copy_mark_each_item(tiny_index, read_twice, doubted, entries, reason):
    section = tiny_index.store.tree("rule-now").named("8 CFR 214.202")[0]
    tree, blocks = tiny_index.store.tree("rule-now"), tiny_index.store.blocks("rule-now")
    view = View(
        index=tiny_index,
        document=tiny_index.documents["rule-now"],
        contents=tree,
        window=window_of(tree, blocks, section, None),
        as_of=DAY,
    )
    lists = find_checklists(view)
    read_twice(*((lists[0].entries[number].start + 9, lists[0].entries[number].start + 12) for number in doubted))
    drawn = checklists(view, lists)
    _, *items = drawn.split("<li ")
    assert tuple(BADGE in item for item in items[:2]) == entries, reason
    assert drawn.count(BADGE) == sum(entries), "its other parts bear no mark"
    assert drawn.count(f"({NOT_CONFIRMED})") == sum(entries), "nor do other lines of the copied list"


SAME, OTHER = "The very words.", "Other words."


@pytest.mark.parametrize(
    ("kind", "now", "saved", "checked", "confirmed", "reason"),
    [
        ("unchanged", (SAME, False), True, True, False, "its page of today counts"),
        ("moved", (SAME, True), False, True, True, "also where it moved"),
        ("replaced", (SAME, False), None, True, False, "out of force, and still there in these words"),
        ("replaced", (OTHER, False), None, True, None, "of what replaces it nothing follows for these words"),
        ("replaced", (OTHER, True), False, True, False, "what replaces it does not confirm them"),
        ("changed", (OTHER, True), False, True, False, "nor does what is only like them"),
        ("gone", None, False, True, False, "as it was saved"),
        ("unverified", (SAME, False), False, False, None, "a claim of a file is no quotation"),
    ],
)
def test_one_doubt_of_an_excerpt_for_the_app_and_the_exports(
    tiny_index, tiny_assistant, kind, now, saved, checked, confirmed, reason
):
    hit = tiny_assistant.ask(QUESTION, filters=Filters(DAY)).hits[0]
    stands = replace(hit, text=now[0], source=replace(hit.source, confirmed=now[1])) if now else None
    span = hit.span
    excerpt = replace(make_excerpt(tiny_index, span, DAY), text=SAME, confirmed=saved, checked=checked)
    change = Change(kind, "What happened.", stands)
    assert confirmed_now(excerpt, change) is confirmed, reason
    assert (BADGE in excerpt_card(excerpt, change, 1, DAY)) == (confirmed is False), reason
    handout = lay_out(Collection("T", (excerpt,)), {excerpt.key: change}, DAY, ("g", "d"))
    assert (WHY_NOT_CONFIRMED in handout.entries[0].warning) == (confirmed is False), reason
