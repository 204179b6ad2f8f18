"""A card of a quiz: what is asked, the choices where there are some, and the answer when it is revealed."""

import streamlit as st

from collection.quiz_export.paper import letter_of, lettered
from collection.quizzes.cards import Card, source_of
from collection.quizzes.rounds import Round
from index.documents.span_names import span_name
from pinpoint.text import escape
from ui.components import frame
from ui.html.badges import authority_badge
from ui.html.text import crumbs, facts, label
from ui.quiz import round as rounds
from ui.state.navigation import Location, location_link


def draw_card(quiz: Round, card: Card) -> None:
    """Draw the card of a round, with its buttons."""
    number, count = len(quiz.marks) + 1, len(quiz.cards)
    with st.container(border=True, key="quiz-card"):
        st.html(
            f'<article class="pp-card"><h2 class="pp-small">Card {number} of {count}</h2>'
            f'<p class="pp-fact">{escape(card.task)}</p><p class="pp-asked">{escape(card.shown)}</p>'
            f"{_source(card)}{_offered(card)}</article>"
        )
        if card.choices:
            _draw_choice(quiz, card, number)
        elif not quiz.revealed:
            st.button("Show the answer", key="quiz-show", type="primary", on_click=rounds.show)
        else:
            st.html(_answer(card))
            with st.container(horizontal=True):
                st.button("I knew it", key="quiz-knew", on_click=rounds.go_on, args=(True,))
                st.button("Ask me again", key="quiz-again", on_click=rounds.go_on, args=(False,))


def _draw_choice(quiz: Round, card: Card, number: int) -> None:
    """Draw the choices, and what came of the one that was made."""
    if quiz.revealed:
        chosen = rounds.chosen()
        st.html(_verdict(card, chosen) + _answer(card))
        st.button("Next card", key="quiz-next", type="primary", on_click=rounds.go_on, args=(chosen == card.right,))
        return
    key = f"quiz-choice-{number}-{card.answer.key}"
    named = [label(f"{letter}. {words}" if card.kind == "provision" else letter) for letter, words in lettered(card)]
    with st.container(key="quiz-choice"):
        st.radio(
            "Your choice",
            range(len(named)),
            index=None,
            key=key,
            format_func=named.__getitem__,
            horizontal=card.kind == "text",
        )
    if rounds.was_unchosen():
        frame.alert("Choose one first.")
    st.button("Check", key="quiz-check", type="primary", on_click=rounds.check, args=(key,))


def _source(card: Card) -> str:
    """Where a card is from and whether that is in force, as far as it does not give the answer away."""
    if card.kind == "provision":
        return ""
    words, style = card.status
    badge = (
        f'<p class="pp-badges">{authority_badge(card.answer.kind)}'
        f'<span class="pp-badge pp-{style}">{escape(words)}</span></p>'
    )
    path = crumbs(card.answer.section_path) if card.kind == "list" else ""
    return f"{badge}{facts(f'From: {escape(card.answer.title)}')}{path}"


def _offered(card: Card) -> str:
    """The texts to choose from; "" for citations, which the field of the choice names."""
    if card.kind != "text":
        return ""
    lines = "".join(f"<li>{escape(words)}</li>" for _, words in lettered(card))
    return f'<ol class="pp-choices" type="A">{lines}</ol>'


def _verdict(card: Card, chosen: int | None) -> str:
    names = [letter for letter, _ in lettered(card)]
    right = letter_of(card)
    said = f"Right: {right}." if chosen == card.right else f"Not right. The right one is {right}."
    if chosen is not None and chosen != card.right:
        said = f"Not right: {names[chosen]} is {card.choices[chosen].section}. The right one is {right}."
    others = "; ".join(f"{letter} {one.section}" for letter, one in zip(names, card.choices, strict=True))
    each = facts(escape(f"The texts are {others}.")) if card.kind == "text" else ""
    return f'<p class="pp-verdict" role="status">{escape(said)}</p>{each}'


def _answer(card: Card) -> str:
    """The answer, verbatim with its citation."""
    passage = span_name(card.answer.start, card.answer.text)
    location = Location(document=card.answer.document_id, section=card.answer.section, passage=passage)
    opened = location_link(location, "Open in the document")
    status = escape(card.status[0]) if card.kind == "provision" else ""
    role = "" if card.choices else ' role="status"'
    return (
        f'<section class="pp-card"{role}><blockquote>{escape(card.answer.text)}</blockquote>'
        f"{facts(escape(source_of(card)), status, opened)}</section>"
    )
