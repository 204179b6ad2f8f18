"""From an operation to a response: ETags, events, lines that are full, and work that stops."""

import asyncio
import json
import threading
from types import SimpleNamespace

import pytest

from http_server.lines import Gone, Line
from http_server.metrics import Metrics
from http_server.problems import Problem
from pinpoint.errors import BadRequest, UnknownId
from pinpoint.stopping import stop_if_asked

EVENTS = {"accept": "text/event-stream"}


def test_a_body_is_the_rendered_result(make_client, pretended):
    pretended.act = lambda *_: {"a": "§ \u2028", "b": [1.5, None]}
    response = make_client(pretended).get("/v1/documents")
    assert response.content.decode() == '{\n "a": "§ \u2028",\n "b": [\n  1.5,\n  null\n ]\n}\n'
    assert response.headers["content-type"] == "application/json"


def test_an_etag_holds_until_the_state_changes(make_client, pretended):
    client = make_client(pretended)
    tag = client.get("/v1/documents").headers["etag"]
    pretended.asked.clear()
    again = client.get("/v1/documents", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert not pretended.asked, "nothing was done for it"
    pretended.index.generation = "00002"
    changed = client.get("/v1/documents", headers={"if-none-match": tag})
    assert changed.status_code == 200 and changed.headers["etag"] != tag


def test_the_etag_of_one_address_is_none_of_another(make_client, pretended):
    client = make_client(pretended)
    tag = client.get("/v1/documents").headers["etag"]

    def fail(_):
        raise UnknownId("id", "There is no document 'nope'.")

    pretended.act = fail
    for address in ("/v1/documents/nope", "/v1/texts/nope:1-2", "/v1/provisions/nope:1-2"):
        assert client.get(address, headers={"if-none-match": tag}).status_code == 404, address


MATCHES = [  # (header, status, reason)
    ("W/{tag}", 304, "weakened by what stands between"),
    ('"x", {tag}', 304, "one of several"),
    ('"x"', 200, "another"),
    ("*", 200, "any: the address may have nothing"),
    ("", 200, "none"),
]


@pytest.mark.parametrize(("header", "status", "reason"), MATCHES, ids=[row[-1] for row in MATCHES])
def test_if_none_match(make_client, pretended, header, status, reason):
    client = make_client(pretended)
    given = header.replace("{tag}", client.get("/v1/documents").headers["etag"])
    assert client.get("/v1/documents", headers={"if-none-match": given}).status_code == status


@pytest.mark.parametrize("address", ["/v1/documents/nope", "/v1/provisions/nope", "/v1/texts/x:9-1"])
def test_an_etag_is_that_of_one_address(make_client, pretended, address):
    client = make_client(pretended)
    tag = client.get("/v1/documents").headers["etag"]

    def fail(_):
        raise UnknownId("id", "There is none.")

    pretended.act = fail
    assert client.get(address, headers={"if-none-match": tag}).status_code == 404


def test_an_etag_is_that_of_one_day(make_client, pretended):
    client = make_client(pretended)
    tag = client.get("/v1/texts/a:1-2").headers["etag"]
    other = client.get("/v1/texts/a:1-2?as_of=2020-01-01", headers={"if-none-match": tag})
    assert other.status_code == 200 and other.headers["etag"] != tag


def test_answers_to_what_was_typed_are_not_cached(make_client, pretended):
    headers = make_client(pretended).post("/v1/search", json={"query": "a"}).headers
    assert headers["cache-control"] == "no-store" and "etag" not in headers


def test_what_is_not_there_is_not_found(make_client, pretended):
    def fail(_):
        raise UnknownId("id", "There is no document 'x'.")

    pretended.act = fail
    client = make_client(pretended)
    assert client.get("/v1/documents/x").status_code == 404
    assert client.post("/v1/changes", json={}).status_code == 400, "the address is there"


def _told(text):
    """The events of a stream: names and data."""
    events = []
    for one in text.removesuffix("\n\n").split("\n\n"):
        lines = [line.partition(": ") for line in one.split("\n")]
        data = "\n".join(value for name, _, value in lines if name == "data")
        events.append(({name: value for name, _, value in lines}["event"], data))
    return events


ANSWER = {"statements": [{"text": "a\nb"}, {"text": "§"}], "citations": [{"marker": 1}]}


def test_an_answer_comes_in_parts_and_whole(make_client, pretended):
    def act(_, quoted):
        quoted(ANSWER)
        return ANSWER | {"summary": ["c"]}

    pretended.act = act
    client = make_client(pretended)
    streamed = client.post("/v1/ask", json={"question": "a"}, headers=EVENTS)
    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert streamed.headers["cache-control"] == "no-store"
    events = _told(streamed.text)
    assert [name for name, _ in events] == ["statement", "statement", "citation", "result"]
    assert json.loads(events[0][1]) == {"text": "a\nb"}
    whole = client.post("/v1/ask", json={"question": "a"})
    assert events[-1][1] == whole.text.removesuffix("\n"), "the last event is the plain response, byte for byte"


def test_a_check_tells_how_far_it_is(make_client, pretended):
    def act(_, progress):
        progress(1, 2)
        progress(2, 2)
        return {"findings": []}

    pretended.act = act
    events = _told(make_client(pretended).post("/v1/check", json={"text": "a"}, headers=EVENTS).text)
    assert [(name, json.loads(data)) for name, data in events] == [
        ("progress", {"done": 1, "of": 2}),
        ("progress", {"done": 2, "of": 2}),
        ("result", {"findings": []}),
    ]


FAILURES = [  # (error, status, reason)
    (BadRequest("as_of", "as_of: no."), 400, "the request is at fault"),
    (KeyError("the-words-of-a-person"), 500, "nobody foresaw it"),
]


@pytest.mark.parametrize(("error", "status", "reason"), FAILURES, ids=[row[-1] for row in FAILURES])
def test_what_fails_midway_is_the_last_event(make_client, pretended, error, status, reason):
    def fail(_, quoted):
        quoted(ANSWER)
        raise error

    pretended.act = fail
    response = make_client(pretended).post("/v1/ask", json={"question": "a"}, headers=EVENTS)
    events = _told(response.text)
    assert [name for name, _ in events] == ["statement", "statement", "citation", "problem"]
    assert json.loads(events[-1][1])["status"] == status and "the-words-of-a-person" not in response.text


ACCEPTED = [  # (header, events, reason)
    ("text/event-stream", True, "events"),
    ("application/json", False, "JSON"),
    ("*/*", False, "anything"),
    ("application/json, text/event-stream", True, "both alike"),
    ("text/event-stream;q=0.5, application/json", False, "rather JSON"),
    ("text/event-stream;q=0", False, "no events"),
    ("text/event-stream;q=x", False, "no weight"),
    ("", False, "nothing said"),
]


@pytest.mark.parametrize(("accept", "events", "reason"), ACCEPTED, ids=[row[-1] for row in ACCEPTED])
def test_who_asks_for_events_gets_them(make_client, pretended, accept, events, reason):
    pretended.act = lambda *_: ANSWER
    response = make_client(pretended).post("/v1/ask", json={"question": "a"}, headers={"accept": accept})
    assert response.headers["content-type"].startswith("text/event-stream") is events


def _line(seconds=60.0, **limits):
    metrics = Metrics()
    return Line("tried", metrics, seconds=seconds, **({"at_once": 1, "waiting": 0} | limits)), metrics


async def _never():
    await asyncio.Event().wait()


def _working(ended):
    """Work that goes on until it is asked to stop, and says that it did."""

    def work():
        try:
            while True:
                stop_if_asked()
                threading.Event().wait(0.001)
        finally:
            ended.set()

    return work


def test_a_request_that_takes_too_long_is_stopped():
    ended, (line, metrics) = threading.Event(), _line(seconds=0.02)
    with pytest.raises(Problem) as raised:
        asyncio.run(line.answer(_working(ended), _never))
    assert raised.value.status == 503 and raised.value.headers == {"retry-after": "5"}
    assert ended.wait(20), "the thread ended"
    assert b'pinpoint_http_stopped_total{reason="time"} 1.0' in metrics.text()


def test_nobody_works_for_who_has_gone():
    ended, (line, metrics) = threading.Event(), _line()

    async def gone():
        return {"type": "http.disconnect"}

    with pytest.raises(Gone):
        asyncio.run(line.answer(_working(ended), gone))
    assert ended.wait(20)
    assert b'pinpoint_http_stopped_total{reason="gone"} 1.0' in metrics.text()


def test_a_full_line_refuses_and_serves_again_when_work_has_ended():
    (line, _), go = _line(waiting=1), threading.Event()

    async def run():
        first = asyncio.ensure_future(line.answer(lambda: go.wait(20), _never))
        second = asyncio.ensure_future(line.answer(lambda: "second", _never))
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refused:
            await line.answer(lambda: "third", _never)
        go.set()
        assert (await first, await second) == (True, "second")
        return refused.value, await line.answer(lambda: "fourth", _never)

    refused, fourth = asyncio.run(run())
    assert (refused.status, refused.headers["retry-after"], fourth) == (503, "5", "fourth")


def test_who_waits_and_goes_leaves_the_line():
    (line, _), go, begun = _line(waiting=1), threading.Event(), []

    async def gone():
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def run():
        first = asyncio.ensure_future(line.answer(lambda: go.wait(20), _never))
        await asyncio.sleep(0)
        for _ in range(5):
            with pytest.raises(Gone):
                await line.answer(lambda: begun.append(1), gone)
        assert line._inside == 1, "the one that is answered"
        go.set()
        await first

    asyncio.run(run())
    line._threads.shutdown()
    assert not begun


def test_what_waited_too_long_is_never_begun():
    (line, _), go, begun = _line(seconds=0.05, waiting=1), threading.Event(), []

    async def run():
        first = asyncio.ensure_future(line.answer(lambda: go.wait(20), _never))
        second = asyncio.ensure_future(line.answer(lambda: begun.append(1), _never))
        outcomes = await asyncio.gather(first, second, return_exceptions=True)
        go.set()
        return outcomes

    outcomes = asyncio.run(run())
    line._threads.shutdown()  # waits until both have ended
    assert all(isinstance(one, Problem) for one in outcomes) and not begun
    assert line._inside == 0, "the line is empty again"


def test_who_leaves_a_stream_stops_its_work(make_app, pretended):
    """The ASGI messages themselves: the test client reads a stream only when it has ended."""
    ended = threading.Event()

    def act(_, progress):
        progress(1, 100)
        _working(ended)()

    pretended.act = act
    sent = []

    async def run():
        app, left = make_app(pretended), asyncio.Event()
        body = [{"type": "http.request", "body": b'{"text": "a"}', "more_body": False}]

        async def receive():
            if body:
                return body.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)
            if b"progress" in message.get("body", b""):
                left.set()

        headers = [(b"host", b"127.0.0.1:8600"), (b"content-type", b"application/json")]
        scope = {
            **{"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1"},
            **{"method": "POST", "scheme": "http", "path": "/v1/check", "raw_path": b"/v1/check", "query_string": b""},
            **{"root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8600)},
            "headers": [*headers, (b"accept", b"text/event-stream")],
        }
        await app(scope, receive, send)

    asyncio.run(run())
    assert ended.wait(20), "the thread ended"
    assert sent[0]["status"] == 200 and not any(b"result" in one.get("body", b"") for one in sent)


def test_another_generation_comes_into_use_between_requests(make_client, pretended):
    states = iter(["00001", "00002"])
    pretended.index = SimpleNamespace(warm=lambda: None)
    client = make_client(pretended)
    seen = []
    for state in states:
        pretended.index.generation = state
        seen.append(client.get("/ready").json()["generation"])
    assert seen == ["00001", "00002"]
