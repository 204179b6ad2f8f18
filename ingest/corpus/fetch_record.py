"""Records of what was fetched, and in which state: ``official/fetched.json``."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest.corpus.manifest import OFFICIAL
from pinpoint.errors import ManifestError
from pinpoint.files import write_text

FETCHED = "fetched.json"
_FORMAT = 1
_DATED = re.compile(r"^https://www\.ecfr\.gov/api/versioner/v1/full/(\d{4}-\d{2}-\d{2})/")


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


def day_of_text(record: FetchRecord | None, kind: str, sha256: str) -> date | None:
    """The day whose text a fetched file is: that in an address of the eCFR, or that on which a page was last served.

    Args:
        record: Of its fetch; None for a file that was not fetched.
        kind: Kind of the document. A page of a statute or a regulation is the copy of an edition, whatever day it was
            fetched; what it is current to, the page itself says.
        sha256: Digest of the file at hand; another file than the one that was fetched has no such day.
    """
    if record is None or record.sha256 != sha256:
        return None
    dated = [found[1] for url in record.urls if (found := _DATED.search(url))]
    if dated or kind in ("statute", "regulation") or not record.file.endswith(".html"):
        return date.fromisoformat(min(dated)) if dated else None
    return date.fromisoformat(record.checked)


def _record(stored: dict[str, Any]) -> FetchRecord:
    date.fromisoformat(stored["checked"])
    return FetchRecord(**{**stored, "urls": tuple(stored["urls"]), "final_urls": tuple(stored["final_urls"])})
