"""Keys of documents: by them an ingest tells what it need not read again, without loading what reads."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields

from ingest.corpus.manifest import ManifestEntry
from ingest.dependencies import rows_digest
from ingest.readers.pdf.ocr import ocr_version
from pinpoint.stored import CrosswalkEntry


def document_key(entry: ManifestEntry, sha256: str, crosswalk: Sequence[CrosswalkEntry], *, ocr: str = "") -> str:
    """Digest of everything that a document's rows depend on.

    Args:
        entry: What the manifest says of it.
        sha256: Digest of the file's bytes.
        crosswalk: Provisions that moved, over the whole corpus.
        ocr: Which text recognition there is; "" for a document without scanned pages, which
            does not depend on it.
    """
    return _digest(sha256, _described(entry, crosswalk), ocr)


def current_keys(entry: ManifestEntry, sha256: str, crosswalk: Sequence[CrosswalkEntry]) -> tuple[str, str]:
    """The two keys that a file may have now: without scanned pages, and with some."""
    described = _described(entry, crosswalk)
    return _digest(sha256, described, ""), _digest(sha256, described, ocr_version())


def _digest(sha256: str, described: str, ocr: str) -> str:
    return hashlib.sha256("\n".join([rows_digest(), sha256, described, ocr]).encode()).hexdigest()


def _described(entry: ManifestEntry, crosswalk: Sequence[CrosswalkEntry]) -> str:
    return json.dumps([_fields(entry), *map(_fields, crosswalk)], default=str)


def _fields(record: ManifestEntry | CrosswalkEntry) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
