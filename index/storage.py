"""Generations on disk: written beside the one in use, verified, then swapped in.

    <index>/CURRENT                      name of the generation in use, replaced atomically
    <index>/<generation>/passages.sqlite documents, sections, keys, passages, crosswalk
                         vectors.faiss   row i is passage i
                         lexical.*  pairs.*   the two BM25 matrices, memory-mapped
                         intake.json     what was read, mended, skipped, and why
                         generation.json format, digests, counts, sha256 of each file

A generation is never changed once it has its name. A crash leaves a ``.building-…`` folder that
nothing reads and that the next build removes.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from index.analysis import ANALYZER_VERSION, pairs, terms
from index.embedding import Embedder
from index.errors import DamagedGeneration, NoGeneration
from index.lexical import build_lexical, save_lexical
from index.records import IndexConfig, Passage, StoredDocument, StoredSection
from index.vectors import Vectors, build_vectors, load_vectors, save_vectors

FORMAT_VERSION = 1
DEFAULT_INDEX = Path("build/index")
_FACTS = {"format", "sizes"}
_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, key TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE sections (document_id TEXT, number INTEGER, parent INTEGER, citation TEXT, keys TEXT, heading TEXT,
    path TEXT, kind TEXT, start INTEGER, own_end INTEGER, end INTEGER, effective_from TEXT, effective_to TEXT,
    PRIMARY KEY (document_id, number));
CREATE TABLE keys (key TEXT, document_id TEXT, number INTEGER);
CREATE TABLE passages (row INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, section INTEGER, start INTEGER,
    end INTEGER, text TEXT, indexed_text TEXT, indexed_hash BLOB, page INTEGER, page_label TEXT);
CREATE TABLE crosswalk (old TEXT, new TEXT, effective TEXT, authority TEXT);
CREATE INDEX keys_by_key ON keys (key);
CREATE INDEX passages_by_document ON passages (document_id, start);
"""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A provision that moved: its old and new address, from which day, by which authority."""

    old: str
    new: str
    effective: date
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All rows of one document, as ingest hands them over and as a generation holds them."""

    document: StoredDocument
    sections: tuple[StoredSection, ...]
    passages: tuple[Passage, ...]


Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


