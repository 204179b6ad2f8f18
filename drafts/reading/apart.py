"""Drafts are read in a process of their own, so that no file can take the rest along."""

import threading
from typing import BinaryIO

from drafts.reading.registry import read_content
from drafts.records import Draft
from ingest.workers import limit_memory
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableDocument
from pinpoint.processes import end_process, receive, send, start_process

SECONDS = 300.0
"""Seconds that a draft may take to be read. Set by hand; not measured."""
_MEGABYTES = 4096
"""Address space of the process, as for documents. Set by hand; not measured."""
_ERRORS = {kind.__name__: kind for kind in (UnreadableDocument, DamagedDocument, EmptyDocument, EncryptedDocument)}


def read_apart(name: str, content: bytes, seconds: float = SECONDS) -> Draft:
    """Read a draft from the bytes of a file, in a process of its own.

    Args:
        name: Its file name, whose suffix says what it is.
        content: Its bytes.
        seconds: After which the process is ended.

    Raises:
        UnreadableDocument: It cannot be read; the message names the file, what is wrong and what to do.
    """
    process = start_process(_serve)
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    late = False
    try:
        send(process.stdin, (name, content))
        answer = receive(process.stdout)
    except (EOFError, OSError, ValueError):
        late = not timer.is_alive()
        answer = None
    finally:
        timer.cancel()
        end_process(process)
    if isinstance(answer, Draft):
        return answer
    if answer is None:
        reason = f"took longer than {seconds:.0f} s" if late else "ended the process that reads it"
        raise UnreadableDocument(f"{name} {reason}. Save it again in its program, or check it chapter by chapter.")
    kind, message = answer
    raise _ERRORS.get(kind, UnreadableDocument)(message)


def _serve(received: BinaryIO, sent: BinaryIO) -> None:
    """Body of the process: read one draft, send it or what is wrong with it."""
    limit_memory(_MEGABYTES)
    name, content = receive(received)
    send(sent, _read(name, content))


def _read(name: str, content: bytes) -> Draft | tuple[str, str]:
    try:
        return read_content(name, content)
    except UnreadableDocument as error:
        return type(error).__name__, str(error)
    except MemoryError:
        return "", f"{name} needs more than {_MEGABYTES} MB. Check it chapter by chapter."
    except Exception as error:  # noqa: BLE001 - the boundary of the process: any failure becomes a sentence
        return "", (
            f"{name} could not be read: something in it is not as its format wants it ({type(error).__name__}). "
            "Save it again in its program."
        )
