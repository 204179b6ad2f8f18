"""Quiz: terms and lists of the documents, to learn and to teach with."""

import random
from datetime import date

import streamlit as st

from collection.export.web_page import quiz_page_of
from collection.quiz import MOST_CARDS, Card, cards_of_collection, cards_of_document, shuffled, source_of
from collection.quiz_rounds import Round, mark, reveal
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.text import escape, plural
from ui.components import focus, frame
from ui.html.badges import authority_badge
from ui.html.text import crumbs, facts
from ui.server import accounts
from ui.state import resources, session
from ui.state.navigation import Location, location_link

_LEAD = "Terms and lists from the documents. Say the answer first, then turn the card; what it shows is verbatim."
_MINE = ""
"""Stands for the collection among the ids of documents."""
_CHOSEN, _ROUND, _SEED, _TIMES, _GO = "quiz-source", "_quiz_round", "_quiz_seed", "_quiz_times", "_quiz_go"


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Quiz", _LEAD)
    source = _draw_sources(index)
    with st.spinner("Looking for terms and lists\u2026"):
        cards = _cards(index, source)
    if not cards:
        _draw_none(index, source)
        return
    quiz = _round(index, source, cards)
    if quiz.shown is None:
        _draw_end(index, quiz, cards)
    else:
        _draw_card(index, quiz, quiz.shown)
    _draw_print(index, source, cards)
    if going := st.session_state.pop(_GO, None):
        focus.go_to(going, st.session_state[_TIMES])


def _draw_sources(index: HybridIndex) -> str:
    """Draw the choice of what the cards are made from; the id of a document, "" for the collection."""
    titles = {one.id: one.title for one in sorted(index.documents.values(), key=lambda one: one.title.lower())}
    count = plural(len(session.collection().excerpts), "excerpt")
    chosen = st.selectbox(
        "Cards from",
        [_MINE, *titles],
        key=_CHOSEN,
        persist_state="session",
        format_func=lambda one: titles[one] if one else f"My collection ({count})",
    )
    return chosen or _MINE


def _cards(index: HybridIndex, source: str) -> tuple[Card, ...]:
    if source == _MINE:
        return cards_of_collection(index, session.collection().excerpts, date.today())
    accounts.record_reading(index, source)
    return _of_document(index, index.folder.name, source, date.today())


@st.cache_resource(max_entries=20, show_spinner=False)
def _of_document(
    _index: HybridIndex,
    generation: str,
    document_id: str,
    as_of: date,  # noqa: ARG001 - the cache's key
) -> tuple[Card, ...]:
    return cards_of_document(_index, document_id, as_of)


def _round(index: HybridIndex, source: str, cards: tuple[Card, ...]) -> Round:
    """The round of this session; a new one when it was about other cards."""
    about = (index.folder.name, source, cards)
    known: object
    quiz: Round
    known, quiz = st.session_state.get(_ROUND, (None, Round(())))
    if known != about:
        seed = st.session_state.setdefault(_SEED, random.randrange(2**32))  # noqa: S311 - an order to learn in
        quiz = Round(shuffled(cards, seed))
        st.session_state[_ROUND] = (about, quiz)
    return quiz


def _draw_card(index: HybridIndex, quiz: Round, card: Card) -> None:
    number, count = len(quiz.marks) + 1, len(quiz.cards)
    with st.container(border=True, key="quiz-card"):
        source = f"From: {escape(card.answer.title)}"
        words, style = card.status
        badge = (
            f'<p class="pp-badges">{authority_badge(card.answer.kind)}'
            f'<span class="pp-badge pp-{style}">{escape(words)}</span></p>'
        )
        path = crumbs(card.answer.section_path) if card.kind == "list" else ""
        st.html(
            f'<article class="pp-card"><h2 class="pp-small">Card {number} of {count}</h2>'
            f'<p class="pp-fact">{escape(card.task)}</p><p class="pp-asked">{escape(card.shown)}</p>'
            f"{badge}{facts(source)}{path}</article>"
        )
        if not quiz.revealed:
            st.button("Show the answer", key="quiz-show", type="primary", on_click=_show)
            return
        passage = span_name(card.answer.start, card.answer.text)
        location = Location(document=card.answer.document_id, section=card.answer.section, passage=passage)
        opened = location_link(location, "Open in the document")
        st.html(
            f'<section class="pp-card" role="status"><blockquote>{escape(card.answer.text)}</blockquote>'
            f"{facts(escape(source_of(card)), opened)}</section>"
        )
        with st.container(horizontal=True):
            st.button("I knew it", key="quiz-knew", on_click=_mark, args=(True,))
            st.button("Ask me again", key="quiz-again", on_click=_mark, args=(False,))


def _draw_end(index: HybridIndex, quiz: Round, cards: tuple[Card, ...]) -> None:
    missed = quiz.missed
    again = "".join(f"<li>{escape(card.shown)}</li>" for card in missed)
    listed = f'<h3>To look at again</h3><ul class="pp-plain">{again}</ul>' if missed else ""
    st.html(
        f'<section class="pp-declined" role="status"><h2>End of the round</h2><p class="pp-reason">You knew '
        f"{quiz.known} of {plural(len(quiz.cards), 'card')}.</p>{listed}</section>"
    )
    with st.container(horizontal=True):
        if missed:
            st.button(
                f"Again with {plural(len(missed), 'card')}",
                key="quiz-missed",
                type="primary",
                on_click=_start,
                args=(missed,),
            )
        st.button("All cards again", key="quiz-all", on_click=_start, args=(cards,))


def _draw_print(index: HybridIndex, source: str, cards: tuple[Card, ...]) -> None:
    title = index.documents[source].title if source else session.collection().title or "My collection"
    limit = " These are the first of the document." if len(cards) == MOST_CARDS else ""
    st.html(
        f'<p class="pp-fact">{plural(len(cards), "card")} from \u201c{escape(title)}\u201d.{limit} The order is '
        "shuffled anew in each session.</p>"
    )
    st.download_button(
        "Quiz to print (web page)",
        quiz_page_of(f"Quiz: {title}", cards),
        "quiz.html",
        "text/html",
        key="quiz-print",
        on_click="ignore",
    )


def _draw_none(index: HybridIndex, source: str) -> None:
    if source:
        why = f"{index.documents[source].title} has no definition, short form or list that makes a card."
        remedy = "Choose another document."
    elif session.collection().excerpts:
        why = "What you collected has no definition, short form or list that makes a card."
        remedy = "Collect a definition, or a list with the sentence before it, or choose a document above."
    else:
        why = "Nothing is collected yet."
        remedy = "Collect definitions and lists from the documents, or choose a document above."
    st.html(f'<section class="pp-declined"><p class="pp-reason">{escape(why)}</p><p>{remedy}</p></section>')


def _show() -> None:
    about, quiz = st.session_state[_ROUND]
    st.session_state[_ROUND] = (about, reveal(quiz))
    _going(["quiz-knew"])


def _mark(known: bool) -> None:
    about, quiz = st.session_state[_ROUND]
    if not quiz.revealed:  # a second click on a button that is gone
        return
    st.session_state[_ROUND] = (about, mark(quiz, known=known))
    _going(["quiz-show", "quiz-missed", "quiz-all"])


def _start(cards: tuple[Card, ...]) -> None:
    about, _ = st.session_state[_ROUND]
    st.session_state[_SEED] = random.randrange(2**32)  # noqa: S311 - an order to learn in
    st.session_state[_ROUND] = (about, Round(shuffled(cards, st.session_state[_SEED])))
    _going(["quiz-show"])


def _going(keys: list[str]) -> None:
    st.session_state[_GO] = keys
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
