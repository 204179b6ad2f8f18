"""Pages are drawn in a process of their own, so that no file can take the app along.

A page may hold what makes pdfium run without end, grow, or end the process in which it works. Here that is one that
waits for pages to draw, with limits of time and of address space; it is started at the first page and again after it
has ended. It ends with the app, when its input is closed, or at its own limit of time.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from ingest.workers import limit_memory
from pdfview.glyphs import page_glyphs
from pdfview.highlight import Placement, locate_quotation
from pdfview.page_text import PageText
from pdfview.render import PagePicture, render_page
from pinpoint.errors import UnreadableDocument

_ROOT = Path(__file__).resolve().parents[1]
_SECONDS, _MEGABYTES = 30.0, 3072
_GRACE = 1.0
"""Seconds after which the process ends itself, when the app that should have ended it is gone."""
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class PageProcess:
    """One process that does one fragment of work after the other; threads wait their turn."""

    def __init__(self, seconds: float = _SECONDS, megabytes: int = _MEGABYTES) -> None:
        """Set the limits of each fragment of work; the process starts with the first."""
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._count = threading.Lock()

    def run(self, file: str, work: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> _Made:
        """Do a fragment of work over there.

        Args:
            file: Name of the file for which it is done.
            work: A function that can be imported.
            given: What it is given, as ``named``; like what it makes, something that can be pickled.
            named: See ``given``.

        Raises:
            UnreadableDocument: The work raises this, takes too long or too much memory, or ends its process.
        """
        with self._count:
            process = self._running()
            begun = time.monotonic()
            late = threading.Timer(self._seconds, process.kill)
            late.start()
            try:
                assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - both are pipes
                pickle.dump((file, work, given, named), process.stdin)
                process.stdin.flush()
                made, reason = pickle.load(process.stdout)  # noqa: S301 - our own process
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._end()
                slow = time.monotonic() - begun >= self._seconds
                why = f"it takes longer than {self._seconds:.0f} s" if slow else "its process ended"
                message = f"{file}: the page cannot be shown ({why}). Obtain an undamaged copy."
                raise UnreadableDocument(message) from error
            finally:
                late.cancel()
            if time.monotonic() - begun >= self._seconds:  # the timer may have level
                self._end()
        if reason:
            raise UnreadableDocument(reason)
        result: _Made = made
        return result

    def close(self) -> None:
        """End the process."""
        with self._count:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with suppress(BrokenPipeError):  # what was not yet read over there is of no use any more
                self._process.__exit__(None, None, None)
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            limits = str(self._seconds + _GRACE), str(self._megabytes)
            command = [sys.executable, "-m", "pdfview.worker", *limits]
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process


_PAGES = PageProcess()


def page_picture(path: Path, page: int, *, scale: float) -> PagePicture:
    """``page_view.render_page`` in the process for pages; raises what that does."""
    return _PAGES.run(path.name, render_page, path, page, scale=scale)


def page_placement(path: Path, page: int, span: PageText) -> Placement:
    """Where a quotation stands on a page, found in the process for pages; raises what ``page_glyphs`` does."""
    return _PAGES.run(path.name, _position, path, page, span)


def _position(path: Path, page: int, span: PageText) -> Placement:
    return locate_quotation(page_glyphs(path, page), span)


def _serve(target: BinaryIO, done: BinaryIO, seconds: float) -> None:
    """Body of the process: a fragment of work after the other until the input is closed."""
    while True:
        try:
            file, work, given, named = pickle.load(target)  # noqa: S301 - from the app
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
        pickle.dump(answer, done)
        done.flush()


if __name__ == "__main__":
    limit_memory(int(sys.argv[2]))
    _serve(sys.stdin.buffer, sys.stdout.buffer, float(sys.argv[1]))
