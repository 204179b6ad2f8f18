"""The quiz to print: questions first, answers on a page of their own, in an order that a number gives again."""

from datetime import date
from functools import partial

import streamlit as st

from collection.quiz_export.formats import QUIZ_FORMATS
from collection.quiz_export.paper import paper_of
from collection.quizzes.cards import MOST_CARDS, Card, shuffled
from pinpoint.text import escape, plural
from ui.quiz.round import ORDERS, seed
from ui.quiz.sources import Source

_ORDER = "quiz-order"


def draw_printing(source: Source, cards: tuple[Card, ...]) -> None:
    """Draw the order and the buttons of the files."""
    limit = " These are the first that were found." if len(cards) == MOST_CARDS else ""
    st.html(
        f'<h2 class="pp-small">To print</h2><p class="pp-fact">{plural(len(cards), "card")} from '
        f"\u201c{escape(source.title)}\u201d.{limit} Questions first, answers with citations and dates on a page of "
        "their own. The same number gives the same order again.</p>"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz-print"):
        order = st.number_input("Order", 0, ORDERS - 1, seed(), key=_ORDER, width=130)
        paper = paper_of(f"Quiz: {source.title}", shuffled(cards, int(order)), date.today(), int(order))
        for one in QUIZ_FORMATS:
            st.download_button(
                f"Quiz to print ({one.title})",
                partial(one.write, paper),
                f"quiz.{one.suffix}",
                one.mime,
                key=f"quiz-{one.suffix}",
                on_click="ignore",
            )
