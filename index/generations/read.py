"""The generations of an index on disk: their order, their facts, and the one that serves.

Opening is all that is here, so that a look-up loads nothing else; ``index.generations.write`` writes them
and ``index.generations.retention`` removes them. Their order
is that of the numbers that their names begin with, never that of the clock, which may go backwards between two ingests.
"""

import hashlib
import json
import re
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.generations.integrity import find_damage
from index.generations.lease import FACTS, Lease
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import DamagedGeneration, NoGeneration
from pinpoint.files import write_text

FORMAT_VERSION = 7
"""Version of what stands in a generation; raise it when an older program could not read it."""
_STATED = {"format", "sizes"}
_OWN = "own_sha256"
_NAME = re.compile(r"(?:(\d{5,})-)?\d{8}-\d{6}-\w+")
_TRIES = 5
"""Times that a generation is looked for while others are taken into use or removed. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The generation that serves.

    Attributes:
        lease: Keeps it from being removed before it is opened.
        damage: Why it is not the one in use: the file at fault, and the command that builds it again; "" as a rule.
    """

    folder: Path
    lease: Lease
    damage: str = ""

    @property
    def made(self) -> datetime:
        """When it was made, in UTC; the year 1 for one that does not say so."""
        return _made(self.folder)

    @property
    def notice(self) -> str:
        """That it stands in for a damaged one, and what to do, in plain sentences; "" as a rule."""
        if not self.damage:
            return ""
        which = f"{self.folder.name}, made at {self.made:%Y-%m-%d %H:%M} UTC"
        return f"The index in use is damaged. Another one, {which}, is used instead. {self.damage}"


def current_generation(index_dir: Path) -> Path:
    """The folder of the generation that serves; see ``serving_generation``."""
    return serving_generation(index_dir).folder


def serving_generation(index_dir: Path) -> Serving:
    """The generation in use: in the cluster that the folder belongs to, else in the folder; see ``serving_on_disk``.

    Raises:
        NoGeneration: Nothing was ingested into the index yet.
        DamagedGeneration: The generation in use is damaged, and so is every other.
        ClusterUnavailable: The cluster does not say which one is in use.
    """
    if address_in(index_dir) is None:
        return serving_on_disk(index_dir)
    from index.cluster.stored.serving import serving  # noqa: PLC0415 - the extra ``cluster``

    return serving(index_dir)


def serving_on_disk(index_dir: Path) -> Serving:
    """The generation that CURRENT names, or where it is damaged the newest one that is intact; no cluster is asked.

    Raises:
        NoGeneration: Nothing was ingested into ``index_dir`` yet, nor fetched into it.
        DamagedGeneration: The generation that CURRENT names is damaged, and so is every other.
    """
    for _ in range(_TRIES):
        name = _named(index_dir)
        try:
            folder = check_generation(index_dir, name)
            return Serving(folder, Lease(folder))
        except DamagedGeneration as error:
            damage = error
        if name == _named(index_dir):  # not one that was replaced and removed in this moment
            break
    for folder in newest_first(index_dir):
        if folder.name != name:
            try:
                check_generation(index_dir, folder.name)
                return Serving(folder, Lease(folder), str(damage))
            except DamagedGeneration:
                continue
    raise damage


def check_generation(index_dir: Path, name: str, *, thorough: bool = False) -> Path:
    """The folder of a generation, of this format and with every file as it was written.

    Args:
        index_dir: Folder of the index.
        name: Name of the generation.
        thorough: Read every file, even one that was read before and did not change since.

    Raises:
        DamagedGeneration: It is not; the message names the file and the command that builds it again.
    """
    folder = index_dir / name
    if Path(name).name != name or name.startswith("."):
        message = f"{index_dir / 'CURRENT'} names no generation. {rebuild(index_dir)}"
        raise DamagedGeneration(message)
    facts = generation_facts(folder)
    if facts["format"] != FORMAT_VERSION:
        message = f"{folder} has format {facts['format']}, this version reads {FORMAT_VERSION}. {rebuild(index_dir)}"
        raise DamagedGeneration(message)
    damage = find_damage(folder, facts, thorough=thorough)
    if damage is not None:
        message = f"{damage}. {rebuild(index_dir)}"
        raise DamagedGeneration(message)
    return folder


def generation_facts(folder: Path) -> dict[str, Any]:
    """The content of ``generation.json``.

    Raises:
        DamagedGeneration: The file is missing, is not JSON, or lacks what every format states.
    """
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{folder / FACTS} cannot be read ({error}). {rebuild(folder.parent)}"
        raise DamagedGeneration(message) from error
    if not isinstance(facts, dict) or not facts.keys() >= _STATED or not isinstance(facts["sizes"], dict):
        message = f"{folder / FACTS} lacks what it should state. {rebuild(folder.parent)}"
        raise DamagedGeneration(message)
    if facts.get(_OWN, _own_digest(facts)) != _own_digest(facts):
        message = f"{folder / FACTS} is not what was written: its sha256 has changed. {rebuild(folder.parent)}"
        raise DamagedGeneration(message)
    return facts


