"""What ``pinpoint check`` prints of a draft for people, and how far it is."""

import sys
import time
from collections.abc import Iterator

import click

from drafts.records import Check, Finding
from drafts.reports import wording

_SHOWN = 600
"""Characters of a text in the terminal; reports have all of it. Set by hand; not measured."""
_PATIENCE = 3.0
"""Seconds before the progress is shown. Set by hand; not measured."""
_BETWEEN = 1.0
"""Seconds between two reports of the progress on a terminal; elsewhere ``_LINES`` times as many. Set by hand."""
_LINES = 30


def check_lines(shown: str, check: Check) -> Iterator[str]:
    """Counts, then each finding that needs a look, then what was not checked."""
    yield f"{shown}: {wording.counted(check)}"
    yield f"  {wording.held_against(check)}"
    for finding in check.findings:
        if finding.needs_a_look:
            yield ""
            yield from _finding_lines(finding)
    left = wording.not_checked(check)
    if left:
        yield ""
        yield from (f"  Not checked: {text}" for text in left)


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"  {wording.heading(finding)}"
    yield f"    {wording.where_of(finding)}"
    yield f"    {wording.IN_DRAFT}: \u201c{wording.shortened(finding.text, _SHOWN)}\u201d"
    for name, text in wording.lines(finding):
        yield f"    {name}: {wording.shortened(text, _SHOWN)}" if name else f"    {wording.shortened(text, _SHOWN)}"


class Meter:
    """Says on the error stream how far a check is, once it takes a while."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._next = time.monotonic() + _PATIENCE
        self._terminal = sys.stderr.isatty()
        self._said = False

    def __call__(self, done: int, total: int) -> None:
        """Take a report of the progress."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _BETWEEN * (1 if self._terminal else _LINES)
        self._said = True
        begin = "\r" if self._terminal else ""
        click.echo(f"{begin}{self._shown}: {done} of {total} findings", err=True, nl=not self._terminal)

    def close(self) -> None:
        """Leave the line."""
        if self._said and self._terminal:
            click.echo("", err=True)
