"""What the cards of a quiz are made from: the collection, a document, or checklists of a section; and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from collection.excerpts import make_excerpt
from collection.quizzes.cards import Card, cards_of_collection, cards_of_document
from collection.quizzes.provisions import Asked, provision_cards, spans_of_collection, spans_of_document
from collection.records import Excerpt
from index.search import HybridIndex
from pinpoint.errors import ExcerptError
from pinpoint.records import Span
from pinpoint.text import plural
from ui.html.documents.checklist import Checklist, find_checklists
from ui.html.documents.view import View
from ui.html.documents.window import window_of
from ui.server import accounts
from ui.state import session
from ui.state.navigation import Location, read_location

_MINE, _LISTS = "", "\x00lists"
"""Stand for the collection, and for the checklists of the address, among the ids of documents."""
_LEARN = "Terms and lists"
_WAYS: dict[str, Literal["learn"] | Asked] = {_LEARN: "learn", "Which provision?": "provision", "Which text?": "text"}
_CHOSEN, _WAY, _ARRIVED, _MADE = "quiz-source", "quiz-way", "_quiz_arrived", "_quiz_made"


@dataclass(frozen=True, slots=True)
class Source:
    """What cards are made from.

    Attributes:
        document: Id of the document; "" for the collection.
        section: Cited form of the section whose checklists are asked; "" for everything.
        way: What is asked.
        title: Its name.
    """

    document: str
    section: str
    way: Literal["learn"] | Asked
    title: str


def draw_sources(index: HybridIndex) -> Source:
    """Draw the choice of what the cards are made from, and of what they ask; what was chosen."""
    listed = _address(index)
    titles = {one.id: one.title for one in sorted(index.documents.values(), key=lambda one: one.title.lower())}
    names = {_MINE: f"My collection ({plural(len(session.collection().excerpts), 'excerpt')})", **titles}
    if listed is not None:
        names[_LISTS] = f"Checklist of {listed.section}"
    if st.session_state.get(_CHOSEN) not in names:
        st.session_state[_CHOSEN] = _MINE
    options = [_MINE, *([_LISTS] if listed else []), *titles]
    chosen = st.selectbox(
        "Cards from", options, key=_CHOSEN, persist_state="session", format_func=lambda one: names[one]
    )
    if st.session_state.get(_WAY) not in _WAYS:
        st.session_state[_WAY] = _LEARN
    way = st.segmented_control("Ask for", list(_WAYS), key=_WAY, required=True, persist_state="session")
    if chosen == _LISTS and listed is not None:
        return Source(listed.document, listed.section, _WAYS[way or _LEARN], f"Checklist of {listed.section}")
    title = titles.get(chosen or _MINE) or session.collection().title or "My collection"
    return Source(chosen or _MINE, "", _WAYS[way or _LEARN], title)


def cards_of(index: HybridIndex, source: Source) -> tuple[Card, ...]:
    """The cards of a source, made once for each generation and day."""
    today = date.today()
    if source.document:
        accounts.record_reading(index, source.document)
        return _of_document(index, index.folder.name, source, today)
    excerpts = session.collection().excerpts
    about = (index.folder.name, source.way, today, tuple(one.key for one in excerpts))
    known: tuple[object, tuple[Card, ...]] = st.session_state.get(_MADE, (None, ()))
    if known[0] != about:
        known = st.session_state[_MADE] = about, _of_excerpts(index, excerpts, source.way, today)
    return known[1]


def checklists_of(index: HybridIndex, document_id: str, cited: str) -> list[Checklist]:
    """The checklists that Browse shows of a section; [] where there is no such section."""
    sections = index.store.with_citation(document_id, cited) if document_id in index.documents else ()
    if not sections:
        return []
    contents, blocks = index.store.tree(document_id), index.store.blocks(document_id)
    view = View(
        index=index,
        document=index.documents[document_id],
        contents=contents,
        window=window_of(contents, blocks, sections[0], None),
        as_of=date.today(),
    )
    return find_checklists(view)


def _address(index: HybridIndex) -> Location | None:
    """The section whose checklists the address of the page asks for; a new one is chosen at once."""
    location, _ = read_location(st.query_params.to_dict())
    if not location.section or not checklists_of(index, location.document, location.section):
        return None
    if st.session_state.get(_ARRIVED) != (location.document, location.section):
        st.session_state[_ARRIVED] = (location.document, location.section)
        st.session_state[_CHOSEN], st.session_state[_WAY] = _LISTS, "Which provision?"
    return location


@st.cache_resource(max_entries=20, show_spinner=False)
def _of_document(
    _index: HybridIndex,
    generation: str,  # noqa: ARG001 - the cache's key
    source: Source,
    today: date,
) -> tuple[Card, ...]:
    if source.section:
        return _of_checklists(_index, source, today)
    if source.way == "learn":
        return cards_of_document(_index, source.document, today)
    return provision_cards(_index, spans_of_document(_index, source.document), source.way, today)


def _of_checklists(index: HybridIndex, source: Source, today: date) -> tuple[Card, ...]:
    lists = checklists_of(index, source.document, source.section)
    if source.way != "learn":
        entries = [entry for one in lists for entry in one.entries if entry.box]
        spans = [Span(source.document, entry.start, entry.end) for entry in entries]
        return provision_cards(index, spans, source.way, today)
    whole = [Span(source.document, one.start, one.entries[-1].end) for one in lists]
    return _of_excerpts(index, [found for span in whole if (found := _excerpt(index, span, today))], "learn", today)


def _of_excerpts(
    index: HybridIndex, excerpts: Sequence[Excerpt], way: Literal["learn"] | Asked, today: date
) -> tuple[Card, ...]:
    if way == "learn":
        return cards_of_collection(index, excerpts, today)
    return provision_cards(index, spans_of_collection(index, excerpts), way, today)


def _excerpt(index: HybridIndex, span: Span, today: date) -> Excerpt | None:
    try:
        return make_excerpt(index, span, today)
    except ExcerptError:
        return None
