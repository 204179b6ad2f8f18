"""Steps on the collection that can be taken back: remembered in the session, offered where they were taken."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from collection.records import Excerpt
from collection.undoing import Step, removed_by, taken_back
from pinpoint.text import escape
from ui.state import session

FILE = -1
"""Place of an offer beside the field for collection files."""
NOTHING = "<span hidden></span>"
"""Drawn where there is nothing to draw: a container that is empty is no part of the page, and what follows moves up."""
UNDO = "_collection_undo"
_MOST = 20
"""Steps that can be taken back, the last first. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A step that can be taken back.

    Attributes:
        step: The collection before and after it.
        said: What was done, as a sentence.
        place: Number of excerpts before the place where it is offered, or ``FILE``.
        back: What is said when it was taken back.
        focus: Keys of the buttons of which the first that is there has the focus then.
    """

    step: Step
    said: str
    place: int
    back: str
    focus: tuple[str, ...] = ()


def remember(offer: Offer) -> None:
    """Remember a step that was just taken."""
    st.session_state[UNDO] = [*_offers(), offer][-_MOST:]


def last() -> Offer | None:
    """The last step that can still be taken back; those without an effect by now are forgotten."""
    now, offers = session.collection(), _offers()
    while offers and taken_back(now, offers[-1].step) == now:
        offers = offers[:-1]
    st.session_state[UNDO] = offers
    return offers[-1] if offers else None


def take_back() -> Offer | None:
    """Take the last step back; None when there is none."""
    offer = last()
    if offer is not None:
        st.session_state[UNDO] = _offers()[:-1]
        session.set_collection(taken_back(session.collection(), offer.step))
    return offer


def remembered(excerpt: Excerpt) -> Excerpt:
    """An excerpt with the heading and the note that it had when it was removed; as it is when it was not."""
    found = (removed_by(offer.step, excerpt.key) for offer in reversed(_offers()))
    before = next((one for one in found if one is not None), None)
    return replace(excerpt, heading=before.heading, note=before.note) if before else excerpt


def draw(offer: Offer | None, *, here: bool, key: str, on_click: Callable[[], None]) -> None:
    """Draw an offer where it belongs; an empty slot otherwise.

    The slot is always there, so that what is drawn below stays the same part of the page for the browser, and whoever
    works in it is not thrown out.

    Args:
        offer: The last one.
        here: Whether it belongs here.
        key: Name of the slot.
        on_click: What takes the step back.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"undo-{key}"):
        if offer is not None and here:
            st.html(f'<p role="status">{escape(offer.said)}</p>', width="content")
            st.button("Undo", key="undo", on_click=on_click)
        else:
            st.html(NOTHING)


def _offers() -> list[Offer]:
    found: list[Offer] = st.session_state.get(UNDO, [])
    return found
