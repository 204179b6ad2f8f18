"""Generations of an index by their names: those in its folder, or those in the cluster that it is on, fetched."""

from pathlib import Path

from index.generations.read import check_generation, newest_first
from index.generations.retention import Generation, is_incomplete, stored_generations
from pinpoint.configuration.address import address_in


def all_generations(index_dir: Path) -> list[Generation]:
    """All generations of an index that state what they hold, the newest first.

    Raises:
        ClusterUnavailable: It is on a cluster of which no node answers.
    """
    if address_in(index_dir) is None:
        return stored_generations(index_dir)
    from index.cluster.stored.administration import stored_in_cluster  # noqa: PLC0415 - few have a cluster

    return stored_in_cluster(index_dir)


def names_of(index_dir: Path) -> list[str]:
    """Names of all generations, the newest first; damaged ones among them.

    Raises:
        ClusterUnavailable: As for ``all_generations``.
    """
    if address_in(index_dir) is None:
        return [folder.name for folder in newest_first(index_dir)]
    return [one.name for one in all_generations(index_dir)]


def intact_generation(index_dir: Path, name: str) -> Path:
    """The folder of a generation of an index, with every file as it was written.

    Raises:
        DamagedGeneration: It is not there, or damaged, or of another format.
        GenerationGone: The cluster does not have it.
        ClusterUnavailable: As for ``all_generations``.
    """
    if address_in(index_dir) is None:
        return check_generation(index_dir, name)
    from index.cluster.stored.serving import fetched  # noqa: PLC0415 - few have a cluster

    return fetched(index_dir, name)


def complete_one_before(index_dir: Path, name: str) -> Path | None:
    """The folder of the newest complete generation that is older than one, intact; None where there is none.

    Raises:
        DamagedGeneration: It is damaged.
        ClusterUnavailable: As for ``all_generations``.
    """
    names = names_of(index_dir)
    for older in names[names.index(name) + 1 :] if name in names else ():
        if not is_incomplete(index_dir / older):
            folder = intact_generation(index_dir, older)
            if not is_incomplete(folder):  # of a cluster it was not here before
                return folder
    return None
