"""An answer is whole, or it is none: each sign of a part, in answers as nodes give them and from real nodes."""

import contextlib
import uuid
from pathlib import Path

import pytest

from index.cluster.connection import Connection
from index.cluster.network.breaker import Breaker
from index.cluster.network.checked import Fault, fault_of
from index.cluster.network.transport import client_of
from index.cluster.network.whole import WHOLE_ATTEMPTS
from pinpoint.configuration.address import ClusterAddress
from pinpoint.errors import ClusterRefused, ClusterUnavailable, GenerationGone, PartNotSearched

ROOT = Path(__file__).resolve().parents[3]


def answer(total=3, successful=3, failed=0, **more):
    shards = {"total": total, "successful": successful, "skipped": 0, "failed": failed, **more.pop("shards", {})}
    return {"took": 1, "timed_out": False, "_shards": shards, "hits": {"hits": []}, "status": 200, **more}


def error(kind, status, cause="", caused_by=None):
    return {
        "error": {"type": kind, "reason": "quetzal", "root_cause": [{"type": cause or kind}], "caused_by": caused_by},
        "status": status,
    }


WHOLE = [  # (answer, reason)
    (answer(), "all shards"),
    (answer(shards={"skipped": 2}), "shards that have nothing in that time are passed over, and count as successful"),
    (answer(terminated_early=False), "it did not end early"),
    (answer(_clusters={"total": 1, "successful": 1, "skipped": 0}), "the other cluster answered"),
    (answer(hits={"total": {"value": 10000, "relation": "gte"}, "hits": []}), "hits that are not all counted"),
]


@pytest.mark.parametrize(("given", "reason"), WHOLE, ids=[row[-1] for row in WHOLE])
def test_a_whole_answer(given, reason):
    assert fault_of(given, 3) is None, reason
    assert fault_of(given, None) is None, reason


NO_SHARD = {"shard": 1, "index": "policy", "reason": {"type": "no_shard_available_action_exception"}}
PARTIAL = [  # (answer, words, reason)
    (answer(successful=2), "1 of 3 shards have no node", "a shard that no node holds: failed 0, not timed out"),
    (answer(total=2, successful=2), "2 of 3 shards were asked", "a point in time made while a shard was away"),
    (answer(total=4, successful=4), "4 of 3 shards were asked", "another index behind that name"),
    (answer(total=0, successful=0), "0 of 3 shards were asked", "an index that was passed over"),
    (answer(successful=2, failed=1), "1 of 3 shards failed", "a shard that failed"),
    (answer(shards={"failures": [NO_SHARD]}), "0 of 3 shards failed", "a failure that is told and not counted"),
    (answer(timed_out=True), "out of time", "a time limit of the search"),
    (answer(terminated_early=True), "ended early", "a limit of documents"),
    (answer(_clusters={"total": 2, "skipped": 1}), "another cluster", "a cluster that was skipped"),
    (answer(_clusters={"total": 2, "partial": 1}), "another cluster", "a cluster that answered in part"),
    (
        {"took": 1, "hits": {"hits": []}},
        "how many shards",
        "an answer without its count, as a filter of fields leaves it",
    ),
    (answer(shards={"successful": None}), "how many shards", "a count that is none"),
    (answer(shards={"total": True}), "how many shards", "a count that is no number"),
    ({"took": 1, "_shards": [3, 3]}, "how many shards", "counts without names"),
    ([], "none of a search", "no object"),
    (None, "none of a search", "nothing"),
    ({}, "how many shards", "an empty object"),
    (
        error("search_phase_execution_exception", 503, "no_shard_available_action_exception"),
        "no_shard",
        "refused by us",
    ),
    (error("search_phase_execution_exception", 503), "search_phase_execution", "all shards failed"),
    (
        error("search_phase_execution_exception", 400, "node_not_connected_exception"),
        "node_not_connected",
        "by its cause",
    ),
    (error("exception", 404, "search_context_missing_exception"), "context_missing", "a node restarted in between"),
    (
        error("search_phase_execution_exception", 400, caused_by={"type": "node_closed_exception"}),
        "node_closed",
        "caused by",
    ),
    (error("null_pointer_exception", 500), "null_pointer", "a fault of the server"),
    ({"error": "something", "status": 502}, "502", "an error in words"),
    ({"error": {"type": "x"}}, "x", "an error without a status"),
]


