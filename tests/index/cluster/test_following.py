"""A server goes on with what it has open, and takes the next generation when that is on its machine."""

import gc
import threading
import time

import pytest

from index.cluster.stored import following
from index.cluster.stored.following import Following
from pinpoint.errors import ClusterUnavailable, DamagedGeneration

NEVER = 3600.0  # seconds between two looks: the test looks itself


@pytest.fixture
def alias(monkeypatch):
    """What a cluster has in use: a name, or an error."""
    said = ["one"]

    def in_use(_):
        if isinstance(said[0], Exception):
            raise said[0]
        return said[0]

    monkeypatch.setattr(following, "in_use", in_use)
    monkeypatch.setattr(following, "forget_alias", lambda _: None)
    return said


def test_the_next_one_is_opened_while_the_first_goes_on(tmp_path, alias):
    begun, ready = threading.Event(), threading.Event()

    def open_next(before):
        if before is not None:
            begun.set()
            assert ready.wait(10)
        return alias[0]

    followed = Following(tmp_path, open_next, str, every=NEVER)
    alias[0] = "two"
    looking = threading.Thread(target=followed.look)
    looking.start()
    assert begun.wait(10) and followed.current() == "one", "nobody waits for a fetch"
    ready.set()
    looking.join()
    assert (followed.current(), followed.fault) == ("two", "")


def test_what_is_open_goes_on_while_the_cluster_is_away_and_says_so(tmp_path, alias):
    followed = Following(tmp_path, lambda _: alias[0], str, every=NEVER)
    alias[0] = ClusterUnavailable("No node answers.")
    followed.look()
    assert followed.current() == "one" and "one goes on" in followed.fault and "No node answers." in followed.fault
    alias[0] = "one"
    followed.look()
    assert followed.fault == ""


def test_one_that_cannot_be_opened_is_left_alone_for_a_while(tmp_path, alias):
    tried = []

    def open_next(before):
        if before is not None:
            tried.append(1)
            raise DamagedGeneration("x is damaged")
        return alias[0]

    followed = Following(tmp_path, open_next, str, every=NEVER)
    alias[0] = "two"
    for _ in range(following._AGAIN):
        followed.look()
    assert len(tried) == 1 and "x is damaged" in followed.fault and followed.current() == "one"
    followed.look()
    assert len(tried) == 2, "then it is tried again"


@pytest.mark.parametrize("error", [ValueError("no array"), MemoryError(), RuntimeError("faiss"), OSError("disk")])
def test_whatever_an_opening_meets_is_told_and_tried_again(tmp_path, alias, monkeypatch, error):
    monkeypatch.setattr(following, "_AGAIN", 0)
    failing = [error]

    def open_next(before):
        if before is not None and failing:
            raise failing.pop()
        return alias[0]

    followed = Following(tmp_path, open_next, str, every=0.01)
    alias[0] = "two"
    deadline = time.monotonic() + 10
    while followed.current() != "two" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert followed.current() == "two" and not failing, "its thread goes on"


def test_what_has_left_the_cluster_is_replaced_once_for_all_who_ask(tmp_path, alias):
    opened = []

    def open_next(_):
        opened.append(alias[0])
        return alias[0]

    followed = Following(tmp_path, open_next, str, every=NEVER)
    gone, alias[0] = followed.current(), "two"
    assert [followed.after(gone) for _ in range(3)] == ["two"] * 3 and opened == ["one", "two"]


def test_it_looks_by_itself_and_ends_with_what_holds_it(tmp_path, alias):
    others = set(threading.enumerate())
    followed = Following(tmp_path, lambda _: alias[0], str, every=0.01)
    alias[0] = "two"
    deadline = time.monotonic() + 10
    while followed.current() != "two" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert followed.current() == "two"
    threads = set(threading.enumerate()) - others
    del followed
    gc.collect()
    for one in threads:
        one.join(10)
    assert not any(one.is_alive() for one in threads)
