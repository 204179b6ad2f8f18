"""The queue of computations: no more at once than the processors carry, the others in the order of coming."""

import threading
import time
from datetime import date

import pytest

from index.records import SearchResult
from pinpoint.errors import MissingModel
from pinpoint.records import Filters
from ui.state import session
from ui.state.queue import computing

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("processors", "most"), [(1, 2), (2, 2), (4, 2), (8, 3), (None, 2)])
def test_threads_follow_the_processors(monkeypatch, processors, most):
    monkeypatch.setattr("ui.state.queue.os.cpu_count", lambda: processors)
    with computing() as threads:
        assert threads._max_workers == most


class Index:
    """Notes how many search at once, and in what order."""

    def __init__(self):
        self.now, self.most, self.order, self.lock = 0, 0, [], threading.Lock()

    def search(self, query, filters, *, top_k, channel="reranked", statuses=()):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.order.append(query)
        time.sleep(0.01)
        with self.lock:
            self.now -= 1
        if query == "broken":
            raise MissingModel("It is not there.")
        return SearchResult(query=query, route="keyword", hits=())


@pytest.mark.usefixtures("fresh_app")
def test_searches_wait_in_the_queue(monkeypatch):
    monkeypatch.setattr("ui.state.queue.os.cpu_count", lambda: 2)
    index = Index()
    threads = [threading.Thread(target=session.count, args=(index, str(number), Filters(DAY))) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(index.order) == sorted(map(str, range(12))) and index.most <= 2


@pytest.mark.usefixtures("fresh_app")
def test_an_error_reaches_who_asked_and_nobody_else():
    index = Index()
    for _ in range(3):
        with pytest.raises(MissingModel, match="It is not there"):
            session.count(index, "broken", Filters(DAY))
    assert session.count(index, "sound", Filters(DAY)) == ()