def intake_report(folder: Path) -> dict[str, object]:
    """The intake report of a generation: what was read, corrected, skipped, and why."""
    report: dict[str, object] = json.loads((folder / "intake.json").read_text(encoding="utf-8"))
    return report


def write_facts(folder: Path, facts: dict[str, Any]) -> None:
    """Write ``generation.json``, with a digest of what it states."""
    stated = {**facts, _OWN: _own_digest(facts)}
    (folder / FACTS).write_text(json.dumps(stated, indent=1), encoding="utf-8")


def newest_first(index_dir: Path) -> list[Path]:
    """Folders of all generations, damaged ones among them, the one that was written last first."""
    return sorted((folder for folder in index_dir.glob("*") if _is_generation(folder)), key=_order, reverse=True)


def next_number(index_dir: Path) -> int:
    """Number of the generation that is written next: higher than any that is there or that CURRENT names."""
    names = [folder.name for folder in newest_first(index_dir)]
    names.append(named_generation(index_dir))
    return max((_number(name) for name in names), default=0) + 1


def named_generation(index_dir: Path) -> str:
    """The name in CURRENT, whatever it names; "" where there is none."""
    try:
        return _named(index_dir)
    except NoGeneration:
        return ""


def use_generation(index_dir: Path, name: str) -> None:
    """Make a generation the one in use, atomically."""
    write_text(index_dir / "CURRENT", name + "\n")


def remember_corpus(index_dir: Path, corpus: Path, manifest: Path | None = None) -> None:
    """Note the folder that an index was made from, so that its documents can be shown as they are.

    Args:
        index_dir: Folder of the index.
        corpus: Folder of the documents.
        manifest: The manifest by which they were read where it is not the folder's own.
    """
    corpus_path = str(corpus.resolve())
    if corpus_dir(index_dir) != Path(corpus_path):
        write_text(index_dir / "CORPUS", corpus_path + "\n")
    if manifest is None:
        (index_dir / "MANIFEST").unlink(missing_ok=True)
    elif manifest_file(index_dir) != manifest.resolve():
        write_text(index_dir / "MANIFEST", f"{manifest.resolve()}\n")


def corpus_dir(index_dir: Path) -> Path | None:
    """The folder that an index was made from; None for an index that does not say."""
    return _noted_path(index_dir / "CORPUS")


def manifest_file(index_dir: Path) -> Path | None:
    """The manifest that an index was made by where it is not that of its folder; None as a rule."""
    return _noted_path(index_dir / "MANIFEST")


def _noted_path(note: Path) -> Path | None:
    """The path that stands in a file; None where there is none."""
    try:
        path = note.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, ValueError):
        return None
    return Path(path) if path else None


def rebuild(index_dir: Path) -> str:
    """The sentence that names the command which builds an index again."""
    return f"Build it again: {rebuild_command(index_dir)}"


def rebuild_command(index_dir: Path) -> str:
    """The command that builds an index again."""
    manifest = manifest_file(index_dir)
    by = f" --manifest {shlex.quote(str(manifest))}" if manifest else ""
    return (
        f"pinpoint ingest {shlex.quote(str(corpus_dir(index_dir) or 'CORPUS_DIR'))}{by} --index {index_name(index_dir)}"
    )


def sized(size: int) -> str:
    """Bytes in words: ``1.5 MB``."""
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{max(1, round(size / 2**10)):,} KB"


def _named(index_dir: Path) -> str:
    """The name in CURRENT.

    Raises:
        NoGeneration: There is no CURRENT.
    """
    try:
        return (index_dir / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError as error:
        there = [folder.name for folder in newest_first(index_dir)]
        use = f" Or use one that is there: pinpoint use {there[0]} --index {index_name(index_dir)}" if there else ""
        message = f"No index in {index_name(index_dir)}. Build one: {rebuild_command(index_dir)}{use}"
        raise NoGeneration(message) from error


def _own_digest(facts: dict[str, Any]) -> str:
    """sha256 of what a ``generation.json`` states beside that."""
    stated = {name: value for name, value in facts.items() if name != _OWN}
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _is_generation(folder: Path) -> bool:
    return (
        folder.is_dir()
        and not folder.name.startswith(".")
        and ((folder / FACTS).is_file() or _NAME.fullmatch(folder.name) is not None)
    )


def _order(folder: Path) -> tuple[int, datetime, str]:
    return _number(folder.name), _made(folder), folder.name


def _made(folder: Path) -> datetime:
    """When a generation was made, as far as it says so."""
    try:
        return datetime.fromisoformat(str(generation_facts(folder)["made"])).astimezone(UTC)
    except (DamagedGeneration, KeyError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


def _number(name: str) -> int:
    """The number that a name begins with; 0 for a name of an earlier version."""
    found = _NAME.fullmatch(name)
    return int(found[1] or 0) if found else 0
