"""Keys of documents: by them an ingest tells what it need not read again, without loading what reads."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

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
    parts = [rows_digest(), sha256, json.dumps([asdict(entry), *map(asdict, crosswalk)], default=str), ocr]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def current_keys(entry: ManifestEntry, sha256: str, crosswalk: Sequence[CrosswalkEntry]) -> tuple[str, str]:
    """The two keys that a file may have now: without scanned pages, and with some."""
    return document_key(entry, sha256, crosswalk), document_key(entry, sha256, crosswalk, ocr=ocr_version())
