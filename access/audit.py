"""The audit log that an administrator may turn on: who had which documents shown, and when; the words only if wished.

Off unless ``PINPOINT_AUDIT_LOG`` names a file. One JSON object a line. The file of a day that is over, and one that has
grown too large, is put aside under the day's name, and files of days before the retention are deleted.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from pinpoint.errors import AuditUnavailable, ConfigurationError

FILE_SETTING, TEXT_SETTING, DAYS_SETTING = "PINPOINT_AUDIT_LOG", "PINPOINT_AUDIT_TEXT", "PINPOINT_AUDIT_DAYS"
USUAL_DAYS = 90
"""Days after which a log is deleted where nothing else is set; a choice."""
LARGEST = 10_000_000
"""Bytes from which the file of a day is put aside and another one begun. Set by hand; not measured."""
NOBODY = "not signed in"
_MOST_DAYS = 36_500  # a hundred years
_PRIVATE = 0o600  # read and written by the owner alone
_ASIDE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\d+)?")
Action = Literal["ask", "search", "read", "add", "remove", "fetch", "check", "note"]


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Settings of the log.

    Attributes:
        file: Where it is written.
        records_text: Whether questions and searches are written too.
        days: Whole days that it stays after the day itself.
    """

    file: Path
    records_text: bool = False
    days: int = USUAL_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Something that somebody did.

    Attributes:
        who: E-mail address of who is signed in.
        documents: Ids of the documents that were shown, each once.
        generation: The state of the index that they were shown from.
        text: What was typed; written only where the settings say so.
    """

    who: str
    action: Action
    documents: tuple[str, ...]
    generation: str
    text: str = ""


def audit_settings(environment: Mapping[str, str]) -> AuditSettings | None:
    """The settings of the log; None when it is off.

    Raises:
        ConfigurationError: The number of days is none, or other settings are there without a file.
    """
    file, days = environment.get(FILE_SETTING, "").strip(), environment.get(DAYS_SETTING, "").strip()
    records_text = environment.get(TEXT_SETTING, "").strip() == "1"
    if not file:
        if records_text:
            raise ConfigurationError(f"{TEXT_SETTING} is set, but {FILE_SETTING} names no file. Set both, or neither.")
        return None
    if days and not (days.isascii() and days.isdigit() and 1 <= int(days) <= _MOST_DAYS):
        raise ConfigurationError(f"{DAYS_SETTING} is {days!r}; it must be a whole number of days from 1.")
    return AuditSettings(Path(file), records_text, int(days) if days else USUAL_DAYS)


def statement(settings: AuditSettings | None) -> str:
    """The sentence that people who use the app are told of the log; "" when there is none."""
    if settings is None:
        return ""
    recorded = (
        "who asked what, when, and which documents were shown"
        if settings.records_text
        else "who had which documents shown, and when, but not what was asked"
    )
    return f"An audit log is kept for {settings.days} days; it holds {recorded}."


class AuditLog:
    """Writes the log; safe to share between threads of one process."""

    def __init__(
        self,
        settings: AuditSettings,
        *,
        largest: int = LARGEST,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Write as ``settings`` say; files of at least ``largest`` bytes are put aside."""
        self._settings, self._largest, self._now = settings, largest, now
        self._lock = threading.Lock()
        self._cleaned: date | None = None

    def record(self, entry: AuditEntry) -> None:
        """Write an entry, readable for the owner of the process only.

        Raises:
            AuditUnavailable: It could not be written; what it is about must not be shown.
        """
        now = self._now()
        fields = {
            "when": now.isoformat(timespec="seconds"),
            "who": entry.who or NOBODY,
            "action": entry.action,
            "documents": list(dict.fromkeys(entry.documents)),
            "generation": entry.generation,
        }
        if self._settings.records_text:
            fields["text"] = entry.text
        line = json.dumps(fields, ensure_ascii=False) + "\n"
        try:
            with self._lock:
                self._settings.file.parent.mkdir(parents=True, exist_ok=True)
                self._put_aside(now.date())
                self._clean(now.date())
                self._append(line.encode())
        except OSError as error:
            raise AuditUnavailable(
                f"The audit log {self._settings.file} cannot be written ({error.strerror}), so nothing is "
                f"shown. Make it writable for the app, or unset {FILE_SETTING}."
            ) from error

    def _append(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self._settings.file, flags, _PRIVATE), "wb") as stream:
            self._settings.file.chmod(_PRIVATE)  # also where somebody made the file before
            stream.write(line)

    def _put_aside(self, today: date) -> None:
        """Give a file of another day, or one that is too large, the name of its day."""
        file = self._settings.file
        if not file.exists():
            return
        status = file.stat()
        day = datetime.fromtimestamp(status.st_mtime, UTC).date()
        if status.st_size and (day != today or status.st_size >= self._largest):
            number = 0
            while (aside := file.with_name(f"{file.name}.{day}{f'.{number}' if number else ''}")).exists():
                number += 1
            file.rename(aside)

    def _clean(self, today: date) -> None:
        """Delete the files of days before the retention, once a day."""
        if self._cleaned == today:
            return
        oldest = today - timedelta(days=self._settings.days)
        for file in set_aside(self._settings.file):
            if _day_of(file, self._settings.file) < oldest:
                file.unlink()
        self._cleaned = today


def set_aside(file: Path) -> Sequence[Path]:
    """The files of a log that were put aside, the oldest day first."""
    prefix = f"{file.name}."
    found = [
        other
        for other in file.parent.iterdir()
        if other.name.startswith(prefix) and _ASIDE.fullmatch(other.name.removeprefix(prefix))
    ]
    return sorted(found, key=lambda other: (_day_of(other, file), other.name))


def _day_of(aside: Path, file: Path) -> date:
    return date.fromisoformat(aside.name.removeprefix(f"{file.name}.")[:10])
