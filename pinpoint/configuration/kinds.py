"""What a setting may be: a value of ``pinpoint.toml`` is checked and becomes the text of an environment variable.

What is wrong with one is said as the end of a sentence, "it must be true or false", so that the caller names where it
stands.
"""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pinpoint.configuration.address import EXAMPLE, is_address, parse_address
from pinpoint.configuration.variable import Kind, Variable
from pinpoint.errors import ConfigurationError

HIDDEN: Final = "(not shown)"
"""What is shown of a secret."""


_UNQUOTED: Final = "without quotes"
_TO_FILL_IN: Final = "..."
"""What the example file has where one writes a value of one's own."""


class Unfit(ValueError):
    """A value cannot be that of its setting; the message goes on after "it"."""


def text_of(variable: Variable, given: object, folder: Path) -> str:
    """What the environment variable is set to for a value of the file.

    Args:
        variable: The setting.
        given: The value, as TOML has it.
        folder: That of the file, absolute, to which its paths are relative.

    Raises:
        Unfit: It is of another type, or outside of what the setting may be.
    """
    return _TEXTS[variable.kind](variable, given, folder)


def shown(variable: Variable, given: object) -> str:
    """A value as messages show it; never a secret."""
    if variable.kind == "secret" or (variable.kind == "index" and "@" in str(given)):  # a password, by mistake
        return HIDDEN
    try:
        return json.dumps(given, ensure_ascii=False)
    except TypeError:  # a day or a time
        return str(given)


def problem_of(variable: Variable, text: str) -> str:
    """Say what is wrong with the text of an environment variable, and how to write it there; "" for nothing.

    Whether a path is there is left to who opens it.
    """
    try:
        text_of(variable, _FROM_TEXT.get(variable.kind, str)(text), Path.cwd())
    except Unfit as error:
        return _in_environment(variable) or str(error)
    except ValueError:
        return _in_environment(variable)
    return ""


def _in_environment(variable: Variable) -> str:
    """How a value is written in the environment; "" where it is no other way than in the file."""
    if variable.kind in ("number", "whole"):
        return f"must be {_number_words(variable)}"
    return {"switch": "must be 1 or 0", "list": "must be texts separated by commas"}.get(variable.kind, "")


def example_of(variable: Variable) -> str:
    """A value as the file has it."""
    return variable.example or _EXAMPLES.get(variable.kind) or f'"{(*variable.words, _TO_FILL_IN)[0]}"'


def _text(_: Variable, given: object, __: Path) -> str:
    if not isinstance(given, str) or not given.strip() or not given.isprintable():
        raise Unfit('must be a text on one line, in quotes: "…"; leave the line out where there is none')
    if given.strip() == _TO_FILL_IN:
        raise Unfit(f"must be a value of your own; {_TO_FILL_IN} is only the example")
    return given.strip()


def _secret(variable: Variable, given: object, folder: Path) -> str:
    text = _text(variable, given, folder)
    if not text.isascii():
        raise Unfit("must be of ASCII characters alone")
    return text


def _path(variable: Variable, given: object, folder: Path) -> str:
    text = _text(variable, given, folder)
    if text in variable.words:
        return text
    try:
        return str(folder / Path(text).expanduser())
    except RuntimeError as error:
        raise Unfit("must be a path; whose home ~ is, is not known. Write the whole path") from error


def _index(variable: Variable, given: object, folder: Path) -> str:
    """A folder, or the address of an index on a cluster, which is no path: that would lose a slash."""
    text = _text(variable, given, folder)
    if not is_address(text):
        return _path(variable, given, folder)
    try:
        return str(parse_address(text))
    except ConfigurationError as error:
        raise Unfit(f"must be a folder or an address such as {EXAMPLE}. {error}") from error


def _choice(variable: Variable, given: object, _: Path) -> str:
    if given not in variable.words:
        raise Unfit(f"must be one of {', '.join(map(json.dumps, variable.words))}")
    return str(given)


def _switch(_: Variable, given: object, __: Path) -> str:
    if not isinstance(given, bool):
        raise Unfit(f"must be true or false, {_UNQUOTED}")
    return "1" if given else "0"


def _number(variable: Variable, given: object, _: Path) -> str:
    right = int if variable.kind == "whole" else (int, float)
    if isinstance(given, bool) or not isinstance(given, right) or not math.isfinite(given):
        raise Unfit(f"must be {_number_words(variable)}, {_UNQUOTED}")
    if given < variable.least or (variable.most is not None and given > variable.most):
        raise Unfit(f"must be {_number_words(variable)}, {_UNQUOTED}")
    return str(given)


def _number_words(variable: Variable) -> str:
    what = "a whole number" if variable.kind == "whole" else "a number"
    to = "" if variable.most is None else f" to {variable.most:g}"
    return f"{what} from {variable.least:g}{to}"


def _list(_: Variable, given: object, __: Path) -> str:
    if not isinstance(given, list) or not all(isinstance(entry, str) and _is_entry(entry) for entry in given):
        raise Unfit('must be a list of texts without commas, such as ["@agency.example"]')
    return ",".join(entry.strip() for entry in given)


def _is_entry(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and "," not in text and text != _TO_FILL_IN


def _address(variable: Variable, given: object, folder: Path) -> str:
    text = _text(variable, given, folder)
    try:
        parts = urlsplit(text)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        fit = False
    if not fit:
        raise Unfit("must be an http or https address without a name or password, such as http://127.0.0.1:8080/v1")
    return text


_TEXTS: Mapping[Kind, Callable[[Variable, object, Path], str]] = {
    "text": _text,
    "secret": _secret,
    "path": _path,
    "index": _index,
    "choice": _choice,
    "switch": _switch,
    "number": _number,
    "whole": _number,
    "list": _list,
    "address": _address,
}
_EXAMPLES: Mapping[Kind, str] = {"switch": "true", "number": "1", "whole": "1", "list": '["..."]'}


def _switched(text: str) -> object:
    return {"1": True, "0": False}.get(text, text)


def _listed(text: str) -> object:
    return [entry for entry in text.split(",") if entry.strip()]


_FROM_TEXT: Mapping[Kind, Callable[[str], object]] = {
    "switch": _switched,
    "number": float,
    "whole": int,
    "list": _listed,
}
"""How the environment writes what is no text."""
