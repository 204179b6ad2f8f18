"""Fixtures of real OpenSearch nodes on this machine, shared by all workers of a run.

``TEST_CLUSTER=127.0.0.1:9200,127.0.0.1:9201`` has ``cluster`` use nodes that run already, which saves
a developer their start. What has no Java or no Maven skips the tests of a cluster, and says so.
"""

import http.client
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from local_cluster import starting, state
from local_cluster.artifacts import PACKAGED, Artifacts, default_folder, ready
from local_cluster.node import QUICK
from local_cluster.starting import Cluster
from local_cluster.tools import tool
from pinpoint.errors import ClusterNotStarted

GIVEN = tuple(host for host in os.environ.get("TEST_CLUSTER", "").split(",") if host)
HEAP = "256m"
FIXTURES = {"cluster", "cluster_index", "exclusive_cluster", "secured_cluster", "make_cluster"}
"""Tests with one of them may connect."""


@dataclass(frozen=True, slots=True)
class SharedCluster:
    """Three nodes that other tests use at the same time: give indexes names of your own, see ``cluster_index``.

    Attributes:
        hosts: ``127.0.0.1:9200`` of each node.
    """

    hosts: tuple[str, ...]

    @property
    def address(self) -> str:
        """``opensearch://host:port,host:port``."""
        return f"opensearch://{','.join(self.hosts)}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a cluster connect to it."""
    for item in items:
        if FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.enable_socket)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the nodes that this run has started, when its last worker has ended; after Ctrl+C too."""
    factory = getattr(session.config, "_tmp_path_factory", None)
    if hasattr(session.config, "workerinput") or factory is None:
        return
    for file in factory.getbasetemp().glob(f"cluster-*/{state.FILE}"):
        starting.stop(file.parent)
        shutil.rmtree(file.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SharedCluster:
    """Three nodes of OpenSearch, started once for all workers."""
    if GIVEN:
        return SharedCluster(GIVEN)
    return SharedCluster(_shared(run_folder(tmp_path_factory, worker_id) / "cluster-shared", worker_id).hosts)


@pytest.fixture
def cluster_index(cluster: SharedCluster) -> Iterator[str]:
    """A name that no other test uses; indexes and aliases that begin with it are removed when the test ends."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    remove_indexes(cluster.hosts[0], f"{name}*")


def remove_indexes(host: str, names: str) -> None:
    """Remove the indexes of these names, which may have a ``*`` in them, and wait until they are gone."""
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("DELETE", f"/{names}?expand_wildcards=all")
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == http.client.OK, content
    finally:
        connection.close()


@pytest.fixture
def exclusive_cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Cluster]:
    """Three other nodes that no other test uses meanwhile, for tests that kill some.

    When the test begins all of them run, and they have no indexes.
    """
    folder = run_folder(tmp_path_factory, worker_id) / "cluster-exclusive"
    with FileLock(f"{folder}.use.lock"):
        shared = _shared(folder, worker_id)
        for node in shared.nodes:
            shared.launch(node)
        shared.await_green(status="red")
        remove_indexes(shared.hosts[0], "*")  # the test before may have left one without a copy of some part
        shared.await_green()
        yield shared


@dataclass(frozen=True, slots=True)
class MakeCluster:
    """``make_cluster(nodes=1)``: a cluster for one test alone, ended with it.

    Attributes:
        run_process: Without which no node goes on.
        folders: Of clusters that end with the test.
    """

    folder: Path
    run_process: int
    folders: list[Path]

    def __call__(self, folder: Path | None = None, **options: Any) -> Cluster:
        """A cluster of one node in a folder of its own, but for what the options of ``starting.start`` say."""
        self.folders.append(folder or self.folder / f"cluster-{len(self.folders)}")
        given = {"nodes": 1, "heap": HEAP, "options": QUICK, "end_with": self.run_process, **options}
        return starting.start(self.folders[-1], **given)


@pytest.fixture
def make_cluster(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[MakeCluster]:
    """Makes clusters for one test alone, which takes some seconds each."""
    parts(run_folder(tmp_path_factory, worker_id))
    make = MakeCluster(tmp_path, run_process(worker_id), [])
    yield make
    for folder in make.folders:
        starting.stop(folder)


def _shared(folder: Path, worker_id: str) -> Cluster:
    """The cluster of a folder, started by the first worker that asks; why it did not start is told the others."""
    parts(folder.parent)
    trouble = folder.with_suffix(".failed")
    with FileLock(f"{folder}.lock"):
        if trouble.exists():
            pytest.fail(trouble.read_text(encoding="utf-8"))
        try:
            if not state.read(folder):
                return starting.start(folder, nodes=3, heap=HEAP, options=QUICK, end_with=run_process(worker_id))
            return starting.opened(folder, heap=HEAP, options=QUICK, end_with=run_process(worker_id))
        except ClusterNotStarted as error:
            trouble.write_text(str(error), encoding="utf-8")
            raise


def parts(run: Path, packaged: Path = PACKAGED) -> Artifacts:
    """The parts of OpenSearch; where they cannot be had the test is skipped, and says what is missing.

    One worker at a time asks Maven, whose folder is not made for several.
    """
    unavailable = run / f"{default_folder(packaged).name}.unavailable"
    with FileLock(run / "cluster-parts.lock"):
        try:
            if unavailable.exists():  # Maven takes a while to find that out
                raise ClusterNotStarted(unavailable.read_text(encoding="utf-8"))
            for name in ("java", "javac", "mvn"):
                tool(name)
            return ready(packaged=packaged)
        except ClusterNotStarted as error:
            if not any(word in str(error) for word in ("could not fetch", "needs ")):  # a file is not what it should be
                raise
            unavailable.write_text(str(error), encoding="utf-8")
            pytest.skip(f"no cluster of OpenSearch for this test: {error}")


def run_folder(factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Folder of the whole run, the same for all workers."""
    return factory.getbasetemp() if worker_id == "master" else factory.getbasetemp().parent


def run_process(worker_id: str) -> int:
    """The process of the whole run, which starts the workers: without it no node goes on."""
    return os.getpid() if worker_id == "master" else os.getppid()
