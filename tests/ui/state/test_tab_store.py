"""The work of each tab: stored by name, forgotten in time even when nobody comes."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from ui.state import tabs, widgets
from ui.state.tab_store import TabStore

ONE, OTHER = "1" * 32, "2" * 32


def test_work_is_stored_for_its_tab_only():
    tab_store = TabStore()
    tab_store.store(ONE, {"a": 1})
    assert tab_store.find(ONE) == {"a": 1} and tab_store.find(OTHER) == {}
    tab_store.clear(ONE)
    assert tab_store.find(ONE) == {}


@pytest.mark.parametrize("name", ["", "1" * 31, "g" * 32, "1" * 32 + "\n", "../" + "1" * 29])
def test_what_is_no_name_of_a_tab_is_not_stored(name):
    tab_store = TabStore()
    tab_store.store(name, {"a": 1})
    assert tab_store.find(name) == {}


def test_the_tabs_used_last_are_remembered():
    tab_store = TabStore(most=2)
    for number in range(3):
        tab_store.store(f"{number:032x}", {"n": number})
    assert [bool(tab_store.find(f"{number:032x}")) for number in range(3)] == [False, True, True]


def test_old_work_goes_though_nobody_uses_the_app():
    tab_store = TabStore(hours=0.5 / 3600)
    tab_store.store(ONE, {"a": 1})
    time.sleep(0.05)
    tab_store.store(OTHER, {"b": 2})
    assert OTHER in tab_store._work
    deadline = time.monotonic() + 10
    while tab_store._work and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not tab_store._work and tab_store._clock is None, "the second one in its own time too"


def _arriving(tab: str) -> None:
    import streamlit as st  # noqa: PLC0415 - the test runner runs this function as a script

    from ui.state import tabs, widgets  # noqa: PLC0415

    tabs.arrive(tab)
    if st.button("Note"):
        st.session_state[widgets.QUERY] = "typed in the copy"
    tabs.leave()


@pytest.mark.usefixtures("fresh_app")
def test_a_copy_of_a_tab_begins_with_its_work_and_then_has_its_own():
    tabs._tab_store().store(tabs.tab_key(ONE), {widgets.QUERY: "typed first"})
    copy = AppTest.from_function(_arriving, kwargs={"tab": f"{OTHER} {ONE}"}).run()
    assert copy.session_state[widgets.QUERY] == "typed first"
    copy.button[0].click().run()
    assert tabs._tab_store().find(tabs.tab_key(OTHER))[widgets.QUERY] == "typed in the copy"
    assert tabs._tab_store().find(tabs.tab_key(ONE))[widgets.QUERY] == "typed first"
    again = AppTest.from_function(_arriving, kwargs={"tab": f"{OTHER} {ONE}"}).run()
    assert again.session_state[widgets.QUERY] == "typed in the copy", "its own work comes first"


@pytest.mark.usefixtures("fresh_app")
def test_what_was_typed_before_the_name_of_the_tab_arrived_stays():
    tabs._tab_store().store(tabs.tab_key(ONE), {widgets.QUERY: "typed before", widgets.QUESTION: "asked before"})
    app = AppTest.from_function(_arriving, kwargs={"tab": ONE})
    app.session_state[widgets.QUERY] = "typed now"
    app.run()
    assert (app.session_state[widgets.QUERY], app.session_state[widgets.QUESTION]) == ("typed now", "asked before")
