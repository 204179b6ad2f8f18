"""When a watched folder is read: not while its files change, not for ever later, and again after a failure."""

from dataclasses import dataclass

from ingest.watching.snapshot import Snapshot

LONGEST_UNREST = 600.0
"""Seconds after which a folder is read although its files still change: a log that grows all day must not keep the
others waiting. Set by hand; not measured."""
_FIRST_RETRY, _LAST_RETRY = 60.0, 3600.0
"""Seconds after a first failure, doubled with each further one up to the last. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a folder is watched.

    Attributes:
        settle: Seconds for which nothing may have changed before it is read.
        rest: Seconds until it is looked at again where nothing says that it changed.
        longest: Seconds after which it is read although files still change.
    """

    settle: float
    rest: float
    longest: float = LONGEST_UNREST


class Timing:
    """Decides when a folder is read, by a clock that it is told; the first reading is due at once."""

    def __init__(self, pace: Pace) -> None:
        """Watch at a pace."""
        self._pace = pace
        self._read: Snapshot | None = None
        self._seen: Snapshot | None = None
        self._changed_at = 0.0
        self._due_since: float | None = None
        self._asked = True
        self._at_once = False
        self._failures = 0
        self._again_at: float | None = None

    def ask(self) -> None:
        """Have the folder read at the next look, whether it changed or not, and whether it stands still or not."""
        self._asked = self._at_once = True

    def seconds_left(self, now: float, found: Snapshot | None) -> float:
        """Look at the folder: seconds until the next look; 0 where it is to be read now.

        Args:
            now: Seconds of a clock that never goes back.
            found: The folder; None where it is not there.
        """
        if found is None:
            self._seen = self._due_since = None
            return self._pace.rest
        if not found.same_files(self._seen):
            self._seen, self._changed_at = found, now
        again = self._again_at is not None and now >= self._again_at
        if not (self._asked or again or not found.same_files(self._read)):
            self._due_since = None
            return self._pace.rest if self._again_at is None else min(self._pace.rest, self._again_at - now)
        self._due_since = now if self._due_since is None else self._due_since
        still = self._pace.settle - (now - self._changed_at)
        return 0.0 if self._at_once else max(0.0, min(still, self._due_since + self._pace.longest - now))

    def started(self, found: Snapshot) -> None:
        """Note that the folder is read as it was found."""
        self._read, self._asked, self._at_once, self._again_at, self._due_since = found, False, False, None, None

    def ended(self, now: float, *, well: bool) -> float:
        """Note how a reading ended; seconds until it is tried again where it failed and nothing changes, else 0."""
        if well:
            self._failures = 0
            return 0.0
        wait = min(_FIRST_RETRY * 2.0**self._failures, _LAST_RETRY)
        self._failures += 1
        self._again_at = now + wait
        return wait
