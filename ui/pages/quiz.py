"""Quiz: terms, lists and provisions of the documents, to learn and to teach with."""

import streamlit as st

from collection.quizzes.cards import Card
from collection.quizzes.rounds import Round
from index.search import HybridIndex
from pinpoint.text import escape, plural
from ui.components import frame
from ui.quiz import round as rounds
from ui.quiz.card import draw_card
from ui.quiz.printing import draw_printing
from ui.quiz.sources import Source, cards_of, draw_sources
from ui.state import resources, session

_LEAD = (
    "Terms, lists and provisions from the documents. Say or choose the answer first, then turn the card; what it shows "
    "is verbatim."
)
_NEEDS = (
    "A question by citation needs a sentence or more, of nine words at least, from a provision that is cited by its "
    "number (such as 8 CFR 214.202), and two other provisions near by in the same document that say something else."
)


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    frame.heading("Quiz", _LEAD)
    source = draw_sources(index)
    with st.spinner("Looking for what can be asked\u2026"):
        cards = cards_of(index, source)
    if not cards:
        _draw_none(index, source)
        return
    quiz = rounds.round_of(index, source, cards)
    if quiz.shown is None:
        _draw_end(quiz, cards)
    else:
        draw_card(quiz, quiz.shown)
    draw_printing(source, cards)
    rounds.put_focus()


def _draw_end(quiz: Round, cards: tuple[Card, ...]) -> None:
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
                on_click=rounds.start,
                args=(missed,),
            )
        st.button("All cards again", key="quiz-all", on_click=rounds.start, args=(cards,))


def _draw_none(index: HybridIndex, source: Source) -> None:
    learn = source.way == "learn"
    what = "definition, short form or list that makes a card" if learn else "provision that makes a question"
    if source.document:
        name = source.title if source.section else index.documents[source.document].title
        why = f"{name} has no {what}."
        remedy = "Choose another document." if learn else f"{_NEEDS} Choose another document."
    elif session.collection().excerpts:
        why = f"What you collected has no {what}."
        remedy = (
            "Collect a definition, or a list with the sentence before it, or choose a document above."
            if learn
            else f"{_NEEDS} Collect one, or choose a document above."
        )
    else:
        why = "Nothing is collected yet."
        remedy = "Collect definitions, lists or provisions from the documents, or choose a document above."
    st.html(f'<section class="pp-declined"><p class="pp-reason">{escape(why)}</p><p>{escape(remedy)}</p></section>')
