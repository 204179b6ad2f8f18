"""Taking an answer along: all its quotations into the collection, or a file to print."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from answer.records import Answer
from collection.export.answer import answer_handout
from collection.export.citation_lists.lists import cited_answer
from collection.export.formats import FORMATS
from collection.export.handout import Handout
from index.search import HybridIndex
from pinpoint.records import Filters, Scope
from pinpoint.text import plural
from ui.components import collection_steps
from ui.components.citation_files import draw_citation_files
from ui.components.collecting.collected import of_answer
from ui.state import session

_WITH_QUESTION = "Put the question into the file"
_HELP = (
    "Off: the file leaves out your question and all that repeats words of it: facts of a case, notes on how it was "
    "read. Pinpoint stores no question."
)


def draw_answer_export(index: HybridIndex, answer: Answer, scope: Scope) -> None:
    """Draw the buttons that collect, download and print an answer, which was sought in a scope."""
    filters = Filters(answer.as_of, collections=scope.only, prefer=scope.prefer)
    with st.container(key="answer-export"), st.expander("Collect, print or download this answer"):
        if answer.statements:
            count, keys = plural(len(answer.statements), "quotation"), of_answer(session.collection(), answer)
            st.button(
                f"Collected all ({count}). Press to take them out" if keys else f"Collect all ({count})",
                key="collect-all",
                on_click=collection_steps.take_out_all if keys else collection_steps.collect_all,
                args=(keys,) if keys else (index, answer),
            )
        with_question = st.checkbox(_WITH_QUESTION, value=False, key="answer-with-question", help=_HELP)
        with st.container(horizontal=True, key="answer-exports"):
            for one in FORMATS:
                made = partial(_made, one.write, index, answer, filters, with_question=with_question)
                st.download_button(
                    one.title, made, f"answer.{one.suffix}", one.mime, key=f"answer-{one.suffix}", on_click="ignore"
                )
        st.html('<p class="pp-fact">All quotations with full citations. The web page is made to be printed.</p>')
        if answer.statements:
            entries = partial(cited_answer, index, answer, with_question=with_question)
            draw_citation_files("citations", entries, key="answer-list")
            st.html(
                '<p class="pp-fact">The citations alone, each with its quotation: a table, data for a reference '
                "manager, or one line each in the form of the Bluebook.</p>"
            )


def _made(
    write: Callable[[Handout], bytes], index: HybridIndex, answer: Answer, filters: Filters, *, with_question: bool
) -> bytes:
    return write(answer_handout(index, answer, date.today(), filters=filters, with_question=with_question))
