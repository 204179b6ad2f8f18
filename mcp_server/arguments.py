"""The arguments of tools: their JSON schema, and how they are read without guessing.

The schema tells a model what to send. What it sends is read here once more, since the protocol does not check it: an
argument that is not known is refused with the nearest one that is, "5" is no number, and "0" is no day.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from operations.limits import LONGEST_NAME, MOST_CITATION, MOST_HELD, MOST_NAMES
from operations.requests import Held, parse_day, parse_span
from pinpoint.errors import BadRequest
from pinpoint.text import plural

Kind = Literal["text", "day", "number", "flag", "names", "held"]
Values = dict[str, Any]
_DAY, _DIGEST = r"^\d{4}-\d{2}-\d{2}$", "^[0-9a-f]{64}$"
_LARGE = 1e9
"""Number from which on a message does not write it out. Set by hand."""
_NEAR = 0.5
"""How alike two names have to be for one to be offered for the other. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An argument of a tool.

    Attributes:
        about: What it is, for the model that fills it in.
        most: Characters of a text, or the highest number.
        required: Whether a call without it is refused.
    """

    name: str
    kind: Kind
    about: str
    most: int = MOST_CITATION
    required: bool = False


def input_schema(arguments: Sequence[Argument]) -> Values:
    """The JSON schema of the arguments of a tool; others are not allowed."""
    return {
        "type": "object",
        "properties": {one.name: {**_property(one), "description": one.about} for one in arguments},
        "required": [one.name for one in arguments if one.required],
        "additionalProperties": False,
    }


def read_arguments(arguments: Sequence[Argument], given: Mapping[str, Any]) -> Values:
    """The values that a call brings, by name, those that it left out not among them.

    Raises:
        BadRequest: One is not known, missing or of another type. How long a text may be, and which names there are, the
            operation itself says.
    """
    known = {one.name: one for one in arguments}
    for name in given:
        if name not in known:
            raise BadRequest("", _unknown(name, [*known]))
    for one in arguments:
        if one.required and one.name not in given:
            raise BadRequest(one.name, f"{one.name} is missing. It is: {one.about}")
    return {name: _read(known[name], value) for name, value in given.items()}


def _property(one: Argument) -> Values:
    name = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    match one.kind:
        case "text":
            return {"type": "string", "maxLength": one.most, **({"minLength": 1} if one.required else {})}
        case "day":
            return {"type": "string", "format": "date", "pattern": _DAY}
        case "number":
            return {"type": "integer", "minimum": 1, "maximum": one.most}
        case "flag":
            return {"type": "boolean"}
        case "names":
            return {"type": "array", "items": name, "maxItems": MOST_NAMES}
        case "held":
            held = {
                "type": "object",
                "properties": {
                    "span": {"type": "string", "minLength": 1, "maxLength": MOST_CITATION},
                    "digest": {"type": "string", "pattern": _DIGEST},
                },
                "required": ["span", "digest"],
                "additionalProperties": False,
            }
            return {"type": "array", "items": held, "maxItems": MOST_HELD}


def _read(one: Argument, value: object) -> object:
    match one.kind:
        case "text":
            return _text(one.name, value)
        case "day":
            return parse_day(_text(one.name, value, "a day as YYYY-MM-DD, such as 2024-08-28"), one.name)
        case "number":
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= one.most:
                raise _wrong(one.name, value, f"a whole number from 1 to {one.most:,}")
            return value
        case "flag":
            if not isinstance(value, bool):
                raise _wrong(one.name, value, "true or false, without quotation marks")
            return value
        case "names":
            return tuple(_text(f"{one.name}[{at}]", name) for at, name in enumerate(_list(one.name, value)))
        case "held":
            return tuple(_held(f"{one.name}[{at}]", item) for at, item in enumerate(_list(one.name, value)))


def _text(name: str, value: object, what: str = "a text") -> str:
    if not isinstance(value, str):
        raise _wrong(name, value, what)
    return value


def _list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(name, value, "a list, even of one")
    return value


def _held(name: str, value: object) -> Held:
    if not isinstance(value, dict) or value.keys() != {"span", "digest"}:
        raise _wrong(name, value, "an object with span and digest, and nothing else")
    span = _text(f"{name}.span", value["span"])
    return Held(span=parse_span(span, f"{name}.span"), digest=_text(f"{name}.digest", value["digest"]))


def _wrong(name: str, value: object, what: str) -> BadRequest:
    return BadRequest(name, f"{name} is {described(value)}; it must be {what}.")


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name[:LONGEST_NAME], known, n=1, cutoff=_NEAR)
    nearest = f" Is it {near[0]}?" if near else ""
    return f"An argument is not known.{nearest} This tool takes: {', '.join(known)}."


def described(value: object) -> str:
    """A refused value as a message describes it, which never repeats a text: a person may have typed it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value:g}" if abs(value) < _LARGE else "a very large number"
        case str():
            return f"a text of {plural(len(value), 'character')}"
        case list():
            return f"a list of {len(value)}"
        case _:
            return "an object"
