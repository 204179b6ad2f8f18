"""An index in a cluster that tests share: the small corpus and a register, published once by each worker of a run.

An index this small is searched without asking its cluster (``index.cluster.candidates``). Here the cluster is asked
from the first passage on, as it is of a large one.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.cluster.candidates import nearness, terms
from index.cluster.connection import Connection, connect
from index.cluster.stored.generations import delete_index
from ingest.pipeline import IngestResult
from pinpoint.configuration.address import FILE, folder_of, parse_address
from tests.cluster_fixture import SharedCluster

CACHE = "PINPOINT_CLUSTER_CACHE"


@dataclass(frozen=True, slots=True)
class Published:
    """An index in a cluster: search it, and never write to it.

    Attributes:
        address: To give as ``--index``.
        cache: What the setting for folders of clusters was when it was published.
        generation: Name of the one in use.
        on_disk: Folder of the same index on the disk, of no cluster.
    """

    address: str
    cache: Path
    generation: str
    on_disk: Path

    @property
    def connection(self) -> Connection:
        """To its cluster."""
        return connect(parse_address(self.address))

    @property
    def name(self) -> str:
        """Of the index in the cluster."""
        return parse_address(self.address).name


@contextmanager
def cache_in(folder: Path) -> Iterator[Path]:
    """Have the folders of clusters in one of the test's own."""
    before = os.environ.get(CACHE)
    os.environ[CACHE] = str(folder)
    try:
        yield folder
    finally:
        os.environ.pop(CACHE)
        if before is not None:
            os.environ[CACHE] = before


def write_register(corpus: Path) -> None:
    """Add a document of more passages than a search has candidates, so that the cluster has to choose."""
    sections = "".join(f"## {number}\n\nThe victim of entry {number} is in the register.\n\n" for number in range(300))
    (corpus / "register.md").write_text(f"# Register\n\n{sections}", encoding="utf-8")


def publish(run_ingest: Callable[..., IngestResult], corpus: Path, address: str) -> str:
    """Ingest a folder into a cluster; gives the name of the generation."""
    return Path(run_ingest(corpus, folder_of(parse_address(address))).generation or "").name


def remove(address: str) -> None:
    """Remove all that a cluster has of an index."""
    parsed = parse_address(address)
    for index in connect(parsed).get(f"/{parsed.name}*/_settings", params={"expand_wildcards": "all"}):
        delete_index(connect(parsed), index)


@pytest.fixture(scope="session")
def published_once(
    cluster: SharedCluster,
    pristine_corpus: Path,
    run_ingest: Callable[..., IngestResult],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Published]:
    """The small corpus in the cluster; see ``published``."""
    address = f"{cluster.address}/test-{uuid.uuid4().hex[:12]}"
    folder = tmp_path_factory.mktemp("clusters")
    with cache_in(folder / "cache") as cache:
        corpus = Path(shutil.copytree(pristine_corpus, folder / "corpus"))
        write_register(corpus)
        generation = publish(run_ingest, corpus, address)
        on_disk = Path(shutil.copytree(folder_of(parse_address(address)), folder / "on-disk"))
    (on_disk / FILE).unlink()
    yield Published(address, cache, generation, on_disk)
    remove(address)


@pytest.fixture
def asked_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cluster is asked however few passages there are, but for fewer than the candidates of a search."""
    for module in (nearness, terms):
        monkeypatch.setattr(module, "FEW", 0)


@pytest.fixture
def published(published_once: Published, monkeypatch: pytest.MonkeyPatch, asked_always: None) -> Published:
    """The small corpus in the cluster, whose address any way in may be given."""
    del asked_always
    monkeypatch.setenv(CACHE, str(published_once.cache))
    return published_once
