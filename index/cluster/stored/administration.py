"""What an operator does with the generations of an index in a cluster: list them, go back to one, remove older ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.cluster.connection import connect
from index.cluster.mapping import files_index, rows_index
from index.cluster.stored import generations
from index.cluster.stored.files import list_of_files
from index.cluster.stored.lock import locked
from index.cluster.stored.serving import fetched, forget_alias
from index.cluster.stored.verification import differences
from index.generations.lease import FACTS
from index.generations.read import check_generation
from index.generations.retention import Generation
from pinpoint.configuration.address import address_in
from pinpoint.errors import IndexUnavailable, NoGeneration, PinpointError

if TYPE_CHECKING:
    from index.cluster.connection import Connection


@dataclass(frozen=True, slots=True)
class Cluster:
    """An index in a cluster, by the folder that belongs to it here."""

    connection: "Connection"
    name: str


def cluster_of(index_dir: Path) -> Cluster:
    """The index in a cluster that a folder belongs to.

    Raises:
        NoGeneration: The folder belongs to none.
    """
    address = address_in(index_dir)
    if address is None:
        raise NoGeneration(f"{index_dir} belongs to no cluster.")
    return Cluster(connect(address), address.name)


def stored_in_cluster(index_dir: Path) -> list[Generation]:
    """The generations that the cluster has whole, the newest first; a size is that of rows and files, all copies."""
    cluster = cluster_of(index_dir)
    there = [one for one in generations.stored(cluster.connection, cluster.name) if one.verified]
    sizes = _sizes(cluster)
    return [
        Generation(
            one.name,
            one.made,
            int(one.facts["documents"]),
            int(one.facts["sections"]),
            int(one.facts["passages"]),
            int(one.facts["embedded"]),
            sum(
                sizes.get(index, 0)
                for index in (rows_index(cluster.name, one.name), files_index(cluster.name, one.name))
            ),
        )
        for one in there
    ]


def use_in_cluster(index_dir: Path, generation: str) -> None:
    """Go back, or forward, to a generation, once its files are here and as they were written.

    Raises:
        UnknownId: The cluster does not have it.
        IndexBusy: An ingest is publishing.
        DamagedGeneration: It is damaged.
    """
    cluster = cluster_of(index_dir)
    with locked(cluster.connection, cluster.name, index_dir):
        if generations.verified_in(cluster.connection, cluster.name, generation):
            fetched(index_dir, generation)
            check_generation(index_dir, generation, thorough=True)
        generations.use(cluster.connection, cluster.name, generation)
        forget_alias(index_dir)


def prune_in_cluster(index_dir: Path, retained: int) -> tuple[str, list[str]]:
    """Remove older generations from the cluster, and what is left of those that were never finished.

    Returns:
        The generation in use, and the names of those that were removed.

    Raises:
        NoGeneration: None is in use.
        IndexBusy: An ingest is publishing.
    """
    cluster = cluster_of(index_dir)
    with locked(cluster.connection, cluster.name, index_dir):
        serving = generations.current(cluster.connection, cluster.name)
        if not serving:
            raise NoGeneration(f"No generation of {cluster.name} is in use; name one first: pinpoint use GENERATION.")
        return serving, generations.retired(cluster.connection, cluster.name, retained=retained)


@dataclass(frozen=True, slots=True)
class Looked:
    """Result of one check of the cluster; ``wrong`` where something has to be done."""

    says: str
    wrong: bool = False


def examine_cluster(index_dir: Path) -> Iterator[Looked]:
    """Compare the generations in the cluster with themselves, and the one in use with its files here."""
    cluster = cluster_of(index_dir)
    try:
        there = generations.stored(cluster.connection, cluster.name)
    except PinpointError as error:
        yield Looked(str(error), wrong=True)
        return
    for one in there:
        if not one.verified:
            yield Looked(f"{one.name} is in the cluster in part: its publishing was cut off.", wrong=True)
            continue
        try:
            listed = {file.name: file.sha256 for file in list_of_files(cluster.connection, cluster.name, one.name)}
            if listed.get(FACTS) != one.sha256:
                yield Looked(f"The files of {one.name} in the cluster are not those of its rows.", wrong=True)
                continue
            yield from _compared(cluster, index_dir, one.name) if one.current else ()
        except IndexUnavailable as error:
            yield Looked(str(error), wrong=True)
    if not any(one.current for one in there):
        yield Looked(f"The alias {cluster.name} names no generation of the cluster.", wrong=True)


def _compared(cluster: Cluster, index_dir: Path, generation: str) -> Iterator[Looked]:
    """Compare the rows of the generation in use with its own columns."""
    from index.cluster.stored.rows.row_lines import RowLines  # noqa: PLC0415 - loads the arrays of a generation

    folder = fetched(index_dir, generation)
    found = list(differences(cluster.connection, cluster.name, folder, RowLines(folder)))
    for difference in found:
        yield Looked(f"{generation} in the cluster is not what was made: {difference}.", wrong=True)
    if not found:
        yield Looked(f"The rows and files of {generation} in the cluster are those that were made.")


def _sizes(cluster: Cluster) -> dict[str, int]:
    """Bytes of each index of a name, with all copies."""
    params = {"format": "json", "bytes": "b", "h": "index,store.size"}
    answer = cluster.connection.get(f"/_cat/indices/{cluster.name}-*", params=params)
    return {one["index"]: int(one["store.size"] or 0) for one in answer}