@pytest.mark.parametrize(("given", "words", "reason"), PARTIAL, ids=[row[-1] for row in PARTIAL])
def test_a_part_is_not_taken_for_the_whole(given, words, reason):
    fault = fault_of(given, 3)
    assert isinstance(fault, Fault), reason
    assert fault.kind == "partial"
    assert words in fault.words
    assert "quetzal" not in fault.words, "a reason may quote the question"


OTHER = [  # (answer, kind, reason)
    (error("rejected_execution_exception", 429), "busy", "a full queue"),
    (error("search_phase_execution_exception", 503, "rejected_execution_exception"), "busy", "a full queue of a shard"),
    (error("circuit_breaking_exception", 429), "busy", "memory"),
    (error("index_not_found_exception", 404), "gone", "the index was removed"),
    (error("search_phase_execution_exception", 400, "query_shard_exception"), "refused", "a question at fault"),
    (error("parsing_exception", 400), "refused", "a question that nobody can read"),
    (error("security_exception", 403), "refused", "a right"),
]


@pytest.mark.parametrize(("given", "kind", "reason"), OTHER, ids=[row[-1] for row in OTHER])
def test_other_faults_are_told_apart(given, kind, reason):
    assert fault_of(given, 3).kind == kind, reason


SETTINGS = (200, {"policy-1": {"settings": {"index": {"number_of_shards": "3"}}}})
PART, BUSY = answer(successful=2), error("rejected_execution_exception", 429)


def responses(*answers):
    return 200, {"responses": list(answers)}


ENDS = [  # (answers of the node, error, reason)
    ([PART], PartNotSearched, "a part that stays one"),
    ([BUSY], ClusterUnavailable, "a queue that stays full"),
    ([error("index_not_found_exception", 404)], GenerationGone, "the generation was removed"),
    ([error("parsing_exception", 400)], ClusterRefused, "a question at fault"),
]


@pytest.mark.parametrize(("answers", "raised", "reason"), ENDS, ids=[row[-1] for row in ENDS])
def test_one_bad_answer_ends_the_whole_request(scripted, connected, answers, raised, reason):
    node = scripted(SETTINGS, responses(answer(), *answers), responses(*answers))
    connection, pauses = connected(node.host)
    with pytest.raises(raised) as error_raised:
        connection.msearch("policy-1", [({}, {"size": 1}), ({}, {"size": 2})])
    again = raised in (PartNotSearched, ClusterUnavailable)
    assert len(pauses) == (WHOLE_ATTEMPTS - 1 if again else 0), reason
    assert "policy" in str(error_raised.value) or node.host in str(error_raised.value)


def test_only_what_is_not_whole_is_asked_again(scripted, connected):
    first, second = answer(hits={"hits": [1]}), answer(hits={"hits": [2]})
    node = scripted(SETTINGS, responses(PART, second), responses(BUSY), responses(first))
    connection, pauses = connected(node.host)
    lines = [({"search_type": "dfs_query_then_fetch"}, {"size": 1}), ({}, {"size": 2})]
    assert connection.msearch("policy-1", lines) == [first, second], "in the order of the questions"
    asked = [request.count('"size"') for request in node.asked]
    assert asked == [0, 2, 1, 1]
    assert len(pauses) == 2
    assert all('"allow_partial_search_results":false' in request for request in node.asked[1:])
    assert "dfs_query_then_fetch" in node.asked[1]
    assert "allow_partial" not in node.asked[1].split()[1], "in the URL of _msearch it is refused"


