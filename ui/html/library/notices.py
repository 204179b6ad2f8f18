"""Notices of the intake, sorted for people: a group for each kind of notice, its files with the pages concerned."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.report import IntakeRecord, said_left_out
from pinpoint.text import plural

DOUBTFUL = 0.9
"""Mean confidence of text recognition below which a page is called doubtful. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice.

    Attributes:
        words: What the warnings of the reader begin with or contain; "" for kinds that come from elsewhere.
        title: Heading.
        meaning: What it means for who searches, in a sentence.
    """

    words: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice about one file.

    Attributes:
        document_id: "" for a file that is not indexed.
        pages: 1-based.
        text: What the intake said.
    """

    file: str
    document_id: str
    pages: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """A page whose text was read from its picture.

    Attributes:
        confidence: Mean confidence of the recognition, 0 to 1.
    """

    file: str
    document_id: str
    page: int
    confidence: float


NOT_INDEXED = Kind("", "Not indexed", "These files could not be read. Nothing in them can be found.")
_OTHER = Kind("", "Other remarks", "")
_KINDS = (
    Kind(r"Damaged content on page", "Damaged pages", "The file is damaged there: words may be wrong or missing."),
    Kind(r"Page \d+ cannot be read", "Pages that cannot be read", "Nothing on these pages can be found."),
    Kind(
        r"No text was recognised on page",
        "Pictures in which no text was found",
        "If there is text on these pages, it cannot be found.",
    ),
    Kind(
        r"scanned \(a picture without text\).*Install",
        "Scanned pages that were not read",
        "These pages are pictures, and text recognition is not installed. Nothing on them can be found.",
    ),
    Kind(
        r"Recognised from the picture",
        "Pages read from their picture",
        "The words were recognised by machine. Compare a quotation with the page before you rely on it.",
    ),
    Kind(r"pages are blank|page is blank", "Blank pages", "Neither text nor a picture stands on them."),
    Kind(r"sha256 is", "Files that changed", "The file is not the one that the manifest describes."),
    Kind(
        r"Not listed in",
        "Files that the manifest does not list",
        "Title and dates were read from the file itself, and may be incomplete.",
    ),
    Kind(r"pypdf cannot open", "Files read in another way", "They were read by the second PDF reader."),
)
# Where text recognition is installed, two other warnings say what became of each scanned page.
_SAID_ELSEWHERE = re.compile(r"scanned \(a picture without text\)(?!.*Install)")
_PAGES = re.compile(r"\b[Pp]ages? (\d+(?:, \d+)*)|: (\d+(?:, \d+)*)[.,]")


WORDS_LEFT_OUT = Kind(
    "",
    "Words left out of the text",
    "They stand in the file and are not searched or quoted. Look at the page to see where.",
)
READ_DIFFERENTLY = Kind(
    "",
    "Pages on which a second engine sees other words",
    "Compare a quotation with the page before you rely on it.",
)


def words_left_out(records: Sequence[IntakeRecord]) -> list[Notice]:
    """What was left out of each document on purpose, with the pages."""
    return [
        Notice(
            file=record.file,
            document_id=record.document_id,
            pages=tuple(sorted({page for _, page, _ in record.left_out if page})),
            text=f"{said_left_out(record.left_out)}.",
        )
        for record in records
        if record.left_out
    ]


def read_differently(records: Sequence[IntakeRecord]) -> list[Notice]:
    """The documents with pages on which a second engine sees other words."""
    return [
        Notice(
            file=record.file,
            document_id=record.document_id,
            pages=tuple(page for page, _ in record.doubtful_pages),
            text=f"On {plural(len(record.doubtful_pages), 'page')}, as few as "
            f"{min(share for _, share in record.doubtful_pages):.0%} of the words are the same.",
        )
        for record in records
        if record.doubtful_pages
    ]


def not_indexed(records: Sequence[IntakeRecord]) -> list[Notice]:
    """The files that should be indexed and are not, each with the reason."""
    return [
        Notice(file=record.file, document_id="", pages=(), text=record.reason)
        for record in records
        if record.is_failure
    ]


def left_out(records: Sequence[IntakeRecord]) -> list[Notice]:
    """The files that were left out on purpose: copies, and files about the corpus."""
    return [
        Notice(file=record.file, document_id="", pages=(), text=record.reason)
        for record in records
        if record.status in ("skipped", "duplicate")
    ]


def grouped(records: Sequence[IntakeRecord]) -> list[tuple[Kind, list[Notice]]]:
    """The warnings by kind, the gravest first; kinds without any are left out."""
    groups: dict[Kind, list[Notice]] = {}
    for record in records:
        for warning in record.warnings:
            if _SAID_ELSEWHERE.search(warning):
                continue
            kind = next((kind for kind in _KINDS if re.search(kind.words, warning)), _OTHER)
            pages = tuple(_named_pages(kind, record, warning))
            groups.setdefault(kind, []).append(
                Notice(file=record.file, document_id=record.document_id, pages=pages, text=warning)
            )
    return [(kind, groups[kind]) for kind in (*_KINDS, _OTHER) if kind in groups]


def recognised(records: Sequence[IntakeRecord]) -> list[RecognisedPage]:
    """Pages whose text was read from their picture, the least sure first."""
    found = [
        RecognisedPage(file=record.file, document_id=record.document_id, page=page, confidence=confidence)
        for record in records
        for page, confidence in record.ocr_pages
    ]
    return sorted(found, key=lambda page: (page.confidence, page.file, page.page))


def corrected(records: Sequence[IntakeRecord]) -> list[tuple[str, int, int]]:
    """Repairs by name, most first: how often, and in how many files."""
    times: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for record in records:
        for name, count in (record.repairs or {}).items():
            times[name] += count
            files[name] += bool(count)
    return [(name, count, files[name]) for name, count in times.most_common() if count]


def _named_pages(kind: Kind, record: IntakeRecord, warning: str) -> Iterator[int]:
    """Pages that a warning is about: all that the record knows of the kind, else those that the sentence names."""
    scanned = set(record.scanned_pages)
    recorded = {
        "Blank pages": [page for page in record.pages_without_text if page not in scanned],
        "Scanned pages that were not read": list(record.scanned_pages),
        "Pictures in which no text was found": sorted(scanned - {page for page, _ in record.ocr_pages}),
        "Pages read from their picture": [page for page, _ in record.ocr_pages],
    }
    if kind.title in recorded:
        yield from recorded[kind.title]
    elif record.pages and (named := _PAGES.search(warning)):
        yield from (page for page in map(int, re.findall(r"\d+", named.group())) if 1 <= page <= record.pages)
