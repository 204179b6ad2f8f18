"""Turns to compute: no more at once than allowed, in the order of coming, given back whatever happens."""

import threading
import time

import pytest

from ui.turns import Turns, turns_of_this_machine


def test_no_more_compute_at_once_than_allowed():
    turns, most, now, lock = Turns(2), [0], [0], threading.Lock()

    def compute():
        with turns.mine():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.01)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=compute) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == [2] and not any(thread.is_alive() for thread in threads)


def test_who_comes_first_computes_first():
    turns, order = Turns(1), []

    def compute(number):
        with turns.mine():
            order.append(number)

    with turns.mine():
        threads = []
        for number in range(6):
            threads.append(threading.Thread(target=compute, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert order == list(range(6))


def test_a_turn_is_given_back_after_an_error():
    turns = Turns(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), turns.mine():
            raise ValueError("broken")
    with turns.mine():
        pass


@pytest.mark.parametrize(("processors", "most"), [(1, 2), (2, 2), (4, 2), (8, 3), (None, 2)])
def test_turns_follow_the_processors(monkeypatch, processors, most):
    monkeypatch.setattr("ui.turns.os.cpu_count", lambda: processors)
    assert turns_of_this_machine()._free == most
