"""The status region: one line, unseen, in which screen readers hear that an answer has come.

It is made when the page is loaded and stays, because a region that arrives together with its words is not read out.
"""

import json

import streamlit as st

from answer.records import Answer
from pinpoint.text import plural, worded

_WORDS, _COUNT, _DRAWN = "_status", "_status_count", "_status_drawn"
_TELL = "<script>document.dispatchEvent(new CustomEvent('pinpoint-status', { detail: %s })) /* %d */</script>"


def announce(words: str) -> None:
    """Have the status region say in this run that something has come; call it only in the run in which it came.

    Args:
        words: A short plain sentence: what came, and how much of it. What was asked is not part of it.
    """
    st.session_state[_WORDS] = words
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def draw_status() -> None:
    """Draw what tells the region; to be called once, at the end of every run, so that the page keeps its shape."""
    count = st.session_state.get(_COUNT, 0)
    new, st.session_state[_DRAWN] = count != st.session_state.get(_DRAWN, 0), count
    words = json.dumps(st.session_state.get(_WORDS, "")).replace("<", "\\u003c")
    st.html(_TELL % (words, count) if new else "<span></span>", unsafe_allow_javascript=True)


def answer_status(answer: Answer) -> str:
    """What the region says of an answer: how much was found, or that nothing was, and why."""
    quotations = plural(len(answer.statements), "quotation")
    documents = plural(len({citation.document_id for citation in answer.citations}), "document")
    if answer.status == "answered":
        return f"Answer: {quotations} from {documents}."
    if answer.statements:
        return f"Not decided. {quotations} from {documents} say what the law requires."
    return f"Not answered. {worded(answer.reason)}"
