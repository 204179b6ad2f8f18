"""The two sides of a comparison, opened by the names of generations or the folders of indexes."""

from pathlib import Path

from changes.records import Side
from index.generations.lease import FACTS
from index.generations.named import complete_one_before, intact_generation, names_of
from index.generations.read import check_generation, current_generation, generation_facts, named_generation
from index.generations.retention import is_incomplete
from pinpoint.configuration.address import index_folder, index_name, is_address
from pinpoint.errors import PinpointError


def generation_folder(index_dir: Path, name: str) -> Path:
    """The folder of a generation, intact.

    Args:
        index_dir: Folder of the index.
        name: Name of one of its generations, or how one begins; the folder of a generation; the folder of another
            index, or its address on a cluster, of which the generation in use is taken.

    Raises:
        PinpointError: There is none of that name, or several; the message lists those that there are.
        DamagedGeneration: It is damaged or of another format.
    """
    if is_address(name):
        return current_generation(index_folder(name))
    folder = Path(name)
    if (folder / FACTS).is_file():
        return check_generation(folder.parent, folder.resolve().name)
    if (folder / "CURRENT").is_file():
        return current_generation(folder)
    names = names_of(index_dir)
    found = [one for one in names if one.startswith(name)] if name not in names else [name]
    if len(found) != 1:
        which = "no generation" if not found else "more than one generation"
        listed = ", ".join(names) or "none"
        message = f"{name!r} names {which} of {index_name(index_dir)}, and no folder of an index. There are: {listed}."
        raise PinpointError(message)
    return intact_generation(index_dir, found[0])


def both_folders(index_dir: Path, old: str, new: str) -> tuple[Path, Path]:
    """The folders of the old and the new generation; by default the one in use and the complete one before it.

    Raises:
        PinpointError: There is no older generation, or a name is wrong.
        NoGeneration: Nothing was ingested there yet.
        DamagedGeneration: One of them is damaged.
    """
    latest = generation_folder(index_dir, new) if new else current_generation(index_dir)
    if old:
        return generation_folder(index_dir, old), latest
    before = complete_one_before(latest.parent, latest.name)
    if before is not None:
        return before, latest
    message = (
        f"{index_name(latest.parent)} has no generation before {latest.name} to compare with. An ingest that changes "
        "something leaves one; or name two: pinpoint changes OLD NEW, generations or folders of indexes."
    )
    raise PinpointError(message)


def side_of(folder: Path, document_id: str = "") -> Side:
    """One side of a comparison: a generation, or a document in one."""
    made = str(generation_facts(folder).get("made", ""))
    return Side(name=document_id or folder.name, generation=folder.name, made=made)


def default_names(index_dir: Path) -> tuple[str, ...]:
    """Names of the complete generations of an index, the newest first, for a choice."""
    serving = named_generation(index_dir)
    names = [name for name in names_of(index_dir) if not is_incomplete(index_dir / name)]
    return tuple(sorted(names, key=lambda name: name != serving))
