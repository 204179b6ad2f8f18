"""What stands before the addresses: names, other sites, tokens, rates, sizes, headers, counters, the audit log."""

import asyncio
import json

import pytest
from starlette.testclient import TestClient

from access.gate import HEADERS
from access.tokens import add_line, new_token
from http_server.entrance.limiting import Rates, read_body
from http_server.problems import Problem
from http_server.settings import MOST_BODY

SECRET = "the-words-of-a-person"
CONNECTIONS = [  # (settings, address, headers, method, status, what the detail says, reason)
    ({}, "http://127.0.0.1:8600", {}, "POST", 200, "", "this machine"),
    ({}, "http://127.0.0.1:8600", {"host": "localhost:8600"}, "POST", 200, "", "by name"),
    ({}, "http://127.0.0.1:8600", {"host": "evil.example"}, "GET", 421, "its own address", "a name that leads here"),
    ({"hosts": ("pin.gov",)}, "http://127.0.0.1:8600", {"host": "pin.gov"}, "GET", 200, "", "a name that was allowed"),
    ({}, "http://127.0.0.1:8600", {"origin": "http://evil.example"}, "POST", 403, "another site", "a foreign page"),
    ({}, "http://127.0.0.1:8600", {"origin": "null"}, "POST", 403, "another site", "a page of a file"),
    ({}, "http://127.0.0.1:8600", {"origin": "http://127.0.0.1:8600"}, "POST", 200, "", "a page of its own"),
    ({}, "http://10.0.0.5:8600", {}, "GET", 403, "nobody needs a token", "from elsewhere"),
    ({"host": "0.0.0.0"}, "http://127.0.0.1:8600", {}, "GET", 403, "nobody needs a token", "listening everywhere"),
    ({"host": "0.0.0.0", "opened": True}, "http://10.0.0.5:8600", {}, "GET", 200, "", "opened on purpose"),
]


@pytest.mark.parametrize(
    ("settings", "address", "headers", "method", "status", "said", "reason"),
    CONNECTIONS,
    ids=[row[-1] for row in CONNECTIONS],
)
def test_who_may_connect(  # noqa: PLR0917 - a case
    make_app, pretended, settings, address, headers, method, status, said, reason
):
    client = TestClient(make_app(pretended, **settings), base_url=address)
    sent = {"json": {"query": "a"}} if method == "POST" else {}
    path = "/v1/search" if method == "POST" else "/v1/documents"
    response = client.request(method, path, headers=headers, **sent)
    assert response.status_code == status, response.text
    if status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert said in response.json()["detail"]
    assert bool(pretended.asked) is (status == 200)


@pytest.fixture
def tokens(tmp_path):
    """A file of tokens, one of a reader and one of an administrator, with the tokens themselves."""
    made = {}
    for role in ("reader", "administrator"):
        made[role], line = new_token(role, role)
        add_line(tmp_path / "tokens", line)
    return tmp_path / "tokens", made


TOKENS = [  # (path, whose token, status, reason)
    ("/v1/documents", "", 401, "none"),
    ("/v1/documents", "other", 401, "an unknown one"),
    ("/v1/documents", "reader", 200, "a reader"),
    ("/v1/documents", "administrator", 200, "an administrator"),
    ("/v1/nothing", "", 401, "nobody learns what addresses there are"),
    ("/health", "", 200, "whoever watches the process"),
    ("/ready", "", 200, "the same"),
    ("/metrics", "", 401, "counters are not for everybody"),
    ("/metrics", "reader", 403, "nor for readers"),
    ("/metrics", "administrator", 200, "but for administrators"),
]


@pytest.mark.parametrize(("path", "whose", "status", "reason"), TOKENS, ids=[f"{r[0]} {r[-1]}" for r in TOKENS])
def test_tokens(make_app, pretended, tokens, path, whose, status, reason):
    file, made = tokens
    client = TestClient(make_app(pretended, host="0.0.0.0", tokens=file), base_url="http://10.0.0.5:8600")
    headers = {"authorization": f"Bearer {made.get(whose, 'x')}"} if whose else {}
    response = client.get(path, headers=headers)
    assert response.status_code == status
    assert ("www-authenticate" in response.headers) is (status == 401)


