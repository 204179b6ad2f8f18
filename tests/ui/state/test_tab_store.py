"""What each tab had before it: kept by name, forgotten in time even when nobody comes."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from ui.state import session as state
from ui.state.tab_store import Desks

ONE, OTHER = "1" * 32, "2" * 32


def test_work_is_kept_for_its_tab_only():
    desks = Desks()
    desks.keep(ONE, {"a": 1})
    assert desks.find(ONE) == {"a": 1} and desks.find(OTHER) == {}
    desks.clear(ONE)
    assert desks.find(ONE) == {}


@pytest.mark.parametrize("name", ["", "1" * 31, "g" * 32, "1" * 32 + "\n", "../" + "1" * 29])
def test_what_is_no_name_of_a_tab_is_not_kept(name):
    desks = Desks()
    desks.keep(name, {"a": 1})
    assert desks.find(name) == {}


def test_the_tabs_used_last_are_kept():
    desks = Desks(most=2)
    for number in range(3):
        desks.keep(f"{number:032x}", {"n": number})
    assert [bool(desks.find(f"{number:032x}")) for number in range(3)] == [False, True, True]


def test_old_work_goes_though_nobody_uses_the_app():
    desks = Desks(hours=0.5 / 3600)
    desks.keep(ONE, {"a": 1})
    time.sleep(0.05)
    desks.keep(OTHER, {"b": 2})
    assert OTHER in desks._work
    deadline = time.monotonic() + 10
    while desks._work and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not desks._work and desks._clock is None, "the second one in its own time too"


def _arriving(tab: str) -> None:
    import streamlit as st  # noqa: PLC0415 - the test runner runs this function as a script

    from ui.state import session as state  # noqa: PLC0415

    state.arrive(tab)
    if st.button("Note"):
        st.session_state[state.QUERY] = "typed in the copy"
    state.leave()


@pytest.mark.usefixtures("fresh_app")
def test_a_copy_of_a_tab_begins_with_its_work_and_then_has_its_own():
    state._desks().keep(state._desk(ONE), {state.QUERY: "typed first"})
    copy = AppTest.from_function(_arriving, kwargs={"tab": f"{OTHER} {ONE}"}).run()
    assert copy.session_state[state.QUERY] == "typed first"
    copy.button[0].click().run()
    assert state._desks().find(state._desk(OTHER))[state.QUERY] == "typed in the copy"
    assert state._desks().find(state._desk(ONE))[state.QUERY] == "typed first"
    again = AppTest.from_function(_arriving, kwargs={"tab": f"{OTHER} {ONE}"}).run()
    assert again.session_state[state.QUERY] == "typed in the copy", "its own work comes first"


@pytest.mark.usefixtures("fresh_app")
def test_what_was_typed_before_the_name_of_the_tab_arrived_stays():
    state._desks().keep(state._desk(ONE), {state.QUERY: "typed before", state.QUESTION: "asked before"})
    app = AppTest.from_function(_arriving, kwargs={"tab": ONE})
    app.session_state[state.QUERY] = "typed now"
    app.run()
    assert (app.session_state[state.QUERY], app.session_state[state.QUESTION]) == ("typed now", "asked before")
