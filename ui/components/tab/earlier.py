"""Questions asked in this tab, to go back to: in memory only, and gone with the tab."""

from datetime import date
from textwrap import shorten

import streamlit as st

from index.search import HybridIndex
from pinpoint.text import day, escape
from ui.components import clicks
from ui.components.scope_choice import choice_of
from ui.components.tab import status
from ui.html.actions import action_button
from ui.state import session, widgets

_BACK, _FORGET = "earlier", "forget-earlier"
_LONGEST = 160
"""Characters of a question in the list. Set by hand; not measured."""
_HELP = "In the memory of this machine only, while this tab is open."


def follow_earlier(index: HybridIndex) -> bool:
    """Take a click on an earlier question, before the form is drawn; whether its answer is shown from now on.

    The form then has the question with its day and its scope, so that a follow-up is asked of the same.
    """
    if clicks.taken(_FORGET):
        session.forget_earlier()
        clicks.say("The earlier questions of this tab are forgotten.")
        return True
    named, answers = clicks.taken(_BACK), session.earlier()
    if not named.isdigit() or int(named) >= len(answers):
        return False
    asked = answers[int(named)]
    session.show_answer(asked)
    st.session_state[widgets.QUESTION] = asked.question
    st.session_state[widgets.LAW_AS_OF] = asked.as_of
    st.session_state[widgets.SCOPE] = choice_of(index, asked.scope)
    status.announce(f"Earlier answer. {status.answer_status(asked.answer)}")
    return True


def draw_earlier() -> None:
    """Draw the earlier questions, folded; nothing before a second one was asked."""
    answers, shown = session.earlier(), st.session_state.get(session.ASKED)
    others = [(number, asked) for number, asked in enumerate(answers) if asked is not shown]
    if not others:
        return
    lines = "".join(f"<li>{_line(number, asked)}</li>" for number, asked in others)
    forget = action_button(_FORGET, "all", "Forget these questions")
    st.html(
        f'<details class="pp-earlier"><summary>Asked before in this tab ({len(others)})</summary>'
        f'<p class="pp-fact">{_HELP}</p><ol>{lines}</ol>{forget}</details>'
    )


def _line(number: int, asked: session.Asked) -> str:
    of = "" if asked.as_of == date.today() else f", law as of {day(asked.as_of)}"
    found = {"answered": "answered", "declined": "not decided" if asked.answer.statements else "not answered"}
    words = shorten(" ".join(asked.question.split()), _LONGEST, placeholder=" \u2026")
    button = action_button(_BACK, str(number), escape(words), style="pp-question-before")
    return f'{button} <span class="pp-fact">{found[asked.answer.status]}{escape(of)}</span>'
