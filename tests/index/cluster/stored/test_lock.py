"""One writer at a time: refused with who writes, waited for, taken over from the dead, who then learn of it."""

import os
import socket
import threading
from pathlib import Path

import pytest

from index.cluster.stored.lock import Pace, locked
from pinpoint.errors import IndexBusy

PACE = Pace(beat=0.3, missed=4)
CORPUS = Path("/srv/documents")


def _locked(own, **given):
    return locked(own.connection, own.name, CORPUS, pace=PACE, **given)


def test_a_second_writer_is_refused_and_told_who_the_first_is(own):
    with _locked(own), pytest.raises(IndexBusy, match="--wait") as refused, _locked(own):
        pass
    said = str(refused.value)
    assert socket.gethostname() in said and f"process {os.getpid()}" in said and str(own.address) in said


def test_it_is_free_when_the_first_has_ended(own):
    with _locked(own) as first:
        first.confirm()
    with _locked(own) as second:
        second.confirm()


def test_who_waits_comes_next(own):
    order = []

    def wait():
        with _locked(own, wait=True):
            order.append("second")

    with _locked(own):
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(3 * PACE.beat)
        order.append("first")
    waiting.join(20)
    assert order == ["first", "second"]


@pytest.mark.parametrize("wait", [False, True])
def test_the_lock_of_the_dead_is_taken_over(own, wait):
    with _locked(own) as dead:
        dead._ended.set()  # renewed no more, as if its machine had lost its power
        with _locked(own, wait=wait) as living:
            living.confirm()
            # It was only slow: what it would do now is refused, and its end does not free the lock of the other.
            with pytest.raises(IndexBusy, match="has taken over"):
                dead.confirm()
            dead.release()
            living.confirm()


def test_a_lock_that_is_renewed_is_not_taken_over(own):
    with _locked(own) as first:
        threading.Event().wait(PACE.expires * 1.5)
        with pytest.raises(IndexBusy), _locked(own):
            pass
        first.confirm()


def test_a_renewal_whose_answer_was_lost_is_still_ours(own):
    # The connection broke after the node had written: asked again, it finds its own writing.
    with _locked(own) as lock:
        number, term = lock._version
        lock._renew()
        lock._version = (number, term)
        lock.confirm()
