"""Title, page labels and bookmarks that a PDF file states of itself."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject

from ingest import cleaning
from ingest.readers.pdf.engine.damage import DAMAGE

_TITLE = re.compile(r"[^\W\d_]{2,}[\W_]+(?:\w+[\W_]+)*?[^\W\d_]{2,}")
_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|xml|sgml?|fm|p65|wpd|xlsx?|pptx?|html?|txt)\b|^Microsoft \w+ - |[\\]",
    re.IGNORECASE,
)
_DEPTH = 32  # of leaves below leaves; a damaged file may have them in a circle


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
            labels = _labels(reader)
    except DAMAGE:
        labels = ()
    try:
        outline = dict(_outline(reader.outline, 1))
    except DAMAGE:
        outline = {}
    return Catalog(title, labels, outline)


def _labels(reader: PdfReader) -> tuple[str, ...]:
    """Return the label of each page; a number tree in several leaves is read as one.

    pypdf takes a page of which its leaf says nothing for a page without a label, though the range that
    the leaf before began goes on (ISO 32000-2, 7.9.7 and 12.4.2).
    """
    tree = reader.root_object["/PageLabels"].get_object()
    if not isinstance(tree, DictionaryObject):
        return ()
    if "/Kids" in tree:
        ranges = dict(sorted(_leaves(tree, _DEPTH)))
        flat = ArrayObject(item for key, value in ranges.items() for item in (NumberObject(key), value))
        reader.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): flat})
    return tuple(reader.page_labels)


def _leaves(node: DictionaryObject, depth: int) -> Iterator[tuple[int, PdfObject]]:
    numbers = list(node.get("/Nums", ArrayObject()).get_object())
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        yield int(key), value.get_object()
    for kid in node.get("/Kids", ArrayObject()).get_object() if depth else ():
        yield from _leaves(cast(DictionaryObject, kid.get_object()), depth - 1)


def _outline(entries: Sequence[Any], level: int) -> Iterator[tuple[str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, level + 1)
        elif key := outline_key(str(entry.title)):
            yield key, level


def outline_key(text: str) -> str:
    """Return a heading as normalised characters only, to compare it with a bookmark."""
    return re.sub(r"[\W_]+", "", text).lower()


def printed_labels(stated: tuple[str, ...], found: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the printed labels: stated, else found on the pages, else plain numbers.

    A stated label that most of the pages print otherwise is wrong.

    Args:
        stated: What the file states, one a page, or nothing.
        found: The number found on each page, "" where there is none.
        count: Number of pages.
    """
    plain = tuple(str(number) for number in range(1, count + 1))
    if len(stated) == count and stated != plain:
        printed = [(one, other) for one, other in zip(stated, found, strict=True) if other]
        false = sum(one.lower() != other.lower() for one, other in printed)
        if false <= len(printed) / 2 or len(printed) < count / 2:
            return stated
    return tuple(label or number for label, number in zip(found, plain, strict=True))
