"""``pinpoint cluster up`` and ``down`` with real nodes."""

import functools
import http.client
import json
import re
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from local_cluster import own_processes, starting, state
from local_cluster.commands import cluster as command
from local_cluster.node import QUICK
from local_cluster.starting import Cluster
from pinpoint.errors import ClusterNotStarted


def ask(host, method, path, body=None):
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    content = json.loads(connection.getresponse().read())
    connection.close()
    return content


def run(*arguments):
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path, make_cluster, monkeypatch):
    """Folder of a cluster that ends with the test, as those of ``make_cluster`` do."""
    options = {"options": QUICK, "end_with": make_cluster.run_process}
    monkeypatch.setattr("local_cluster.commands.start", functools.partial(starting.start, **options))
    make_cluster.folders.append(tmp_path / "cluster")
    return tmp_path / "cluster"


def test_data_is_there_again_after_down_and_up(folder):
    up = ("up", "--nodes", 1, "--port", 0, "--heap", "256m", "--folder", folder)
    code, output = run(*up)
    assert code == 0, output
    host = re.search(r"opensearch://(127\.0\.0\.1:\d+)\n", output)[1]
    assert ask(host, "PUT", "/policy/_doc/1?refresh=true", {"terms": "t visa"})["result"] == "created"
    (first,) = state.read(folder)

    code, output = run(*up)
    assert (code, "runs in" in output, host in output) == (2, True, True), "a second one beside it"
    assert run("status", "--folder", folder)[1].startswith(f"node-1  http://{host}  process {first.process}  ")

    assert run("down", "--folder", folder) == (0, "Ended node-1.\n")
    assert not first.running
    assert run("down", "--folder", folder) == (0, f"No cluster runs in {folder}.\n")
    code, output = run("status", "--folder", folder)
    assert (code, "does not run" in output) == (1, True)
    assert "closed" in first.log.read_text().splitlines()[-1], "it had the time to close its files"

    code, output = run(*up)
    assert code == 0, output
    (second,) = state.read(folder)
    assert ask(second.host, "GET", "/policy/_doc/1")["_source"] == {"terms": "t visa"}
    assert second.process != first.process


def test_a_node_that_does_not_come_is_named_with_the_end_of_its_log(make_cluster, tmp_path):
    with pytest.raises(ClusterNotStarted) as caught:
        make_cluster(tmp_path / "wrong", nodes=2, settings={"no.such.setting": "1"})
    message = str(caught.value)
    assert re.search(r"did not come up: node-\d.* ended", message), message
    assert "node.log ends with" in message and "unknown setting [no.such.setting]" in message
    assert not any(node.running for node in state.read(tmp_path / "wrong"))


def test_a_node_that_does_not_come_in_time_is_named_and_ended(make_cluster, tmp_path):
    with pytest.raises(ClusterNotStarted, match=r"node-1 did not see 1 nodes .*node\.log ends with"):
        make_cluster(tmp_path / "late", seconds=0.5)
    assert not any(node.running for node in state.read(tmp_path / "late"))


def test_what_is_interrupted_leaves_no_node(make_cluster, tmp_path, monkeypatch):
    def interrupt(self, **_):
        assert [node.running for node in state.read(self.folder)] == [True]
        raise KeyboardInterrupt

    monkeypatch.setattr(Cluster, "await_green", interrupt)
    with pytest.raises(KeyboardInterrupt):
        make_cluster(tmp_path / "interrupted")
    (node,) = state.read(tmp_path / "interrupted")
    assert not node.running


def test_nodes_end_with_the_process_that_they_were_started_for(make_cluster):
    run = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    cluster = make_cluster(end_with=run.pid)
    (node,) = cluster.nodes
    run.kill()
    run.wait()
    assert own_processes.await_end(node.process, node.started, seconds=60)


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(ClusterNotStarted, match=rf"port {port} of 127\.0\.0\.1.*--port"):
            starting.ports.choose(port, 1)


def test_a_folder_in_which_nothing_was_started_is_said(tmp_path):
    code, output = run("status", "--folder", tmp_path)
    assert (code, "pinpoint cluster up --folder" in output) == (2, True)
