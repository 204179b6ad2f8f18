"""Tokens of programs that use the HTTP API from elsewhere: a file with a line for each, and no token in it.

A line is ``name role digest``: who holds the token, ``reader`` or ``administrator``, and the sha256 of the token. Blank
lines and those that begin with ``#`` say nothing. A name may stand on two lines, so that a token can be replaced
before the old one is taken out.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from access.sign_in import Person
from pinpoint.errors import ConfigurationError

SETTING = "PINPOINT_API_TOKENS"
_BEGINNING = "pinpoint_"
"""Begins every token, so that programs that look for lost secrets know one when they see it."""
_BYTES = 32
"""Random bytes of a token: 256 bits, so that its digest needs no salt and no slow hash."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PRIVATE = 0o600  # read and written by the owner alone
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PARTS = 3
TokenRole = Literal["reader", "administrator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    digest: str
    person: Person


class Tokens:
    """The tokens of a file, which is read again whenever it changed; safe to share between threads."""

    def __init__(self, file: Path) -> None:
        """Read the tokens of ``file``.

        Raises:
            ConfigurationError: The file is not there, others may read it, or a line of it is malformed.
        """
        self._file, self._lock = file, threading.Lock()
        self._stamp: tuple[int, ...] = ()
        self._entries: tuple[_Entry, ...] = ()
        self._current()

    def person(self, token: str) -> Person | None:
        """Who holds a token; None for one that nobody does.

        Raises:
            ConfigurationError: The file was changed to one that cannot be used; nobody is let in by it.
        """
        digest = hashlib.sha256(token.encode()).hexdigest()
        found = None
        for entry in self._current():  # all of them, so that the time says nothing
            if hmac.compare_digest(entry.digest, digest):
                found = entry.person
        return found

    def _current(self) -> tuple[_Entry, ...]:
        with self._lock:
            try:
                status = self._file.stat()
                stamp = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode)
                if stamp != self._stamp:
                    self._stamp, self._entries = (), ()  # what cannot be used now is read again at the next token
                    self._entries = _read(self._file, status.st_mode)
                    self._stamp = stamp
            except (OSError, UnicodeDecodeError) as error:
                said = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                self._stamp = ()
                raise ConfigurationError(
                    f"The file of tokens {self._file} cannot be read ({said}). Make one with "
                    f"pinpoint serve --new-token NAME --tokens {self._file}"
                ) from error
            return self._entries


def new_token(name: str, role: TokenRole = "reader") -> tuple[str, str]:
    """A new token for a name, and the line of the file that lets it in.

    Raises:
        ConfigurationError: The name cannot stand in the file.
    """
    if not _NAME.fullmatch(name):
        raise ConfigurationError(
            f"{name!r} is no name for a token. Give one of letters, digits and . _ @ - such as reports@hr."
        )
    token = _BEGINNING + secrets.token_urlsafe(_BYTES)
    return token, f"{name} {role} {hashlib.sha256(token.encode()).hexdigest()}"


def add_line(file: Path, line: str) -> None:
    """Write a line into the file of tokens, which is made where there is none.

    Raises:
        ConfigurationError: The file cannot be written, or is none that can be used.
    """
    if file.exists():
        Tokens(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, _PRIVATE), "r+b") as stream:
            written = stream.read()
            stream.write(f"{'' if not written or written.endswith(bytes([10])) else os.linesep}{line}\n".encode())
    except OSError as error:
        raise ConfigurationError(
            f"The file of tokens {file} cannot be written ({error.strerror}). Name one in a folder of your own."
        ) from error


def _read(file: Path, mode: int) -> tuple[_Entry, ...]:
    if os.name == "posix" and mode & _OTHERS:
        raise ConfigurationError(f"Others may read the file of tokens {file}. Make it your own: chmod 600 {file}")
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    entries = tuple(_entry(file, number, line) for number, line in lines if line.strip() and line.strip()[0] != "#")
    if not entries:
        raise ConfigurationError(
            f"The file of tokens {file} has none, so that nobody could be let in. Make one with "
            f"pinpoint serve --new-token NAME --tokens {file}"
        )
    return entries


def _entry(file: Path, number: int, line: str) -> _Entry:
    """A line of the file; what stands on a malformed one is not repeated, since it may be a token."""
    parts = line.split()
    where = f"{file}, line {number}"
    if len(parts) != _PARTS or not _NAME.fullmatch(parts[0]):
        raise ConfigurationError(f"{where} is not: name role sha256-of-the-token, with blanks between.")
    name, role, digest = parts
    if not _DIGEST.fullmatch(digest):
        raise ConfigurationError(
            f"{where}: the third part is no sha256 in 64 small hexadecimal digits. Make a line with "
            "pinpoint serve --new-token NAME"
        )
    if role not in ("reader", "administrator"):
        raise ConfigurationError(f"{where}: the role is neither reader nor administrator.")
    return _Entry(digest=digest, person=Person(name, "reader" if role == "reader" else "administrator"))
