"""A file that is read while somebody may be writing to it: the rows and the digest are of the same bytes."""

import os
from collections.abc import Sequence
from pathlib import Path

from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from ingest.records import ParsedFile
from pinpoint.errors import UnreadableDocument
from pinpoint.files import stream_sha256
from pinpoint.stored import CrosswalkEntry

_TRIES = 3  # set by hand; a file that changes each time is still being written


def parse_steady(path: Path, entry: ManifestEntry, *, crosswalk: Sequence[CrosswalkEntry]) -> ParsedFile:
    """Parse a file, again when it changed meanwhile; see ``parse_file``.

    Raises:
        UnreadableDocument: It cannot be read, it was removed meanwhile, or it changed each time that it was read.
    """
    try:
        for _ in range(_TRIES):
            before = _state(path)
            try:
                parsed = parse_file(path, entry, sha256=before[0], crosswalk=crosswalk)
            except UnreadableDocument:
                if _state(path) == before:
                    raise
                continue
            if _state(path) == before:
                return parsed
    except FileNotFoundError as error:
        raise UnreadableDocument(
            f"{path.name} was removed while the folder was read. Put it back, or remove its entry; then ingest."
        ) from error
    raise UnreadableDocument(f"{path.name} changed while it was read, {_TRIES} times. Ingest again when it is written.")


def _state(path: Path) -> tuple[str, int, int, int, int]:
    """Return the content and the times of a file: digest, size, both times of change in ns, inode."""
    with path.open("rb") as stream:
        stat = os.fstat(stream.fileno())
        digest = stream_sha256(stream)
    return digest, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
