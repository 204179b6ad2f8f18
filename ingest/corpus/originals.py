"""The file that a document was read from, as long as it is still that."""

import os
from functools import lru_cache
from pathlib import Path

from pinpoint.errors import OriginalUnavailable
from pinpoint.files import file_sha256
from pinpoint.stored import StoredDocument


def open_original(corpus: Path | None, document: StoredDocument) -> Path:
    """The file of a document.

    Args:
        corpus: Folder of the documents; None when it is not known.
        document: A document of the index.

    Returns:
        Its path; the file holds the bytes that were indexed.

    Raises:
        OriginalUnavailable: The folder is not known, the file is not in it or cannot be read, or it has changed
            since it was indexed; the message says what to do.
    """
    if corpus is None:
        raise OriginalUnavailable(
            "The index does not say which folder its documents are in. Read the folder again "
            "(pinpoint ingest FOLDER), or name it in CORPUS_DIR."
        )
    root = corpus.resolve()
    path = (root / document.file).resolve()
    if not path.is_relative_to(root):
        raise OriginalUnavailable(f"{document.file} leads out of the folder {corpus}. Copy the file into the folder.")
    try:
        state = path.stat()
        same = path.is_file() and _sha256(path, state.st_size, state.st_mtime_ns, state.st_ino) == document.sha256
    except OSError as error:
        raise OriginalUnavailable(
            f"The file {document.file} is not in the folder {corpus} ({os.strerror(error.errno or 0)}). Put it back, "
            "or name the folder it is in with CORPUS_DIR."
        ) from error
    if not same:
        raise OriginalUnavailable(
            f"The file {document.file} has changed since it was indexed. Read the folder {corpus} again."
        )
    return path


@lru_cache(maxsize=1024)
def _sha256(path: Path, size: int, changed_ns: int, inode: int) -> str:  # noqa: ARG001 - a changed file is read again
    return file_sha256(path)
