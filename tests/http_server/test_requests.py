"""What a request may hold: every refusal names field and remedy, and none repeats what a person typed."""

import json
from datetime import date
from http import HTTPStatus

import pytest
from starlette.testclient import TestClient

from http_server import problems
from operations.requests import AskRequest, ChangesRequest, CheckRequest, FetchRequest, Held, SearchRequest
from pinpoint.errors import AuditUnavailable, BadRequest, IndexUnavailable, UnknownCollection
from pinpoint.records import Span

SECRET = "the-words-of-a-person"
JSON = {"content-type": "application/json"}
DIGEST = "0" * 64

READ = [  # (address, body, request, reason)
    ("search", {"query": "a"}, SearchRequest(query="a"), "the least"),
    (
        "search",
        {"query": "a", "id": "1", "as_of": "2024-08-28", "top_k": 3, "kinds": ["statute"], "prefer": [], "only": ["T"]},
        SearchRequest(query="a", id="1", as_of=date(2024, 8, 28), top_k=3, kinds=("statute",), prefer=(), only=("T",)),
        "all fields; nothing preferred is another thing than nothing said",
    ),
    ("search", {"query": "a", "top_k": 3.0}, SearchRequest(query="a", top_k=3), "to JSON 3.0 is a whole number"),
    ("ask", {"question": "a", "prefer": ["T"]}, AskRequest(question="a", prefer=("T",)), "a question"),
    (
        "check",
        {"held": [{"span": "a:b:1-2", "digest": DIGEST}]},
        CheckRequest(held=(Held(span=Span("a:b", 1, 2), digest=DIGEST),)),
        "a quotation of a document with a colon in its id",
    ),
    ("changes", {}, ChangesRequest(), "the last two generations"),
]


@pytest.mark.parametrize(("address", "body", "request_", "reason"), READ, ids=[row[-1] for row in READ])
def test_bodies_become_requests(make_client, pretended, address, body, request_, reason):
    pretended.act = lambda *_: {"statements": [], "citations": []}
    assert make_client(pretended).post(f"/v1/{address}", json=body).status_code == 200
    assert pretended.asked == [request_]


REFUSED = [  # (address, body, field, what the detail says, reason)
    ("search", {}, "query", "query is missing", "nothing asked"),
    ("search", {"query": 5}, "query", "query: it must be a valid string", "a number"),
    ("search", {"query": ""}, "query", "at least 1 character", "nothing asked"),
    ("search", {"query": "x" * 4001}, "query", "at most 4000", "too long"),
    ("search", {"query": "a", f"que{SECRET}": 3}, "", "the nearest is `query`", "a typo"),
    ("search", {"query": SECRET, "top_k": "3"}, "top_k", "valid integer", "a number in quotation marks"),
    ("search", {"query": SECRET, "top_k": 3.5}, "top_k", "integer, not 3.5", "a number with a fraction"),
    ("search", {"query": SECRET, "top_k": True}, "top_k", "integer, not true", "a truth is no number"),
    ("search", {"query": SECRET, "top_k": 0}, "top_k", "greater than or equal to 1, not 0", "no hits"),
    ("search", {"query": SECRET, "top_k": 10**30}, "top_k", "1000", "beyond all numbers"),
    ("search", {"query": SECRET, "any_date": 1}, "any_date", "boolean, not 1", "a number for a truth"),
    ("search", {"query": SECRET, "as_of": "2024"}, "as_of", "a day of the calendar such as 2024-08-28", "a year"),
    ("search", {"query": SECRET, "as_of": "0"}, "as_of", "day of the calendar", "a day of 1970 elsewhere"),
    ("search", {"query": SECRET, "as_of": 0}, "as_of", "2024-08-28", "a number"),
    ("search", {"query": SECRET, "as_of": "2024-02-31"}, "as_of", "day of the calendar", "no such day"),
    ("search", {"query": SECRET, "as_of": "2024-08-28T00:00:00Z"}, "as_of", "day of the calendar", "with a time"),
    ("search", {"query": SECRET, "kinds": "statute"}, "kinds", "valid list", "one name for a list"),
    ("search", {"query": SECRET, "kinds": [""]}, "kinds.0", "at least 1 character", "an empty name"),
    ("search", {"query": SECRET, "kinds": ["a"] * 51}, "kinds", "at most 50", "too many"),
    ("search", {"query": "\ud800" + SECRET}, "query", "valid string", "half of a character"),
    ("search", [SECRET], "", "the body: it must be an object", "a list"),
    ("ask", {"query": SECRET}, "question", "question is missing", "the field of another address"),
    ("check", {"text": SECRET * 20_000}, "text", "at most 400000", "too long a draft"),
    ("check", {"held": [{"span": "a:1-2"}]}, "held.0.digest", "digest is missing", "no digest"),
    ("check", {"held": [{"span": SECRET, "digest": DIGEST}]}, "held.0.span", "the form that a result has", "no span"),
    (
        "check",
        {"held": [{"span": "a:1-2", "digest": "x"}]},
        "held.0.digest",
        "the form that a result has",
        "no digest at all",
    ),
    (
        "check",
        {"held": [{"span": "a:1-2", "digest": DIGEST, "sapn": 1}]},
        "held.0",
        "nearest is `span`",
        "a typo within",
    ),
]


