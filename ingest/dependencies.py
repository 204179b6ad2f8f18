"""Digest of everything in the program that a row depends on.

A document is carried over from one generation to the next as long as its key stays the same
(``document_keys.document_key``), and this digest is a part of every key. Code is named by folder, so that
a new reader counts from its first day; modules of ``ingest`` that move files and report of them do not count.
``tests/ingest/test_dependencies.py`` holds the lists against what ``ingest.parsing`` imports.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

FOLDERS = ("citations", "ingest/readers", "ingest/structure")
MODULES = (
    "index/documents/section_tree.py",
    "index/documents/sentences.py",
    "ingest/assembly.py",
    "ingest/cleaning.py",
    "ingest/corpus/currency_statements.py",
    "ingest/description.py",
    "ingest/links.py",
    "ingest/parsing.py",
    "ingest/passages.py",
    "ingest/records.py",
    "pinpoint/records.py",
    "pinpoint/stored.py",
)
PARSERS = (
    "fonttools",  # pypdf reads fonts in CFF form with it
    "lxml",
    "markdown-it-py",
    "nupunkt",
    "pypdf",
    "pypdfium2",
    "python-docx",
)
"""Distributions whose release decides what is read; text recognition counts apart (``ocr.ocr_version``)."""

_SUFFIXES = (".py", ".toml")
_ROOT = Path(__file__).resolve().parents[1]


@cache
def rows_digest() -> str:
    """Return the digest of the installed program, for this process.

    A worker process reads the same files as the ingest that started it, and so finds the same.
    """
    return digest_of(_ROOT)


def digest_of(root: Path) -> str:
    """Digest code, tables and parser versions.

    Args:
        root: Folder that holds the packages.

    Returns:
        SHA-256, in hexadecimal digits.
    """
    digest = hashlib.sha256()
    for file in row_files(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    for parser in PARSERS:
        digest.update(f"{parser} {_version(parser)}\n".encode())
    return digest.hexdigest()


def row_files(root: Path) -> Iterator[Path]:
    """Yield the files that count, folder by folder, each folder sorted by path.

    Raises:
        FileNotFoundError: A folder or a module of the lists is not there.
    """
    for folder in FOLDERS:
        found = sorted(file for file in (root / folder).rglob("*") if file.suffix in _SUFFIXES)
        if not found:
            raise FileNotFoundError(f"{root / folder} holds no code that rows depend on.")
        yield from found
    yield from (root / module for module in MODULES)


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:  # imported from a folder that no installer wrote
        return "unknown"