def current_generation(index_dir: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        NoGeneration: Nothing was ingested into ``index_dir`` yet.
        DamagedGeneration: The generation named by CURRENT is not there or not readable.
    """
    pointer = index_dir / "CURRENT"
    if not pointer.is_file():
        message = f"No index in {index_dir}. Build one: python -m ingest CORPUS_DIR --index {index_dir}"
        raise NoGeneration(message)
    folder = index_dir / pointer.read_text(encoding="utf-8").strip()
    facts = generation_facts(folder)
    if facts["format"] != FORMAT_VERSION:
        message = f"{folder} has format {facts['format']}, this version reads {FORMAT_VERSION}. {_rebuild(index_dir)}"
        raise DamagedGeneration(message)
    for name, size in facts["sizes"].items():
        if not (folder / name).is_file() or (folder / name).stat().st_size != size:
            message = f"{folder / name} is missing or cut short. {_rebuild(index_dir)}"
            raise DamagedGeneration(message)
    return folder


def generation_facts(folder: Path) -> dict[str, Any]:
    """The content of ``generation.json``.

    Raises:
        DamagedGeneration: The file is missing, is not JSON, or lacks what every format states.
    """
    try:
        facts: dict[str, Any] = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{folder / 'generation.json'} cannot be read ({error}). {_rebuild(folder.parent)}"
        raise DamagedGeneration(message) from error
    if not isinstance(facts, dict) or not facts.keys() >= _FACTS:
        message = f"{folder / 'generation.json'} lacks what it should state. {_rebuild(folder.parent)}"
        raise DamagedGeneration(message)
    return facts


def write_generation(  # noqa: PLR0913 - the parts of a generation, by name
    index_dir: Path,
    *,
    corpus: Sequence[ParsedDocument],
    crosswalk: Sequence[Crosswalk],
    embedder: Embedder,
    config: IndexConfig,
    intake: dict[str, Any],
    progress: Progress,
) -> Path:
    """Build a generation beside the one in use, verify it, and swap it in.

    Returns:
        The folder of the new generation, which is in use from now on.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    for left_over in index_dir.glob(".building-*"):
        shutil.rmtree(left_over)
    building = index_dir / f".building-{os.getpid()}"
    building.mkdir()
    passages = [passage for parsed in corpus for passage in parsed.passages]
    known = _known_vectors(index_dir, embedder.digest)
    _write_rows(building / "passages.sqlite", corpus, passages, crosswalk)
    vectors, embedded = _embed(passages, known, embedder, progress)
    save_vectors(build_vectors(vectors), building / "vectors.faiss")
    _write_lexical(building, passages, config, progress)
    (building / "intake.json").write_text(json.dumps(intake, indent=1), encoding="utf-8")
    progress("verify", 0, 1)
    digests = {file.name: _sha256(file) for file in sorted(building.iterdir())}
    corpus_digest = _digest(f"{p.document.id} {p.document.key}" for p in corpus)
    made = datetime.now(UTC)
    facts = {
        "format": FORMAT_VERSION,
        "made": made.isoformat(timespec="seconds"),
        "corpus_digest": corpus_digest,
        "embedder": embedder.name,
        "embedder_digest": embedder.digest,
        "analyzer": ANALYZER_VERSION,
        "config": asdict(config),
        "documents": len(corpus),
        "passages": len(passages),
        "sections": sum(len(p.sections) for p in corpus),
        "embedded": embedded,
        "dim": int(vectors.shape[1]),
        "sha256": digests,
        "sizes": {name: (building / name).stat().st_size for name in digests},
    }
    (building / "generation.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    folder = _unused(index_dir / f"{made:%Y%m%d-%H%M%S}-{corpus_digest[:8]}")
    building.rename(folder)
    before = (index_dir / "CURRENT").read_text(encoding="utf-8") if (index_dir / "CURRENT").is_file() else ""
    use_generation(index_dir, folder.name)
    _prune(index_dir, {before.strip(), folder.name})
    progress("verify", 1, 1)
    return folder


def use_generation(index_dir: Path, name: str) -> None:
    """Make a generation the one in use, atomically."""
    pointer = index_dir / "CURRENT.new"
    with pointer.open("w", encoding="utf-8") as stream:
        stream.write(name + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    pointer.replace(index_dir / "CURRENT")


def open_rows(folder: Path) -> sqlite3.Connection:
    """Open the rows of a generation, read-only, usable from any thread."""
    uri = (folder / "passages.sqlite").resolve().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection


def load_documents(folder: Path) -> dict[str, StoredDocument]:
    """All documents of a generation by id, without their text (``text`` is "")."""
    with open_rows(folder) as rows:
        return {row["id"]: _document(row["record"], "") for row in rows.execute("SELECT id, record FROM documents")}


def load_parsed(folder: Path, document_id: str) -> ParsedDocument:
    """All rows of one document, to be carried over into a new generation."""
    with open_rows(folder) as rows:
        row = rows.execute("SELECT record, text FROM documents WHERE id = ?", (document_id,)).fetchone()
        sections = tuple(
            section_from_row(r)
            for r in rows.execute("SELECT * FROM sections WHERE document_id = ? ORDER BY number", (document_id,))
        )
        passages = tuple(
            passage_from_row(r)
            for r in rows.execute("SELECT * FROM passages WHERE document_id = ? ORDER BY row", (document_id,))
        )
    return ParsedDocument(_document(row["record"], row["text"]), sections, passages)


def section_from_row(row: sqlite3.Row) -> StoredSection:
    """A section as it was stored."""
    return StoredSection(
        row["document_id"],
        row["number"],
        row["parent"],
        row["citation"],
        tuple(json.loads(row["keys"])),
        row["heading"],
        tuple(json.loads(row["path"])),
        row["kind"],
        row["start"],
        row["own_end"],
        row["end"],
        _date(row["effective_from"]),
        _date(row["effective_to"]),
    )


def passage_from_row(row: sqlite3.Row) -> Passage:
    """A passage as it was stored."""
    return Passage(
        row["id"],
        row["document_id"],
        row["section"],
        row["start"],
        row["end"],
        row["text"],
        row["indexed_text"],
        row["page"],
        row["page_label"],
    )


def _embed(
    passages: Sequence[Passage], known: dict[bytes, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """Vectors of all passages, those of unchanged text carried over; and how many were new."""
    hashes = [_text_hash(passage.indexed_text) for passage in passages]
    new = list({h: row for row, h in enumerate(hashes) if h not in known}.values())
    progress("embed", 0, len(new))
    made = embedder.encode(
        [passages[row].indexed_text for row in new] or [""],
        lambda done, total: progress("embed", min(done, len(new)), len(new)),
    )
    known = known | {hashes[row]: made[i] for i, row in enumerate(new)}
    vectors = np.zeros((len(passages), made.shape[1]), dtype=np.float32)
    for row, text_hash in enumerate(hashes):
        vectors[row] = known[text_hash]
    return vectors, len(new)


def _known_vectors(index_dir: Path, embedder_digest: str) -> dict[bytes, Vectors]:
    """Vectors of the generation in use by the hash of their text, if the same embedder made them."""
    try:
        folder = current_generation(index_dir)
    except (NoGeneration, DamagedGeneration):
        return {}
    if generation_facts(folder)["embedder_digest"] != embedder_digest:
        return {}
    vectors = load_vectors(folder / "vectors.faiss")
    with open_rows(folder) as rows:
        hashes = [row[0] for row in rows.execute("SELECT indexed_hash FROM passages ORDER BY row")]
    every = vectors.rows(np.arange(len(hashes)))
    return dict(zip(hashes, every, strict=True))


def _write_lexical(building: Path, passages: Sequence[Passage], config: IndexConfig, progress: Progress) -> None:
    single = []
    for row, passage in enumerate(passages):
        single.append(terms(passage.indexed_text))
        if row % 200 == 0:
            progress("terms", row, len(passages))
    progress("terms", len(passages), len(passages))
    save_lexical(build_lexical(single, config), building, "lexical")
    save_lexical(build_lexical([pairs(sequence) for sequence in single], config), building, "pairs")


def _write_rows(
    file: Path, corpus: Sequence[ParsedDocument], passages: Sequence[Passage], crosswalk: Sequence[Crosswalk]
) -> None:
    rows = sqlite3.connect(file)
    with rows:
        rows.executescript(_SCHEMA)
        for parsed in corpus:
            record = asdict(parsed.document)
            text = record.pop("text")
            rows.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?)",
                (record["id"], record["key"], json.dumps(record, default=str), text),
            )
            rows.executemany(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    (
                        s.document_id,
                        s.number,
                        s.parent,
                        s.citation,
                        json.dumps(s.keys),
                        s.heading,
                        json.dumps(s.path),
                        s.kind,
                        s.start,
                        s.own_end,
                        s.end,
                        _iso(s.effective_from),
                        _iso(s.effective_to),
                    )
                    for s in parsed.sections
                ),
            )
            rows.executemany(
                "INSERT INTO keys VALUES (?, ?, ?)",
                ((key, s.document_id, s.number) for s in parsed.sections for key in s.keys),
            )
        rows.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    row,
                    p.id,
                    p.document_id,
                    p.section,
                    p.start,
                    p.end,
                    p.text,
                    p.indexed_text,
                    _text_hash(p.indexed_text),
                    p.page,
                    p.page_label,
                )
                for row, p in enumerate(passages)
            ),
        )
        rows.executemany(
            "INSERT INTO crosswalk VALUES (?, ?, ?, ?)",
            ((c.old, c.new, c.effective.isoformat(), c.authority) for c in crosswalk),
        )
    rows.close()


def _document(record: str, text: str) -> StoredDocument:
    fields = json.loads(record)
    for name in ("effective_from", "effective_to"):
        fields[name] = _date(fields[name])
    for name in ("supersedes", "page_labels"):
        fields[name] = tuple(fields[name])
    for name in ("page_runs", "blocks"):
        fields[name] = tuple(tuple(entry) for entry in fields[name])
    return StoredDocument(text=text, **fields)


def _prune(index_dir: Path, kept: set[str]) -> None:
    """Remove all generations but those named: the one in use and the one that was in use before it."""
    for facts in list(index_dir.glob("*/generation.json")):
        if facts.parent.name not in kept:
            shutil.rmtree(facts.parent)


def _unused(folder: Path) -> Path:
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{folder.name.partition('_')[0]}_{number}")
    return folder


def _text_hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _rebuild(index_dir: Path) -> str:
    return f"Build it again: python -m ingest CORPUS_DIR --index {index_dir}"


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
