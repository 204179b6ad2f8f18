"""The corpus manifest: what each file is, where official ones are fetched, what moved where, what is preferred."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pinpoint.errors import ManifestError
from pinpoint.stored import CrosswalkEntry

MANIFEST = "manifest.toml"
_STRINGS = ("id", "file", "title", "publisher", "kind", "collection", "cited_as", "url", "sha256", "licence", "part")
_TABLES = ("document", "source", "crosswalk", "search")
UNLISTED = "Unlisted"
"""Collection of a file for which the manifest names none."""
_DATES = ("effective_from", "effective_to", "current_to")
_REQUIRED = ("id", "file", "title")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
OFFICIAL = "official"
DATE = "{date}"
_DATED = "https://www.ecfr.gov/api/versioner/v1/full/"


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One document as the manifest describes it; an absent string is "", an absent date None.

    Attributes:
        file: Path relative to the corpus folder, with forward slashes.
        cited_as: The code or short name under which its sections are cited ("8 CFR").
        effective_from: First day on which the text was in force; never the day of an edition or a download.
        effective_to: First day on which the text was no longer in force.
        listed: False for a file that the manifest does not list.
        current_to: Last day up to which the copy is known to give the law as it stood.
        copied: Day of which a fetched text is; no key of the manifest, and less than what the file says of itself.
        printed: Whether the copy says that it is an edition or a compilation; no key of the manifest.
        part: Which document of a file that holds several is read: of an issue of the Federal Register its number
            ("2024-02787"), or words of its agency and subject; "" for the whole file.
    """

    id: str
    file: str
    title: str
    publisher: str = ""
    kind: str = "other"
    collection: str = UNLISTED
    cited_as: str = ""
    url: str = ""
    sha256: str = ""
    licence: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    supersedes: tuple[str, ...] = ()
    listed: bool = True
    current_to: date | None = None
    copied: date | None = None
    printed: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An official document that is not stored in the corpus but fetched into its ``official`` folder.

    Attributes:
        entry: What it is, once fetched; ``entry.url`` is the page for people.
        urls: What is downloaded, in order; several are chapter pages that are joined.
            ``{date}`` stands for the newest date that the eCFR serves.
    """

    entry: ManifestEntry
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All entries of a corpus, and its crosswalk.

    Attributes:
        prefer: Collections whose passages come first in a search that does not say otherwise.
    """

    documents: tuple[ManifestEntry, ...] = ()
    crosswalk: tuple[CrosswalkEntry, ...] = ()
    sources: tuple[Source, ...] = ()
    prefer: tuple[str, ...] = ()


def load_manifest(corpus: Path, file: Path | None = None) -> Manifest:
    """Read the manifest of a corpus folder, its ``manifest.toml`` as a rule; an absent one is an empty one.

    Args:
        corpus: The folder.
        file: The manifest where it is another file than the folder's own; it must be there.

    Raises:
        ManifestError: Malformed TOML, an unknown or missing key, a value of the wrong type, an
            id or file given twice, a path that leaves the corpus folder, a preferred collection that no entry has.
    """
    path = file or corpus / MANIFEST
    if not path.is_file():
        if file is not None:
            raise ManifestError(f"There is no manifest {file}. Name one that is there, or ingest without --manifest.")
        return Manifest()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path} is not valid TOML: {error}. Correct it.") from error
    unknown = set(content) - {*_TABLES}
    if unknown:
        raise ManifestError(
            f"{path}: unknown table {sorted(unknown)[0]!r}. Known are [[document]], [[source]], [[crosswalk]] and "
            "[search]."
        )
    entries = tuple(_document(path, number, table) for number, table in enumerate(content.get("document", []), 1))
    sources = tuple(_source(path, number, table) for number, table in enumerate(content.get("source", []), 1))
    for field in ("id", "file"):
        _refuse_repeats(path, field, [getattr(entry, field) for entry in (*entries, *(s.entry for s in sources))])
    crosswalk = tuple(_moved(path, number, table) for number, table in enumerate(content.get("crosswalk", []), 1))
    described = (*entries, *(source.entry for source in sources))
    return Manifest(entries, crosswalk, sources, _preferred(path, content.get("search", {}), described))


def _document(path: Path, number: int, table: dict[str, Any]) -> ManifestEntry:
    return _entry(f"{path}: [[document]] {number} ({_name(table)})", table)


def _name(table: dict[str, Any]) -> str:
    """The id of an entry for a message, as it is written where it does not print."""
    name = str(table.get("id", "without id"))
    return name if name.isprintable() else repr(name)


