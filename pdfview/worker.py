"""Pages are drawn in a process of their own, so that no file can take the app along.

A page may hold what makes pdfium run without end, grow, or end the process in which it works. Here that is one that
waits for pages to draw, with limits of time and of address space; it is started at the first page and again after it
has ended. It ends with the app, when its input is closed, or at its own limit of time.
"""

import os
import pickle
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from ingest.workers import limit_memory
from pdfview.glyphs import page_glyphs
from pdfview.highlight import Placement, locate_quotation
from pdfview.page_text import PageText
from pdfview.render import PagePicture, render_page
from pinpoint.errors import UnreadableDocument
from pinpoint.processes import end_process, receive, send, start_process

_SECONDS, _MEGABYTES = 30.0, 3072
"""Time and address space that one page may take. Set by hand, far above what the pages of the 43 documents take."""
_GRACE = 1.0
"""Seconds after which the process ends itself, when the app that should have ended it is gone."""
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class PageProcess:
    """One process that does one task after the other; threads wait their turn."""

    def __init__(self, seconds: float = _SECONDS, megabytes: int = _MEGABYTES) -> None:
        """Set the limits of each task; the process starts with the first."""
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def run(self, file: str, work: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> _Made:
        """Do a task over there.

        Args:
            file: Name of the file for which it is done.
            work: A function that can be imported.
            given: What it is given, as ``named``; like what it makes, something that can be pickled.
            named: See ``given``.

        Raises:
            UnreadableDocument: The work raises this, takes too long or too much memory, or ends its process.
        """
        with self._one_at_a_time:
            process = self._running()
            begun = time.monotonic()
            late = threading.Timer(self._seconds, process.kill)
            late.start()
            try:
                assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
                send(process.stdin, (file, work, given, named))
                made, reason = receive(process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._end()
                slow = time.monotonic() - begun >= self._seconds
                why = f"it takes longer than {self._seconds:.0f} s" if slow else "its process ended"
                message = f"{file}: the page cannot be shown ({why}). Obtain an undamaged copy."
                raise UnreadableDocument(message) from error
            finally:
                late.cancel()
            if time.monotonic() - begun >= self._seconds:  # the timer may have gone off
                self._end()
        if reason:
            raise UnreadableDocument(reason)
        result: _Made = made
        return result

    def close(self) -> None:
        """End the process."""
        with self._one_at_a_time:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            end_process(self._process)
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = start_process(_serve)
            assert self._process.stdin is not None  # noqa: S101 - it is a pipe
            send(self._process.stdin, (self._seconds + _GRACE, self._megabytes))
        return self._process


_PAGES = PageProcess()


def page_picture(path: Path, page: int, *, scale: float) -> PagePicture:
    """``render.render_page`` in the process for pages; raises what that does."""
    return _PAGES.run(path.name, render_page, path, page, scale=scale)


def page_placement(path: Path, page: int, span: PageText) -> Placement:
    """Where a quotation stands on a page, found in the process for pages; raises what ``glyphs.page_glyphs`` does."""
    return _PAGES.run(path.name, _placement, path, page, span)


def _placement(path: Path, page: int, span: PageText) -> Placement:
    return locate_quotation(page_glyphs(path, page), span)


def _serve(received: BinaryIO, sent: BinaryIO) -> None:
    """Body of the process: the limits, then one task after the other until the input is closed."""
    seconds, megabytes = receive(received)
    limit_memory(megabytes)
    while True:
        try:
            file, work, given, named = receive(received)
        except EOFError:
            return
        late = threading.Timer(seconds, os._exit, (1,))
        late.daemon = True
        late.start()
        answer: tuple[Any, str]
        try:
            answer = work(*given, **named), ""
        except UnreadableDocument as error:
            answer = None, str(error)
        except MemoryError:
            answer = None, f"{file}: the page cannot be shown (it needs too much memory). Obtain an undamaged copy."
        late.cancel()
        send(sent, answer)
