"""The round of a session: its card, what was chosen and known, and where the focus goes on."""

import random

import streamlit as st

from collection.quizzes.cards import Card, shuffled
from collection.quizzes.rounds import Round, mark, reveal
from index.search import HybridIndex
from ui.components import focus
from ui.quiz.sources import Source

_ROUND, _SEED, _TIMES, _GO, _CHOICE, _UNCHOSEN = (
    "_quiz_round",
    "_quiz_seed",
    "_quiz_times",
    "_quiz_go",
    "_quiz_choice",
    "_quiz_unchosen",
)
ORDERS = 10_000
"""Orders that a quiz can have. Set by hand."""


def seed() -> int:
    """The order of this session."""
    return int(st.session_state.setdefault(_SEED, random.randrange(ORDERS)))  # noqa: S311 - an order to learn in


def round_of(index: HybridIndex, source: Source, cards: tuple[Card, ...]) -> Round:
    """The round of this session; a new one when it was about other cards."""
    about = (index.folder.name, source, cards)
    known: object
    quiz: Round
    known, quiz = st.session_state.get(_ROUND, (None, Round(())))
    if known != about:
        quiz = Round(shuffled(cards, seed()))
        st.session_state[_ROUND] = (about, quiz)
    return quiz


def chosen() -> int | None:
    """The choice that was checked, from 0; None for none."""
    found: int | None = st.session_state.get(_CHOICE)
    return found


def was_unchosen() -> bool:
    """Whether a choice was to be checked although none was made; told once."""
    return bool(st.session_state.pop(_UNCHOSEN, False))


def show() -> None:
    """Reveal the answer."""
    about, quiz = st.session_state[_ROUND]
    st.session_state[_ROUND] = (about, reveal(quiz))
    going(["quiz-knew"])


def check(key: str) -> None:
    """Reveal whether the choice of a field is right."""
    choice: int | None = st.session_state.get(key)
    if choice is None:
        st.session_state[_UNCHOSEN] = True
        going(["quiz-choice"])
        return
    about, quiz = st.session_state[_ROUND]
    st.session_state[_CHOICE] = choice
    st.session_state[_ROUND] = (about, reveal(quiz))
    going(["quiz-next"])


def go_on(known: bool) -> None:
    """Mark the card that is shown, and go on to the next one."""
    about, quiz = st.session_state[_ROUND]
    if not quiz.revealed:  # a second click on a button that is gone
        return
    st.session_state.pop(_CHOICE, None)
    st.session_state[_ROUND] = (about, mark(quiz, known=known))
    going(["quiz-show", "quiz-choice", "quiz-missed", "quiz-all"])


def start(cards: tuple[Card, ...]) -> None:
    """Begin a round with some cards in a new order."""
    about, _ = st.session_state[_ROUND]
    st.session_state[_SEED] = random.randrange(ORDERS)  # noqa: S311 - an order to learn in
    st.session_state[_ROUND] = (about, Round(shuffled(cards, st.session_state[_SEED])))
    going(["quiz-show", "quiz-choice"])


def going(keys: list[str]) -> None:
    """Say where the focus goes on."""
    st.session_state[_GO] = keys
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def put_focus() -> None:
    """Draw what moves the focus on after a click."""
    if keys := st.session_state.pop(_GO, None):
        focus.go_to(keys, st.session_state[_TIMES])
