"""A list of references becomes entries of a manifest, for files that lie in the folder and are not listed yet."""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from filelock import FileLock

from ingest.corpus.manifest import MANIFEST, load_manifest
from ingest.corpus.manifest_editing import valid_listing
from ingest.corpus.removal import LOCK
from ingest.corpus.survey import survey
from ingest.corpus.uploads import toml_string
from ingest.references.csl import read_csl
from ingest.references.matching import match
from ingest.references.records import LARGEST, Imported, Reference
from ingest.references.ris import read_ris
from pinpoint.errors import ManifestError, PinpointError
from pinpoint.files import free_name, put

DateIs = Literal["effective_from", "current_to", "nothing"]
_READERS = {".ris": read_ris, ".json": read_csl}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LAW = ("statute", "regulation")
_NOT_THE_DAY = (
    "Its date {date} was not taken: a reference does not tell whether that is the first day of force. Say what it is "
    "with --date-is."
)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import does to a manifest.

    Attributes:
        records: What became of each reference, in order.
        without: Files of the folder that no reference and no entry describes.
        entries: The new entries as TOML.
    """

    records: tuple[Imported, ...]
    without: tuple[str, ...]
    entries: str


def read_references(file: Path) -> tuple[Reference, ...]:
    """The references of a file, by its suffix.

    Raises:
        PinpointError: It cannot be read, is too large, not UTF-8, or no list of references.
    """
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise PinpointError(
            f"{file.name} is no list of references that is read. Export it as RIS (.ris) or CSL-JSON (.json)."
        )
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise PinpointError(f"{file} cannot be read ({error.strerror}). Name a file that is there.") from error
    if size > LARGEST:
        raise PinpointError(f"{file.name} has {size:,} bytes; {LARGEST:,} are the most. Export fewer references.")
    try:
        return reader(content.decode("utf-8-sig"), file.name)
    except UnicodeDecodeError as error:
        raise PinpointError(
            f"{file.name} is not UTF-8 text (byte {error.start:,}). Export it in UTF-8; nothing was imported."
        ) from error


def import_references(  # noqa: PLR0913 - what an import needs
    file: Path,
    corpus: Path,
    *,
    manifest_file: Path | None = None,
    collection: str = "",
    date_is: DateIs | None = None,
    write: bool = False,
) -> Import:
    """Describe files of a folder in its manifest by a list of references.

    Entries and comments that are there stay as they are; a file that is listed already is left alone.

    Args:
        file: The list.
        corpus: The folder.
        manifest_file: The manifest where it is not the folder's own.
        collection: Collection of the new entries, "" for none.
        date_is: What the date of a reference is; when not given the first day of what is no law, and nothing of laws.
        write: Write the manifest; else only say what would be written.

    Raises:
        PinpointError: The list or the manifest is wrong; nothing was written.
        OSError: The manifest cannot be written.
    """
    references = read_references(file)
    if not corpus.is_dir():
        raise PinpointError(f"The corpus folder {corpus} is not there. Name it with --corpus DIR.")
    target = (manifest_file or corpus / MANIFEST).resolve()  # a link stays one; what it leads to is written
    locked = FileLock((corpus if os.access(corpus, os.W_OK) else target.parent) / LOCK) if write else nullcontext()
    with locked:
        found = _planned(references, corpus, manifest_file, collection, date_is)
        if write and found.entries:
            put(target, _with_entries(target, found.entries).encode(), prefix=".importing-")
    return found


def _planned(
    references: Sequence[Reference], corpus: Path, manifest_file: Path | None, collection: str, date_is: DateIs | None
) -> Import:
    manifest = load_manifest(corpus, manifest_file)
    entries, _ = survey(corpus, manifest)
    files = [entry.file for entry in entries]
    known = {entry.file: entry.id for entry in entries if entry.listed}
    matches = [match(reference, files) for reference in references]
    named = Counter(one.files[0] for one in matches if len(one.files) == 1)
    taken = {entry.id for entry in (*manifest.documents, *(source.entry for source in manifest.sources))}
    records, tables = [], []
    for reference, found in zip(references, matches, strict=True):
        one = Imported(number=reference.number, title=_shown(reference.title), outcome="no file", by=found.by)
        if not found.files:
            one = replace(one, said=_no_file(reference))
        elif len(found.files) > 1:
            several = ", ".join(found.files)
            one = replace(one, outcome="several files", said=f"Found by {found.by}: {several}. List one by hand.")
        elif found.files[0] in known:
            one = replace(one, outcome="listed", file=found.files[0], id=known[found.files[0]])
        elif named[found.files[0]] > 1:
            said = f"Other records name {found.files[0]} too. Leave one of them in the list."
            one = replace(one, outcome="same file", file=found.files[0], said=said)
        elif toml_string(reference.title) == '""':
            one = replace(one, outcome="no title", file=found.files[0], said="Give the record a title.")
        else:
            name = free_name(Path(found.files[0]).stem, taken)
            taken.add(name)
            table, said = _table(reference, name, found.files[0], collection, date_is)
            tables.append(table)
            one = replace(one, outcome="new", file=found.files[0], id=name, said=said)
        records.append(one)
    described = {record.file for record in records} | set(known)
    listing = "\n".join(tables)
    if listing:
        _with_entries(manifest_file or corpus / MANIFEST, listing)  # refuses what could not be written
    return Import(tuple(records), tuple(file for file in files if file not in described), listing)


def _table(reference: Reference, name: str, file: str, collection: str, date_is: DateIs | None) -> tuple[str, str]:
    """An entry as TOML, and what to say of it."""
    values = {
        "id": name, "file": file, "title": reference.title, "publisher": reference.publisher, "kind": reference.kind,
        "collection": collection, "url": reference.url,
    }  # fmt: skip
    said = ""
    if reference.url and not _ADDRESS.fullmatch(reference.url):
        values["url"] = ""
        said = f"Its address {_shown(reference.url)} was not taken: it is none of the web (https://\u2026). "
    lines = [f"{key} = {toml_string(value)}" for key, value in values.items() if toml_string(value) != '""']
    meaning = date_is or ("nothing" if reference.kind in _LAW else "effective_from")
    if reference.day and meaning != "nothing" and not (meaning == "current_to" and reference.day > date.today()):
        lines.append(f"{meaning} = {reference.day.isoformat()}")
    elif reference.dated and meaning != "nothing":
        said += f"Its date {_shown(reference.dated)} was not taken: it is no day, or no day that this can be."
    elif reference.dated and date_is is None:
        said += _NOT_THE_DAY.format(date=_shown(reference.dated))
    return "\n".join(["[[document]]", *lines]) + "\n", said.rstrip()


def _with_entries(target: Path, entries: str) -> str:
    """The text of a manifest with new entries at its end, checked by the reader of manifests.

    Raises:
        ManifestError: The text would not be a manifest, or would say something else of what it has already.
    """
    before = target.read_bytes().decode() if target.is_file() else ""  # bytes: reading as text would lose "\\r\\n"
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    added = gap + entries
    after = before + (added.replace("\n", "\r\n") if "\r\n" in before else added)
    old = tomllib.loads(before)
    try:
        new = tomllib.loads(after)
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(
            f"{target} lists its documents in one value, to which no table can be added. Write each as a table of its "
            "own that begins with [[document]]; nothing was imported."
        ) from error
    new["document"] = new["document"][: len(old.get("document", []))]
    if new != {**old, "document": old.get("document", [])}:
        raise ManifestError(f"{target} ends in a form to which nothing can be added. Add an entry by hand at its end.")
    valid_listing(after)
    return after


def _no_file(reference: Reference) -> str:
    names = [*reference.files, *([reference.url] if reference.url else [])]
    named = f" It names {', '.join(map(_shown, names))}." if names else ""
    return f"No file of the folder bears its file name, the end of its address, or its title.{named}"


def _shown(text: str) -> str:
    """A text as a terminal may show it, in one line."""
    return "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))[:200]
