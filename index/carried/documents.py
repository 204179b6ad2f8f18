"""Documents of a new generation: those that were read, and those whose rows are copied from an older generation.

A document that did not change is known by its id alone. Its text, sections and passages never become objects.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.generations.rows import (
    FILE,
    copied_texts,
    indexed_hashes,
    load_parsed,
    passage_rows,
    stored_keys,
    text_hash,
)
from pinpoint.stored import ParsedDocument

_TEXT = 0.47
"""Share of the rows of a generation that is text, at least: 33.6 of 70.6 MB for 43 documents, of 61.3 MB since pages of
the file are larger."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a document that is copied: its id, and the key of its rows as in ``StoredDocument``."""

    id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedDocument:
    """A document whose rows are copied from an older generation.

    Attributes:
        folder: That generation.
        document: Which it is.
        first: Row of its first passage there.
        count: How many passages it has.
        share: The share of all passages there, 0 to 1.
    """

    folder: Path
    document: Identity
    first: int
    count: int
    share: float


Document = ParsedDocument | CarriedDocument


def carried_documents(folder: Path) -> dict[str, CarriedDocument]:
    """All documents of a generation by id, in the order of its ingest."""
    rows = passage_rows(folder)
    whole = max(1, sum(count for _, count in rows.values()))
    return {
        name: CarriedDocument(
            folder=folder, document=Identity(name, key), first=first, count=count, share=count / whole
        )
        for name, key in stored_keys(folder).items()
        for first, count in [rows.get(name, (0, 0))]
    }


def loaded(document: Document) -> ParsedDocument:
    """A document with all of its rows, read where they are copied."""
    if isinstance(document, ParsedDocument):
        return document
    return load_parsed(document.folder, document.document.id)


def passage_count(document: Document) -> int:
    """How many passages a document has."""
    return document.count if isinstance(document, CarriedDocument) else len(document.passages)


class CorpusRows:
    """The passages of documents as rows, in the order of the documents.

    Attributes:
        documents: In their order.
        firsts: Row of the first passage of each.
        count: How many rows there are.
        hashes: Digest of the indexed text of each row.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        """Number the passages of documents."""
        self.documents = tuple(documents)
        self.firsts: list[int] = []
        self.hashes: list[bytes] = []
        known: dict[Path, list[bytes]] = {}
        for document in self.documents:
            self.firsts.append(len(self.hashes))
            if isinstance(document, CarriedDocument):
                if document.folder not in known:
                    known[document.folder] = indexed_hashes(document.folder)
                self.hashes += known[document.folder][document.first : document.first + document.count]
            else:
                self.hashes += (text_hash(passage.indexed_text) for passage in document.passages)
        self.count = len(self.hashes)

    def texts(self, rows: Iterable[int]) -> Iterator[str]:
        """Indexed texts of rows, which ascend."""
        wanted = sorted(rows)
        position = 0
        for document, first in zip(self.documents, self.firsts, strict=True):
            begun = position
            while position < len(wanted) and wanted[position] < first + passage_count(document):
                position += 1
            own = [row - first for row in wanted[begun:position]]
            if own and isinstance(document, CarriedDocument):
                yield from copied_texts(document.folder, [document.first + row for row in own])
            elif isinstance(document, ParsedDocument):
                yield from (document.passages[row].indexed_text for row in own)

    def stored_bytes(self) -> int:
        """Bytes of the text that a generation of these stores, which it cannot be smaller than; about, where copied."""
        read = [document for document in self.documents if isinstance(document, ParsedDocument)]
        texts = sum(len(parsed.document.text) for parsed in read)
        texts += sum(len(passage.text) + len(passage.indexed_text) for parsed in read for passage in parsed.passages)
        for document in self.documents:
            if isinstance(document, CarriedDocument):
                texts += int(_TEXT * document.share * (document.folder / FILE).stat().st_size)
        return texts
