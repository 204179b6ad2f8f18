"""Servers over an index in a cluster: a new generation, one that left, a node that is gone; never fewer hits."""

import time
import uuid
from datetime import date

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client
from starlette.testclient import TestClient

import pinpoint
from answer.assistant import Assistant
from http_server.app import create
from http_server.problems import MEDIA_TYPE
from http_server.settings import ServerSettings
from index.cluster import health
from index.cluster.connection import connect
from index.cluster.mapping import rows_index
from index.cluster.network import whole
from index.cluster.stored import publishing
from index.cluster.stored.generations import current, delete_index
from index.search import load_index
from mcp_server.server import make_server
from operations.clusters import ClusterWatch
from operations.operations import Operations
from operations.requests import AskRequest, SearchRequest
from operations.serving import Serving, answered
from pinpoint.__main__ import main
from pinpoint.configuration.address import FILE, index_folder, parse_address
from pinpoint.errors import ClusterRefused, ClusterUnavailable, ConfigurationError, PartNotSearched
from pinpoint.records import Filters
from tests.index.cluster.published_fixture import publish, remove, write_register
from tests.ui.driver import button, go, new_app, shown
from ui.state import widgets

QUESTION = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
WORDS = "trafficking victim"
ADDRESS = "http://127.0.0.1:8600"


@pytest.fixture
def embed(monkeypatch, make_embedder):
    """No weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)


@pytest.fixture
def ledgers(cluster, cluster_index, ledger_corpus, run_ingest, tmp_path, monkeypatch, embed, asked_always):
    """The address of two ledgers among many other texts, and what ingests a third one."""
    write_register(ledger_corpus)
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "cache"))
    address = f"{cluster.address}/{cluster_index}"
    publish(run_ingest, ledger_corpus, address)

    def add(name):
        (ledger_corpus / f"{name}.md").write_text(f"# {name}\n\nThe quetzal {name} is new.\n", encoding="utf-8")
        return publish(run_ingest, ledger_corpus, address)

    return address, add


def test_a_server_takes_the_next_generation_and_outlives_the_one_that_is_removed(ledgers):
    address, add = ledgers
    serving = Serving(index_folder(address), reranker="none")
    first = serving.current()
    assert first.search(SearchRequest(query="quetzal"))["total"] == 2
    second = add("almanac")
    serving._opened._following.look()
    time.sleep(2.1)  # the answer of the alias counts for two seconds
    serving._opened._following.look()
    assert serving.current().index.generation == second
    assert serving.current().search(SearchRequest(query="quetzal"))["total"] == 3
    assert first.search(SearchRequest(query="quetzal"))["total"] == 2, "who had the old one open ends on it"
    third = add("breviary")
    parsed = parse_address(address)
    assert current(connect(parsed), parsed.name) == third
    delete_index(connect(parsed), rows_index(parsed.name, second))
    found = answered(serving, lambda operations: operations.search(SearchRequest(query="the new quetzal")))
    assert found["total"] == 4 and serving.current().index.generation == third, "asked again of the one in use"


def test_health_and_gauges_say_how_the_cluster_is(published, embed):
    client = _http(index_folder(published.address))
    ready = client.get("/ready")
    assert ready.status_code == 200 and ready.json()["generation"] == published.generation
    assert "Every part" in ready.json()["cluster"]
    gauges = client.get("/metrics").text
    assert "pinpoint_cluster_ready 1.0" in gauges and "pinpoint_cluster_shards_missing 0.0" in gauges
    assert gauges.count("pinpoint_cluster_node_answers{") == 3
    assert client.post("/v1/search", json={"query": WORDS}).json()["total"]


def _http(folder):
    app = create(ServerSettings(index_dir=folder, rate=0, reranker="none"))
    app.app.state.service.open()
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


READY = [  # (what asking for the health of the cluster meets, ready, reason)
    (ClusterRefused("403", status=403), True, "a reader may search, and need not be allowed to ask this"),
    (ClusterRefused("401", status=401), False, "a user that is not known cannot search either"),
    (ClusterUnavailable("away"), False, "nobody answers"),
    (ConfigurationError("the file of the password is gone"), False, "no request can be made"),
]


@pytest.mark.parametrize(("error", "ready", "reason"), READY, ids=[row[-1] for row in READY])
def test_ready_is_what_can_be_searched(tmp_path, monkeypatch, error, ready, reason):
    def refused(*_):
        raise error

    monkeypatch.setattr(health, "health", refused)
    (tmp_path / FILE).write_text("opensearch://127.0.0.1:1/policy\n", encoding="utf-8")
    state = ClusterWatch(tmp_path).state()
    assert state.ready == ready and str(error) in state.said, reason


def test_the_page_of_changes_fetches_the_generation_that_is_not_here(ledgers, fresh_app, monkeypatch, tmp_path):
    address, add = ledgers
    add("almanac")
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "another-machine"))
    monkeypatch.setenv("INDEX_DIR", address)
    app = go(new_app().run(), "changes")
    button(app, "Compare").click().run()
    assert "almanac" in shown(app) and not app.exception


class _Part:
    """Channels of which no answer is whole."""

    def __getattr__(self, name):
        def fail(*_, **__):
            raise PartNotSearched("A part of the index could not be searched.")

        return fail


ASKED = [  # (question, reason)
    (QUESTION, "one that the documents answer"),
    ("Who won the chess tournament in Reykjavik?", "one that they decline"),
    ("A victim was arrested. May she apply for T-1 status, and must she cooperate with the police?", "a case"),
    ("trafficking victim", "keywords"),
]


@pytest.mark.parametrize(("question", "reason"), ASKED, ids=[row[-1] for row in ASKED])
def test_no_part_of_an_index_makes_an_answer_or_a_decline(tiny_index_dir, fake_embedder, monkeypatch, question, reason):
    operations = Operations(load_index(tiny_index_dir, fake_embedder))
    monkeypatch.setattr(operations.index._ranking, "_channels", _Part())
    for asked in (lambda: operations.ask(AskRequest(question=question)), lambda: _answer(operations, question)):
        with pytest.raises(PartNotSearched):
            asked()


def _answer(operations, question):
    return Assistant(operations.index).ask(question, filters=Filters(date(2024, 10, 1)))


@pytest.mark.enable_socket
def test_an_app_that_starts_while_the_cluster_is_away_says_so_on_each_page(fresh_app, monkeypatch, tmp_path):
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path))
    monkeypatch.setenv("PINPOINT_CLUSTER_SECONDS", "1")
    monkeypatch.setenv("INDEX_DIR", "opensearch://127.0.0.1:1/policy")
    app = new_app().run()
    for page in ("", "search", "browse", "library", "changes"):
        said = shown(go(app, page) if page else app)
        assert "The cluster does not answer" in said and "No node of the cluster answers" in said, page
        assert not app.exception and not any("pinpoint ingest" in one.value for one in app.code)


@pytest.mark.enable_socket
def test_an_app_of_a_malformed_address_says_how_to_write_it(fresh_app, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", "opensearch://127.0.0.1:1/UPPER")
    app = new_app().run()
    assert "no name of an index on a cluster" in shown(app) and not app.exception


@pytest.fixture
def one_copy(exclusive_cluster, published, tmp_path, monkeypatch, embed):
    """The address of an index of which every shard is on one node alone, its cluster, and a node that has one."""
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(whole, "WHOLE_ATTEMPTS", 2)
    name = f"test-{uuid.uuid4().hex[:12]}"
    address = f"opensearch://{','.join(exclusive_cluster.hosts)}/{name}"
    connection, rows = connect(parse_address(address)), rows_index(name, published.generation)
    publishing.publish(connection, name, published.on_disk / published.generation, lambda *_: None)
    connection.put(f"/{rows}/_settings", {"index": {"number_of_replicas": 0}})
    shards = connection.get(f"/_cat/shards/{rows}", params={"format": "json"})
    yield address, exclusive_cluster, shards[0]["node"]
    for node in exclusive_cluster.nodes:
        exclusive_cluster.launch(node)
    exclusive_cluster.await_green(status="yellow")
    remove(address)


def test_a_node_with_the_only_copy_is_gone(one_copy, fresh_app, monkeypatch):
    address, cluster, node = one_copy
    monkeypatch.setenv("INDEX_DIR", address)
    serving = Serving(index_folder(address), reranker="none")
    client = _http(index_folder(address))
    opened = pinpoint.open(address, reranker="none")
    app = new_app().run()
    before = _asked_in(app, QUESTION)
    assert "What the documents say" in before
    cluster.kill(node)

    with pytest.raises(PartNotSearched, match="A part of the index could not be searched"):
        opened.search(WORDS)
    with pytest.raises(PartNotSearched):
        opened.ask(QUESTION)
    ran = CliRunner().invoke(main, ["ask", QUESTION, "--index", address, "--json"])
    assert ran.exit_code == 2 and not ran.stdout and "A part of the index could not be searched" in ran.stderr
    for path, body in (("search", {"query": WORDS}), ("ask", {"question": QUESTION})):
        refused = client.post(f"/v1/{path}", json=body)
        assert refused.status_code == 503 and refused.headers["content-type"] == MEDIA_TYPE
        assert int(refused.headers["retry-after"]) > 0
        assert "A part of the index could not be searched" in refused.json()["detail"]
    told = client.post("/v1/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"}).text
    assert "event: problem" in told and "event: result" not in told and "event: statement" not in told
    ready, host = client.get("/ready"), f"127.0.0.1:{cluster.find(node).http_port}"
    assert ready.status_code == 503 and f"{host} " in ready.json()["detail"]
    gauges = client.get("/metrics").text
    assert "pinpoint_cluster_ready 0.0" in gauges and f'_node_answers{{host="{host}"}} 0.0' in gauges
    for tool, given in (("search", {"query": WORDS}), ("ask", {"question": QUESTION})):
        result = anyio.run(_called, serving, tool, given)
        assert result.is_error and "A part of the index could not be searched" in result.content[0].text

    after = _asked_in(app, f"{QUESTION} Today?")
    assert "A part of the index could not be searched" in after and "Nothing was searched" in after
    assert "Not answered" not in after and "What the documents say" not in after and not app.exception
    assert app.text_input(key=widgets.QUESTION).value == f"{QUESTION} Today?", "the question stays in the box"
    assert "does not answer" in after, "the page names the node"
    assert any("pinpoint cluster health" in one.value for one in app.code)

    cluster.restart(node)
    cluster.await_green(status="yellow")
    assert opened.search(WORDS).total
    assert "What the documents say" in _asked_in(app, QUESTION)


def _asked_in(app, question):
    app.text_input(key=widgets.QUESTION).set_value(question)
    button(app, "Ask").click().run()
    return shown(app)


async def _called(serving, tool, given):
    async with Client(make_server(serving)) as client:
        return await client.call_tool(tool, given)
