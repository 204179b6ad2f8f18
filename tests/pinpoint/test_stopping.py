"""Work that is asked to stop: it ends at its next read of the documents, and nothing else takes part in it."""

import threading
from datetime import date

import pytest

from pinpoint.records import Filters
from pinpoint.stopping import Stopped, stop_if_asked, stoppable


def test_nothing_stops_unasked():
    stop_if_asked()
    with stoppable(lambda: False):
        stop_if_asked()


def test_work_stops_when_asked_and_what_follows_does_not():
    with pytest.raises(Stopped), stoppable(lambda: True):
        stop_if_asked()
    stop_if_asked()


def test_no_handler_of_failures_takes_a_stop_for_one():
    with pytest.raises(Stopped), stoppable(lambda: True):
        try:
            stop_if_asked()
        except Exception:  # noqa: BLE001 - what is tried here
            pytest.fail("it was swallowed")


def test_other_threads_go_on():
    ended = []
    with stoppable(lambda: True):
        other = threading.Thread(target=lambda: (stop_if_asked(), ended.append("whole")))
        other.start()
        other.join()
    assert ended == ["whole"]


def test_a_question_stops_at_its_next_read(tiny_assistant):
    asked = iter([False] * 3)
    with pytest.raises(Stopped), stoppable(lambda: next(asked, True)):
        tiny_assistant.ask("Who may apply for a T visa?", filters=Filters(as_of=date(2024, 10, 1)))
    again = tiny_assistant.ask("Who may apply for a T visa?", filters=Filters(as_of=date(2024, 10, 1)))
    assert again.status in ("answered", "declined"), "the index goes on as before"
