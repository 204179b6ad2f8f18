"""A fetch in a thread: followed, stopped, and honest about what came."""

import threading
import time

import httpx2
import pytest

from ingest.corpus.manifest import load_manifest
from ingest.sources.choice import asked_hosts, held_sources
from ingest.sources.download import Patience
from ingest.sources.runs import NO_NETWORK, FetchRun, FetchRuns
from pinpoint.errors import ManifestError
from tests.ingest.sources.source_server import Answer, SourceServer

pytestmark = [pytest.mark.enable_socket]
PDF = b"%PDF-1.7\n" + b"a rule in force\n" * 4000 + b"%%EOF\n"
HOST = "https://www.govinfo.gov/"
QUICK = Patience(attempts=1, between=0.0, timeout=5)


@pytest.fixture
def server():
    running = SourceServer()
    yield running
    running.close()


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "manifest.toml").write_text(
        "\n".join(
            f'[[source]]\nid = "{name}"\nfile = "official/{name}.pdf"\ntitle = "{name.title()}"\nkind = "statute"\n'
            f'url = "{HOST}{name}.pdf"\n'
            for name in ("one", "two", "three", "four")
        ),
        encoding="utf-8",
    )
    return tmp_path


def run(corpus, ids, transport, **settings):
    fetch = FetchRun(corpus, ids, transport=transport, patience=QUICK, **settings)
    fetch.wait(20)
    return fetch


def test_what_comes_is_held_and_handed_on(server, corpus):
    server.put(f"{HOST}one.pdf", PDF)
    server.put(f"{HOST}two.pdf", Answer(status=404))
    handed: list[str] = []

    def then(came):
        handed.extend(result.id for result in came)
        return "Read next."

    fetch = run(corpus, ["one", "two"], server.transport(), then=then)
    assert (fetch.state, fetch.message, handed) == ("done", "Read next.", ["one"])
    assert fetch.results["two"].status == "failed" and "status 404" in fetch.results["two"].notice
    held = held_sources(corpus)
    assert [(one.id, one.held, one.fetched is not None) for one in held[:2]] == [
        ("one", True, True),
        ("two", False, False),
    ]
    (corpus / held[0].file).write_bytes(PDF + b"changed by hand")
    assert held_sources(corpus)[0].fetched is None, "what stands there is not what was fetched"


def test_without_network_it_says_so_and_tries_no_further(corpus):
    asked = []

    def refuse(request):
        asked.append(request.url)
        raise httpx2.ConnectError("no route")

    fetch = run(corpus, ["one", "two", "three", "four"], httpx2.MockTransport(refuse), then=lambda _: "never")
    assert (fetch.state, fetch.message, len(fetch.results)) == ("failed", NO_NETWORK, 3) and len(asked) == 3
    assert not any(one.held for one in held_sources(corpus))


def test_a_failure_of_one_server_is_no_lack_of_a_network(server, corpus):
    for name in ("one", "two", "three"):
        server.put(f"{HOST}{name}.pdf", Answer(status=404))
    server.put(f"{HOST}four.pdf", PDF)
    assert run(corpus, ["one", "two", "three", "four"], server.transport()).state == "done"


def test_it_is_stopped_between_two_pieces(corpus):
    begun, going_on = threading.Event(), threading.Event()

    class Slow(httpx2.SyncByteStream):
        def __iter__(self):
            yield PDF[:4096]
            begun.set()
            going_on.wait(5)
            yield PDF[4096:]

    def answer(_):
        return httpx2.Response(200, headers={"content-length": str(len(PDF))}, stream=Slow())

    fetch = FetchRun(corpus, ["one", "two"], transport=httpx2.MockTransport(answer), patience=QUICK)
    assert begun.wait(10)
    while not fetch.coming.done:
        time.sleep(0.01)
    assert (fetch.coming.id, fetch.coming.expected) == ("one", len(PDF))
    fetch.stop()
    going_on.set()
    fetch.wait(10)
    assert fetch.state == "stopped" and "is kept" in fetch.message and not fetch.results
    assert not (corpus / "official" / "one.pdf").exists(), "a piece of a file is no document"


def test_what_is_wrong_is_said(corpus, monkeypatch):
    assert "lists no source 'five'" in run(corpus, ["five"], None).message

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.sources.runs.fetch_sources", full)
    fetch = run(corpus, ["one"], None)
    assert fetch.state == "failed" and "cannot be written (No space left on device)" in fetch.message


def test_one_fetch_at_a_time_and_results_are_retained(server, corpus):
    server.put(f"{HOST}one.pdf", PDF)
    runs, going_on = FetchRuns(), threading.Event()

    def then(_):
        going_on.wait(5)
        return ""

    assert runs.start(lambda: FetchRun(corpus, ["one"], transport=server.transport(), patience=QUICK, then=then))
    assert runs.running and not runs.start(lambda: pytest.fail("a second one was started"))
    going_on.set()
    runs.last.wait(10)
    assert runs.start(lambda: FetchRun(corpus, ["two"], transport=server.transport(), patience=QUICK))
    runs.last.wait(10)
    assert runs.result("one").status == "fetched" and runs.result("two").status == "failed"
    assert runs.result("three") is None


def test_hosts_are_named_before_they_are_asked(corpus):
    assert asked_hosts(load_manifest(corpus).sources) == ["www.govinfo.gov"]
    (corpus / "manifest.toml").write_text("", encoding="utf-8")
    assert held_sources(corpus) == []
    (corpus / "manifest.toml").write_text("wrong", encoding="utf-8")
    with pytest.raises(ManifestError):
        held_sources(corpus)
