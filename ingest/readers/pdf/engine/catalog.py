"""Title, page labels and bookmarks that a PDF file states of itself."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader

from ingest import cleaning
from ingest.readers.pdf.engine.damage import DAMAGE
from ingest.readers.pdf.engine.page_labels import stated_labels

_TITLE = re.compile(r"[^\W\d_]{2,}[\W_]+(?:\w+[\W_]+)*?[^\W\d_]{2,}")
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|xml|sgml?|fm|p65|wpd|xlsx?|pptx?|html?|txt)\b|^Microsoft \w+ - |[\\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Statements of a file about itself; what is absent or damaged is empty.

    Attributes:
        title: "" when it is none, such as the name of a file.
        labels: One a page, or none.
        outline: Levels of the bookmarks (1 is the top), by text without blanks and case.
    """

    title: str = ""
    labels: tuple[str, ...] = ()
    outline: Mapping[str, int] = field(default_factory=dict)


def read_catalog(reader: PdfReader) -> Catalog:
    """Read title, page labels and bookmarks; a damaged one counts as absent."""
    try:
        title = str(reader.metadata.title or "") if reader.metadata else ""
        title = cleaning.tidy(cleaning.clean_characters(title, Counter()), Counter())
        title = title if _TITLE.search(title) and not _FILE_NAME.search(title) else ""
    except DAMAGE:
        title = ""
    labels: tuple[str, ...] = ()
    try:
        if "/PageLabels" in reader.root_object:
            labels = stated_labels(reader)
    except DAMAGE:
        labels = ()
    try:
        outline = dict(_outline(reader.outline, 1))
    except DAMAGE:
        outline = {}
    return Catalog(title, labels, outline)


def _outline(entries: Sequence[Any], level: int) -> Iterator[tuple[str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, level + 1)
        elif key := outline_key(str(entry.title)):
            yield key, level


def outline_key(text: str) -> str:
    """Return a heading as normalised characters only, to compare it with a bookmark."""
    return re.sub(r"[\W_]+", "", text).lower()