def test_a_file_of_tokens_that_was_broken_lets_nobody_in(make_app, pretended, tokens):
    file, made = tokens
    client = TestClient(make_app(pretended, tokens=file), base_url="http://127.0.0.1:8600")
    headers = {"authorization": f"Bearer {made['reader']}"}
    assert client.get("/v1/documents", headers=headers).status_code == 200
    file.write_text(f"reader reader {made['reader']}\n", encoding="utf-8")
    response = client.get("/v1/documents", headers=headers)
    assert response.status_code == 503 and str(file) not in response.text


def test_a_token_in_the_address_is_none(make_app, pretended, tokens):
    file, made = tokens
    client = TestClient(make_app(pretended, tokens=file), base_url="http://127.0.0.1:8600")
    assert client.get(f"/v1/documents?token={made['reader']}").status_code == 401


def test_a_bucket_fills_evenly():
    now = [0.0]
    rates = Rates(60, now=lambda: now[0])
    assert [rates.wait("a") for _ in range(6)] == [0.0] * 6, "a tenth of a minute's at once"
    assert rates.wait("a") == pytest.approx(1.0), "then one a second"
    assert rates.wait("b") == 0.0, "another client has a bucket of its own"
    now[0] = 0.5
    assert rates.wait("a") == pytest.approx(0.5), "who was refused pays nothing"
    now[0] = 1.0
    assert (rates.wait("a"), rates.wait("a")) == (0.0, pytest.approx(1.0))
    now[0] = 1_000.0
    assert [rates.wait("a") for _ in range(7)][5:] == [0.0, pytest.approx(1.0)], "it is never fuller than at first"


def test_clients_are_forgotten():
    rates = Rates(60)
    for number in range(5_000):
        rates.wait(str(number))
    assert len(rates._buckets) == 4_096


