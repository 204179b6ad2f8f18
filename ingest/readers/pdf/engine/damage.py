"""Errors that pypdf raises on damaged files, what they say in plain words, and its silence about odd files."""

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from pypdf import PageObject
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, EncodedStreamObject, PdfObject

DAMAGE = (
    # What pypdf raises on objects that are missing, of another type than the format asks
    # for, nested without end, or cut short; each was seen on real files.
    PyPdfError, DependencyError, DeprecationError, AttributeError, KeyError, TypeError, ValueError, IndexError,
    RecursionError, AssertionError, NotImplementedError, OverflowError, ZeroDivisionError, EOFError,
    struct.error, zlib.error,
)  # fmt: skip


_DEFLATED = ("/FlateDecode", "/Fl", ["/FlateDecode"])
_LONGEST = 120  # characters of what a library says
_PLAIN: tuple[tuple[type[BaseException], str], ...] = (
    (LimitReachedError, "it unfolds to more than is read, or goes in circles"),
    (RecursionError, "it is nested without end"),
    (zlib.error, "its compressed content is damaged"),
    (struct.error, "its content is cut short"),
    (EOFError, "its content is cut short"),
    (NotImplementedError, "it is compressed or encrypted in a way that is not known"),
    (DependencyError, "it is compressed or encrypted in a way that is not known"),
    (DeprecationError, "it is compressed or encrypted in a way that is not known"),
)


class EndlessPage(PyPdfError):
    """A page paints so many forms within forms that no program can be asked to draw it."""


def plainly(error: BaseException) -> str:
    """Say what is wrong with a damaged file, as the end of a sentence without names of the program."""
    for kind, words in _PLAIN:
        if isinstance(error, kind):
            return words
    if not isinstance(error, PyPdfError):
        return "an object in it is missing or of the wrong type"
    said = "".join(character if character.isprintable() else " " for character in str(error))
    return " ".join(said.split()).rstrip(".")[:_LONGEST] or "it is damaged"


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Silence the loggers of libraries meanwhile: they warn of each oddity of each object."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def is_corrupt(page: PageObject) -> bool:
    """Tell whether the compressed content of a page fails its checksum (RFC 1950).

    pypdf and pdfium both continue with what they can decompress, so damage inside would
    otherwise pass as text. False for content that is stored or compressed in other ways.
    """
    contents = cast(PdfObject, page.get("/Contents", ArrayObject())).get_object()
    streams = contents if isinstance(contents, ArrayObject) else [contents]
    for reference in streams:
        stream = reference.get_object() if reference is not None else None
        if not isinstance(stream, EncodedStreamObject) or stream.get("/Filter") not in _DEFLATED:
            continue
        try:
            zlib.decompressobj().decompress(stream._data)  # pypdf shows the raw bytes only there
        except zlib.error:
            return True
    return False