def test_an_answer_for_fewer_questions_is_none(scripted, connected):
    node = scripted(SETTINGS, responses(answer()))
    connection, _ = connected(node.host)
    with pytest.raises(PartNotSearched):
        connection.msearch("policy-1", [({}, {}), ({}, {})])


def test_an_index_that_was_made_again_is_counted_again(scripted, connected):
    other = (200, {"policy-1": {"settings": {"index": {"number_of_shards": "2"}}}})
    two = responses(answer(total=2, successful=2))
    node = scripted(SETTINGS, *[two] * WHOLE_ATTEMPTS, other, two)
    connection, _ = connected(node.host)
    with pytest.raises(PartNotSearched, match="2 of 3 shards were asked"):
        connection.search("policy-1", {})
    assert connection.search("policy-1", {}) == two[1]["responses"][0]


def test_a_line_searches_no_other_index(connected):
    connection, _ = connected("127.0.0.1:1")
    with pytest.raises(ValueError, match="all lines"):
        connection.msearch("policy-1", [({"index": "other"}, {})])


def test_the_shards_of_an_index_are_asked_for_once(scripted, connected):
    missing = (404, {"error": {"type": "index_not_found_exception"}, "status": 404})
    node = scripted(missing, SETTINGS, responses(answer()))  # a node that has not heard of it yet
    connection, _ = connected(node.host)
    for _ in range(3):
        connection.search("policy-1", {})
    assert [request.split()[0] for request in node.asked] == ["GET", "GET", "POST", "POST", "POST"]
    assert ["local=true" in request for request in node.asked[:2]] == [True, False]


TEXT = {"type": "text"}
LONG = "visa " * 200_001  # 1,000,005 characters, more than a highlighter reads


@pytest.fixture(scope="module")
def indexes(cluster):
    """A connection to real nodes, and three indexes of three shards, two behind one alias; only the first has days."""
    name, hosts = f"test-{uuid.uuid4().hex[:12]}", cluster.hosts
    breaker = Breaker(hosts)
    client = client_of(hosts, breaker=breaker, seconds=30)
    address = ClusterAddress(hosts, name)
    connection = Connection(address=address, client=client, breaker=breaker, pause=lambda _: None)
    for number, fields in ((1, {"day": {"type": "date"}, "text": TEXT}), (2, {"text": TEXT}), (3, {"text": TEXT})):
        body = {"settings": {"number_of_shards": 3, "number_of_replicas": 0}, "mappings": {"properties": fields}}
        connection.put(f"{name}-{number}", {**body, "aliases": {} if number == 3 else {f"{name}-both": {}}})
    lines = "".join(
        f'{{"index":{{"_index":"{name}-{number}","_id":"{row}"}}}}\n{{"text":"visa w{number}{row}"}}\n'
        for number in (1, 2, 3)
        for row in range(40)
    )
    connection.post("_bulk", lines, params={"refresh": True})
    yield connection, name
    for number in (1, 2, 3):
        with contextlib.suppress(ClusterRefused):
            connection.delete(f"{name}-{number}")
    connection.close()


def raw(connection, index, body):
    """What the nodes say where nobody asks them for the whole, past the check."""
    return connection.client.msearch(body=[{}, body], index=index)["responses"][0]


VISA = {"query": {"match": {"text": "visa"}}}


def test_real_nodes_answer_whole(indexes):
    connection, name = indexes
    found = connection.search(f"{name}-1", {**VISA, "size": 50}, search_type="dfs_query_then_fetch")
    assert len(found["hits"]["hits"]) == connection.count(f"{name}-1") == 40
    assert connection.count(f"{name}-both") >= 80, "an alias has the shards of all its indexes"
    assert connection.count(f"{name}-1", {"match": {"text": "w17"}}) == 1
    (small,) = connection.msearch(f"{name}-1", [({}, {**VISA, "size": 1})], fields=["hits.hits._id", "hits.total"])
    assert set(small) == {"timed_out", "_shards", "hits", "status"}
    assert set(small["hits"]["hits"][0]) == {"_id"}
    (none,) = connection.msearch(f"{name}-1", [({}, {"query": {"match_none": {}}})], fields=["hits.hits._id"])
    assert "hits" not in none, "empty lists are left out, and the answer is whole"


