"""What pypdf raises on damaged files, and how it is kept quiet about odd ones."""

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf.errors import PyPdfError

DAMAGE = (
    # What pypdf raises on objects that are missing, of another type than the format asks
    # for, nested without end, or cut short; each was seen on real files.
    PyPdfError, AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError,
    AssertionError, NotImplementedError, OverflowError, ZeroDivisionError, EOFError,
    struct.error, zlib.error,
)  # fmt: skip


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Keep the loggers of libraries silent meanwhile: they warn of each oddity of each object."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
