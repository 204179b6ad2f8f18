"""Limits of a call: what is asked again, how often, by which node, and what nobody ever reads in a log."""

import logging
import threading
import traceback

import pytest
from opensearchpy import helpers

from index.cluster.connection import connect
from index.cluster.network.breaker import FAILURES, REST_SECONDS, Breaker
from index.cluster.network.transport import ATTEMPTS, LONGEST_PAUSE
from pinpoint.configuration.address import ClusterAddress, parse_address
from pinpoint.errors import ClusterRefused, ClusterUnavailable, ConfigurationError

WELL = (200, {"acknowledged": True})
NO_MANAGER = (503, {"error": {"type": "cluster_manager_not_discovered_exception", "reason": "quetzal"}, "status": 503})
AGAIN = [  # (script, requests, reason)
    ([WELL], 1, "the first answer"),
    ([429, WELL], 2, "a full queue"),
    ([NO_MANAGER, NO_MANAGER, WELL], 3, "an election"),
    ([502, WELL], 2, "a proxy without its node"),
    ([504, WELL], 2, "a proxy whose node is slow"),
    (["cut", WELL], 2, "a node that is killed"),
    (["garbage", WELL], 2, "an answer that was cut off"),
]


@pytest.mark.parametrize(("script", "requests", "reason"), AGAIN, ids=[row[-1] for row in AGAIN])
def test_what_passes_is_asked_again(scripted, connected, script, requests, reason):
    node = scripted(*script)
    connection, pauses = connected(node.host)
    assert connection.put("/policy", {"settings": {}}) == WELL[1], reason
    assert len(node.asked) == requests
    assert len(pauses) == requests - 1
    assert all(0 < pause <= LONGEST_PAUSE for pause in pauses)


STOPPING = [  # (status, answer, words, reason)
    (
        400,
        {"error": {"type": "mapper_parsing_exception", "reason": "no such type"}},
        "no such type",
        "a mistake of ours",
    ),
    (401, {}, "cluster.password_file", "a wrong password: repeats would lock the user out"),
    (403, {"error": {"reason": "no permissions for [indices:data/write/bulk]"}}, "indices:data/write/bulk", "a right"),
    (404, {"error": {"type": "index_not_found_exception"}}, "index_not_found_exception", "what is not there"),
    (409, {"error": {"type": "version_conflict_engine_exception"}}, "409", "somebody else was there first"),
    (413, {}, "smaller", "a request that is too large"),
    (500, {"error": {"type": "null_pointer_exception"}}, "null_pointer_exception", "a fault of the server"),
    (302, {}, "302", "a way to another server, which is not taken with a password"),
]


@pytest.mark.parametrize(("status", "answer", "words", "reason"), STOPPING, ids=[row[-1] for row in STOPPING])
def test_what_is_refused_is_asked_once(scripted, connected, status, answer, words, reason):
    node = scripted((status, answer))
    connection, _ = connected(node.host)
    with pytest.raises(ClusterRefused, match=words) as refused:
        connection.put("/policy", {})
    assert refused.value.status == status, reason
    assert refused.value.kind == answer.get("error", {}).get("type", "")
    assert len(node.asked) == 1


NEVER_WELL = [  # (line of the script, requests, words, reason)
    (429, ATTEMPTS, "answers 429", "a queue that stays full"),
    (NO_MANAGER, ATTEMPTS, "cluster_manager_not_discovered_exception", "no manager"),
    ("cut", FAILURES, "aborted|closed|broke", "a node that takes connections and closes them: its circuit opens"),
]


@pytest.mark.parametrize(("line", "requests", "words", "reason"), NEVER_WELL, ids=[row[-1] for row in NEVER_WELL])
def test_repeats_have_an_end(scripted, connected, line, requests, words, reason):
    node = scripted(line)
    connection, _ = connected(node.host)
    with pytest.raises(ClusterUnavailable, match=words) as unavailable:
        connection.get("/policy")
    assert len(node.asked) == requests, reason
    assert node.host in str(unavailable.value)