REFUSED = [  # (index, body, error, reason)
    ("1", {"query": {"match": {"text": {"query": "visa", "typo": 1}}}}, ClusterRefused, "a question at fault"),
    ("1", {"query": {"query_string": {"query": "text:(", "fields": ["text"]}}}, ClusterRefused, "a shard refuses it"),
    ("1", {"size": 10_001}, ClusterRefused, "more hits than are allowed"),
    ("9", VISA, GenerationGone, "an index that is not there"),
    ("9*", VISA, GenerationGone, "a pattern that nothing fits"),
]


@pytest.mark.parametrize(("index", "body", "raised", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_real_nodes_refuse(indexes, index, body, raised, reason):
    connection, name = indexes
    with pytest.raises(raised):
        connection.msearch(f"{name}-{index}", [({}, VISA), ({}, body)])


HIGHLIGHT = {"highlight": {"fields": {"text": {}}}}
PARTS = [  # (index, body, words of the fault, reason)
    ("both", {"sort": ["day"]}, "3 of 6 shards failed", "a field that one index of the alias lacks"),
    ("2", HIGHLIGHT, "1 of 3 shards failed", "a text that is too long to highlight: its shard is missing"),
    ("1", {"terminate_after": 1}, "ended early", "an end before all documents"),
]


@pytest.mark.parametrize(("index", "more", "words", "reason"), PARTS, ids=[row[-1] for row in PARTS])
def test_parts_of_real_nodes(indexes, index, more, words, reason):
    """Each comes with status 200 where nobody asks for the whole; asked by us, it is an error."""
    connection, name = indexes
    if index == "2":
        connection.put(f"{name}-2/_doc/long", {"text": LONG}, params={"refresh": True})
    said = raw(connection, f"{name}-{index}", {**VISA, **more, "size": 100})
    assert (said["status"], said["timed_out"]) == (200, False), reason
    assert words in fault_of(said, None).words
    with pytest.raises((PartNotSearched, ClusterRefused)):
        connection.search(f"{name}-{index}", {**VISA, **more, "size": 100})


def test_a_generation_that_is_removed_while_it_is_open(indexes):
    connection, name = indexes
    connection.search(f"{name}-3", VISA)
    connection.delete(f"{name}-3")
    with pytest.raises(GenerationGone, match="Open the index again"):
        connection.search(f"{name}-3", VISA)


def test_partial_answers_cannot_be_refused_in_the_url_of_msearch(indexes):
    """Why it stands in each header line; asked past the check, for that is what is tried."""
    connection, name = indexes
    with pytest.raises(ClusterRefused, match="400"):
        connection.client.msearch(body=[{}, VISA], index=f"{name}-1", params={"allow_partial_search_results": "false"})


def test_an_error_of_one_line_is_not_raised_by_the_client(indexes):
    """Why each answer is looked at."""
    connection, name = indexes
    assert "error" in raw(connection, f"{name}-1", {"query": {"query_string": {"query": "text:(", "fields": ["text"]}}})


def test_nothing_is_asked_in_ways_that_cannot_be_checked():
    """A point in time made while a shard is away says for ever that it is whole; so does a second page of a scroll."""
    ways = ("scroll", "point_in_time", '"pit"', "search_after", "helpers.scan", "delete_by_query", "update_by_query")
    files = list((ROOT / "index" / "cluster").rglob("*.py"))
    assert len(files) > 10
    assert not [(file.name, way) for file in files for way in ways if way in file.read_text(encoding="utf-8")]
