"""``pinpoint.toml``: a file that sets what the environment leaves open.

It is the one that ``--config`` names, else ``$PINPOINT_CONFIG``, else ``pinpoint.toml`` in the working folder; no other
is looked for. What it sets goes into the environment of the process, so that whatever reads a setting there sees it,
and every process that is started from here. The environment comes before the file, and an option before both.
"""

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pinpoint.configuration.kinds import Unfit, shown, text_of
from pinpoint.configuration.variable import Variable
from pinpoint.configuration.variables import VARIABLES
from pinpoint.errors import ConfigurationError
from pinpoint.settings import NONE, set_where_missing, set_which_file, value

FILE: Final = "pinpoint.toml"
TAKEN: Final = "pinpoint.settings"
"""Key under which the context of a command has what was taken from the file."""
_BY_KEY = {variable.key: variable for variable in VARIABLES if variable.key}
_TABLES = tuple(dict.fromkeys(key.partition(".")[0] for key in _BY_KEY))
_TABLE_LINE = re.compile(r"\s*\[\s*([\w.\"'-]+)\s*\]")
_KEY_LINE = re.compile(r"\s*([\w.\"'-]+)\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a process takes from its file.

    Attributes:
        file: Its absolute path; None where there is none.
        lines: The line of each variable that it sets, by name; 0 where the line is not known.
        used: Names of the variables that the environment left to it.
    """

    file: Path | None
    lines: Mapping[str, int]
    used: frozenset[str]


def take_settings(named: str = "") -> Taken:
    """Set what the file sets and the environment does not.

    Args:
        named: The file that ``--config`` names, or "none"; "" where it is not given.

    Raises:
        ConfigurationError: The file is not there, cannot be read, or one of its lines is wrong; all of them are named.
    """
    asked = named or value("PINPOINT_CONFIG")
    file = None if asked == NONE else _found(asked)
    # Processes that start in another folder read the same file, or none.
    set_which_file(str(file) if file else NONE)
    if file is None:
        return Taken(file=None, lines={}, used=frozenset())
    texts, lines = read_settings(file, trusted=bool(asked))
    return Taken(file=file, lines=lines, used=set_where_missing(texts))


def _found(asked: str) -> Path | None:
    file = Path.cwd() / (asked or FILE)
    if not asked and not file.exists():
        return None
    return file


def read_settings(file: Path, *, trusted: bool = True) -> tuple[dict[str, str], dict[str, int]]:
    """The text of each variable that a file sets, and the line on which it does, by name.

    Args:
        file: Absolute path.
        trusted: Somebody named it; one that is merely found must belong to who runs this.

    Raises:
        ConfigurationError: See ``take_settings``.
    """
    text, state = _content(file)
    if not trusted and (why := distrusted(state)):
        raise ConfigurationError(
            f"{file} is not read, since {why}. Name it with --config {file} if its settings are to be trusted, or go "
            f"without: --config {NONE}"
        )
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{file} is no TOML: {error}. Correct that line.") from error
    lines = _lines_of(text)
    texts: dict[str, str] = {}
    where: dict[str, int] = {}
    problems: list[str] = []
    for key, given in _flat(tables):
        line = lines.get(key, 0)
        said = f"{file}, line {line}" if line else f"{file}"
        variable = _BY_KEY.get(key)
        if variable is None:
            problems.append(f"{said}: {_unknown(key, given)}")
            continue
        try:
            texts[variable.name] = text_of(variable, given, file.parent)
        except Unfit as unfit:
            problems.append(f"{said}: {key} is {shown(variable, given)}; it {unfit}.")
        where[variable.name] = line
    problems += _readable_secrets(file, state, [_BY_KEY[key] for key, _ in _flat(tables) if key in _BY_KEY])
    if problems:
        raise ConfigurationError("\n".join(problems))
    return texts, where


def _content(file: Path) -> tuple[str, os.stat_result]:
    try:
        with file.open("rb") as stream:
            return stream.read().decode("utf-8-sig"), os.fstat(stream.fileno())
    except OSError as error:
        raise ConfigurationError(
            f"{file} cannot be read ({error.strerror}). Name another file of settings, or none: --config {NONE}"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file} is not in UTF-8. Save it again in that encoding.") from error


def distrusted(state: os.stat_result) -> str:
    """Say why a file that is merely found in the working folder is not read, as a clause; "" when it may be.

    Settings say where questions are sent and who may read: in a folder that several people write to, they are not left
    to whoever comes first.
    """
    if os.name != "posix":
        return ""
    if state.st_uid not in (0, os.geteuid()):
        return f"it belongs to another user (of number {state.st_uid})"
    return "every user may write to it" if state.st_mode & stat.S_IWOTH else ""


def _readable_secrets(file: Path, state: os.stat_result, given: list[Variable]) -> Iterator[str]:
    secrets = [variable.key for variable in given if variable.kind == "secret"]
    if secrets and os.name == "posix" and state.st_mode & stat.S_IROTH:
        yield (
            f"{file} holds {' and '.join(secrets)} and can be read by every user of this machine. "
            f"Run: chmod o-rwx {file}"
        )


def _flat(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Values by ``table.key``; what is no table, or an empty one, by its own name."""
    for name, table in tables.items():
        if isinstance(table, dict) and (table or name in _TABLES):
            yield from ((f"{name}.{key}", given) for key, given in table.items())
        else:
            yield name, table


def _unknown(key: str, given: object) -> str:
    if key in _TABLES:
        return f"{key} must be a table: a line [{key}], and its settings below it."
    if isinstance(given, dict) and "." not in key:
        near = difflib.get_close_matches(key, _TABLES, n=1, cutoff=0.0)[0]
        return f"Pinpoint knows no table [{key}]; the nearest that it knows is [{near}]."
    said = f"Pinpoint knows no setting {key}; the nearest that it knows is {nearest(key)}."
    return f"{said} All: pinpoint --config {NONE} settings"


def nearest(key: str) -> str:
    """The setting whose name is most like one that is not known, be it that of the variable."""
    names = {other: other for other in _BY_KEY}
    for other, variable in _BY_KEY.items():
        for name in (other.partition(".")[2], variable.name.lower(), variable.name.lower().removeprefix("pinpoint_")):
            names.setdefault(name, other)
    return names[difflib.get_close_matches(key.lower(), names, n=1, cutoff=0.0)[0]]


def _lines_of(text: str) -> dict[str, int]:
    """The 1-based line of each ``table.key``, of each table, and of keys without a table, as far as they are seen."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE_LINE.match(line):
            table = head.group(1).strip("\"'")
            lines.setdefault(table, number)
        elif key := _KEY_LINE.match(line):
            name = key.group(1).strip("\"'")
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines
