"""Retrieval sets in the layout of BEIR: passages, queries, and which passage is relevant to which query.

``corpus.jsonl`` holds ``_id``, ``text`` and optionally ``title`` and ``metadata.doc``; ``queries.NAME.jsonl`` (or
``queries.jsonl``) holds ``_id``, ``text`` and optionally ``metadata.doc`` and ``metadata.answerable``;
``qrels.NAME.tsv`` (or ``qrels/NAME.tsv``) holds query id, passage id and grade with tabs between.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pinpoint.errors import PinpointError

Entry = TypeVar("Entry")
_COLUMNS = 3  # of BEIR's qrels; those of TREC have a fourth, which is passed over


@dataclass(frozen=True, slots=True)
class SetPassage:
    """A passage of a set; ``document`` is "" where the set does not say to which document it belongs."""

    id: str
    title: str
    text: str
    document: str


@dataclass(frozen=True, slots=True)
class SetQuery:
    """A query of a set.

    Attributes:
        relevant: Grade of each judged passage; empty when nobody judged any.
        document: The one document that is asked about, "" when the whole set is.
        answerable: Whether the set says that an answer is there.
    """

    id: str
    text: str
    relevant: dict[str, float]
    document: str
    answerable: bool


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A set with the queries of one split.

    Attributes:
        name: Name of its folder.
        digest: sha256 of ``corpus.jsonl``, hexadecimal.
    """

    name: str
    split: str
    digest: str
    passages: tuple[SetPassage, ...]
    queries: tuple[SetQuery, ...]

    @property
    def judged(self) -> tuple[SetQuery, ...]:
        """The queries that have a relevant passage, in the order of their file; measures are means over these."""
        return tuple(query for query in self.queries if any(grade > 0 for grade in query.relevant.values()))


def load_set(folder: Path, split: str) -> RetrievalSet:
    """Read a set.

    Raises:
        PinpointError: A file is missing or a line is malformed, or an id stands twice; the message names file, line
            and value.
    """
    corpus = _existing(folder, "corpus.jsonl")
    passages = tuple(_lines(corpus, _passage))
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise PinpointError(f"{corpus}: the _id {passage.id!r} stands there twice; each passage needs its own.")
        seen.add(passage.id)
    grades = _grades(_existing(folder, f"qrels.{split}.tsv", f"qrels/{split}.tsv"))
    read: Callable[[dict[str, Any]], SetQuery] = lambda record: _query(record, grades)  # noqa: E731
    queries = tuple(_lines(_existing(folder, f"queries.{split}.jsonl", "queries.jsonl"), read))
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
    return RetrievalSet(folder.resolve().name, split, digest, passages, queries)


def _existing(folder: Path, *names: str) -> Path:
    """The first of the files that is there."""
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise PinpointError(f"{folder} holds no {' and no '.join(names)}: a set has these three files (see --help).")
    return found


def _lines(file: Path, read: Callable[[dict[str, Any]], Entry]) -> Iterator[Entry]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield read(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PinpointError(
                f"{file}, line {number}: {line[:80]!r} is not an object with _id and text ({error!r})."
            ) from error


def _passage(record: dict[str, Any]) -> SetPassage:
    document = (record.get("metadata") or {}).get("doc", "")
    return SetPassage(str(record["_id"]), record.get("title") or "", _text(record), str(document))


def _query(record: dict[str, Any], grades: dict[str, dict[str, float]]) -> SetQuery:
    about = record.get("metadata") or {}
    name = str(record["_id"])
    document = str(about.get("doc", ""))
    return SetQuery(name, _text(record), grades.get(name, {}), document, bool(about.get("answerable", True)))


def _text(record: dict[str, Any]) -> str:
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError(f"text = {text!r} must be a string")
    return text


def _grades(file: Path) -> dict[str, dict[str, float]]:
    """Grades by query and passage; a first line that names the columns is passed over."""
    grades: dict[str, dict[str, float]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and fields[0] in ("query-id", "query_id")):
            continue
        try:
            query, passage, grade = fields if len(fields) == _COLUMNS else [fields[0], *fields[2:]]
            grades.setdefault(query, {})[passage] = float(grade)
        except (ValueError, IndexError) as error:
            raise PinpointError(
                f"{file}, line {number}: {line[:80]!r} is not query id, passage id and grade with tabs between."
            ) from error
    return grades
