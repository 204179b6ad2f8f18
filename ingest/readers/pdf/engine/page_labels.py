"""Printed labels of the pages of a PDF file: stated by the file, else found on the pages, else none."""

from collections.abc import Iterator
from typing import cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject

_DEPTH = 32  # of leaves below leaves; a damaged file may have them in a circle


def stated_labels(reader: PdfReader) -> tuple[str, ...]:
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


def printed_labels(stated: tuple[str, ...], found: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the printed labels: stated, else found on the pages, else "": the count of the file is no label.

    A stated label that most of the pages print otherwise is wrong. Labels from 1 to the last page are what programs
    write of their own accord: they count where a page prints its number and none prints another.

    Args:
        stated: What the file states, one a page, or nothing.
        found: The number found on each page, "" where there is none.
        count: Number of pages.
    """
    if len(stated) != count:
        return found
    printed = [(one, other) for one, other in zip(stated, found, strict=True) if other]
    false = sum(one.lower() != other.lower() for one, other in printed)
    if stated == tuple(str(number) for number in range(1, count + 1)):
        return stated if printed and not false else found
    return stated if false <= len(printed) / 2 or len(printed) < count / 2 else found
