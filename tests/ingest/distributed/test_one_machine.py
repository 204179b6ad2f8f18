"""Worker processes of this machine: the same index, nothing left behind, nobody listening to other machines."""

import shutil
import tempfile
from functools import partial

import psutil
import pytest

from index.embeddings.cache import cache_name
from index.models.arithmetic import INT8
from index.models.embedding import WEIGHTS_SHA256
from ingest.distributed.connection import connected
from ingest.distributed.options import Workers
from pinpoint.errors import WorkersUnavailable
from tests.ingest.distributed.conftest import contents, ingest, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def watched(ledgers, tmp_path_factory):
    """What an ingest by two processes and a shared cache came to, and what was seen of them meanwhile."""
    folder, seen = tmp_path_factory.mktemp("one-machine"), {}
    others = psutil.Process().children(recursive=True)  # nodes of a cluster, which other tests have started

    def follow(standing):
        if standing.embedded and not seen:
            own = psutil.Process()
            seen["processes"] = children = [one for one in own.children(recursive=True) if one not in others]
            # What tracks semaphores ends with the program.
            seen["trackers"] = [process for process in children if "resource_tracker" in " ".join(process.cmdline())]
            seen["listening"] = {
                connection.laddr.ip
                for process in (own, *children)
                for connection in process.net_connections("inet")
                if connection.status == psutil.CONN_LISTEN
            }
            seen["notes"] = list((folder / "temporary").glob("pinpoint-workers-*"))
            seen["cached"] = sorted(cache.glob("*.vectors"))

    cache = folder / "cache" / cache_name(WEIGHTS_SHA256, INT8)
    (folder / "temporary").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder / "temporary"))
        result = ingest(ledgers, folder / "index", Workers(processes=2), follow, cache=folder / "cache")
    return folder, result, seen, cache


def test_the_index_is_that_of_one_process(watched, alone):
    folder, result, _, _ = watched
    assert (contents(folder / "index"), verdicts(result)) == alone


def test_workers_of_this_machine_listen_on_loopback_alone(watched):
    assert watched[2]["listening"] == {"127.0.0.1"}


def test_workers_leave_nothing_behind(watched):
    processes = [process for process in watched[2]["processes"] if process not in watched[2]["trackers"]]
    assert len(processes) > 2, "the workers, and what reads files for them"
    _, alive = psutil.wait_procs(processes, timeout=30)
    assert not alive
    assert watched[2]["notes"]
    assert not list((watched[0] / "temporary").iterdir())


def test_workers_write_to_a_cache_that_others_share(watched, ledgers, tmp_path):
    folder, result, seen, cache = watched
    assert seen["cached"], "before the ingest has ended"
    assert len(list(cache.glob("*.vectors"))) == 1, "made one at the end"
    again = ingest(ledgers, tmp_path / "index", cache=folder / "cache")
    assert (again.embedded, again.reused) == (0, result.embedded)


def test_nothing_to_do_asks_no_worker(ledgers, tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.distributed.team.connected", partial(connected, seconds=0.5))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(ledgers / "ledger-0.md", corpus)
    ingest(corpus, tmp_path / "index")
    nobody = Workers(address="tcp://127.0.0.1:9")
    assert not ingest(corpus, tmp_path / "index", nobody).changed
    shutil.copy(ledgers / "broken.pdf", corpus)
    with pytest.raises(WorkersUnavailable, match=nobody.address):
        ingest(corpus, tmp_path / "index", nobody)