@pytest.mark.parametrize(("address", "body", "field", "said", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_refused_bodies(make_client, pretended, address, body, field, said, reason):
    content = json.dumps(body).encode()
    response = make_client(pretended).post(f"/v1/{address}", content=content, headers=JSON)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["title"] == HTTPStatus(422).phrase and problem["status"] == 422
    (error,) = (one for one in problem["errors"] if one["field"] == field)
    assert said in error["detail"] and error["in"] == "body" and error["detail"] in problem["detail"]
    assert SECRET not in response.text
    assert not pretended.asked


MANY = [  # (address, body, faults, what the detail says, reason)
    ("search", {f"k{number}": 1 for number in range(40_000)}, 1, "40,000 names are more", "names without end"),
    ("search", {f"k{number}": 1 for number in range(30)}, 20, "A name of the body is not known", "more than are told"),
    ("search", {"k" * 400_000: 1, "query": "a"}, 1, "the nearest is", "one long name"),
    ("check", {"held": [1] * 40_000}, 1, "must be an object", "entries without end"),
    ("check", {"held": [{f"k{n}": 1 for n in range(90)}] * 9}, 1, "90 names are more", "names within entries"),
    ("search", {"query": "a", "kinds": [1] * 40_000}, 1, "valid string", "a long list"),
]


@pytest.mark.parametrize(("address", "body", "count", "said", "reason"), MANY, ids=[row[-1] for row in MANY])
def test_of_many_faults_the_first_are_told(  # noqa: PLR0917 - a case
    make_client, pretended, monkeypatch, address, body, count, said, reason
):
    """What is said of a request is bounded, and so is the search for the nearest names."""
    searches = []
    monkeypatch.setattr(problems, "get_close_matches", lambda name, names, **_: searches.append(name) or names)
    response = make_client(pretended).post(f"/v1/{address}", content=json.dumps(body).encode(), headers=JSON)
    assert response.status_code == 422
    assert len(response.json()["errors"]) == count and said in response.json()["detail"]
    assert len(response.content) < 10_000 and len(searches) <= 20
    assert all(len(name) <= 60 for name in searches)


UNREAD = [  # (content, headers, status, what the detail says, reason)
    (b"{", JSON, 400, "at character 1", "cut off"),
    (b"\xff{}", JSON, 400, "UTF-8", "another encoding"),
    (b"[" * 100_000, JSON, 400, "too deep", "too deep"),
    (b'{"top_k": ' + b"1" * 5_000 + b"}", JSON, 400, "too many digits", "a long number"),
    (b'{"query": "a", "query": "b"}', JSON, 400, "stands twice", "a name twice"),
    (b'{"held": [{"span": "a:1-2", "span": "b:1-2"}]}', JSON, 400, "stands twice", "a name twice within"),
    (b"{}", JSON | {"content-encoding": "gzip"}, 415, "without Content-Encoding", "compressed"),
    (b'{"query": NaN}', JSON, 422, "query", "no JSON number, and no text"),
    (b"{}", {"content-type": "text/plain"}, 415, "application/json", "as a page of another site would send it"),
    (b"query=a", {"content-type": "application/x-www-form-urlencoded"}, 415, "application/json", "a form"),
    (b"", {}, 422, "It may have query", "no body"),
]


@pytest.mark.parametrize(("content", "headers", "status", "said", "reason"), UNREAD, ids=[row[-1] for row in UNREAD])
def test_bodies_that_are_no_json(make_client, pretended, content, headers, status, said, reason):
    response = make_client(pretended).post("/v1/search", content=content, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert said in response.json()["detail"]


def test_only_the_first_of_very_many_faults_are_told(make_client, pretended):
    body = {f"{SECRET} {number} {'x' * 200}": number for number in range(35)}
    response = make_client(pretended).post("/v1/search", json=body)
    assert response.status_code == 422 and len(response.json()["errors"]) == 20
    assert SECRET not in response.text


ADDRESSES = [  # (method, address, status, what the detail says, reason)
    ("GET", "/v1/nothing", 404, "openapi.json", "no address"),
    ("GET", "/", 404, "openapi.json", "the root"),
    ("GET", "/docs", 404, "openapi.json", "a page that would load scripts from elsewhere"),
    ("GET", "/v1/documents/", 404, "openapi.json", "no redirection: an address is one thing"),
    ("GET", "/v1/search", 405, "Allow", "a question in a URL"),
    ("HEAD", "/v1/search", 405, "", "the same"),
    ("POST", "/v1/documents", 405, "Allow", "nothing is written"),
    ("DELETE", "/v1/documents/a", 405, "Allow", "nothing is removed"),
    ("OPTIONS", "/v1/search", 405, "Allow", "no page of another site may ask"),
    ("GET", "/v1/documents?limit=3", 422, "takes none", "an unknown parameter"),
    ("GET", "/v1/texts/a:1-2?asof=2024-08-28", 422, "nearest is `as_of`", "a typo that would give today's law"),
    ("GET", "/v1/texts/a:1-2?as_of=2024", 422, "a day of the calendar", "a year"),
    ("GET", "/v1/texts/a:1-2?as_of=2024-08-28&as_of=2024-08-29", 422, "as_of is given 2 times", "two days"),
    ("GET", f"/v1/documents?{SECRET}=1", 422, "takes none", "words of a person as a name"),
    ("POST", "/v1/search?query=a", 422, "takes none", "a question in a URL"),
    ("GET", "/health?x=1", 422, "takes none", "the same everywhere"),
]


@pytest.mark.parametrize(
    ("method", "address", "status", "said", "reason"), ADDRESSES, ids=[row[-1] for row in ADDRESSES]
)
def test_addresses_and_parameters(make_client, pretended, method, address, status, said, reason):
    content = {"json": {"query": "a"}} if method == "POST" else {}
    response = make_client(pretended).request(method, address, **content)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert said in response.text and not pretended.asked and SECRET not in response.text
    if status == 405:
        assert response.headers["allow"]


def test_a_day_and_an_id_reach_the_operation(make_client, pretended):
    make_client(pretended).get("/v1/texts/a%20b%3A1-2?as_of=2024-08-28")
    assert pretended.asked == [FetchRequest(id="a b:1-2", as_of=date(2024, 8, 28))]


RAISED = [  # (error, address, status, reason)
    (BadRequest("kinds", "kinds: 'x' is none."), "search", 400, "a kind that no document is of"),
    (UnknownCollection("There is no collection 'x'."), "search", 400, "a collection that is not there"),
    (IndexUnavailable("The index is damaged."), "search", 503, "the index"),
    (AuditUnavailable("The log cannot be written."), "search", 503, "the audit log"),
]


@pytest.mark.parametrize(("error", "address", "status", "reason"), RAISED, ids=[row[-1] for row in RAISED])
def test_errors_of_operations(make_client, pretended, error, address, status, reason):
    def fail(_):
        raise error

    pretended.act = fail
    response = make_client(pretended).post(f"/v1/{address}", json={"query": SECRET})
    assert (response.status_code, response.json()["detail"]) == (status, str(error))


def test_a_failure_that_nobody_foresaw_is_not_logged_with_what_was_asked(make_client, pretended, caplog):
    def fail(request):
        raise KeyError(request.query)

    pretended.act = fail
    response = make_client(pretended).post("/v1/search", json={"query": SECRET})
    assert response.status_code == 500 and response.headers["content-type"] == "application/problem+json"
    assert SECRET not in response.text + caplog.text
    assert "KeyError" in caplog.text and "test_requests.py" in caplog.text, "the log says what failed, and where"


def test_an_index_that_cannot_be_opened_is_told(make_app, pretended):
    def warm():
        raise IndexUnavailable("Nothing was ingested there yet.")

    pretended.index.warm = warm
    client = TestClient(make_app(pretended), base_url="http://127.0.0.1:8600")
    assert client.get("/health").status_code == 200
    assert client.get("/ready").json()["detail"] == "Nothing was ingested there yet."
    assert client.get("/v1/documents").status_code == 503
