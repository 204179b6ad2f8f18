"""Work that is to stop before its end: its time is over, or whoever asked for it has gone.

A thread cannot be ended from without. Whoever starts work says how it is asked whether it shall stop; the documents
ask it whenever they are read, and so do the loops that go on for seconds without a read: those that split a draft, and
those that align two texts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ASKED: ContextVar[Callable[[], bool] | None] = ContextVar("stop_is_asked", default=None)


class Stopped(BaseException):
    """Work was stopped as was asked; no ``Exception``, so that nothing takes it for a failure and goes on."""


@contextmanager
def stoppable(asked: Callable[[], bool]) -> Iterator[None]:
    """What runs within ends with ``Stopped`` soon after ``asked`` says so; threads that it starts do not."""
    token = _ASKED.set(asked)
    try:
        yield
    finally:
        _ASKED.reset(token)


def stop_if_asked() -> None:
    """End the work that calls this where it is asked to.

    Raises:
        Stopped: It is.
    """
    asked = _ASKED.get()
    if asked is not None and asked():
        raise Stopped
