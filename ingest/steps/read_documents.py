"""Documents that an ingest has read and that no generation has yet, so that one that was killed reads none again.

<index>/.read/<name>/   passages.sqlite, as that of a generation of one document; record.json, its line of the report
"""

import json
import shutil
import sqlite3
from hashlib import blake2b
from pathlib import Path

from index.generations.retention import READ
from index.generations.rows import FILE, load_documents, load_parsed, write_rows
from ingest.document_keys import current_keys
from ingest.report import IntakeRecord, intake_json, records_from_json
from ingest.workers import Job
from pinpoint.files import settle, settle_names
from pinpoint.stored import ParsedDocument

FOLDER = READ
"""The folder of such documents inside of that of the index."""
_RECORD = "record.json"
_DRAFT = ".draft"


class ReadDocuments:
    """The documents that were read for the next generation of an index; for who has the index's lock."""

    def __init__(self, index_dir: Path) -> None:
        """Look after the documents under ``index_dir``; nothing is written before the first ``add``."""
        self._folder = index_dir / FOLDER

    def find(self, job: Job) -> tuple[ParsedDocument, IntakeRecord] | None:
        """The rows of a file and its line of the report, if reading it again would give the same; else None."""
        folder = self._of(job.entry.id)
        if not folder.is_dir():
            return None
        try:
            key = load_documents(folder)[job.entry.id].key
            if key not in current_keys(job.entry, job.sha256, job.crosswalk):
                return None
            record = records_from_json(json.loads((folder / _RECORD).read_text(encoding="utf-8")))[job.entry.file]
            return load_parsed(folder, job.entry.id), record
        except (sqlite3.Error, OSError, ValueError, KeyError, TypeError):  # damaged, or of another version
            return None

    def add(self, parsed: ParsedDocument, record: IntakeRecord) -> None:
        """Have a document on the disk, in place of what was read of it before.

        Raises:
            OSError, sqlite3.Error: It cannot be written; nothing half written is found later.
        """
        draft, folder = self._folder / _DRAFT, self._of(parsed.document.id)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        write_rows(draft / FILE, [parsed], ())
        report = intake_json([record], generation="", seconds=record.seconds, embedded=0)
        (draft / _RECORD).write_text(json.dumps(report), encoding="utf-8")
        settle(draft)
        if folder.is_dir():
            shutil.rmtree(folder)
        draft.rename(folder)
        settle_names(self._folder)

    def clear(self) -> None:
        """Remove them all: a generation has them, or none will."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _of(self, document_id: str) -> Path:
        return self._folder / blake2b(document_id.encode(), digest_size=16).hexdigest()