def test_a_node_that_is_gone_is_passed_over(scripted, connected):
    alive = scripted(WELL)
    gone = scripted(WELL)
    gone.shutdown()
    gone.server_close()
    connection, pauses = connected(gone.host, alive.host)
    for _ in range(4 * FAILURES):
        connection.get("/policy")
    assert len(alive.asked) == 4 * FAILURES
    assert pauses == [], "another node is asked at once"
    standing = {one.host: one for one in connection.standings()}
    assert standing[gone.host].failures == FAILURES, "and then this one is left alone"
    assert standing[gone.host].resting > 0
    assert "refused" in standing[gone.host].fault
    assert (standing[alive.host].failures, standing[alive.host].fault) == (0, "")


def test_all_circuits_open_and_the_error_says_so(scripted, connected):
    node = scripted("cut")
    connection, _ = connected(node.host)
    with pytest.raises(ClusterUnavailable):
        connection.get("/policy")
    asked = len(node.asked)
    with pytest.raises(ClusterUnavailable, match=r"not asked, since it just failed.*not asked again for \d s"):
        connection.get("/policy")
    assert len(node.asked) == asked


SILENT = [  # (method, requests of both nodes, whether another answers, reason)
    ("get", 2, True, "a read is asked of another"),
    ("put", 1, False, "a write may be at work, and is not begun twice"),
]


@pytest.mark.parametrize(("method", "requests", "answered", "reason"), SILENT, ids=[row[-1] for row in SILENT])
def test_a_node_that_is_silent(scripted, connected, method, requests, answered, reason):
    silent, alive = scripted("hang"), scripted(WELL)
    connection, _ = connected(alive.host, silent.host, seconds=0.6)  # the second is asked first
    if answered:
        assert getattr(connection, method)("/policy") == WELL[1], reason
    else:
        with pytest.raises(ClusterUnavailable, match="no answer in 0.2 s"):
            getattr(connection, method)("/policy")
    assert len(silent.asked) + len(alive.asked) == requests, reason


def test_a_call_has_an_end_where_all_nodes_are_silent(scripted, connected):
    nodes = [scripted("hang"), scripted("hang")]
    connection, _ = connected(*(node.host for node in nodes), seconds=0.6)
    with pytest.raises(ClusterUnavailable, match=r"asked [34] times, 0.6 s allowed"):
        connection.get("/policy")


def test_a_slow_request_may_be_given_its_time(scripted, connected):
    node = scripted("hang")
    connection, _ = connected(node.host, seconds=30)
    with pytest.raises(ClusterUnavailable, match=r"no answer in 0.1 s"):
        connection.post("/policy/_forcemerge", timeout=0.1)


PATHS = ["/policy/_search", "policy/_msearch", "/policy/_count", "/_search", "/policy/_search?scroll=1m"]


@pytest.mark.parametrize("path", PATHS)
def test_no_search_goes_past_the_check(connected, path):
    connection, _ = connected("127.0.0.1:1")
    with pytest.raises(ValueError, match="msearch"):
        connection.post(path, {})


def test_parameters_are_those_of_the_server(scripted, connected):
    node = scripted(WELL)
    connection, _ = connected(node.host)
    connection.put("policy", params={"timeout": "1s", "wait_for_active_shards": 1, "flat_settings": True})
    assert node.asked == ["PUT /policy?timeout=1s&wait_for_active_shards=1&flat_settings=true"]


def test_bulk_writes_of_the_client_have_the_same_limits(scripted, connected):
    done = {"took": 1, "errors": False, "items": [{"create": {"_id": "1", "status": 201}}]}
    node = scripted(429, 503, (200, done))
    connection, pauses = connected(node.host)
    actions = [{"_op_type": "create", "_index": "policy-1", "_id": "1", "row": 1}]
    assert [ok for ok, _ in helpers.parallel_bulk(connection.client, actions, request_timeout=60)] == [True]
    assert (len(node.asked), len(pauses)) == (3, 2)


def test_the_client_asks_whether_something_is_there(scripted, connected):
    connection, _ = connected(scripted(404).host)
    assert connection.client.indices.exists(index="policy") is False


