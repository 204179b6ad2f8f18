"""Collections as files: JSON out, and JSON in with every field checked."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, NoReturn

from collection.records import (
    FORMAT,
    LONGEST_EXCERPT,
    LONGEST_HEADING,
    LONGEST_NOTE,
    MOST_EXCERPTS,
    Collection,
    Excerpt,
)
from pinpoint.errors import CollectionFileError

LARGEST = 5_000_000
"""Bytes of the largest file that is read; the page takes files up to the same size."""
_REMEDY = "Export the collection again from Pinpoint, and import that file unchanged."
_DIVIDE = "Remove some excerpts from the collection, export it, and keep the others in a second one."
_VERSION = "pinpoint_collection"
_TEXTS = (
    "document_id",
    "title",
    "file",
    "publisher",
    "kind",
    "section",
    "page_label",
    "text",
    "url",
    "sha256",
    "generation",
    "corpus_digest",
    "note",
    "heading",
)
_LIMITS = {"text": LONGEST_EXCERPT, "note": LONGEST_NOTE, "heading": LONGEST_HEADING}
_LONGEST_FIELD = 20_000  # characters of the other texts; set by hand; not measured
_DAYS, _OPTIONAL_DAYS = ("as_of", "saved"), ("effective_from", "effective_to")
_FIELDS = tuple(field.name for field in fields(Excerpt) if field.name != "checked")
_LATER = ("confirmed",)
"""Fields that files of older versions lack; absent is null."""


def write_collection(collection: Collection) -> bytes:
    """A collection as a file, UTF-8."""
    excerpts = [
        {name: value for name, value in asdict(excerpt).items() if name in _FIELDS} for excerpt in collection.excerpts
    ]
    written = {_VERSION: collection.version, "title": collection.title, "excerpts": excerpts}
    return (json.dumps(written, indent=1, ensure_ascii=False, default=date.isoformat) + "\n").encode()


def read_collection(content: bytes) -> Collection:
    """A collection from a file; no excerpt of it counts as checked.

    Raises:
        CollectionFileError: It is too large, not JSON, of another version, or a field is missing, unknown, of the
            wrong type or out of range; the message names the field.
    """
    if len(content) > LARGEST:
        _refuse(f"The file has {len(content):,} bytes; {LARGEST:,} are the most.", _DIVIDE)
    read = _parsed(content)
    if not isinstance(read, dict) or _VERSION not in read:
        _refuse("This is not a collection file of Pinpoint.")
    version = read[_VERSION]
    if type(version) is not int or version != FORMAT:
        _refuse(f"The file has format {version!r:.40}; this version of Pinpoint reads {FORMAT}.")
    _check_names(read, (_VERSION, "title", "excerpts"), "The file")
    title, listed = _text(read, "title", "The file", LONGEST_HEADING), read["excerpts"]
    if not isinstance(listed, list):
        _refuse("The file: \u201cexcerpts\u201d has to be a list.")
    if len(listed) > MOST_EXCERPTS:
        _refuse(f"The file has {len(listed):,} excerpts; {MOST_EXCERPTS} are the most.", _DIVIDE)
    found: dict[str, Excerpt] = {}
    for number, one in enumerate(listed, start=1):
        excerpt = _excerpt(one, f"Excerpt {number}")
        if excerpt.key in found:
            _refuse(f"Excerpt {number}: it is in the file twice.")
        found[excerpt.key] = excerpt
    return Collection(title, tuple(found.values()))


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        _refuse("The file is nested too deeply to be a collection.")
    except UnicodeDecodeError as error:
        _refuse(f"The file is not UTF-8 text (byte {error.start:,}).")
    except json.JSONDecodeError as error:
        _refuse(f"The file is not JSON (line {error.lineno}, column {error.colno}: {error.msg}).")
    except ValueError:
        _refuse("The file holds a number with too many digits.")


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; a name that comes twice would hide what stands under the first."""
    found = dict(members)
    if len(found) != len(members):
        names = [name for name, _ in members]
        _refuse(f"The file has the name {next(n for n in names if names.count(n) > 1)!r:.60} twice in one place.")
    return found


def _no_constant(name: str) -> NoReturn:
    _refuse(f"The file holds {name}, which is no value of a collection.")


def _excerpt(one: object, where: str) -> Excerpt:
    if not isinstance(one, dict):
        _refuse(f"{where}: it has to be an object with the fields of an excerpt.")
    one = dict.fromkeys(_LATER) | one
    _check_names(one, _FIELDS, where)
    texts = {name: _text(one, name, where, _LIMITS.get(name, _LONGEST_FIELD)) for name in _TEXTS}
    path = one["section_path"]
    if not isinstance(path, list) or not all(isinstance(part, str) for part in path):
        _refuse(f"{where}, section_path: it has to be a list of texts.")
    page = one["page"]
    if page is not None and (type(page) is not int or page < 1):
        _refuse(f"{where}, page: {page!r:.40} is no page; it has to be 1 or more, or null.")
    start, end = (_count(one, name, where) for name in ("start", "end"))
    if end - start != len(texts["text"]) or not texts["text"].strip():
        _refuse(f"{where}, start and end: {start}-{end} is not the span of a text of {len(texts['text'])} characters.")
    confirmed = one["confirmed"]
    if confirmed is not None and not isinstance(confirmed, bool):
        _refuse(f"{where}, confirmed: it has to be true, false or null, not {confirmed!r:.40}.")
    begins, ends = (_day(one, name, where) if one[name] is not None else None for name in _OPTIONAL_DAYS)
    as_of, saved = (_day(one, name, where) for name in _DAYS)
    section_path = tuple(_text({"part": part}, "part", f"{where}, section_path", _LONGEST_FIELD) for part in path)
    return Excerpt(
        **texts,
        section_path=section_path,
        page=page,
        start=start,
        end=end,
        effective_from=begins,
        effective_to=ends,
        as_of=as_of,
        saved=saved,
        checked=False,
        confirmed=confirmed,
    )


def _check_names(found: Mapping[str, object], expected: tuple[str, ...], where: str) -> None:
    for name in found:
        if name not in expected:
            _refuse(f"{where}: {name!r:.60} is no field of it.")
    for name in expected:
        if name not in found:
            _refuse(f"{where}: \u201c{name}\u201d is missing.")


def _text(found: Mapping[str, object], name: str, where: str, longest: int) -> str:
    value = found[name]
    if not isinstance(value, str):
        _refuse(f"{where}, {name}: it has to be a text, not {value!r:.40}.")
    if len(value) > longest:
        _refuse(f"{where}, {name}: it has {len(value):,} characters; {longest:,} are the most.")
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(f"{where}, {name}: it holds half of a character.")
    return value


def _count(found: Mapping[str, object], name: str, where: str) -> int:
    value = found[name]
    if type(value) is not int or value < 0:
        _refuse(f"{where}, {name}: {value!r:.40} is no place in a text; it has to be 0 or more.")
    return value


def _day(found: Mapping[str, object], name: str, where: str) -> date:
    value = found[name]
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        _refuse(f"{where}, {name}: {value!r:.40} is no date; it has to be as in 2024-08-28.")
    return day


def _refuse(fault: str, remedy: str = _REMEDY) -> NoReturn:
    raise CollectionFileError(f"{fault} {remedy}")
