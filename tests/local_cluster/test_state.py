"""Which nodes a folder has: written, read, and never another process that has got the number of one."""

import json
import subprocess
import sys

import pytest

from local_cluster import own_processes, state
from local_cluster.node import Node
from local_cluster.starting import start, stop
from pinpoint.errors import ClusterNotStarted


@pytest.fixture
def sleeper():
    """A process that is nobody's node."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    process.kill()
    process.wait()


def node(folder, process, started):
    return Node(
        name="node-1", folder=folder / "node-1", http_port=9200, transport_port=9300, process=process, started=started
    )


def test_what_is_written_is_read(tmp_path):
    nodes = (node(tmp_path, 17, "when"), node(tmp_path, 0, ""))
    state.write(tmp_path, nodes)
    assert state.read(tmp_path) == nodes
    assert not any(one.running for one in nodes)


def test_a_folder_without_a_cluster_has_no_nodes(tmp_path):
    assert state.read(tmp_path) == () == stop(tmp_path)


DAMAGED = [  # (content, reason)
    ("", "an empty file"),
    ("{", "half a file"),
    ("[]", "a list"),
    ('{"nodes": [{"name": "node-1"}]}', "a node without its process"),
    (
        json.dumps({"nodes": [{"name": "a", "http_port": "x", "transport_port": 1, "process": 1, "started": ""}]}),
        "a port",
    ),
]


@pytest.mark.parametrize(("content", "reason"), DAMAGED, ids=[row[1] for row in DAMAGED])
def test_a_damaged_file_ends_no_process(tmp_path, content, reason):
    (tmp_path / state.FILE).write_text(content)
    with pytest.raises(ClusterNotStarted, match="by hand") as caught:
        stop(tmp_path)
    assert str(tmp_path / state.FILE) in str(caught.value), reason


def test_a_process_that_got_the_number_of_a_node_goes_on(tmp_path, sleeper):
    started = own_processes.started(sleeper.pid)
    state.write(tmp_path, [node(tmp_path, sleeper.pid, f"{started}0")])
    assert stop(tmp_path) == ()
    assert sleeper.poll() is None


def test_the_very_process_is_ended(tmp_path, sleeper):
    state.write(tmp_path, [node(tmp_path, sleeper.pid, own_processes.started(sleeper.pid))])
    assert [one.process for one in stop(tmp_path)] == [sleeper.pid]
    assert own_processes.started(sleeper.pid) == ""


def test_a_process_that_does_not_listen_is_killed(tmp_path):
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    log = tmp_path / "log"
    process = own_processes.start([sys.executable, "-c", script], log, tmp_path)
    when = own_processes.started(process)
    while not log.read_text():  # until it has said that it does not listen
        assert own_processes.runs(process, when)
    own_processes.end(process, when, seconds=0.2)
    assert not own_processes.runs(process, when)


REFUSED = [  # (nodes before, of which this runs, nodes asked for, words, reason)
    (1, True, 1, ["runs in", "already", "127.0.0.1:9200", "cluster down"], "one that runs"),
    (1, False, 3, ["had 1 nodes", "3 are asked for", "another folder"], "data of fewer nodes"),
]


@pytest.mark.parametrize(("before", "runs", "nodes", "words", "reason"), REFUSED, ids=[row[4] for row in REFUSED])
def test_a_folder_has_one_cluster(tmp_path, sleeper, before, runs, nodes, words, reason):
    started = own_processes.started(sleeper.pid) if runs else "earlier"
    state.write(tmp_path, [node(tmp_path, sleeper.pid, started)] * before)
    with pytest.raises(ClusterNotStarted) as caught:
        start(tmp_path, nodes=nodes)
    assert all(word in str(caught.value) for word in words), (reason, str(caught.value))
    assert sleeper.poll() is None
