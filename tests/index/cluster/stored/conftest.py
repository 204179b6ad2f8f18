"""An index of one's own in the cluster, and a machine that opens it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.cluster.connection import Connection, connect
from index.cluster.stored import serving
from index.cluster.stored.publishing import Form, publish
from index.generations.read import current_generation
from pinpoint.configuration.address import ClusterAddress, folder_of, parse_address
from tests.cluster_fixture import SharedCluster


@dataclass(frozen=True, slots=True)
class OwnIndex:
    """An index of one test in the cluster."""

    address: ClusterAddress
    connection: Connection
    name: str
    tmp_path: Path

    def machine(self, name: str = "machine") -> Path:
        """Folder of the index on a machine of that name."""
        os.environ["PINPOINT_CLUSTER_CACHE"] = str(self.tmp_path / name)
        return folder_of(self.address)

    def publish(
        self, folder: Path, told: Callable[[str, int, int], None] = lambda *_: None, *, copies: int = 0
    ) -> None:
        """Publish a generation in one part."""
        publish(self.connection, self.name, folder, told, form=Form(shards=1, replicas=copies))

    def indexes(self) -> list[str]:
        """Names of all that the cluster has of it."""
        return sorted(self.connection.get(f"/{self.name}-*/_settings"))


@pytest.fixture
def own(cluster: SharedCluster, cluster_index: str, tmp_path: Path) -> Iterator[OwnIndex]:
    """An index in the cluster that no other test uses."""
    os.environ.update(PINPOINT_CLUSTER_SHARDS="1", PINPOINT_CLUSTER_REPLICAS="0")  # copies take a second each
    address = parse_address(f"{cluster.address}/{cluster_index}")
    yield OwnIndex(address, connect(address), cluster_index, tmp_path)
    serving._asked.clear()  # the next test may have a folder of the same name


@pytest.fixture(scope="session")
def generation(tiny_index_dir: Path) -> Path:
    """A small generation on this machine; never written to."""
    return current_generation(tiny_index_dir)


@pytest.fixture
def ledger(ledger_corpus: Path, run_ingest: Callable[..., object], tmp_path: Path) -> Path:
    """A generation of two short documents."""
    run_ingest(ledger_corpus, tmp_path / "ledger")
    return current_generation(tmp_path / "ledger")
