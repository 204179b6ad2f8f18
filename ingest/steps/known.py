"""The generation that serves, intact as it is, from which unchanged documents are carried over."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.carried.documents import CarriedDocument, Document, carried_documents
from index.generations.read import generation_facts, serving_generation
from index.incomplete import incomplete_of
from index.models.chosen import made_by
from index.models.embedding import Embedder
from index.query.analyzer import ANALYZER_VERSION
from index.records import IndexConfig, read_config
from ingest.document_keys import current_keys
from ingest.report import IntakeRecord, records_from_json
from ingest.workers import Job
from pinpoint.errors import DamagedGeneration, NoGeneration


class KnownDocuments:
    """The documents of the generation that serves.

    Attributes:
        folder: That generation; None where there is none.
        keys: Of each document, what its rows depend on.
    """

    def __init__(self, index_dir: Path) -> None:
        """Look into an index, which may have no generation yet."""
        self.folder: Path | None = None
        self.keys: dict[str, str] = {}
        self._documents: dict[str, CarriedDocument] = {}
        self._records: dict[str, IntakeRecord] = {}
        self._facts: dict[str, Any] = {}
        self._stands_in = False
        try:
            serving = serving_generation(index_dir)
        except (NoGeneration, DamagedGeneration):
            return
        # Its rows are copied when the new generation is written, maybe behind an early one that replaced it.
        self._lease = serving.lease
        self.folder, self._stands_in = serving.folder, bool(serving.notice)
        self._documents = carried_documents(self.folder)
        self.keys = {name: carried.document.key for name, carried in self._documents.items()}
        self._facts = generation_facts(self.folder)
        intake = json.loads((self.folder / "intake.json").read_text(encoding="utf-8"))
        self._records = records_from_json(intake)

    def is_current(self, job: Job) -> bool:
        """Tell whether reading a file again would give the rows that are there."""
        return self.keys.get(job.entry.id) in current_keys(job.entry, job.sha256, job.crosswalk)

    def document(self, document_id: str) -> CarriedDocument:
        """An unchanged document, whose rows will be copied without being read."""
        return self._documents[document_id]

    def record(self, file: str) -> IntakeRecord:
        """What the report says of a file that did not change."""
        return replace(self._records[file], status="unchanged")

    def removed(self, report: Sequence[IntakeRecord]) -> tuple[str, ...]:
        """Files of its documents that the report of a new one does not name."""
        named = {record.file for record in report}
        were = (file for file, record in self._records.items() if record.status in ("read", "unchanged"))
        return tuple(file for file in were if file not in named)

    def same(
        self,
        ordered: Sequence[Document],
        report: Sequence[IntakeRecord],
        embedder: Embedder,
        config: IndexConfig,
        prefer: Sequence[str],
        *,
        vectors: bool = True,
    ) -> bool:
        """Tell whether a new generation would be equal to the one in use, its intake report included.

        Args:
            ordered: Documents of the new one.
            report: Lines of its report.
            embedder: Would make its vectors.
            config: Its settings.
            prefer: Collections that it would prefer.
            vectors: Whether it would have vectors, as a rule; an early one of all documents has none.
        """
        lacks = incomplete_of(self._facts)
        return (
            self.folder is not None
            and not self._stands_in
            and (lacks is None if vectors else lacks is not None and not lacks.unread)
            and list(self.keys.items()) == [(p.document.id, p.document.key) for p in ordered]
            and set(map(_verdict, self._records.values())) == set(map(_verdict, report))
            and made_by(embedder).items() <= self._facts.items()
            and self._facts["analyzer"] == ANALYZER_VERSION
            and read_config(self._facts["config"]) == config
            and self._facts.get("prefer", []) == list(prefer)
        )


def _verdict(record: IntakeRecord) -> tuple[str, str, str]:
    """Return what the report says of a file, whether it was read again or carried over."""
    return record.file, "read" if record.status == "unchanged" else record.status, record.reason