def test_too_many_requests_are_told_when_to_come_again(make_client, pretended):
    client = make_client(pretended, rate=20)
    statuses = [client.get("/v1/documents").status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    refused = client.get("/v1/documents")
    assert 1 <= int(refused.headers["retry-after"]) <= 4 and "20 requests a minute" in refused.json()["detail"]
    assert {client.get("/health").status_code for _ in range(9)} == {200}, "whoever asks whether it lives is told"


def test_who_watches_the_process_is_not_counted(make_client, pretended):
    client = make_client(pretended, rate=20)
    assert [client.get(path).status_code for path in ("/health", "/ready") * 5] == [200] * 10
    assert client.get("/v1/documents").status_code == 200, "and takes nothing from others of the same address"


def test_who_waits_when_the_server_ends_is_told_to_come_again(make_app, pretended):
    app, sent = make_app(pretended), []
    began = asyncio.Event()

    async def waiting(*_):
        began.set()
        await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def run():
        scope = {"type": "http", "method": "GET", "path": "/v1/documents", "headers": [(b"host", b"localhost:8600")]}
        app.app = waiting
        task = asyncio.create_task(app(scope | {"server": ("127.0.0.1", 8600)}, receive, send))
        await began.wait()
        task.cancel()
        await task

    asyncio.run(run())
    headers = dict(sent[0]["headers"])
    assert sent[0]["status"] == 503 and headers[b"content-type"] == b"application/problem+json"
    assert headers[b"retry-after"] and b"told to stop" in sent[1]["body"]


def test_a_body_that_says_it_is_too_large_is_not_read(make_client, pretended):
    response = make_client(pretended).post("/v1/check", content=b"x" * (MOST_BODY + 1))
    assert response.status_code == 413 and "chapter by chapter" in response.json()["detail"]


def _messages(*messages):
    left = list(messages)

    async def receive():
        return left.pop(0) if left else await asyncio.sleep(60)

    return receive


def test_a_body_that_does_not_say_is_read_no_further_than_allowed():
    half = {"type": "http.request", "body": b"x" * (MOST_BODY // 2 + 1), "more_body": True}
    receive = _messages(half, half, half)
    with pytest.raises(Problem, match="5,000,000"):
        asyncio.run(read_body({}, receive))
    assert asyncio.run(receive()) is half, "the third part was not asked for"


def test_a_body_that_comes_too_slowly_is_not_waited_for():
    with pytest.raises(Problem) as raised:
        asyncio.run(read_body({}, _messages({"type": "http.request", "body": b"x", "more_body": True}), slowest=0.01))
    assert raised.value.status == 408


@pytest.mark.parametrize("told", ["-1", "+7", "x", "1e9", "٣", ""])
def test_a_length_that_is_no_number_is_not_believed(told):
    parts = _messages({"type": "http.request", "body": b"x"})
    assert asyncio.run(read_body({"content-length": told}, parts)) == b"x"


@pytest.mark.parametrize("path", ["/health", "/v1/documents", "/v1/nothing", "/metrics"])
def test_every_response_has_the_headers(make_client, pretended, path):
    headers = make_client(pretended).get(path).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert {name: headers[name] for name in HEADERS if name != "content-security-policy"} == {
        name: value for name, value in HEADERS.items() if name != "content-security-policy"
    }
    assert headers["cache-control"] in ("no-store", "private, no-cache")
    assert "access-control-allow-origin" not in headers and "server" not in headers


def test_head_is_get_without_a_body(make_client, pretended):
    client = make_client(pretended)
    whole, head = client.get("/v1/documents"), client.head("/v1/documents")
    assert head.status_code == 200 and head.content == b"" and dict(head.headers) == dict(whole.headers)


def test_counters_have_no_content(make_client, pretended):
    client = make_client(pretended)
    client.post("/v1/search", json={"query": SECRET})
    client.get(f"/v1/texts/{SECRET}:1-2")
    client.get(f"/{SECRET}")
    client.request(SECRET.upper(), "/v1/documents")
    text = client.get("/metrics").text
    assert SECRET not in text and SECRET.upper() not in text
    for line in (
        'pinpoint_http_requests_total{method="POST",route="/v1/search",status="200"} 1.0',
        'pinpoint_http_requests_total{method="GET",route="/v1/texts/{span}",status="200"} 1.0',
        'pinpoint_http_requests_total{method="GET",route="unmatched",status="404"} 1.0',
        'pinpoint_http_requests_total{method="other",route="/v1/documents",status="405"} 1.0',
        'pinpoint_http_request_seconds_count{route="/v1/search"} 1.0',
    ):
        assert line in text.splitlines()


AUDITED = [  # (address, result, documents, action, reason)
    ("search", {"hits": [{"document_id": "b", "span": "b:1-2"}, {"document_id": "a"}]}, ["b", "a"], "search", "hits"),
    ("locate", {"found": [{"span": "a:b:1-2"}]}, ["a:b"], "read", "by spans"),
    ("locate", {"found": [], "text": "a:1-2"}, [], "read", "a text is no span"),
]


@pytest.mark.parametrize(("address", "result", "documents", "action", "reason"), AUDITED, ids=[r[-1] for r in AUDITED])
def test_the_audit_log_has_what_was_shown(  # noqa: PLR0917 - a case
    make_client, pretended, tmp_path, monkeypatch, address, result, documents, action, reason
):
    monkeypatch.setenv("PINPOINT_AUDIT_LOG", str(tmp_path / "audit"))
    pretended.act = lambda _: result
    field = "query" if address == "search" else "citation"
    assert make_client(pretended).post(f"/v1/{address}", json={field: SECRET}).status_code == 200
    (line,) = (tmp_path / "audit").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["action"], entry["documents"], entry["generation"]) == (action, documents, "00001")
    assert entry["who"] == "not signed in" and SECRET not in line


def test_what_cannot_be_written_to_the_audit_log_is_not_shown(make_client, pretended, tmp_path, monkeypatch):
    monkeypatch.setenv("PINPOINT_AUDIT_LOG", str(tmp_path / "file" / "audit"))
    (tmp_path / "file").touch()
    response = make_client(pretended).post("/v1/search", json={"query": SECRET})
    assert response.status_code == 503 and "audit log" in response.json()["detail"]
