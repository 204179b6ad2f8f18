"""Records of what was fetched, and in which state: ``official/fetched.json``."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.corpus.manifest import OFFICIAL
from pinpoint.errors import ManifestError
from pinpoint.files import write_text

FETCHED = "fetched.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """The state of one source at its last fetch.

    Attributes:
        file: Path relative to the corpus folder, with forward slashes.
        urls: The addresses asked for, dates filled in.
        final_urls: Where the answers came from, after redirects.
        sha256: Digest of the file.
        text_sha256: Digest of the text that a page holds, "" for a file that is not a page.
        bytes: Size of the file.
        etag: The server's name for this state; "" for joined pages and where there is none.
        last_modified: The server's date of it as written there; "" as above.
        fetched: Day on which this state was first fetched, ISO.
        checked: Day on which the server was last asked, ISO.
    """

    file: str
    urls: tuple[str, ...]
    final_urls: tuple[str, ...]
    sha256: str
    text_sha256: str
    bytes: int
    etag: str
    last_modified: str
    fetched: str
    checked: str


def read_records(corpus: Path) -> dict[str, FetchRecord]:
    """Read the records of a corpus folder by source id; none when nothing was fetched yet.

    Raises:
        ManifestError: The file is not what ``write_records`` writes.
    """
    path = corpus / OFFICIAL / FETCHED
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ManifestError(
                f"{path} has format {content['format']!r}, and only {_FORMAT} is known. Update Pinpoint."
            )
        return {name: _record(stored) for name, stored in content["sources"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path} cannot be read ({error!r}). Remove it; the next fetch writes it anew.") from error


def write_records(corpus: Path, records: Mapping[str, FetchRecord]) -> None:
    """Write the records, ordered by id, in one step."""
    content = {"format": _FORMAT, "sources": {name: asdict(records[name]) for name in sorted(records)}}
    path = corpus / OFFICIAL / FETCHED
    write_text(path, json.dumps(content, indent=1) + "\n", draft=f".{FETCHED}.new")


def _record(stored: dict[str, Any]) -> FetchRecord:
    return FetchRecord(**{**stored, "urls": tuple(stored["urls"]), "final_urls": tuple(stored["final_urls"])})