def _source(path: Path, number: int, table: dict[str, Any]) -> Source:
    where = f"{path}: [[source]] {number} ({_name(table)})"
    entry = _entry(where, {key: value for key, value in table.items() if key != "urls"})
    if PurePosixPath(entry.file).parts[0] != OFFICIAL:
        raise ManifestError(
            f"{where}: file = {entry.file!r} must stand under {OFFICIAL}/, where fetched files are kept."
        )
    urls = table.get("urls", [entry.url])
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls) or not any(urls):
        raise ManifestError(f"{where}: urls = {urls!r} must be a list of addresses; or give one as url.")
    _check_addresses(where, entry.file, urls)
    return Source(entry, tuple(urls))


def _check_addresses(where: str, file: str, urls: Sequence[str]) -> None:
    for url in urls:
        if not url.startswith("https://"):
            raise ManifestError(f"{where}: {url!r} must begin with https://.")
        if DATE in url and not url.startswith(_DATED):
            raise ManifestError(f"{where}: {url!r}: {DATE} is known only in addresses under {_DATED}.")
    if len(urls) > 1 and PurePosixPath(file).suffix != ".html":
        raise ManifestError(f"{where}: file = {file!r}: only pages can be joined; several urls make one .html file.")


def _entry(where: str, table: dict[str, Any]) -> ManifestEntry:
    _check_keys(where, table, required=_REQUIRED, known=(*_STRINGS, *_DATES, "supersedes"))
    for key in _STRINGS:
        if key in table and (not isinstance(table[key], str) or not table[key].strip()):
            raise ManifestError(f"{where}: {key} = {table[key]!r} must be a string that is not empty.")
    for key in (key for key in _STRINGS if _CONTROL.search(table.get(key, ""))):
        raise ManifestError(f"{where}: {key} = {table[key]!r} holds a control character. Write it without.")
    for key in ("id", "file"):
        if _TURNING.search(table[key]):
            raise ManifestError(f"{where}: {key} = {table[key]!r} holds a mark of writing direction. Write it without.")
    for key in _DATES:
        if key in table and type(table[key]) is not date:
            raise ManifestError(f"{where}: {key} = {table[key]!r} must be a date without quotes, such as 2024-08-28.")
    if (current := table.get("current_to")) is not None and current > date.today():
        raise ManifestError(
            f"{where}: current_to = {current} is still to come. Write the day of which the copy is, or leave it out; "
            "the first day of a text that is not yet in force is its effective_from."
        )
    supersedes = table.get("supersedes", [])
    if not isinstance(supersedes, list) or not all(isinstance(name, str) for name in supersedes):
        raise ManifestError(f"{where}: supersedes = {supersedes!r} must be a list of ids.")
    file = PurePosixPath(table["file"])
    if not file.parts or file.is_absolute() or ".." in file.parts or "\\" in table["file"]:
        raise ManifestError(f"{where}: file = {table['file']!r} must stay inside the corpus folder.")
    return ManifestEntry(**{**table, "file": str(file), "supersedes": tuple(supersedes)})


def _moved(path: Path, number: int, table: dict[str, Any]) -> CrosswalkEntry:
    where = f"{path}: [[crosswalk]] {number}"
    _check_keys(where, table, required=("old", "new", "effective"), known=("old", "new", "effective", "authority"))
    if type(table["effective"]) is not date:
        raise ManifestError(f"{where}: effective = {table['effective']!r} must be a date without quotes.")
    for key in ("old", "new", "authority"):
        if not isinstance(table.get(key, ""), str) or _CONTROL.search(table.get(key, "")):
            raise ManifestError(f"{where}: {key} = {table[key]!r} must be a string without control characters.")
    return CrosswalkEntry(**table)


def _preferred(path: Path, table: Any, entries: Sequence[ManifestEntry]) -> tuple[str, ...]:  # noqa: ANN401 - any TOML
    """The collections that ``[search]`` prefers, each of which some entry has."""
    where = f"{path}: [search]"
    if not isinstance(table, dict):
        raise ManifestError(
            f'{where} must be one table. Write [search], and below it prefer = ["Name of a collection"].'
        )
    _check_keys(where, table, required=(), known=("prefer",))
    prefer = table.get("prefer", [])
    if not isinstance(prefer, list) or not all(isinstance(name, str) for name in prefer):
        raise ManifestError(f'{where}: prefer = {prefer!r} must be a list of collections, such as ["T visa"].')
    known = sorted({entry.collection for entry in entries} | {UNLISTED})
    for name in prefer:
        if name not in known:
            raise ManifestError(
                f"{where}: prefer = {name!r} is the collection of no document. Write one of: {', '.join(known)}."
            )
    return tuple(dict.fromkeys(prefer))


def _check_keys(where: str, table: dict[str, Any], *, required: tuple[str, ...], known: tuple[str, ...]) -> None:
    for key in required:
        if key not in table:
            raise ManifestError(f"{where}: {key} is missing.")
    for key in table:
        if key not in known:
            raise ManifestError(f"{where}: unknown key {key!r}. Known are: {', '.join(known)}.")


def _refuse_repeats(path: Path, field: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ManifestError(f"{path}: {field} = {value!r} is given twice; each document has its own.")
