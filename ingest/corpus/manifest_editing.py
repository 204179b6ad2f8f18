"""A change of one entry of a corpus manifest: the lines of the file that say something else stay as they are."""

import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path, PurePosixPath
from typing import Any

from ingest.corpus.manifest import MANIFEST, load_manifest
from pinpoint.errors import ManifestError

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z_]+)\s*\]\]?\s*(?:#.*)?$")
_TABLES = ("document", "source")


def relisted(manifest: str, file: str, fields: Mapping[str, str]) -> str:
    """A manifest whose entry for a file has other values.

    Args:
        manifest: Its text, valid TOML.
        file: As the entry names it.
        fields: Values as they are written in TOML, by key; other keys of the entry stay.

    Raises:
        ManifestError: No entry for the file can be changed without changing anything else.
    """
    lines = manifest.splitlines(keepends=True)
    for first, last in _blocks(lines):
        if _file_of(lines[first:last]) == PurePosixPath(file):
            changed = "".join([*lines[:first], *_changed(lines[first:last], fields), *lines[last:]])
            if _parsed(changed) == _expected(manifest, file, fields):
                return changed
            break
    raise ManifestError(
        f"The manifest lists {file} in a form that cannot be changed here. Edit its entry in the manifest by "
        "hand, then add the file without a description."
    )


def with_entry(manifest: str, file: str, entry: str) -> tuple[str, str]:
    """A manifest with another entry for a file, or without one, and the entry that it had.

    Args:
        manifest: Its text, valid TOML.
        file: As the entry names it.
        entry: One table as TOML, with its header; "" for none.

    Returns:
        The text, and the lines of the entry that was there; "" where there was none.

    Raises:
        ManifestError: The entry cannot be exchanged without changing anything else.
    """
    lines = manifest.splitlines(keepends=True)
    for first, last in _blocks(lines):
        if _file_of(lines[first:last]) == PurePosixPath(file):
            end = first + _written(lines[first:last])
            old = "".join(lines[first:end])
            changed = "".join([*lines[:first], entry, *lines[end:]])
            break
    else:
        old, changed = "", manifest + ("\n" if manifest and entry else "") + entry
    others = [_others(text, file) for text in (manifest, changed)]
    if others[0] is None or others[0] != others[1]:
        raise ManifestError(
            f"The manifest lists {file} in a form that cannot be changed here. Edit its entry in the manifest by hand."
        )
    return changed, old


def valid_listing(listing: str) -> str:
    """The text of a manifest, checked by the reader of manifests.

    Raises:
        ManifestError: It is no manifest.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MANIFEST).write_text(listing, encoding="utf-8")
        load_manifest(Path(folder))
    return listing


def _written(block: Sequence[str]) -> int:
    """Lines of an entry without the blank lines and comments behind it, which may be about the next one."""
    return max(n for n, line in enumerate(block, 1) if line.strip() and not line.lstrip().startswith("#"))


def _others(manifest: str, file: str) -> dict[str, Any] | None:
    """Return what a manifest says of everything but a file; None when it is no TOML."""
    parsed = _parsed(manifest)
    if parsed is None:
        return None
    for name in _TABLES:
        parsed[name] = [
            one for one in parsed.get(name, []) if PurePosixPath(str(one.get("file"))) != PurePosixPath(file)
        ]
    return parsed


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First line and end of each table that may describe a document."""
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := _HEADER.match(line))]
    ends = (*(number for number, _ in starts[1:]), len(lines))
    return ((first, last) for (first, name), last in zip(starts, ends, strict=False) if name in _TABLES)


def _file_of(block: Sequence[str]) -> PurePosixPath | None:
    parsed = _parsed("".join(block))
    tables = [table for name in _TABLES for table in parsed.get(name, [])] if parsed else []
    file = tables[0].get("file") if tables and isinstance(tables[0], dict) else None
    return PurePosixPath(file) if isinstance(file, str) else None


def _changed(block: Sequence[str], fields: Mapping[str, str]) -> list[str]:
    """The lines of an entry with other values: in the lines of the old ones, else behind its last line."""
    changed, rest = list(block), dict(fields)
    for number, line in enumerate(block):
        key = line.partition("=")[0].strip()
        if key in rest:
            changed[number] = f"{key} = {rest.pop(key)}\n"
    last = _written(changed) - 1
    if not changed[last].endswith("\n"):
        changed[last] += "\n"
    changed[last + 1 : last + 1] = [f"{key} = {value}\n" for key, value in rest.items()]
    return changed


def _expected(manifest: str, file: str, fields: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what a manifest has to say after the change, and nothing else."""
    expected = deepcopy(_parsed(manifest))
    values = _parsed("".join(f"{key} = {value}\n" for key, value in fields.items()))
    for name in _TABLES if expected else ():
        for table in (expected or {}).get(name, []):
            if PurePosixPath(str(table.get("file"))) == PurePosixPath(file):
                table.update(values or {})
    return expected


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
