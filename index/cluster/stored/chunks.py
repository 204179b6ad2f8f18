"""Chunks of a generation's files, as they lie in the cluster: compressed, each with its digest, and a list of all."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.generations.lease import FACTS
from pinpoint.errors import DamagedGeneration

CHUNK = 2 * 2**20
"""Bytes of a file in one document: with the overhead of JSON under a tenth of a heap of 64 MB. Set by hand."""
LIST = "list"
"""Id of the document that lists all files; it is written last."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}(?:\.[a-z0-9_]{1,20}){1,3}")
_LEVEL = 1
"""Of zlib: a third of the bytes of SQLite, at 100 MB a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a generation in the cluster.

    Attributes:
        size: Bytes.
        sha256: Digest of all of it.
        chunks: Digest of each of its chunks, in their order.
    """

    name: str
    size: int
    sha256: str
    chunks: tuple[str, ...]

    def span(self, number: int) -> tuple[int, int]:
        """Where a chunk stands in the file, half-open."""
        return number * CHUNK, min(self.size, (number + 1) * CHUNK)


def chunk_id(file: str, number: int) -> str:
    """Id of the document that has a chunk."""
    return f"{file}:{number}"


def index_body(replicas: int) -> dict[str, Any]:
    """Settings and mapping of an index of files."""
    return {
        "settings": {
            "index": {"number_of_shards": 1, "number_of_replicas": replicas, "codec": "best_compression"},
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "file": {"type": "keyword"},
                "number": {"type": "integer"},
                "sha256": {"type": "keyword", "index": False},
                "data": {"type": "binary"},
                "files": {"type": "object", "enabled": False},
            },
        },
    }


def listed(folder: Path, facts: Mapping[str, Any], digest: str) -> list[StoredFile]:
    """The files of a generation folder, as they will lie in the cluster, ``generation.json`` first.

    Args:
        folder: Of the generation.
        facts: Its ``generation.json``.
        digest: sha256 of that file.
    """
    digests = {FACTS: digest, **facts["sha256"]}
    return [
        StoredFile(
            name=checked_name(name),
            size=(folder / name).stat().st_size,
            sha256=sha256,
            chunks=tuple(hashlib.sha256(chunk).hexdigest() for chunk in _read(folder / name)),
        )
        for name, sha256 in digests.items()
    ]


def actions(folder: Path, files: list[StoredFile]) -> Iterator[tuple[dict[str, Any], str]]:
    """What creates the documents of all chunks."""
    for file in files:
        for number, chunk in enumerate(_read(folder / file.name)):
            data = base64.b64encode(zlib.compress(chunk, _LEVEL)).decode("ascii")
            document = {"file": file.name, "number": number, "sha256": file.chunks[number], "data": data}
            yield {"create": {"_id": chunk_id(file.name, number)}}, json.dumps(document)


def written_list(files: list[StoredFile]) -> dict[str, Any]:
    """The document that lists all files."""
    plain = [
        {"name": file.name, "size": file.size, "sha256": file.sha256, "chunks": list(file.chunks)} for file in files
    ]
    return {"files": {"chunk": CHUNK, "all": plain}}


def read_list(source: Mapping[str, Any]) -> list[StoredFile]:
    """The files that the document of ``written_list`` names.

    Raises:
        DamagedGeneration: It is not what was written, or names what is no file of a generation.
    """
    try:
        stated = source["files"]
        files = [
            StoredFile(
                name=checked_name(str(one["name"])),
                size=int(one["size"]),
                sha256=str(one["sha256"]),
                chunks=tuple(map(str, one["chunks"])),
            )
            for one in stated["all"]
        ]
        right = stated["chunk"] == CHUNK and all(len(file.chunks) == -(-file.size // CHUNK) for file in files)
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedGeneration("The list of a generation's files in the cluster cannot be read.") from error
    if not right or len({file.name for file in files}) != len(files):
        raise DamagedGeneration("The list of a generation's files in the cluster does not fit together.")
    return files


def opened(document: Mapping[str, Any], size: int, sha256: str) -> bytes | None:
    """The bytes of a chunk; None where they are not those of the digest.

    Args:
        document: As the cluster gives it.
        size: How many bytes it has; more are not unpacked.
        sha256: Their digest.
    """
    try:
        packed = base64.b64decode(document["data"], validate=True)
        unpacking = zlib.decompressobj()
        chunk = unpacking.decompress(packed, size + 1)
    except (KeyError, TypeError, ValueError, zlib.error):
        return None
    return chunk if is_chunk(chunk, size, sha256) else None


def is_chunk(found: bytes, size: int, sha256: str) -> bool:
    """Whether bytes are those of a chunk."""
    return len(found) == size and hashlib.sha256(found).hexdigest() == sha256


def checked_name(name: str) -> str:
    """A name of a file of a generation, which stays in its folder.

    Raises:
        DamagedGeneration: It is not of the form that those have.
    """
    if not _NAME.fullmatch(name):
        raise DamagedGeneration(f"{name[:80]!r} is no name of a file of a generation.")
    return name


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
