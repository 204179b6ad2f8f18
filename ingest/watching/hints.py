"""What the system reports of changes in a folder, as a sign to look at it."""

import threading
from collections.abc import Callable
from pathlib import Path

import watchfiles

_DEBOUNCE, _STEP, _LOOK = 1000, 100, 1000
"""Milliseconds: how long reports are gathered at most, how long it is quiet before they are passed on, and how often
the thread looks whether it shall end. Set by hand; the folder has to stand still for longer in any case."""


class Hints:
    """A thread that says when something below a folder changes, until it is stopped."""

    def __init__(self, corpus: Path, changed: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Begin.

        Args:
            corpus: The folder.
            changed: Called when something changed.
            failed: Called with the reason, as a clause, where the system reports no changes of it.
        """
        self._stop = threading.Event()
        self._changed, self._failed = changed, failed
        self._thread = threading.Thread(target=self._follow, args=(corpus,), name="watching", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, within a second or two."""
        self._stop.set()
        self._thread.join(5)

    def _follow(self, corpus: Path) -> None:
        if not corpus.is_dir():  # watchfiles would follow nothing and say nothing, since it passes over what is closed
            self._failed("it is not there")
            return
        try:
            for _ in watchfiles.watch(
                corpus,
                watch_filter=None,
                debounce=_DEBOUNCE,
                step=_STEP,
                rust_timeout=_LOOK,
                stop_event=self._stop,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                self._changed()
        except (OSError, RuntimeError) as error:  # no more watches, or the folder has just gone
            self._failed(str(error))