def test_no_log_error_or_warning_has_a_question_or_a_password(scripted, connected, caplog, tmp_path, monkeypatch):
    """Words of a question, a reason of the server that quotes it, and a password, looked for in all that is printed."""
    password = tmp_path / "password"
    password.touch(mode=0o600)
    password.write_text("quetzal-password\n", encoding="utf-8")
    monkeypatch.setenv("PINPOINT_CLUSTER_USER", "reader")
    monkeypatch.setenv("PINPOINT_CLUSTER_PASSWORD_FILE", str(password))
    traced = logging.getLogger("opensearchpy.trace")
    traced.addHandler(caplog.handler)
    for name in ("", "opensearch", "opensearchpy.trace", "urllib3"):
        caplog.set_level(logging.DEBUG, name)
    quoting = {"error": {"type": "parsing_exception", "reason": "[quetzal-question]"}, "status": 400}
    settings = (200, {"policy": {"settings": {"index": {"number_of_shards": "1"}}}})
    question = {"query": {"match": {"terms": "quetzal-question"}}}
    said = []
    try:
        for answer in ((400, quoting), (200, {"responses": [quoting]}), (503, quoting), (500, quoting), "cut"):
            connection, _ = connected(scripted(settings, answer).host)
            with pytest.raises((ClusterRefused, ClusterUnavailable)) as raised:
                connection.search("policy", question)
            said += traceback.format_exception(raised.value)
            said += [repr(connection), repr(connection.client), repr(connection.client.transport.__dict__)]
    finally:
        traced.removeHandler(caplog.handler)
    said += [record.getMessage() for record in caplog.records]
    assert any("_msearch" in line for line in said), "something is said at all"
    assert not [line for line in said if "quetzal" in line]


def test_who_asks_is_read_when_it_is_asked(scripted, connected, tmp_path, monkeypatch):
    file = tmp_path / "password"
    file.touch(mode=0o600)
    monkeypatch.setenv("PINPOINT_CLUSTER_USER", "reader")
    monkeypatch.setenv("PINPOINT_CLUSTER_PASSWORD_FILE", str(file))
    file.write_text("first\n", encoding="utf-8")
    node = scripted(WELL)
    connection, _ = connected(node.host)
    connection.get("/")
    file.write_text("second\n", encoding="utf-8")
    connection.get("/")
    assert [headers["authorization"] for headers in node.headers] == [
        "Basic cmVhZGVyOmZpcnN0",
        "Basic cmVhZGVyOnNlY29uZA==",
    ]
    file.chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        connection.get("/")


def test_one_connection_an_address_and_settings(monkeypatch):
    address = parse_address("opensearch://127.0.0.1:9/policy")
    assert connect(address) is connect(parse_address("opensearch://127.0.0.1:9/policy"))
    assert connect(address) is not connect(ClusterAddress(("127.0.0.1:9",), "other"))
    before = connect(address)
    monkeypatch.setenv("PINPOINT_CLUSTER_SECONDS", "5")
    assert connect(address) is not before
    assert connect(address).seconds == 5
    monkeypatch.setenv("PINPOINT_CLUSTER_SECONDS", "soon")
    with pytest.raises(ConfigurationError, match="PINPOINT_CLUSTER_SECONDS is 'soon'"):
        connect(address)


class _Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_circuit_opens_rests_and_is_tried_by_one_call():
    clock = _Clock()
    breaker = Breaker(("a",), clock)
    for _ in range(FAILURES):
        assert breaker.choose() == "a"
        breaker.failed("a", "gone")
    assert breaker.choose() is None
    clock.now += REST_SECONDS - 0.1
    assert breaker.choose() is None
    clock.now += 0.1
    assert [breaker.choose() for _ in range(3)] == ["a", None, None], "half open: one call"
    breaker.failed("a", "gone")
    clock.now += REST_SECONDS
    assert breaker.choose() == "a"
    breaker.worked("a")
    assert [breaker.choose() for _ in range(3)] == ["a"] * 3


def test_failures_count_in_a_row_only():
    breaker = Breaker(("a",))
    for _ in range(3 * FAILURES):
        breaker.failed("a", "gone")
        breaker.worked("a")
    assert breaker.choose() == "a"


def test_nodes_are_asked_in_turn_and_those_that_failed_last():
    breaker = Breaker(("a", "b", "c"))
    assert sorted(breaker.choose() for _ in range(3)) == ["a", "b", "c"]
    assert {breaker.choose(["a", "b"]) for _ in range(6)} == {"c"}
    assert {breaker.choose(["a", "b", "c", "c", "b"]) for _ in range(6)} == {"a"}


def test_many_threads_share_a_breaker(scripted, connected):
    alive = scripted(WELL)
    connection, _ = connected(alive.host, "127.0.0.1:1")
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.extend(connection.get("/policy")["acknowledged"] for _ in range(20)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 160
